//! Erlang C: everyone waits until answered.

use crate::performance::{occupancy, queue_length};
use crate::{Erlangs, Performance, Seconds, ServiceLevels, Share, Traffic, loss};

/// The chance that an arriving contact waits when nobody ever hangs up (Erlang C).
///
///   C(n, a) = B / (1 − (a/n)(1 − B)),   B = B(n, a) of [`erlang_b`](crate::erlang_b);   1 for n ≤ a
///
/// Callers who hang up wait less: see [`performance`](crate::performance) with patience.
/// Gans, Koole, Mandelbaum (2003), "Telephone Call Centers", M&SOM 5(2):79–141.
///
/// ```
/// # use longshore_queueing::{Erlangs, erlang_c};
/// // 100 calls in half an hour, three minutes each, fourteen agents.
/// assert_eq!(format!("{:.4}", erlang_c(Erlangs::new(10.0)?, 14).get()), "0.1741");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn erlang_c(load: Erlangs, agents: u32) -> Share {
    Share::computed(p_wait(load.get(), agents))
}

pub(crate) fn p_wait(load: f64, agents: u32) -> f64 {
    let n = f64::from(agents);
    if n <= load {
        return 1.0; // The queue grows without bound: everyone waits.
    }
    n / (loss::inverse_b(load, agents) * (n - load) + load)
}

/// P(wait > t) with t in mean handle times: C(n, a) e^{−(n−a)t}.
pub(crate) fn p_wait_longer(load: f64, agents: u32, t: f64) -> f64 {
    let spare = f64::from(agents) - load;
    if spare <= 0.0 { 1.0 } else { p_wait(load, agents) * (-spare * t).exp() }
}

/// Mean wait in mean handle times: C(n, a) / (n − a).
pub(crate) fn wait(load: f64, agents: u32) -> f64 {
    let spare = f64::from(agents) - load;
    if spare <= 0.0 { f64::INFINITY } else { p_wait(load, agents) / spare }
}

pub(crate) fn performance(traffic: &Traffic, agents: u32, threshold: Seconds) -> Performance {
    let (load, handle) = (traffic.load(), traffic.handle().get());
    let wait = wait(load.get(), agents);
    Performance {
        agents,
        p_block: Share::NONE,
        p_wait: erlang_c(load, agents),
        p_abandon: Share::NONE,
        wait_s_all: wait * handle,
        wait_s_answered: wait * handle,
        queue_length: queue_length(load, wait),
        occupancy: occupancy(load.get(), agents),
        service_level: ServiceLevels::all(Share::computed(
            1.0 - p_wait_longer(load.get(), agents, threshold.get() / handle),
        )),
    }
}
