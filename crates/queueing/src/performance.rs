//! What a number of agents does for the contacts: the answer of every queue.

use crate::patience::Impatient;
use crate::{Erlangs, Seconds, Share, Traffic, delay, patience};

/// Four readings of "X % within T seconds". Contracts must name one; for callers who never hang up they are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Definition {
    /// A caller of endless patience would wait at most T.
    Virtual,
    /// Answered within T, of all offered.
    Offered,
    /// Answered within T, of all answered.
    Answered,
    /// Waited at most T, be it until the answer or until hanging up; of all offered.
    Actual,
}

/// The service level by each [`Definition`].
///
/// Always offered ≤ virtual ≤ actual, and offered ≤ answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ServiceLevels {
    /// By [`Definition::Virtual`].
    pub virtual_wait: Share,
    /// By [`Definition::Offered`].
    pub offered: Share,
    /// By [`Definition::Answered`]; zero where nobody is answered.
    pub answered: Share,
    /// By [`Definition::Actual`].
    pub actual: Share,
}

impl ServiceLevels {
    /// The one that a contract names.
    pub const fn by(&self, definition: Definition) -> Share {
        match definition {
            Definition::Virtual => self.virtual_wait,
            Definition::Offered => self.offered,
            Definition::Answered => self.answered,
            Definition::Actual => self.actual,
        }
    }

    pub(crate) const fn all(share: Share) -> ServiceLevels {
        ServiceLevels { virtual_wait: share, offered: share, answered: share, actual: share }
    }
}

/// How a queue does in the long run, with so many agents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Performance {
    /// Agents at work, busy or free.
    pub agents: u32,
    /// Contacts turned away because all places are taken; none where the queue is endless.
    pub p_block: Share,
    /// Contacts that find nobody free, of those let in.
    pub p_wait: Share,
    /// Contacts that hang up before they are answered, of all that come.
    pub p_abandon: Share,
    /// Mean wait of all contacts let in, zero for those who do not wait, in seconds. Infinite in an overloaded queue nobody leaves.
    pub wait_s_all: f64,
    /// Mean wait of those answered (the average speed of answer), in seconds. Infinite also where nobody is answered.
    pub wait_s_answered: f64,
    /// Mean number of contacts waiting.
    pub queue_length: f64,
    /// Share of the agents' time that contacts take. One where there are contacts and no agents.
    pub occupancy: Share,
    /// Contacts served within the threshold, by each definition.
    pub service_level: ServiceLevels,
}

/// What `agents` do for `traffic`, with service levels at `threshold`.
///
/// Exact for Poisson arrivals, exponential handle times and exponential patience: [Erlang A](crate#erlang-a) where
/// callers hang up, [Erlang C](crate#erlang-c) where they do not. A load of zero is read as its limit: a rare contact
/// that finds everyone free.
///
/// ```
/// # use longshore_queueing::{Erlangs, Seconds, Traffic, performance};
/// let (handle, patience) = (Seconds::new(300.0)?, Seconds::new(120.0)?);
/// let traffic = Traffic::new(Erlangs::new(95.0)?, handle, Some(patience))?;
/// let result = performance(&traffic, 100, Seconds::new(20.0)?);
/// assert_eq!(format!("{:.5}", result.p_abandon.get()), "0.02705");
/// assert_eq!(format!("{:.5}", result.service_level.offered.get()), "0.92238");
/// assert_eq!(format!("{:.5}", result.service_level.virtual_wait.get()), "0.93529");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn performance(traffic: &Traffic, agents: u32, threshold: Seconds) -> Performance {
    match traffic.patience() {
        Some(patience) => patience::performance(traffic, patience, agents, threshold),
        None => delay::performance(traffic, agents, threshold),
    }
}

/// One service level of [`performance`], without the rest: for searches and averages.
pub fn service_level(traffic: &Traffic, agents: u32, threshold: Seconds, definition: Definition) -> Share {
    Share::computed(1.0 - missed(traffic, agents, threshold, definition))
}

/// 1 − service level, with the digits that are lost where that level is near 1.
pub(crate) fn missed(traffic: &Traffic, agents: u32, threshold: Seconds, definition: Definition) -> f64 {
    let (load, handle) = (traffic.load().get(), traffic.handle().get());
    match traffic.patience() {
        None => delay::p_wait_longer(load, agents, threshold.get() / handle),
        Some(patience) => {
            let t = threshold.get() / patience.get();
            match (agents, definition) {
                (0, Definition::Actual) => (-t).exp(), // They hang up in time.
                (0, _) => 1.0,
                _ => Impatient::new(load, patience.get() / handle, agents).missed(t, definition),
            }
        }
    }
}

/// The share of the time of `agents` that a load takes, at most 1.
pub(crate) fn occupancy(carried: f64, agents: u32) -> Share {
    match agents {
        0 => Share::computed(f64::from(u8::from(carried > 0.0))),
        _ => Share::computed((carried / f64::from(agents)).min(1.0)),
    }
}

/// Little's law: contacts waiting, from the mean wait of all of them.
pub(crate) fn queue_length(load: Erlangs, wait_in_handle_times: f64) -> f64 {
    if load.get() > 0.0 { load.get() * wait_in_handle_times } else { 0.0 }
}
