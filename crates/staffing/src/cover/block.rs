//! A problem of its own: steps and the shifts that cover them.

use std::collections::BTreeMap;

use super::exchange::Exchange;
use super::relaxation::{Relaxation, Relaxed};
use super::{DAY, PartTime, SHARE_DAYS};
use crate::{Requirement, StaffingError};

/// Steps that shifts tie together, and the shifts. Equal blocks have equal covers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    /// Agents of each step.
    pub need: Vec<u32>,
    /// When each step begins, in milliseconds after the first.
    pub begins: Vec<i64>,
    /// In the order of the first steps that they cover.
    pub columns: Vec<Column>,
    /// What is kept of the shifts that begin in each week.
    pub part_time: PartTime,
}

/// A shift that may be worked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column {
    /// The steps with agents that it covers, increasing; some.
    pub steps: Vec<u32>,
    /// Its paid time, in the block's unit.
    pub paid: i64,
    pub part_time: bool,
    /// The week in which it begins, counted from the block's first step.
    pub week: u32,
}

/// A block's cover.
#[derive(Clone, Debug)]
pub(super) struct Solved {
    /// Agents on each column.
    pub agents: Vec<u32>,
    /// Their paid time, and what no cover has less of; in the block's unit.
    pub paid: i64,
    pub least: i64,
}

/// Presences of shifts in steps of a fortnight, above which weeks are bounded one by one: a bound of twice the time takes
/// some six times as long, and is hardly better.
const PRESENCES_AT_ONCE: usize = 12_000;

/// What branch and bound may do: branches × steps × shifts. A count and not a time, so that the same requirement always has
/// the same cover.
const BRANCHING: usize = 40_000_000;

impl Block {
    pub fn new(part_time: PartTime) -> Block {
        Block { need: Vec::new(), begins: Vec::new(), columns: Vec::new(), part_time }
    }

    pub fn steps(&mut self, requirement: &[Requirement]) {
        self.need = requirement.iter().map(|step| step.agents).collect();
        self.begins = requirement.iter().map(|step| step.from - requirement[0].from).collect();
    }

    /// Weeks in which shifts begin.
    pub fn weeks(&self) -> usize {
        self.columns.iter().map(|column| column.week as usize + 1).max().unwrap_or(0)
    }

    pub fn paid(&self, agents: &[u32]) -> i64 {
        self.columns.iter().zip(agents).map(|(column, agents)| column.paid * i64::from(*agents)).sum()
    }

    pub fn solve(&self) -> Result<Solved, StaffingError> {
        let windows = self.windows();
        let mut known: BTreeMap<Relaxation, (Vec<f64>, f64)> = BTreeMap::new();
        let mut agents = vec![0; self.columns.len()];
        let mut least = 0.0;
        for window in &windows {
            let (places, relaxation) = self.relaxation(window);
            let (amounts, paid) = match known.get(&relaxation) {
                Some(found) => found,
                None => {
                    let found = relaxation.solve()?;
                    known.entry(relaxation).or_insert(found)
                }
            };
            least += paid;
            for (place, amount) in places.iter().zip(amounts) {
                // A shift over the window's border counts where it begins.
                if window.steps.contains(&(self.columns[*place].steps[0] as usize)) {
                    agents[*place] = (amount + 1e-6).floor() as u32;
                }
            }
        }
        let mut least = (least - 1e-6 * least.max(1.0)).ceil() as i64; // Paid time is whole units.
        let mut found = Exchange::new(self, agents).best(least);
        if let [window] = &windows[..]
            && found.as_ref().is_none_or(|found| least < self.paid(found))
        {
            let (_, relaxation) = self.relaxation(window);
            let branches = (BRANCHING / (self.need.len() * self.columns.len())).clamp(4, 2_000);
            let (searched, bound) = relaxation.search(found.as_deref(), branches as u64)?;
            least = least.max(bound);
            found = searched.or(found);
        }
        let Some(agents) = found else {
            return Err(StaffingError::Unsolved("no whole numbers of agents were found".to_owned()));
        };
        let paid = self.paid(&agents);
        Ok(Solved { agents, paid, least: least.min(paid) })
    }

    /// Steps that are bounded together: weeks or fortnights, cut where the fewest agents are needed.
    fn windows(&self) -> Vec<Window> {
        let presences: usize = self.columns.iter().map(|column| column.steps.len()).sum();
        let days = self.begins.last().map_or(1, |begins| begins / DAY + 1);
        let is_light = presences / days as usize * 2 * (SHARE_DAYS as usize) < PRESENCES_AT_ONCE;
        let weeks = if is_light { 2 } else { 1 };
        let mut windows: Vec<Window> = Vec::new();
        let (mut first, mut week) = (0, 0);
        while first < self.need.len() {
            let at = |days: i64| self.begins.partition_point(|begins| *begins < days * DAY);
            let next = (week as i64 + weeks) * SHARE_DAYS;
            let quietest = (at(next)..at(next + 1)).min_by_key(|step| self.need[*step]);
            // Less than a day is not worth a window.
            let ends = quietest.filter(|_| next + 1 < days).unwrap_or(self.need.len());
            windows.push(Window { steps: first..ends, weeks: week..week + weeks as u32 });
            (first, week) = (ends, week + weeks as u32);
        }
        if let Some(last) = windows.last_mut() {
            last.weeks.end = self.weeks().max(last.weeks.start as usize + 1) as u32;
        }
        windows
    }

    /// The problem of a window in broken numbers, and the columns of which it is. A shift over the window's border costs in
    /// it what its steps in it are of all its steps: so the least of all windows add up to a bound for the block.
    fn relaxation(&self, window: &Window) -> (Vec<usize>, Relaxation) {
        let keeps_share = self.part_time != PartTime::ANY;
        let (mut places, mut columns) = (Vec::new(), Vec::new());
        for (place, column) in self.columns.iter().enumerate() {
            let inside = column.steps.iter().map(|step| *step as usize).filter(|step| window.steps.contains(step));
            let steps: Vec<u32> = inside.map(|step| (step - window.steps.start) as u32).collect();
            let week = Some(column.week).filter(|week| keeps_share && window.weeks.contains(week));
            if !steps.is_empty() || week.is_some() {
                places.push(place);
                columns.push(Relaxed {
                    paid: column.paid,
                    inside: steps.len() as u32,
                    of: column.steps.len() as u32,
                    steps,
                    part_time: column.part_time,
                    week: week.map(|week| week - window.weeks.start),
                });
            }
        }
        let need = self.need[window.steps.clone()].to_vec();
        (places, Relaxation { need, columns, part_time: self.part_time })
    }
}

struct Window {
    steps: std::ops::Range<usize>,
    /// The weeks whose share of part-time shifts it looks at.
    weeks: std::ops::Range<u32>,
}
