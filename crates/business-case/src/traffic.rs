//! What a contract's provider handles in a month of a case, for what the clauses cost.

use longshore_contract::Traffic;
use longshore_units::Milliseconds;

use crate::demand::Expected;
use crate::unmanned::Days;
use crate::{BusinessCase, CaseOption, Opening, Queue};

/// The answered contacts of a month that a contract's provider handles, on average over the horizon, as they come today: of
/// the option with the contract that gives it the most. What nobody answers is a few of a hundred, and what they wait is
/// not known before it is simulated. `contract` is a place in the case. `None` outside the years that calendars can show,
/// or where the provider handles nobody.
pub fn traffic(case: &BusinessCase, contract: usize) -> Option<Traffic> {
    let step_ms = Days::of(&case.zone, &case.decide, case.openings())?.steps.step_ms;
    let expected =
        |queue: &Queue| queue.demand.expected(&queue.open, &case.zone, case.decide.starts, case.decide.months, step_ms);
    let expected: Vec<Expected> = case.queues.iter().map(expected).collect::<Option<_>>()?;
    let provider = &case.contracts[contract].contract.provider;
    let mut most: Option<(f64, &CaseOption, Vec<f64>)> = None;
    for option in case.options.iter().filter(|option| option.contracts.contains(&contract)) {
        let volumes = volumes(case, option, provider, &expected)?;
        let contacts = volumes.iter().sum();
        if most.as_ref().is_none_or(|(most, _, _)| *most < contacts) {
            most = Some((contacts, option, volumes));
        }
    }
    let (contacts, option, volumes) = most.filter(|(contacts, _, _)| 1.0 <= *contacts)?;
    let mut sums = [0.0; 3];
    for (queue, volume) in case.queues.iter().zip(volumes) {
        for (sum, part) in sums.iter_mut().zip([&queue.handle.talk, &queue.handle.hold, &queue.handle.wrap]) {
            *sum += volume * part.mean_over_all_ms();
        }
    }
    let mean = |sum: f64| Milliseconds((sum / contacts).round() as u64);
    let [talk, hold, wrap] = sums.map(mean);
    let reference = Traffic::reference();
    let means = [talk, hold, wrap, reference.means[3], reference.means[4]];
    let minutes = Milliseconds(talk.0.div_ceil(1000) * 1000);
    let source = format!("the {contacts:.0} contacts of `{}` with {minutes} of talk", option.id);
    Some(Traffic { contacts: contacts.round() as u64, means, source })
}

/// The contacts of each queue that a provider's teams handle in a month: of the hours that are theirs alone, of their
/// share of the others, and of what overflows to them.
fn volumes(case: &BusinessCase, option: &CaseOption, provider: &str, expected: &[Expected]) -> Option<Vec<f64>> {
    let months = f64::from(case.decide.months);
    let is_theirs = |team: usize| option.teams[team].provider == provider;
    let mut volumes = Vec::with_capacity(case.queues.len());
    for (position, expected) in expected.iter().enumerate() {
        let handles = || option.handles.iter().filter(|handles| handles.queue == position);
        let mut rest: f64 = expected.contacts.iter().sum();
        let mut theirs = 0.0;
        let (limited, others): (Vec<_>, Vec<_>) = handles().partition(|handles| handles.hours.is_some());
        for handles in limited.into_iter().chain(others) {
            let of_these_hours = match &handles.hours {
                Some(hours) => within(case, expected, hours)?,
                None => rest,
            };
            let contacts = of_these_hours * handles.share;
            if handles.hours.is_some() {
                rest = (rest - contacts).max(0.0);
            }
            let overflows = handles.overflow.map_or(0.0, |overflow| contacts * overflow.expected);
            theirs += if is_theirs(handles.team) { contacts - overflows } else { 0.0 };
            theirs += if handles.overflow.is_some_and(|overflow| is_theirs(overflow.team)) { overflows } else { 0.0 };
        }
        volumes.push(theirs / months);
    }
    Some(volumes)
}

/// The contacts that arrive in some hours.
fn within(case: &BusinessCase, expected: &Expected, hours: &Opening) -> Option<f64> {
    let mut spans = Vec::new();
    let mut day = case.decide.starts;
    while day <= case.decide.last_day() {
        spans.extend(hours.spans(day, &case.zone)?);
        day = day.tomorrow().ok()?;
    }
    let mut contacts = 0.0;
    for (from, until) in spans {
        let step = |at: i64| ((at - expected.from_ms).max(0) / expected.step_ms) as usize;
        let last = expected.contacts.len().min(step(until - 1) + 1);
        for step in step(from)..last {
            let begins = expected.from_ms + step as i64 * expected.step_ms;
            let covered = until.min(begins + expected.step_ms) - from.max(begins);
            contacts += expected.contacts[step] * covered as f64 / expected.step_ms as f64;
        }
    }
    Some(contacts)
}
