//! The law of conservation: whatever arrives has an outcome or is still open, once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::fmt;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, DictionaryArray, RecordBatch, StringArray};
use arrow_buffer::BooleanBuffer;
use longshore_units::{Instant, Milliseconds};

use crate::conform::Projection;
use crate::error::ContactsError;
use crate::known::{known_on, not_superseded};
use crate::table::Table;
use crate::words::Outcome;

/// Takes in contacts and legs, and says whether the law holds: per queue and interval,
///
///   arrivals = answered + every other outcome + still open.
///
/// A row counts under its outcome only if its instants say the same; one that contradicts itself, or repeats another, is
/// an arrival without outcome and a [`Violation`]. Nothing is repaired. The README lists what is a law.
///
/// To tell repeated contacts and to match legs, it keeps every contact's identifier in memory.
#[derive(Clone, Debug)]
pub struct Conservation {
    step: i64, // Invariant: positive. In microseconds.
    as_known: Option<Instant>,
    rows: [u64; 2],
    names: BTreeMap<String, u32>,
    contacts: BTreeMap<(u32, String), Contact>,
    legs: BTreeMap<(u32, String), Legs>,
    balance: Balance,
}

/// How many came to a queue in each interval, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// By the contacts: the first queue, and when the contact was offered there, or else arrived.
    pub contacts: BTreeMap<QueueInterval, Account>,
    /// By the legs: each one's queue, and when it was offered there. Empty if there were no legs.
    pub legs: BTreeMap<QueueInterval, Account>,
    /// What breaks the law, by table and row.
    pub violations: Vec<Violation>,
}

/// A queue, and when an interval begins. Intervals are whole steps since 1970 in UTC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueueInterval {
    /// The queue; none where the row names none.
    pub queue: Option<String>,
    /// The interval's first instant.
    pub from: Instant,
}

/// The two sides of the law.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// How many arrived.
    pub arrivals: u64,
    /// How many have no outcome yet.
    pub open: u64,
    outcomes: [u64; Outcome::ALL.len()], // By outcome, in the order of `Outcome::ALL`.
}

impl Account {
    /// How many came to this.
    pub fn outcome(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome as usize]
    }

    /// One more arrival. Where its row contradicts itself nobody knows what became of it.
    pub(crate) fn arrival(&mut self, outcome: Option<Outcome>, is_sound: bool) {
        self.arrivals += 1;
        match outcome {
            _ if !is_sound => {}
            Some(outcome) => self.outcomes[outcome as usize] += 1,
            None => self.open += 1,
        }
    }

    /// Arrivals of which the rows do not say without contradiction what became: 0 where the law holds.
    pub fn unaccounted(&self) -> u64 {
        self.arrivals - self.open - self.outcomes.iter().sum::<u64>() // Each arrival is counted at most once more.
    }
}

/// A row that breaks the law.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Contacts or legs.
    pub table: Table,
    /// The row, from 0, counted over all batches of its table in the order they were taken in.
    pub row: u64,
    /// The row's source.
    pub source: String,
    /// The row's contact.
    pub contact_id: String,
    /// What is wrong.
    pub breach: Breach,
}

/// What breaks the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// The same contact at the same provider, or the same leg, as in an earlier row that still holds.
    Repeated {
        /// The earlier row.
        first: u64,
    },
    /// No instant says when it came, so that it lies in no interval.
    NoArrival,
    /// Answered, but not when.
    AnsweredWithoutInstant,
    /// It came to this outcome without an answer, and yet was answered.
    AnsweredYet(Outcome),
    /// It came to this outcome, but when it ended is missing.
    NotEnded(Outcome),
    /// It ended, and has no outcome.
    EndedWithoutOutcome,
    /// The contact claims another number of legs than there are.
    LegCount {
        /// What its rows say.
        claimed: i64,
        /// How many legs there are.
        found: u64,
    },
    /// A leg whose contact is not among the contacts.
    NoContact,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} row {} ({} {}): ", self.table.name(), self.row, self.source, self.contact_id)?;
        match self.breach {
            Breach::Repeated { first } => write!(f, "repeats row {first}"),
            Breach::NoArrival => f.write_str("has no instant of arrival"),
            Breach::AnsweredWithoutInstant => f.write_str("answered, but `answered_at` is null"),
            Breach::AnsweredYet(outcome) => write!(f, "{outcome}, but `answered_at` is given"),
            Breach::NotEnded(outcome) => write!(f, "{outcome}, but `ended_at` is null"),
            Breach::EndedWithoutOutcome => f.write_str("ended, but has no outcome"),
            Breach::LegCount { claimed, found } => write!(f, "claims {claimed} legs and has {found}"),
            Breach::NoContact => f.write_str("belongs to no contact"),
        }
    }
}

#[derive(Clone, Debug)]
struct Contact {
    row: u64,
    providers: BTreeMap<u32, u64>, // The row that holds at each provider.
    claimed: Option<i64>,          // Legs, over all providers; none where one does not say.
}

#[derive(Clone, Debug)]
struct Legs {
    row: u64,
    numbers: BTreeMap<i64, u64>, // The row of each leg.
}

impl Conservation {
    /// Begins with nothing. A `step` of zero is taken for the shortest there is, a millisecond.
    ///
    /// With `as_known` only those contacts and legs count that were [known](known_on) then; without it, those that nothing
    /// supersedes.
    pub fn new(step: Milliseconds, as_known: Option<Instant>) -> Conservation {
        let step = i64::try_from(step.0.max(1)).unwrap_or(i64::MAX).saturating_mul(1000);
        let (names, contacts, legs) = Default::default();
        Conservation { step, as_known, rows: [0, 0], names, contacts, legs, balance: Balance::default() }
    }

    /// Takes in a batch of contacts.
    ///
    /// # Errors
    /// If it does not [conform](crate::conform) to the table; then nothing is taken in.
    pub fn contacts(&mut self, batch: &RecordBatch) -> Result<(), ContactsError> {
        const COLUMNS: [&str; 12] = [
            "source",
            "contact_id",
            "provider",
            "first_queue",
            "arrived_at",
            "offered_at",
            "answered_at",
            "ended_at",
            "legs",
            "outcome",
            "delivered_at",
            "superseded_at",
        ];
        let batch = Projection::of(Table::Contacts, Some(&COLUMNS))?.conform(batch)?;
        let known = self.known(&batch)?;
        let visits = Visits::of(&batch, "first_queue");
        let arrived = Instants::of(&batch, "arrived_at");
        let (source, id, provider) = (names(&batch, "source"), texts(&batch, "contact_id"), names(&batch, "provider"));
        let legs = batch["legs"].as_primitive::<Int64Type>();
        for row in known.set_indices() {
            let number = self.rows[0] + row as u64;
            let claimed = legs.is_valid(row).then(|| legs.value(row));
            let (source, id, provider) = (name(source, row), id.value(row), name(provider, row));
            let key = (self.number_of(source), id.to_owned());
            let provider = self.number_of(provider);
            let first = match self.contacts.entry(key) {
                Slot::Vacant(slot) => {
                    slot.insert(Contact { row: number, providers: BTreeMap::from([(provider, number)]), claimed });
                    number
                }
                Slot::Occupied(mut slot) => {
                    let contact = slot.get_mut();
                    let first = *contact.providers.entry(provider).or_insert(number);
                    if first == number {
                        contact.claimed = contact.claimed.zip(claimed).and_then(|(one, other)| one.checked_add(other));
                    }
                    first
                }
            };
            let at = visits.arrival(row).or(arrived.at(row));
            self.visit(Table::Contacts, number, (source, id), &visits.visit(row, at), first);
        }
        self.rows[0] += batch.num_rows() as u64;
        Ok(())
    }

    /// Takes in a batch of legs. If there are any, then all legs of all contacts are expected.
    ///
    /// # Errors
    /// If it does not [conform](crate::conform) to the table; then nothing is taken in.
    pub fn legs(&mut self, batch: &RecordBatch) -> Result<(), ContactsError> {
        const COLUMNS: [&str; 10] = [
            "source",
            "contact_id",
            "leg",
            "queue",
            "offered_at",
            "answered_at",
            "ended_at",
            "outcome",
            "delivered_at",
            "superseded_at",
        ];
        let batch = Projection::of(Table::Legs, Some(&COLUMNS))?.conform(batch)?;
        let known = self.known(&batch)?;
        let visits = Visits::of(&batch, "queue");
        let (source, id) = (names(&batch, "source"), texts(&batch, "contact_id"));
        let leg = batch["leg"].as_primitive::<Int64Type>();
        for row in known.set_indices() {
            let number = self.rows[1] + row as u64;
            let (source, id) = (name(source, row), id.value(row));
            let key = (self.number_of(source), id.to_owned());
            let legs = self.legs.entry(key).or_insert_with(|| Legs { row: number, numbers: BTreeMap::new() });
            let first = *legs.numbers.entry(leg.value(row)).or_insert(number);
            self.visit(Table::Legs, number, (source, id), &visits.visit(row, visits.arrival(row)), first);
        }
        self.rows[1] += batch.num_rows() as u64;
        Ok(())
    }

    /// The accounts, and what breaks the law.
    pub fn balance(self) -> Balance {
        let Conservation { names, contacts, legs, mut balance, rows, .. } = self;
        let names: BTreeMap<u32, String> = names.into_iter().map(|(name, number)| (number, name)).collect();
        let violation = |table, row, (source, id): &(u32, String), breach| Violation {
            table,
            row,
            source: names[source].clone(),
            contact_id: id.clone(),
            breach,
        };
        if 0 < rows[1] {
            let miscounted = contacts.iter().filter_map(|(key, contact)| {
                let (claimed, found) = (contact.claimed?, legs.get(key).map_or(0, |legs| legs.numbers.len() as u64));
                let breach = Breach::LegCount { claimed, found };
                (u64::try_from(claimed) != Ok(found)).then(|| violation(Table::Contacts, contact.row, key, breach))
            });
            balance.violations.extend(miscounted);
            let orphans = legs.iter().filter(|(key, _)| !contacts.contains_key(key));
            let orphans = orphans.map(|(key, legs)| violation(Table::Legs, legs.row, key, Breach::NoContact));
            balance.violations.extend(orphans);
        }
        balance.violations.sort();
        balance
    }

    fn known(&self, batch: &RecordBatch) -> Result<BooleanBuffer, ContactsError> {
        match self.as_known {
            Some(on) => known_on(batch, on),
            None => not_superseded(batch),
        }
    }

    fn visit(&mut self, table: Table, row: u64, (source, contact_id): (&str, &str), visit: &Visit<'_>, first: u64) {
        let breach = if first == row { visit.breach() } else { Some(Breach::Repeated { first }) };
        if let Some(breach) = breach {
            let (source, contact_id) = (source.to_owned(), contact_id.to_owned());
            self.balance.violations.push(Violation { table, row, source, contact_id, breach });
        }
        let Some(at) = visit.at else { return };
        let from = Instant(at.saturating_sub(at.rem_euclid(self.step)));
        let place = QueueInterval { queue: visit.queue.map(str::to_owned), from };
        let accounts = if table == Table::Legs { &mut self.balance.legs } else { &mut self.balance.contacts };
        let account = accounts.entry(place).or_default();
        account.arrival(visit.outcome, breach.is_none());
    }

    fn number_of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.names.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).expect("fewer than 2^32 sources and providers");
        self.names.insert(name.to_owned(), number);
        number
    }
}

/// One row of contacts or legs, as far as the law looks at it.
pub(crate) struct Visit<'batch> {
    pub(crate) queue: Option<&'batch str>,
    pub(crate) at: Option<i64>,
    answered: bool,
    ended: bool,
    pub(crate) outcome: Option<Outcome>,
}

impl Visit<'_> {
    pub(crate) fn breach(&self) -> Option<Breach> {
        use Outcome::{
            Abandoned, Answered, BlockedClosed, BlockedEmpty, BlockedFull, ExitKey, FlowOut, LeftEmpty, TimedOut,
        };
        if self.at.is_none() {
            return Some(Breach::NoArrival);
        }
        match self.outcome {
            None if self.ended => Some(Breach::EndedWithoutOutcome),
            None => None,
            Some(Answered) if self.answered => None,
            Some(Answered) => Some(Breach::AnsweredWithoutInstant),
            Some(
                outcome @ (Abandoned | TimedOut | ExitKey | LeftEmpty | BlockedFull | BlockedClosed | BlockedEmpty
                | FlowOut),
            ) if self.answered => Some(Breach::AnsweredYet(outcome)),
            Some(outcome) if !self.ended => Some(Breach::NotEnded(outcome)),
            Some(_) => None,
        }
    }
}

/// What both tables have.
pub(crate) struct Visits<'batch> {
    queue: &'batch DictionaryArray<Int32Type>,
    offered: Instants<'batch>,
    answered: Instants<'batch>,
    ended: Instants<'batch>,
    outcome: &'batch DictionaryArray<Int32Type>,
    outcomes: Vec<Option<Outcome>>, // By the dictionary's keys.
}

impl<'batch> Visits<'batch> {
    pub(crate) fn of(batch: &'batch RecordBatch, queue: &str) -> Visits<'batch> {
        let outcome = names(batch, "outcome");
        let outcomes = outcome.values().as_string::<i32>().iter().map(|word| word?.parse().ok()).collect();
        Visits {
            queue: names(batch, queue),
            offered: Instants::of(batch, "offered_at"),
            answered: Instants::of(batch, "answered_at"),
            ended: Instants::of(batch, "ended_at"),
            outcome,
            outcomes,
        }
    }

    /// When the row was offered.
    pub(crate) fn arrival(&self, row: usize) -> Option<i64> {
        self.offered.at(row)
    }

    pub(crate) fn visit(&self, row: usize, at: Option<i64>) -> Visit<'batch> {
        Visit {
            queue: self.queue.is_valid(row).then(|| name(self.queue, row)),
            at,
            answered: self.answered.at(row).is_some(),
            ended: self.ended.at(row).is_some(),
            outcome: self.outcome.key(row).and_then(|key| self.outcomes[key]),
        }
    }
}

pub(crate) struct Instants<'batch>(&'batch arrow_array::TimestampMicrosecondArray);

impl<'batch> Instants<'batch> {
    pub(crate) fn of(batch: &'batch RecordBatch, column: &str) -> Instants<'batch> {
        Instants(batch[column].as_primitive::<TimestampMicrosecondType>())
    }

    pub(crate) fn at(&self, row: usize) -> Option<i64> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

pub(crate) fn names<'batch>(batch: &'batch RecordBatch, column: &str) -> &'batch DictionaryArray<Int32Type> {
    batch[column].as_dictionary()
}

pub(crate) fn texts<'batch>(batch: &'batch RecordBatch, column: &str) -> &'batch StringArray {
    batch[column].as_string()
}

pub(crate) fn name(names: &DictionaryArray<Int32Type>, row: usize) -> &str {
    names.values().as_string::<i32>().value(names.key(row).expect("the row is not null"))
}
