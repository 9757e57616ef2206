//! From planned positions to the people who fill them: who leaves, who follows and learns, who is absent, who is late.

use rand::RngExt;
use rand_distr::{Distribution, Exp1};

use crate::check::{MAX_HORIZON_MS, MAX_MEAN_MS, ScenarioError};
use crate::random::{Purpose, Streams};
use crate::scenario::{Pace, Scenario, Shift, Team};

/// The mean length of a year.
const YEAR_MS: f64 = 365.25 * 86_400_000.0;

/// The most people that one position sees.
const MOST_PEOPLE: u64 = 1 << 12;

/// What happens to the people of a team.
#[derive(Clone, Debug, PartialEq)]
pub struct Workforce {
    /// Attrition: how many leave in a year for each position that is filled. Leaving has no memory: at 0.4 the mean tenure
    /// is two and a half years, and one third leave within the first.
    pub attrition: f64,
    /// How long a position is vacant after somebody has left: hiring and training.
    pub replaced_after_ms: i64,
    /// Since when the first people had been there when the horizon began: 0 for a team that starts new.
    pub tenure_ms: i64,
    /// The learning curve: by what the handle time of who has been there so long is multiplied, by increasing tenure.
    /// Before the first it is 1.
    pub curve: Vec<(i64, f64)>,
    /// Absence: the chance that a person misses a day. A day's shifts are those that begin in it.
    pub absence: f64,
    /// Adherence: the mean of the exponential time by which a shift is begun late.
    pub late_mean_ms: f64,
    /// The same for leaving early.
    pub early_mean_ms: f64,
}

/// A planned team with the people who fill its positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Staffed {
    /// The team, with people for agents.
    pub team: Team,
    /// How long each of them is there, by their places in the team.
    pub tenures: Vec<Tenure>,
}

/// How long a person is in a position: `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The position, by its place in the planned team.
    pub position: u32,
    /// Since when. The first of a position are there before the horizon begins.
    pub from: i64,
    /// Until when, perhaps after the horizon.
    pub until: i64,
}

/// Who works in a team's positions: the team with people for agents, named as their position and, from the second on, a
/// number, `ann`, `ann 2`, ...; with the shifts they come to, and their pace by tenure.
///
/// `team` is one of the scenario's: its agents are positions, its shifts the plan. What is drawn depends on the seed, the
/// run, the names of provider and team, and the position's place: absence and lateness of a position's day on nothing
/// else, so that another attrition leaves them as they are.
///
/// In the long run a share of `d / (d + 1 / attrition)` of the shifts falls into vacancies of length d, in years.
///
/// # Errors
/// What is out of bounds in `workforce`, or a team that there is none of.
pub fn staffed(scenario: &Scenario, team: usize, workforce: &Workforce) -> Result<Staffed, Vec<ScenarioError>> {
    let Some(planned) = scenario.teams.get(team) else {
        return Err(vec![ScenarioError::Team { whose: "a workforce".to_owned(), team }]);
    };
    let errors = workforce.check(&planned.name);
    if !errors.is_empty() {
        return Err(errors);
    }
    let streams = Streams::of_team(scenario.seed, scenario.run, planned);
    let mut shifts = planned.shifts.clone();
    shifts.sort_unstable_by_key(|shift| (shift.agent, shift.from));
    let team = Team { agents: Vec::new(), shifts: Vec::new(), paces: Vec::new(), ..planned.clone() };
    let mut worked = Staffed { team, tenures: Vec::new() };
    for (position, name) in planned.agents.iter().enumerate() {
        let first = shifts.partition_point(|shift| (shift.agent as usize) < position);
        let mine = shifts[first..].iter().take_while(|shift| shift.agent as usize == position);
        let kept: Vec<Shift> = workforce.kept(scenario, streams, position as u64, mine);
        workforce.fill(scenario, streams, position as u64, name, &kept, &mut worked);
    }
    Ok(worked)
}

impl Workforce {
    fn check(&self, whose: &str) -> Vec<ScenarioError> {
        let mut errors = Vec::new();
        let mut number = |what, value: f64, least: f64, most: f64| {
            if !(least <= value && value <= most) {
                errors.push(ScenarioError::Number { whose: format!("team `{whose}`"), what, value, least, most });
            }
        };
        number("attrition", self.attrition, 0.0, 20.0);
        number("replaced_after_ms", self.replaced_after_ms as f64, 0.0, MAX_MEAN_MS);
        number("tenure_ms", self.tenure_ms as f64, 0.0, MAX_HORIZON_MS as f64);
        number("absence", self.absence, 0.0, 1.0);
        number("late_mean_ms", self.late_mean_ms, 0.0, MAX_MEAN_MS);
        number("early_mean_ms", self.early_mean_ms, 0.0, MAX_MEAN_MS);
        let mut before = 0.0;
        for (tenure, factor) in &self.curve {
            number("tenure of the learning curve", *tenure as f64, before, MAX_HORIZON_MS as f64);
            number("factor of the learning curve", *factor, 0.0, 100.0);
            before = *tenure as f64 + 1.0;
        }
        errors
    }

    /// The shifts of a position that somebody comes to if there is somebody, as long as they are then.
    fn kept<'a>(
        &self,
        scenario: &Scenario,
        streams: Streams,
        position: u64,
        shifts: impl Iterator<Item = &'a Shift>,
    ) -> Vec<Shift> {
        let (mut day, mut random, mut absent) = (None, None, false);
        let mut kept = Vec::new();
        for shift in shifts {
            let of = scenario.day_starts.partition_point(|start| *start <= shift.from);
            if day != Some(of) {
                let mut stream = streams.at_repeat(Purpose::Attendance, position << 20 | of as u64, 0);
                absent = stream.random::<f64>() < self.absence;
                (day, random) = (Some(of), Some(stream));
            }
            let Some(random) = &mut random else { continue };
            let mut length = |mean: f64| {
                let draw: f64 = Exp1.sample(random);
                (mean * draw) as i64
            };
            let (late, early) = (length(self.late_mean_ms), length(self.early_mean_ms));
            let (from, until) = (shift.from.saturating_add(late), shift.until.saturating_sub(early));
            if !absent && from < until {
                kept.push(Shift { from, until, ..*shift });
            }
        }
        kept
    }

    /// Puts people into a position, one after the other.
    fn fill(
        &self,
        scenario: &Scenario,
        streams: Streams,
        position: u64,
        name: &str,
        shifts: &[Shift],
        Staffed { team: worked, tenures }: &mut Staffed,
    ) {
        let (mut here, mut learning) = (i64::MIN, scenario.horizon.from - self.tenure_ms);
        let mut since = scenario.horizon.from;
        for person in 0..MOST_PEOPLE {
            let mut random = streams.at_repeat(Purpose::Attrition, position << 12 | person, 0);
            let tenure: f64 = Exp1.sample(&mut random);
            let stays = if self.attrition == 0.0 { f64::INFINITY } else { tenure / self.attrition * YEAR_MS };
            let gone = since.saturating_add(stays as i64);
            let agent = worked.agents.len() as u32;
            let theirs = shifts.iter().filter(|shift| here <= shift.from && shift.from < gone);
            worked.shifts.extend(theirs.map(|shift| Shift { agent, ..*shift }));
            tenures.push(Tenure { position: position as u32, from: here, until: gone });
            worked.agents.push(if person == 0 { name.to_owned() } else { format!("{name} {}", person + 1) });
            let paces = self.curve.iter().map(|(tenure, factor)| (learning.saturating_add(*tenure), *factor));
            worked.paces.extend(paces.map(|(from, factor)| Pace { agent, from, factor }));
            let next = gone.saturating_add(self.replaced_after_ms);
            if shifts.last().is_none_or(|last| last.from < next) {
                return;
            }
            (here, learning, since) = (next, next, next);
        }
    }
}
