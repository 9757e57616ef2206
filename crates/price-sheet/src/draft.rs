//! A contract's text while it is put together from cells.

use std::ops::Range;

use longshore_document::Findings;
use longshore_units::{Currency, Diagnostic, Text};

use crate::cell::Answer;
use crate::form::Kind;

/// A contract's text while it is put together from cells.
#[derive(Default)]
pub(crate) struct Draft {
    text: String,
    /// Which bytes come from which cell; increasing.
    cells: Vec<(Range<usize>, String)>,
    wrong: Vec<(Range<usize>, Wrong)>,
    /// The currency of amounts, once it is known.
    pub currency: Option<Currency>,
}

struct Wrong {
    code: &'static str,
    message: String,
    help: &'static str,
    is_error: bool,
}

impl Draft {
    /// A line that comes from no cell.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A key and its answer, with the cell behind it.
    pub fn answer(&mut self, key: &str, answer: &Answer, kind: Kind) {
        match answer.written(kind, self.currency) {
            Ok(value) => self.value(key, &value, &answer.place),
            Err((code, message, help)) => {
                let place = self.noted(key, answer);
                self.wrong.push((place, Wrong { code, message, help, is_error: true }));
                // Something stands in its place, so that nobody is told of a term that is missing: it is not.
                match kind {
                    Kind::Number | Kind::Money => self.line(&format!("{key} = \"0\"")),
                    Kind::Percent => self.line(&format!("{key} = \"0%\"")),
                    Kind::Flag => self.line(&format!("{key} = false")),
                    Kind::Text | Kind::Day | Kind::Span | Kind::OneOf(_) => {}
                }
            }
        }
    }

    /// A key and a value of it that come from a cell.
    pub fn value(&mut self, key: &str, value: &str, cell: &str) {
        let start = self.text.len() + key.len() + 3;
        self.text.push_str(&format!("{key} = {value}"));
        self.cells.push((start..self.text.len(), cell.to_owned()));
        self.text.push_str(&format!(" # {cell}\n"));
    }

    /// A warning or an error at what a cell holds, which has no place among the contract's terms.
    pub fn wrong(&mut self, answer: &Answer, code: &'static str, message: String, help: &'static str, is_error: bool) {
        let place = self.noted("cell", answer);
        self.wrong.push((place, Wrong { code, message, help, is_error }));
    }

    /// A warning at a cell that is not read.
    pub fn unread(&mut self, answer: &Answer, message: String) {
        self.wrong(answer, "S005", message, "move it to the cell that it belongs to, or into your letter", false);
    }

    /// The words of a cell, if it has any; why not is said.
    pub fn words(&mut self, answer: &Answer) -> Option<String> {
        match answer.written(Kind::Text, None) {
            Ok(_) => Some(answer.typed.to_string()),
            Err((code, message, help)) => {
                self.wrong(answer, code, message, help, true);
                None
            }
        }
    }

    /// Writes down what a cell holds as a note, so that it can be shown.
    fn noted(&mut self, key: &str, answer: &Answer) -> Range<usize> {
        let typed: String = answer.typed.to_string().chars().filter(|one| !one.is_control()).take(80).collect();
        let start = self.text.len() + 2;
        self.text.push_str(&format!("# {key}: {typed}"));
        let place = start..self.text.len();
        self.cells.push((place.clone(), answer.place.clone()));
        self.text.push_str(&format!(" # {}\n", answer.place));
        place
    }

    /// The contract's text, and what was wrong with the cells.
    pub fn finish(self, name: &str) -> (Text, Cells, Vec<Diagnostic>) {
        let text = Text::new(name, self.text);
        let cells = Cells { cells: self.cells };
        let mut findings = Findings::of(text.name.clone());
        for (place, wrong) in self.wrong {
            match wrong.is_error {
                true => findings.error(wrong.code, &place, wrong.message, wrong.help),
                false => findings.warning(wrong.code, &place, wrong.message, wrong.help),
            }
        }
        (text, cells, findings.into_diagnostics())
    }
}

/// Which part of a contract's text comes from which cell.
#[derive(Default)]
pub(crate) struct Cells {
    cells: Vec<(Range<usize>, String)>,
}

impl Cells {
    /// The diagnostic with the cells of its places named.
    pub fn named(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        for label in std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.related) {
            if let Some(cell) = self.at(&label.span) {
                label.text = if label.text.is_empty() { cell.to_owned() } else { format!("{cell}: {}", label.text) };
            }
        }
        diagnostic
    }

    fn at(&self, span: &Range<usize>) -> Option<&str> {
        let first = self.cells.partition_point(|(place, _)| place.end <= span.start);
        self.cells.get(first).filter(|(place, _)| place.start < span.end).map(|(_, cell)| cell.as_str())
    }
}
