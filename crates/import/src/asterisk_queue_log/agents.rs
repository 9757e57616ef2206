//! What agents did, from their events.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::ops::Bound::{Excluded, Included};
use std::sync::Arc;

use longshore_contacts::{AgentState, AgentTimeRow, Direction};
use longshore_units::Instant;

use super::call::WRAPUP_FOLLOWS;
use super::carried::{self, CarriedAgent};
use super::event::{Event, Kind};
use crate::{ImportError, Origin, Outbox};

/// The agents of a log.
///
/// Events are sorted before they are looked at, an hour of the log behind its last line; what comes later than that was
/// looked at already, or comes too late.
#[derive(Default)]
pub(super) struct Agents {
    numbers: HashMap<Arc<str>, usize>,
    agents: Vec<(Arc<str>, Agent)>, // In the order in which the log names them.
    waiting: usize,                 // Events of all agents that were not looked at,
    enough: usize, // and how many of them are worth a look: twice what the last one left, so that looks stay few.
}

#[derive(Default)]
struct Agent {
    waiting: Vec<Spell>,
    standing: Standing,
    /// When the stretch began that is not written yet.
    since: i64,
    /// When the last event was that was looked at,
    done: i64,
    /// and all that were then.
    last: Vec<Spell>,
    /// The last ends of conversations and beginnings of after-contact work, of which the log does not say whose it is.
    recent: VecDeque<Spell>,
}

/// An event of an agent, and the call it is of.
#[derive(Clone, Debug)]
pub(super) struct Spell {
    pub call: Arc<str>,
    pub event: Event,
}

/// What became of an event.
pub(super) enum Taken {
    /// It was taken. With it is known of which calls these after-contact works are.
    Yes(Vec<Spell>),
    TooMany,
}

/// How things stand with an agent.
#[derive(Clone, Default, PartialEq, Eq)]
struct Standing {
    login: bool,
    queues: Arc<BTreeSet<Arc<str>>>,
    all_paused: bool,
    paused: Arc<BTreeSet<Arc<str>>>,
    reason: Option<Arc<str>>,
    /// The call, and its queue.
    call: Option<(Arc<str>, Option<Arc<str>>)>,
    /// The queue of the last conversation.
    served: Option<Arc<str>>,
    /// Until when after-contact work lasts.
    wrapping: Option<i64>,
}

type Doing = (AgentState, Option<Arc<str>>, Option<Arc<str>>);

const HOUR: i64 = 3_600_000_000;

impl Agents {
    /// The most agents of a source. What more there are do is not written.
    const MOST: usize = 100_000;

    /// The most queues of an agent.
    const QUEUES: usize = 1024;

    /// After so many events or more those behind the hour are looked at,
    const GATHERED: usize = 1 << 14;

    /// and beyond so many all of them.
    const WAITING: usize = 1 << 18;

    /// The most events of an agent that are looked through for the call whose after-contact work begins.
    const RECENT: usize = 8;

    /// Takes an event.
    pub(super) fn take(&mut self, call: Arc<str>, event: Event) -> Taken {
        let Some(name) = event.member.clone() else { return Taken::Yes(Vec::new()) };
        let number = match self.numbers.get(&name) {
            Some(number) => *number,
            None if Agents::MOST <= self.agents.len() => return Taken::TooMany,
            None => self.add(name, Agent::default()),
        };
        let (_, agent) = &mut self.agents[number];
        let spell = Spell { call, event };
        let wrapped = agent.wrapped(&spell);
        agent.waiting.push(spell);
        self.waiting += 1;
        Taken::Yes(wrapped)
    }

    fn add(&mut self, name: Arc<str>, agent: Agent) -> usize {
        self.numbers.insert(name.clone(), self.agents.len());
        self.agents.push((name, agent));
        self.agents.len() - 1
    }

    /// Looks at what waits if it is much: `now` is where the log is, `forward` whether it is read in the order of time.
    pub(super) fn sweep(
        &mut self,
        now: i64,
        forward: bool,
        starts: &BTreeSet<i64>,
        origin: &Origin,
        out: &mut Outbox<'_>,
    ) -> Result<(), ImportError> {
        if self.waiting < self.enough.max(Agents::GATHERED) || (!forward && self.waiting < Agents::WAITING) {
            return Ok(());
        }
        self.look(now.saturating_sub(HOUR), starts, origin, out)?;
        if Agents::WAITING / 2 < self.waiting {
            self.look(i64::MAX, starts, origin, out)?;
        }
        self.enough = self.waiting * 2;
        Ok(())
    }

    /// Looks at all events until then, and writes what they end.
    pub(super) fn look(
        &mut self,
        until: i64,
        starts: &BTreeSet<i64>,
        origin: &Origin,
        out: &mut Outbox<'_>,
    ) -> Result<(), ImportError> {
        self.waiting = 0;
        for (name, agent) in &mut self.agents {
            agent.look(name, until, starts, origin, out)?;
            self.waiting += agent.waiting.len();
        }
        Ok(())
    }

    /// What the next import needs to know.
    pub(super) fn carried(&self) -> Vec<CarriedAgent> {
        let mut carried: Vec<CarriedAgent> = self.agents.iter().map(|(name, agent)| agent.carried(name)).collect();
        carried.sort_by(|one, other| one.name.cmp(&other.name));
        carried
    }

    /// Takes up an agent where the import before left it.
    pub(super) fn resume(
        &mut self,
        carried: CarriedAgent,
        mut name: impl FnMut(&str) -> Arc<str>,
    ) -> Result<(), ImportError> {
        let mut standing = Standing {
            login: carried.login,
            queues: Arc::new(carried.queues.iter().map(|queue| name(queue)).collect()),
            all_paused: carried.all_paused,
            paused: Arc::new(carried.paused.iter().map(|queue| name(queue)).collect()),
            reason: carried.reason.map(Arc::from),
            call: None,
            served: None,
            wrapping: carried.wrapping,
        };
        let mut named = |text: &str| (!text.is_empty()).then(|| name(text));
        standing.call = carried.call.map(|(call, queue)| (Arc::from(call), named(&queue)));
        standing.served = carried.served.and_then(|queue| named(&queue));
        let mut spell = |(call, event): &(String, String)| {
            Ok(Spell { call: Arc::from(call.as_str()), event: carried::event(event, 0, &mut name)? })
        };
        let mut spells =
            |texts: &[(String, String)]| texts.iter().map(&mut spell).collect::<Result<Vec<_>, ImportError>>();
        let last = spells(&carried.last)?;
        let recent = spells(&carried.recent)?.into();
        let (since, done, name) = (carried.since, carried.done, name(&carried.name));
        self.add(name, Agent { waiting: Vec::new(), standing, since, done, last, recent });
        Ok(())
    }
}

impl Agent {
    /// Brings ends and the after-contact work that follows them together, whichever line comes first. Where an agent ends two
    /// calls at once, all of it goes to both, and each takes what is nearest.
    fn wrapped(&mut self, spell: &Spell) -> Vec<Spell> {
        let is_work = spell.event.kind == Kind::Wrapup;
        if !is_work && !spell.event.kind.is_completion() {
            return Vec::new();
        }
        let fits = |other: &&Spell| {
            (other.event.kind == Kind::Wrapup) != is_work && (other.event.at - spell.event.at).abs() <= WRAPUP_FOLLOWS
        };
        let pair = |other: &Spell| {
            let (work, end) = if is_work { (spell, other) } else { (other, spell) };
            Spell { call: end.call.clone(), event: work.event.clone() }
        };
        let found = self.recent.iter().filter(fits).map(pair).collect();
        self.recent.push_back(spell.clone());
        if Agents::RECENT < self.recent.len() {
            self.recent.pop_front();
        }
        found
    }

    fn look(
        &mut self,
        name: &str,
        until: i64,
        starts: &BTreeSet<i64>,
        origin: &Origin,
        out: &mut Outbox<'_>,
    ) -> Result<(), ImportError> {
        // Mostly they are in order already, and at different instants.
        self.waiting.sort_by(Spell::in_order);
        self.waiting.dedup_by(|later, earlier| later.is(earlier));
        let ready = self.waiting.partition_point(|spell| spell.event.at < until);
        let spells: Vec<Spell> = self.waiting.drain(..ready).collect();
        let mut desk = Desk { name, origin, out };
        let mut rest = &spells[..];
        while let Some(first) = rest.first() {
            let at = first.event.at;
            let (now, later) = rest.split_at(rest.iter().take_while(|spell| spell.event.at == at).count());
            rest = later;
            if at < self.done {
                continue; // It was looked at, or comes too late.
            }
            self.restart(at, starts, &mut desk)?;
            self.at_once(now, &mut desk)?;
        }
        self.restart(until, starts, &mut desk)
    }

    /// Takes what happened at one instant: as long as there is one that changes something, that.
    fn at_once(&mut self, now: &[Spell], desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        let Some(at) = now.first().map(|spell| spell.event.at) else { return Ok(()) };
        if self.done < at {
            self.last.clear();
        }
        self.done = at;
        let is_new = |spell: &&Spell| !self.last.iter().any(|known| known.is(spell));
        let mut left: Vec<&Spell> = now.iter().filter(is_new).collect();
        self.last.extend(left.iter().copied().cloned());
        while let Some(place) = left.iter().position(|spell| self.standing.after(spell) != self.standing) {
            self.take(left.remove(place), desk)?;
        }
        for spell in left.iter().filter(|spell| spell.event.kind == Kind::RingNoAnswer) {
            self.take(spell, desk)?;
        }
        Ok(())
    }

    fn take(&mut self, spell: &Spell, desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        let at = spell.event.at;
        self.wrap_until(at, desk)?;
        let rang = match spell.event.kind {
            Kind::RingNoAnswer => spell.event.first.map(|milliseconds| i64::from(milliseconds) * 1000),
            Kind::Connect => spell.event.second.map(|seconds| i64::from(seconds) * 1_000_000),
            _ => None,
        };
        if let Some(rang) = rang.filter(|rang| 0 < *rang && self.standing.call.is_none()) {
            let from = at.saturating_sub(rang).max(self.since);
            self.write(from, desk)?;
            if self.standing.is_logged_in() {
                let ringing = (AgentState::Ringing, spell.event.queue.clone(), None);
                desk.write(&self.standing, ringing, from, at)?;
            }
            self.since = at.max(self.since);
        }
        let after = self.standing.after(spell);
        if after.doing() != self.standing.doing() {
            self.write(at, desk)?;
        }
        self.standing = after;
        Ok(())
    }

    fn restart(&mut self, until: i64, starts: &BTreeSet<i64>, desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        let from = self.done.min(until);
        for start in starts.range((Excluded(from), Included(until))) {
            self.wrap_until(*start, desk)?;
            self.write(*start, desk)?;
            self.standing = Standing::default();
            self.done = *start;
        }
        Ok(())
    }

    /// Ends after-contact work that was over before `at`.
    fn wrap_until(&mut self, at: i64, desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        let Some(until) = self.standing.wrapping else { return Ok(()) };
        if until <= at {
            if self.standing.call.is_none() {
                self.write(until, desk)?;
            }
            self.standing.wrapping = None;
        }
        Ok(())
    }

    /// Writes what the agent does until then, if it is known that the agent was logged in.
    fn write(&mut self, until: i64, desk: &mut Desk<'_, '_>) -> Result<(), ImportError> {
        if let Some(doing) = self.standing.doing() {
            desk.write(&self.standing, doing, self.since, until)?;
        }
        self.since = until.max(self.since);
        Ok(())
    }

    fn carried(&self, name: &str) -> CarriedAgent {
        let texts = |names: &BTreeSet<Arc<str>>| names.iter().map(|name| name.to_string()).collect();
        let text = |name: &Option<Arc<str>>| name.as_deref().unwrap_or("").to_owned();
        let Standing { login, queues, all_paused, paused, reason, call, served, wrapping } = &self.standing;
        CarriedAgent {
            name: name.to_owned(),
            since: self.since,
            done: self.done,
            login: *login,
            queues: texts(queues),
            all_paused: *all_paused,
            paused: texts(paused),
            reason: reason.as_deref().map(str::to_owned),
            call: call.as_ref().map(|(call, queue)| (call.to_string(), text(queue))),
            served: served.as_deref().map(str::to_owned),
            wrapping: *wrapping,
            last: self.last.iter().map(Spell::written).collect(),
            recent: self.recent.iter().map(Spell::written).collect(),
        }
    }
}

impl Spell {
    fn written(&self) -> (String, String) {
        (self.call.to_string(), carried::written(&self.event))
    }

    fn in_order(&self, other: &Spell) -> std::cmp::Ordering {
        self.event.in_order(&other.event).then_with(|| self.call.cmp(&other.call))
    }

    fn is(&self, other: &Spell) -> bool {
        self.in_order(other) == std::cmp::Ordering::Equal
    }
}

impl Standing {
    fn after(&self, spell: &Spell) -> Standing {
        let mut after = self.clone();
        let event = &spell.event;
        let reason = || event.text.as_deref().map(Arc::from);
        match event.kind {
            Kind::Connect => {
                after.call = Some((spell.call.clone(), event.queue.clone()));
                after.served = event.queue.clone();
                after.wrapping = None;
            }
            Kind::CompleteAgent | Kind::CompleteCaller | Kind::Transfer => {
                after.call = after.call.filter(|(call, _)| *call != spell.call);
            }
            Kind::Login => after.login = true,
            Kind::Logoff => (after.login, after.call) = (false, None),
            Kind::Join => {
                if let Some(queue) = event.queue.as_ref().filter(|_| after.queues.len() < Agents::QUEUES) {
                    Arc::make_mut(&mut after.queues).insert(queue.clone());
                    if event.text.as_deref().is_some_and(|word| word.eq_ignore_ascii_case("paused")) {
                        Arc::make_mut(&mut after.paused).insert(queue.clone());
                    }
                }
            }
            Kind::Leave => {
                if let Some(queue) = &event.queue {
                    Arc::make_mut(&mut after.queues).remove(queue);
                    Arc::make_mut(&mut after.paused).remove(queue);
                }
            }
            Kind::Pause => {
                if let Some(queue) = event.queue.as_ref().filter(|_| after.paused.len() < Agents::QUEUES) {
                    Arc::make_mut(&mut after.paused).insert(queue.clone());
                    after.reason = reason();
                }
            }
            Kind::Unpause => {
                if let Some(queue) = &event.queue {
                    if std::mem::take(&mut after.all_paused) {
                        after.paused = after.queues.clone();
                    }
                    Arc::make_mut(&mut after.paused).remove(queue);
                }
            }
            Kind::PauseAll => (after.all_paused, after.reason) = (true, reason()),
            Kind::UnpauseAll => {
                (after.all_paused, after.reason) = (false, None);
                after.paused = Arc::default();
            }
            Kind::Wrapup => after.wrapping = event.first.map(|seconds| event.at + i64::from(seconds) * 1_000_000),
            Kind::Enter | Kind::Refused(_) | Kind::Left(_) | Kind::RingNoAnswer | Kind::Start => {}
        }
        after
    }

    fn is_logged_in(&self) -> bool {
        self.login || !self.queues.is_empty()
    }

    /// What the agent does; none while it is not known that the agent is logged in.
    fn doing(&self) -> Option<Doing> {
        if !self.is_logged_in() {
            return None;
        }
        if let Some((_, queue)) = &self.call {
            return Some((AgentState::Talking, queue.clone(), None));
        }
        if self.wrapping.is_some() {
            return Some((AgentState::Wrapping, self.served.clone(), None));
        }
        let everywhere = !self.queues.is_empty() && self.queues.iter().all(|queue| self.paused.contains(queue));
        if self.all_paused || everywhere {
            return Some((AgentState::Break, None, self.reason.clone()));
        }
        Some((AgentState::Available, None, None))
    }
}

/// What writing needs.
struct Desk<'d, 's> {
    name: &'d str,
    origin: &'d Origin,
    out: &'d mut Outbox<'s>,
}

impl Desk<'_, '_> {
    fn write(&mut self, standing: &Standing, doing: Doing, from: i64, until: i64) -> Result<(), ImportError> {
        if until <= from {
            return Ok(());
        }
        let (state, queue, reason) = doing;
        let of = |said: fn(&Origin, Option<&'_ str>) -> Option<String>| match &queue {
            Some(queue) => said(self.origin, Some(queue)),
            // A state without queue is of the program that all the agent's queues belong to.
            None => {
                let mut all = standing.queues.iter().map(|queue| said(self.origin, Some(queue)));
                let first = all.next().unwrap_or_else(|| said(self.origin, None));
                if all.all(|other| other == first) { first } else { said(self.origin, None) }
            }
        };
        let with_customers = matches!(state, AgentState::Ringing | AgentState::Talking | AgentState::Wrapping);
        self.out.agent_time(AgentTimeRow {
            source: self.origin.source.clone(),
            agent: self.name.to_owned(),
            provider: self.origin.provider.clone(),
            program: of(|origin, queue| origin.program(queue).map(str::to_owned)),
            site: of(|origin, queue| origin.site(queue).map(str::to_owned)),
            team: None,
            queue: queue.as_deref().map(str::to_owned),
            direction: with_customers.then_some(Direction::Inbound),
            state,
            reason: reason.as_deref().map(str::to_owned),
            from: Instant(from),
            until: Instant(until),
            approved: None,
            week_from: None,
            week_before: None,
            left: None,
        })
    }
}
