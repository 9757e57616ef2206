//! What each assumption does to an option's cost: so that a reader doubts what matters first.

use std::cmp::Reverse;

use longshore_business_case::{About, Assumption, BusinessCase, Known, Published};
use longshore_units::Money;
use rayon::prelude::*;

use crate::CompareError;
use crate::ledger::{CUSTOMERS_HUNG_UP, CUSTOMERS_LOST};
use crate::money::rounded;
use crate::sensitivity::{Sensitivity, Variants};
use crate::summary::OptionSummary;

/// An assumption, and what it does to the cost of an option over the horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The assumption.
    pub assumption: Assumption,
    /// What it does. `None` where nobody knows: the figure has no range.
    pub effect: Option<Effect>,
}

/// How much of an option's cost an assumption is, or may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It is a line of the option's costs, which comes to this.
    Line(Money),
    /// At one end of its range the option costs so much more or less: the larger of the two.
    Swing(Money),
}

impl Effect {
    /// How much, at least 0.
    pub fn amount(self) -> Money {
        let (Effect::Line(money) | Effect::Swing(money)) = self;
        Money { minor: money.minor.abs(), currency: money.currency }
    }
}

impl Weighed {
    /// An assumption of which it is not known what it does.
    pub(crate) fn unknown(assumption: Assumption) -> Weighed {
        Weighed { assumption, effect: None }
    }
}

/// Finds what the assumptions of each option do, and puts those first that do most.
///
/// A cost is what its line comes to. An uncertain figure moves what its larger swing does. A figure that was filled in is
/// played at both ends of what was published of it, in run 1 on the same customers, for the option that comes first and
/// for today's alone: it takes two runs.
pub(crate) fn weigh(
    case: &BusinessCase,
    options: &mut [OptionSummary],
    sensitivity: &Sensitivity,
    variants: &Variants<'_>,
) -> Result<(), CompareError> {
    for (place, option) in options.iter_mut().enumerate() {
        let lines: Vec<(String, Money)> =
            option.other_costs.iter().map(|cost| (cost.what.clone(), cost.amount)).collect();
        by_line(&mut option.assumptions, lines);
        for weighed in &mut option.assumptions {
            let About::Range(what, of) = &weighed.assumption.what else { continue };
            let driver = sensitivity.drivers.iter().find(|driver| driver.what == *what && driver.of == *of);
            weighed.effect = driver.map(|driver| {
                let (low, high) = driver.changes[place];
                Effect::Swing(larger(low, high))
            });
        }
        if option.rank == Some(1) || option.option == BusinessCase::TODAY {
            by_play(variants, case, place, &mut option.assumptions)?;
        }
        option.assumptions.sort_by_key(|weighed| Reverse(weighed.effect.map(|effect| effect.amount().minor)));
    }
    Ok(())
}

/// Costs by the lines they come to. Two of one name have their lines in their own order.
fn by_line(assumptions: &mut [Weighed], mut lines: Vec<(String, Money)>) {
    for weighed in assumptions {
        let wanted = match &weighed.assumption.what {
            About::Cost(what) => what.as_str(),
            About::Known(Known::CustomersLost, _) => CUSTOMERS_LOST,
            About::Known(Known::CustomersHungUp, _) => CUSTOMERS_HUNG_UP,
            _ => continue,
        };
        let line = lines.iter().position(|(what, _)| what == wanted);
        weighed.effect = line.map(|line| Effect::Line(lines.remove(line).1));
    }
}

/// Figures that were filled in, at the ends of what was published of them.
fn by_play(
    variants: &Variants<'_>,
    case: &BusinessCase,
    place: usize,
    assumptions: &mut [Weighed],
) -> Result<(), CompareError> {
    let ranged: Vec<(&mut Weighed, Published)> = assumptions
        .iter_mut()
        .filter_map(|weighed| Some((weighed.assumption.published()?, weighed)))
        .map(|(published, weighed)| (weighed, published))
        .collect();
    if ranged.is_empty() {
        return Ok(());
    }
    let base = &variants.base[place];
    let played: Vec<Result<(), CompareError>> = ranged
        .into_par_iter()
        .map(|(weighed, published)| {
            let About::Known(known, of) = &weighed.assumption.what else { return Ok(()) };
            let change = |value: f64| -> Result<Option<Money>, CompareError> {
                let Some(varied) = case.with_figure(variants.places[place], *known, of, value) else { return Ok(None) };
                let cost = variants.cost(&varied, &variants.today.in_future(&varied)?, place)?;
                Ok(Some(rounded(&(&cost - base), case.currency).ok_or(CompareError::TooLarge(case.currency))?))
            };
            let ends = change(published.low)?.zip(change(published.high)?);
            weighed.effect = ends.map(|(low, high)| Effect::Swing(larger(low, high)));
            Ok(())
        })
        .collect();
    played.into_iter().collect()
}

/// The one that moves more.
fn larger(one: Money, other: Money) -> Money {
    if one.minor.abs() < other.minor.abs() { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_costs_of_one_name_have_a_line_each() {
        let money = |minor| Money { minor, currency: "USD".parse().unwrap() };
        let cost = || {
            let what = About::Cost("travel".to_owned());
            Weighed::unknown(Assumption { what, value: String::new(), source: String::new() })
        };
        let mut assumptions = [cost(), cost(), cost()];
        by_line(&mut assumptions, vec![("travel".to_owned(), money(5)), ("travel".to_owned(), money(7))]);
        let effects: Vec<_> = assumptions.iter().map(|weighed| weighed.effect).collect();
        assert_eq!(effects, [Some(Effect::Line(money(5))), Some(Effect::Line(money(7))), None]);
    }
}
