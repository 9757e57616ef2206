//! Workbooks written down cell by cell: `Prices!E3 = 0.82`. What begins with `=` is a formula.

use std::path::Path;

use rust_xlsxwriter::{Formula, Workbook};

/// Writes the workbook of these lines.
pub fn put(path: &Path, lines: &str) {
    let mut workbook = Workbook::new();
    let mut names: Vec<&str> = Vec::new();
    for line in lines.lines() {
        let parts = line.split_once(" = ").and_then(|(place, value)| Some((place.split_once('!')?, value)));
        let ((name, cell), value) = parts.unwrap_or_else(|| panic!("`{line}` is not `SHEET!CELL = value`"));
        let digits = cell.find(|character: char| character.is_ascii_digit()).unwrap();
        let letter = |column: u16, byte: u8| column * 26 + u16::from(byte - b'A') + 1;
        let column = cell[..digits].bytes().fold(0, letter) - 1;
        let row = cell[digits..].parse::<u32>().unwrap() - 1;
        let sheet = match names.iter().position(|known| *known == name) {
            Some(position) => workbook.worksheet_from_index(position).unwrap(),
            None => {
                names.push(name);
                workbook.add_worksheet().set_name(name).unwrap()
            }
        };
        match value.strip_prefix('=') {
            Some(formula) => drop(sheet.write_formula(row, column, Formula::new(formula)).unwrap()),
            None => drop(sheet.write_string(row, column, value).unwrap()),
        }
    }
    workbook.save(path).unwrap();
}
