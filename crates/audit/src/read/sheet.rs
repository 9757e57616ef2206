//! A sheet of cells, wherever it comes from, as text that mistakes can be shown in.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use longshore_units::{Exact, Text};
use longshore_workbook::NumberFormat;

/// A sheet of cells, row by row. One row of the sheet is one line of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The file it is of.
    pub file: Arc<str>,
    /// What mistakes are shown in: a CSV file itself; of a workbook the sheet's cells, a line a row.
    pub text: Text,
    /// The name of the sheet in its workbook.
    pub name: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// A row of cells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its line in the text.
    pub span: Range<usize>,
    pub cells: Vec<Cell>,
}

/// A cell, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    pub value: Value,
    /// What a workbook shows beside its digits, where it is a number.
    pub format: Option<Arc<NumberFormat>>,
    /// Its bytes in the sheet's text.
    pub span: Range<usize>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Empty,
    Text(String),
    /// A number, as a spreadsheet holds it: to its fifteenth digit.
    Number(Exact),
    Day(Date),
    /// What a spreadsheet shows in place of a value: `#REF!`.
    Error(String),
    /// A formula whose value was not saved.
    Formula,
}

impl Cell {
    /// Its text, without blanks around it; empty for what is no text and no number.
    pub fn words(&self) -> String {
        match &self.value {
            Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Value::Number(number) => number.to_string(),
            Value::Day(day) => day.to_string(),
            Value::Error(error) => error.clone(),
            Value::Empty | Value::Formula => String::new(),
        }
    }

    /// What may say a currency: a text, or what is shown beside the digits of a number. Empty of anything else.
    pub fn beside_digits(&self) -> &str {
        match &self.value {
            Value::Text(text) => text.trim(),
            Value::Number(_) => self.format.as_ref().map_or("", |format| format.words()),
            Value::Day(_) | Value::Error(_) | Value::Empty | Value::Formula => "",
        }
    }

    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

impl Row {
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column).filter(|cell| !cell.is_empty())
    }

    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }
}

impl Sheet {
    /// A cell as people call it: `B7`, in a workbook `Invoice!B7`.
    pub(super) fn address(&self, row: usize, column: usize) -> String {
        let address = longshore_workbook::address(row as u32 - 1, column as u32);
        match &self.name {
            Some(name) => format!("{name}!{address}"),
            None => address,
        }
    }

    /// The cell of an address such as `B7`; none where nothing stands there.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<&Cell> {
        let position = self.rows.binary_search_by_key(&row, |row| row.number).ok()?;
        self.rows[position].cell(column)
    }
}

/// The row (from 1) and the column (from 0) of an address such as `B7`.
pub(super) fn address(text: &str) -> Option<(usize, usize)> {
    let text = text.trim();
    let digits = text.find(|letter: char| letter.is_ascii_digit())?;
    let (column, row) = text.split_at(digits);
    let column = longshore_workbook::column(column)?;
    let row = row.parse().ok().filter(|parsed| 0 < *parsed && row.len() <= 7)?;
    Some((row, column as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        for (column, word) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(address(&format!("{word}12")), Some((12, column)));
        }
        for wrong in ["", "B", "7", "B0", "ABCD1", "B7x", "Ä7", "B99999999"] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }
}
