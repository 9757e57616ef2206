//! The fields of one table, each asked for by name once.

use std::ops::Range;

use crate::{Findings, Key, Node, Table, Value};

/// A table that is being read: remembers which keys somebody asked for.
#[derive(Debug)]
pub struct Fields<'t> {
    table: &'t Table,
    place: Range<usize>,
    known: Vec<&'static str>,
    /// Keys that are known only to be refused: no one is advised to write them.
    refused: Vec<&'static str>,
    /// Words that people write for a key, and the key.
    called: &'static [(&'static str, &'static str)],
}

impl<'t> Fields<'t> {
    /// The fields of a table; `T002` if the node is none.
    pub fn of(node: &'t Node, findings: &mut Findings) -> Option<Fields<'t>> {
        match &node.value {
            Value::Table(table) => {
                Some(Fields { table, place: node.span.clone(), known: Vec::new(), refused: Vec::new(), called: &[] })
            }
            _ => {
                node.wrong_kind("a table of `key = value`", findings);
                None
            }
        }
    }

    /// Where the table stands.
    pub fn place(&self) -> &Range<usize> {
        &self.place
    }

    /// Its entries, in the order of the file, for tables whose keys are names that the author chose.
    pub fn entries(&self) -> impl Iterator<Item = (&'t Key, &'t Node)> + use<'t> {
        self.table.entries.iter().map(|(key, node)| (key, node))
    }

    /// The value of a key that may be left out.
    pub fn take(&mut self, name: &'static str) -> Option<&'t Node> {
        self.known.push(name);
        self.table.get(name)
    }

    /// The value of a key and the place of its name, where it stands.
    pub fn take_entry(&mut self, name: &'static str) -> Option<(&'t Key, &'t Node)> {
        self.known.push(name);
        self.table.entries.iter().find(|(key, _)| key.name == name).map(|(key, node)| (key, node))
    }

    /// The place of a key that is known and refused, where it stands. The caller says why.
    pub fn take_refused(&mut self, name: &'static str) -> Option<&'t Key> {
        self.refused.push(name);
        self.table.entries.iter().map(|(key, _)| key).find(|key| key.name == name)
    }

    /// Keys that nobody has asked for because reading the table stopped before: they are no mistakes.
    pub fn admit(&mut self, names: &[&'static str]) {
        self.known.extend(names);
    }

    /// Words that people write for keys of this table, each with its key: who writes one is told the key.
    pub fn called(&mut self, words: &'static [(&'static str, &'static str)]) {
        self.called = words;
    }

    /// The first key that was asked for and is not among these.
    pub fn beyond(&self, names: &[&'static str]) -> Option<&'static str> {
        self.known.iter().copied().find(|name| !names.contains(name))
    }

    /// The value of a key that must stand; `T003` if it does not. `what` says what it is for.
    pub fn require(&mut self, name: &'static str, what: &str, findings: &mut Findings) -> Option<&'t Node> {
        let found = self.take(name);
        if found.is_none() {
            let place = self.place.clone();
            findings.error("T003", &place, format!("`{name}` is missing"), format!("add `{name} = …`: {what}"));
        }
        found
    }

    /// Reports every key that nobody asked for (`T004`), with the nearest that exists.
    pub fn finish(self, findings: &mut Findings) {
        for (key, _) in &self.table.entries {
            // A key without a name comes from a line that is not TOML, which has its own finding.
            let name = key.name.as_str();
            if name.is_empty() || self.known.contains(&name) || self.refused.contains(&name) {
                continue;
            }
            let words: Vec<&str> = self.known.iter().chain(self.called.iter().map(|(word, _)| word)).copied().collect();
            let near = nearest(name, &words, 1 + name.len() / 4);
            let called = self.called.iter().find(|(word, _)| near == Some(*word));
            let help = match (near, called) {
                (_, Some((word, key))) => format!("did you mean `{key}`? That is what the {word} is called here"),
                (Some(known), None) => format!("did you mean `{known}`?"),
                (None, None) => format!("the keys here are {}", list(&self.known)),
            };
            findings.error("T004", &key.span, format!("`{}` is not a key of this table", shortened(name)), help);
        }
    }
}

/// Names between backquotes, with commas, sorted.
pub(crate) fn list(names: &[&str]) -> String {
    let mut names: Vec<&str> = names.to_vec();
    names.sort_unstable();
    names.dedup();
    quoted(names)
}

/// How many names a message lists before it only counts them.
const NAMED: usize = 20;

/// Names between backquotes, with commas, for a message that says which ones there are: the first twenty, and how many
/// more. A file may make thousands of mistakes among thousands of names, and each finding would list them all.
///
/// ```
/// assert_eq!(longshore_document::quoted(["orders", "advice"]), "`orders`, `advice`");
/// ```
pub fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let mut quoted: Vec<String> = names.by_ref().take(NAMED).map(|name| format!("`{name}`")).collect();
    match names.count() {
        0 => quoted.join(", "),
        more => {
            quoted.push(format!("and {more} more"));
            quoted.join(", ")
        }
    }
}

/// Longer words are quoted in part, and none is near them.
const WORD: usize = 64;

/// A word as a message quotes it.
pub(crate) fn shortened(word: &str) -> String {
    let mut letters = word.chars();
    let start: String = letters.by_ref().take(WORD).collect();
    if letters.next().is_none() { start } else { format!("{start}…") }
}

/// The known word that is at most so many changes away, the nearest of them.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str], most: usize) -> Option<&'k str> {
    if WORD < word.len() {
        return None;
    }
    let distances = known.iter().map(|known| (distance(word, known), *known));
    distances.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// How many single-letter changes make one word of the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, opposite) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *opposite);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
