//! The story itself: contacts arrive, wait, are served, overflow, hang up and come back, in exact order of time.
//!
//! What happens in the same millisecond happens in this order. Agents come on shift and become free. Contacts that
//! wait are served, first come first served, those included whose patience or whose stay with a first team ends now.
//! Then contacts join: those that overflow, those that return, those that arrive for the first time; each by queue,
//! then by customer, then by attempt; each is served at once where an agent is free. Then patience ends, before stays
//! with a first team do.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use longshore_contacts::Outcome;

use crate::agents::{self, Agents};
use crate::backlog::Backlog;
use crate::contact::{Contact, Customers, FOREVER};
use crate::door::{Door, Entry, Months};
use crate::pace::Paces;
use crate::recorder::{Answer, Leg, Recorder};
use crate::scenario::{Overflow, Scenario, Team};
use crate::tallies::{Handled, QueueTally, Steps, Tallies, TeamTally};
use crate::tournament::Tournament;

/// Plays a scenario that has passed its check. `customers` are those of each queue.
pub(crate) fn play<C: Customers, R: Recorder>(scenario: &Scenario, customers: Vec<C>, recorder: &mut R) -> Tallies {
    let mut engine = Engine::new(scenario, customers, recorder);
    while engine.step() {}
    engine.close()
}

struct Engine<'a, C, R> {
    scenario: &'a Scenario,
    customers: Vec<C>,
    arrivals: Tournament, // The next first contact of each queue.
    doors: Vec<Door<'a>>,
    crews: Vec<Crew<'a>>,
    overflows: BinaryHeap<Reverse<Moving>>,
    returns: BinaryHeap<Reverse<Return>>,
    pending_at: i64, // When the first of these two happens.
    months: Months<'a>,
    queues: Vec<Vec<QueueTally>>,
    backlog: Backlog<'a>,
    recorder: &'a mut R,
}

/// A customer will come back: when, to which queue, who, for the how manieth time. In the order of events.
type Return = (i64, u32, u64, u8);

/// A contact on its way from a first team to a second.
struct Moving {
    at: i64,
    contact: Contact,
    month: usize,
    first: Leg,
    team: usize,
}

/// A team at work.
struct Crew<'a> {
    team: &'a Team,
    agents: Agents,
    paces: Paces,
    steps: Steps,
    others_busy_ms: u128,
    handled: u64,
    own: Vec<Handled>,
}

impl<'a, C: Customers, R: Recorder> Engine<'a, C, R> {
    fn new(scenario: &'a Scenario, customers: Vec<C>, recorder: &'a mut R) -> Self {
        let from = scenario.horizon.from;
        let months = scenario.month_starts.len();
        let crew = |team| Crew {
            team,
            agents: Agents::new(team, from),
            paces: Paces::new(team),
            steps: Steps::new(scenario),
            others_busy_ms: 0,
            handled: 0,
            own: vec![Handled::default(); months],
        };
        let mut engine = Engine {
            scenario,
            arrivals: Tournament::new(customers.len()),
            doors: scenario.queues.iter().map(Door::new).collect(),
            crews: scenario.teams.iter().map(crew).collect(),
            overflows: BinaryHeap::new(),
            returns: BinaryHeap::new(),
            pending_at: FOREVER,
            months: Months::new(&scenario.month_starts),
            queues: vec![vec![QueueTally::default(); months]; scenario.queues.len()],
            backlog: Backlog::new(scenario),
            recorder,
            customers,
        };
        for queue in 0..engine.customers.len() {
            engine.await_arrival(queue);
        }
        engine
    }

    /// Lets the next contact join, whichever it is. `false` if there is none.
    #[inline]
    fn step(&mut self) -> bool {
        let arrival = self.arrivals.first();
        let arrival_at = arrival.map_or(FOREVER, |(at, _)| self.scenario.horizon.from + at as i64);
        match arrival {
            _ if self.pending_at <= arrival_at => return self.step_pending(),
            None => return false,
            Some((_, queue)) => {
                let contact = self.customers[queue].next();
                self.await_arrival(queue);
                self.arrive(&contact);
            }
        }
        !self.recorder.is_broken()
    }

    #[inline]
    fn await_arrival(&mut self, queue: usize) {
        let at = self.customers[queue].next_at();
        self.arrivals.set(queue, (at != FOREVER).then(|| (at - self.scenario.horizon.from) as u64));
    }

    #[cold]
    #[inline(never)]
    fn step_pending(&mut self) -> bool {
        let overflow_at = self.overflows.peek().map_or(FOREVER, |Reverse(moving)| moving.at);
        let return_at = self.returns.peek().map_or(FOREVER, |Reverse((at, ..))| *at);
        if overflow_at <= return_at {
            let Some(Reverse(Moving { at, contact, month, first, team })) = self.overflows.pop() else { return false };
            self.plan();
            self.join(&contact, month, team, at, None, Some(first));
        } else {
            let Some(Reverse((at, queue, number, attempt))) = self.returns.pop() else { return false };
            self.plan();
            let contact = self.customers[queue as usize].repeat(number, attempt, at);
            self.arrive(&contact);
        }
        !self.recorder.is_broken()
    }

    /// Notes when the next pending event happens.
    fn plan(&mut self) {
        let overflow_at = self.overflows.peek().map_or(FOREVER, |Reverse(moving)| moving.at);
        let return_at = self.returns.peek().map_or(FOREVER, |Reverse((at, ..))| *at);
        self.pending_at = overflow_at.min(return_at);
    }

    #[inline]
    fn arrive(&mut self, contact: &Contact) {
        let (queue, at) = (contact.queue as usize, contact.arrived);
        let month = self.months.of(at);
        let tally = &mut self.queues[queue][month];
        tally.offered += 1;
        tally.returned += u64::from(0 < contact.attempt);
        match self.doors[queue].enter(at, contact.route) {
            Entry::Route(route) => {
                let route = &self.scenario.queues[queue].routes[route];
                self.join(contact, month, route.team, at, route.overflow, None);
            }
            Entry::Refused { team, outcome } => {
                tally.blocked += 1;
                let outcome = Some(outcome);
                let leg =
                    Leg { queue: contact.queue, team: team as u32, answer: None, joined: at, ended: Some(at), outcome };
                self.finish(contact, None, leg);
            }
        }
    }

    /// A contact joins a team's line, and its fate there is decided.
    #[inline]
    fn join(
        &mut self,
        contact: &Contact,
        month: usize,
        team: usize,
        joined: i64,
        overflow: Option<Overflow>,
        first: Option<Leg>,
    ) {
        let leave_at = overflow.map_or(FOREVER, |overflow| joined + overflow.after_ms);
        let (crew, recorder) = (&mut self.crews[team], &mut *self.recorder);
        let steps = &mut crew.steps;
        let start = crew.agents.take(joined, contact.deadline.min(leave_at), |logout| {
            steps.logged_in(logout.since, logout.until);
            recorder.logout(team as u32, &logout);
        });
        let tally = &mut self.queues[contact.queue as usize][month];
        let leg = Leg { queue: contact.queue, team: team as u32, answer: None, joined, ended: None, outcome: None };
        let leg = if let Some(start) = start {
            let queue = &self.scenario.queues[contact.queue as usize];
            let answer = crew.serve(contact, month, queue.own, start);
            tally.handle(&answer, contact, answer.ended(), queue);
            self.backlog.note(contact, answer.ended());
            self.recorder.served(contact, team as u32, &answer);
            let ended = answer.ended();
            if contact.returns && !answer.resolved {
                self.send_back(contact, ended);
            }
            Leg { answer: Some(answer), ended: Some(ended), outcome: Some(Outcome::Answered), ..leg }
        } else if leave_at < contact.deadline {
            tally.overflowed += 1;
            let first = Leg { ended: Some(leave_at), outcome: Some(Outcome::FlowOut), ..leg };
            let team = overflow.map_or(team, |overflow| overflow.team);
            self.overflows.push(Reverse(Moving { at: leave_at, contact: *contact, month, first, team }));
            self.pending_at = self.pending_at.min(leave_at);
            return;
        } else if contact.deadline < FOREVER {
            tally.abandon(contact.deadline - contact.offered, &self.scenario.queues[contact.queue as usize]);
            self.backlog.note(contact, contact.deadline);
            Leg { ended: Some(contact.deadline), outcome: Some(Outcome::Abandoned), ..leg }
        } else {
            let queue = &self.scenario.queues[contact.queue as usize];
            tally.leave_open(contact, queue, self.scenario.horizon.until);
            self.backlog.note(contact, FOREVER);
            leg
        };
        self.finish(contact, first, leg);
    }

    #[inline]
    fn finish(&mut self, contact: &Contact, first: Option<Leg>, last: Leg) {
        if self.scenario.queues[contact.queue as usize].own {
            match first {
                None => self.recorder.contact(contact, &[last]),
                Some(first) => self.recorder.contact(contact, &[first, last]),
            }
        }
    }

    /// The customer of a contact that ended then will come back while the queue is open, if the horizon lasts.
    fn send_back(&mut self, contact: &Contact, ended: i64) {
        if let Some(at) = self.doors[contact.queue as usize].comes_back(contact, ended, self.scenario.horizon.until) {
            self.returns.push(Reverse((at, contact.queue, contact.number, contact.attempt + 1)));
            self.pending_at = self.pending_at.min(at);
        }
    }

    /// Everybody goes home.
    fn close(self) -> Tallies {
        let mut teams = Vec::with_capacity(self.crews.len());
        for (team, mut crew) in self.crews.into_iter().enumerate() {
            while !self.recorder.is_broken()
                && let Some(logout) = crew.agents.close()
            {
                crew.steps.logged_in(logout.since, logout.until);
                self.recorder.logout(team as u32, &logout);
            }
            teams.push(TeamTally {
                logged_in_ms: crew.steps.logged_in_ms,
                busy_ms: crew.steps.busy_ms,
                others_busy_ms: crew.others_busy_ms,
                handled: crew.handled,
                own: crew.own,
                peak: agents::peak(&crew.team.shifts),
            });
        }
        Tallies { queues: self.queues, teams, backlog: self.backlog.counts }
    }
}

impl Crew<'_> {
    #[inline]
    fn serve(&mut self, contact: &Contact, month: usize, own: bool, start: agents::Start) -> Answer {
        let answer = Answer::of(contact, self.team, start, self.paces.of(start.agent, start.at));
        let until = answer.ended() + answer.wrap;
        self.agents.occupy(start.agent, until);
        self.steps.busy(start.at, until);
        self.handled += 1;
        if own {
            self.own[month].add(&answer);
        } else {
            self.others_busy_ms += (until - start.at) as u128;
        }
        answer
    }
}

impl Moving {
    fn order(&self) -> (i64, u32, u64, u8) {
        (self.at, self.contact.queue, self.contact.number, self.contact.attempt)
    }
}

impl PartialEq for Moving {
    fn eq(&self, other: &Moving) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Moving {}

impl PartialOrd for Moving {
    fn partial_cmp(&self, other: &Moving) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moving {
    fn cmp(&self, other: &Moving) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

#[cfg(test)]
pub(crate) mod calendar;
#[cfg(test)]
pub(crate) mod tests;
