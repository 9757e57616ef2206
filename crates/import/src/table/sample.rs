//! The first rows of a file, whatever they are.

use std::io::Read;

use longshore_workbook::{Next, Refused, rows};

use super::cell::Cell;
use super::{WORKBOOK, parquet, text, workbook};
use crate::{ImportError, Stream};

/// The first rows of a file.
pub(crate) struct Sample {
    /// The sheet they are of.
    pub sheet: Option<String>,
    /// What stands between the cells.
    pub separator: Option<u8>,
    /// The rows, as texts; of instants, numbers and spans as this project writes them.
    pub rows: Vec<Vec<String>>,
    /// Whether times and numbers are such in the file, not texts.
    pub is_typed: bool,
}

/// So many rows are looked at.
pub(super) const ROWS: usize = 300;

pub(crate) fn sample(stream: Stream<'_>) -> Result<Sample, ImportError> {
    match stream {
        Stream::Bytes(bytes) => {
            if bytes.fill_buf().map_err(ImportError::Read)?.starts_with(WORKBOOK) {
                return of_workbook(bytes);
            }
            text::sample(Stream::Bytes(bytes))
        }
        Stream::Seekable(bytes) => parquet::sample(bytes),
    }
}

/// Of the first sheet with a table: with more than one row of more than one cell.
fn of_workbook(from: impl Read) -> Result<Sample, ImportError> {
    let bytes = workbook::packed(from)?;
    let mut sheets: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    rows::<Refused>(&bytes, |row| {
        if sheets.last().is_none_or(|(sheet, _)| sheet != row.sheet) {
            sheets.push((row.sheet.to_owned(), Vec::new()));
        }
        let kept = &mut sheets.last_mut().expect("it was just added").1;
        kept.push(workbook::cells(row).iter().map(plain).collect());
        Ok(if kept.len() < ROWS { Next::Row } else { Next::Sheet })
    })
    .map_err(|refused| ImportError::Damaged { reason: format!("it is no workbook that can be read: {refused}") })?;
    let is_table = |rows: &[Vec<String>]| 1 < rows.iter().filter(|row| 1 < filled(row)).count();
    let position = sheets.iter().position(|(_, rows)| is_table(rows)).unwrap_or(0);
    let empty = || ImportError::WrongFormat { reason: "it is empty".to_owned() };
    let (sheet, rows) = sheets.into_iter().nth(position).ok_or_else(empty)?;
    Ok(Sample { sheet: Some(sheet), separator: None, rows, is_typed: true })
}

/// How many cells of a row hold something.
pub(crate) fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

pub(super) fn plain(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Moment(moment) => moment.to_string().replace('T', " "),
        cell => cell.text().into_owned(),
    }
}
