//! How fast each agent of a team works, by date.

use crate::scenario::Team;

/// The factors of a team's agents, ready to look up.
pub(crate) struct Paces {
    steps: Vec<(u32, i64, f64)>, // By agent, then by time.
}

impl Paces {
    pub(crate) fn new(team: &Team) -> Paces {
        let mut steps: Vec<_> = team.paces.iter().map(|pace| (pace.agent, pace.from, pace.factor)).collect();
        steps.sort_unstable_by_key(|(agent, from, _)| (*agent, *from));
        Paces { steps }
    }

    /// By what an agent's handle time is multiplied then: 1 before anything is said.
    #[inline]
    pub(crate) fn of(&self, agent: usize, at: i64) -> f64 {
        if self.steps.is_empty() {
            return 1.0;
        }
        let agent = agent as u32;
        let next = self.steps.partition_point(|(of, from, _)| (*of, *from) <= (agent, at));
        let last = next.checked_sub(1).map(|last| self.steps[last]);
        last.filter(|(of, ..)| *of == agent).map_or(1.0, |(.., factor)| factor)
    }
}
