//! Instants, and the zone whose clocks a contract reads.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// A point in time: microseconds since 1970 began in Greenwich.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// From whole milliseconds since 1970.
    pub const fn from_milliseconds(milliseconds: i64) -> Instant {
        Instant(milliseconds * 1000)
    }

    /// Whole milliseconds since 1970, rounded down.
    pub const fn milliseconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The same point as a `jiff` timestamp. `None` outside the years that clocks can show.
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_microsecond(self.0).ok()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timestamp() {
            Some(timestamp) => fmt::Display::fmt(&timestamp, f),
            None => write!(f, "{} µs", self.0),
        }
    }
}

/// A time zone by its name in the IANA database, such as `America/New_York`.
///
/// The database comes with the program, so that the same version gives the same answer on every machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A text that names no zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time zone such as America/New_York")]
pub struct ZoneError(pub String);

/// When clocks show a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// At this instant.
    Once(Instant),
    /// Before clocks are put back, and after.
    Twice(Instant, Instant),
    /// Clocks are put forward over it.
    Never {
        /// When a clock shows it that was not put forward.
        moved: Instant,
    },
}

/// A stretch of one local day in which clocks run evenly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The local reading at which it begins, and the one at which it ends. Midnight at a day's end reads 24:00.
    pub from_local: i64,
    pub until_local: i64,
    /// When it begins.
    pub from: Instant,
}

const DAY: i64 = 86_400_000_000;

impl Zone {
    /// The zone of that name.
    pub fn named(name: &str) -> Result<Zone, ZoneError> {
        TimeZone::get(name).map(Zone).map_err(|_| ZoneError(name.to_owned()))
    }

    /// Greenwich, all year.
    pub fn utc() -> Zone {
        Zone(TimeZone::UTC)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The local day at an instant. `None` outside the years that calendars can show.
    pub fn date(&self, at: Instant) -> Option<Date> {
        at.timestamp().map(|timestamp| self.0.to_datetime(timestamp).date())
    }

    /// What clocks show at an instant. `None` outside the years that calendars can show.
    pub fn reading(&self, at: Instant) -> Option<DateTime> {
        at.timestamp().map(|timestamp| self.0.to_datetime(timestamp))
    }

    /// When a local day begins. `None` outside the years that calendars can show.
    ///
    /// Where midnight is skipped, the day begins with its first instant.
    pub fn start_of(&self, date: Date) -> Option<Instant> {
        let start = date.to_zoned(self.0.clone()).ok()?;
        Some(Instant(start.timestamp().as_microsecond()))
    }

    /// When clocks show `time` on `date`. `None` outside the years that calendars can show.
    ///
    /// A reading that occurs twice is taken the first time; one that is skipped, at the end of the gap.
    pub fn at(&self, date: Date, time: Time) -> Option<Instant> {
        let zoned = self.0.to_ambiguous_zoned(date.to_datetime(time)).compatible().ok()?;
        Some(Instant(zoned.timestamp().as_microsecond()))
    }

    /// When clocks show a reading. `None` outside the years that calendars can show.
    pub fn shown(&self, reading: DateTime) -> Option<Shown> {
        let instant = |zoned: Result<jiff::Zoned, jiff::Error>| {
            zoned.ok().map(|zoned| Instant(zoned.timestamp().as_microsecond()))
        };
        let ambiguous = self.0.to_ambiguous_zoned(reading);
        Some(match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => Shown::Once(instant(ambiguous.compatible())?),
            AmbiguousOffset::Fold { .. } => {
                Shown::Twice(instant(ambiguous.clone().earlier())?, instant(ambiguous.later())?)
            }
            AmbiguousOffset::Gap { .. } => Shown::Never { moved: instant(ambiguous.compatible())? },
        })
    }

    /// A local day, cut where clocks jump. Times are microseconds since the local midnight.
    pub(crate) fn stretches(&self, date: Date) -> Option<Vec<Stretch>> {
        let begins = self.start_of(date)?;
        let ends = self.start_of(date.checked_add(1.day()).ok()?)?;
        let local = |at: Instant| -> Option<i64> {
            let offset = self.0.to_offset(at.timestamp()?);
            let midnight =
                date.to_datetime(Time::midnight()).to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond();
            Some(at.0 + i64::from(offset.seconds()) * 1_000_000 - midnight)
        };
        let mut stretches = Vec::new();
        let mut from = begins;
        for transition in self.0.following(begins.timestamp()?) {
            let at = Instant(transition.timestamp().as_microsecond());
            if at >= ends {
                break;
            }
            if at > from {
                let from_local = local(from)?;
                stretches.push(Stretch { from_local, until_local: from_local + (at.0 - from.0), from });
                from = at;
            }
        }
        let from_local = local(from)?;
        stretches.push(Stretch { from_local, until_local: (from_local + (ends.0 - from.0)).min(DAY), from });
        Some(stretches)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_not_always_a_day_long() {
        let zone = Zone::named("America/New_York").unwrap();
        let hours = |day: Date| {
            (zone.start_of(day.tomorrow().unwrap()).unwrap().0 - zone.start_of(day).unwrap().0) / 3_600_000_000
        };
        assert_eq!((hours(date(2027, 3, 14)), hours(date(2027, 7, 4)), hours(date(2027, 11, 7))), (23, 24, 25));
        assert!(Zone::named("America/Nowhere").is_err());
    }

    #[test]
    fn a_reading_is_shown_once_twice_or_never() {
        let zone = Zone::named("America/New_York").unwrap();
        let shown = |day: Date, hour: i8| zone.shown(day.at(hour, 30, 0, 0)).unwrap();
        let instant = |text: &str| Instant(text.parse::<Timestamp>().unwrap().as_microsecond());
        assert_eq!(shown(date(2027, 7, 4), 1), Shown::Once(instant("2027-07-04T05:30:00Z")));
        let twice = Shown::Twice(instant("2027-11-07T05:30:00Z"), instant("2027-11-07T06:30:00Z"));
        assert_eq!(shown(date(2027, 11, 7), 1), twice);
        assert_eq!(shown(date(2027, 3, 14), 2), Shown::Never { moved: instant("2027-03-14T07:30:00Z") });
    }

    #[test]
    fn a_day_is_cut_where_clocks_jump() {
        let zone = Zone::named("America/New_York").unwrap();
        let readings = |day: Date| -> Vec<(i64, i64)> {
            let hour = 3_600_000_000;
            zone.stretches(day).unwrap().iter().map(|s| (s.from_local / hour, s.until_local / hour)).collect()
        };
        assert_eq!(readings(date(2027, 3, 14)), [(0, 2), (3, 24)]);
        assert_eq!(readings(date(2027, 11, 7)), [(0, 2), (1, 24)]);
        assert_eq!(readings(date(2027, 7, 4)), [(0, 24)]);
    }
}
