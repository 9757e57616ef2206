//! SLA terms: the service that was promised, and what follows from missing it.

use std::collections::BTreeMap;

use longshore_units::{Amount, Days, Exact, Factor, Milliseconds, RoundHow};

use crate::{Choice, Condition, Per, Preset, Select};

/// A measure, its target and what follows from missing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sla {
    /// Its name, unique among the lines of the invoice.
    pub name: String,
    /// Where the contract says so.
    pub clause: Option<String>,
    /// What is measured.
    pub measure: MeasureTerm,
    /// Of which contacts.
    pub when: Select,
    /// What is to be reached.
    pub target: Target,
    /// Over which time it is measured. All but the month are settled in their last month.
    pub per: Per,
    /// For how many months from the first day a miss has no consequence.
    pub grace_months: u32,
    /// When a miss is excused.
    pub relief: Option<Condition>,
    /// Positions of the affected charges, those that credits and bonuses are shares of; increasing.
    pub on: Vec<usize>,
    /// Its share of the amount at risk. Where it is named, credits are shares of that and not of the charges.
    pub weight: Option<Factor>,
    /// What is credited, by how far the target is missed; the deepest band alone applies.
    pub credits: Vec<PayBand>,
    /// A credit that grows with the distance to the target, in place of bands.
    pub linear: Option<Linear>,
    /// What is paid for more than was promised; the furthest band alone applies.
    pub bonuses: Vec<PayBand>,
    /// What repeated misses cost.
    pub repeat: Option<Repeat>,
    /// After how many months in a row that met the target a credit is given back to the provider.
    pub earn_back_months: Option<u32>,
    /// What follows that is not money.
    pub consequences: Vec<Consequence>,
    /// What is left out of the measure, in words.
    pub exclude: Vec<String>,
}

impl Sla {
    /// The names of the lines it may have on an invoice: the credit, the bonus and what is earned back.
    pub fn lines(&self) -> [String; 3] {
        [self.name.clone(), self.bonus_line(), self.earned_back_line()]
    }

    /// The value that is compared with the target: `rounding` of the measure is in its unit, of a share in percent.
    pub fn rounded(&self, value: &Exact) -> Exact {
        let Ok(step) = self.measure.choice(Choice::Rounding).parse::<Exact>() else { return value.clone() };
        let step = match self.target.unit {
            LevelUnit::Percent => &step * &Exact::ratio(1, 100).expect("100 is not 0"),
            LevelUnit::Seconds | LevelUnit::Number => step,
        };
        value.rounded_to(&step, RoundHow::HalfUp)
    }

    pub(crate) fn bonus_line(&self) -> String {
        format!("{}: bonus", self.name)
    }

    pub(crate) fn earned_back_line(&self) -> String {
        format!("{}: earned back", self.name)
    }
}

/// What is measured: a preset, and the choices made apart from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureTerm {
    /// The preset: it makes all choices that are not made here.
    pub preset: &'static Preset,
    /// Within which time a service level counts.
    pub threshold: Option<Milliseconds>,
    /// Abandons that are not longer are left out.
    pub short_abandons: Option<Milliseconds>,
    /// Within how many days a customer who comes back is a repeat.
    pub within: Option<Days>,
    /// The choices that the contract makes itself.
    pub choices: BTreeMap<Choice, String>,
}

impl MeasureTerm {
    /// A choice: the contract's own, or the preset's.
    pub fn choice(&self, choice: Choice) -> &str {
        self.choices.get(&choice).map_or_else(|| self.preset.choice(choice), String::as_str)
    }
}

/// What is to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The level, in `unit`.
    pub at: Exact,
    /// Its unit.
    pub unit: LevelUnit,
    /// Whether more is better: of a service level it is, of an abandonment rate it is not.
    pub more_is_better: bool,
}

impl Target {
    /// Whether a value meets it.
    pub fn is_met(&self, value: &Exact) -> bool {
        if self.more_is_better { self.at <= *value } else { *value <= self.at }
    }
}

/// The unit of a measure's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LevelUnit {
    /// A share; 80 % is 4/5.
    Percent,
    /// Seconds.
    Seconds,
    /// A plain number, such as a mark of 4.2.
    Number,
}

/// Why a text is no value of a measure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LevelError {
    /// A measure in percent has a value without the sign: `0.8` and `80` could both be meant.
    #[error("`{0}` is not a percentage; write 78.3%")]
    Percent(String),
    /// No span of time.
    #[error("`{0}` is not a span of time; write 25 s or 2m5s")]
    Seconds(String),
    /// No number.
    #[error("`{0}` is not a number; write 4.1")]
    Number(String),
}

impl LevelUnit {
    /// A value as people write it: `78.3%`, `25 s` (also `25.4 s`, `2m5s`, `2 min`), `4.1`. A share comes out as a share:
    /// 78.3 % as 783/1000.
    pub fn read(self, text: &str) -> Result<Exact, LevelError> {
        let text = text.trim();
        match self {
            LevelUnit::Percent => {
                let number = text.strip_suffix('%').and_then(|number| number.trim_end().parse::<Exact>().ok());
                let hundredth = Exact::ratio(1, 100).expect("100 is not 0");
                number.map(|number| &number * &hundredth).ok_or_else(|| LevelError::Percent(text.to_owned()))
            }
            LevelUnit::Seconds => seconds(text).ok_or_else(|| LevelError::Seconds(text.to_owned())),
            LevelUnit::Number => text.parse().map_err(|_| LevelError::Number(text.to_owned())),
        }
    }

    /// A value for people, rounded to two places: `78.3%`, `25 s`, `4.1`.
    pub fn written(self, value: &Exact) -> String {
        match self {
            LevelUnit::Percent => format!("{}%", (value * &Exact::from(100u64)).to_decimal(2)),
            LevelUnit::Seconds => format!("{} s", value.to_decimal(2)),
            LevelUnit::Number => value.to_decimal(2),
        }
    }
}

/// A span of time in one unit with a decimal, or in several whole ones.
fn seconds(text: &str) -> Option<Exact> {
    let units = [("ms", 1, 1000), ("min", 60, 1), ("h", 3600, 1), ("s", 1, 1)];
    let one = units.iter().find_map(|(unit, above, below)| {
        let number: Exact = text.strip_suffix(unit)?.trim_end().parse().ok()?;
        Some(&number * &Exact::ratio(*above, *below)?)
    });
    let several = || text.parse::<Milliseconds>().ok().and_then(|span| Exact::ratio(i128::from(span.0), 1000));
    one.or_else(several).filter(|seconds| !seconds.is_negative())
}

/// What is paid where a measure is beyond a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayBand {
    /// The level, in the target's unit; the level itself is not beyond it. Of credits worse is beyond, of bonuses better.
    pub beyond: Exact,
    /// What is paid.
    pub pays: Pays,
}

/// What is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pays {
    /// A share of the affected charges, or of the term's weight of the amount at risk.
    Share(Factor),
    /// An amount.
    Amount(Amount),
    /// Points, which the amount at risk turns into money.
    Points(u32),
}

/// A credit that grows with the distance to the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linear {
    /// The share for each step.
    pub share: Factor,
    /// How far a step is, in the target's unit; a step that is only begun does not count. Above 0.
    pub step: Exact,
    /// At most.
    pub at_most: Option<Factor>,
}

/// What repeated misses cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// From the how manieth miss.
    pub misses: u32,
    /// Within so many months, this one included.
    pub within_months: u32,
    /// How many times the credit (or the points).
    pub times: Factor,
}

/// What follows from misses that is not money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// From how many misses.
    pub misses: u32,
    /// Within so many months, this one included.
    pub within_months: u32,
    /// What follows.
    pub what: Follows,
}

/// What follows that is not money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follows {
    /// The buyer may do something: `terminate for cause`, `step in`.
    Right(String),
    /// The provider must do something: `corrective plan in 10 days`.
    Duty(String),
}

/// The most that service-level terms can take from a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// Where the contract says so.
    pub clause: Option<String>,
    /// The share of all affected charges of the month.
    pub cap: Factor,
    /// What points are worth.
    pub points: Option<Points>,
}

/// What points are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Points {
    /// Each point beyond so many costs so much, as graduated bands do; the first counts from 0, counts increase.
    Each(Vec<(u32, PointPrice)>),
    /// From so many points on, a share of all affected charges of the month; the deepest band alone, points increase.
    Bands(Vec<(u32, Factor)>),
}

/// What a point costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PointPrice {
    /// An amount.
    Amount(Amount),
    /// A share of all affected charges of the month.
    Share(Factor),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_people_write_them() {
        let percent = |text: &str| LevelUnit::Percent.read(text).map(|value| value.to_string());
        assert_eq!(percent("78.3%"), Ok("0.783".to_owned()));
        assert_eq!(percent("80 %"), Ok("0.8".to_owned()));
        assert!(percent("0.8").is_err() && percent("").is_err());
        let seconds = |text: &str| LevelUnit::Seconds.read(text).map(|value| value.to_string());
        for (text, value) in [("25 s", "25"), ("25.4s", "25.4"), ("2m5s", "125"), ("2 min", "120"), ("800ms", "0.8")] {
            assert_eq!(seconds(text), Ok(value.to_owned()), "{text}");
        }
        assert!(seconds("25").is_err() && seconds("-3 s").is_err());
        assert_eq!(LevelUnit::Number.read("-4.1").map(|value| value.to_string()), Ok("-4.1".to_owned()));
    }

    #[test]
    fn values_are_written_as_people_read_them() {
        let value = |above, below| Exact::ratio(above, below).unwrap();
        assert_eq!(LevelUnit::Percent.written(&value(2, 3)), "66.67%");
        assert_eq!(LevelUnit::Seconds.written(&value(25, 1)), "25 s");
        assert_eq!(LevelUnit::Number.written(&value(41, 10)), "4.1");
    }
}
