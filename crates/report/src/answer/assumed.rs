//! What was assumed, by what it does to cost, told in words.

use std::ops::RangeInclusive;

use longshore_business_case::{About, Assumption, Known};
use longshore_compare::{Comparison, Effect, OptionSummary, Weighed};
use longshore_units::{Exact, RoundHow};

use super::flips;
use crate::grid::Grid;
use crate::teller::Teller;

/// How many assumptions are told.
const TOLD: usize = 3;

/// The assumptions of an option that do most to its cost.
pub(super) fn told(teller: &Teller, option: &OptionSummary) -> Vec<String> {
    let line = |(weighed, effect): (&Weighed, Effect)| {
        let (what, value) = (what(teller, &weighed.assumption.what), value(teller, &weighed.assumption));
        let effect = short(teller, effect);
        teller.tell("assumed-line", &[("effect", &effect), ("what", &what), ("value", &value)])
    };
    known(option).filter(|(_, effect)| does(*effect)).take(TOLD).map(line).collect()
}

/// Of how many of an option's assumptions it is not known what they do to its cost.
pub(super) fn unknown(option: &OptionSummary) -> usize {
    option.assumptions.len() - known(option).count()
}

fn known(option: &OptionSummary) -> impl Iterator<Item = (&Weighed, Effect)> {
    option.assumptions.iter().filter_map(|weighed| Some((weighed, weighed.effect?)))
}

/// Whether an assumption moves the cost by a whole unit of the currency at least, as amounts are shown.
fn does(effect: Effect) -> bool {
    let amount = effect.amount();
    Exact::one() <= amount.to_amount().0.rounded_to(&Exact::one(), RoundHow::HalfUp)
}

fn short(teller: &Teller, effect: Effect) -> String {
    signed(teller, effect, teller.short(effect.amount()))
}

fn signed(teller: &Teller, effect: Effect, amount: String) -> String {
    match effect {
        Effect::Line(_) => amount,
        Effect::Swing(_) => teller.tell("effect-swing", &[("amount", amount)]),
    }
}

/// All assumptions of an option.
pub(super) fn grid(teller: &Teller, option: &OptionSummary) -> Grid {
    let row = |weighed: &Weighed| {
        let effect = weighed.effect.map(|effect| signed(teller, effect, teller.whole(effect.amount())));
        let (value, source) = (value(teller, &weighed.assumption), weighed.assumption.source.clone());
        vec![what(teller, &weighed.assumption.what), value, source, effect.unwrap_or_default()]
    };
    let header = ["head-what", "head-value", "head-source", "head-effect"];
    Grid {
        header: header.map(|id| teller.say(id)).to_vec(),
        rows: option.assumptions.iter().map(row).collect(),
        left: 3,
    }
}

/// All assumptions of all options, each with the option's id before it.
pub(super) fn of_all(teller: &Teller, comparison: &Comparison) -> Grid {
    let rows = comparison.options.iter().flat_map(|option| {
        grid(teller, option).rows.into_iter().map(|row| std::iter::once(option.option.clone()).chain(row).collect())
    });
    let heads = ["head-option", "head-what", "head-value", "head-source", "head-effect"];
    Grid { header: heads.map(|id| teller.say(id)).to_vec(), rows: rows.collect(), left: 4 }
}

/// The value of an assumption as the language writes numbers: `178,000 USD once`, `173.3 h`. Words, days and hours of the
/// clock stay as the case has them.
fn value(teller: &Teller, assumption: &Assumption) -> String {
    let figures = match &assumption.what {
        About::Cost(_) => Figures::Money,
        About::Said(_) => Figures::Said,
        About::Known(..) | About::Range(..) => Figures::Plain,
    };
    let word = |word: &str| {
        let begins = word.len() - word.trim_start_matches(['(', '±']).len();
        let ends = word.trim_end_matches([')', ',', ';', ':']).len().max(begins);
        let written = number(teller, &word[begins..ends], figures);
        written.map_or_else(|| word.to_owned(), |written| format!("{}{written}{}", &word[..begins], &word[ends..]))
    };
    let told = assumption.value.split(' ').map(word).collect::<Vec<_>>().join(" ");
    match &assumption.what {
        About::Known(Known::HoursAMonth, _) => teller.tell("hours-short", &[("number", told)]),
        _ => told,
    }
}

/// What the numbers of a value are.
#[derive(Clone, Copy, PartialEq)]
enum Figures {
    /// An amount.
    Money,
    /// Counts, times, factors: no year is among the figures that this program knows.
    Plain,
    /// Whatever somebody said, which may be a year.
    Said,
}

/// What may be a year where somebody said it, and is left as it stands there: nothing tells it from a count.
const YEARS: RangeInclusive<u64> = 1900..=2100;

/// A word of a value that is a number, as the language writes it; `None` if it is none.
///
/// It keeps the decimals it has, six at most; money has two at least where it has any. A ratio is written with one decimal,
/// or with two if it is money.
fn number(teller: &Teller, word: &str, figures: Figures) -> Option<String> {
    let is_money = figures == Figures::Money;
    let (figure, is_share) = word.strip_suffix('%').map_or((word, false), |figure| (figure, true));
    let is_figure = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let may_be_year = || figures == Figures::Said && !is_share;
    if !is_figure(figure) || may_be_year() && figure.parse().is_ok_and(|year: u64| YEARS.contains(&year)) {
        return None;
    }
    let places = figure.split_once('.').map_or(0, |(_, decimals)| u32::try_from(decimals.len()).unwrap_or(0));
    let places = match (figure.contains('/'), is_money) {
        (true, true) => 2,
        (true, false) => 1,
        (false, true) if 0 < places => places.clamp(2, MOST_PLACES),
        (false, _) => places.min(MOST_PLACES),
    };
    let written = teller.exact(&figure.parse().ok()?, places);
    Some(if is_share { teller.tell("percent", &[("number", written)]) } else { written })
}

/// The most decimals of a number that are written.
const MOST_PLACES: u32 = 6;

/// What an assumption is about: what is ours in the language that is spoken, what is said in the case as it stands there.
fn what(teller: &Teller, about: &About) -> String {
    match about {
        About::Known(known, of) if of.is_empty() => teller.say(&id(*known)),
        About::Known(known, of) => teller.tell("assumed-of", &[("of", of), ("what", &teller.say(&id(*known)))]),
        About::Range(figure, of) => {
            teller.tell("assumed-range", &[("figure", flips::figure_of(teller, figure, of.as_deref()))])
        }
        About::Cost(words) | About::Said(words) => words.clone(),
    }
}

/// The message of a figure that is known.
fn id(known: Known) -> String {
    format!("assumed-{}", known.id())
}

#[cfg(test)]
mod tests {
    use longshore_words::Language;

    use super::*;

    #[test]
    fn numbers_of_values_are_written_as_a_person_writes_them() {
        let said = |value: &str| Assumption::of("", "of ours", value, "a test");
        let cost = |value: &str| Assumption { what: About::Cost("severance".to_owned()), ..said(value) };
        let known = |known: Known, value: &str| Assumption::of("own", known.words(), value, "a test");
        let hours = |value: &str| known(Known::HoursAMonth, value);
        for (assumption, english, spanish) in [
            (cost("178000 USD once"), "178,000 USD once", "178.000 USD once"),
            (cost("1950 USD per month"), "1,950 USD per month", "1950 USD per month"),
            (cost("10129.3 USD per month"), "10,129.30 USD per month", "10.129,30 USD per month"),
            (cost("20.59 USD per paid hour"), "20.59 USD per paid hour", "20,59 USD per paid hour"),
            (hours("520/3"), "173.3 h", "173,3 h"),
            (hours("160"), "160 h", "160 h"),
            (known(Known::PhoneHours, "1980"), "1,980", "1980"),
            (known(Known::Register, "1950 to 2010"), "1,950 to 2,010", "1950 to 2010"),
            (said("116344"), "116,344", "116.344"),
            (said("4.5%, 12000 USD"), "4.5%, 12,000 USD", "4,5 %, 12.000 USD"),
            (
                said("30 days from 2026-06-01, in 2026"),
                "30 days from 2026-06-01, in 2026",
                "30 days from 2026-06-01, in 2026",
            ),
            (said("Mon-Fri 08:00-22:00; none"), "Mon-Fri 08:00-22:00; none", "Mon-Fri 08:00-22:00; none"),
            (said("1/0 (0.5)"), "1/0 (0.5)", "1/0 (0,5)"),
        ] {
            let told = |language| value(&Teller::new(language), &assumption).replace('\u{a0}', " ");
            assert_eq!((told(Language::English), told(Language::Spanish)), (english.to_owned(), spanish.to_owned()));
        }
    }

    #[test]
    fn every_language_has_a_word_for_what_is_ours() {
        for language in Language::ALL {
            let teller = Teller::new(language);
            for known in Known::ALL {
                let told = teller.say(&id(*known));
                assert!(!told.is_empty() && !told.contains("assumed-"), "{language:?} {known:?}: {told}");
            }
        }
    }
}
