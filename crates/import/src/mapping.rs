//! What the files of an import do not say of themselves, as a file says it: `docs/import/table.md`.

mod field;
mod formats;
mod origin;
mod source;

use longshore_contacts::Table;
use longshore_document::{Fields, Findings, Node};
use longshore_units::{Diagnostic, Text};

pub use field::{Alternative, Condition, Constant, Field, Operand, Reading, TimeOfDay, Title, Value};
pub(crate) use field::{same, slots};
pub use formats::{ClockChange, Days, Doubled, Formats, Unit};
pub(crate) use source::unscaled;

use self::source::Titles;
use crate::{CustomerKey, Origin};

/// The codes of this crate's diagnostics; each has a page under `docs/diagnostics`.
pub const CODES: [&str; 4] = ["I001", "I002", "I003", "I004"];

/// What a mapping says.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Whose records these are.
    pub origin: Origin,
    /// Which cells hold what, where the records are a table.
    pub table: Option<TableMapping>,
}

/// Which cells of a file hold what.
#[derive(Clone, Debug)]
pub struct TableMapping {
    /// The table of records that the rows become.
    pub table: Table,
    /// How the file is laid out.
    pub layout: Layout,
    /// The titles of the columns that are looked at.
    pub titles: Vec<String>,
    /// What is read, in an order in which each field comes after those it is reckoned from.
    pub fields: Vec<Field>,
}

/// How a file of cells is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The sheet of a workbook; the first with the columns' titles where none is named.
    pub sheet: Option<String>,
    /// What stands between the cells of a text; found where it is not told.
    pub separator: Option<u8>,
    /// Whether a cell may stand between quotes, with separators and line ends in it.
    pub quotes: bool,
    /// Whether a row of titles comes first. Columns without titles are called by their letters: A, B, C.
    pub titles: bool,
    /// Rows that are none: a total at the end.
    pub skip: Vec<Condition>,
}

/// What a command says of the records beside the mapping, or in place of one. It goes before what a mapping says.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The system the records come from.
    pub source: Option<String>,
    /// Who was to serve the contacts.
    pub provider: Option<String>,
    /// The program of queues that do not say their own.
    pub program: Option<String>,
    /// The site of queues that do not say their own.
    pub site: Option<String>,
    /// The zone of clock times that name none.
    pub zone: Option<longshore_units::Zone>,
    /// The key of customers' hashes.
    pub key: Option<CustomerKey>,
}

/// Reads a mapping, unless something makes it unusable, with every mistake found.
///
/// With `of_table` it must say which cells hold what; without it, it need not and what it says of them is refused.
pub fn mapping(text: &Text, said: &Said, of_table: bool) -> (Option<Mapping>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let root = longshore_document::read(text, &mut findings);
    let mapping = Fields::of(&root, &mut findings).and_then(|fields| read(fields, said, of_table, &mut findings));
    (mapping.filter(|_| !findings.has_errors()), findings.into_diagnostics())
}

fn read(mut fields: Fields<'_>, said: &Said, of_table: bool, f: &mut Findings) -> Option<Mapping> {
    if let Some(format) = fields.take("format") {
        format.whole(1, 1, f);
    }
    let table =
        if of_table { fields.require("table", "the table that rows become, such as \"contacts\"", f) } else { None };
    let tables = Table::ALL.map(|table| (table.name(), table));
    let table = table.and_then(|node| node.one_of(&tables, f));
    let needs = origin::Needs::of(table, of_table);
    let origin = origin::read(&mut fields, said, needs, f);
    if !of_table {
        refuse(&mut fields, f);
        fields.finish(f);
        return Some(Mapping { origin: origin?, table: None });
    }
    let formats = formats::read(&mut fields, f);
    let mut titles = Titles::default();
    let layout = layout(&mut fields, &mut titles, f);
    let columns = fields.require("columns", "which column holds what: `[columns]`", f);
    let read = columns.zip(table).and_then(|(node, table)| field::read(node, table, &formats, &mut titles, f));
    fields.finish(f);
    let (table, fields) = (table?, read?);
    Some(Mapping { origin: origin?, table: Some(TableMapping { table, layout, titles: titles.0, fields }) })
}

/// What only tables have.
fn refuse(fields: &mut Fields<'_>, f: &mut Findings) {
    for name in
        ["table", "columns", "separator", "sheet", "titles", "quotes", "skip", "numbers", "dates", "unit", "null"]
    {
        if let Some(key) = fields.take_refused(name) {
            let message = format!("`{name}` is of tables, and this format says itself what its fields hold");
            f.error("I001", &key.span, message, "take it out; `[origin]` and `[queue.NAME]` are read");
        }
    }
}

fn layout(fields: &mut Fields<'_>, titles: &mut Titles, f: &mut Findings) -> Layout {
    let skip = fields.take("skip").map(|node| source::conditions(node, true, titles, f)).unwrap_or_default();
    Layout {
        sheet: fields.take("sheet").and_then(|node| node.name(f)).map(str::to_owned),
        separator: fields.take("separator").and_then(|node| separator(node, f)),
        quotes: fields.take("quotes").and_then(|node| node.boolean(f)).unwrap_or(true),
        titles: fields.take("titles").and_then(|node| node.boolean(f)).unwrap_or(true),
        skip,
    }
}

fn separator(node: &Node, f: &mut Findings) -> Option<u8> {
    let text = node.text(f)?;
    match text.as_bytes() {
        [only] if only.is_ascii() && *only != b'"' && !only.is_ascii_alphanumeric() => Some(*only),
        _ => {
            let help = "write one sign: \",\", \";\", \"|\" or \"\\t\"";
            f.error("I004", &node.span, format!("`{text}` does not stand between cells"), help);
            None
        }
    }
}
