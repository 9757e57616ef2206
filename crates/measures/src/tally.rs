//! The kernel: batches in, whole numbers added up, merged in any order.

use std::sync::Arc;

use arrow_array::RecordBatch;
use longshore_contacts::Table;

use crate::fact::Fact;
use crate::groups::{Groups, Key};
use crate::hours::Hours;
use crate::plan::Plan;
use crate::results::Results;
use crate::spectrum::Spectrum;
use crate::{TallyError, planned, rows};

/// What has been added up so far.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(crate) plan: Arc<Plan>,
    pub(crate) groupings: Vec<Added>,
    /// For each spectrum of the plan, one a group.
    pub(crate) spectra: Vec<Vec<Spectrum>>,
    /// Stretches in which something did not work, within the days.
    pub(crate) outages: Vec<(i64, i64)>,
    /// How many rows of each table were looked at, in the order of [`Table::ALL`].
    pub(crate) seen: [u64; Table::ALL.len()],
    /// The tables that the records have, be it without rows: a bit each.
    pub(crate) present: u32,
    /// How many of them could not be placed: without any instant, or with a span that cannot be.
    pub(crate) unplaced: u64,
    /// The clocks of the plan's calendars. What they have found out is no part of the tally.
    pub(crate) hours: Vec<Hours>,
}

/// The sums of a grouping.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    pub groups: Groups,
    /// The slots of each group, one group after the other.
    pub slots: Vec<u64>,
    pub width: usize,
}

impl Added {
    /// Makes room for all groups.
    pub fn make_room(&mut self) -> Result<(), TallyError> {
        if Tally::MOST_GROUPS < self.groups.count() {
            return Err(TallyError::Groups);
        }
        self.slots.resize(self.groups.count() * self.width, 0);
        Ok(())
    }
}

impl Tally {
    /// The most groups: four million, a year of quarter hours in a hundred queues.
    pub const MOST_GROUPS: usize = 1 << 22;
    /// The most stretches in which something did not work.
    pub const MOST_OUTAGES: usize = 1 << 20;

    /// Nothing yet.
    pub fn new(plan: Arc<Plan>) -> Tally {
        let zone = &plan.program.zone;
        let groupings = plan.groupings.iter().zip(&plan.widths).map(|(grouping, width)| {
            let groups = Groups::new(&grouping.keys, zone);
            Added { slots: vec![0; groups.count() * width], groups, width: *width }
        });
        let groupings: Vec<Added> = groupings.collect();
        let spectra =
            plan.spectra.iter().map(|grouping| vec![Spectrum::default(); groupings[*grouping].groups.count()]);
        Tally {
            spectra: spectra.collect(),
            groupings,
            outages: Vec::new(),
            seen: [0; Table::ALL.len()],
            present: 0,
            unplaced: 0,
            hours: plan.calendars.iter().map(|calendar| Hours::new(calendar.clone(), zone.clone())).collect(),
            plan,
        }
    }

    /// Says that the records have a table, be it without rows: an empty list of outages says that there were none.
    pub fn has(&mut self, table: Table) {
        self.present |= 1 << table as u32;
    }

    /// Adds a batch of a table, in its canonical types (`longshore_contacts::conform`). Columns that [`Plan::columns`] does
    /// not name may be missing; of a table that the plan does not need nothing is looked at.
    ///
    /// # Errors
    /// After one the tally is not to be used any more: parts of the batch may be in it.
    pub fn add(&mut self, table: Table, batch: &RecordBatch) -> Result<(), TallyError> {
        if !self.plan.tables().contains(&table) {
            return Ok(());
        }
        self.has(table);
        self.seen[table as usize] += batch.num_rows() as u64;
        match table {
            Table::Contacts | Table::Legs => rows::add(self, table, batch),
            _ => planned::add(self, table, batch),
        }
    }

    /// Adds what another tally of the same plan has added up.
    ///
    /// # Errors
    /// If a sum does not fit, or the groups become too many. The plans must be equal: nothing else can be added.
    pub fn merge(&mut self, other: Tally) -> Result<(), TallyError> {
        if !Arc::ptr_eq(&self.plan, &other.plan) && self.plan.program != other.plan.program {
            return Err(TallyError::Bytes("it is of another program"));
        }
        let mut moved: Vec<Vec<u32>> = Vec::with_capacity(self.groupings.len());
        for (mine, others) in self.groupings.iter_mut().zip(&other.groupings) {
            let keys = (0..others.groups.count()).map(|group| others.groups.key(group));
            let to: Vec<u32> = keys.map(|key| mine.groups.of_key(&key)).collect();
            mine.make_room()?;
            for (slots, group) in others.slots.chunks_exact(others.width.max(1)).zip(&to) {
                let start = *group as usize * mine.width;
                for (mine, more) in mine.slots[start..start + mine.width].iter_mut().zip(slots) {
                    *mine = mine.checked_add(*more).ok_or(TallyError::Overflow)?;
                }
            }
            moved.push(to);
        }
        for ((mine, others), grouping) in self.spectra.iter_mut().zip(other.spectra).zip(&self.plan.spectra) {
            mine.resize(self.groupings[*grouping].groups.count(), Spectrum::default());
            for (spectrum, group) in others.into_iter().zip(&moved[*grouping]) {
                mine[*group as usize].append(spectrum);
            }
        }
        self.seen.iter_mut().zip(other.seen).for_each(|(mine, more)| *mine += more);
        self.present |= other.present;
        self.unplaced += other.unplaced;
        self.add_outages(other.outages)
    }

    pub(crate) fn add_outages(&mut self, outages: impl IntoIterator<Item = (i64, i64)>) -> Result<(), TallyError> {
        self.outages.extend(outages);
        if Tally::MOST_OUTAGES < self.outages.len() { Err(TallyError::Groups) } else { Ok(()) }
    }

    /// Makes room for all groups of a grouping.
    pub(crate) fn make_room(&mut self, grouping: usize) -> Result<(), TallyError> {
        self.groupings[grouping].make_room()?;
        let groups = self.groupings[grouping].groups.count();
        let spectra = self.spectra.iter_mut().zip(&self.plan.spectra).filter(|(_, of)| **of == grouping);
        spectra.for_each(|(spectra, _)| spectra.resize(groups, Spectrum::default()));
        Ok(())
    }

    /// What it comes to.
    pub fn finish(self) -> Results {
        Results::new(self)
    }
}

/// Adds to the slots of a fact, of each of some rows with a group.
pub(crate) struct Slots<'t> {
    slots: &'t mut [u64],
    width: usize,
    first: usize,
    overflown: bool,
}

impl<'t> Slots<'t> {
    pub fn of(added: &'t mut Added, first: usize) -> Slots<'t> {
        Slots { width: added.width, slots: &mut added.slots, first, overflown: false }
    }

    /// Adds one to a slot that counts rows.
    #[inline]
    pub fn count(&mut self, group: u32, slot: usize) {
        self.slots[group as usize * self.width + self.first + slot] += 1;
    }

    /// Adds an amount that is not below 0.
    #[inline]
    pub fn add(&mut self, group: u32, slot: usize, amount: i64) {
        let slot = &mut self.slots[group as usize * self.width + self.first + slot];
        let (sum, overflown) = slot.overflowing_add(amount as u64);
        *slot = sum;
        self.overflown |= overflown;
    }

    pub fn finish(self) -> Result<(), TallyError> {
        if self.overflown { Err(TallyError::Overflow) } else { Ok(()) }
    }
}

impl Plan {
    /// The facts of a table's rows, with their positions.
    pub(crate) fn facts_of(&self, table: Table) -> impl Iterator<Item = (usize, &Fact)> {
        let of_table = move |(_, fact): &(usize, &Fact)| self.groupings[fact.grouping].table == table;
        self.facts.iter().enumerate().filter(of_table)
    }
}

impl Key {
    /// Its name; none of times and of rows that do not say it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Key::Name(name) => name.as_deref(),
            Key::Time(_) => None,
        }
    }
}
