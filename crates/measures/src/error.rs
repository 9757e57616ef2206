//! Why records cannot be measured.

/// Why records cannot be measured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    /// A column that every row has is not in the records, or a column is not of its canonical type.
    #[error("the records of `{table}` have no column `{column}` of the type that measuring needs")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A sum that does not fit.
    #[error("a sum is larger than any that can be held: is a duration a placeholder?")]
    Overflow,
    /// More groups than anyone reads.
    #[error("figures would be told apart into more than {} groups", crate::Tally::MOST_GROUPS)]
    Groups,
    /// Bytes that are no tally of this program.
    #[error("these bytes are no tally of this program: {0}")]
    Bytes(&'static str),
}
