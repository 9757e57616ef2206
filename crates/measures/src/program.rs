//! What is asked, as plain data.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contract::{MeasureTerm, Select, Target};
use longshore_units::{Calendar, Milliseconds, Zone};

use crate::dimension::{Dimension, Step};

/// What is asked of records: which rows, told apart by what, and which figures of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// Which rows.
    pub rows: Rows,
    /// What figures are told apart by.
    pub by: Vec<Dimension>,
    /// The zone of days, intervals and calendars.
    pub zone: Zone,
    /// The length of the intervals that measures are means or shares of.
    pub step: Step,
    /// The calendars that measures name.
    pub calendars: BTreeMap<String, Calendar>,
    /// The figures of the standard set, if they are asked for.
    pub standard: Option<Standard>,
    /// Measures under definitions of their own.
    pub measures: Vec<Asked>,
}

/// Which rows are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Contacts, or their legs.
    pub grain: RowGrain,
    /// The provider whose rows they are; everybody's where none is named.
    pub provider: Option<String>,
    /// The programs; all where none is named.
    pub programs: Vec<String>,
    /// What else they must be.
    pub select: Select,
    /// The first day.
    pub first: Option<Date>,
    /// The last day, included.
    pub last: Option<Date>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowGrain {
    /// A contact.
    Contact,
    /// A visit to a queue or agent.
    Leg,
}

impl RowGrain {
    /// The table that holds such rows.
    pub fn table(self) -> Table {
        match self {
            RowGrain::Contact => Table::Contacts,
            RowGrain::Leg => Table::Legs,
        }
    }
}

/// A measure under a definition of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What its value is called.
    pub name: String,
    /// The measure, with all its choices.
    pub measure: MeasureTerm,
    /// Of which contacts, of those that the program looks at.
    pub when: Select,
    /// What is to be reached: `share of days met` asks each day.
    pub target: Option<Target>,
}

/// The standard set of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    /// Within which time service levels count.
    pub threshold: Milliseconds,
    /// Who hangs up sooner than this has not really waited. (A contract's `short_abandons` leaves out those, too, who waited
    /// exactly so long.)
    pub short: Milliseconds,
    /// The calendar of the business clock, of replies.
    pub calendar: Option<String>,
    /// Which families of figures.
    pub families: BTreeSet<Family>,
}

/// A family of the standard figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Service levels and abandonment under every reading.
    Service,
    /// Waits: means, median, ninth decile, longest.
    Waits,
    /// Handle time and its parts.
    Handling,
    /// Customers who come back.
    Returns,
    /// Replies to messages.
    Replies,
    /// What is still open, and callbacks.
    Backlog,
    /// Satisfaction and recommendation.
    Surveys,
    /// Why customers came.
    Reasons,
    /// Agents' time, plans and the register.
    Agents,
    /// What did not work.
    Downtime,
}

impl Family {
    /// Every family.
    pub const ALL: [Family; 10] = [
        Family::Service,
        Family::Waits,
        Family::Handling,
        Family::Returns,
        Family::Replies,
        Family::Backlog,
        Family::Surveys,
        Family::Reasons,
        Family::Agents,
        Family::Downtime,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Family::Service => "service",
            Family::Waits => "waits",
            Family::Handling => "handling",
            Family::Returns => "returns",
            Family::Replies => "replies",
            Family::Backlog => "backlog",
            Family::Surveys => "surveys",
            Family::Reasons => "reasons",
            Family::Agents => "agents",
            Family::Downtime => "downtime",
        }
    }
}

/// Why a program cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// Rows of the table do not know what they are to be told apart by.
    #[error("`{table}` do not know their `{by}`{hint}")]
    Unknown {
        /// The table.
        table: &'static str,
        /// What is asked for.
        by: &'static str,
        /// What may help.
        hint: &'static str,
    },
    /// Nothing can be told apart by so much at once.
    #[error("figures can be told apart by {} things at once", Program::MOST_DIMENSIONS)]
    Dimensions,
    /// The rows are selected by what they do not hold.
    #[error("`{table}` have no `{field}` to be selected by")]
    Select {
        /// The table.
        table: &'static str,
        /// The field.
        field: &'static str,
    },
    /// A measure names a calendar that is not there.
    #[error("there is no calendar `{0}`")]
    Calendar(String),
    /// The days lie outside the years that calendars can show, or end before they begin.
    #[error(
        "there is no day from {first} to {last}: the first must not be after the last, in years that calendars can show"
    )]
    Days {
        /// The first day.
        first: String,
        /// The last day.
        last: String,
    },
}

impl Program {
    /// The most things that figures are told apart by at once.
    pub const MOST_DIMENSIONS: usize = 8;
}
