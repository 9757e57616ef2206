//! Lines that the contract reckons on other lines: shares, minimums, credits, tax.

use std::collections::BTreeMap;

use longshore_contract::{ChargeKind, Contract, LineKind};
use longshore_units::Amount;

use super::Case;
use crate::owed::{besides, fix};
use crate::{Cause, Confidence, Finding};

/// The terms with every charge of the month as it is billed; what the contract's other lines come to on these.
#[derive(Clone, Debug)]
pub(super) struct AsBilled {
    charges: BTreeMap<String, Amount>,
    besides: Amount,
    /// The charge that is looked at, and stays as it is.
    but: Option<String>,
}

impl AsBilled {
    fn of(case: &Case<'_, '_>) -> AsBilled {
        let of_month = case
            .billed_items
            .iter()
            .filter(|((month, item), _)| *month == case.month && item.kind == LineKind::Charge && item != case.item);
        let charges = of_month.map(|((_, item), amount)| (item.name.clone(), amount.clone())).collect();
        let besides = case.unmatched.iter().map(|line| line.amount.clone()).sum();
        let but = (case.item.kind == LineKind::Charge).then(|| case.item.name.clone());
        AsBilled { charges, besides, but }
    }

    /// Puts the amounts into a version of the contract.
    pub fn put(&self, names: &crate::item::Names, terms: &mut Contract) {
        let round = terms.round.clone();
        for charge in &mut terms.charges {
            let name = names.latest(&charge.name).to_owned();
            if self.but.as_ref() == Some(&name)
                || !names.is_charge(&name)
                || matches!(charge.kind, ChargeKind::Once { .. }) && !self.charges.contains_key(&name)
            {
                continue;
            }
            fix(charge, &round, &self.charges.get(&name).cloned().unwrap_or_default());
        }
        if !self.besides.is_zero() {
            terms.charges.push(besides("billed besides".to_owned(), &round, &self.besides));
        }
    }
}

/// What of the rest is the contract's own rule, on amounts of other lines that differ from what is owed.
pub(super) fn finding(case: &Case<'_, '_>, rest: &Amount) -> Option<(Finding, AsBilled)> {
    if case.item.kind == LineKind::Charge && !is_share(case) {
        return None;
    }
    let as_billed = AsBilled::of(case);
    let names = &case.owed.names;
    let otherwise = case.owed.otherwise(case.month, |terms| as_billed.put(names, terms), None)?;
    let owed = case.item().map(|item| item.amount.clone()).unwrap_or_default();
    let on_billed = otherwise.get(case.item).map(|item| item.amount.clone()).unwrap_or_default();
    let amount = &on_billed - &owed;
    if amount.is_zero() {
        return None;
    }
    let how = format!("`{}` is reckoned by the contract's rule on lines that are billed wrongly", case.item.name);
    let remedy = "it mends itself once those lines are mended";
    let confidence = if amount == *rest { Confidence::Certain } else { Confidence::Likely };
    Some((case.finding(Cause::Follows, amount, confidence, how, remedy), as_billed))
}

fn is_share(case: &Case<'_, '_>) -> bool {
    let charge = case.terms().and_then(|terms| case.charge(terms));
    charge.is_some_and(|charge| matches!(charge.kind, ChargeKind::Share(_)))
}
