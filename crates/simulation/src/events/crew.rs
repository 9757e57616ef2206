//! The agents of one team: who is there, who is free, who is busy until when.

use crate::agents::{LAST_START, Logout, Start};
use crate::contact::FOREVER;
use crate::events::hands::{Hands, Progress, Task};
use crate::pace::Paces;
use crate::recorder::Spell;
use crate::scenario::{Scenario, Shift, Team};
use crate::tallies::{Handled, Steps};
use crate::tournament::Tournament;

/// Stands for the whole team among changes of agents.
const OUTAGE: u32 = u32::MAX;

/// A team at work.
pub(super) struct Crew<'a> {
    pub team: &'a Team,
    pub paces: Paces,
    pub steps: Steps,
    pub others_busy_ms: u128,
    pub handled: u64,
    pub own: Vec<Handled>,
    hands: Vec<Hands>, // What each agent has in hand besides contacts that take an agent alone. Empty if nobody has.
    holding: Vec<Tournament>, // Agents with one, two, ... in hand who take one more.
    fills: bool,       // Whether these come before agents who are free.
    idle: u32,         // How many agents are free.
    aside: Tournament, // Agents who can put aside what they have in hand.
    /// Times in the tournament count from here: nothing comes before it.
    pub origin: i64,
    free: Tournament,
    agents: Vec<Agent>,
    shifts: Vec<Shift>,       // By agent, then by time.
    changes: Vec<(i64, u32)>, // When shifts begin and end, the last first.
    done: Tournament,         // When what agents have in hand comes to something next.
    down: Option<bool>,       // Whether its telephones are down, and whether contacts are refused then.
    over: Vec<u32>,           // Free agents whose shift has ended.
    /// When an agent's state changes next.
    pub next_at: i64,
}

/// An agent's shift, and what is in hand.
#[derive(Clone, Copy)]
struct Agent {
    since: i64,         // When the agent logged in.
    until: i64,         // The shift's end.
    joined_before: i64, // Contacts that joined before this are served after the shift's end.
    back: Option<i64>,  // When the break after it ends.
    free: i64,          // Since when the agent has been free. `FOREVER` while busy or not there.
    here: bool,
    next: usize, // The agent's further shifts
    end: usize,  // in `shifts`.
}

impl<'a> Crew<'a> {
    /// The crew of a team, by its place. `shares` if there may be contacts that do not take an agent alone.
    pub(super) fn new(scenario: &'a Scenario, place: usize, shares: bool) -> Crew<'a> {
        let (team, horizon_from) = (&scenario.teams[place], scenario.horizon.from);
        let mut shifts = team.shifts.clone();
        shifts.sort_unstable_by_key(|shift| (shift.agent, shift.from));
        let starts = shifts.iter().map(|shift| shift.from).chain(team.outages.iter().map(|outage| outage.span.from));
        let origin = starts.min().unwrap_or(horizon_from);
        let first = |agent: usize| shifts.partition_point(|shift| (shift.agent as usize) < agent);
        let agent = |agent| {
            let (next, end) = (first(agent), first(agent + 1));
            Agent { since: 0, until: 0, joined_before: 0, back: None, free: FOREVER, here: false, next, end }
        };
        let mut changes: Vec<(i64, u32)> =
            shifts.iter().flat_map(|shift| [(shift.from, shift.agent), (shift.until, shift.agent)]).collect();
        changes
            .extend(team.outages.iter().flat_map(|outage| [(outage.span.from, OUTAGE), (outage.span.until, OUTAGE)]));
        changes.sort_unstable_by(|one, other| other.cmp(one));
        changes.dedup();
        let shared = if shares { team.agents.len() } else { 0 };
        let at_once = if shares { team.slowdown.len() } else { 1 };
        Crew {
            team,
            paces: Paces::new(team),
            hands: (0..shared).map(|_| Hands::default()).collect(),
            holding: (1..at_once).map(|_| Tournament::new(shared)).collect(),
            fills: shares && scenario.takes_alone(place),
            idle: 0,
            aside: Tournament::new(shared),
            steps: Steps::new(scenario),
            others_busy_ms: 0,
            handled: 0,
            own: vec![Handled::default(); scenario.month_starts.len()],
            origin,
            free: Tournament::new(team.agents.len()),
            agents: (0..team.agents.len()).map(agent).collect(),
            next_at: changes.last().map_or(FOREVER, |(at, _)| *at),
            shifts,
            changes,
            done: Tournament::new(team.agents.len()),
            down: None,
            over: Vec::new(),
        }
    }

    /// Whether contacts that come now are refused.
    pub(super) fn refuses(&self) -> bool {
        self.down == Some(true)
    }

    /// What agents have in hand comes to its end, or to that of a part, one at a time; and agents who have nothing in
    /// hand any more are free. `None` if there is nothing more then.
    pub(super) fn progress(&mut self, at: i64) -> Option<(Progress, Option<Spell>)> {
        while let Some((_, agent)) = self.done.first().filter(|(due, _)| self.origin + *due as i64 <= at) {
            let Some(hands) = self.hands.get_mut(agent).filter(|hands| 0 < hands.len()) else {
                self.done.set(agent, None);
                self.set_free(agent, at);
                continue;
            };
            let progress = hands.advance(at, self.team);
            if 0 < hands.len() {
                self.expect(agent, at);
                return Some((progress, None));
            }
            self.done.set(agent, None);
            let spell = hands.spell(agent, at);
            self.offer(agent, at);
            self.set_free(agent, at);
            return Some((progress, Some(spell)));
        }
        self.plan();
        None
    }

    /// Agents come, and their shifts end.
    pub(super) fn change(&mut self, at: i64) {
        while let Some((_, agent)) = self.changes.last().copied().filter(|(change, _)| *change <= at) {
            self.changes.pop();
            if agent == OUTAGE {
                let outages = &self.team.outages;
                let next = outages.get(outages.partition_point(|outage| outage.span.until <= at));
                self.down = next.filter(|outage| outage.span.from <= at).map(|outage| outage.refuses);
                continue;
            }
            let state = &self.agents[agent as usize];
            if !state.here {
                self.log_in(agent as usize, at);
            } else if state.until <= at && state.free != FOREVER {
                self.over.push(agent);
            } else {
                self.offer(agent as usize, at);
            }
        }
        self.plan();
    }

    fn plan(&mut self) {
        let done = self.done.first().map_or(FOREVER, |(due, _)| self.origin + due as i64);
        self.next_at = self.changes.last().map_or(done, |(at, _)| done.min(*at));
    }

    /// The free agent who is next for any contact, and until when contacts must have joined for them.
    #[inline]
    pub(super) fn next(&self, at: i64) -> Option<(Start, i64)> {
        if self.down.is_some() {
            return None;
        }
        let (_, agent) = self.free.first()?;
        let state = &self.agents[agent];
        let joined_before = if at < state.until { FOREVER } else { state.joined_before };
        let joined_before = if at - self.origin <= LAST_START as i64 { joined_before } else { i64::MIN };
        Some((Start { agent, free: state.free, at }, joined_before))
    }

    /// Whether the agent's shift is over.
    #[inline]
    pub(super) fn is_over(&self, agent: usize, at: i64) -> bool {
        self.agents[agent].until <= at
    }

    /// A free agent is busy until then.
    #[inline]
    pub(super) fn occupy(&mut self, agent: usize, at: i64, until: i64) {
        if until <= at {
            self.set_free(agent, at);
            return;
        }
        self.set_busy(agent);
        self.await_due(agent, until);
        self.plan();
    }

    fn await_due(&mut self, agent: usize, due: i64) {
        self.done.set(agent, Some((due - self.origin) as u64));
    }

    /// An agent takes a contact in hand, beside others or alone.
    pub(super) fn take(&mut self, task: Task, agent: usize, at: i64) {
        self.hands[agent].take(task, at, self.agents[agent].free, self.team);
        self.set_busy(agent);
        self.expect(agent, at);
        self.plan();
    }

    /// When what is in hand comes to something next, and what else the agent may take.
    fn expect(&mut self, agent: usize, at: i64) {
        let due = self.hands[agent].next_at(self.team);
        self.await_due(agent, due);
        self.offer(agent, at);
    }

    /// Says who could take one more, or put aside what is in hand.
    fn offer(&mut self, agent: usize, at: i64) {
        let Some(hands) = self.hands.get(agent) else { return };
        let present = at < self.agents[agent].until && 0 < hands.len();
        let (aside, since) = (hands.can_put_aside(), (at - self.origin) as u64);
        for (place, tournament) in self.holding.iter_mut().enumerate() {
            tournament.set(agent, (present && !hands.is_aside() && hands.len() == place + 1).then_some(since));
        }
        self.aside.set(agent, (present && aside).then_some(since));
    }

    /// Who takes one more beside what is in hand: the agent with the fewest, among those the one for whom nothing has
    /// changed for longest.
    #[inline]
    pub(super) fn next_beside(&self, at: i64) -> Option<Start> {
        let (_, agent) = self.holding.iter().find_map(Tournament::first)?;
        let works = self.down.is_none() && at - self.origin <= LAST_START as i64;
        works.then_some(Start { agent, free: at, at })
    }

    /// Who takes a contact that has just joined: of a team that also takes contacts alone, one that is worked on together
    /// with others goes to who has such in hand first.
    #[inline]
    pub(super) fn next_for(&self, at: i64, together: bool) -> Option<Start> {
        let free = || self.next(at).filter(|(_, joined_before)| at < *joined_before).map(|(start, _)| start);
        let beside = || if together { self.next_beside(at) } else { None };
        if self.fills { beside().or_else(free) } else { free().or_else(beside) }
    }

    /// Whether a contact that waits goes to who has others in hand before it goes to who is free.
    #[inline]
    pub(super) fn fills(&self) -> bool {
        self.fills
    }

    /// Who puts aside what is in hand, for another contact.
    pub(super) fn next_aside(&self, at: i64) -> Option<usize> {
        self.aside
            .first()
            .map(|(_, agent)| agent)
            .filter(|_| self.down.is_none() && at - self.origin <= LAST_START as i64)
    }

    /// The agent puts it aside and is free.
    pub(super) fn put_aside(&mut self, agent: usize, at: i64) -> Option<(Task, Spell)> {
        let task = self.hands[agent].put_aside(at, self.team)?;
        let spell = self.hands[agent].spell(agent, at);
        self.done.set(agent, None);
        self.plan();
        self.offer(agent, at);
        self.set_free(agent, at);
        Some((task, spell))
    }

    fn set_free(&mut self, agent: usize, at: i64) {
        let state = &mut self.agents[agent];
        self.idle += u32::from(state.free == FOREVER);
        state.free = at;
        self.free.set(agent, Some((at - self.origin) as u64));
        if state.until <= at {
            self.over.push(agent as u32);
        }
    }

    fn set_busy(&mut self, agent: usize) {
        self.idle -= u32::from(self.agents[agent].free != FOREVER);
        self.agents[agent].free = FOREVER;
        self.free.set(agent, None);
    }

    /// How many agents could take a contact.
    pub(super) fn free_agents(&self) -> u32 {
        if self.down.is_some() { 0 } else { self.idle }
    }

    /// The next free agent whose shift is over, once each.
    pub(super) fn pop_over(&mut self, at: i64) -> Option<usize> {
        while let Some(agent) = self.over.pop() {
            let state = &self.agents[agent as usize];
            if state.here && state.free != FOREVER && state.until <= at {
                return Some(agent as usize);
            }
        }
        None
    }

    /// The agent goes home, and perhaps straight into the next shift.
    pub(super) fn log_out(&mut self, agent: usize, at: i64) -> Logout {
        let Agent { since, free, back, .. } = self.agents[agent];
        self.agents[agent].here = false;
        self.set_busy(agent);
        self.log_in(agent, at);
        Logout { agent, since, free, until: at, back: back.filter(|back| at < *back) }
    }

    /// Puts the agent on the shift that has begun, if there is one that is not over.
    fn log_in(&mut self, agent: usize, at: i64) {
        let state = &mut self.agents[agent];
        while let Some(shift) = self.shifts[state.next..state.end].first().filter(|shift| shift.from <= at) {
            state.next += 1;
            if at < shift.until {
                state.since = at;
                state.until = shift.until;
                state.joined_before = if shift.last { shift.until } else { i64::MIN };
                state.back = shift.back;
                self.idle += u32::from(state.free == FOREVER);
                state.free = at;
                state.here = true;
                self.free.set(agent, Some((at - self.origin) as u64));
                return;
            }
        }
    }
}
