//! Where the columns stand that a mapping names.

use longshore_contacts::Table;
use longshore_units::plain;
use longshore_workbook::column;

use super::cell::Cell;
use crate::ImportError;
use crate::mapping::TableMapping;

/// How many rows may stand above the titles.
pub(super) const ABOVE_MOST: usize = 100;

/// Of each title of a mapping the column it stands above, if all of them stand in this row.
pub(super) fn places(mapping: &TableMapping, cells: &[Cell<'_>]) -> Result<Vec<usize>, Missing> {
    let found: Vec<Option<usize>> = mapping.titles.iter().map(|title| place(title, cells)).collect();
    let missing: Vec<String> = mapping
        .titles
        .iter()
        .zip(&found)
        .filter(|(_, place)| place.is_none())
        .map(|(title, _)| title.clone())
        .collect();
    if missing.is_empty() {
        return Ok(found.into_iter().flatten().collect());
    }
    Err(Missing {
        missing,
        found: cells.iter().map(|cell| cell.text().into_owned()).filter(|text| !text.is_empty()).collect(),
    })
}

/// The columns of a file without titles, which are called by their letters.
pub(super) fn letters(mapping: &TableMapping) -> Result<Vec<usize>, ImportError> {
    let place = |title: &String| {
        column(title).map(|column| column as usize).ok_or_else(|| ImportError::WrongFormat {
            reason: format!(
                "`{title}` is no column's letters, and with `titles = false` columns are called A, B, … Z, AA"
            ),
        })
    };
    mapping.titles.iter().map(place).collect()
}

/// The column of a title: one that is written just so, or else the only one that reads alike.
fn place(title: &str, cells: &[Cell<'_>]) -> Option<usize> {
    if let Some(exact) = cells.iter().position(|cell| cell.text() == title) {
        return Some(exact);
    }
    let bare = plain(title);
    let mut alike = cells.iter().enumerate().filter(|(_, cell)| !bare.is_empty() && plain(&cell.text()) == bare);
    let (first, _) = alike.next()?;
    alike.next().is_none().then_some(first)
}

/// Titles that a row lacks.
pub(super) struct Missing {
    missing: Vec<String>,
    found: Vec<String>,
}

impl Missing {
    /// How near the row comes: by the titles it has, and then by its cells.
    pub fn nearness(&self, mapping: &TableMapping) -> (usize, usize) {
        (mapping.titles.len() - self.missing.len(), self.found.len())
    }

    /// Says what was looked for, and what was found.
    pub fn into_error(self, table: Table) -> ImportError {
        const NAMED: usize = 30;
        let quoted = |titles: &[String]| {
            let shown: Vec<String> = titles
                .iter()
                .take(NAMED)
                .map(|title| format!("`{}`", title.chars().take(40).collect::<String>()))
                .collect();
            let more = titles.len().saturating_sub(NAMED);
            if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
        };
        let found = if self.found.is_empty() { "nothing".to_owned() } else { quoted(&self.found) };
        let reason = format!(
            "no row has the titles that the mapping of `{}` names: {} missing; the row most like it has {found}",
            table.name(),
            quoted(&self.missing)
        );
        ImportError::WrongFormat { reason }
    }
}
