//! The line of a charge by ratio: so many units for so many of another charge's.

use std::collections::BTreeMap;

use longshore_units::{Exact, Quantity};

use super::bill::{Bill, Part};
use super::draft::{Draft, priced_detail};
use super::limits;
use crate::{Charge, ClosedCharge, CounterOf, Ratio};

/// What a charge by ratio comes to on a version's days. `parts` are all versions of the month.
///
/// A fraction is rounded once a month. With the other charge's quantity q over the whole month, of which q' on these days,
///
///   units = round(q / one_per) · q' / q
///
/// so that an amendment in the middle of a month does not round twice: two team leads for 30 agents remain two.
pub(super) fn line(
    parts: &[Part<'_>],
    part: &Part<'_>,
    bill: &Bill<'_>,
    charge: &Charge,
    ratio: &Ratio,
) -> (Draft, ClosedCharge) {
    let other = &part.contract.charges[ratio.of].name;
    let own = used(part, bill, other);
    let whole: Quantity = parts.iter().map(|part| used(part, bill, other)).sum();
    let one_per = whole.0.divided_by(&ratio.one_per.0).expect("a ratio is to more than 0");
    let rounded = ratio.round.map_or(one_per.clone(), |how| one_per.rounded_to(&Exact::one(), how));
    let share = own.0.divided_by(&whole.0).unwrap_or_default();
    let units = Quantity(&rounded * &share);
    let amount = &ratio.each * &units;
    let rule = format!("one {} per {} of {other}, {whole} in all", ratio.unit, ratio.one_per);
    let mut detail = vec![priced_detail(rule, units.clone(), ratio.each.clone(), amount.clone())];
    let added = limits::line(part, bill, charge, &amount, &mut detail);
    let draft = Draft::of_charge(charge, &ratio.unit, units.clone(), added, detail);
    let closed = ClosedCharge {
        amount: draft.exact.clone(),
        tariff: amount,
        used: BTreeMap::from([(String::new(), units)]),
        unit_price: Some(ratio.each.clone()),
        ..ClosedCharge::default()
    };
    (draft, closed)
}

/// What a charge used on a version's days, all groups together. Nothing, where the version has no such charge.
fn used(part: &Part<'_>, bill: &Bill<'_>, charge: &str) -> Quantity {
    let Some(position) = part.contract.charge(charge) else { return Quantity::zero() };
    let met = bill.usage.of_counter(part.version, CounterOf::Charge(position), part.month);
    met.map(|(_, used)| used.quantity()).sum()
}
