//! Shifts of given shapes that cover a requirement with the least paid time.

mod block;
mod exchange;
mod relaxation;

use std::collections::BTreeMap;

use block::{Block, Column, Solved};

use crate::requirement::in_order;
use crate::{MAX_AGENTS, Requirement, StaffingError};

/// A shift that may be worked, by any number of agents. Instants are milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// When it begins.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Within it, increasing and apart.
    pub breaks: Vec<Break>,
    /// The part of it that is paid, in milliseconds; above 0.
    pub paid_ms: i64,
    /// Whether it is a part-time shift.
    pub part_time: bool,
}

/// A part of a shift, `[from, until)`, in which the agent takes no contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// When it begins.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Whether it is paid: then the agent stays logged in.
    pub paid: bool,
}

/// How much of the paid time part-time shifts may be, in ten-thousandths of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartTime {
    /// At least.
    pub least: u32,
    /// At most.
    pub most: u32,
}

impl PartTime {
    /// Any share.
    pub const ANY: PartTime = PartTime { least: 0, most: WHOLE };

    /// Whether so much paid time, of which so much is part-time, keeps to it.
    pub fn holds(self, part_time_ms: i128, paid_ms: i128) -> bool {
        let share = part_time_ms * i128::from(WHOLE);
        i128::from(self.least) * paid_ms <= share && share <= i128::from(self.most) * paid_ms
    }
}

/// All of the paid time, in ten-thousandths.
pub(crate) const WHOLE: u32 = 10_000;

/// How many agents work which shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Agents on each candidate, in the candidates' order.
    pub agents: Vec<u32>,
    /// The paid time of all of them, in agent-milliseconds.
    pub paid_ms: i128,
    /// By how much the paid time may be above the least possible, as a share of the paid time: 0 where it is the least.
    pub gap: f64,
}

impl Cover {
    /// The paid time of the shifts that begin in `[from, until)`, in agent-milliseconds.
    pub fn paid_in(&self, candidates: &[Candidate], from: i64, until: i64) -> i128 {
        self.sum(candidates, from, until, |shift| shift.paid_ms)
    }

    /// The time in which the agents of the shifts that begin in `[from, until)` take contacts, in agent-milliseconds.
    pub fn present_in(&self, candidates: &[Candidate], from: i64, until: i64) -> i128 {
        self.sum(candidates, from, until, |shift| shift.presences().map(|(from, until)| until - from).sum())
    }

    fn sum(&self, candidates: &[Candidate], from: i64, until: i64, of: impl Fn(&Candidate) -> i64) -> i128 {
        let begun = candidates.iter().zip(&self.agents).filter(|(shift, _)| from <= shift.from && shift.from < until);
        begun.map(|(shift, agents)| i128::from(of(shift)) * i128::from(*agents)).sum()
    }
}

/// The share of part-time shifts is kept in each so many days, counted from the first step that takes agents or, where the
/// line was closed for so long, from the first after that.
pub const SHARE_DAYS: i64 = 7;

/// Presences of candidates in steps that are looked at together: what memory holds.
const PRESENCES: usize = 12_000_000;

/// The cover of least paid time, part-time shifts having their share of each week: in every step at least the required
/// agents are there, none of them on a break in any part of it.
///
///   minimize Σ paid(s)·x(s)  with  Σ [s works through i]·x(s) ≥ required(i) for each step i,  x(s) = 0, 1, 2, …,
///   least · Σ paid(s)·x(s)  ≤  Σ [s is part-time]·paid(s)·x(s)  ≤  most · Σ paid(s)·x(s), over the s that begin in a week
///
/// Dantzig, G. B. (1954), "A comment on Edie's 'Traffic delays at toll booths'", Operations Research 2(3).
///
/// Steps that no shift ties together are problems of their own, and equal ones are solved once. Of each, broken numbers
/// of agents, week by week, give a bound on the paid time; whole ones near them are made better by exchanging shifts until
/// they reach the bound, or for a stated number of exchanges. What is short is then searched by branch and bound.
pub fn cover(
    requirement: &[Requirement],
    candidates: &[Candidate],
    part_time: PartTime,
) -> Result<Cover, StaffingError> {
    if part_time.most < part_time.least || WHOLE < part_time.most {
        return Err(StaffingError::PartTime);
    }
    in_order(requirement.iter().map(|step| (step.from, step.until)))?;
    if let Some(step) = requirement.iter().find(|step| step.agents > MAX_AGENTS) {
        return Err(StaffingError::TooMany { agents: step.agents });
    }
    if let Some(candidate) = candidates.iter().position(|candidate| !candidate.is_sound()) {
        return Err(StaffingError::Candidate { candidate });
    }
    let mut cover = Cover { agents: vec![0; candidates.len()], paid_ms: 0, gap: 0.0 };
    let mut least_ms = 0;
    let mut solved: BTreeMap<Block, Solved> = BTreeMap::new();
    for Part { places, block, unit_ms, .. } in parts(requirement, candidates, part_time)? {
        let found = match solved.get(&block) {
            Some(found) => found,
            None => {
                let found = block.solve()?;
                solved.entry(block).or_insert(found)
            }
        };
        for (place, agents) in places.iter().zip(&found.agents) {
            cover.agents[*place] = *agents;
        }
        cover.paid_ms += i128::from(found.paid) * i128::from(unit_ms);
        least_ms += i128::from(found.least) * i128::from(unit_ms);
    }
    cover.gap = if least_ms < cover.paid_ms { 1.0 - least_ms as f64 / cover.paid_ms as f64 } else { 0.0 };
    Ok(cover)
}

impl Candidate {
    fn is_sound(&self) -> bool {
        let mut at = self.from;
        let inside = self.breaks.iter().all(|Break { from, until, .. }| {
            let apart = at <= *from && from < until && *until <= self.until;
            at = *until;
            apart
        });
        self.from < self.until && 0 < self.paid_ms && inside
    }

    /// When paid breaks end that begin at an instant. `None` if none does.
    pub(crate) fn back_from(&self, at: i64) -> Option<i64> {
        let paid = self.breaks.iter().filter(|pause| pause.paid);
        let back = paid.fold(at, |at, pause| if pause.from == at { pause.until } else { at });
        Some(back).filter(|back| at < *back)
    }

    /// The stretches in which the agent takes contacts.
    pub fn presences(&self) -> impl Iterator<Item = (i64, i64)> {
        let begins = std::iter::once(self.from).chain(self.breaks.iter().map(|pause| pause.until));
        let ends = self.breaks.iter().map(|pause| pause.from).chain(std::iter::once(self.until));
        begins.zip(ends).filter(|(from, until)| from < until)
    }
}

/// A candidate and the steps with agents throughout which it takes contacts.
struct Useful {
    place: usize,
    steps: Vec<usize>,
}

/// Steps that are solved apart from others, and the candidates that cover them.
struct Part {
    places: Vec<usize>,
    block: Block,
    /// What the block counts paid time in.
    unit_ms: i64,
    first: usize,
    ends_with: usize,
}

/// What can be solved apart: steps that no candidate ties to others; with a share of part-time shifts, weeks at least.
fn parts(
    requirement: &[Requirement],
    candidates: &[Candidate],
    part_time: PartTime,
) -> Result<Vec<Part>, StaffingError> {
    let mut useful = useful(requirement, candidates)?;
    useful.sort_by_key(|candidate| (candidate.steps[0], candidate.place));
    let mut parts: Vec<Part> = Vec::new();
    let together = |part: &Part, first: usize| {
        let week = requirement[part.first].from + SHARE_DAYS * DAY;
        first <= part.ends_with || part_time != PartTime::ANY && requirement[first].from < week
    };
    for candidates_together in useful.chunk_by(|one, other| one.steps[0] == other.steps[0]) {
        let first = candidates_together[0].steps[0];
        if parts.last().is_none_or(|part| !together(part, first)) {
            parts.push(Part { places: Vec::new(), block: Block::new(part_time), unit_ms: 0, first, ends_with: first });
        }
        let part = parts.last_mut().expect("there is one now");
        for candidate in candidates_together {
            part.places.push(candidate.place);
            part.ends_with = part.ends_with.max(*candidate.steps.last().expect("it covers some"));
        }
    }
    let steps: BTreeMap<usize, Vec<usize>> = useful.into_iter().map(|found| (found.place, found.steps)).collect();
    for part in &mut parts {
        let paid = |place: &usize| candidates[*place].paid_ms;
        part.unit_ms = part.places.iter().map(paid).fold(0, greatest_divisor);
        part.block.steps(&requirement[part.first..=part.ends_with]);
        for place in &part.places {
            let candidate = &candidates[*place];
            part.block.columns.push(Column {
                steps: steps[place].iter().map(|step| (step - part.first) as u32).collect(),
                paid: candidate.paid_ms / part.unit_ms,
                part_time: candidate.part_time,
                week: ((candidate.from - requirement[part.first].from) / (SHARE_DAYS * DAY)).max(0) as u32,
            });
        }
    }
    Ok(parts)
}

fn greatest_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_divisor(b, a % b) }
}

/// The candidates that cover any step, each with the steps it covers; every step that takes agents has one.
fn useful(requirement: &[Requirement], candidates: &[Candidate]) -> Result<Vec<Useful>, StaffingError> {
    let mut is_covered = vec![false; requirement.len()];
    let (mut useful, mut presences) = (Vec::new(), 0);
    for (place, candidate) in candidates.iter().enumerate() {
        let mut steps = Vec::new();
        for (from, until) in candidate.presences() {
            let begins = requirement.partition_point(|step| step.from < from);
            let ends = requirement.partition_point(|step| step.until <= until);
            steps.extend((begins..ends).filter(|step| requirement[*step].agents > 0));
        }
        presences += steps.len();
        if presences > PRESENCES {
            return Err(StaffingError::TooManyShifts);
        }
        steps.iter().for_each(|step| is_covered[*step] = true);
        if !steps.is_empty() {
            useful.push(Useful { place, steps });
        }
    }
    match is_covered.iter().zip(requirement).position(|(is_covered, step)| !is_covered && step.agents > 0) {
        Some(step) => Err(StaffingError::Uncovered { step }),
        None => Ok(useful),
    }
}

const DAY: i64 = 86_400_000;
