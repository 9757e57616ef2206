//! The least paid time with broken numbers of agents: a bound for whole ones. And the search for these.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};

use super::{PartTime, WHOLE};
use crate::{MAX_AGENTS, StaffingError};

/// The shifts that cover a window's steps.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Relaxation {
    /// Agents of each step.
    pub need: Vec<u32>,
    pub columns: Vec<Relaxed>,
    pub part_time: PartTime,
}

/// A shift, as far as a window sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Relaxed {
    /// The window's steps that it covers.
    pub steps: Vec<u32>,
    pub paid: i64,
    /// How many of its steps are in the window, of how many.
    pub inside: u32,
    pub of: u32,
    pub part_time: bool,
    /// The window's week in whose share it counts. `None` if in none.
    pub week: Option<u32>,
}

impl Relaxation {
    /// Agents on each column, and the least paid time, a bound from below.
    pub fn solve(&self) -> Result<(Vec<f64>, f64), StaffingError> {
        let (problem, variables) = self.problem(|problem, cost| problem.add_var(cost, (0.0, f64::from(MAX_AGENTS))));
        let outcome = problem.solve().map_err(unsolved)?;
        let solution =
            outcome.solution().ok_or_else(|| StaffingError::Unsolved("there is no relaxation".to_owned()))?;
        let amounts = variables.iter().map(|variable| solution.var_value(*variable)).collect();
        Ok((amounts, solution.objective() * self.scale()))
    }

    /// Whole numbers of agents by branch and bound, from those known on, and what none have less of. `None` if nothing is
    /// found in so many branches.
    pub fn search(&self, known: Option<&[u32]>, branches: u64) -> Result<(Option<Vec<u32>>, i64), StaffingError> {
        let most = i32::try_from(MAX_AGENTS).expect("a team is small");
        let (problem, variables) = self.problem(|problem, cost| problem.add_integer_var(cost, (0, most)));
        let mut options = SolveOptions::default();
        options.node_limit = Some(branches);
        options.warm_start =
            known.map(|known| variables.iter().zip(known).map(|(variable, n)| (*variable, f64::from(*n))).collect());
        let outcome = problem.solve_with(options).map_err(unsolved)?;
        let bound = outcome.stats().best_bound.map_or(0, |bound| {
            let bound = bound * self.scale();
            (bound - 1e-6 * bound.max(1.0)).ceil() as i64
        });
        let rounded = |variable: &Variable| outcome.solution().map(|found| found.var_value(*variable).round() as u32);
        let found: Option<Vec<u32>> = variables.iter().map(rounded).collect();
        // The solver reckons in floats: what it found is looked at in whole numbers.
        Ok((found.filter(|agents| self.is_covered_by(agents)), bound))
    }

    /// In shortest shifts, so that the solver sees small numbers.
    fn scale(&self) -> f64 {
        self.columns.iter().map(|column| column.paid).min().unwrap_or(1) as f64
    }

    fn problem(&self, mut add: impl FnMut(&mut Problem, f64) -> Variable) -> (Problem, Vec<Variable>) {
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let scale = self.scale();
        let mut variables = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let inside = f64::from(column.inside) / f64::from(column.of);
            variables.push(add(&mut problem, column.paid as f64 / scale * inside));
        }
        let mut present: Vec<LinearExpr> = self.need.iter().map(|_| LinearExpr::empty()).collect();
        for (column, variable) in self.columns.iter().zip(&variables) {
            column.steps.iter().for_each(|step| present[*step as usize].add(*variable, 1.0));
        }
        for (need, present) in self.need.iter().zip(present).filter(|(need, _)| 0 < **need) {
            problem.add_constraint(present, ComparisonOp::Ge, f64::from(*need));
        }
        let weeks = self.columns.iter().filter_map(|column| column.week).max().map_or(0, |week| week + 1);
        let least = (0 < self.part_time.least).then_some((self.part_time.least, ComparisonOp::Ge));
        let most = (self.part_time.most < WHOLE).then_some((self.part_time.most, ComparisonOp::Le));
        for (share, comparison) in least.into_iter().chain(most) {
            for week in 0..weeks {
                let mut beyond = LinearExpr::empty(); // What part-time shifts have above that share of the paid time.
                let of_week = self.columns.iter().zip(&variables).filter(|(column, _)| column.week == Some(week));
                for (column, variable) in of_week {
                    let part = if column.part_time { f64::from(WHOLE) } else { 0.0 } - f64::from(share);
                    beyond.add(*variable, part / f64::from(WHOLE) * column.paid as f64 / scale);
                }
                problem.add_constraint(beyond, comparison, 0.0);
            }
        }
        (problem, variables)
    }

    fn is_covered_by(&self, agents: &[u32]) -> bool {
        let mut present = vec![0u64; self.need.len()];
        let weeks = self.columns.iter().filter_map(|column| column.week).max().map_or(0, |week| week + 1);
        let mut paid = vec![(0i128, 0i128); weeks as usize];
        for (column, agents) in self.columns.iter().zip(agents) {
            column.steps.iter().for_each(|step| present[*step as usize] += u64::from(*agents));
            if let Some(week) = column.week {
                let paid_of = i128::from(column.paid) * i128::from(*agents);
                paid[week as usize].0 += if column.part_time { paid_of } else { 0 };
                paid[week as usize].1 += paid_of;
            }
        }
        let covered = self.need.iter().zip(present).all(|(need, present)| u64::from(*need) <= present);
        covered && paid.into_iter().all(|(part, all)| self.part_time.holds(part, all))
    }
}

fn unsolved(error: microlp::Error) -> StaffingError {
    match error {
        // Without a share to keep, every step has a shift that covers it.
        microlp::Error::Infeasible => StaffingError::PartTime,
        error => StaffingError::Unsolved(error.to_string()),
    }
}
