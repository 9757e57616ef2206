//! Calendars: sets of days and hours that a contract names, such as holidays or nights.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};

use crate::{Instant, Zone, holidays};

/// Hours of the day, from a reading included to one excluded; `20:00-08:00` runs over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    from: u16, // Invariant: both are minutes of the day up to 24 h, and they differ.
    until: u16,
}

/// Why a text is not hours of the day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not of the form.
    #[error("`{0}` are not hours; write 20:00-08:00")]
    Form(String),
    /// From and until are the same.
    #[error("`{0}` begins where it ends; leave the hours out for the whole day")]
    Empty(String),
}

const DAY_MINUTES: u16 = 24 * 60;
const MINUTE: i64 = 60_000_000;

impl Hours {
    /// The whole day.
    pub const ALL_DAY: Hours = Hours { from: 0, until: DAY_MINUTES };

    /// The parts of one day that these hours cover, as minutes since midnight: half-open, in order.
    pub fn parts(self) -> Vec<(u16, u16)> {
        if self.from < self.until {
            vec![(self.from, self.until)]
        } else if self.until == 0 {
            vec![(self.from, DAY_MINUTES)]
        } else {
            vec![(0, self.until), (self.from, DAY_MINUTES)]
        }
    }

    /// Whether a reading of the clock lies in these hours.
    pub fn contains(self, time: Time) -> bool {
        let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
        self.parts().iter().any(|(from, until)| i64::from(*from) <= minute && minute < i64::from(*until))
    }

    /// How many minutes of a day these hours cover.
    pub fn minutes(self) -> u16 {
        self.parts().iter().map(|(from, until)| until - from).sum()
    }
}

impl FromStr for Hours {
    type Err = HoursError;

    fn from_str(text: &str) -> Result<Hours, HoursError> {
        let form = || HoursError::Form(text.to_owned());
        let minutes = |part: &str| -> Option<u16> {
            let (hour, minute) = part.trim().split_once(':')?;
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            if hour.is_empty() || 2 < hour.len() || minute.len() != 2 || !digits(hour) || !digits(minute) {
                return None;
            }
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            (minute < 60 && (hour < 24 || (hour == 24 && minute == 0))).then_some(hour * 60 + minute)
        };
        let (from, until) = text.split_once(['-', '–']).ok_or_else(form)?;
        let (from, until) = (minutes(from).ok_or_else(form)?, minutes(until).ok_or_else(form)?);
        if from % DAY_MINUTES == until % DAY_MINUTES && (from, until) != (0, DAY_MINUTES) {
            return Err(HoursError::Empty(text.to_owned()));
        }
        Ok(Hours { from: from % DAY_MINUTES, until })
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}-{:02}:{:02}", self.from / 60, self.from % 60, self.until / 60, self.until % 60)
    }
}

/// The words for days of the week, as contracts and cases write them.
pub const WEEKDAYS: [(&str, Weekday); 7] = [
    ("Mon", Weekday::Monday),
    ("Tue", Weekday::Tuesday),
    ("Wed", Weekday::Wednesday),
    ("Thu", Weekday::Thursday),
    ("Fri", Weekday::Friday),
    ("Sat", Weekday::Saturday),
    ("Sun", Weekday::Sunday),
];

/// Days of a calendar: those of a catalog calendar, those named, and days of the week. Their union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CalendarDays {
    /// A calendar of [`crate::HOLIDAY_CALENDARS`].
    pub catalog: Option<&'static str>,
    /// Single days.
    pub dates: BTreeSet<Date>,
    /// Days of the week.
    pub weekdays: Vec<Weekday>,
}

impl CalendarDays {
    fn contain(&self, date: Date) -> bool {
        self.dates.contains(&date)
            || self.weekdays.contains(&date.weekday())
            || self.catalog.is_some_and(|name| holidays(name, date.year()).is_some_and(|days| days.contains(&date)))
    }
}

/// A set of times: certain hours of certain days, read in a contract's zone.
///
/// Hours belong to the day on which the clock shows them: `20:00-08:00` on Saturdays is Saturday before eight and
/// Saturday from twenty o'clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// On which days. `None`: on every day.
    pub days: Option<CalendarDays>,
    /// At which hours of them.
    pub hours: Hours,
}

impl Calendar {
    /// Whether a day has any part in the calendar.
    pub fn has_day(&self, date: Date) -> bool {
        self.days.as_ref().is_none_or(|days| days.contain(date))
    }

    /// Whether an instant lies in the calendar. `None` outside the years that calendars can show.
    pub fn contains(&self, at: Instant, zone: &Zone) -> Option<bool> {
        let reading = zone.reading(at)?;
        Some(self.has_day(reading.date()) && self.hours.contains(reading.time()))
    }

    /// The parts of a local day that lie in the calendar: half-open, in order.
    ///
    /// In the night in which clocks go back the doubled hour is in twice; when they go forward the missing hour is not.
    /// `None` outside the years that calendars can show.
    pub fn spans(&self, date: Date, zone: &Zone) -> Option<Vec<(Instant, Instant)>> {
        if !self.has_day(date) {
            return Some(Vec::new());
        }
        let mut spans: Vec<(Instant, Instant)> = Vec::new();
        for stretch in zone.stretches(date)? {
            for (from, until) in self.hours.parts() {
                let from = (i64::from(from) * MINUTE).max(stretch.from_local);
                let until = (i64::from(until) * MINUTE).min(stretch.until_local);
                if from < until {
                    let at = |local: i64| Instant(stretch.from.0 + local - stretch.from_local);
                    match spans.last_mut() {
                        Some(last) if last.1 == at(from) => last.1 = at(until),
                        _ => spans.push((at(from), at(until))),
                    }
                }
            }
        }
        Some(spans)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn nights() -> Calendar {
        Calendar { days: None, hours: "20:00-08:00".parse().unwrap() }
    }

    #[test]
    fn hours_run_over_midnight() {
        assert_eq!("20:00-08:00".parse::<Hours>().unwrap().parts(), [(0, 480), (1200, 1440)]);
        assert_eq!("20:00-24:00".parse::<Hours>().unwrap().parts(), [(1200, 1440)]);
        assert_eq!("20:00-00:00".parse::<Hours>().unwrap().parts(), [(1200, 1440)]);
        assert_eq!("00:00-24:00".parse::<Hours>().unwrap(), Hours::ALL_DAY);
        for wrong in
            ["8-20", "20:60-08:00", "25:00-08:00", "08:00", "20:00-20:00", "24:00-00:00", "-1:00-02:00", "+8:00-09:+5"]
        {
            assert!(wrong.parse::<Hours>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_night_clocks_go_back_has_an_hour_more() {
        let zone = Zone::named("America/New_York").unwrap();
        let hours = |day: Date| -> i64 {
            nights().spans(day, &zone).unwrap().iter().map(|(from, until)| (until.0 - from.0) / (60 * MINUTE)).sum()
        };
        assert_eq!((hours(date(2027, 3, 14)), hours(date(2027, 7, 4)), hours(date(2027, 11, 7))), (11, 12, 13));
    }

    #[test]
    fn holidays_and_weekends_are_one_calendar() {
        let days = CalendarDays {
            catalog: Some("US-federal"),
            dates: BTreeSet::new(),
            weekdays: vec![Weekday::Saturday, Weekday::Sunday],
        };
        let calendar = Calendar { days: Some(days), hours: Hours::ALL_DAY };
        assert!(calendar.has_day(date(2027, 11, 25)));
        assert!(calendar.has_day(date(2027, 11, 27)));
        assert!(!calendar.has_day(date(2027, 11, 26)));
    }

    proptest! {
        /// Spans and the reading of the clock tell the same of any instant, also when clocks jump.
        #[test]
        fn spans_agree_with_the_clock(
            minute in 0i64..527_040,
            hours in "([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]",
            zone in prop::sample::select(vec!["America/New_York", "Europe/Lisbon", "Australia/Lord_Howe", "Asia/Manila"]),
        ) {
            prop_assume!(hours[..5] != hours[6..]);
            let zone = Zone::named(zone).unwrap();
            let calendar = Calendar { days: None, hours: hours.parse().unwrap() };
            let at = Instant(zone.start_of(date(2027, 1, 1)).unwrap().0 + minute * MINUTE);
            let day = zone.date(at).unwrap();
            let inside = calendar.spans(day, &zone).unwrap().iter().any(|(from, until)| *from <= at && at < *until);
            prop_assert_eq!(Some(inside), calendar.contains(at, &zone));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,16}") {
            let _ = text.parse::<Hours>();
        }
    }
}
