//! Contact records of Amazon Connect.

mod chain;
mod record;

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use chain::Chain;
use rayon::prelude::*;
use record::{Delivery, Fault};
use serde::{Deserialize, Serialize};

use crate::objects::{Object, Objects};
use crate::{ImportError, Input, Origin, Outbox, Reader, Reject};

/// Reads contact trace records: JSON objects a line each, in an array, or with nothing in between.
///
/// The records that go back to one contact (its transfers) are that contact's legs; a callback is a contact of its own.
/// Each delivery of a record gives a version of its contact.
pub struct AmazonConnect {
    origin: Origin,
    held: HashMap<Arc<str>, Held>,
    turns: VecDeque<Arc<str>>, // Invariant: every held chain stands here once.
    /// Chains that were handed out and of which more may come, and the order in which they came here.
    linked: HashMap<Arc<str>, Chain>,
    order: VecDeque<Arc<str>>,
    taken: u64,
    latest: i64,
}

struct Held {
    chain: Chain,
    /// How many records had been read when one of it came last.
    touched: u64,
}

/// What one import leaves for the next.
#[derive(Serialize, Deserialize)]
struct Carried {
    format: String,
    version: u32,
    chains: Vec<(String, Chain)>,
}

const FORMAT: &str = "amazon-connect";
const VERSION: u32 = 1;
const DAY: i64 = 86_400_000_000;

/// How many times [`Gathered`] records are read ahead.
const AHEAD: usize = 2;

impl AmazonConnect {
    /// So many chains are held. Beyond, one of which nothing came for long is handed out.
    const HELD: usize = 1 << 15;

    /// So many chains that were handed out are kept besides, for of them more may come.
    const LINKED: usize = 1 << 15;

    /// They are kept for so long after their last delivery, over imports.
    const AWAITED: i64 = 8 * DAY;

    /// After so many records without a good one the file is taken to be something else.
    const RECORDS_TO_KNOW: usize = 100;

    /// A reader that goes on where the import before left off: `carried` is what its `finish` gave, empty at first.
    ///
    /// # Errors
    /// [`ImportError::Carried`] if that text is none that such a reader gave.
    pub fn new(origin: Origin, carried: &str) -> Result<AmazonConnect, ImportError> {
        let mut reader = AmazonConnect {
            origin,
            held: HashMap::new(),
            turns: VecDeque::new(),
            linked: HashMap::new(),
            order: VecDeque::new(),
            taken: 0,
            latest: 0,
        };
        if carried.is_empty() {
            return Ok(reader);
        }
        let wrong = |reason: String| ImportError::Carried { reason };
        let carried: Carried = serde_json::from_str(carried).map_err(|error| wrong(error.to_string()))?;
        if (carried.format.as_str(), carried.version) != (FORMAT, VERSION) {
            return Err(wrong(format!("it is {} {}, not {FORMAT} {VERSION}", carried.format, carried.version)));
        }
        for (key, chain) in carried.chains {
            if chain.deliveries.len() < chain.told {
                return Err(wrong("it tells of more records than it holds".to_owned()));
            }
            reader.latest = reader.latest.max(chain.updated());
            reader.keep(Arc::from(key), chain);
        }
        Ok(reader)
    }

    /// Takes a record; `false` if its contact has more of them than any has.
    fn take(&mut self, delivery: Delivery, file: &str) -> bool {
        self.taken += 1;
        let key = delivery.initial.as_deref().unwrap_or(&delivery.id);
        if !self.held.contains_key(key) {
            let key: Arc<str> = Arc::from(key);
            self.turns.push_back(key.clone());
            let chain = self.linked.remove(&key).unwrap_or_default();
            self.held.insert(key, Held { chain, touched: 0 });
        }
        let Some(held) = self.held.get_mut(key) else { return true };
        held.touched = self.taken;
        if held.chain.file != file {
            file.clone_into(&mut held.chain.file);
        }
        self.latest = self.latest.max(delivery.updated.unwrap_or(delivery.initiated));
        held.chain.take(delivery)
    }

    /// Hands out chains of which nothing came for long, if too many are held.
    fn sweep(&mut self, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        for _ in 0..4 {
            if self.held.len() <= AmazonConnect::HELD {
                return Ok(());
            }
            let Some(key) = self.turns.pop_front() else { return Ok(()) };
            let is_fresh = |held: &Held| self.taken - held.touched < AmazonConnect::HELD as u64 / 2;
            if self.held.get(&key).is_some_and(is_fresh) {
                self.turns.push_back(key);
            } else if let Some(held) = self.held.remove(&key) {
                self.settle(key, held.chain, out)?;
            }
        }
        Ok(())
    }

    /// Hands a chain out, and keeps it if more may come of it.
    fn settle(&mut self, key: Arc<str>, mut chain: Chain, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        self.hand_out(&key, &chain, out)?;
        chain.told = chain.deliveries.len();
        if !self.awaits(&key, &chain) {
            return self.reject_strays(&key, &chain, out);
        }
        self.keep(key, chain);
        self.forget(out)
    }

    /// Whether more may come of a chain that changes what it came to.
    fn awaits(&self, key: &str, chain: &Chain) -> bool {
        self.latest - chain.updated() <= AmazonConnect::AWAITED && chain.is_linked(key)
    }

    fn keep(&mut self, key: Arc<str>, chain: Chain) {
        self.order.push_back(key.clone());
        self.linked.insert(key, chain);
    }

    /// Lets go of those that are kept longest, if too many are.
    fn forget(&mut self, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        while AmazonConnect::LINKED < self.order.len() {
            let Some(key) = self.order.pop_front() else { break };
            if let Some(chain) = self.linked.remove(&key) {
                self.reject_strays(&key, &chain, out)?;
            }
        }
        Ok(())
    }

    fn hand_out(&self, key: &str, chain: &Chain, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        if chain.told == chain.deliveries.len() {
            return Ok(());
        }
        for version in chain.versions(key, &self.origin) {
            out.contact(version.contact, version.legs)?;
        }
        Ok(())
    }

    fn reject_strays(&self, key: &str, chain: &Chain, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        for stray in chain.strays(key) {
            let reason = "the contact that this one was transferred from was not delivered";
            out.reject(reject(&chain.file, stray.number, "PreviousContactId", reason))?;
        }
        Ok(())
    }
}

impl Reader for AmazonConnect {
    fn read(&mut self, input: Input<'_>, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        let mut objects = Objects::new(input.stream)?;
        // Faults of the beginning, until it is clear that the file holds contact records.
        let mut doubts: Option<Vec<Reject>> = Some(Vec::new());
        let origin = self.origin.clone();
        thread::scope(|scope| {
            let (sender, receiver) = sync_channel(AHEAD);
            // What records say is found out while those before are put together.
            let reading = scope.spawn(move || {
                let mut gathered = Gathered::default();
                // Not all is lost of a file that breaks off: what stands before is taken first.
                let mut goes_on = Ok(true);
                while matches!(goes_on, Ok(true)) {
                    goes_on = gathered.gather(&mut objects);
                    if sender.send(gathered.read(&origin)).is_err() {
                        break; // Nobody wants more.
                    }
                }
                goes_on
            });
            for (number, read) in receiver.into_iter().flatten() {
                let (delivery, mut faults) = match read {
                    Ok((delivery, faults)) => (Some(delivery), faults),
                    Err(fault) => (None, vec![fault]),
                };
                if let Some(delivery) = delivery {
                    for reject in doubts.take().into_iter().flatten() {
                        out.reject(reject)?;
                    }
                    if !self.take(delivery, input.name) {
                        faults.push(fatal("its contact has more records than any contact has"));
                    }
                    self.sweep(out)?;
                }
                for fault in faults {
                    let reject = reject(input.name, number, fault.field, fault.reason);
                    match &mut doubts {
                        None => out.reject(reject)?,
                        Some(doubts) if !fault.is_fatal || doubts.len() + 1 < AmazonConnect::RECORDS_TO_KNOW => {
                            doubts.push(reject);
                        }
                        Some(_) => return Err(wrong_format(&reject)),
                    }
                }
            }
            reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)).map(drop)
        })?;
        match doubts.as_deref() {
            Some([first, ..]) => Err(wrong_format(first)),
            _ => Ok(()),
        }
    }

    fn finish(&mut self, out: &mut Outbox<'_>) -> Result<String, ImportError> {
        while let Some(key) = self.turns.pop_front() {
            let Some(held) = self.held.remove(&key) else { continue };
            self.settle(key, held.chain, out)?;
        }
        let mut chains = Vec::new();
        while let Some(key) = self.order.pop_front() {
            let Some(mut chain) = self.linked.remove(&key) else { continue };
            let is_stray = !chain.strays(&key).is_empty();
            if self.awaits(&key, &chain) && !(is_stray && chain.waited) {
                chain.waited = is_stray;
                chains.push((key.to_string(), chain));
            } else {
                self.reject_strays(&key, &chain, out)?;
            }
        }
        out.flush()?;
        if chains.is_empty() {
            return Ok(String::new());
        }
        let carried = Carried { format: FORMAT.to_owned(), version: VERSION, chains };
        Ok(serde_json::to_string(&carried).expect("numbers, flags and texts are JSON"))
    }
}

/// Some records that follow each other: what each says is found out on all threads, since it is most of the work.
#[derive(Default)]
struct Gathered {
    text: Vec<u8>,
    /// Their numbers, and where each stands in the text; or why it is none.
    found: Vec<(u64, Result<Range<usize>, &'static str>)>,
}

type Read = Result<(Delivery, Vec<Fault>), Fault>;

impl Gathered {
    /// About so many bytes are gathered.
    const BYTES: usize = 1 << 20;

    /// Gathers the next ones; `false` if these are the last.
    fn gather(&mut self, objects: &mut Objects<'_>) -> Result<bool, ImportError> {
        self.text.clear();
        self.found.clear();
        while self.text.len() < Gathered::BYTES && self.found.len() < Gathered::BYTES / 64 {
            let number = objects.number() + 1;
            let found = match objects.next()? {
                None => return Ok(false),
                Some(Object::Whole(json)) => {
                    let from = self.text.len();
                    self.text.extend_from_slice(json);
                    Ok(from..self.text.len())
                }
                Some(Object::Cut) => Err("it is cut short: the JSON object does not end"),
                Some(Object::TooLong) => Err("it has more than 16 MiB"),
                Some(Object::Other) => Err("something stands between the JSON objects"),
            };
            self.found.push((number, found));
        }
        Ok(true)
    }

    /// What they say, in their order.
    fn read(&self, origin: &Origin) -> Vec<(u64, Read)> {
        let read = |(number, found): &(u64, Result<Range<usize>, &'static str>)| {
            let read = match found {
                Ok(place) => Delivery::read(&self.text[place.clone()], *number, origin),
                Err(reason) => Err(fatal(reason)),
            };
            (*number, read)
        };
        self.found.par_iter().map(read).collect()
    }
}

fn fatal(reason: &'static str) -> Fault {
    Fault { field: "record", reason, is_fatal: true }
}

fn reject(file: &str, record: u64, field: &str, reason: &str) -> Reject {
    Reject { file: file.to_owned(), line: record, field: Some(field.to_owned()), reason: reason.to_owned() }
}

fn wrong_format(reject: &Reject) -> ImportError {
    let field = reject.field.as_deref().unwrap_or("record");
    let reason = format!(
        "None of its records is a contact record of Amazon Connect (record {}, {field}: {}). Contact records are JSON \
         objects with `ContactId` and `InitiationTimestamp`, as Kinesis delivers them.",
        reject.line, reject.reason
    );
    ImportError::WrongFormat { reason }
}
