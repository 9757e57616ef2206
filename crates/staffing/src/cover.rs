//! Shifts of given shapes that cover a requirement with the least paid time.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions};

use crate::requirement::in_order;
use crate::{MAX_AGENTS, Requirement, StaffingError};

/// A shift that may be worked, by any number of agents. Instants are milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// When it begins.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Half-open spans within it in which the agent takes no contacts, increasing and apart.
    pub breaks: Vec<(i64, i64)>,
    /// The part of it that is paid, in milliseconds; above 0.
    pub paid_ms: i64,
    /// Whether it is a part-time shift.
    pub part_time: bool,
}

/// How much of the paid time part-time shifts may be, in ten-thousandths of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
const WHOLE: u32 = 10_000;

/// How many agents work which shift.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// Agents on each candidate, in the candidates' order.
    pub agents: Vec<u32>,
    /// The paid time of all of them, in agent-milliseconds.
    pub paid_ms: i128,
    /// By how much the paid time may be above the least possible, as a share of the paid time: 0 where it is the least. A
    /// requirement longer than [`WINDOW_DAYS`] without a gap that no shift crosses is solved in windows, one after the
    /// other, and this is the worst of them.
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

/// Up to so many days are solved at once.
pub const WINDOW_DAYS: i64 = 14;

/// Branches of the search for whole numbers, after which the best cover found so far is taken. A count and not a time, so
/// that the same requirement always has the same cover.
const BRANCHES: u64 = 2_000;

/// With a share of part-time shifts to keep, whole numbers seldom are the least that broken ones allow, and proving which
/// are takes minutes: a cover is taken whose paid time is above the least by at most this share.
const WITHIN: f64 = 0.002;

/// Presences of candidates in steps, of one window: what the program's matrix may hold.
const PRESENCES: usize = 2_000_000;

/// The cover of least paid time, part-time shifts having their share of each window: in every step at least the required agents are there, none of them on a break in any part
/// of it.
///
///   minimize Σ paid(s)·x(s)  with  Σ [s works through i]·x(s) ≥ required(i) for each step i,  x(s) = 0, 1, 2, …,
///   least · Σ paid(s)·x(s)  ≤  Σ [s is part-time]·paid(s)·x(s)  ≤  most · Σ paid(s)·x(s)
///
/// Dantzig, G. B. (1954), "A comment on Edie's 'Traffic delays at toll booths'", Operations Research 2(3). The integer
/// program is solved by branch and bound.
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
    let mut open = Open { requirement, missing: requirement.iter().map(|step| step.agents).collect() };
    let mut cover = Cover { agents: vec![0; candidates.len()], paid_ms: 0, gap: 0.0 };
    while let Some(first) = open.missing.iter().position(|missing| *missing > 0) {
        let window = Window::of(&open, first, candidates)?;
        let (agents, gap) = window.solve(&open, candidates, part_time)?;
        for (candidate, agents) in window.candidates.iter().zip(agents) {
            cover.agents[*candidate] += agents;
            cover.paid_ms += i128::from(candidates[*candidate].paid_ms) * i128::from(agents);
            open.fill(&candidates[*candidate], agents);
        }
        cover.gap = cover.gap.max(gap);
        if let Some(step) = (first..window.ends).find(|step| open.missing[*step] > 0) {
            return Err(StaffingError::Unsolved(format!("step {step} is left uncovered")));
        }
    }
    Ok(cover)
}

impl Candidate {
    fn is_sound(&self) -> bool {
        let mut at = self.from;
        let inside = self.breaks.iter().all(|(from, until)| {
            let apart = at <= *from && from < until && *until <= self.until;
            at = *until;
            apart
        });
        self.from < self.until && 0 < self.paid_ms && inside
    }

    /// The stretches in which the agent takes contacts.
    pub fn presences(&self) -> impl Iterator<Item = (i64, i64)> {
        let begins = std::iter::once(self.from).chain(self.breaks.iter().map(|pause| pause.1));
        let ends = self.breaks.iter().map(|pause| pause.0).chain(std::iter::once(self.until));
        begins.zip(ends).filter(|(from, until)| from < until)
    }
}

/// The agents still missing in each step.
struct Open<'a> {
    requirement: &'a [Requirement],
    missing: Vec<u32>,
}

impl Open<'_> {
    /// The steps throughout which a candidate takes contacts.
    fn steps(&self, candidate: &Candidate) -> impl Iterator<Item = usize> {
        candidate.presences().flat_map(|(from, until)| {
            let begins = self.requirement.partition_point(|step| step.from < from);
            let ends = self.requirement.partition_point(|step| step.until <= until);
            begins..ends
        })
    }

    fn fill(&mut self, candidate: &Candidate, agents: u32) {
        if agents > 0 {
            for step in self.steps(candidate).collect::<Vec<_>>() {
                self.missing[step] = self.missing[step].saturating_sub(agents);
            }
        }
    }
}

/// The steps and candidates that are solved at once.
struct Window {
    /// The end of its steps.
    ends: usize,
    /// Those that cover any of them where agents are missing.
    candidates: Vec<usize>,
    /// By step from the window's first: the variables of the candidates that cover it.
    covered_by: Vec<Vec<usize>>,
    first: usize,
}

impl Window {
    fn of(open: &Open<'_>, first: usize, candidates: &[Candidate]) -> Result<Window, StaffingError> {
        let until = open.requirement[first].from + WINDOW_DAYS * 86_400_000;
        let ends = open.requirement.partition_point(|step| step.from < until);
        let mut window = Window { ends, candidates: Vec::new(), covered_by: vec![Vec::new(); ends - first], first };
        let mut presences = 0;
        for (place, candidate) in candidates.iter().enumerate() {
            let helps = |step: &usize| first <= *step && *step < ends && open.missing[*step] > 0;
            let steps: Vec<usize> = open.steps(candidate).filter(helps).collect();
            presences += steps.len();
            if presences > PRESENCES {
                return Err(StaffingError::TooManyShifts);
            }
            steps.iter().for_each(|step| window.covered_by[step - first].push(window.candidates.len()));
            if !steps.is_empty() {
                window.candidates.push(place);
            }
        }
        match (first..ends).find(|step| open.missing[*step] > 0 && window.covered_by[step - first].is_empty()) {
            Some(step) => Err(StaffingError::Uncovered { step }),
            None => Ok(window),
        }
    }

    /// Agents on each of the window's candidates, and by which share their paid time may exceed the least.
    fn solve(
        &self,
        open: &Open<'_>,
        candidates: &[Candidate],
        part_time: PartTime,
    ) -> Result<(Vec<u32>, f64), StaffingError> {
        let unsolved = |error: microlp::Error| match error {
            // Without a share to keep, every step has a shift that covers it.
            microlp::Error::Infeasible => StaffingError::PartTime,
            error => StaffingError::Unsolved(error.to_string()),
        };
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let shortest = self.candidates.iter().map(|place| candidates[*place].paid_ms).min().unwrap_or(1);
        let most = i32::try_from(MAX_AGENTS).expect("a team is small");
        let variables: Vec<_> = self
            .candidates
            .iter()
            // In shortest shifts, so that the solver sees small numbers.
            .map(|place| problem.add_integer_var(candidates[*place].paid_ms as f64 / shortest as f64, (0, most)))
            .collect();
        for (step, covered_by) in (self.first..).zip(&self.covered_by) {
            if open.missing[step] > 0 {
                let mut present = LinearExpr::empty();
                covered_by.iter().for_each(|variable| present.add(variables[*variable], 1.0));
                problem.add_constraint(present, ComparisonOp::Ge, f64::from(open.missing[step]));
            }
        }
        let least = (0 < part_time.least).then_some((part_time.least, ComparisonOp::Ge));
        let most = (part_time.most < WHOLE).then_some((part_time.most, ComparisonOp::Le));
        for (share, comparison) in least.into_iter().chain(most) {
            let mut beyond = LinearExpr::empty(); // What part-time shifts have above that share of the paid time.
            for (variable, place) in variables.iter().zip(&self.candidates) {
                let part = if candidates[*place].part_time { f64::from(WHOLE) } else { 0.0 } - f64::from(share);
                beyond.add(*variable, part / f64::from(WHOLE) * candidates[*place].paid_ms as f64 / shortest as f64);
            }
            problem.add_constraint(beyond, comparison, 0.0);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(BRANCHES);
        if part_time != PartTime::ANY {
            options.mip_gap = WITHIN;
        }
        let outcome = problem.solve_with(options).map_err(unsolved)?;
        let solution = outcome
            .into_solution()
            .map_err(|_| StaffingError::Unsolved(format!("no whole numbers within {BRANCHES} branches")))?;
        let agents: Vec<u32> = variables.iter().map(|variable| solution.var_value(*variable).round() as u32).collect();
        // The solver's floats are checked in whole milliseconds.
        let paid = |counts: fn(&Candidate) -> bool| -> i128 {
            let shifts = self.candidates.iter().map(|place| &candidates[*place]).zip(&agents);
            shifts.filter(|(shift, _)| counts(shift)).map(|(shift, n)| i128::from(shift.paid_ms) * i128::from(*n)).sum()
        };
        if !part_time.holds(paid(|shift| shift.part_time), paid(|_| true)) {
            return Err(StaffingError::Unsolved("the share of part-time shifts is missed by a rounding".to_owned()));
        }
        Ok((agents, solution.gap().unwrap_or(0.0)))
    }
}
