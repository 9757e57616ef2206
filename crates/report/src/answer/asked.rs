//! What quotes ask, beside what it should cost, told in words.

use longshore_compare::{Asked, Comparison, OptionSummary};
use longshore_units::{Exact, RoundHow};

use crate::grid::Grid;
use crate::teller::Teller;

/// How many prices outside of what they should be are told.
const OUTSIDE: usize = 3;

/// What the quote of the option that comes first asks, and each that asks more or less than it should; of the others, how
/// many are as they should be. Of each option the first price that can be built from the bottom up.
pub(super) fn told(teller: &Teller, comparison: &Comparison) -> Vec<String> {
    let quotes: Vec<(&OptionSummary, &Asked)> =
        comparison.options.iter().filter_map(|option| Some((option, option.asked.first()?))).collect();
    let is_first = |option: &OptionSummary| option.rank == Some(1);
    let first = quotes.iter().find(|(option, _)| is_first(option));
    let others = || quotes.iter().filter(|(option, _)| !is_first(option));
    let outside: Vec<&(&OptionSummary, &Asked)> = others().filter(|(_, asked)| !asked.difference().is_zero()).collect();
    let within = others().count() - outside.len();
    let id = if first.is_some() { "prices-within-too" } else { "prices-within" };
    let within = (0 < within).then(|| teller.counted(id, within as u64));
    let mut told: Vec<String> = first.map(|(option, asked)| line(teller, option, asked)).into_iter().collect();
    told.extend(outside.iter().take(OUTSIDE).map(|(option, asked)| line(teller, option, asked)));
    let more = outside.len().saturating_sub(OUTSIDE) as u64;
    told.extend((0 < more).then(|| teller.counted("prices-outside-more", more)));
    match (told.first_mut().filter(|_| first.is_some()), within) {
        (Some(first), Some(within)) => *first = teller.tell("why-and", &[("what", &*first), ("more", &within)]),
        (None, Some(within)) => told.push(within),
        (_, None) => {}
    }
    told
}

fn line(teller: &Teller, option: &OptionSummary, asked: &Asked) -> String {
    let difference = asked.difference();
    let verdict = match &difference {
        within if within.is_zero() => teller.say("price-within"),
        less if less.is_negative() => {
            teller.tell("price-below", &[("difference", price(teller, asked, &(&asked.should.low - &asked.price)))])
        }
        more => teller.tell("price-above", &[("difference", price(teller, asked, more))]),
    };
    let arguments = [
        ("option", option.option.clone()),
        ("price", price(teller, asked, &asked.price)),
        ("code", asked.currency.to_string()),
        ("unit", unit(teller, asked)),
        ("low", price(teller, asked, &asked.should.low)),
        ("high", price(teller, asked, &asked.should.high)),
        ("verdict", verdict),
    ];
    teller.tell("price-line", &arguments)
}

/// Figures beside a price, with as many decimals as it needs: none for thousands, three where two do not hold it.
fn price(teller: &Teller, asked: &Asked, figure: &Exact) -> String {
    let places = match &asked.price {
        price if Exact::from(1000u64) <= *price => 0,
        price if price.rounded_to(&Exact::ratio(1, 100).expect("100 is not 0"), RoundHow::HalfUp) == *price => 2,
        _ => 3,
    };
    teller.exact(figure, places)
}

fn unit(teller: &Teller, asked: &Asked) -> String {
    teller.say(&format!("unit-{}", asked.unit.word()))
}

/// All prices of all quotes.
pub(super) fn grid(teller: &Teller, comparison: &Comparison) -> Grid {
    let heads = [
        "head-option",
        "head-charge",
        "head-drivers",
        "head-unit",
        "head-price",
        "head-should",
        "head-market",
        "head-difference",
    ];
    let row = |(option, asked): (&OptionSummary, &Asked)| {
        let span = |low: &Exact, high: &Exact| format!("{}–{}", price(teller, asked, low), price(teller, asked, high));
        vec![
            option.option.clone(),
            asked.charge.clone(),
            drivers(teller, asked),
            format!("{} {}", asked.currency, unit(teller, asked)),
            price(teller, asked, &asked.price),
            span(&asked.should.low, &asked.should.high),
            asked.market.as_ref().map_or_else(String::new, |market| span(&market.low, &market.high)),
            price(teller, asked, &asked.difference()),
        ]
    };
    Grid { header: heads.map(|id| teller.say(id)).to_vec(), rows: all(comparison).map(row).collect(), left: 4 }
}

/// What all prices should be made of, with sources.
pub(crate) fn parts(teller: &Teller, comparison: &Comparison) -> Grid {
    let heads = ["head-option", "head-charge", "head-what", "head-source", "head-from", "head-to"];
    let rows = all(comparison).flat_map(|(option, asked)| {
        asked.parts.iter().map(|part| {
            vec![
                option.option.clone(),
                asked.charge.clone(),
                part_word(teller, part.what),
                part.source.clone(),
                price(teller, asked, &part.amount.low),
                price(teller, asked, &part.amount.high),
            ]
        })
    });
    Grid { header: heads.map(|id| teller.say(id)).to_vec(), rows: rows.collect(), left: 4 }
}

/// All prices, with their options.
pub(crate) fn all(comparison: &Comparison) -> impl Iterator<Item = (&OptionSummary, &Asked)> {
    comparison.options.iter().flat_map(|option| option.asked.iter().map(move |asked| (option, asked)))
}

/// What a part of a price is called: `taxes and benefits` is `price-taxes-and-benefits`.
pub(crate) fn part_word(teller: &Teller, what: &str) -> String {
    teller.say(&format!("price-{}", what.replace(' ', "-")))
}

/// What moves a price, in a few words.
fn drivers(teller: &Teller, asked: &Asked) -> String {
    let drivers = &asked.drivers;
    let agents = match drivers.shared {
        Some(share) => teller.tell("drivers-shared", &[("share", teller.percent(share, 0))]),
        None => teller.say("drivers-dedicated"),
    };
    let nights = drivers.at_night.filter(|share| 0.005 <= *share);
    let nights = nights.map(|share| teller.tell("drivers-nights", &[("share", teller.percent(share, 0))]));
    let told = drivers.place.iter().cloned().chain([agents, drivers.languages.join(", "), drivers.hours.join(", ")]);
    let told = told.chain(nights);
    told.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use longshore_business_case::{Conditions, ShouldCost, country};
    use longshore_words::Language;

    use super::*;

    #[test]
    fn every_part_of_a_price_has_its_word() {
        let conditions = Conditions { at_night: 0.5, bilingual: true };
        let hour = ShouldCost::under(country("PH").unwrap(), &conditions).unwrap();
        for language in Language::ALL {
            let teller = Teller::new(language);
            for part in &hour.parts {
                let told = part_word(&teller, part.what);
                assert!(!told.is_empty() && !told.contains("price-"), "{language:?} {}: {told}", part.what);
            }
        }
    }
}
