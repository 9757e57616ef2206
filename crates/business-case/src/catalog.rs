//! Figures that are filled in where a case gives none, each with its source and year.

use std::sync::LazyLock;

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Exact, Milliseconds};

use crate::assumption::FILLED_IN;
use crate::figure::HELD;
use crate::team::hundredths;
use crate::{Assumption, Target};

/// A figure of the catalog that is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    name: String,
    /// What it is, as assumptions name it.
    pub what: String,
    /// The figure; shares as fractions, times in milliseconds.
    pub value: f64,
    /// The figure as people write it.
    pub written: String,
    /// Where it comes from, and of which year.
    pub source: String,
    /// How far figures that were published of it lie apart. `None` where there is but the one.
    pub range: Option<FactRange>,
}

/// The ends of what was published of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRange {
    /// The lowest, as [`Fact::value`].
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// Both as people write them: `25%–32%`.
    pub written: String,
    /// Who published them, and when.
    pub source: String,
}

impl Fact {
    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Option<Fact> {
        let mut fields = Fields::of(node, findings)?;
        let mut text = |key: &'static str| -> Option<String> {
            Some(fields.require(key, "what every figure has", findings)?.name(findings)?.to_owned())
        };
        let (name, what, written, source) = (text("name")?, text("what")?, text("value")?, text("source")?);
        let range = FactRange::read(&mut fields, findings);
        fields.finish(findings);
        Some(Fact { name, what, value: number(&written)?, written, source, range })
    }

    /// The figure exactly as written: a share of `"30%"` is 3/10. Only for shares and plain numbers, not for times.
    pub(crate) fn exact(&self) -> Exact {
        exact(&self.written).expect("the catalog's shares and numbers are numbers")
    }

    /// The assumption that a thing has this fact's figure.
    pub(crate) fn assumed(&self, of: &str) -> Assumption {
        Assumption::of(of, &self.what, self.written.clone(), format!("{FILLED_IN}{}", self.source))
    }
}

impl FactRange {
    fn read(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<FactRange> {
        let low = fields.take("low")?.name(findings)?.to_owned();
        let high = fields.require("high", "the other end", findings)?.name(findings)?.to_owned();
        let source = fields.require("range", "who published the ends", findings)?.name(findings)?.to_owned();
        let written = format!("{low}–{high}");
        Some(FactRange { low: number(&low)?, high: number(&high)?, written, source })
    }
}

/// Times in milliseconds, shares as fractions.
fn number(written: &str) -> Option<f64> {
    match written.parse::<Milliseconds>() {
        Ok(time) => Some(time.0 as f64),
        Err(_) => Some(exact(written)?.to_f64()),
    }
}

fn exact(written: &str) -> Option<Exact> {
    match written.strip_suffix('%') {
        Some(percent) => percent.parse().ok().map(|percent| hundredths(&percent)),
        None => written.parse().ok(),
    }
}

/// All facts that may be filled in.
pub fn facts() -> &'static [Fact] {
    &HELD.facts
}

/// A fact by its name in `catalog/filled-in.toml`.
type Named = LazyLock<&'static Fact>;

fn named(name: &str) -> &'static Fact {
    facts().iter().find(|fact| fact.name == name).expect("the catalog has what is filled in")
}

/// How long customers wait before they hang up.
pub(crate) static PATIENCE: Named = LazyLock::new(|| named("patience"));

/// How talk times spread about their mean.
pub(crate) static SPREAD: Named = LazyLock::new(|| named("spread"));

/// How a day's volume strays from its weekday's mean.
pub(crate) static BUSYNESS: Named = LazyLock::new(|| named("busyness"));

/// Paid time that is not spent on contacts or ready for them.
pub(crate) static SHRINKAGE: Named = LazyLock::new(|| named("shrinkage"));

/// What whole shifts cost over the curve of the day.
pub(crate) static SHIFT_INEFFICIENCY: Named = LazyLock::new(|| named("shift inefficiency"));

/// The paid hours of a full-time agent in a month.
pub(crate) static HOURS_A_MONTH: Named = LazyLock::new(|| named("hours a month"));

/// The share of agents who leave in a year.
pub(crate) static TURNOVER: Named = LazyLock::new(|| named("turnover"));

/// Contacts that leave no question open.
pub(crate) static RESOLVED: Named = LazyLock::new(|| named("resolved"));

/// How long customer and agent talk.
pub(crate) static TALK: Named = LazyLock::new(|| named("talk"));

/// How long the work after a call takes.
pub(crate) static WRAP: Named = LazyLock::new(|| named("wrap"));

/// The part of a provider's agents below which a program is one of many to it.
pub(crate) static SMALLEST_SHARE: Named = LazyLock::new(|| named("smallest share"));

/// The part of a provider's agents beyond which a program is more than it can carry.
pub(crate) static LARGEST_SHARE: Named = LazyLock::new(|| named("largest share"));

/// What customers are promised.
pub(crate) const PROMISE: (Target, &str, &str) = (
    Target { share: 0.8, within_ms: 20_000 },
    "80% in 20s",
    "filled in: US, 2025 (legalclarity.org); icmi.com says that it is no standard of the industry: choose yours",
);

/// What those are promised who are called: a call given up because no agent was free within two seconds counts as abandoned,
/// and at most three in a hundred answered calls may be.
pub(crate) const PROMISE_OF_LISTS: (Target, &str, &str) = (
    Target { share: 0.97, within_ms: 2_000 },
    "97% in 2s",
    "filled in: US, Telemarketing Sales Rule, 16 CFR 310.4(b)(4), as of 2024: at most 3 % of answered calls abandoned",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_what_is_written() {
        let values = [
            (&PATIENCE, 354_000.0),
            (&SPREAD, 1.24),
            (&SHRINKAGE, 0.3),
            (&HOURS_A_MONTH, 520.0 / 3.0),
            (&TALK, 288_000.0),
        ];
        for (fact, value) in values {
            assert!((fact.value - value).abs() < 1e-9, "{}: {} is not {value}", fact.what, fact.written);
        }
        assert_eq!(SHRINKAGE.exact(), Exact::ratio(3, 10).unwrap());
        for fact in facts() {
            let dated = fact.source.split(|character: char| !character.is_ascii_digit()).any(|year| year.len() == 4);
            assert!(dated || fact.source.contains("undated"), "of which year is {}: {}", fact.what, fact.source);
            if let Some(range) = &fact.range {
                assert!(range.low < range.high, "{}: {}", fact.what, range.written);
                assert!(range.low <= fact.value && fact.value <= range.high, "{}: {}", fact.what, range.written);
            }
        }
        for all in [&BUSYNESS, &SHIFT_INEFFICIENCY, &TURNOVER, &RESOLVED, &WRAP] {
            assert!(0.0 < all.value);
        }
    }
}
