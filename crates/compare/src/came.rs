//! How much came in runs, of what was expected.

use longshore_business_case::{BusinessCase, Handles};
use longshore_simulation::Tallies;

use crate::Horizon;
use crate::plan::Sized;

/// The work of customers who came for the first time to each team in each month of some runs, ÷ what was expected: 1 but for
/// chance. Who comes back or is passed on is not among it, since that is its teams' doing.
pub(crate) fn of_expected(case: &BusinessCase, sized: &Sized, runs: &[Tallies]) -> Vec<Vec<f64>> {
    let (option, horizon) = (&case.options[sized.option], &sized.horizon);
    let months = 0..horizon.months.len();
    let own: Vec<Vec<f64>> = case
        .queues
        .iter()
        .zip(&sized.load.queues)
        .enumerate()
        .map(|(queue, (described, load))| {
            let passed_on = |handles: &Handles| handles.escalates.is_some_and(|escalation| escalation.to == queue);
            // How many of a list are reached, or passed on by other teams, is the agents' doing.
            match described.list.is_some() || option.handles.iter().any(passed_on) {
                true => vec![1.0; months.len()],
                false => contacts(runs, queue, &load.first, horizon),
            }
        })
        .collect();
    // Other clients' queues follow the case's own in a scenario, by team.
    let mut others = case.queues.len()..;
    let mut teams = Vec::with_capacity(sized.load.teams.len());
    for streams in &sized.load.teams {
        let (mut came, mut expected) = (vec![0.0; months.len()], vec![0.0; months.len()]);
        for stream in streams {
            let of_others = stream.queue.is_none().then(|| others.next()).flatten();
            let of_others = of_others.map(|queue| contacts(runs, queue, &stream.contacts, horizon));
            let ratios = of_others.as_ref().or_else(|| stream.queue.map(|queue| &own[queue]));
            let Some(ratios) = ratios else { continue };
            for month in months.clone() {
                let work = stream.contacts[horizon.month_steps(month)].iter().sum::<f64>() * stream.handle_ms;
                expected[month] += work;
                came[month] += work * ratios[month];
            }
        }
        let ratio = |(came, expected): (f64, f64)| if 0.0 < expected { came / expected } else { 1.0 };
        teams.push(came.into_iter().zip(expected).map(ratio).collect());
    }
    teams
}

/// The first contacts of a queue of the scenario by month: what came ÷ what was expected.
fn contacts(runs: &[Tallies], queue: usize, expected: &[f64], horizon: &Horizon) -> Vec<f64> {
    let ratio = |month: usize| {
        let tallies = runs.iter().map(|run| &run.queues[queue][month]);
        let came: u64 = tallies.map(|tally| tally.offered - tally.returned).sum();
        let expected = expected[horizon.month_steps(month)].iter().sum::<f64>() * runs.len() as f64;
        if 0.0 < expected { came as f64 / expected } else { 1.0 }
    };
    (0..horizon.months.len()).map(ratio).collect()
}
