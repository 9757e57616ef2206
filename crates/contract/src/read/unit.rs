//! The units of charges, and what each is counted from.

use longshore_document::{Findings, Node};

use crate::{Grain, TimeUnit};

/// The units there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Contact,
    Leg,
    Time(TimeUnit),
    AgentMonth,
    Resolution,
    Sale,
    Lead,
    Appointment,
    Item,
    Cost,
}

impl Unit {
    const ALL: [Unit; 12] = [
        Unit::Contact,
        Unit::Leg,
        Unit::Time(TimeUnit::Minute),
        Unit::Time(TimeUnit::Hour),
        Unit::Time(TimeUnit::AgentHour),
        Unit::AgentMonth,
        Unit::Resolution,
        Unit::Sale,
        Unit::Lead,
        Unit::Appointment,
        Unit::Item,
        Unit::Cost,
    ];

    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Unit::Contact => "contact",
            Unit::Leg => "leg",
            Unit::Time(unit) => unit.word(),
            Unit::AgentMonth => "agent-month",
            Unit::Resolution => "resolution",
            Unit::Sale => "sale",
            Unit::Lead => "lead",
            Unit::Appointment => "appointment",
            Unit::Item => "item",
            Unit::Cost => "cost",
        }
    }

    /// The grain it is counted from where none is named.
    pub fn usual_grain(self) -> Grain {
        match self {
            Unit::Contact | Unit::Time(TimeUnit::Minute) => Grain::Contact,
            Unit::Resolution | Unit::Sale | Unit::Lead | Unit::Appointment => Grain::Contact,
            Unit::Leg => Grain::Leg,
            Unit::Time(TimeUnit::Hour | TimeUnit::AgentHour) => Grain::AgentTime,
            Unit::AgentMonth => Grain::Agent,
            Unit::Item | Unit::Cost => Grain::Reported,
        }
    }
}

/// Reads `unit`.
pub(super) fn read(node: &Node, findings: &mut Findings) -> Option<Unit> {
    node.one_of(&Unit::ALL.map(|unit| (unit.word(), unit)), findings)
}
