//! What a sound contract leaves out or holds that is dangerous to its buyer, each with what it costs where that can be
//! reckoned.

mod cost;
mod exit;
mod market;
mod money;
mod service;
mod time;
mod traffic;

use std::ops::Range;
use std::sync::Arc;

use longshore_document::{Findings, Node, Value};
use longshore_units::{Amount, Diagnostic, Exact, Label, Quantity, RoundHow, Rounding, Text};

use crate::{Charge, ChargeKind, Contract, Counted, LineKind};

pub use cost::{Bears, ClauseCost, CostPer, Lint};
pub use market::{MarketPrice, MarketUnit};
pub use traffic::Traffic;

/// The codes of lints; each has a page under `docs/diagnostics`.
pub const LINTS: [&str; 21] = [
    "L001", "L002", "L003", "L004", "L005", "L006", "L007", "L008", "L009", "L010", "L011", "L012", "L013", "L014",
    "L015", "L016", "L017", "L018", "L019", "L020", "L021",
];

/// What a contract is judged on.
#[derive(Clone, Debug)]
pub struct Basis<'b> {
    /// A month's contacts, for what clauses cost.
    pub traffic: Traffic,
    /// Whether these are the buyer's own, and not the ones taken where nothing is known.
    pub is_own: bool,
    /// What others pay.
    pub market: &'b [MarketPrice],
    /// What the lines of the contract's invoices came to, where contacts were priced under it; otherwise empty.
    pub billed: &'b [Billed],
}

/// What a line of a contract's invoices came to in a year of contacts that were priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    /// The charge, or the minimum.
    pub line: String,
    /// Which of them it is.
    pub kind: LineKind,
    /// How much of its unit.
    pub quantity: Quantity,
    /// Its amount, in the contract's currency.
    pub amount: Amount,
}

/// Judges a contract that was read from a text: warnings alone, in the order of their places.
pub fn lint(text: &Text, contract: &Contract, basis: &Basis<'_>) -> Vec<Lint> {
    // The places of keys are found in the text again: a contract does not carry them.
    let root = longshore_document::read(text, &mut Findings::of(text.name.clone()));
    let mut judge = Judge { contract, basis, root, file: Arc::clone(&text.name), lints: Vec::new() };
    time::judge(&mut judge);
    money::judge(&mut judge);
    market::judge(&mut judge);
    service::judge(&mut judge);
    exit::judge(&mut judge);
    let mut lints = judge.lints;
    lints.sort_by(|one, other| {
        let place = |lint: &Lint| (lint.diagnostic.primary.span.start, lint.diagnostic.code);
        place(one).cmp(&place(other))
    });
    lints
}

/// A contract while it is judged.
struct Judge<'c> {
    contract: &'c Contract,
    basis: &'c Basis<'c>,
    root: Node,
    file: Arc<str>,
    lints: Vec<Lint>,
}

/// What is found.
struct Danger<'d> {
    code: &'static str,
    place: Range<usize>,
    /// The charge, minimum or standard it is about.
    term: Option<&'d str>,
    /// Where the contract says so.
    clause: &'d Option<String>,
    message: String,
    help: &'d str,
    cost: Option<ClauseCost>,
}

impl<'c> Judge<'c> {
    fn warn(&mut self, danger: Danger<'_>) {
        let Danger { code, place, term, clause, message, help, cost } = danger;
        let label = Label { file: Arc::clone(&self.file), span: place, text: String::new() };
        let diagnostic = Diagnostic::warning(code, message, label).with_help(help);
        self.lints.push(Lint { diagnostic, term: term.map(str::to_owned), clause: clause.clone(), cost });
    }

    /// What is paid on the expected contacts; none where it is nothing.
    fn cost(&self, amount: Amount, per: CostPer) -> Option<ClauseCost> {
        let currency = self.contract.currency;
        (Amount::zero() < amount).then_some(ClauseCost { amount, currency, per, bears: Bears::Cost })
    }

    /// What may be lost; none where it is nothing.
    fn risk(&self, amount: Amount, per: CostPer) -> Option<ClauseCost> {
        Some(ClauseCost { bears: Bears::Risk, ..self.cost(amount, per)? })
    }

    /// What a charge or a minimum was billed for in a year, where contacts were priced.
    fn billed(&self, line: &str, kind: LineKind) -> Option<&'c Billed> {
        self.basis.billed.iter().find(|billed| billed.line == line && billed.kind == kind)
    }

    /// What all lines were billed for in a year, where contacts were priced.
    fn billed_in_all(&self) -> Option<Amount> {
        let billed = self.basis.billed;
        (!billed.is_empty()).then(|| billed.iter().map(|billed| billed.amount.clone()).sum())
    }

    /// The charges that count records, with their positions.
    fn counted(&self) -> impl Iterator<Item = (usize, &'c Charge, &'c Counted)> + use<'c> {
        self.contract.charges.iter().enumerate().filter_map(|(position, charge)| match &charge.kind {
            ChargeKind::Counted(counted) => Some((position, charge, counted)),
            _ => None,
        })
    }

    /// An amount to the contract's minor unit, with its currency.
    fn money(&self, amount: &Amount) -> String {
        written(self.contract, amount)
    }

    /// Where a key of a section's table stands, where the sections are a list; the table's first key, or the beginning of the
    /// text, where it is not written.
    fn of_entry(&self, section: &str, position: usize, key: &str) -> Range<usize> {
        let entry = table_of(&self.root, section).and_then(|node| node.one_or_many().get(position));
        entry.map_or(0..0, |entry| key_of(entry, key).unwrap_or_else(|| name_of(entry)))
    }

    /// Where a key of a section stands, or the section itself, or the beginning of the text.
    fn of_section(&self, section: &str, key: &str) -> Range<usize> {
        let Some(node) = table_of(&self.root, section) else { return 0..0 };
        key_of(node, key).or_else(|| entry_key(&self.root, section)).unwrap_or(0..0)
    }
}

/// An amount to a contract's minor unit, with its currency: `4,724.50 USD`, or `300 USD` where it is whole.
fn written(contract: &Contract, amount: &Amount) -> String {
    let minor = contract.currency.minor_digits() as usize;
    let mut digits = amount.0.to_decimal(contract.currency.minor_digits());
    if let Some(point) = digits.find('.') {
        digits.extend(std::iter::repeat_n('0', (point + 1 + minor).saturating_sub(digits.len())));
    }
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let thousands: Vec<&str> =
        whole.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).expect("digits")).collect();
    format!("{}{rest} {}", thousands.join(","), contract.currency)
}

/// An amount that was reckoned from averages: to the whole unit.
fn about(contract: &Contract, amount: &Amount) -> String {
    let whole = Rounding::new(Exact::one(), RoundHow::HalfUp).expect("one is above 0");
    format!("about {}", written(contract, &amount.rounded(&whole)))
}

fn table_of<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Table(table) => table.get(key),
        _ => None,
    }
}

/// The place of a key's value.
fn key_of(node: &Node, key: &str) -> Option<Range<usize>> {
    table_of(node, key).map(|value| value.span.clone())
}

/// The place of a key.
fn entry_key(node: &Node, key: &str) -> Option<Range<usize>> {
    match &node.value {
        Value::Table(table) => {
            table.entries.iter().find(|(known, _)| known.name == key).map(|(key, _)| key.span.clone())
        }
        _ => None,
    }
}

/// What an entry is called by: its name or unit, otherwise its first key.
fn name_of(entry: &Node) -> Range<usize> {
    let named = ["name", "unit"].iter().find_map(|key| key_of(entry, key));
    let first = || match &entry.value {
        Value::Table(table) => table.entries.first().map(|(key, _)| key.span.clone()),
        _ => None,
    };
    named.or_else(first).unwrap_or_else(|| entry.span.clone())
}
