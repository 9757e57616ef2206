//! Reading what holds over several lines, and the charges and days it holds for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use longshore_document::{Fields, Findings, Node, quoted};
use longshore_units::{Amount, Currency, Diagnostic, Exact, Month, Term};

use super::{Placed, discount, index, minimum, payment, prepaid, terms};
use crate::period::Period;
use crate::{
    Charge, ChargeKind, Discount, DiscountOf, Grain, Index, IndexBy, Measure, Minimum, MinimumOf, Pay, Per, Prepaid,
    Proration, Tax,
};

/// Everything that holds over several lines, but for service.
pub(super) struct OverLines {
    pub minimums: Vec<Placed<Minimum>>,
    pub discounts: Vec<Placed<Discount>>,
    pub indexes: Vec<Placed<Index>>,
    pub prepaid: Vec<Placed<Prepaid>>,
    pub tax: Option<Placed<Tax>>,
    pub pay: Option<Placed<Pay>>,
}

type Place = std::ops::Range<usize>;

impl OverLines {
    pub fn read(fields: &mut Fields<'_>, lines: &Lines<'_>, findings: &mut Findings) -> OverLines {
        OverLines {
            minimums: each(fields.take("minimum"), |node| minimum::read(node, lines, findings)),
            discounts: each(fields.take("discount"), |node| discount::read(node, lines, findings)),
            indexes: each(fields.take("index"), |node| index::read(node, lines, findings)),
            prepaid: each(fields.take("prepaid"), |node| prepaid::read(node, lines, findings)),
            tax: payment::tax(fields, lines, findings),
            pay: payment::pay(fields, lines, findings),
        }
    }

    /// The names of the invoice's lines that they make.
    pub fn names(&self) -> Vec<(String, &Place)> {
        let mut names: Vec<(String, &Place)> = Vec::new();
        names.extend(self.minimums.iter().map(|minimum| (minimum.value.name.clone(), &minimum.place)));
        names.extend(self.discounts.iter().map(|discount| (discount.value.name.clone(), &discount.place)));
        for prepaid in &self.prepaid {
            names.push((prepaid.value.name.clone(), &prepaid.place));
            names.push((prepaid.value.drawdown(), &prepaid.place));
        }
        names.extend(self.tax.iter().map(|tax| (tax.value.kind.clone(), &tax.place)));
        names
    }

    /// Their exact numbers.
    pub fn numbers(&self) -> Vec<(Vec<&Exact>, &Place)> {
        let mut numbers: Vec<(Vec<&Exact>, &Place)> = Vec::new();
        numbers.extend(self.minimums.iter().map(|minimum| (of_minimum(&minimum.value), &minimum.place)));
        numbers.extend(self.discounts.iter().map(|discount| (of_discount(&discount.value), &discount.place)));
        numbers.extend(self.indexes.iter().map(|index| (of_index(&index.value), &index.place)));
        numbers.extend(self.prepaid.iter().map(|prepaid| (vec![&prepaid.value.amount.0], &prepaid.place)));
        numbers.extend(self.tax.iter().map(|tax| (vec![&tax.value.share.0], &tax.place)));
        if let Some(Placed { value: pay, place }) = &self.pay {
            let exchange = pay.exchange.iter().flat_map(|exchange| [&exchange.band.0, &exchange.buyers.0]);
            let withheld = pay.withholding.iter().map(|withholding| &withholding.share.0);
            let deposit = pay.deposit.iter().map(|Amount(deposit)| deposit);
            numbers.push((exchange.chain(withheld).chain(deposit).collect(), place));
        }
        numbers
    }
}

fn of_minimum(minimum: &Minimum) -> Vec<&Exact> {
    match &minimum.of {
        MinimumOf::Amount { amount, .. } => vec![&amount.0],
        MinimumOf::Volume { volume, shortfall_each, beyond, .. } => {
            let beyond = beyond.iter().flat_map(|beyond| [beyond.above.number(), &beyond.share.0]);
            [volume.number(), &shortfall_each.0].into_iter().chain(beyond).collect()
        }
    }
}

fn of_discount(discount: &Discount) -> Vec<&Exact> {
    match &discount.of {
        DiscountOf::Share(share) => vec![&share.0],
        DiscountOf::Amount(amount) => vec![&amount.0],
        DiscountOf::Rebate { bands, .. } => bands.iter().flat_map(|(from, percent)| [&from.0, &percent.0]).collect(),
    }
}

fn of_index(index: &Index) -> Vec<&Exact> {
    let by = match &index.by {
        IndexBy::Share(share) => Some(&share.0),
        IndexBy::Series { .. } => None,
    };
    let bounds = index.at_most.iter().chain(&index.at_least).map(|bound| &bound.0);
    by.into_iter().chain(bounds).collect()
}

/// The terms of a section that stands as often as one likes; those that cannot be read have their findings.
fn each<T>(section: Option<&Node>, read: impl FnMut(&Node) -> Option<Placed<T>>) -> Vec<Placed<T>> {
    section.map_or(&[][..], Node::one_or_many).iter().filter_map(read).collect()
}

/// Says that two keys say the same thing in two ways.
pub(super) fn two_ways(message: &str, help: &str, keys: (&Node, &Node), findings: &mut Findings) {
    let primary = findings.label(&keys.1.span, "one of them");
    let related = findings.label(&keys.0.span, "and the other");
    findings.push(Diagnostic::error("C052", message, primary).with_related(related).with_help(help));
}

/// What terms over several lines are read against.
pub(super) struct Lines<'l> {
    pub charges: &'l [Placed<Charge>],
    pub term: Option<Term>,
    pub currency: Option<Currency>,
    /// Where each charge stands among them, by name; `None` for one that could not be read. A contract may name thousands
    /// of charges in hundreds of terms.
    named: BTreeMap<&'l str, Option<usize>>,
}

impl<'l> Lines<'l> {
    pub fn new(
        charges: &'l [Placed<Charge>],
        unusable: &'l [String],
        term: Option<Term>,
        currency: Option<Currency>,
    ) -> Lines<'l> {
        let unread = unusable.iter().map(|name| (name.as_str(), None));
        let read = charges.iter().enumerate().map(|(position, charge)| (charge.value.name.as_str(), Some(position)));
        // Of two with one name, which is a mistake of its own, the first is meant.
        Lines { charges, term, currency, named: unread.chain(read.rev()).collect() }
    }
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
            match self.named.get(name) {
                Some(Some(position)) => positions.push(*position),
                Some(None) => {}
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

    /// `from` and `until`: days of the term, the last included.
    pub fn days(&self, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<(Option<Date>, Option<Date>)> {
        let nodes = ["from", "until"].map(|key| fields.take(key));
        let [from, until] = nodes.map(|node| node.map(|node| node.date(findings)));
        let (from, until) =
            (from.map_or(Some(None), |read| read.map(Some))?, until.map_or(Some(None), |read| read.map(Some))?);
        if let ([Some(first), Some(last)], Some(from), Some(until)) = (nodes, from, until)
            && until < from
        {
            let primary = findings.label(&last.span, "the last day");
            let related = findings.label(&first.span, "the first day");
            let diagnostic = Diagnostic::error("C054", "it ends before it begins", primary).with_related(related);
            findings.push(diagnostic.with_help("both days belong to it: the last is not before the first"));
            return None;
        }
        let Some(term) = self.term else { return Some((from, until)) };
        let too_late = from.filter(|from| term.ends.is_some_and(|ends| ends < *from)).and(nodes[0]);
        let too_early = until.filter(|until| *until < term.starts).and(nodes[1]);
        if let Some(node) = too_late.or(too_early) {
            let help = "name days on which the contract is in force, or take it out";
            findings.error("C054", &node.span, "it holds on no day of the contract's term", help);
        }
        Some((from, until))
    }

    /// `per`: a month where it is not said. What is settled with the end of the term needs one.
    pub fn per(&self, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Per> {
        let Some(node) = fields.take("per") else { return Some(Per::Month) };
        let per = terms::period(node, findings)?;
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
            let diagnostic = Diagnostic::error("C051", message, primary).with_related(related);
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
