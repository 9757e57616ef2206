//! Prices that others do not pay.

use longshore_units::{Amount, Currency, Exact, Factor, Price};

use super::{CostPer, Danger, Judge, about};
use crate::{Criterion, Field, Grain, LineKind, Measure, Tariff, TimeUnit};

/// What others pay for a unit in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarketPrice {
    /// The unit.
    pub unit: MarketUnit,
    /// The place, as its source names it; several with a slash between.
    pub place: &'static str,
    /// From.
    pub low: Exact,
    /// To.
    pub high: Exact,
    /// In which currency.
    pub currency: Currency,
    /// Where the figures come from, and of which year.
    pub source: &'static str,
}

/// What is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarketUnit {
    /// A minute of shared agents.
    Minute,
    /// An hour of a dedicated agent.
    Hour,
    /// An hour of outbound work.
    OutboundHour,
}

impl MarketUnit {
    fn word(self) -> &'static str {
        match self {
            MarketUnit::Minute => "a minute",
            MarketUnit::Hour => "an hour",
            MarketUnit::OutboundHour => "an hour of outbound work",
        }
    }
}

pub(super) fn judge(judge: &mut Judge<'_>) {
    let contract = judge.contract;
    for (position, charge, counted) in judge.counted() {
        let Some(unit) = market_unit(counted) else { continue };
        if counted.included.is_some() {
            continue; // What goes beyond a bundle has its own price, dearer than a minute bought alone.
        }
        let Tariff::Bands { bands, .. } = &counted.tariff else { continue };
        let market = judge.basis.market;
        let of_unit = || market.iter().filter(|row| row.unit == unit && row.currency == contract.currency);
        let here: Vec<&MarketPrice> = match &contract.place {
            Some(place) => of_unit().filter(|row| is_in(row.place, place)).collect(),
            None => of_unit().collect(),
        };
        let (Some(low), Some(high)) = (here.iter().map(|row| &row.low).min(), here.iter().map(|row| &row.high).max())
        else {
            continue;
        };
        // A decimal point may be lost in any band; what others pay is compared with the first one's price.
        let lost = |price: &&Exact| &(high * &Exact::from(10i128)) <= *price;
        let misprint = bands.iter().map(|band| &band.price.0).find(lost);
        let price = misprint.unwrap_or(&bands.list_price().0);
        if price.is_zero() || low <= price && price <= high {
            continue;
        }
        let where_to = contract.place.as_deref().unwrap_or("anywhere");
        let sources: Vec<&str> = {
            let mut sources: Vec<&str> = here.iter().map(|row| row.source).collect();
            sources.sort_unstable();
            sources.dedup();
            sources.truncate(3);
            sources
        };
        let range = format!(
            "{}–{} {} {} ({where_to}: {})",
            shown(low),
            shown(high),
            contract.currency,
            unit.word(),
            sources.join("; ")
        );
        // What is billed above the dearest of the others.
        let above = Price(price - high);
        let billed = judge.billed(&charge.name, LineKind::Charge).map(|billed| &above * &billed.quantity);
        let twelfth = Factor::share(1, 12).expect("12 is not 0");
        let more = match (&counted.measure, billed) {
            _ if misprint.is_some() || price < high => None,
            (_, Some(a_year)) => judge.cost(&a_year * &twelfth, CostPer::Month),
            (Measure::Time { unit, of, increments }, None) => {
                judge.cost(Amount(judge.basis.traffic.cost(of, *increments, *unit, &above)), CostPer::Month)
            }
            _ => None,
        };
        let (message, help) = if misprint.is_some() {
            let point = price.to_decimal(2);
            (
                format!(
                    "`{}` costs {point} {} {}, more than ten times what others pay: is a decimal point lost?",
                    charge.name,
                    contract.currency,
                    unit.word()
                ),
                format!("others pay {range}; a range printed as `0.35–45` means 0.35–0.45"),
            )
        } else {
            let way = if high < price { "above" } else { "below" };
            let ask = if high < price {
                "use it to negotiate, or ask what is in the price that others bill beside it"
            } else {
                "ask what is left out of the price, and who earns so little"
            };
            let more = match &more {
                Some(more) => {
                    format!(": {} a month more on {}", about(contract, &more.amount), judge.basis.traffic.source)
                }
                None => String::new(),
            };
            (format!("`{}` lies {way} what others pay: {range}{more}", charge.name), ask.to_owned())
        };
        let key = if bands.count() == 1 { "each" } else { "bands" };
        let place = judge.of_entry("charge", position, key);
        judge.warn(Danger {
            code: "L021",
            place,
            term: Some(&charge.name),
            clause: &charge.clause,
            message,
            help: &help,
            cost: more,
        });
    }
}

/// A price as people write it: with two decimals at least where it has any.
fn shown(price: &Exact) -> String {
    let mut digits = price.to_decimal(4);
    if digits.find('.').is_some_and(|point| point + 2 == digits.len()) {
        digits.push('0');
    }
    digits
}

fn market_unit(counted: &crate::Counted) -> Option<MarketUnit> {
    let outbound = counted.select.criteria.iter().any(|criterion| {
        matches!(criterion, Criterion::OneOf(Field::Direction, words) if words.iter().any(|word| word == "outbound"))
    });
    match (&counted.measure, counted.grain) {
        (Measure::Time { unit: TimeUnit::Minute, .. }, Grain::Contact | Grain::Leg) => Some(MarketUnit::Minute),
        (Measure::AgentTime { unit: TimeUnit::Hour | TimeUnit::AgentHour, overtime: None }, _) => {
            let training = counted.select.criteria.iter().any(|criterion| {
                matches!(criterion, Criterion::OneOf(Field::State, states) if states.iter().all(|state| state == "training"))
            });
            if training { None } else { Some(if outbound { MarketUnit::OutboundHour } else { MarketUnit::Hour }) }
        }
        (Measure::Schedule { unit: TimeUnit::Hour | TimeUnit::AgentHour, .. }, _) => Some(MarketUnit::Hour),
        _ => None,
    }
}

/// Whether a place is one of those a source names together.
fn is_in(sources: &str, place: &str) -> bool {
    let place = place.to_lowercase();
    sources.to_lowercase().split('/').any(|known| known == place || place.ends_with(&format!(", {known}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_shown_as_people_write_them() {
        let shown = |text: &str| shown(&text.parse().unwrap());
        assert_eq!(["8", "0.5", "0.35", "45", "0.105"].map(shown), ["8", "0.50", "0.35", "45", "0.105"]);
    }
}
