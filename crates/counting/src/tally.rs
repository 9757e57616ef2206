//! The kernel: batches in, whole numbers added up.

use std::borrow::Cow;
use std::collections::BTreeMap;

use arrow_array::{Array, RecordBatch};
use jiff::civil::{Date, date};
use longshore_contacts::{Outcome, Table};
use longshore_contract::{Class, Count, Counts, CountsError, Criterion, Grain, Key, Proration, Scope};
use longshore_units::{Milliseconds, Month};

use crate::columns::{Columns, Groups};
use crate::error::LONGEST_SPAN;
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

/// The most cells of a charge: half a gigabyte, or ten years of a thousand sites.
const MOST_CELLS: usize = 1 << 24;

/// What one charge has met so far.
#[derive(Clone, Debug)]
struct JobTally {
    groups: Groups,
    /// By slot and group: slot s's groups begin at s · stride. Rows come nearly in the order of time, so the cells that
    /// are in use lie side by side.
    cells: Vec<Cell>,
    /// How many groups each slot has room for.
    stride: usize,
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

impl Cell {
    #[inline]
    fn add(&mut self, quantity: i64) {
        self.rows += 1;
        self.quantity += i128::from(quantity);
    }
}

/// What is known of the rows of a batch before any charge looks at them.
struct Placed {
    /// Which rows are the contract's business.
    kept: Vec<bool>,
    /// Where each kept row lies. Empty for tables that are placed by spans.
    slots: Vec<Slot>,
}

impl<'p> Tally<'p> {
    /// The most sites or programs that are counted apart.
    pub const MOST_GROUPS: usize = 1 << 16;

    /// Nothing yet.
    pub fn new(program: &'p Program) -> Tally<'p> {
        let job = JobTally {
            groups: Groups::default(),
            cells: Vec::new(),
            stride: 0,
            spectra: Vec::new(),
            counts: Counts::default(),
        };
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
            tally.make_room(job, table, self.timeline.slots())?;
            match &job.quantity {
                Quantity::Row => {
                    scratch.select();
                    tally.add_each(job, &placed.slots, &scratch, |_| 1);
                }
                Quantity::Time { of, first, then, divider } => {
                    let parts = of.iter().map(|part| Ok((part.word(), columns.durations(part.word())?)));
                    let parts: Vec<_> = parts.collect::<Result<_, CountError>>()?;
                    let sums = scratch.sums(&columns, &parts, &mut self.left_out.unknown_quantity)?;
                    let billed = |row: usize| *first + divider.up((sums[row] as u64).saturating_sub(*first)) * *then;
                    tally.add_each(job, &placed.slots, &scratch, |row| billed(row) as i64);
                }
                Quantity::Hours(column) => {
                    let parts = [(*column, columns.durations(column)?)];
                    let sums = scratch.sums(&columns, &parts, &mut self.left_out.unknown_quantity)?;
                    tally.add_each(job, &placed.slots, &scratch, |row| sums[row]);
                }
                Quantity::AgentTime => {
                    self.left_out.outside_term += tally.add_spans(job, &columns, &scratch, &mut self.timeline)?;
                }
                Quantity::AgentDays(prorate) => {
                    self.left_out.outside_term += tally.add_days(job, *prorate, &columns, &scratch, program)?;
                }
            }
        }
        Ok(())
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
                    version: job.version,
                    counter: job.counter,
                    group: group.to_owned(),
                    period: place.month,
                    day: Some(place.date),
                    class,
                })
            };
            for (slot, cells) in tally.cells.chunks(tally.stride.max(1)).enumerate() {
                let met =
                    tally.groups.names().iter().zip(cells).filter(|(_, cell)| 0 < cell.rows || cell.quantity != 0);
                for (group, cell) in met {
                    let key = key(group, slot as Slot).expect("rows outside are left out before");
                    counts.add(key, &Count::Linear { rows: cell.rows, quantity: cell.quantity })?;
                }
            }
            for (group, spectrum) in tally.groups.names().iter().zip(&tally.spectra) {
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
        self.left_out.other_provider += providers.keep_counted(|name| name == program.provider, &mut kept);
        if !program.programs.is_empty() {
            let covered = |name: &str| program.programs.iter().any(|program| program == name);
            self.left_out.other_program += columns.names("program")?.keep_counted(covered, &mut kept);
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
            _ => return Ok(Placed { kept, slots: Vec::new() }),
        };
        let (values, nulls) = (instants.values(), instants.nulls());
        // Batches mostly lie in one stretch of one day: then no row needs a look of its own.
        if nulls.is_none()
            && let Some(slot) = self.timeline.slot_of_all(values)
        {
            return Ok(Placed { slots: vec![slot; kept.len()], kept });
        }
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
        Criterion::Approved(_) => unreachable!("no contract can be read that selects by it"),
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

/// The surcharges that apply where these calendars hold.
fn class(job: &Job, calendars: u32) -> Class {
    let bit = |(position, calendar): (usize, &u32)| (calendars >> calendar & 1) << position;
    let held = Class(job.calendars.iter().enumerate().map(bit).sum());
    Class(job.overlap.applying(&job.surcharges, held).into_iter().map(|position| 1 << position).sum())
}

/// What a charge finds out about a batch, row by row.
#[derive(Default)]
struct Scratch {
    kept: Vec<bool>,
    /// The rows that are kept, once it is known which: going through them costs no guesses.
    rows: Vec<u32>,
    groups: Vec<u32>,
}

impl Scratch {
    /// Lists the rows that are kept.
    fn select(&mut self) {
        self.rows.resize(self.kept.len(), 0);
        let mut selected = 0;
        for (row, kept) in self.kept.iter().enumerate() {
            self.rows[selected] = row as u32;
            selected += usize::from(*kept);
        }
        self.rows.truncate(selected);
    }

    /// The sums of columns of milliseconds, right for the rows that are kept, and those rows listed.
    ///
    /// A row of which all are unknown has no such time and is dropped: nobody talked on an abandoned call. One of which
    /// some are unknown, or all though it was answered, is dropped and added to `unknown`.
    fn sums<'b>(
        &mut self,
        columns: &Columns<'_>,
        parts: &Durations<'b>,
        unknown: &mut u64,
    ) -> Result<Cow<'b, [i64]>, CountError> {
        let plain = parts.iter().all(|(_, part)| {
            // No value is negative or as large as 2⁵⁵, so no sum of them wraps.
            let bits = part.values().iter().fold(0, |bits, value| bits | value);
            part.null_count() == 0 && 0 <= bits && (bits as u64) < LONGEST
        });
        if !plain {
            let sums = self.careful_sums(columns, parts, unknown)?;
            self.select();
            return Ok(Cow::Owned(sums));
        }
        self.select();
        let (first, others) = parts.split_first().expect("a sound contract names a part");
        let mut sums: Cow<'b, [i64]> = Cow::Borrowed(first.1.values());
        for (_, part) in others {
            sums.to_mut().iter_mut().zip(part.values()).for_each(|(sum, value)| *sum += *value);
        }
        Ok(sums)
    }

    fn careful_sums(
        &mut self,
        columns: &Columns<'_>,
        parts: &Durations<'_>,
        unknown: &mut u64,
    ) -> Result<Vec<i64>, CountError> {
        let mut sums = vec![0; self.kept.len()];
        let mut answered = self.kept.clone();
        match columns.table {
            Table::Contacts | Table::Legs => {
                columns.names("outcome")?.keep(|outcome| outcome == Outcome::Answered.as_str(), &mut answered);
            }
            _ => {} // An interval's hours are unknown or not, whatever came of it.
        }
        for (row, (sum, kept)) in sums.iter_mut().zip(&mut self.kept).enumerate().filter(|(_, (_, kept))| **kept) {
            let known = parts.iter().filter(|(_, part)| part.is_valid(row)).count();
            if known < parts.len() {
                *unknown += u64::from(0 < known || answered[row]);
                *kept = false;
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
                *sum += value;
            }
        }
        Ok(sums)
    }
}

/// Columns of milliseconds, with their names.
type Durations<'b> = [(&'static str, &'b arrow_array::PrimitiveArray<arrow_array::types::Int64Type>)];

impl JobTally {
    /// Finds the group of each row.
    fn group(&mut self, job: &Job, columns: &Columns<'_>, groups: &mut Vec<u32>) -> Result<(), CountError> {
        match group_column(job.scope) {
            Some(column) => columns.names(column)?.groups(&mut self.groups, groups),
            None => {
                groups.clear();
                self.groups.number("");
            }
        }
        if job.spectrum {
            self.spectra.resize_with(self.groups.names().len(), BTreeMap::new);
        }
        Ok(())
    }

    /// Makes room for so many slots, and for every group.
    fn make_room(&mut self, job: &Job, table: Table, slots: usize) -> Result<(), CountError> {
        let groups = self.groups.names().len();
        let too_many = || {
            let column = group_column(job.scope).unwrap_or("provider");
            CountError::TooManyGroups { table: table.name(), column }
        };
        if groups > Tally::MOST_GROUPS {
            return Err(too_many());
        }
        if job.spectrum {
            return Ok(()); // It has maps of its own.
        }
        if self.stride < groups {
            let stride = groups + groups / 2;
            if slots.saturating_mul(stride) > MOST_CELLS {
                return Err(too_many());
            }
            let mut cells = vec![Cell::default(); slots * stride];
            for (old, new) in self.cells.chunks(self.stride.max(1)).zip(cells.chunks_mut(stride)) {
                new[..old.len()].copy_from_slice(old);
            }
            (self.cells, self.stride) = (cells, stride);
        }
        if self.cells.len() < slots * self.stride {
            if slots * self.stride > MOST_CELLS {
                return Err(too_many());
            }
            self.cells.resize(slots * self.stride, Cell::default());
        }
        Ok(())
    }

    /// Adds a quantity for each row that is kept.
    #[inline]
    fn add_each(&mut self, job: &Job, slots: &[Slot], scratch: &Scratch, quantity: impl Fn(usize) -> i64) {
        let rows = scratch.rows.iter().map(|row| *row as usize);
        if job.spectrum {
            for row in rows {
                *self.spectra[group_of(scratch, row)].entry((slots[row], quantity(row))).or_insert(0) += 1;
            }
        } else if scratch.groups.is_empty() {
            rows.for_each(|row| self.cells[slots[row] as usize * self.stride].add(quantity(row)));
        } else {
            let groups = scratch.groups.as_slice();
            rows.for_each(|row| {
                self.cells[slots[row] as usize * self.stride + groups[row] as usize].add(quantity(row));
            });
        }
    }

    /// Adds spans of time, cut at the edges of days and calendars: a row counts where it begins, its time where it is
    /// spent. Returns how many rows lie outside altogether.
    fn add_spans(
        &mut self,
        job: &Job,
        columns: &Columns<'_>,
        scratch: &Scratch,
        timeline: &mut Timeline,
    ) -> Result<u64, CountError> {
        let (from, until) = (columns.instants("from")?, columns.instants("until")?);
        let mut outside = 0;
        for row in (0..columns.rows()).filter(|row| scratch.kept[*row]) {
            if from.is_null(row) || until.is_null(row) {
                return Err(columns.error(if from.is_null(row) { "from" } else { "until" }));
            }
            let (from, until) = (from.value(row), until.value(row));
            if until < from {
                return Err(CountError::Negative { table: columns.table.name(), column: "until", row });
            }
            if LONGEST_SPAN < until.saturating_sub(from) {
                return Err(CountError::TooLong { table: columns.table.name(), row });
            }
            let group = group_of(scratch, row);
            let begins = timeline.slot(from);
            let mut met = begins != OUTSIDE;
            self.make_room(job, columns.table, timeline.slots())?;
            if met {
                self.cells[begins as usize * self.stride + group].rows += 1;
            }
            let mut at = from;
            while at < until {
                let (slot, end) = timeline.stretch(at);
                let end = end.min(until);
                if slot != OUTSIDE {
                    self.make_room(job, columns.table, timeline.slots())?;
                    self.cells[slot as usize * self.stride + group].quantity += i128::from(end - at);
                    met = true;
                }
                at = end;
            }
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
        let last_counted = program.window.register_last.expect("a program that counts agents has a last day");
        let mut outside = 0;
        for row in (0..columns.rows()).filter(|row| scratch.kept[*row]) {
            let no_day = |column| CountError::Day { table: columns.table.name(), column, row };
            let hired = hired.is_valid(row).then(|| day(hired.value(row))).flatten().ok_or_else(|| no_day("hired"))?;
            let left = left.is_valid(row).then(|| day(left.value(row)).ok_or_else(|| no_day("left"))).transpose()?;
            let first = hired.max(program.window.first);
            let last = left.map_or(last_counted, |left| left.min(last_counted));
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
                let group = self.groups.names()[group_of(scratch, row)].clone();
                let (version, counter) = (job.version, job.counter);
                let key = Key { version, counter, group, period: month, day: Some(from), class: Class(0) };
                self.counts.add(key, &Count::Linear { rows: 1, quantity })?;
            }
        }
        Ok(outside)
    }
}

/// The column of the names that are counted apart.
fn group_column(scope: Scope) -> Option<&'static str> {
    match scope {
        Scope::Program => Some("program"),
        Scope::Site => Some("site"),
        Scope::Contract => None,
    }
}

/// The group's number of a row; all rows are of the first where groups are not told apart.
fn group_of(scratch: &Scratch, row: usize) -> usize {
    scratch.groups.get(row).map_or(0, |group| *group as usize)
}

/// A day of the records. `None` outside the years that calendars can show.
fn day(days_since_1970: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days_since_1970).ok()?).ok()
}
