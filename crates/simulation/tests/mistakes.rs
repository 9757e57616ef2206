//! No scenario makes the simulator panic or run on: it is refused, with all that is wrong, or it is played.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

use longshore_simulation::*;
use proptest::prelude::*;

fn scenario() -> Scenario {
    let horizon = Span { from: 0, until: 100_000 };
    let part = Part { share: 0.5, mean_ms: 1000.0, shape: Shape::Lognormal { cv: 1.0 } };
    let queue = Queue {
        arrivals: Arrivals { step_ms: 50_000, expected: vec![10.0, 20.0] },
        busyness_cv: 0.1,
        patience_mean_ms: Some(5000.0),
        balks: 0.1,
        talk: part,
        hold: part,
        wrap: part,
        open: vec![Span { from: 0, until: 90_000 }],
        returns: 0.1,
        return_after_mean_ms: 10.0,
        threshold_ms: 20,
        routes: vec![Route {
            spans: Some(vec![horizon]),
            overflow: Some(Overflow { after_ms: 10, team: 1, priority: 0 }),
            ..Route::to(0)
        }],
        ..Queue::plain("program", "calls")
    };
    let team = |name: &str| Team {
        agents: vec![format!("{name} 0"), format!("{name} 1")],
        shifts: vec![
            Shift { agent: 0, from: 0, until: 50_000, last: false, back: None },
            Shift { agent: 0, from: 50_000, until: 90_000, last: true, back: None },
            Shift { agent: 1, from: 10, until: 90_000, last: true, back: None },
        ],
        resolved: 0.5,
        ..Team::plain("provider", name.to_owned())
    };
    Scenario {
        horizon,
        seed: Seed(1),
        run: 1,
        busyness_cv: 0.1,
        step_ms: 50_000,
        day_starts: vec![0],
        month_starts: vec![0],
        queues: vec![queue],
        teams: vec![team("one"), team("two")],
    }
}

/// Every mistake alone, and what is said of it.
#[test]
fn each_mistake_is_named() {
    assert_eq!(scenario().check(), []);
    let said = |change: fn(&mut Scenario)| {
        let mut scenario = scenario();
        change(&mut scenario);
        let errors = scenario.check();
        assert!(
            matches!(simulate(&scenario, &mut Nothing), Err(SimulationError::Scenario(same)) if same.len() == errors.len())
        );
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let expect = |change: fn(&mut Scenario), text: &str| {
        let said = said(change);
        assert!(said.contains(text), "`{said}` should say `{text}`");
    };
    expect(|scenario| scenario.horizon.until = 0, "the horizon [0, 0)");
    expect(|scenario| scenario.horizon.until = i64::MAX, "the horizon");
    expect(|scenario| scenario.step_ms = 0, "step_ms of the scenario is 0");
    expect(|scenario| scenario.day_starts = vec![], "day_starts must increase");
    expect(|scenario| scenario.month_starts = vec![0, 5, 5], "month_starts must increase");
    expect(|scenario| scenario.queues[0].arrivals.step_ms = i64::MIN, "step_ms of queue `calls`");
    expect(|scenario| scenario.queues[0].arrivals.expected.push(0.0), "have 3 steps; the horizon has 2");
    expect(|scenario| scenario.queues[0].arrivals.expected[1] = f64::NAN, "expected contacts of queue `calls` is NaN");
    expect(|scenario| scenario.queues[0].arrivals.expected[1] = -1.0, "expected contacts of queue `calls` is -1");
    expect(|scenario| scenario.queues[0].arrivals.expected = vec![9e8, 9e8], "are more than 1000000000");
    expect(
        |scenario| scenario.queues[0].patience_mean_ms = Some(f64::INFINITY),
        "patience_mean_ms of queue `calls` is inf",
    );
    expect(|scenario| scenario.queues[0].hold.share = 1.5, "hold of queue `calls` is 1.5; it must be from 0 to 1");
    expect(|scenario| scenario.queues[0].returns = 1.0, "returns of queue `calls` is 1");
    expect(|scenario| scenario.queues[0].open.push(Span { from: 80_000, until: 99_000 }), "opening hours");
    expect(|scenario| scenario.queues[0].routes.clear(), "queue `calls` has no route");
    expect(|scenario| scenario.queues[0].routes[0].team = 7, "queue `calls` routes to team 7");
    expect(|scenario| scenario.queues[0].routes[0].team = 1, "queue `calls` routes to team 1");
    expect(|scenario| scenario.queues[0].balks = 1.5, "balks of queue `calls` is 1.5");
    expect(|scenario| scenario.busyness_cv = -0.1, "busyness_cv of the scenario is -0.1");
    expect(
        |scenario| scenario.queues[0].routes[0].also = vec![Also { team: 1, priority: 0 }],
        "queue `calls` routes to team 1",
    );
    expect(|scenario| scenario.teams[0].slowdown = vec![], "contacts at once of team `one` is 0");
    expect(|scenario| scenario.teams[0].slowdown = vec![1.0, 0.5], "slowdown of team `one` is 0.5");
    expect(|scenario| scenario.teams[0].slowdown = vec![1.0; 17], "17 contacts at once are more than 16");
    let outage = |from| Outage { span: Span { from, until: 9 }, refuses: false };
    let outages = [outage(5), outage(8)];
    assert!(matches!(
        &{
            let mut scenario = scenario();
            scenario.teams[0].outages = outages.to_vec();
            scenario
        }
        .check()[..],
        [ScenarioError::Spans { what: "outages", at: 8, .. }]
    ));
    expect(|scenario| scenario.queues[0].returns_to = Some(ReturnsTo { queue: 7, share: 0.5 }), "to or from queue 7");
    expect(
        |scenario| scenario.teams[0].escalations = vec![Escalation { of: 0, share: 0.5, to: 0 }],
        "team `one` sends on to or from queue 0",
    );
    expect(
        |scenario| scenario.queues[0].list = Some(list(0.5, 0, 9)),
        "expected contacts beside a list of queue `calls`",
    );
    expect(|scenario| scenario.queues[0].list = Some(list(1.5, 0, 9)), "reached of queue `calls` is 1.5");
    expect(|scenario| scenario.queues[0].list = Some(list(0.5, 2, 9)), "queue `calls` routes to team 2");
    expect(
        |scenario| scenario.teams[0].paces = vec![Pace { agent: 2, from: 0, factor: 1.0 }],
        "a pace of team `one` is of agent 2, of 2",
    );
    expect(|scenario| scenario.queues[0].due_ms = Some(-1), "due_ms of queue `calls` is -1");
    expect(|scenario| scenario.queues.push(scenario.queues[0].clone()), "the queue `calls` is empty or there twice");
    expect(|scenario| scenario.teams[0].shifts[1].from = 49_999, "shifts of an agent of team `one`");
    expect(|scenario| scenario.teams[0].shifts[1].agent = 2, "is for agent 2, of 2");
    expect(|scenario| scenario.teams[0].resolved = f64::NAN, "resolved of team `one` is NaN");
    expect(|scenario| scenario.teams[0].agents[0] = "two 1".to_owned(), "the agent `two 1` is empty or there twice");
    expect(|scenario| scenario.teams[0].provider.clear(), "the provider ``");
}

fn list(number: f64, from: i64, until: i64) -> CallList {
    let part = Part { share: 0.5, mean_ms: number.abs().min(1e6), shape: Shape::Exponential };
    CallList {
        batches: vec![Batch { from, customers: (until.unsigned_abs() % 100) as u32 }],
        attempts: from as u8,
        again_after_ms: until,
        reached: vec![0.5, number],
        ring: part,
        pickup: part,
        patience_ms: 5,
        hours: vec![Span { from, until }],
        dialer: Dialer { watches: vec![0, from as usize % 3], least_free: 1, for_each_free: number, more: 1 },
    }
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(-1.0),
        Just(0.0),
        Just(1e-300),
        Just(0.999),
        Just(1.0),
        Just(100.0),
        Just(3e10),
        0.0..2.0,
    ]
}

fn any_instant() -> impl Strategy<Value = i64> {
    prop_oneof![
        Just(i64::MIN),
        Just(i64::MAX),
        Just(0),
        -200_000_i64..200_000,
        -1_000_000_000_000_i64..1_000_000_000_000
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn nothing_panics(
        changes in prop::collection::vec((0_usize..41, any_number(), any_instant(), any_instant()), 0..4),
    ) {
        let mut scenario = scenario();
        for (what, number, from, until) in changes {
            let Scenario { queues, teams, .. } = &mut scenario;
            let (queue, team) = (&mut queues[0], &mut teams[0]);
            match what {
                0 => scenario.horizon = Span { from, until },
                1 => scenario.step_ms = until,
                2 => scenario.day_starts = vec![from, until],
                3 => scenario.month_starts = vec![from, until],
                4 => queue.arrivals.step_ms = from,
                5 => queue.arrivals.expected[0] = number,
                6 => queue.busyness_cv = number,
                7 => queue.patience_mean_ms = (0.5 < number).then_some(number),
                8 => queue.talk = Part { mean_ms: number, shape: Shape::Exponential, ..queue.talk },
                9 => queue.hold.shape = Shape::Lognormal { cv: number },
                10 => queue.wrap.share = number,
                11 => queue.open[0] = Span { from, until },
                12 => queue.returns = number,
                13 => queue.return_after_mean_ms = number,
                14 => queue.threshold_ms = from,
                15 => queue.routes[0].share = number,
                16 => queue.routes[0].spans = Some(vec![Span { from, until }]),
                17 => queue.routes[0].overflow = Some(Overflow { after_ms: from, team: 1, priority: 0 }),
                18 => (team.shifts[0].from, team.shifts[0].until) = (from, until),
                19 => (team.shifts[2].from, team.shifts[2].until) = (from, until),
                40 => team.paces = vec![Pace { agent: until as u32 % 3, from, factor: number }],
                38 => (queue.list, queue.arrivals.expected) = (Some(list(number, from, until)), vec![0.0, 0.0]),
                39 => queue.talk.shape = Shape::Gamma { cv: number },
                31 => queue.returns_to = Some(ReturnsTo { queue: from as usize % 2, share: number }),
                32 => {
                    let part = Part { mean_ms: number, ..queue.talk };
                    queue.machine = Some(Machine { contained: 0.5, length: part, passage: part });
                }
                33 => queue.machine = Some(Machine { contained: number, length: queue.talk, passage: queue.hold }),
                34 => queue.due_ms = Some(from),
                35 => team.escalations = vec![Escalation { of: 0, share: number, to: from as usize % 3 }],
                36 => team.outages = vec![Outage { span: Span { from, until }, refuses: true }],
                37 => team.outages = vec![Outage { span: Span { from: 10, until: 60_000 }, refuses: number < 0.5 }],
                27 => queue.work = Work::Together,
                28 => queue.work = Work::PutAside,
                29 => team.slowdown = vec![1.0, number],
                21 => queue.balks = number,
                22 => scenario.busyness_cv = number,
                23 => queue.routes[0].priority = from as u8,
                24 => queue.routes[0].places = Some(until as u32 % 8),
                25 => (queue.routes[0].overflow, queue.routes[0].also) = (None, vec![Also { team: 1, priority: from as u8 }]),
                26 => queue.routes[0].also = vec![Also { team: from as usize, priority: 0 }],
                20 => (team.talk_factor, team.hold_factor) = (number, number),
                _ => team.resolved = number,
            }
        }
        // Small worlds only: what is refused is refused at any size, what is played should end soon.
        let contacts: f64 = scenario.queues[0].arrivals.expected.iter().sum();
        prop_assume!(!(1e6 < contacts && contacts < 1e10));
        match simulate(&scenario, &mut Nothing) {
            Ok(tallies) => {
                let tally = tallies.queue(0);
                prop_assert_eq!(tally.offered, tally.handled + tally.contained + tally.abandoned + tally.blocked + tally.open);
            }
            Err(SimulationError::Scenario(errors)) => prop_assert!(!errors.is_empty()),
            Err(error) => prop_assert!(false, "{error}"),
        }
    }
}
