//! Sheets from XLSX workbooks, which nobody has looked at before us.

use std::cell::Cell as Shared;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use jiff::civil::Date;
use longshore_document::Findings;
use longshore_units::{Diagnostic, Exact, Text};

use super::bounds::{
    CELL_MOST, CELLS_MOST, COLUMNS_MOST, MERGED_MOST, PARTS_MOST, ROWS_MOST, SHEETS_MOST, UNPACKED_MOST,
};
use super::sheet::{Cell, Row, Sheet, Value, letters};

/// Reads the sheets of a workbook, unless it is none, with every mistake found.
pub fn xlsx(file: &str, bytes: &[u8]) -> (Option<Vec<Sheet>>, Vec<Diagnostic>) {
    let mut findings = Findings::of(file);
    let sheets = match bounded(bytes).and_then(|()| guarded(|| sheets(file, bytes))) {
        Ok(sheets) => Some(sheets),
        Err(why) => {
            let help = "open it in a spreadsheet and save it again as XLSX, or as CSV";
            findings.error("A003", &(0..0), format!("`{file}` is no workbook that can be read: {why}"), help);
            None
        }
    };
    (sheets, findings.into_diagnostics())
}

/// Refuses a file that unpacks to more than any invoice holds. What the file says of its own sizes is no bound, so all of it
/// is unpacked once.
fn bounded(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if PARTS_MOST < archive.len() {
        return Err(format!("it has {} parts", archive.len()));
    }
    let mut left = UNPACKED_MOST;
    for position in 0..archive.len() {
        let part = archive.by_index(position).map_err(|error| error.to_string())?;
        let mut part = part.take(left + 1);
        let unpacked = std::io::copy(&mut part, &mut std::io::sink()).map_err(|error| error.to_string())?;
        left =
            left.checked_sub(unpacked).ok_or_else(|| format!("it unpacks to more than {} MiB", UNPACKED_MOST >> 20))?;
    }
    Ok(())
}

thread_local! {
    static GUARDED: Shared<bool> = const { Shared::new(false) };
}

/// Whether this thread is within the reader of workbooks, whose panics are caught: a panic hook has nothing to say of them.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs the reader. On a damaged file it may panic, which here is one more way to say that the file is damaged.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let before = GUARDED.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(before);
    read.unwrap_or_else(|_| Err("it is damaged".to_owned()))
}

fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let said = |error: XlsxError| error.to_string();
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(said)?;
    let names = workbook.sheet_names();
    if SHEETS_MOST < names.len() {
        return Err(format!("it has {} sheets", names.len()));
    }
    let mut sheets = Vec::new();
    let mut left = CELLS_MOST;
    for name in names {
        let mut cells: BTreeMap<(u32, u32), Value> = BTreeMap::new();
        let mut reader = match workbook.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => continue, // A chart on a sheet of its own.
            Err(error) => return Err(said(error)),
        };
        while let Some(record) = reader.next_cell_with_formula_metadata().map_err(said)? {
            let value = match (value(&record.value), &record.formula) {
                (Value::Empty, Some(_)) => Value::Formula,
                (value, _) => value,
            };
            if value == Value::Empty {
                continue;
            }
            left = left.checked_sub(1).ok_or_else(|| format!("it has more than {CELLS_MOST} cells"))?;
            let (row, column) = record.pos;
            if ROWS_MOST <= row as usize || COLUMNS_MOST <= column as usize {
                let at = format!("{}{}", letters(column as usize), u64::from(row) + 1);
                return Err(format!(
                    "`{name}` has a cell at {at}, and no invoice has more than {ROWS_MOST} rows and {COLUMNS_MOST} columns"
                ));
            }
            cells.insert(record.pos, value);
        }
        drop(reader);
        merge(&mut cells, &workbook.merge_cells_by_sheet_name(&name).map_err(said)?);
        sheets.push(sheet(file, &name, &cells));
    }
    Ok(sheets)
}

/// Words that cells have in common hold for each of their rows. Numbers stay where they stand: they are billed once.
fn merge(cells: &mut BTreeMap<(u32, u32), Value>, merged: &[calamine::Dimensions]) {
    let mut left = MERGED_MOST;
    for region in merged {
        let Some(Value::Text(text)) = cells.get(&region.start).cloned() else { continue };
        for row in region.start.0 + 1..=region.end.0.min(ROWS_MOST as u32 - 1) {
            if left == 0 {
                return;
            }
            left -= 1;
            cells.entry((row, region.start.1)).or_insert_with(|| Value::Text(text.clone()));
        }
    }
}

fn value(data: &DataRef<'_>) -> Value {
    let text = |text: &str| match text.trim() {
        "" => Value::Empty,
        text => Value::Text(text.chars().take(CELL_MOST).collect()),
    };
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Int(whole) => Value::Number(Exact::from(i128::from(*whole))),
        DataRef::Float(float) => number(*float),
        DataRef::String(written) | DataRef::DurationIso(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::Bool(flag) => Value::Text(if *flag { "true" } else { "false" }.to_owned()),
        DataRef::DateTime(instant) if instant.is_datetime() => {
            let (year, month, day, ..) = instant.to_ymd_hms_milli();
            match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
                (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day)
                    .map_or_else(|_| Value::Error("a day that does not exist".to_owned()), Value::Day),
                _ => Value::Error("a day that does not exist".to_owned()),
            }
        }
        DataRef::DateTime(instant) => number(instant.as_f64()),
        DataRef::DateTimeIso(written) => {
            let day = written.split('T').next().and_then(|day| day.parse().ok());
            day.map_or_else(|| text(written), Value::Day)
        }
        DataRef::Error(error) => Value::Error(error.to_string()),
    }
}

/// The number that a spreadsheet shows: it holds binary fractions, and shows fifteen digits of them. 0.1 + 0.2 is 0.3.
fn number(float: f64) -> Value {
    let written = format!("{float:.14e}");
    let exact = || {
        let (digits, exponent) = written.split_once('e')?;
        let digits: i128 = digits.replace('.', "").parse().ok()?;
        let exponent = exponent.parse::<i32>().ok()? - 14;
        if digits == 0 {
            return Some(Exact::zero());
        }
        let power = 10i128.checked_pow(exponent.unsigned_abs())?;
        if exponent < 0 { Exact::ratio(digits, power) } else { digits.checked_mul(power).map(Exact::from) }
    };
    exact().map_or_else(|| Value::Error(format!("{float:e}, which no amount is")), Value::Number)
}

/// A sheet whose text has one line a row, so that mistakes can be shown in it.
fn sheet(file: &str, name: &str, cells: &BTreeMap<(u32, u32), Value>) -> Sheet {
    let mut text = String::new();
    let mut rows: Vec<Row> = Vec::new();
    for ((row, column), value) in cells {
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
        let empty = || Cell { value: Value::Empty, span: 0..0 };
        row.cells.resize_with(*column as usize, empty);
        let start = text.len();
        let cell = Cell { value: value.clone(), span: 0..0 };
        let words = if *value == Value::Formula { "(a formula)".to_owned() } else { cell.words() };
        text.extend(words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
        row.cells.push(Cell { span: start..text.len(), ..cell });
        row.span.end = text.len();
    }
    let text = Text::new(format!("{file} [{name}]"), text);
    Sheet { file: Arc::from(file), text, name: Some(name.to_owned()), rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_a_spreadsheet_shows() {
        for (float, shown) in [
            (0.1 + 0.2, "0.3"),
            (1234.56, "1234.56"),
            (-0.42, "-0.42"),
            (0.0, "0"),
            (48231.7 * 0.42, "20257.314"),
            (1e15, "1000000000000000"),
            (123_456_789_012.345, "123456789012.345"),
        ] {
            assert_eq!(number(float), Value::Number(shown.parse().unwrap()), "{float}");
        }
        for wild in [f64::NAN, f64::INFINITY, 1e300, 1e-300] {
            assert!(matches!(number(wild), Value::Error(_)), "{wild}");
        }
    }

    #[test]
    fn a_row_is_a_line() {
        let cells = [((0, 0), "a"), ((2, 1), "b"), ((2, 3), "c"), ((5, 0), "d")];
        let cells = cells.map(|(at, text)| (at, Value::Text(text.to_owned()))).into_iter().collect();
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
