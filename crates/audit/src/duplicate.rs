//! What was billed before: on the same invoice, or on an earlier one.

use std::collections::BTreeMap;

use longshore_contract::ChargeKind;
use longshore_units::{Exact, Quantity};

use crate::audit::Matched;
use crate::item::plain;
use crate::owed::Owed;
use crate::{BilledInvoice, Confidence, LinePart};

/// A line that billed the same before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Where it stands, for people.
    pub place: String,
    pub confidence: Confidence,
}

/// Marks the lines that bill what a line before them billed: the same charge, days, group, quantity, price and amount.
pub(crate) fn repeats(owed: &Owed<'_>, invoices: &[&BilledInvoice], lines: &mut [Matched<'_>]) {
    let mut seen: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for position in 0..lines.len() {
        let matched = &lines[position];
        let is_free = matched.line.amount.is_zero();
        if is_free && matched.line.quantity.as_ref().is_none_or(Quantity::is_zero) {
            continue;
        }
        let first = *seen.entry(same(invoices, matched)).or_insert(position);
        let before = &lines[first];
        let on_this = before.invoice == matched.invoice;
        if first == position || (on_this && (is_free || may_stand_twice(owed, matched))) {
            continue;
        }
        let place = if on_this {
            format!("line {} of this invoice", before.line.number)
        } else {
            format!("line {} of invoice `{}`", before.line.number, invoices[before.invoice].number)
        };
        let confidence =
            if on_this && matched.line.quantity.is_some() { Confidence::Likely } else { Confidence::Certain };
        lines[position].repeats = Some(Seen { place, confidence });
    }
}

/// What is the same in two lines that bill the same.
fn same(invoices: &[&BilledInvoice], matched: &Matched<'_>) -> Vec<String> {
    let line = matched.line;
    let period = line.period.unwrap_or(invoices[matched.invoice].period);
    // Invoices of one month may word the days they bill in two ways; lines of one invoice do not.
    let days = if line.period.is_some() { period.to_string() } else { matched.month.to_string() };
    let words = match &matched.item {
        Some(item) => item.name.clone(),
        None => plain(&line.description),
    };
    let exact = |number: Option<&Exact>| number.map_or(String::new(), Exact::to_string);
    vec![
        words,
        days,
        line.group.clone(),
        format!("{:?}", line.part),
        line.surcharges.join("+"),
        exact(line.quantity.as_ref().map(|quantity| &quantity.0)),
        exact(line.price.as_ref().map(|shown| &shown.price.0)),
        line.amount.to_string(),
    ]
}

/// Whether an invoice may list the same units twice and mean it: single agents, single items.
fn may_stand_twice(owed: &Owed<'_>, matched: &Matched<'_>) -> bool {
    let Some(item) = &matched.item else { return false };
    let is_one = matched.line.quantity.as_ref().is_some_and(|quantity| quantity.0 == Exact::one());
    let by_quantity = owed.in_force.versions().iter().any(|terms| {
        let position = owed.names.position(terms, &item.name);
        position.is_some_and(|position| {
            matches!(terms.charges[position].kind, ChargeKind::Counted(_) | ChargeKind::Ratio(_))
        })
    });
    by_quantity && is_one && matched.line.part == LinePart::Units
}
