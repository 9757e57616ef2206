//! Shifts that put exactly the required agents to work.

use std::collections::{BTreeSet, VecDeque};

use crate::requirement::in_order;
use crate::{Candidate, Cover, Requirement, StaffingError};

/// The most agents of a team.
pub const MAX_AGENTS: u32 = 1 << 20;

/// The most shifts of a roster.
pub(crate) const MAX_SHIFTS: usize = 5_000_000;

const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

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

/// What an agent may work in a week. Where it is given it is kept, and an agent works one shift a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Week<'a> {
    /// When weeks begin, increasing: a shift belongs to the week in which it begins.
    pub starts: &'a [i64],
    /// The most paid time.
    pub most_ms: i64,
    /// The most shifts.
    pub most_shifts: u32,
    /// The least time between the end of a shift and the beginning of the next.
    pub rest_ms: i64,
}

/// Whom shifts are given to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AssignmentRules<'a> {
    /// When each month begins, and how many agents are on the register then at least. A shift belongs to the month in
    /// which it begins; those before the first month to the first.
    pub months: &'a [(i64, u32)],
    /// Local midnights, increasing: a shift belongs to the day in which it begins.
    pub day_starts: &'a [i64],
    /// The time between an agent's shifts of different days, kept wherever the register allows.
    pub rest_ms: i64,
    /// What is kept in any case, by more agents if need be.
    pub week: Option<Week<'a>>,
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
    /// When a paid break ends that begins with its end. `None` if the agent logs out.
    pub back: Option<i64>,
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
/// Whoever has been there longest goes first when fewer are required and is relieved at the longest shift's end, so that
/// shifts are of a length; a line that never closes changes shifts at the same times every day. Each shift goes to the
/// agent of the fewest hours who has not begun another that day and has rested, then to one who has not rested, then to
/// one who has a part of a working day left, and only then to a new agent. The same requirement gives the same roster.
pub fn roster(requirement: &[Requirement], rules: &ShiftRules<'_>) -> Result<Roster, StaffingError> {
    if rules.shift_max_ms < 60_000 {
        return Err(StaffingError::ShiftMax(rules.shift_max_ms));
    }
    in_order(requirement.iter().map(|step| (step.from, step.until)))?;
    if let Some(step) = requirement.iter().find(|step| step.agents > MAX_AGENTS) {
        return Err(StaffingError::TooMany { agents: step.agents });
    }
    let together = |a: &Requirement, b: &Requirement| a.until == b.from && a.agents > 0 && b.agents > 0;
    let mut spans = Vec::new();
    for stretch in requirement.chunk_by(together) {
        stretch_spans(stretch, rules.shift_max_ms, &mut spans)?;
    }
    spans.sort_unstable_by_key(|span| (span.from, span.until));
    let mut register = Register::new(rules);
    let shifts = spans
        .into_iter()
        .map(|Span { from, until, last }| Shift {
            agent: register.take(from, until, until - from),
            from,
            until,
            last,
            back: None,
        })
        .collect();
    Ok(Roster { shifts, agents: register.agents.len() as u32 })
}

/// Who works the shifts of a cover, and how many agents each month takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlyRoster {
    /// By their beginnings. A shift with breaks is several, of the same agent.
    pub shifts: Vec<Shift>,
    /// Agents on the register in each month: those asked for or, if more, as many as the shifts take.
    pub agents: Vec<u32>,
}

/// Agents for the shifts of a cover, month by month.
///
/// Each shift goes to an agent as in [`roster`]; hours are counted anew every month, weeks over months.
pub fn assigned(
    cover: &Cover,
    candidates: &[Candidate],
    requirement: &[Requirement],
    rules: &AssignmentRules<'_>,
) -> Result<MonthlyRoster, StaffingError> {
    let AssignmentRules { months, day_starts, rest_ms, week } = *rules;
    let worked = cover.agents.iter().map(|agents| *agents as usize).try_fold(0, usize::checked_add);
    if worked.is_none_or(|shifts| shifts > MAX_SHIFTS) {
        return Err(StaffingError::TooManyShifts);
    }
    let shift_max_ms = candidates.iter().map(|shift| shift.until - shift.from).max().unwrap_or(0);
    let rules = ShiftRules { day_starts, shift_max_ms, rest_ms, register: 0 };
    let worked = candidates.iter().zip(&cover.agents).filter(|(_, agents)| 0 < **agents);
    if let (Some(longest), Some(week)) = (worked.map(|(shift, _)| shift.paid_ms).max(), week)
        && (week.most_ms < longest || week.most_shifts == 0)
    {
        return Err(StaffingError::Week { paid_ms: longest });
    }
    let mut register = Register { week, ..Register::new(&rules) };
    let mut by_beginning: Vec<usize> = (0..candidates.len()).filter(|place| cover.agents[*place] > 0).collect();
    by_beginning.sort_by_key(|place| (candidates[*place].from, candidates[*place].until));
    let mut roster = MonthlyRoster { shifts: Vec::new(), agents: Vec::new() };
    for place in by_beginning {
        let candidate = &candidates[place];
        while let Some((begins, agents)) = months.get(roster.agents.len())
            && (roster.agents.is_empty() || *begins <= candidate.from)
        {
            register.begin_month(*agents);
            roster.agents.push(register.employed);
        }
        let goes_on = requirement.partition_point(|step| step.until <= candidate.until);
        let goes_on = requirement.get(goes_on).is_some_and(|step| step.from <= candidate.until && step.agents > 0);
        for _ in 0..cover.agents[place] {
            let agent = register.take(candidate.from, candidate.until, candidate.paid_ms);
            let presences = candidate.presences().map(|(from, until)| {
                let last = until == candidate.until && !goes_on;
                Shift { agent, from, until, last, back: candidate.back_from(until) }
            });
            roster.shifts.extend(presences);
        }
        if let Some(agents) = roster.agents.last_mut() {
            *agents = register.employed;
        }
    }
    for (_, agents) in &months[roster.agents.len()..] {
        roster.agents.push(*agents);
    }
    roster.shifts.sort_unstable_by_key(|shift| (shift.from, shift.until, shift.agent));
    Ok(roster)
}

/// A shift nobody has been found for yet.
struct Span {
    from: i64,
    until: i64,
    last: bool,
}

/// The shifts of a stretch of time throughout which someone is required (or of a step in which nobody is).
fn stretch_spans(stretch: &[Requirement], shift_max: i64, spans: &mut Vec<Span>) -> Result<(), StaffingError> {
    let (Some(first), Some(closing)) = (stretch.first(), stretch.last()) else { return Ok(()) };
    let closes = closing.until;
    let longest = longest_shift(closes - first.from, shift_max);
    let mut present = VecDeque::new(); // When each agent who is there came, the earliest first.
    let steps = stretch.iter().map(|step| (step.from, step.agents as usize));
    for (at, agents) in steps.chain([(closes, 0)]) {
        relieve(&mut present, at, longest, spans)?;
        while present.len() > agents {
            spans.extend(present.pop_front().map(|from| Span { from, until: at, last: at == closes }));
        }
        present.resize(agents, at);
    }
    Ok(())
}

/// Agents whose longest shift ends before `at` go, and others come for them.
fn relieve(present: &mut VecDeque<i64>, at: i64, longest: i64, spans: &mut Vec<Span>) -> Result<(), StaffingError> {
    while let Some(from) = present.pop_front_if(|from| *from + longest < at) {
        let until = from + longest;
        spans.push(Span { from, until, last: false });
        present.push_back(until); // Nobody came later than now.
        if spans.len() > MAX_SHIFTS {
            return Err(StaffingError::TooManyShifts);
        }
    }
    Ok(())
}

/// The longest shift in a stretch of time: such that a day is divided evenly if it never closes, and that the last of
/// the day's shifts is not a short rest.
fn longest_shift(stretch: i64, shift_max: i64) -> i64 {
    if stretch > DAY {
        return if shift_max < DAY { even_part(DAY, shift_max) } else { shift_max };
    }
    let rest = stretch % shift_max;
    if rest == 0 || 2 * rest >= shift_max { shift_max } else { even_part(stretch, shift_max) }
}

/// What each gets of as few equal parts as have at most `most`; full minutes if that is possible.
fn even_part(whole: i64, most: i64) -> i64 {
    let parts = (whole - 1) / most + 1;
    let part = (whole - 1) / parts + 1;
    let minutes = ((part - 1) / MINUTE + 1) * MINUTE;
    if minutes <= most { minutes } else { part }
}

/// What an agent has worked so far.
#[derive(Clone, Copy)]
struct Agent {
    worked_ms: i64,
    free_from: i64,
    day: usize,       // of the last shift's beginning
    day_ms: i64,      // worked of that day
    week: usize,      // of the last shift's beginning,
    week_ms: i64,     // paid of that week
    week_shifts: u32, // and worked in it.
}

impl Agent {
    const NEW: Agent = Agent {
        worked_ms: 0,
        free_from: i64::MIN,
        day: usize::MAX,
        day_ms: 0,
        week: usize::MAX,
        week_ms: 0,
        week_shifts: 0,
    };

    /// Whether a week's rule lets the agent work a shift that begins on that day of that week.
    fn may_work(&self, rule: &Week<'_>, (day, week): (usize, usize), from: i64, paid_ms: i64) -> bool {
        let (paid, shifts) = if self.week == week { (self.week_ms, self.week_shifts) } else { (0, 0) };
        self.day != day
            && self.free_from.saturating_add(rule.rest_ms) <= from
            && paid + paid_ms <= rule.most_ms
            && shifts < rule.most_shifts
    }
}

struct Register<'a> {
    rules: &'a ShiftRules<'a>,
    agents: Vec<Agent>,             // All who ever were on it.
    employed: u32,                  // The first so many are on it now,
    by_hours: BTreeSet<(i64, u32)>, // by the hours they worked.
    week: Option<Week<'a>>,
}

impl<'a> Register<'a> {
    fn new(rules: &'a ShiftRules<'a>) -> Register<'a> {
        let mut register = Register { rules, agents: Vec::new(), employed: 0, by_hours: BTreeSet::new(), week: None };
        register.begin_month(rules.register);
        register
    }

    /// So many agents are employed, and nobody has worked yet.
    fn begin_month(&mut self, agents: u32) {
        self.employed = 0;
        self.by_hours.clear();
        for _ in 0..agents.min(MAX_AGENTS) {
            self.hire();
        }
    }

    fn hire(&mut self) -> u32 {
        let agent = self.employed;
        self.employed += 1;
        match self.agents.get_mut(agent as usize) {
            Some(known) => known.worked_ms = 0,
            None => self.agents.push(Agent::NEW),
        }
        self.by_hours.insert((0, agent));
        agent
    }

    /// Gives a shift to an agent. Shifts come in the order of their beginnings.
    fn take(&mut self, from: i64, until: i64, paid_ms: i64) -> u32 {
        let day = self.rules.day_starts.partition_point(|start| *start <= from);
        let week = self.week.map_or(0, |week| week.starts.partition_point(|start| *start <= from));
        let chosen = match self.week {
            Some(rule) => self.choose_in_week(&rule, (day, week), from, paid_ms),
            None => self.choose(day, from, until),
        };
        let agent = chosen.unwrap_or_else(|| self.hire_free((day, week), from, paid_ms));
        let record = &mut self.agents[agent as usize];
        self.by_hours.remove(&(record.worked_ms, agent));
        let before = if record.day == day { record.day_ms } else { 0 };
        let (paid, shifts) = if record.week == week { (record.week_ms, record.week_shifts) } else { (0, 0) };
        let length = until - from;
        *record = Agent {
            worked_ms: record.worked_ms + length,
            free_from: until,
            day,
            day_ms: before + length,
            week,
            week_ms: paid + paid_ms,
            week_shifts: shifts + 1,
        };
        self.by_hours.insert((record.worked_ms, agent));
        agent
    }

    /// A new agent; who was on the register before and still works a shift of last month is none, nor who has worked
    /// enough in the week.
    fn hire_free(&mut self, at: (usize, usize), from: i64, paid_ms: i64) -> u32 {
        loop {
            let agent = self.hire();
            let record = &self.agents[agent as usize];
            let is_free = record.free_from <= from;
            if is_free && self.week.is_none_or(|rule| record.may_work(&rule, at, from, paid_ms)) {
                return agent;
            }
        }
    }

    /// The agent of the fewest hours who may work the shift. The shift's day and week are `at`.
    fn choose_in_week(&self, rule: &Week<'_>, at: (usize, usize), from: i64, paid_ms: i64) -> Option<u32> {
        let mut agents = self.by_hours.iter().map(|(_, agent)| *agent);
        agents.find(|agent| self.agents[*agent as usize].may_work(rule, at, from, paid_ms))
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
