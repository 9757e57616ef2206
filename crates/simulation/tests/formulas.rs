//! The simulator against exact formulas: M/M/n and M/M/n+M (Erlang C and A).

#![allow(clippy::unwrap_used)]

use longshore_contacts::Channel;
use longshore_simulation::*;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// One queue served around the clock by agents who never leave; each day is a month of the tallies.
fn scenario(days: i64, per_hour: f64, agents: u32, handle_ms: f64, patience_mean_ms: Option<f64>) -> Scenario {
    let horizon = Span { from: 0, until: days * DAY_MS };
    let part = |share| Part { share, mean_ms: handle_ms, shape: Shape::Exponential };
    let queue = Queue {
        arrivals: Arrivals { step_ms: HOUR_MS, expected: vec![per_hour; 24 * days as usize] },
        patience_mean_ms,
        talk: part(1.0),
        hold: part(0.0),
        wrap: part(0.0),
        open: vec![horizon],
        routes: vec![Route::to(0)],
        ..Queue::plain("program", "calls")
    };
    let team = Team {
        agents: (0..agents).map(|agent| agent.to_string()).collect(),
        shifts: (0..agents)
            .map(|agent| Shift { agent, from: 0, until: horizon.until, last: true, back: None })
            .collect(),
        ..Team::plain("provider", "team")
    };
    let day_starts: Vec<i64> = (0..days).map(|day| day * DAY_MS).collect();
    Scenario {
        horizon,
        seed: Seed(7),
        run: 1,
        busyness_cv: 0.0,
        step_ms: HOUR_MS,
        month_starts: day_starts.clone(),
        day_starts,
        queues: vec![queue],
        teams: vec![team],
    }
}

/// Fewer days where the code is not optimized: a wider interval in the same time.
fn days(days: i64) -> i64 {
    if cfg!(debug_assertions) { days * 3 / 8 } else { days }
}

/// The ratio of two sums over blocks of ten days, with half the width of its interval at four standard errors. The
/// first block, in which the line fills, is left out.
fn ratio(tallies: &Tallies, above: fn(&QueueTally) -> f64, below: fn(&QueueTally) -> f64) -> (f64, f64) {
    let sum = |days: &[QueueTally], value: fn(&QueueTally) -> f64| days.iter().map(value).sum::<f64>();
    let blocks: Vec<(f64, f64)> =
        tallies.queues[0].chunks(10).skip(1).map(|days| (sum(days, above), sum(days, below))).collect();
    let (above, below) = blocks.iter().fold((0.0, 0.0), |total, block| (total.0 + block.0, total.1 + block.1));
    let ratio = above / below;
    let squares: f64 = blocks.iter().map(|(above, below)| (above - ratio * below).powi(2)).sum();
    let count = blocks.len() as f64;
    (ratio, 4.0 * (squares * count / (count - 1.0)).sqrt() / below)
}

fn assert_near(what: &str, (found, half_width): (f64, f64), exact: f64, most: f64) {
    assert!((found - exact).abs() < half_width, "{what}: {found} ± {half_width}, exactly {exact}");
    assert!(half_width < most * exact, "{what}: an interval of {half_width} proves nothing");
}

#[test]
fn impatient_customers_agree_with_erlang_a() {
    let scenario = scenario(days(400), 1140.0, 100, 300_000.0, Some(120_000.0));
    let tallies = simulate(&scenario, &mut Nothing).unwrap();
    let offered = |tally: &QueueTally| tally.offered as f64;
    assert_near("P(abandon)", ratio(&tallies, |tally| tally.abandoned as f64, offered), 0.0270536, 0.06);
    assert_near("answered in 20 s", ratio(&tallies, |tally| tally.within_threshold as f64, offered), 0.9223794, 0.01);
    let wait = |tally: &QueueTally| (tally.wait_ms + tally.abandoned_wait_ms) as f64 / 1000.0;
    assert_near("E[W] in seconds", ratio(&tallies, wait, offered), 3.2464, 0.06);
    let occupancy = tallies.teams[0].occupancy().unwrap();
    assert!((occupancy - 0.95 * (1.0 - 0.0270536)).abs() < 0.001, "{occupancy}");
}

/// 14 agents, 10 erlangs: C = 0.174132, E[W] = C · 180 s / (14 − 10), P(W ≤ 20 s) = 1 − C · exp(−(14 − 10) · 20/180).
#[test]
fn patient_customers_agree_with_erlang_c() {
    let scenario = scenario(days(1000), 200.0, 14, 180_000.0, None);
    let tallies = simulate(&scenario, &mut Nothing).unwrap();
    let load = 10.0_f64;
    let b = (1..=14).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    let c = b / (1.0 - load / 14.0 * (1.0 - b));
    let offered = |tally: &QueueTally| tally.offered as f64;
    let wait = |tally: &QueueTally| tally.wait_ms as f64 / 1000.0;
    assert_near("E[W] in seconds", ratio(&tallies, wait, offered), c * 180.0 / 4.0, 0.1);
    let in_time = 1.0 - c * (-4.0 * 20.0 / 180.0_f64).exp();
    assert_near("answered in 20 s", ratio(&tallies, |tally| tally.within_threshold as f64, offered), in_time, 0.01);
    assert_eq!(tallies.queue(0).abandoned, 0);
}

/// Two queues that two teams of seven both serve are one queue of fourteen agents, whoever is preferred.
#[test]
fn shared_teams_agree_with_erlang_c() {
    let mut scenario = scenario(days(1000), 100.0, 7, 180_000.0, None);
    let mut other = scenario.queues[0].clone();
    other.name = "others".to_owned();
    scenario.queues[0].routes[0].also = vec![Also { team: 1, priority: 0 }];
    other.routes[0] = Route { team: 1, also: vec![Also { team: 0, priority: 0 }], ..other.routes[0].clone() };
    scenario.queues.push(other);
    let mut second = scenario.teams[0].clone();
    second.agents.iter_mut().for_each(|agent| agent.insert(0, 'b'));
    second.name = "second".to_owned();
    scenario.teams.push(second);
    let mut tallies = simulate(&scenario, &mut Nothing).unwrap();
    let others = tallies.queues.pop().unwrap();
    tallies.queues[0].iter_mut().zip(others).for_each(|(day, other)| *day += other);
    let offered = |tally: &QueueTally| tally.offered as f64;
    let wait = |tally: &QueueTally| tally.wait_ms as f64 / 1000.0;
    assert_near("E[W] in seconds", ratio(&tallies, wait, offered), 0.174132 * 180.0 / 4.0, 0.1);
}

/// Runs until the share of those who hang up is known to half a thousandth, whoever plays them.
#[test]
fn runs_end_when_the_interval_is_narrow() {
    let base = scenario(5, 1140.0, 100, 300_000.0, Some(120_000.0));
    let abandoned = |run: u32| {
        let tally = simulate(&Scenario { run, ..base.clone() }, &mut Nothing).unwrap().queue(0);
        vec![tally.abandoned as f64 / tally.offered as f64]
    };
    let (precisions, effort) = ([Precision::Within(0.0005)], Effort { least: 10, most: 1000, batch: 8 });
    let alone = until(&precisions, 0.95, effort, |runs| Ok::<_, ()>(runs.map(abandoned).collect())).unwrap();
    let threads = until(&precisions, 0.95, effort, |runs| {
        std::thread::scope(|scope| {
            let threads: Vec<_> = runs.map(|run| scope.spawn(move || abandoned(run))).collect();
            Ok::<_, ()>(threads.into_iter().map(|thread| thread.join().unwrap()).collect())
        })
    });
    assert_eq!(alone, threads.unwrap());
    let sample = &alone[0];
    assert!((16..1000).contains(&sample.runs()) && sample.half_width(0.95) <= 0.0005, "{sample:?}");
    assert!((sample.mean() - 0.0270536).abs() < 2.0 * sample.half_width(0.95), "{sample:?}");
}

/// A gamma busyness of coefficient of variation c makes the variance of a day's contacts m + c² m².
#[test]
fn busy_days_vary_as_told() {
    let mut scenario = scenario(4000, 20.0, 1, 1.0, None);
    scenario.queues[0].busyness_cv = 0.25;
    let tallies = simulate(&scenario, &mut Nothing).unwrap();
    let days: Vec<f64> = tallies.queues[0].iter().map(|day| day.offered as f64).collect();
    let mean = days.iter().sum::<f64>() / days.len() as f64;
    let variance = days.iter().map(|day| (day - mean).powi(2)).sum::<f64>() / days.len() as f64;
    assert!((mean - 480.0).abs() < 4.0 * (variance / days.len() as f64).sqrt(), "{mean}");
    let expected = 480.0 + 0.0625 * 480.0 * 480.0;
    assert!((variance / expected - 1.0).abs() < 0.1, "{variance} of {expected}");
}

/// Talk, hold and wrap have the means and shares told, and unresolved contacts come back as often as told.
#[test]
fn parts_and_returns_have_their_means() {
    let mut scenario = scenario(400, 100.0, 60, 1.0, None);
    let lognormal = |share, mean_ms| Part { share, mean_ms, shape: Shape::Lognormal { cv: 0.8 } };
    let queue = &mut scenario.queues[0];
    (queue.talk, queue.hold, queue.wrap) = (lognormal(1.0, 240e3), lognormal(0.25, 60e3), lognormal(0.9, 45e3));
    (queue.returns, queue.return_after_mean_ms) = (0.5, DAY_MS as f64);
    (scenario.teams[0].resolved, scenario.teams[0].hold_factor) = (0.7, 2.0);
    let total = simulate(&scenario, &mut Nothing).unwrap().queue(0);
    let (handled, offered) = (total.handled as f64, total.offered as f64);
    let near =
        |found: f64, expected: f64, share: f64| assert!((found / expected - 1.0).abs() < share, "{found} {expected}");
    near(total.talk_ms as f64 / handled, 240e3, 0.002);
    near(total.hold_ms as f64 / handled, 30e3, 0.01);
    near(total.wrap_ms as f64 / handled, 40.5e3, 0.003);
    near(total.resolved as f64 / handled, 0.7, 0.002);
    near(offered, 9.6e5 / (1.0 - 0.3 * 0.5), 0.002); // A share of 0.15 of all contacts comes back.
    near(total.returned as f64 / offered, 0.15, 0.01);
}

/// One agent with up to three chats: a chain of births and deaths. With j in the system min(j, 3) are in hand, which are
/// done at the rate min(j, 3) / (mean · slowdown), and each of the others leaves at the rate 1 / patience.
#[test]
fn chats_in_one_hand_agree_with_their_chain() {
    let (per_hour, handle_ms, patience_ms, slowdown) = (21.0, 240_000.0, 300_000.0, [1.0, 1.4, 2.1]);
    let mut scenario = scenario(days(6000), per_hour, 1, handle_ms, Some(patience_ms));
    scenario.queues[0].work = Work::Together;
    scenario.teams[0].slowdown = slowdown.to_vec();
    let tallies = simulate(&scenario, &mut Nothing).unwrap();

    let in_hand = |j: usize| j.min(slowdown.len());
    let leaving = |j: usize| (j - in_hand(j)) as f64 / patience_ms;
    let done = |j: usize| in_hand(j) as f64 / (handle_ms * slowdown[in_hand(j) - 1]);
    let rate = per_hour / HOUR_MS as f64;
    let mut states = vec![1.0];
    for j in 1..200 {
        states.push(states[j - 1] * rate / (done(j) + leaving(j)));
    }
    let total: f64 = states.iter().sum();
    let mean = |value: &dyn Fn(usize) -> f64| states.iter().enumerate().map(|(j, p)| p / total * value(j)).sum::<f64>();
    let served = mean(&|j| if j == 0 { 0.0 } else { done(j) });

    let offered = |tally: &QueueTally| tally.offered as f64;
    let handled = |tally: &QueueTally| tally.handled as f64;
    assert_near("P(abandon)", ratio(&tallies, |tally| tally.abandoned as f64, offered), mean(&leaving) / rate, 0.1);
    let wait = |tally: &QueueTally| (tally.wait_ms + tally.abandoned_wait_ms) as f64;
    assert_near("E[W]", ratio(&tallies, wait, offered), mean(&|j| (j - in_hand(j)) as f64) / rate, 0.1);
    let talk = |tally: &QueueTally| tally.talk_ms as f64;
    assert_near("talk", ratio(&tallies, talk, handled), mean(&|j| in_hand(j) as f64) / served, 0.02);
    let occupancy = tallies.teams[0].occupancy().unwrap();
    assert!((occupancy - mean(&|j| f64::from(u8::from(0 < j)))).abs() < 0.01, "{occupancy}");
}

/// Calls do not notice the emails that agents put aside for them, and all the work gets done.
#[test]
fn emails_fill_the_time_between_calls() {
    let calls = scenario(days(200), 60.0, 10, 300_000.0, Some(120_000.0));
    let mut both = calls.clone();
    let mut emails = scenario(days(200), 30.0, 10, 400_000.0, None).queues.remove(0);
    (emails.name, emails.channel, emails.work) = ("emails".to_owned(), Channel::Email, Work::PutAside);
    both.queues.push(emails);
    let (alone, both) = (simulate(&calls, &mut Nothing).unwrap(), simulate(&both, &mut Nothing).unwrap());
    assert_eq!(alone.queue(0), both.queue(0));
    let emails = both.queue(1);
    assert_eq!((emails.offered, emails.open), (emails.handled, 0));
    assert!((emails.talk_ms as f64 / emails.handled as f64 / 400_000.0 - 1.0).abs() < 0.02);
    let busy = |tallies: &Tallies| tallies.teams[0].busy_ms.iter().map(|step| u128::from(*step)).sum::<u128>();
    assert_eq!(busy(&both), busy(&alone) + emails.talk_ms);
}
