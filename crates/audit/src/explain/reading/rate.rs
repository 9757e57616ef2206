//! Percentages that are not the contract's: of a tax, a discount, a share of charges.

use longshore_contract::{ChargeKind, Contract, DiscountOf, LineKind};
use longshore_units::{Amount, Exact, Factor, RoundHow};

use super::super::arithmetic::rounded;
use super::super::follows::AsBilled;
use super::{Case, Reading, remedy};
use crate::{Cause, Confidence, Finding};

/// What a line shows by itself: its amount is another percentage of what the contract has it of.
pub(in crate::explain) fn shown(
    case: &Case<'_, '_>,
    rest: &Amount,
    as_billed: Option<&AsBilled<'_>>,
) -> Option<Finding> {
    let rate = OtherRate::of(case, rest, as_billed)?;
    let how = format!(
        "{} are {} of {}, and the contract has {}",
        case.money(&rate.billed),
        percent(&rate.rate),
        case.money(&rate.base),
        percent(&rate.agreed)
    );
    // Among percentages with two decimals one may come to any amount; half percents are what people agree on.
    let is_likely_meant = (&rate.rate * &Exact::from(200u64)).is_whole();
    let confidence = if is_likely_meant { Confidence::Certain } else { Confidence::Likely };
    Some(case.finding(rate.cause, rest.clone(), confidence, how, remedy(rate.cause)))
}

/// A whole percentage is a rate that somebody may have meant, whatever else comes to the same.
pub(super) fn other_rate(case: &Case<'_, '_>, rest: &Amount, as_billed: Option<&AsBilled<'_>>) -> Option<Reading> {
    let rate = OtherRate::of(case, rest, as_billed)?;
    let is_whole = (&rate.rate * &Exact::from(100u64)).is_whole();
    let name = format!("{} in place of {}", percent(&rate.rate), percent(&rate.agreed));
    is_whole.then_some(Reading { cause: rate.cause, name })
}

/// A line that comes to what was billed at a percentage that is not the contract's.
struct OtherRate {
    cause: Cause,
    rate: Exact,
    agreed: Exact,
    base: Amount,
    billed: Amount,
}

impl OtherRate {
    fn of(case: &Case<'_, '_>, rest: &Amount, as_billed: Option<&AsBilled<'_>>) -> Option<OtherRate> {
        let (cause, agreed) = agreed(case)?;
        let names = &case.owed.names;
        let put = |terms: &mut Contract| as_billed.into_iter().for_each(|billed| billed.put(names, terms));
        let whole = |terms: &mut Contract| {
            put(terms);
            of_all(case, terms);
        };
        let amount = |change: &dyn Fn(&mut Contract)| {
            let items = case.owed.otherwise(case.month, change, None)?;
            items.get(case.item).map(|item| item.amount.clone())
        };
        let (base, owed) = (amount(&whole)?, amount(&put)?);
        let billed = &owed + rest;
        let hundredth = Exact::ratio(1, 10_000)?;
        let rate = billed.0.divided_by(&base.0)?.rounded_to(&hundredth, RoundHow::HalfUp);
        let at_rate = rounded(case, &(&base * &Factor(rate.clone())));
        let is_other = at_rate == billed && rate != agreed && Exact::zero() < rate;
        let positive = |amount: Amount| if case.item.kind == LineKind::Discount { -&amount } else { amount };
        is_other.then(|| OtherRate { cause, rate, agreed, base: positive(base), billed: positive(billed) })
    }
}

/// The percentage that the contract has, and what another one is.
fn agreed(case: &Case<'_, '_>) -> Option<(Cause, Exact)> {
    let terms = case.terms()?;
    match case.item.kind {
        LineKind::Tax => Some((Cause::Tax, terms.tax.as_ref()?.share.0.clone())),
        LineKind::Discount => {
            let is_it = |name: &str| case.owed.names.latest(name) == case.item.name;
            match &terms.discounts.iter().find(|discount| is_it(&discount.name))?.of {
                DiscountOf::Share(share) => Some((Cause::Discount, share.0.clone())),
                _ => None,
            }
        }
        LineKind::Charge => match &case.charge(terms)?.kind {
            ChargeKind::Share(share) => Some((Cause::Fixed, share.share.0.clone())),
            _ => None,
        },
        _ => None,
    }
}

/// Makes the percentage of a line all of what it is of.
fn of_all(case: &Case<'_, '_>, terms: &mut Contract) {
    let is_it = |name: &str| case.owed.names.latest(name) == case.item.name;
    match case.item.kind {
        LineKind::Tax => terms.tax.iter_mut().for_each(|tax| tax.share = Factor::one()),
        LineKind::Discount => {
            // Together discounts take off no more than there is.
            terms.discounts.retain(|discount| is_it(&discount.name));
            terms.discounts.iter_mut().for_each(|discount| discount.of = DiscountOf::Share(Factor::one()));
        }
        _ => {
            for charge in terms.charges.iter_mut().filter(|charge| is_it(&charge.name)) {
                if let ChargeKind::Share(share) = &mut charge.kind {
                    share.share = Factor::one();
                }
            }
        }
    }
}

fn percent(share: &Exact) -> String {
    format!("{} %", share * &Exact::from(100u64))
}
