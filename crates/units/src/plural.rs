//! English plurals, for the messages that are said in English alone.

use std::fmt::Display;

/// So many of a noun whose plural ends in s: `1 row`, `2 rows`.
///
/// ```
/// # use longshore_units::plural;
/// assert_eq!([0, 1, 2].map(|rows| plural(rows, "row")), ["0 rows", "1 row", "2 rows"]);
/// ```
pub fn plural(count: impl Display + PartialEq + From<u8>, noun: &str) -> String {
    let ending = if count == 1.into() { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
