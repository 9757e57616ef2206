//! Reading `[[amendment]]`: what changes, from which day on, and since when that is known.

use std::ops::Range;

use jiff::civil::Date;
use longshore_document::{Fields, Findings, Key, Node, Value};
use longshore_units::{CommonDenominator, Diagnostic, Exact};

use super::revision::{INDEX, LINES};
use crate::{Amendment, Change, Written};

/// The most amendments of a contract: one a month for sixteen years.
pub(super) const MOST: usize = 200;

/// What stays as it is as long as a contract lasts, and why.
const FIXED: [(&str, &str); 7] = [
    ("provider", "who sells cannot change: another seller is another contract"),
    ("currency", "the currency cannot change: amounts of two currencies do not add up"),
    ("time_zone", "the time zone cannot change: a day would be counted twice, or not at all"),
    ("counted_at", "what decides a contact's month cannot change: contacts would be counted twice, or not at all"),
    ("starts", "the first day cannot change: months before it may be billed already"),
    ("format", "the form of the file is no term of the contract"),
    ("amendment", "an amendment changes the contract, and not another amendment"),
];

/// An amendment as it was read, with the places of its words.
pub(super) struct Placed<'n> {
    pub amendment: Amendment,
    /// What it does, in the order of `amendment.changes`.
    pub edits: Vec<Edit<'n>>,
    /// Its name's place, or its own.
    pub place: Range<usize>,
    /// Where its `effective` stands.
    pub effective: Range<usize>,
    /// All of its text.
    pub text: Range<usize>,
}

/// A change, with its places.
pub(super) enum Edit<'n> {
    Set { path: Vec<&'n Key>, value: &'n Node },
    Remove { path: Vec<&'n Key>, key: &'n str, place: &'n Range<usize> },
    End { name: &'n str, place: &'n Range<usize> },
    Rename { from: &'n Key, to: &'n str, place: &'n Range<usize> },
    Add { section: &'n Key, value: &'n Node },
}

/// Reads all amendments, in the order in which they became known. Whoever cannot be read is left out, with a finding.
pub(super) fn read<'n>(node: &'n Node, findings: &mut Findings) -> Vec<Placed<'n>> {
    let nodes = node.one_or_many();
    if let Some(node) = nodes.get(MOST) {
        let message = format!("a contract has {MOST} amendments at most");
        let help = "write the terms that hold by now as a contract of their own, and go on from there";
        findings.error("C078", &node.span, message, help);
        return Vec::new();
    }
    let mut amendments: Vec<Placed<'n>> = nodes.iter().filter_map(|node| amendment(node, findings)).collect();
    endless_fractions(&amendments, findings);
    amendments.sort_by_key(|placed| placed.amendment.known);
    amendments
}

fn amendment<'n>(node: &'n Node, findings: &mut Findings) -> Option<Placed<'n>> {
    let mut fields = Fields::of(node, findings)?;
    let name_node = fields.take("name");
    let name = name_node.and_then(|node| node.name(findings)).map(str::to_owned);
    let known_node = fields.require("known", "the day on which you learned of it, or the day of signature", findings);
    let effective_node = fields.require("effective", "the first day on which it holds", findings);
    let signed_node = fields.take("signed");
    let day = |node: Option<&'n Node>, findings: &mut Findings| -> Option<(Date, &'n Node)> {
        let node = node?;
        Some((node.date(findings)?, node))
    };
    let (known, effective) = (day(known_node, findings), day(effective_node, findings));
    let signed = day(signed_node, findings);
    if let (Some((known, node)), Some((signed, signed_node))) = (known, signed)
        && known < signed
    {
        let primary = findings.label(&node.span, "known on this day");
        let related = findings.label(&signed_node.span, "signed on this one");
        let diagnostic = Diagnostic::error("C070", "the amendment is known before it is signed", primary);
        let help = "until both have signed nothing has changed: write the day of signature or a later one as `known`";
        findings.push(diagnostic.with_related(related).with_help(help));
    }
    let edits = edits(&mut fields, findings);
    let place = name_node.map_or_else(|| fields.place().clone(), |node| node.span.clone());
    fields.finish(findings);
    let (edits, changes) = edits.into_iter().unzip();
    let ((known, _), (effective, effective_node)) = (known?, effective?);
    let amendment = Amendment { name, known, signed: signed.map(|(day, _)| day), effective, changes };
    Some(Placed { amendment, edits, place, effective: effective_node.span.clone(), text: node.hull() })
}

/// Bands over a year add up what several versions of the terms come to: their fractions meet in one denominator too.
fn endless_fractions(amendments: &[Placed<'_>], findings: &mut Findings) {
    let mut common = CommonDenominator::default();
    for placed in amendments {
        let mut is_short = true;
        for change in &placed.amendment.changes {
            if let Change::Set { value, .. } | Change::Add { value, .. } = change {
                each_number(value, &mut |number| is_short &= common.admits(number));
            }
        }
        if !is_short {
            let message = "the fractions of the amendments up to here have no common denominator of reasonable length";
            let help = "write decimals such as \"0.3333\" in place of most fractions";
            findings.error("C017", &placed.place, message, help);
        }
    }
}

fn each_number(value: &Written, visit: &mut impl FnMut(&Exact)) {
    match value {
        Written::Text(text) => {
            let number = text.split_once('%').map_or(text.as_str(), |(percent, _)| percent);
            if let Ok(number) = number.parse() {
                visit(&number);
            }
        }
        Written::List(values) => values.iter().for_each(|value| each_number(value, visit)),
        Written::Table(entries) => entries.iter().for_each(|(_, value)| each_number(value, visit)),
        Written::Whole(_) | Written::Flag(_) | Written::Day(_) => {}
    }
}

type Edits<'n> = Vec<(Edit<'n>, Change)>;

/// `set`, `remove`, `end`, `rename` and `add`, in the order in which they are done.
fn edits<'n>(fields: &mut Fields<'n>, findings: &mut Findings) -> Edits<'n> {
    let before = findings.count();
    let mut edits = Edits::new();
    if let Some(node) = fields.take("set")
        && Fields::of(node, findings).is_some()
    {
        leaves(node, &mut Vec::new(), &mut |path, node| edits.extend(set(path, node, findings)));
    }
    if let Some(node) = fields.take("remove") {
        leaves(node, &mut Vec::new(), &mut |path, node| {
            for node in node.one_or_many() {
                edits.extend(remove(path, node, findings));
            }
        });
    }
    for node in fields.take("end").map_or(&[][..], Node::one_or_many) {
        let Some(name) = node.name(findings) else { continue };
        edits.push((Edit::End { name, place: &node.span }, Change::End(name.to_owned())));
    }
    let renames = fields.take("rename").and_then(|node| Fields::of(node, findings));
    for (from, node) in renames.iter().flat_map(Fields::entries) {
        let Some(to) = node.name(findings) else { continue };
        let change = Change::Rename { from: from.name.clone(), to: to.to_owned() };
        edits.push((Edit::Rename { from, to, place: &node.span }, change));
    }
    let added = fields.take("add").and_then(|node| Fields::of(node, findings));
    for (section, nodes) in added.iter().flat_map(Fields::entries) {
        for value in nodes.one_or_many() {
            edits.extend(add(section, value, findings));
        }
    }
    if edits.is_empty() && findings.count() == before {
        let help = "add what it changes, such as `set.charge.\"voice\".each = \"0.40\"` or `end = [\"platform\"]`";
        findings.warning("C073", fields.place(), "this amendment changes nothing", help);
    }
    edits
}

/// Visits every value that is no table of others, with the keys down to it.
fn leaves<'n>(node: &'n Node, path: &mut Vec<&'n Key>, visit: &mut impl FnMut(&[&'n Key], &'n Node)) {
    match &node.value {
        Value::Table(table) if !table.entries.is_empty() => {
            for (key, node) in &table.entries {
                path.push(key);
                leaves(node, path, visit);
                path.pop();
            }
        }
        _ => visit(path, node),
    }
}

fn set<'n>(path: &[&'n Key], value: &'n Node, findings: &mut Findings) -> Option<(Edit<'n>, Change)> {
    let (first, last) = (path.first()?, path.last()?);
    if is_fixed(&first.name, &first.span, findings) || is_name(path, &last.name, &last.span, findings) {
        return None;
    }
    let names = path.iter().map(|key| key.name.clone()).collect();
    let change = Change::Set { path: names, value: written(value, findings)? };
    Some((Edit::Set { path: path.to_vec(), value }, change))
}

fn remove<'n>(path: &[&'n Key], node: &'n Node, findings: &mut Findings) -> Option<(Edit<'n>, Change)> {
    let key = node.name(findings)?;
    let (first, place) = path.first().map_or((key, &node.span), |first| (first.name.as_str(), &first.span));
    if is_fixed(first, place, findings) || is_name(path, key, &node.span, findings) {
        return None;
    }
    let names = path.iter().map(|key| key.name.clone()).collect();
    let change = Change::Remove { path: names, key: key.to_owned() };
    Some((Edit::Remove { path: path.to_vec(), key, place: &node.span }, change))
}

fn add<'n>(section: &'n Key, value: &'n Node, findings: &mut Findings) -> Option<(Edit<'n>, Change)> {
    let sections = LINES.iter().chain(&[INDEX]);
    if !sections.clone().any(|known| *known == section.name) {
        let known: Vec<String> = sections.map(|section| format!("`{section}`")).collect();
        let message = format!("`{}` is no list that something can be added to", section.name);
        let help = format!("the lists are {}; other terms are set: `set.round.to = \"0.01\"`", known.join(", "));
        findings.error("C071", &section.span, message, help);
        return None;
    }
    Fields::of(value, findings)?;
    let change = Change::Add { section: section.name.clone(), value: written(value, findings)? };
    Some((Edit::Add { section, value }, change))
}

/// Whether it is a term that no amendment changes; then there is a finding.
fn is_fixed(name: &str, place: &Range<usize>, findings: &mut Findings) -> bool {
    let fixed = FIXED.iter().find(|(fixed, _)| *fixed == name);
    if let Some((_, why)) = fixed {
        let help = "end this contract by `set.ends = …`, and write the new terms as another";
        findings.error("C071", place, *why, help);
    }
    fixed.is_some()
}

/// Whether it is the name of a line, which other terms know it by; then there is a finding.
fn is_name(path: &[&Key], key: &str, place: &Range<usize>, findings: &mut Findings) -> bool {
    let is_name = key == "name" && path.first().is_some_and(|section| LINES.contains(&section.name.as_str()));
    if is_name {
        let help = "write `rename = { \"setup\" = \"launch\" }`: what refers to it then follows, and its history too";
        findings.error("C071", place, "a name is not changed by itself", help);
    }
    is_name
}

/// A value without its place. `None` if it is none that a contract takes; then there is a finding.
fn written(node: &Node, findings: &mut Findings) -> Option<Written> {
    match &node.value {
        Value::Text(text) => Some(Written::Text(text.clone())),
        Value::Whole(Some(whole)) => Some(Written::Whole(*whole)),
        Value::Whole(None) | Value::Float(_) => {
            node.exact(findings);
            None
        }
        Value::Boolean(flag) => Some(Written::Flag(*flag)),
        Value::Date(day) => Some(Written::Day(*day)),
        Value::Time(_) => {
            node.wrong_kind("a day such as 2027-01-31", findings);
            None
        }
        Value::Unreadable => None,
        Value::List(nodes) => {
            let nodes: Vec<Option<Written>> = nodes.iter().map(|node| written(node, findings)).collect();
            nodes.into_iter().collect::<Option<_>>().map(Written::List)
        }
        Value::Table(table) => {
            let entries = table.entries.iter();
            let entries: Vec<Option<(String, Written)>> =
                entries.map(|(key, node)| Some((key.name.clone(), written(node, findings)?))).collect();
            entries.into_iter().collect::<Option<_>>().map(Written::Table)
        }
    }
}
