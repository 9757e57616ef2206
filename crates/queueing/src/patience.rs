//! Erlang A: callers hang up when their patience ends.

use crate::bisection;
use crate::gamma::{self, Below};
use crate::performance::{occupancy, queue_length};
use crate::{Definition, Erlangs, Performance, QueueingError, Seconds, ServiceLevels, Share, Traffic, erlang_b, loss};

/// M/M/n+M with n ≥ 1 agents. Times are in mean patiences: then agents finish contacts at rate x, contacts arrive at
/// rate y, and each who waits leaves at rate 1.
///
/// Above a full house, k contacts wait with weight yᵏ/((x+1)…(x+k)), and the virtual wait has density proportional to
/// exp(y(1 − e^{−t}) − x·t) (Baccelli, Hebuterne 1981). Both sum to incomplete gamma functions of x at y and, for a
/// threshold t, at y·e^{−t}: who waited t and is still there meets the same queue with fewer arrivals to come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Impatient {
    x: f64,
    y: f64,
    gap: f64,        // x − y
    waiting: Below,  // at y
    pub p_wait: f64, // all agents busy
    pub p_abandon: f64,
    pub p_answered: f64, // 1 − p_abandon
}

/// What is left after a threshold, as shares of the contacts that waited.
struct Late {
    /// A caller of endless patience would still wait.
    virtual_wait: f64,
    /// Still waiting, neither answered nor gone.
    waiting: f64,
    /// Will be answered, too late.
    answered: f64,
}

impl Impatient {
    /// `patience` in mean handle times.
    pub(crate) fn new(load: f64, patience: f64, agents: u32) -> Impatient {
        let n = f64::from(agents);
        let (x, y, gap) = (n * patience, load * patience, (n - load) * patience);
        Impatient::of(x, y, gap, 1.0 / loss::inverse_b(load, agents))
    }

    /// Those who wait behind a house that is full with chance `full` if nobody waits, finishes contacts at rate `x` when
    /// it is and gets them at rate `y`, both in mean patiences.
    pub(crate) fn behind(x: f64, y: f64, full: f64) -> Impatient {
        Impatient::of(x, y, x - y, full)
    }

    fn of(x: f64, y: f64, gap: f64, b: f64) -> Impatient {
        let waiting = gamma::below(x, y, gap);
        let free = waiting.r * (1.0 - b); // Weights of some agent free
        let p_wait = b / (free + b); // and of none.
        let p_answered = free / (free + b) + p_wait * waiting.not_g;
        Impatient { x, y, gap, waiting, p_wait, p_abandon: p_wait * waiting.g, p_answered }
    }

    /// 1 − service level at threshold `t`, to full relative precision.
    pub(crate) fn missed(&self, t: f64, definition: Definition) -> f64 {
        let late = self.late(t);
        match definition {
            Definition::Virtual => self.p_wait * late.virtual_wait,
            Definition::Offered => self.p_wait * (self.waiting.g + late.answered),
            Definition::Answered => self.p_wait * late.answered / self.p_answered,
            Definition::Actual => self.p_wait * late.waiting,
        }
    }

    fn late(&self, t: f64) -> Late {
        let still = (-t).exp();
        let y = self.y * still;
        let gap = self.gap - self.y * (-t).exp_m1();
        let after = gamma::below(self.x, y, gap);
        let virtual_wait = if self.gap >= 0.0 {
            (-self.gap * t - self.y * gamma::exp_excess(t)).exp() * self.waiting.r / after.r
        } else {
            let part = if gap >= 0.0 { gamma::density(self.x, y, gap) / after.r } else { gamma::lower(self.x, y, gap) };
            part / gamma::lower(self.x, self.y, self.gap)
        };
        let virtual_wait = virtual_wait.min(1.0);
        Late { virtual_wait, waiting: virtual_wait * still, answered: virtual_wait * still * after.not_g }
    }

    /// Mean wait of all contacts.
    pub(crate) fn wait_all(&self) -> f64 {
        self.p_abandon // Each waiting contact leaves at rate 1.
    }

    /// Mean wait of the answered.
    pub(crate) fn wait_answered(&self) -> f64 {
        let waited_and_answered = self.p_wait * self.waiting.not_g / self.p_answered;
        waited_and_answered * self.wait_answered_of_waiting()
    }

    /// The mean of the density proportional to exp(y(1 − e^{−t}) − (x+1)·t): the virtual wait of those whose patience
    /// lasts that long. No closed form is known, so Gauss and Legendre integrate around its one peak.
    fn wait_answered_of_waiting(&self) -> f64 {
        let fall = (self.gap + 1.0).max(0.0); // The slope at zero, if the peak is there,
        let bend = self.y.min(self.x + 1.0); // and the curvature at the peak.
        let peak = if self.gap + 1.0 < 0.0 { (-(self.gap + 1.0) / (self.x + 1.0)).ln_1p() } else { 0.0 };
        let drop = |from_peak: f64| fall * from_peak + bend * gamma::exp_excess(from_peak);

        let deep = DROP / bend;
        let bent = 0.5 * (deep + (deep * deep + 8.0 * deep).sqrt());
        let right = if fall > 0.0 { bent.min(DROP / fall) } else { bent };
        let left = (2.0 * deep).sqrt();
        let left = left.min((deep + left).ln_1p()).min(peak);

        let cuts = [-1.0, -0.5, -0.25, 0.0].map(|part| part * left);
        let far = [0.0, 1.0 / 16.0, 0.125, 0.25, 0.5, 1.0].map(|part| part * right);
        let (mut weight, mut moment) = (0.0, 0.0);
        for panel in cuts.windows(2).chain(far.windows(2)) {
            let (middle, half) = (0.5 * (panel[0] + panel[1]), 0.5 * (panel[1] - panel[0]));
            for (node, share) in GAUSS_LEGENDRE {
                for t in [middle - half * node, middle + half * node] {
                    let density = half * share * (-drop(t)).exp();
                    weight += density;
                    moment += density * t;
                }
            }
        }
        peak + moment / weight
    }
}

/// Where the density has fallen to e^{−DROP} of its peak, it is left out.
const DROP: f64 = 45.0;

/// Nodes above zero and weights of the rule with 16 nodes on [−1, 1].
const GAUSS_LEGENDRE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
];

pub(crate) fn performance(traffic: &Traffic, patience: Seconds, agents: u32, threshold: Seconds) -> Performance {
    let load = traffic.load();
    if agents == 0 {
        return nobody_there(traffic, patience, threshold);
    }
    let in_handle_times = patience.get() / traffic.handle().get();
    let queue = Impatient::new(load.get(), in_handle_times, agents);
    let t = threshold.get() / patience.get();
    let level = |definition| Share::computed(1.0 - queue.missed(t, definition));
    Performance {
        agents,
        p_block: Share::NONE,
        p_wait: Share::computed(queue.p_wait),
        p_abandon: Share::computed(queue.p_abandon),
        wait_s_all: queue.wait_all() * patience.get(),
        wait_s_answered: queue.wait_answered() * patience.get(),
        queue_length: queue_length(load, queue.wait_all() * in_handle_times),
        occupancy: occupancy(load.get() * queue.p_answered, agents),
        service_level: ServiceLevels {
            virtual_wait: level(Definition::Virtual),
            offered: level(Definition::Offered),
            answered: level(Definition::Answered),
            actual: level(Definition::Actual),
        },
    }
}

/// The mean patience with which the share `abandoned` of a load hangs up: what a phone system's report of load, agents and
/// lost calls says of its callers.
///
/// [`QueueingError::NoPatience`] for a share that none makes: not even callers of endless patience are all answered by too
/// few agents, and not even those of no patience are lost while an agent is free (Erlang B).
///
/// ```
/// # use longshore_queueing::{Erlangs, Seconds, Share, patience_for};
/// let (load, handle) = (Erlangs::new(95.0)?, Seconds::new(300.0)?);
/// assert_eq!(format!("{:.1}", patience_for(load, handle, 100, Share::new(0.027_053_575)?)?.get()), "120.0");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn patience_for(load: Erlangs, handle: Seconds, agents: u32, abandoned: Share) -> Result<Seconds, QueueingError> {
    let lost = |patience: f64| Impatient::new(load.get(), patience / handle.get(), agents).p_abandon;
    let (above, below) = ((1.0 - f64::from(agents) / load.get()).max(0.0), erlang_b(load, agents).get());
    let share = abandoned.get();
    if agents == 0 || load.get() == 0.0 || lost(Seconds::LEAST) < share || share < lost(Seconds::MOST) {
        return Err(QueueingError::NoPatience { share, above, below });
    }
    // From microseconds to ages: by the logarithm.
    let loses_more = |log: f64| Ok(lost(log.exp()) > share);
    let log = bisection::last(Seconds::LEAST.ln(), Seconds::MOST.ln(), loses_more)?;
    Seconds::new(log.exp().min(Seconds::MOST))
}

/// Everyone waits and, in the end, hangs up.
fn nobody_there(traffic: &Traffic, patience: Seconds, threshold: Seconds) -> Performance {
    let in_handle_times = patience.get() / traffic.handle().get();
    Performance {
        agents: 0,
        p_block: Share::NONE,
        p_wait: Share::ALL,
        p_abandon: Share::ALL,
        wait_s_all: patience.get(),
        wait_s_answered: f64::INFINITY,
        queue_length: queue_length(traffic.load(), in_handle_times),
        occupancy: occupancy(traffic.load().get(), 0),
        service_level: ServiceLevels {
            actual: Share::computed(-(-threshold.get() / patience.get()).exp_m1()),
            ..ServiceLevels::all(Share::NONE)
        },
    }
}
