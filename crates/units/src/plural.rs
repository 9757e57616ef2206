//! English plurals, for the messages that are said in English alone.

use std::fmt::Display;

/// So many of a noun whose plural ends in s: `1 row`, `2 rows`.
///
/// ```
/// # use longshore_units::plural;
/// assert_eq!([0, 1, 2].map(|rows| plural(rows, "row")), ["0 rows", "1 row", "2 rows"]);
/// ```
pub fn plural(count: impl Display + PartialEq + From<u8>, noun: &str) -> String {
    if count == 1.into() { format!("{count} {noun}") } else { format!("{count} {}", plural_of(noun)) }
}

/// A noun of the trade in the plural.
///
/// ```
/// # use longshore_units::plural_of;
/// assert_eq!(["minute", "agent-month", "amount sold"].map(plural_of), ["minutes", "agent-months", "amounts sold"]);
/// ```
pub fn plural_of(noun: &str) -> String {
    match noun {
        "amount sold" => "amounts sold".to_owned(),
        _ => format!("{noun}s"),
    }
}
