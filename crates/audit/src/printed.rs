//! Quantities that are printed with fewer decimals than they were reckoned with, or not at all.

use std::borrow::Cow;

use longshore_contract::{ChargeKind, LineKind};
use longshore_units::{Exact, Month, Quantity, RoundHow};

use crate::explain::absolute;
use crate::owed::Owed;
use crate::taken_back::product;
use crate::used::prices;
use crate::{BilledInvoice, BilledLine, LinePart};

/// A line whose quantity was taken from its amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unrounded {
    /// The charge.
    pub name: String,
    /// What was taken for what, for people.
    pub what: String,
}

/// The invoice with the quantities that its amounts are of. `4.52 × 2000 = 9032.26` is no mistake: of all quantities that
/// print as 4.52, one comes to the amount. An amount that none of them comes to stays as it is.
pub(crate) fn unrounded<'i>(
    owed: &Owed<'_>,
    invoice: Cow<'i, BilledInvoice>,
    step: &Exact,
    found: &mut Vec<Unrounded>,
) -> Cow<'i, BilledInvoice> {
    let month = invoice.period.month();
    let quantities: Vec<(usize, Quantity)> = invoice
        .lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let item = owed.names.meant(line.charge.as_deref().unwrap_or(&line.description))?;
            let month = line.period.map_or(month, |period| period.month());
            let quantity = of_amount(line, step)?;
            if item.kind != LineKind::Charge || may_be_of_price(owed, &item.name, month, line) {
                return None;
            }
            let shown = line.quantity.as_ref()?;
            let what = format!(
                "the quantity of line {} of invoice `{}`: it shows {shown}, and its amount is of {}",
                line.number,
                invoice.number,
                quantity.0.to_decimal(6)
            );
            found.push(Unrounded { name: item.name.clone(), what });
            Some((at, quantity))
        })
        .collect();
    if quantities.is_empty() {
        return invoice;
    }
    let mut invoice = invoice.into_owned();
    for (at, quantity) in quantities {
        invoice.lines[at].quantity = Some(quantity);
    }
    Cow::Owned(invoice)
}

/// The invoice with the quantities that follow from price and amount on lines that show both and no quantity: 3900.00 at 3.90
/// are 1000. One with more than two decimals is nobody's count: the price may be rounded, and it stays unknown.
pub(crate) fn of_price<'i>(
    owed: &Owed<'_>,
    invoice: Cow<'i, BilledInvoice>,
    found: &mut Vec<Unrounded>,
) -> Cow<'i, BilledInvoice> {
    let month = invoice.period.month();
    let mut quantities: Vec<(usize, Quantity)> = Vec::new();
    for (at, line) in invoice.lines.iter().enumerate() {
        let Some(item) = owed.names.meant(line.charge.as_deref().unwrap_or(&line.description)) else { continue };
        let month = line.period.map_or(month, |period| period.month());
        let is_counted = item.kind == LineKind::Charge && owed.is_counted(&item.name, month);
        let Some(quantity) = by_price(line).filter(|_| is_counted) else { continue };
        let what = format!(
            "the quantity of line {} of invoice `{}`: it shows none, and {quantity} was taken from its price and amount",
            line.number, invoice.number,
        );
        found.push(Unrounded { name: item.name.clone(), what });
        quantities.push((at, quantity));
    }
    if quantities.is_empty() {
        return invoice;
    }
    let mut invoice = invoice.into_owned();
    for (at, quantity) in quantities {
        invoice.lines[at].quantity = Some(quantity);
    }
    Cow::Owned(invoice)
}

/// How many units a line bills that shows its price and amount alone. A credit may be of money, and of no units.
fn by_price(line: &BilledLine) -> Option<Quantity> {
    let price = line.price.as_ref().filter(|_| line.quantity.is_none())?;
    let is_of_units = matches!(line.part, LinePart::Units | LinePart::Overage | LinePart::Surcharge);
    if !is_of_units || line.amount.0 <= Exact::zero() || price.price.0 <= Exact::zero() {
        return None;
    }
    let quantity = line.amount.0.divided_by(&price.price.0)?;
    let hundredth = Exact::ratio(1, 100)?;
    (quantity.rounded_to(&hundredth, RoundHow::HalfUp) == quantity).then_some(Quantity(quantity))
}

/// The quantity that a line's amount is of, where the one it shows comes to another amount, and prints as it does.
fn of_amount(line: &BilledLine, step: &Exact) -> Option<Quantity> {
    let (shown, price) = (line.quantity.as_ref()?, line.price.as_ref()?);
    let distance = absolute(&(&line.amount.0 - &product(line)?.0));
    let is_of_units = matches!(line.part, LinePart::Units | LinePart::Overage | LinePart::Surcharge);
    let half = &step.clone() * &Exact::ratio(1, 2)?;
    let room = &(&line.quantity_off_at_most * &absolute(&price.price.0)) + &half;
    if !is_of_units || line.quantity_off_at_most.is_zero() || distance < *step || room < distance {
        return None;
    }
    let billionth = Exact::ratio(1, 1_000_000_000)?;
    let quantity = absolute(&line.amount.0).divided_by(&absolute(&price.price.0))?;
    let quantity = quantity.rounded_to(&billionth, RoundHow::HalfUp);
    Some(Quantity(if shown.0.is_negative() { -&quantity } else { quantity }))
}

/// Whether it may be the price that is printed with fewer decimals than it has: then the amount is of the quantity that is
/// shown, at the contract's price.
fn may_be_of_price(owed: &Owed<'_>, name: &str, month: Month, line: &BilledLine) -> bool {
    let Some(shown) = &line.price else { return false };
    let mut known: Vec<Exact> = Vec::new();
    let mut is_indexed = false;
    for (_, terms) in owed.in_force.of_month(month) {
        let Some(position) = owed.names.position(terms, name) else { continue };
        is_indexed |= terms.indexes.iter().any(|index| index.on.contains(&position));
        match &terms.charges[position].kind {
            ChargeKind::Counted(counted) => known.extend(prices(counted, line)),
            ChargeKind::Ratio(ratio) => known.push(ratio.each.0.clone()),
            _ => {} // Others have no price of units.
        }
    }
    let price = absolute(&shown.price.0);
    let is_rounded = known.iter().any(|known| absolute(&(known - &price)) <= shown.off_at_most);
    !known.contains(&price) && (is_indexed || known.is_empty() || is_rounded)
}
