//! Terms over several lines: minimums, discounts, indexes, prepayments.

use jiff::civil::Date;
use longshore_units::{Amount, Factor, Price};

use crate::{Bound, Condition, Per, Proration, Quantum};

/// What some charges come to at least: what is missing is a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimum {
    /// Its name, unique among the lines of the invoice.
    pub name: String,
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Positions in `Contract::charges` of those that count towards it; increasing.
    pub on: Vec<usize>,
    /// Over which time it is reached. All but the month are settled in their last month.
    pub per: Per,
    /// Of what.
    pub of: MinimumOf,
    /// When it is not asked for.
    pub waived_if: Option<Condition>,
}

/// What is to be reached.
#[allow(clippy::large_enum_variant)] // A contract has a handful of minimums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MinimumOf {
    /// An amount of money.
    Amount {
        /// For a full month (quarter, year).
        amount: Amount,
        /// What a month that is only partly in the term asks for.
        prorate: Proration,
    },
    /// A volume of the charges, which are all of one unit: take or pay.
    Volume {
        /// How many units.
        volume: Bound,
        /// What a month (quarter, year) that is only partly in the term asks for, where the volume is a number of units. A
        /// share of the forecast follows the days anyway.
        prorate: Proration,
        /// The queues of the forecast that it means; all of the contract's programs where none is named.
        forecast: Vec<String>,
        /// What each missing unit costs.
        shortfall_each: Price,
        /// What is added where the volume goes far beyond.
        beyond: Option<Beyond>,
    },
}

impl Minimum {
    /// The quantities it looks at, each once, in their order.
    pub fn quanta(&self) -> Vec<Quantum> {
        let mut quanta: Vec<Quantum> = self.waived_if.iter().flat_map(Condition::quanta).collect();
        if matches!(self.of, MinimumOf::Volume { .. }) {
            quanta.push(Quantum::Volume);
        }
        quanta.extend(self.is_of_forecast().then_some(Quantum::Forecast));
        quanta.sort_unstable();
        quanta.dedup();
        quanta
    }

    /// The queues of the forecast that it looks at: its volume's or else its condition's; all of the contract's programs where
    /// none is named.
    pub fn forecast(&self) -> &[String] {
        match (&self.of, &self.waived_if) {
            (MinimumOf::Volume { forecast, .. }, _) if self.is_of_forecast() => forecast,
            (_, Some(condition)) => &condition.forecast,
            _ => &[],
        }
    }

    /// Whether its volume, or that beyond which something is added, is a share of the forecast.
    fn is_of_forecast(&self) -> bool {
        let MinimumOf::Volume { volume, beyond, .. } = &self.of else { return false };
        let mut bounds = std::iter::once(volume).chain(beyond.as_ref().map(|beyond| &beyond.above));
        bounds.any(|bound| matches!(bound, Bound::OfForecast(_)))
    }
}

/// What is added for units beyond a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// Beyond which volume.
    pub above: Bound,
    /// The share of what the charges' units cost on average that is added for each unit beyond.
    pub share: Factor,
}

/// What is taken off some charges: a line of its own, below 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discount {
    /// Its name, unique among the lines of the invoice.
    pub name: String,
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Positions of the charges; increasing.
    pub on: Vec<usize>,
    /// How much.
    pub of: DiscountOf,
    /// The first day; the contract's where none is named. A month that is only partly within has its days' share.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// How much is taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiscountOf {
    /// A share of the lines.
    Share(Factor),
    /// An amount a month, at most the lines.
    Amount(Amount),
    /// A rebate by what the lines come to in a quarter or year, paid back on all of it as soon as a bound is reached.
    Rebate {
        /// Over which time.
        per: Per,
        /// From which sum on which share of all of it; sums increase.
        bands: Vec<(Amount, Factor)>,
    },
}

/// How prices move over the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Positions of the charges whose prices move; increasing.
    pub on: Vec<usize>,
    /// By what.
    pub by: IndexBy,
    /// Every so many months from the first day of the contract.
    pub every_months: u32,
    /// The most a step goes up.
    pub at_most: Option<Factor>,
    /// The least a step goes up; below 0, the most it goes down.
    pub at_least: Option<Factor>,
}

/// By what prices move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexBy {
    /// A published series, such as `US-CPI`: each step is its value of the step's day over that of the step before.
    Series {
        /// Its name in the rates.
        what: String,
        /// The day whose value the first step is compared with.
        base: Date,
    },
    /// The same share each step.
    Share(Factor),
}

/// What is paid before it is used, and then drawn down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepaid {
    /// Its name, unique among the lines of the invoice.
    pub name: String,
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Positions of the charges that draw it down; increasing.
    pub on: Vec<usize>,
    /// How much is paid.
    pub amount: Amount,
    /// When.
    pub due: Due,
    /// After how many months from its payment what is left lapses; never where none is named.
    pub expires_months: Option<u32>,
}

impl Prepaid {
    /// The name of the line that takes off what is drawn down; its payments are called by its own.
    pub fn drawdown(&self) -> String {
        Prepaid::drawdown_of(&self.name)
    }

    /// The same for a prepayment of that name.
    pub(crate) fn drawdown_of(name: &str) -> String {
        format!("{name}: drawn down")
    }
}

/// When something is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On a day.
    Once(Date),
    /// Every month.
    Monthly,
}
