//! The least number of agents that reaches a target.

use crate::patience::Impatient;
use crate::performance::{occupancy, service_level};
use crate::{Definition, Performance, QueueingError, Seconds, Share, Traffic, delay, loss};

/// What is asked of a queue in the long run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// At least the share `least` within `threshold`, read by `definition`.
    ServiceLevel {
        /// Which of the four readings.
        definition: Definition,
        /// X of "X % within T".
        least: Share,
        /// T of "X % within T".
        threshold: Seconds,
    },
    /// At most this share of contacts finds nobody free.
    Wait {
        /// The share.
        most: Share,
    },
    /// At most this mean wait of all contacts.
    MeanWait {
        /// The mean.
        most: Seconds,
    },
    /// At most this share of the agents' time busy.
    Occupancy {
        /// The share.
        most: Share,
    },
}

/// The least number of agents with which `traffic` meets `target`: with one fewer it is missed.
///
/// All four targets only get better with more agents, so "least" is well defined. A target met by nobody (a service
/// level of zero, say) needs no agents. [`QueueingError::Unreachable`] for what is only met in the limit: a service level
/// of 100 %, no waiting at all, an occupancy of zero.
///
/// ```
/// # use longshore_queueing::{Definition, Erlangs, Seconds, Share, Target, Traffic, agents_for};
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Seconds::new(180.0)?, None)?;
/// let (least, threshold) = (Share::new(0.8)?, Seconds::new(20.0)?);
/// let target = Target::ServiceLevel { definition: Definition::Offered, least, threshold };
/// assert_eq!(agents_for(&traffic, &target)?, 14);
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn agents_for(traffic: &Traffic, target: &Target) -> Result<u32, QueueingError> {
    if target.meets(traffic, 0) {
        return Ok(0);
    }
    if traffic.load().get() == 0.0 {
        return Ok(1); // A rare contact finds whoever is there free.
    }
    if target.is_perfection() {
        return Err(QueueingError::Unreachable);
    }
    let load = traffic.load().get();
    match (traffic.patience(), target) {
        (None, Target::ServiceLevel { least, threshold, .. }) if load < FEW && least.get() < NEARLY_ALL => {
            Ok(scan(traffic, *least, *threshold))
        }
        _ => least_agents(load + load.sqrt(), |agents| target.meets(traffic, agents)),
    }
}

/// A number of agents with a fraction: the service level is read as linear between whole numbers of agents.
///
/// Whole numbers of several small teams round up each; fractions may be added first and rounded once. The fraction is
/// the one used by Ger Koole for comparing forecasts; at a whole number it agrees with [`agents_for`].
///
/// ```
/// # use longshore_queueing::{Definition, Erlangs, Seconds, Share, Traffic, fractional_agents};
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Seconds::new(180.0)?, None)?;
/// let agents = fractional_agents(&traffic, Definition::Offered, Share::new(0.8)?, Seconds::new(20.0)?)?;
/// assert_eq!(format!("{agents:.4}"), "13.0475");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn fractional_agents(
    traffic: &Traffic,
    definition: Definition,
    least: Share,
    threshold: Seconds,
) -> Result<f64, QueueingError> {
    let agents = agents_for(traffic, &Target::ServiceLevel { definition, least, threshold })?;
    if agents == 0 {
        return Ok(0.0);
    }
    let level = |agents| service_level(traffic, agents, threshold, definition).get();
    let (below, above) = (level(agents - 1), level(agents));
    Ok(f64::from(agents - 1) + ((least.get() - below) / (above - below)).clamp(0.0, 1.0))
}

impl Target {
    /// The threshold of a service level; none where the target names none.
    pub(crate) const fn threshold(&self) -> Seconds {
        match self {
            Target::ServiceLevel { threshold, .. } => *threshold,
            Target::Wait { .. } | Target::MeanWait { .. } | Target::Occupancy { .. } => Seconds::ZERO,
        }
    }

    /// Whether a performance, at the target's own threshold, meets it.
    pub(crate) fn is_met_by(&self, performance: &Performance) -> bool {
        match *self {
            Target::ServiceLevel { definition, least, .. } => performance.service_level.by(definition) >= least,
            Target::Wait { most } => performance.p_wait <= most,
            Target::MeanWait { most } => performance.wait_s_all <= most.get(),
            Target::Occupancy { most } => performance.occupancy <= most,
        }
    }

    /// Whether so many agents meet it. Decides on the very numbers that [`performance`](crate::performance) reports.
    fn meets(&self, traffic: &Traffic, agents: u32) -> bool {
        match *self {
            Target::ServiceLevel { definition, least, threshold } => {
                service_level(traffic, agents, threshold, definition) >= least
            }
            Target::Wait { most } => brief(traffic, agents).p_wait <= most.get(),
            Target::MeanWait { most } => brief(traffic, agents).wait_s_all <= most.get(),
            Target::Occupancy { most } => brief(traffic, agents).busy <= most.get(),
        }
    }

    /// What is only met in the limit of endlessly many agents.
    pub(crate) fn is_perfection(&self) -> bool {
        match self {
            Target::ServiceLevel { least, .. } => least.get() >= 1.0,
            Target::Wait { most } | Target::Occupancy { most } => most.get() <= 0.0,
            Target::MeanWait { most } => most.get() <= 0.0,
        }
    }
}

/// What targets other than service levels look at.
struct Brief {
    p_wait: f64,
    wait_s_all: f64,
    busy: f64,
}

fn brief(traffic: &Traffic, agents: u32) -> Brief {
    let (load, handle) = (traffic.load().get(), traffic.handle().get());
    let busy = |carried| occupancy(carried, agents).get();
    match traffic.patience() {
        None => Brief {
            p_wait: delay::p_wait(load, agents),
            wait_s_all: delay::wait(load, agents) * handle,
            busy: busy(load),
        },
        Some(patience) if agents == 0 => Brief { p_wait: 1.0, wait_s_all: patience.get(), busy: busy(load) },
        Some(patience) => {
            let queue = Impatient::new(load, patience.get() / handle, agents);
            Brief {
                p_wait: queue.p_wait,
                wait_s_all: queue.wait_all() * patience.get(),
                busy: busy(load * queue.p_answered),
            }
        }
    }
}

/// The least number of agents above zero that `meets` a target of the caller's own. More agents must never spoil what
/// fewer meet. Steps that double lead away from `guess`, halving leads back: a good guess costs two or three questions.
///
/// [`QueueingError::Unreachable`] if not even [`u32::MAX`] agents do.
pub fn least_agents(guess: f64, meets: impl Fn(u32) -> bool) -> Result<u32, QueueingError> {
    let guess = (guess as u32).max(1);
    let (mut missed, mut met, mut step) = (0u32, guess, 1u32);
    if meets(guess) {
        while met - missed > 1 {
            let try_at = met.saturating_sub(step).max(missed + 1);
            if !meets(try_at) {
                missed = try_at;
                break;
            }
            (met, step) = (try_at, step.saturating_mul(2));
        }
    } else {
        missed = guess;
        loop {
            met = missed.saturating_add(step);
            if meets(met) {
                break;
            }
            if met == u32::MAX {
                return Err(QueueingError::Unreachable);
            }
            (missed, step) = (met, step.saturating_mul(2));
        }
    }
    while met - missed > 1 {
        let middle = missed + (met - missed) / 2;
        if meets(middle) { met = middle } else { missed = middle }
    }
    Ok(met)
}

/// Loads for which one pass over the recursion of Erlang B is the fastest search.
const FEW: f64 = 400.0;

/// Above this a share leaves too few digits for [`scan`]'s quick decisions.
const NEARLY_ALL: f64 = 1.0 - 1e-6;

/// The least agents for a service level of patient callers: the recursion of 1/B runs on from the load upwards, and
///
///   C(n, a) e^{−(n−a)t} ≤ 1 − share   ⟺   n e^{−(n−a)t} ≤ (1 − share)·((n−a)/B + a)
///
/// is decided without a division. Where rounding could decide, the reported service level does.
fn scan(traffic: &Traffic, least: Share, threshold: Seconds) -> u32 {
    const SURE: f64 = 1e-9;
    let (load, t) = (traffic.load().get(), threshold.get() / traffic.handle().get());
    let mut agents = load as u32 + 1;
    let mut n = f64::from(agents);
    let (mut inverse, each, most) = (loss::inverse_b(load, agents), 1.0 / load, 1.0 - least.get());
    let (mut tail, fall) = ((-(n - load) * t).exp(), (-t).exp());
    loop {
        let (late, allowed) = (n * tail, most * ((n - load) * inverse + load));
        if late <= allowed * (1.0 + SURE) {
            let sure = late <= allowed * (1.0 - SURE);
            if sure || 1.0 - delay::p_wait_longer(load, agents, t) >= least.get() {
                return agents;
            }
        }
        agents += 1;
        n += 1.0;
        inverse = 1.0 + n * each * inverse;
        tail *= fall;
    }
}
