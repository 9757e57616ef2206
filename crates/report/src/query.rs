//! Answers to queries.

use crate::grid::Grid;

/// Rows under the names of their columns, of which the first so many are texts; what is null is empty.
pub fn query_table(names: &[&str], texts: usize, rows: &[Vec<Option<String>>]) -> String {
    let header = names.iter().map(|name| (*name).to_owned()).collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect()).collect();
    format!("{}\n", Grid { header, rows, left: texts }.text())
}
