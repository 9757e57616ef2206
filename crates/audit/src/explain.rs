//! From a difference to its causes.
//!
//! What the invoice shows by itself comes first: a quantity times a price that is not the amount, a price that the contract
//! does not have. Then what follows from other lines. Then named other readings of the contract, each priced in full: one
//! that comes to what was billed, to the last digit, explains it; several are all named. What is left is unexplained.

mod arithmetic;
mod by_line;
mod divided;
mod follows;
mod later;
mod minimum;
mod missing;
mod price;
mod reading;
mod units;

pub(crate) use arithmetic::absolute;
use follows::Consequence;
use std::collections::BTreeSet;

use longshore_contract::{ChargeKind, Contract, Counted, Line, LineKind};
use longshore_units::{Amount, Exact, Month};

use crate::item::Item;
use crate::owed::{Billed, Owed, OwedItem};
use crate::{BilledLine, Cause, Confidence, Finding, Period};

/// The invoice on which a line stands.
pub(crate) struct OnInvoice<'a> {
    /// The days that it bills.
    pub period: Period,
    /// All of its lines, with what each bills.
    pub lines: Vec<(Option<&'a Item>, &'a BilledLine)>,
    /// Those of them that bill nothing the contract knows, or what was billed before.
    pub unmatched: Vec<(Option<&'a Item>, &'a BilledLine)>,
}

/// One charge in one month, billed and owed.
pub(crate) struct Case<'a, 'c> {
    pub owed: &'a Owed<'c>,
    /// What all invoices so far bill.
    pub billed_items: &'a Billed,
    pub month: Month,
    pub item: &'a Item,
    /// The invoice's lines that bill it, without those that were billed before.
    pub lines: &'a [&'a BilledLine],
    /// The invoice they stand on.
    pub invoice: &'a OnInvoice<'a>,
    /// The numbers of the invoice's lines that give back money of a price, and no units.
    pub corrections: &'a BTreeSet<usize>,
    /// What is billed more than is owed.
    pub difference: Amount,
    /// What earlier invoices billed of it more than was owed then.
    pub earlier: Amount,
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
    of_difference(case).into_iter().chain(divided::finding(case)).collect()
}

/// What explains a difference that is not 0.
fn of_difference(case: &Case<'_, '_>) -> Vec<Finding> {
    let consequences = follows::consequences(case);
    if let Some(whole) = consequences.iter().find(|consequence| consequence.amount == case.difference) {
        return vec![whole.finding(case, Confidence::Certain)];
    }
    if let Some(finding) = missing::finding(case) {
        return vec![finding];
    }
    let (mut findings, rest) = arithmetic::findings(case);
    let rest = &case.difference - &rest;
    if !rest.is_zero() {
        findings.extend(of_rest(case, &rest, &consequences));
    }
    findings
}

/// What explains what arithmetic leaves of a difference.
fn of_rest(case: &Case<'_, '_>, rest: &Amount, consequences: &[Consequence<'_>]) -> Vec<Finding> {
    if let Some(whole) = consequences.iter().find(|consequence| consequence.amount == *rest) {
        return vec![whole.finding(case, Confidence::Certain)];
    }
    if let Some(findings) = by_line::findings(case, rest, consequences) {
        return findings;
    }
    let with_reading = |consequence: &Consequence<'_>| {
        let more = reading::findings(case, &(rest - &consequence.amount), &consequence.as_billed)?;
        let follows = consequence.finding(case, Confidence::Likely);
        Some(std::iter::once(follows).chain(more).collect::<Vec<_>>())
    };
    if let Some(findings) = consequences.first().and_then(with_reading) {
        return findings;
    }
    if let Some(correction) = price::correction(case, rest) {
        return vec![correction];
    }
    let own = price::findings(case, rest);
    if own.iter().any(|finding| !finding.amount.is_zero()) {
        return own;
    }
    if let Some(findings) = consequences.iter().skip(1).find_map(with_reading) {
        return findings;
    }
    if let Some(finding) = divided::between(case, rest) {
        return own.into_iter().chain([finding]).collect();
    }
    // Where most of it follows, what is left is small enough to be asked for by itself.
    let most = consequences
        .iter()
        .find(|consequence| absolute(&(rest - &consequence.amount).0) < absolute(&consequence.amount.0));
    own.into_iter().chain(most.map(|consequence| consequence.finding(case, Confidence::Likely))).collect()
}

/// What a line shows although the charge comes to what is owed: another unit, a price that does not give its amount.
fn shown(case: &Case<'_, '_>) -> Vec<Finding> {
    arithmetic::units(case).into_iter().chain(arithmetic::shown(case)).chain(divided::finding(case)).collect()
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

    /// The version of the contract that the month's last days have; of a charge that ends within the month, the last that
    /// has it.
    fn terms(&self) -> Option<&Contract> {
        let has = |terms: &&Contract| {
            self.item.kind != LineKind::Charge || self.owed.names.position(terms, &self.item.name).is_some()
        };
        self.owed.terms(self.month).filter(has).last()
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
