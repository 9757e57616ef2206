//! What each charge used in a month, exactly, in its own unit: what prices are multiplied with.

use std::collections::BTreeMap;

use longshore_units::{Exact, Month, Quantity};

use crate::{ChargeKind, Class, Contract, Count, Counted, Counts, CountsError, Key, Measure};

/// What is used apart: the days of a month and group together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsageKey {
    /// The charge's position in the contract.
    pub charge: usize,
    /// The month it is billed in.
    pub period: Month,
    /// What shares the charge's bands: a program, a site, or nothing for the whole contract.
    pub group: String,
    /// Which surcharges apply.
    pub class: Class,
}

/// How much was used, in the charge's unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Used {
    /// So many rows, and their sum.
    Sum {
        /// How many rows.
        rows: u64,
        /// Their sum.
        quantity: Quantity,
    },
    /// How many rows had each quantity.
    Each(BTreeMap<Quantity, u64>),
}

impl Used {
    /// How many rows. `None` if too many to hold.
    pub fn rows(&self) -> Option<u64> {
        match self {
            Used::Sum { rows, .. } => Some(*rows),
            Used::Each(each) => each.values().try_fold(0u64, |sum, rows| sum.checked_add(*rows)),
        }
    }

    /// Their sum.
    pub fn quantity(&self) -> Quantity {
        match self {
            Used::Sum { quantity, .. } => quantity.clone(),
            Used::Each(each) => each.iter().map(|(quantity, rows)| Quantity(&quantity.0 * &Exact::from(*rows))).sum(),
        }
    }

    fn add(&mut self, other: Used) -> Result<(), CountsError> {
        match (self, other) {
            (Used::Sum { rows, quantity }, Used::Sum { rows: more_rows, quantity: more }) => {
                *rows = rows.checked_add(more_rows).ok_or(CountsError::Overflow)?;
                *quantity += &more;
            }
            (Used::Each(each), Used::Each(other)) => {
                for (quantity, more) in other {
                    let rows = each.entry(quantity).or_insert(0);
                    *rows = rows.checked_add(more).ok_or(CountsError::Overflow)?;
                }
            }
            _ => return Err(CountsError::Mixed),
        }
        Ok(())
    }
}

/// What all charges of a contract used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    used: BTreeMap<UsageKey, Used>,
}

impl Usage {
    /// What counts come to in the charges' units.
    pub fn of(contract: &Contract, counts: &Counts) -> Result<Usage, CountsError> {
        // A month's days are added up as whole numbers first: one exact quantity is reckoned, not thirty.
        let mut months = Counts::default();
        for (key, count) in counts.iter() {
            months.add(Key { day: None, ..key.clone() }, count)?;
        }
        let mut usage = Usage::default();
        for (key, count) in months.iter() {
            let ChargeKind::Counted(counted) = &contract.charges[key.charge].kind else { continue };
            let unit = Unit::of(counted, key.period);
            let used = match count {
                Count::Linear { rows, quantity } => Used::Sum { rows: *rows, quantity: unit.quantity(*quantity) },
                Count::Spectrum(rows) => {
                    Used::Each(rows.iter().map(|(quantity, rows)| (unit.quantity(*quantity), *rows)).collect())
                }
            };
            let key = UsageKey { charge: key.charge, period: key.period, group: key.group.clone(), class: key.class };
            usage.add(key, used)?;
        }
        Ok(usage)
    }

    /// Adds to what was used under a key.
    pub fn add(&mut self, key: UsageKey, used: Used) -> Result<(), CountsError> {
        match self.used.entry(key) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(used);
                Ok(())
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => entry.get_mut().add(used),
        }
    }

    /// What one charge used in one month, by group and class.
    pub fn of_charge(&self, charge: usize, period: Month) -> impl Iterator<Item = (&UsageKey, &Used)> {
        let from = UsageKey { charge, period, group: String::new(), class: Class(0) };
        self.used.range(from..).take_while(move |(key, _)| key.charge == charge && key.period == period)
    }

    /// The months in which anything was used, in order.
    pub fn periods(&self) -> Vec<Month> {
        let mut periods: Vec<Month> = self.used.keys().map(|key| key.period).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
}

/// How the whole numbers that records count become quantities of a charge's unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// How many of what records count make one unit.
    each: i128,
}

impl Unit {
    pub fn of(counted: &Counted, period: Month) -> Unit {
        let each = match &counted.measure {
            Measure::Contacts | Measure::Legs => 1,
            Measure::Time { unit, .. } | Measure::Schedule { unit, .. } => unit.milliseconds(),
            Measure::AgentTime { unit } => unit.milliseconds() * 1000,
            Measure::AgentMonths { .. } => period.days(),
        };
        Unit { each }
    }

    pub fn quantity(self, counted: i128) -> Quantity {
        Quantity(Exact::ratio(counted, self.each).expect("a unit has a length"))
    }

    /// How many of what records count, if it is a whole number that fits.
    pub fn counted(self, quantity: &Quantity) -> Option<i128> {
        (&quantity.0 * &Exact::from(self.each)).to_i128()
    }
}
