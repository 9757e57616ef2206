//! A contract, read and sound.

use std::collections::BTreeMap;

use jiff::civil::Date;
use longshore_units::{Calendar, Currency, Rounding, Term, Zone};

use crate::in_force::Timeline;
use crate::{
    Amendment, AtRisk, Charge, Discount, Exit, Governance, Index, Minimum, Pay, Prepaid, RecordsTerm, Sla, Tax,
};

/// A contract. One that exists is sound: see the crate's invariants.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Its title.
    pub name: Option<String>,
    /// Who buys.
    pub buyer: Option<String>,
    /// Who sells, as the records name it. The contract prices this provider's rows alone.
    pub provider: String,
    /// Where the work is done, as people name it: `Philippines`. Prices are compared with those of this place.
    pub place: Option<String>,
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
    /// The days on which exactly these terms are in force: the whole term, unless amendments divide it.
    pub in_force: Term,
    /// When it was signed.
    pub signed: Option<Date>,
    /// The rounding of charges that name none of their own.
    pub round: RoundRule,
    /// Named times: holidays, nights.
    pub calendars: BTreeMap<String, Calendar>,
    /// The priced lines, in the order of the text.
    pub charges: Vec<Charge>,
    /// What some charges come to at least.
    pub minimums: Vec<Minimum>,
    /// What is taken off.
    pub discounts: Vec<Discount>,
    /// How prices move over the years.
    pub indexes: Vec<Index>,
    /// What is paid before it is used.
    pub prepaid: Vec<Prepaid>,
    /// The tax on the invoice.
    pub tax: Option<Tax>,
    /// In what and when it is paid.
    pub pay: Pay,
    /// The service that was promised, and what follows from missing it.
    pub slas: Vec<Sla>,
    /// The most that service-level terms can take from a month.
    pub at_risk: Option<AtRisk>,
    /// How the contract ends and goes on.
    pub exit: Option<Exit>,
    /// What the buyer may see.
    pub records: Option<RecordsTerm>,
    /// Who talks to whom.
    pub governance: Option<Governance>,
    /// How it was changed since, in the order in which the changes became known.
    pub amendments: Vec<Amendment>,
    /// By the days on which amendments became known: what holds from then on. Empty where there is no amendment, and in
    /// the versions themselves.
    pub(crate) amended: BTreeMap<Date, Timeline>,
}

impl Contract {
    /// The rounding of a charge: its own, or the contract's.
    pub fn rounding_of<'c>(&'c self, charge: &'c Charge) -> &'c RoundRule {
        charge.round.as_ref().unwrap_or(&self.round)
    }

    /// The position of the charge of that name.
    pub fn charge(&self, name: &str) -> Option<usize> {
        self.charges.iter().position(|charge| charge.name == name)
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
