//! How much a file may hold: far more than any invoice does, little enough to stay quick.

/// The most lines an invoice may have.
pub(super) const LINES_MOST: usize = 20_000;

/// After so many mistakes a file is not what it was taken for.
pub(super) const FINDINGS_MOST: usize = 1_000;

/// The most rows of a CSV file that are read.
pub(super) const ROWS_MOST: usize = 50_000;

/// The most columns.
pub(super) const COLUMNS_MOST: usize = 256;

/// How much of a cell's text is read, in characters.
pub(super) const CELL_MOST: usize = 1_000;

/// The most cells that words are carried to where cells are merged.
pub(super) const MERGED_MOST: usize = 100_000;
