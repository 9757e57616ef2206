//! What was assumed, by what it does to cost, told in words.

use longshore_business_case::{About, Known};
use longshore_compare::{Comparison, Effect, OptionSummary, Weighed};
use longshore_units::{Exact, RoundHow};

use super::flips;
use crate::grid::Grid;
use crate::teller::Teller;

/// How many assumptions are told.
const TOLD: usize = 4;

/// The assumptions of an option that do most to its cost, and how many more there are.
pub(super) fn told(teller: &Teller, option: &OptionSummary) -> Vec<String> {
    let known = || option.assumptions.iter().filter_map(|weighed| Some((weighed, weighed.effect?)));
    let moves = || known().filter(|(_, effect)| does(*effect));
    let line = |(weighed, effect): (&Weighed, Effect)| {
        let (what, value) = (what(teller, &weighed.assumption.what), &weighed.assumption.value);
        let effect = short(teller, effect);
        teller.tell("assumed-line", &[("effect", &effect), ("what", &what), ("value", value)])
    };
    let less = moves().count().saturating_sub(TOLD);
    let (none, unknown) = (known().count() - moves().count(), option.assumptions.len() - known().count());
    let counts = [("less", less), ("none", none), ("unknown", unknown)].map(|(name, count)| (name, count.to_string()));
    let more = (0 < less + none + unknown).then(|| teller.tell("assumed-more", &counts));
    moves().take(TOLD).map(line).chain(more).collect()
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
        let (value, source) = (weighed.assumption.value.clone(), weighed.assumption.source.clone());
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
