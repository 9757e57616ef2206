//! The register of agents: days, month by month.

use arrow_array::Array;
use longshore_contract::{Class, Count, Key, Proration};
use longshore_units::Month;

use crate::CountError;
use crate::columns::{Columns, day};
use crate::job_tally::JobTally;
use crate::program::{Job, Program};
use crate::scratch::Scratch;

/// Adds days on the register, month by month. Returns how many rows lie outside altogether.
pub(crate) fn add_days(
    tally: &mut JobTally,
    job: &Job,
    prorate: Proration,
    columns: &Columns<'_>,
    scratch: &Scratch,
    program: &Program,
) -> Result<u64, CountError> {
    let (hired, left) = (columns.days("hired")?, columns.days("left")?);
    let last_counted = program.window.register_last.expect("a program that counts agents has a last day");
    let in_force = program.versions[usize::from(job.version)].days;
    let mut outside = 0;
    for row in (0..columns.rows()).filter(|row| scratch.kept[*row]) {
        let no_day = |column| CountError::Day { table: columns.table.name(), column, row };
        let hired = hired.is_valid(row).then(|| day(hired.value(row))).flatten().ok_or_else(|| no_day("hired"))?;
        let left = left.is_valid(row).then(|| day(left.value(row)).ok_or_else(|| no_day("left"))).transpose()?;
        let first = hired.max(program.window.first);
        let last = left.map_or(last_counted, |left| left.min(last_counted));
        if last < first {
            outside += u64::from(job.says_outside);
            continue;
        }
        for month in Month::through(Month::of(first), Month::of(last)) {
            let (from, until) = (first.max(month.first()), last.min(month.last()));
            let (day, quantity) = match prorate {
                // Each version has the days on which it is in force.
                Proration::Day => {
                    let from = from.max(in_force.starts);
                    let until = in_force.ends.map_or(until, |ends| until.min(ends));
                    if until < from {
                        continue;
                    }
                    (from, i128::from((until - from).get_days()) + 1)
                }
                // A whole month is billed once, by the terms of the agent's first day in it.
                Proration::None if !in_force.contains(from) => continue,
                Proration::None => (from, month.days()),
            };
            let group = tally.groups.names()[scratch.group_of(row)].clone();
            let (version, counter) = (job.version, job.counter);
            let key = Key { version, counter, group, period: month, day: Some(day), class: Class(0) };
            tally.counts.add(key, &Count::Linear { rows: 1, quantity })?;
        }
    }
    Ok(outside)
}
