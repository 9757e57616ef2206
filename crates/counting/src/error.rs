//! Why records cannot be counted.

use longshore_contacts::ContactsError;
use longshore_contract::CountsError;

/// The longest span of an agent's time, in days. Real ones last hours; that of someone who forgot to log out, weeks.
pub(crate) const LONGEST_SPAN_DAYS: i64 = 400;

/// The longest span of an agent's time, in microseconds.
pub(crate) const LONGEST_SPAN: i64 = LONGEST_SPAN_DAYS * 86_400_000_000;

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
    /// A span of an agent's time longer than any shift: an end that was never set.
    #[error("row {row} of `{table}` is longer than {LONGEST_SPAN_DAYS} days; is its end a placeholder?")]
    TooLong {
        /// The table.
        table: &'static str,
        /// The row.
        row: usize,
    },
    /// A day outside the years that calendars can show, or no day at all where one is needed.
    #[error("row {row} of `{table}` has no day in `{column}` that a calendar can show")]
    Day {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: usize,
    },
    /// A row that does not say what only a look at several rows can tell, and that a charge needs to know.
    #[error("row {row} of `{table}` has no `{column}`: the records are to be annotated before they are counted")]
    NotAnnotated {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: usize,
    },
    /// A row whose week was reckoned in another zone, or from another weekday on, than the contract's.
    #[error("row {row} of `{table}` was annotated for weeks that do not begin when the contract's do")]
    OtherWeek {
        /// The table.
        table: &'static str,
        /// The row.
        row: usize,
    },
    /// A row of a schedule that is shorter or longer than the intervals in which the contract compares hours.
    #[error("row {row} of `{table}` is not of the length in which the contract compares hours, {minutes} minutes")]
    Length {
        /// The table.
        table: &'static str,
        /// The row.
        row: usize,
        /// The length.
        minutes: i64,
    },
    /// More sites or programs than anyone has: another column, perhaps one of identifiers, stands in their place.
    #[error("`{table}` has too many different values of `{column}` to count each apart")]
    TooManyGroups {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A sum that does not fit.
    #[error(transparent)]
    Counts(#[from] CountsError),
    /// The records cannot be read as rows.
    #[error(transparent)]
    Records(#[from] ContactsError),
}
