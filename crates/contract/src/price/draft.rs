//! A line before its amount is written as a decimal.

use longshore_units::{Amount, Exact, Price, Quantity, RoundHow, Rounding};

use super::bill::Added;
use crate::Charge;
use crate::invoice::{Detail, DetailKind, Line, LineKind};

/// A line before its amount is written as a decimal.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub line: Line,
    /// What the line comes to, before it is written.
    pub exact: Amount,
    /// What it came to before it was rounded, without what is given back.
    pub unrounded: Amount,
}

impl Draft {
    /// A charge's line, of which neither rows nor what records count are said.
    pub fn of_charge(charge: &Charge, unit: &str, quantity: Quantity, added: Added, detail: Vec<Detail>) -> Draft {
        let line = Line {
            charge: charge.name.clone(),
            kind: LineKind::Charge,
            clause: charge.clause.clone(),
            rows: None,
            quantity,
            unit: unit.to_owned(),
            counted: None,
            amount: Amount::zero(),
            detail,
        };
        Draft { line, exact: added.exact, unrounded: added.unrounded }
    }

    /// A line that is no charge's: its details come to its amount, but for rounding.
    pub fn other(name: &str, kind: LineKind, clause: Option<&String>, exact: Amount, detail: Vec<Detail>) -> Draft {
        let line = Line {
            charge: name.to_owned(),
            kind,
            clause: clause.cloned(),
            rows: None,
            quantity: Quantity(Exact::one()),
            unit: "month".to_owned(),
            counted: None,
            amount: Amount::zero(),
            detail,
        };
        Draft { line, unrounded: exact.clone(), exact }
    }

    /// The line with its amount as a decimal that ends, and details that sum to it.
    pub fn into_line(self) -> Line {
        let mut line = self.line;
        line.amount = written(&self.exact);
        for detail in &mut line.detail {
            detail.amount = written(&detail.amount);
        }
        let difference = &line.amount - &line.detail.iter().map(|detail| detail.amount.clone()).sum();
        if !difference.is_zero() {
            let detail = amount_detail("rounding", difference);
            line.detail.push(Detail { kind: DetailKind::Rounding, ..detail });
        }
        line
    }

    /// Adds the same line of another version of the contract.
    pub fn join(&mut self, other: Draft) {
        let (line, more) = (&mut self.line, other.line);
        line.rows = line.rows.zip(more.rows).map(|(rows, more)| rows.saturating_add(more));
        line.counted = match (line.counted, more.counted) {
            (Some((count, unit)), Some((more, other))) if unit == other => {
                count.checked_add(more).map(|count| (count, unit))
            }
            _ => None,
        };
        line.quantity = &line.quantity + &more.quantity;
        line.detail.extend(more.detail);
        self.exact += &other.exact;
        self.unrounded += &other.unrounded;
    }
}

/// A rule that is neither of a group nor of rows.
pub(super) fn amount_detail(rule: impl Into<String>, amount: Amount) -> Detail {
    Detail {
        kind: DetailKind::Other,
        rule: rule.into(),
        group: String::new(),
        rows: None,
        quantity: None,
        price: None,
        amount,
    }
}

/// A rule that multiplies a price.
pub(super) fn priced_detail(rule: impl Into<String>, quantity: Quantity, price: Price, amount: Amount) -> Detail {
    Detail { quantity: Some(quantity), price: Some(price), ..amount_detail(rule, amount) }
}

/// The amount itself if it is a decimal that ends, otherwise cut at the twelfth place: a third of a minute's price has
/// no decimal, and every amount of an invoice is written as one. The next rounding above takes up what is cut.
pub(super) fn written(amount: &Amount) -> Amount {
    if amount.0.is_decimal() {
        return amount.clone();
    }
    let step = Exact::ratio(1, 1_000_000_000_000).expect("10^12 is not 0");
    let rounding = Rounding::new(step, RoundHow::HalfEven).expect("a positive step");
    amount.rounded(&rounding)
}
