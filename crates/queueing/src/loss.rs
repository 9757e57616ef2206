//! Queues in which nobody waits: who finds all busy is turned away.

use crate::{Erlangs, QueueingError, Share};
use crate::{bisection, gamma};

/// The chance that a contact finds all `agents` (or trunk lines) busy and is turned away (Erlang B).
///
///   B(n, a) = (aⁿ/n!) / Σₖ aᵏ/k!,   k = 0 … n
///
/// Holds for any distribution of handle times. Erlang, A. K. (1917).
///
/// ```
/// # use longshore_queueing::{Erlangs, erlang_b};
/// assert_eq!(format!("{:.10}", erlang_b(Erlangs::new(8.0)?, 10).get()), "0.1216610643");
/// // Neither overflow nor underflow: a queue twice overloaded turns half away.
/// assert_eq!(format!("{:.10}", erlang_b(Erlangs::new(10_000.0)?, 5_000).get()), "0.5000999201");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn erlang_b(load: Erlangs, agents: u32) -> Share {
    Share::computed(1.0 / inverse_b(load.get(), agents))
}

/// Up to as many agents the recursion is faster than the incomplete gamma function.
const RECURSION: u32 = 400;

/// 1/B(n, a), infinite where B is too small for a number.
///
/// Small n: Iₖ = 1 + (k/a)·Iₖ₋₁, a sum of positive terms. Large n: B = d/(Q + d) with the incomplete gamma function of n.
pub(crate) fn inverse_b(load: f64, agents: u32) -> f64 {
    if agents > RECURSION {
        return 1.0 + gamma::above(f64::from(agents), load, f64::from(agents) - load);
    }
    // Four steps at a time: the processor waits for one long chain of operations instead of four.
    let (each, mut k, mut inverse) = (1.0 / load, 0.0, 1.0);
    for _ in 0..agents / 4 {
        let (c1, c2, c3, c4) = ((k + 1.0) * each, (k + 2.0) * each, (k + 3.0) * each, (k + 4.0) * each);
        inverse = (1.0 + c4 + c4 * c3 + c4 * c3 * c2) + (c4 * c3 * c2 * c1) * inverse;
        k += 4.0;
    }
    for _ in 0..agents % 4 {
        k += 1.0;
        inverse = 1.0 + k * each * inverse;
    }
    inverse
}

/// The heaviest load of which `agents` (or trunk lines) turn away at most the share `blocked`.
///
/// Unreachable for a share of 1 (any load) and, without agents, for less; a share of 0 allows no load.
///
/// ```
/// # use longshore_queueing::{Share, erlang_b_load};
/// assert_eq!(format!("{:.3}", erlang_b_load(15, Share::new(0.01)?)?.get()), "8.108");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn erlang_b_load(agents: u32, blocked: Share) -> Result<Erlangs, QueueingError> {
    let blocked = blocked.get();
    if agents == 0 || blocked >= 1.0 {
        return Err(QueueingError::Unreachable);
    }
    // B rises with the load, and load × (1 − B) is at most n: hence the upper end.
    let high = f64::from(agents) / (1.0 - blocked);
    if high > Erlangs::MOST {
        return Err(QueueingError::Unreachable);
    }
    Erlangs::new(bisection::last(0.0, high, |load| Ok(1.0 / inverse_b(load, agents) <= blocked))?)
}

/// The share of time in which all `agents` are busy when contacts come from `sources` callers only, each of whom, while
/// idle, tries at `attempts` per handle time (Engset).
///
///   P = C(S, n) αⁿ / Σₖ C(S, k) αᵏ,   k = 0 … n
///
/// A caller trying sees the queue as the others make it: the share of attempts turned away is that of `sources − 1`.
/// Zero where there are more agents than callers. Engset, T. O. (1918).
///
/// ```
/// # use longshore_queueing::{Erlangs, engset};
/// assert_eq!(format!("{:.10}", engset(20, 5, Erlangs::new(0.2)?).get()), "0.1440838631");
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
pub fn engset(sources: u32, agents: u32, attempts: Erlangs) -> Share {
    if agents > sources {
        return Share::NONE;
    }
    let each = 1.0 / attempts.get();
    let inverse = (1..=agents).fold(1.0, |inverse, k| 1.0 + f64::from(k) * each / f64::from(sources - k + 1) * inverse);
    Share::computed(1.0 / inverse)
}
