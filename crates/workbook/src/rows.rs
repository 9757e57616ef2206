//! The rows of a workbook's sheets one after the other, for tables that are too long to be kept.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use longshore_units::Milliseconds;

use crate::address::address;
use crate::cell::{Value, value};
use crate::guard::guarded;
use crate::{Refused, archive, styles};

/// The most bytes that a workbook of long tables unpacks to.
const UNPACKED_MOST: u64 = 512 << 20;

/// The most columns of a long table.
const COLUMNS_MOST: u32 = 1024;

/// A row of a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row<'r> {
    /// The sheet's name.
    pub sheet: &'r str,
    /// The row, from 1.
    pub number: u32,
    /// Its cells from the first column to the last that holds something.
    pub cells: &'r [Option<RowCell>],
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct RowCell {
    /// What it shows.
    pub value: Value,
    /// Where that is a day, the time of day behind it, since midnight.
    pub time: Milliseconds,
}

/// How reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// With the next row.
    Row,
    /// With the next sheet.
    Sheet,
}

/// Gives each row of each sheet that holds something; the sheets in the workbook's order. Only one row is kept at a time.
///
/// # Errors
/// Where it is no workbook, is damaged, or holds more than the bounds; and what `each` says.
pub fn rows<E: From<Refused>>(bytes: &[u8], mut each: impl FnMut(Row<'_>) -> Result<Next, E>) -> Result<(), E> {
    archive::check(bytes, UNPACKED_MOST)?;
    let said = |error: XlsxError| Refused::NoWorkbook(error.to_string());
    let mut workbook: Xlsx<_> = guarded(|| {
        styles::check(bytes)?;
        Xlsx::new(Cursor::new(bytes)).map_err(said)
    })?;
    for sheet in workbook.sheet_names() {
        let reader = guarded(|| match workbook.worksheet_cells_reader(&sheet) {
            Ok(reader) => Ok(Some(reader)),
            Err(XlsxError::NotAWorksheet(_)) => Ok(None), // A chart on a sheet of its own.
            Err(error) => Err(said(error)),
        })?;
        let Some(mut reader) = reader else { continue };
        let (mut row, mut cells): (u32, Vec<Option<RowCell>>) = (0, Vec::new());
        loop {
            // The guard is around the library alone: what `each` breaks is not the file's damage.
            let next = guarded(|| {
                let cell = reader.next_cell().map_err(said)?;
                Ok(cell.map(|cell| (cell.get_position(), of(cell.get_value()))))
            })?;
            let is_end = next.as_ref().is_none_or(|((next, _), _)| *next != row);
            if is_end && !cells.is_empty() {
                let given = each(Row { sheet: &sheet, number: row.saturating_add(1), cells: &cells })?;
                cells.clear();
                if given == Next::Sheet {
                    break;
                }
            }
            let Some(((at, column), cell)) = next else { break };
            row = at;
            let Some(cell) = cell else { continue };
            if COLUMNS_MOST <= column {
                return Err(Refused::Far { sheet, at: address(row, column) }.into());
            }
            let column = column as usize;
            cells.resize(cells.len().max(column + 1), None);
            cells[column] = Some(cell);
        }
    }
    Ok(())
}

fn of(data: &DataRef<'_>) -> Option<RowCell> {
    let time = match data {
        DataRef::DateTime(instant) if instant.is_datetime() && 1.0 <= instant.as_f64() => {
            let (.., hour, minute, second, milli) = instant.to_ymd_hms_milli();
            let seconds = (u64::from(hour) * 60 + u64::from(minute)) * 60 + u64::from(second);
            Milliseconds(seconds * 1000 + u64::from(milli))
        }
        DataRef::DateTimeIso(written) => {
            let time = written.split_once('T').and_then(|(_, time)| time.parse::<jiff::civil::Time>().ok());
            time.map_or(Milliseconds(0), |time| {
                let seconds = (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
                Milliseconds(seconds.unsigned_abs() * 1000)
            })
        }
        // A span of time is a number of days to a spreadsheet.
        DataRef::DateTime(span) if !span.is_datetime() => {
            let milliseconds = (span.as_f64() * 86_400_000.0).round();
            let sound = (0.0..1e15).contains(&milliseconds);
            return sound
                .then_some(RowCell { value: Value::Time(Milliseconds(milliseconds as u64)), time: Milliseconds(0) });
        }
        _ => Milliseconds(0),
    };
    value(data).map(|value| RowCell { value, time })
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    use super::*;

    #[test]
    fn rows_come_one_after_the_other_with_their_times() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "Start").unwrap();
        sheet.write(0, 2, "Talk").unwrap();
        let moment = ExcelDateTime::from_ymd(2027, 1, 5).unwrap().and_hms(9, 30, 15).unwrap();
        sheet.write_with_format(4, 0, &moment, &Format::new().set_num_format("yyyy-mm-dd hh:mm:ss")).unwrap();
        sheet.write_with_format(4, 2, 30.5 / 24.0, &Format::new().set_num_format("[h]:mm:ss")).unwrap();
        workbook.add_worksheet().write(0, 0, "other").unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        let mut seen = Vec::new();
        rows(&bytes, |row| {
            seen.push((row.sheet.to_owned(), row.number, row.cells.to_vec()));
            Ok::<_, Refused>(Next::Row)
        })
        .unwrap();
        assert_eq!(
            seen.iter().map(|(sheet, row, _)| (sheet.as_str(), *row)).collect::<Vec<_>>(),
            [("Sheet1", 1), ("Sheet1", 5), ("Sheet2", 1)]
        );
        let cells = &seen[1].2;
        let moment = RowCell { value: Value::Day("2027-01-05".parse().unwrap()), time: Milliseconds(34_215_000) };
        assert_eq!(cells[0].as_ref(), Some(&moment));
        assert_eq!(cells[1], None);
        assert_eq!(cells[2].as_ref().map(|cell| &cell.value), Some(&Value::Time(Milliseconds(109_800_000))));
        let mut first = 0;
        rows(&bytes, |_| {
            first += 1;
            Ok::<_, Refused>(Next::Sheet)
        })
        .unwrap();
        assert_eq!(first, 2, "one of each sheet");
        assert!(rows(b"PK\x03\x04", |_| Ok::<_, Refused>(Next::Row)).is_err());
    }
}
