//! A case's month, for what the clauses of its contracts cost.

use longshore_contract::Traffic;
use longshore_units::Milliseconds;

use crate::BusinessCase;

/// The answered contacts of a month of the case, on average over its horizon, as they come today: what nobody answers is a
/// few of a hundred, and what they wait is not known before it is simulated. `None` outside the years that calendars can
/// show, or where nobody comes.
pub fn traffic(case: &BusinessCase) -> Option<Traffic> {
    let months = case.decide.months;
    let (mut contacts, mut sums) = (0.0, [0.0; 3]);
    for queue in &case.queues {
        let expected = queue.demand.expected(&queue.open, &case.zone, case.decide.starts, months, 3_600_000)?;
        let volume: f64 = expected.contacts.iter().sum::<f64>() / f64::from(months);
        contacts += volume;
        for (sum, part) in sums.iter_mut().zip([&queue.handle.talk, &queue.handle.hold, &queue.handle.wrap]) {
            *sum += volume * part.mean_over_all_ms();
        }
    }
    if contacts < 1.0 {
        return None;
    }
    let mean = |sum: f64| Milliseconds((sum / contacts).round() as u64);
    let [talk, hold, wrap] = sums.map(mean);
    let reference = Traffic::reference();
    let means = [talk, hold, wrap, reference.means[3], reference.means[4]];
    let minutes = Milliseconds(talk.0.div_ceil(1000) * 1000);
    let source = format!("{contacts:.0} contacts of `{}` with {minutes} of talk", case.name);
    Some(Traffic { contacts: contacts.round() as u64, means, source })
}
