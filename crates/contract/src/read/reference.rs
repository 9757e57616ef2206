//! Charges that refer to other charges by name: to their price, their quantity or their amount.

use std::ops::Range;

use longshore_document::{Findings, Node, Value, quoted};
use longshore_units::Diagnostic;

use super::Placed;
use crate::{Charge, ChargeKind, Counted, Measure, Tariff, Tiers};

/// What charges of a text say of each other.
pub(crate) struct References {
    /// The names of all charges, by their positions in the text: known before any of them is read, since a charge may
    /// refer to one below it.
    names: Vec<Option<String>>,
    /// Who refers to whom.
    references: Vec<Reference>,
    /// The position of the charge that is being read.
    pub from: usize,
}

impl References {
    /// None yet, between the charges of a list.
    pub fn between(charges: &[Node]) -> References {
        References { names: charges.iter().map(called).collect(), references: Vec::new(), from: 0 }
    }

    /// The position of the charge that a text names; `C012` if there is none. What it is will be looked at once all are
    /// read.
    pub fn refer(&mut self, node: &Node, what: What, findings: &mut Findings) -> Option<usize> {
        let name = node.name(findings)?;
        let Some(to) = self.names.iter().position(|known| known.as_deref() == Some(name)) else {
            let help = format!("the charges are {}", quoted(self.names.iter().flatten().map(String::as_str)));
            findings.error("C012", &node.span, format!("there is no charge `{name}`"), help);
            return None;
        };
        self.references.push(Reference { place: node.span.clone(), from: self.from, to, what });
        Some(to)
    }

    /// Refuses references to charges that have no such price, quantity or amount, or have it from another charge in
    /// turn: so none can lead back to where it began. `charges` are those of the text, without those that could not be
    /// read.
    pub fn check(&self, charges: &[Option<Placed<Charge>>], findings: &mut Findings) {
        for reference in &self.references {
            let (Some(from), Some(to)) = (&charges[reference.from], &charges[reference.to]) else { continue };
            let is_same = reference.from == reference.to;
            let why = if is_same { itself(&to.value) } else { unsuitable(&from.value, &to.value, reference.what) };
            let Some((message, help)) = why else { continue };
            let primary = findings.label(&reference.place, "named here");
            let related = findings.label(&to.place, "the charge that is meant");
            findings.push(Diagnostic::error("C040", message, primary).with_related(related).with_help(help));
        }
    }
}

/// What a charge is called: by its name, its unit, or `flat amount`. None if it cannot be told; why has its own finding.
fn called(node: &Node) -> Option<String> {
    let Value::Table(table) = &node.value else { return None };
    match table.get("name").or_else(|| table.get("unit")).map(|node| &node.value) {
        Some(Value::Text(name)) => Some(name.clone()),
        Some(_) => None,
        None => Some(unnamed(table.get("of_charges").is_some()).to_owned()),
    }
}

/// What a charge without a name and a unit is called.
pub(crate) fn unnamed(is_share: bool) -> &'static str {
    if is_share { "share of charges" } else { "flat amount" }
}

/// A charge's word for another.
struct Reference {
    /// Where the other is named.
    place: Range<usize>,
    /// Who names it: a position among the charges of the text.
    from: usize,
    /// The other's.
    to: usize,
    /// What of it is meant.
    what: What,
}

/// What of another charge is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// What its unit costs.
    Price,
    /// How much of it was used.
    Quantity,
    /// What its line comes to.
    Amount,
}

fn itself(charge: &Charge) -> Option<(String, &'static str)> {
    Some((format!("`{}` refers to itself", charge.name), "name another charge"))
}

/// Why a charge cannot be what another refers to, and what to do.
fn unsuitable(from: &Charge, to: &Charge, what: What) -> Option<(String, &'static str)> {
    let counted = match &to.kind {
        ChargeKind::Counted(counted) => Some(counted),
        _ => None,
    };
    match (what, counted) {
        (What::Price, Some(counted)) => unsuitable_price(from, counted)
            .map(|(message, help)| (format!("the price of `{}` cannot be shared in: {message}", to.name), help)),
        (What::Price, None) => {
            let help = "name a charge that has a `unit` and a price of its own";
            Some((format!("`{}` has no price by unit", to.name), help))
        }
        (What::Quantity, Some(_)) => None,
        (What::Quantity, None) => {
            let help = "name a charge that is counted: one with a `unit` and without a `ratio`";
            Some((format!("`{}` has no quantity of its own", to.name), help))
        }
        (What::Amount, _) if matches!(to.kind, ChargeKind::Share(_)) => {
            let help = "name the charges that it is a share of, and reckon the two percentages into one";
            Some((format!("`{}` is itself a share of other charges", to.name), help))
        }
        (What::Amount, _) => None,
    }
}

fn unsuitable_price(from: &Charge, of: &Counted) -> Option<(&'static str, &'static str)> {
    let bands = match &of.tariff {
        Tariff::OfPrice { .. } => {
            return Some(("it is itself a share of another's", "name the charge whose price that is"));
        }
        Tariff::Lengths(_) => {
            return Some(("it depends on each contact's length", "write the price itself: `each = \"…\"`"));
        }
        Tariff::Bands { tiers: Tiers::StairStep, .. } => {
            return Some(("its bands have amounts and no price by unit", "write the price itself: `each = \"…\"`"));
        }
        Tariff::Bands { bands, .. } => bands,
    };
    if bands.iter().any(|band| band.block.is_some()) {
        return Some(("it is the price of a block of units", "write the price itself: `each = \"…\"`"));
    }
    let ChargeKind::Counted(from) = &from.kind else { return None };
    let same = match (from.time_unit(), of.time_unit()) {
        (Some(_), Some(_)) => true,
        (None, None) => from.unit() == of.unit() && !matches!(of.measure, Measure::SaleAmount | Measure::Cost { .. }),
        _ => false,
    };
    (!same).then_some(("the two charges have different units", "price both by the hour, or both by the same unit"))
}
