//! Counts: what a contract's charges met in the records. They merge by addition.

use std::collections::BTreeMap;

use jiff::civil::Date;
use longshore_units::Month;

use crate::CounterOf;

/// Which surcharges apply to a row: bit n is set where the charge's n-th surcharge does. Where the highest alone
/// applies, no other bit is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(pub u32);

impl Class {
    /// The most surcharges a charge can have.
    pub const MOST: usize = 16;

    /// Whether the surcharge at that position applies.
    pub fn has(self, surcharge: usize) -> bool {
        self.0 >> surcharge & 1 == 1
    }
}

/// What is counted apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which version of the contract was in force: its position among those in force.
    pub version: u16,
    /// What is counted, of that version.
    pub counter: CounterOf,
    /// What shares the charge's bands: a program, a site, or nothing for the whole contract.
    pub group: String,
    /// The month the row is billed in.
    pub period: Month,
    /// The day it falls on, in the contract's zone. `None` where the counts came without days.
    pub day: Option<Date>,
    /// Which surcharges apply.
    pub class: Class,
}

/// How many rows, and how much of what the charge counts (see `Measure::counted_in`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// Their number and sum: enough wherever money is proportional to the sum.
    Linear {
        /// How many rows.
        rows: u64,
        /// Their sum.
        quantity: i128,
    },
    /// How many rows had each quantity: for money that is rounded row by row.
    Spectrum(BTreeMap<i128, u64>),
}

/// More than a count can hold, or two kinds of count under one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountsError {
    /// More rows or more quantity than a count can hold.
    #[error("a count is larger than any that can be held")]
    Overflow,
    /// One side counts sums, the other a spectrum: they come from different contracts.
    #[error("counts of two different contracts cannot be merged")]
    Mixed,
}

impl Count {
    /// How many rows. `None` if too many to hold.
    pub fn rows(&self) -> Option<u64> {
        match self {
            Count::Linear { rows, .. } => Some(*rows),
            Count::Spectrum(rows) => rows.values().try_fold(0u64, |sum, rows| sum.checked_add(*rows)),
        }
    }

    /// The sum of what they count. `None` if too large to hold.
    pub fn quantity(&self) -> Option<i128> {
        match self {
            Count::Linear { quantity, .. } => Some(*quantity),
            Count::Spectrum(rows) => rows
                .iter()
                .try_fold(0i128, |sum, (quantity, rows)| sum.checked_add(quantity.checked_mul(i128::from(*rows))?)),
        }
    }

    fn add(&mut self, other: &Count) -> Result<(), CountsError> {
        match (self, other) {
            (Count::Linear { rows, quantity }, Count::Linear { rows: more_rows, quantity: more }) => {
                *rows = rows.checked_add(*more_rows).ok_or(CountsError::Overflow)?;
                *quantity = quantity.checked_add(*more).ok_or(CountsError::Overflow)?;
            }
            (Count::Spectrum(spectrum), Count::Spectrum(other)) => {
                for (quantity, more) in other {
                    let rows = spectrum.entry(*quantity).or_insert(0);
                    *rows = rows.checked_add(*more).ok_or(CountsError::Overflow)?;
                }
            }
            _ => return Err(CountsError::Mixed),
        }
        Ok(())
    }
}

/// The counts of a contract: a commutative monoid under [`Counts::merge`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    counts: BTreeMap<Key, Count>,
}

impl Counts {
    /// Adds a count under a key.
    pub fn add(&mut self, key: Key, count: &Count) -> Result<(), CountsError> {
        match self.counts.entry(key) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(count.clone());
                Ok(())
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => entry.get_mut().add(count),
        }
    }

    /// Adds all counts of another part of the records.
    pub fn merge(&mut self, other: &Counts) -> Result<(), CountsError> {
        for (key, count) in &other.counts {
            self.add(key.clone(), count)?;
        }
        Ok(())
    }

    /// Keys and counts, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Count)> {
        self.counts.iter()
    }

    /// The months that have counts, in order.
    pub fn periods(&self) -> Vec<Month> {
        let mut periods: Vec<Month> = self.counts.keys().map(|key| key.period).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
}
