//! Charges: the priced lines of a rate card.

use jiff::civil::Date;
use longshore_units::{Amount, Factor};

use crate::{Bands, Increments, RoundRule, Select};

/// One priced line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Its name, unique in the contract. An unnamed charge is called by its unit.
    pub name: String,
    /// Where the contract says so, such as `§4.1`.
    pub clause: Option<String>,
    /// How it is counted and priced.
    pub kind: ChargeKind,
    /// Its own rounding, where it differs from the contract's.
    pub round: Option<RoundRule>,
}

/// How a charge is counted and priced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeKind {
    /// By a quantity counted from records.
    Counted(Counted),
    /// The same amount every month.
    Flat {
        /// A full month's amount.
        amount: Amount,
        /// What a month that is only partly in the term costs.
        prorate: Proration,
    },
    /// Once.
    Once {
        /// The amount.
        amount: Amount,
        /// The day it falls due.
        on: Date,
    },
}

/// A charge by quantity: select → quantity → group → tiers → price → surcharge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Which records it counts.
    pub grain: Grain,
    /// Which of them.
    pub select: Select,
    /// What of each.
    pub measure: Measure,
    /// What a unit costs, by the volume of a month in the scope.
    pub bands: Bands,
    /// What shares the bands.
    pub scope: Scope,
    /// What is added at certain times.
    pub surcharges: Vec<Surcharge>,
    /// What holds where several of them apply at once.
    pub overlap: Overlap,
}

impl Counted {
    /// The unit's word, as the contract writes it.
    pub fn unit(&self) -> &'static str {
        match &self.measure {
            Measure::Contacts => "contact",
            Measure::Legs => "leg",
            Measure::Time { unit, .. } | Measure::AgentTime { unit } | Measure::Schedule { unit, .. } => unit.word(),
            Measure::AgentMonths { .. } => "agent-month",
        }
    }
}

/// Which records a charge counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// Contacts.
    Contact,
    /// Legs of contacts.
    Leg,
    /// The register of agents.
    Agent,
    /// Agents' states over time.
    AgentTime,
    /// Requested, scheduled and worked hours by interval.
    Schedule,
}

impl Grain {
    /// Whether its rows are contacts, which can be rounded one by one. Of the others, the line is rounded: how the kernel
    /// counts them and how they are priced follow from this alike.
    pub fn rounds_rows(self) -> bool {
        matches!(self, Grain::Contact | Grain::Leg)
    }

    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Grain::Contact => "contact",
            Grain::Leg => "leg",
            Grain::Agent => "agent",
            Grain::AgentTime => "agent_time",
            Grain::Schedule => "schedule",
        }
    }
}

/// What of each row is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Each contact is one.
    Contacts,
    /// Each leg is one.
    Legs,
    /// The sum of some parts of a contact's or leg's time, in increments. Counted in milliseconds.
    Time {
        /// The unit of the price.
        unit: TimeUnit,
        /// Which parts.
        of: Vec<Part>,
        /// How time becomes billable time.
        increments: Increments,
    },
    /// The time of the agents' states that the charge selects. Counted in microseconds.
    AgentTime {
        /// The unit of the price.
        unit: TimeUnit,
    },
    /// Hours of the schedule. Counted in milliseconds.
    Schedule {
        /// The unit of the price.
        unit: TimeUnit,
        /// Which hours.
        of: Hours,
    },
    /// Agents on the register. Counted in agent-days, of which a month has as many as it has days.
    AgentMonths {
        /// What an agent costs who is on the register for a part of the month.
        prorate: Proration,
    },
}

impl Measure {
    /// The word for what is counted: milliseconds, microseconds of agents' states (which instants cut as finely), days, or
    /// the rows themselves.
    pub fn counted_in(&self) -> &'static str {
        match self {
            Measure::Contacts => "contact",
            Measure::Legs => "leg",
            Measure::Time { .. } | Measure::Schedule { .. } => "ms",
            Measure::AgentTime { .. } => "us",
            Measure::AgentMonths { .. } => "day",
        }
    }
}

/// A part of a contact's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Customer and agent talk.
    Talk,
    /// The customer is on hold.
    Hold,
    /// After-contact work.
    Wrap,
    /// It rings at the agent.
    Ring,
    /// The customer waits in the queue.
    Wait,
}

impl Part {
    /// Every part.
    pub const ALL: [Part; 5] = [Part::Talk, Part::Hold, Part::Wrap, Part::Ring, Part::Wait];

    /// Its word in contracts, and its column in the records.
    pub fn word(self) -> &'static str {
        match self {
            Part::Talk => "talk",
            Part::Hold => "hold",
            Part::Wrap => "wrap",
            Part::Ring => "ring",
            Part::Wait => "wait",
        }
    }
}

/// Hours of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hours {
    /// What the buyer asked for.
    Requested,
    /// What the provider planned.
    Scheduled,
    /// What agents were ready or at work.
    Productive,
}

impl Hours {
    /// Its word in contracts, and its column in the records.
    pub fn word(self) -> &'static str {
        match self {
            Hours::Requested => "requested",
            Hours::Scheduled => "scheduled",
            Hours::Productive => "productive",
        }
    }
}

/// The unit of a price by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// An hour of an agent: the same length, the contract's own word.
    AgentHour,
}

impl TimeUnit {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            TimeUnit::Minute => "minute",
            TimeUnit::Hour => "hour",
            TimeUnit::AgentHour => "agent-hour",
        }
    }

    /// Its length.
    pub fn milliseconds(self) -> i128 {
        match self {
            TimeUnit::Minute => 60_000,
            TimeUnit::Hour | TimeUnit::AgentHour => 3_600_000,
        }
    }
}

/// What shares the bands of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Each program by itself.
    Program,
    /// Each site by itself.
    Site,
    /// All rows of the contract together.
    Contract,
}

impl Scope {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Program => "program",
            Scope::Site => "site",
            Scope::Contract => "contract",
        }
    }
}

/// Something added at certain times: a share of the list price of the units that begin in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surcharge {
    /// The calendar's name.
    pub calendar: String,
    /// The share of the list price.
    pub share: Factor,
}

/// What holds where several surcharges apply at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overlap {
    /// They add up.
    Add,
    /// The highest alone applies; of equals, the one written first.
    Highest,
}

impl Overlap {
    /// The surcharges (by position) of a class that apply.
    pub fn applying(self, surcharges: &[Surcharge], class: crate::Class) -> Vec<usize> {
        let met = (0..surcharges.len()).filter(|position| class.has(*position));
        match self {
            Overlap::Add => met.collect(),
            Overlap::Highest => met.rev().max_by_key(|position| &surcharges[*position].share).into_iter().collect(),
        }
    }
}

/// What a month that lies only partly in the term costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proration {
    /// The share of the month's days that lie in the term.
    Day,
    /// All of it.
    None,
}
