//! Which terms hold on which days, as they are known.

use std::sync::Arc;

use jiff::civil::Date;
use longshore_units::{Month, Term};

use crate::Contract;

/// A contract's terms over its life, as they are known: one version after the other.
#[derive(Clone, Debug)]
pub struct InForce<'c> {
    versions: Vec<&'c Contract>, // Invariant: not empty; their days follow each other without a gap and cover the term.
    renamed: &'c [Renamed],
}

/// A line that goes by another name from a month on, in the order of the months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Renamed {
    /// The first month of the new name.
    pub from_month: Month,
    /// The name until then.
    pub old: String,
    /// The name from then on.
    pub new: String,
}

/// What amendments make of a contract once all that are known by some day are taken together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Timeline {
    /// The terms, one version after the other. The same terms on the same days are kept once for all timelines.
    pub versions: Vec<Arc<Contract>>, // Invariant: as of `InForce`.
    /// Lines that change their names.
    pub renamed: Vec<Renamed>,
}

impl Contract {
    /// The terms in force over the contract's life, as they were known at the end of a day; with all amendments where no
    /// day is named. An amendment that became known later changes nothing of what this returns for an earlier day.
    pub fn in_force(&self, known: Option<Date>) -> InForce<'_> {
        let timeline = match known {
            None => self.amended.last_key_value(),
            Some(day) => self.amended.range(..=day).next_back(),
        };
        match timeline {
            Some((_, Timeline { versions, renamed })) => {
                InForce { versions: versions.iter().map(|version| &**version).collect(), renamed }
            }
            None => InForce { versions: vec![self], renamed: &[] },
        }
    }
}

impl<'c> InForce<'c> {
    /// The same days under other terms, as a question of what would be otherwise needs them: one version in the place of
    /// each. `None` unless there are as many, each in force on the same days.
    pub fn with<'d>(&self, versions: &'d [Contract]) -> Option<InForce<'d>>
    where
        'c: 'd,
    {
        let same = self.versions.iter().map(|version| version.in_force).eq(versions.iter().map(|other| other.in_force));
        same.then(|| self.in_place(versions.iter().collect()))
    }

    /// The same days under other terms: one version in the place of each, in force on the same days.
    pub(crate) fn in_place<'d>(&self, versions: Vec<&'d Contract>) -> InForce<'d>
    where
        'c: 'd,
    {
        InForce { versions, renamed: self.renamed }
    }

    /// The versions, each with the days it is in force.
    pub fn versions(&self) -> &[&'c Contract] {
        &self.versions
    }

    /// The last version: what holds for the contract as a whole, its term among it.
    pub fn last(&self) -> &'c Contract {
        self.versions.last().expect("a contract has terms")
    }

    /// The first and the last day.
    pub fn term(&self) -> Term {
        self.last().term
    }

    /// The versions in force in a month, with their positions.
    pub fn of_month(&self, month: Month) -> impl Iterator<Item = (usize, &'c Contract)> {
        let versions = self.versions.iter().copied().enumerate();
        versions.filter(move |(_, version)| 0 < version.in_force.days_in(month))
    }

    /// The lines that get another name after one month, up to another and with it, in the order in which they get it.
    pub(crate) fn renamed(&self, after: Month, to: Month) -> impl Iterator<Item = &'c Renamed> {
        self.renamed.iter().filter(move |renamed| after < renamed.from_month && renamed.from_month <= to)
    }
}
