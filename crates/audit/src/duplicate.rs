//! What was billed before: on the same invoice, or on an earlier one.

use std::collections::BTreeMap;

use longshore_contract::ChargeKind;
use longshore_units::{Exact, Quantity, plain};

use crate::audit::Matched;
use crate::explain::absolute;
use crate::owed::Owed;
use crate::{BilledInvoice, Confidence, LinePart, Period};

/// A line that billed the same before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Where it stands, for people.
    pub place: String,
    pub confidence: Confidence,
    /// Whether another invoice gives it back, or it is what gives it back: then nothing is left of the two.
    pub is_set_off: bool,
}

/// Lines that bill the same, but for its days and its sign.
#[derive(Default)]
struct Same {
    /// Billed, and not taken back so far.
    billed: ByDays,
    /// Billed once more, and not taken back so far.
    again: ByDays,
    /// What takes back.
    back: ByDays,
}

/// The positions of lines by the days that they bill.
#[derive(Default)]
struct ByDays(BTreeMap<Days, Vec<usize>>);

/// The days of a line, and whether another wording of the same month's days means them too.
type Days = (Period, bool);

impl ByDays {
    fn push(&mut self, days: Days, position: usize) {
        self.0.entry(days).or_default().push(position);
    }

    /// The first line of these days, with its own.
    fn first(&self, days: Days) -> Option<(Days, usize)> {
        let is_same = |of: &Days| *of == days || of.0 == days.0 || (of.1 && days.1 && of.0.overlaps(days.0));
        self.0.iter().filter(|(of, _)| is_same(of)).find_map(|(of, positions)| Some((*of, *positions.first()?)))
    }

    /// Takes out a line of these days.
    fn take(&mut self, days: Days) -> Option<usize> {
        let taken = self.0.get_mut(&days)?.pop();
        self.0.retain(|_, positions| !positions.is_empty());
        taken
    }
}

/// Marks the lines that bill what a line before them billed: the same charge, days, group, quantity, price and amount. What was
/// taken back in between may be billed anew, and what was billed twice and taken back once is billed once.
pub(crate) fn repeats(owed: &Owed<'_>, invoices: &[&BilledInvoice], lines: &mut [Matched<'_>]) {
    let mut seen: BTreeMap<Vec<String>, Same> = BTreeMap::new();
    for position in 0..lines.len() {
        let matched = &lines[position];
        let is_free = matched.line.amount.is_zero();
        if is_free && matched.line.quantity.as_ref().is_none_or(Quantity::is_zero) {
            continue;
        }
        let same = seen.entry(same(matched)).or_default();
        let days = days(invoices, matched);
        let is_back = matched.line.amount.0.is_negative();
        if is_back {
            // Units that one invoice takes off may be the included ones: only another invoice takes back what is billed twice.
            let again = same.again.first(days).filter(|(_, again)| lines[*again].invoice != matched.invoice);
            if let Some(again) = again.and_then(|(days, _)| same.again.take(days)) {
                let (of_again, of_back) = (place(invoices, matched, again, lines), place_of(invoices, matched));
                lines[position].repeats = Some(set_off(of_again));
                lines[again].repeats = Some(set_off(of_back));
                continue;
            }
            if same.billed.first(days).and_then(|(days, _)| same.billed.take(days)).is_some() {
                same.back.push(days, position);
                continue;
            }
        }
        let before = if is_back { &mut same.back } else { &mut same.billed };
        let may_be = |(_, first): &(Days, usize)| {
            lines[*first].invoice != matched.invoice || !(is_free || may_stand_twice(owed, matched))
        };
        let Some((_, first)) = before.first(days).filter(may_be) else {
            before.push(days, position);
            continue;
        };
        let on_this = lines[first].invoice == matched.invoice;
        let confidence =
            if on_this && matched.line.quantity.is_some() { Confidence::Likely } else { Confidence::Certain };
        let place = place(invoices, matched, first, lines);
        lines[position].repeats = Some(Seen { place, confidence, is_set_off: false });
        if !is_back {
            same.again.push(days, position);
        }
    }
}

fn set_off(place: String) -> Seen {
    Seen { place, confidence: Confidence::Certain, is_set_off: true }
}

/// Where a line stands, for people who read another.
fn place(invoices: &[&BilledInvoice], reading: &Matched<'_>, of: usize, lines: &[Matched<'_>]) -> String {
    match &lines[of] {
        line if line.invoice == reading.invoice => format!("line {} of this invoice", line.line.number),
        line => place_of(invoices, line),
    }
}

fn place_of(invoices: &[&BilledInvoice], line: &Matched<'_>) -> String {
    format!("line {} of invoice `{}`", line.line.number, invoices[line.invoice].number)
}

/// What is the same in two lines that bill the same, or of which one takes the other back.
fn same(matched: &Matched<'_>) -> Vec<String> {
    let line = matched.line;
    let words = match &matched.item {
        Some(item) => item.name.clone(),
        None => plain(&line.description),
    };
    let exact = |number: Option<&Exact>| number.map_or(String::new(), |number| absolute(number).to_string());
    vec![
        words,
        matched.month.to_string(),
        line.group.clone(),
        format!("{:?}", line.part),
        line.surcharges.join("+"),
        exact(line.quantity.as_ref().map(|quantity| &quantity.0)),
        exact(line.price.as_ref().map(|shown| &shown.price.0)),
        exact(Some(&line.amount.0)),
    ]
}

/// The days of a line. Invoices of one month may word the days they bill in two ways; lines that name days mean them.
fn days(invoices: &[&BilledInvoice], matched: &Matched<'_>) -> Days {
    let named = matched.line.period;
    (named.unwrap_or(invoices[matched.invoice].period), named.is_none_or(Period::is_whole_month))
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
