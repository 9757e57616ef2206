//! How many contacts, and when: the curve of a week, the season, the level.

use jiff::civil::{Date, Weekday};
use longshore_units::{Instant, Month, Zone};

use crate::Opening;

/// When contacts come, and how many.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// How the level is known.
    pub volume: Volume,
    /// The curve of each day of the week, Monday first.
    pub(crate) week: [Curve; 7],
    /// How busy a day of each month is, January first; only their proportions count.
    pub(crate) months: [f64; 12],
    /// How much more a year has than the one before it: 0.03 for 3 %.
    pub(crate) growth: f64,
}

/// How the level of demand is known. Both count contacts as they come today, returning ones included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Volume {
    /// So many contacts in the first twelve months.
    AYear(f64),
    /// As many on a day of the week as a history had on average.
    AsMeasured,
    /// None: all contacts are passed on from other queues.
    OfOthers,
    /// None: customers are called.
    OfList,
}

/// Contacts over a day, as a running sum by the minute: entry `m` is what comes before minute `m`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Curve {
    before: Vec<f64>, // Invariant: 1,441 entries that do not decrease, the first 0.
}

const MINUTES: usize = 24 * 60;

impl Curve {
    /// A day on which nobody comes.
    pub fn empty() -> Curve {
        Curve { before: vec![0.0; MINUTES + 1] }
    }

    /// A day by its steps: minute of the day, length in minutes, contacts in it. What lies past midnight is left out.
    ///
    /// Where some minutes of a step are `open` (half-open, in order and apart), its contacts came in these: who counts by the
    /// hour and opens at 8:15 has between eight and nine those who came from then on. A step without any such minute has its
    /// contacts all the same: they were counted while it was closed.
    pub fn of(steps: impl Iterator<Item = (u32, u32, f64)>, open: &[(u32, u32)]) -> Curve {
        let mut is_open = vec![false; MINUTES];
        for (from, until) in open {
            is_open[*from as usize..*until as usize].fill(true);
        }
        let mut each = vec![0.0; MINUTES];
        for (from, length, contacts) in steps {
            let (begins, ends) = ((from as usize).min(MINUTES), ((from + length) as usize).min(MINUTES));
            let opens = is_open[begins..ends].iter().filter(|open| **open).count();
            for minute in (begins..ends).filter(|minute| opens == 0 || is_open[*minute]) {
                each[minute] += contacts / if opens == 0 { f64::from(length) } else { opens as f64 };
            }
        }
        let mut before = Vec::with_capacity(MINUTES + 1);
        let mut sum = 0.0;
        before.push(sum);
        for contacts in each {
            sum += contacts;
            before.push(sum);
        }
        Curve { before }
    }

    /// The day's contacts.
    pub fn total(&self) -> f64 {
        self.before[MINUTES]
    }

    /// So many times the contacts, at the same times.
    pub fn multiply(&mut self, factor: f64) {
        self.before.iter_mut().for_each(|contacts| *contacts *= factor);
    }

    /// The contacts of `length` minutes from a minute of the day, without what lies past midnight.
    fn between(&self, minute: usize, length: usize) -> f64 {
        self.before[(minute + length).min(MINUTES)] - self.before[minute.min(MINUTES)]
    }
}

/// Contacts expected in equal steps of time over the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// When the first step begins: milliseconds since 1970.
    pub from_ms: i64,
    /// The length of a step.
    pub step_ms: i64,
    /// The contacts of each step.
    pub contacts: Vec<f64>,
}

impl Demand {
    /// The contacts of each step of the horizon, counted as today: returning contacts included.
    ///
    /// A step's contacts are the weekday's curve at the local time, × the month's factor, × growth for each full year
    /// since the start; closed days have none. Where a year's volume is given, all is scaled so that the first twelve
    /// months come to it. `None` outside the years that calendars can show.
    pub fn expected(&self, closed: &Opening, zone: &Zone, starts: Date, months: u32, step_ms: i64) -> Option<Expected> {
        let scale = match self.volume {
            Volume::AsMeasured | Volume::OfOthers | Volume::OfList => 1.0,
            Volume::AYear(contacts) => {
                let year: f64 = self.unscaled(closed, zone, starts, 12, step_ms)?.contacts.iter().sum();
                if year > 0.0 { contacts / year } else { 0.0 }
            }
        };
        let mut expected = self.unscaled(closed, zone, starts, months, step_ms)?;
        expected.contacts.iter_mut().for_each(|contacts| *contacts *= scale);
        Some(expected)
    }

    /// No contacts but those of other queues.
    pub(crate) fn of_others() -> Demand {
        Demand::of_nobody(Volume::OfOthers, [1.0; 12], 0.0)
    }

    /// Nobody comes.
    pub(crate) fn of_nobody(volume: Volume, months: [f64; 12], growth: f64) -> Demand {
        Demand { volume, week: std::array::from_fn(|_| Curve::empty()), months, growth }
    }

    /// How busy a month is, of a mean one of the first year.
    pub fn season(&self, starts: Date, month: Month) -> f64 {
        12.0 * self.day_factor(starts, month.first()) / self.months.iter().sum::<f64>()
    }

    /// The contacts of a week without season, as the curves have them.
    pub fn week_total(&self) -> f64 {
        self.week.iter().map(Curve::total).sum()
    }

    /// The same demand without its season: for whose customers do not share it.
    pub fn without_season(&self) -> Demand {
        Demand { months: [1.0; 12], ..self.clone() }
    }

    fn unscaled(&self, closed: &Opening, zone: &Zone, starts: Date, months: u32, step_ms: i64) -> Option<Expected> {
        let until = Month::of(starts).following(months + 1).last()?.first();
        let (from_ms, until_ms) = (zone.start_of(starts)?.milliseconds(), zone.start_of(until)?.milliseconds());
        let mut contacts = Vec::with_capacity(((until_ms - from_ms) / step_ms) as usize + 1);
        let (mut at, mut day, mut factor) = (from_ms, None, 0.0);
        let minutes = usize::try_from(step_ms / 60_000).ok()?;
        while at < until_ms {
            let reading = zone.reading(Instant::from_milliseconds(at))?;
            let date = reading.date();
            if day != Some(date) {
                day = Some(date);
                factor = if closed.is_closed_on(date) { 0.0 } else { self.day_factor(starts, date) };
            }
            let minute = usize::try_from(reading.hour()).ok()? * 60 + usize::try_from(reading.minute()).ok()?;
            contacts.push(factor * self.week[weekday_position(date.weekday())].between(minute, minutes));
            at += step_ms;
        }
        Some(Expected { from_ms, step_ms, contacts })
    }

    fn day_factor(&self, starts: Date, date: Date) -> f64 {
        let months = i32::from(date.year() - starts.year()) * 12 + i32::from(date.month() - starts.month());
        self.months[date.month() as usize - 1] * (1.0 + self.growth).powi(months / 12)
    }
}

/// The position of a weekday in a week that begins on Monday.
/// The days of the week, Monday first.
pub(crate) const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

pub(crate) fn weekday_position(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn office() -> Demand {
        let curve = Curve::of([(8 * 60, 60, 10.0), (9 * 60, 60, 30.0)].into_iter(), &[]);
        let week = std::array::from_fn(|day| if day < 5 { curve.clone() } else { Curve::empty() });
        Demand { volume: Volume::AYear(26_100.0), week, months: [1.0; 12], growth: 0.1 }
    }

    #[test]
    fn a_year_comes_to_its_volume_and_the_next_one_grows() {
        let zone = Zone::named("America/New_York").unwrap();
        let expected = office().expected(&Opening::default(), &zone, date(2027, 1, 1), 24, 1_800_000).unwrap();
        let first: f64 = expected.contacts[..365 * 48].iter().sum();
        let both: f64 = expected.contacts.iter().sum();
        assert!((first - 26_100.0).abs() < 1e-6, "{first}");
        // 2027 has 261 weekdays, 2028 has 260.
        assert!((both - first - 26_100.0 * 1.1 * 260.0 / 261.0).abs() < 1e-6, "{both}");
        // New Year's Day is a Friday: 8:00 in New York is the 17th half hour.
        assert!((expected.contacts[16] - 12.5).abs() < 1e-9 && expected.contacts[15] == 0.0);
    }

    #[test]
    fn a_curve_keeps_its_total_whatever_the_steps() {
        let curve = Curve::of([(0, 7, 3.0), (1435, 10, 4.0)].into_iter(), &[]);
        assert!((curve.total() - 5.0).abs() < 1e-12, "half of the last step lies past midnight");
        assert!((curve.between(0, 30) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn contacts_of_an_interval_come_while_it_is_open() {
        let hours = [(7 * 60, 60, 5.0), (8 * 60, 60, 9.0), (9 * 60, 60, 12.0), (17 * 60, 60, 6.0)];
        let curve = Curve::of(hours.into_iter(), &[(8 * 60 + 15, 17 * 60 + 45)]);
        let between = |from: usize, length| (curve.between(from, length) * 1e6).round() / 1e6;
        assert_eq!((between(8 * 60, 15), between(8 * 60 + 15, 15), between(8 * 60 + 15, 45)), (0.0, 3.0, 9.0));
        assert_eq!((between(17 * 60, 45), between(17 * 60 + 45, 15)), (6.0, 0.0));
        // An hour that is closed throughout keeps who was counted in it.
        assert_eq!((between(7 * 60, 60), between(7 * 60, 30), between(9 * 60, 60)), (5.0, 2.5, 12.0));
    }
}
