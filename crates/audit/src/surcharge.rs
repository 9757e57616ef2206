//! Lines of surcharges that nobody has called so.

use std::borrow::Cow;
use std::collections::BTreeSet;

use longshore_contract::{Counted, InForce, LineKind, Tariff};
use longshore_units::{Amount, Exact, Price};

use crate::explain::absolute;
use crate::item::{Item, Names};
use crate::{BilledInvoice, BilledLine, LinePart};

/// The invoice, with the lines that show what a surcharge adds to a unit told apart from those of units: `3000 × 0.10` beside
/// minutes at 0.50, of which nights cost a fifth more, are 3000 minutes of these and no others.
pub(crate) fn told_apart<'i>(
    in_force: &InForce<'_>,
    names: &Names,
    invoice: Cow<'i, BilledInvoice>,
    step: &Exact,
) -> Cow<'i, BilledInvoice> {
    // Where lines say that they are a surcharge's, the others say that they are not.
    let said = invoice.lines.iter().filter(|line| line.part == LinePart::Surcharge);
    let said: BTreeSet<&Item> = said.filter_map(|line| meant(names, line)).collect();
    let is_said = |line: &BilledLine| meant(names, line).is_some_and(|item| said.contains(item));
    let calendar = |line| calendar(in_force, names, &invoice, line, step).filter(|_| !is_said(line));
    let calendars: Vec<Option<String>> = invoice.lines.iter().map(calendar).collect();
    if calendars.iter().all(Option::is_none) {
        return invoice;
    }
    let mut invoice = invoice.into_owned();
    for (line, calendar) in invoice.lines.iter_mut().zip(calendars) {
        if let Some(calendar) = calendar {
            (line.part, line.surcharges) = (LinePart::Surcharge, vec![calendar]);
        }
    }
    Cow::Owned(invoice)
}

fn meant<'n>(names: &'n Names, line: &BilledLine) -> Option<&'n Item> {
    names.meant(line.charge.as_deref().unwrap_or(&line.description))
}

/// The calendar whose surcharge a line shows, where it is one: what it adds to a unit is a price of no other.
fn calendar(
    in_force: &InForce<'_>,
    names: &Names,
    invoice: &BilledInvoice,
    line: &BilledLine,
    step: &Exact,
) -> Option<String> {
    let item = meant(names, line)?;
    let month = line.period.unwrap_or(invoice.period).month();
    let is_of_units = line.part == LinePart::Units && line.surcharges.is_empty() && !line.amount.0.is_negative();
    let (_, terms) = in_force.of_month(month).next().filter(|_| is_of_units && item.kind == LineKind::Charge)?;
    let counted = terms.counted(names.position(terms, &item.name)?)?;
    let Tariff::Bands { bands, .. } = &counted.tariff else { return None };
    if bands.iter().any(|band| shows(line, &band.price, step)) {
        return None;
    }
    let mut shown = added(counted, bands.list_price()).filter(|(_, price)| shows(line, price, step));
    let (calendar, _) = shown.next()?;
    shown.next().is_none().then(|| calendar.to_owned())
}

/// What each surcharge adds to a unit at the list price.
fn added<'c>(counted: &'c Counted, list: &'c Price) -> impl Iterator<Item = (&'c str, Price)> {
    counted.surcharges.iter().map(move |surcharge| (surcharge.calendar.as_str(), list * &surcharge.share))
}

/// Whether a line shows a price, perhaps with fewer places than its amount was reckoned with.
fn shows(line: &BilledLine, price: &Price, step: &Exact) -> bool {
    let (Some(shown), Some(quantity)) = (&line.price, &line.quantity) else { return false };
    let off = |amount: &Amount| absolute(&(&line.amount.0 - &amount.0));
    let is_rounded = absolute(&(&shown.price.0 - &price.0)) <= shown.off_at_most && off(&(price * quantity)) < *step;
    !price.0.is_zero() && (shown.price == *price || is_rounded)
}
