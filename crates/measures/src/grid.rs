//! Which unit of time an instant lies in.

use std::collections::HashMap;

use jiff::ToSpan;
use longshore_units::{Instant, Zone};

use crate::dimension::{TimeUnit, local};

const DAY: i64 = 86_400_000_000;
const SECOND: i64 = 1_000_000;

/// Where an instant lies that no calendar can show.
pub(crate) const NOWHERE: i64 = i64::MIN;

/// Finds the units of time that instants lie in. A unit is known by the instant at which it begins.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    unit: TimeUnit,
    zone: Zone,
    /// The cells of a day of Greenwich: when each begins, and when its unit did. Looked into, never gone through.
    days: HashMap<i64, Vec<(i64, i64)>>,
    /// The cell found last, from, until and its unit: records come nearly in order.
    last: (i64, i64, i64),
}

impl Grid {
    pub fn new(unit: TimeUnit, zone: Zone) -> Grid {
        Grid { unit, zone, days: HashMap::new(), last: (i64::MAX, i64::MIN, NOWHERE) }
    }

    /// When the unit began that an instant lies in; [`NOWHERE`] outside the years that calendars can show.
    #[inline]
    pub fn unit_of(&mut self, at: i64) -> i64 {
        let (from, until, unit) = self.last;
        if from <= at && at < until {
            return unit;
        }
        self.last = self.find(at);
        self.last.2
    }

    /// The unit of an instant, and when the next may begin.
    pub fn stretch(&mut self, at: i64) -> (i64, i64) {
        let unit = self.unit_of(at);
        (unit, self.last.1)
    }

    fn find(&mut self, at: i64) -> (i64, i64, i64) {
        let day = at.div_euclid(DAY);
        let (unit, zone) = (self.unit, &self.zone);
        let cells = self.days.entry(day).or_insert_with(|| cells(unit, zone, day));
        let cell = cells.partition_point(|(from, _)| *from <= at);
        match cell.checked_sub(1).map(|cell| cells[cell]) {
            Some((from, unit)) => (from, cells.get(cell).map_or((day + 1) * DAY, |(next, _)| *next), unit),
            None => (at, at.saturating_add(1), NOWHERE),
        }
    }
}

/// A day of Greenwich, cut where units begin. Empty outside the years that calendars can show.
fn cells(unit: TimeUnit, zone: &Zone, day: i64) -> Vec<(i64, i64)> {
    let mut cells = Vec::new();
    let (Some(mut at), Some(end)) = (day.checked_mul(DAY), (day.saturating_add(1)).checked_mul(DAY)) else {
        return cells;
    };
    while at < end {
        let Some((begins, next)) = around(unit, zone, at) else { return Vec::new() };
        cells.push((at, begins));
        if next <= at {
            return Vec::new(); // Clocks that stand still would keep us for ever.
        }
        at = next;
    }
    cells
}

/// From when to when a unit is that begins at an instant. None outside the years that calendars can show.
pub(crate) fn span(unit: TimeUnit, zone: &Zone, begins: i64) -> Option<(i64, i64)> {
    (begins != NOWHERE).then(|| around(unit, zone, begins)).flatten()
}

/// When the unit around an instant began, and when it ends.
fn around(unit: TimeUnit, zone: &Zone, at: i64) -> Option<(i64, i64)> {
    let date = zone.date(Instant(at))?;
    let days =
        |first: jiff::civil::Date, next: jiff::civil::Date| Some((zone.start_of(first)?.0, zone.start_of(next)?.0));
    match unit {
        TimeUnit::Interval(step) => interval(zone, at, i64::from(step.get()) * 60 * SECOND),
        TimeUnit::Hour => interval(zone, at, 3600 * SECOND),
        TimeUnit::Day => days(date, date.tomorrow().ok()?),
        TimeUnit::Week => {
            let monday = date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()?;
            days(monday, monday.checked_add(7.days()).ok()?)
        }
        TimeUnit::Month => {
            let first = date.first_of_month();
            days(first, first.checked_add(1.month()).ok()?)
        }
    }
}

/// The interval around an instant, by the clock on the wall. Where clocks jump, one ends and another begins: the doubled
/// hour is two.
fn interval(zone: &Zone, at: i64, step: i64) -> Option<(i64, i64)> {
    let offset = |at: i64| Some(local(zone.reading(Instant(at))?) - at);
    let here = offset(at)?;
    let (mut begins, mut ends) = (at - (at + here).rem_euclid(step), 0);
    ends += begins + step;
    if offset(begins)? != here {
        begins = jump(begins, at, |at| offset(at) == Some(here))?;
    }
    if offset(ends - 1)? != here {
        ends = jump(at, ends - 1, |at| offset(at) != Some(here))?;
    }
    Some((begins, ends))
}

/// The first instant after `from`, up to `until`, from which on something holds.
fn jump(mut from: i64, mut until: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    while from + 1 < until {
        let middle = from + (until - from) / 2;
        if holds(middle) { until = middle } else { from = middle }
    }
    Some(until)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::dimension::Step;

    fn units() -> Vec<TimeUnit> {
        let step = |minutes| TimeUnit::Interval(Step::minutes(minutes).unwrap());
        vec![step(15), step(30), step(60), TimeUnit::Hour, TimeUnit::Day, TimeUnit::Week, TimeUnit::Month]
    }

    proptest! {
        #[test]
        fn a_unit_holds_its_instants_and_reads_as_it_should(
            minutes in prop::collection::vec(0i64..1_600_000, 1..60),
            zone in prop::sample::select(vec!["America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
            unit in prop::sample::select(units()),
        ) {
            let zone = Zone::named(zone).unwrap();
            let mut grid = Grid::new(unit, zone.clone());
            let start = zone.start_of(date(2027, 1, 1)).unwrap().0;
            for minute in minutes {
                let at = start + minute * 60 * SECOND + 7;
                let (begins, ends) = grid.stretch(at);
                prop_assert!(begins <= at && at < ends);
                prop_assert_eq!(grid.unit_of(begins), begins);
                prop_assert_eq!(grid.unit_of(ends - 1), begins);
                let reading = zone.reading(Instant(begins)).unwrap();
                match unit {
                    TimeUnit::Day => prop_assert_eq!(Some(reading.date()), zone.date(Instant(at))),
                    TimeUnit::Month => prop_assert_eq!(reading.day(), 1),
                    TimeUnit::Week => prop_assert_eq!(reading.weekday(), jiff::civil::Weekday::Monday),
                    TimeUnit::Hour => prop_assert_eq!(reading.hour(), zone.reading(Instant(at)).unwrap().hour()),
                    TimeUnit::Interval(_) => {}
                }
            }
        }
    }

    #[test]
    fn the_doubled_hour_is_two_and_the_missing_one_none() {
        let zone = Zone::named("America/New_York").unwrap();
        for (day, hours) in [(date(2027, 3, 14), 23), (date(2027, 11, 7), 25)] {
            let mut grid = Grid::new(TimeUnit::Hour, zone.clone());
            let (from, until) = (zone.start_of(day).unwrap().0, zone.start_of(day.tomorrow().unwrap()).unwrap().0);
            let mut begun: Vec<i64> = (from..until).step_by(60_000_000 * 5).map(|at| grid.unit_of(at)).collect();
            begun.dedup();
            assert_eq!(begun.len(), hours, "{day}");
        }
    }

    #[test]
    fn instants_without_a_day_lie_nowhere() {
        for unit in units() {
            let mut grid = Grid::new(unit, Zone::utc());
            for at in [i64::MAX, i64::MIN, i64::MAX - 1, i64::MIN + 1] {
                assert_eq!(grid.unit_of(at), NOWHERE);
            }
        }
    }
}
