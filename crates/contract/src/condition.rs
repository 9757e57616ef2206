//! Conditions on what was asked for, planned, forecast and done.

use longshore_units::{Exact, Factor};

/// A comparison that waives a minimum or excuses a missed service level, over the same rows and the same month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is compared.
    pub left: Quantum,
    /// How.
    pub comparison: Comparison,
    /// With what.
    pub right: Against,
    /// The queues of the forecast that it means; all of the contract's programs where none is named.
    pub forecast: Vec<String>,
}

impl Condition {
    /// What it needs to know.
    pub fn quanta(&self) -> impl Iterator<Item = Quantum> {
        let right = match self.right {
            Against::Share(_, quantum) => Some(quantum),
            Against::Number(_) => None,
        };
        std::iter::once(self.left).chain(right)
    }
}

impl std::fmt::Display for Condition {
    /// As contracts write it: `staffed < 95% of requested`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ", self.left.word(), self.comparison.sign())?;
        match &self.right {
            Against::Share(share, quantum) => write!(f, "{}% of {}", &share.0 * &Exact::from(100u64), quantum.word()),
            Against::Number(number) => write!(f, "{number}"),
        }
    }
}

/// What a condition compares with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// A share of another quantity: `95% of requested`.
    Share(Factor, Quantum),
    /// A number, in the unit of what is compared.
    Number(Exact),
}

/// A quantity that conditions know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantum {
    /// What was used of the rule's charges, in their unit; of a service level, the contacts it measures.
    Volume,
    /// What was forecast, in the same unit: contacts, or contacts times the locked handle time.
    Forecast,
    /// Agent hours that the buyer asked for.
    Requested,
    /// Agent hours that the provider planned.
    Scheduled,
    /// Agent hours in which agents were ready or at work.
    Staffed,
}

impl Quantum {
    /// All of them.
    pub const ALL: [Quantum; 5] =
        [Quantum::Volume, Quantum::Forecast, Quantum::Requested, Quantum::Scheduled, Quantum::Staffed];

    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Quantum::Volume => "volume",
            Quantum::Forecast => "forecast",
            Quantum::Requested => "requested",
            Quantum::Scheduled => "scheduled",
            Quantum::Staffed => "staffed",
        }
    }

    /// The name of what a rule of that name has counted of it: `monthly minimum: staffed`.
    pub(crate) fn counter_of(self, rule: &str) -> String {
        format!("{rule}: {}", self.word())
    }
}

/// How two quantities are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// Less than.
    Less,
    /// Less than or equal to.
    AtMost,
    /// More than.
    More,
    /// More than or equal to.
    AtLeast,
}

impl Comparison {
    /// Its sign in contracts.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::More => ">",
            Comparison::AtLeast => ">=",
        }
    }

    /// Whether it holds.
    pub fn holds(self, left: &Exact, right: &Exact) -> bool {
        match self {
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::More => right < left,
            Comparison::AtLeast => right <= left,
        }
    }
}
