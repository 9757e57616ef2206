//! What figures are told apart by: queues, intervals, days.

use jiff::civil::DateTime;
use longshore_contacts::Table;
use longshore_units::{Instant, Zone};

/// What figures are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// A name that rows hold.
    Name(Name),
    /// A stretch of time, in the program's zone.
    Time(TimeUnit),
}

/// A name that rows hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// Who serves.
    Provider,
    /// The program.
    Program,
    /// Where.
    Site,
    /// The queue; of a contact the first it came to.
    Queue,
    /// The last queue a contact was in.
    LastQueue,
    /// Voice, chat, email, social, text.
    Channel,
    /// Inbound or outbound.
    Direction,
    /// The language spoken.
    Language,
    /// Why the customer came.
    Reason,
    /// What it came to.
    Outcome,
    /// The team, of legs.
    Team,
    /// The agent, of legs.
    Agent,
}

/// A stretch of time that clocks of a zone cut the days into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// So many minutes, counted from midnight.
    Interval(Step),
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Seven days from Monday on.
    Week,
    /// A month.
    Month,
}

/// The length of intervals: whole minutes that divide a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(u16); // Invariant: above 0, and 1440 is a multiple of it.

impl Step {
    /// Half an hour, what most reports are cut into.
    pub const HALF_HOUR: Step = Step(30);

    /// So many minutes, if they divide a day.
    pub fn minutes(minutes: u64) -> Option<Step> {
        let minutes = u16::try_from(minutes).ok()?;
        (0 < minutes && 1440 % minutes == 0).then_some(Step(minutes))
    }

    /// How many minutes.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl Name {
    /// Every name.
    pub const ALL: [Name; 12] = [
        Name::Provider,
        Name::Program,
        Name::Site,
        Name::Queue,
        Name::LastQueue,
        Name::Channel,
        Name::Direction,
        Name::Language,
        Name::Reason,
        Name::Outcome,
        Name::Team,
        Name::Agent,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Name::Provider => "provider",
            Name::Program => "program",
            Name::Site => "site",
            Name::Queue => "queue",
            Name::LastQueue => "last_queue",
            Name::Channel => "channel",
            Name::Direction => "direction",
            Name::Language => "language",
            Name::Reason => "reason",
            Name::Outcome => "outcome",
            Name::Team => "team",
            Name::Agent => "agent",
        }
    }

    /// The column of a table that holds it. `None` where the table's rows do not know it.
    pub fn column(self, table: Table) -> Option<&'static str> {
        let column = match (self, table) {
            (Name::Queue, Table::Contacts) => "first_queue",
            // Why an agent is in a state is another thing than why a customer comes; and who waits for the next contact
            // does so for no queue in particular.
            (Name::Reason | Name::Queue | Name::Direction, Table::AgentTime) => return None,
            (name, _) => name.word(),
        };
        table.position(column).map(|_| column)
    }
}

impl Dimension {
    /// The dimension of that word. `step` is the length of an interval.
    pub fn from_word(word: &str, step: Step) -> Option<Dimension> {
        let unit = match word {
            "interval" => TimeUnit::Interval(step),
            "hour" => TimeUnit::Hour,
            "day" => TimeUnit::Day,
            "week" => TimeUnit::Week,
            "month" => TimeUnit::Month,
            _ => return Name::ALL.into_iter().find(|name| name.word() == word).map(Dimension::Name),
        };
        Some(Dimension::Time(unit))
    }

    /// Every word.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Name::ALL.into_iter().map(Name::word).chain(["interval", "hour", "day", "week", "month"])
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Dimension::Name(name) => name.word(),
            Dimension::Time(TimeUnit::Interval(_)) => "interval",
            Dimension::Time(TimeUnit::Hour) => "hour",
            Dimension::Time(TimeUnit::Day) => "day",
            Dimension::Time(TimeUnit::Week) => "week",
            Dimension::Time(TimeUnit::Month) => "month",
        }
    }
}

impl TimeUnit {
    /// When a unit begins, as people write it: `2026-01-01T08:30:00+01:00`, `2026-01-01`, of a week its Monday, `2026-01`.
    pub fn written(self, begins: Instant, zone: &Zone) -> String {
        let Some(reading) = zone.reading(begins) else { return begins.to_string() };
        match self {
            TimeUnit::Interval(_) | TimeUnit::Hour => {
                let offset = local(reading).saturating_sub(begins.0) / 60_000_000;
                let (sign, offset) = if offset < 0 { ('-', -offset) } else { ('+', offset) };
                format!("{reading}{sign}{:02}:{:02}", offset / 60, offset % 60)
            }
            TimeUnit::Day | TimeUnit::Week => reading.date().to_string(),
            TimeUnit::Month => format!("{:04}-{:02}", reading.year(), reading.month()),
        }
    }
}

/// What a clock shows, as microseconds since it showed the beginning of 1970.
pub(crate) fn local(reading: DateTime) -> i64 {
    let utc = reading.to_zoned(jiff::tz::TimeZone::UTC).expect("every reading of a clock has an instant in Greenwich");
    utc.timestamp().as_microsecond()
}
