//! Sheets from XLSX workbooks.

use std::collections::BTreeMap;
use std::sync::Arc;

use longshore_document::Findings;
use longshore_units::{Diagnostic, Text};
use longshore_workbook::{Merged, ROWS_MOST, Value as Shown};

use super::bounds::{CELL_MOST, MERGED_MOST};
use super::sheet::{Cell, Row, Sheet, Value};

/// Reads the sheets of a workbook, unless it is none, with every mistake found.
pub fn xlsx(file: &str, bytes: &[u8]) -> (Option<Vec<Sheet>>, Vec<Diagnostic>) {
    let mut findings = Findings::of(file);
    let sheets = match longshore_workbook::read(bytes) {
        Ok(sheets) => Some(sheets.into_iter().map(|read| of_workbook(file, read)).collect()),
        Err(why) => {
            let help = "open it in a spreadsheet and save it again as XLSX, or as CSV";
            findings.error("A003", &(0..0), format!("`{file}` is no workbook that can be read: {why}"), help);
            None
        }
    };
    (sheets, findings.into_diagnostics())
}

/// Cells by their rows and columns, from 0; where they stand in the text is not known yet.
type Cells = BTreeMap<(u32, u32), Cell>;

fn of_workbook(file: &str, read: longshore_workbook::Sheet) -> Sheet {
    let values = read.cells.into_iter().map(|(at, cell)| {
        let format = cell.format;
        (at, Cell { value: cell.value.map_or(Value::Formula, value), format, span: 0..0 })
    });
    let mut cells: Cells = values.collect();
    merge(&mut cells, &read.merged);
    sheet(file, &read.name, &cells)
}

fn value(shown: Shown) -> Value {
    match shown {
        Shown::Text(text) => Value::Text(text.chars().take(CELL_MOST).collect()),
        Shown::Number(number) => Value::Number(number),
        Shown::Flag(flag) => Value::Text(flag.to_string()),
        Shown::Day(day) => Value::Day(day),
        Shown::Time(time) => Value::Text(time.to_string()),
        Shown::Error(error) => Value::Error(error),
    }
}

/// Words that cells have in common hold for each of their rows. Numbers stay where they stand: they are billed once.
fn merge(cells: &mut Cells, merged: &[Merged]) {
    let mut left = MERGED_MOST;
    for region in merged {
        let text = cells.get(&region.first).filter(|cell| matches!(cell.value, Value::Text(_))).cloned();
        let Some(text) = text else { continue };
        for row in region.first.0 + 1..=region.last.0.min(ROWS_MOST - 1) {
            if left == 0 {
                return;
            }
            left -= 1;
            cells.entry((row, region.first.1)).or_insert_with(|| text.clone());
        }
    }
}

/// A sheet whose text has one line a row, so that mistakes can be shown in it.
fn sheet(file: &str, name: &str, cells: &Cells) -> Sheet {
    let mut text = String::new();
    let mut rows: Vec<Row> = Vec::new();
    for ((row, column), cell) in cells {
        let number = *row as usize + 1;
        if rows.last().is_none_or(|last| last.number != number) {
            let lines = rows.last().map_or(number - 1, |last| number - last.number);
            text.extend(std::iter::repeat_n('\n', lines));
            rows.push(Row { number, span: text.len()..text.len(), cells: Vec::new() });
        }
        let row = rows.last_mut().expect("it was just added");
        if !row.cells.is_empty() {
            text.push_str(" | ");
        }
        let empty = || Cell { value: Value::Empty, format: None, span: 0..0 };
        row.cells.resize_with(*column as usize, empty);
        let start = text.len();
        let words = if cell.value == Value::Formula { "(a formula)".to_owned() } else { cell.words() };
        text.extend(words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        row.cells.push(Cell { span: start..text.len(), ..cell.clone() });
        row.span.end = text.len();
    }
    let text = Text::new(format!("{file} [{name}]"), text);
    Sheet { file: Arc::from(file), text, name: Some(name.to_owned()), rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line() {
        let cells = [((0, 0), "a"), ((2, 1), "b"), ((2, 3), "c"), ((5, 0), "d")];
        let cell = |text: &str| Cell { value: Value::Text(text.to_owned()), format: None, span: 0..0 };
        let cells = cells.map(|(at, text)| (at, cell(text))).into_iter().collect();
        let sheet = sheet("i.xlsx", "Invoice", &cells);
        assert_eq!(&*sheet.text.text, "a\n\nb | c\n\n\nd");
        assert_eq!(sheet.at(3, 3).map(Cell::words).as_deref(), Some("c"));
        assert_eq!(sheet.at(3, 0), None);
        assert_eq!(sheet.address(3, 3), "Invoice!D3");
        for row in &sheet.rows {
            assert_eq!(sheet.text.text[..row.span.start].matches('\n').count() + 1, row.number);
        }
    }
}
