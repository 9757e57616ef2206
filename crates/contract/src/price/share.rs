//! The line of a charge that is a share of what other charges come to.

use longshore_units::{Amount, Exact, Price, Quantity};

use super::bill::{Bill, Part};
use super::draft::{Draft, priced_detail};
use super::{Priced, limits};
use crate::{Charge, ClosedCharge, ShareOf};

/// What a share comes to, given the lines of the version's charges by their positions. A charge that has no line this
/// month, such as one that falls due once, adds nothing.
pub(super) fn line(
    part: &Part<'_>,
    bill: &Bill<'_>,
    charge: &Charge,
    share: &ShareOf,
    lines: &[Option<Priced>],
) -> Priced {
    let percent = &share.share.0 * &Exact::from(100u64);
    let price = Price(share.share.0.clone());
    let (mut base, mut amount, mut detail) = (Amount::zero(), Amount::zero(), Vec::new());
    for Priced { draft, .. } in share.of.iter().filter_map(|position| lines[*position].as_ref()) {
        let part = &draft.exact * &share.share;
        base += &draft.exact;
        amount += &part;
        let rule = format!("{percent}% of {}", draft.line.charge);
        detail.push(priced_detail(rule, Quantity(draft.exact.0.clone()), price.clone(), part));
    }
    let added = limits::line(part, bill, charge, &amount, &mut detail);
    let currency = part.contract.currency.code();
    let draft = Draft::of_charge(charge, currency, Quantity(base.0), added, detail);
    let closed = ClosedCharge {
        amount: draft.exact.clone(),
        tariff: amount,
        unit_price: Some(price),
        ..ClosedCharge::default()
    };
    (draft, closed).into()
}
