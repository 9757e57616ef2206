//! Calls that may not be over yet.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use super::call::{self, Way};
use super::carried::CarriedCall;
use super::event::{Event, Place};
use crate::{ImportError, Origin, Outbox};

/// The calls of which more may come.
///
/// A call is handed out once the log's time has moved some hours away from its last event, forward or (where the newest
/// line stands first) backward. Lines of a call may come in any order until then.
#[derive(Default)]
pub(super) struct Calls {
    held: HashMap<Arc<str>, Call>,
    /// Every held call once, with where the log was when it was looked at last. Where a log runs evenly, who stands before
    /// was looked at earlier.
    turns: VecDeque<(Arc<str>, i64)>,
    events: usize,                // Of all that are held.
    cut: HashMap<Arc<str>, Call>, // Calls without beginning: it may come with another file or the next import.
    next: u64,
}

/// A call, and what is known of it.
struct Call {
    order: u64,
    events: Vec<Event>,
    /// When the event that came last was.
    near: i64,
    /// Whether something is known that was not handed out yet.
    is_news: bool,
    /// Whether it ran when it was handed out by the import before.
    ran: bool,
    /// Whether an import went by already without bringing its beginning.
    waited: bool,
    known: Known,
    /// Whether all that is known of it came with the import before.
    resumed: bool,
}

/// What was known of a call when its first line came.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// Up to when the log was read before, where this file begins.
    pub until: Option<i64>,
    /// Whether the call is older than this file.
    pub is_older: bool,
}

/// Where an event could not be kept.
pub(super) enum Held {
    Yes,
    /// The call has so many events already.
    TooMany,
}

const HOUR: i64 = 3_600_000_000;

impl Calls {
    /// A call at rest may enter another queue within so much time of the log.
    const AT_REST: i64 = 4 * HOUR;

    /// A call that runs is given up after so much: a transfer whose end is not logged, say.
    const RUNNING: i64 = 24 * HOUR;

    /// The most events that are held. Beyond, the calls that are held longest are handed out as they are.
    const EVENTS: usize = 1 << 20;

    /// The most events of one call.
    const EVENTS_OF_CALL: usize = 1024;

    /// The most calls without beginning that are held.
    const CUT: usize = 1 << 16;

    /// Takes an event of a call.
    pub(super) fn take(&mut self, id: &Arc<str>, event: Event, known: impl FnOnce() -> Known) -> Held {
        if let Some(call) = self.held.get_mut(id) {
            return call.take(event, &mut self.events);
        }
        let mut call = self.cut.remove(id).unwrap_or_else(|| Call { known: known(), ..self.new_call() });
        self.events += call.events.len();
        let held = call.take(event, &mut self.events);
        self.turns.push_back((id.clone(), call.near));
        self.held.insert(id.clone(), call);
        held
    }

    fn new_call(&mut self) -> Call {
        self.next += 1;
        Call {
            order: self.next,
            events: Vec::new(),
            near: 0,
            is_news: false,
            ran: false,
            waited: false,
            known: Known::default(),
            resumed: false,
        }
    }

    /// Hands out what is over, now that the log is at `now`. Looks at a few calls at a time.
    pub(super) fn sweep(&mut self, now: i64, desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        for _ in 0..4 {
            let is_crowded = Calls::EVENTS < self.events;
            let is_due = |(_, looked): &(Arc<str>, i64)| is_crowded || Calls::AT_REST < (now - looked).abs();
            let Some((id, _)) = self.turns.pop_front_if(|turn| is_due(turn)) else { break };
            let Some(call) = self.held.get_mut(&id) else { continue };
            let away = call.away(now);
            let mut stays = away <= Calls::AT_REST && !is_crowded;
            if !stays {
                let way = Way::of(&mut call.events, desk.starts);
                stays = way.runs() && away <= Calls::RUNNING && !is_crowded;
                if !stays {
                    self.let_go(&id, way, away, desk)?;
                }
            }
            if stays {
                self.turns.push_back((id, now));
            }
        }
        Ok(())
    }

    fn let_go(&mut self, id: &Arc<str>, mut way: Way, away: i64, desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        let Some(mut call) = self.held.remove(id) else { return Ok(()) };
        self.events -= call.events.len();
        if Calls::RUNNING < away && way.runs() {
            way.give_up(call.near);
        }
        if call.is_cut_of_known(&way) {
            return Ok(());
        }
        call.hand_out(id, &way, desk)?;
        if way.lacks_beginning() && !call.waited && self.cut.len() < Calls::CUT {
            self.cut.insert(id.clone(), call);
            return Ok(());
        }
        desk.reject_strays(&way)
    }

    /// Hands out everything, and says what the next import needs to know.
    pub(super) fn finish(&mut self, now: i64, desk: &mut Desk<'_, '_>) -> Result<Vec<CarriedCall>, ImportError> {
        let mut calls: Vec<(Arc<str>, Call)> = self.held.drain().chain(self.cut.drain()).collect();
        calls.sort_by_key(|(_, call)| call.order);
        self.turns.clear();
        self.events = 0;
        let mut carried = Vec::new();
        for (id, mut call) in calls {
            let mut way = Way::of(&mut call.events, desk.starts);
            let away = call.away(now);
            if Calls::RUNNING < away && way.runs() {
                way.give_up(call.near);
                call.is_news = true;
            }
            if call.is_cut_of_known(&way) {
                continue;
            }
            call.hand_out(&id, &way, desk)?;
            let is_cut = way.lacks_beginning();
            if !is_cut || call.waited {
                desk.reject_strays(&way)?;
            }
            let awaited = if is_cut { !call.waited } else { away <= Calls::AT_REST || way.runs() };
            if awaited {
                carried.push(CarriedCall::of(&id, &call.events, is_cut, desk.files));
            }
        }
        Ok(carried)
    }

    /// Takes up a call where the import before left it.
    pub(super) fn resume(&mut self, id: &Arc<str>, mut events: Vec<Event>, waited: bool, starts: &BTreeSet<i64>) {
        let mut call = self.new_call();
        call.ran = Way::of(&mut events, starts).runs();
        let near = events.iter().map(|event| event.at).max().unwrap_or(0);
        call.near = near;
        call.waited = waited;
        call.resumed = true;
        self.events += events.len();
        call.events = events;
        if self.held.insert(id.clone(), call).is_none() {
            self.turns.push_back((id.clone(), near));
        }
    }
}

impl Call {
    /// How far the log's time is away from its last event. The log of another import may begin long before what the one
    /// before it ended with, and come there yet.
    fn away(&self, now: i64) -> i64 {
        let away = now - self.near;
        if self.resumed { away.max(0) } else { away.abs() }
    }

    fn take(&mut self, event: Event, events: &mut usize) -> Held {
        self.near = event.at;
        self.resumed = false;
        if let Some(known) = self.events.iter_mut().find(|known| known.is(&event)) {
            self.is_news |= known.learn(event);
            return Held::Yes;
        }
        if Calls::EVENTS_OF_CALL <= self.events.len() {
            return Held::TooMany;
        }
        self.events.push(event);
        *events += 1;
        self.is_news = true;
        Held::Yes
    }

    /// Whether these are the last lines of a call of which an earlier file had all: where exports overlap, the later one cuts
    /// into calls. What it has of them would replace the whole.
    fn is_cut_of_known(&self, way: &Way) -> bool {
        let is_known = |until: i64| self.events.iter().all(|event| event.at <= until);
        self.known.until.is_some_and(is_known) && (self.known.is_older || way.lacks_beginning())
    }

    fn hand_out(&mut self, id: &str, way: &Way, desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        let has_ended = std::mem::replace(&mut self.ran, way.runs()) && !way.runs();
        if (std::mem::take(&mut self.is_news) || has_ended)
            && let Some((contact, legs)) = call::rows(id, way, &self.events, desk.origin)
        {
            desk.out.contact(contact, legs)?;
        }
        Ok(())
    }
}

/// What handing out needs.
pub(super) struct Desk<'d, 's> {
    pub origin: &'d Origin,
    pub starts: &'d BTreeSet<i64>,
    pub files: &'d [String],
    pub out: &'d mut Outbox<'s>,
}

impl Desk<'_, '_> {
    fn reject_strays(&mut self, way: &Way) -> Result<(), ImportError> {
        for (place, kind) in &way.strays {
            let reason =
                format!("`{}` follows nothing: its call is not in that queue then, or not in that state", kind.word());
            self.out.reject(place.reject(self.files, Some("event"), reason))?;
        }
        Ok(())
    }
}

impl Place {
    pub(super) fn reject(self, files: &[String], field: Option<&str>, reason: String) -> crate::Reject {
        let file = files.get(self.file as usize).cloned().unwrap_or_default();
        crate::Reject { file, line: self.line, field: field.map(str::to_owned), reason }
    }
}
