//! Which rows a charge counts.

use longshore_units::Milliseconds;

use crate::Grain;

/// The rows a charge counts: those that meet every criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Select {
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

impl Select {
    /// Whether a field is among the criteria.
    pub fn has(&self, field: Field) -> bool {
        self.criteria.iter().any(|criterion| matches!(criterion, Criterion::OneOf(known, _) if *known == field))
    }
}

/// One thing a row must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// The field holds one of these words. A row that does not know the field does not meet it.
    OneOf(Field, Vec<String>),
    /// The contact's or leg's talk time is longer than this. An unknown talk time does not meet it.
    TalkLongerThan(Milliseconds),
    /// The row of agents' time is approved, or is not. One of which it is not known does not meet it.
    Approved(bool),
}

/// A field of a record that a charge may select by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Voice, chat, email, social, text.
    Channel,
    /// Inbound or outbound.
    Direction,
    /// What the contact or leg came to.
    Outcome,
    /// The queue: of a contact, the first it came to.
    Queue,
    /// The last queue a contact was in.
    LastQueue,
    /// The contact's language, or one an agent speaks.
    Language,
    /// Why the customer made contact, or why an agent was in a state.
    Reason,
    /// The program.
    Program,
    /// The provider's site.
    Site,
    /// The team.
    Team,
    /// The agent's state.
    State,
    /// What is reported: interpreters, postage.
    What,
}

impl Field {
    /// Every field.
    pub const ALL: [Field; 12] = [
        Field::Channel,
        Field::Direction,
        Field::Outcome,
        Field::Queue,
        Field::LastQueue,
        Field::Language,
        Field::Reason,
        Field::Program,
        Field::Site,
        Field::Team,
        Field::State,
        Field::What,
    ];

    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Field::Channel => "channel",
            Field::Direction => "direction",
            Field::Outcome => "outcome",
            Field::Queue => "queue",
            Field::LastQueue => "last_queue",
            Field::Language => "language",
            Field::Reason => "reason",
            Field::Program => "program",
            Field::Site => "site",
            Field::Team => "team",
            Field::State => "state",
            Field::What => "what",
        }
    }

    /// The column that holds it in the records of a grain. `None` if they have no such field.
    pub fn column(self, grain: Grain) -> Option<&'static str> {
        let has = |columns: &'static [&'static str], column: &'static str| columns.contains(&column).then_some(column);
        match grain {
            Grain::Contact => match self {
                Field::Queue => Some("first_queue"),
                Field::Team | Field::State | Field::What => None,
                field => Some(field.word()),
            },
            Grain::Leg => {
                has(&["channel", "direction", "outcome", "queue", "language", "program", "site", "team"], self.word())
            }
            Grain::AgentTime => has(&["direction", "queue", "reason", "program", "site", "team", "state"], self.word()),
            Grain::Schedule => has(&["program", "site", "team"], self.word()),
            Grain::Reported => has(&["program", "what"], self.word()),
            Grain::Forecast => has(&["program", "queue"], self.word()),
            Grain::Agent => match self {
                Field::Language => Some("languages"),
                field => has(&["program", "site", "team"], field.word()),
            },
        }
    }
}
