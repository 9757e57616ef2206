//! Reading what holds over several lines, and the charges it holds for.

use longshore_document::{Fields, Findings, Node, quoted};
use longshore_units::{Currency, Month, Term};

use super::{Placed, terms};
use crate::period::Period;
use crate::{Charge, ChargeKind, Grain, Measure, Per, Proration};

/// What terms over several lines are read against.
pub(super) struct Lines<'l> {
    pub charges: &'l [Placed<Charge>],
    /// Names of charges that could not be read.
    pub unusable: &'l [String],
    pub term: Option<Term>,
    pub currency: Option<Currency>,
}

/// The keys that name a term over several lines, and where it stands.
pub(super) struct Heading {
    pub name: String,
    pub clause: Option<String>,
    pub place: std::ops::Range<usize>,
}

impl Heading {
    /// `name` (called so by its kind where none is written) and `clause`.
    pub fn of(fields: &mut Fields<'_>, kind: &str, findings: &mut Findings) -> Option<Heading> {
        let node = fields.take("name");
        let name = node.map_or(Some(kind), |node| node.name(findings)).map(str::to_owned);
        let clause = fields.take("clause").and_then(|node| node.name(findings)).map(str::to_owned);
        let place = node.map_or_else(|| fields.place().clone(), |node| node.span.clone());
        Some(Heading { name: name?, clause, place })
    }
}

impl Lines<'_> {
    /// `on`: positions of the charges that are named, increasing.
    pub fn on(&self, fields: &mut Fields<'_>, what: &str, findings: &mut Findings) -> Option<Vec<usize>> {
        fields.require("on", what, findings).map(|node| self.named(node, findings))
    }

    /// Positions of the charges that a list names, increasing.
    pub fn named(&self, node: &Node, findings: &mut Findings) -> Vec<usize> {
        let mut positions = Vec::new();
        for node in node.one_or_many() {
            let Some(name) = node.name(findings) else { continue };
            match self.charges.iter().position(|charge| charge.value.name == name) {
                Some(position) => positions.push(position),
                None if self.unusable.iter().any(|unusable| unusable == name) => {}
                None => {
                    let names = quoted(self.charges.iter().map(|charge| charge.value.name.as_str()));
                    let help = format!("the charges are {names}");
                    findings.error("C012", &node.span, format!("there is no charge `{name}`"), help);
                }
            }
        }
        if node.one_or_many().is_empty() {
            findings.error("C012", &node.span, "an empty list names no charge", "name the charges that are meant");
        }
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// `per`: a month where it is not said. What is settled with the end of the term needs one.
    pub fn per(&self, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Per> {
        let Some(node) = fields.take("per") else { return Some(Per::Month) };
        let words = [Per::Month, Per::Quarter, Per::Year, Per::Term].map(|per| (per.word(), per));
        let per = node.one_of(&words, findings)?;
        if per == Per::Term && self.term.is_some_and(|term| term.ends.is_none()) {
            let help = "add `ends = 2028-12-31` to the contract, or settle it by the year";
            findings.error("C056", &node.span, "the term has no end, so this would never be settled", help);
        }
        Some(per)
    }

    /// `prorate`, or the reading dearer to the buyer: with a warning where a period of the term is not whole.
    pub fn proration(
        &self,
        fields: &mut Fields<'_>,
        name: &str,
        per: Per,
        findings: &mut Findings,
    ) -> Option<Proration> {
        if per == Per::Month {
            return terms::proration(fields, name, self.term, findings);
        }
        if let Some(node) = fields.take("prorate") {
            return node.one_of(&[("day", Proration::Day), ("none", Proration::None)], findings);
        }
        let partly = self.term.is_some_and(|term| {
            let whole = |month| Period::of(per, term, month).share_of(term).0 == longshore_units::Factor::one();
            !whole(Month::of(term.starts)) || term.ends.is_some_and(|ends| !whole(Month::of(ends)))
        });
        if partly {
            let per = per.word();
            let message = format!(
                "the term has {per}s that are not whole, and `{name}` does not say what they ask for: all of it"
            );
            let help = format!(
                "ask the provider, and add `prorate = \"day\"` (that {per} would ask for its days' share) or `prorate = \"none\"`"
            );
            findings.warning("C026", fields.place(), message, help);
        }
        Some(Proration::None)
    }

    /// Checks that charges are counted in one unit, so that their volumes have a sum.
    pub fn one_unit(&self, on: &[usize], place: &std::ops::Range<usize>, findings: &mut Findings) -> bool {
        let mut first: Option<(&Placed<Charge>, &'static str)> = None;
        for charge in on.iter().map(|position| &self.charges[*position]) {
            let unit = unit_of_volume(&charge.value);
            let (message, help) = match (unit, first) {
                (None, _) => (
                    format!("`{}` has no volume of its own", charge.value.name),
                    "name charges that have a `unit` alone",
                ),
                (Some(unit), Some((known, other))) if unit != other => (
                    format!("`{}` is counted by the {other}, `{}` by the {unit}", known.value.name, charge.value.name),
                    "name charges of one unit, or make one rule for each",
                ),
                (Some(unit), _) => {
                    first = first.or(Some((charge, unit)));
                    continue;
                }
            };
            let primary = findings.label(place, "needs the volume of its charges");
            let related = findings.label(&charge.place, "this charge");
            let diagnostic = longshore_units::Diagnostic::error("C051", message, primary).with_related(related);
            findings.push(diagnostic.with_help(help));
            return false;
        }
        true
    }

    /// Checks that the forecast knows the charges' unit: it knows contacts, and their time.
    pub fn forecast_knows(&self, on: &[usize], place: &std::ops::Range<usize>, findings: &mut Findings) {
        let unknown = on.iter().map(|position| &self.charges[*position].value).find(|charge| {
            let ChargeKind::Counted(counted) = &charge.kind else { return false };
            !matches!(counted.measure, Measure::Contacts | Measure::Legs | Measure::Time { .. })
        });
        if let Some(charge) = unknown {
            let message = format!("the forecast knows nothing of what `{}` counts", charge.name);
            let help = "it knows contacts and their time: write the volume as a number of units";
            findings.error("C059", place, message, help);
        }
    }
}

/// The unit that a charge's volume is counted in, if it has one.
fn unit_of_volume(charge: &Charge) -> Option<&'static str> {
    let ChargeKind::Counted(counted) = &charge.kind else { return None };
    // An agent's hour is as long as any.
    let unit = if counted.unit() == "agent-hour" { "hour" } else { counted.unit() };
    (counted.grain != Grain::Forecast).then_some(unit)
}

/// `forecast`: the queues of the forecast that are meant; all of them where none is named.
pub(super) fn forecast(fields: &mut Fields<'_>, findings: &mut Findings) -> Vec<String> {
    fields.take("forecast").map_or(Vec::new(), |node| super::names(node, findings))
}
