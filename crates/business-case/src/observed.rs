//! Records as a business case's demand: how many came when, how long they took, how long they would wait.

mod figures;
mod signs;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, DictionaryArray, Int64Array, RecordBatch, TimestampMicrosecondArray};
use jiff::civil::Date;
use longshore_contacts::{Channel, Outcome};
use longshore_units::{Instant, Zone};

use crate::Country;
use figures::OfQueue;
use signs::Visit;

pub use signs::{Quarter, Signs};

/// What records say of customers' contacts, gathered batch by batch.
#[derive(Clone, Debug)]
pub struct Observed {
    zone: Zone,
    /// By queue, language and medium, where records name them.
    queues: BTreeMap<Key, OfQueue>,
    /// Days on which anybody came.
    days: BTreeSet<Date>,
    programs: BTreeSet<String>,
    sources: BTreeSet<String>,
    visits: Vec<Visit>,
    signs: Signs,
    step_minutes: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    queue: Option<String>,
    language: Option<String>,
    channel: Option<Channel>,
}

/// A business case begun from records.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// Its files: paths within the case, and texts.
    pub files: Vec<(String, String)>,
    /// What the records say of the service today.
    pub signs: Signs,
}

/// The columns of contacts that are looked at.
pub const CONTACT_COLUMNS: [&str; 17] = [
    "source",
    "program",
    "first_queue",
    "channel",
    "direction",
    "language",
    "customer",
    "arrived_at",
    "offered_at",
    "answered_at",
    "ended_at",
    "wait",
    "talk",
    "hold",
    "wrap",
    "outcome",
    "superseded_at",
];

impl Observed {
    /// Nothing yet, of records whose days are those of a zone.
    pub fn new(zone: Zone) -> Observed {
        Observed {
            zone,
            queues: BTreeMap::new(),
            days: BTreeSet::new(),
            programs: BTreeSet::new(),
            sources: BTreeSet::new(),
            visits: Vec::new(),
            signs: Signs::default(),
            step_minutes: 30,
        }
    }

    /// Takes in contacts, with at least the [columns](CONTACT_COLUMNS) that are looked at in their canonical types.
    ///
    /// Customers who were called are none who came, nor are those whom a machine served; versions that were replaced do not
    /// count. A contact that never reached a queue counts only where none of its source's contacts says when it did.
    pub fn contacts(&mut self, batch: &RecordBatch) {
        let columns = ContactColumns::of(batch);
        for row in 0..batch.num_rows() {
            let outcome = columns.outcome.word(row).and_then(|word| word.parse().ok());
            let is_ours = columns.direction.word(row) != Some("outbound")
                && outcome != Some(Outcome::Contained)
                && columns.superseded.at(row).is_none();
            let offered = columns.offered.at(row);
            let was_refused =
                matches!(outcome, Some(Outcome::BlockedFull | Outcome::BlockedClosed | Outcome::BlockedEmpty));
            let left_before = offered.is_none() && !was_refused && outcome != Some(Outcome::Answered);
            let at = offered.or(columns.arrived.at(row)).filter(|_| is_ours && !left_before);
            let Some((at, local)) = at.and_then(|at| Some((at, self.zone.reading(Instant(at))?))) else { continue };
            let text = |names: &Names<'_>| names.word(row).map(str::to_owned);
            let key = Key {
                queue: text(&columns.queue),
                language: text(&columns.language),
                channel: columns.channel.word(row).and_then(|word| word.parse().ok()),
            };
            self.programs.extend(text(&columns.program));
            if self.sources.len() < 10 {
                self.sources.extend(text(&columns.source));
            }
            self.days.insert(local.date());
            let of = self.queues.entry(key).or_default();
            let answered = columns.answered.at(row);
            let minute = local.hour() as u32 * 60 + local.minute() as u32;
            of.came(local.date(), minute, 1, u64::from(answered.is_some()));
            let wait = columns.wait.at(row).or_else(|| {
                let left = answered.or(columns.ended.at(row))?;
                Some((left - offered?).div_euclid(1000))
            });
            if let Some(wait) = wait.filter(|_| offered.is_some()) {
                of.waited(wait, outcome == Some(Outcome::Abandoned));
            }
            let (talk, hold, wrap) = (columns.talk.at(row), columns.hold.at(row), columns.wrap.at(row));
            if answered.is_some() {
                of.handled(talk, hold, wrap);
            }
            self.signs.contact(outcome, wait, answered.map(|answered| answered - at));
            if let Some(customer) = columns.customer(row) {
                let handle =
                    talk.map(|talk| talk + hold.unwrap_or(0) + wrap.unwrap_or(0)).filter(|_| answered.is_some());
                self.visit(Visit::new(customer, at, handle));
            }
        }
    }

    /// A visit of a customer, as long as they can be kept.
    fn visit(&mut self, visit: Visit) {
        const MOST: usize = 20_000_000; // Half a gigabyte.
        if self.visits.len() < MOST {
            self.visits.push(visit);
        }
    }

    /// Takes in counts by interval.
    pub fn intervals(&mut self, batch: &RecordBatch) {
        let (from, until) = (Instants::of(batch, "from"), Instants::of(batch, "until"));
        let names = ["queue", "language", "channel", "program", "source"].map(|column| Names::of(batch, column));
        let [queue, language, channel, program, source] = names;
        let numbers = ["offered", "answered", "abandoned", "wait", "talk", "hold", "wrap"];
        let [offered, answered, abandoned, wait, talk, hold, wrap] = numbers.map(|column| Numbers::of(batch, column));
        for row in 0..batch.num_rows() {
            let Some((at, local)) = from.at(row).and_then(|at| Some((at, self.zone.reading(Instant(at))?))) else {
                continue;
            };
            let (Some(offered), Some(until)) = (offered.at(row), until.at(row)) else { continue };
            if 1_800_000_000 < until - at {
                self.step_minutes = 60;
            }
            let text = |names: &Names<'_>| names.word(row).map(str::to_owned);
            let channel = channel.word(row).and_then(|word| word.parse().ok());
            self.programs.extend(text(&program));
            if self.sources.len() < 10 {
                self.sources.extend(text(&source));
            }
            let offered = offered.unsigned_abs();
            if 0 < offered {
                self.days.insert(local.date());
            }
            let of = self.queues.entry(Key { queue: text(&queue), language: text(&language), channel }).or_default();
            let minute = local.hour() as u32 * 60 + local.minute() as u32;
            let count = |numbers: &Numbers<'_>| numbers.at(row).map(i64::unsigned_abs);
            of.came(local.date(), minute, offered, count(&answered).unwrap_or(offered));
            of.waited_together(wait.at(row), count(&abandoned));
            of.handled_together(count(&answered), [talk.at(row), hold.at(row), wrap.at(row)]);
            self.signs.counted(offered, count(&answered), count(&abandoned));
        }
    }

    /// Whether nobody came.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// A case of a country from what the records say: a `program.toml` with each queue's figures, and the counts that its
    /// volume is drawn from. The country says what the records do not: currency, and the language of queues without one.
    ///
    /// Counts stand by the clocks of the records; the case's are those of the country, which reads them as its own.
    pub fn drafted(mut self, country: &Country) -> Drafted {
        self.signs.repeats(std::mem::take(&mut self.visits));
        Drafted { files: text::files(&self, country), signs: self.signs }
    }
}

struct ContactColumns<'b> {
    source: Names<'b>,
    program: Names<'b>,
    queue: Names<'b>,
    channel: Names<'b>,
    direction: Names<'b>,
    language: Names<'b>,
    outcome: Names<'b>,
    customers: &'b arrow_array::StringArray,
    arrived: Instants<'b>,
    offered: Instants<'b>,
    answered: Instants<'b>,
    ended: Instants<'b>,
    superseded: Instants<'b>,
    wait: Numbers<'b>,
    talk: Numbers<'b>,
    hold: Numbers<'b>,
    wrap: Numbers<'b>,
}

impl<'b> ContactColumns<'b> {
    fn of(batch: &'b RecordBatch) -> ContactColumns<'b> {
        let (names, instants) = (|column| Names::of(batch, column), |column| Instants::of(batch, column));
        let numbers = |column| Numbers::of(batch, column);
        ContactColumns {
            source: names("source"),
            program: names("program"),
            queue: names("first_queue"),
            channel: names("channel"),
            direction: names("direction"),
            language: names("language"),
            outcome: names("outcome"),
            customers: batch["customer"].as_string(),
            arrived: instants("arrived_at"),
            offered: instants("offered_at"),
            answered: instants("answered_at"),
            ended: instants("ended_at"),
            superseded: instants("superseded_at"),
            wait: numbers("wait"),
            talk: numbers("talk"),
            hold: numbers("hold"),
            wrap: numbers("wrap"),
        }
    }

    fn customer(&self, row: usize) -> Option<&'b str> {
        self.customers.is_valid(row).then(|| self.customers.value(row))
    }
}

struct Names<'b>(&'b DictionaryArray<Int32Type>);

impl<'b> Names<'b> {
    fn of(batch: &'b RecordBatch, column: &str) -> Names<'b> {
        Names(batch[column].as_dictionary())
    }

    fn word(&self, row: usize) -> Option<&'b str> {
        self.0.key(row).map(|key| self.0.values().as_string::<i32>().value(key))
    }
}

struct Instants<'b>(&'b TimestampMicrosecondArray);

impl<'b> Instants<'b> {
    fn of(batch: &'b RecordBatch, column: &str) -> Instants<'b> {
        Instants(batch[column].as_primitive::<TimestampMicrosecondType>())
    }

    fn at(&self, row: usize) -> Option<i64> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}

struct Numbers<'b>(&'b Int64Array);

impl<'b> Numbers<'b> {
    fn of(batch: &'b RecordBatch, column: &str) -> Numbers<'b> {
        Numbers(batch[column].as_primitive::<Int64Type>())
    }

    fn at(&self, row: usize) -> Option<i64> {
        self.0.is_valid(row).then(|| self.0.value(row))
    }
}
