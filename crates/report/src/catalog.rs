//! The catalog's figures for people and programs.

use std::fmt::Write as _;

use longshore_business_case::{CATALOG, Country, Fact, Figure, Profile, Topic, figures, profiles};
use longshore_units::missing_holidays;
use serde::Serialize;

/// The JSON of `catalog`: `{"country","figures":[{"topic","kind","place","low","high","unit","year","source","about"}],`
/// `"filled_in":[{"what","value","source"}],"profiles":[{"channel","from","each_minutes","shares","source"}],`
/// `"holidays":{"calendar","missing"}}`.
///
/// `low` and `high` are exact decimals as text. `country` and `holidays` are null where no country was asked for.
#[derive(Debug, Serialize)]
pub struct CatalogJson {
    country: Option<String>,
    figures: Vec<FigureJson>,
    filled_in: Vec<FactJson>,
    profiles: Vec<ProfileJson>,
    holidays: Option<HolidaysJson>,
}

#[derive(Debug, Serialize)]
struct FigureJson {
    topic: &'static str,
    kind: &'static str,
    place: &'static str,
    low: String,
    high: String,
    unit: &'static str,
    year: &'static str,
    source: &'static str,
    about: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct FactJson {
    what: &'static str,
    value: &'static str,
    source: &'static str,
}

#[derive(Debug, Serialize)]
struct ProfileJson {
    channel: &'static str,
    from: String,
    each_minutes: u32,
    shares: &'static [f64],
    source: &'static str,
}

#[derive(Debug, Serialize)]
struct HolidaysJson {
    calendar: Option<&'static str>,
    missing: &'static [&'static str],
}

/// The figures that hold for a country, nearest first; all of them where none is asked for.
fn chosen(country: Option<&Country>) -> Vec<&'static Figure> {
    let Some(country) = country else { return figures().iter().collect() };
    let mut chosen: Vec<(Topic, u8, &Figure)> =
        figures().iter().filter_map(|figure| Some((figure.topic, figure.distance(country)?, figure))).collect();
    chosen.sort_by_key(|(topic, distance, _)| (*topic, *distance));
    chosen.into_iter().map(|(_, _, figure)| figure).collect()
}

/// For other programs.
pub fn catalog_json(country: Option<&Country>) -> CatalogJson {
    let figure = |figure: &'static Figure| FigureJson {
        topic: figure.topic.word(),
        kind: &figure.kind,
        place: &figure.place,
        low: figure.low.to_string(),
        high: figure.high.to_string(),
        unit: &figure.unit,
        year: &figure.year,
        source: &figure.source,
        about: figure.about.as_deref(),
    };
    let fact = |fact: &Fact| FactJson { what: fact.what, value: fact.written, source: fact.source };
    let profile = |profile: &'static Profile| ProfileJson {
        channel: &profile.channel,
        from: format!("{:02}:{:02}", profile.from / 60, profile.from % 60),
        each_minutes: profile.each,
        shares: &profile.shares,
        source: &profile.source,
    };
    let holidays = |country: &Country| HolidaysJson {
        calendar: country.calendar(),
        missing: country.calendar().map_or(&[], missing_holidays),
    };
    CatalogJson {
        country: country.map(|country| country.name.clone()),
        figures: chosen(country).into_iter().map(figure).collect(),
        filled_in: CATALOG.iter().map(fact).collect(),
        profiles: profiles().iter().map(profile).collect(),
        holidays: country.map(holidays),
    }
}

/// The same for the terminal: what it is, where, the figure, and who published it when.
pub fn catalog_text(country: Option<&Country>) -> String {
    let mut text = String::new();
    let mut topic = None;
    for figure in chosen(country) {
        if topic != Some(figure.topic) {
            let gap = if topic.is_some() { "\n" } else { "" };
            let _ = writeln!(text, "{gap}{}", title(figure.topic));
            topic = Some(figure.topic);
        }
        let about = figure.about.as_ref().map_or(String::new(), |about| format!(" ({about})"));
        let _ = writeln!(text, " {:<38} {:<24} {}", figure.kind, figure.written(), place(figure, country));
        let _ = writeln!(text, "   {}{about}", figure.cited);
    }
    let _ = writeln!(text, "\nFilled in where a case does not say");
    for fact in CATALOG {
        let _ = writeln!(text, " {:<63} {}\n   {}", fact.what, fact.written, fact.source);
    }
    for profile in profiles() {
        let steps = profile.shares.len();
        let _ = writeln!(
            text,
            " {:<63} {steps} shares\n   {}",
            format!("profile of a day, {}", profile.channel),
            profile.source
        );
    }
    if let Some(country) = country {
        let _ = writeln!(text, "\nHolidays");
        match country.calendar() {
            Some(calendar) => {
                let _ = writeln!(text, " calendar \"{calendar}\"; {}", lacking(missing_holidays(calendar)));
            }
            None => {
                let _ = writeln!(text, " none: name days in the contract or the case");
            }
        }
    }
    text
}

fn lacking(missing: &[&str]) -> String {
    if missing.is_empty() { "whole".to_owned() } else { format!("not in it: {}", missing.join("; ")) }
}

fn title(topic: Topic) -> &'static str {
    match topic {
        Topic::Price => "Prices",
        Topic::Labor => "Labor",
        Topic::Operation => "Operation",
        Topic::Tax => "Taxes",
    }
}

/// The place, or the country that was asked for where the figure names it among others.
fn place(figure: &Figure, country: Option<&Country>) -> String {
    match country {
        Some(country) if figure.distance(country) == Some(0) => country.name.clone(),
        _ => figure.place.replace('/', ", "),
    }
}
