//! From a difference to its causes.
//!
//! What the invoice shows by itself comes first: a quantity times a price that is not the amount, a price that the contract
//! does not have. Then what follows from other lines. Then named other readings of the contract, each priced in full: one
//! that comes to what was billed, to the last digit, explains it; several are all named. What is left is unexplained.

mod arithmetic;
mod follows;
mod missing;
mod price;
mod reading;

pub(crate) use arithmetic::absolute;
use std::collections::BTreeSet;

use longshore_contract::{ChargeKind, Contract, Counted, Line, LineKind};
use longshore_units::{Amount, Exact, Month};

use crate::item::Item;
use crate::owed::{Billed, Owed, OwedItem};
use crate::{BilledLine, Cause, Confidence, Finding};

/// One charge in one month, billed and owed.
pub(crate) struct Case<'a, 'c> {
    pub owed: &'a Owed<'c>,
    /// What all invoices so far bill.
    pub billed_items: &'a Billed,
    pub month: Month,
    pub item: &'a Item,
    /// The invoice's lines that bill it, without those that were billed before.
    pub lines: &'a [&'a BilledLine],
    /// The invoice's lines that bill nothing the contract knows, or what was billed before.
    pub unmatched: &'a [&'a BilledLine],
    /// The numbers of the invoice's lines that give back money of a price, and no units.
    pub corrections: &'a BTreeSet<usize>,
    /// What is billed more than is owed.
    pub difference: Amount,
    /// The smallest amount of the currency, and with how many decimals its amounts are written.
    pub step: Exact,
    pub places: u32,
}

/// What explains a difference. The amounts come to the difference, or less: what nothing explains is left.
pub(crate) fn explain(case: &Case<'_, '_>) -> Vec<Finding> {
    if case.owed.is_given(case.month, case.item) {
        // Nothing else can be said of it without records.
        let by_line = if case.difference.is_zero() { Vec::new() } else { price::line_by_line(case) };
        return arithmetic::units(case).into_iter().chain(by_line).collect();
    }
    if case.difference.is_zero() {
        return shown(case);
    }
    if let Some(finding) = missing::finding(case) {
        return vec![finding];
    }
    let (mut findings, mut rest) = arithmetic::findings(case);
    rest = &case.difference - &rest;
    if rest.is_zero() {
        return findings;
    }
    if let Some((follows, on_billed)) = follows::finding(case, &rest) {
        rest = &rest - &follows.amount;
        let of_rest = if rest.is_zero() { Some(Vec::new()) } else { reading::findings(case, &rest, on_billed) };
        if let Some(more) = of_rest {
            findings.push(follows);
            findings.extend(more);
            return findings;
        }
        rest = &rest + &follows.amount;
    }
    if let Some(correction) = price::correction(case, &rest) {
        findings.push(correction);
        return findings;
    }
    findings.extend(price::findings(case, &rest));
    findings
}

/// What a line shows although the charge comes to what is owed: another unit, a price that does not give its amount.
fn shown(case: &Case<'_, '_>) -> Vec<Finding> {
    arithmetic::units(case).into_iter().chain(arithmetic::shown(case)).collect()
}

impl Case<'_, '_> {
    /// What is owed for it in all, with what was owed before this invoice.
    fn item(&self) -> Option<&OwedItem> {
        self.owed.of(self.month)?.get(self.item)
    }

    /// The contract's own lines.
    fn contract_lines(&self) -> &[Line] {
        self.item().map_or(&[], |item| &item.lines)
    }

    /// The version of the contract that the month's last days have.
    fn terms(&self) -> Option<&Contract> {
        self.owed.terms(self.month).last()
    }

    /// The charge, where it is one.
    fn charge<'t>(&self, terms: &'t Contract) -> Option<&'t longshore_contract::Charge> {
        let position = self.owed.names.position(terms, &self.item.name)?;
        (self.item.kind == LineKind::Charge).then(|| &terms.charges[position])
    }

    /// The charge by quantity, where it is one.
    fn counted<'t>(&self, terms: &'t Contract) -> Option<&'t Counted> {
        match &self.charge(terms)?.kind {
            ChargeKind::Counted(counted) => Some(counted),
            _ => None,
        }
    }

    /// An amount as people write it.
    fn money(&self, amount: &Amount) -> String {
        amount.0.to_fixed(self.places).unwrap_or_else(|| amount.to_string())
    }

    fn clause(&self) -> Option<String> {
        let owed = self.contract_lines().iter().find_map(|line| line.clause.clone());
        let charge = || self.terms().and_then(|terms| self.charge(terms)?.clause.clone());
        owed.or_else(charge)
    }

    fn numbers(&self) -> Vec<usize> {
        self.lines.iter().map(|line| line.number).collect()
    }

    fn finding(&self, cause: Cause, amount: Amount, confidence: Confidence, how: String, remedy: &str) -> Finding {
        Finding {
            cause,
            amount,
            clause: self.clause(),
            confidence,
            readings: Vec::new(),
            how,
            remedy: remedy.to_owned(),
            lines: self.numbers(),
        }
    }
}
