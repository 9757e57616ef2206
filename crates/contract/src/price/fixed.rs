//! Amounts that no quantity changes.

use jiff::civil::Date;
use longshore_units::{Amount, Exact, Month, Price, Quantity};

use super::bill::{Bill, Part};
use super::draft::{Draft, priced_detail};
use crate::invoice::Detail;
use crate::{Charge, Proration};

/// The same amount every month.
pub(super) fn flat(part: &Part<'_>, bill: &Bill<'_>, charge: &Charge, amount: &Amount, prorate: Proration) -> Draft {
    let (share, rule) = part.prorated(prorate);
    let added = bill.added(part.contract, charge, amount * &share);
    let quantity = Quantity(share.0.clone());
    let detail = vec![priced_detail(rule, quantity.clone(), Price(amount.0.clone()), amount * &share)];
    Draft::of_charge(charge, "month", quantity, added, detail)
}

/// The length of a period of four weeks.
const FOUR_WEEKS: i32 = 28;

/// The same amount each 28 days, in the month in which each of these periods begins.
pub(super) fn four_weekly(part: &Part<'_>, bill: &Bill<'_>, charge: &Charge, amount: &Amount) -> Draft {
    let starts = part.contract.term.starts;
    let begins = |days: i32| starts.checked_add(jiff::Span::new().days(i64::from(days))).ok();
    let since = part.month.first().since(starts).map_or(0, |span| span.get_days());
    let first = since.div_euclid(FOUR_WEEKS).max(0);
    let periods = (first..).map_while(|period| begins(period * FOUR_WEEKS));
    let periods = periods.take_while(|day| Month::of(*day) <= part.month);
    let due = periods.filter(|day| Month::of(*day) == part.month && part.contract.in_force.contains(*day));
    let (one, price) = (Quantity(Exact::one()), Price(amount.0.clone()));
    let detail: Vec<Detail> = due
        .map(|day| priced_detail(format!("28 days from {day}"), one.clone(), price.clone(), amount.clone()))
        .collect();
    let quantity = Quantity(Exact::from(detail.len() as u64));
    let added = bill.added(part.contract, charge, &price * &quantity);
    Draft::of_charge(charge, "period of 28 days", quantity, added, detail)
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
