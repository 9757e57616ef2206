//! Shifts that put exactly the required agents to work.

use std::collections::{BTreeSet, VecDeque};

use crate::requirement::in_order;
use crate::{Requirement, StaffingError};

/// The most agents of a team.
pub const MAX_AGENTS: u32 = 1 << 20;

/// The most shifts of a roster.
const MAX_SHIFTS: usize = 5_000_000;

const DAY: i64 = 86_400_000;

/// What shifts may be like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShiftRules<'a> {
    /// Local midnights, increasing: a shift belongs to the day in which it begins.
    pub day_starts: &'a [i64],
    /// The longest shift, and the most that one agent works of a day.
    pub shift_max_ms: i64,
    /// The time between an agent's shifts of different days, kept wherever the register allows.
    pub rest_ms: i64,
    /// Agents on the register at least: those the hours take.
    pub register: u32,
}

/// An agent's presence: logged in and ready for contacts, or busy with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The agent's place on the register, from 0.
    pub agent: u32,
    /// When it begins, in milliseconds since 1970 UTC.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Whether the team closes with it: who is waiting then is still served.
    pub last: bool,
}

/// Who works when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// By their beginnings.
    pub shifts: Vec<Shift>,
    /// Agents on the register: as many as the rules asked for or, if more, as the shifts take.
    pub agents: u32,
}

/// Shifts that cover a requirement exactly: at every instant as many agents are present as are required.
///
/// Whoever has been there longest goes first when fewer are required, so that shifts are of a length. Longer presences
/// are cut into equal parts, those of a day and more by whole days. Each shift goes to the agent of the fewest hours
/// who has not begun another that day and has rested, then to one who has not rested, then to one who has a part of a
/// working day left, and only then to a new agent. The same requirement gives the same roster.
pub fn roster(requirement: &[Requirement], rules: &ShiftRules<'_>) -> Result<Roster, StaffingError> {
    if rules.shift_max_ms < 60_000 {
        return Err(StaffingError::ShiftMax(rules.shift_max_ms));
    }
    in_order(requirement.iter().map(|step| (step.from, step.until)))?;
    let presences = presences(requirement)?;
    let grain = requirement.iter().map(|step| step.until - step.from).min().unwrap_or(1).max(1);
    let mut pieces = Vec::new();
    for (from, until) in presences.spans {
        cut(from, until, rules.shift_max_ms, grain, &mut pieces);
        if pieces.len() > MAX_SHIFTS {
            return Err(StaffingError::TooManyShifts);
        }
    }
    pieces.sort_unstable();
    let mut register = Register::new(rules);
    let shifts = pieces
        .into_iter()
        .map(|(from, until)| {
            let last = presences.closings.binary_search(&until).is_ok();
            Shift { agent: register.take(from, until), from, until, last }
        })
        .collect();
    Ok(Roster { shifts, agents: register.agents.len() as u32 })
}

/// Uninterrupted presences, and when the team closes.
struct Presences {
    spans: Vec<(i64, i64)>,
    closings: Vec<i64>, // Increasing.
}

fn presences(requirement: &[Requirement]) -> Result<Presences, StaffingError> {
    let (mut present, mut spans, mut closings) = (VecDeque::new(), Vec::new(), Vec::new());
    let mut end = i64::MIN;
    let mut leave = |present: &mut VecDeque<i64>, keep: usize, at: i64| -> Result<(), StaffingError> {
        if keep == 0 && !present.is_empty() {
            closings.push(at);
        }
        while present.len() > keep {
            spans.extend(present.pop_front().map(|from| (from, at)));
        }
        if spans.len() > MAX_SHIFTS { Err(StaffingError::TooManyShifts) } else { Ok(()) }
    };
    for step in requirement {
        if step.agents > MAX_AGENTS {
            return Err(StaffingError::TooMany { agents: step.agents });
        }
        if end < step.from {
            leave(&mut present, 0, end)?; // Nobody is required between steps.
        }
        leave(&mut present, step.agents as usize, step.from)?;
        present.resize(step.agents as usize, step.from);
        end = step.until;
    }
    leave(&mut present, 0, end)?;
    Ok(Presences { spans, closings })
}

/// Cuts a presence into shifts of at most `longest`, all about as long, where possible at multiples of `grain` from its
/// beginning. What lasts for days is cut by days first, so that shifts begin at the same times every day.
fn cut(mut from: i64, until: i64, longest: i64, grain: i64, pieces: &mut Vec<(i64, i64)>) {
    while until - from > DAY && pieces.len() <= MAX_SHIFTS {
        cut_evenly(from, from + DAY, longest, grain, pieces);
        from += DAY;
    }
    cut_evenly(from, until, longest, grain, pieces);
}

fn cut_evenly(from: i64, until: i64, longest: i64, grain: i64, pieces: &mut Vec<(i64, i64)>) {
    let length = until - from;
    // In units that the longest shift holds; milliseconds where the grain does not fit.
    let unit = if grain <= longest && length % grain == 0 { grain } else { 1 };
    let units = length / unit;
    let parts = units.div_euclid(longest / unit) + i64::from(units % (longest / unit) != 0);
    let mut begin = from;
    for part in 1..=parts {
        let end = from + (i128::from(units) * i128::from(part) / i128::from(parts)) as i64 * unit;
        pieces.push((begin, end));
        begin = end;
    }
}

/// What an agent has worked so far.
#[derive(Clone, Copy)]
struct Agent {
    worked_ms: i64,
    free_from: i64,
    day: usize,  // of the last shift's beginning
    day_ms: i64, // worked of that day
}

struct Register<'a> {
    rules: &'a ShiftRules<'a>,
    agents: Vec<Agent>,
    by_hours: BTreeSet<(i64, u32)>,
}

impl<'a> Register<'a> {
    fn new(rules: &'a ShiftRules<'a>) -> Register<'a> {
        let mut register = Register { rules, agents: Vec::new(), by_hours: BTreeSet::new() };
        for _ in 0..rules.register.min(MAX_AGENTS) {
            register.hire();
        }
        register
    }

    fn hire(&mut self) -> u32 {
        let agent = self.agents.len() as u32;
        self.agents.push(Agent { worked_ms: 0, free_from: i64::MIN, day: usize::MAX, day_ms: 0 });
        self.by_hours.insert((0, agent));
        agent
    }

    /// Gives a shift to an agent. Shifts come in the order of their beginnings.
    fn take(&mut self, from: i64, until: i64) -> u32 {
        let day = self.rules.day_starts.partition_point(|start| *start <= from);
        let agent = self.choose(day, from, until).unwrap_or_else(|| self.hire());
        let record = &mut self.agents[agent as usize];
        self.by_hours.remove(&(record.worked_ms, agent));
        let before = if record.day == day { record.day_ms } else { 0 };
        let length = until - from;
        *record = Agent { worked_ms: record.worked_ms + length, free_from: until, day, day_ms: before + length };
        self.by_hours.insert((record.worked_ms, agent));
        agent
    }

    fn choose(&self, day: usize, from: i64, until: i64) -> Option<u32> {
        let (mut unrested, mut split) = (None, None);
        for (_, agent) in &self.by_hours {
            let record = &self.agents[*agent as usize];
            if from < record.free_from {
                continue;
            }
            if record.day != day {
                if record.free_from.saturating_add(self.rules.rest_ms) <= from {
                    return Some(*agent);
                }
                unrested = unrested.or(Some(*agent));
            } else if record.day_ms + (until - from) <= self.rules.shift_max_ms {
                split = split.or(Some(*agent));
            }
        }
        unrested.or(split)
    }
}
