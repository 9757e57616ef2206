//! What would put another option first, told in words.

use longshore_compare::{Comparison, Driver, OptionSummary};

use crate::grid::Grid;
use crate::teller::Teller;

/// What puts another option first: volumes, prices, uncertain figures; and which of these is worth measuring.
pub(super) fn told(teller: &Teller, comparison: &Comparison) -> Vec<String> {
    let Some(winner) = comparison.options.iter().position(|option| option.rank == Some(1)) else { return Vec::new() };
    let id = |place: usize| comparison.options[place].option.as_str();
    let sensitivity = &comparison.sensitivity;
    let offered: f64 = comparison.options[winner].queues.iter().map(|queue| queue.offered).sum();
    let a_year = offered * 12.0 / f64::from(comparison.months);
    let mut told = Vec::new();
    for (place, driver) in sensitivity.drivers.iter().flat_map(|driver| {
        let ends = [(driver.flips_low, driver.low), (driver.flips_high, driver.high)];
        ends.into_iter().filter_map(move |(place, factor)| Some((place?, (driver, factor))))
    }) {
        let (driver, factor) = driver;
        let (figure, share) = (figure(teller, driver), teller.percent(factor, 0));
        told.push(teller.tell("flip-figure", &[("figure", figure.as_str()), ("share", &share), ("option", id(place))]));
    }
    for crossing in &sensitivity.crossings {
        let message = if 1.0 < crossing.factor { "flip-more-contacts" } else { "flip-fewer-contacts" };
        let contacts = teller.float((a_year * crossing.factor / 1000.0).round() * 1000.0, 0);
        let share = teller.percent(crossing.factor, 0);
        told.push(
            teller.tell(message, &[("contacts", &*contacts), ("share", &share), ("option", id(crossing.option))]),
        );
    }
    if told.is_empty() {
        told.push(teller.say("flip-nothing"));
    }
    let worth = sensitivity.drivers.iter().filter(|driver| 0 < driver.worth_knowing.minor);
    told.extend(worth.max_by_key(|driver| driver.worth_knowing.minor).map(|driver| {
        let (figure, amount) = (figure(teller, driver), teller.short(driver.worth_knowing));
        teller.tell("worth-knowing", &[("figure", figure), ("amount", amount)])
    }));
    for even in &sensitivity.break_evens {
        let share = teller.percent(even.change.abs(), 0);
        if even.option == winner {
            told.push(teller.tell("flip-winner-price", &[("option", id(winner)), ("share", &share)]));
        } else if -0.5 < even.change {
            told.push(teller.tell("flip-price", &[("option", id(even.option)), ("share", &share)]));
        }
    }
    told
}

/// What an uncertain figure is called within a sentence.
pub(crate) fn figure(teller: &Teller, driver: &Driver) -> String {
    figure_of(teller, &driver.what, driver.of.as_deref())
}

/// What an uncertain figure is called, by its word in decide.toml and whom it is of.
pub(super) fn figure_of(teller: &Teller, what: &str, of: Option<&str>) -> String {
    let figure = teller.say(match what {
        "volume" => "figure-volume",
        "handle time" => "figure-handle-time",
        "resolved" => "figure-resolved",
        "turnover" => "figure-turnover",
        _ => "figure-growth",
    });
    match of {
        Some(of) => teller.tell("figure-of", &[("figure", figure.as_str()), ("of", of)]),
        None => figure,
    }
}

/// The uncertain figures, and what each does to an option's cost.
pub(crate) fn figures(teller: &Teller, comparison: &Comparison, option: &OptionSummary) -> Option<Grid> {
    let drivers = &comparison.sensitivity.drivers;
    if drivers.is_empty() {
        return None;
    }
    let place = comparison.options.iter().position(|other| other.option == option.option)?;
    let header = ["head-figure", "head-from", "head-to", "head-then-low", "head-then-high"];
    let row = |driver: &Driver| {
        let signed = |money: longshore_units::Money| {
            let sign = if 0 < money.minor { "+" } else { "" };
            format!("{sign}{}", teller.whole(money))
        };
        let (low, high) = driver.changes[place];
        let share = |factor| teller.percent(factor, 0);
        vec![figure(teller, driver), share(driver.low), share(driver.high), signed(low), signed(high)]
    };
    Some(Grid {
        header: header.iter().map(|id| teller.say(id)).collect(),
        rows: drivers.iter().map(row).collect(),
        left: 1,
    })
}
