//! The best service that any number of agents could give, in the hours in which they work.

use longshore_document::{Findings, Node};
use longshore_units::{Milliseconds, Zone};

use crate::steps::openings;
use crate::unmanned::Days;
use crate::{BusinessCase, Decide, Handles, Queue, Team, at_work};

/// How much of a queue somebody is there for in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// The queue, by its place in the case.
    pub queue: usize,
    /// The share of its contacts that can be answered within the wait that is promised, however many agents there are.
    pub share: f64,
    /// The longest time that a contact waits until anybody works on it, in milliseconds.
    pub pause_ms: u64,
}

impl Reach {
    /// The reach of an option's queues whose target is beyond it: of those with contacts that may wait. It looks at who comes
    /// as the program says, not at who comes back. `None` outside the years that calendars can show.
    pub fn beyond(case: &BusinessCase, option: usize) -> Option<Vec<Reach>> {
        let described = &case.options[option];
        let days = Days::of(&case.zone, &case.decide, openings(&case.queues, described.handles.iter()))?;
        let own = (&described.teams[..], &described.handles[..]);
        Some((0..case.queues.len()).filter_map(|queue| reach(queue, &case.queues, own, &days)).collect())
    }
}

/// The reach of a queue whose target is beyond it.
///
/// A contact is within reach if, at some time within the promised wait, a team of its way is at work on it. Where shares of the
/// queue go several ways, each counts by its share. What comes at the horizon's end counts as reached.
fn reach(place: usize, queues: &[Queue], (teams, handles): (&[Team], &[Handles]), days: &Days<'_>) -> Option<Reach> {
    let queue = &queues[place];
    if queue.is_live() || queue.list.is_some() {
        return None;
    }
    let mut ways: Vec<&Handles> = handles.iter().filter(|way| way.queue == place).collect();
    ways.sort_by_key(|way| way.hours.is_none()); // Those with hours take their share first.
    let steps = &days.steps;
    let expected = queue.demand.expected(&queue.open, days.zone, days.days[0], days.months, steps.step_ms)?;
    let all: f64 = expected.contacts.iter().take(steps.count).sum();
    if all <= 0.0 {
        return None;
    }
    let within = i64::try_from(queue.target.within_ms).unwrap_or(i64::MAX);
    let mut left = vec![1.0f64; steps.count];
    let (mut reached, mut pause) = (0.0, 0);
    for way in ways {
        let comes = match &way.hours {
            Some(hours) => days.touched(&days.spans(hours, &queue.open)?),
            None => vec![true; steps.count],
        };
        let hours = way.worked.as_ref().or(queue.worked.as_ref())?;
        let mut works = days.touched(&days.spans(hours, hours)?);
        let mut there = vec![false; steps.count];
        for team in way.teams() {
            let at_work = at_work(&teams[team], &days.days, days.zone, steps);
            there.iter_mut().zip(at_work).for_each(|(there, at_work)| *there |= at_work);
        }
        works.iter_mut().zip(there).for_each(|(works, there)| *works &= there);
        let mut opens = i64::MAX; // When work on it begins, or goes on, at or after a step.
        for step in (0..steps.count).rev() {
            let (from, until) = (steps.start(step), steps.start(step + 1));
            if works[step] {
                opens = from;
            }
            if !comes[step] {
                continue;
            }
            let share = way.share.min(left[step]);
            left[step] -= share;
            let contacts = expected.contacts.get(step).copied().unwrap_or(0.0) * share;
            let known = opens != i64::MAX && 0.0 < contacts;
            // Who comes within a step comes at any time of it.
            let late = if known { (opens.saturating_sub(within) - from).clamp(0, until - from) } else { 0 };
            reached += contacts * (1.0 - late as f64 / (until - from) as f64);
            if known {
                pause = pause.max(opens - from);
            }
        }
    }
    let share = reached / all;
    // A share that nobody handles is a mistake of its own.
    let pause_ms = u64::try_from(pause).unwrap_or(0);
    (share + 1e-9 < queue.target.share).then_some(Reach { queue: place, share, pause_ms })
}

/// Warns of each queue of an option whose target no staffing reaches (`B022`).
pub(crate) fn check(
    described: (&[Team], &[Handles]),
    ways: &[Node],
    queues: &[Queue],
    (zone, decide): (&Zone, &Decide),
    findings: &mut Findings,
) {
    let Some(days) = Days::of(zone, decide, openings(queues, described.1.iter())) else { return };
    for reach in (0..queues.len()).filter_map(|queue| reach(queue, queues, described, &days)) {
        let queue = &queues[reach.queue];
        let Some((_, node)) = described.1.iter().zip(ways).find(|(way, _)| way.queue == reach.queue) else { continue };
        let message = format!(
            "however many agents there are, at most {:.0} % of `{}` can be answered within {}; its target is {:.0} %",
            (100.0 * reach.share).floor(),
            queue.name,
            Milliseconds(queue.target.within_ms),
            100.0 * queue.target.share,
        );
        let help = format!(
            "the others come up to {} before anybody works on them: promise a longer wait or less, or have somebody work then \
             (`worked`, and the team's shifts if it has any)",
            Milliseconds(reach.pause_ms),
        );
        findings.warning("B022", &node.span, message, help);
    }
}
