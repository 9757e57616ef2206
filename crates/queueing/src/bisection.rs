//! The search for the last number that does.

/// The last number from `low` to `high` for which something holds, where it holds at `low` and, once it fails, ever after. To
/// the last digit: halving stops where no number lies between.
pub(crate) fn last<E>(low: f64, high: f64, holds: impl Fn(f64) -> Result<bool, E>) -> Result<f64, E> {
    const HALVINGS: u32 = 200; // A span of any two numbers is at its last digit long before.
    let (mut low, mut high) = (low, high);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if middle <= low || high <= middle {
            break;
        }
        if holds(middle)? { low = middle } else { high = middle }
    }
    Ok(low)
}
