//! The story of scenarios in which a contact's fate is not known when it joins: several teams may take it, or agents
//! serve several lines by priority. Every change has an event.
//!
//! What happens in the same millisecond happens in the order that `engine.rs` states, and a scenario that both engines
//! can play comes to the same rows with both. Beyond that: teams take contacts that wait in the order of teams; a
//! contact that joins goes to the first team of its route with a free agent.

mod calendar;
mod crew;
mod dialing;
mod hands;
mod lines;

use longshore_contacts::Outcome;

use crate::agents::{self, Start};
use crate::backlog::Backlog;
use crate::contact::{Contact, Customers, FOREVER, MOST_HOPS};
use crate::door::{Door, Entry, Months};
use crate::recorder::{Answer, Leg, Recorder, Spell};
use crate::scenario::{Scenario, Span, Work};
use crate::tallies::{QueueTally, Tallies, TeamTally};
use crate::tournament::Tournament;
use calendar::{Calendar, Doing, Event, NOT_KEPT};
use crew::Crew;
use dialing::Dialing;
use hands::{Begun, Task};
use lines::{Lines, Waiting, Ways};

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
    changes: Tournament,  // When each team's agents next come, become free or go.
    origin: i64,          // Times in it count from here.
    doors: Vec<Door<'a>>,
    crews: Vec<Crew<'a>>,
    lines: Lines,
    calendar: Calendar,
    dialings: Vec<Option<Dialing<'a>>>, // Of each queue.
    dialed_for: Vec<Vec<usize>>,        // The queues with lists that look at a team.
    months: Months<'a>,
    queues: Vec<Vec<QueueTally>>,
    backlog: Backlog<'a>,
    recorder: &'a mut R,
}

impl<'a, C: Customers, R: Recorder> Engine<'a, C, R> {
    fn new(scenario: &'a Scenario, customers: Vec<C>, recorder: &'a mut R) -> Self {
        let from = scenario.horizon.from;
        let months = scenario.month_starts.len();
        let shares = scenario.queues.iter().any(|queue| queue.work != Work::Alone);
        let crews: Vec<Crew> = (0..scenario.teams.len()).map(|team| Crew::new(scenario, team, shares)).collect();
        let mut engine = Engine {
            scenario,
            changes: Tournament::new(crews.len()),
            origin: crews.iter().map(|crew| crew.origin).min().unwrap_or(from),
            arrivals: Tournament::new(customers.len()),
            doors: scenario.queues.iter().map(Door::new).collect(),
            crews,
            lines: Lines::new(scenario),
            calendar: Calendar::default(),
            dialings: scenario.queues.iter().map(|queue| queue.list.as_ref().map(Dialing::new)).collect(),
            dialed_for: dialed_for(scenario),
            months: Months::new(&scenario.month_starts),
            queues: vec![vec![QueueTally::default(); months]; scenario.queues.len()],
            backlog: Backlog::new(scenario),
            recorder,
            customers,
        };
        for queue in 0..engine.customers.len() {
            engine.await_arrival(queue);
        }
        for team in 0..engine.crews.len() {
            engine.await_change(team);
        }
        engine.plan_hours();
        engine
    }

    /// Lets the next thing happen. `false` if there is none.
    #[inline]
    fn step(&mut self) -> bool {
        let change = self.changes.first();
        let change_at = change.map_or(FOREVER, |(at, _)| self.origin + at as i64);
        let arrival = self.arrivals.first();
        let arrival_at = arrival.map_or(FOREVER, |(at, _)| self.scenario.horizon.from + at as i64);
        let (event_at, doing) = self.calendar.next();
        let contacts_at = arrival_at.min(event_at);
        if let Some((_, team)) = change
            && change_at <= contacts_at
        {
            self.advance(team, change_at);
        } else if let Some((_, queue)) = arrival
            && (arrival_at, Doing::Arrives) < (event_at, doing)
        {
            let contact = self.customers[queue].next();
            self.await_arrival(queue);
            self.arrive(&contact, arrival_at);
        } else if let Some(event) = self.calendar.pop() {
            self.happen(&event);
        } else {
            return false;
        }
        !self.recorder.is_broken()
    }

    #[inline]
    fn await_arrival(&mut self, queue: usize) {
        let at = self.customers[queue].next_at();
        self.arrivals.set(queue, (at != FOREVER).then(|| (at - self.scenario.horizon.from) as u64));
    }

    #[inline]
    fn await_change(&mut self, team: usize) {
        let at = self.crews[team].next_at;
        self.changes.set(team, (at != FOREVER).then(|| (at - self.origin) as u64));
    }

    /// Agents of a team come, become free and take who waits; those whose shift is over go.
    fn advance(&mut self, team: usize, at: i64) {
        self.progress(team, at);
        self.crews[team].change(at);
        self.settle(team, at);
        self.await_change(team);
        for place in 0..self.dialed_for[team].len() {
            self.dial(self.dialed_for[team][place], at);
        }
    }

    /// What agents of a team have in hand comes to an end.
    fn progress(&mut self, team: usize, at: i64) {
        while let Some((progress, spell)) = self.crews[team].progress(at) {
            if let Some(spell) = spell {
                self.tell_spell(team, &spell);
            }
            if let Some(contact) = progress.comes_back {
                self.send_back(&contact, at);
            }
            if let Some(task) = progress.done {
                self.complete(task, team, at);
            }
        }
    }

    fn tell_spell(&mut self, team: usize, spell: &Spell) {
        let crew = &mut self.crews[team];
        crew.steps.busy_in_between(spell.from, spell.until);
        if spell.queue.is_some_and(|queue| !self.scenario.queues[queue as usize].own) {
            crew.others_busy_ms += (spell.until - spell.from) as u128;
        }
        self.recorder.worked(team as u32, spell);
    }

    /// A contact that did not take an agent alone is done.
    fn complete(&mut self, task: Task, team: usize, at: i64) {
        let Task { waiting, begun: Begun { answer, .. }, ended, .. } = task;
        let Waiting { contact, month, joined, mut earlier, onward, .. } = *waiting;
        let queue = &self.scenario.queues[contact.queue as usize];
        let crew = &mut self.crews[team];
        crew.handled += 1;
        if queue.own {
            crew.own[month].add(&answer);
        }
        self.queues[contact.queue as usize][month].handle(&answer, &contact, ended, queue);
        self.backlog.note(&contact, ended);
        let leg = Leg::answered(&contact, team, joined, answer, ended);
        match onward {
            Some(queue) => {
                earlier.push(leg);
                self.hand_over(&contact, month, queue, earlier, at);
            }
            None => self.finish(&contact, &earlier, leg),
        }
    }

    /// Agents take who waits, and those whose shift is over go.
    fn settle(&mut self, team: usize, at: i64) {
        let fills = self.crews[team].fills();
        loop {
            if fills && self.settle_beside(team, at) {
                continue;
            }
            let Some((start, joined_before)) = self.crews[team].next(at) else { break };
            if let Some(slot) = self.lines.next(team, joined_before, false) {
                self.answer(slot, team, start);
            } else if self.crews[team].is_over(start.agent, at) {
                self.log_out(team, start.agent, at);
            } else {
                break;
            }
        }
        while self.settle_beside(team, at) {}
        while let Some(agent) = self.crews[team].pop_over(at) {
            self.log_out(team, agent, at);
        }
    }

    /// An agent takes one more beside what is in hand. `false` if nobody can or nobody waits.
    fn settle_beside(&mut self, team: usize, at: i64) -> bool {
        let Some(slot) = self.lines.next(team, FOREVER, true) else { return false };
        let Some(start) = self.crews[team].next_beside(at) else { return false };
        self.answer(slot, team, start);
        true
    }

    fn log_out(&mut self, team: usize, agent: usize, at: i64) {
        let crew = &mut self.crews[team];
        let logout = crew.log_out(agent, at);
        crew.steps.logged_in(logout.since, logout.until);
        self.recorder.logout(team as u32, &logout);
    }

    /// An agent takes a contact that waits.
    fn answer(&mut self, slot: u32, team: usize, start: Start) {
        let Some(waiting) = self.lines.take(slot) else { return };
        if waiting.overflow.is_some() || waiting.contact.deadline < FOREVER {
            self.calendar.avoid(|event| self.lines.holds(event));
        }
        match self.scenario.queues[waiting.queue as usize].work {
            Work::Alone => {
                self.serve(&waiting.contact, waiting.month, waiting.joined, &waiting.earlier, team, start);
            }
            work => self.begin(waiting, team, start, work),
        }
    }

    /// An agent takes a contact in hand that may not be the only one, or not to the end.
    fn begin(&mut self, mut waiting: Box<Waiting>, team: usize, start: Start, work: Work) {
        self.lines.number(&mut waiting);
        waiting.onward = self.onward(&waiting.contact, team);
        if waiting.onward.is_some() {
            // Not settled here, and not given up by its customer either.
            (waiting.contact.resolution, waiting.contact.returns) = (f64::INFINITY, false);
        }
        let crew = &mut self.crews[team];
        let pace = crew.paces.of(start.agent, start.at);
        crew.take(Task::new(waiting, crew.team, pace, start, work == Work::PutAside), start.agent, start.at);
        if self.crews[team].next_at <= start.at {
            self.progress(team, start.at); // Nothing is left to do.
        }
        self.await_change(team);
    }

    /// What the calendar says happens.
    fn happen(&mut self, event: &Event) {
        if event.doing == Doing::Returns && event.slot == NOT_KEPT {
            let contact = self.customers[event.queue as usize].repeat(event.number, event.attempt, event.at);
            return self.arrive(&contact, event.at);
        }
        if event.doing == Doing::Rings || event.doing == Doing::Dials {
            return self.dial_again(event);
        }
        let waiting = if self.lines.holds(event) { self.lines.take(event.slot) } else { None };
        let Some(waiting) = waiting else { return self.calendar.popped_void() };
        match event.doing {
            Doing::Returns => self.arrive(&waiting.contact, event.at),
            Doing::Arrives => {
                self.rung(event.queue);
                self.arrive(&waiting.contact, event.at);
            }
            Doing::Passes => self.enter(&waiting.contact, waiting.month, event.at, Vec::new()),
            Doing::GoesOn => {
                let month = self.months.of(event.at);
                let tally = &mut self.queues[waiting.contact.queue as usize][month];
                tally.offered += 1;
                tally.received += 1;
                self.enter(&waiting.contact, month, event.at, waiting.earlier);
            }
            _ => self.leave(waiting, event.at),
        }
    }

    /// A contact has waited too long, for its first team or at all.
    fn leave(&mut self, mut waiting: Box<Waiting>, at: i64) {
        let contact = &waiting.contact;
        let (queue, team) = (contact.queue, waiting.team as u32);
        let leg = Leg { queue, team, answer: None, joined: waiting.joined, ended: Some(at), outcome: None };
        let tally = &mut self.queues[queue as usize][waiting.month];
        if let Some((overflow, line)) = waiting.overflow {
            tally.overflowed += 1;
            waiting.earlier.push(Leg { outcome: Some(Outcome::FlowOut), ..leg });
            self.join(contact, waiting.month, overflow.team, at, Ways { line, overflow: None }, waiting.earlier);
        } else {
            tally.abandon(at - contact.offered, &self.scenario.queues[queue as usize]);
            self.backlog.note(contact, at);
            self.finish(contact, &waiting.earlier, Leg { outcome: Some(Outcome::Abandoned), ..leg });
        }
    }

    /// A customer reaches out.
    #[inline]
    fn arrive(&mut self, contact: &Contact, at: i64) {
        let queue = contact.queue as usize;
        let month = self.months.of(at);
        let tally = &mut self.queues[queue][month];
        tally.offered += 1;
        tally.returned += u64::from(0 < contact.attempt);
        if self.scenario.queues[queue].machine.is_some() {
            self.meet_machine(contact, month, at);
        } else {
            self.enter(contact, month, at, Vec::new());
        }
    }

    /// Lists look at the agents when their hours begin.
    fn plan_hours(&mut self) {
        for (queue, dialing) in self.dialings.iter().enumerate() {
            for span in dialing.iter().flat_map(|dialing| &dialing.list.hours) {
                let at = span.from.max(self.scenario.horizon.from);
                self.calendar.push(Event::of_list(queue, at, Doing::Dials));
            }
        }
    }

    fn rung(&mut self, queue: u32) {
        if let Some(dialing) = &mut self.dialings[queue as usize] {
            dialing.ringing -= 1;
        }
    }

    fn dial_again(&mut self, event: &Event) {
        if event.doing == Doing::Rings {
            self.rung(event.queue);
        }
        self.dial(event.queue as usize, event.at);
    }

    /// Calls as many customers of a queue's list as its dialer wants, if it wants any.
    fn dial(&mut self, queue: usize, at: i64) {
        let Span { from, until } = self.scenario.horizon;
        let Some(dialing) = self.dialings[queue].as_mut().filter(|_| from <= at && at < until) else { return };
        let list = dialing.list;
        let free = |teams: &mut dyn Iterator<Item = usize>| teams.map(|team| self.crews[team].free_agents()).sum();
        let serving = free(&mut self.scenario.queues[queue].routes[0].teams().map(|also| also.team));
        let wanted = dialing.wanted(at, free(&mut list.dialer.watches.iter().copied()), serving);
        let step = ((at - from) / self.scenario.queues[queue].arrivals.step_ms) as usize;
        for _ in 0..wanted {
            let Some((number, attempt)) = dialing.call(at) else { return };
            let month = self.months.of(at);
            self.queues[queue][month].dialed += 1;
            let dial = self.customers[queue].dial(u64::from(number), attempt);
            if dial.chance < list.reached[step] {
                let answers = at + dial.pickup;
                if until <= answers {
                    continue;
                }
                dialing.ringing += 1;
                let contact = self.customers[queue].repeat(u64::from(number), 0, answers);
                let contact = Contact { deadline: answers + list.patience_ms, ..contact };
                let (slot, visit) = self.lines.keep(contact, month, Vec::new());
                self.calendar.push(Event::of(&contact, answers, Doing::Arrives, slot, visit));
                continue;
            }
            if 0 < dial.ring {
                dialing.ringing += 1;
                self.calendar.push(Event::of_list(queue, at + dial.ring, Doing::Rings));
            }
            if let Some(due) = dialing.miss(number, attempt, at + dial.ring) {
                self.calendar.push(Event::of_list(queue, due, Doing::Dials));
            }
        }
    }

    /// The machine serves it, or lets it pass after a while.
    fn meet_machine(&mut self, contact: &Contact, month: usize, at: i64) {
        let queue = contact.queue as usize;
        let further = self.customers[queue].further(contact, &self.customers[contact.origin as usize]);
        let ended = at + further.machine;
        if further.contained {
            self.queues[queue][month].contained += 1;
            let (team, outcome) = (self.scenario.queues[queue].routes[0].team as u32, Some(Outcome::Contained));
            let leg = Leg { queue: contact.queue, team, answer: None, joined: at, ended: Some(ended), outcome };
            return self.finish(contact, &[], leg);
        }
        let deadline = if contact.deadline == FOREVER { FOREVER } else { contact.deadline + further.machine };
        let passed = Contact { offered: ended, deadline, ..*contact };
        let (slot, visit) = self.lines.keep(passed, month, Vec::new());
        self.calendar.push(Event::of(&passed, ended, Doing::Passes, slot, visit));
    }

    /// A contact comes to the door of its queue.
    #[inline]
    fn enter(&mut self, contact: &Contact, month: usize, at: i64, earlier: Vec<Leg>) {
        let queue = contact.queue as usize;
        match self.doors[queue].enter(at, contact.route) {
            Entry::Route(route) => {
                let (ways, route) = (self.lines.ways(queue, route), &self.scenario.queues[queue].routes[route]);
                let full = route.places.is_some_and(|places| places as usize <= self.lines.len(ways.line));
                if full && self.free_team(ways.line, at).is_none() && self.aside_team(ways.line, at).is_none() {
                    self.refuse(contact, month, at, route.team, Outcome::BlockedFull, &earlier);
                } else if self.lines.work(ways.line) != Work::PutAside // A letter lies in the box until somebody reads it.
                    && self.lines.teams(ways.line).iter().all(|also| self.crews[also.team].refuses())
                {
                    self.queues[queue][month].unreachable += 1;
                    self.refuse(contact, month, at, route.team, Outcome::BlockedEmpty, &earlier);
                } else {
                    self.join(contact, month, route.team, at, ways, earlier);
                }
            }
            Entry::Refused { team, outcome } => self.refuse(contact, month, at, team, outcome, &earlier),
        }
    }

    fn refuse(&mut self, contact: &Contact, month: usize, at: i64, team: usize, outcome: Outcome, earlier: &[Leg]) {
        self.queues[contact.queue as usize][month].blocked += 1;
        let (queue, team, outcome) = (contact.queue, team as u32, Some(outcome));
        self.finish(contact, earlier, Leg { queue, team, answer: None, joined: at, ended: Some(at), outcome });
    }

    /// The first team of a line that has an agent for one more contact.
    #[inline]
    fn free_team(&self, line: usize, at: i64) -> Option<(usize, Start)> {
        let together = self.lines.work(line) == Work::Together;
        self.lines.teams(line).iter().find_map(|also| Some((also.team, self.crews[also.team].next_for(at, together)?)))
    }

    /// The first team of a line with an agent who can put aside what is in hand for its contacts.
    #[inline]
    fn aside_team(&self, line: usize, at: i64) -> Option<(usize, usize)> {
        if self.lines.work(line) == Work::PutAside {
            return None;
        }
        self.lines.teams(line).iter().find_map(|also| Some((also.team, self.crews[also.team].next_aside(at)?)))
    }

    /// That agent puts it aside.
    fn make_room(&mut self, line: usize, at: i64) -> Option<(usize, Start, Box<Waiting>)> {
        let (team, agent) = self.aside_team(line, at)?;
        let (task, spell) = self.crews[team].put_aside(agent, at)?;
        self.tell_spell(team, &spell);
        Some((team, Start { agent, free: at, at }, task.put_down()))
    }

    /// A contact joins a line, or is served at once. `first` is the line's first team.
    fn join(&mut self, contact: &Contact, month: usize, first: usize, at: i64, ways: Ways, earlier: Vec<Leg>) {
        if let Some((team, start)) = self.free_team(ways.line, at) {
            return match self.lines.work(ways.line) {
                Work::Alone => self.serve(contact, month, at, &earlier, team, start),
                work => {
                    self.begin(Waiting::new(*contact, month, at, first, ways.line, None, earlier), team, start, work)
                }
            };
        }
        if let Some((team, start, aside)) = self.make_room(ways.line, at) {
            match self.lines.work(ways.line) {
                Work::Alone => self.serve(contact, month, at, &earlier, team, start),
                work => {
                    self.begin(Waiting::new(*contact, month, at, first, ways.line, None, earlier), team, start, work)
                }
            }
            return self.take_up(aside, at);
        }
        let leave_at = ways.overflow.map_or(FOREVER, |(overflow, _)| at + overflow.after_ms);
        let overflow = ways.overflow.filter(|_| leave_at < contact.deadline);
        let (slot, visit) = self.lines.join(Waiting::new(*contact, month, at, first, ways.line, overflow, earlier));
        if overflow.is_some() {
            self.calendar.push(Event::of(contact, leave_at, Doing::Overflows, slot, visit));
        } else if contact.deadline < FOREVER {
            self.calendar.push(Event::of(contact, contact.deadline, Doing::Leaves, slot, visit));
        }
    }

    /// What was put aside waits where it stood in its line, unless somebody is free for it and what is before it.
    fn take_up(&mut self, aside: Box<Waiting>, at: i64) {
        let line = aside.line;
        self.lines.join(aside);
        // Whoever is free may find somebody before it, and leave it to the next team.
        for place in 0..self.lines.teams(line).len() {
            let team = self.lines.teams(line)[place].team;
            self.settle(team, at);
            self.await_change(team);
        }
    }

    /// An agent takes a contact alone: all that follows is known.
    #[inline]
    fn serve(&mut self, contact: &Contact, month: usize, joined: i64, earlier: &[Leg], team: usize, start: Start) {
        let queue = &self.scenario.queues[contact.queue as usize];
        let onward = self.onward(contact, team);
        let crew = &mut self.crews[team];
        let mut answer = Answer::of(contact, crew.team, start, crew.paces.of(start.agent, start.at));
        answer.resolved &= onward.is_none();
        let until = answer.ended() + answer.wrap;
        crew.occupy(start.agent, start.at, until);
        self.changes.set(team, (crew.next_at != FOREVER).then(|| (crew.next_at - self.origin) as u64));
        crew.steps.busy(start.at, until);
        crew.handled += 1;
        if queue.own {
            crew.own[month].add(&answer);
        } else {
            crew.others_busy_ms += (until - start.at) as u128;
        }
        let ended = answer.ended();
        self.queues[contact.queue as usize][month].handle(&answer, contact, ended, queue);
        self.backlog.note(contact, ended);
        self.recorder.served(contact, team as u32, &answer);
        let leg = Leg::answered(contact, team, joined, answer, ended);
        if let Some(onward) = onward {
            let earlier = earlier.iter().copied().chain([leg]).collect();
            return self.hand_over(contact, month, onward, earlier, ended);
        }
        if contact.returns && !answer.resolved {
            self.send_back(contact, ended);
        }
        self.finish(contact, earlier, leg);
    }

    /// The queue that a contact goes on to when this team is done with it.
    #[inline]
    fn onward(&self, contact: &Contact, team: usize) -> Option<usize> {
        let escalations = &self.crews[team].team.escalations;
        let escalation = escalations.iter().find(|escalation| escalation.of == contact.queue as usize)?;
        if contact.hops == MOST_HOPS {
            return None;
        }
        let customers = &self.customers;
        let further = customers[contact.queue as usize].further(contact, &customers[contact.origin as usize]);
        (further.escalation < escalation.share).then_some(escalation.to)
    }

    /// A contact goes on to another queue: at once if that is open, or at some time of its next opening. If it never opens
    /// again, this is its end.
    fn hand_over(&mut self, contact: &Contact, month: usize, to: usize, mut earlier: Vec<Leg>, ended: i64) {
        let customers = &self.customers;
        let further = customers[contact.queue as usize].further(contact, &customers[contact.origin as usize]);
        // Who goes on does not come back elsewhere: that draw says when the customer is called back.
        let at = self.doors[to].time.at_or_within_next(ended, further.elsewhere);
        let at = at.filter(|at| *at < self.scenario.horizon.until);
        let Some(at) = at else {
            if let Some(last) = earlier.pop() {
                self.finish(contact, &earlier, last);
            }
            return;
        };
        self.queues[contact.queue as usize][month].escalated += 1;
        let sent = Contact { hops: contact.hops + 1, ..*contact };
        let received = self.customers[to].receive(&sent, &self.customers[contact.origin as usize], at);
        let (slot, visit) = self.lines.keep(received, month, earlier);
        self.calendar.push(Event::of(&received, at, Doing::GoesOn, slot, visit));
    }

    /// The customer of a contact that ended then will come back while the queue is open, if the horizon lasts.
    fn send_back(&mut self, contact: &Contact, ended: i64) {
        let (queue, customers) = (contact.queue as usize, &self.customers);
        let origin = &customers[contact.origin as usize];
        let elsewhere = self.scenario.queues[queue]
            .returns_to
            .filter(|to| customers[queue].further(contact, origin).elsewhere < to.share);
        let to = elsewhere.map_or(queue, |to| to.queue);
        let Some(at) = self.doors[to].comes_back(contact, ended, self.scenario.horizon.until) else { return };
        let back = Contact { queue: to as u32, attempt: contact.attempt + 1, hops: 0, arrived: at, ..*contact };
        if to == contact.origin as usize {
            return self.calendar.push(Event::of(&back, at, Doing::Returns, NOT_KEPT, 0));
        }
        let received = customers[to].receive(&back, origin, at);
        let (slot, visit) = self.lines.keep(received, 0, Vec::new());
        self.calendar.push(Event::of(&received, at, Doing::Returns, slot, visit));
    }

    #[inline]
    fn finish(&mut self, contact: &Contact, earlier: &[Leg], last: Leg) {
        if !self.scenario.queues[contact.origin as usize].own {
        } else if earlier.is_empty() {
            self.recorder.contact(contact, &[last]);
        } else {
            let legs: Vec<Leg> = earlier.iter().copied().chain([last]).collect();
            self.recorder.contact(contact, &legs);
        }
    }

    /// Nothing happens any more: who still waits will wait forever.
    fn close(mut self) -> Tallies {
        let lines = std::mem::replace(&mut self.lines, Lines::new(self.scenario));
        for Waiting { contact, month, team, joined, earlier, .. } in lines.rest() {
            let queue = &self.scenario.queues[contact.queue as usize];
            self.queues[contact.queue as usize][month].leave_open(&contact, queue, self.scenario.horizon.until);
            self.backlog.note(&contact, FOREVER);
            let leg = Leg { queue: contact.queue, team: team as u32, answer: None, joined, ended: None, outcome: None };
            self.finish(&contact, &earlier, leg);
        }
        let team = |crew: Crew| TeamTally {
            logged_in_ms: crew.steps.logged_in_ms,
            busy_ms: crew.steps.busy_ms,
            others_busy_ms: crew.others_busy_ms,
            handled: crew.handled,
            own: crew.own,
            peak: agents::peak(&crew.team.shifts),
        };
        let backlog = self.backlog.counts;
        Tallies { queues: self.queues, teams: self.crews.into_iter().map(team).collect(), backlog }
    }
}

/// Of each team, the queues with lists that look at its agents.
fn dialed_for(scenario: &Scenario) -> Vec<Vec<usize>> {
    let mut queues = vec![Vec::new(); scenario.teams.len()];
    for (place, queue) in scenario.queues.iter().enumerate() {
        let Some(list) = &queue.list else { continue };
        let serving = queue.routes[0].teams().map(|also| also.team);
        for team in serving.chain(list.dialer.watches.iter().copied()) {
            if !queues[team].contains(&place) {
                queues[team].push(place);
            }
        }
    }
    queues
}

#[cfg(test)]
mod tests;
