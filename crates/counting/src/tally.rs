//! The kernel: batches in, whole numbers added up.

use std::collections::BTreeMap;

use arrow_array::{Array, RecordBatch};
use jiff::civil::{Date, date};
use longshore_contacts::Table;
use longshore_contract::{Class, Count, Counts, CountsError, Criterion, Grain, Key, Proration, Scope};
use longshore_units::{Milliseconds, Month};

use crate::columns::Columns;
use crate::program::{Job, LONGEST, Program, Quantity, column_of, leg_instant, table_of};
use crate::timeline::{OUTSIDE, Slot, Timeline};
use crate::{CountError, LeftOut};

/// What one thread has counted so far.
#[derive(Clone, Debug)]
pub struct Tally<'p> {
    program: &'p Program,
    timeline: Timeline,
    jobs: Vec<JobTally>,
    left_out: LeftOut,
}

/// What one charge has met so far.
#[derive(Clone, Debug)]
struct JobTally {
    /// The names of the groups, by number.
    groups: Vec<String>,
    /// By group and slot.
    cells: Vec<Vec<Cell>>,
    /// By group: how many rows had each quantity, at each slot.
    spectra: Vec<BTreeMap<(Slot, i64), u64>>,
    /// What is counted without slots: days on the register.
    counts: Counts,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    rows: u64,
    /// A row adds less than 2⁵⁹, so no number of rows that fits a machine reaches the end of it.
    quantity: i128,
}

/// What is known of the rows of a batch before any charge looks at them.
struct Placed {
    /// Which rows are the contract's business.
    kept: Vec<bool>,
    /// Where each kept row lies. Empty for tables that are placed by spans.
    slots: Vec<Slot>,
}

impl<'p> Tally<'p> {
    /// Nothing yet.
    pub fn new(program: &'p Program) -> Tally<'p> {
        let job = JobTally { groups: Vec::new(), cells: Vec::new(), spectra: Vec::new(), counts: Counts::default() };
        Tally {
            program,
            timeline: program.timeline.clone(),
            jobs: vec![job; program.jobs.len()],
            left_out: LeftOut::default(),
        }
    }

    /// Counts a batch of a table, in its canonical types (`longshore_contacts::conform`). Columns that
    /// [`Program::columns`] does not name may be missing.
    ///
    /// After an error the tally is not to be used any more: parts of the batch may be in it.
    pub fn count(&mut self, table: Table, batch: &RecordBatch) -> Result<(), CountError> {
        let program = self.program;
        let Some(grain) = program.jobs.iter().map(|job| job.grain).find(|grain| table_of(*grain) == table) else {
            return Ok(());
        };
        let columns = Columns::of(table, batch);
        let placed = self.place(grain, &columns)?;
        let mut scratch = Scratch::default();
        for (position, job) in program.jobs.iter().enumerate().filter(|(_, job)| job.grain == grain) {
            scratch.kept.clone_from(&placed.kept);
            for criterion in &job.criteria {
                select(criterion, grain, &columns, &mut scratch.kept)?;
            }
            let tally = &mut self.jobs[position];
            tally.group(job, &columns, &mut scratch.groups)?;
            match &job.quantity {
                Quantity::Row => tally.add_rows(job, &placed.slots, &scratch),
                Quantity::Time { of, first, then, divider } => {
                    let parts = of.iter().map(|part| Ok((part.word(), columns.durations(part.word())?)));
                    let parts: Vec<_> = parts.collect::<Result<_, CountError>>()?;
                    self.left_out.unknown_quantity += scratch.sum(&columns, &parts)?;
                    for time in &mut scratch.quantities {
                        *time = (*first + divider.up((*time as u64).saturating_sub(*first)) * *then) as i64;
                    }
                    tally.add_quantities(job, &placed.slots, &scratch);
                }
                Quantity::Hours(column) => {
                    let parts = [(*column, columns.durations(column)?)];
                    self.left_out.unknown_quantity += scratch.sum(&columns, &parts)?;
                    tally.add_quantities(job, &placed.slots, &scratch);
                }
                Quantity::AgentTime => {
                    self.left_out.outside_term += tally.add_spans(&columns, &scratch, &mut self.timeline)?;
                }
                Quantity::AgentDays(prorate) => {
                    self.left_out.outside_term += tally.add_days(job, *prorate, &columns, &scratch, program)?;
                }
            }
        }
        Ok(())
    }

    /// Adds what another thread counted under the same program.
    pub fn merge(self, other: Tally<'_>) -> Result<(Counts, LeftOut), CountError> {
        let ((mut counts, mut left_out), (more, more_left_out)) = (self.finish()?, other.finish()?);
        counts.merge(&more)?;
        left_out.merge(&more_left_out);
        Ok((counts, left_out))
    }

    /// What was counted, and what was left out.
    pub fn finish(self) -> Result<(Counts, LeftOut), CountError> {
        let mut counts = Counts::default();
        for (job, tally) in self.program.jobs.iter().zip(self.jobs) {
            counts.merge(&tally.counts)?;
            let key = |group: &str, slot: Slot| -> Option<Key> {
                let place = self.timeline.place(slot)?;
                let class = class(job, place.calendars);
                Some(Key {
                    charge: job.charge,
                    group: group.to_owned(),
                    period: place.month,
                    day: Some(place.date),
                    class,
                })
            };
            for (group, cells) in tally.groups.iter().zip(&tally.cells) {
                for (slot, cell) in cells.iter().enumerate().filter(|(_, cell)| 0 < cell.rows || cell.quantity != 0) {
                    let key = key(group, slot as Slot).expect("rows outside are left out before");
                    counts.add(key, &Count::Linear { rows: cell.rows, quantity: cell.quantity })?;
                }
            }
            for (group, spectrum) in tally.groups.iter().zip(&tally.spectra) {
                let mut slots: BTreeMap<Slot, BTreeMap<i128, u64>> = BTreeMap::new();
                for ((slot, quantity), rows) in spectrum {
                    slots.entry(*slot).or_default().insert(i128::from(*quantity), *rows);
                }
                for (slot, spectrum) in slots {
                    let key = key(group, slot).expect("rows outside are left out before");
                    counts.add(key, &Count::Spectrum(spectrum))?;
                }
            }
        }
        Ok((counts, self.left_out))
    }

    /// Which rows are the contract's business, and where they lie.
    fn place(&mut self, grain: Grain, columns: &Columns<'_>) -> Result<Placed, CountError> {
        let program = self.program;
        let mut kept = vec![true; columns.rows()];
        let providers = columns.names("provider")?;
        self.left_out.without_provider += providers.drop_unknown(&mut kept);
        self.left_out.other_provider += providers.keep(|name| name == program.provider, &mut kept);
        if !program.programs.is_empty() {
            let covered = |name: &str| program.programs.iter().any(|program| program == name);
            self.left_out.other_program += columns.names("program")?.keep(covered, &mut kept);
        }
        if grain == Grain::Contact && columns.has("superseded_at") {
            let superseded = columns.instants("superseded_at")?;
            if superseded.null_count() < superseded.len() {
                for (row, kept) in kept.iter_mut().enumerate() {
                    self.left_out.superseded += u64::from(*kept && superseded.is_valid(row));
                    *kept &= superseded.is_null(row);
                }
            }
        }
        let instants = match grain {
            Grain::Contact => columns.instants(program.counted_at.column())?,
            Grain::Leg => columns.instants(leg_instant(program.counted_at))?,
            Grain::Schedule => columns.instants("from")?,
            Grain::AgentTime | Grain::Agent => return Ok(Placed { kept, slots: Vec::new() }),
        };
        let (values, nulls) = (instants.values(), instants.nulls());
        let mut slots = vec![OUTSIDE; kept.len()];
        for (row, kept) in kept.iter_mut().enumerate().filter(|(_, kept)| **kept) {
            if nulls.is_some_and(|nulls| nulls.is_null(row)) {
                self.left_out.without_instant += 1;
                *kept = false;
                continue;
            }
            let slot = self.timeline.slot(values[row]);
            slots[row] = slot;
            if slot == OUTSIDE {
                self.left_out.outside_term += 1;
                *kept = false;
            }
        }
        let all = self.timeline.slots();
        for (job, tally) in program.jobs.iter().zip(&mut self.jobs) {
            if job.grain == grain && !job.spectrum {
                tally.cells.iter_mut().for_each(|cells| cells.resize(all, Cell::default()));
            }
        }
        Ok(Placed { kept, slots })
    }
}

/// Drops the rows that do not meet a criterion.
fn select(criterion: &Criterion, grain: Grain, columns: &Columns<'_>, kept: &mut [bool]) -> Result<(), CountError> {
    match criterion {
        Criterion::OneOf(field, words) => {
            let names = columns.names(column_of(*field, grain))?;
            if column_of(*field, grain) == "languages" {
                // An agent speaks several, with a space between.
                names.keep(|spoken| spoken.split_whitespace().any(|one| words.iter().any(|word| word == one)), kept);
            } else {
                names.keep(|name| words.iter().any(|word| word == name), kept);
            }
        }
        Criterion::TalkLongerThan(Milliseconds(least)) => {
            let talk = columns.durations("talk")?;
            let (values, nulls) = (talk.values(), talk.nulls());
            for (row, kept) in kept.iter_mut().enumerate() {
                let known = nulls.is_none_or(|nulls| nulls.is_valid(row));
                *kept &= known && i128::from(*least) < i128::from(values[row]);
            }
        }
    }
    Ok(())
}

/// The surcharges whose calendars hold.
fn class(job: &Job, calendars: u32) -> Class {
    let bit = |(position, calendar): (usize, &u32)| (calendars >> calendar & 1) << position;
    Class(job.surcharges.iter().enumerate().map(bit).sum())
}

/// What a charge finds out about a batch, row by row.
#[derive(Default)]
struct Scratch {
    kept: Vec<bool>,
    groups: Vec<u32>,
    quantities: Vec<i64>,
}

impl Scratch {
    /// Sums columns of milliseconds into `quantities`, for the rows that are kept.
    ///
    /// A row of which all are unknown has no such time and is dropped: nobody talked on an abandoned call. One of which
    /// some are unknown is dropped and counted in the result.
    fn sum(&mut self, columns: &Columns<'_>, parts: &Durations<'_>) -> Result<u64, CountError> {
        self.quantities.clear();
        self.quantities.resize(self.kept.len(), 0);
        let all_known = parts.iter().all(|(_, part)| part.null_count() == 0);
        if all_known {
            let mut bits = 0i64;
            for (_, part) in parts {
                for (sum, value) in self.quantities.iter_mut().zip(part.values().iter()) {
                    *sum = sum.wrapping_add(*value);
                    bits |= *value;
                }
            }
            // No value is negative or as large as 2⁵⁵, so no sum wrapped.
            if 0 <= bits && (bits as u64) < LONGEST {
                return Ok(0);
            }
        }
        let mut unknown = 0;
        for row in 0..self.kept.len() {
            self.quantities[row] = 0;
            if !self.kept[row] {
                continue;
            }
            let known = parts.iter().filter(|(_, part)| part.is_valid(row)).count();
            if known < parts.len() {
                unknown += u64::from(0 < known);
                self.kept[row] = false;
                continue;
            }
            for (column, part) in parts {
                let value = part.value(row);
                if value < 0 {
                    return Err(CountError::Negative { table: columns.table.name(), column, row });
                }
                if LONGEST <= value as u64 {
                    return Err(CountsError::Overflow.into());
                }
                self.quantities[row] += value;
            }
        }
        Ok(unknown)
    }
}

/// Columns of milliseconds, with their names.
type Durations<'b> = [(&'static str, &'b arrow_array::PrimitiveArray<arrow_array::types::Int64Type>)];

impl JobTally {
    /// Finds the group of each row.
    fn group(&mut self, job: &Job, columns: &Columns<'_>, groups: &mut Vec<u32>) -> Result<(), CountError> {
        match job.scope {
            Scope::Program => columns.names("program")?.groups(&mut self.groups, groups),
            Scope::Site => columns.names("site")?.groups(&mut self.groups, groups),
            Scope::Contract => {
                groups.clear();
                if self.groups.is_empty() {
                    self.groups.push(String::new());
                }
            }
        }
        let slots = self.cells.first().map_or(0, Vec::len);
        self.cells.resize_with(self.groups.len(), || vec![Cell::default(); slots]);
        if job.spectrum {
            self.spectra.resize_with(self.groups.len(), BTreeMap::new);
        }
        Ok(())
    }

    fn add_rows(&mut self, job: &Job, slots: &[Slot], scratch: &Scratch) {
        for (row, slot) in slots.iter().enumerate().filter(|(row, _)| scratch.kept[*row]) {
            self.add(job, group_of(scratch, row), *slot, 1);
        }
    }

    fn add_quantities(&mut self, job: &Job, slots: &[Slot], scratch: &Scratch) {
        if !job.spectrum && scratch.groups.is_empty() {
            let last = slots.iter().max().copied().unwrap_or(OUTSIDE);
            let cells = &mut self.cells[0];
            if cells.len() <= last as usize {
                cells.resize(last as usize + 1, Cell::default());
            }
            for ((slot, kept), quantity) in slots.iter().zip(&scratch.kept).zip(&scratch.quantities) {
                let cell = &mut cells[*slot as usize];
                cell.rows += u64::from(*kept);
                cell.quantity += i128::from(if *kept { *quantity } else { 0 });
            }
            return;
        }
        for (row, slot) in slots.iter().enumerate().filter(|(row, _)| scratch.kept[*row]) {
            self.add(job, group_of(scratch, row), *slot, scratch.quantities[row]);
        }
    }

    #[inline]
    fn add(&mut self, job: &Job, group: usize, slot: Slot, quantity: i64) {
        if job.spectrum {
            *self.spectra[group].entry((slot, quantity)).or_insert(0) += 1;
        } else {
            let cells = &mut self.cells[group];
            if cells.len() <= slot as usize {
                cells.resize(slot as usize + 1, Cell::default());
            }
            let cell = &mut cells[slot as usize];
            cell.rows += 1;
            cell.quantity += i128::from(quantity);
        }
    }

    /// Adds spans of time, cut at the edges of days and calendars: a row counts where it begins, its time where it is
    /// spent. Returns how many rows lie outside altogether.
    fn add_spans(
        &mut self,
        columns: &Columns<'_>,
        scratch: &Scratch,
        timeline: &mut Timeline,
    ) -> Result<u64, CountError> {
        let (from, until) = (columns.instants("from")?, columns.instants("until")?);
        let mut outside = 0;
        for row in (0..columns.rows()).filter(|row| scratch.kept[*row]) {
            if from.is_null(row) || until.is_null(row) {
                return Err(columns.error("until"));
            }
            let (from, until) = (from.value(row), until.value(row));
            if until < from {
                return Err(CountError::Negative { table: columns.table.name(), column: "until", row });
            }
            let begins = timeline.slot(from);
            let cells = &mut self.cells[group_of(scratch, row)];
            let mut met = begins != OUTSIDE;
            if met {
                cell(cells, begins).rows += 1;
            }
            timeline.parts(from, until, |slot, length| {
                if slot != OUTSIDE {
                    cell(cells, slot).quantity += i128::from(length);
                    met = true;
                }
            });
            outside += u64::from(!met);
        }
        Ok(outside)
    }

    /// Adds days on the register, month by month. Returns how many rows lie outside altogether.
    fn add_days(
        &mut self,
        job: &Job,
        prorate: Proration,
        columns: &Columns<'_>,
        scratch: &Scratch,
        program: &Program,
    ) -> Result<u64, CountError> {
        let (hired, left) = (columns.days("hired")?, columns.days("left")?);
        let last_counted = program.window.last.expect("a program that counts agents has a last day");
        let mut outside = 0;
        for row in (0..columns.rows()).filter(|row| scratch.kept[*row]) {
            let hired = hired.is_valid(row).then(|| day(hired.value(row)));
            let left = left.is_valid(row).then(|| day(left.value(row)));
            let first = hired.flatten().map_or(program.window.first, |hired| hired.max(program.window.first));
            let last = left.flatten().map_or(last_counted, |left| left.min(last_counted));
            if last < first {
                outside += 1;
                continue;
            }
            for month in Month::through(Month::of(first), Month::of(last)) {
                let (from, until) = (first.max(month.first()), last.min(month.last()));
                let quantity = match prorate {
                    Proration::Day => i128::from((until - from).get_days()) + 1,
                    Proration::None => month.days(),
                };
                let group = self.groups[group_of(scratch, row)].clone();
                let key = Key { charge: job.charge, group, period: month, day: Some(from), class: Class(0) };
                self.counts.add(key, &Count::Linear { rows: 1, quantity })?;
            }
        }
        Ok(outside)
    }
}

fn cell(cells: &mut Vec<Cell>, slot: Slot) -> &mut Cell {
    if cells.len() <= slot as usize {
        cells.resize(slot as usize + 1, Cell::default());
    }
    &mut cells[slot as usize]
}

/// The group's number of a row; all rows are of the first where groups are not told apart.
fn group_of(scratch: &Scratch, row: usize) -> usize {
    scratch.groups.get(row).map_or(0, |group| *group as usize)
}

/// A day of the records. `None` outside the years that calendars can show.
fn day(days_since_1970: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days_since_1970).ok()?).ok()
}
