//! What an agent has in hand of contacts that do not take an agent alone: several at once, or one that may be put aside.
//!
//! With n contacts in hand, each progresses by 1/slowdown(n) of a millisecond in a millisecond. All contacts in one hand
//! progress alike, so one clock of work done is enough: a part that is begun at W and takes L is over when the clock shows
//! W + L. In clock time this is the first whole millisecond at or after that instant; the next part counts from W + L all
//! the same, so roundings do not add up.

use crate::agents::Start;
use crate::contact::{Contact, FOREVER};
use crate::events::lines::Waiting;
use crate::recorder::{Answer, Spell};
use crate::scenario::Team;

/// A millionth of a millisecond: less than this is a matter of floating point.
const NOTHING: f64 = 1e-6;

/// The longest a part gets where several may be in hand at once, some two years: a bound for arithmetic, as slow as all
/// of them may make it.
const MAX_PART: i64 = 1 << 36;

/// How far work on a contact has come.
pub(super) struct Begun {
    /// The answer it will have had; its parts are the time each has taken so far.
    pub answer: Answer,
    left: [f64; 3], // What is left to do of each part, in milliseconds of undivided work.
    part: usize,
}

/// A contact that is being worked on.
pub(super) struct Task {
    pub waiting: Box<Waiting>,
    pub begun: Begun,
    /// Whether it is one that can be put aside.
    pub aside: bool,
    /// When its customer's side ended.
    pub ended: i64,
    due: f64,   // What the clock of work shows when the present part is over.
    since: i64, // Since when it is worked on in this part.
}

impl Task {
    /// An agent takes a contact, for the first time or again.
    pub(super) fn new(mut waiting: Box<Waiting>, team: &Team, pace: f64, start: Start, aside: bool) -> Task {
        let begun = match waiting.begun.take() {
            Some(begun) => {
                let (agent, resolved) = (start.agent as u32, waiting.contact.resolution < team.resolved);
                Begun { answer: Answer { agent, resolved, ..begun.answer }, ..begun }
            }
            None => {
                let answer = Answer::of(&waiting.contact, team, start, pace);
                let left = [answer.talk, answer.hold, answer.wrap].map(|part| part.min(MAX_PART) as f64);
                Begun { answer: Answer { talk: 0, hold: 0, wrap: 0, ..answer }, left, part: 0 }
            }
        };
        Task { waiting, begun, aside, ended: FOREVER, due: 0.0, since: 0 }
    }

    /// Back to where it waits, with what has been done of it. It has its answer: its customer does not leave any more.
    pub(super) fn put_down(self) -> Box<Waiting> {
        let Task { mut waiting, begun, .. } = self;
        waiting.contact.deadline = FOREVER;
        waiting.overflow = None;
        waiting.begun = Some(begun);
        waiting
    }

    fn spend(&mut self, time: i64) {
        match self.begun.part {
            0 => self.begun.answer.talk += time,
            1 => self.begun.answer.hold += time,
            _ => self.begun.answer.wrap += time,
        }
    }
}

/// What comes of the work in hand when the time comes, as far as anybody else sees it.
#[derive(Default)]
pub(super) struct Progress {
    /// Whose customer's side has ended, if that customer comes back.
    pub comes_back: Option<Box<Contact>>,
    /// What is done.
    pub done: Option<Task>,
}

/// All that an agent has in hand.
#[derive(Default)]
pub(super) struct Hands {
    tasks: Vec<Task>,
    work: f64,          // The clock of work,
    as_of: i64,         // and when it showed this.
    from: i64,          // Since when there has been something in hand,
    free: i64,          // and nothing before.
    queue: Option<u32>, // The queue of all since then, if it is one.
}

impl Hands {
    pub(super) fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether what is in hand can be put aside now.
    pub(super) fn can_put_aside(&self) -> bool {
        self.tasks.first().is_some_and(|task| task.aside && task.begun.part < 2)
    }

    /// Whether it is one that can be put aside, if not now.
    pub(super) fn is_aside(&self) -> bool {
        self.tasks.first().is_some_and(|task| task.aside)
    }

    /// One more.
    pub(super) fn take(&mut self, mut task: Task, at: i64, free: i64, team: &Team) {
        let queue = task.waiting.queue;
        if self.tasks.is_empty() {
            (self.work, self.from, self.free, self.queue) = (0.0, at, free, Some(queue));
        } else {
            self.progress(at, team);
            self.queue = self.queue.filter(|of_all| *of_all == queue);
        }
        self.as_of = at;
        task.due = self.work + task.begun.left[task.begun.part];
        task.since = at;
        self.tasks.push(task);
    }

    /// When the next part of something in hand is over.
    pub(super) fn next_at(&self, team: &Team) -> i64 {
        let Some(due) = self.due() else { return FOREVER };
        let left = (due - self.work).max(0.0) * slowdown(team, self.tasks.len());
        self.as_of + (left - NOTHING).ceil().max(0.0) as i64
    }

    /// That time has come: the first part that is over, of the contact longest in hand, gives way to the next that takes
    /// any time.
    pub(super) fn advance(&mut self, at: i64, team: &Team) -> Progress {
        let mut progress = Progress::default();
        let Some(due) = self.due() else { return progress };
        self.progress(at, team);
        self.work = self.work.max(due);
        let Some(place) = self.tasks.iter().position(|task| task.due <= self.work + NOTHING) else {
            return progress;
        };
        let task = &mut self.tasks[place];
        task.spend(at - task.since);
        task.since = at;
        loop {
            task.begun.part += 1;
            if task.begun.part == 2 {
                task.ended = at;
                let contact = &task.waiting.contact;
                let comes_back = contact.returns && !task.begun.answer.resolved;
                progress.comes_back = comes_back.then(|| Box::new(*contact));
            }
            let Some(left) = task.begun.left.get(task.begun.part) else {
                progress.done = Some(self.tasks.remove(place));
                return progress;
            };
            if 0.0 < *left {
                task.due += left;
                return progress;
            }
        }
    }

    /// Puts aside what is in hand.
    pub(super) fn put_aside(&mut self, at: i64, team: &Team) -> Option<Task> {
        self.progress(at, team);
        let mut task = self.tasks.pop()?;
        task.spend(at - task.since);
        task.begun.left[task.begun.part] = (task.due - self.work).max(0.0);
        Some(task)
    }

    /// The time since the hands were empty, now that they are again.
    pub(super) fn spell(&self, agent: usize, at: i64) -> Spell {
        Spell { agent: agent as u32, free: self.free, from: self.from, until: at, queue: self.queue }
    }

    fn due(&self) -> Option<f64> {
        self.tasks.iter().map(|task| task.due).min_by(f64::total_cmp)
    }

    fn progress(&mut self, at: i64, team: &Team) {
        self.work += (at - self.as_of) as f64 / slowdown(team, self.tasks.len());
        self.as_of = at;
    }
}

/// By how much longer each of so many in hand takes.
fn slowdown(team: &Team, in_hand: usize) -> f64 {
    team.slowdown.get(in_hand.max(1) - 1).copied().unwrap_or(1.0)
}
