//! How many agents each step of the year takes.

use std::cell::Cell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use longshore_queueing::{
    Busyness, Definition, Erlangs, QueueingError, Seconds, Share, Slowdown, Target, Traffic, agents_for, least_agents,
    service_level_together,
};

use crate::StaffingError;
use crate::later;

/// Streams of contacts that the same agents take in the order of arrival, and how many come when.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The streams.
    pub streams: Vec<Stream>,
    /// How many contacts an agent takes at once of those that are worked on together, and how much that slows each.
    pub slowdown: Slowdown,
    /// Steps of time, increasing and apart.
    pub steps: Vec<Step>,
    /// What else decides the number of agents.
    pub rules: Rules,
}

/// How contacts take up agents.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// One at a time, as they come: calls.
    Alone,
    /// Several at a time, as they come: chats.
    Together,
    /// One at a time, when there is time: email. The goal's threshold says until when.
    Later {
        /// For each step, whether the team works on them in it.
        worked: Vec<bool>,
    },
}

/// Contacts of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// How they take up agents.
    pub work: Work,
    /// Mean handle time with these agents, of a contact that is worked on alone.
    pub handle_ms: f64,
    /// Mean patience. `None` if nobody hangs up.
    pub patience_ms: Option<f64>,
    /// Coefficient of variation of a day's busyness (see [`Busyness`]); days of different streams are independent.
    pub busyness_cv: f64,
    /// What the agents are staffed for. `None` for contacts that only keep them busy.
    pub goal: Option<Goal>,
}

/// A service level: at least the share `least` of the offered contacts answered within the threshold, on average over
/// the contacts of busy and quiet days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// The share, below 1.
    pub least: f64,
    /// The threshold.
    pub threshold_ms: i64,
}

/// A step of time, usually a quarter or half of an hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When it begins, in milliseconds since 1970 UTC.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Whether the team takes contacts as they come. Nobody is required for those where it does not.
    pub open: bool,
    /// Contacts expected of each stream.
    pub contacts: Vec<f64>,
}

/// What else decides the number of agents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// The fewest agents while open, even without contacts; usually 1.
    pub open_least: u32,
    /// The most of their time for which contacts may keep agents busy. `None` for no limit but the goals.
    pub occupancy_most: Option<f64>,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { open_least: 1, occupancy_most: None }
    }
}

/// The agents a step takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Requirement {
    /// When the step begins.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Agents at work, ready for contacts or busy with them.
    pub agents: u32,
}

/// The least agents for each step of a pool with which every stream's goal holds.
///
/// A step is read as an [Erlang A](longshore_queueing#erlang-a) queue that has settled (without patience, Erlang C),
/// with all streams' load, their mean handle time, and as rate of hanging up the mean of theirs, each by its contacts.
/// All wait in one line, so every goal is judged by that line. Busyness multiplies the load; its spread is that of the
/// streams' sum. Streams without contacts in a step have no say in it.
///
/// Contacts worked on alone and together have agents of their own, each kind read as one line: an agent who has chats in
/// hand takes no call. What may be done later is done in the time that these agents are free, and what that leaves takes
/// further agents, as evenly as deadlines allow.
pub fn requirement(pool: &Pool) -> Result<Vec<Requirement>, StaffingError> {
    Ok(sizes(pool)?.into_iter().map(|size| size.whole).collect())
}

/// What a step takes, in whole agents and with the fraction that the goals take of the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// In whole agents.
    pub whole: Requirement,
    /// Before it is made whole, and without `open_least`: of calls and of chats, where the line between the service levels of
    /// two numbers of agents meets the goal.
    pub exact: f64,
}

/// The [`requirement`], with what it is before it is whole agents: for who makes it whole over several days.
///
/// # Errors
/// As [`requirement`].
pub fn sizes(pool: &Pool) -> Result<Vec<Size>, StaffingError> {
    in_order(pool.steps.iter().map(|step| (step.from, step.until)))?;
    let mut desk = Desk::new(pool)?;
    let at_once: Vec<(u32, f64)> =
        pool.steps.iter().enumerate().map(|(at, step)| desk.agents(at, step)).collect::<Result<_, _>>()?;
    let (at_once, exact): (Vec<u32>, Vec<f64>) = at_once.into_iter().unzip();
    let later = later::agents(pool, &at_once)?;
    let all = pool.steps.iter().zip(at_once.iter().zip(exact).zip(later));
    let required = |(step, ((at_once, exact), later)): (&Step, ((&u32, f64), u32))| {
        let least = if step.open { pool.rules.open_least } else { 0 };
        let agents = at_once.saturating_add(later).max(least);
        let whole = Requirement { from: step.from, until: step.until, agents };
        Size { whole, exact: exact + f64::from(later) }
    };
    Ok(all.map(required).collect())
}

/// The longest time from the first step to the end of the last: a century.
const HORIZON: i64 = 36_525 * 86_400_000;

/// Steps must be positive, increasing and apart, and within a century.
pub(crate) fn in_order(steps: impl Iterator<Item = (i64, i64)>) -> Result<(), StaffingError> {
    let (mut first, mut end) = (None, i64::MIN);
    for (at, (from, until)) in steps.enumerate() {
        let first = *first.get_or_insert(from);
        if from < end || until <= from || i128::from(until) - i128::from(first) > i128::from(HORIZON) {
            return Err(StaffingError::Order { step: at });
        }
        end = until;
    }
    Ok(())
}

/// What is known already while a pool's steps are gone through.
struct Desk<'a> {
    pool: &'a Pool,
    occupancy_most: Option<Share>,
    goals: Vec<Option<(Share, Seconds)>>,
    known: HashMap<Vec<u64>, (u32, f64)>, // By a step's length and contacts; only looked up.
    busyness: BTreeMap<u32, Busyness>,    // By the coefficient of variation in thousandths.
    spare: [f64; 2], // Agents beyond the load of the last step, in roots of that load: of calls, of chats.
}

impl<'a> Desk<'a> {
    fn new(pool: &'a Pool) -> Result<Desk<'a>, StaffingError> {
        let share = |share: f64| Share::new(share).map_err(|_| StaffingError::Share(share));
        let mut goals = Vec::new();
        for (at, stream) in pool.streams.iter().enumerate() {
            let wrong = |error| StaffingError::Stream { stream: at, error };
            traffic(0.0, stream.handle_ms, stream.patience_ms).map_err(wrong)?;
            Busyness::gamma(stream.busyness_cv).map_err(wrong)?;
            let goal = |goal: &Goal| -> Result<_, QueueingError> {
                let least = Share::new(goal.least)?;
                if least.get() >= 1.0 {
                    return Err(QueueingError::Unreachable);
                }
                Ok((least, Seconds::new(goal.threshold_ms as f64 / 1000.0)?))
            };
            goals.push(stream.goal.as_ref().map(goal).transpose().map_err(wrong)?);
        }
        let occupancy_most = pool.rules.occupancy_most.map(share).transpose()?;
        Ok(Desk { pool, occupancy_most, goals, known: HashMap::new(), busyness: BTreeMap::new(), spare: [1.0; 2] })
    }

    /// Whole, and exact.
    fn agents(&mut self, at: usize, step: &Step) -> Result<(u32, f64), StaffingError> {
        let (given, streams) = (step.contacts.len(), self.pool.streams.len());
        if given != streams {
            return Err(StaffingError::Contacts { step: at, given, streams });
        }
        if !step.open {
            return Ok((0, 0.0));
        }
        let length = step.until - step.from;
        let key: Vec<u64> = step.contacts.iter().map(|contacts| contacts.to_bits()).chain([length as u64]).collect();
        if let Some(agents) = self.known.get(&key) {
            return Ok(*agents);
        }
        let wrong = |error| StaffingError::Step { step: at, error };
        let alone = self.least(&step.contacts, length as f64, &Work::Alone).map_err(wrong)?;
        let together = self.least(&step.contacts, length as f64, &Work::Together).map_err(wrong)?;
        let agents = (alone.0.saturating_add(together.0), alone.1 + together.1);
        self.known.insert(key, agents);
        Ok(agents)
    }

    /// The least agents for the goals of those streams of a kind that have contacts, whole and exact; 0 if there are none.
    fn least(&mut self, contacts: &[f64], length_ms: f64, work: &Work) -> Result<(u32, f64), QueueingError> {
        let of_kind: Vec<f64> = contacts
            .iter()
            .zip(&self.pool.streams)
            .map(|(contacts, stream)| if stream.work == *work { *contacts } else { 0.0 })
            .collect();
        let contacts = &of_kind[..];
        let Some(mix) = Mix::of(&self.pool.streams, contacts, length_ms)? else { return Ok((0, 0.0)) };
        let (alone, kind) = (Slowdown::alone(), usize::from(*work == Work::Together));
        let slowdown = if *work == Work::Together { &self.pool.slowdown } else { &alone };
        // Agents who are all at it get so much done: of contacts alone, as many as they are.
        let load = mix.traffic.load().get() / slowdown.most();
        let present = self.goals.iter().zip(contacts).filter(|(_, contacts)| **contacts > 0.0);
        let goals = strictest(present.filter_map(|(goal, _)| *goal));
        let (mut least, mut exact) = (0, 0.0);
        if !goals.is_empty() {
            let days = self.busy_days(&mix)?;
            let level = |agents, threshold| -> f64 {
                let of =
                    |traffic| service_level_together(traffic, agents, slowdown, threshold, Definition::Offered).get();
                days.iter().map(|(contacts, traffic)| contacts * of(traffic)).sum()
            };
            // The search asks for the least number and for one less, the last of all: between them lies what is exact.
            let (short, enough) = (Cell::new((0, -1.0)), Cell::new((0, 0.0)));
            let holds = |agents| {
                let above = |(least, threshold): &(Share, Seconds)| level(agents, *threshold) - least.get();
                let above = goals.iter().map(above).fold(f64::INFINITY, f64::min);
                let side = if 0.0 <= above { &enough } else { &short };
                side.set((agents, above));
                0.0 <= above
            };
            least = least_agents(load + self.spare[kind] * load.sqrt(), holds)?;
            exact = match (short.get(), enough.get()) {
                ((below, short), (at, enough)) if at == least && below + 1 == least && 0 < below => {
                    f64::from(below) + short / (short - enough)
                }
                _ => f64::from(least),
            };
            self.spare[kind] = ((f64::from(least) - load) / load.sqrt()).clamp(-9.0, 9.0);
        }
        if let Some(most) = self.occupancy_most {
            let not_too_busy = agents_for(&mix.traffic, &Target::Occupancy { most })?;
            least = least.max(not_too_busy);
            // Who hangs up keeps nobody busy: fewer may do than the load takes.
            exact = exact.max((mix.traffic.load().get() / most.get()).min(f64::from(not_too_busy)));
        }
        Ok((least, exact))
    }

    /// Quiet and busy days, each with its share of the contacts.
    fn busy_days(&mut self, mix: &Mix) -> Result<Vec<(f64, Traffic)>, QueueingError> {
        let thousandths = (mix.busyness_cv * 1000.0).round() as u32;
        let busyness = match self.busyness.entry(thousandths) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(Busyness::gamma(f64::from(thousandths) / 1000.0)?),
        };
        busyness.bands().iter().map(|band| Ok((band.days * band.factor, mix.times(band.factor)?))).collect()
    }
}

/// Of goals with the same threshold only the highest counts.
fn strictest(goals: impl Iterator<Item = (Share, Seconds)>) -> Vec<(Share, Seconds)> {
    let mut strictest: Vec<(Share, Seconds)> = Vec::new();
    for (least, threshold) in goals {
        match strictest.iter_mut().find(|(_, known)| *known == threshold) {
            Some((known, _)) if *known < least => *known = least,
            Some(_) => {}
            None => strictest.push((least, threshold)),
        }
    }
    strictest
}

/// Several streams read as one.
struct Mix {
    traffic: Traffic,
    busyness_cv: f64,
}

impl Mix {
    /// `None` without contacts.
    fn of(streams: &[Stream], contacts: &[f64], length_ms: f64) -> Result<Option<Mix>, QueueingError> {
        let (mut all, mut work, mut leaving, mut variance) = (0.0, 0.0, 0.0, 0.0);
        for (stream, contacts) in streams.iter().zip(contacts) {
            if !contacts.is_finite() || *contacts < 0.0 {
                return Err(QueueingError::Load(*contacts));
            }
            all += contacts;
            work += contacts * stream.handle_ms;
            leaving += contacts * stream.patience_ms.map_or(0.0, f64::recip);
            variance += (contacts * stream.handle_ms * stream.busyness_cv).powi(2);
        }
        if all <= 0.0 {
            return Ok(None);
        }
        let patience_ms = if leaving > 0.0 { Some(all / leaving) } else { None };
        let traffic = traffic(work / length_ms, work / all, patience_ms)?;
        Ok(Some(Mix { traffic, busyness_cv: variance.sqrt() / work }))
    }

    /// On a day so busy.
    fn times(&self, factor: f64) -> Result<Traffic, QueueingError> {
        let load = Erlangs::new(self.traffic.load().get() * factor)?;
        Traffic::new(load, self.traffic.handle(), self.traffic.patience())
    }
}

fn traffic(load: f64, handle_ms: f64, patience_ms: Option<f64>) -> Result<Traffic, QueueingError> {
    let seconds = |ms: f64| Seconds::new(ms / 1000.0);
    Traffic::new(Erlangs::new(load)?, seconds(handle_ms)?, patience_ms.map(seconds).transpose()?)
}
