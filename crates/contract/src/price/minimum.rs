//! Minimums over several lines: what is missing is a line of its own.

use longshore_units::{Amount, Quantity};

use super::PriceError;
use super::bill::Bill;
use super::draft::{Draft, amount_detail};
use crate::invoice::LineKind;
use crate::{Minimum, MinimumOf, Proration};

/// Adds what is missing to the contract's minimums.
pub(super) fn lines(bill: &mut Bill<'_>) -> Result<(), PriceError> {
    for minimum in &bill.contract.minimums {
        if let Some(draft) = shortfall(bill, minimum) {
            bill.push(draft);
        }
    }
    Ok(())
}

fn shortfall(bill: &Bill<'_>, minimum: &Minimum) -> Option<Draft> {
    let MinimumOf::Amount { amount, prorate } = &minimum.of else { return None };
    let (days, of) = (bill.term.days_in(bill.month), bill.month.days());
    let (share, rule) = match prorate {
        Proration::Day if days < of => {
            (longshore_units::Factor::share(days, of).expect("a month has days"), format!("{days} of {of} days"))
        }
        _ => (longshore_units::Factor::one(), "a full month".to_owned()),
    };
    let least = amount * &share;
    let reached: Amount = bill.sum_of(&minimum.on);
    let missing = &least - &reached;
    if missing <= Amount::zero() {
        return None;
    }
    let exact = bill.rounded(&missing);
    let detail = vec![amount_detail(format!("minimum for {rule}"), least), amount_detail("billed already", -&reached)];
    let mut draft = Draft::other(&minimum.name, LineKind::Minimum, minimum.clause.as_ref(), exact, detail);
    draft.line.quantity = Quantity(share.0);
    Some(draft)
}
