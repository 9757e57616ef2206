//! Queue logs of Asterisk and its relatives (FreePBX, Issabel, VitalPBX, Wazo).

mod agents;
mod call;
mod calls;
mod carried;
mod covered;
mod event;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use agents::{Agents, Taken};
use calls::{Calls, Desk, Held, Known};
use carried::Carried;
use covered::Covered;
use event::{Event, Fault, Kind, Parsed, Place};

use crate::lines::{Line, Lines};
use crate::{ImportError, Input, Origin, Outbox, Reader, Reject};

/// Reads queue logs: `time|callid|queue|agent|event|data1|…|data5`, a line an event.
///
/// A call is a contact, each of its visits to a queue a leg. Agent time is written of agents whose login the log shows.
pub struct AsteriskQueueLog {
    origin: Origin,
    names: Names,
    calls: Calls,
    agents: Agents,
    starts: BTreeSet<i64>,
    files: Vec<String>,
    clock: Clock,
    covered: Covered, // By files before this one.
}

/// Where the log is.
#[derive(Default)]
struct Clock {
    /// The time of the last line, and the latest of all.
    now: i64,
    latest: i64,
    /// How many lines were later than the one before, less how many were earlier.
    direction: i64,
    /// The first line of this file, and its earliest and latest.
    first: Option<i64>,
    span: Option<(i64, i64)>,
}

impl AsteriskQueueLog {
    /// The most restarts that are known at a time.
    const STARTS: usize = 1 << 16;

    /// After so many lines without a single event the file is taken to be something else.
    const LINES_TO_KNOW: usize = 100;

    /// A reader that goes on where the import before left off: `carried` is what its `finish` gave, empty at first.
    ///
    /// # Errors
    /// [`ImportError::Carried`] if that text is none that such a reader gave.
    pub fn new(origin: Origin, carried: &str) -> Result<AsteriskQueueLog, ImportError> {
        let carried = Carried::read(carried)?;
        let mut reader = AsteriskQueueLog {
            origin,
            names: Names::default(),
            calls: Calls::default(),
            agents: Agents::default(),
            starts: carried.starts.into_iter().collect(),
            files: Vec::new(),
            clock: Clock::default(),
            covered: Covered::new(carried.covered),
        };
        for call in carried.calls {
            let file = reader.file(call.file);
            let events = call.events.iter().map(|text| carried::event(text, file, |name| reader.names.name(name)));
            let events = events.collect::<Result<Vec<Event>, ImportError>>()?;
            let latest = events.iter().map(|event| event.at).max();
            reader.clock.latest = reader.clock.latest.max(latest.unwrap_or(0));
            reader.calls.resume(&Arc::from(call.id), events, call.cut, &reader.starts);
        }
        for agent in carried.agents {
            reader.clock.latest = reader.clock.latest.max(agent.done);
            reader.agents.resume(agent, |name| reader.names.name(name))?;
        }
        Ok(reader)
    }

    fn file(&mut self, name: String) -> u32 {
        if self.files.last() != Some(&name) {
            self.files.push(name);
        }
        (self.files.len() - 1) as u32
    }

    /// Takes one line; its fault if there is one.
    fn take(&mut self, line: &str, place: Place, out: &mut Outbox<'_>) -> Result<Option<Fault>, ImportError> {
        let parsed = match Parsed::new(line, &self.origin) {
            Ok(parsed) => parsed,
            Err(fault) => return Ok(Some(fault)),
        };
        self.clock.show(parsed.at);
        let Some(kind) = parsed.kind else { return Ok(None) };
        if kind == Kind::Start {
            if AsteriskQueueLog::STARTS <= self.starts.len() {
                let reason = format!("the log tells of more than {} restarts", AsteriskQueueLog::STARTS);
                return Ok(Some(Fault { field: "event", reason }));
            }
            self.starts.insert(parsed.at);
            return Ok(None);
        }
        let event = self.event(&parsed, kind, place);
        let mut fault = parsed.fault;
        let call: Arc<str> = Arc::from(parsed.call);
        if kind.is_of_agent() {
            match self.agents.take(call.clone(), event.clone()) {
                Taken::Yes(works) => {
                    for work in works {
                        self.calls.take(&work.call, work.event, Known::default);
                    }
                }
                Taken::TooMany => {
                    let reason = "the log tells of more agents than are followed".to_owned();
                    fault = Some(Fault { field: "agent", reason });
                }
            }
        }
        let known = || self.clock.known(&call, &self.covered);
        if kind.is_of_call() && matches!(self.calls.take(&call, event, known), Held::TooMany) {
            let reason = "the call has more events than any call has".to_owned();
            fault = Some(Fault { field: "callid", reason });
        }
        let Clock { now, direction, .. } = self.clock;
        let mut desk = Desk { origin: &self.origin, starts: &self.starts, files: &self.files, out };
        self.calls.sweep(now, &mut desk)?;
        self.agents.sweep(now, 0 <= direction, &self.starts, &self.origin, out)?;
        Ok(fault)
    }

    fn event(&mut self, parsed: &Parsed<'_>, kind: Kind, place: Place) -> Event {
        let text = match kind {
            Kind::Enter => event::caller(parsed.text).and_then(|number| self.origin.customer(number)),
            _ => Some(parsed.text).filter(|text| !text.is_empty()).map(str::to_owned),
        };
        let mut name = |text: &str| (!text.is_empty()).then(|| self.names.name(text));
        Event {
            at: parsed.at,
            kind,
            queue: name(parsed.queue),
            member: name(parsed.member),
            first: parsed.first,
            second: parsed.second,
            text: text.map(String::into_boxed_str),
            place,
        }
    }
}

impl Reader for AsteriskQueueLog {
    fn read(&mut self, input: Input<'_>, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        let file = self.file(input.name.to_owned());
        self.clock.turn(&mut self.covered);
        let mut lines = Lines::new(input.stream)?;
        // Faults of the beginning, until it is clear that the file is a queue log.
        let mut doubts: Option<Vec<Reject>> = Some(Vec::new());
        loop {
            let place = Place { file, line: lines.number() + 1 };
            let fault = match lines.next()? {
                None => break,
                Some(Line::TooLong) => {
                    let reason = format!("the line has more than {} bytes", Lines::LONGEST);
                    Some(Fault { field: "line", reason })
                }
                Some(Line::Text(line)) if line.trim().is_empty() => continue,
                Some(Line::Text(line)) => {
                    let fault = self.take(&line, place, out)?;
                    if fault.is_none() {
                        for reject in doubts.take().into_iter().flatten() {
                            out.reject(reject)?;
                        }
                    }
                    fault
                }
            };
            let Some(fault) = fault else { continue };
            let reject = place.reject(&self.files, Some(fault.field), fault.reason);
            match &mut doubts {
                None => out.reject(reject)?,
                Some(doubts) if doubts.len() + 1 < AsteriskQueueLog::LINES_TO_KNOW => doubts.push(reject),
                Some(_) => return Err(wrong_format(&reject)),
            }
        }
        match doubts.as_deref() {
            Some([first, ..]) => Err(wrong_format(first)),
            _ => Ok(()),
        }
    }

    fn finish(&mut self, out: &mut Outbox<'_>) -> Result<String, ImportError> {
        let latest = self.clock.latest;
        self.clock.turn(&mut self.covered);
        let mut desk = Desk { origin: &self.origin, starts: &self.starts, files: &self.files, out };
        let calls = self.calls.finish(latest, &mut desk)?;
        self.agents.look(i64::MAX, &self.starts, &self.origin, out)?;
        out.flush()?;
        let starts = self.starts.iter().rev().take(16).copied().collect();
        Ok(Carried::new(calls, self.agents.carried(), starts, self.covered.stretches()).write())
    }
}

fn wrong_format(reject: &Reject) -> ImportError {
    let place = match &reject.field {
        Some(field) => format!("line {}, {field}", reject.line),
        None => format!("line {}", reject.line),
    };
    let reason = format!(
        "No line of it is an event of a queue log, `time|callid|queue|agent|event|data…` ({place}: {}). Queue logs are \
         /var/log/asterisk/queue_log and its rotated copies, or the table queue_log with `|` between its columns.",
        reject.reason
    );
    ImportError::WrongFormat { reason }
}

impl Clock {
    fn show(&mut self, at: i64) {
        self.direction += (at - self.now).signum();
        self.now = at;
        self.latest = self.latest.max(at);
        self.first.get_or_insert(at);
        let (from, until) = self.span.unwrap_or((at, at));
        self.span = Some((from.min(at), until.max(at)));
    }

    /// Goes on to the next file.
    fn turn(&mut self, covered: &mut Covered) {
        if let Some((from, until)) = self.span.take() {
            covered.add(from, until);
        }
        (self.first, self.direction, self.now) = (None, 0, 0);
    }

    /// What other files said of a call that is heard of now: up to when they were read there, and whether it is older than
    /// this file. A call's identifier begins with the second in which the system took it in, `[system-]1767254577.726`.
    fn known(&self, call: &str, covered: &Covered) -> Known {
        let until = self.first.and_then(|first| covered.until(first));
        let number =
            call.rsplit('-').next().and_then(|id| id.split('.').next()).and_then(|text| text.parse::<i64>().ok());
        let is_older =
            0 <= self.direction && number.zip(self.first).is_some_and(|(number, first)| number < first / 1_000_000);
        Known { until, is_older }
    }
}

/// Names of queues and agents, each once in memory as long as there are not too many.
#[derive(Default)]
struct Names(HashSet<Arc<str>>);

impl Names {
    const MOST: usize = 1 << 16;

    fn name(&mut self, text: &str) -> Arc<str> {
        if let Some(name) = self.0.get(text) {
            return name.clone();
        }
        if Names::MOST <= self.0.len() {
            self.0.clear();
        }
        let name: Arc<str> = Arc::from(text);
        self.0.insert(name.clone());
        name
    }
}
