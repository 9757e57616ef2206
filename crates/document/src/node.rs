//! The tree of a file: values that know where they stand.

use std::ops::Range;

use jiff::civil::Date;
use longshore_units::{Diagnostic, Text};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Findings;

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its bytes in the file, half-open.
    pub span: Range<usize>,
    /// What it is.
    pub value: Value,
}

impl Node {
    /// The table that this is, if it is one.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The table that this is, to be changed.
    pub fn table_mut(&mut self) -> Option<&mut Table> {
        match &mut self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The bytes from the first to the last of all that it holds: a table's own span may be that of its heading alone.
    pub fn hull(&self) -> Range<usize> {
        let join = |a: Range<usize>, b: Range<usize>| a.start.min(b.start)..a.end.max(b.end);
        match &self.value {
            Value::List(nodes) => nodes.iter().map(Node::hull).fold(self.span.clone(), join),
            Value::Table(table) => {
                let entries = table.entries.iter().flat_map(|(key, node)| [key.span.clone(), node.hull()]);
                entries.fold(self.span.clone(), join)
            }
            _ => self.span.clone(),
        }
    }

    /// How many values it is made of, itself among them.
    pub fn size(&self) -> usize {
        match &self.value {
            Value::List(nodes) => 1 + nodes.iter().map(Node::size).sum::<usize>(),
            Value::Table(table) => 1 + table.entries.iter().map(|(_, node)| node.size()).sum::<usize>(),
            _ => 1,
        }
    }
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text between quotes.
    Text(String),
    /// A whole number. `None` if it is larger than any figure can be.
    Whole(Option<i128>),
    /// A number with a point, as written.
    Float(String),
    /// True or false.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A date with a time, or a time alone, as written: no key takes one.
    Time(String),
    /// What is no value, such as a day that no month has, or a file that is too large: it has its own finding.
    Unreadable,
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table: keys and values in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its entries.
    pub entries: Vec<(Key, Node)>,
}

/// A key and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its bytes in the file, half-open.
    pub span: Range<usize>,
    /// Its name.
    pub name: String,
}

impl Table {
    /// The value of that key.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// The value of that key, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// Gives a key a value, in place of the one it has or behind the others.
    pub fn set(&mut self, key: Key, node: Node) {
        match self.entries.iter_mut().find(|(known, _)| known.name == key.name) {
            Some(known) => *known = (key, node),
            None => self.entries.push((key, node)),
        }
    }

    /// Takes a key out, with its value.
    pub fn remove(&mut self, name: &str) -> Option<(Key, Node)> {
        let position = self.entries.iter().position(|(key, _)| key.name == name)?;
        Some(self.entries.remove(position))
    }
}

/// How deep tables and lists may stand in each other: far deeper than any contract, shallow enough for the stack.
const DEPTH: usize = 64;

/// The most bytes of a file.
const BYTES_MOST: usize = 8 << 20;

/// How many places that are not TOML are shown one by one. A file of another kind has one in every line, and after the
/// first few they are consequences of each other.
const NOT_TOML: usize = 20;

/// Reads a file. What is not TOML is reported (`T001`), and the rest is read all the same.
pub fn read(text: &Text, findings: &mut Findings) -> Node {
    // Nobody is told of keys that are missing from what was not read.
    let nothing = || Node { span: 0..text.text.len(), value: Value::Unreadable };
    if BYTES_MOST < text.text.len() {
        let place = clamped(BYTES_MOST..BYTES_MOST + 1, &text.text);
        let message = format!("this file is larger than {} MiB: it is not read", BYTES_MOST >> 20);
        let help = "a contract of a hundred pages is a twentieth of that; see whether this is the file that was meant";
        findings.error("T001", &place, message, help);
        return nothing();
    }
    if let Some(at) = too_deep(&text.text) {
        findings.error(
            "T001",
            &(at..at + 1),
            format!("from here on lists and tables stand more than {DEPTH} deep in each other"),
            "no file of ours needs that; see whether a bracket was repeated",
        );
        return nothing();
    }
    let (table, errors) = DeTable::parse_recoverable(&text.text);
    for error in errors.iter().take(NOT_TOML) {
        let span = error.span().unwrap_or(0..0);
        let label = findings.label(&clamped(span, &text.text), "");
        let message = format!("this is not TOML: {}", error.message().trim_end());
        let help = "see https://toml.io for how a value, a table and a list are written";
        findings.push(Diagnostic::error("T001", message, label).with_help(help));
    }
    if let Some(next) = errors.get(NOT_TOML) {
        let place = clamped(next.span().unwrap_or(0..0), &text.text);
        let message = format!("{} more places from here on are not TOML", errors.len() - NOT_TOML);
        findings.error("T001", &place, message, "mend the first ones, or see whether this is the file that was meant");
    }
    Node { span: 0..0, value: Value::Table(tabled(table.into_inner(), &text.text)) }
}

/// Where tables and lists may stand too deep in each other, if anywhere, by an upper bound on their depth: brackets, and the
/// dots of keys within them, each of which opens a table too (`{a.b.c = 1}`). Those in texts and comments count as well; that many are a mistake or an
/// attack all the same, but for dots, of which a sentence may have some: a comma or the line's end forgets them.
fn too_deep(text: &str) -> Option<usize> {
    let (mut open, mut dots) = (Vec::new(), 0usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => open.push(std::mem::take(&mut dots)),
            b']' | b'}' => dots = open.pop().unwrap_or(0),
            b'.' => dots += 1,
            b',' | b'\n' => dots = 0,
            _ => continue,
        }
        let of_keys: usize = open.iter().sum::<usize>() + dots;
        if DEPTH < open.len().max(of_keys / DOTS) {
            return Some(at);
        }
    }
    None
}

/// So many dots weigh as one bracket.
const DOTS: usize = 4;

/// A span that surely lies within the text and on the edges of characters.
fn clamped(span: Range<usize>, text: &str) -> Range<usize> {
    let edge = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (edge(span.start), edge(span.end));
    start..end.max(start)
}

fn tabled(table: DeTable<'_>, text: &str) -> Table {
    let mut entries: Vec<(Key, Node)> = table
        .into_iter()
        .map(|(key, value)| {
            let key = Key { span: clamped(key.span(), text), name: key.into_inner().into_owned() };
            let node = noded(value, text);
            (key, node)
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span.start);
    Table { entries }
}

fn noded(value: Spanned<DeValue<'_>>, text: &str) -> Node {
    let span = clamped(value.span(), text);
    let value = match value.into_inner() {
        DeValue::String(string) => Value::Text(string.into_owned()),
        DeValue::Integer(integer) => Value::Whole(i128::from_str_radix(integer.as_str(), integer.radix()).ok()),
        DeValue::Float(float) => Value::Float(float.as_str().to_owned()),
        DeValue::Boolean(boolean) => Value::Boolean(boolean),
        DeValue::Datetime(datetime) => dated(&datetime),
        DeValue::Array(array) => Value::List(array.into_iter().map(|item| noded(item, text)).collect()),
        DeValue::Table(table) => Value::Table(tabled(table, text)),
    };
    Node { span, value }
}

fn dated(datetime: &toml::value::Datetime) -> Value {
    let day = datetime.date.filter(|_| datetime.time.is_none());
    let date = day.and_then(|day| Date::new(day.year as i16, day.month as i8, day.day as i8).ok());
    match (day, date) {
        (_, Some(date)) => Value::Date(date),
        (None, None) if datetime.time.is_some() => Value::Time(datetime.to_string()),
        (_, None) => Value::Unreadable,
    }
}
