//! What is given back where agents leave soon: a part of the charge's line, below 0.

use std::collections::BTreeMap;

use longshore_units::{Amount, Month, Price, Quantity};

use super::bill::{Added, Bill, at_line};
use super::draft::{Draft, priced_detail};
use super::{PriceError, Rule};
use crate::invoice::{Detail, Line};
use crate::{Charge, ChargeKind, ClosedCharge, Contract, Counted, CounterOf, InForce};

/// Takes from a charge's line what the agents who left this month had been billed at: the time of each month at what a unit
/// of that month's line came to, surcharges and tiers among it.
pub(super) fn take(
    in_force: &InForce<'_>,
    bill: &Bill<'_>,
    contract: &Contract,
    charge: &Charge,
    draft: &mut Draft,
    closed: &mut ClosedCharge,
) -> Result<(), PriceError> {
    if matches!(&charge.kind, ChargeKind::Counted(Counted { refund: Some(_), .. })) {
        closed.unit_price = unit_price(bill, draft);
    }
    let details = details(in_force, bill, &draft.line.charge, closed.unit_price.as_ref())?;
    let amount: Amount = details.iter().map(|detail| detail.amount.clone()).sum();
    let exact = at_line(contract, charge, &amount);
    draft.exact += &exact;
    closed.amount += &exact;
    draft.line.detail.extend(details);
    Ok(())
}

/// What a unit came to over all of the month, of which a line's last terms have the end: its time under earlier terms is
/// given back as well.
fn unit_price(bill: &Bill<'_>, draft: &Draft) -> Option<Price> {
    let (mut amount, mut quantity) = (draft.exact.clone(), draft.line.quantity.clone());
    if let Some(earlier) = bill.charge_line(&draft.line.charge) {
        amount += &earlier.exact;
        quantity += &earlier.line.quantity;
    }
    amount.0.divided_by(&quantity.0).map(Price)
}

/// The lines of what is given back of charges that have ended before the agents left.
pub(super) fn of_ended(in_force: &InForce<'_>, bill: &Bill<'_>) -> Result<Vec<(Draft, ClosedCharge)>, PriceError> {
    let mut ended: BTreeMap<&str, (&Contract, &Charge, &Counted)> = BTreeMap::new();
    for contract in in_force.versions() {
        for charge in &contract.charges {
            if let ChargeKind::Counted(counted) = &charge.kind
                && counted.refund.is_some()
            {
                ended.insert(name_then(in_force, contract, &charge.name, bill.month), (contract, charge, counted));
            }
        }
    }
    for (_, contract) in in_force.of_month(bill.month) {
        for charge in &contract.charges {
            ended.remove(charge.name.as_str());
        }
    }
    let mut lines = Vec::new();
    for (name, (contract, charge, counted)) in ended {
        let mut draft = Draft::of_charge(charge, counted.unit(), Quantity::zero(), Added::default(), Vec::new());
        let counted = Some((0, counted.measure.counted_in()));
        draft.line = Line { charge: name.to_owned(), rows: Some(0), counted, ..draft.line };
        let mut closed = ClosedCharge::default();
        take(in_force, bill, contract, charge, &mut draft, &mut closed)?;
        if !draft.line.detail.is_empty() {
            lines.push((draft, closed));
        }
    }
    Ok(lines)
}

/// A detail for each month whose time is given back. `unit_price` is that of the month being billed.
fn details(
    in_force: &InForce<'_>,
    bill: &Bill<'_>,
    charge: &str,
    unit_price: Option<&Price>,
) -> Result<Vec<Detail>, PriceError> {
    let mut details = Vec::new();
    for (billed, (rows, quantity)) in given_back(in_force, bill, charge)? {
        let of_ledger = || bill.ledger.months.get(&billed)?.charges.get(charge)?.unit_price.as_ref();
        let price = if billed == bill.month { unit_price } else { of_ledger() };
        let price = price.cloned().ok_or_else(|| PriceError::NotKnown {
            rule: Rule::Charge(charge.to_owned()),
            what: format!("what a unit of {charge} came to"),
            month: billed,
        })?;
        let quantity = -&quantity;
        let amount = &price * &quantity;
        let rule = format!("given back of {billed}: agents left");
        details.push(Detail { rows: Some(rows), ..priced_detail(rule, quantity, price, amount) });
    }
    Ok(details)
}

/// Rows and time that are given back this month, by the month in which they were billed. They are counted under the terms
/// that held then, so all versions are asked.
fn given_back(
    in_force: &InForce<'_>,
    bill: &Bill<'_>,
    charge: &str,
) -> Result<BTreeMap<Month, (u64, Quantity)>, PriceError> {
    let mut months: BTreeMap<Month, (u64, Quantity)> = BTreeMap::new();
    for (version, contract) in in_force.versions().iter().enumerate() {
        let named = |known: &Charge| name_then(in_force, contract, &known.name, bill.month) == charge;
        let Some(position) = contract.charges.iter().position(named) else { continue };
        for (key, used) in bill.usage.of_counter(version, CounterOf::Refund(position), bill.month) {
            let (rows, quantity) = months.entry(key.day.map_or(bill.month, Month::of)).or_default();
            let more = used.rows().ok_or(crate::CountsError::Overflow)?;
            *rows = rows.checked_add(more).ok_or(crate::CountsError::Overflow)?;
            *quantity += &used.quantity();
        }
    }
    Ok(months)
}

/// What a charge of a version is called in a month: amendments rename lines.
fn name_then<'c>(in_force: &InForce<'c>, version: &'c Contract, name: &'c str, month: Month) -> &'c str {
    let renamed = in_force.renamed(Month::of(version.in_force.starts), month);
    renamed.fold(name, |name, renamed| if renamed.old == name { &renamed.new } else { name })
}
