//! What is owed and not billed, or billed and not owed at all.

use longshore_contract::{ChargeKind, LineKind};

use super::reading::matching;
use super::{Case, later};
use crate::{Cause, Confidence, Finding};

/// What explains the whole of a difference because one side has nothing.
pub(super) fn finding(case: &Case<'_, '_>) -> Option<Finding> {
    if 0 == case.owed.in_force.term().days_in(case.month) {
        let how = format!("nothing of {} lies in the contract's term", case.month);
        let remedy = "do not pay it under this contract; ask which agreement it rests on";
        return Some(case.finding(Cause::Term, case.difference.clone(), Confidence::Certain, how, remedy));
    }
    if case.lines.is_empty() {
        return Some(not_billed(case));
    }
    let owed = case.item().map(|item| item.amount.clone()).unwrap_or_default();
    if owed.is_zero() && case.item().is_none_or(|item| item.lines.is_empty()) {
        return not_owed(case);
    }
    later::finding(case)
}

fn not_billed(case: &Case<'_, '_>) -> Finding {
    let (name, owed) = (&case.item.name, case.money(&-&case.difference));
    let (cause, how, remedy) = match case.item.kind {
        LineKind::Service => (
            Cause::Service,
            format!("by the provider's own figures `{name}` comes to {owed}, and no line gives it"),
            "claim the credit: the figures are the provider's",
        ),
        LineKind::Discount => {
            (Cause::Discount, format!("`{name}` comes to {owed}, and no line takes it off"), "claim the discount")
        }
        LineKind::Minimum => (
            Cause::Minimum,
            format!("`{name}` comes to {owed}, and no line asks for it"),
            "to the buyer's favor: set it aside, it may be billed later",
        ),
        LineKind::Rounding => (
            Cause::Rounding,
            format!("the contract rounds the invoice, which comes to {owed}"),
            "a matter of cents; ask for the line where it is to the buyer's favor",
        ),
        _ if case.difference.0.is_negative() => (
            Cause::NotBilled,
            format!("`{name}` owes {owed} for {}, and no line bills it", case.month),
            "to the buyer's favor: set it aside, it may be billed later",
        ),
        _ => (
            Cause::NotBilled,
            format!("`{name}` comes to {owed} for {}, and no line gives it", case.month),
            "claim it: the contract takes it off",
        ),
    };
    case.finding(cause, case.difference.clone(), Confidence::Certain, how, remedy)
}

/// Billed in a month that owes nothing of it.
fn not_owed(case: &Case<'_, '_>) -> Option<Finding> {
    let name = &case.item.name;
    let (cause, confidence, how, remedy) = match case.item.kind {
        LineKind::Charge => {
            let mut charges = case.owed.in_force.versions().iter().filter_map(|terms| {
                let position = case.owed.names.position(terms, name)?;
                Some((*terms, &terms.charges[position]))
            });
            let (terms, charge) = charges.next_back()?;
            let how = match &charge.kind {
                ChargeKind::Once { on, .. } => {
                    format!("`{name}` falls due once, on {on}, and not in {}", case.month)
                }
                _ if 0 < terms.in_force.days_in(case.month) => return None,
                _ if terms.in_force.starts > case.month.last() => {
                    format!("`{name}` is not billed before {}", terms.in_force.starts)
                }
                _ => format!("`{name}` ended before {}", case.month),
            };
            (Cause::Fixed, Confidence::Certain, how, "do not pay it for this month")
        }
        LineKind::Minimum => (
            Cause::Minimum,
            Confidence::Certain,
            format!(
                "what counts towards `{name}` reaches it by the invoice's own lines, or its period does not end now"
            ),
            "do not pay the shortfall: there is none",
        ),
        LineKind::Tax => (
            Cause::Tax,
            Confidence::Certain,
            "the contract has no tax on the invoice".to_owned(),
            "ask by what law it is due, and whether the buyer owes it to the state instead",
        ),
        LineKind::Exchange => (
            Cause::Exchange,
            Confidence::Certain,
            "the contract shares no movement of a currency, or it stayed within its band".to_owned(),
            "do not pay it",
        ),
        LineKind::Service if !case.difference.0.is_negative() => (
            Cause::Service,
            Confidence::Certain,
            format!("by the provider's own figures `{name}` owes nothing"),
            "do not pay a bonus that no figure on the invoice shows",
        ),
        LineKind::Service | LineKind::Discount => (
            if case.item.kind == LineKind::Discount { Cause::Discount } else { Cause::Service },
            Confidence::Likely,
            format!("by the figures on the invoice `{name}` gives nothing this month"),
            "to the buyer's favor; ask what it was given for",
        ),
        LineKind::Prepaid | LineKind::Deposit => (
            Cause::Fixed,
            Confidence::Certain,
            format!("`{name}` is not due in {}", case.month),
            "do not pay it for this month",
        ),
        LineKind::Rounding => (
            Cause::Rounding,
            Confidence::Certain,
            "the contract rounds otherwise".to_owned(),
            "a matter of cents: ask which rounding was meant",
        ),
    };
    if let ([reading], LineKind::Minimum) = (matching(case, &case.difference, None).as_slice(), case.item.kind) {
        let how = format!("{how}: {}", reading.name);
        let finding = case.finding(cause, case.difference.clone(), confidence, how, remedy);
        return Some(Finding { readings: vec![reading.name.clone()], ..finding });
    }
    Some(case.finding(cause, case.difference.clone(), confidence, how, remedy))
}
