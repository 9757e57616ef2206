//! A queue as callers meet it: how many fit, and who calls again.

use crate::patience::Impatient;
use crate::performance::occupancy;
use crate::target::least_agents;
use crate::{
    Erlangs, Finite, Performance, QueueingError, Seconds, ServiceLevels, Share, Target, Traffic, agents_for, bisection,
    erlang_b, finite, performance,
};

/// Where callers can be while they wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// All fit.
    Endless,
    /// So many fit, handled and waiting together, such as the lines of a trunk; the others are turned away. Agents beyond
    /// the number of places have nothing to do.
    Places(u32),
    /// Nobody waits: whoever finds no agent free is turned away.
    None,
}

/// Who calls again later, on account of how the first attempt went: shares of those to whom it happened. Attempts are
/// so far apart that they find the queue as any other caller does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Redials {
    /// Of those turned away.
    pub blocked: Share,
    /// Of those who hung up.
    pub abandoned: Share,
    /// Of those answered, whose matter was not settled.
    pub answered: Share,
}

impl Redials {
    /// Nobody calls again.
    pub const NONE: Redials = Redials { blocked: Share::NONE, abandoned: Share::NONE, answered: Share::NONE };
}

/// A queue with all that decides on its service but the number of agents.
///
/// ```
/// # use longshore_queueing::{Erlangs, Queue, Redials, Room, Seconds, Share, Traffic};
/// // 95 erlangs of new callers, 100 agents; 60 % of those who hang up try again.
/// let fresh = Traffic::new(Erlangs::new(95.0)?, Seconds::new(300.0)?, Some(Seconds::new(120.0)?))?;
/// let redials = Redials { abandoned: Share::new(0.6)?, ..Redials::NONE };
/// let queue = Queue { fresh, room: Room::Endless, redials };
/// let (traffic, performance) = queue.performance(100, Seconds::new(20.0)?)?;
/// assert_eq!(format!("{:.3}", traffic.load().get()), "97.047");
/// assert_eq!(format!("{:.4}", performance.service_level.offered.get()), "0.8966");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// Those who call for the first time.
    pub fresh: Traffic,
    /// How many fit.
    pub room: Room,
    /// Who calls again.
    pub redials: Redials,
}

impl Queue {
    /// The same queue for another load of new callers.
    pub const fn with_load(&self, fresh: Erlangs) -> Queue {
        Queue { fresh: self.fresh.with_load(fresh), ..*self }
    }

    /// What so many agents do, and for what traffic: of new callers and those who call again.
    ///
    /// With the shares b of blocked, h of hung up and s of answered contacts, and r of those who call again, the load
    /// that comes is the one that feeds itself,
    ///
    ///   a = fresh + a (r_b·b(a) + r_h·h(a) + r_s·s(a)).
    ///
    /// [`QueueingError::NeverSettles`] where there is none: more come back than are answered.
    pub fn performance(&self, agents: u32, threshold: Seconds) -> Result<(Traffic, Performance), QueueingError> {
        let traffic = self.traffic(agents)?;
        Ok((traffic, self.at(&traffic, agents, threshold)?))
    }

    /// The least number of agents that meets the target for all who come, new or again.
    ///
    /// Errors as [`agents_for`](crate::agents_for), which also says what "least" rests on; and
    /// [`QueueingError::Unreachable`] where the places are too few for the target with any number of agents.
    pub fn agents_for(&self, target: &Target) -> Result<u32, QueueingError> {
        if self.room == Room::Endless && self.redials == Redials::NONE {
            return agents_for(&self.fresh, target);
        }
        let met = |agents| match self.performance(agents, target.threshold()) {
            Ok((_, performance)) => Ok(target.is_met_by(&performance)),
            Err(QueueingError::NeverSettles) => Ok(false),
            Err(error) => Err(error),
        };
        if let Room::Places(places) = self.room
            && !met(places)?
        {
            return Err(QueueingError::Unreachable);
        }
        if met(0)? {
            return Ok(0);
        }
        if target.is_perfection() && self.room == Room::Endless {
            return Err(QueueingError::Unreachable);
        }
        let load = self.fresh.load().get();
        least_agents(load + load.sqrt(), |agents| met(agents).unwrap_or(false))
    }

    /// The heaviest load of new callers with which so many agents meet the target.
    ///
    /// [`QueueingError::Unreachable`] where not even a rare caller is served so well, [`QueueingError::AnyLoad`] where
    /// all are, however many.
    ///
    /// ```
    /// # use longshore_queueing::{Definition, Erlangs, Queue, Redials, Room, Seconds, Share, Target, Traffic};
    /// let fresh = Traffic::new(Erlangs::new(0.0)?, Seconds::new(180.0)?, None)?;
    /// let queue = Queue { fresh, room: Room::Endless, redials: Redials::NONE };
    /// let (least, threshold) = (Share::new(0.8)?, Seconds::new(20.0)?);
    /// let most = queue.most_load(14, &Target::ServiceLevel { definition: Definition::Offered, least, threshold })?;
    /// assert_eq!(format!("{:.4}", most.get()), "10.8685");
    /// # Ok::<(), longshore_queueing::QueueingError>(())
    /// ```
    pub fn most_load(&self, agents: u32, target: &Target) -> Result<Erlangs, QueueingError> {
        let met = |load: f64| match self.with_load(Erlangs::new(load)?).performance(agents, target.threshold()) {
            Ok((_, performance)) => Ok(target.is_met_by(&performance)),
            Err(QueueingError::NeverSettles) => Ok(false),
            Err(error) => Err(error),
        };
        if !met(0.0)? {
            return Err(QueueingError::Unreachable);
        }
        let mut high = f64::from(agents).max(1.0);
        while met(high)? {
            if high >= Erlangs::MOST {
                return Err(QueueingError::AnyLoad);
            }
            high = (2.0 * high).min(Erlangs::MOST);
        }
        Erlangs::new(bisection::last(0.0, high, met)?)
    }

    /// New callers and those who call again.
    fn traffic(&self, agents: u32) -> Result<Traffic, QueueingError> {
        let fresh = self.fresh.load().get();
        if self.redials == Redials::NONE || fresh == 0.0 {
            return Ok(self.fresh);
        }
        // What does not come back rises with the load: blocked, hung up and answered contacts all do.
        let settles = |load: f64| {
            let traffic = self.fresh.with_load(Erlangs::new(load)?);
            let (blocked, abandoned) = self.lost(&traffic, agents)?;
            let answered = (1.0 - blocked - abandoned).max(0.0);
            let Redials { blocked: of_blocked, abandoned: of_abandoned, answered: of_answered } = self.redials;
            let again = blocked * of_blocked.get() + abandoned * of_abandoned.get() + answered * of_answered.get();
            Ok(load * (1.0 - again) <= fresh)
        };
        let mut high = fresh;
        while settles(high)? {
            if high >= Erlangs::MOST {
                return Err(QueueingError::NeverSettles);
            }
            high = (2.0 * high).min(Erlangs::MOST);
        }
        Ok(self.fresh.with_load(Erlangs::new(bisection::last(fresh.min(high), high, settles)?)?))
    }

    /// The shares of all contacts that are turned away and that hang up.
    fn lost(&self, traffic: &Traffic, agents: u32) -> Result<(f64, f64), QueueingError> {
        match (self.room, traffic.patience()) {
            (Room::None, _) => Ok((erlang_b(traffic.load(), agents).get(), 0.0)),
            (Room::Places(places), _) => {
                let queue = finite(traffic, agents.min(places), places, Seconds::ZERO)?;
                Ok((queue.p_block.get(), queue.p_abandon.get()))
            }
            (Room::Endless, None) => Ok((0.0, 0.0)),
            (Room::Endless, Some(_)) if agents == 0 => Ok((0.0, 1.0)),
            (Room::Endless, Some(patience)) => {
                let in_handle_times = patience.get() / traffic.handle().get();
                Ok((0.0, Impatient::new(traffic.load().get(), in_handle_times, agents).p_abandon))
            }
        }
    }

    fn at(&self, traffic: &Traffic, agents: u32, threshold: Seconds) -> Result<Performance, QueueingError> {
        match self.room {
            Room::Endless => Ok(performance(traffic, agents, threshold)),
            Room::Places(places) => Ok(limited(finite(traffic, agents.min(places), places, threshold)?, agents)),
            Room::None => Ok(lost_calls(traffic.load(), agents)),
        }
    }
}

fn limited(queue: Finite, agents: u32) -> Performance {
    Performance {
        agents,
        p_block: queue.p_block,
        p_wait: queue.p_wait,
        p_abandon: queue.p_abandon,
        wait_s_all: queue.wait_s_all,
        wait_s_answered: queue.wait_s_answered,
        queue_length: queue.queue_length,
        occupancy: queue.occupancy,
        service_level: queue.service_level,
    }
}

/// Whoever is let in is answered at once.
fn lost_calls(load: Erlangs, agents: u32) -> Performance {
    let p_block = erlang_b(load, agents);
    let let_in = Share::computed(1.0 - p_block.get());
    let answered = if agents > 0 { Share::ALL } else { Share::NONE };
    Performance {
        agents,
        p_block,
        p_wait: Share::NONE,
        p_abandon: Share::NONE,
        wait_s_all: 0.0,
        wait_s_answered: if agents > 0 { 0.0 } else { f64::INFINITY },
        queue_length: 0.0,
        occupancy: occupancy(load.get() * let_in.get(), agents),
        service_level: ServiceLevels { answered, ..ServiceLevels::all(let_in) },
    }
}
