//! Why records cannot be counted.

use longshore_contacts::ContactsError;
use longshore_contract::CountsError;

/// Why records cannot be counted. Rows count from 0 within their batch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// A column that the contract needs is not in the records, or not of its canonical type.
    #[error("the records of `{table}` have no column `{column}` of the type the contract's count needs")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A span of time below 0: the records are wrong, and any amount from them would be.
    #[error("row {row} of `{table}` has a negative `{column}`")]
    Negative {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: usize,
    },
    /// A sum that does not fit.
    #[error(transparent)]
    Counts(#[from] CountsError),
    /// The records cannot be read as rows.
    #[error(transparent)]
    Records(#[from] ContactsError),
}
