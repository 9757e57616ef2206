//! Whether teams that were sized by formula keep their targets when the horizon is played, and how many agents more or
//! fewer they take, month by month.

use std::ops::Range;

use longshore_business_case::{BusinessCase, CaseOption, Handles};
use longshore_simulation::{Nothing, QueueTally, SimulationError, Tallies, Work, simulate};
use rayon::prelude::*;

use crate::comparison::{known, reached};
use crate::load::{HungUp, leads_on};
use crate::plan::Sized;
use crate::warning::WORKED_OFF;
use crate::{CompareError, Horizon, Plan, Stream, came, scenario};

/// Months in all of the runs by which teams are judged: one run of a year, more of shorter horizons.
const MONTHS: u32 = 12;

/// How many times as many runs show which months are short: chance is larger in a month than in a year.
const RUNS_FOR_MONTHS: u32 = 2;

/// How far above its target a queue is to be in the runs in which it is judged, so that it is not below in others.
const ABOVE: f64 = 0.005;

/// How far a month may stay below the target: a team whose year is right has good months and bad ones.
const MONTH_SHORT: f64 = 0.03;

/// How often the months that fall short are made more.
const ROUNDS: usize = 4;

/// By how much less than what the most agents reach a queue is judged whose target they do not reach: its last hundredths are
/// what most of these agents would be for.
const WITHIN_REACH: f64 = 0.02;

/// The most of their time for which agents who write may be busy: what is written could fill every minute between calls,
/// and a team that is busier loses its people. Guides to workforce planning put the limit at 85 to 90 %.
const BUSY_MOST: f64 = 0.9;

/// An option's teams, verified.
pub(crate) struct Verified {
    /// What each team's agents by the formula are multiplied by in each month so that its queues' targets hold.
    pub corrections: Vec<Vec<f64>>,
    /// How many hang up then.
    pub hung_up: HungUp,
}

/// Plays an option, and corrects what the formula says of its teams.
///
/// A formula sees each half hour as a queue that has settled, of one team, and says how many agents it takes, to a fraction.
/// It knows nothing of agents who are whole, stand in for other teams, put letters aside, are new, late or missing. So the
/// horizon is played, and each team gets the least factor (to a few hundredths) with which the queues that come to it first
/// have their service level over the horizon: one standard for all teams, however they are made up. Months in which they are
/// still clearly below it, as while a team is new, then get more. A pool is judged by what it promises its other clients. Of
/// teams of which only a share is staffed, that is the share of what is found with all of them there. Where no factor helps a
/// queue, as where letters come on days when nobody works, it is judged by what it can reach, so that the team's other queues
/// keep their targets.
pub(crate) fn verified(case: &BusinessCase, sized: &Sized) -> Result<Verified, CompareError> {
    let mut trial = Trial::of(case, sized);
    trial.search()?;
    let settled = trial.settle()?;
    let hung_up = trial.hung_up(settled)?;
    Ok(Verified { corrections: trial.factors, hung_up })
}

/// An option's teams as they are tried.
struct Trial<'a> {
    case: &'a BusinessCase,
    sized: &'a Sized,
    judged: Vec<Judged>,
    /// How many runs make a year.
    year: u32,
    /// By team and month: what a team's agents by the formula are multiplied by,
    factors: Vec<Vec<f64>>,
    /// what that takes further so that all of them are there, of whom only a share is staffed,
    all_there: Vec<Vec<f64>>,
    /// and so that they are those for what came in the runs played: that more than expected come by chance is no reason for
    /// more agents in another year.
    agents: Vec<Vec<f64>>,
}

impl<'a> Trial<'a> {
    fn of(case: &'a BusinessCase, sized: &'a Sized) -> Trial<'a> {
        let (teams, months) = (&case.options[sized.option].teams, sized.horizon.months.len());
        let all_there: Vec<Vec<f64>> = teams.iter().map(|team| vec![1.0 / team.staffed; months]).collect();
        Trial {
            case,
            sized,
            judged: judged(case, sized.option, sized),
            year: MONTHS.div_ceil(case.decide.months),
            factors: vec![vec![1.0; months]; teams.len()],
            agents: all_there.clone(),
            all_there,
        }
    }

    /// Plays runs with the factors and agents there are now. The next have agents for what came in these.
    fn play(&mut self, runs: Range<u32>) -> Result<Vec<Tallies>, CompareError> {
        let plan = self.sized.corrected(self.case, &product(&self.factors, &self.agents))?;
        let runs = played(self.case, &plan, runs)?;
        self.agents = product(&self.all_there, &came::of_expected(self.case, self.sized, &runs));
        Ok(runs)
    }

    /// Finds the factor of each team with which its queues have their service level over a year.
    fn search(&mut self) -> Result<(), CompareError> {
        while self.judged.iter().any(|judged| judged.search.next().is_some()) {
            self.set(|search| search.next().unwrap_or_else(|| search.found()));
            let runs = self.play(0..self.year)?;
            for judged in &mut self.judged {
                judged.answer(&runs, &self.sized.horizon);
            }
        }
        self.set(Search::found);
        Ok(())
    }

    /// Sets the factor of each team that is judged, the same in all months.
    fn set(&mut self, factor: impl Fn(&Search) -> f64) {
        for judged in &self.judged {
            self.factors[judged.team].fill(factor(&judged.search));
        }
    }

    /// Gives more agents to months that are clearly short in two further years. Returns the runs in which none is, if it comes
    /// to that.
    fn settle(&mut self) -> Result<Option<Vec<Tallies>>, CompareError> {
        self.judged.retain(|judged| judged.search.enough.is_some());
        self.agents.clone_from(&self.all_there);
        for round in 0..ROUNDS {
            let runs = self.play(self.year..self.year * (1 + RUNS_FOR_MONTHS))?;
            if !self.raise(&runs, round) {
                return Ok(Some(runs));
            }
        }
        Ok(None)
    }

    /// Raises the factors of months that are clearly short, and of teams that are short over the horizon. `false` if none is.
    fn raise(&mut self, runs: &[Tallies], round: usize) -> bool {
        let horizon = &self.sized.horizon;
        let mut raised = false;
        for judged in &self.judged {
            // What held for one team may have held thanks to others, who have fewer agents by now.
            let whole = judged.slack(runs, 0..horizon.months.len(), horizon);
            for (month, factor) in self.factors[judged.team].iter_mut().enumerate() {
                let slack = judged.slack(runs, month..month + 1, horizon);
                if slack < -MONTH_SHORT - judged.chance(runs, month) {
                    *factor += judged.search.step(slack, round);
                } else if whole < 0.0 {
                    *factor += judged.search.step(whole, 0);
                } else {
                    continue;
                }
                raised = true;
            }
        }
        raised
    }

    /// How many hang up in the end; `settled` are runs in which all of the agents were there and no month was short.
    fn hung_up(&self, settled: Option<Vec<Tallies>>) -> Result<HungUp, CompareError> {
        let option = &self.case.options[self.sized.option];
        if !leads_on(self.case, option) {
            return Ok(HungUp::default());
        }
        match settled.filter(|_| option.teams.iter().all(|team| team.staffed == 1.0)) {
            Some(runs) => Ok(hung_up(self.case, &runs)),
            None => {
                let plan = self.sized.corrected(self.case, &self.factors)?;
                Ok(hung_up(self.case, &played(self.case, &plan, 0..self.year)?))
            }
        }
    }
}

/// The runs by which teams are judged. They are not among those of any comparison, and played with the case's own seed: so a
/// team's size depends neither on how many runs are compared nor on the command's seed.
fn played(case: &BusinessCase, plan: &Plan, runs: Range<u32>) -> Result<Vec<Tallies>, CompareError> {
    let option = &case.options[plan.option].id;
    let played = |run: u32| {
        simulate(&scenario(case, plan, case.decide.seed, u32::MAX - run), &mut Nothing).map_err(|error| match error {
            SimulationError::Scenario(errors) if !errors.is_empty() => {
                CompareError::Scenario { option: option.clone(), reason: errors[0].clone() }
            }
            error => CompareError::Records { option: option.clone(), reason: error.to_string() },
        })
    };
    let runs: Vec<Result<Tallies, CompareError>> = runs.into_par_iter().map(played).collect();
    runs.into_iter().collect()
}

/// The factors of each team and month, times others.
fn product(factors: &[Vec<f64>], others: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let both = factors.iter().zip(others);
    both.map(|(factors, others)| factors.iter().zip(others).map(|(one, other)| one * other).collect()).collect()
}

/// A team, and the queues by which it is judged.
struct Judged {
    team: usize,
    queues: Vec<Promise>,
    /// Whether its agents write, and so must have time left.
    writes: bool,
    search: Search,
}

/// A queue that is to have its service level.
struct Promise {
    /// Its place in the scenario.
    queue: usize,
    target: f64,
    /// Whether a second team's answers may be in time. What a team's own agents would do is asked for, so these do not count.
    helped: bool,
    /// Of a list: how many of it would answer, by month.
    reachable: Option<Vec<f64>>,
}

impl Judged {
    /// What chance may take from the service level of a month with n contacts, 2 ÷ √n.
    ///
    /// The share in time of n contacts, each by itself, has a standard deviation of at most 0.5 ÷ √n. Contacts of one busy
    /// hour wait together, which makes chance larger: this is four times as much.
    fn chance(&self, runs: &[Tallies], month: usize) -> f64 {
        let came = |promise: &Promise| runs.iter().map(|run| run.queues[promise.queue][month].offered).sum::<u64>();
        let fewest = self.queues.iter().map(came).min().unwrap_or(0).max(1);
        2.0 / (fewest as f64).sqrt()
    }

    /// Takes what runs with the factor tried came to. Once the largest of all is not enough, queues that miss their targets with
    /// it are judged by what they reach, and the search begins anew.
    fn answer(&mut self, runs: &[Tallies], horizon: &Horizon) {
        let months = 0..horizon.months.len();
        self.search.answer(self.slack(runs, months.clone(), horizon));
        if self.search.most_is_short() {
            for promise in &mut self.queues {
                let reached = promise.level(runs, months.clone());
                let within_reach = reached.map_or(promise.target, |level| level - WITHIN_REACH - ABOVE);
                promise.target = promise.target.min(within_reach);
            }
            self.search = Search::below_most(self.slack(runs, months, horizon));
        }
    }

    /// By how much the queue that is worst off is above its target in some months, or the agents' time below its limit,
    /// whichever is less; below 0 if one of them does not hold.
    fn slack(&self, runs: &[Tallies], months: Range<usize>, horizon: &Horizon) -> f64 {
        let of = |promise: &Promise| Some(promise.level(runs, months.clone())? - promise.target - ABOVE);
        let slack = self.queues.iter().filter_map(of).fold(1.0, f64::min);
        if !self.writes {
            return slack;
        }
        let steps = horizon.month_steps(months.start).start..horizon.month_steps(months.end - 1).end;
        slack.min(BUSY_MOST - busy(runs, self.team, steps))
    }
}

impl Promise {
    /// The service level in some months, over all runs; of a list, the part of those who would answer that is reached. `None`
    /// without contacts.
    fn level(&self, runs: &[Tallies], months: Range<usize>) -> Option<f64> {
        if let Some(reachable) = &self.reachable {
            let reachable = reachable[months.clone()].iter().sum::<f64>() * runs.len() as f64;
            let reached: u64 =
                runs.iter().flat_map(|run| &run.queues[self.queue][months.clone()]).map(|tally| tally.offered).sum();
            return (0.0 < reachable).then(|| reached as f64 / reachable);
        }
        let (mut offered, mut in_time) = (0, 0);
        for tally in runs.iter().flat_map(|run| &run.queues[self.queue][months.clone()]) {
            offered += known(tally) - tally.unreachable; // No agent more helps against an outage.
            in_time +=
                tally.within_threshold - if self.helped { tally.overflowed.min(tally.within_threshold) } else { 0 };
        }
        (0 < offered).then(|| in_time as f64 / offered as f64)
    }
}

/// The teams that are judged.
fn judged(case: &BusinessCase, option: usize, sized: &Sized) -> Vec<Judged> {
    let described = &case.options[option];
    // Other clients' queues follow the case's own in a scenario, by team.
    let mut others = case.queues.len();
    let mut judged = Vec::new();
    for (team, streams) in sized.load.teams.iter().enumerate() {
        let of_others = streams.iter().filter(|stream| stream.queue.is_none());
        let promise = |(place, stream): (usize, &Stream)| {
            let (queue, target) = (others + place, stream.target.share);
            Promise { queue, target, helped: false, reachable: None }
        };
        let promised: Vec<Promise> = of_others.enumerate().map(promise).collect();
        others += promised.len();
        let queues = if described.teams[team].shared.is_some() { promised } else { own(case, described, sized, team) };
        if queues.is_empty() {
            continue;
        }
        let writes = streams.iter().any(|stream| stream.work == Work::PutAside);
        judged.push(Judged { team, queues, writes, search: Search::default() });
    }
    judged
}

/// The queues that come first to a team.
fn own(case: &BusinessCase, option: &CaseOption, sized: &Sized, team: usize) -> Vec<Promise> {
    let ways = |queue: usize| option.handles.iter().filter(move |way| way.queue == queue);
    let comes_here = |queue: &usize| ways(*queue).any(|way| way.team == team);
    let promise = |queue: usize| {
        let target = case.queues[queue].target;
        let in_time = |way: &Handles| way.overflow.is_some_and(|overflow| overflow.after_ms < target.within_ms);
        let expected = |month| sized.load.queues[queue].all[sized.horizon.month_steps(month)].iter().sum();
        match case.queues[queue].list {
            Some(_) => {
                let reachable = Some((0..sized.horizon.months.len()).map(expected).collect());
                Promise { queue, target: WORKED_OFF, helped: false, reachable }
            }
            None => Promise { queue, target: target.share, helped: ways(queue).any(in_time), reachable: None },
        }
    };
    (0..case.queues.len()).filter(comes_here).map(promise).collect()
}

/// The share of each queue's contacts that hang up in a month.
fn hung_up(case: &BusinessCase, runs: &[Tallies]) -> HungUp {
    let share = |queue: usize, month: usize| {
        let sum = |of: fn(&QueueTally) -> u64| runs.iter().map(|run| of(&run.queues[queue][month])).sum::<u64>() as f64;
        let came = sum(|tally| reached(tally) - tally.unreachable);
        if 0.0 < came { sum(|tally| tally.abandoned) / came } else { 0.0 }
    };
    let months = |queue: usize| (0..runs[0].queues[queue].len()).map(|month| share(queue, month)).collect();
    HungUp::new((0..case.queues.len()).map(months).collect())
}

/// The share of their time for which a team's agents are busy in some steps, over all runs; 0 if nobody is there.
fn busy(runs: &[Tallies], team: usize, steps: Range<usize>) -> f64 {
    let sum = |of: fn(&longshore_simulation::TeamTally) -> &[u64]| -> u64 {
        runs.iter().map(|run| of(&run.teams[team])[steps.clone()].iter().sum::<u64>()).sum()
    };
    let (busy, logged_in) = (sum(|team| &team.busy_ms), sum(|team| &team.logged_in_ms));
    if logged_in == 0 { 0.0 } else { busy as f64 / logged_in as f64 }
}

/// The search for the least factor with which targets hold.
#[derive(Clone, Copy, Debug)]
struct Search {
    short: Option<Tried>,  // The largest factor that was too small,
    enough: Option<Tried>, // and the smallest that was not.
    slope: f64,            // How much slack a factor brings,
    flat: bool,            // and whether fewer agents take none of it.
    over: bool,            // Whether no factor is enough.
    tries: usize,
}

/// A factor, and what was left above the targets with it.
#[derive(Clone, Copy, Debug)]
struct Tried {
    factor: f64,
    slack: f64,
}

/// The least factor and the largest that are tried.
const FACTORS: (f64, f64) = (0.4, 2.0);

/// A factor is found once it is known to so much,
const FINE: f64 = 0.02;

/// or once it leaves no more than this above the targets,
const NEAR: f64 = 0.01;

/// or after so many tries with one that is enough: of few agents, none is one too many.
const TRIES: usize = 6;

/// About how much of a service level a factor moves before that is known: a hundredth of the agents of a team of twenty is a
/// point or two.
const SLOPE: f64 = 1.5;

/// The least and the most that a slope may be taken for: what was seen between two factors is also chance.
const SLOPES: (f64, f64) = (0.5, 6.0);

/// Less than this is none,
const FLAT: f64 = 0.03;

/// and then so much less is tried at once.
const BOLD: f64 = 0.3;

impl Default for Search {
    fn default() -> Search {
        Search { short: None, enough: None, slope: SLOPE, flat: false, over: false, tries: 0 }
    }
}

impl Search {
    /// A search of which it is known what the largest factor leaves.
    fn below_most(slack: f64) -> Search {
        let most = Tried { factor: FACTORS.1, slack };
        Search { enough: Some(most).filter(|most| 0.0 <= most.slack), over: slack < 0.0, ..Search::default() }
    }

    /// Whether not even the largest factor was enough.
    fn most_is_short(&self) -> bool {
        !self.over && self.short.is_some_and(|short| FACTORS.1 <= short.factor)
    }

    /// By how much more or less to try next for so much slack; after a while each time more boldly.
    fn step(&self, slack: f64, tries: usize) -> f64 {
        let least = FINE * f64::from(1u32 << tries.saturating_sub(1).min(4));
        (slack.abs() / self.slope).clamp(least, 0.5)
    }

    /// The factor to try. `None` once the search is over.
    fn next(&self) -> Option<f64> {
        let (least, most) = FACTORS;
        if self.over || TRIES <= self.tries && self.enough.is_some() {
            return None;
        }
        match (self.short, self.enough) {
            (None, None) => Some(1.0),
            (Some(short), None) => {
                let step = self.step(NEAR / 2.0 - short.slack, self.tries);
                (short.factor < most).then(|| (short.factor + step).min(most))
            }
            (None, Some(enough)) if 1.0 < enough.factor => Some(1.0),
            (None, Some(enough)) => {
                let goes_on = least < enough.factor && NEAR < enough.slack;
                let step = if self.flat { BOLD } else { self.step(enough.slack - NEAR / 2.0, self.tries) };
                goes_on.then(|| (enough.factor - step).max(least))
            }
            (Some(short), Some(enough)) => {
                let between = enough.factor - short.factor;
                let part = (short.slack / (short.slack - enough.slack)).clamp(0.4, 0.75);
                (FINE < between && NEAR < enough.slack).then_some(short.factor + part * between)
            }
        }
    }

    /// What the factor tried leaves above the targets.
    fn answer(&mut self, slack: f64) {
        let Some(factor) = self.next() else { return };
        self.tries += 1;
        if let Some(last) = if 0.0 <= slack { self.enough.or(self.short) } else { self.short.or(self.enough) } {
            let slope = (slack - last.slack) / (factor - last.factor);
            (self.slope, self.flat) = (slope.clamp(SLOPES.0, SLOPES.1), slope < FLAT);
        }
        *(if 0.0 <= slack { &mut self.enough } else { &mut self.short }) = Some(Tried { factor, slack });
    }

    /// What it came to; 1 where nothing was enough.
    fn found(&self) -> f64 {
        self.enough.map_or(1.0, |enough| enough.factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(slack: impl Fn(f64) -> f64) -> (f64, usize) {
        let mut search = Search::default();
        while let Some(factor) = search.next() {
            search.answer(slack(factor));
        }
        (search.found(), search.tries)
    }

    #[test]
    fn the_least_factor_is_found_to_a_few_hundredths() {
        for least in [0.61, 0.79, 0.93, 0.99, 1.0, 1.04, 1.2, 1.7, 2.0] {
            for slope in [0.3, 1.5, 6.0] {
                // A share that has a target of 80 % cannot be above it by more than a fifth.
                let (factor, tries) = found(|factor| (slope * (factor - least)).clamp(-0.8, 0.2));
                let fine = FINE.max(NEAR / slope);
                assert!(least <= factor && factor <= least + fine && tries <= 9, "{factor} for {least} after {tries}");
            }
        }
        assert_eq!(found(|_| 0.2).0, 0.4);
    }

    #[test]
    fn with_a_target_within_reach_the_search_begins_anew() {
        let search = |mut search: Search, least: f64| {
            while let Some(factor) = search.next() {
                search.answer(1.5 * (factor - least));
            }
            search.found()
        };
        let factor = search(Search::below_most(0.9), 1.4);
        assert!((1.4..1.42).contains(&factor), "{factor}");
        assert!((0.7..0.72).contains(&search(Search::below_most(0.9), 0.7)));
        assert_eq!(search(Search::below_most(-0.1), 1.4), 1.0, "people have too much to do in any case");
    }

    #[test]
    fn what_nothing_helps_stays() {
        assert_eq!(found(|_| -0.3), (1.0, 4));
    }
}
