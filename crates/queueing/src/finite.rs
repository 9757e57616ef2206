//! Queues with room for a limited number of contacts.

use crate::performance::occupancy;
use crate::{QueueingError, Seconds, ServiceLevels, Share, Traffic};

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
    /// Mean wait of those answered, in seconds. Infinite where nobody is answered.
    pub wait_s_answered: f64,
    /// Mean number of contacts waiting.
    pub queue_length: f64,
    /// Mean number of contacts waiting or handled.
    pub contacts: f64,
    /// Share of the agents' time that contacts take.
    pub occupancy: Share,
    /// Contacts served within the threshold, by each definition. Whoever is turned away is offered and not served in time:
    /// divide all but `answered` by 1 − `p_block` for shares of those let in.
    pub service_level: ServiceLevels,
    /// The chance of 0, 1, … contacts being there. They sum to 1.
    pub states: Vec<f64>,
}

/// The most places there are answers for. Where contacts settle at all they never need so many: such a queue is endless.
const PLACES: u32 = 100_000;

/// What `agents` do for `traffic` where `places` contacts fit, handled and waiting together, with service levels at
/// `threshold`.
///
/// The stationary weights of the birth-death chain, built outwards from the heaviest, so that none overflows. Whoever
/// finds k contacts waiting is answered after stages of rates n/handle + i/patience, i = k … 0. Their order does not
/// matter; in rising order they are those of a birth process, which by time t has had i births with probability
///
///   e^{−nt/handle} Πⱼ (n/handle + j/patience) / i! · (patience (1 − e^{−t/patience}))ⁱ,   j = 0 … i − 1
///
/// (negative binomial; Poisson where nobody hangs up). He still waits if it has had at most k.
///
/// ```
/// # use longshore_queueing::{Erlangs, Seconds, Traffic, finite};
/// let traffic = Traffic::new(Erlangs::new(8.4)?, Seconds::new(2.0)?, None)?;
/// let queue = finite(&traffic, 12, 17, Seconds::new(1.0 / 3.0)?)?;
/// assert_eq!(format!("{:.6}", queue.p_block.get()), "0.009477");
/// assert_eq!(format!("{:.6}", queue.service_level.offered.get()), "0.918768");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn finite(traffic: &Traffic, agents: u32, places: u32, threshold: Seconds) -> Result<Finite, QueueingError> {
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
    let waits =
        Waits::of(&states[agents as usize..places as usize], f64::from(agents), leaving, threshold.get() / handle);
    let answered = (let_in - waits.found + waits.answered).max(0.0);
    let share = |late: f64| Share::computed((let_in - late).max(0.0));
    Ok(Finite {
        p_block: Share::computed(blocked),
        p_abandon: Share::computed(per_load(leaving * queue_length).min(1.0)),
        p_wait: Share::computed(of_let_in(waits.found).min(1.0)),
        wait_s_all: of_let_in(per_load(queue_length)) * handle,
        wait_s_answered: if answered > 0.0 { waits.answered_time / answered * handle } else { f64::INFINITY },
        queue_length,
        contacts: queue_length + busy,
        occupancy: occupancy(busy, agents),
        service_level: ServiceLevels {
            virtual_wait: share(waits.virtual_late),
            offered: Share::computed((answered - waits.answered_late).max(0.0)),
            answered: Share::computed(if answered > 0.0 {
                (1.0 - waits.answered_late / answered).max(0.0)
            } else {
                0.0
            }),
            actual: share(waits.waiting_late),
        },
        states,
    })
}

/// What becomes of those who find all agents busy, as shares of all who come.
struct Waits {
    /// They find nobody free.
    found: f64,
    /// They are answered in the end,
    answered: f64,
    /// and that after the threshold.
    answered_late: f64,
    /// They wait when the threshold has passed.
    waiting_late: f64,
    /// They would if nobody but those ahead hung up.
    virtual_late: f64,
    /// Their mean wait where they are answered, nothing where they are not.
    answered_time: f64,
}

impl Waits {
    /// `full` are the chances of 0, 1, … contacts waiting while there is room. Times are in mean handle times.
    fn of(full: &[f64], agents: f64, leaving: f64, threshold: f64) -> Waits {
        let mut waits = Waits {
            found: 0.0,
            answered: 0.0,
            answered_late: 0.0,
            waiting_late: 0.0,
            virtual_late: 0.0,
            answered_time: 0.0,
        };
        let mut stages = Stages::by(threshold, agents, leaving);
        let mut stages_while_he_stays = Stages::by(threshold, agents + leaving, leaving); // He himself may leave as well.
        let (stays, mut time) = ((-leaving * threshold).exp(), 0.0);
        for (ahead, chance) in full.iter().enumerate() {
            let rate = agents + (ahead as f64 + 1.0) * leaving;
            time += if rate > 0.0 { 1.0 / rate } else { 0.0 };
            let answered = if agents > 0.0 { agents / rate } else { 0.0 };
            let late = stages.at_most_next();
            waits.found += chance;
            waits.answered += chance * answered;
            waits.answered_late += chance * answered * stages_while_he_stays.at_most_next();
            waits.virtual_late += chance * late;
            waits.waiting_late += chance * late * stays;
            waits.answered_time += chance * answered * time;
        }
        waits
    }
}

/// How many stages have passed by a time: the distribution function at 0, 1, ….
struct Stages {
    rate: f64,    // of the stage after as many as `count`
    leaving: f64, // by which it rises with each
    time: f64,    // (1 − e^{−leaving·t}) / leaving
    count: f64,
    log: f64, // of the chance that so many have passed: it may be far too small for a number
    sum: f64,
}

impl Stages {
    fn by(time: f64, rate: f64, leaving: f64) -> Stages {
        let short = if leaving > 0.0 { -(-leaving * time).exp_m1() / leaving } else { time };
        Stages { rate, leaving, time: short, count: 0.0, log: -rate * time, sum: 0.0 }
    }

    /// The chance that at most 0 have passed; when asked again, at most 1, and so on.
    fn at_most_next(&mut self) -> f64 {
        self.sum += self.log.exp();
        self.log += (self.rate * self.time / (self.count + 1.0)).ln();
        self.rate += self.leaving;
        self.count += 1.0;
        self.sum.min(1.0)
    }
}

/// Time in mean handle times: births at rate `load`; min(k, n) finish and the others leave at rate `leaving` each.
fn stationary(load: f64, leaving: f64, agents: u32, places: u32) -> Vec<f64> {
    if load == 0.0 {
        let mut empty = vec![0.0; places as usize + 1];
        empty[0] = 1.0;
        return empty;
    }
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
