//! A contract compiled for counting.

use std::collections::BTreeSet;

use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contract::{
    CountedAt, CounterOf, Criterion, Field, Grain, InForce, Measure, Overlap, Part, Proration, ScheduleHours, Scope,
    Surcharge,
};
use longshore_units::{Calendar, Milliseconds};

use crate::divider::Divider;
use crate::timeline::Timeline;

/// The days that are counted: a contract's term, and how far the register of agents is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub first: Date,
    /// The last day, included; none while the contract has no end.
    pub last: Option<Date>,
    /// The last day on which an agent who has not left is on the register: that of the term or, if that comes first, of
    /// the records. Rows that lie at one instant need no such end; someone who has not left yet does.
    pub register_last: Option<Date>,
}

impl Window {
    /// A contract's term, with the register known up to `through` where that is given. `None` if the term begins after
    /// that: the records have nothing of it.
    pub fn of(in_force: &InForce<'_>, through: Option<Date>) -> Option<Window> {
        let term = in_force.term();
        let (first, last) = (term.starts, term.ends);
        let register_last = [last, through].into_iter().flatten().min();
        register_last.is_none_or(|last| first <= last).then_some(Window { first, last, register_last })
    }
}

/// Why a contract cannot be compiled for counting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProgramError {
    /// Agents who have not left stay on the register for ever, and neither contract nor records say until when to count.
    #[error("`{charge}` counts agents on the register, and nothing says until which day: give the contract an `ends`")]
    NoLastDay {
        /// The charge's name.
        charge: String,
    },
    /// An increment that no contact is ever as long as.
    #[error("`{charge}` has an increment of more than a million years")]
    Increment {
        /// The charge's name.
        charge: String,
    },
    /// More calendars than there are bits to tell them by.
    #[error("the contract uses more than {} calendars", Program::MOST_CALENDARS)]
    Calendars,
    /// A day outside the years that calendars can show.
    #[error("the contract's term lies outside the years that calendars can show")]
    Years,
}

/// The longest time that one contact can have, in milliseconds: far above any, and sums of many fit a count.
pub(crate) const LONGEST: u64 = 1 << 55;

/// A contract compiled for counting: shared by all tallies.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) provider: String,
    pub(crate) programs: Vec<String>,
    pub(crate) counted_at: CountedAt,
    pub(crate) window: Window,
    pub(crate) timeline: Timeline,
    pub(crate) jobs: Vec<Job>,
}

/// What one charge counts.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Which version of the contract it is of.
    pub version: u16,
    /// What it counts.
    pub counter: CounterOf,
    pub grain: Grain,
    pub criteria: Vec<Criterion>,
    pub quantity: Quantity,
    pub scope: Scope,
    /// Whether each row's quantity is kept, for rounding at the contact.
    pub spectrum: bool,
    /// For each surcharge, the bit of its calendar.
    pub calendars: Vec<u32>,
    /// The surcharges, and what holds where several apply.
    pub surcharges: Vec<Surcharge>,
    pub overlap: Overlap,
}

/// What of a row a charge counts.
#[derive(Clone, Debug)]
pub(crate) enum Quantity {
    /// The row.
    Row,
    /// Billable milliseconds.
    Time { of: Vec<Part>, first: u64, then: u64, divider: Divider },
    /// Microseconds of an agent's state.
    AgentTime,
    /// Milliseconds of a schedule's column.
    Hours(&'static str),
    /// Days on the register.
    AgentDays(Proration),
}

impl Program {
    /// The most calendars that a contract's surcharges can use.
    pub const MOST_CALENDARS: usize = 32;

    /// Compiles a contract for the days of a window.
    pub fn new(in_force: &InForce<'_>, window: Window) -> Result<Program, ProgramError> {
        let contract = in_force.last();
        let mut calendars: Vec<Calendar> = Vec::new();
        let mut jobs = Vec::new();
        let versions = in_force.versions().iter().enumerate();
        for (version, terms, counter) in versions
            .flat_map(|(version, terms)| terms.counters().into_iter().map(move |counter| (version, terms, counter)))
        {
            let mut bits = Vec::new();
            for surcharge in counter.surcharges {
                // The same name may mean other days in another version: calendars are told apart by what they are.
                let calendar = &terms.calendars[&surcharge.calendar];
                let bit = calendars.iter().position(|known| known == calendar).unwrap_or_else(|| {
                    calendars.push(calendar.clone());
                    calendars.len() - 1
                });
                bits.push(bit as u32);
            }
            let quantity = match &*counter.measure {
                Measure::Contacts | Measure::Legs => Quantity::Row,
                Measure::Time { of, increments, .. } => {
                    let (Milliseconds(first), Milliseconds(then)) = (increments.first(), increments.then());
                    if LONGEST < first || LONGEST < then {
                        return Err(ProgramError::Increment { charge: counter.name.clone() });
                    }
                    Quantity::Time { of: of.clone(), first, then, divider: Divider::by(then) }
                }
                Measure::AgentTime { .. } => Quantity::AgentTime,
                Measure::Schedule { of: ScheduleHours::One(of), .. } => Quantity::Hours(of.word()),
                Measure::AgentMonths { prorate } => {
                    if window.register_last.is_none() {
                        return Err(ProgramError::NoLastDay { charge: counter.name.clone() });
                    }
                    Quantity::AgentDays(*prorate)
                }
                measure => unreachable!("no contract can be read that has {measure:?}"),
            };
            jobs.push(Job {
                version: version as u16, // A contract has fewer amendments.
                counter: counter.of,
                grain: counter.grain,
                criteria: counter.select.criteria.clone(),
                quantity,
                scope: counter.scope,
                spectrum: counter.by_row,
                calendars: bits,
                surcharges: counter.surcharges.to_vec(),
                overlap: counter.overlap,
            });
        }
        if calendars.len() > Program::MOST_CALENDARS {
            return Err(ProgramError::Calendars);
        }
        let last = window.last.unwrap_or(jiff::civil::date(9990, 12, 31));
        let timeline =
            Timeline::new(contract.zone.clone(), calendars, window.first, last).ok_or(ProgramError::Years)?;
        Ok(Program {
            provider: contract.provider.clone(),
            programs: contract.programs.clone(),
            counted_at: contract.counted_at,
            window,
            timeline,
            jobs,
        })
    }

    /// The tables that the contract's charges are counted from, in a fixed order.
    pub fn tables(&self) -> Vec<Table> {
        Table::ALL.into_iter().filter(|table| self.jobs.iter().any(|job| table_of(job.grain) == *table)).collect()
    }

    /// The columns of a table that are needed, in the table's order. `None` if the table is not.
    pub fn columns(&self, table: Table) -> Option<Vec<&'static str>> {
        let jobs: Vec<&Job> = self.jobs.iter().filter(|job| table_of(job.grain) == table).collect();
        let grain = jobs.first()?.grain;
        let mut wanted: BTreeSet<&'static str> = BTreeSet::from(["provider"]);
        if !self.programs.is_empty() {
            wanted.insert("program");
        }
        match grain {
            Grain::Contact => wanted.extend([self.counted_at.column(), "superseded_at"]),
            Grain::Leg => wanted.extend([leg_instant(self.counted_at)]),
            Grain::AgentTime | Grain::Schedule => wanted.extend(["from", "until"]),
            Grain::Agent => wanted.extend(["hired", "left"]),
            Grain::Reported => wanted.extend(["date"]),
            Grain::Forecast => wanted.extend(["from"]),
        }
        for job in jobs {
            match job.scope {
                Scope::Program => wanted.extend(["program"]),
                Scope::Site => wanted.extend(["site"]),
                Scope::Contract => {}
            }
            for criterion in &job.criteria {
                wanted.insert(match criterion {
                    Criterion::OneOf(field, _) => column_of(*field, grain),
                    Criterion::TalkLongerThan(_) => "talk",
                    Criterion::Approved(_) => "approved",
                });
            }
            match &job.quantity {
                // The outcome tells a contact that nobody talked on from one whose talk time the source does not know.
                Quantity::Time { of, .. } => wanted.extend(of.iter().map(|part| part.word()).chain(["outcome"])),
                Quantity::Hours(column) => wanted.extend([*column]),
                Quantity::Row | Quantity::AgentTime | Quantity::AgentDays(_) => {}
            }
        }
        let order = |column: &&'static str| table.position(column).unwrap_or(usize::MAX);
        let mut columns: Vec<&'static str> = wanted.into_iter().collect();
        columns.sort_by_key(order);
        Some(columns)
    }
}

/// The table that holds the records of a grain.
pub(crate) fn table_of(grain: Grain) -> Table {
    match grain {
        Grain::Contact => Table::Contacts,
        Grain::Leg => Table::Legs,
        Grain::Agent => Table::Agents,
        Grain::AgentTime => Table::AgentTime,
        Grain::Schedule => Table::Schedule,
        Grain::Reported => Table::Reported,
        Grain::Forecast => Table::Forecast,
    }
}

/// The column of a field that a sound contract selects by.
pub(crate) fn column_of(field: Field, grain: Grain) -> &'static str {
    field.column(grain).expect("a sound contract selects by fields that the records have")
}

/// The instant of a leg that decides its month. A leg arrives when it is offered to its queue.
pub(crate) fn leg_instant(counted_at: CountedAt) -> &'static str {
    match counted_at {
        CountedAt::Arrived => CountedAt::Offered.column(),
        at => at.column(),
    }
}
