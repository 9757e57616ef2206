//! The tree of a contract's text as amendments change it.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use longshore_document::{Findings, Key, Node, Table, Value, quoted};
use longshore_units::Diagnostic;

use super::amendment::{Edit, Placed};
use super::reference;

/// The sections whose terms are lines of the invoice, known by their names.
pub(super) const LINES: [&str; 5] = ["charge", "minimum", "discount", "prepaid", "sla"];

/// The section of terms without a name: they are known by their numbers, from 1 on.
pub(super) const INDEX: &str = "index";

/// How many terms that refer to an ended charge a message shows.
const REFERENCES_SHOWN: usize = 5;

/// The tree of a contract's text without its amendments, as those applied so far have changed it.
#[derive(Clone)]
pub(super) struct Revision {
    pub root: Node,
    /// Names that no line has any more, with what became of them.
    gone: BTreeMap<String, Gone>,
    /// Where terms name a charge that ended: that has been said.
    pub dangling: Vec<Range<usize>>,
}

#[derive(Clone)]
struct Gone {
    /// `ended on 2027-07-01`, `is called launch since 2027-07-01`.
    how: String,
    place: Range<usize>,
}

impl Revision {
    /// The text itself.
    pub fn of(root: &Node) -> Revision {
        let mut root = root.clone();
        if let Some(table) = root.table_mut() {
            table.remove("amendment");
        }
        Revision { root, gone: BTreeMap::new(), dangling: Vec::new() }
    }

    /// Changes the tree as an amendment says, as far as that can be done.
    pub fn apply(&mut self, amendment: &Placed<'_>, findings: &mut Findings) {
        let from = amendment.amendment.effective;
        let within_month = from.day() != 1;
        let mut ended: Vec<(&str, &Range<usize>)> = Vec::new();
        let mut unprorated: Vec<(String, &Range<usize>)> = Vec::new();
        for edit in &amendment.edits {
            match edit {
                Edit::Set { path, value } => {
                    self.set(path, value, findings);
                    if let [section, name, key, ..] = path.as_slice()
                        && within_month
                        && section.name == "charge"
                        && matches!(key.name.as_str(), "amount" | "fee")
                        && self.entry(&["charge"], &name.name).is_some_and(is_unprorated)
                    {
                        unprorated.push((name.name.clone(), &key.span));
                    }
                }
                Edit::Remove { path, key, place } => self.remove(path, key, place, findings),
                Edit::End { name, place } => {
                    if within_month && self.entry(&["charge"], name).is_some_and(is_unprorated) {
                        unprorated.push(((*name).to_owned(), place));
                    }
                    if self.end(name, place, from, findings) {
                        ended.push((name, place));
                    }
                }
                Edit::Rename { from: old, to, place } => self.rename(old, to, place, from, findings),
                Edit::Add { section, value } => {
                    if within_month && section.name == "charge" && is_unprorated(value) {
                        unprorated.push((called("charge", value).unwrap_or_default().to_owned(), &section.span));
                    }
                    self.add(section, value, findings);
                }
            }
        }
        for (name, place) in ended {
            self.still_referred_to(name, place, findings);
        }
        for (name, place) in unprorated {
            let message = format!("`{name}` changes within a month, and does not say what a part of a month costs");
            let help = "that month is billed in full, as it was before the change where there was something: ask the \
                        provider, and add `prorate = \"day\"` or `\"none\"`, or let it take effect on the first of a month";
            findings.warning("C077", place, message, help);
        }
    }

    /// The term of that name in the first of some sections that has one.
    fn entry(&self, sections: &[&'static str], name: &str) -> Option<&Node> {
        let table = self.root.table()?;
        let entries = |section: &&'static str| Some((*section, table.get(section)?));
        let mut terms = sections.iter().filter_map(entries).flat_map(|(section, node)| {
            let terms = node.one_or_many().iter();
            terms.map(move |term| (section, term))
        });
        terms.find(|(section, term)| called(section, term) == Some(name)).map(|(_, term)| term)
    }

    /// The term that a path begins with, and the rest of the path.
    fn target<'p>(&mut self, path: &[&'p Key], findings: &mut Findings) -> Option<(&mut Node, Vec<&'p Key>)> {
        let Some(section) = path.first().filter(|key| LINES.contains(&key.name.as_str()) || key.name == INDEX) else {
            return Some((&mut self.root, path.to_vec()));
        };
        let Some(name) = path.get(1) else {
            let message = format!("it is not said which {} is meant", section.name);
            let help =
                format!("write `{}.\"NAME\".KEY`; what is new is added, what ends is named in `end`", section.name);
            findings.error("C073", &section.span, message, help);
            return None;
        };
        let Some(position) = self.position(&section.name, &name.name) else {
            self.unknown(&[section.name.as_str()], &name.name, &name.span, findings);
            return None;
        };
        let terms = many(self.root.table_mut()?.get_mut(&section.name)?);
        Some((terms.get_mut(position)?, path[2..].to_vec()))
    }

    /// The position in a section of the term of that name, or of that number.
    fn position(&self, section: &str, name: &str) -> Option<usize> {
        let terms = self.root.table()?.get(section)?.one_or_many();
        if section == INDEX {
            let number: usize = name.parse().ok()?;
            return number.checked_sub(1).filter(|position| *position < terms.len());
        }
        terms.iter().position(|term| called(section, term) == Some(name))
    }

    fn set(&mut self, path: &[&Key], value: &Node, findings: &mut Findings) {
        let Some((mut node, path)) = self.target(path, findings) else { return };
        let Some((last, tables)) = path.split_last() else {
            let help = "name the key too, such as `set.charge.\"voice\".each = \"0.40\"`";
            findings.error("C073", &value.span, "it is not said which key of it changes", help);
            return;
        };
        for key in tables {
            let Some(table) = node.table_mut() else { return no_table(key, findings) };
            if table.get(&key.name).is_none() {
                let empty = Node { span: key.span.clone(), value: Value::Table(Table::default()) };
                table.set((*key).clone(), empty);
            }
            node = table.get_mut(&key.name).expect("it is there by now");
        }
        match node.table_mut() {
            Some(table) => table.set((*last).clone(), value.clone()),
            None => no_table(last, findings),
        }
    }

    fn remove(&mut self, path: &[&Key], key: &str, place: &Range<usize>, findings: &mut Findings) {
        let missing = |findings: &mut Findings| {
            let help = "look for its name where it was written, or take this out";
            findings.error("C073", place, format!("there is no `{key}` to take out"), help);
        };
        if let [section] = path
            && section.name == INDEX
        {
            let Some(position) = self.position(INDEX, key) else { return missing(findings) };
            return self.take(INDEX, position);
        }
        if path.is_empty() && (LINES.contains(&key) || key == INDEX) {
            let help = format!("write `end = [\"NAME\"]`, or for an index `remove.{INDEX} = [\"1\"]`");
            return findings.error("C073", place, format!("it is not said which {key} is meant"), help);
        }
        let Some((mut node, path)) = self.target(path, findings) else { return };
        for key in path {
            let Some(table) = node.table_mut() else { return no_table(key, findings) };
            match table.get_mut(&key.name) {
                Some(inner) => node = inner,
                None => return missing(findings),
            }
        }
        if node.table_mut().and_then(|table| table.remove(key)).is_none() {
            missing(findings);
        }
    }

    /// Takes a term out of its section.
    fn take(&mut self, section: &str, position: usize) {
        let Some(table) = self.root.table_mut() else { return };
        if let Some(Node { value: Value::List(nodes), .. }) = table.get_mut(section) {
            nodes.remove(position);
            if !nodes.is_empty() {
                return;
            }
        }
        table.remove(section);
    }

    /// Ends a line. `false` if there is none of that name.
    fn end(&mut self, name: &str, place: &Range<usize>, from: Date, findings: &mut Findings) -> bool {
        let found = LINES.iter().find_map(|section| Some((*section, self.position(section, name)?)));
        let Some((section, position)) = found else {
            self.unknown(&LINES, name, place, findings);
            return false;
        };
        self.take(section, position);
        self.gone.insert(name.to_owned(), Gone { how: format!("ended on {from}"), place: place.clone() });
        section == "charge"
    }

    fn rename(&mut self, old: &Key, new: &str, place: &Range<usize>, from: Date, findings: &mut Findings) {
        let found = LINES.iter().find_map(|section| Some((*section, self.position(section, &old.name)?)));
        let Some((section, position)) = found else {
            return self.unknown(&LINES, &old.name, &old.span, findings);
        };
        self.was_used(new, place, findings);
        let text = |span: &Range<usize>| Node { span: span.clone(), value: Value::Text(new.to_owned()) };
        let Some(table) = self.root.table_mut() else { return };
        let term = table.get_mut(section).and_then(|node| many(node)[position].table_mut());
        if let Some(term) = term {
            term.set(Key { span: place.clone(), name: "name".to_owned() }, text(place));
        }
        if section == "charge" {
            references(table, &mut |node| {
                if matches!(&node.value, Value::Text(name) if *name == old.name) {
                    *node = text(&node.span);
                }
            });
        }
        let how = format!("is called `{new}` since {from}");
        self.gone.insert(old.name.clone(), Gone { how, place: old.span.clone() });
    }

    fn add(&mut self, section: &Key, value: &Node, findings: &mut Findings) {
        if let Some(name) = called(&section.name, value) {
            let place = value.table().and_then(|table| table.get("name")).map_or(&section.span, |node| &node.span);
            self.was_used(name, place, findings);
        }
        let Some(table) = self.root.table_mut() else { return };
        match table.get_mut(&section.name) {
            Some(Node { value: Value::List(nodes), .. }) => nodes.push(value.clone()),
            Some(node) => {
                let only = std::mem::replace(&mut node.value, Value::Unreadable);
                let only = Node { span: node.span.clone(), value: only };
                node.value = Value::List(vec![only, value.clone()]);
            }
            None => {
                let list = Node { span: section.span.clone(), value: Value::List(vec![value.clone()]) };
                table.set(section.clone(), list);
            }
        }
    }

    /// A name stands for one line for good: its history is kept under it.
    fn was_used(&self, name: &str, place: &Range<usize>, findings: &mut Findings) {
        let Some(gone) = self.gone.get(name) else { return };
        let primary = findings.label(place, "this name");
        let related = findings.label(&gone.place, gone.how.clone());
        let diagnostic = Diagnostic::error("C075", format!("`{name}` was the name of another line"), primary);
        let help = "choose another name: what earlier months billed is kept under the names of their lines";
        findings.push(diagnostic.with_related(related).with_help(help));
    }

    fn unknown(&self, sections: &[&str], name: &str, place: &Range<usize>, findings: &mut Findings) {
        let what = match sections {
            [INDEX] => "index number",
            [section] => *section,
            _ => "line",
        };
        let primary = findings.label(place, "");
        let mut diagnostic = Diagnostic::error("C072", format!("there is no {what} `{name}` by then"), primary);
        if let Some(gone) = self.gone.get(name) {
            diagnostic = diagnostic.with_related(findings.label(&gone.place, gone.how.clone()));
        }
        let table = self.root.table();
        let terms = |section: &&str| table.and_then(|table| table.get(section)).map_or(&[][..], Node::one_or_many);
        let names = sections.iter().flat_map(|section| terms(section).iter().filter_map(|term| called(section, term)));
        let help = match (what, names.clone().next()) {
            ("index number", _) => "indexes have numbers, from 1 on in the order of the text".to_owned(),
            (_, Some(_)) => format!("there is {}", quoted(names)),
            (_, None) => "there is none: add it by `[[amendment.add.…]]`".to_owned(),
        };
        findings.push(diagnostic.with_help(help));
    }

    /// Says so where other terms still refer to a charge that ended.
    fn still_referred_to(&mut self, name: &str, place: &Range<usize>, findings: &mut Findings) {
        let Some(table) = self.root.table_mut() else { return };
        let mut places: Vec<Range<usize>> = Vec::new();
        references(table, &mut |node| {
            if matches!(&node.value, Value::Text(text) if text == name) {
                places.push(node.span.clone());
            }
        });
        if places.is_empty() {
            return;
        }
        let primary = findings.label(place, "ends here");
        let message = format!("`{name}` ends, and other terms still refer to it");
        let mut diagnostic = Diagnostic::error("C074", message, primary);
        for place in places.iter().take(REFERENCES_SHOWN) {
            diagnostic = diagnostic.with_related(findings.label(place, "refers to it"));
        }
        let help = "end these too, or say in the same amendment what they refer to from then on, such as \
                    `set.minimum.\"monthly minimum\".on = [\"voice\"]`";
        findings.push(diagnostic.with_help(help));
        self.dangling.extend(places);
    }
}

fn no_table(key: &Key, findings: &mut Findings) {
    let message = format!("`{}` cannot be set: what it would stand in is no table", key.name);
    let help = "lists and single values are set as a whole: write all of it, as it is from then on";
    findings.error("C073", &key.span, message, help);
}

/// What a term is called: by its name, or as its section calls those that have none.
fn called<'n>(section: &str, term: &'n Node) -> Option<&'n str> {
    fn text<'n>(table: &'n Table, key: &str) -> Option<&'n str> {
        match &table.get(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
    let table = term.table()?;
    let unnamed = match section {
        "charge" => text(table, "unit").unwrap_or_else(|| reference::unnamed(table.get("of_charges").is_some())),
        "sla" => {
            let preset = table.get("measure").and_then(Node::table).and_then(|measure| text(measure, "preset"));
            preset.or(text(table, "measure")).unwrap_or("sla")
        }
        section => LINES.into_iter().find(|line| *line == section)?,
    };
    Some(text(table, "name").unwrap_or(unnamed))
}

/// Whether a charge has a fixed amount by the month, and does not say what a part of a month costs.
fn is_unprorated(charge: &Node) -> bool {
    let Some(table) = charge.table() else { return false };
    let monthly = table.get("amount").is_some() && table.get("once").is_none();
    (monthly || table.get("fee").is_some()) && table.get("prorate").is_none()
}

/// Visits the names of charges that other terms refer to.
fn references(root: &mut Table, visit: &mut impl FnMut(&mut Node)) {
    let mut each = |node: Option<&mut Node>| {
        if let Some(node) = node {
            many(node).iter_mut().for_each(&mut *visit);
        }
    };
    for section in ["minimum", "discount", INDEX, "prepaid", "sla", "tax"] {
        let Some(node) = root.get_mut(section) else { continue };
        for term in many(node) {
            each(term.table_mut().and_then(|term| term.get_mut("on")));
        }
    }
    let Some(charges) = root.get_mut("charge") else { return };
    for charge in many(charges) {
        let Some(charge) = charge.table_mut() else { continue };
        each(charge.get_mut("of_charges"));
        for (key, of) in [("each", "of_price"), ("ratio", "of")] {
            each(charge.get_mut(key).and_then(Node::table_mut).and_then(|table| table.get_mut(of)));
        }
    }
}

/// A term that stands alone, or those of a list.
fn many(node: &mut Node) -> &mut [Node] {
    if !matches!(node.value, Value::List(_)) {
        return std::slice::from_mut(node);
    }
    match &mut node.value {
        Value::List(nodes) => nodes,
        _ => unreachable!("it is a list"),
    }
}
