//! A clock that runs only at the hours of a calendar.

use std::ops::RangeInclusive;

use jiff::civil::{Date, date};
use longshore_units::{Calendar, Instant, Zone};

/// The years in which it runs: as far as contracts reach.
const YEARS: RangeInclusive<i16> = 1970..=2199;

/// A clock that runs only at the hours of a calendar.
#[derive(Clone, Debug)]
pub(crate) struct Hours {
    calendar: Calendar,
    zone: Zone,
    years: Option<(i16, i16)>,
    /// The stretches in which it runs: from, until, and how long it ran before, in microseconds. In order.
    spans: Vec<(i64, i64, i64)>,
}

impl Hours {
    pub fn new(calendar: Calendar, zone: Zone) -> Hours {
        Hours { calendar, zone, years: None, spans: Vec::new() }
    }

    /// How long it runs between two instants, in microseconds: below 0 if the second is the earlier. `None` outside its
    /// years.
    pub fn between(&mut self, from: i64, until: i64) -> Option<i64> {
        self.reach(from.min(until), from.max(until))?;
        Some(self.before(until) - self.before(from))
    }

    /// Whether an instant lies in the calendar.
    pub fn contains(&mut self, at: i64) -> bool {
        if self.reach(at, at).is_none() {
            return false;
        }
        let next = self.spans.partition_point(|(from, _, _)| *from <= at);
        next.checked_sub(1).is_some_and(|last| at < self.spans[last].1)
    }

    fn before(&self, at: i64) -> i64 {
        let next = self.spans.partition_point(|(from, _, _)| *from <= at);
        match next.checked_sub(1).map(|last| self.spans[last]) {
            Some((from, until, before)) => before + at.min(until) - from,
            None => 0,
        }
    }

    fn reach(&mut self, from: i64, until: i64) -> Option<()> {
        let year = |at: i64| self.zone.date(Instant(at)).map(Date::year).filter(|year| YEARS.contains(year));
        let (first, last) = (year(from)?, year(until)?);
        match self.years {
            Some((known_first, known_last)) if known_first <= first && last <= known_last => {}
            Some((known_first, known_last)) => self.fill(first.min(known_first), last.max(known_last)),
            None => self.fill(first, last),
        }
        Some(())
    }

    fn fill(&mut self, first: i16, last: i16) {
        self.years = Some((first, last));
        self.spans.clear();
        let mut before = 0;
        let mut day = date(first, 1, 1);
        while day.year() <= last {
            for (from, until) in self.calendar.spans(day, &self.zone).unwrap_or_default() {
                self.spans.push((from.0, until.0, before));
                before += until.0 - from.0;
            }
            day = day.tomorrow().expect("the years end long before the calendar");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_at_night_and_at_weekends() {
        let days = longshore_units::CalendarDays {
            catalog: None,
            dates: std::collections::BTreeSet::new(),
            weekdays: longshore_units::WEEKDAYS[..5].iter().map(|(_, weekday)| *weekday).collect(),
        };
        let zone = Zone::named("Europe/Berlin").unwrap();
        let mut hours = Hours::new(Calendar { days: Some(days), hours: "09:00-17:00".parse().unwrap() }, zone.clone());
        let at = |day: Date, hour: i8| zone.at(day, jiff::civil::time(hour, 0, 0, 0)).unwrap().0;
        let hour = 3_600_000_000;
        // Friday 16:00 to Monday 10:00, over the end of a year and the night clocks change in.
        assert_eq!(hours.between(at(date(2026, 10, 23), 16), at(date(2026, 10, 26), 10)), Some(2 * hour));
        assert_eq!(hours.between(at(date(2026, 12, 31), 16), at(date(2027, 1, 1), 12)), Some(4 * hour));
        assert_eq!(hours.between(at(date(2026, 12, 31), 16), at(date(2026, 12, 31), 15)), Some(-hour));
        assert!(hours.contains(at(date(2026, 10, 23), 9)) && !hours.contains(at(date(2026, 10, 23), 17)));
        assert!(!hours.contains(at(date(2026, 10, 24), 12)) && !hours.contains(i64::MAX));
        assert_eq!(hours.between(0, i64::MAX), None);
    }
}
