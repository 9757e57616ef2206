//! How days, months and durations are written.

use jiff::civil::{Date, Weekday};
use longshore_units::{Days, Exact, Milliseconds, Month};

use crate::Words;

/// The units of a duration, large ones first, with their messages and lengths.
const UNITS: [(&str, u64); 4] = [("hours", 3_600_000), ("minutes", 60_000), ("seconds", 1000), ("milliseconds", 1)];

impl Words {
    /// A day: `January 1, 2027`, `1 de enero de 2027`.
    pub fn date(&self, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let month = self.say(MONTHS[date.month() as usize - 1], &[]);
        self.say("date", &[("day", &day), ("month", &month), ("year", &year)])
    }

    /// A month: `January 2027`, `enero de 2027`.
    pub fn month(&self, month: Month) -> String {
        let name = self.say(MONTHS[month.number() as usize - 1], &[]);
        self.say("month-of-year", &[("month", &name), ("year", &month.year().to_string())])
    }

    /// A day of the week.
    pub fn weekday(&self, day: Weekday) -> String {
        self.say(WEEKDAYS[day.to_monday_zero_offset() as usize], &[])
    }

    /// A duration: `4 minutes and 37 seconds`.
    pub fn duration(&self, time: Milliseconds) -> String {
        let mut rest = time.0;
        let mut parts = Vec::new();
        for (id, length) in UNITS {
            if length <= rest {
                parts.push(self.count(id, &Exact::from(rest / length)));
                rest %= length;
            }
        }
        if parts.is_empty() { self.count("seconds", &Exact::zero()) } else { self.and(&parts) }
    }

    /// A number of days.
    pub fn days(&self, days: Days) -> String {
        self.count("days", &Exact::from(u64::from(days.0)))
    }

    /// A number of months.
    pub fn months(&self, months: u32) -> String {
        self.count("months", &Exact::from(u64::from(months)))
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Language;

    fn in_each(say: impl Fn(&Words) -> String) -> [String; 4] {
        Language::ALL.map(|language| say(&Words::new(language, &[])))
    }

    #[test]
    fn days_and_months() {
        let dates = in_each(|words| words.date(date(2027, 1, 1)));
        assert_eq!(dates, ["January 1, 2027", "1 de enero de 2027", "1 ianuarie 2027", "Enero 1, 2027"]);
        let months = in_each(|words| words.month(Month::of(date(2028, 2, 29))));
        assert_eq!(months, ["February 2028", "febrero de 2028", "februarie 2028", "Pebrero 2028"]);
        let days = in_each(|words| words.weekday(Weekday::Wednesday));
        assert_eq!(days, ["Wednesday", "miércoles", "miercuri", "Miyerkules"]);
    }

    #[test]
    fn durations_with_their_plurals() {
        let durations = in_each(|words| words.duration(Milliseconds(3_600_000 + 21 * 60_000 + 1000)));
        assert_eq!(
            durations,
            [
                "1 hour, 21 minutes and 1 second",
                "1 hora, 21 minutos y 1 segundo",
                "1 oră, 21 de minute și 1 secundă",
                "1 oras, 21 minuto at 1 segundo"
            ]
        );
        assert_eq!(in_each(|words| words.duration(Milliseconds(0)))[2], "0 secunde");
        assert_eq!(in_each(|words| words.days(Days(90)))[2], "90 de zile");
        assert_eq!(in_each(|words| words.months(13))[2], "13 luni");
        assert_eq!(in_each(|words| words.months(1))[1], "1 mes");
    }
}
