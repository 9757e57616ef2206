//! Amounts that no quantity changes.

use jiff::civil::Date;
use longshore_units::{Amount, Exact, Month, Price, Quantity};

use super::bill::{Bill, Part};
use super::draft::{Draft, priced_detail};
use crate::{Charge, Proration};

/// The same amount every month.
pub(super) fn flat(part: &Part<'_>, bill: &Bill<'_>, charge: &Charge, amount: &Amount, prorate: Proration) -> Draft {
    let (share, rule) = part.prorated(prorate);
    let added = bill.added(part.contract, charge, amount * &share);
    let quantity = Quantity(share.0.clone());
    let detail = vec![priced_detail(rule, quantity.clone(), Price(amount.0.clone()), amount * &share)];
    Draft::of_charge(charge, "month", quantity, added, detail)
}

/// An amount that falls due on a day, in the month of that day.
pub(super) fn once(part: &Part<'_>, bill: &Bill<'_>, charge: &Charge, amount: &Amount, on: Date) -> Option<Draft> {
    if Month::of(on) != part.month || !part.contract.in_force.contains(on) {
        return None;
    }
    let added = bill.added(part.contract, charge, amount.clone());
    let quantity = Quantity(Exact::one());
    let price = Price(amount.0.clone());
    let detail = vec![priced_detail(format!("once, on {on}"), quantity.clone(), price, amount.clone())];
    Some(Draft::of_charge(charge, "once", quantity, added, detail))
}
