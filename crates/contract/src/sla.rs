//! SLA terms: the service that was promised, and what follows from missing it.

use std::collections::BTreeMap;

use longshore_units::{Amount, Exact, Factor, Milliseconds};

use crate::{Condition, Per, Select};

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

/// What is measured: a preset, and the choices made apart from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureTerm {
    /// The preset's name, such as `service level, offered`.
    pub preset: String,
    /// Within which time a service level counts.
    pub threshold: Option<Milliseconds>,
    /// Abandons that are not longer are left out.
    pub short_abandons: Option<Milliseconds>,
    /// Other choices by their names, such as `attribution` and `aggregation`.
    pub choices: BTreeMap<String, String>,
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
    /// So much each.
    Each(Amount),
    /// From so many points on, a share of all affected charges; points increase.
    Bands(Vec<(u32, Factor)>),
}
