//! What of which records a charge counts.

use jiff::civil::Weekday;
use longshore_units::{Factor, Milliseconds};

use crate::{Increments, Proration};

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
    /// Quantities and costs that no record shows, with their documents.
    Reported,
    /// The locked forecast. No charge counts it; conditions and relative bounds do.
    Forecast,
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
            Grain::Reported => "reported",
            Grain::Forecast => "forecast",
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
        /// Only what goes beyond so much in an agent's week.
        overtime: Option<Overtime>,
    },
    /// Hours of the schedule. Counted in milliseconds.
    Schedule {
        /// The unit of the price.
        unit: TimeUnit,
        /// Which hours.
        of: ScheduleHours,
    },
    /// Agents on the register. Counted in agent-days, of which a month has as many as it has days.
    AgentMonths {
        /// What an agent costs who is on the register for a part of the month.
        prorate: Proration,
    },
    /// Contacts that settled what the customer came for.
    Resolutions {
        /// Not those whose customer came back with the same matter within this time.
        reopened_within: Option<Milliseconds>,
    },
    /// Contacts in which something was sold.
    Sales,
    /// What was sold, in the contract's currency. Counted in billionths of it; a price of 0.08 is 8 percent.
    SaleAmount,
    /// Leads won.
    Leads,
    /// Appointments made.
    Appointments,
    /// Quantities that are reported. Counted in billionths.
    Reported {
        /// Whether rows without a document are left out.
        evidence: bool,
    },
    /// Costs that are reported, in the contract's currency. Counted in billionths of it; a price of 1.05 is a markup of 5
    /// percent.
    Cost {
        /// Whether rows without a document are left out.
        evidence: bool,
    },
    /// The locked forecast: contacts in millionths, or with a unit of time their handle time in millionths of a
    /// millisecond. No charge counts it.
    Forecast {
        /// The unit of time, where it is not contacts that are counted.
        unit: Option<TimeUnit>,
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
            Measure::Resolutions { .. } => "resolution",
            Measure::Sales => "sale",
            Measure::Leads => "lead",
            Measure::Appointments => "appointment",
            Measure::SaleAmount | Measure::Reported { .. } | Measure::Cost { .. } => "billionth",
            Measure::Forecast { .. } => "millionth",
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

/// What of a schedule is billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScheduleHours {
    /// One kind of hours.
    One(Hours),
    /// The lesser or greater of several kinds, interval by interval.
    Pick {
        /// Which of them.
        pick: Pick,
        /// Two kinds or three.
        of: Vec<Hours>,
        /// Never more than this share of a kind: `102% of requested`. What is below a millisecond is cut.
        at_most: Option<(Factor, Hours)>,
        /// How long the intervals are that are compared. A row of any other length is refused.
        per: Milliseconds,
    },
}

/// Which of several quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pick {
    /// The least.
    Lesser,
    /// The most.
    Greater,
}

/// Time beyond so much in an agent's week. Weeks run over the ends of months; each part belongs to the day it is worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overtime {
    /// What a week has before overtime begins: of the agent's time in every state but `offline`.
    pub beyond: Milliseconds,
    /// The day on which a week begins, in the contract's zone.
    pub week_starts: Weekday,
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
