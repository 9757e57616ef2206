//! How much came in runs, of what was expected.

use longshore_business_case::BusinessCase;
use longshore_simulation::Tallies;

use crate::plan::Sized;
use crate::{Horizon, Load, QueueLoad};

/// The work that came to each team in each month of some runs, ÷ what was expected: 1 but for chance.
///
/// What counts is the customers who come for the first time; who comes back follows them. Who is handed over by other teams
/// or reached from a list counts as expected: how many they are is the agents' doing.
pub(crate) fn of_expected(case: &BusinessCase, sized: &Sized, runs: &[Tallies]) -> Vec<Vec<f64>> {
    let lists: Vec<bool> = case.queues.iter().map(|queue| queue.list.is_some()).collect();
    by_team(&sized.load, &lists, &sized.horizon, runs)
}

/// The same, where it is known which queues are those of lists.
fn by_team(load: &Load, lists: &[bool], horizon: &Horizon, runs: &[Tallies]) -> Vec<Vec<f64>> {
    let months = 0..horizon.months.len();
    let of_queue = |(queue, load): (usize, &QueueLoad)| match lists[queue] {
        true => vec![1.0; months.len()],
        false => {
            let QueueLoad { first, all, comes_back, .. } = load;
            contacts(runs, queue, &Expected { first, all, comes_back: *comes_back }, horizon)
        }
    };
    let own: Vec<Vec<f64>> = load.queues.iter().enumerate().map(of_queue).collect();
    // Other clients' queues follow the case's own in a scenario, by team.
    let mut others = load.queues.len()..;
    let mut teams = Vec::with_capacity(load.teams.len());
    for streams in &load.teams {
        let (mut came, mut expected) = (vec![0.0; months.len()], vec![0.0; months.len()]);
        for stream in streams {
            let of_others = stream.queue.is_none().then(|| others.next()).flatten();
            // Who comes to other clients comes for the first time.
            let expected_of_others = Expected { first: &stream.contacts, all: &stream.contacts, comes_back: 0.0 };
            let of_others = of_others.map(|queue| contacts(runs, queue, &expected_of_others, horizon));
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

/// The contacts that are expected of a queue of the scenario, by step: see [`QueueLoad`].
struct Expected<'a> {
    first: &'a [f64],
    all: &'a [f64],
    comes_back: f64,
}

/// The contacts of a queue by month: what came ÷ what was expected, where as many are handed over as expected.
///
/// With F who came for the first time, f who was expected to, h who is handed over, and the share b that comes back, they are
/// (F + h) ÷ (1 − b) of (f + h) ÷ (1 − b): 1 + (F − f) ÷ (f + h).
fn contacts(runs: &[Tallies], queue: usize, expected: &Expected, horizon: &Horizon) -> Vec<f64> {
    let ratio = |month: usize| {
        let sum = |contacts: &[f64]| contacts[horizon.month_steps(month)].iter().sum::<f64>();
        let came: u64 = runs.iter().map(|run| run.queues[queue][month].first()).sum();
        let more = came as f64 / runs.len() as f64 - sum(expected.first);
        let come_once = sum(expected.all) * (1.0 - expected.comes_back);
        if 0.0 < come_once { 1.0 + more / come_once } else { 1.0 }
    };
    (0..horizon.months.len()).map(ratio).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use longshore_business_case::Target;
    use longshore_simulation::{QueueTally, Work};
    use longshore_units::{Month, Zone};

    use super::*;
    use crate::Stream;
    use crate::load::HungUp;

    const HOUR_MS: i64 = 3_600_000;

    /// Two months of two steps.
    fn horizon() -> Horizon {
        let month = |month| Month::of(date(2027, month, 1));
        Horizon {
            zone: Zone::utc(),
            months: vec![month(1), month(2)],
            from_ms: 0,
            until_ms: 4 * HOUR_MS,
            step_ms: HOUR_MS,
            day_starts: vec![0, 2 * HOUR_MS],
            days: vec![month(1).first(), month(2).first()],
            month_starts: vec![0, 2 * HOUR_MS],
        }
    }

    fn queue(first: [f64; 4], all: [f64; 4], comes_back: f64) -> QueueLoad {
        QueueLoad { first: first.to_vec(), all: all.to_vec(), comes_back, open: Vec::new(), ways: Vec::new() }
    }

    fn stream(queue: Option<usize>, contacts: [f64; 4], handle_ms: f64) -> Stream {
        Stream {
            queue,
            work: Work::Alone,
            worked: Vec::new(),
            contacts: contacts.to_vec(),
            handle_ms,
            patience_ms: None,
            target: Target { share: 0.8, within_ms: 20_000 },
            busyness: 0.0,
        }
    }

    /// A run in which so many came to each queue in each month, were handed over to it, and came back to it.
    fn run(queues: &[[[u64; 3]; 2]]) -> Tallies {
        let tally = |[first, received, returned]: &[u64; 3]| QueueTally {
            offered: first + received + returned,
            received: *received,
            returned: *returned,
            ..QueueTally::default()
        };
        let queues = queues.iter().map(|months| months.iter().map(tally).collect()).collect();
        Tallies { queues, teams: Vec::new(), backlog: Vec::new() }
    }

    fn of_expected(
        queues: Vec<QueueLoad>,
        teams: Vec<Vec<Stream>>,
        list: Option<usize>,
        runs: &[Tallies],
    ) -> Vec<Vec<f64>> {
        let lists: Vec<bool> = (0..queues.len()).map(|queue| Some(queue) == list).collect();
        by_team(&Load { queues, teams, hung_up: HungUp::default() }, &lists, &horizon(), runs)
    }

    #[test]
    fn who_comes_for_the_first_time_counts_by_month_over_all_runs() {
        let contacts = [30.0, 10.0, 5.0, 15.0];
        let calls = || vec![stream(Some(0), contacts, 1.0)];
        let runs = [run(&[[[44, 0, 0], [18, 0, 0]]]), run(&[[[40, 0, 0], [20, 0, 0]]])];
        let came = of_expected(vec![queue(contacts, contacts, 0.0)], vec![calls()], None, &runs);
        assert_eq!(came, [[1.05, 0.95]]);
        // A queue for which nobody is expected asks for nobody, and neither does a team without work.
        let nobody = queue([0.0; 4], [0.0; 4], 0.0);
        assert_eq!(of_expected(vec![nobody], vec![calls(), Vec::new()], None, &runs), [[1.0, 1.0], [1.0, 1.0]]);
    }

    #[test]
    fn who_comes_back_follows_who_came() {
        // Half of all come back: so that eight come, four come for the first time.
        let calls = queue([4.0, 0.0, 4.0, 0.0], [8.0, 0.0, 8.0, 0.0], 0.5);
        let teams = vec![vec![stream(Some(0), [8.0, 0.0, 8.0, 0.0], 1.0)]];
        // In the first month too few agents let many hang up, who did not come back; in the second all did.
        let came = of_expected(vec![calls], teams, None, &[run(&[[[5, 0, 1], [5, 0, 40]]])]);
        assert_eq!(came, [[1.25, 1.25]]);
    }

    #[test]
    fn who_is_handed_over_counts_as_expected() {
        // A sixth of all come back to the second tier. Ten come to it themselves, and ninety are handed over.
        let tier = queue([10.0, 0.0, 10.0, 0.0], [120.0, 0.0, 120.0, 0.0], 1.0 / 6.0);
        let teams = vec![vec![stream(Some(0), [120.0, 0.0, 120.0, 0.0], 1.0)]];
        let came = of_expected(vec![tier], teams, None, &[run(&[[[15, 90, 20], [15, 9, 2]]])]);
        assert!(came[0].iter().all(|came| (came - 1.05).abs() < 1e-12), "{came:?}");
    }

    #[test]
    fn a_team_has_the_work_of_its_queues_and_lists_are_as_expected() {
        let (calls, list) = ([10.0, 0.0, 10.0, 0.0], [40.0, 0.0, 40.0, 0.0]);
        let teams = vec![
            vec![stream(Some(0), calls, 3.0), stream(Some(1), list, 1.0)],
            vec![stream(Some(0), calls, 1.0), stream(None, [10.0, 0.0, 20.0, 0.0], 1.0)],
            vec![stream(None, [50.0, 0.0, 0.0, 0.0], 1.0)],
        ];
        // The others' two queues follow the case's own.
        let played = run(&[
            [[17, 0, 0], [10, 0, 0]],
            [[7, 0, 0], [80, 0, 0]],
            [[11, 0, 0], [10, 0, 0]],
            [[40, 0, 0], [3, 0, 0]],
        ]);
        let came = of_expected(vec![queue(calls, calls, 0.0), queue(list, list, 0.0)], teams, Some(1), &[played]);
        // 17 of 10 are 51 of 30 minutes of calls, beside 40 of the list: 91 of 70. Then 17 + 11 of 20, and 10 + 10 of 30.
        assert_eq!(came, [vec![91.0 / 70.0, 1.0], vec![28.0 / 20.0, 20.0 / 30.0], vec![0.8, 1.0]]);
    }
}
