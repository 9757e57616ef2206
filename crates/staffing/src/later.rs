//! What may be done later: agents for contacts that wait for hours, as evenly as their deadlines allow.

use std::collections::VecDeque;

use crate::StaffingError;
use crate::requirement::{Pool, Work};

/// The most of their time for which agents write. Nobody answers letters every minute of the day.
const BUSY_MOST: f64 = 0.9;

/// Deadlines are planned at most so far ahead: smoothing over more than two weeks would let a season wait.
const AHEAD_MS: i64 = 14 * 86_400_000;

const DAY_MS: i64 = 86_400_000;

/// With deadlines at least so long, what takes a part of an agent is done by one agent at the day's beginning.
const FROM_THE_MORNING_MS: i64 = 8 * 3_600_000;

/// The agents that each step takes for contacts that may be done later, beside those who take what comes at once.
///
/// Contacts are read as a steady flow of work. First the others' free time serves it, the earliest deadline first. Of what
/// that would leave too late, the cumulative work S(t) must stay below what has come, A(t), and above what is due, D(t);
/// of all such S, the taut string between D and A has the lowest peak and the least of every other measure of unevenness
/// (Salehi, Zhang, Kurose, Towsley 1998, "Supporting stored video", IEEE/ACM Transactions on Networking 6(4)). Its slope
/// is how many agents are writing. What a part of an agent would do is done by one at the beginning of the day's work if
/// deadlines leave so much time, otherwise each step has whole agents.
pub(crate) fn agents(pool: &Pool, at_once: &[u32]) -> Result<Vec<u32>, StaffingError> {
    let flows: Vec<Flow<'_>> = flows(pool)?;
    let none = vec![0; pool.steps.len()];
    let Some(shortest) = flows.iter().map(|flow| flow.within_ms).min() else { return Ok(none) };
    let worked: Vec<bool> = (0..pool.steps.len()).map(|step| flows.iter().any(|flow| flow.worked[step])).collect();
    let left = left_by_free_time(pool, &flows, at_once);
    let slopes = taut(&Tube::of(pool, &flows, &left, &worked));
    Ok(whole(pool, &worked, &slopes, shortest))
}

/// The contacts of a stream that may be done later.
struct Flow<'p> {
    stream: usize,
    handle_ms: f64,
    within_ms: i64,
    worked: &'p [bool],
    due: Vec<i64>, // Until when what comes in each step is to be done.
}

/// Until when the contacts of each step are to be done: within the time promised, or, if nobody works in that time and they
/// will be late whoever is there in the morning, within as much of the next block of work, at most to its end.
fn due(pool: &Pool, worked: &[bool], within_ms: i64) -> Vec<i64> {
    let mut due = vec![i64::MAX; worked.len()];
    let (mut opens, mut closes) = (i64::MAX, i64::MAX); // The block of work at or after a step.
    for (at, step) in pool.steps.iter().enumerate().rev() {
        if worked[at] {
            let goes_on = worked.get(at + 1) == Some(&true) && opens == step.until && closes - step.from <= DAY_MS;
            (opens, closes) = (step.from, if goes_on { closes } else { step.until });
        }
        let promised = step.from.saturating_add(within_ms);
        let next = opens.saturating_add(within_ms).min(closes);
        due[at] = if opens < promised { promised } else { next };
    }
    due
}

fn flows(pool: &Pool) -> Result<Vec<Flow<'_>>, StaffingError> {
    let mut flows = Vec::new();
    for (place, stream) in pool.streams.iter().enumerate() {
        let Work::Later { worked } = &stream.work else { continue };
        if worked.len() != pool.steps.len() {
            let (given, streams) = (worked.len(), pool.steps.len());
            return Err(StaffingError::Contacts { step: place, given, streams });
        }
        let within_ms = stream.goal.map_or(AHEAD_MS, |goal| goal.threshold_ms.clamp(0, AHEAD_MS));
        let due = due(pool, worked, within_ms);
        flows.push(Flow { stream: place, handle_ms: stream.handle_ms, within_ms, worked, due });
    }
    Ok(flows)
}

/// Work of one step that waits.
struct Parcel {
    step: usize,
    due: i64,
    work_ms: f64,
}

/// The work of each flow and step that the free time of the other agents would not get done by its deadline.
fn left_by_free_time(pool: &Pool, flows: &[Flow<'_>], at_once: &[u32]) -> Vec<Vec<f64>> {
    let mut left = vec![vec![0.0; pool.steps.len()]; flows.len()];
    let mut waiting: Vec<VecDeque<Parcel>> = flows.iter().map(|_| VecDeque::new()).collect();
    for (at, step) in pool.steps.iter().enumerate() {
        let length = (step.until - step.from) as f64;
        for (flow, waiting) in flows.iter().zip(&mut waiting) {
            let work_ms = step.contacts[flow.stream] * flow.handle_ms;
            waiting.push_back(Parcel { step: at, due: flow.due[at], work_ms });
        }
        let mut free = (f64::from(at_once[at]) * length * BUSY_MOST - busy_ms(pool, at)).max(0.0);
        while 0.0 < free {
            let next = waiting.iter_mut().filter_map(VecDeque::front_mut).min_by_key(|parcel| parcel.due);
            let Some(parcel) = next else { break };
            let done = parcel.work_ms.min(free);
            (parcel.work_ms, free) = (parcel.work_ms - done, free - done);
            let is_done = parcel.work_ms <= 0.0;
            waiting.iter_mut().filter(|_| is_done).for_each(drop_done);
        }
        for (left, waiting) in left.iter_mut().zip(&mut waiting) {
            while let Some(parcel) = waiting.pop_front_if(|parcel| parcel.due <= step.until) {
                left[parcel.step] += parcel.work_ms;
            }
        }
    }
    for (left, waiting) in left.iter_mut().zip(waiting) {
        waiting.iter().for_each(|parcel| left[parcel.step] += parcel.work_ms);
    }
    left
}

fn drop_done(waiting: &mut VecDeque<Parcel>) {
    while waiting.pop_front_if(|parcel| parcel.work_ms <= 0.0).is_some() {}
}

/// The agents' time of a step that calls and chats take. Chats of a full house take each agent's time once.
fn busy_ms(pool: &Pool, at: usize) -> f64 {
    let of = |(stream, contacts): (&crate::Stream, &f64)| match stream.work {
        Work::Alone => contacts * stream.handle_ms,
        Work::Together => contacts * stream.handle_ms / pool.slowdown.most(),
        Work::Later { .. } => 0.0,
    };
    pool.streams.iter().zip(&pool.steps[at].contacts).map(of).sum()
}

/// Between which limits the work done must run, at the end of each worked step.
struct Tube {
    /// The time worked until then.
    at: Vec<f64>,
    /// What is due by the beginning of the next worked step.
    due: Vec<f64>,
    /// What has come.
    come: Vec<f64>,
}

impl Tube {
    fn of(pool: &Pool, flows: &[Flow<'_>], left: &[Vec<f64>], worked: &[bool]) -> Tube {
        let places: Vec<usize> = (0..worked.len()).filter(|step| worked[*step]).collect();
        let (mut at, mut come_until, mut due_until) = (0.0, 0.0, 0.0);
        // The steps of each flow by when their work is due, and the first of these that is not due yet.
        let by_due = |flow: &Flow<'_>| {
            let mut steps: Vec<usize> = (0..flow.due.len()).collect();
            steps.sort_by_key(|step| flow.due[*step]);
            steps
        };
        let orders: Vec<Vec<usize>> = flows.iter().map(by_due).collect();
        let mut next_due = vec![0; flows.len()];
        let mut tube = Tube { at: Vec::new(), due: Vec::new(), come: Vec::new() };
        let mut next_come = 0;
        for (place, step) in places.iter().enumerate() {
            at += (pool.steps[*step].until - pool.steps[*step].from) as f64;
            while next_come <= *step {
                come_until += left.iter().map(|flow| flow[next_come]).sum::<f64>();
                next_come += 1;
            }
            let until = places.get(place + 1).map_or(i64::MAX, |next| pool.steps[*next].from);
            for (((flow, order), left), next) in flows.iter().zip(&orders).zip(left).zip(&mut next_due) {
                while let Some(step) = order.get(*next).filter(|step| flow.due[**step] <= until) {
                    due_until += left[*step];
                    *next += 1;
                }
            }
            tube.at.push(at);
            tube.come.push(come_until);
            tube.due.push(f64::min(due_until, come_until));
        }
        // Nobody plans what comes after the last step: what is there is done by its end.
        if let (Some(due), Some(come)) = (tube.due.last_mut(), tube.come.last()) {
            *due = *come;
        }
        tube
    }
}

/// The slopes of the shortest line from nothing done to all that is due done, within a tube: of each of its steps.
fn taut(tube: &Tube) -> Vec<f64> {
    let (steps, mut slopes) = (tube.at.len(), Vec::with_capacity(tube.at.len()));
    let (mut from, mut done) = (0.0, 0.0);
    while slopes.len() < steps {
        let start = slopes.len();
        let (mut least, mut most) = ((f64::NEG_INFINITY, start), (f64::INFINITY, start));
        let mut turn = None;
        for step in start..steps {
            let slope = |limit: f64| (limit - done) / (tube.at[step] - from);
            let last = step + 1 == steps;
            let (low, high) = (slope(tube.due[step]), slope(if last { tube.due[step] } else { tube.come[step] }));
            if most.0 < low {
                turn = Some(most);
                break;
            }
            if high < least.0 {
                turn = Some(least);
                break;
            }
            if least.0 <= low {
                least = (low, step);
            }
            if high <= most.0 {
                most = (high, step);
            }
        }
        let (slope, until) = turn.unwrap_or(least);
        done += slope * (tube.at[until] - from);
        from = tube.at[until];
        slopes.resize(until + 1, slope.max(0.0));
    }
    slopes
}

/// Whole agents of each step, from how many are writing in each worked one.
fn whole(pool: &Pool, worked: &[bool], slopes: &[f64], shortest_ms: i64) -> Vec<u32> {
    let mut agents = vec![0u32; worked.len()];
    let mut writing = slopes.iter().map(|slope| slope / BUSY_MOST);
    let mut step = 0;
    while step < worked.len() {
        if !worked[step] {
            step += 1;
            continue;
        }
        let ends = (step..worked.len()).find(|next| !worked[*next]).unwrap_or(worked.len());
        let of_block: Vec<f64> = writing.by_ref().take(ends - step).collect();
        if shortest_ms < FROM_THE_MORNING_MS {
            for (agents, writing) in agents[step..ends].iter_mut().zip(&of_block) {
                *agents = (writing - 1e-9).ceil() as u32;
            }
        } else {
            for day in days(pool, step, ends) {
                from_the_morning(&mut agents[day.clone()], &of_block[day.start - step..day.end - step]);
            }
        }
        step = ends;
    }
    agents
}

/// The parts of a block of steps that are at most a day long: work around the clock has no morning.
fn days(pool: &Pool, from: usize, until: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let length = (pool.steps[from].until - pool.steps[from].from).max(1);
    let a_day = usize::try_from(86_400_000 / length).unwrap_or(1).max(1);
    (from..until).step_by(a_day).map(move |first| first..(first + a_day).min(until))
}

/// Whole agents throughout, and one more from the beginning for what is left of agents.
fn from_the_morning(agents: &mut [u32], writing: &[f64]) {
    let mut part: f64 = writing.iter().map(|writing| (writing + 1e-9).fract()).sum();
    for (agents, writing) in agents.iter_mut().zip(writing) {
        *agents = (writing + 1e-9).floor() as u32 + u32::from(1e-6 < part);
        part -= 1.0;
    }
}
