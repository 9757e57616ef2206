//! `[columns]`: where the value of each field of a row comes from.

use longshore_contacts::{Kind, Table};
use longshore_document::{Fields, Findings, Key, Node};
use longshore_units::plain;

use super::formats::Formats;
use super::source::{Source, Titles};

/// A field of a row of records, and where its value comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its number among the slots of its table.
    pub slot: usize,
    /// What it holds.
    pub kind: Kind,
    /// Where it may come from. The first that gives a value does.
    pub alternatives: Vec<Alternative>,
}

/// One place a value may come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Only in rows in which all of this is so.
    pub conditions: Vec<Condition>,
    /// Where it comes from.
    pub value: Value,
    /// Spans or counts that are added.
    pub plus: Vec<Operand>,
    /// Spans or counts that are taken off.
    pub minus: Vec<Operand>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Here: every row has it.
    Constant(Constant),
    /// A cell, by its column's title.
    Cell(Title, Reading),
    /// The texts of several cells, with this between them.
    Joined(Vec<Title>, String, Reading),
    /// The day of one cell, and the time of day of another or of all rows.
    DayAndTime {
        /// The day.
        day: Title,
        /// The time of day.
        time: TimeOfDay,
        /// How both are written.
        reading: Reading,
    },
    /// The time of day of a cell, on the day on which it lies nearest to another field.
    Near {
        /// The time.
        time: Title,
        /// The other field's slot.
        near: usize,
        /// How it is written.
        reading: Reading,
    },
    /// Another field.
    Field(usize),
    /// The span from one instant to another.
    Between(usize, usize),
}

/// A column by its title: the title's number in the mapping's list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Title(pub usize);

/// The time of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    /// A cell says it.
    Cell(Title),
    /// All rows have it, in microseconds since midnight.
    Fixed(i64),
}

/// What is added or taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// What another field holds.
    Field(usize),
    /// So much: milliseconds, where it is a span.
    Fixed(i64),
}

/// How cells are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How they write values.
    pub formats: Formats,
    /// The file's words, and ours. `*` means every other word.
    pub words: Vec<(String, String)>,
}

/// A value that every row has.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A text, or one of our words.
    Text(String),
    /// A whole number; milliseconds, where it is a span.
    Whole(i64),
    /// Yes or no.
    Flag(bool),
    /// A decimal, without its point.
    Decimal(i128),
}

/// What must be so in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// A column.
    pub title: Title,
    /// What its cell holds, or begins with where a `*` ends it; nothing, where it is empty.
    pub words: Vec<String>,
    /// Whether the cell must hold one of these, or none of them.
    pub holds: bool,
}

impl Condition {
    /// Whether it is so of a cell's text. Blanks, signs and capitals make no difference.
    pub fn is_met(&self, cell: &str) -> bool {
        self.holds == self.words.iter().any(|word| same(word, cell))
    }
}

/// Whether a word of a mapping means what stands in a cell.
pub(crate) fn same(word: &str, cell: &str) -> bool {
    if word == cell {
        return true;
    }
    match word.strip_suffix('*') {
        Some(start) => plain(cell).starts_with(&plain(start)),
        // A word of signs alone is only itself.
        None => !plain(word).is_empty() && plain(word) == plain(cell),
    }
}

/// Fields that only mappings have: of contacts, what makes a leg of each.
const OF_LEG: [&str; 3] = ["queue", "team", "agent"];

/// What only a look at several rows can tell, or at several deliveries.
const ANNOTATIONS: [&str; 5] = ["superseded_at", "repeat_after", "reopened_after", "week_from", "week_before"];

/// What the rows of a table may say: its columns, in their order, and of contacts the queue, team and agent of their leg.
pub fn slots(table: Table) -> Vec<(&'static str, Kind)> {
    let columns = table.columns().iter().map(|column| (column.name, column.kind));
    let of_leg = if table == Table::Contacts { &OF_LEG[..] } else { &[] };
    columns.chain(of_leg.iter().map(|name| (*name, Kind::Name))).collect()
}

/// Reads `[columns]`; the fields in an order in which each comes after those it is reckoned from.
pub(super) fn read(
    node: &Node,
    table: Table,
    formats: &Formats,
    titles: &mut Titles,
    f: &mut Findings,
) -> Option<Vec<Field>> {
    let mut fields = Fields::of(node, f)?;
    let slots = slots(table);
    let mut read: Vec<(&Key, Field)> = Vec::new();
    for (slot, (name, kind)) in slots.iter().enumerate() {
        if ANNOTATIONS.contains(name) {
            continue;
        }
        let Some((key, node)) = fields.take_entry(name) else { continue };
        let source = Source { slots: &slots, kind: *kind, formats };
        let alternatives: Vec<Alternative> =
            node.one_or_many().iter().filter_map(|node| source.alternative(node, titles, f)).collect();
        read.push((key, Field { name, slot, kind: *kind, alternatives }));
    }
    fields.finish(f);
    let known = |name: &str| read.iter().any(|(_, field)| field.name == name);
    // What the origin says of every row needs no column.
    let of_origin = ["source", "provider", "program"];
    for column in table.columns().iter().filter(|column| column.required && !of_origin.contains(&column.name)) {
        if !known(column.name) {
            let message =
                format!("no column holds `{}`, and no row of `{}` can be without it", column.name, table.name());
            let help = format!("add `{} = \"…\"` with the title of its column", column.name);
            f.error("I001", &node.span, message, help);
        }
    }
    ordered(read, &slots, f)
}

/// Puts fields behind those they are reckoned from.
fn ordered(mut read: Vec<(&Key, Field)>, slots: &[(&'static str, Kind)], f: &mut Findings) -> Option<Vec<Field>> {
    let mut sound = true;
    for (key, field) in &read {
        if let Some(slot) = field.needs().find(|slot| !read.iter().any(|(_, known)| known.slot == *slot)) {
            let name = slots[slot].0;
            let message = format!("`{}` is reckoned from `{name}`, which no column holds", field.name);
            f.error("I003", &key.span, message, format!("add `{name} = …`, or say `{}` in another way", field.name));
            sound = false;
        }
    }
    let mut ordered: Vec<Field> = Vec::new();
    while sound && !read.is_empty() {
        let done = |slot: usize| ordered.iter().any(|field: &Field| field.slot == slot);
        match read.iter().position(|(_, field)| field.needs().all(done)) {
            Some(next) => ordered.push(read.remove(next).1),
            None => {
                let (key, field) = &read[0];
                let message = format!("`{}` is reckoned from itself, by way of others", field.name);
                f.error("I003", &key.span, message, "take one of them from a cell of the file");
                sound = false;
            }
        }
    }
    sound.then_some(ordered)
}

impl Field {
    /// The fields it is reckoned from, by their slots.
    fn needs(&self) -> impl Iterator<Item = usize> {
        self.alternatives.iter().flat_map(Alternative::needs)
    }
}

impl Alternative {
    fn needs(&self) -> impl Iterator<Item = usize> {
        let of_value = match &self.value {
            Value::Near { near, .. } => vec![*near],
            Value::Field(slot) => vec![*slot],
            Value::Between(from, until) => vec![*from, *until],
            _ => Vec::new(),
        };
        let operands = self.plus.iter().chain(&self.minus).filter_map(|operand| match operand {
            Operand::Field(slot) => Some(*slot),
            Operand::Fixed(_) => None,
        });
        of_value.into_iter().chain(operands)
    }
}
