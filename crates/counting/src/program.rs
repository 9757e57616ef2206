//! A contract compiled for counting.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contract::{
    Across, CountedAt, Counter, CounterOf, Criterion, Field, Grain, InForce, Overlap, Scope, Surcharge,
};
use longshore_units::{Calendar, Term};

use crate::error::LONGEST_SPAN_DAYS;
use crate::job_tally::group_column;
use crate::quantity::Quantity;
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
    /// A share with more digits than whole numbers are reckoned with.
    #[error("`{charge}` has a share with too many digits")]
    Share {
        /// The charge's name.
        charge: String,
    },
    /// Each contact's amount is reckoned by itself, and the parts of a contact would be several.
    #[error("`{charge}` is reckoned contact by contact, and its surcharge splits contacts: choose one of the two")]
    SplitByRow {
        /// The charge's name.
        charge: String,
    },
    /// More calendars than there are bits to tell them by.
    #[error("the contract uses more than {} calendars", Program::MOST_CALENDARS)]
    Calendars,
    /// A day outside the years that calendars can show.
    #[error("the contract's term lies outside the years that calendars can show")]
    Years,
    /// Overtime by weeks that begin on two days: the records carry the weeks of one.
    #[error(
        "`{charge}` begins its weeks on another day than the charge before it: overtime is reckoned by one kind of week"
    )]
    Weeks {
        /// The name of the second of the charges.
        charge: String,
    },
    /// Versions of a contract that do not agree on where a row lies, so that one might count in both or in none.
    #[error("an amendment changes the contract's `{what}`: that is another contract")]
    Amended {
        /// What it changes.
        what: &'static str,
    },
}

/// A contract compiled for counting: shared by all tallies.
#[derive(Clone, Debug)]
pub struct Program {
    pub(crate) provider: String,
    pub(crate) currency: &'static str,
    pub(crate) counted_at: CountedAt,
    pub(crate) window: Window,
    pub(crate) versions: Vec<Version>,
    /// The lists of programs that versions cover, each once; an empty one covers all.
    pub(crate) covered: Vec<Vec<String>>,
    pub(crate) timeline: Timeline,
    /// The same stretches, and those a contact may run into behind the last day. None where no contact is split.
    pub(crate) beyond: Option<Timeline>,
    pub(crate) jobs: Vec<Job>,
}

/// A version of the contract.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Version {
    /// The days on which it is in force.
    pub days: Term,
    /// The position of the programs that it covers.
    pub covered: usize,
}

/// What one counter counts.
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
    /// Whether any surcharge splits a contact.
    pub split: bool,
    /// The surcharges, and what holds where several apply.
    pub surcharges: Vec<Surcharge>,
    pub overlap: Overlap,
    /// Whether it says which spans lie outside the term; the same charge in later versions would say it again.
    pub says_outside: bool,
}

impl Program {
    /// The most calendars that a contract's surcharges can use.
    pub const MOST_CALENDARS: usize = 32;

    /// Compiles all versions of a contract for the days of a window: a row is counted once, under the version in force on
    /// its day.
    pub fn new(in_force: &InForce<'_>, window: Window) -> Result<Program, ProgramError> {
        let contract = in_force.last();
        let mut program = Program {
            provider: contract.provider.clone(),
            currency: contract.currency.code(),
            counted_at: contract.counted_at,
            window,
            versions: Vec::new(),
            covered: Vec::new(),
            timeline: Timeline::none(contract.zone.clone()),
            beyond: None,
            jobs: Vec::new(),
        };
        let mut calendars: Vec<Calendar> = Vec::new();
        for (version, terms) in in_force.versions().iter().enumerate() {
            let differs = [
                ("provider", terms.provider != contract.provider),
                ("currency", terms.currency != contract.currency),
                ("time_zone", terms.zone != contract.zone),
                ("counted_at", terms.counted_at != contract.counted_at),
            ];
            if let Some((what, _)) = differs.into_iter().find(|(_, differs)| *differs) {
                return Err(ProgramError::Amended { what });
            }
            let covered = position(&mut program.covered, &terms.programs);
            program.versions.push(Version { days: terms.in_force, covered });
            for counter in terms.counters() {
                // The same name may mean other days in another version: calendars are told apart by what they are.
                let calendar = |surcharge: &Surcharge| position(&mut calendars, &terms.calendars[&surcharge.calendar]);
                let bits = counter.surcharges.iter().map(calendar).map(|bit| bit as u32).collect();
                // A contract has fewer amendments than this number can tell apart.
                let within_days = match counter.of {
                    CounterOf::Refund(charge) => terms.counted(charge).and_then(|counted| counted.refund),
                    _ => None,
                };
                let job =
                    Job::new(version as u16, &counter, bits, &program, within_days.map(|refund| refund.within.0))?;
                if let (Some(starts), Some(known)) = (job.quantity.week_starts(), program.needs().weeks)
                    && starts != known
                {
                    return Err(ProgramError::Weeks { charge: counter.name.clone() });
                }
                program.jobs.push(job);
            }
        }
        if calendars.len() > Program::MOST_CALENDARS {
            return Err(ProgramError::Calendars);
        }
        let last = window.last.unwrap_or(jiff::civil::date(9990, 12, 31));
        let timeline = |last| Timeline::new(contract.zone.clone(), calendars.clone(), window.first, last);
        program.timeline = timeline(last).ok_or(ProgramError::Years)?;
        if program.jobs.iter().any(|job| job.split) {
            let beyond = last.checked_add((LONGEST_SPAN_DAYS + 1).days()).ok();
            program.beyond = Some(beyond.and_then(timeline).ok_or(ProgramError::Years)?);
        }
        Ok(program)
    }

    /// The tables that the contract's charges are counted from, in a fixed order.
    pub fn tables(&self) -> Vec<Table> {
        Table::ALL.into_iter().filter(|table| self.jobs.iter().any(|job| table_of(job.grain) == *table)).collect()
    }

    /// The columns of a table that are needed, in the table's order. `None` if the table is not.
    pub fn columns(&self, table: Table) -> Option<Vec<&'static str>> {
        let jobs: Vec<&Job> = self.jobs.iter().filter(|job| table_of(job.grain) == table).collect();
        let grain = jobs.first()?.grain;
        let mut wanted: BTreeSet<&'static str> = BTreeSet::from(["superseded_at"]);
        if grain != Grain::Forecast {
            wanted.insert("provider");
        }
        if self.covered.iter().any(|programs| !programs.is_empty()) {
            wanted.insert("program");
        }
        match grain {
            Grain::Contact => wanted.extend([self.counted_at.column()]),
            Grain::Leg => wanted.extend([leg_instant(self.counted_at)]),
            Grain::AgentTime | Grain::Schedule => wanted.extend(["from", "until"]),
            Grain::Agent => wanted.extend(["hired", "left"]),
            Grain::Reported => wanted.extend(["date"]),
            Grain::Forecast => wanted.extend(["from"]),
        }
        for job in jobs {
            wanted.extend(group_column(job.scope, table));
            for criterion in &job.criteria {
                wanted.insert(match criterion {
                    Criterion::OneOf(field, _) => column_of(*field, grain),
                    Criterion::TalkLongerThan(_) => "talk",
                    Criterion::Approved(_) => "approved",
                });
            }
            wanted.extend(job.quantity.columns());
        }
        let order = |column: &&'static str| table.position(column).unwrap_or(usize::MAX);
        let mut columns: Vec<&'static str> = wanted.into_iter().collect();
        columns.sort_by_key(order);
        Some(columns)
    }
}

impl Job {
    fn new(
        version: u16,
        counter: &Counter<'_>,
        calendars: Vec<u32>,
        program: &Program,
        refund_within_days: Option<u32>,
    ) -> Result<Job, ProgramError> {
        let name = || counter.name.clone();
        let split = counter.surcharges.iter().any(|surcharge| surcharge.across == Across::Split);
        if split && counter.by_row {
            return Err(ProgramError::SplitByRow { charge: name() });
        }
        let quantity = match (Quantity::of(counter)?, refund_within_days) {
            (Quantity::AgentDays(_), _) if program.window.register_last.is_none() => {
                return Err(ProgramError::NoLastDay { charge: name() });
            }
            (Quantity::AgentTime(beyond), Some(within)) => {
                Quantity::Refund { beyond, within_days: i32::try_from(within).unwrap_or(i32::MAX) }
            }
            (quantity, _) => quantity,
        };
        let says_outside = !program.jobs.iter().any(|job| job.grain == counter.grain && job.version < version);
        Ok(Job {
            version,
            counter: counter.of,
            grain: counter.grain,
            criteria: counter.select.criteria.clone(),
            quantity,
            scope: counter.scope,
            spectrum: counter.by_row,
            calendars,
            split,
            surcharges: counter.surcharges.to_vec(),
            overlap: counter.overlap,
            says_outside,
        })
    }
}

/// Where something stands in a list, at whose end it is put if it is new.
fn position<T: Clone + PartialEq>(list: &mut Vec<T>, wanted: &T) -> usize {
    list.iter().position(|known| known == wanted).unwrap_or_else(|| {
        list.push(wanted.clone());
        list.len() - 1
    })
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
