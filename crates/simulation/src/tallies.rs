//! What a simulation came to, in whole numbers: by queue and month, by team and step.

use std::ops::AddAssign;

use crate::contact::Contact;
use crate::recorder::Answer;
use crate::scenario::{Queue, Scenario, Span};

/// A wait that counts as long: five minutes.
pub const LONG_WAIT_MS: i64 = 300_000;

/// The tallies of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallies {
    /// One for each queue, in the scenario's order; of its contacts by month of arrival, in the order of `month_starts`.
    pub queues: Vec<Vec<QueueTally>>,
    /// One for each team, in the scenario's order.
    pub teams: Vec<TeamTally>,
    /// One for each queue, of the contacts that had arrived and were neither done nor gone when each local day began, in
    /// the order of `day_starts`. Empty for a queue in which nothing is due.
    pub backlog: Vec<Vec<u64>>,
}

/// What became of a queue's contacts. A contact counts once, however many teams it went to:
///
///   offered = handled + contained + abandoned + blocked + open,
///   offered = first + received + returned.
///
/// One that goes on to a second queue counts in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueTally {
    /// Attempts to reach customers of its list. Those who were reached are offered.
    pub dialed: u64,
    /// Contacts that arrived: for the first time, handed over by another queue, or of customers who come back.
    pub offered: u64,
    /// Answered by an agent.
    pub handled: u64,
    /// Served by the machine alone.
    pub contained: u64,
    /// The customer hung up while waiting.
    pub abandoned: u64,
    /// Refused: outside opening hours, no route was open, or nobody more may wait.
    pub blocked: u64,
    /// Of the blocked, those who came while all teams that would have taken them were down.
    pub unreachable: u64,
    /// Neither, because nobody ever came to serve them and their customers wait forever.
    pub open: u64,
    /// Of the open, those that are not due before the horizon ends: nobody knows whether they would have been in time.
    pub pending: u64,
    /// Handled, with a wait up to the queue's threshold.
    pub within_threshold: u64,
    /// The customer hung up after a wait up to the threshold.
    pub abandoned_in_time: u64,
    /// Handled or abandoned after a wait longer than [`LONG_WAIT_MS`].
    pub long_waits: u64,
    /// Done later than due after the arrival, or never though due. 0 where nothing is due.
    pub late: u64,
    /// Handled here, and gone on to a second queue.
    pub escalated: u64,
    /// Handed over by another queue, among the offered: its customers have not come again for it.
    pub received: u64,
    /// Sent on to a second team after waiting for the first.
    pub overflowed: u64,
    /// Contacts of customers who come back, from whichever queue, among the offered.
    pub returned: u64,
    /// Handled and resolved.
    pub resolved: u64,
    /// The waits of handled contacts, from arrival to answer.
    pub wait_ms: u128,
    /// The waits of abandoned contacts.
    pub abandoned_wait_ms: u128,
    /// The talk of handled contacts; hold and wrap follow.
    pub talk_ms: u128,
    /// Their hold.
    pub hold_ms: u128,
    /// Their wrap.
    pub wrap_ms: u128,
}

/// What a team did. Agents in this model are available, talking, holding or wrapping from login to logout, but for paid
/// breaks: so all logged-in time but these is productive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamTally {
    /// Logged-in agent time of each step, without breaks. What lies before the horizon is in the first, what lies after it in the last.
    pub logged_in_ms: Vec<u64>,
    /// Of that, talking, holding and wrapping, other clients' customers included.
    pub busy_ms: Vec<u64>,
    /// The part of it all that went to other clients' customers, in the whole horizon.
    pub others_busy_ms: u128,
    /// The contacts it handled, other clients' included.
    pub handled: u64,
    /// What it handled of our own queues, by month of arrival, in the order of `month_starts`. Over all teams it is what the
    /// tallies of these queues have.
    pub own: Vec<Handled>,
    /// The most agents that its shifts have at work at once.
    pub peak: u32,
}

/// Contacts that a team handled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handled {
    /// How many.
    pub contacts: u64,
    /// Of them, resolved.
    pub resolved: u64,
    /// Their talk, hold and wrap.
    pub handle_ms: u128,
}

impl Handled {
    #[inline]
    pub(crate) fn add(&mut self, answer: &Answer) {
        self.contacts += 1;
        self.resolved += u64::from(answer.resolved);
        self.handle_ms += (answer.talk + answer.hold + answer.wrap) as u128;
    }
}

impl AddAssign for QueueTally {
    fn add_assign(&mut self, other: QueueTally) {
        self.dialed += other.dialed;
        self.offered += other.offered;
        self.handled += other.handled;
        self.abandoned += other.abandoned;
        self.blocked += other.blocked;
        self.unreachable += other.unreachable;
        self.open += other.open;
        self.pending += other.pending;
        self.within_threshold += other.within_threshold;
        self.abandoned_in_time += other.abandoned_in_time;
        self.long_waits += other.long_waits;
        self.contained += other.contained;
        self.late += other.late;
        self.escalated += other.escalated;
        self.received += other.received;
        self.overflowed += other.overflowed;
        self.returned += other.returned;
        self.resolved += other.resolved;
        self.wait_ms += other.wait_ms;
        self.abandoned_wait_ms += other.abandoned_wait_ms;
        self.talk_ms += other.talk_ms;
        self.hold_ms += other.hold_ms;
        self.wrap_ms += other.wrap_ms;
    }
}

impl QueueTally {
    /// Contacts of customers who reach out for the first time, among the offered. No agent can change how many they are, but
    /// for those of a list, who are called when agents are free.
    pub fn first(&self) -> u64 {
        self.offered - self.received - self.returned
    }

    #[inline]
    pub(crate) fn handle(&mut self, answer: &Answer, contact: &Contact, ended: i64, queue: &Queue) {
        let wait = answer.at - contact.offered;
        self.handled += 1;
        self.late += u64::from(queue.due_ms.is_some_and(|due_ms| due_ms < ended - contact.arrived));
        self.within_threshold += u64::from(wait <= queue.threshold_ms);
        self.long_waits += u64::from(LONG_WAIT_MS < wait);
        self.resolved += u64::from(answer.resolved);
        self.wait_ms += wait as u128;
        self.talk_ms += answer.talk as u128;
        self.hold_ms += answer.hold as u128;
        self.wrap_ms += answer.wrap as u128;
    }

    #[inline]
    pub(crate) fn leave_open(&mut self, contact: &Contact, queue: &Queue, horizon_until: i64) {
        self.open += 1;
        if let Some(due_ms) = queue.due_ms {
            let is_pending = horizon_until - contact.arrived < due_ms;
            *(if is_pending { &mut self.pending } else { &mut self.late }) += 1;
        }
    }

    #[inline]
    pub(crate) fn abandon(&mut self, wait: i64, queue: &Queue) {
        self.abandoned += 1;
        self.abandoned_in_time += u64::from(wait <= queue.threshold_ms);
        self.long_waits += u64::from(LONG_WAIT_MS < wait);
        self.abandoned_wait_ms += wait as u128;
    }
}

impl Tallies {
    /// A queue's months together.
    pub fn queue(&self, queue: usize) -> QueueTally {
        let mut total = QueueTally::default();
        for month in &self.queues[queue] {
            total += *month;
        }
        total
    }
}

impl TeamTally {
    /// The share of logged-in time that is busy. `None` if nobody logged in.
    pub fn occupancy(&self) -> Option<f64> {
        let sum = |steps: &[u64]| steps.iter().map(|step| u128::from(*step)).sum::<u128>() as f64;
        let logged_in = sum(&self.logged_in_ms);
        (0.0 < logged_in).then(|| sum(&self.busy_ms) / logged_in)
    }
}

/// Spreads stretches of time over the steps of the horizon.
pub(crate) struct Steps {
    from: i64,
    step_ms: i64,
    cursor: usize,   // The step in which the last busy stretch began,
    cursor_end: i64, // and its end.
    pub busy_ms: Vec<u64>,
    pub logged_in_ms: Vec<u64>,
}

impl Steps {
    pub(crate) fn new(scenario: &Scenario) -> Steps {
        let (Span { from, until }, step_ms) = (scenario.horizon, scenario.step_ms);
        let steps = ((until - from) as u64).div_ceil(step_ms as u64) as usize;
        let mut new =
            Steps { from, step_ms, cursor: 0, cursor_end: 0, busy_ms: vec![0; steps], logged_in_ms: vec![0; steps] };
        new.cursor_end = new.end_of(0);
        new
    }

    /// A contact is handled in `[from, until)`. Calls come in order of `from`: a line is served in order.
    #[inline]
    pub(crate) fn busy(&mut self, from: i64, until: i64) {
        while self.cursor_end <= from {
            self.cursor += 1;
            self.cursor_end = self.end_of(self.cursor);
        }
        if until <= self.cursor_end {
            self.busy_ms[self.cursor] += (until - from) as u64;
        } else {
            let (first, from, step_ms) = (self.cursor, from, self.step_ms);
            spread(&mut self.busy_ms, self.from, step_ms, first, from, until);
        }
    }

    /// The same in any order.
    pub(crate) fn busy_in_between(&mut self, from: i64, until: i64) {
        let last = self.busy_ms.len() - 1;
        let first = ((from - self.from).max(0) / self.step_ms).min(last as i64) as usize;
        spread(&mut self.busy_ms, self.from, self.step_ms, first, from, until);
    }

    /// An agent is logged in during `[from, until)`.
    pub(crate) fn logged_in(&mut self, from: i64, until: i64) {
        let last = self.logged_in_ms.len() - 1;
        let first = ((from - self.from).max(0) / self.step_ms).min(last as i64) as usize;
        spread(&mut self.logged_in_ms, self.from, self.step_ms, first, from, until);
    }

    fn end_of(&self, step: usize) -> i64 {
        if step + 1 == self.busy_ms.len() { i64::MAX } else { self.from + (step as i64 + 1) * self.step_ms }
    }
}

/// Adds `[from, until)` to the steps it lies in, of which `first` is the first.
fn spread(steps: &mut [u64], origin: i64, step_ms: i64, first: usize, mut from: i64, until: i64) {
    let last = steps.len() - 1;
    for (step, total) in steps.iter_mut().enumerate().skip(first) {
        let end = if step == last { until } else { until.min(origin + (step as i64 + 1) * step_ms) };
        *total += (end - from) as u64;
        from = end;
        if until <= end {
            break;
        }
    }
}
