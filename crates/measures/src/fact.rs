//! What is added up of each group: whole numbers in slots, and spectra.

use longshore_contacts::Table;
use longshore_contract::Select;

use crate::class::{CLASSES, ClassSet};
use crate::dimension::Dimension;

/// What is added up of some rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    /// Among which groups.
    pub grouping: usize,
    /// Of which rows.
    pub filter: usize,
    /// Of these, those that came to this.
    pub classes: ClassSet,
    pub kind: Kind,
}

/// What is added up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Rows.
    Count,
    /// Rows by what they came to.
    ByClass,
    /// Rows by a time of theirs: how many up to each cut (cuts increase), how many beyond, their sum in milliseconds, and
    /// how many whose time is not known.
    Time { value: usize, cuts: Vec<i64> },
    /// Every single time.
    Spectrum { value: usize },
    /// Yes, no, not known.
    Flag(Flag),
    /// How often each mark from 0 to 10 was given, and how often one beyond.
    Marks(Marks),
    /// Agents' time by state, in microseconds.
    States,
    /// Planned agent time: requested, scheduled, productive in milliseconds, and rows that do not know the first or the
    /// last.
    Hours,
    /// Days of agents on the register, and agents who left.
    Register,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    Resolved,
    TransferredOut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marks {
    Csat,
    Nps,
}

impl Flag {
    pub fn column(self) -> &'static str {
        match self {
            Flag::Resolved => "resolved",
            Flag::TransferredOut => "transferred_out",
        }
    }
}

impl Marks {
    pub fn column(self) -> &'static str {
        match self {
            Marks::Csat => "csat",
            Marks::Nps => "nps",
        }
    }
}

/// The slots of [`Kind::Marks`]: marks 0 to 10, then those beyond.
pub(crate) const MARKS: usize = 12;
/// The highest mark that has a slot of its own.
pub(crate) const HIGHEST: i32 = 10;

impl Kind {
    /// How many slots a group has for it.
    pub fn width(&self) -> usize {
        match self {
            Kind::Count => 1,
            Kind::ByClass => CLASSES,
            Kind::Time { cuts, .. } => cuts.len() + 3,
            Kind::Spectrum { .. } => 0,
            Kind::Flag(_) => 3,
            Kind::Marks(_) => MARKS,
            Kind::States => longshore_contacts::AgentState::ALL.len(),
            Kind::Hours => 4,
            Kind::Register => 2,
        }
    }
}

/// Groups that facts are added up among.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grouping {
    pub table: Table,
    /// What groups are told apart by: the program's dimensions, then a measure's own.
    pub keys: Vec<Dimension>,
    pub attribution: Attribution,
}

/// Which instant decides the group, and whether a row lies within the days at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribution {
    /// When it was offered; where it never was, when it arrived.
    Offer,
    /// When it arrived; where that is not known, when it was offered.
    Arrival,
    /// When it came to what it came to: the answer, or the end of the wait.
    Event,
    /// Agents' time and plans: their own span.
    Span,
}

/// Which rows a fact looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filter {
    pub select: Select,
    /// Outbound rows too: where nobody waits, no wait is measured.
    pub outbound: bool,
    /// Resolved rows alone.
    pub solved: bool,
    /// Messages alone: email, social, text.
    pub messages: bool,
    /// Rows attributed to an instant within this calendar alone.
    pub calendar: Option<usize>,
}

/// A time of a row, in whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// From one instant to another.
    Clock { start: Start, stop: Stop, calendar: Option<usize>, less_ring: bool },
    /// The sum of parts: of those named none may be unknown.
    Parts(Parts),
    /// How long after it the customer came back, which this column says. Never: longer than anything.
    Repeat(&'static str),
    /// How long it has been open at the end of the days, or of the records where these have none.
    Age,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub wait: bool,
    pub ring: bool,
    pub talk: bool,
    pub hold: bool,
    pub wrap: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Arrival,
    Offer,
    Answer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The answer; of those who were not answered, the end of their wait.
    Exit,
    /// The answer alone.
    Answer,
    /// The end.
    End,
}

/// A slot of the groups of a grouping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub grouping: usize,
    pub slot: usize,
}

/// A sum of slots, each so many times.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Form(pub Vec<(i64, Slot)>);

impl Form {
    pub fn plus(mut self, other: Form) -> Form {
        self.0.extend(other.0);
        self
    }

    pub fn minus(self, other: Form) -> Form {
        self.plus(other.times(-1))
    }

    pub fn times(self, factor: i64) -> Form {
        Form(self.0.into_iter().map(|(times, slot)| (times * factor, slot)).collect())
    }
}
