//! What others pay for outsourced service, as a contract is judged by it.

use longshore_contract::{MarketPrice, MarketUnit};

use crate::figure::{Topic, figures};

/// The kinds of figures that a contract's prices are compared with, and the currencies these are in.
const KINDS: [(&str, MarketUnit); 3] = [
    ("shared minute", MarketUnit::Minute),
    ("agent hour", MarketUnit::Hour),
    ("outbound hour", MarketUnit::OutboundHour),
];

/// What others pay: of the catalog's prices, those that a contract may have, where the source names a place.
pub fn market_prices() -> Vec<MarketPrice> {
    let mut prices = Vec::new();
    for figure in figures().iter().filter(|figure| figure.topic == Topic::Price && figure.place != "anywhere") {
        let unit = KINDS.iter().find(|(kind, _)| *kind == figure.kind).map(|(_, unit)| *unit);
        let currency = figure.unit.split('/').next().and_then(|code| code.parse().ok());
        let (Some(unit), Some(currency)) = (unit, currency) else { continue };
        prices.push(MarketPrice {
            unit,
            place: &figure.place,
            low: figure.low.clone(),
            high: figure.high.clone(),
            currency,
            source: &figure.cited,
        });
    }
    prices
}
