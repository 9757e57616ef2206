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
}
