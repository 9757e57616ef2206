//! A contract, read and sound.

use std::collections::BTreeMap;

use jiff::civil::Date;
use longshore_units::{Amount, Calendar, Currency, Rounding, Term, Zone};

use crate::{Charge, Proration};

/// A contract. One that exists is sound: see the crate's invariants.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Its title.
    pub name: Option<String>,
    /// Who buys.
    pub buyer: Option<String>,
    /// Who sells, as the records name it. The contract prices this provider's rows alone.
    pub provider: String,
    /// The programs it covers; all of the provider's rows where none is named.
    pub programs: Vec<String>,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// The zone of its days, months and calendars.
    pub zone: Zone,
    /// Which instant of a contact decides its month.
    pub counted_at: CountedAt,
    /// From when to when it is in force.
    pub term: Term,
    /// When it was signed.
    pub signed: Option<Date>,
    /// The rounding of charges that name none of their own.
    pub round: RoundRule,
    /// Named times: holidays, nights.
    pub calendars: BTreeMap<String, Calendar>,
    /// The priced lines, in the order of the text.
    pub charges: Vec<Charge>,
    /// What is billed at least.
    pub minimums: Vec<Minimum>,
}

impl Contract {
    /// The rounding of a charge: its own, or the contract's.
    pub fn rounding_of<'c>(&'c self, charge: &'c Charge) -> &'c RoundRule {
        charge.round.as_ref().unwrap_or(&self.round)
    }
}

/// Which instant of a contact or leg decides its day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountedAt {
    /// When it reached the carrier.
    Arrived,
    /// When it was offered to a queue.
    Offered,
    /// When an agent took it.
    Answered,
    /// When it ended.
    Ended,
}

impl CountedAt {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            CountedAt::Arrived => "arrived",
            CountedAt::Offered => "offered",
            CountedAt::Answered => "answered",
            CountedAt::Ended => "ended",
        }
    }

    /// Its column in the records.
    pub fn column(self) -> &'static str {
        match self {
            CountedAt::Arrived => "arrived_at",
            CountedAt::Offered => "offered_at",
            CountedAt::Answered => "answered_at",
            CountedAt::Ended => "ended_at",
        }
    }
}

/// Where amounts are rounded, to what and which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundRule {
    /// Where.
    pub at: RoundAt,
    /// To what and which way.
    pub rounding: Rounding,
}

/// Where amounts are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundAt {
    /// Each contact's (leg's, row's) amount.
    Contact,
    /// Each line of the invoice.
    Line,
    /// The invoice's total, once.
    Invoice,
}

impl RoundAt {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            RoundAt::Contact => "contact",
            RoundAt::Line => "line",
            RoundAt::Invoice => "invoice",
        }
    }
}

/// What some charges come to at least in a month: the shortfall is a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimum {
    /// Its name, unique among charges and minimums.
    pub name: String,
    /// Where the contract says so.
    pub clause: Option<String>,
    /// Positions in [`Contract::charges`] of those that count towards it; increasing.
    pub on: Vec<usize>,
    /// For a full month.
    pub amount: Amount,
    /// What a month that is only partly in the term asks for.
    pub prorate: Proration,
}
