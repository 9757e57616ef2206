//! Queues with room for a limited number of contacts.

use crate::performance::occupancy;
use crate::{QueueingError, Share, Traffic};

/// A queue that turns contacts away when all its places are taken (M/M/c/K, with patience M/M/c/K+M), in the long run.
#[derive(Clone, Debug, PartialEq)]
pub struct Finite {
    /// Contacts turned away, of all that come.
    pub p_block: Share,
    /// Contacts let in that hang up, of all that come.
    pub p_abandon: Share,
    /// Contacts let in that find nobody free, of those let in.
    pub p_wait: Share,
    /// Mean wait of those let in, in seconds.
    pub wait_s_all: f64,
    /// Mean number of contacts waiting.
    pub queue_length: f64,
    /// Mean number of contacts waiting or handled.
    pub contacts: f64,
    /// Share of the agents' time that contacts take.
    pub occupancy: Share,
    /// The chance of 0, 1, … contacts being there. They sum to 1.
    pub states: Vec<f64>,
}

/// The most places there are answers for.
const PLACES: u32 = 10_000_000;

/// What `agents` do for `traffic` where `places` contacts fit, handled and waiting together.
///
/// The stationary weights of the birth-death chain, built outwards from the heaviest, so that none overflows.
///
/// ```
/// # use longshore_queueing::{Erlangs, Seconds, Traffic, finite};
/// let traffic = Traffic::new(Erlangs::new(8.4)?, Seconds::new(2.0)?, None)?;
/// let queue = finite(&traffic, 12, 17)?;
/// assert_eq!(format!("{:.6}", queue.p_block.get()), "0.009477");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn finite(traffic: &Traffic, agents: u32, places: u32) -> Result<Finite, QueueingError> {
    if places < agents || places > PLACES {
        return Err(QueueingError::Places { agents, places });
    }
    let (load, handle) = (traffic.load().get(), traffic.handle().get());
    let leaving = traffic.patience().map_or(0.0, |patience| handle / patience.get());
    let states = stationary(load, leaving, agents, places);

    let waiting = |k: usize| (k as f64 - f64::from(agents)).max(0.0);
    let mean = |of: &dyn Fn(usize) -> f64| states.iter().enumerate().map(|(k, p)| of(k) * p).sum::<f64>();
    let queue_length = mean(&waiting);
    let busy = mean(&|k| (k as f64).min(f64::from(agents)));
    let blocked = states[places as usize];
    let let_in = 1.0 - blocked;
    let of_let_in = |share: f64| if let_in > 0.0 { share / let_in } else { 0.0 };
    let per_load = |number: f64| if load > 0.0 { number / load } else { 0.0 };
    Ok(Finite {
        p_block: Share::computed(blocked),
        p_abandon: Share::computed(per_load(leaving * queue_length).min(1.0)),
        p_wait: Share::computed(of_let_in(states[agents as usize..places as usize].iter().sum()).min(1.0)),
        wait_s_all: of_let_in(per_load(queue_length)) * handle,
        queue_length,
        contacts: queue_length + busy,
        occupancy: occupancy(busy, agents),
        states,
    })
}

/// Time in mean handle times: births at rate `load`; min(k, n) finish and the others leave at rate `leaving` each.
fn stationary(load: f64, leaving: f64, agents: u32, places: u32) -> Vec<f64> {
    let n = f64::from(agents);
    let deaths = |k: usize| (k as f64).min(n) + (k as f64 - n).max(0.0) * leaving;
    let heaviest = if load < n {
        load as usize
    } else if load > n && leaving == 0.0 {
        places as usize
    } else {
        (n + (load - n) / leaving.max(f64::MIN_POSITIVE)).min(f64::from(places)) as usize
    };
    let mut weights = vec![1.0; places as usize + 1];
    for k in (0..heaviest).rev() {
        weights[k] = weights[k + 1] * (deaths(k + 1) / load);
    }
    for k in heaviest + 1..weights.len() {
        weights[k] = weights[k - 1] * (load / deaths(k));
    }
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= total);
    weights
}
