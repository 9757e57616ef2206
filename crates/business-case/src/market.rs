//! What others pay for outsourced service, each figure with its source and year.
//!
//! Sources that contradict each other are all kept.

use longshore_contract::{MarketPrice, MarketUnit};

/// Rows of the market's prices: unit, places, from, to, source. In US dollars.
const PRICES: [(MarketUnit, &str, &str, &str, &str); 27] = [
    (MarketUnit::Minute, "United States/Canada", "0.75", "0.90", "buyers' guide on shared agents, c. 2018"),
    (MarketUnit::Minute, "United States", "0.70", "1.25", "buyers' guide, domestic, c. 2020"),
    (MarketUnit::Minute, "United States/Caribbean", "0.75", "1.50", "infocomm.ky, undated"),
    (MarketUnit::Minute, "Philippines", "0.35", "0.45", "magellan-solutions.com, undated"),
    (
        MarketUnit::Minute,
        "international/Asia/India/Pakistan/Latin America/Eastern Europe",
        "0.35",
        "0.45",
        "buyers' guide on shared agents, c. 2018",
    ),
    (
        MarketUnit::Minute,
        "Mexico/Colombia/Jamaica/Dominican Republic/Costa Rica/Guatemala/El Salvador",
        "0.35",
        "0.45",
        "buyers' guide on shared agents, international, c. 2018",
    ),
    (MarketUnit::Hour, "United States/Canada", "22", "35", "thebalance.com, c. 2018"),
    (MarketUnit::Hour, "Western Europe", "40", "60", "buyers' guide by location, c. 2018: 40 and more"),
    (MarketUnit::Hour, "United Kingdom/Germany", "22", "60", "buyers' guides, c. 2018: 22-32 and 40 and more"),
    (MarketUnit::Hour, "Eastern Europe", "12", "25", "buyers' guide by location, c. 2018"),
    (MarketUnit::Hour, "Australia", "35", "55", "buyers' guide by location, c. 2018"),
    (MarketUnit::Hour, "Africa/Middle East", "15", "20", "buyers' guide by location, c. 2018"),
    (
        MarketUnit::Hour,
        "Latin America/Mexico/Colombia/Costa Rica/Dominican Republic/Guatemala/El Salvador",
        "8",
        "18",
        "buyers' guide by location, c. 2018",
    ),
    (MarketUnit::Hour, "Jamaica", "10", "18", "zloadr.com, 2025"),
    (MarketUnit::Hour, "Asia/Philippines", "8", "14", "thebalance.com, c. 2018"),
    (MarketUnit::Hour, "Philippines", "12", "14", "bworldonline.com, premium providers, 2021"),
    (MarketUnit::Hour, "Philippines", "6", "8", "bworldonline.com, low-cost providers, 2021"),
    (MarketUnit::Hour, "India", "5", "9", "thebalance.com, c. 2018"),
    (MarketUnit::Hour, "India", "6", "12", "zloadr.com, 2025"),
    (MarketUnit::Hour, "Pakistan", "6", "10", "buyers' guide by location, c. 2018"),
    (MarketUnit::Hour, "international", "8", "15", "buyers' guide on dedicated agents, c. 2018"),
    (MarketUnit::Hour, "United States", "25", "35", "buyers' guide, domestic, c. 2020"),
    (MarketUnit::OutboundHour, "India/Philippines", "6", "10", "buyers' guide, small agencies, c. 2018"),
    (MarketUnit::OutboundHour, "Eastern Europe/Latin America/Mexico/Colombia", "9", "14", "buyers' guide, c. 2018"),
    (MarketUnit::OutboundHour, "United States/United Kingdom/Germany/Canada", "22", "32", "buyers' guide, c. 2018"),
    (
        MarketUnit::OutboundHour,
        "United States/United Kingdom/Germany/Canada",
        "35",
        "50",
        "buyers' guide, highly specialized, c. 2018",
    ),
    (MarketUnit::Hour, "Caribbean", "10", "18", "zloadr.com, 2025"),
];

/// What others pay.
pub fn market_prices() -> Vec<MarketPrice> {
    let number = |text: &str| text.parse().expect("the catalog's figures are numbers");
    let currency = "USD".parse().expect("a currency");
    let row = |(unit, place, low, high, source): (MarketUnit, &'static str, &str, &str, &'static str)| MarketPrice {
        unit,
        place,
        low: number(low),
        high: number(high),
        currency,
        source,
    };
    PRICES.map(row).to_vec()
}
