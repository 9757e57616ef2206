//! What happened in each month, exactly, in the contract's own units: what prices are multiplied with.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use longshore_units::{Exact, Month, Quantity};

use crate::counter::counted_per_unit;
use crate::{Class, Count, CounterOf, Counts, CountsError, InForce, Key, Measure};

/// What is used apart: the days of a month go together, unless the counter tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UsageKey {
    /// Which version of the contract was in force.
    pub version: u16,
    /// What was counted, of that version.
    pub counter: CounterOf,
    /// The month it is billed in.
    pub period: Month,
    /// What shares the charge's bands: a program, a site, or nothing for the whole contract.
    pub group: String,
    /// The day, where [`Counter::by_day`](crate::Counter::by_day) tells days apart; of a refund the first day of the month that was billed.
    pub day: Option<Date>,
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

/// What happened: what every counter of a contract used, what was measured of the service, and what rates stood at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    used: BTreeMap<UsageKey, Used>,
    measured: BTreeMap<(String, Month), Exact>,
    rates: BTreeMap<String, BTreeMap<Date, Exact>>,
    /// Months of which nothing is known and that are taken as if nothing had happened.
    unused: BTreeSet<Month>,
}

impl Usage {
    /// What counts come to in the units of a contract. Nothing is measured yet, and no rate known.
    pub fn of(in_force: &InForce<'_>, counts: &Counts) -> Result<Usage, CountsError> {
        let counters = in_force.counters();
        let counter = |key: &Key| counters.get(&(key.version, key.counter));
        // A month's days are added up as whole numbers first: one exact quantity is reckoned, not thirty.
        let mut months = Counts::default();
        for (key, count) in counts.iter() {
            let day = counter(key).filter(|counter| counter.by_day).and(key.day);
            let is_refund = matches!(key.counter, CounterOf::Refund(_));
            let day = if is_refund { day.map(|day| day.first_of_month()) } else { day };
            months.add(Key { day, ..key.clone() }, count)?;
        }
        let mut usage = Usage::default();
        for (key, count) in months.iter() {
            let Some(counter) = counter(key) else { continue };
            let unit = Unit::of(&counter.measure, key.period);
            let used = match count {
                Count::Linear { rows, quantity } => Used::Sum { rows: *rows, quantity: unit.quantity(*quantity) },
                Count::Spectrum(rows) => {
                    Used::Each(rows.iter().map(|(quantity, rows)| (unit.quantity(*quantity), *rows)).collect())
                }
            };
            let Key { version, counter, period, day, class, .. } = *key;
            usage.add(UsageKey { version, counter, period, group: key.group.clone(), day, class }, used)?;
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

    /// Says what an SLA term's measure came to in a month: a share, seconds or a mark, as its target has it. A later value
    /// takes the place of an earlier one.
    pub fn measure(&mut self, sla: impl Into<String>, month: Month, value: Exact) {
        self.measured.insert((sla.into(), month), value);
    }

    /// What an SLA term's measure came to in a month.
    pub fn measured(&self, sla: &str, month: Month) -> Option<&Exact> {
        self.measured.get(&(sla.to_owned(), month))
    }

    /// Takes over what another says was measured and what rates stood at; its values take the place of known ones. What it
    /// says was used is not looked at.
    pub fn take_measured(&mut self, other: Usage) {
        self.measured.extend(other.measured);
        for (what, values) in other.rates {
            self.rates.entry(what).or_default().extend(values);
        }
    }

    /// Takes it that nothing happened in a month of which nothing is known: no condition asks what came to what then.
    pub fn take_as_unused(&mut self, month: Month) {
        self.unused.insert(month);
    }

    /// Whether it is taken that nothing happened in a month.
    pub(crate) fn is_taken_as_unused(&self, month: Month) -> bool {
        self.unused.contains(&month)
    }

    /// Whether nothing is said to have been used.
    pub fn is_unused(&self) -> bool {
        self.used.is_empty()
    }

    /// Says what a rate or an index stood at from a day on: `USD/PHP` is how many pesos a dollar buys.
    pub fn set_rate(&mut self, what: impl Into<String>, from: Date, value: Exact) {
        self.rates.entry(what.into()).or_default().insert(from, value);
    }

    /// What a rate or an index stood at on a day: its last value until then.
    pub fn rate(&self, what: &str, on: Date) -> Option<&Exact> {
        self.last_rate(what, on).map(|(_, value)| value)
    }

    /// The last value of a rate or an index until a day, and the day it is of.
    pub fn last_rate(&self, what: &str, on: Date) -> Option<(Date, &Exact)> {
        self.rates.get(what)?.range(..=on).next_back().map(|(day, value)| (*day, value))
    }

    /// What one counter of a version met in one month, by group, day and class.
    pub fn of_counter(
        &self,
        version: usize,
        counter: CounterOf,
        period: Month,
    ) -> impl Iterator<Item = (&UsageKey, &Used)> {
        let version = version as u16; // A contract has fewer amendments.
        let from = UsageKey { version, counter, period, group: String::new(), day: None, class: Class(0) };
        let same = move |key: &UsageKey| key.version == version && key.counter == counter && key.period == period;
        self.used.range(from..).take_while(move |(key, _)| same(key))
    }

    /// The months in which anything was used or measured, in order.
    pub fn periods(&self) -> Vec<Month> {
        let used = self.used.keys().map(|key| key.period);
        let mut periods: Vec<Month> = used.chain(self.measured.keys().map(|(_, month)| *month)).collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }
}

/// How the whole numbers that records count become quantities of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// How many of what records count make one unit.
    each: i128,
}

impl Unit {
    pub fn of(measure: &Measure, period: Month) -> Unit {
        Unit { each: counted_per_unit(measure, period.days()) }
    }

    pub fn quantity(self, counted: i128) -> Quantity {
        Quantity(Exact::ratio(counted, self.each).expect("a unit has a length"))
    }

    /// How many of what records count, if it is a whole number that fits.
    pub fn counted(self, quantity: &Quantity) -> Option<i128> {
        (&quantity.0 * &Exact::from(self.each)).to_i128()
    }
}
