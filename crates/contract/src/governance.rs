//! Terms that change no amount: how a contract ends and goes on, what the buyer may see, who talks to whom.

use jiff::civil::Date;
use longshore_units::{Amount, Days, Price};

/// How the contract ends and goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exit {
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Ending it without a cause.
    pub for_convenience: Option<Convenience>,
    /// Ending it where standards are missed, in words.
    pub for_cause: Option<String>,
    /// The help with moving away, in words.
    pub transition: Option<String>,
    /// What happens at the end of the term.
    pub renewal: Option<Renewal>,
}

/// Ending a contract without a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Convenience {
    /// How long before it must be said.
    pub notice: Days,
    /// From which day on.
    pub from: Option<Date>,
    /// What it costs.
    pub fee: Amount,
}

/// What happens at the end of the term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// Whether it goes on unless someone says otherwise.
    pub automatic: bool,
    /// How long before the end it must be said.
    pub notice: Option<Days>,
    /// For how many months it goes on.
    pub months: u32,
}

/// What the buyer may see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordsTerm {
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Whether the buyer gets the raw records; not said where none.
    pub raw_access: Option<bool>,
    /// For how many months they are kept.
    pub retention_months: Option<u32>,
    /// What holds for recordings, in words.
    pub recordings: Option<String>,
}

/// Who talks to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Governance {
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Who speaks for the buyer.
    pub liaison: Option<String>,
    /// How often service is reviewed.
    pub review: Option<String>,
    /// Who is asked next, step by step.
    pub escalation: Vec<String>,
    /// What an hour of a change costs.
    pub change_requests: Option<Price>,
}
