//! Weeks, in a contract's zone.

use jiff::ToSpan;
use jiff::civil::Weekday;
use longshore_units::{Instant, Zone};

/// Finds the week that an instant lies in. A week in which clocks jump is an hour shorter or longer than others.
#[derive(Clone, Debug)]
pub(crate) struct Weeks {
    zone: Zone,
    starts: Weekday,
    /// The week found last: records come nearly in order.
    last: (i64, i64),
}

impl Weeks {
    /// Weeks that begin with a day of the week.
    pub fn new(zone: Zone, starts: Weekday) -> Weeks {
        Weeks { zone, starts, last: (i64::MAX, i64::MIN) }
    }

    /// When the week of an instant begins, and when the next one does. `None` outside the years that calendars can show.
    pub fn of(&mut self, at: i64) -> Option<(i64, i64)> {
        let (from, until) = self.last;
        if from <= at && at < until {
            return Some(self.last);
        }
        let today = self.zone.date(Instant(at))?;
        let first = today.checked_sub(i64::from(today.weekday().since(self.starts)).days()).ok()?;
        let next = first.checked_add(7.days()).ok()?;
        self.last = (self.zone.start_of(first)?.0, self.zone.start_of(next)?.0);
        Some(self.last)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_begin_where_they_are_said_to() {
        let zone = Zone::named("America/New_York").unwrap();
        let start = |day| zone.start_of(day).unwrap().0;
        // 2027-03-14 is the Sunday on which clocks go forward.
        let mut weeks = Weeks::new(zone.clone(), Weekday::Monday);
        let of_sunday = (start(date(2027, 3, 8)), start(date(2027, 3, 15)));
        assert_eq!(weeks.of(start(date(2027, 3, 15)) - 1), Some(of_sunday));
        assert_eq!(of_sunday.1 - of_sunday.0, (7 * 24 - 1) * 3_600_000_000);
        assert_eq!(weeks.of(of_sunday.1).unwrap().0, of_sunday.1);
        let mut weeks = Weeks::new(zone.clone(), Weekday::Sunday);
        assert_eq!(weeks.of(start(date(2027, 3, 14))).unwrap().0, start(date(2027, 3, 14)));
        assert_eq!(weeks.of(i64::MAX), None);
    }
}
