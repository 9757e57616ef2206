//! Charges: the priced lines of a rate card.

use jiff::civil::{Date, Weekday};
use longshore_units::{Amount, Currency, Days, Factor, Milliseconds, Month, Price, Quantity, RoundHow, Term};

use crate::{Included, Increments, RoundRule, Select, Tariff};

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

/// What a line comes to at most and at least, over the time its bands are climbed (a month, where there are none).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// What is taken off the line.
    pub discount: Option<Factor>,
    /// At most.
    pub most: Option<Amount>,
    /// At least, also without any quantity.
    pub least: Option<Amount>,
    /// In which order the three are applied.
    pub order: LimitOrder,
}

/// The order of a line's discount, cap and minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LimitOrder(pub [Limit; 3]);

impl Default for LimitOrder {
    /// Discount, cap, minimum.
    fn default() -> LimitOrder {
        LimitOrder([Limit::Discount, Limit::Cap, Limit::Minimum])
    }
}

/// What can change places in the making of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// What is taken off.
    Discount,
    /// At most.
    Cap,
    /// At least.
    Minimum,
}

impl Limit {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Limit::Discount => "discount",
            Limit::Cap => "cap",
            Limit::Minimum => "minimum",
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

/// Over which time bands are climbed, minimums reached and service measured. All but the month are counted from the first
/// day of the contract, and end with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// A calendar month.
    #[default]
    Month,
    /// Three months of the contract.
    Quarter,
    /// A year of the contract.
    Year,
    /// All of the contract's term.
    Term,
}

impl Per {
    /// Every period, the shortest first.
    pub const ALL: [Per; 4] = [Per::Month, Per::Quarter, Per::Year, Per::Term];

    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Per::Month => "month",
            Per::Quarter => "quarter",
            Per::Year => "year",
            Per::Term => "term",
        }
    }

    /// How many months it has; none where it is the whole term.
    pub fn months(self) -> Option<u32> {
        match self {
            Per::Month => Some(1),
            Per::Quarter => Some(3),
            Per::Year => Some(12),
            Per::Term => None,
        }
    }

    /// The first and the last month of the period that a month lies in, for a contract of that term. Periods are counted
    /// from the month of the term's first day, and the last one ends with the term; without an end, `None`.
    pub fn period(self, term: Term, month: Month) -> (Month, Option<Month>) {
        let starts = Month::of(term.starts);
        let ends = term.ends.map(Month::of);
        let Some(months) = self.months().map(|months| months as i32) else { return (starts, ends) };
        let first = starts.plus(month.since(starts).div_euclid(months) * months).unwrap_or(starts);
        let last = first.plus(months - 1);
        (first, last.map(|last| ends.map_or(last, |ends| ends.min(last))).or(ends))
    }
}

/// Something added at certain times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surcharge {
    /// The calendar's name.
    pub calendar: String,
    /// The share of the base.
    pub share: Factor,
    /// Of which price.
    pub base: SurchargeBase,
    /// What decides for a contact that a calendar begins or ends in.
    pub across: Across,
}

/// Of which price a surcharge is a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurchargeBase {
    /// The first band's.
    #[default]
    List,
    /// The one that the units themselves cost, in the order of their days. On a day that reaches a new band, all of the
    /// day's units share in both bands alike.
    Marginal,
    /// What the group's units cost on average.
    Average,
}

/// What decides for a contact that a calendar begins or ends in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Across {
    /// The instant that places the contact.
    #[default]
    Start,
    /// Each part of its billed time, laid end to end from that instant.
    Split,
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
