//! The law of conservation on rows that pass by: all of it that a contact and its legs say by themselves.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, RecordBatch};
use longshore_units::{Instant, Milliseconds};

use crate::conform::Projection;
use crate::conservation::{Account, Breach, Instants, QueueInterval, Violation, Visit, Visits, name, names, texts};
use crate::error::ContactsError;
use crate::table::Table;

/// Checks contacts and their legs as they pass, without keeping them: every law but the first, that a contact stands once.
///
/// The legs of a contact pass after it, and before the next batch of contacts. Memory is that of one batch.
#[derive(Clone, Debug)]
pub struct Passing {
    step: i64, // Invariant: positive. In microseconds.
    rows: [u64; 2],
    together: BTreeMap<Key, Together>,
    has_legs: bool,
    /// Source and identifier of the contact that passed last.
    last: (String, String),
    passed: Passed,
}

/// What passed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// All contacts together.
    pub contacts: Account,
    /// All legs together.
    pub legs: Account,
    /// How many of the contacts are earlier versions of one that passed right behind them: it was delivered more than once.
    pub versions: u64,
    /// The first rows that break the law, by table and row within each batch, at most [`Passed::LISTED_MOST`].
    pub violations: Vec<Violation>,
    /// How many rows break it.
    pub violated: u64,
    /// How many contacts that came to a queue in an interval have no sound outcome; at most [`Passed::LISTED_MOST`] places.
    pub unaccounted: BTreeMap<QueueInterval, u64>,
}

impl Passed {
    /// The most violations and places that are listed one by one.
    pub const LISTED_MOST: usize = 1000;
}

/// A contact in one version: source, identifier, delivery.
type Key = (String, String, Option<i64>);

#[derive(Clone, Debug)]
struct Together {
    row: u64,
    claimed: Option<i64>,
    found: u64,
}

impl Passing {
    /// Begins with nothing. A `step` of zero is taken for the shortest there is, a millisecond.
    pub fn new(step: Milliseconds) -> Passing {
        let step = i64::try_from(step.0.max(1)).unwrap_or(i64::MAX).saturating_mul(1000);
        let (together, last) = (BTreeMap::new(), Default::default());
        Passing { step, rows: [0, 0], together, has_legs: false, last, passed: Passed::default() }
    }

    /// A batch of contacts passes.
    ///
    /// # Errors
    /// If it does not [conform](crate::conform) to the table.
    pub fn contacts(&mut self, batch: &RecordBatch) -> Result<(), ContactsError> {
        const COLUMNS: [&str; 10] = [
            "source",
            "contact_id",
            "first_queue",
            "arrived_at",
            "offered_at",
            "answered_at",
            "ended_at",
            "legs",
            "outcome",
            "delivered_at",
        ];
        self.settle();
        let batch = Projection::of(Table::Contacts, Some(&COLUMNS))?.conform(batch)?;
        let visits = Visits::of(&batch, "first_queue");
        let (arrived, delivered) = (Instants::of(&batch, "arrived_at"), Instants::of(&batch, "delivered_at"));
        let (source, id) = (names(&batch, "source"), texts(&batch, "contact_id"));
        let legs = batch["legs"].as_primitive::<Int64Type>();
        for row in 0..batch.num_rows() {
            let number = self.rows[0] + row as u64;
            let (source, id) = (name(source, row), id.value(row));
            let claimed = legs.is_valid(row).then(|| legs.value(row));
            if (self.last.0.as_str(), self.last.1.as_str()) == (source, id) {
                self.passed.versions += 1;
            } else {
                self.last = (source.to_owned(), id.to_owned());
            }
            let key = (source.to_owned(), id.to_owned(), delivered.at(row));
            // A contact may stand in a batch as often as it was exported, with its legs each time.
            let together = self.together.entry(key).or_insert(Together { row: number, claimed: None, found: 0 });
            together.claimed = claimed.map(|legs| together.claimed.unwrap_or(0).saturating_add(legs));
            let at = visits.arrival(row).or(arrived.at(row));
            self.visit(Table::Contacts, number, (source, id), &visits.visit(row, at));
        }
        self.rows[0] += batch.num_rows() as u64;
        Ok(())
    }

    /// A batch of legs passes. Where contacts pass too, they are those of the last batch of contacts, and all of theirs.
    ///
    /// # Errors
    /// If it does not [conform](crate::conform) to the table.
    pub fn legs(&mut self, batch: &RecordBatch) -> Result<(), ContactsError> {
        const COLUMNS: [&str; 9] = [
            "source",
            "contact_id",
            "leg",
            "queue",
            "offered_at",
            "answered_at",
            "ended_at",
            "outcome",
            "delivered_at",
        ];
        let batch = Projection::of(Table::Legs, Some(&COLUMNS))?.conform(batch)?;
        let visits = Visits::of(&batch, "queue");
        let delivered = Instants::of(&batch, "delivered_at");
        let (source, id) = (names(&batch, "source"), texts(&batch, "contact_id"));
        self.has_legs = true;
        for row in 0..batch.num_rows() {
            let number = self.rows[1] + row as u64;
            let (source, id) = (name(source, row), id.value(row));
            let of_contact = self.together.get_mut(&(source.to_owned(), id.to_owned(), delivered.at(row)));
            match of_contact {
                Some(contact) => contact.found += 1,
                None if 0 < self.rows[0] => self.violation(Table::Legs, number, (source, id), Breach::NoContact),
                None => {}
            }
            self.visit(Table::Legs, number, (source, id), &visits.visit(row, visits.arrival(row)));
        }
        self.rows[1] += batch.num_rows() as u64;
        Ok(())
    }

    /// What passed by. No more comes.
    pub fn finish(mut self) -> Passed {
        self.settle();
        self.passed
    }

    /// The last contacts have all their legs.
    fn settle(&mut self) {
        let together = std::mem::take(&mut self.together);
        if !std::mem::take(&mut self.has_legs) {
            return;
        }
        for ((source, id, _), Together { row, claimed, found }) in together {
            if let Some(claimed) = claimed.filter(|claimed| u64::try_from(*claimed) != Ok(found)) {
                self.violation(Table::Contacts, row, (&source, &id), Breach::LegCount { claimed, found });
            }
        }
    }

    fn violation(&mut self, table: Table, row: u64, (source, contact_id): (&str, &str), breach: Breach) {
        self.passed.violated += 1;
        if self.passed.violations.len() < Passed::LISTED_MOST {
            let (source, contact_id) = (source.to_owned(), contact_id.to_owned());
            self.passed.violations.push(Violation { table, row, source, contact_id, breach });
        }
    }

    fn visit(&mut self, table: Table, row: u64, contact: (&str, &str), visit: &Visit<'_>) {
        let breach = visit.breach();
        if let Some(breach) = breach {
            self.violation(table, row, contact, breach);
        }
        let Some(at) = visit.at else { return };
        let account = if table == Table::Legs { &mut self.passed.legs } else { &mut self.passed.contacts };
        account.arrival(visit.outcome, breach.is_none());
        if breach.is_some() && table == Table::Contacts {
            let from = Instant(at.saturating_sub(at.rem_euclid(self.step)));
            let place = QueueInterval { queue: visit.queue.map(str::to_owned), from };
            let places = self.passed.unaccounted.len();
            match self.passed.unaccounted.get_mut(&place) {
                Some(count) => *count += 1,
                None if places < Passed::LISTED_MOST => {
                    self.passed.unaccounted.insert(place, 1);
                }
                None => {}
            }
        }
    }
}
