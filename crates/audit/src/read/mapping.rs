//! Which cells of a file hold what, and which of its lines bill which charges: `docs/invoice.md`.

use std::collections::BTreeMap;

use longshore_contract::{ChargeKind, Contract};
use longshore_document::{Fields, Findings, Node, Value, quoted};
use longshore_units::{DateFormat, Diagnostic, NumberFormat, Text, plain};

use super::sheet::address;
use crate::LinePart;
use crate::item::Names;

/// Which cells of a file hold what, and which of its lines bill which charges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    /// The sheet of a workbook; its first with a table where none is named.
    pub sheet: Option<String>,
    /// What stands between the cells of a CSV file.
    pub separator: Option<char>,
    /// How numbers are written.
    pub numbers: NumberFormat,
    /// How days are written.
    pub dates: DateFormat,
    /// Where what stands once on the invoice is found.
    pub header: BTreeMap<Head, Source>,
    /// The titles of the columns of its lines.
    pub columns: BTreeMap<Column, Title>,
    /// What lines bill, by the provider's words for them.
    pub lines: Vec<(Words, Meaning)>,
    /// The SLA terms of the provider's figures, by the provider's words.
    pub figures: Vec<(Words, String)>,
    /// Rows that are no lines: subtotals, remarks.
    pub skip: Vec<Words>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Each of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Its word in mappings.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// What stands once on an invoice.
    Head {
        /// The provider's number.
        Number = "number",
        /// Who bills.
        Provider = "provider",
        /// The month that is billed.
        Month = "month",
        /// The days that are billed, both ends in one cell.
        Period = "period",
        /// The first day that is billed.
        From = "from",
        /// The last day that is billed.
        Until = "until",
        /// When it was written.
        Issued = "issued",
        /// Until when it is to be paid.
        Due = "due",
        /// The currency.
        Currency = "currency",
        /// What it asks for in all.
        Total = "total",
    }
}

words! {
    /// What stands in a column of an invoice's lines.
    Column {
        /// The provider's number of the invoice, where a file holds several.
        Number = "number",
        /// Who bills.
        Provider = "provider",
        /// The month that is billed.
        Month = "month",
        /// The days that are billed, both ends in one cell.
        Period = "period",
        /// The first day that is billed.
        From = "from",
        /// The last day that is billed.
        Until = "until",
        /// When the invoice was written.
        Issued = "issued",
        /// Until when it is to be paid.
        Due = "due",
        /// The currency.
        Currency = "currency",
        /// The provider's words for the line.
        Description = "description",
        /// The contract's name for it.
        Charge = "charge",
        /// What of the charge it bills.
        Part = "part",
        /// The program or site.
        Group = "group",
        /// How many contacts or rows.
        Rows = "rows",
        /// How much.
        Quantity = "quantity",
        /// The unit.
        Unit = "unit",
        /// What a unit costs.
        Price = "price",
        /// What the line asks for.
        Amount = "amount",
        /// The calendars whose surcharges its units bear, joined by `+`.
        Surcharges = "surcharges",
        /// The clause it names.
        Clause = "clause",
    }
}

/// The title of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The provider's word.
    pub title: String,
    /// Whether a file may lack the column.
    pub optional: bool,
}

/// Where a value is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the cell to the right of this text, or below it, or behind it in the same cell.
    Beside(String),
    /// In a cell, by row (from 1) and column (from 0).
    Cell(usize, usize),
    /// Here: the file does not say it.
    Value(String),
}

/// Words of a provider; with a `*` at their end whatever begins so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(pub String);

impl Words {
    /// Whether whatever begins so is meant.
    pub fn is_open(&self) -> bool {
        self.0.ends_with('*')
    }

    /// Whether a text is meant. Blanks, signs and capitals make no difference.
    pub fn mean(&self, text: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(start) => plain(text).starts_with(&plain(start)),
            None => plain(text) == plain(&self.0),
        }
    }
}

/// What a line bills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning {
    /// The name of the charge or term.
    pub charge: String,
    /// What of the charge.
    pub part: LinePart,
    /// The calendars whose surcharges the units bear.
    pub surcharges: Vec<String>,
    /// The program or site.
    pub group: Option<String>,
}

impl Mapping {
    /// That of files whose columns have our own names.
    pub fn ours() -> Mapping {
        let title = |column: Column| Title { title: column.word().to_owned(), optional: true };
        let columns = Column::ALL.iter().map(|column| (*column, title(*column))).collect();
        Mapping { columns, ..Mapping::default() }
    }

    /// What a line's words mean.
    pub fn meaning(&self, description: &str) -> Option<&Meaning> {
        let exact = self.lines.iter().filter(|(words, _)| !words.is_open());
        let starts = self.lines.iter().filter(|(words, _)| words.is_open());
        exact.chain(starts).find(|(words, _)| words.mean(description)).map(|(_, meaning)| meaning)
    }
}

/// Reads a mapping, unless something makes it unusable, with every mistake found. What it names must be in the contract.
pub fn mapping(contract: &Contract, text: &Text) -> (Option<Mapping>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let root = longshore_document::read(text, &mut findings);
    let names = Names::of(contract, &contract.in_force(None));
    let reading = Reading { contract, names };
    let mapping = Fields::of(&root, &mut findings).map(|fields| reading.mapping(fields, &mut findings));
    let mapping = mapping.filter(|_| !findings.has_errors());
    (mapping, findings.into_diagnostics())
}

struct Reading<'c> {
    contract: &'c Contract,
    names: Names,
}

impl Reading<'_> {
    fn mapping(&self, mut fields: Fields<'_>, f: &mut Findings) -> Mapping {
        if let Some(format) = fields.take("format") {
            format.whole(1, 1, f);
        }
        let mut mapping = Mapping {
            sheet: fields.take("sheet").and_then(|node| node.name(f)).map(str::to_owned),
            separator: fields.take("separator").and_then(|node| separator(node, f)),
            ..Mapping::default()
        };
        if let Some(node) = fields.take("numbers") {
            let help = "write how 1234.56 stands in the file: \"1,234.56\", \"1.234,56\" or \"1234,56\"";
            mapping.numbers = like(node, NumberFormat::like, "how numbers are written", help, f).unwrap_or_default();
        }
        if let Some(node) = fields.take("dates") {
            let help = "write \"DD.MM.YYYY\", \"M/D/YY\" or \"D MMM YYYY\", with day, month and year each once";
            mapping.dates = like(node, DateFormat::new, "how days are written", help, f).unwrap_or_default();
        }
        if let Some(mut header) = fields.take("header").and_then(|node| Fields::of(node, f)) {
            for head in Head::ALL {
                let source = header.take(head.word()).and_then(|node| source(node, f));
                mapping.header.extend(source.map(|source| (*head, source)));
            }
            header.finish(f);
        }
        if let Some(mut columns) = fields.take("columns").and_then(|node| Fields::of(node, f)) {
            for column in Column::ALL {
                let title = columns.take(column.word()).and_then(|node| title(node, f));
                mapping.columns.extend(title.map(|title| (*column, title)));
            }
            columns.finish(f);
        }
        for (words, node) in entries(fields.take("lines"), f) {
            mapping.lines.extend(self.meaning(node, f).map(|meaning| (words, meaning)));
        }
        for (words, node) in entries(fields.take("figures"), f) {
            mapping.figures.extend(self.figure(node, f).map(|name| (words, name)));
        }
        let skip = fields.take("skip").map_or(&[][..], Node::one_or_many);
        mapping.skip = skip.iter().filter_map(|node| node.text(f)).map(|text| Words(text.to_owned())).collect();
        fields.finish(f);
        if mapping.columns.is_empty() {
            mapping.columns = Mapping::ours().columns;
        }
        mapping
    }

    fn meaning(&self, node: &Node, f: &mut Findings) -> Option<Meaning> {
        if let Value::Text(_) = &node.value {
            let charge = self.charge(node, f)?;
            return Some(Meaning { charge, ..Meaning::default() });
        }
        let mut fields = Fields::of(node, f)?;
        let charge_node = fields.require("charge", "the name of the charge in the contract", f);
        let charge = charge_node.and_then(|node| self.charge(node, f));
        let part = fields.take("part").map(|node| node.one_of(&LinePart::WORDS, f));
        let group = fields.take("group").and_then(|node| node.name(f)).map(str::to_owned);
        let surcharges = fields.take("surcharges").map_or(&[][..], Node::one_or_many);
        let surcharges: Vec<String> =
            surcharges.iter().filter_map(|node| self.surcharge(charge.as_deref()?, node, f)).collect();
        fields.finish(f);
        Some(Meaning { charge: charge?, part: part.unwrap_or(Some(LinePart::Units))?, surcharges, group })
    }

    fn charge(&self, node: &Node, f: &mut Findings) -> Option<String> {
        let name = node.text(f)?;
        if self.names.meant(name).is_none() {
            let help = format!("its lines are {}", quoted(self.names.own()));
            f.error("A007", &node.span, format!("the contract has no charge or term `{name}`"), help);
            return None;
        }
        Some(name.to_owned())
    }

    fn surcharge(&self, charge: &str, node: &Node, f: &mut Findings) -> Option<String> {
        let name = node.text(f)?;
        let charge = self.contract.charges.iter().find(|known| known.name == charge);
        let calendars: Vec<&str> = match charge.map(|charge| &charge.kind) {
            Some(ChargeKind::Counted(counted)) => {
                counted.surcharges.iter().map(|surcharge| surcharge.calendar.as_str()).collect()
            }
            _ => Vec::new(),
        };
        if !calendars.contains(&name) {
            let help = match calendars.is_empty() {
                true => "it has no surcharge".to_owned(),
                false => format!("it has {}", quoted(calendars)),
            };
            f.error("A007", &node.span, format!("the charge has no surcharge in `{name}`"), help);
            return None;
        }
        Some(name.to_owned())
    }

    fn figure(&self, node: &Node, f: &mut Findings) -> Option<String> {
        let name = node.text(f)?;
        if !self.contract.slas.iter().any(|sla| sla.name == name) {
            let help = match self.contract.slas.is_empty() {
                true => "it has no SLA term".to_owned(),
                false => format!("it has {}", quoted(self.contract.slas.iter().map(|sla| sla.name.as_str()))),
            };
            f.error("A007", &node.span, format!("the contract has no SLA term `{name}`"), help);
            return None;
        }
        Some(name.to_owned())
    }
}

/// The entries of a table whose keys are a provider's words.
fn entries<'n>(node: Option<&'n Node>, f: &mut Findings) -> Vec<(Words, &'n Node)> {
    let fields = node.and_then(|node| Fields::of(node, f));
    fields.iter().flat_map(Fields::entries).map(|(key, node)| (Words(key.name.clone()), node)).collect()
}

/// A title, or `{ title = …, optional = true }`.
fn title(node: &Node, f: &mut Findings) -> Option<Title> {
    if let Value::Text(title) = &node.value {
        return Some(Title { title: title.clone(), optional: false });
    }
    let mut fields = Fields::of(node, f)?;
    let title = fields.require("title", "the word above the column", f).and_then(|node| node.text(f));
    let optional = match fields.take("optional").map(|node| (node, &node.value)) {
        Some((_, Value::Boolean(optional))) => *optional,
        Some((node, _)) => {
            node.wrong_kind("true or false", f);
            false
        }
        None => false,
    };
    fields.finish(f);
    Some(Title { title: title?.to_owned(), optional })
}

fn separator(node: &Node, f: &mut Findings) -> Option<char> {
    let text = node.text(f)?;
    match text.chars().collect::<Vec<_>>().as_slice() {
        [only] if only.is_ascii() && *only != '"' && !only.is_ascii_alphanumeric() => Some(*only),
        _ => {
            let help = "write one sign: \",\", \";\", \"|\" or \"\\t\"";
            f.error("A007", &node.span, format!("`{text}` does not stand between cells"), help);
            None
        }
    }
}

fn like<T>(node: &Node, read: impl Fn(&str) -> Option<T>, what: &str, help: &str, f: &mut Findings) -> Option<T> {
    let text = node.text(f)?;
    let read = read(text);
    if read.is_none() {
        f.error("A007", &node.span, format!("`{text}` is not {what}"), help);
    }
    read
}

fn source(node: &Node, f: &mut Findings) -> Option<Source> {
    if let Value::Text(label) = &node.value {
        return Some(Source::Beside(label.clone()));
    }
    let mut fields = Fields::of(node, f)?;
    let beside = fields.take("beside").and_then(|node| node.text(f)).map(|text| Source::Beside(text.to_owned()));
    let value = fields.take("value").and_then(|node| node.text(f)).map(|text| Source::Value(text.to_owned()));
    let cell = fields.take("cell").and_then(|node| {
        let text = node.text(f)?;
        let found = address(text).map(|(row, column)| Source::Cell(row, column));
        if found.is_none() {
            f.error("A007", &node.span, format!("`{text}` is no cell"), "write its column and row, such as B7");
        }
        found
    });
    fields.finish(f);
    let found: Vec<Source> = [beside, value, cell].into_iter().flatten().collect();
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => {
            let help = "write one of `{ beside = \"Invoice no.\" }`, `{ cell = \"B7\" }` and `{ value = \"USD\" }`";
            f.error("A007", &node.span, "this does not say where the value stands", help);
            None
        }
    }
}
