//! The work an option's teams are to expect: who comes, who comes back, and to which team.

use longshore_business_case::{BusinessCase, CaseOption, Expected, Handles, Opening, Target};

use crate::Horizon;

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
    /// What an option is to expect. `None` outside the years that calendars can show.
    pub fn of(case: &BusinessCase, option: &CaseOption, horizon: &Horizon) -> Option<Load> {
        let mut queues = Vec::with_capacity(case.queues.len());
        for (queue, described) in case.queues.iter().enumerate() {
            let counted = expected(case, queue, horizon)?.contacts;
            let today = Ways::of(case, case.today(), queue, horizon)?;
            let back_today = today.coming_back(case, case.today(), queue, &counted, horizon);
            let here = Ways::of(case, option, queue, horizon)?;
            let first: Vec<f64> = counted.iter().map(|contacts| contacts * (1.0 - back_today)).collect();
            let back = here.coming_back(case, option, queue, &first, horizon);
            debug_assert!(back < 1.0, "{} of `{}` come back", back, described.name);
            let all = first.iter().map(|contacts| contacts / (1.0 - back)).collect();
            queues.push(QueueLoad { first, all, open: here.open, ways: here.ways });
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
            let others = others(case, option, team, &queues, streams, horizon)?;
            streams.extend(others);
        }
        Some(Load { queues, teams })
    }
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
        Some(Ways { ways, open: joined(open) })
    }

    /// The share of contacts whose customer comes back and finds it open.
    ///
    /// Of the contacts of a team, 1 − resolved leave a question open; of those the queue's share of customers comes back,
    /// after an exponential time. Who finds it closed then does not try again. With h the step, m the mean time and
    /// cₖ the open share of step k, the chance to find it open from step k on is
    ///
    ///   pₖ = (1 − e^(−h/m)) cₖ + e^(−h/m) pₖ₊₁.
    fn coming_back(
        &self,
        case: &BusinessCase,
        option: &CaseOption,
        queue: usize,
        contacts: &[f64],
        horizon: &Horizon,
    ) -> f64 {
        let returns = &case.queues[queue].returns;
        let stay = (-(horizon.step_ms as f64) / returns.after_ms).exp();
        let covered = horizon.coverage(&self.open);
        let mut found_open = vec![0.0; covered.len() + 1];
        for step in (0..covered.len()).rev() {
            found_open[step] = (1.0 - stay) * covered[step] + stay * found_open[step + 1];
        }
        let (mut back, mut total) = (0.0, 0.0);
        for way in &self.ways {
            let handles = &option.handles[way.handles];
            let resolved = handles.overflow.map_or(option.teams[handles.team].resolved, |overflow| {
                let (first, second) = (option.teams[handles.team].resolved, option.teams[overflow.team].resolved);
                first * (1.0 - overflow.expected) + second * overflow.expected
            });
            for step in 0..covered.len() {
                let handled = contacts[step] * way.share[step];
                back += handled * (1.0 - resolved) * returns.share * found_open[step];
                total += handled;
            }
        }
        // Below 1 even where nothing is resolved and everybody returns: the horizon ends at some time.
        if total > 0.0 { (back / total).min(0.99) } else { 0.0 }
    }
}

/// The spans of some hours on the days of the horizon on which the queue is not closed.
fn spans(hours: &Opening, queue: &Opening, horizon: &Horizon) -> Option<Vec<(i64, i64)>> {
    let mut all = Vec::new();
    for day in horizon.days.iter().filter(|day| !queue.is_closed_on(**day)) {
        all.extend(hours.spans(*day, &horizon.zone)?);
    }
    Some(joined(all))
}

/// Spans in order, those that meet joined.
pub(crate) fn joined(spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, until) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
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
