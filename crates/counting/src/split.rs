//! Contacts that a calendar begins or ends in, split between the two.

use std::collections::BTreeMap;

use arrow_array::PrimitiveArray;
use arrow_array::types::TimestampMicrosecondType;
use longshore_contract::{Class, Count};

use crate::CountError;
use crate::columns::Columns;
use crate::error::LONGEST_SPAN;
use crate::job_tally::JobTally;
use crate::program::Job;
use crate::scratch::Scratch;
use crate::timeline::{Slot, Timeline};

/// Adds billable milliseconds, laid end to end from the instant that places each contact: each millisecond bears the
/// surcharges of the calendars in which it begins. Day and month stay those of the contact, which counts as a row where
/// it begins.
///
/// `beyond` has the stretches of `timeline` and those behind the last day that is counted.
pub(crate) fn add_split(
    tally: &mut JobTally,
    job: &Job,
    columns: &Columns<'_>,
    (instants, slots): (&PrimitiveArray<TimestampMicrosecondType>, &[Slot]),
    scratch: &Scratch,
    (timeline, beyond): (&Timeline, &mut Timeline),
    billed: impl Fn(usize) -> i64,
) -> Result<(), CountError> {
    for row in scratch.rows.iter().map(|row| *row as usize) {
        let (at, billed) = (instants.value(row), billed(row));
        let (slot, group) = (slots[row], scratch.group_of(row));
        if LONGEST_SPAN / 1000 < billed {
            return Err(CountError::TooLong { table: columns.table.name(), row });
        }
        tally.add_row(slot, group);
        // The k-th millisecond begins at `at` + 1000 k, so as many lie before an edge as begin there.
        let before = |edge: i64| billed.min((edge - at + 999) / 1000);
        let (_, first_ends) = beyond.stretch(at);
        let mut laid = before(first_ends);
        tally.add_part(slot, group, laid);
        if laid == billed {
            continue;
        }
        let begins = timeline.place(slot).expect("rows outside are left out before");
        let mut parts: BTreeMap<Class, i64> = BTreeMap::new();
        let mut edge = first_ends;
        while laid < billed {
            let (here, ends) = beyond.stretch(edge);
            let lies = beyond.place(here).expect("no contact is longer than the days behind the last");
            let until = before(ends);
            *parts.entry(job.class_of_part(begins.calendars, lies.calendars)).or_insert(0) += until - laid;
            (laid, edge) = (until, ends);
        }
        for (class, quantity) in parts.into_iter().filter(|(_, quantity)| *quantity != 0) {
            let key = job.key(&tally.groups.names()[group], begins, class);
            tally.counts.add(key, &Count::Linear { rows: 0, quantity: quantity.into() })?;
        }
    }
    Ok(())
}
