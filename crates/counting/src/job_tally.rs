//! What one charge has met so far.

use std::collections::BTreeMap;

use longshore_contacts::Table;
use longshore_contract::{Class, Count, Counts, CountsError, Key, Scope};

use crate::CountError;
use crate::columns::{Columns, Groups};
use crate::program::Job;
use crate::scratch::Scratch;
use crate::tally::MOST_GROUPS;
use crate::timeline::{Place, Slot, Timeline};

/// The most cells of a charge: half a gigabyte, or ten years of a thousand sites.
const MOST_CELLS: usize = 1 << 24;

/// What one charge has met so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct JobTally {
    pub groups: Groups,
    /// By slot and group: slot s's groups begin at s · stride. Rows come nearly in the order of time, so the cells that
    /// are in use lie side by side.
    cells: Vec<Cell>,
    /// How many groups each slot has room for.
    stride: usize,
    /// By group: how many rows had each quantity, at each slot.
    spectra: Vec<BTreeMap<(Slot, i128), u64>>,
    /// What is counted without slots: days on the register, refunds, the further parts of split contacts.
    pub counts: Counts,
}

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    rows: u64,
    /// A row adds less than 2⁶⁰, so no number of rows that fits a machine reaches the end of it; amounts, which may be
    /// larger, are added with a check.
    quantity: i128,
}

impl Cell {
    #[inline]
    fn add(&mut self, quantity: i64) {
        self.rows += 1;
        self.quantity += i128::from(quantity);
    }
}

impl JobTally {
    /// Finds the group of each row.
    pub fn group(&mut self, job: &Job, columns: &Columns<'_>, groups: &mut Vec<u32>) -> Result<(), CountError> {
        match group_column(job.scope, columns.table) {
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
    pub fn make_room(&mut self, job: &Job, table: Table, slots: usize) -> Result<(), CountError> {
        let groups = self.groups.names().len();
        let too_many = || {
            let column = group_column(job.scope, table).unwrap_or("provider");
            CountError::TooManyGroups { table: table.name(), column }
        };
        if groups > MOST_GROUPS {
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
    pub fn add_each(&mut self, job: &Job, slots: &[Slot], scratch: &Scratch, quantity: impl Fn(usize) -> i64) {
        let rows = scratch.rows.iter().map(|row| *row as usize);
        if job.spectrum {
            for row in rows {
                let quantity = i128::from(quantity(row));
                *self.spectra[scratch.group_of(row)].entry((slots[row], quantity)).or_insert(0) += 1;
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

    /// Adds a quantity of any size for some rows.
    pub fn add_amounts(
        &mut self,
        job: &Job,
        slots: &[Slot],
        scratch: &Scratch,
        amounts: &[(usize, i128)],
    ) -> Result<(), CountsError> {
        for (row, amount) in amounts {
            let (slot, group) = (slots[*row], scratch.group_of(*row));
            if job.spectrum {
                *self.spectra[group].entry((slot, *amount)).or_insert(0) += 1;
            } else {
                let cell = &mut self.cells[slot as usize * self.stride + group];
                cell.rows += 1;
                cell.quantity = cell.quantity.checked_add(*amount).ok_or(CountsError::Overflow)?;
            }
        }
        Ok(())
    }

    /// Adds one row that begins at a slot.
    pub fn add_row(&mut self, slot: Slot, group: usize) {
        self.cells[slot as usize * self.stride + group].rows += 1;
    }

    /// Adds a part of a row that lies at a slot, below 2⁶⁰.
    pub fn add_part(&mut self, slot: Slot, group: usize, quantity: i64) {
        self.cells[slot as usize * self.stride + group].quantity += i128::from(quantity);
    }

    /// Everything as counts.
    pub fn into_counts(self, job: &Job, timeline: &Timeline) -> Result<Counts, CountError> {
        let mut counts = self.counts;
        let key = |group: &str, slot: Slot| {
            let place = timeline.place(slot).expect("rows outside are left out before");
            job.key(group, place, job.class(place.calendars))
        };
        for (slot, cells) in self.cells.chunks(self.stride.max(1)).enumerate() {
            let met = self.groups.names().iter().zip(cells).filter(|(_, cell)| 0 < cell.rows || cell.quantity != 0);
            for (group, cell) in met {
                counts.add(key(group, slot as Slot), &Count::Linear { rows: cell.rows, quantity: cell.quantity })?;
            }
        }
        for (group, spectrum) in self.groups.names().iter().zip(self.spectra) {
            let mut slots: BTreeMap<Slot, BTreeMap<i128, u64>> = BTreeMap::new();
            for ((slot, quantity), rows) in spectrum {
                slots.entry(slot).or_default().insert(quantity, rows);
            }
            for (slot, spectrum) in slots {
                counts.add(key(group, slot), &Count::Spectrum(spectrum))?;
            }
        }
        Ok(counts)
    }
}

impl Job {
    /// The key of what lies at a place.
    pub fn key(&self, group: &str, place: Place, class: Class) -> Key {
        let (group, period, day) = (group.to_owned(), place.month, Some(place.date));
        Key { version: self.version, counter: self.counter, group, period, day, class }
    }

    /// The surcharges that apply where these calendars hold.
    pub fn class(&self, calendars: u32) -> Class {
        self.class_of_part(calendars, calendars)
    }

    /// The surcharges that apply to a part of a contact: the calendars where it begins, and those where the part lies.
    pub fn class_of_part(&self, begins: u32, lies: u32) -> Class {
        let bit = |(position, calendar): (usize, &u32)| {
            let split = self.surcharges[position].across == longshore_contract::Across::Split;
            ((if split { lies } else { begins }) >> calendar & 1) << position
        };
        let held = Class(self.calendars.iter().enumerate().map(bit).sum());
        Class(self.overlap.applying(&self.surcharges, held).into_iter().map(|position| 1 << position).sum())
    }
}

/// The column of the names that are counted apart. A table without it is one group: no row names any.
pub(crate) fn group_column(scope: Scope, table: Table) -> Option<&'static str> {
    let column = match scope {
        Scope::Program => Some("program"),
        Scope::Site => Some("site"),
        Scope::Contract => None,
    };
    column.filter(|column| table.position(column).is_some())
}
