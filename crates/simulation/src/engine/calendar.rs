//! The same story told the slow way: a calendar of instants, lines of waiting contacts, agents with a state. It shares
//! with the engines what a contact and a leg are, and no rule.

use std::collections::BTreeSet;

use longshore_contacts::Outcome;

use crate::agents::Logout;
use crate::contact::{Contact, Customers, FOREVER};
use crate::recorder::{Answer, Leg, Recorder, Spell};
use crate::scenario::{Overflow, Scenario, Shift, Span, Work};

/// Everything told, in an order of its own.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Journal {
    pub contacts: Vec<(Contact, Vec<Leg>)>,
    pub served: Vec<(u32, Contact, Answer)>,
    pub logouts: Vec<(u32, Logout)>,
    pub spells: Vec<(u32, Spell)>,
}

impl Journal {
    /// The same story whoever told it.
    pub(crate) fn sorted(mut self) -> Journal {
        self.contacts.sort_by_key(|(contact, _)| (contact.queue, contact.number, contact.attempt));
        self.served.sort_by_key(|(_, contact, _)| (contact.queue, contact.number, contact.attempt));
        self.spells.sort_by_key(|(team, spell)| (*team, spell.agent, spell.from, spell.until));
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

    fn worked(&mut self, team: u32, spell: &Spell) {
        self.spells.push((team, *spell));
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
    order: usize,            // Of joining, which a contact keeps when it is put aside.
    begun: Option<Vec<u64>>, // What is left to do of each part, in sixths, if it was.
}

impl Waiting {
    fn is_alone(&self, scenario: &Scenario) -> bool {
        self.work(scenario) == Work::Alone
    }

    fn work(&self, scenario: &Scenario) -> Work {
        scenario.queues[self.contact.queue as usize].work
    }
}

/// A contact among those an agent has in hand.
struct Held {
    waiting: Waiting,
    left: Vec<u64>, // Of each part, in sixths of a millisecond.
    spent: [i64; 3],
    answer: Answer,
    ended: i64,
}

struct Agent {
    held: Vec<Held>,
    spell: (i64, i64, Option<u32>), // Free before, since when something is in hand, and of which queue.
    touched: i64,                   // When a part began or ended.

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
    line: Vec<Waiting>,
    joined: usize,
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
                    Agent {
                        held: vec![],
                        spell: (0, 0, None),
                        touched: 0,
                        shifts,
                        duty: None,
                        idle_since: None,
                        busy_until: FOREVER,
                    }
                })
                .collect(),
        );
    }
    let line = Vec::new();
    let (now, returns, journal) = (i64::MIN, BTreeSet::new(), Journal::default());
    let mut calendar = Calendar { scenario, customers, now, instants, agents, line, joined: 0, returns, journal };
    while let Some(now) = calendar.instants.pop_first() {
        if now == FOREVER {
            break;
        }
        if calendar.now < now {
            calendar.now = now;
            calendar.hold();
        }
        (0..scenario.teams.len()).for_each(|team| calendar.finish_parts(team));
        (0..scenario.teams.len()).for_each(|team| calendar.work(team));
        while calendar.someone_joins() {}
        calendar.patience_ends();
    }
    for mut waiting in calendar.line.clone() {
        waiting.legs.last_mut().unwrap().answer = None;
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
                        let back = shift.back.filter(|back| now < *back);
                        let logout = Logout { agent: place, since, free: idle, until: now, back };
                        self.journal.logouts.push((team as u32, logout));
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
            if self.scenario.takes_alone(team) && self.take_beside(team) {
                continue;
            }
            let idle =
                self.agents[team].iter().enumerate().filter_map(|(place, agent)| Some((agent.idle_since?, place)));
            let Some((free, place)) = idle.min() else {
                if self.take_beside(team) {
                    continue;
                }
                return;
            };
            let (shift, _) = self.agents[team][place].duty.unwrap();
            let until = if shift.until <= now { shift.until } else { FOREVER };
            let Some(at) = self.most_urgent(team, until, false) else {
                if self.take_beside(team) {
                    continue;
                }
                return;
            };
            let waiting = self.line.remove(at);
            self.serve(team, place, free, waiting);
        }
    }

    /// The most urgent of those who wait for a team, among equals the first; of those only who joined in time, and who
    /// can be served beside others if asked.
    fn most_urgent(&self, team: usize, until: i64, beside: bool) -> Option<usize> {
        let waits = |(at, waiting): (usize, &Waiting)| {
            let (_, priority) = waiting.teams.iter().find(|(serving, _)| *serving == team)?;
            let work = waiting.work(self.scenario);
            let eligible = waiting.joined < until && (!beside || work == Work::Together);
            eligible.then_some((work == Work::PutAside, *priority, waiting.joined, waiting.order, at))
        };
        self.line.iter().enumerate().filter_map(waits).min().map(|(.., at)| at)
    }

    /// One more beside others, for the agent with the fewest of them.
    fn take_beside(&mut self, team: usize) -> bool {
        let now = self.now;
        let room = self.scenario.teams[team].slowdown.len();
        let agents = self.agents[team].iter().enumerate().filter(|(_, agent)| {
            let together = agent.held.first().is_some_and(|held| held.waiting.work(self.scenario) == Work::Together);
            together && agent.held.len() < room && agent.duty.is_some_and(|(shift, _)| now < shift.until)
        });
        let fewest = agents.map(|(place, agent)| (agent.held.len(), agent.touched, place)).min();
        let (Some((_, _, place)), Some(at)) = (fewest, self.most_urgent(team, FOREVER, true)) else { return false };
        let waiting = self.line.remove(at);
        self.serve(team, place, now, waiting);
        true
    }

    /// For a contact that nobody has taken: somebody puts aside what is in hand.
    fn make_room(&mut self, order: usize) {
        let now = self.now;
        let Some(at) = self.line.iter().position(|waiting| waiting.order == order) else { return };
        if self.line[at].work(self.scenario) == Work::PutAside {
            return;
        }
        for (team, _) in self.line[at].teams.clone() {
            let agents = self.agents[team].iter().enumerate().filter(|(_, agent)| {
                let held = agent.held.first().filter(|held| held.waiting.work(self.scenario) == Work::PutAside);
                let early = held.is_some_and(|held| 1 < held.left.len());
                early && agent.duty.is_some_and(|(shift, _)| now < shift.until)
            });
            if let Some((_, place)) = agents.map(|(place, agent)| (agent.touched, place)).min() {
                let waiting = self.line.remove(at);
                let agent = &mut self.agents[team][place];
                let Held { waiting: mut aside, left, answer, spent, .. } = agent.held.remove(0);
                let (free, from, queue) = agent.spell;
                agent.idle_since = Some(now);
                self.journal.spells.push((team as u32, Spell { agent: place as u32, free, from, until: now, queue }));
                let last = aside.legs.last_mut().unwrap();
                last.answer = Some(Answer { talk: spent[0], hold: spent[1], wrap: spent[2], ..answer });
                (aside.begun, aside.contact.deadline, aside.leave_at) = (Some(left), FOREVER, FOREVER);
                self.serve(team, place, now, waiting);
                let teams = aside.teams.clone();
                self.line.push(aside);
                teams.iter().for_each(|(team, _)| self.work(*team));
                return;
            }
        }
    }

    /// A millisecond of work on all that is held. Sixths, so that the speeds tried here come out even.
    fn hold(&mut self) {
        for (rules, agents) in self.scenario.teams.iter().zip(&mut self.agents) {
            for agent in agents.iter_mut().filter(|agent| !agent.held.is_empty()) {
                self.instants.insert(self.now + 1);
                let done = (6.0 / rules.slowdown[agent.held.len() - 1]) as u64;
                for held in &mut agent.held {
                    held.spent[3 - held.left.len()] += 1;
                    // What is done beyond the end of a part is done of the next.
                    held.left[0] = held.left[0].wrapping_sub(done);
                }
            }
        }
    }

    /// Parts that are over give way to the next.
    fn finish_parts(&mut self, team: usize) {
        let over = |left: u64| left == 0 || u64::MAX / 2 < left;
        for place in 0..self.agents[team].len() {
            while let Some(first) = self.agents[team][place].held.iter().position(|held| over(held.left[0])) {
                let now = self.now;
                let agent = &mut self.agents[team][place];
                agent.touched = now;
                let held = &mut agent.held[first];
                let beyond = held.left.remove(0);
                if let Some(next) = held.left.first_mut() {
                    *next = next.wrapping_add(beyond);
                    if held.left.len() == 1 {
                        held.ended = now;
                        let (contact, resolved) = (held.waiting.contact, held.answer.resolved);
                        self.come_back(contact, resolved, now);
                    }
                    continue;
                }
                let Held { mut waiting, spent, answer, ended, .. } = agent.held.remove(first);
                if agent.held.is_empty() {
                    agent.idle_since = Some(now);
                    let (free, from, queue) = agent.spell;
                    let spell = Spell { agent: place as u32, free, from, until: now, queue };
                    self.journal.spells.push((team as u32, spell));
                }
                let answer = Answer { talk: spent[0], hold: spent[1], wrap: spent[2], ..answer };
                let last = waiting.legs.last_mut().unwrap();
                let (team, outcome) = (team as u32, Some(Outcome::Answered));
                *last = Leg { team, answer: Some(answer), ended: Some(ended), outcome, ..*last };
                self.tell(waiting);
            }
        }
    }

    fn begin(&mut self, team: usize, place: usize, mut waiting: Waiting, answer: Answer) {
        let sixths = |length: i64| 6 * length as u64;
        let left = waiting.begun.take();
        let before = waiting.legs.last().unwrap().answer.filter(|_| left.is_some());
        let (spent, answer) = match before {
            Some(before) => {
                let Answer { agent, resolved, .. } = answer;
                ([before.talk, before.hold, before.wrap], Answer { agent, resolved, ..before })
            }
            None => ([0; 3], answer),
        };
        let left = left.unwrap_or_else(|| vec![sixths(answer.talk), sixths(answer.hold), sixths(answer.wrap)]);
        let queue = waiting.contact.queue;
        let agent = &mut self.agents[team][place];
        agent.spell = match agent.held.is_empty() {
            true => (agent.idle_since.unwrap(), self.now, Some(queue)),
            false => (agent.spell.0, agent.spell.1, agent.spell.2.filter(|of_all| *of_all == queue)),
        };
        (agent.idle_since, agent.touched) = (None, self.now);
        agent.held.push(Held { waiting, left, spent, answer, ended: FOREVER });
        self.instants.insert(self.now + 1);
        self.finish_parts(team);
    }

    fn come_back(&mut self, contact: Contact, resolved: bool, ended: i64) {
        if contact.returns && !resolved && contact.attempt < u8::MAX {
            // Every open millisecond from the end on, one by one: so many pass, and in the next the customer is back.
            let open = &self.scenario.queues[contact.queue as usize].open;
            let is_open = |at: &i64| open.iter().any(|span| span.from <= *at && *at < span.until);
            let mut open_from_then = (ended..self.scenario.horizon.until).filter(is_open);
            if let Some(back) = open_from_then.nth((contact.return_after + 0.5).floor() as usize) {
                self.returns.insert((back, contact.queue, contact.number, contact.attempt + 1));
                self.instants.insert(back);
            }
        }
    }

    fn serve(&mut self, team: usize, place: usize, free: i64, mut waiting: Waiting) {
        let (contact, rules) = (waiting.contact, &self.scenario.teams[team]);
        let whole = |length: f64| (length + 0.5).floor() as i64;
        let paces = rules.paces.iter().filter(|pace| pace.agent as usize == place && pace.from <= self.now);
        let pace = paces.max_by_key(|pace| pace.from).map_or(1.0, |pace| pace.factor);
        let answer = Answer {
            agent: place as u32,
            at: self.now,
            talk: whole(contact.talk * rules.talk_factor * pace),
            hold: whole(contact.hold * rules.hold_factor * pace),
            wrap: whole(contact.wrap * rules.wrap_factor * pace),
            resolved: contact.resolution < rules.resolved,
            free,
        };
        if !waiting.is_alone(self.scenario) {
            return self.begin(team, place, waiting, answer);
        }
        let ended = self.now + answer.talk + answer.hold;
        let agent = &mut self.agents[team][place];
        (agent.idle_since, agent.busy_until) = (None, ended + answer.wrap);
        self.instants.insert(agent.busy_until);
        self.come_back(contact, answer.resolved, ended);
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
        legs.push(Leg {
            queue: contact.queue,
            team: teams[0].0 as u32,
            answer: None,
            joined,
            ended: None,
            outcome: None,
        });
        let leave_at = second.map_or(FOREVER, |overflow| joined + overflow.after_ms);
        self.instants.extend([leave_at, contact.deadline]);
        let order = self.joined;
        self.joined += 1;
        self.line.push(Waiting { contact, joined, leave_at, second, teams: teams.clone(), legs, order, begun: None });
        teams.iter().for_each(|(team, _)| self.work(*team));
        self.make_room(order);
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
            let leg = Leg {
                queue: contact.queue,
                team: team as u32,
                answer: None,
                joined: now,
                ended: Some(now),
                outcome: Some(outcome),
            };
            Waiting {
                contact,
                joined: now,
                leave_at: now,
                second: None,
                teams: vec![],
                legs: vec![leg],
                order: 0,
                begun: None,
            }
        };
        match route {
            _ if !within(&queue.open) => self.tell(refuse(Outcome::BlockedClosed)),
            None => self.tell(refuse(Outcome::BlockedEmpty)),
            Some(route) => {
                let also = route.also.iter().map(|also| (also.team, also.priority));
                let teams: Vec<_> = [(team, route.priority)].into_iter().chain(also).collect();
                let there = self.line.iter().filter(|waiting| waiting.teams == teams);
                let work = queue.work;
                let there = there.filter(|waiting| waiting.work(self.scenario) == work).count();
                let full = route.places.is_some_and(|places| places as usize <= there);
                let order = self.joined;
                self.wait(teams, contact, route.overflow, Vec::new());
                if let Some(at) = self.line.iter().position(|waiting| waiting.order == order && full) {
                    self.line.remove(at);
                    self.tell(refuse(Outcome::BlockedFull));
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
