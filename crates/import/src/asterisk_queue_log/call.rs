//! A call's way through the queues, from its events.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Bound::Excluded;
use std::sync::Arc;

use longshore_contacts::{Channel, ContactRow, Direction, LegRow, Outcome};
use longshore_units::Instant;

use super::event::{Event, Kind, Place};
use crate::Origin;

/// One visit to a queue.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    queue: Option<Arc<str>>,
    agent: Option<Arc<str>>,
    offered: i64,
    answered: Option<i64>,
    ended: Option<i64>,
    /// In milliseconds; so are the next two.
    wait: Option<i64>,
    ring: Option<i64>,
    talk: Option<i64>,
    /// After-contact work, behind how far from the end it began, in microseconds.
    wrap: Option<(i64, i64)>,
    outcome: Option<Outcome>,
    by: Option<&'static str>,
    handed_on: bool,
    /// Whether another visit began before its own end was logged.
    overtaken: bool,
}

/// What a call's events come to.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub visits: Vec<Visit>,
    /// Events that belong to no visit.
    pub strays: Vec<(Place, Kind)>,
    /// Whether it began before the first event that is known.
    is_cut: bool,
}

impl Way {
    /// Follows a call's events, and ends what runs where the system began anew.
    ///
    /// Events are taken in the order of time. Of those at one instant (most logs write whole seconds) each time one that
    /// can follow: first what happens to the visit that runs, then a restart, then what begins another.
    pub(super) fn of(events: &mut [Event], starts: &BTreeSet<i64>) -> Way {
        events.sort_unstable_by(Event::in_order);
        let first = events.first().map_or(0, |event| event.at);
        let is_cut = !events.iter().take_while(|event| event.at == first).any(|event| event.kind.begins());
        let mut way = Way { is_cut, ..Way::default() };
        let mut strays: Vec<&Event> = Vec::new();
        let mut rest: &[Event] = events;
        while let Some(first) = rest.first() {
            let (now, later) = rest.split_at(rest.iter().take_while(|event| event.at == first.at).count());
            way.restart_before(first.at, starts);
            match now {
                [event] if !starts.contains(&event.at) => way.take_or(event, &mut strays),
                _ => way.take_all(now, starts, &mut strays),
            }
            rest = later;
        }
        way.restart_before(i64::MAX, starts);
        way.adopt(strays);
        way
    }

    /// Whether the last visit still runs.
    pub(super) fn runs(&self) -> bool {
        self.running().is_some()
    }

    /// Whether its beginning is missing.
    pub(super) fn lacks_beginning(&self) -> bool {
        self.is_cut && !self.strays.is_empty()
    }

    /// Ends the visit that runs, for nobody knows how it ended; `seen` is when something was last heard of it.
    pub(super) fn give_up(&mut self, seen: i64) {
        if let Some(visit) = self.running_mut() {
            match visit.answered {
                Some(_) => visit.overtaken = true, // It was answered; when it ended nobody knows.
                None => {
                    visit.ended = Some(seen);
                    visit.outcome = Some(Outcome::Unknown);
                }
            }
        }
    }

    fn running(&self) -> Option<&Visit> {
        self.visits.last().filter(|visit| visit.runs())
    }

    fn running_mut(&mut self) -> Option<&mut Visit> {
        self.visits.last_mut().filter(|visit| visit.runs())
    }

    fn take_or<'e>(&mut self, event: &'e Event, strays: &mut Vec<&'e Event>) {
        if !self.take(event) {
            strays.push(event);
        }
    }

    fn take_all<'e>(&mut self, now: &'e [Event], starts: &BTreeSet<i64>, strays: &mut Vec<&'e Event>) {
        let mut left: Vec<&Event> = now.iter().collect();
        let mut restart = now.first().map(|event| event.at).filter(|at| starts.contains(at));
        while !left.is_empty() {
            let best = (0..left.len()).max_by_key(|place| (self.fit(left[*place], &left), Reverse(*place)));
            let place = best.expect("some are left");
            let fit = self.fit(left[place], &left);
            if fit < Fit::Continues
                && let Some(at) = restart.take()
            {
                self.restart(at);
                continue;
            }
            if fit == Fit::Not {
                break;
            }
            self.take(left.remove(place));
        }
        if let Some(at) = restart {
            self.restart(at);
        }
        strays.append(&mut left);
    }

    /// How well an event follows, among others at the same instant.
    fn fit(&self, event: &Event, left: &[&Event]) -> Fit {
        let running = self.running();
        match event.kind {
            Kind::Enter | Kind::Refused(_) => {
                let ends = |other: &&&Event| {
                    !matches!(other.kind, Kind::Enter | Kind::Refused(_)) && other.queue == event.queue
                };
                if left.iter().any(|other| ends(&other)) { Fit::BeginsWhatEndsNow } else { Fit::Begins }
            }
            Kind::Connect if running.is_some_and(|visit| visit.waits_in(event)) => Fit::Connects,
            kind if kind.is_completion() && running.is_some_and(|visit| visit.waits_in(event)) => Fit::Continues,
            kind if kind.is_completion() && running.is_some_and(|visit| visit.talks_in(event)) => Fit::Ends,
            Kind::Left(_) if running.is_some_and(|visit| visit.waits_in(event)) => Fit::Ends,
            _ => Fit::Not,
        }
    }

    /// Takes an event if it can follow.
    fn take(&mut self, event: &Event) -> bool {
        match event.kind {
            Kind::Enter => {
                self.overtake(event.at);
                self.visits.push(Visit::entered(event));
                true
            }
            Kind::Refused(outcome) => {
                self.overtake(event.at);
                self.visits.push(Visit::refused(event, outcome));
                true
            }
            _ => self.running_mut().is_some_and(|visit| visit.take(event)),
        }
    }

    /// A caller is in one place at a time: who enters a queue has left the one before, whatever the log forgot to say (the
    /// end of a transfer through a Local channel, which comes when the whole call ends, is such a thing).
    fn overtake(&mut self, at: i64) {
        let Some(visit) = self.running_mut() else { return };
        visit.overtaken = true;
        visit.ended = Some(at);
        match visit.answered {
            Some(answered) => visit.talk = Some((at - answered).max(0) / 1000),
            None => {
                visit.wait = Some((at - visit.offered).max(0) / 1000);
                visit.outcome = Some(Outcome::FlowOut);
            }
        }
    }

    fn restart_before(&mut self, until: i64, starts: &BTreeSet<i64>) {
        let Some(offered) = self.running().map(|visit| visit.offered) else { return };
        if let Some(start) = starts.range((Excluded(offered), Excluded(until))).next() {
            self.restart(*start);
        }
    }

    /// No call outlives the system.
    fn restart(&mut self, at: i64) {
        let Some(visit) = self.running_mut() else { return };
        visit.ended = Some(at);
        visit.by = Some("system");
        match visit.answered {
            Some(answered) => visit.talk = Some((at - answered).max(0) / 1000),
            None => visit.outcome = Some(Outcome::Unknown),
        }
    }

    /// Looks again at events that followed nothing. Ends of visits that were overtaken are known already. Where a visit's
    /// own beginning is later than the rest of it, the clock was set back in between, and it is kept as the log tells it.
    /// And where the lines of a visit are missing but for its end, the end says how long it took.
    fn adopt(&mut self, strays: Vec<&Event>) {
        for event in strays {
            let known = event.kind.is_completion() || matches!(event.kind, Kind::Left(_));
            if known && self.visits.iter().any(|visit| visit.overtaken && visit.queue == event.queue) {
                continue;
            }
            if event.kind == Kind::Wrapup {
                self.wrap(event);
                continue;
            }
            let waiting = self.visits.iter_mut().find(|visit| visit.runs() && event.at < visit.offered);
            if !waiting.is_some_and(|visit| visit.take(event)) && !self.restore(event) {
                self.strays.push((event.place, event.kind));
            }
        }
    }

    /// Takes the end of a visit of which no other line is there, if the call has begun before.
    fn restore(&mut self, event: &Event) -> bool {
        let (Some(holdtime), Some(talk), true) = (event.first, event.second, event.kind.is_completion()) else {
            return false;
        };
        let offered = event.at - (i64::from(holdtime) + i64::from(talk)) * 1_000_000;
        let Some(before) = self.visits.iter().rposition(|visit| visit.offered <= offered) else { return false };
        let is_free = |visit: &Visit| visit.answered.is_none() || visit.ended.is_some_and(|ended| ended <= offered);
        let next = self.visits.get(before + 1);
        if !is_free(&self.visits[before]) || next.is_some_and(|next| next.offered < event.at) {
            return false;
        }
        if self.visits[before].runs() {
            self.overtake(offered);
        }
        let mut visit = Visit { offered, ..Visit::entered(event) };
        visit.take(event);
        self.visits.insert(before + 1, visit);
        true
    }

    /// Gives after-contact work to the conversation that it follows, unless that has work which is nearer.
    fn wrap(&mut self, event: &Event) {
        let away = |visit: &Visit| visit.ended.map_or(i64::MAX, |ended| (event.at - ended).abs());
        let follows = |visit: &&mut Visit| visit.agent == event.member && away(visit) <= WRAPUP_FOLLOWS;
        if let Some(visit) = self.visits.iter_mut().find(follows)
            && visit.wrap.is_none_or(|(known, _)| away(visit) < known)
        {
            visit.wrap = event.first.map(|seconds| (away(visit), i64::from(seconds) * 1000));
        }
    }
}

/// After-contact work begins within so much of the conversation's end.
pub(super) const WRAPUP_FOLLOWS: i64 = 2_000_000;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Not,
    Begins,
    BeginsWhatEndsNow,
    Continues,
    Ends,
    Connects,
}

impl Visit {
    fn entered(event: &Event) -> Visit {
        Visit {
            queue: event.queue.clone(),
            agent: None,
            offered: event.at,
            answered: None,
            ended: None,
            wait: None,
            ring: None,
            talk: None,
            wrap: None,
            outcome: None,
            by: None,
            handed_on: false,
            overtaken: false,
        }
    }

    fn refused(event: &Event, outcome: Outcome) -> Visit {
        let visit = Visit::entered(event);
        Visit { ended: Some(event.at), wait: Some(0), outcome: Some(outcome), by: Some("system"), ..visit }
    }

    fn runs(&self) -> bool {
        self.ended.is_none() && !self.overtaken
    }

    fn waits_in(&self, event: &Event) -> bool {
        self.answered.is_none() && self.queue == event.queue
    }

    fn talks_in(&self, event: &Event) -> bool {
        self.answered.is_some() && self.queue == event.queue
    }

    fn take(&mut self, event: &Event) -> bool {
        match event.kind {
            Kind::Connect if self.waits_in(event) => {
                self.answer(event.at, event.first, event.second);
                self.agent = event.member.clone();
                true
            }
            kind if kind.is_completion() && self.queue == event.queue => {
                if self.answered.is_none() {
                    // The line of the answer is missing; the end says how long ago it was.
                    let talk = event.second.map_or(0, |seconds| i64::from(seconds) * 1_000_000);
                    self.answer(event.at - talk, event.first, None);
                    self.agent = event.member.clone();
                }
                let answered = self.answered.unwrap_or(event.at);
                self.talk = Some(event.second.map_or((event.at - answered).max(0) / 1000, |s| i64::from(s) * 1000));
                self.ended = Some(event.at);
                self.handed_on = kind == Kind::Transfer;
                self.by = Some(if kind == Kind::CompleteCaller { "customer" } else { "agent" });
                true
            }
            Kind::Left(outcome) if self.waits_in(event) => {
                let waited = event.first.map_or((event.at - self.offered).max(0) / 1000, |s| i64::from(s) * 1000);
                self.wait = Some(waited);
                self.ended = Some(event.at);
                self.outcome = Some(outcome);
                let customers = matches!(outcome, Outcome::Abandoned | Outcome::ExitKey);
                self.by = Some(if customers { "customer" } else { "system" });
                true
            }
            _ => false,
        }
    }

    /// Time to answer is the log's own number where it has one: it includes the ringing at who answered.
    fn answer(&mut self, at: i64, holdtime: Option<u32>, ring: Option<u32>) {
        let to_answer = holdtime.map_or((at - self.offered).max(0) / 1000, |seconds| i64::from(seconds) * 1000);
        let ring = ring.map(|seconds| (i64::from(seconds) * 1000).min(to_answer));
        self.answered = Some(at);
        self.ring = ring;
        self.wait = Some(to_answer - ring.unwrap_or(0));
        self.outcome = Some(Outcome::Answered);
    }
}

/// Rows of a call: one contact, and a leg for each visit.
pub(super) fn rows(id: &str, way: &Way, events: &[Event], origin: &Origin) -> Option<(ContactRow, Vec<LegRow>)> {
    let (first, last) = (way.visits.first()?, way.visits.last()?);
    let queue = first.queue.as_deref();
    let runs = way.runs();
    let is_answered = way.visits.iter().any(|visit| visit.answered.is_some());
    let ended = if runs { None } else { last.ended };
    let all = |of: fn(&Visit) -> Option<i64>| way.visits.iter().map(of).sum::<Option<i64>>();
    let conversations = |of: fn(&Visit) -> Option<i64>| {
        let talks = way.visits.iter().filter(|visit| visit.answered.is_some());
        if is_answered { talks.map(of).sum::<Option<i64>>() } else { None }
    };
    let customer = events.iter().filter(|event| event.kind == Kind::Enter).find_map(|event| event.text.as_deref());
    let contact = ContactRow {
        program: origin.program(queue).map(str::to_owned),
        site: origin.site(queue).map(str::to_owned),
        first_queue: queue.map(str::to_owned),
        last_queue: last.queue.as_deref().map(str::to_owned),
        channel: origin.channel(queue).or(Some(Channel::Voice)),
        direction: Some(Direction::Inbound),
        language: origin.language(queue).map(str::to_owned),
        customer: customer.map(str::to_owned),
        offered_at: Some(Instant(first.offered)),
        answered_at: way.visits.iter().find_map(|visit| visit.answered).map(Instant),
        ended_at: ended.map(Instant),
        wait: all(|visit| visit.wait),
        ring: conversations(|visit| visit.ring),
        talk: conversations(|visit| visit.talk),
        wrap: conversations(|visit| visit.wrap.map(|(_, wrap)| wrap)),
        legs: Some(way.visits.len() as i64),
        outcome: if runs {
            None
        } else if is_answered {
            Some(Outcome::Answered)
        } else {
            last.outcome
        },
        ended_by: if runs { None } else { last.by.map(str::to_owned) },
        transferred_out: (!runs).then_some(last.handed_on),
        ..ContactRow::of(&origin.source, id, &origin.provider)
    };
    let legs = way.visits.iter().enumerate().map(|(place, visit)| leg(&contact, place, visit)).collect();
    Some((contact, legs))
}

fn leg(contact: &ContactRow, place: usize, visit: &Visit) -> LegRow {
    LegRow {
        provider: Some(contact.provider.clone()),
        program: contact.program.clone(),
        site: contact.site.clone(),
        channel: contact.channel,
        direction: contact.direction,
        language: contact.language.clone(),
        queue: visit.queue.as_deref().map(str::to_owned),
        agent: visit.agent.as_deref().map(str::to_owned),
        offered_at: Some(Instant(visit.offered)),
        answered_at: visit.answered.map(Instant),
        ended_at: visit.ended.map(Instant),
        wait: visit.wait,
        ring: visit.ring,
        talk: visit.talk,
        wrap: visit.wrap.map(|(_, wrap)| wrap),
        outcome: if visit.runs() { None } else { visit.outcome },
        ..LegRow::of(&contact.source, &contact.contact_id, place as i64 + 1)
    }
}
