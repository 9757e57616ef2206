//! What might have happened under a contract: it follows from a seed, the days, and the names that hold on them, so that
//! days on which the same terms hold have the same usage, whatever became known since.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;
use longshore_contract::{Class, CounterOf, InForce, LevelUnit, Scope, Usage, UsageKey, Used};
use longshore_units::{Exact, Month, Quantity};

use super::{PROGRAMS, SITES};

/// Days of a month on which anything happens.
const DAYS: [i8; 4] = [1, 10, 15, 28];

/// What happened from one month to another.
pub fn usage(in_force: &InForce<'_>, seed: u64, from: Month, to: Month) -> Usage {
    usage_but(in_force, seed, from, to, |_| false)
}

/// What happened, but for what is counted or measured under some names: of those, nothing did.
pub fn usage_but(in_force: &InForce<'_>, seed: u64, from: Month, to: Month, is_unmet: impl Fn(&str) -> bool) -> Usage {
    let mut usage = Usage::default();
    for (version, terms) in in_force.versions().iter().enumerate() {
        for counter in terms.counters() {
            if matches!(counter.of, CounterOf::Refund(_)) || is_unmet(&counter.name) {
                continue; // What is given back is a part of what was billed before.
            }
            let groups: &[&str] = match counter.scope {
                Scope::Contract => &[""],
                Scope::Program => &PROGRAMS,
                Scope::Site => &SITES,
            };
            let is_charge = matches!(counter.of, CounterOf::Charge(_));
            for month in Month::through(from, to).filter(|month| 0 < terms.in_force.days_in(*month)) {
                // What rules look at is known in every month.
                let days = DAYS.map(|day| Date::new(month.year(), month.number(), day).unwrap());
                let days: Vec<Date> = match is_charge {
                    true => days.into_iter().filter(|day| terms.in_force.contains(*day)).collect(),
                    false => vec![month.first()],
                };
                for (day, group) in days.iter().flat_map(|day| groups.iter().map(move |group| (*day, *group))) {
                    let of = number(&(seed, &counter.name, day, group));
                    if of % 5 == 0 && is_charge {
                        continue;
                    }
                    let class = Class((of >> 20) as u32 & ((1 << counter.surcharges.len()) - 1));
                    let quantity = Quantity(Exact::ratio(i128::from(of % 977), 10).unwrap());
                    let rows = 1 + of % 3;
                    let used = match counter.by_row {
                        true => Used::Each(BTreeMap::from([(quantity, rows)])),
                        false => Used::Sum { rows, quantity },
                    };
                    let (version, period, group) = (version as u16, month, group.to_owned());
                    let day = counter.by_day.then_some(day);
                    usage.add(UsageKey { version, counter: counter.of, period, group, day, class }, used).unwrap();
                }
            }
        }
    }
    for month in Month::through(from, to) {
        for sla in in_force.of_month(month).last().into_iter().flat_map(|(_, terms)| &terms.slas) {
            let of = number(&(seed, &sla.name, month));
            // Some months are not measured.
            if of % 7 != 0 && !is_unmet(&sla.name) {
                let value = match sla.target.unit {
                    LevelUnit::Percent => Exact::ratio(i128::from(600 + of % 400), 1000),
                    LevelUnit::Seconds | LevelUnit::Number => Exact::ratio(i128::from(of % 900), 10),
                };
                usage.measure(&*sla.name, month, value.unwrap());
            }
        }
    }
    for (what, around) in [("US-CPI", 300), ("USD/PHP", 56), ("USD/EUR", 1)] {
        usage.set_rate(what, Date::constant(2026, 1, 1), Exact::from(around as u64));
        for year in 2026..2031 {
            for month in [1i8, 5, 10] {
                let of = number(&(seed, what, year, month)) % 100;
                let value = Exact::ratio(i128::from(around * 1000 + of as i32 * around), 1000).unwrap();
                usage.set_rate(what, Date::new(year, month, 31).unwrap(), value);
            }
        }
    }
    usage
}

/// A number that follows from a thing.
fn number(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
