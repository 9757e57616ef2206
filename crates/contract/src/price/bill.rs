//! The bill of a month while it is made.

use std::collections::{BTreeMap, BTreeSet};

use longshore_units::{Amount, Factor, Month, Quantity, Term};

use super::draft::Draft;
use crate::invoice::LineKind;
use crate::{Charge, Closed, ClosedCharge, Contract, InForce, Ledger, Proration, RoundAt, Usage};

/// A version of the contract on its days of a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'b> {
    /// Its position among the versions in force.
    pub version: usize,
    /// Its terms.
    pub contract: &'b Contract,
    /// The month.
    pub month: Month,
    /// Whether it is the first of the contract's versions in the month, or of those that have the charge that is priced:
    /// what is billed once a month whatever its days is billed by this one.
    pub is_first: bool,
}

impl<'b> Part<'b> {
    /// The parts of a month, in the order of their days.
    pub fn of_month(in_force: &InForce<'b>, month: Month) -> Vec<Part<'b>> {
        let mut parts: Vec<Part<'b>> = Vec::new();
        for (version, contract) in in_force.of_month(month) {
            parts.push(Part { version, contract, month, is_first: parts.is_empty() });
        }
        parts
    }

    /// The share of a full month that a fixed amount comes to on these days, and why.
    pub fn prorated(&self, prorate: Proration) -> (Factor, String) {
        let (days, of) = (self.contract.in_force.days_in(self.month), self.month.days());
        match prorate {
            Proration::Day if days < of => {
                (Factor::share(days, of).expect("a month has days"), format!("{days} of {of} days"))
            }
            Proration::None if !self.is_first => (Factor::zero(), "billed with the earlier terms".to_owned()),
            _ => (Factor::one(), "a full month".to_owned()),
        }
    }
}

/// What a version's days add to a charge's line.
#[derive(Clone, Debug, Default)]
pub(super) struct Added {
    /// Before the line is rounded.
    pub unrounded: Amount,
    /// As the line has it.
    pub exact: Amount,
}

/// A charge's amount after its rounding, unless only the invoice is rounded.
pub(super) fn at_line(contract: &Contract, charge: &Charge, amount: &Amount) -> Amount {
    let rule = contract.rounding_of(charge);
    match rule.at {
        RoundAt::Contact | RoundAt::Line => amount.rounded(&rule.rounding),
        RoundAt::Invoice => amount.clone(),
    }
}

/// An amount of no charge after a contract's rounding, unless only the invoice is rounded.
pub(super) fn rounded(contract: &Contract, amount: &Amount) -> Amount {
    match contract.round.at {
        RoundAt::Contact | RoundAt::Line => amount.rounded(&contract.round.rounding),
        RoundAt::Invoice => amount.clone(),
    }
}

/// The bill of a month while it is made.
pub(super) struct Bill<'b> {
    /// The terms in force at the month's end: what holds over several lines.
    pub contract: &'b Contract,
    /// The first and the last day of the contract.
    pub term: Term,
    /// What happened.
    pub usage: &'b Usage,
    /// What earlier months left.
    pub ledger: &'b Ledger,
    pub month: Month,
    /// The contract's versions on their days of the month, in their order.
    pub parts: Vec<Part<'b>>,
    /// The lines so far.
    pub drafts: Vec<Draft>,
    /// By charge: what prepayments have covered of its line.
    pub drawn: BTreeMap<String, Amount>,
    /// What the month leaves to later ones.
    pub closed: Closed,
    pub notes: Vec<String>,
}

impl<'b> Bill<'b> {
    pub fn new(
        in_force: &InForce<'b>,
        contract: &'b Contract,
        usage: &'b Usage,
        ledger: &'b Ledger,
        month: Month,
    ) -> Bill<'b> {
        let term = in_force.term();
        let parts = Part::of_month(in_force, month);
        let (drafts, closed, notes) = (Vec::new(), Closed::default(), Vec::new());
        Bill { contract, term, usage, ledger, month, parts, drafts, drawn: BTreeMap::new(), closed, notes }
    }

    /// Adds a line, to that of the same name where another version of the contract made one.
    pub fn push(&mut self, draft: Draft) {
        let same = |known: &&mut Draft| known.line.charge == draft.line.charge && known.line.kind == draft.line.kind;
        match self.drafts.iter_mut().find(same) {
            Some(known) if known.line.unit == draft.line.unit => known.join(draft),
            _ => self.drafts.push(draft),
        }
    }

    /// Adds the line of a charge that has no quantity to remember.
    pub fn push_fixed(&mut self, draft: Draft) {
        let closed = ClosedCharge { amount: draft.exact.clone(), ..ClosedCharge::default() };
        self.push_charge(draft, closed);
    }

    /// Adds a charge's line, and what later months need to know of it.
    pub fn push_charge(&mut self, draft: Draft, closed: ClosedCharge) {
        let known = self.closed.charges.entry(draft.line.charge.clone()).or_default();
        known.amount += &closed.amount;
        known.discounts += &closed.discounts;
        known.tariff += &closed.tariff;
        for (group, used) in closed.used {
            *known.used.entry(group).or_default() += &used;
        }
        for (group, included) in closed.included {
            let known = known.included.entry(group).or_default();
            known.granted += &included.granted;
            known.used += &included.used;
        }
        known.unit_price = closed.unit_price.or(known.unit_price.take());
        self.push(draft);
    }

    /// What some charges used in the month, in their unit, all groups together.
    pub fn used_by(&self, charges: &[usize]) -> Quantity {
        let names = charges.iter().map(|position| &self.contract.charges[*position].name);
        names.filter_map(|name| self.closed.charges.get(name)).flat_map(|closed| closed.used.values().cloned()).sum()
    }

    /// A charge's line, if it has one by now: of earlier terms of the month, while later ones are priced.
    pub fn charge_line(&self, name: &str) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.line.kind == LineKind::Charge && draft.line.charge == name)
    }

    /// What all lines come to so far.
    pub fn sum(&self) -> Amount {
        self.drafts.iter().map(|draft| draft.exact.clone()).sum()
    }

    /// What the lines of a kind come to so far.
    pub fn of_kind(&self, kind: LineKind) -> Amount {
        self.drafts.iter().filter(|draft| draft.line.kind == kind).map(|draft| draft.exact.clone()).sum()
    }

    /// What the lines of some charges come to so far.
    pub fn sum_of(&self, charges: &[usize]) -> Amount {
        let names: BTreeSet<&str> =
            charges.iter().map(|position| self.contract.charges[*position].name.as_str()).collect();
        let is_of = |draft: &&Draft| draft.line.kind == LineKind::Charge && names.contains(draft.line.charge.as_str());
        self.drafts.iter().filter(is_of).map(|draft| draft.exact.clone()).sum()
    }

    /// What the lines of some charges come to so far, less the discounts on them.
    pub fn less_discounts(&self, charges: &[usize]) -> Amount {
        let names = charges.iter().map(|position| &self.contract.charges[*position].name);
        let taken = names.filter_map(|name| self.closed.charges.get(name)).map(|closed| closed.discounts.clone());
        &self.sum_of(charges) + &taken.sum()
    }

    /// What an amount of a version's days adds to its charge's line. The line is rounded once, whatever the versions of its
    /// month: with a the amounts and b what earlier versions added to the line,
    ///
    ///   added = round(Σ a) − Σ b,
    ///
    /// under the rule of the version that is priced, so that in the end the line is as the last of them rounds it.
    pub fn added(&self, contract: &Contract, charge: &Charge, amount: Amount) -> Added {
        let (mut whole, mut before) = (amount.clone(), Amount::zero());
        let same = |draft: &&Draft| draft.line.kind == LineKind::Charge && draft.line.charge == charge.name;
        for draft in self.drafts.iter().filter(same) {
            whole += &draft.unrounded;
            before += &draft.exact;
        }
        Added { exact: &at_line(contract, charge, &whole) - &before, unrounded: amount }
    }

    /// The amount of a line over several charges after the contract's rounding, unless only the invoice is rounded.
    pub fn rounded(&self, amount: &Amount) -> Amount {
        rounded(self.contract, amount)
    }
}
