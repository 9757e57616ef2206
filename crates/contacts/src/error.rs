//! What can go wrong with records.

use arrow_schema::DataType;

use crate::words::WordError;

/// Why records cannot be taken for what they should be. Rows count from 0 within their batch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactsError {
    /// A column that every row needs is not there.
    #[error("the records of `{table}` have no column `{column}`, and no row can be without it")]
    MissingColumn {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A column is there twice, so that its values are anyone's guess.
    #[error("the records of `{table}` have the column `{column}` more than once")]
    RepeatedColumn {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A column's Arrow type does not turn into the one it should have.
    #[error("column `{column}` of `{table}` is {found}, which does not turn into {expected}")]
    Type {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The type it has.
        found: DataType,
        /// The type it should have.
        expected: DataType,
    },
    /// A required value is null.
    #[error("row {row}: column `{column}` of `{table}` is null, and no row can be without it")]
    Null {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: usize,
    },
    /// A required text is empty.
    #[error("row {row}: column `{column}` of `{table}` is empty, and no row can be without it")]
    Empty {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: usize,
    },
    /// A value does not fit, or cannot be written exactly.
    #[error("row {row}: `{value}` in column `{column}` of `{table}` does not fit into {expected}")]
    Value {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: usize,
        /// The value.
        value: String,
        /// The type it should fit.
        expected: DataType,
    },
    /// A word that the column does not know.
    #[error("row {row}: column `{column}` of `{table}`: {error}")]
    Word {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: usize,
        /// The word, and those there are.
        error: WordError,
    },
    /// A column that the table does not have is asked for.
    #[error("`{table}` has no column `{column}`")]
    UnknownColumn {
        /// The table.
        table: &'static str,
        /// The name asked for.
        column: String,
    },
    /// Timestamps without a zone: a reading of some clock, which names no instant.
    #[error("the times in column `{column}` of `{table}` name no zone; write them in UTC")]
    NoZone {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// More text in one batch than an Arrow `Utf8` column holds.
    #[error("column `{column}` of `{table}` has over 2 GiB of text in one batch; use smaller batches")]
    TooLong {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A Parquet file does not name its table.
    #[error("the file does not name its table: its metadata has no `longshore.table`")]
    NoTable,
    /// A Parquet file names a table there is not.
    #[error("the file names the table `{name}`, and there is none")]
    UnknownTable {
        /// The name.
        name: String,
    },
    /// Records of one table are to be written as another's.
    #[error("records of `{named}` do not go into a file of `{table}`")]
    OtherTable {
        /// What the records say they are.
        named: String,
        /// The file's table.
        table: &'static str,
    },
    /// A row group is asked for that the file does not have.
    #[error("the file has no row group {group}; it has {groups}")]
    NoRowGroup {
        /// The row group, from 0.
        group: usize,
        /// How many there are.
        groups: usize,
    },
    /// The bytes are no Parquet file, or a damaged one. A failure to read in the middle of a file comes as this too: the
    /// decoder passes on no more than its text.
    #[error("this is no Parquet file, or a damaged one: {reason}")]
    Unreadable {
        /// What the decoder says.
        reason: String,
    },
    /// The operating system did not let the bytes be read.
    #[error("the records could not be read: {reason}")]
    NotRead {
        /// What the operating system says.
        reason: String,
    },
    /// The bytes did not go where they should.
    #[error("the records could not be written: {reason}")]
    NotWritten {
        /// What the writer says.
        reason: String,
    },
    /// A manifest is no JSON, or lacks a key.
    #[error("the manifest cannot be read: {reason}")]
    ManifestSyntax {
        /// What the JSON reader says, with line and column.
        reason: String,
    },
    /// A manifest of a format that this version does not know.
    #[error("the manifest has format {found}, and this version reads format {known}; use a newer version")]
    ManifestFormat {
        /// The manifest's format.
        found: u64,
        /// The one there is.
        known: u64,
    },
    /// A value in a manifest that cannot be.
    #[error("`{value}` cannot be the manifest's `{key}`")]
    ManifestValue {
        /// The key.
        key: &'static str,
        /// The value.
        value: String,
    },
}
