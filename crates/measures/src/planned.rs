//! Agents' time, plans, the register and outages.

use arrow_array::RecordBatch;
use longshore_contacts::{AgentState, Table};
use longshore_units::{Instant, Zone};

use crate::TallyError;
use crate::columns::{Columns, Names, at};
use crate::dimension::Dimension;
use crate::fact::Kind;
use crate::plan::Plan;
use crate::tally::{Slots, Tally};

/// The longest span, in microseconds: 400 days. One that is longer has an end that was never set.
const LONGEST_SPAN: i64 = 400 * 86_400_000_000;

pub(crate) fn add(tally: &mut Tally, table: Table, batch: &RecordBatch) -> Result<(), TallyError> {
    let plan = std::sync::Arc::clone(&tally.plan);
    let columns = Columns::of(table, batch);
    if table == Table::Outages {
        return add_outages(tally, &plan, &columns);
    }
    let kept = base(&plan, table, &columns)?;
    for (position, fact) in plan.facts_of(table) {
        let names = plan.groupings[fact.grouping].keys.iter().map(|key| match key {
            Dimension::Name(name) => name.column(table).map_or(Ok(None), |column| columns.names(column)),
            Dimension::Time(_) => Ok(None),
        });
        let names: Vec<Option<Names<'_>>> = names.collect::<Result<_, _>>()?;
        let place = Place { plan: &plan, grouping: fact.grouping, first: plan.slots[position], names: &names };
        match fact.kind {
            Kind::States => add_states(tally, &place, &columns, &kept)?,
            Kind::Hours => add_hours(tally, &place, &columns, &kept)?,
            Kind::Register => add_register(tally, &place, &columns, &kept)?,
            _ => {}
        }
    }
    Ok(())
}

/// Where a fact's sums are.
struct Place<'p> {
    plan: &'p Plan,
    grouping: usize,
    first: usize,
    names: &'p [Option<Names<'p>>],
}

impl Place<'_> {
    /// Adds the parts of a row's span to a slot of the groups that it meets; `amount` says what a part counts.
    fn add_span(
        &self,
        tally: &mut Tally,
        row: usize,
        span: (i64, i64),
        amounts: &[(usize, i64)],
        by_time: bool,
    ) -> Result<(), TallyError> {
        let mut parts: Vec<(u32, i64)> = Vec::new();
        tally.groupings[self.grouping].groups.of_span(self.names, row, span, |group, part| parts.push((group, part)));
        tally.make_room(self.grouping)?;
        let mut slots = Slots::of(&mut tally.groupings[self.grouping], self.first);
        for (group, part) in parts {
            for (slot, amount) in amounts {
                slots.add(group, *slot, if by_time { part } else { *amount });
            }
        }
        slots.finish()
    }
}

/// The rows of the program's provider and programs.
fn base(plan: &Plan, table: Table, columns: &Columns<'_>) -> Result<Vec<bool>, TallyError> {
    let rows = &plan.program.rows;
    let mut kept = columns.not_superseded();
    if let Some(provider) = &rows.provider
        && let Some(names) = columns.names("provider")?
    {
        kept.iter_mut().zip(names.map(false, |name| name == provider)).for_each(|(kept, wanted)| *kept &= wanted);
    }
    if !rows.programs.is_empty()
        && let Some(names) = columns.names("program")?
    {
        // An agent who works for several programs may be on none in particular.
        let none = table != Table::Schedule;
        let wanted = names.map(none, |name| rows.programs.iter().any(|program| program == name));
        kept.iter_mut().zip(wanted).for_each(|(kept, wanted)| *kept &= wanted);
    }
    Ok(kept)
}

/// The part of a span within the days.
fn within(plan: &Plan, from: i64, until: i64) -> Option<(i64, i64)> {
    let (from, until) = (from.max(plan.window.start), until.min(plan.window.end));
    (from < until).then_some((from, until))
}

fn add_states(tally: &mut Tally, place: &Place<'_>, columns: &Columns<'_>, kept: &[bool]) -> Result<(), TallyError> {
    let (from, until) = (columns.required_instants("from")?, columns.required_instants("until")?);
    let state = |word: &str| word.parse::<AgentState>().ok().map(|state| state as usize);
    let states = columns.names("state")?.map_or_else(|| vec![None; kept.len()], |names| names.map(None, state));
    for row in (0..kept.len()).filter(|row| kept[*row]) {
        let (Some(from), Some(until), Some(state)) = (at(Some(from), row), at(Some(until), row), states[row]) else {
            tally.unplaced += 1;
            continue;
        };
        if until < from || LONGEST_SPAN < until.saturating_sub(from) {
            tally.unplaced += 1;
        } else if let Some(span) = within(place.plan, from, until) {
            place.add_span(tally, row, span, &[(state, 0)], true)?;
        }
    }
    Ok(())
}

fn add_hours(tally: &mut Tally, place: &Place<'_>, columns: &Columns<'_>, kept: &[bool]) -> Result<(), TallyError> {
    let from = columns.required_instants("from")?;
    let parts = [columns.durations("requested")?, columns.durations("scheduled")?, columns.durations("productive")?];
    for row in (0..kept.len()).filter(|row| kept[*row]) {
        let Some(from) = at(Some(from), row).filter(|from| place.plan.window.contains(from)) else { continue };
        let [requested, scheduled, productive] = parts.map(|part| at(part, row).filter(|part| 0 <= *part));
        // Hours are compared where both are known; a plan belongs to the instant at which it begins.
        let amounts = match (requested, productive) {
            (Some(requested), Some(productive)) => {
                vec![(0, requested), (1, scheduled.unwrap_or(0)), (2, productive)]
            }
            _ => vec![(1, scheduled.unwrap_or(0)), (3, 1)],
        };
        place.add_span(tally, row, (from, from.saturating_add(1)), &amounts, false)?;
    }
    Ok(())
}

fn add_register(tally: &mut Tally, place: &Place<'_>, columns: &Columns<'_>, kept: &[bool]) -> Result<(), TallyError> {
    let (hired, left) = (columns.days("hired")?, columns.days("left")?);
    let Some((first, last)) = days(place.plan, &place.plan.program.zone) else { return Ok(()) };
    for row in (0..kept.len()).filter(|row| kept[*row]) {
        let Some(hired) = at(hired, row) else { continue };
        let left = at(left, row);
        let days = i64::from(left.unwrap_or(last).min(last)) - i64::from(hired.max(first)) + 1;
        let has_left = left.is_some_and(|left| first <= left && left <= last);
        if 0 < days {
            place.add_span(tally, row, (0, 1), &[(0, days), (1, i64::from(has_left))], false)?;
        }
    }
    Ok(())
}

/// The first and the last day of the program, as days since 1970. None where one is not named.
pub(crate) fn days(plan: &Plan, zone: &Zone) -> Option<(i32, i32)> {
    let day = |at: i64| {
        let date = zone.date(Instant(at))?;
        i32::try_from(crate::dimension::local(date.to_datetime(jiff::civil::Time::midnight())) / 86_400_000_000).ok()
    };
    Some((day(plan.window.start)?, day(plan.window.end.checked_sub(1)?)?))
}

fn add_outages(tally: &mut Tally, plan: &Plan, columns: &Columns<'_>) -> Result<(), TallyError> {
    let (from, until) = (columns.required_instants("from")?, columns.instants("until")?);
    let span = |row: usize| within(plan, at(Some(from), row)?, at(until, row).unwrap_or(i64::MAX));
    let kept = columns.not_superseded();
    let spans: Vec<(i64, i64)> = (0..columns.rows()).filter(|row| kept[*row]).filter_map(span).collect();
    tally.add_outages(spans)
}
