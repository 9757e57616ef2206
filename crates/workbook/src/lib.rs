#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod address;
mod archive;
mod cell;
mod guard;
mod number_format;
mod rows;
mod sheet;
mod styles;

pub use address::{address, column, letters};
pub use cell::{Cell, Value};
pub use guard::is_guarded;
pub use number_format::NumberFormat;
pub use rows::{Next, Row, RowCell, rows};
pub use sheet::{COLUMNS_MOST, Merged, ROWS_MOST, Sheet};

/// Why a workbook is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no archive, or not one of a workbook.
    #[error("{0}")]
    NoWorkbook(String),
    /// The reader broke on it.
    #[error("it is damaged")]
    Damaged,
    /// It is packed from more parts than any workbook.
    #[error("it has {0} parts")]
    Parts(usize),
    /// It unpacks to more than so many bytes.
    #[error("it unpacks to more than {} MiB", .0 >> 20)]
    Unpacked(u64),
    /// It has more sheets than are read.
    #[error("it has {0} sheets")]
    Sheets(usize),
    /// Its formats, written out in all that is shown by them, take more bytes than so many.
    #[error("its formats take more than {} MiB", .0 >> 20)]
    Formats(usize),
    /// It has more cells with something in them than so many.
    #[error("it has more than {0} cells")]
    Cells(usize),
    /// Its cells hold more text than so many bytes.
    #[error("its cells hold more than {} MiB of text", .0 >> 20)]
    Words(usize),
    /// A cell lies further out than any table reaches.
    #[error("`{sheet}` has a cell at {at}, and no more than {ROWS_MOST} rows and {COLUMNS_MOST} columns are read")]
    Far {
        /// The sheet.
        sheet: String,
        /// The cell's address.
        at: String,
    },
}

/// Reads the sheets of a workbook, in its order; charts on sheets of their own are left out.
///
/// # Errors
/// Where it is no workbook, is damaged, or holds more than the bounds.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    archive::check(bytes, archive::UNPACKED_MOST)?;
    guard::guarded(|| {
        styles::check(bytes)?;
        sheet::sheets(bytes)
    })
}
