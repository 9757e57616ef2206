//! The agents of one team: who is free when, shift after shift.

use crate::scenario::{Shift, Team};
use crate::tournament::Tournament;

/// Nothing starts more than 279 years after the first shift: what would is never served.
pub(crate) const LAST_START: u64 = 1 << 43;

/// A team's agents by the time at which each can take its next contact.
///
/// Since a line is served first come first served, the fate of a contact is known when it joins: the agent who is free
/// first takes it at that time, or it gives up before. So no event is kept for a contact that waits or is served. An
/// agent between two shifts is free when the next one begins.
pub(crate) struct Agents {
    origin: i64, // Times in the tournament count from here.
    free: Tournament,
    duties: Vec<Duty>,
    shifts: Vec<Shift>, // By agent, then by time.
}

/// An agent's shift, the present one or else the next.
#[derive(Clone, Copy)]
struct Duty {
    since: i64,         // When the agent logged in for it.
    until: i64,         // Its end, which no contact but those of a closing line is taken at or after.
    joined_before: i64, // Contacts that joined before this are served even so: its end if the line closes with it.
    back: Option<i64>,  // When the break after it ends.
    next: usize,        // The agent's further shifts
    end: usize,         // in `shifts`.
}

/// An agent logs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Logout {
    pub agent: usize,
    /// When the agent logged in.
    pub since: i64,
    /// From when on the agent has been free.
    pub free: i64,
    /// When the shift ends or, if later, the agent's last contact.
    pub until: i64,
    /// When a break ends that follows, if that is later.
    pub back: Option<i64>,
}

/// An agent takes a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Start {
    pub agent: usize,
    /// From when on the agent has been free.
    pub free: i64,
    /// When the contact is answered.
    pub at: i64,
}

impl Agents {
    pub(crate) fn new(team: &Team, horizon_from: i64) -> Agents {
        let mut shifts = team.shifts.clone();
        shifts.sort_unstable_by_key(|shift| (shift.agent, shift.from));
        let origin = shifts.iter().map(|shift| shift.from).min().unwrap_or(horizon_from);
        let first = |agent: usize| shifts.partition_point(|shift| (shift.agent as usize) < agent);
        let duties = (0..team.agents.len())
            .map(|agent| Duty {
                since: 0,
                until: 0,
                joined_before: 0,
                back: None,
                next: first(agent),
                end: first(agent + 1),
            })
            .collect();
        let mut agents = Agents { origin, free: Tournament::new(team.agents.len()), duties, shifts };
        for agent in 0..team.agents.len() {
            agents.next_shift(agent, i64::MIN);
        }
        agents
    }

    /// Who takes a contact that joins then, if that is by `latest`. Agents whose shifts are over for this contact log
    /// out; they are over for every later one too.
    #[inline]
    pub(crate) fn take(&mut self, joined: i64, latest: i64, mut logout: impl FnMut(Logout)) -> Option<Start> {
        loop {
            let (free, agent) = self.free.first()?;
            if LAST_START < free {
                return None;
            }
            let free = self.origin + free as i64;
            let at = free.max(joined);
            if latest < at {
                return None;
            }
            let duty = &self.duties[agent];
            if at < duty.until || joined < duty.joined_before {
                return Some(Start { agent, free, at });
            }
            logout(self.log_out(agent, free));
        }
    }

    /// The agent is busy until then.
    #[inline]
    pub(crate) fn occupy(&mut self, agent: usize, until: i64) {
        self.free.set(agent, Some((until - self.origin) as u64));
    }

    /// The next logout if no contact comes any more. `None` when everybody is home.
    pub(crate) fn close(&mut self) -> Option<Logout> {
        let (free, agent) = self.free.first()?;
        Some(self.log_out(agent, self.origin + free as i64))
    }

    fn log_out(&mut self, agent: usize, free: i64) -> Logout {
        let Duty { since, until, back, .. } = self.duties[agent];
        let until = until.max(free);
        self.next_shift(agent, until);
        Logout { agent, since, free, until, back: back.filter(|back| until < *back) }
    }

    /// Puts the agent on the first further shift that is not over by then.
    fn next_shift(&mut self, agent: usize, earliest: i64) {
        let duty = &mut self.duties[agent];
        while duty.next < duty.end {
            let shift = self.shifts[duty.next];
            duty.next += 1;
            if earliest < shift.until {
                duty.since = shift.from.max(earliest);
                duty.until = shift.until;
                duty.joined_before = if shift.last { shift.until } else { i64::MIN };
                duty.back = shift.back;
                let since = duty.since;
                self.occupy(agent, since);
                return;
            }
        }
        self.free.set(agent, None);
    }
}

/// The most agents that the shifts have at work at once.
pub(crate) fn peak(shifts: &[Shift]) -> u32 {
    let mut changes: Vec<(i64, i32)> = shifts.iter().flat_map(|shift| [(shift.from, 1), (shift.until, -1)]).collect();
    changes.sort_unstable(); // Who leaves goes before who comes.
    let mut present = 0;
    changes.iter().fold(0, |most: u32, (_, change)| {
        present += change;
        most.max(present.unsigned_abs())
    })
}
