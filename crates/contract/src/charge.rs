//! Charges: the priced lines of a rate card.

use jiff::civil::Date;
use longshore_units::{Amount, Currency, Days, Factor, Price, Quantity, RoundHow};

use crate::{Across, Grain, Included, Limits, Measure, Overlap, Per, RoundRule, Select, Surcharge, Tariff, TimeUnit};

/// One priced line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Its name, unique in the contract. An unnamed charge is called by its unit.
    pub name: String,
    /// Where the contract says so, such as `§4.1`.
    pub clause: Option<String>,
    /// How it is counted and priced.
    pub kind: ChargeKind,
    /// What its line comes to at most and at least.
    pub limits: Limits,
    /// Its own rounding, where it differs from the contract's.
    pub round: Option<RoundRule>,
}

/// How a charge is counted and priced.
#[allow(clippy::large_enum_variant)] // Charges are few, and nearly all of them are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeKind {
    /// By a quantity counted from records.
    Counted(Counted),
    /// By a quantity that follows from another charge's: one team lead for each 15 agents.
    Ratio(Ratio),
    /// A share of what other charges come to.
    Share(ShareOf),
    /// The same amount every month.
    Flat {
        /// A full month's amount.
        amount: Amount,
        /// What a month that is only partly in the term costs.
        prorate: Proration,
    },
    /// The same amount each 28 days, from the first day of the contract: thirteen times a year, and once more in some.
    FourWeekly {
        /// The amount of a period. It is billed whole in the month in which its period begins.
        amount: Amount,
    },
    /// Once.
    Once {
        /// The amount.
        amount: Amount,
        /// The day it falls due.
        on: Date,
    },
}

/// A charge by quantity: select → quantity → group → included → tiers → price → surcharge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Which records it counts.
    pub grain: Grain,
    /// Which of them.
    pub select: Select,
    /// What of each.
    pub measure: Measure,
    /// What shares the bands, and the included units unless these are pooled.
    pub scope: Scope,
    /// Over which time the bands are climbed.
    pub per: Per,
    /// Units that cost nothing.
    pub included: Option<Included>,
    /// What a unit costs.
    pub tariff: Tariff,
    /// The queues of the forecast that bounds relative to it mean; all of the contract's programs where none is named.
    pub forecast: Vec<String>,
    /// What each contact costs beside its units, at least and at most.
    pub each_contact: EachContact,
    /// A fixed amount a month that belongs to the charge: what a bundle costs.
    pub fee: Option<Fee>,
    /// What is added at certain times.
    pub surcharges: Vec<Surcharge>,
    /// What holds where several of them apply at once.
    pub overlap: Overlap,
    /// What is given back of the time of agents who leave soon.
    pub refund: Option<Refund>,
}

impl Counted {
    /// The unit's word, as the contract writes it.
    pub fn unit(&self) -> &'static str {
        match &self.measure {
            Measure::Contacts => "contact",
            Measure::Legs => "leg",
            Measure::Time { unit, .. } | Measure::AgentTime { unit, .. } | Measure::Schedule { unit, .. } => {
                unit.word()
            }
            Measure::AgentMonths { .. } => "agent-month",
            Measure::Resolutions { .. } => "resolution",
            Measure::Sales => "sale",
            Measure::SaleAmount => "amount sold",
            Measure::Leads => "lead",
            Measure::Appointments => "appointment",
            Measure::Reported { .. } => "item",
            Measure::Cost { .. } => "cost",
            Measure::Forecast { unit } => unit.map_or("contact", TimeUnit::word),
        }
    }

    /// Whether a calendar's edges split the contacts that lie across them.
    pub fn splits(&self) -> bool {
        self.surcharges.iter().any(|surcharge| surcharge.across == Across::Split)
    }

    /// What its quantities are written in: the unit, but of shares of sales and of costs the contract's currency.
    pub fn quantity_unit(&self, currency: Currency) -> &'static str {
        match self.measure {
            Measure::SaleAmount | Measure::Cost { .. } => currency.code(),
            _ => self.unit(),
        }
    }

    /// Whether money is reckoned row by row before it is added up, so that counts must keep each row's quantity: because
    /// each contact's amount is rounded, has a least or a most, or depends on the contact's length.
    pub fn by_row(&self, rule: &RoundRule) -> bool {
        self.grain.rounds_rows()
            && (rule.at == crate::RoundAt::Contact
                || self.each_contact.least.is_some()
                || self.each_contact.most.is_some()
                || matches!(self.tariff, Tariff::Lengths(_)))
    }
}

/// One unit for each so many of another charge's units, such as one team lead per 15 agents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Its unit's word, such as `agent-month`.
    pub unit: String,
    /// For how many units of the other charge. Above 0.
    pub one_per: Quantity,
    /// The other charge's position. It is counted by quantity.
    pub of: usize,
    /// What becomes of a fraction; none where it is billed as it is.
    pub round: Option<RoundHow>,
    /// What a unit costs.
    pub each: Price,
}

/// A share of the amounts of other charges: management at 10 % of the voice lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareOf {
    /// The share.
    pub share: Factor,
    /// The other charges' positions: fixed, counted or by ratio; increasing.
    pub of: Vec<usize>,
}

/// What each contact costs beside its units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EachContact {
    /// A fee for each contact that is billed: the connect fee.
    pub fee: Amount,
    /// What each comes to at least, its surcharges included.
    pub least: Option<Amount>,
    /// What each comes to at most.
    pub most: Option<Amount>,
}

/// A fixed amount a month that belongs to a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// A full month's amount.
    pub amount: Amount,
    /// What a month that is only partly in the term costs.
    pub prorate: Proration,
}

/// What is given back where an agent leaves soon after the time that was billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Time of agents who left within so many days after it is given back, in the month in which they left.
    pub within: Days,
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

/// What a month that lies only partly in the term costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proration {
    /// The share of the month's days that lie in the term.
    Day,
    /// All of it.
    None,
}
