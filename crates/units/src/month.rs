//! Calendar months, and the term of a contract in days.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// A calendar month: the period of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8, // Invariant: 1..=12, and the month's days are all dates that exist.
}

/// A text that is no month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month; write 2027-10")]
pub struct MonthError(pub String);

impl Month {
    /// The month a day lies in.
    pub fn of(date: Date) -> Month {
        Month { year: date.year(), month: date.month() }
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month of the year, 1 to 12.
    pub fn number(self) -> i8 {
        self.month
    }

    /// Its first day.
    pub fn first(self) -> Date {
        Date::new(self.year, self.month, 1).expect("a month has a first day")
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.first().last_of_month()
    }

    /// How many days it has.
    pub fn days(self) -> i128 {
        i128::from(self.first().days_in_month())
    }

    /// The month after it. `None` past the last year there is.
    pub fn next(self) -> Option<Month> {
        self.last().tomorrow().ok().map(Month::of)
    }

    /// How many months after `earlier` this one is; below 0 where it is before it.
    pub fn since(self, earlier: Month) -> i32 {
        let number = |month: Month| i32::from(month.year) * 12 + i32::from(month.month);
        number(self) - number(earlier)
    }

    /// The month so many months after this one, or before where the number is below 0. `None` where there is none.
    pub fn plus(self, months: i32) -> Option<Month> {
        let number = (i32::from(self.year) * 12 + i32::from(self.month) - 1).checked_add(months)?;
        let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
        let first = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
        Some(Month::of(first))
    }

    /// The months from `first` to `last`, both included.
    pub fn through(first: Month, last: Month) -> impl Iterator<Item = Month> {
        std::iter::successors(Some(first), |month| month.next()).take_while(move |month| *month <= last)
    }

    /// This month and those after it, `count` in all.
    pub fn following(self, count: u32) -> impl Iterator<Item = Month> {
        std::iter::successors(Some(self), |month| month.next()).take(count as usize)
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Month, MonthError> {
        let error = || MonthError(text.to_owned());
        let (year, month) = text.trim().split_once('-').ok_or_else(error)?;
        if year.len() != 4 || month.len() != 2 || !text.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        {
            return Err(error());
        }
        let (year, month) = (year.parse().map_err(|_| error())?, month.parse().map_err(|_| error())?);
        Date::new(year, month, 1).map(Month::of).map_err(|_| error())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The days a contract is in force: both ends included, the last unbounded where the contract names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The first day.
    pub starts: Date,
    /// The last day, or none.
    pub ends: Option<Date>,
}

impl Term {
    /// Whether a day lies in the term.
    pub fn contains(&self, date: Date) -> bool {
        self.starts <= date && self.ends.is_none_or(|ends| date <= ends)
    }

    /// How many days of a month lie in the term.
    pub fn days_in(&self, month: Month) -> i128 {
        let first = self.starts.max(month.first());
        let last = self.ends.map_or(month.last(), |ends| ends.min(month.last()));
        if last < first { 0 } else { i128::from((last - first).get_days()) + 1 }
    }

    /// Whether each month that it touches lies in it whole.
    pub fn is_whole_months(&self) -> bool {
        self.starts.day() == 1 && self.ends.is_none_or(|ends| ends == ends.last_of_month())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_read_and_count() {
        let month: Month = "2028-02".parse().unwrap();
        assert_eq!((month.days(), month.to_string()), (29, "2028-02".to_owned()));
        assert_eq!("2027-12".parse::<Month>().unwrap().next().unwrap().to_string(), "2028-01");
        for wrong in ["2027-13", "2027-1", "27-01", "2027", "2027-01-01", "+027-01", ""] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn terms_of_whole_months_begin_on_a_first_and_end_on_a_last_day() {
        let term = |starts, ends| Term { starts, ends };
        let (first, last) = (date(2028, 1, 1), date(2028, 2, 29));
        assert!(term(first, None).is_whole_months() && term(first, Some(last)).is_whole_months());
        assert!(!term(date(2028, 1, 2), None).is_whole_months());
        assert!(!term(first, Some(date(2028, 2, 28))).is_whole_months());
    }

    #[test]
    fn months_lie_so_many_after_another() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert_eq!(month("2027-11").plus(3), Some(month("2028-02")));
        assert_eq!(month("2027-01").plus(-1), Some(month("2026-12")));
        assert_eq!(month("2028-02").since(month("2027-11")), 3);
        assert_eq!(month("2026-12").since(month("2027-01")), -1);
        assert_eq!(month("9999-12").plus(1), None);
        assert_eq!(month("2027-01").plus(i32::MAX), None);
    }

    #[test]
    fn a_term_includes_its_last_day() {
        let term = Term { starts: date(2027, 1, 15), ends: Some(date(2027, 3, 10)) };
        let days = |month: &str| term.days_in(month.parse().unwrap());
        assert_eq!(
            (days("2026-12"), days("2027-01"), days("2027-02"), days("2027-03"), days("2027-04")),
            (0, 17, 28, 10, 0)
        );
        assert!(term.contains(date(2027, 3, 10)));
        assert!(!term.contains(date(2027, 3, 11)));
    }
}
