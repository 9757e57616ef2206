//! One line of a queue log.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::civil::{DateTime, Time};
use longshore_contacts::Outcome;
use longshore_units::Instant;

use crate::Origin;

/// What a line says, beside when and of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Enter,
    /// Turned away at the queue's door.
    Refused(Outcome),
    Connect,
    CompleteAgent,
    CompleteCaller,
    Transfer,
    /// Left the queue without an answer.
    Left(Outcome),
    RingNoAnswer,
    Login,
    Logoff,
    Join,
    Leave,
    Pause,
    Unpause,
    PauseAll,
    UnpauseAll,
    Wrapup,
    /// The log was opened: the system began.
    Start,
}

impl Kind {
    /// Whether it is of a call's way through queues.
    pub(super) fn is_of_call(self) -> bool {
        self.begins() || self.is_completion() || matches!(self, Kind::Connect | Kind::Left(_))
    }

    /// Whether it begins a visit to a queue.
    pub(super) fn begins(self) -> bool {
        matches!(self, Kind::Enter | Kind::Refused(_))
    }

    /// Whether it ends a conversation.
    pub(super) fn is_completion(self) -> bool {
        matches!(self, Kind::CompleteAgent | Kind::CompleteCaller | Kind::Transfer)
    }

    /// Whether it changes what an agent does.
    pub(super) fn is_of_agent(self) -> bool {
        !matches!(self, Kind::Enter | Kind::Refused(_) | Kind::Left(_) | Kind::Start)
    }

    /// What a word of the log means, if anything that rows hold.
    pub(super) fn named(word: &str) -> Option<Kind> {
        WORDS.iter().find(|(known, _, _)| *known == word).and_then(|(_, kind, _)| *kind)
    }

    /// The word of the log; the first where several mean the same.
    pub(super) fn word(self) -> &'static str {
        WORDS.iter().find(|(_, kind, _)| *kind == Some(self)).map_or("", |(word, _, _)| word)
    }
}

/// Where a line's numbers stand: the data fields, from 1, of wait (or holdtime) and of talk (or ring time). 0: nowhere.
type Places = (usize, usize);

/// The events, and their numbers. Those without a kind say nothing that rows hold.
const WORDS: [(&str, Option<Kind>, Places); 40] = [
    ("ENTERQUEUE", Some(Kind::Enter), (0, 0)),
    ("CONNECT", Some(Kind::Connect), (1, 3)),
    ("COMPLETECALLER", Some(Kind::CompleteCaller), (1, 2)),
    ("COMPLETEAGENT", Some(Kind::CompleteAgent), (1, 2)),
    ("RINGNOANSWER", Some(Kind::RingNoAnswer), (1, 0)),
    ("ABANDON", Some(Kind::Left(Outcome::Abandoned)), (3, 0)),
    ("EXITWITHTIMEOUT", Some(Kind::Left(Outcome::TimedOut)), (3, 0)),
    ("EXITWITHKEY", Some(Kind::Left(Outcome::ExitKey)), (4, 0)),
    ("LEAVEEMPTY", Some(Kind::Left(Outcome::LeftEmpty)), (3, 0)),
    ("EXITEMPTY", Some(Kind::Left(Outcome::LeftEmpty)), (3, 0)),
    ("JOINEMPTY", Some(Kind::Refused(Outcome::BlockedEmpty)), (0, 0)),
    ("FULL", Some(Kind::Refused(Outcome::BlockedFull)), (0, 0)),
    ("CLOSED", Some(Kind::Refused(Outcome::BlockedClosed)), (0, 0)),
    ("DIVERT_CA_RATIO", Some(Kind::Refused(Outcome::FlowOut)), (0, 0)),
    ("DIVERT_HOLDTIME", Some(Kind::Refused(Outcome::FlowOut)), (0, 0)),
    ("BLINDTRANSFER", Some(Kind::Transfer), (3, 4)),
    ("ATTENDEDTRANSFER", Some(Kind::Transfer), (3, 4)), // LINK has one field more.
    ("TRANSFER", Some(Kind::Transfer), (3, 4)),
    ("PAUSE", Some(Kind::Pause), (0, 0)),
    ("UNPAUSE", Some(Kind::Unpause), (0, 0)),
    ("PAUSEALL", Some(Kind::PauseAll), (0, 0)),
    ("UNPAUSEALL", Some(Kind::UnpauseAll), (0, 0)),
    ("ADDMEMBER", Some(Kind::Join), (0, 0)),
    ("REMOVEMEMBER", Some(Kind::Leave), (0, 0)),
    ("AGENTLOGIN", Some(Kind::Login), (0, 0)),
    ("AGENTCALLBACKLOGIN", Some(Kind::Login), (0, 0)),
    ("AGENTLOGOFF", Some(Kind::Logoff), (0, 0)),
    ("AGENTCALLBACKLOGOFF", Some(Kind::Logoff), (0, 0)),
    ("WRAPUPSTART", Some(Kind::Wrapup), (1, 0)),
    ("QUEUESTART", Some(Kind::Start), (0, 0)),
    ("CONFIGRELOAD", None, (0, 0)),
    ("SYSCOMPAT", None, (0, 0)),
    ("PENALTY", None, (0, 0)),
    ("RINGCANCELED", None, (0, 0)), // The caller left while it rang: the call's own line says so.
    ("AGENTDUMP", None, (0, 0)),    // The agent let a call go that had not begun: it stays in the queue.
    ("DID", None, (0, 0)),          // Dialplans write these five for other analyzers.
    ("INFO", None, (0, 0)),
    ("CALLSTATUS", None, (0, 0)),
    ("CALLERID", None, (0, 0)),
    ("URL", None, (0, 0)),
];

/// One event. Two are one, however often the log says it, if they agree in all but their numbers and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub at: i64,
    pub kind: Kind,
    pub queue: Option<Arc<str>>,
    /// The agent; none where the log says `NONE`.
    pub member: Option<Arc<str>>,
    /// Holdtime or wait in seconds; of `RingNoAnswer` how long it rang, in milliseconds.
    pub first: Option<u32>,
    /// Conversation in seconds; of `Connect` how long it rang.
    pub second: Option<u32>,
    /// Of `Enter` the customer's hash, of pauses the reason.
    pub text: Option<Box<str>>,
    pub place: Place,
}

impl Event {
    /// The order in which events are looked at, which depends on nothing but what they say.
    pub(super) fn in_order(&self, other: &Event) -> Ordering {
        let by_name = || (&self.queue, &self.member).cmp(&(&other.queue, &other.member));
        self.at.cmp(&other.at).then_with(|| self.kind.cmp(&other.kind)).then_with(by_name)
    }

    /// Whether this is the other, logged or exported once more.
    pub(super) fn is(&self, other: &Event) -> bool {
        self.in_order(other) == Ordering::Equal
    }

    /// Takes what the same event says more elsewhere: a last line may be cut short. Says whether that was anything.
    pub(super) fn learn(&mut self, other: Event) -> bool {
        let says = |event: &'_ Event| (event.first, event.second);
        let more = (says(self), &self.text) < (says(&other), &other.text);
        if more {
            let text = other.text.clone().or_else(|| self.text.take());
            *self = Event { text, place: self.place, ..other };
        }
        more
    }
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The number of the file, in the order of reading.
    pub file: u32,
    pub line: u64,
}

/// The parts of a line, checked as far as they can be alone.
pub(super) struct Parsed<'l> {
    pub call: &'l str,
    pub queue: &'l str,
    pub member: &'l str,
    pub at: i64,
    pub kind: Option<Kind>,
    pub first: Option<u32>,
    pub second: Option<u32>,
    /// The caller's number, or the reason.
    pub text: &'l str,
    /// A number that is none. The rest holds all the same.
    pub fault: Option<Fault>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub field: &'static str,
    pub reason: String,
}

const FIELDS: [&str; 10] =
    ["time", "callid", "queuename", "agent", "event", "data1", "data2", "data3", "data4", "data5"];

/// The longest name or identifier, in bytes.
const LONGEST: usize = 256;

impl<'l> Parsed<'l> {
    /// Reads a line: `time|callid|queue|agent|event|data1…`. Fields behind the fifth of data are passed over: the pipe that
    /// older dialplans added at the end is one, the position behind a link's talk time another.
    pub(super) fn new(line: &'l str, origin: &Origin) -> Result<Parsed<'l>, Fault> {
        let mut fields = [""; FIELDS.len()];
        let mut count = 0;
        let mut from = 0;
        let ends = memchr::memchr_iter(b'|', line.as_bytes()).chain([line.len()]);
        for (field, end) in fields.iter_mut().zip(ends) {
            *field = value(&line[from..end]);
            from = end + 1;
            count += 1;
        }
        if count < 5 {
            let reason = format!("a line has five fields or more, time|callid|queue|agent|event; this has {count}");
            return Err(Fault { field: "line", reason });
        }
        let at = instant(fields[0], origin)?;
        for place in 1..=3 {
            if LONGEST < fields[place].len() {
                let reason = format!("it has {} bytes, more than {LONGEST}", fields[place].len());
                return Err(Fault { field: FIELDS[place], reason });
            }
        }
        let known = WORDS.iter().find(|(word, _, _)| *word == fields[4]);
        let (_, kind, places) = known.ok_or_else(|| {
            let name: String = fields[4].chars().take(40).collect();
            Fault { field: "event", reason: format!("`{name}` is no event of queue logs that is known here") }
        })?;
        let (call, queue, member) = (named(fields[1]), named(fields[2]), named(fields[3]));
        let mut parsed =
            Parsed { call, queue, member, at, kind: *kind, first: None, second: None, text: "", fault: None };
        match kind {
            Some(Kind::Enter) => parsed.text = fields[6],
            Some(Kind::Pause | Kind::PauseAll | Kind::Join) => parsed.text = fields[5],
            _ => {}
        }
        let places = match fields[4] {
            "ATTENDEDTRANSFER" if fields[5] == "LINK" => (4, 5),
            _ => *places,
        };
        parsed.first = parsed.number(&fields, places.0);
        parsed.second = parsed.number(&fields, places.1);
        parsed.needs_what_it_is_about()?;
        Ok(parsed)
    }

    fn number(&mut self, fields: &[&str; 10], place: usize) -> Option<u32> {
        let text = fields[4 + place];
        if place == 0 || text.is_empty() {
            return None;
        }
        // Some tables write a backslash before a pipe inside of a field, such as the one behind a link's talk time.
        let number = text.trim_end_matches('\\').parse().ok().filter(|number| *number <= MOST);
        if number.is_none() {
            let shown: String = text.chars().take(20).collect();
            let reason = format!("`{shown}` is no number of seconds; the event is kept without it");
            self.fault = Some(Fault { field: FIELDS[4 + place], reason });
        }
        number
    }

    fn needs_what_it_is_about(&self) -> Result<(), Fault> {
        let Some(kind) = self.kind else { return Ok(()) };
        if kind.is_of_call() && self.call.is_empty() {
            return Err(Fault { field: "callid", reason: format!("`{}` is of no call", kind.word()) });
        }
        Ok(())
    }
}

/// No wait, conversation or ring is taken that is longer: 2,000 million, so that sums of milliseconds have room.
const MOST: u32 = 2_000_000_000;

/// A field without what databases write for nothing.
fn value(text: &str) -> &str {
    match text.trim() {
        "NULL" | "\\N" | "(null)" => "",
        text => text,
    }
}

fn named(text: &str) -> &str {
    if text == "NONE" { "" } else { text }
}

/// Reads seconds since 1970 with or without a fraction, or a date and time on the clocks of the origin's zone, as tables
/// of databases hold it. Finer digits than microseconds are cut off.
fn instant(text: &str, origin: &Origin) -> Result<i64, Fault> {
    let fault = |reason: &str| Fault { field: "time", reason: reason.to_owned() };
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !seconds.is_empty() && seconds.len() <= 11 && seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds: i64 = seconds.parse().map_err(|_| fault("it is no number of seconds"))?;
        let micros = micros(fraction).ok_or_else(|| fault("its fraction is no number"))?;
        let at = seconds * 1_000_000 + micros;
        return if YEARS.contains(&at) { Ok(at) } else { Err(fault("it lies before 1990 or after 2100")) };
    }
    let reading: DateTime = text.parse().map_err(|_| {
        fault("it is neither seconds since 1970 (1767254340 or 1767254340.065085) nor a date and time (2026-01-01 07:59:00)")
    })?;
    let time: Time = reading.time();
    let at = origin.zone.at(reading.date(), time).map(|at: Instant| at.0);
    at.filter(|at| YEARS.contains(at)).ok_or_else(|| fault("it lies before 1990 or after 2100"))
}

/// 1990 to 2100.
const YEARS: std::ops::Range<i64> = 631_152_000_000_000..4_102_444_800_000_000;

fn micros(fraction: &str) -> Option<i64> {
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((0..6).fold(0, |micros, place| {
        micros * 10 + fraction.as_bytes().get(place).map_or(0, |digit| i64::from(digit - b'0'))
    }))
}

/// The customer's number in a caller's identity, as ENTERQUEUE has it. Callers who withhold theirs are not one customer.
pub(super) fn caller(text: &str) -> Option<&str> {
    const NOBODY: [&str; 10] = [
        "anonymous",
        "unknown",
        "private",
        "restricted",
        "unavailable",
        "withheld",
        "asterisk",
        "blocked",
        "nobody",
        "s",
    ];
    let number = match (text.rfind('<'), text.rfind('>')) {
        (Some(from), Some(until)) if from < until => &text[from + 1..until],
        _ => text,
    };
    let number = number.trim();
    let is_somebody = number.chars().any(char::is_alphanumeric) && !NOBODY.contains(&number.to_lowercase().as_str());
    is_somebody.then_some(number)
}
