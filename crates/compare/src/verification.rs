//! Whether teams that were sized by formula keep their targets when the horizon is played, and how many agents more or
//! fewer they take if not.

use longshore_business_case::{BusinessCase, CaseOption};
use longshore_simulation::{Nothing, SimulationError, Tallies, Work, simulate};
use rayon::prelude::*;

use crate::comparison::reached;
use crate::load::{ComingBack, work};
use crate::{CompareError, Plan, scenario};

/// Months in all of the runs by which teams are judged: one run of a year, more of shorter horizons.
const MONTHS: u32 = 12;

/// Runs by which teams are judged. They are not among those of any comparison, and played with the case's own seed: so a
/// team's size depends neither on how many runs are compared nor on the command's seed.
fn runs(case: &BusinessCase) -> Vec<u32> {
    (0..MONTHS.div_ceil(case.decide.months)).map(|run| u32::MAX - run).collect()
}

/// By what the agents of teams that fall short are multiplied until they do not.
const MORE: [f64; 4] = [1.1, 1.25, 1.5, 2.0];

/// The fewest agents that are tried, of what the formula says, where teams stand in for each other.
const FEWEST: f64 = 0.6;

/// The most of their time for which agents who mix channels or stand in for others may be busy: what is written could fill
/// every minute between calls, and a team that is busier loses its people. Guides to workforce planning put the limit at 85 to 90 %.
const BUSY_MOST: f64 = 0.9;

/// How often the interval between too few agents and enough is halved.
const HALVINGS: usize = 4;

/// What each team's agents are multiplied by so that its queues' targets hold in simulation: 1 where they do.
///
/// A formula sees each half hour as a queue that has settled, of one team. It knows nothing of agents who stand in for other
/// teams, put letters aside, are new, late or missing. So the horizon is played: teams that are linked by contacts which
/// several of them take get the least common factor (to a few hundredths) with which every queue they alone are
/// responsible for has its service level on average over the runs; teams that the formula suits keep its agents unless they
/// fall short. A team of a shared pool, or of which only a share is staffed, or that others answer for after a while, is as
/// large as its option says. Where no factor helps, as where letters come on days when nobody works, it stays 1.
pub(crate) fn corrections(case: &BusinessCase, option: usize, today: &ComingBack) -> Result<Vec<f64>, CompareError> {
    let described = &case.options[option];
    let mut groups = groups(case, described);
    let mut factors = vec![1.0; described.teams.len()];
    while groups.iter().any(|group| group.search.next().is_some()) {
        for group in &groups {
            let factor = group.search.next().unwrap_or_else(|| group.search.found());
            group.teams.iter().for_each(|team| factors[*team] = factor);
        }
        let plan = Plan::beside(case, option, today, &factors)?;
        let runs = played(case, &plan)?;
        for group in groups.iter_mut() {
            if group.search.next().is_none() {
                continue;
            }
            let in_time =
                |queue: &usize| level(&runs, *queue).is_none_or(|level| case.queues[*queue].target.share <= level);
            let at_ease = !group.search.fewer || group.teams.iter().all(|team| busy(&runs, *team) <= BUSY_MOST);
            group.search.answer(at_ease && group.queues.iter().all(in_time));
        }
    }
    for group in &groups {
        group.teams.iter().for_each(|team| factors[*team] = group.search.found());
    }
    Ok(factors)
}

/// Teams that take the same contacts, and the queues by which they are judged.
struct Group {
    teams: Vec<usize>,
    queues: Vec<usize>,
    search: Search,
}

fn groups(case: &BusinessCase, option: &CaseOption) -> Vec<Group> {
    // Each team's group is that of the least team it is linked with.
    let mut least: Vec<usize> = (0..option.teams.len()).collect();
    let mut link = |one: usize, other: usize| {
        let (from, to) = (least[one].max(least[other]), least[one].min(least[other]));
        least.iter_mut().filter(|least| **least == from).for_each(|least| *least = to);
    };
    for handles in &option.handles {
        handles.also.iter().for_each(|team| link(handles.team, *team));
        let same_queue = option.handles.iter().filter(|other| other.queue == handles.queue);
        same_queue.for_each(|other| link(handles.team, other.team));
    }
    let responsible = |team: usize| option.teams[team].shared.is_none() && option.teams[team].staffed == 1.0;
    let mut groups = Vec::new();
    for first in (0..least.len()).filter(|team| least[*team] == *team) {
        let teams: Vec<usize> = (0..least.len()).filter(|team| least[*team] == first).collect();
        let of_queue = |queue: usize| option.handles.iter().filter(move |handles| handles.queue == queue);
        let judged = |queue: &usize| {
            of_queue(*queue).next().is_some()
                && case.queues[*queue].list.is_none()
                && of_queue(*queue).all(|handles| handles.overflow.is_none() && teams.contains(&handles.team))
        };
        let queues: Vec<usize> = (0..case.queues.len()).filter(judged).collect();
        if queues.is_empty() || !teams.iter().all(|team| responsible(*team)) {
            continue;
        }
        let kinds: Vec<Work> = queues.iter().map(|queue| work(case.queues[*queue].channel)).collect();
        let stands_in = option.handles.iter().any(|handles| teams.contains(&handles.team) && !handles.also.is_empty());
        let mixed = kinds.iter().any(|kind| *kind != kinds[0]);
        groups.push(Group { teams, queues, search: Search::new(stands_in || mixed) });
    }
    groups
}

/// The runs of a plan by which it is judged.
fn played(case: &BusinessCase, plan: &Plan) -> Result<Vec<Tallies>, CompareError> {
    let option = &case.options[plan.option].id;
    let played = |run: &u32| {
        simulate(&scenario(case, plan, case.decide.seed, *run), &mut Nothing).map_err(|error| match error {
            SimulationError::Scenario(errors) if !errors.is_empty() => {
                CompareError::Scenario { option: option.clone(), reason: errors[0].clone() }
            }
            error => CompareError::Records { option: option.clone(), reason: error.to_string() },
        })
    };
    let runs: Vec<Result<Tallies, CompareError>> = runs(case).par_iter().map(played).collect();
    runs.into_iter().collect()
}

/// The service level of a queue over the horizon and all runs. `None` of a queue without contacts.
fn level(runs: &[Tallies], queue: usize) -> Option<f64> {
    let (mut offered, mut in_time) = (0, 0);
    for tally in runs.iter().map(|run| run.queue(queue)) {
        offered += reached(&tally) - tally.unreachable; // No agent more helps against an outage.
        in_time += tally.within_threshold;
    }
    (0 < offered).then(|| in_time as f64 / offered as f64)
}

/// The share of their time for which a team's agents are busy, at most in any run.
fn busy(runs: &[Tallies], team: usize) -> f64 {
    runs.iter().filter_map(|run| run.teams[team].occupancy()).fold(0.0, f64::max)
}

/// The search for the least factor with which targets hold.
#[derive(Clone, Copy, Debug)]
struct Search {
    fewer: bool,         // Whether less than the formula says may do.
    short: Option<f64>,  // The largest factor that was too small,
    enough: Option<f64>, // and the smallest that was not.
    halvings: usize,
}

impl Search {
    fn new(fewer: bool) -> Search {
        Search { fewer, short: None, enough: None, halvings: HALVINGS }
    }

    /// The factor to try. `None` once the search is over.
    fn next(&self) -> Option<f64> {
        match (self.short, self.enough) {
            (None, None) => Some(1.0),
            (Some(short), None) => MORE.into_iter().find(|factor| short < *factor),
            (None, Some(enough)) => (self.fewer && FEWEST < enough).then_some(FEWEST),
            (Some(short), Some(enough)) => (0 < self.halvings).then_some((short + enough) / 2.0),
        }
    }

    fn answer(&mut self, holds: bool) {
        let Some(tried) = self.next() else { return };
        if self.short.is_some() && self.enough.is_some() {
            self.halvings -= 1;
        }
        *(if holds { &mut self.enough } else { &mut self.short }) = Some(tried);
    }

    /// What it came to; 1 where nothing was enough.
    fn found(&self) -> f64 {
        self.enough.unwrap_or(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(mut search: Search, least: f64) -> (f64, usize) {
        let mut tries = 0;
        while let Some(factor) = search.next() {
            search.answer(least <= factor);
            tries += 1;
        }
        (search.found(), tries)
    }

    #[test]
    fn the_least_factor_is_found_to_a_few_hundredths() {
        for least in [0.61, 0.8, 0.99, 1.0, 1.04, 1.2, 1.7, 2.0] {
            let (factor, tries) = found(Search::new(true), least);
            assert!(least <= factor && factor <= least + 0.04 && tries <= 9, "{factor} for {least} after {tries}");
        }
    }

    #[test]
    fn what_the_formula_suits_is_tried_once_and_what_nothing_helps_stays() {
        assert_eq!(found(Search::new(false), 0.7), (1.0, 1));
        assert_eq!(found(Search::new(true), 0.3), (FEWEST, 2));
        assert_eq!(found(Search::new(true), 9.0), (1.0, 5));
    }
}
