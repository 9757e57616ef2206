//! How a holiday finds its day, and what happens where that is a weekend.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// A holiday of a country, by the rule of its law.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holiday {
    pub falls: Falls,
    pub moves: Moves,
    /// In which years.
    pub years: Years,
}

/// On which day of a year.
#[derive(Clone, Copy, Debug)]
pub(super) enum Falls {
    /// A month and a day of it.
    On(i8, i8),
    /// So many days after the nth weekday of a month; counted from its end if n is negative.
    Nth(i8, i8, Weekday, i16),
    /// So many days after Easter Sunday of the western churches.
    Easter(i16),
    /// So many days after Easter Sunday of the eastern churches.
    EasternEaster(i16),
    /// Ireland's first of February if it is a Friday, otherwise that month's first Monday.
    BrigidsDay,
    /// Japan's day of the equinox of March or September.
    Equinox(i8),
}

/// What a holiday does that falls on an unfit day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moves {
    /// Stays where it is.
    No,
    /// From a Sunday, the next day that is no holiday is one too.
    Sunday,
    /// From a Saturday or Sunday, the next day that is neither weekend nor holiday is one too.
    Weekend,
    /// From a Saturday or Sunday, the Monday after is one too.
    WeekendToMonday,
    /// Moves to the Monday on or after it.
    NextMonday,
    /// From a Tuesday or Wednesday to the Monday before, from a Thursday or Friday to the Monday after.
    NearMonday,
    /// As `NearMonday`, and from a weekend to the Monday after.
    AnyMonday,
    /// From a Tuesday, Wednesday or Thursday to the Monday before, from a Friday to the Monday after.
    ChileMonday,
    /// From a Tuesday to the Friday before, from a Wednesday to the Friday after.
    ChileFriday,
    /// From a Sunday to the day before.
    DayBefore,
    /// No holiday if it falls on a Sunday.
    Dropped,
    /// A holiday on these days of the week alone: a bridge between others.
    Only(&'static [Weekday]),
}

/// In which years a holiday is one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Years {
    /// In all.
    All,
    /// From that one on.
    From(i16),
    /// Every so many years, that one among them.
    Every(i16, i16),
    /// In all but every so many, that one among these.
    Not(i16, i16),
}

/// Every year on this day of this month, wherever in the week.
pub(super) const fn on(month: i8, day: i8) -> Holiday {
    Holiday::every_year(Falls::On(month, day))
}

/// Every year on the nth weekday of a month.
pub(super) const fn nth(month: i8, nth: i8, weekday: Weekday) -> Holiday {
    Holiday::every_year(Falls::Nth(month, nth, weekday, 0))
}

/// Every year so many days after Easter Sunday.
pub(super) const fn easter(days: i16) -> Holiday {
    Holiday::every_year(Falls::Easter(days))
}

/// The same by the Eastern churches' reckoning.
pub(super) const fn eastern(days: i16) -> Holiday {
    Holiday::every_year(Falls::EasternEaster(days))
}

impl Holiday {
    const fn every_year(falls: Falls) -> Holiday {
        Holiday { falls, moves: Moves::No, years: Years::All }
    }

    /// The same holiday, moved so.
    pub(super) const fn moves(self, moves: Moves) -> Holiday {
        Holiday { moves, ..self }
    }

    /// The same holiday, from a year on.
    pub(super) const fn from(self, year: i16) -> Holiday {
        Holiday { years: Years::From(year), ..self }
    }
}

impl Years {
    pub fn contain(self, year: i16) -> bool {
        match self {
            Years::All => true,
            Years::From(first) => first <= year,
            Years::Every(one, step) => (year - one).rem_euclid(step) == 0,
            Years::Not(one, step) => (year - one).rem_euclid(step) != 0,
        }
    }
}

impl Falls {
    /// The day in a year from 1900 to 2099, the years for which all rules hold.
    pub fn day(self, year: i16) -> Date {
        match self {
            Falls::On(month, day) => date(year, month, day),
            Falls::Nth(month, nth, weekday, days) => after(nth_weekday(year, month, nth, weekday), days),
            Falls::Easter(days) => after(easter_sunday(year), days),
            Falls::EasternEaster(days) => after(eastern_easter_sunday(year), days),
            Falls::BrigidsDay => match date(year, 2, 1) {
                first if first.weekday() == Weekday::Friday => first,
                _ => nth_weekday(year, 2, 1, Weekday::Monday),
            },
            Falls::Equinox(month) => date(year, month, equinox(year, month)),
        }
    }
}

impl Moves {
    /// Where the holiday itself goes. `None` if it is none this time.
    pub fn moved(self, day: Date) -> Option<Date> {
        let days = match (self, day.weekday()) {
            (Moves::Dropped, Weekday::Sunday) => return None,
            (Moves::Only(weekdays), weekday) if !weekdays.contains(&weekday) => return None,
            (Moves::DayBefore, Weekday::Sunday) => -1,
            (Moves::NextMonday, weekday) => i16::from((7 - weekday.to_monday_zero_offset()) % 7),
            (Moves::NearMonday | Moves::AnyMonday | Moves::ChileMonday, Weekday::Tuesday) => -1,
            (Moves::NearMonday | Moves::AnyMonday | Moves::ChileMonday, Weekday::Wednesday) => -2,
            (Moves::ChileMonday, Weekday::Thursday) => -3,
            (Moves::NearMonday | Moves::AnyMonday, Weekday::Thursday) => 4,
            (Moves::NearMonday | Moves::AnyMonday | Moves::ChileMonday, Weekday::Friday) => 3,
            (Moves::AnyMonday, Weekday::Saturday) => 2,
            (Moves::AnyMonday, Weekday::Sunday) => 1,
            (Moves::ChileFriday, Weekday::Tuesday) => -4,
            (Moves::ChileFriday, Weekday::Wednesday) => 2,
            _ => 0,
        };
        Some(after(day, days))
    }

    /// The day that is a holiday too, among days that are holidays already.
    pub fn substitute(self, day: Date, taken: &[Date]) -> Option<Date> {
        let weekday = day.weekday();
        let weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        match self {
            Moves::WeekendToMonday if weekend => Some(after(day, if weekday == Weekday::Sunday { 1 } else { 2 })),
            Moves::Weekend if weekend => Some(free_after(day, taken)),
            Moves::Sunday if weekday == Weekday::Sunday => Some(free_after(day, taken)),
            _ => None,
        }
    }
}

/// The next day that is neither weekend nor taken; there are never a month of those.
fn free_after(day: Date, taken: &[Date]) -> Date {
    let is_free = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !taken.contains(day);
    (1..31).map(|days| after(day, days)).find(is_free).expect("a month is never all holidays")
}

fn after(day: Date, days: i16) -> Date {
    day.checked_add(i32::from(days).days()).expect("a day of 1900 to 2099, give or take a few months, exists")
}

fn nth_weekday(year: i16, month: i8, nth: i8, weekday: Weekday) -> Date {
    date(year, month, 1).nth_weekday_of_month(nth, weekday).expect("every month has four of each weekday")
}

/// Easter Sunday of the western churches: the Sunday after the full moon on or after March 21, both of the church's
/// tables.
///
/// The anonymous Gregorian algorithm (Meeus, *Astronomical Algorithms*, ch. 8).
fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let moon = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let week = (32 + 2 * (b % 4) + 2 * (c / 4) - moon - c % 4) % 7;
    let back = (a + 11 * moon + 22 * week) / 451;
    let (month, day) = ((moon + week - 7 * back + 114) / 31, (moon + week - 7 * back + 114) % 31 + 1);
    of(year, month, day)
}

/// Easter Sunday of the eastern churches, in our calendar: the Julian one, thirteen days later in 1900 to 2099 (Meeus).
fn eastern_easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let moon = (19 * (year % 19) + 15) % 30;
    let week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    let (month, day) = ((moon + week + 114) / 31, (moon + week + 114) % 31 + 1);
    after(of(year, month, day), 13)
}

fn of(year: i32, month: i32, day: i32) -> Date {
    let small = |number: i32| i8::try_from(number).expect("months and days are small");
    date(i16::try_from(year).expect("it was one"), small(month), small(day))
}

/// The day of the month of Japan's equinoxes, in millionths of a day (the formula of the Hydrographic Department,
/// Japan, for 1980 to 2099).
fn equinox(year: i16, month: i8) -> i8 {
    let since = i64::from(year) - 1980;
    let first: i64 = if month == 3 { 20_843_100 } else { 23_248_800 };
    let day = (first + 242_194 * since) / 1_000_000 - since.div_euclid(4);
    i8::try_from(day).expect("an equinox is between the 19th and the 24th")
}
