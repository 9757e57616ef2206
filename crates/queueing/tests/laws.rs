//! Laws of queues that hold whatever the numbers, and mistakes seen elsewhere that must not return.
#![allow(clippy::unwrap_used)]

use longshore_queueing::{
    Definition, Erlangs, Performance, QueueingError, Seconds, Share, Slowdown, Target, Traffic, agents_for, engset,
    erlang_b, erlang_b_load, erlang_c, finite, fractional_agents, performance, service_level, service_level_together,
};
use proptest::prelude::*;

const DEFINITIONS: [Definition; 4] =
    [Definition::Virtual, Definition::Offered, Definition::Answered, Definition::Actual];

fn erlangs(load: f64) -> Erlangs {
    Erlangs::new(load).unwrap()
}

fn seconds(seconds: f64) -> Seconds {
    Seconds::new(seconds).unwrap()
}

fn share(share: f64) -> Share {
    Share::new(share).unwrap()
}

fn traffic(load: f64, handle: f64, patience: Option<f64>) -> Traffic {
    Traffic::new(erlangs(load), seconds(handle), patience.map(seconds)).unwrap()
}

fn level(least: f64, threshold: f64, definition: Definition) -> Target {
    Target::ServiceLevel { definition, least: share(least), threshold: seconds(threshold) }
}

/// Loads from hundredths to tens of thousands, with agents around them.
fn sizes() -> impl Strategy<Value = (f64, u32)> {
    (-2.0f64..4.5, -6.0f64..6.0).prop_map(|(magnitude, spare)| {
        let load = 10f64.powf(magnitude);
        (load, (load + spare * load.sqrt()).max(0.0) as u32 + 1)
    })
}

fn patience() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![Just(None), (0.0f64..6.0).prop_map(|magnitude| Some(10f64.powf(magnitude)))]
}

fn check_sound(result: &Performance) -> Result<(), TestCaseError> {
    let level = result.service_level;
    for number in [
        result.p_wait.get(),
        result.p_abandon.get(),
        result.occupancy.get(),
        level.virtual_wait.get(),
        level.offered.get(),
        level.answered.get(),
        level.actual.get(),
    ] {
        prop_assert!((0.0..=1.0).contains(&number), "{result:?}");
    }
    prop_assert!(result.wait_s_all >= 0.0 && result.wait_s_answered >= 0.0 && result.queue_length >= 0.0, "{result:?}");
    let (least, slack) = (level.offered.get(), 1e-9);
    prop_assert!(least <= level.virtual_wait.get() + slack, "{result:?}");
    prop_assert!(level.virtual_wait.get() <= level.actual.get() + slack, "{result:?}");
    prop_assert!(least <= level.answered.get() + slack, "{result:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_number_makes_it_panic(load: f64, handle: f64, wait: f64, patience: Option<f64>, least: f64, agents: u32) {
        let made = (Erlangs::new(load), Seconds::new(handle), Seconds::new(wait), Share::new(least));
        let _ = Traffic::from_contacts(load, Seconds::ZERO, Seconds::ZERO, None);
        if let (Ok(load), Ok(handle), Ok(threshold), Ok(least)) = made {
            let patience = patience.map(Seconds::new).transpose();
            let traffic = patience.and_then(|patience| Traffic::new(load, handle, patience));
            if let Ok(traffic) = traffic {
                check_sound(&performance(&traffic, agents, threshold))?;
                for definition in DEFINITIONS {
                    let _ = agents_for(&traffic, &Target::ServiceLevel { definition, least, threshold });
                    let _ = fractional_agents(&traffic, definition, least, threshold);
                }
                for target in [Target::Wait { most: least }, Target::MeanWait { most: threshold }, Target::Occupancy { most: least }] {
                    let _ = agents_for(&traffic, &target);
                }
                let _ = (engset(agents, agents % 1000, load), erlang_b(load, agents), erlang_c(load, agents));
                let _ = (erlang_b_load(agents, least), finite(&traffic, agents % 1000, agents % 5000, threshold));
            }
        }
    }

    #[test]
    fn the_corners_of_what_is_allowed_are_sound(
        load in prop::sample::select(vec![0.0, 5e-324, 1e-300, 1e-9, 0.5, 1.0, 399.999, 400.0, 401.0, 1e5, 1e9]),
        agents in prop::sample::select(vec![0, 1, 2, 399, 400, 401, 402, 100_000, 1_000_000_000, u32::MAX]),
        handle in prop::sample::select(vec![1e-6, 1.0, 300.0, 1e12]),
        patience in prop::sample::select(vec![None, Some(1e-6), Some(1.0), Some(300.0), Some(1e6), Some(1e12)]),
        threshold in prop::sample::select(vec![0.0, 1e-300, 1e-6, 20.0, 86_400.0, 1e12]),
    ) {
        check_sound(&performance(&traffic(load, handle, patience), agents, seconds(threshold)))?;
    }

    #[test]
    fn more_agents_never_serve_less((load, agents) in sizes(), patience in patience(), wait in 0.0f64..600.0) {
        let traffic = traffic(load, 300.0, patience);
        let (few, more) = (performance(&traffic, agents, seconds(wait)), performance(&traffic, agents + 1, seconds(wait)));
        for definition in DEFINITIONS {
            let (few, more) = (few.service_level.by(definition).get(), more.service_level.by(definition).get());
            prop_assert!(few <= more + 1e-12, "{definition:?}: {few} with {agents}, {more} with one more");
        }
        prop_assert!(more.p_wait.get() <= few.p_wait.get() + 1e-12);
        prop_assert!(more.p_abandon.get() <= few.p_abandon.get() + 1e-12);
        prop_assert!(more.wait_s_all <= few.wait_s_all * (1.0 + 1e-9));
        prop_assert!(more.wait_s_answered <= few.wait_s_answered * (1.0 + 1e-9));
        prop_assert!(more.occupancy.get() <= few.occupancy.get() + 1e-12);
    }

    #[test]
    fn more_load_never_serves_better((load, agents) in sizes(), patience in patience(), wait in 0.0f64..600.0, more in 1.0f64..1.5) {
        let at = |load: f64| performance(&traffic(load, 300.0, patience), agents, seconds(wait));
        let (light, heavy) = (at(load), at(load * more));
        for definition in DEFINITIONS {
            let (light, heavy) = (light.service_level.by(definition).get(), heavy.service_level.by(definition).get());
            prop_assert!(heavy <= light + 1e-11, "{definition:?}: {light} with {load}, {heavy} with {more} times as much");
        }
        prop_assert!(light.p_wait.get() <= heavy.p_wait.get() + 1e-11);
        prop_assert!(light.occupancy.get() <= heavy.occupancy.get() + 1e-11);
    }

    #[test]
    fn endless_patience_is_no_patience_at_all((load, agents) in sizes(), wait in 0.0f64..600.0) {
        let agents = agents.max((load * 1.01) as u32 + 1);
        let patient = performance(&traffic(load, 300.0, None), agents, seconds(wait));
        let nearly = performance(&traffic(load, 300.0, Some(1e12)), agents, seconds(wait));
        prop_assert!((patient.p_wait.get() - nearly.p_wait.get()).abs() < 1e-6);
        prop_assert!((patient.wait_s_all - nearly.wait_s_all).abs() <= 1e-4 * patient.wait_s_all);
        prop_assert!((patient.wait_s_answered - nearly.wait_s_answered).abs() <= 1e-4 * patient.wait_s_all);
        for definition in DEFINITIONS {
            let (patient, nearly) = (patient.service_level.by(definition), nearly.service_level.by(definition));
            prop_assert!((patient.get() - nearly.get()).abs() < 1e-6, "{definition:?}: {patient:?} {nearly:?}");
        }
    }

    #[test]
    fn the_chain_summed_state_by_state_agrees(load in 0.01f64..300.0, agents in 1u32..300, patience in 1.0f64..3000.0) {
        let traffic = traffic(load, 300.0, Some(patience));
        let (formula, chain) = (performance(&traffic, agents, Seconds::ZERO), finite(&traffic, agents, 20_000, Seconds::ZERO).unwrap());
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.max(b) + 1e-15;
        prop_assert!(close(formula.p_wait.get(), chain.p_wait.get()), "{formula:?} {:?}", chain.p_wait);
        prop_assert!(close(formula.p_abandon.get(), chain.p_abandon.get()), "{formula:?} {:?}", chain.p_abandon);
        prop_assert!(close(formula.queue_length, chain.queue_length), "{formula:?} {:?}", chain.queue_length);
        prop_assert!(close(formula.wait_s_all, chain.wait_s_all), "{formula:?} {:?}", chain.wait_s_all);
        prop_assert!(close(formula.occupancy.get(), chain.occupancy.get()), "{formula:?} {:?}", chain.occupancy);
    }

    #[test]
    fn one_agent_fewer_misses_the_target((load, _) in sizes(), patience in patience(), wait in 0.0f64..600.0, least in 0.001f64..0.9999) {
        let traffic = traffic(load, 300.0, patience);
        let levels = DEFINITIONS.map(|definition| level(least, wait, definition));
        let others = [Target::Wait { most: share(least) }, Target::MeanWait { most: seconds(wait + 0.01) }, Target::Occupancy { most: share(least) }];
        for target in levels.into_iter().chain(others) {
            let meets = |agents: u32| {
                let threshold = if let Target::ServiceLevel { threshold, .. } = target { threshold } else { Seconds::ZERO };
                let result = performance(&traffic, agents, threshold);
                match target {
                    Target::ServiceLevel { definition, least, .. } => result.service_level.by(definition) >= least,
                    Target::Wait { most } => result.p_wait <= most,
                    Target::MeanWait { most } => result.wait_s_all <= most.get(),
                    Target::Occupancy { most } => result.occupancy <= most,
                }
            };
            let agents = agents_for(&traffic, &target).unwrap();
            prop_assert!(meets(agents), "{agents} miss {target:?}");
            prop_assert!(agents == 0 || !meets(agents - 1), "{agents} are more than {target:?} needs");
        }
    }

    #[test]
    fn the_level_of_so_many_agents_needs_so_many((load, agents) in sizes(), patience in patience(), wait in 0.0f64..60.0) {
        let traffic = traffic(load, 300.0, patience);
        let reached = performance(&traffic, agents, seconds(wait)).service_level;
        for definition in DEFINITIONS {
            let least = reached.by(definition).get();
            let without = if agents > 0 { performance(&traffic, agents - 1, seconds(wait)).service_level.by(definition).get() } else { 0.0 };
            if without + 1e-9 < least && least < 0.999 {
                prop_assert_eq!(agents_for(&traffic, &level(least, wait, definition)), Ok(agents));
            }
        }
    }

    #[test]
    fn fractions_round_up_to_whole_agents((load, _) in sizes(), patience in patience(), least in 0.1f64..0.99) {
        let traffic = traffic(load, 300.0, patience);
        let whole = agents_for(&traffic, &level(least, 20.0, Definition::Offered)).unwrap();
        let fraction = fractional_agents(&traffic, Definition::Offered, share(least), seconds(20.0)).unwrap();
        prop_assert!(f64::from(whole) - 1.0 <= fraction && fraction <= f64::from(whole), "{fraction} of {whole}");
    }

    #[test]
    fn a_load_found_for_a_blocking_gives_that_blocking(agents in 1u32..3000, blocked in 1e-6f64..0.99) {
        let load = erlang_b_load(agents, share(blocked)).unwrap();
        prop_assert!((erlang_b(load, agents).get() - blocked).abs() <= 1e-9 * blocked);
    }
}

/// The recursion of Erlang B with the textbook's own formula, against both of our methods where they meet.
#[test]
fn both_ways_to_erlang_b_meet() {
    for load in [1.0, 50.0, 300.0, 395.0, 400.0, 401.5, 450.0, 800.0, 4_000.0] {
        let mut b = 1.0;
        for k in 1..=900u32 {
            b = load * b / (f64::from(k) + load * b);
            if b < 1e-300 {
                break; // Here numbers begin to lose digits, and ours says 0.
            }
            let ours = erlang_b(erlangs(load), k).get();
            assert!((ours - b).abs() <= 1e-11 * b, "B({k}, {load}) is {ours:e}, not {b:e}");
        }
    }
}

#[test]
fn impossible_numbers_are_refused() {
    for wrong in [-1.0, -1e-300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Erlangs::new(wrong).is_err(), "{wrong}");
        assert!(Seconds::new(wrong).is_err(), "{wrong}");
        assert!(Share::new(wrong).is_err(), "{wrong}");
    }
    assert_eq!(Traffic::new(erlangs(1.0), seconds(0.0), None), Err(QueueingError::Handle(0.0)));
    assert_eq!(Traffic::new(erlangs(1.0), seconds(1.0), Some(seconds(0.0))), Err(QueueingError::Patience(0.0)));
}

#[test]
fn what_is_only_reached_in_the_limit_is_unreachable() {
    for patience in [None, Some(120.0)] {
        let traffic = traffic(95.0, 300.0, patience);
        for target in [
            level(1.0, 20.0, Definition::Offered),
            Target::Wait { most: Share::NONE },
            Target::MeanWait { most: Seconds::ZERO },
            Target::Occupancy { most: Share::NONE },
        ] {
            assert_eq!(agents_for(&traffic, &target), Err(QueueingError::Unreachable), "{target:?}");
        }
        assert_eq!(agents_for(&traffic, &level(0.0, 20.0, Definition::Offered)), Ok(0));
    }
    assert_eq!(agents_for(&traffic(0.0, 300.0, None), &level(1.0, 20.0, Definition::Offered)), Ok(1));
}

/// An overloaded queue grows without bound if nobody leaves it, and finds a balance if they do.
#[test]
fn overload_is_endless_only_without_patience() {
    let patient = performance(&traffic(110.0, 300.0, None), 100, seconds(20.0));
    assert_eq!(
        (patient.p_wait, patient.service_level.offered, patient.occupancy),
        (Share::ALL, Share::NONE, Share::ALL)
    );
    assert!(patient.wait_s_all.is_infinite() && patient.queue_length.is_infinite());
    let leaving = performance(&traffic(1e6, 300.0, Some(120.0)), 100, seconds(20.0));
    assert!((leaving.p_abandon.get() - 0.9999).abs() < 1e-9);
    assert!((leaving.wait_s_all - 0.9999 * 120.0).abs() < 1e-6);
}

/// Figures that other programs get wrong: never again here.
#[test]
fn known_mistakes_of_others() {
    // A search that begins at round(load + 1) misses three agents, who already do.
    let small = traffic(2.6, 60.0, None);
    let reached = performance(&small, 3, seconds(120.0)).service_level.offered.get();
    assert!(reached > 0.5);
    assert_eq!(agents_for(&small, &level(0.5, 120.0, Definition::Offered)), Ok(3));

    // e^{-rate x threshold} underflows: with 300 agents and ten minutes a peer answers nobody.
    let long = performance(&traffic(300.0, 180.0, Some(300.0)), 300, seconds(600.0));
    assert!(long.service_level.offered.get() > 0.95 && long.service_level.answered.get() > 0.999_999);

    // Abandonment read off an approximation: 16.9 % and 13.9 %.
    let abandon =
        |load, agents, patience| performance(&traffic(load, 300.0, Some(patience)), agents, seconds(20.0)).p_abandon;
    assert!((abandon(95.0, 100, 120.0).get() - 0.027_053_575).abs() < 1e-9);
    assert!((abandon(48.0, 50, 600.0).get() - 0.0309).abs() < 5e-5);

    // Service levels from a constant rate of leaving: 0.8576 and 0.9307 instead of these four.
    let levels = performance(&traffic(95.0, 300.0, Some(120.0)), 100, seconds(20.0)).service_level;
    let exact = [0.935_293_171_5, 0.922_379_428_8, 0.948_026_946_9, 0.945_226_852_2];
    for (definition, exact) in DEFINITIONS.into_iter().zip(exact) {
        assert!((levels.by(definition).get() - exact).abs() < 1e-10, "{definition:?}");
    }

    // 0.261 for Erlang C; NaN for Erlang B; nobody waiting in an unstable queue.
    assert!((erlang_c(erlangs(20.0), 25).get() - 0.209_102_826_6).abs() < 1e-10);
    assert!((erlang_b(erlangs(10_000.0), 5_000).get() - 0.500_099_920_1).abs() < 1e-10);
    assert_eq!(erlang_c(erlangs(30.3), 20), Share::ALL);
}

#[test]
fn the_smallest_probabilities_keep_their_digits() {
    for (load, agents, exact) in [(5.0, 200, 5.31667137954674e-238), (500.0, 1000, 1.6524151277513355e-86)] {
        let ours = erlang_b(erlangs(load), agents).get();
        assert!((ours / exact - 1.0).abs() < 1e-9, "{ours:e}, not {exact:e}");
    }
    assert_eq!(erlang_b(erlangs(1.0), 1000).get(), 0.0); // 1e-2568 is no number here.
}

proptest! {
    #[test]
    fn contacts_together_are_contacts_alone_where_an_agent_takes_one((load, agents) in sizes(), patience in prop::option::of(1.0f64..1e4)) {
        let traffic = traffic(load, 300.0, patience);
        let definition = Definition::Offered;
        let alone = service_level(&traffic, agents, seconds(20.0), definition).get();
        let one = service_level_together(&traffic, agents, &Slowdown::alone(), seconds(20.0), definition).get();
        prop_assert_eq!(alone, one);
        // Two at once, each half as fast: the agents get as much done, and fewer wait.
        let halved = Slowdown::new(vec![1.0, 2.0]).unwrap();
        let two = service_level_together(&traffic, agents, &halved, seconds(20.0), definition).get();
        prop_assert!(alone <= two + 1e-9, "{} above {}", alone, two);
        let more = service_level_together(&traffic, agents + 1, &halved, seconds(20.0), definition).get();
        prop_assert!(two <= more + 1e-9, "{} above {}", two, more);
    }
}
