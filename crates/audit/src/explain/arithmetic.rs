//! What a line shows by itself: quantity times price, and its unit.

use longshore_units::{Amount, Exact, RoundHow};

use super::Case;
use crate::taken_back;
use crate::unit::{conversion, known};
use crate::{BilledLine, Cause, Confidence, Finding};

/// Lines whose quantity times their price is not their amount, and what they come to in all.
pub(super) fn findings(case: &Case<'_, '_>) -> (Vec<Finding>, Amount) {
    let mut sum = Amount::zero();
    let mut findings = Vec::new();
    for line in case.lines {
        let Some((exact, off)) = off(case, line) else { continue };
        sum += &off;
        let shown = line.price.as_ref().map(|shown| shown.price.to_string()).unwrap_or_default();
        let quantity = line.quantity.as_ref().map(ToString::to_string).unwrap_or_default();
        let written = rounded(case, &exact);
        let how = format!(
            "{quantity} × {shown} = {}, and the line asks for {}",
            case.money(&written),
            case.money(&line.amount)
        );
        let remedy = "have the line mended: quantity and price are the provider's own";
        let mut finding = case.finding(Cause::Arithmetic, off, Confidence::Certain, how, remedy);
        finding.lines = vec![line.number];
        findings.push(finding);
    }
    (findings, sum)
}

/// Of lines that come to what is owed: a price that does not give the amount, although no rounding of it does.
pub(super) fn shown(case: &Case<'_, '_>) -> Option<Finding> {
    if is_limited(case) {
        return None;
    }
    let wrong: Vec<&&BilledLine> = case
        .lines
        .iter()
        .filter(|line| {
            let Some((exact, _)) = off(case, line) else { return false };
            let shown = line.price.as_ref().map_or_else(Exact::zero, |shown| shown.off_at_most.clone());
            let quantity = line.quantity.as_ref().map_or_else(Exact::zero, |quantity| quantity.0.clone());
            let room = &(&absolute(&quantity) * &shown) + &case.step;
            room < absolute(&(&line.amount.0 - &exact.0))
        })
        .collect();
    let first = wrong.first()?;
    let how = format!(
        "the amounts are right, but line {} shows a price that does not give its amount of {}",
        first.number,
        case.money(&first.amount)
    );
    let remedy = "nothing to claim; ask which price was meant, so that the next invoice can be read";
    let mut finding = case.finding(Cause::Arithmetic, Amount::zero(), Confidence::Certain, how, remedy);
    finding.lines = wrong.iter().map(|line| line.number).collect();
    Some(finding)
}

/// Whether the contract owes another amount than units and prices come to: a minimum, a cap or a discount of the line itself.
fn is_limited(case: &Case<'_, '_>) -> bool {
    let limits = case.terms().and_then(|terms| case.charge(terms)).map(|charge| &charge.limits);
    limits.is_some_and(|limits| limits.discount.is_some() || limits.most.is_some() || limits.least.is_some())
}

/// Units of another kind than the contract's.
pub(super) fn units(case: &Case<'_, '_>) -> Option<Finding> {
    let counted = case.counted(case.terms()?)?;
    let other = |line: &&&BilledLine| {
        line.unit.as_deref().is_some_and(|unit| known(unit).is_some() && conversion(unit, counted.unit()).is_none())
    };
    let line = case.lines.iter().find(other)?;
    let how = format!(
        "line {} bills by the {}, and the contract by the {}",
        line.number,
        line.unit.as_deref().unwrap_or_default(),
        counted.unit()
    );
    let remedy = "ask for the quantity in the contract's unit: the two are not counted alike";
    Some(case.finding(Cause::Unit, Amount::zero(), Confidence::Likely, how, remedy))
}

/// What quantity times price comes to, and how far beyond it the amount is; none if it is one of its roundings.
fn off(case: &Case<'_, '_>, line: &BilledLine) -> Option<(Amount, Amount)> {
    let exact = taken_back::product(line)?;
    let distance = absolute(&(&line.amount.0 - &exact.0));
    (case.step <= distance).then(|| {
        let off = &line.amount - &rounded(case, &exact);
        (exact, off)
    })
}

/// To the smallest amount there is.
pub(super) fn rounded(case: &Case<'_, '_>, amount: &Amount) -> Amount {
    Amount(amount.0.rounded_to(&case.step, RoundHow::HalfUp))
}

pub(crate) fn absolute(number: &Exact) -> Exact {
    if number.is_negative() { -number } else { number.clone() }
}
