//! The work an option's teams are to expect: who comes, who comes back, and to which team.

use longshore_business_case::{BusinessCase, CaseOption, Expected, Handles, Opening, Target, united};
use longshore_simulation::MAX_CONTACTS;

use crate::plan::requirement;
use crate::waits::mean_waits;
use crate::{CompareError, Horizon};

/// The expected contacts of an option, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Each queue of the case.
    pub queues: Vec<QueueLoad>,
    /// Each team of the option: the streams that meet there.
    pub teams: Vec<Vec<Stream>>,
}

/// The expected contacts of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueLoad {
    /// Contacts of customers who come for the first time: the same under every option.
    pub first: Vec<f64>,
    /// All contacts, with those of customers who come back.
    pub all: Vec<f64>,
    /// When somebody is there to handle them: milliseconds since 1970, increasing and apart.
    pub open: Vec<(i64, i64)>,
    /// The ways of the queue, in the order in which they are tried.
    pub ways: Vec<Way>,
}

/// A share of a queue on its way to a team.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Who handles it, by its place in the option's `handles`.
    pub handles: usize,
    /// When. `None` for whenever the queue is open.
    pub spans: Option<Vec<(i64, i64)>>,
    /// The share of each step's contacts that goes this way.
    pub share: Vec<f64>,
}

/// Contacts of one kind at a team.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// The queue they come from. `None` for other clients' contacts.
    pub queue: Option<usize>,
    /// The contacts of each step.
    pub contacts: Vec<f64>,
    /// How long the team takes for one, on average.
    pub handle_ms: f64,
    /// How long customers wait on average before they hang up. `None` if nobody does.
    pub patience_ms: Option<f64>,
    /// The service they are promised.
    pub target: Target,
    /// The coefficient of variation of a day's busyness.
    pub busyness: f64,
}

impl Load {
    /// What an option is to expect.
    ///
    /// What is counted today has those who come back already: of a queue's contacts counted, the share that came back
    /// under today's teams is taken out, which leaves the customers who come for the first time under any option; with
    /// the share b that comes back under this option's teams, they make first ÷ (1 − b) contacts.
    ///
    /// # Errors
    /// If a team cannot be sized, or the horizon lies outside the years that calendars can show.
    pub fn of(case: &BusinessCase, option: &CaseOption, horizon: &Horizon) -> Result<Load, CompareError> {
        Load::beside(case, option, horizon, &ComingBack::today(case)?)
    }

    /// The same, where it is known what comes back under today's teams.
    pub(crate) fn beside(
        case: &BusinessCase,
        option: &CaseOption,
        horizon: &Horizon,
        ComingBack { counted, back: today }: &ComingBack,
    ) -> Result<Load, CompareError> {
        let here = if option == case.today() { today.clone() } else { coming_back(case, option, counted, horizon)? };
        let first = counted.iter().zip(today);
        let first = first.map(|(counted, back)| counted.iter().map(|contacts| contacts * (1.0 - back)).collect());
        Load::with(case, option, first.collect(), &here, horizon)
    }

    /// The load of an option's teams, where a share of each queue's contacts comes back.
    fn with(
        case: &BusinessCase,
        option: &CaseOption,
        first: Vec<Vec<f64>>,
        back: &[f64],
        horizon: &Horizon,
    ) -> Result<Load, CompareError> {
        let mut queues = Vec::with_capacity(first.len());
        for (queue, first) in first.into_iter().enumerate() {
            let all = first.iter().map(|contacts| contacts / (1.0 - back[queue])).collect();
            let Ways { ways, open } = Ways::of(case, option, queue, horizon).ok_or(CompareError::Years)?;
            queues.push(QueueLoad { first, all, open, ways });
        }
        let mut teams: Vec<Vec<Stream>> = vec![Vec::new(); option.teams.len()];
        for (queue, load) in queues.iter().enumerate() {
            for way in &load.ways {
                let handles = &option.handles[way.handles];
                let contacts: Vec<f64> = load.all.iter().zip(&way.share).map(|(all, share)| all * share).collect();
                if let Some(overflow) = &handles.overflow {
                    let over = contacts.iter().map(|contacts| contacts * overflow.expected).collect();
                    teams[overflow.team].push(stream(case, option, queue, overflow.team, over));
                }
                teams[handles.team].push(stream(case, option, queue, handles.team, contacts));
            }
        }
        for (team, streams) in teams.iter_mut().enumerate() {
            let others = others(case, option, team, &queues, streams, horizon).ok_or(CompareError::Years)?;
            streams.extend(others);
        }
        Ok(Load { queues, teams })
    }
}

/// What is counted today, and which share of it comes back: the same for all options.
pub(crate) struct ComingBack {
    /// The contacts of each queue, step by step.
    counted: Vec<Vec<f64>>,
    /// Each queue's share.
    back: Vec<f64>,
}

impl ComingBack {
    pub fn today(case: &BusinessCase) -> Result<ComingBack, CompareError> {
        let horizon = Horizon::of(case).ok_or(CompareError::Years)?;
        let counted = (0..case.queues.len()).map(|queue| Some(expected(case, queue, &horizon)?.contacts));
        let counted: Vec<Vec<f64>> = counted.collect::<Option<_>>().ok_or(CompareError::Years)?;
        // Said before teams are sized for them, which would take minutes.
        let contacts: f64 = counted.iter().flatten().sum();
        if contacts.is_nan() || MAX_CONTACTS < contacts {
            return Err(CompareError::Contacts { contacts });
        }
        let back = coming_back(case, case.today(), &counted, &horizon)?;
        Ok(ComingBack { counted, back })
    }
}

/// The share of each queue's contacts whose customer comes back, where an option's teams serve what is counted today.
///
/// Who is answered and not resolved comes back with the queue's share, unless the horizon ends before: with U the open
/// time that is left and m the mean of the exponential delay, which runs in open time, 1 − e^(−U/m) of them do. Who hangs
/// up does not come back; how many do follows from the mean wait at teams sized for what is counted. That an option's
/// teams are sized for a few percent more or less hardly moves it, since agents are added until the target is met. Where
/// a contact may overflow, the wait is read as that for the first team alone.
fn coming_back(
    case: &BusinessCase,
    option: &CaseOption,
    counted: &[Vec<f64>],
    horizon: &Horizon,
) -> Result<Vec<f64>, CompareError> {
    let none = vec![0.0; counted.len()];
    if case.queues.iter().all(|queue| queue.returns.share == 0.0) {
        return Ok(none);
    }
    let load = Load::with(case, option, counted.to_vec(), &none, horizon)?;
    let mut waits = Vec::with_capacity(option.teams.len());
    for (position, streams) in load.teams.iter().enumerate() {
        let required = requirement(option, position, &load, horizon)?;
        let wrong = |error| CompareError::Waits { team: option.teams[position].name.clone(), reason: error };
        waits.push(mean_waits(streams, &required).map_err(wrong)?);
    }
    let shares = case.queues.iter().zip(&load.queues).map(|(described, load)| {
        let returns = &described.returns;
        let all: f64 = load.all.iter().sum();
        if all <= 0.0 || returns.share == 0.0 {
            return 0.0;
        }
        let covered = horizon.coverage(&load.open);
        let (mut back, mut steps_left) = (0.0, 0.0);
        for step in (0..covered.len()).rev() {
            let until_the_end = (steps_left + covered[step] / 2.0) * horizon.step_ms as f64;
            let in_time = -(-until_the_end / returns.after_ms).exp_m1();
            for way in &load.ways {
                let handles = &option.handles[way.handles];
                let hang_up = described.patience_ms.map_or(0.0, |patience| waits[handles.team][step] / patience);
                let answered = load.all[step] * way.share[step] * (1.0 - hang_up.min(1.0));
                back += answered * (1.0 - resolved(option, handles)) * returns.share * in_time;
            }
            steps_left += covered[step];
        }
        (back / all).min(0.99) // All may come back again and again: the horizon ends at some time.
    });
    Ok(shares.collect())
}

/// The share of contacts on this way that are resolved, at the first team or the second.
fn resolved(option: &CaseOption, handles: &Handles) -> f64 {
    let first = option.teams[handles.team].resolved;
    handles.overflow.map_or(first, |overflow| {
        first * (1.0 - overflow.expected) + option.teams[overflow.team].resolved * overflow.expected
    })
}

fn expected(case: &BusinessCase, queue: usize, horizon: &Horizon) -> Option<Expected> {
    let queue = &case.queues[queue];
    queue.demand.expected(&queue.open, &case.zone, case.decide.starts, case.decide.months, horizon.step_ms)
}

fn stream(case: &BusinessCase, option: &CaseOption, queue: usize, team: usize, contacts: Vec<f64>) -> Stream {
    let (described, team) = (&case.queues[queue], &option.teams[team]);
    let handle = &described.handle;
    let handle_ms = handle.talk.mean_over_all_ms() * team.talk
        + handle.hold.mean_over_all_ms() * team.hold
        + handle.wrap.mean_over_all_ms() * team.wrap;
    Stream {
        queue: Some(queue),
        contacts,
        handle_ms,
        patience_ms: described.patience_ms,
        target: team.shared.map_or(described.target, |shared| shared.target),
        busyness: described.busyness,
    }
}

/// The ways of one queue in an option.
struct Ways {
    ways: Vec<Way>,
    open: Vec<(i64, i64)>,
}

impl Ways {
    /// Ways that are limited to hours come first; each takes its share of what those before it leave.
    fn of(case: &BusinessCase, option: &CaseOption, queue: usize, horizon: &Horizon) -> Option<Ways> {
        let described = &case.queues[queue];
        let mut chosen: Vec<(usize, &Handles)> =
            option.handles.iter().enumerate().filter(|(_, handles)| handles.queue == queue).collect();
        chosen.sort_by_key(|(_, handles)| handles.hours.is_none());
        let queue_open = spans(&described.open, &described.open, horizon)?;
        let mut left = vec![1.0f64; horizon.steps()];
        let (mut ways, mut open) = (Vec::new(), Vec::new());
        for (position, handles) in chosen {
            let limited = match &handles.hours {
                Some(hours) => Some(spans(hours, &described.open, horizon)?),
                None => None,
            };
            let when = limited.as_ref().unwrap_or(&queue_open);
            let covered = horizon.coverage(when);
            let share: Vec<f64> =
                covered.iter().zip(&left).map(|(covered, left)| (covered * handles.share).min(*left)).collect();
            left.iter_mut().zip(&share).for_each(|(left, share)| *left -= share);
            open.extend_from_slice(when);
            ways.push(Way { handles: position, spans: limited, share });
        }
        open.sort_unstable();
        Some(Ways { ways, open: united(open) })
    }
}

/// The spans of some hours on the days of the horizon on which the queue is not closed.
fn spans(hours: &Opening, queue: &Opening, horizon: &Horizon) -> Option<Vec<(i64, i64)>> {
    let mut all = Vec::new();
    for day in horizon.days.iter().filter(|day| !queue.is_closed_on(**day)) {
        all.extend(hours.spans(*day, &horizon.zone)?);
    }
    Some(united(all))
}

/// Other clients' contacts at a shared pool: at the hours of ours, without our season, in the share of work agreed.
fn others(
    case: &BusinessCase,
    option: &CaseOption,
    team: usize,
    queues: &[QueueLoad],
    ours: &[Stream],
    horizon: &Horizon,
) -> Option<Option<Stream>> {
    let Some(shared) = option.teams[team].shared else { return Some(None) };
    let mut shape = vec![0.0; horizon.steps()];
    for (queue, load) in queues.iter().enumerate() {
        let described = &case.queues[queue];
        let plain = described.demand.without_season();
        let plain =
            plain.expected(&described.open, &case.zone, case.decide.starts, case.decide.months, horizon.step_ms)?;
        for way in &load.ways {
            let handles = &option.handles[way.handles];
            let part = if handles.team == team {
                1.0
            } else {
                handles.overflow.filter(|overflow| overflow.team == team).map_or(0.0, |overflow| overflow.expected)
            };
            for (step, shape) in shape.iter_mut().enumerate() {
                *shape += plain.contacts[step] * way.share[step] * part;
            }
        }
    }
    let work: f64 = ours.iter().map(|stream| stream.contacts.iter().sum::<f64>() * stream.handle_ms).sum();
    let total: f64 = shape.iter().sum();
    let wanted = work * (1.0 - shared.our_share) / shared.our_share / shared.handle_ms;
    let factor = if total > 0.0 { wanted / total } else { 0.0 };
    let patience_ms = ours.first().and_then(|stream| stream.patience_ms);
    let busyness = ours.first().map_or(0.0, |stream| stream.busyness);
    let contacts = shape.iter().map(|contacts| contacts * factor).collect();
    Some(Some(Stream {
        queue: None,
        contacts,
        handle_ms: shared.handle_ms,
        patience_ms,
        target: shared.target,
        // A dozen clients' busy days do not fall together as one client's do.
        busyness: busyness * (shared.our_share / (1.0 - shared.our_share)).sqrt().min(1.0),
    }))
}
