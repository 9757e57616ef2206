//! The sheets of a workbook.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Reader, Style, Xlsx, XlsxError};

use crate::address::address;
use crate::cell::{Cell, Value, value};
use crate::{NumberFormat, Refused};

/// The most rows of a sheet.
pub const ROWS_MOST: u32 = 50_000;

/// The most columns of a sheet.
pub const COLUMNS_MOST: u32 = 256;

/// The most cells of a workbook that hold something.
const CELLS_MOST: usize = 500_000;

/// The most text in them, in bytes: a text that many cells share counts in each.
const WORDS_MOST: usize = 64 << 20;

/// The most sheets.
const SHEETS_MOST: usize = 64;

/// A sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its cells by row and column, from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// What is shown as one cell.
    pub merged: Vec<Merged>,
}

/// Cells that are shown as one: what stands in the first of them is that of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The upper left cell, by row and column from 0.
    pub first: (u32, u32),
    /// The lower right one. It may lie anywhere, also before the first.
    pub last: (u32, u32),
}

/// What a style shows beside the digits of numbers; none where that is nothing.
fn number_format(style: &Style) -> Option<Arc<NumberFormat>> {
    style.number_format.as_ref().and_then(|format| NumberFormat::of(&format.format_code)).map(Arc::new)
}

pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    let said = |error: XlsxError| Refused::NoWorkbook(error.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(said)?;
    let names = workbook.sheet_names();
    if SHEETS_MOST < names.len() {
        return Err(Refused::Sheets(names.len()));
    }
    let (mut cells_left, mut words_left) = (CELLS_MOST, WORDS_MOST);
    let mut formats: Option<Vec<Option<Arc<NumberFormat>>>> = None;
    let mut sheets = Vec::new();
    for name in names {
        let mut reader = match workbook.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            Err(XlsxError::NotAWorksheet(_)) => continue, // A chart on a sheet of its own.
            Err(error) => return Err(said(error)),
        };
        let mut cells: BTreeMap<(u32, u32), Cell> = BTreeMap::new();
        while let Some(record) = reader.next_cell_with_formula_metadata().map_err(said)? {
            let cell = Cell { value: value(&record.value), has_formula: record.formula.is_some(), format: None };
            if cell.value.is_none() && !cell.has_formula {
                continue;
            }
            let (row, column) = record.pos;
            if ROWS_MOST <= row || COLUMNS_MOST <= column {
                return Err(Refused::Far { sheet: name, at: address(row, column) });
            }
            cells_left = cells_left.checked_sub(1).ok_or(Refused::Cells(CELLS_MOST))?;
            if let Some(Value::Text(text)) = &cell.value {
                words_left = words_left.checked_sub(text.len()).ok_or(Refused::Words(WORDS_MOST))?;
            }
            cells.insert(record.pos, cell);
        }
        drop(reader);
        // What a number is shown with is told by another pass of the library than its value.
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(said)?;
        let formats = formats.get_or_insert_with(|| reader.styles().iter().map(number_format).collect());
        while let Some((row, column, style)) = reader.next_style_id().map_err(said)? {
            if let Some(cell) = cells.get_mut(&(row, column)) {
                cell.format = formats.get(style).cloned().flatten();
            }
        }
        drop(reader);
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(said)?;
        let merged = merged.iter().map(|region| Merged { first: region.start, last: region.end }).collect();
        sheets.push(Sheet { name, cells, merged });
    }
    Ok(sheets)
}
