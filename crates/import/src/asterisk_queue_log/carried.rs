//! What one import leaves for the next: calls of which more may come, and what agents do.

use std::fmt::Write;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::{Event, Kind, Place};
use crate::ImportError;

/// The text between two imports. Customers stand in it as their hashes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Carried {
    format: String,
    version: u32,
    pub calls: Vec<CarriedCall>,
    pub agents: Vec<CarriedAgent>,
    /// The last restarts, which calls that are read later may have been cut by.
    pub starts: Vec<i64>,
    /// The stretches of the log that were read.
    pub covered: Vec<(i64, i64)>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CarriedCall {
    pub id: String,
    /// The file of its first event, for messages.
    pub file: String,
    /// Whether its beginning is missing.
    pub cut: bool,
    pub events: Vec<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct CarriedAgent {
    pub name: String,
    pub since: i64,
    pub done: i64,
    pub login: bool,
    pub queues: Vec<String>,
    pub all_paused: bool,
    pub paused: Vec<String>,
    pub reason: Option<String>,
    pub call: Option<(String, String)>,
    pub served: Option<String>,
    pub wrapping: Option<i64>,
    /// The events at `done`.
    pub last: Vec<(String, String)>,
    /// The last ends of conversations and beginnings of after-contact work.
    pub recent: Vec<(String, String)>,
}

const FORMAT: &str = "asterisk-queue-log";
const VERSION: u32 = 1;

impl Carried {
    pub(super) fn new(
        calls: Vec<CarriedCall>,
        agents: Vec<CarriedAgent>,
        starts: Vec<i64>,
        covered: &[(i64, i64)],
    ) -> Carried {
        Carried { format: FORMAT.to_owned(), version: VERSION, calls, agents, starts, covered: covered.to_vec() }
    }

    pub(super) fn read(text: &str) -> Result<Carried, ImportError> {
        if text.is_empty() {
            return Ok(Carried::default());
        }
        let wrong = |reason: String| ImportError::Carried { reason };
        let carried: Carried = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        match (carried.format.as_str(), carried.version) {
            (FORMAT, VERSION) => Ok(carried),
            (FORMAT, version) => Err(wrong(format!("it has version {version}, and this program reads {VERSION}"))),
            (format, _) => Err(wrong(format!("it is of the format `{format}`, not {FORMAT}"))),
        }
    }

    pub(super) fn write(&self) -> String {
        if self.calls.is_empty() && self.agents.is_empty() && self.starts.is_empty() && self.covered.is_empty() {
            return String::new();
        }
        serde_json::to_string(self).expect("numbers, flags and texts are JSON")
    }
}

impl CarriedCall {
    pub(super) fn of(id: &str, events: &[Event], cut: bool, files: &[String]) -> CarriedCall {
        let file = events.first().and_then(|event| files.get(event.place.file as usize)).cloned().unwrap_or_default();
        CarriedCall { id: id.to_owned(), file, cut, events: events.iter().map(written).collect() }
    }
}

/// An event as text: `line|time|queue|agent|event|first|second|text`.
pub(super) fn written(event: &Event) -> String {
    let mut text = format!("{}|{}|", event.place.line, event.at);
    let (queue, member) = (event.queue.as_deref().unwrap_or(""), event.member.as_deref().unwrap_or(""));
    let _ = write!(text, "{queue}|{member}|{}|", event.kind.word());
    for number in [event.first, event.second] {
        if let Some(number) = number {
            let _ = write!(text, "{number}");
        }
        text.push('|');
    }
    text.push_str(event.text.as_deref().unwrap_or(""));
    text
}

/// Such a text read back.
pub(super) fn event(text: &str, file: u32, mut name: impl FnMut(&str) -> Arc<str>) -> Result<Event, ImportError> {
    let wrong = || ImportError::Carried { reason: "an event in it is damaged".to_owned() };
    let fields: Vec<&str> = text.split('|').collect();
    let [line, at, queue, member, kind, first, second, text] = fields[..] else { return Err(wrong()) };
    let number = |text: &str| match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| wrong()),
    };
    let mut named = |text: &str| (!text.is_empty()).then(|| name(text));
    Ok(Event {
        at: at.parse().map_err(|_| wrong())?,
        kind: Kind::named(kind).ok_or_else(wrong)?,
        queue: named(queue),
        member: named(member),
        first: number(first)?,
        second: number(second)?,
        text: (!text.is_empty()).then(|| text.into()),
        place: Place { file, line: line.parse().map_err(|_| wrong())? },
    })
}
