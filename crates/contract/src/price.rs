//! From a month's counts to its invoice.

use std::collections::BTreeMap;

use longshore_units::{Amount, Exact, Factor, Month, Price, Quantity, RoundHow, Rounding};

use crate::invoice::{Detail, Invoice, Line, LineKind};
use crate::usage::Unit;
use crate::{
    Charge, ChargeKind, Class, Contract, Counted, Counts, CountsError, Minimum, Proration, RoundAt, Usage, Used,
};

/// Why counts have no price.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// A sum of counts is larger than any that can be held.
    #[error(transparent)]
    Counts(#[from] CountsError),
    /// A charge is rounded contact by contact, and the counts tell only the sum of several.
    #[error("`{charge}` is rounded at each contact: its counts must tell each contact's quantity, not only their sum")]
    NeedsSpectrum {
        /// The charge's name.
        charge: String,
    },
    /// A charge that multiplies a price with something below 0.
    #[error("`{charge}` has a quantity below 0")]
    Negative {
        /// The charge's name.
        charge: String,
    },
}

/// What a month costs under a contract, once it is counted.
///
/// Each charge: group → tiers → price → surcharge → round; then minimums over several lines, then the invoice's own
/// rounding. Counts of other months are not looked at. A month outside the contract's term has no lines.
pub fn price(contract: &Contract, counts: &Counts, month: Month) -> Result<Invoice, PriceError> {
    price_usage(contract, &Usage::of(contract, counts)?, month)
}

/// What a month costs under a contract, once it is known what each charge used. See [`price`].
pub fn price_usage(contract: &Contract, usage: &Usage, month: Month) -> Result<Invoice, PriceError> {
    let invoice = |lines, total| Invoice {
        month,
        currency: contract.currency,
        provider: contract.provider.clone(),
        lines,
        total,
    };
    let days = contract.term.days_in(month);
    if days == 0 {
        return Ok(invoice(Vec::new(), Amount::zero()));
    }
    let mut drafts = Vec::new();
    let mut exact_of_charge = Vec::with_capacity(contract.charges.len());
    for (position, charge) in contract.charges.iter().enumerate() {
        let draft = draft(contract, position, charge, usage, month)?;
        exact_of_charge.push(draft.as_ref().map_or(Amount::zero(), |draft| draft.exact.clone()));
        drafts.extend(draft);
    }
    for minimum in &contract.minimums {
        drafts.extend(shortfall(contract, minimum, &exact_of_charge, month));
    }
    let total: Amount = drafts.iter().map(|draft| draft.exact.clone()).sum();
    let mut lines: Vec<Line> = drafts.into_iter().map(Draft::into_line).collect();
    if contract.round.at != RoundAt::Invoice {
        let written = lines.iter().map(|line| line.amount.clone()).sum();
        return Ok(invoice(lines, written));
    }
    let total = total.rounded(&contract.round.rounding);
    let written: Amount = lines.iter().map(|line| line.amount.clone()).sum();
    let difference = &total - &written;
    if !difference.is_zero() {
        lines.push(rounding_line(contract, difference));
    }
    Ok(invoice(lines, total))
}

/// A line before its amount is written as a decimal.
struct Draft {
    line: Line,
    /// What the line comes to, before it is written.
    exact: Amount,
}

impl Draft {
    /// The line with its amount as a decimal that ends, and details that sum to it.
    fn into_line(self) -> Line {
        let mut line = self.line;
        line.amount = written(&self.exact);
        for detail in &mut line.detail {
            detail.amount = written(&detail.amount);
        }
        let difference = &line.amount - &line.detail.iter().map(|detail| detail.amount.clone()).sum();
        if !difference.is_zero() {
            line.detail.push(Detail {
                rule: "rounding".to_owned(),
                group: String::new(),
                rows: None,
                quantity: None,
                price: None,
                amount: difference,
            });
        }
        line
    }
}

/// The amount itself if it is a decimal that ends, otherwise cut at the twelfth place: a third of a minute's price has
/// no decimal, and every amount of an invoice is written as one. The next rounding above takes up what is cut.
fn written(amount: &Amount) -> Amount {
    if amount.0.is_decimal() {
        return amount.clone();
    }
    let step = Exact::ratio(1, 1_000_000_000_000).expect("10^12 is not 0");
    let rounding = Rounding::new(step, RoundHow::HalfEven).expect("a positive step");
    amount.rounded(&rounding)
}

fn draft(
    contract: &Contract,
    position: usize,
    charge: &Charge,
    usage: &Usage,
    month: Month,
) -> Result<Option<Draft>, PriceError> {
    match &charge.kind {
        ChargeKind::Counted(counted) => counted_line(contract, position, charge, counted, usage, month).map(Some),
        ChargeKind::Flat { amount, prorate } => {
            let (share, rule) = prorated(contract, *prorate, month);
            let exact = at_line(contract, charge, &(amount * &share));
            let quantity = Quantity(share.0.clone());
            let detail = vec![fixed_detail(rule, &quantity, amount, &share)];
            Ok(Some(fixed_line(charge, "month", quantity, exact, detail)))
        }
        ChargeKind::Once { amount, on } => {
            if Month::of(*on) != month {
                return Ok(None);
            }
            let exact = at_line(contract, charge, amount);
            let quantity = Quantity(Exact::one());
            let detail = vec![fixed_detail(format!("once, on {on}"), &quantity, amount, &Factor::one())];
            Ok(Some(fixed_line(charge, "once", quantity, exact, detail)))
        }
    }
}

fn fixed_line(charge: &Charge, unit: &str, quantity: Quantity, exact: Amount, detail: Vec<Detail>) -> Draft {
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
    Draft { line, exact }
}

fn fixed_detail(rule: String, quantity: &Quantity, amount: &Amount, share: &Factor) -> Detail {
    Detail {
        rule,
        group: String::new(),
        rows: None,
        quantity: Some(quantity.clone()),
        price: Some(Price(amount.0.clone())),
        amount: amount * share,
    }
}

/// The share of a full month that a fixed amount comes to, and why.
fn prorated(contract: &Contract, prorate: Proration, month: Month) -> (Factor, String) {
    let (days, of) = (contract.term.days_in(month), month.days());
    match prorate {
        Proration::Day if days < of => {
            (Factor::share(days, of).expect("a month has days"), format!("{days} of {of} days"))
        }
        _ => (Factor::one(), "a full month".to_owned()),
    }
}

/// A line's amount after the charge's rounding, unless only the invoice is rounded.
fn at_line(contract: &Contract, charge: &Charge, amount: &Amount) -> Amount {
    let rule = contract.rounding_of(charge);
    match rule.at {
        RoundAt::Contact | RoundAt::Line => amount.rounded(&rule.rounding),
        RoundAt::Invoice => amount.clone(),
    }
}

/// What one group used, by class.
type Classes<'u> = BTreeMap<Class, &'u Used>;

fn counted_line(
    contract: &Contract,
    position: usize,
    charge: &Charge,
    counted: &Counted,
    usage: &Usage,
    month: Month,
) -> Result<Draft, PriceError> {
    let mut groups: BTreeMap<&str, Classes<'_>> = BTreeMap::new();
    for (key, used) in usage.of_charge(position, month) {
        groups.entry(&key.group).or_default().insert(key.class, used);
    }
    let by_contact = contract.rounding_of(charge).at == RoundAt::Contact && counted.grain.rounds_rows();
    let pricing = Pricing { contract, charge, counted };
    let (mut exact, mut detail, mut total) = (Amount::zero(), Vec::new(), Sum::zero());
    for (group, classes) in &groups {
        let (amount, sum) = pricing.group(group, classes, by_contact, &mut detail)?;
        exact += &amount;
        total = total.plus(&sum)?;
    }
    let exact = if by_contact { exact } else { at_line(contract, charge, &exact) };
    let line = Line {
        charge: charge.name.clone(),
        kind: LineKind::Charge,
        clause: charge.clause.clone(),
        rows: Some(total.rows),
        unit: counted.unit().to_owned(),
        counted: Unit::of(counted, month).counted(&total.quantity).map(|whole| (whole, counted.measure.counted_in())),
        quantity: total.quantity,
        amount: Amount::zero(),
        detail,
    };
    Ok(Draft { line, exact })
}

/// Rows, and the sum of what they used.
struct Sum {
    rows: u64,
    quantity: Quantity,
}

impl Sum {
    fn zero() -> Sum {
        Sum { rows: 0, quantity: Quantity::zero() }
    }

    fn of(used: &Used) -> Result<Sum, CountsError> {
        Ok(Sum { rows: used.rows().ok_or(CountsError::Overflow)?, quantity: used.quantity() })
    }

    fn plus(&self, other: &Sum) -> Result<Sum, CountsError> {
        let rows = self.rows.checked_add(other.rows).ok_or(CountsError::Overflow)?;
        Ok(Sum { rows, quantity: &self.quantity + &other.quantity })
    }
}

/// One counted charge in one month.
struct Pricing<'c> {
    contract: &'c Contract,
    charge: &'c Charge,
    counted: &'c Counted,
}

impl Pricing<'_> {
    /// What a group comes to and what it used; adds the rules that made it to `detail`.
    fn group(
        &self,
        group: &str,
        classes: &Classes<'_>,
        by_contact: bool,
        detail: &mut Vec<Detail>,
    ) -> Result<(Amount, Sum), PriceError> {
        let mut total = Sum::zero();
        let mut sums = BTreeMap::new();
        for (class, used) in classes {
            let sum = Sum::of(used)?;
            total = total.plus(&sum)?;
            sums.insert(*class, sum);
        }
        if total.quantity < Quantity::zero() {
            return Err(PriceError::Negative { charge: self.charge.name.clone() });
        }
        let bands = self.bands(group, &total, detail);
        let surcharges = self.surcharges(group, &sums, detail);
        let amount = &bands + &surcharges;
        if !by_contact {
            return Ok((amount, total));
        }
        let mut rounded = Amount::zero();
        for (class, used) in classes {
            rounded += &self.contact_by_contact(*class, used)?;
        }
        Ok((rounded, total))
    }

    fn bands(&self, group: &str, total: &Sum, detail: &mut Vec<Detail>) -> Amount {
        let unit = self.counted.unit();
        let parts: Vec<_> = self
            .counted
            .bands
            .split(&total.quantity)
            .filter(|(part, start, _)| !part.is_zero() || start.is_zero())
            .collect();
        let alone = parts.len() == 1;
        let mut sum = Amount::zero();
        for (part, start, price) in parts {
            let amount = price * &part;
            sum += &amount;
            let single = self.counted.bands.single().is_some();
            detail.push(Detail {
                rule: if single { format!("each {unit}") } else { format!("each {unit} from {start}") },
                group: group.to_owned(),
                rows: alone.then_some(total.rows),
                quantity: Some(part),
                price: Some(price.clone()),
                amount,
            });
        }
        sum
    }

    fn surcharges(&self, group: &str, sums: &BTreeMap<Class, Sum>, detail: &mut Vec<Detail>) -> Amount {
        let list_price = self.counted.bands.list_price();
        let mut total = Amount::zero();
        for (position, surcharge) in self.counted.surcharges.iter().enumerate() {
            let applies = |class: &Class| self.applying(*class).contains(&position);
            let met = sums.iter().filter(|(class, _)| applies(class)).map(|(_, sum)| sum);
            // The rows of all classes together fit, so those of some of them do.
            let zero = (0, Quantity::zero());
            let (rows, quantity) = met.fold(zero, |(rows, quantity), sum| (rows + sum.rows, &quantity + &sum.quantity));
            if rows == 0 && quantity.is_zero() {
                continue;
            }
            let price = list_price * &surcharge.share;
            let amount = &price * &quantity;
            total += &amount;
            detail.push(Detail {
                rule: format!("surcharge in {}", surcharge.calendar),
                group: group.to_owned(),
                rows: Some(rows),
                quantity: Some(quantity),
                price: Some(price),
                amount,
            });
        }
        total
    }

    /// The positions of the surcharges that apply to a class.
    fn applying(&self, class: Class) -> Vec<usize> {
        self.counted.overlap.applying(&self.counted.surcharges, class)
    }

    /// The sum of amounts that are each rounded by themselves.
    fn contact_by_contact(&self, class: Class, used: &Used) -> Result<Amount, PriceError> {
        let needs_spectrum = || PriceError::NeedsSpectrum { charge: self.charge.name.clone() };
        let list_price = self.counted.bands.single().ok_or_else(needs_spectrum)?;
        let Used::Each(each) = used else { return Err(needs_spectrum()) };
        let shares = self.applying(class).into_iter().map(|position| &self.counted.surcharges[position].share);
        let price = shares.fold(list_price.clone(), |price, share| &price + &(list_price * share));
        let rounding = &self.contract.rounding_of(self.charge).rounding;
        let amounts =
            each.iter().map(|(quantity, rows)| &(&price * quantity).rounded(rounding) * &Factor(Exact::from(*rows)));
        Ok(amounts.sum())
    }
}

fn shortfall(contract: &Contract, minimum: &Minimum, exact_of_charge: &[Amount], month: Month) -> Option<Draft> {
    let (share, rule) = prorated(contract, minimum.prorate, month);
    let least = &minimum.amount * &share;
    let reached: Amount = minimum.on.iter().map(|position| exact_of_charge[*position].clone()).sum();
    let missing = &least - &reached;
    if missing <= Amount::zero() {
        return None;
    }
    let exact = match contract.round.at {
        RoundAt::Contact | RoundAt::Line => missing.rounded(&contract.round.rounding),
        RoundAt::Invoice => missing,
    };
    let detail =
        |rule: String, amount| Detail { rule, group: String::new(), rows: None, quantity: None, price: None, amount };
    let line = Line {
        charge: minimum.name.clone(),
        kind: LineKind::Minimum,
        clause: minimum.clause.clone(),
        rows: None,
        quantity: Quantity(share.0.clone()),
        unit: "month".to_owned(),
        counted: None,
        amount: Amount::zero(),
        detail: vec![detail(format!("minimum for {rule}"), least), detail("billed already".to_owned(), -&reached)],
    };
    Some(Draft { line, exact })
}

fn rounding_line(contract: &Contract, difference: Amount) -> Line {
    let rule = format!("the invoice is rounded to {}", contract.round.rounding.to());
    Line {
        charge: "rounding".to_owned(),
        kind: LineKind::Rounding,
        clause: None,
        rows: None,
        quantity: Quantity(Exact::one()),
        unit: "invoice".to_owned(),
        counted: None,
        amount: difference.clone(),
        detail: vec![Detail {
            rule,
            group: String::new(),
            rows: None,
            quantity: None,
            price: None,
            amount: difference,
        }],
    }
}
