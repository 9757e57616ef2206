//! Holidays that fall by rule. Days that are proclaimed year by year belong into a contract's own `dates`.

mod country;
mod rule;

use jiff::civil::{Date, Weekday, date};

use country::{COUNTRIES, Country};

/// The names of the calendars that [`holidays`] knows: the federal ones of the United States, and the countries' codes
/// (ISO 3166-1).
///
/// `US-federal` are the days of 5 U.S.C. § 6103 (a) themselves; `US-federal-observed` adds the Friday before one that
/// falls on a Saturday and the Monday after one that falls on a Sunday. A country's calendar has the days that hold in
/// all of it (`GB`: in England and Wales), on the day on which it keeps them, with the days it gives in their place.
pub const HOLIDAY_CALENDARS: [&str; 2 + COUNTRIES.len()] = {
    let mut names = ["US-federal"; 2 + COUNTRIES.len()];
    names[1] = "US-federal-observed";
    let mut position = 0;
    while position < COUNTRIES.len() {
        names[2 + position] = COUNTRIES[position].code;
        position += 1;
    }
    names
};

/// The years whose holidays countries' calendars have: by the law of 2026.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2099;

/// The holidays of a year, in order. `None` if no calendar has that name.
///
/// ```
/// # use longshore_units::holidays;
/// let days = holidays("US-federal", 2027).unwrap();
/// assert_eq!(days.len(), 11);
/// assert_eq!(days[9].to_string(), "2027-11-25"); // Thanksgiving
/// assert_eq!(holidays("GB", 2027).unwrap()[8].to_string(), "2027-12-27"); // for Christmas on a Saturday
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
        code => return country(code).map(|country| of_country(country, year)),
    }
    Some(days)
}

/// The holidays that a calendar lacks, since no rule gives their days: those by the moon, and those that are proclaimed.
/// Empty for a calendar that is whole, and for a name that no calendar has.
pub fn missing_holidays(calendar: &str) -> &'static [&'static str] {
    country(calendar).map_or(&[], |country| country.missing)
}

fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code == code)
}

fn of_country(country: &Country, year: i16) -> Vec<Date> {
    if !YEARS.contains(&year) {
        return Vec::new();
    }
    let kept = country.holidays.iter().filter(|holiday| holiday.years.contain(year));
    let kept: Vec<_> = kept.map(|holiday| (holiday.falls.day(year), holiday.moves)).collect();
    let mut days: Vec<Date> = kept.iter().filter_map(|(day, moves)| moves.moved(*day)).collect();
    for (day, moves) in kept {
        days.extend(moves.substitute(day, &days));
    }
    days.sort();
    days.dedup();
    if country.between {
        let lies_between = |pair: &[Date]| (pair[0].tomorrow().ok()? == pair[1].yesterday().ok()?).then_some(pair[0]);
        let between: Vec<Date> =
            days.windows(2).filter_map(lies_between).filter_map(|day| day.tomorrow().ok()).collect();
        days.extend(between.into_iter().filter(|day| day.weekday() != Weekday::Sunday).collect::<Vec<_>>());
        days.sort();
    }
    days
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
