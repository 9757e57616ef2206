//! The catalog's figures for people and programs.

use std::fmt::Write as _;

use longshore_business_case::{
    Country, Fact, Figure, PricePart, Profile, QuoteUnit, ShouldCost, Span, Topic, facts, figures, profiles,
};
use longshore_units::{Exact, RoundHow, missing_holidays};
use serde::Serialize;

/// The JSON of `catalog`: `{"country","figures":[{"topic","kind","place","low","high","unit","year","source","about"}],`
/// `"filled_in":[{"what","value","source"}],"profiles":[{"channel","from","each_minutes","shares","source"}],`
/// `"holidays":{"calendar","missing"},"should_cost":{"hour":{"low","high"},"parts":[{"what","low","high","source"}]}}`.
///
/// `low` and `high` are decimals as text: exact for figures, with four places for what an hour should cost, in US dollars.
/// `country` and `holidays` are null where no country was asked for; `should_cost` also where no pay is published in dollars.
#[derive(Debug, Serialize)]
pub struct CatalogJson {
    country: Option<String>,
    figures: Vec<FigureJson>,
    filled_in: Vec<FactJson>,
    profiles: Vec<ProfileJson>,
    holidays: Option<HolidaysJson>,
    should_cost: Option<ShouldCostJson>,
}

#[derive(Debug, Serialize)]
struct ShouldCostJson {
    hour: SpanJson,
    parts: Vec<PartJson>,
}

#[derive(Debug, Serialize)]
pub(crate) struct SpanJson {
    low: String,
    high: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct PartJson {
    pub what: &'static str,
    #[serde(flatten)]
    pub amount: SpanJson,
    pub source: String,
}

impl SpanJson {
    pub fn of(span: &Span) -> SpanJson {
        SpanJson { low: span.low.to_decimal(4), high: span.high.to_decimal(4) }
    }
}

impl ShouldCostJson {
    fn of(cost: &ShouldCost) -> ShouldCostJson {
        let part = |part: &PricePart| PartJson {
            what: part.what,
            amount: SpanJson::of(&part.amount),
            source: part.source.clone(),
        };
        ShouldCostJson { hour: SpanJson::of(&cost.hour), parts: cost.parts.iter().map(part).collect() }
    }
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
    range: Option<RangeJson>,
}

#[derive(Debug, Serialize)]
struct RangeJson {
    written: &'static str,
    source: &'static str,
}

#[derive(Debug, Serialize)]
struct ProfileJson {
    channel: &'static str,
    from: String,
    each_minutes: u32,
    shares: &'static [f64],
    weekend: f64,
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
    let fact = |fact: &'static Fact| FactJson {
        what: &fact.what,
        value: &fact.written,
        source: &fact.source,
        range: fact.range.as_ref().map(|range| RangeJson { written: &range.written, source: &range.source }),
    };
    let profile = |profile: &'static Profile| ProfileJson {
        channel: &profile.channel,
        from: format!("{:02}:{:02}", profile.from / 60, profile.from % 60),
        each_minutes: profile.each,
        shares: &profile.shares,
        weekend: profile.weekend,
        source: &profile.source,
    };
    let holidays = |country: &Country| HolidaysJson {
        calendar: country.calendar(),
        missing: country.calendar().map_or(&[], missing_holidays),
    };
    CatalogJson {
        country: country.map(|country| country.name.clone()),
        figures: chosen(country).into_iter().map(figure).collect(),
        filled_in: facts().iter().map(fact).collect(),
        profiles: profiles().iter().map(profile).collect(),
        holidays: country.map(holidays),
        should_cost: country.and_then(ShouldCost::of).as_ref().map(ShouldCostJson::of),
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
    for fact in facts() {
        let _ = writeln!(text, " {:<63} {}\n   {}", fact.what, fact.written, fact.source);
        if let Some(range) = &fact.range {
            let _ = writeln!(text, "   published {}: {}", range.written, range.source);
        }
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
    if let Some(cost) = country.and_then(ShouldCost::of) {
        let span = |span: &Span| format!("{:>6}–{:<6}", fixed(&span.low), fixed(&span.high));
        let _ = writeln!(text, "\nWhat an hour of an agent at work should cost, in USD");
        for part in &cost.parts {
            let _ = writeln!(text, " {:<38} {}\n   {}", part.what, span(&part.amount), part.source);
        }
        let _ = writeln!(text, " {:<38} {}", "in all", span(&cost.hour));
        for unit in [QuoteUnit::Minute, QuoteUnit::AgentMonth] {
            let _ = writeln!(
                text,
                " {:<38} {}",
                format!("so a{} {}", if unit == QuoteUnit::AgentMonth { "n" } else { "" }, unit.word()),
                span(&cost.of_unit(unit))
            );
        }
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

/// Two places, as prices are written.
fn fixed(amount: &Exact) -> String {
    let cent = Exact::ratio(1, 100).expect("100 is not 0");
    amount.rounded_to(&cent, RoundHow::HalfUp).to_fixed(2).expect("it is rounded to cents")
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
