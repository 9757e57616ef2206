//! Every row of the catalog: read, of a known kind of unit, with a source and a year.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use longshore_business_case::{Topic, countries, country, figures, market_prices, profiles, typical};
use longshore_units::{Currency, Exact};

#[test]
fn every_figure_has_a_range_a_unit_a_year_and_a_source() {
    let mut seen = BTreeSet::new();
    for figure in figures() {
        let what = format!("{} {} {}", figure.kind, figure.place, figure.source);
        assert!(Exact::zero() <= figure.low && figure.low <= figure.high, "{what}: {}–{}", figure.low, figure.high);
        let dated = figure.year == "undated"
            || figure.year.trim_start_matches("c. ").parse::<i16>().is_ok_and(|year| (1990..=2026).contains(&year));
        assert!(dated, "{what}: {}", figure.year);
        assert!(6 < figure.source.len(), "{what}");
        if let Some((code, _)) = figure.unit.split_once('/') {
            assert!(code.parse::<Currency>().is_ok(), "{what}: {}", figure.unit);
        }
        let row = (figure.topic, &figure.kind, &figure.place, &figure.source, &figure.year, figure.written());
        assert!(seen.insert(format!("{row:?}")), "twice: {what}");
    }
    for topic in Topic::ALL {
        assert!(20 < figures().iter().filter(|figure| figure.topic == topic).count(), "{}", topic.word());
    }
}

/// What agents earn, or the labor cost of the whole economy, of every country that service is bought from.
#[test]
fn labor_of_at_least_forty_countries() {
    let is_known = |name: &str| {
        figures()
            .iter()
            .any(|figure| figure.topic == Topic::Labor && figure.place.split('/').any(|place| place == name))
    };
    let without: Vec<&str> =
        countries().iter().filter(|country| !is_known(&country.name)).map(|country| country.code.as_str()).collect();
    assert_eq!(without, [""; 0], "countries without a figure of labor");
    // A name that no country has would be read past.
    let regions =
        ["anywhere", "international", "Latin America", "Caribbean", "Asia", "Africa", "Middle East", "Europe"];
    let regions = regions.into_iter().chain(["Eastern Europe", "Western Europe"]);
    let known: BTreeSet<&str> = countries().iter().map(|country| country.name.as_str()).chain(regions).collect();
    for place in figures().iter().flat_map(|figure| figure.place.split('/')) {
        assert!(known.contains(place), "`{place}` is neither a country nor a region of the catalog");
    }
}

#[test]
fn countries_have_calendars_and_zones_of_their_own() {
    let without: Vec<&str> = countries()
        .iter()
        .filter(|country| country.calendar().is_none())
        .map(|country| country.code.as_str())
        .collect();
    assert_eq!(without, ["UA"], "its holidays are suspended");
    let zones: Vec<String> =
        countries().iter().flat_map(|country| &country.zones).map(|zone| format!("{zone:?}")).collect();
    assert_eq!(zones.iter().collect::<BTreeSet<_>>().len(), zones.len());
}

#[test]
fn figures_that_disagree_are_all_kept_and_the_middle_one_taken() {
    let philippines = country("PH").unwrap();
    // Middles 7, 7.5, 11, 11, 13: three low ones and two high ones name the country.
    let hour = typical("agent hour", "USD/hour", philippines).unwrap();
    assert_eq!(
        (hour.value.to_string(), hour.range.0.to_string(), hour.range.1.to_string()),
        ("11".into(), "6".into(), "14".into())
    );
    assert!(hour.cited.contains("ctnp-corp.com") && hour.cited.contains("bworldonline.com"), "{}", hour.cited);
    // Nobody publishes a price for Honduras: it is one of its region's.
    let honduras = typical("agent hour", "USD/hour", country("HN").unwrap()).unwrap();
    assert_eq!(honduras.value.to_string(), "13");
    assert_eq!(typical("shared minute", "USD/minute", country("DE").unwrap()), None);
}

#[test]
fn the_lint_compares_with_prices_of_places() {
    let prices = market_prices();
    assert!(28 <= prices.len() && prices.iter().all(|price| price.place != "anywhere"));
    assert!(prices.iter().any(|price| price.place == "Jamaica" && price.low.to_string() == "10"));
}

#[test]
fn profiles_are_shares_of_a_day() {
    for profile in profiles() {
        let sum: f64 = profile.shares.iter().sum();
        assert!((sum - 100.0).abs() < 0.5, "{}: {sum}", profile.channel);
        let mean: f64 = profile.weekdays.iter().map(|(_, factor)| factor).sum::<f64>() / profile.weekdays.len() as f64;
        assert!((mean - 1.0).abs() < 0.01, "{}: {mean}", profile.channel);
        assert!(profile.from + profile.each * profile.shares.len() as u32 <= 24 * 60);
    }
}
