//! The holidays of countries, against a list that others keep.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use longshore_units::{HOLIDAY_CALENDARS, holidays, missing_holidays};

/// A code, a year, and the days of that year as month and day.
fn listed() -> Vec<(&'static str, i16, Vec<&'static str>)> {
    let lines = include_str!("holidays.csv").lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0], cells[1].parse().unwrap(), cells[2].split(' ').collect())
    };
    lines.map(row).collect()
}

fn ours(code: &str, year: i16) -> Vec<String> {
    holidays(code, year).unwrap().iter().map(|day| day.to_string()[5..].to_owned()).collect()
}

#[test]
fn rules_give_the_days_that_others_list() {
    let wrong: Vec<String> = listed()
        .iter()
        .filter(|(code, year, days)| ours(code, *year) != *days)
        .map(|(code, year, days)| format!("{code} {year}: {:?} instead of {days:?}", ours(code, *year)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Egypt moves most of its days by decree, and Vietnam adds one to its national day: their lists are not ours.
#[test]
fn every_country_is_compared_but_two() {
    let compared: BTreeSet<&str> = listed().iter().map(|(code, _, _)| *code).collect();
    let countries = HOLIDAY_CALENDARS.iter().filter(|name| !name.starts_with("US-"));
    let others: Vec<&&str> = countries.filter(|code| !compared.contains(**code)).collect();
    assert_eq!(others, [&"EG", &"VN"]);
    assert_eq!(ours("EG", 2027), ["01-07", "01-25", "04-25", "05-01", "05-03", "06-30", "07-23", "10-06"]);
    assert_eq!(ours("VN", 2028), ["01-01", "01-03", "04-30", "05-01", "05-02", "09-02", "09-04", "11-24"]);
}

/// Days of Easter of the tables in Meeus and of the Greek church.
#[test]
fn easter_falls_where_the_churches_have_it() {
    for (year, western, eastern) in [(2000, "04-24", "05-01"), (2024, "04-01", "05-06"), (2038, "04-26", "04-26")] {
        let (germany, greece) = (ours("DE", year), ours("GR", year));
        assert!(germany.contains(&western.to_owned()), "{year}: {germany:?}");
        assert!(greece.contains(&eastern.to_owned()), "{year}: {greece:?}");
    }
}

#[test]
fn what_no_rule_gives_is_named() {
    assert!(missing_holidays("PH").iter().any(|missing| missing.contains("Eid")));
    assert!(missing_holidays("US-federal").is_empty() && missing_holidays("Mars").is_empty());
    // No calendar is silent in a year of ours, and none speaks of years whose law it does not know.
    for name in HOLIDAY_CALENDARS {
        assert!((2000..=2099).all(|year| 3 <= holidays(name, year).unwrap().len()), "{name}");
        assert!(holidays(name, 9999).unwrap().is_empty() && holidays(name, -9999).unwrap().is_empty(), "{name}");
    }
}
