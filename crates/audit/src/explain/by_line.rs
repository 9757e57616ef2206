//! A tax that is rounded line by line, where the contract rounds its sum.

use longshore_contract::LineKind;
use longshore_units::Amount;

use super::Case;
use super::arithmetic::rounded;
use super::follows::Consequence;
use crate::{Cause, Confidence, Finding};

/// The tax of each of the invoice's lines, rounded by itself: what of it follows from lines that are wrong, and what the
/// rounding makes.
pub(super) fn findings(case: &Case<'_, '_>, rest: &Amount, consequences: &[Consequence<'_>]) -> Option<Vec<Finding>> {
    let owed = case.item()?.amount.clone();
    let made = &(&by_line(case)? - &owed) - &case.earlier;
    if made != *rest {
        return None;
    }
    let follows = consequences.first();
    let of_rounding = follows.map_or_else(|| made.clone(), |follows| &made - &follows.amount);
    let lines = i128::try_from(case.invoice.lines.len()).ok()?;
    let room = &case.step * &longshore_units::Exact::from(lines);
    if room < super::absolute(&of_rounding.0) {
        return None;
    }
    let how = "the tax of each line is rounded by itself, and the contract rounds that of their sum".to_owned();
    let remedy = super::reading::remedy(Cause::Rounding);
    let rounding = case.finding(Cause::Rounding, of_rounding, Confidence::Likely, how, remedy);
    let follows = follows.map(|follows| follows.finding(case, Confidence::Likely));
    Some(follows.into_iter().chain([rounding]).collect())
}

/// None where the tax is of something else than lines of the invoice.
fn by_line(case: &Case<'_, '_>) -> Option<Amount> {
    let terms = case.terms().filter(|_| case.item.kind == LineKind::Tax)?;
    let tax = terms.tax.as_ref()?;
    let names: Vec<&str> =
        tax.on.iter().map(|position| case.owed.names.latest(&terms.charges[*position].name)).collect();
    // What a discount takes off each taxed charge stands on no line.
    if !names.is_empty() && !terms.discounts.is_empty() {
        return None;
    }
    let is_taxed = |item: Option<&crate::item::Item>| match item {
        Some(item) if names.is_empty() => !matches!(item.kind, LineKind::Tax | LineKind::Deposit | LineKind::Rounding),
        Some(item) => item.kind == LineKind::Charge && names.contains(&item.name.as_str()),
        None => names.is_empty(),
    };
    let lines = case.invoice.lines.iter().filter(|(item, _)| is_taxed(*item));
    Some(lines.map(|(_, line)| rounded(case, &(&line.amount * &tax.share))).sum())
}
