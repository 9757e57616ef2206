//! Contacts and legs: the instants, times and classes of a batch, and what facts make of them.

use arrow_array::types::{Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, BooleanArray, PrimitiveArray, RecordBatch};
use longshore_contacts::{Channel, Direction, Outcome, Table};
use longshore_contract::{Criterion, Grain, Select};

use crate::TallyError;
use crate::class::{Class, ClassSet, OPEN};
use crate::columns::{Columns, Names, at};
use crate::dimension::Dimension;
use crate::fact::{Attribution, Fact, Filter, HIGHEST, Kind, MARKS, Parts, Start, Stop, Value};
use crate::groups::NO_GROUP;
use crate::hours::Hours;
use crate::plan::Plan;
use crate::tally::{Slots, Tally};

/// No instant.
const NO_INSTANT: i64 = i64::MIN;
/// A time that is not known.
const UNKNOWN: i64 = -1;
/// A time that a row does not have: it is not looked at.
const ABSENT: i64 = i64::MIN;
/// A time that has not come, and may never.
const NEVER: i64 = i64::MAX;
/// The longest time that a row can have, in milliseconds: more than a century is a placeholder.
const LONGEST: i64 = 1 << 42;

type Instants<'b> = Option<&'b PrimitiveArray<TimestampMicrosecondType>>;
type Durations<'b> = Option<&'b PrimitiveArray<Int64Type>>;

/// A batch of contacts or legs.
struct Rows<'b> {
    columns: Columns<'b>,
    rows: usize,
    classes: Vec<Class>,
    outbound: Vec<bool>,
    arrived: Instants<'b>,
    offered: Instants<'b>,
    answered: Instants<'b>,
    ended: Instants<'b>,
    wait: Durations<'b>,
    ring: Durations<'b>,
}

/// Which rows a filter keeps, where they are attributed so.
struct Kept {
    filter: usize,
    attribution: Attribution,
    rows: Vec<bool>,
}

/// A batch, ready for facts to be made of it.
pub(crate) struct Prepared<'b> {
    rows: Rows<'b>,
    /// The group of each row, in each grouping.
    groups: Vec<Vec<u32>>,
    /// Each of the plan's values, of each row.
    values: Vec<Vec<i64>>,
    kept: Vec<Kept>,
}

/// What a fact makes of a row: a slot that counts it, and an amount that another slot adds up.
pub(crate) type Placed = (usize, Option<(usize, i64)>);

impl<'b> Prepared<'b> {
    pub fn of(
        tally: &mut Tally,
        plan: &Plan,
        table: Table,
        batch: &'b RecordBatch,
    ) -> Result<Prepared<'b>, TallyError> {
        let rows = Rows::of(Columns::of(table, batch))?;
        let base = rows.base(plan)?;
        let attributions = [Attribution::Offer, Attribution::Arrival, Attribution::Event];
        let used =
            |attribution: &Attribution| plan.groupings.iter().any(|grouping| grouping.attribution == *attribution);
        let instants: Vec<(Attribution, Vec<i64>)> = attributions
            .into_iter()
            .filter(used)
            .map(|attribution| (attribution, rows.instants(attribution)))
            .collect();
        if let Some((_, instants)) = instants.first() {
            let nowhere = instants.iter().zip(&base).filter(|(at, kept)| **kept && **at == NO_INSTANT);
            tally.unplaced += nowhere.count() as u64;
        }
        let groups = grouped(tally, plan, &rows, &base, &instants)?;
        let values: Vec<Vec<i64>> =
            plan.values.iter().map(|value| rows.values(*value, plan, &mut tally.hours)).collect::<Result<_, _>>()?;
        let mut kept: Vec<Kept> = Vec::new();
        for (_, fact) in plan.facts_of(table) {
            let attribution = plan.groupings[fact.grouping].attribution;
            if !kept.iter().any(|kept| (kept.filter, kept.attribution) == (fact.filter, attribution)) {
                let instants = instants.iter().find(|(known, _)| *known == attribution).map(|(_, instants)| instants);
                let instants = instants.map_or(&[][..], Vec::as_slice);
                let passed = rows.filtered(&plan.filters[fact.filter], plan.grain(), instants, &mut tally.hours)?;
                kept.push(Kept { filter: fact.filter, attribution, rows: passed });
            }
        }
        Ok(Prepared { rows, groups, values, kept })
    }

    pub fn rows(&self) -> usize {
        self.rows.rows
    }

    /// What a fact is fed with.
    fn fed(&self, plan: &Plan, fact: &Fact) -> Fed<'_> {
        let attribution = plan.groupings[fact.grouping].attribution;
        let kept = self.kept.iter().find(|kept| (kept.filter, kept.attribution) == (fact.filter, attribution));
        Fed {
            groups: &self.groups[fact.grouping],
            kept: kept.map_or(&[][..], |kept| kept.rows.as_slice()),
            classes: &self.rows.classes,
        }
    }

    /// What a fact makes of a row; none if it does not look at it.
    pub fn placed(&self, plan: &Plan, fact: &Fact, row: usize) -> Result<Option<Placed>, TallyError> {
        let fed = self.fed(plan, fact);
        let looked_at = fed.kept[row] && fed.groups[row] != NO_GROUP && fact.classes.has(fed.classes[row]);
        if looked_at { self.slot(&fact.kind, row) } else { Ok(None) }
    }

    fn slot(&self, kind: &Kind, row: usize) -> Result<Option<Placed>, TallyError> {
        let columns = &self.rows.columns;
        Ok(match kind {
            Kind::Count => Some((0, None)),
            Kind::ByClass => Some((self.rows.classes[row] as usize, None)),
            Kind::Time { value, cuts } => timed(self.values[*value][row], cuts),
            Kind::Flag(flag) => Some((flagged(columns.flags(flag.column())?, row), None)),
            Kind::Marks(marks) => marked(columns.scores(marks.column())?, row).map(|slot| (slot, None)),
            Kind::Spectrum { .. } | Kind::States | Kind::Hours | Kind::Register => None,
        })
    }
}

/// Where a time is counted, and added up where it is known and has come.
#[inline]
fn timed(time: i64, cuts: &[i64]) -> Option<Placed> {
    let last = cuts.len();
    match time {
        ABSENT => None,
        NEVER => Some((last, None)),
        time if time < 0 => Some((last + 2, None)),
        time => Some((cuts.iter().map(|cut| usize::from(*cut < time)).sum(), Some((last + 1, time)))),
    }
}

#[inline]
fn flagged(flags: Option<&BooleanArray>, row: usize) -> usize {
    match flags.filter(|flags| flags.is_valid(row)).map(|flags| flags.value(row)) {
        Some(true) => 0,
        Some(false) => 1,
        None => 2,
    }
}

#[inline]
fn marked(marks: Option<&PrimitiveArray<Int32Type>>, row: usize) -> Option<usize> {
    let mark = at(marks, row)?;
    Some(if (0..=HIGHEST).contains(&mark) { mark as usize } else { MARKS - 1 })
}

pub(crate) fn add(tally: &mut Tally, table: Table, batch: &RecordBatch) -> Result<(), TallyError> {
    let plan = std::sync::Arc::clone(&tally.plan);
    let prepared = Prepared::of(tally, &plan, table, batch)?;
    plan.facts_of(table).try_for_each(|(position, fact)| add_fact(tally, &plan, position, fact, &prepared))
}

/// The group of each row, in each grouping of the table.
fn grouped(
    tally: &mut Tally,
    plan: &Plan,
    rows: &Rows<'_>,
    base: &[bool],
    instants: &[(Attribution, Vec<i64>)],
) -> Result<Vec<Vec<u32>>, TallyError> {
    let mut groups = vec![Vec::new(); plan.groupings.len()];
    for (position, grouping) in plan.groupings.iter().enumerate() {
        let Some((_, instants)) = instants.iter().find(|(known, _)| *known == grouping.attribution) else { continue };
        let table = grouping.table;
        let names = grouping.keys.iter().map(|key| match key {
            Dimension::Name(name) => name.column(table).map_or(Ok(None), |column| rows.columns.names(column)),
            Dimension::Time(_) => Ok(None),
        });
        let names: Vec<Option<Names<'_>>> = names.collect::<Result<_, _>>()?;
        let window = &plan.window;
        let within = |row: usize| base[row] && instants[row] != NO_INSTANT && window.contains(&instants[row]);
        tally.groupings[position].groups.of_rows(&names, instants, within, &mut groups[position]);
        tally.make_room(position)?;
    }
    Ok(groups)
}

/// What a fact is fed with.
struct Fed<'f> {
    groups: &'f [u32],
    kept: &'f [bool],
    classes: &'f [Class],
}

impl Fed<'_> {
    /// The rows that a fact looks at, each with its group.
    #[inline]
    fn rows(&self, classes: ClassSet) -> impl Iterator<Item = (usize, u32)> {
        let rows = self.groups.iter().zip(self.kept).zip(self.classes).enumerate();
        rows.filter(move |(_, ((group, kept), class))| **kept && **group != NO_GROUP && classes.has(**class))
            .map(|(row, ((group, _), _))| (row, *group))
    }
}

fn add_fact(
    tally: &mut Tally,
    plan: &Plan,
    position: usize,
    fact: &Fact,
    prepared: &Prepared<'_>,
) -> Result<(), TallyError> {
    let fed = prepared.fed(plan, fact);
    if let Kind::Spectrum { value } = fact.kind {
        let spectra = &mut tally.spectra[plan.slots[position]];
        for (row, group) in fed.rows(fact.classes) {
            let time = prepared.values[value][row];
            if 0 <= time && time != NEVER {
                spectra[group as usize].push(time as u64);
            }
        }
        return Ok(());
    }
    let mut slots = Slots::of(&mut tally.groupings[fact.grouping], plan.slots[position]);
    let columns = &prepared.rows.columns;
    match &fact.kind {
        Kind::Count => fed.rows(fact.classes).for_each(|(_, group)| slots.count(group, 0)),
        Kind::ByClass => {
            fed.rows(fact.classes).for_each(|(row, group)| slots.count(group, fed.classes[row] as usize));
        }
        Kind::Time { value, cuts } => {
            let times = &prepared.values[*value];
            for (row, group) in fed.rows(fact.classes) {
                if let Some((slot, sum)) = timed(times[row], cuts) {
                    slots.count(group, slot);
                    if let Some((slot, time)) = sum {
                        slots.add(group, slot, time);
                    }
                }
            }
        }
        Kind::Flag(flag) => {
            let flags = columns.flags(flag.column())?;
            fed.rows(fact.classes).for_each(|(row, group)| slots.count(group, flagged(flags, row)));
        }
        Kind::Marks(marks) => {
            let marks = columns.scores(marks.column())?;
            for (row, group) in fed.rows(fact.classes) {
                if let Some(slot) = marked(marks, row) {
                    slots.count(group, slot);
                }
            }
        }
        Kind::Spectrum { .. } | Kind::States | Kind::Hours | Kind::Register => {}
    }
    slots.finish()
}

impl<'b> Rows<'b> {
    fn of(columns: Columns<'b>) -> Result<Rows<'b>, TallyError> {
        let rows = columns.rows();
        let class = |word: &str| word.parse::<Outcome>().map_or(OPEN, |outcome| outcome as Class);
        let is_outbound = |word: &str| word == Direction::Outbound.as_str();
        Ok(Rows {
            rows,
            classes: columns.names("outcome")?.map_or_else(|| vec![OPEN; rows], |names| names.map(OPEN, class)),
            outbound: columns
                .names("direction")?
                .map_or_else(|| vec![false; rows], |names| names.map(false, is_outbound)),
            arrived: columns.instants("arrived_at")?,
            offered: columns.instants("offered_at")?,
            answered: columns.instants("answered_at")?,
            ended: columns.instants("ended_at")?,
            wait: columns.durations("wait")?,
            ring: columns.durations("ring")?,
            columns,
        })
    }

    /// The rows that the program looks at: of no newer version, of its provider and programs, and selected.
    fn base(&self, plan: &Plan) -> Result<Vec<bool>, TallyError> {
        let rows = &plan.program.rows;
        let mut kept = self.columns.not_superseded();
        if let Some(provider) = &rows.provider {
            self.keep("provider", &mut kept, |name| name == provider)?;
        }
        if !rows.programs.is_empty() {
            self.keep("program", &mut kept, |name| rows.programs.iter().any(|program| program == name))?;
        }
        self.select(&rows.select, plan.grain(), &mut kept)?;
        Ok(kept)
    }

    /// Drops rows whose name is not wanted; one that says none is not.
    fn keep(&self, column: &'static str, kept: &mut [bool], wanted: impl Fn(&str) -> bool) -> Result<(), TallyError> {
        match self.columns.names(column)? {
            Some(names) => kept.iter_mut().zip(names.map(false, wanted)).for_each(|(kept, wanted)| *kept &= wanted),
            None => kept.fill(false),
        }
        Ok(())
    }

    fn select(&self, select: &Select, grain: Grain, kept: &mut [bool]) -> Result<(), TallyError> {
        for criterion in &select.criteria {
            match criterion {
                Criterion::OneOf(field, words) => {
                    let column = field.column(grain).expect("a plan selects by fields that rows have");
                    self.keep(column, kept, |name| words.iter().any(|word| word == name))?;
                }
                Criterion::TalkLongerThan(least) => {
                    let talk = self.columns.durations("talk")?;
                    let longer = |row| at(talk, row).is_some_and(|talk| i128::from(least.0) < i128::from(talk));
                    kept.iter_mut().enumerate().for_each(|(row, kept)| *kept &= longer(row));
                }
                Criterion::Approved(_) => kept.fill(false), // A plan has none: see `check_select`.
            }
        }
        Ok(())
    }

    fn filtered(
        &self,
        filter: &Filter,
        grain: Grain,
        instants: &[i64],
        hours: &mut [Hours],
    ) -> Result<Vec<bool>, TallyError> {
        let mut kept = vec![true; self.rows];
        self.select(&filter.select, grain, &mut kept)?;
        if !filter.outbound {
            kept.iter_mut().zip(&self.outbound).for_each(|(kept, outbound)| *kept &= !outbound);
        }
        if filter.messages {
            let messages = [Channel::Email, Channel::Social, Channel::Text].map(Channel::as_str);
            self.keep("channel", &mut kept, |channel| messages.contains(&channel))?;
        }
        if filter.solved {
            let resolved = self.columns.flags("resolved")?;
            let is_solved = |row| resolved.is_some_and(|resolved| resolved.is_valid(row) && resolved.value(row));
            kept.iter_mut().enumerate().for_each(|(row, kept)| *kept &= is_solved(row));
        }
        if let Some(calendar) = filter.calendar {
            let hours = &mut hours[calendar];
            for (kept, instant) in kept.iter_mut().zip(instants) {
                *kept = *kept && *instant != NO_INSTANT && hours.contains(*instant);
            }
        }
        Ok(kept)
    }

    fn instants(&self, attribution: Attribution) -> Vec<i64> {
        let instant = |row: usize| match attribution {
            Attribution::Arrival => at(self.arrived, row).or_else(|| at(self.offered, row)),
            Attribution::Event => self.exit(row).or_else(|| at(self.ended, row)),
            Attribution::Offer | Attribution::Span => None,
        };
        let offer = |row: usize| at(self.offered, row).or_else(|| at(self.arrived, row));
        (0..self.rows).map(|row| instant(row).or_else(|| offer(row)).unwrap_or(NO_INSTANT)).collect()
    }

    /// What a contact that was not answered waited, or rang: its own record of it.
    fn own_wait(&self, row: usize) -> Option<i64> {
        let wait = at(self.wait, row)?.checked_add(at(self.ring, row).unwrap_or(0))?;
        (0..LONGEST).contains(&wait).then_some(wait)
    }

    /// When it left the queue: at the answer, or when its wait ended. What comes after a wait that was given up (a voice
    /// message, another menu) is no part of it, so the recorded wait goes before the contact's end.
    fn exit(&self, row: usize) -> Option<i64> {
        let waited = || at(self.offered, row)?.checked_add(self.own_wait(row)?.checked_mul(1000)?);
        match self.classes[row] {
            class if ClassSet::ANSWERED.or(ClassSet::CALLED_BACK).has(class) => at(self.answered, row).or_else(waited),
            OPEN => at(self.answered, row),
            _ => waited().or_else(|| at(self.ended, row)),
        }
    }

    /// A time of each row, in whole milliseconds, rounded down.
    fn values(&self, value: Value, plan: &Plan, hours: &mut [Hours]) -> Result<Vec<i64>, TallyError> {
        Ok(match value {
            Value::Clock { start, stop, calendar, less_ring } => {
                let mut hours = calendar.map(|calendar| &mut hours[calendar]);
                (0..self.rows).map(|row| self.clock(row, start, stop, hours.as_deref_mut(), less_ring)).collect()
            }
            Value::Parts(parts) => self.parts(parts)?,
            Value::Repeat(column) => self.returns(column)?,
            Value::Age => {
                let until = plan.window.end;
                let still_open = |row: usize| {
                    let class = self.classes[row];
                    class == OPEN || ClassSet::QUEUED.has(class) && at(self.ended, row).is_some_and(|end| until <= end)
                };
                let age = |row: usize| match at(self.offered, row).or_else(|| at(self.arrived, row)) {
                    _ if !still_open(row) => ABSENT,
                    Some(offered) => milliseconds(until.saturating_sub(offered)),
                    None => UNKNOWN,
                };
                (0..self.rows).map(age).collect()
            }
        })
    }

    fn clock(&self, row: usize, start: Start, stop: Stop, hours: Option<&mut Hours>, less_ring: bool) -> i64 {
        let offered = at(self.offered, row);
        let began = match start {
            Start::Arrival => at(self.arrived, row).or(offered),
            Start::Offer => offered,
            Start::Answer => at(self.answered, row),
        };
        let stopped = match stop {
            Stop::Exit => self.exit(row),
            Stop::Answer => at(self.answered, row),
            Stop::End => at(self.ended, row),
        };
        let time = match (began, stopped, hours) {
            (Some(began), Some(stopped), None) => milliseconds(stopped.saturating_sub(began)),
            (Some(began), Some(stopped), Some(hours)) => hours.between(began, stopped).map_or(UNKNOWN, milliseconds),
            // Not when, but how long.
            (None, _, None) if start == Start::Offer && stop == Stop::Exit => self.own_wait(row).unwrap_or(UNKNOWN),
            _ => UNKNOWN,
        };
        match at(self.ring, row) {
            Some(ring) if less_ring && 0 <= time => time.saturating_sub(ring).max(UNKNOWN),
            _ => time,
        }
    }

    /// The sum of parts. Where nothing is said of ringing, as of messages, nothing rang.
    fn parts(&self, parts: Parts) -> Result<Vec<i64>, TallyError> {
        let named = [
            ("wait", parts.wait, true),
            ("ring", parts.ring, !parts.wait),
            ("talk", parts.talk, true),
            ("hold", parts.hold, true),
            ("wrap", parts.wrap, true),
        ];
        let mut sums = vec![0i64; self.rows];
        for (column, _, required) in named.into_iter().filter(|(_, is_part, _)| *is_part) {
            let column = self.columns.durations(column)?;
            for (row, sum) in sums.iter_mut().enumerate() {
                let part = at(column, row).or((!required).then_some(0));
                *sum = match part.filter(|part| 0 <= *sum && (0..LONGEST).contains(part)) {
                    Some(part) => *sum + part,
                    None => UNKNOWN,
                };
            }
        }
        Ok(sums)
    }

    /// How long after its end the customer came back. Of a contact without customer nobody knows.
    fn returns(&self, column: &'static str) -> Result<Vec<i64>, TallyError> {
        let (after, customer) = (self.columns.durations(column)?, self.columns.any("customer"));
        let known = |row: usize| customer.is_some_and(|customer| customer.is_valid(row));
        let time = |row: usize| match at(after, row) {
            Some(after) if (0..LONGEST).contains(&after) => after,
            Some(_) => UNKNOWN,
            None if after.is_some() && known(row) => NEVER,
            None => UNKNOWN,
        };
        Ok((0..self.rows).map(time).collect())
    }
}

/// Microseconds as whole milliseconds; a time below 0, or longer than any, is not known.
fn milliseconds(microseconds: i64) -> i64 {
    let milliseconds = microseconds.div_euclid(1000);
    if (0..LONGEST).contains(&milliseconds) { milliseconds } else { UNKNOWN }
}
