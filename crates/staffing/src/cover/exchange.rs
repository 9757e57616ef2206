//! Whole numbers of agents made better by exchanging shifts, one for another, until nobody is paid in excess.

use super::PartTime;
use super::WHOLE;
use super::block::{Block, Column};

/// A cover that is being made better.
///
/// To pay less, one shift is taken out; then, while a step is missing an agent, a shift that covers it is put in, and what is
/// missed least nearby is taken out until no more is paid than was aimed at. Steps that go on missing agents weigh more and
/// more, so that the search does not turn in circles. (Gao, C., Weise, T., Li, J. (2014), "A weighting-based local search
/// heuristic algorithm for the set covering problem", IEEE Congress on Evolutionary Computation.)
pub(super) struct Exchange<'b> {
    block: &'b Block,
    /// Agents on each column.
    agents: Vec<u32>,
    /// By step: the columns that cover it.
    covering: Vec<Vec<u32>>,
    present: Vec<u32>,
    weight: Vec<i64>,
    /// By column: the weight of steps that lack agents, which one more agent would help;
    gain: Vec<i64>,
    /// and of those that would lack one if an agent went.
    loss: Vec<i64>,
    /// When it was last changed, in exchanges.
    changed: Vec<u64>,
    clock: u64,
    /// Steps that lack agents, and where each stands among them.
    lacking: Vec<u32>,
    place: Vec<u32>,
    paid: i64,
    /// By week: part-time and all paid time, and the weight of their share.
    weeks: Vec<Week>,
    journal: Vec<(u32, bool)>,
    draws: u64,
}

#[derive(Clone, Copy)]
struct Week {
    part_time: i64,
    paid: i64,
    weight: i64,
}

/// Exchanges after which an attempt to pay less is given up at first; where none succeeds, the next ones may be longer.
const EXCHANGES: u64 = 500;
const LONGER: u64 = 4;

/// Exchanges of all attempts: for each week of a block, and at least for each of its columns, as far as these are few.
const EXCHANGES_A_WEEK: u64 = 8_000;
const EXCHANGES_A_COLUMN: u64 = 100;
const EXCHANGES_OF_COLUMNS: u64 = 100_000;

/// How far from a step shifts are taken out for it, in shifts' lengths.
const NEAR: usize = 2;

const NOWHERE: u32 = u32::MAX;

impl<'b> Exchange<'b> {
    pub fn new(block: &'b Block, agents: Vec<u32>) -> Exchange<'b> {
        let steps = block.need.len();
        let mut covering = vec![Vec::new(); steps];
        for (place, column) in block.columns.iter().enumerate() {
            column.steps.iter().for_each(|step| covering[*step as usize].push(place as u32));
        }
        let mut exchange = Exchange {
            block,
            agents: vec![0; block.columns.len()],
            covering,
            present: vec![0; steps],
            weight: vec![1; steps],
            gain: block.columns.iter().map(|column| column.steps.len() as i64).collect(),
            loss: block.columns.iter().map(|column| column.steps.len() as i64).collect(),
            changed: vec![0; block.columns.len()],
            clock: 0,
            lacking: Vec::new(),
            place: vec![NOWHERE; steps],
            paid: 0,
            weeks: vec![Week { part_time: 0, paid: 0, weight: 1 }; block.weeks()],
            journal: Vec::new(),
            draws: 0,
        };
        (0..steps as u32).filter(|step| block.need[*step as usize] > 0).for_each(|step| exchange.now_lacks(step));
        for (column, agents) in agents.into_iter().enumerate() {
            (0..agents).for_each(|_| exchange.put_in(column));
        }
        exchange
    }

    /// The best cover found, once nothing less is paid than `least` or enough was tried. `None` if there is none that keeps
    /// the share of part-time shifts.
    pub fn best(mut self, least: i64) -> Option<Vec<u32>> {
        if !self.completed() {
            return None;
        }
        let (weeks, columns) = (self.weeks.len() as u64, self.agents.len() as u64);
        let mut budget = (EXCHANGES_A_WEEK * weeks).max((EXCHANGES_A_COLUMN * columns).min(EXCHANGES_OF_COLUMNS));
        let mut effort = EXCHANGES;
        while 0 < budget && least < self.paid {
            let before = self.paid;
            for week in 0..self.weeks.len() as u32 {
                while least < self.paid && 0 < budget && self.pays_less(week, effort, &mut budget) {}
            }
            if self.paid == before {
                effort *= LONGER;
            }
        }
        Some(self.agents)
    }

    /// Puts in shifts until no step lacks agents and the share of part-time shifts is kept.
    fn completed(&mut self) -> bool {
        while let Some(step) = self.lacking.first().copied() {
            match self.best_for(step, None) {
                Some(column) => self.put_in(column),
                None => return false,
            }
        }
        let most = self.block.columns.len() as u64 * 4 + 1_000;
        let mut added = 0;
        while let Some(week) = self.week_without_share() {
            let Some(column) = self.best_for_share(week) else { return false };
            self.put_in(column);
            added += 1;
            if most < added {
                return false;
            }
        }
        self.journal.clear();
        true
    }

    /// Whether a cover is found that is paid less, by taking out a shift that begins in a week. If not, all is as before.
    fn pays_less(&mut self, week: u32, effort: u64, budget: &mut u64) -> bool {
        let of_week = self.in_week(week);
        *budget -= 1;
        let Some(first) = self.least_missed(of_week, None) else { return false };
        let aim = self.paid - 1;
        self.take_out(first);
        let mut out = Some(first);
        for _ in 0..effort.min(*budget) {
            let lacking = (!self.lacking.is_empty()).then(|| {
                let drawn = self.draw() % self.lacking.len() as u64;
                self.lacking[drawn as usize]
            });
            let week = self.week_without_share();
            let (step, put_in) = match (lacking, week) {
                (None, None) if self.paid <= aim => {
                    self.journal.clear();
                    return true;
                }
                (Some(step), _) => (step, self.best_for(step, out)),
                (None, Some(week)) => {
                    let column = self.best_for_share(week);
                    (column.map_or(0, |column| self.block.columns[column].steps[0]), column)
                }
                (None, None) => (self.block.columns[first].steps[0], None),
            };
            *budget -= 1;
            self.clock += 1;
            let before = self.lacking.len();
            if let Some(column) = put_in {
                self.put_in(column);
            }
            while aim < self.paid {
                let near = self.near(step);
                let Some(column) = self.least_missed(near, put_in) else { break };
                self.take_out(column);
                out = Some(column);
            }
            if before <= self.lacking.len() || lacking.is_none() {
                self.weigh();
            }
        }
        while let Some((column, was_put_in)) = self.journal.pop() {
            let column = column as usize;
            if was_put_in {
                self.take_out(column)
            } else {
                self.put_in(column)
            }
            self.journal.pop(); // What undoing wrote.
        }
        false
    }

    /// What is missing weighs more.
    fn weigh(&mut self) {
        for step in &self.lacking {
            self.weight[*step as usize] += 1;
            for column in &self.covering[*step as usize] {
                self.gain[*column as usize] += 1;
                self.loss[*column as usize] += 1;
            }
        }
        if self.block.part_time != PartTime::ANY {
            let share = self.block.part_time;
            self.weeks.iter_mut().filter(|week| 0 < week.beyond(share)).for_each(|week| week.weight += 1);
        }
    }

    /// The columns that begin in a week.
    fn in_week(&self, week: u32) -> std::ops::Range<usize> {
        // In the order of the steps they cover, which is nearly that of their beginnings.
        let columns = &self.block.columns;
        columns.partition_point(|column| column.week < week)..columns.partition_point(|column| column.week <= week)
    }

    /// The columns that cover steps near one.
    fn near(&self, step: u32) -> std::ops::Range<usize> {
        let columns = &self.block.columns;
        let reach = self.covering[step as usize].first().map_or(1, |column| columns[*column as usize].reach());
        let far = reach * NEAR as u32;
        let from = columns.partition_point(|column| column.steps[0] < step.saturating_sub(far));
        let until = columns.partition_point(|column| column.steps[0] <= step + far - reach);
        from..until
    }

    /// The column that covers a step and helps most for what is paid of it; the longest unchanged of equal ones.
    fn best_for(&self, step: u32, but: Option<usize>) -> Option<usize> {
        let columns = self.covering[step as usize].iter().map(|column| *column as usize);
        self.most_helpful(columns.filter(|column| Some(*column) != but))
    }

    /// The column that brings a week nearer to its share of part-time shifts.
    fn best_for_share(&self, week: u32) -> Option<usize> {
        let helps = |column: &usize| {
            let column = &self.block.columns[*column];
            column.week == week && 0 < self.share_gain(column, 1)
        };
        self.most_helpful(self.in_week(week).filter(helps))
    }

    fn most_helpful(&self, columns: impl Iterator<Item = usize>) -> Option<usize> {
        columns.reduce(|best, column| {
            let (one, other) = (self.help(best), self.help(column));
            let (paid, other_paid) = (self.block.columns[best].paid, self.block.columns[column].paid);
            let order = (i128::from(other) * i128::from(paid)).cmp(&(i128::from(one) * i128::from(other_paid)));
            let better = order.then_with(|| self.changed[best].cmp(&self.changed[column]));
            if better.is_gt() { column } else { best }
        })
    }

    /// Of columns with agents the one whose agent is missed least for what is paid; the longest unchanged of equal ones.
    fn least_missed(&self, columns: std::ops::Range<usize>, but: Option<usize>) -> Option<usize> {
        let with_agents = columns.filter(|column| 0 < self.agents[*column] && Some(*column) != but);
        with_agents.reduce(|best, column| {
            let (one, other) = (self.harm(best), self.harm(column));
            let (paid, other_paid) = (self.block.columns[best].paid, self.block.columns[column].paid);
            let order = (i128::from(one) * i128::from(other_paid)).cmp(&(i128::from(other) * i128::from(paid)));
            let better = order.then_with(|| self.changed[best].cmp(&self.changed[column]));
            if better.is_gt() { column } else { best }
        })
    }

    fn help(&self, column: usize) -> i64 {
        self.gain[column] * i64::from(WHOLE) + self.share_gain(&self.block.columns[column], 1)
    }

    fn harm(&self, column: usize) -> i64 {
        self.loss[column] * i64::from(WHOLE) - self.share_gain(&self.block.columns[column], -1)
    }

    /// By how much a week's share of part-time shifts is missed less with so many more agents on a column, weighed.
    fn share_gain(&self, column: &Column, agents: i64) -> i64 {
        let share = self.block.part_time;
        if share == PartTime::ANY {
            return 0;
        }
        let week = self.weeks[column.week as usize];
        (week.beyond(share) - week.with(column, agents).beyond(share)) * week.weight
    }

    fn week_without_share(&self) -> Option<u32> {
        let share = self.block.part_time;
        if share == PartTime::ANY {
            return None;
        }
        self.weeks.iter().position(|week| 0 < week.beyond(share)).map(|week| week as u32)
    }

    fn put_in(&mut self, column: usize) {
        let block = self.block;
        self.agents[column] += 1;
        self.book(column, 1);
        for step in &block.columns[column].steps {
            let at = *step as usize;
            self.present[at] += 1;
            if self.present[at] == block.need[at] {
                self.no_longer_lacks(*step);
                for column in &self.covering[at] {
                    self.gain[*column as usize] -= self.weight[at];
                }
            } else if self.present[at] == block.need[at] + 1 {
                for column in &self.covering[at] {
                    self.loss[*column as usize] -= self.weight[at];
                }
            }
        }
    }

    fn take_out(&mut self, column: usize) {
        let block = self.block;
        self.agents[column] -= 1;
        self.book(column, -1);
        for step in &block.columns[column].steps {
            let at = *step as usize;
            self.present[at] -= 1;
            if self.present[at] + 1 == block.need[at] {
                self.now_lacks(*step);
                for column in &self.covering[at] {
                    self.gain[*column as usize] += self.weight[at];
                }
            } else if self.present[at] == block.need[at] {
                for column in &self.covering[at] {
                    self.loss[*column as usize] += self.weight[at];
                }
            }
        }
    }

    fn book(&mut self, column: usize, agents: i64) {
        let described = &self.block.columns[column];
        self.paid += described.paid * agents;
        let week = &mut self.weeks[described.week as usize];
        *week = week.with(described, agents);
        self.changed[column] = self.clock;
        self.journal.push((column as u32, 0 < agents));
    }

    fn now_lacks(&mut self, step: u32) {
        self.place[step as usize] = self.lacking.len() as u32;
        self.lacking.push(step);
    }

    fn no_longer_lacks(&mut self, step: u32) {
        let place = std::mem::replace(&mut self.place[step as usize], NOWHERE) as usize;
        self.lacking.swap_remove(place);
        if let Some(moved) = self.lacking.get(place) {
            self.place[*moved as usize] = place as u32;
        }
    }

    /// The next of a fixed sequence of numbers without a pattern (SplitMix64): the same block has the same cover.
    fn draw(&mut self) -> u64 {
        self.draws = self.draws.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.draws ^ (self.draws >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Column {
    /// Steps from its first to its last.
    fn reach(&self) -> u32 {
        self.steps.last().map_or(1, |last| last - self.steps[0] + 1)
    }
}

impl Week {
    fn with(self, column: &Column, agents: i64) -> Week {
        let paid = column.paid * agents;
        let part_time = if column.part_time { paid } else { 0 };
        Week { part_time: self.part_time + part_time, paid: self.paid + paid, ..self }
    }

    /// What is missing to the share of part-time shifts or above it, in ten-thousandths of a unit of paid time.
    fn beyond(self, share: PartTime) -> i64 {
        let part_time = self.part_time * i64::from(WHOLE);
        let above = part_time - i64::from(share.most) * self.paid;
        let below = i64::from(share.least) * self.paid - part_time;
        above.max(below).max(0)
    }
}
