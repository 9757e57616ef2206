//! Holidays that fall by rule. Days that are proclaimed year by year belong into a contract's own `dates`.

use jiff::civil::{Date, Weekday, date};

/// The names of the calendars that [`holidays`] knows.
///
/// `US-federal` are the days of 5 U.S.C. § 6103 (a) themselves; `US-federal-observed` adds the Friday before one that
/// falls on a Saturday and the Monday after one that falls on a Sunday.
pub const HOLIDAY_CALENDARS: [&str; 2] = ["US-federal", "US-federal-observed"];

/// The holidays of a year, in order. `None` if no calendar has that name.
///
/// ```
/// # use longshore_units::holidays;
/// let days = holidays("US-federal", 2027).unwrap();
/// assert_eq!(days.len(), 11);
/// assert_eq!(days[9].to_string(), "2027-11-25"); // Thanksgiving
/// ```
pub fn holidays(calendar: &str, year: i16) -> Option<Vec<Date>> {
    let mut days = us_federal(year);
    match calendar {
        "US-federal" => {}
        "US-federal-observed" => {
            // The first day of the next year is observed in this one where it falls on a Saturday.
            let all = days.iter().copied().chain(us_federal(year.saturating_add(1)).first().copied());
            let observed: Vec<Date> = all.filter_map(observed).filter(|day| day.year() == year).collect();
            days.extend(observed);
            days.sort();
            days.dedup();
        }
        _ => return None,
    }
    Some(days)
}

fn observed(day: Date) -> Option<Date> {
    match day.weekday() {
        Weekday::Saturday => day.yesterday().ok(),
        Weekday::Sunday => day.tomorrow().ok(),
        _ => None,
    }
}

fn us_federal(year: i16) -> Vec<Date> {
    if !(1971..=9998).contains(&year) {
        return Vec::new(); // The Monday holidays took effect in 1971.
    }
    let nth = |month: i8, nth: i8, weekday: Weekday| {
        date(year, month, 1).nth_weekday_of_month(nth, weekday).expect("every month has four of each weekday")
    };
    let mut days = vec![
        date(year, 1, 1),
        nth(2, 3, Weekday::Monday),
        nth(5, -1, Weekday::Monday),
        date(year, 7, 4),
        nth(9, 1, Weekday::Monday),
        nth(10, 2, Weekday::Monday),
        date(year, 11, 11),
        nth(11, 4, Weekday::Thursday),
        date(year, 12, 25),
    ];
    if 1986 <= year {
        days.push(nth(1, 3, Weekday::Monday)); // Martin Luther King's birthday.
    }
    if 2021 <= year {
        days.push(date(year, 6, 19)); // Juneteenth.
    }
    days.sort();
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn federal_holidays_of_2027() {
        let written: Vec<String> = holidays("US-federal", 2027).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(
            written,
            [
                "2027-01-01",
                "2027-01-18",
                "2027-02-15",
                "2027-05-31",
                "2027-06-19",
                "2027-07-04",
                "2027-09-06",
                "2027-10-11",
                "2027-11-11",
                "2027-11-25",
                "2027-12-25"
            ]
        );
    }

    #[test]
    fn observed_days_are_the_nearest_weekday() {
        let days = holidays("US-federal-observed", 2027).unwrap();
        for day in [date(2027, 6, 18), date(2027, 7, 5), date(2027, 12, 24), date(2027, 12, 31)] {
            assert!(days.contains(&day), "{day}");
        }
        assert_eq!(holidays("Mars", 2027), None);
    }
}
