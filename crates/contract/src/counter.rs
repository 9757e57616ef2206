//! What a contract has counted in the records: its charges, and what its conditions and relative bounds look at.

use std::borrow::Cow;
use std::collections::BTreeMap;

use longshore_units::Milliseconds;

use crate::{
    ChargeKind, Contract, Counted, Criterion, Field, Grain, Hours, InForce, Measure, Overlap, Proration, Quantum,
    Refund, RoundRule, ScheduleHours, Scope, Select, Surcharge, SurchargeBase, Tariff, Tiers, TiersBy, TimeUnit,
};

/// What is counted, for whom. Positions are those of one version of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CounterOf {
    /// The quantity of a charge.
    Charge(usize),
    /// The part of a charge's quantity that is given back because agents left. Its day is the one that was billed, its
    /// period the month in which the agent left.
    Refund(usize),
    /// Agents on the provider's register, for the bands of a charge.
    Agents(usize),
    /// What a rule compares with or relates to.
    Quantum(Owner, Quantum),
}

/// Whose rule it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A charge's.
    Charge(usize),
    /// A minimum's.
    Minimum(usize),
    /// An SLA term's.
    Sla(usize),
}

/// Everything that is counted for the versions in force, by version and what it is for.
pub type Counters<'c> = BTreeMap<(u16, CounterOf), Counter<'c>>;

impl<'c> InForce<'c> {
    /// Everything that is counted for the versions in force.
    pub fn counters(&self) -> Counters<'c> {
        let of_version = |(version, terms): (usize, &&'c Contract)| {
            // A contract has fewer amendments than this number can tell apart.
            terms.counters().into_iter().map(move |counter| ((version as u16, counter.of), counter))
        };
        self.versions().iter().enumerate().flat_map(of_version).collect()
    }
}

/// What is counted, and how.
#[derive(Clone, Debug)]
pub struct Counter<'c> {
    /// For whom.
    pub of: CounterOf,
    /// Its name, unique in the contract: a charge's own, or `monthly minimum: requested`.
    pub name: String,
    /// Of which records.
    pub grain: Grain,
    /// Which of them.
    pub select: Cow<'c, Select>,
    /// What of each.
    pub measure: Cow<'c, Measure>,
    /// What is told apart.
    pub scope: Scope,
    /// Whether each row's quantity is kept. See [`Counted::by_row`].
    pub by_row: bool,
    /// To the next multiple of what each row's time is rounded up, where prices by length tell no finer ones apart.
    pub step: Option<Milliseconds>,
    /// Whether days are told apart when it is priced.
    pub by_day: bool,
    /// Which calendars its rows are told apart by.
    pub surcharges: &'c [Surcharge],
    /// What holds where several apply.
    pub overlap: Overlap,
    /// What of it is given back; counted under [`CounterOf::Refund`] besides.
    pub refund: Option<Refund>,
}

impl Contract {
    /// Everything that is counted for this version of the contract, each once, in a fixed order.
    pub fn counters(&self) -> Vec<Counter<'_>> {
        let mut counters = Vec::new();
        for (position, charge) in self.charges.iter().enumerate() {
            let ChargeKind::Counted(counted) = &charge.kind else { continue };
            counters.push(Counter {
                of: CounterOf::Charge(position),
                name: charge.name.clone(),
                grain: counted.grain,
                select: Cow::Borrowed(&counted.select),
                measure: Cow::Borrowed(&counted.measure),
                scope: counted.scope,
                by_row: counted.by_row(self.rounding_of(charge)),
                step: match &counted.tariff {
                    Tariff::Lengths(lengths) => Some(grain_of_lengths(lengths)),
                    _ => None,
                },
                by_day: counted.by_day(self.rounding_of(charge)),
                surcharges: &counted.surcharges,
                overlap: counted.overlap,
                refund: counted.refund,
            });
            if counted.refund.is_some() {
                let last = counters.last().expect("it was just added").clone();
                let (of, name) = (CounterOf::Refund(position), format!("{}: refund", charge.name));
                counters.push(Counter { of, name, refund: None, by_day: true, ..last });
            }
            if matches!(counted.tariff, Tariff::Bands { by: TiersBy::Agents, .. }) {
                let measure = Measure::AgentMonths { prorate: Proration::Day };
                let (of, name) = (CounterOf::Agents(position), format!("{}: agents", charge.name));
                counters.push(plain(of, name, Grain::Agent, Select::default(), measure, counted.scope));
            }
            if matches!(&counted.tariff, Tariff::Bands { bands, .. } if bands.is_relative()) {
                let (of, name) = (Owner::Charge(position), &charge.name);
                let scope = if counted.scope == Scope::Program { Scope::Program } else { Scope::Contract };
                counters.push(forecast(of, name, &counted.forecast, counted.time_unit(), scope));
            }
        }
        for (position, minimum) in self.minimums.iter().enumerate() {
            let owner = Owner::Minimum(position);
            let counted = minimum.on.first().and_then(|position| self.counted(*position));
            let unit = counted.and_then(Counted::time_unit);
            let quanta = minimum.quanta().into_iter().map(|quantum| (quantum, minimum.forecast())).collect();
            counters.extend(quanta_counters(owner, &minimum.name, quanta, unit, None));
        }
        for (position, sla) in self.slas.iter().enumerate() {
            let Some(relief) = &sla.relief else { continue };
            let quanta = relief.quanta().map(|quantum| (quantum, relief.forecast.as_slice())).collect();
            counters.extend(quanta_counters(Owner::Sla(position), &sla.name, quanta, None, Some(&sla.when)));
        }
        counters
    }

    /// A charge that is counted by quantity.
    pub fn counted(&self, charge: usize) -> Option<&Counted> {
        match &self.charges[charge].kind {
            ChargeKind::Counted(counted) => Some(counted),
            _ => None,
        }
    }
}

impl Counted {
    /// The unit of time that it is priced by, if it counts time.
    pub fn time_unit(&self) -> Option<TimeUnit> {
        match self.measure {
            Measure::Time { unit, .. } | Measure::AgentTime { unit, .. } | Measure::Schedule { unit, .. } => Some(unit),
            _ => None,
        }
    }

    /// Whether its price depends on the days on which its units lie.
    fn by_day(&self, rule: &RoundRule) -> bool {
        let first = self.included.as_ref().is_some_and(|included| included.to == crate::IncludedTo::First);
        let marginal = self.surcharges.iter().any(|surcharge| surcharge.base == SurchargeBase::Marginal);
        // What a row costs by itself follows from the bands that its day reached.
        let rows = self.by_row(rule)
            && matches!(&self.tariff, Tariff::Bands { bands, tiers: Tiers::Graduated, .. } if 1 < bands.count());
        rows || marginal || first && (!self.surcharges.is_empty() || self.scope != Scope::Contract)
    }
}

fn plain<'c>(of: CounterOf, name: String, grain: Grain, select: Select, measure: Measure, scope: Scope) -> Counter<'c> {
    Counter {
        of,
        name,
        grain,
        select: Cow::Owned(select),
        measure: Cow::Owned(measure),
        scope,
        by_row: false,
        step: None,
        by_day: false,
        surcharges: &[],
        overlap: Overlap::Add,
        refund: None,
    }
}

fn forecast<'c>(owner: Owner, name: &str, queues: &[String], unit: Option<TimeUnit>, scope: Scope) -> Counter<'c> {
    let criteria = if queues.is_empty() { vec![] } else { vec![Criterion::OneOf(Field::Queue, queues.to_vec())] };
    let of = CounterOf::Quantum(owner, Quantum::Forecast);
    plain(
        of,
        Quantum::Forecast.counter_of(name),
        Grain::Forecast,
        Select { criteria },
        Measure::Forecast { unit },
        scope,
    )
}

/// A counter for each quantity that a rule looks at, but for the volume of charges, which is counted anyway.
fn quanta_counters<'c>(
    owner: Owner,
    name: &str,
    mut quanta: Vec<(Quantum, &[String])>,
    unit: Option<TimeUnit>,
    contacts: Option<&Select>,
) -> Vec<Counter<'c>> {
    quanta.sort_by_key(|(quantum, _)| *quantum);
    quanta.dedup_by_key(|(quantum, _)| *quantum);
    let hours = |quantum: Quantum, of: Hours| {
        let measure = Measure::Schedule { unit: TimeUnit::Hour, of: ScheduleHours::One(of) };
        let name = quantum.counter_of(name);
        let of = CounterOf::Quantum(owner, quantum);
        plain(of, name, Grain::Schedule, Select::default(), measure, Scope::Contract)
    };
    let counter = |(quantum, queues): (Quantum, &[String])| match quantum {
        Quantum::Volume => contacts.map(|select| {
            let name = quantum.counter_of(name);
            let of = CounterOf::Quantum(owner, quantum);
            plain(of, name, Grain::Contact, select.clone(), Measure::Contacts, Scope::Contract)
        }),
        Quantum::Forecast => Some(forecast(owner, name, queues, unit, Scope::Contract)),
        Quantum::Requested => Some(hours(quantum, Hours::Requested)),
        Quantum::Scheduled => Some(hours(quantum, Hours::Scheduled)),
        Quantum::Staffed => Some(hours(quantum, Hours::Productive)),
    };
    quanta.into_iter().filter_map(counter).collect()
}

/// How the whole numbers that records count become quantities: how many of them make one unit.
pub(crate) fn counted_per_unit(measure: &Measure, month_days: i128) -> i128 {
    let billionths = 1_000_000_000;
    match measure {
        Measure::Contacts
        | Measure::Legs
        | Measure::Resolutions { .. }
        | Measure::Sales
        | Measure::Leads
        | Measure::Appointments => 1,
        Measure::Time { unit, .. } | Measure::Schedule { unit, .. } => unit.milliseconds(),
        Measure::AgentTime { unit, .. } => unit.milliseconds() * 1000,
        Measure::AgentMonths { .. } => month_days,
        Measure::SaleAmount | Measure::Reported { .. } | Measure::Cost { .. } => billionths,
        Measure::Forecast { unit: None } => 1_000_000,
        Measure::Forecast { unit: Some(unit) } => unit.milliseconds() * 1_000_000,
    }
}

/// The shortest length that all of a contact's prices by length tell apart: times are counted rounded up to it.
pub fn grain_of_lengths(lengths: &crate::Lengths) -> Milliseconds {
    let lengths = lengths.lengths.iter().flat_map(|length| [length.start.from.0, length.start.then.0]);
    Milliseconds(lengths.fold(0, gcd).max(1))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
