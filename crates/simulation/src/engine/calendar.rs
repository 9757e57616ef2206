//! The same story told the slow way: a calendar of instants, lines of waiting contacts, agents with a state. It shares
//! with the engines what a contact and a leg are, and no rule.

use std::collections::BTreeSet;

use longshore_contacts::Outcome;

use crate::agents::Logout;
use crate::contact::{Contact, Customers, FOREVER};
use crate::recorder::{Answer, Leg, Recorder};
use crate::scenario::{Overflow, Scenario, Shift, Span};

/// Everything told, in an order of its own.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Journal {
    pub contacts: Vec<(Contact, Vec<Leg>)>,
    pub served: Vec<(u32, Contact, Answer)>,
    pub logouts: Vec<(u32, Logout)>,
}

impl Journal {
    /// The same story whoever told it.
    pub(super) fn sorted(mut self) -> Journal {
        self.contacts.sort_by_key(|(contact, _)| (contact.queue, contact.number, contact.attempt));
        self.served.sort_by_key(|(_, contact, _)| (contact.queue, contact.number, contact.attempt));
        self.logouts.sort_by_key(|(team, logout)| (*team, logout.agent, logout.since));
        self
    }
}

impl Recorder for Journal {
    fn contact(&mut self, contact: &Contact, legs: &[Leg]) {
        self.contacts.push((*contact, legs.to_vec()));
    }

    fn served(&mut self, contact: &Contact, team: u32, answer: &Answer) {
        self.served.push((team, *contact, *answer));
    }

    fn logout(&mut self, team: u32, logout: &Logout) {
        self.logouts.push((team, *logout));
    }

    fn is_broken(&self) -> bool {
        false
    }
}

#[derive(Clone)]
struct Waiting {
    contact: Contact,
    joined: i64,
    leave_at: i64,
    second: Option<Overflow>,
    teams: Vec<(usize, u8)>, // With its priority at each.
    legs: Vec<Leg>,
}

struct Agent {
    shifts: Vec<Shift>,         // To come, the next one last.
    duty: Option<(Shift, i64)>, // The present one, and since when.
    idle_since: Option<i64>,
    busy_until: i64,
}

struct Calendar<'a, C> {
    scenario: &'a Scenario,
    customers: &'a mut [C],
    now: i64,
    instants: BTreeSet<i64>,
    agents: Vec<Vec<Agent>>,
    line: Vec<Waiting>, // In the order in which they joined.
    returns: BTreeSet<(i64, u32, u64, u8)>,
    journal: Journal,
}

pub(super) fn play<C: Customers>(scenario: &Scenario, customers: &mut [C]) -> Journal {
    let mut instants: BTreeSet<i64> = customers.iter().map(Customers::next_at).collect();
    let mut agents = Vec::new();
    for team in &scenario.teams {
        instants.extend(team.shifts.iter().flat_map(|shift| [shift.from, shift.until]));
        agents.push(
            (0..team.agents.len())
                .map(|agent| {
                    let mut shifts: Vec<Shift> =
                        team.shifts.iter().copied().filter(|shift| shift.agent as usize == agent).collect();
                    shifts.sort_by_key(|shift| -shift.from);
                    Agent { shifts, duty: None, idle_since: None, busy_until: FOREVER }
                })
                .collect(),
        );
    }
    let line = Vec::new();
    let (now, returns, journal) = (0, BTreeSet::new(), Journal::default());
    let mut calendar = Calendar { scenario, customers, now, instants, agents, line, returns, journal };
    while let Some(now) = calendar.instants.pop_first() {
        if now == FOREVER {
            break;
        }
        calendar.now = now;
        (0..scenario.teams.len()).for_each(|team| calendar.work(team));
        while calendar.someone_joins() {}
        calendar.patience_ends();
    }
    for waiting in calendar.line.clone() {
        calendar.tell(waiting);
    }
    calendar.journal
}

impl<C: Customers> Calendar<'_, C> {
    /// All that agents of a team do now.
    fn work(&mut self, team: usize) {
        loop {
            let now = self.now;
            let first = self.line.iter().filter(|waiting| waiting.teams.iter().any(|(serving, _)| *serving == team));
            let head = first.map(|waiting| waiting.joined).min();
            for (place, agent) in self.agents[team].iter_mut().enumerate() {
                if agent.busy_until == now {
                    (agent.idle_since, agent.busy_until) = (Some(now), FOREVER);
                }
                if let (Some((shift, since)), Some(idle)) = (agent.duty, agent.idle_since) {
                    let closing = shift.last && head.is_some_and(|joined| joined < shift.until);
                    if shift.until <= now && !closing {
                        self.journal
                            .logouts
                            .push((team as u32, Logout { agent: place, since, free: idle, until: now }));
                        (agent.duty, agent.idle_since) = (None, None);
                    }
                }
                while agent.duty.is_none() && agent.shifts.last().is_some_and(|shift| shift.from <= now) {
                    let shift = agent.shifts.pop().unwrap();
                    if now < shift.until {
                        (agent.duty, agent.idle_since) = (Some((shift, now)), Some(now));
                    }
                }
            }
            let idle =
                self.agents[team].iter().enumerate().filter_map(|(place, agent)| Some((agent.idle_since?, place)));
            let Some((free, place)) = idle.min() else { return };
            let (shift, _) = self.agents[team][place].duty.unwrap();
            let until = if shift.until <= now { shift.until } else { FOREVER };
            // The most urgent of those who wait for this team, among equals the first; of those only who joined in time.
            let waits = |waiting: &Waiting| {
                let (_, priority) = waiting.teams.iter().find(|(serving, _)| *serving == team)?;
                (waiting.joined < until).then_some(*priority)
            };
            let urgent = self.line.iter().enumerate().filter_map(|(at, waiting)| Some((waits(waiting)?, at)));
            let Some((_, at)) = urgent.min() else { return };
            let waiting = self.line.remove(at);
            self.serve(team, place, free, waiting);
        }
    }

    fn serve(&mut self, team: usize, place: usize, free: i64, mut waiting: Waiting) {
        let (contact, rules) = (waiting.contact, &self.scenario.teams[team]);
        let whole = |length: f64| (length + 0.5).floor() as i64;
        let answer = Answer {
            agent: place as u32,
            at: self.now,
            talk: whole(contact.talk * rules.talk_factor),
            hold: whole(contact.hold * rules.hold_factor),
            wrap: whole(contact.wrap * rules.wrap_factor),
            resolved: contact.resolution < rules.resolved,
            free,
        };
        let ended = self.now + answer.talk + answer.hold;
        let agent = &mut self.agents[team][place];
        (agent.idle_since, agent.busy_until) = (None, ended + answer.wrap);
        self.instants.insert(agent.busy_until);
        if contact.returns && !answer.resolved && contact.attempt < u8::MAX {
            // Every open millisecond from the end on, one by one: so many pass, and in the next the customer is back.
            let open = &self.scenario.queues[contact.queue as usize].open;
            let is_open = |at: &i64| open.iter().any(|span| span.from <= *at && *at < span.until);
            let mut open_from_then = (ended..self.scenario.horizon.until).filter(is_open);
            if let Some(back) = open_from_then.nth(whole(contact.return_after) as usize) {
                self.returns.insert((back, contact.queue, contact.number, contact.attempt + 1));
                self.instants.insert(back);
            }
        }
        self.journal.served.push((team as u32, contact, answer));
        let last = waiting.legs.last_mut().unwrap();
        *last = Leg {
            team: team as u32,
            answer: Some(answer),
            ended: Some(ended),
            outcome: Some(Outcome::Answered),
            ..*last
        };
        self.tell(waiting);
    }

    fn tell(&mut self, waiting: Waiting) {
        if self.scenario.queues[waiting.contact.queue as usize].own {
            self.journal.contacts.push((waiting.contact, waiting.legs));
        }
    }

    fn wait(&mut self, teams: Vec<(usize, u8)>, contact: Contact, second: Option<Overflow>, mut legs: Vec<Leg>) {
        let joined = self.now;
        legs.push(Leg { team: teams[0].0 as u32, answer: None, joined, ended: None, outcome: None });
        let leave_at = second.map_or(FOREVER, |overflow| joined + overflow.after_ms);
        self.instants.extend([leave_at, contact.deadline]);
        self.line.push(Waiting { contact, joined, leave_at, second, teams: teams.clone(), legs });
        teams.iter().for_each(|(team, _)| self.work(*team));
    }

    /// The first of those who join now does.
    fn someone_joins(&mut self) -> bool {
        let now = self.now;
        let leaving = self.line.iter().enumerate();
        let leaving = leaving.filter(|(_, waiting)| waiting.leave_at == now && now < waiting.contact.deadline);
        let order = |contact: &Contact| (contact.queue, contact.number, contact.attempt);
        if let Some((place, _)) = leaving.min_by_key(|(_, waiting)| order(&waiting.contact)) {
            let mut waiting = self.line.remove(place);
            let last = waiting.legs.last_mut().unwrap();
            (last.ended, last.outcome) = (Some(now), Some(Outcome::FlowOut));
            let overflow = waiting.second.unwrap();
            self.wait(vec![(overflow.team, overflow.priority)], waiting.contact, None, waiting.legs);
            return true;
        }
        if let Some(first) = self.returns.first().copied().filter(|(at, ..)| *at == now) {
            self.returns.remove(&first);
            let (at, queue, number, attempt) = first;
            let contact = self.customers[queue as usize].repeat(number, attempt, at);
            self.arrive(contact);
            return true;
        }
        for queue in 0..self.customers.len() {
            if self.customers[queue].next_at() == now {
                let contact = self.customers[queue].next();
                self.instants.insert(self.customers[queue].next_at());
                self.arrive(contact);
                return true;
            }
        }
        false
    }

    fn arrive(&mut self, contact: Contact) {
        let (now, queue) = (self.now, &self.scenario.queues[contact.queue as usize]);
        let within = |spans: &[Span]| spans.iter().any(|span| span.from <= now && now < span.until);
        let mut reach = 0.0;
        let route = queue.routes.iter().find(|route| {
            let applies = route.spans.as_ref().is_none_or(|spans| within(spans));
            reach += if applies { route.share } else { 0.0 };
            applies && contact.route < reach
        });
        let team = route.unwrap_or(&queue.routes[0]).team;
        let refuse = |outcome| {
            let leg = Leg { team: team as u32, answer: None, joined: now, ended: Some(now), outcome: Some(outcome) };
            Waiting { contact, joined: now, leave_at: now, second: None, teams: vec![], legs: vec![leg] }
        };
        match route {
            _ if !within(&queue.open) => self.tell(refuse(Outcome::BlockedClosed)),
            None => self.tell(refuse(Outcome::BlockedEmpty)),
            Some(route) => {
                let also = route.also.iter().map(|also| (also.team, also.priority));
                let teams: Vec<_> = [(team, route.priority)].into_iter().chain(also).collect();
                let there = self.line.iter().filter(|waiting| waiting.teams == teams).count();
                let idle = |(team, _): &(usize, u8)| self.agents[*team].iter().any(|agent| agent.idle_since.is_some());
                if route.places.is_some_and(|places| places as usize <= there) && !teams.iter().any(idle) {
                    self.tell(refuse(Outcome::BlockedFull));
                } else {
                    self.wait(teams, contact, route.overflow, Vec::new());
                }
            }
        }
    }

    fn patience_ends(&mut self) {
        let now = self.now;
        let (gone, stay): (Vec<_>, _) = self.line.drain(..).partition(|waiting| waiting.contact.deadline == now);
        self.line = stay;
        for mut waiting in gone {
            let last = waiting.legs.last_mut().unwrap();
            (last.ended, last.outcome) = (Some(now), Some(Outcome::Abandoned));
            self.tell(waiting);
        }
    }
}
