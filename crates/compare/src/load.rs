//! The work an option's teams are to expect: who comes, who comes back, and to which team.

use std::sync::Arc;

use longshore_business_case::{
    BusinessCase, CallList, CaseOption, Expected, Handles, Opening, Queue, Target, Team, united,
};
use longshore_contacts::Channel;
use longshore_simulation::{MAX_CONTACTS, Work};

use crate::flows::{Flows, passed_on};
use crate::plan::{Sized, requirement, scaled};
use crate::verification::verified;
use crate::waits::mean_waits;
use crate::{CompareError, Horizon};

/// The expected contacts of an option, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// Each queue of the case.
    pub queues: Vec<QueueLoad>,
    /// Each team of the option: the streams that meet there.
    pub teams: Vec<Vec<Stream>>,
    /// How many are expected to hang up.
    pub(crate) hung_up: HungUp,
}

/// The share of each queue's contacts that hang up, by month. They do not come back.
pub(crate) type HungUp = Arc<Vec<Vec<f64>>>;

/// The expected contacts of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueLoad {
    /// Contacts of customers who come for the first time: the same under every option.
    pub first: Vec<f64>,
    /// All contacts, with those of customers who come back.
    pub all: Vec<f64>,
    /// The share of them after which the customer comes back to this queue.
    pub comes_back: f64,
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
    /// How they take up agents.
    pub work: Work,
    /// The steps in which the team works on them, if it need not at once; otherwise empty.
    pub worked: Vec<bool>,
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

impl Stream {
    /// Whether these contacts come by themselves and take up agents so.
    pub(crate) fn is_of(&self, work: Work) -> bool {
        self.work == work && (work == Work::PutAside || self.worked.is_empty())
    }
}

impl Load {
    /// What an option is to expect.
    ///
    /// What is counted today has those who come back already, and those whom other queues pass on: of a queue's contacts
    /// counted, these are taken out as they are under today's teams, which leaves the customers who come for the first time
    /// under any option. With the share b that comes back under this option's teams, and what its teams pass on, they make
    /// (first + passed on) ÷ (1 − b) contacts.
    ///
    /// # Errors
    /// If a team cannot be sized, or the horizon lies outside the years that calendars can show.
    pub fn of(case: &BusinessCase, option: &CaseOption, horizon: &Horizon) -> Result<Load, CompareError> {
        Load::beside(case, option, horizon, &ComingBack::today(case)?, None)
    }

    /// The same, where it is known what comes back under today's teams, and perhaps how many hang up.
    pub(crate) fn beside(
        case: &BusinessCase,
        option: &CaseOption,
        horizon: &Horizon,
        today: &ComingBack,
        hung_up: Option<&HungUp>,
    ) -> Result<Load, CompareError> {
        let is_today = option == case.today();
        let hung_up = match hung_up {
            Some(hung_up) => HungUp::clone(hung_up),
            None if is_today => HungUp::clone(&today.hung_up),
            None => hung_up_of(case, option, &today.counted, horizon)?,
        };
        let here = match is_today {
            true => today.flows.clone(),
            false => flows(case, option, &today.counted, &hung_up, horizon)?,
        };
        let load = Load::with(case, option, today.first.clone(), &here, horizon)?;
        Ok(Load { hung_up, ..load })
    }

    /// The load of an option's teams, where shares of each queue's contacts come back or go on.
    fn with(
        case: &BusinessCase,
        option: &CaseOption,
        first: Vec<Vec<f64>>,
        flows: &Flows,
        horizon: &Horizon,
    ) -> Result<Load, CompareError> {
        let mut ways = Vec::with_capacity(first.len());
        for queue in 0..first.len() {
            ways.push(Ways::of(case, option, queue, horizon).ok_or(CompareError::Years)?);
        }
        let open: Vec<Vec<f64>> = ways.iter().map(|ways| horizon.coverage(&ways.open)).collect();
        let all = flows.all(&first, &open);
        let queues: Vec<QueueLoad> = first
            .into_iter()
            .zip(all)
            .zip(ways)
            .enumerate()
            .map(|(queue, ((first, all), Ways { ways, open }))| QueueLoad {
                first,
                all,
                comes_back: flows.comes_back(queue),
                open,
                ways,
            })
            .collect();
        let mut teams: Vec<Vec<Stream>> = vec![Vec::new(); option.teams.len()];
        for (queue, load) in queues.iter().enumerate() {
            let past_the_machine = 1.0 - contained(option, queue);
            for way in &load.ways {
                let handles = &option.handles[way.handles];
                let contacts: Vec<f64> =
                    load.all.iter().zip(&way.share).map(|(all, share)| all * share * past_the_machine).collect();
                let stream = |team: usize, contacts| {
                    let worked = worked(case, handles, &option.teams[team], horizon).ok_or(CompareError::Years)?;
                    Ok::<_, CompareError>(Stream { worked, ..stream(case, option, queue, team, contacts) })
                };
                if let Some(overflow) = &handles.overflow {
                    let over = contacts.iter().map(|contacts| contacts * overflow.expected).collect();
                    teams[overflow.team].push(stream(overflow.team, over)?);
                }
                teams[handles.team].push(stream(handles.team, contacts)?);
            }
        }
        for (team, streams) in teams.iter_mut().enumerate() {
            let others = others(case, option, team, &queues, streams, horizon).ok_or(CompareError::Years)?;
            streams.extend(others);
        }
        Ok(Load { queues, teams, hung_up: HungUp::default() })
    }
}

/// How contacts of a channel take up an agent.
pub(crate) fn work(channel: Channel) -> Work {
    match channel {
        Channel::Voice => Work::Alone,
        Channel::Chat => Work::Together,
        Channel::Email | Channel::Social | Channel::Text => Work::PutAside,
    }
}

/// The share of a queue's contacts that need nobody but a machine.
fn contained(option: &CaseOption, queue: usize) -> f64 {
    option.machines.iter().find(|machine| machine.queue == queue).map_or(0.0, |machine| machine.contained)
}

/// The steps in which a team works on what waits for hours, as far as its shifts allow; empty for what is answered as it
/// comes.
fn worked(case: &BusinessCase, handles: &Handles, team: &Team, horizon: &Horizon) -> Option<Vec<bool>> {
    let queue = &case.queues[handles.queue];
    let dialed = queue.list.as_ref().map(|_| handles.hours.as_ref().unwrap_or(&queue.open));
    let Some(hours) = handles.worked.as_ref().or(queue.worked.as_ref()).or(dialed) else {
        return Some(Vec::new());
    };
    let at_work = horizon.at_work(team);
    let covered = horizon.coverage(&spans(hours, hours, horizon)?);
    Some(covered.iter().zip(at_work).map(|(covered, at_work)| 0.0 < *covered && at_work).collect())
}

/// What is counted today, and what of it comes back or is passed on: the same for all options.
pub(crate) struct ComingBack {
    /// The contacts of each queue, step by step.
    counted: Vec<Vec<f64>>,
    /// What of them comes back and goes on under today's teams.
    flows: Flows,
    /// Of them, those of customers who come for the first time.
    first: Vec<Vec<f64>>,
    /// How many hang up on today's teams.
    hung_up: HungUp,
    /// What today's teams by the formula are multiplied by.
    pub corrections: Vec<Vec<f64>>,
}

impl ComingBack {
    pub fn today(case: &BusinessCase) -> Result<ComingBack, CompareError> {
        let by_formula = ComingBack::with(case, None, Vec::new())?;
        let today = case.options.iter().position(|option| option.id == BusinessCase::TODAY).unwrap_or(0);
        let verified = verified(case, &Sized::of(case, today, &by_formula, None)?)?;
        ComingBack::with(case, Some(&verified.hung_up), verified.corrections)
    }

    /// All contacts counted, of the horizon.
    pub fn contacts(&self) -> f64 {
        self.counted.iter().flatten().sum()
    }

    /// The same in a future of the case, in which as many hang up: teams are sized for what comes in it.
    pub fn in_future(&self, future: &BusinessCase) -> Result<ComingBack, CompareError> {
        ComingBack::with(future, Some(&self.hung_up), self.corrections.clone())
    }

    fn with(
        case: &BusinessCase,
        hung_up: Option<&HungUp>,
        corrections: Vec<Vec<f64>>,
    ) -> Result<ComingBack, CompareError> {
        let horizon = Horizon::of(case).ok_or(CompareError::Years)?;
        let counted = (0..case.queues.len()).map(|queue| Some(expected(case, queue, &horizon)?.contacts));
        let counted: Vec<Vec<f64>> = counted.collect::<Option<_>>().ok_or(CompareError::Years)?;
        // Said before teams are sized for them, which would take minutes.
        let contacts: f64 = counted.iter().flatten().sum();
        if contacts.is_nan() || MAX_CONTACTS < contacts {
            return Err(CompareError::Contacts { contacts });
        }
        let today = case.today();
        let hung_up = match hung_up {
            Some(hung_up) => HungUp::clone(hung_up),
            None => hung_up_of(case, today, &counted, &horizon)?,
        };
        let flows = flows(case, today, &counted, &hung_up, &horizon)?;
        let open: Option<Vec<Vec<f64>>> = (0..case.queues.len())
            .map(|queue| Some(horizon.coverage(&Ways::of(case, today, queue, &horizon)?.open)))
            .collect();
        let first = flows.first(&counted, &open.ok_or(CompareError::Years)?);
        Ok(ComingBack { counted, flows, first, hung_up, corrections })
    }
}

/// Whether any contact leads to another in an option.
pub(crate) fn leads_on(case: &BusinessCase, option: &CaseOption) -> bool {
    option.handles.iter().any(|handles| handles.escalates.is_some())
        || case.queues.iter().any(|queue| queue.returns.share != 0.0)
}

/// How many would hang up on an option's teams, sized by formula for what is counted today. Nobody where no contact leads to
/// another.
///
/// They follow from the mean wait at each team. Where a contact may overflow, it is read as that for the first team alone;
/// who leaves a chat is not counted. Both are found when the option is played.
fn hung_up_of(
    case: &BusinessCase,
    option: &CaseOption,
    counted: &[Vec<f64>],
    horizon: &Horizon,
) -> Result<HungUp, CompareError> {
    if !leads_on(case, option) {
        return Ok(HungUp::default());
    }
    let load = Load::with(case, option, counted.to_vec(), &Flows::none(counted.len()), horizon)?;
    let mut waits = Vec::with_capacity(option.teams.len());
    for (position, streams) in load.teams.iter().enumerate() {
        let required = requirement(option, position, &load, horizon)?;
        let required = scaled(&required, |_| option.teams[position].staffed, horizon);
        let wrong = |error| CompareError::Waits { team: option.teams[position].name.clone(), reason: error };
        waits.push(mean_waits(streams, &required).map_err(wrong)?);
    }
    let of_month = |queue: usize, month: usize| {
        let (described, load) = (&case.queues[queue], &load.queues[queue]);
        let Some(patience) = described.patience_ms.filter(|_| described.channel == Channel::Voice) else { return 0.0 };
        let (mut hang_up, mut all) = (0.0, 0.0);
        for (way, step) in load.ways.iter().flat_map(|way| horizon.month_steps(month).map(move |step| (way, step))) {
            let contacts = load.all[step] * way.share[step];
            hang_up += contacts * (waits[option.handles[way.handles].team][step] / patience).min(1.0);
            all += contacts;
        }
        if 0.0 < all { hang_up / all } else { 0.0 }
    };
    let months = 0..horizon.months.len();
    let of_queue = |queue| months.clone().map(|month| of_month(queue, month)).collect();
    Ok(HungUp::new((0..counted.len()).map(of_queue).collect()))
}

/// The shares of each queue's contacts whose customer comes back, or that go on to another queue, where an option's teams
/// serve what is counted today.
///
/// Who is answered and not resolved comes back with the queue's share, unless the horizon ends before: with U the open
/// time that is left and m the mean of the exponential delay, which runs in open time, 1 − e^(−U/m) of them do. Who hangs
/// up does not come back.
fn flows(
    case: &BusinessCase,
    option: &CaseOption,
    counted: &[Vec<f64>],
    hung_up: &HungUp,
    horizon: &Horizon,
) -> Result<Flows, CompareError> {
    let mut flows = Flows::none(counted.len());
    if !leads_on(case, option) {
        return Ok(flows);
    }
    let load = Load::with(case, option, counted.to_vec(), &flows, horizon)?;
    for (queue, (described, load)) in case.queues.iter().zip(&load.queues).enumerate() {
        let returns = &described.returns;
        let all: f64 = load.all.iter().sum();
        if all <= 0.0 {
            continue;
        }
        let past_the_machine = 1.0 - contained(option, queue);
        let covered = horizon.coverage(&load.open);
        let (mut back, mut steps_left) = (0.0, 0.0);
        for month in (0..horizon.months.len()).rev() {
            for step in horizon.month_steps(month).rev() {
                let until_the_end = (steps_left + covered[step] / 2.0) * horizon.step_ms as f64;
                let in_time = -(-until_the_end / returns.after_ms).exp_m1();
                for way in &load.ways {
                    let handles = &option.handles[way.handles];
                    let stays = past_the_machine * (1.0 - hung_up[queue][month]);
                    let answered = load.all[step] * way.share[step] * stays;
                    let settled = answered * (1.0 - passed_on(handles));
                    back += settled * (1.0 - resolved(option, handles)) * returns.share * in_time;
                    if let Some(escalation) = handles.escalates {
                        flows.goes_on(queue, escalation.to, answered * escalation.share / all);
                    }
                }
                steps_left += covered[step];
            }
        }
        let back = (back / all).min(0.99); // All may come back again and again: the horizon ends at some time.
        let (elsewhere, share) = returns.to.unwrap_or((queue, 0.0));
        flows.goes_on(queue, elsewhere, back * share);
        flows.goes_on(queue, queue, back * (1.0 - share));
    }
    Ok(flows)
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
    if let Some(list) = &queue.list {
        let open = horizon.coverage(&spans(&queue.open, &queue.open, horizon)?);
        let contacts = called(case, queue, list, &open, horizon);
        return Some(Expected { from_ms: horizon.from_ms, step_ms: horizon.step_ms, contacts });
    }
    queue.demand.expected(&queue.open, &case.zone, case.decide.starts, case.decide.months, horizon.step_ms)
}

/// The customers of a list who are reached, as evenly over each month's hours as agents who work them off reach them.
fn called(case: &BusinessCase, queue: &Queue, list: &CallList, open: &[f64], horizon: &Horizon) -> Vec<f64> {
    let mut contacts = vec![0.0; horizon.steps()];
    for (place, month) in horizon.months.iter().enumerate() {
        let (from, until) = horizon.month_span(place);
        let step = |at: i64| ((at - horizon.from_ms) / horizon.step_ms) as usize;
        let steps = step(from)..step(until);
        let hours: f64 = open[steps.clone()].iter().sum();
        let reached = list.a_month * queue.demand.season(case.decide.starts, *month) * list.reached_in_the_end();
        for (contacts, open) in contacts[steps.clone()].iter_mut().zip(&open[steps]) {
            *contacts = if 0.0 < hours { reached * open / hours } else { 0.0 };
        }
    }
    contacts
}

fn stream(case: &BusinessCase, option: &CaseOption, queue: usize, team: usize, contacts: Vec<f64>) -> Stream {
    let (described, team) = (&case.queues[queue], &option.teams[team]);
    let handle = &described.handle;
    let handle_ms = handle.talk.mean_over_all_ms() * team.talk
        + handle.hold.mean_over_all_ms() * team.hold
        + handle.wrap.mean_over_all_ms() * team.wrap
        + described.list.as_ref().map_or(0.0, CallList::wait_ms);
    // A list's customers are called when agents have time; a day more or less is nothing to them.
    let target = match described.list {
        Some(_) => Target { within_ms: 86_400_000, ..described.target },
        None => described.target,
    };
    Stream {
        queue: Some(queue),
        work: work(described.channel),
        worked: Vec::new(),
        contacts,
        handle_ms,
        patience_ms: described.patience_ms,
        // A pool is staffed for what its provider promises; what may wait for hours waits no longer than was promised.
        target: team
            .shared
            .filter(|_| described.is_live() && described.list.is_none())
            .map_or(target, |shared| shared.target),
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

/// Other clients' contacts at a shared pool: of each kind that ours are, at the hours of ours, without our season, in the
/// share of work agreed.
fn others(
    case: &BusinessCase,
    option: &CaseOption,
    team: usize,
    queues: &[QueueLoad],
    ours: &[Stream],
    horizon: &Horizon,
) -> Option<Vec<Stream>> {
    let Some(shared) = option.teams[team].shared else { return Some(Vec::new()) };
    let mut streams = Vec::new();
    for work in [Work::Alone, Work::Together, Work::PutAside] {
        let alike: Vec<&Stream> = ours.iter().filter(|stream| stream.is_of(work)).collect();
        let Some(first) = alike.first() else { continue };
        let shape = shape(case, option, (team, work), queues, horizon)?;
        let ours: f64 = alike.iter().map(|stream| stream.contacts.iter().sum::<f64>() * stream.handle_ms).sum();
        let total: f64 = shape.iter().sum();
        let wanted = ours * (1.0 - shared.our_share) / shared.our_share / shared.handle_ms;
        let factor = if total > 0.0 { wanted / total } else { 0.0 };
        streams.push(Stream {
            queue: None,
            work,
            worked: first.worked.clone(),
            contacts: shape.iter().map(|contacts| contacts * factor).collect(),
            handle_ms: shared.handle_ms,
            patience_ms: first.patience_ms,
            target: if work == Work::PutAside { first.target } else { shared.target },
            // A dozen clients' busy days do not fall together as one client's do.
            busyness: first.busyness * (shared.our_share / (1.0 - shared.our_share)).sqrt().min(1.0),
        });
    }
    Some(streams)
}

/// When contacts of a kind come to a team, without our season.
fn shape(
    case: &BusinessCase,
    option: &CaseOption,
    (team, kind): (usize, Work),
    queues: &[QueueLoad],
    horizon: &Horizon,
) -> Option<Vec<f64>> {
    let mut shape = vec![0.0; horizon.steps()];
    for (described, load) in case
        .queues
        .iter()
        .zip(queues)
        .filter(|(described, _)| work(described.channel) == kind && described.list.is_none())
    {
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
    Some(shape)
}
