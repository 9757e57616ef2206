//! What a line comes to at most and at least, and what is taken off it.

use longshore_units::{Amount, Factor};

use super::bill::{Added, Bill, Part};
use super::draft::amount_detail;
use super::met::Earlier;
use crate::invoice::Detail;
use crate::{Charge, Limit, Limits, Per};

/// What days whose parts come to `tariff` add to a line of a month, limited. Adds each limit to `detail`.
pub(super) fn line(
    part: &Part<'_>,
    bill: &Bill<'_>,
    charge: &Charge,
    tariff: &Amount,
    detail: &mut Vec<Detail>,
) -> Added {
    let earlier = Earlier::of(&charge.name, Per::Month, part, bill);
    let limited = apply(&charge.limits, Per::Month, tariff, &earlier, |part| detail.push(part));
    bill.added(part.contract, charge, tariff + &limited)
}

/// What limits add to a line (or take from it) whose parts come to `amount`, over the charge's period: the whole period's
/// amount is limited, and what earlier months came to under the same limits is taken off. A minimum of more than a month is
/// settled in its last. Adds each limit to `detail`.
pub(super) fn apply(
    limits: &Limits,
    per: Per,
    amount: &Amount,
    earlier: &Earlier<'_>,
    mut detail: impl FnMut(Detail),
) -> Amount {
    let before = earlier.tariff();
    let now = changes(limits, &(&before + amount), earlier.ends);
    // Where nothing came before, nothing was limited, though a cap lie below 0.
    let billed = if earlier.is_none() { Vec::new() } else { changes(limits, &before, false) };
    let billed = billed.into_iter().map(|(_, change)| change).chain(std::iter::repeat_with(Amount::zero));
    let mut sum = Amount::zero();
    for ((limit, now), billed) in now.into_iter().zip(billed) {
        let change = &now - &billed;
        if !change.is_zero() {
            sum += &change;
            detail(amount_detail(rule(limits, limit, per), change));
        }
    }
    sum
}

/// What each limit adds or takes, in the order in which they are applied.
fn changes(limits: &Limits, amount: &Amount, ends: bool) -> Vec<(Limit, Amount)> {
    let mut rest = amount.clone();
    let change = |limit: Limit| {
        let limited = match limit {
            Limit::Discount => limits.discount.as_ref().map(|share| &rest - &(&rest * share)),
            Limit::Cap => limits.most.as_ref().map(|most| (&rest).min(most).clone()),
            Limit::Minimum => limits.least.as_ref().filter(|_| ends).map(|least| (&rest).max(least).clone()),
        };
        let limited = limited.unwrap_or_else(|| rest.clone());
        let change = &limited - &rest;
        rest = limited;
        (limit, change)
    };
    limits.order.0.into_iter().map(change).collect()
}

fn rule(limits: &Limits, limit: Limit, per: Per) -> String {
    let amount = |amount: &Option<Amount>| amount.as_ref().map_or_else(String::new, ToString::to_string);
    let per = per.word();
    match limit {
        Limit::Discount => format!("discount of {} %", percent(&limits.discount)),
        Limit::Cap => format!("at most {} a {per}", amount(&limits.most)),
        Limit::Minimum => format!("at least {} a {per}", amount(&limits.least)),
    }
}

fn percent(share: &Option<Factor>) -> String {
    let share = share.clone().unwrap_or_else(Factor::zero);
    (&share.0 * &longshore_units::Exact::from(100u64)).to_decimal(6)
}
