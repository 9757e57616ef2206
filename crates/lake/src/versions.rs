//! The versions of what rows are of: which of them say something new, and until when each held.

use std::collections::BTreeSet;

use crate::identity::Entry;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It says nothing that is not known.
    Dropped,
    /// It was replaced, at an instant in microseconds; `None` if it holds.
    Until(Option<i64>),
}

/// What becomes of the rows of one name, where it is anything but what holds of them already.
///
/// `entries` are all rows of one name, sorted by delivery and then place; those whose file lies before `first_new` are in
/// the lake, and `until` says since when they do not hold. Each row is a version, or, where names have parts, all rows that
/// were delivered together from one side (the legs of a contact). Then:
///
/// - a new version that says what the version before it says, or what a version of the lake after it says, is dropped, and
///   so is a new row that says again what another of its version says;
/// - each version that stays holds until the next was delivered.
pub fn fates(
    entries: &[Entry],
    first_new: u32,
    has_parts: bool,
    until: impl Fn(&Entry) -> Option<i64>,
    mut set: impl FnMut(&Entry, Fate),
) {
    let is_new = |entry: &Entry| first_new <= entry.file;
    let versions: Vec<&[Entry]> = entries
        .chunk_by(|one, next| has_parts && one.delivered == next.delivered && is_new(one) == is_new(next))
        .collect();
    let mut staying: Vec<&[Entry]> = Vec::new();
    for (position, version) in versions.iter().enumerate() {
        let known_before = staying.last().is_some_and(|last| says(last) == says(version));
        let known_after =
            versions.get(position + 1).is_some_and(|next| !is_new(&next[0]) && says(next) == says(version));
        if is_new(&version[0]) && (known_before || known_after) {
            version.iter().for_each(|entry| set(entry, Fate::Dropped));
        } else {
            staying.push(version);
        }
    }
    for (position, version) in staying.iter().enumerate() {
        let ends = staying.get(position + 1).map(|next| next[0].delivered);
        let mut said = BTreeSet::new();
        for entry in *version {
            if is_new(entry) && !said.insert(entry.content) {
                set(entry, Fate::Dropped);
            } else if if is_new(entry) { ends.is_some() } else { until(entry) != ends } {
                set(entry, Fate::Until(ends));
            }
        }
    }
}

/// What a version says, whatever the order of its rows.
fn says(version: &[Entry]) -> BTreeSet<u64> {
    version.iter().map(|entry| entry.content).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as (delivered, content), those of the lake and the new ones; gives what becomes of each that changes.
    fn fates_of(known: &[(i64, u64, Option<i64>)], new: &[(i64, u64)]) -> Vec<(bool, usize, Fate)> {
        fates_with_parts(false, known, new)
    }

    fn fates_with_parts(
        has_parts: bool,
        known: &[(i64, u64, Option<i64>)],
        new: &[(i64, u64)],
    ) -> Vec<(bool, usize, Fate)> {
        let of_lake = known.iter().enumerate().map(|(row, (delivered, content, _))| (0, row, *delivered, *content));
        let came = new.iter().enumerate().map(|(row, (delivered, content))| (1, row, *delivered, *content));
        let mut entries: Vec<Entry> = of_lake
            .chain(came)
            .map(|(file, row, delivered, content)| Entry { name: 7, delivered, file, row: row as u32, content })
            .collect();
        entries.sort_unstable();
        let mut found = Vec::new();
        let until = |entry: &Entry| known[entry.row as usize].2;
        fates(&entries, 1, has_parts, until, |entry, fate| found.push((entry.file == 1, entry.row as usize, fate)));
        found.sort_by_key(|(new, row, _)| (*new, *row));
        found
    }

    #[test]
    fn the_same_again_changes_nothing() {
        assert_eq!(fates_of(&[(10, 1, None)], &[(20, 1)]), [(true, 0, Fate::Dropped)]);
        assert_eq!(fates_of(&[(10, 1, None)], &[(10, 1)]), [(true, 0, Fate::Dropped)]);
        assert_eq!(fates_of(&[(10, 1, None)], &[(5, 1)]), [(true, 0, Fate::Dropped)]);
    }

    #[test]
    fn something_else_replaces_what_was_known() {
        assert_eq!(fates_of(&[(10, 1, None)], &[(20, 2)]), [(false, 0, Fate::Until(Some(20)))]);
        assert_eq!(fates_of(&[(10, 1, Some(20)), (20, 2, None)], &[(20, 2)]), [(true, 0, Fate::Dropped)]);
        assert_eq!(fates_of(&[(10, 1, Some(20)), (20, 2, None)], &[(30, 1)]), [(false, 1, Fate::Until(Some(30)))]);
    }

    #[test]
    fn a_delivery_that_comes_late_takes_its_place_in_history() {
        assert_eq!(fates_of(&[(20, 2, None)], &[(10, 1)]), [(true, 0, Fate::Until(Some(20)))]);
        let between = fates_of(&[(10, 1, Some(30)), (30, 3, None)], &[(20, 2)]);
        assert_eq!(between, [(false, 0, Fate::Until(Some(20))), (true, 0, Fate::Until(Some(30)))]);
    }

    #[test]
    fn deliveries_of_one_import_are_versions_of_each_other() {
        let three = fates_of(&[], &[(10, 1), (20, 1), (30, 2)]);
        assert_eq!(three, [(true, 0, Fate::Until(Some(30))), (true, 1, Fate::Dropped)]);
    }

    #[test]
    fn of_two_rows_at_once_the_later_holds_and_the_earlier_never_did() {
        assert_eq!(fates_of(&[], &[(10, 1), (10, 2)]), [(true, 0, Fate::Until(Some(10)))]);
        assert_eq!(fates_of(&[], &[(10, 1), (10, 1)]), [(true, 1, Fate::Dropped)]);
    }

    #[test]
    fn rows_delivered_together_are_one_version() {
        // A contact's two legs come again, and then with a third.
        let again = fates_with_parts(true, &[(10, 1, None), (10, 2, None)], &[(20, 2), (20, 1)]);
        assert_eq!(again, [(true, 0, Fate::Dropped), (true, 1, Fate::Dropped)]);
        assert_eq!(fates_with_parts(true, &[], &[(20, 1), (20, 2), (20, 1)]), [(true, 2, Fate::Dropped)]);
        let more = fates_with_parts(true, &[(10, 1, None), (10, 2, None)], &[(20, 1), (20, 2), (20, 3)]);
        assert_eq!(more, [(false, 0, Fate::Until(Some(20))), (false, 1, Fate::Until(Some(20)))]);
    }
}
