//! What a line of a minimum shows by itself: another price of what is missing, another minimum.

use longshore_contract::{Bound, Detail, LineKind, Minimum, MinimumOf};
use longshore_units::{Amount, Exact, Quantity};

use super::Case;
use super::arithmetic::rounded;
use super::price::written;
use super::reading::remedy;
use crate::{Cause, Confidence, Finding};

/// What explains an amount of a minimum's line.
pub(super) fn shown(case: &Case<'_, '_>, rest: &Amount) -> Option<Finding> {
    let terms = case.terms().filter(|_| case.item.kind == LineKind::Minimum)?;
    let is_it = |minimum: &&Minimum| case.owed.names.latest(&minimum.name) == case.item.name;
    let minimum = terms.minimums.iter().find(is_it)?;
    let detail = case.contract_lines().iter().find_map(|line| line.detail.first())?;
    match &minimum.of {
        MinimumOf::Amount { amount, .. } => other_amount(case, rest, amount, detail),
        MinimumOf::Volume { volume, beyond, .. } => {
            let other = || other_volume(case, rest, volume, detail).filter(|_| beyond.is_none());
            other_price(case, rest, detail).or_else(other)
        }
    }
}

/// What is missing, at another price.
fn other_price(case: &Case<'_, '_>, rest: &Amount, detail: &Detail) -> Option<Finding> {
    let (missing, price) = (detail.quantity.as_ref()?, detail.price.as_ref()?);
    let [line] = case.lines else { return None };
    let shown = line.price.as_ref().filter(|shown| shown.price != *price)?;
    let off = &rounded(case, &(&shown.price * missing)) - &rounded(case, &(price * missing));
    let how = format!(
        "line {} bills {} a unit of what is missing, and the contract {}",
        line.number,
        written(&shown.price),
        written(price)
    );
    let is_of_missing = line.quantity.as_ref() == Some(missing);
    (is_of_missing && off == *rest)
        .then(|| case.finding(Cause::Price, off, Confidence::Certain, how, remedy(Cause::Price)))
}

/// What is missing to another minimum. Some minimum comes to any amount: one that is as round as the contract's, or a whole
/// hundred, is likely meant.
fn other_amount(case: &Case<'_, '_>, rest: &Amount, agreed: &Amount, detail: &Detail) -> Option<Finding> {
    // For a part of a period the minimum is a part.
    let other = &detail.amount + rest;
    let share = detail.amount.0.divided_by(&agreed.0)?;
    let cent = Exact::ratio(1, 100)?;
    let whole = Amount(other.0.divided_by(&share)?.rounded_to(&cent, longshore_units::RoundHow::HalfUp));
    let how = format!(
        "it is what is missing to a minimum of {}, and the contract's is {}",
        case.money(&whole),
        case.money(agreed)
    );
    let comes_to = rounded(case, &Amount(&whole.0 * &share)) == rounded(case, &other);
    (comes_to && is_round(&whole.0))
        .then(|| case.finding(Cause::Minimum, rest.clone(), Confidence::Likely, how, remedy(Cause::Minimum)))
}

/// What is missing to another volume.
fn other_volume(case: &Case<'_, '_>, rest: &Amount, agreed: &Bound, detail: &Detail) -> Option<Finding> {
    let Bound::Units(agreed) = agreed else { return None };
    let more = Quantity(rest.0.divided_by(&detail.price.as_ref()?.0)?);
    let whole = agreed + &more;
    let how = format!("it is what is missing to a volume of {whole}, and the contract's is {agreed}");
    is_round(&whole.0)
        .then(|| case.finding(Cause::Minimum, rest.clone(), Confidence::Likely, how, remedy(Cause::Minimum)))
}

fn is_round(number: &Exact) -> bool {
    Exact::zero() < *number && Exact::ratio(1, 100).is_some_and(|hundredth| (number * &hundredth).is_whole())
}
