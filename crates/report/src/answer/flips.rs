//! What would put another option first, told in words.

use longshore_compare::{BreakEven, Comparison, Driver, OptionSummary};

use crate::grid::Grid;
use crate::teller::Teller;

/// How many of each kind are told.
#[derive(Clone, Copy)]
pub(super) struct Most {
    figures: usize,
    volumes: usize,
    /// Prices of others, beside that of the first.
    prices: usize,
}

impl Most {
    /// All of them.
    pub const ALL: Most = Most { figures: usize::MAX, volumes: usize::MAX, prices: usize::MAX };

    /// What a terminal has lines for.
    pub const SHOWN: Most = Most { figures: 3, volumes: 2, prices: 1 };
}

/// What puts another option first: uncertain figures, then volumes and prices; and which figure is worth measuring. Of each
/// kind at most so many, the nearest.
pub(super) fn told(teller: &Teller, comparison: &Comparison, most: Most) -> Vec<String> {
    let winner = comparison.options.iter().position(|option| option.rank == Some(1));
    let Some(winner) = winner else { return Vec::new() };
    let mut told = by_figures(teller, comparison, most.figures);
    told.extend(by_volume(teller, comparison, most.volumes));
    if told.is_empty() {
        told.push(teller.say("flip-nothing"));
    }
    told.extend(by_price(teller, comparison, winner, most.prices));
    told.extend(worth_knowing(teller, comparison));
    told
}

/// The ends of uncertain figures at which another option is the cheapest: a sentence for each such option.
fn by_figures(teller: &Teller, comparison: &Comparison, most: usize) -> Vec<String> {
    let ends = comparison.sensitivity.drivers.iter().flat_map(|driver| {
        let ends = [(driver.flips_low, driver.low), (driver.flips_high, driver.high)];
        ends.into_iter().filter_map(move |(place, factor)| Some((place?, driver, factor)))
    });
    let mut options: Vec<(usize, Vec<String>)> = Vec::new(); // In the order in which they are met.
    for (place, driver, factor) in ends.take(most) {
        let known = options.iter().position(|(known, _)| *known == place);
        let id = if known.is_some() { "flip-figure-too" } else { "flip-figure-at" };
        let (figure, share) = (figure(teller, driver), teller.percent(factor, 0));
        let told = teller.tell(id, &[("figure", figure), ("share", share)]);
        match known {
            Some(known) => options[known].1.push(told),
            None => options.push((place, vec![told])),
        }
    }
    let sentence = |(place, figures): &(usize, Vec<String>)| {
        let (option, figures) = (comparison.options[*place].option.as_str(), teller.or(figures));
        teller.tell("flip-figure", &[("figures", figures.as_str()), ("option", option)])
    };
    options.iter().map(sentence).collect()
}

/// The volumes at which another option is as cheap, in one sentence: said in full of the first, in short of the others.
fn by_volume(teller: &Teller, comparison: &Comparison, most: usize) -> Option<String> {
    let a_year = comparison.sensitivity.contacts_a_year;
    let crossings = comparison.sensitivity.crossings.iter().take(most).enumerate();
    let crossings = crossings.map(|(place, crossing)| {
        let id = match (1.0 < crossing.factor, place) {
            (true, 0) => "flip-more-contacts",
            (true, _) => "flip-more-too",
            (false, 0) => "flip-fewer-contacts",
            (false, _) => "flip-fewer-too",
        };
        let contacts = teller.float((a_year * crossing.factor / 1000.0).round() * 1000.0, 0);
        let share = teller.percent(crossing.factor, 0);
        let option = comparison.options[crossing.option].option.as_str();
        teller.tell(id, &[("contacts", &*contacts), ("share", &*share), ("option", option)])
    });
    sentence(teller, crossings.collect())
}

/// How far prices are from another order, in one sentence: of the first option, and of those that have to give least, where
/// that is less than half.
fn by_price(teller: &Teller, comparison: &Comparison, winner: usize, most: usize) -> Option<String> {
    let tell = |id: &str, even: &BreakEven| {
        let (option, share) = (comparison.options[even.option].option.as_str(), teller.percent(even.change.abs(), 0));
        teller.tell(id, &[("option", option), ("share", &share)])
    };
    let (first, mut others): (Vec<&BreakEven>, Vec<&BreakEven>) =
        comparison.sensitivity.break_evens.iter().partition(|even| even.option == winner);
    others.retain(|even| -0.5 < even.change);
    others.sort_by(|one, other| other.change.total_cmp(&one.change));
    let mut prices: Vec<String> = first.first().map(|even| tell("flip-own-price", even)).into_iter().collect();
    for even in others.into_iter().take(most) {
        prices.push(tell(if prices.is_empty() { "flip-other-price" } else { "flip-other-price-too" }, even));
    }
    let arguments = [("option", comparison.options[winner].option.clone()), ("prices", teller.or(&prices))];
    (!prices.is_empty()).then(|| teller.tell("flip-stays", &arguments))
}

fn sentence(teller: &Teller, parts: Vec<String>) -> Option<String> {
    (!parts.is_empty()).then(|| teller.tell("sentence", &[("parts", teller.and(&parts))]))
}

/// The uncertain figure of which knowing saves most.
fn worth_knowing(teller: &Teller, comparison: &Comparison) -> Option<String> {
    let worth = comparison.sensitivity.drivers.iter().filter(|driver| 0 < driver.worth_knowing.minor);
    worth.max_by_key(|driver| driver.worth_knowing.minor).map(|driver| {
        let (figure, amount) = (figure(teller, driver), teller.short(driver.worth_knowing));
        teller.tell("worth-knowing", &[("figure", figure), ("amount", amount)])
    })
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
        "exchange rate" => "figure-exchange-rate",
        "outages" => "figure-outages",
        "outage length" => "figure-outage-length",
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
