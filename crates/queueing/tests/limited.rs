//! Queues with limited room and callers who call again, against the differential equations of one waiting caller.
#![allow(clippy::unwrap_used)]

use longshore_queueing::{
    Definition, Erlangs, Queue, QueueingError, Redials, Room, Seconds, Share, Target, Traffic, erlang_b, finite,
    patience_for, performance,
};
use proptest::prelude::*;

const DEFINITIONS: [Definition; 4] =
    [Definition::Virtual, Definition::Offered, Definition::Answered, Definition::Actual];

fn seconds(seconds: f64) -> Seconds {
    Seconds::new(seconds).unwrap()
}

fn share(share: f64) -> Share {
    Share::new(share).unwrap()
}

fn traffic(load: f64, handle: f64, patience: Option<f64>) -> Traffic {
    Traffic::new(Erlangs::new(load).unwrap(), seconds(handle), patience.map(seconds)).unwrap()
}

fn queue(load: f64, patience: Option<f64>, room: Room, redials: Redials) -> Queue {
    Queue { fresh: traffic(load, 300.0, patience), room, redials }
}

fn redials(blocked: f64, abandoned: f64, answered: f64) -> Redials {
    Redials { blocked: share(blocked), abandoned: share(abandoned), answered: share(answered) }
}

/// Of a caller with `ahead` contacts waiting before him: whether he is answered by `time`, has hung up by then, or still
/// waits; Euler's method in small steps on the chain of his places, times in handle times.
fn waiting_caller(agents: f64, leaving: f64, ahead: usize, time: f64) -> (f64, f64) {
    let steps = 40_000;
    let step = time / f64::from(steps);
    let mut places = vec![0.0; ahead + 1];
    places[ahead] = 1.0;
    let (mut answered, mut gone) = (0.0, 0.0);
    for _ in 0..steps {
        for place in 0..=ahead {
            // An agent becomes free, or one of those before him leaves: he moves up.
            let moves = places[place] * (agents + place as f64 * leaving) * step;
            let leaves = places[place] * leaving * step;
            places[place] -= moves + leaves;
            gone += leaves;
            if place == 0 { answered += moves } else { places[place - 1] += moves }
        }
    }
    (answered, gone)
}

#[test]
fn service_levels_are_those_of_the_caller_followed_step_by_step() {
    for (load, agents, places, patience, wait) in [
        (8.4, 12, 17, None, 20.0),
        (4.0, 3, 9, Some(100.0), 60.0),
        (3.0, 3, 6, Some(900.0), 200.0),
        (9.0, 5, 5, None, 20.0),
    ] {
        let traffic = traffic(load, 300.0, patience);
        let result = finite(&traffic, agents, places, seconds(wait)).unwrap();
        let leaving = patience.map_or(0.0, |patience| 300.0 / patience);
        let (mut answered, mut actual) = (0.0, 0.0);
        for (k, chance) in result.states[..places as usize].iter().enumerate() {
            let (in_time, gone) = match k.checked_sub(agents as usize) {
                None => (1.0, 0.0),
                Some(ahead) => waiting_caller(f64::from(agents), leaving, ahead, wait / 300.0),
            };
            answered += chance * in_time;
            actual += chance * (in_time + gone);
        }
        let levels = result.service_level;
        assert!((levels.offered.get() - answered).abs() < 2e-5, "{levels:?} {answered}");
        assert!((levels.actual.get() - actual).abs() < 2e-5, "{levels:?} {actual}");
    }
}

/// With as many places as agents nobody waits, which is Erlang's B.
#[test]
fn without_room_to_wait_it_is_erlang_b() {
    let load = Erlangs::new(20.0).unwrap();
    let lost = queue(20.0, None, Room::None, Redials::NONE).performance(25, seconds(20.0)).unwrap().1;
    let limited = queue(20.0, None, Room::Places(25), Redials::NONE).performance(25, seconds(20.0)).unwrap().1;
    assert_eq!(lost.p_block, erlang_b(load, 25));
    for (lost, limited) in [
        (lost.p_block.get(), limited.p_block.get()),
        (lost.service_level.offered.get(), limited.service_level.offered.get()),
        (lost.service_level.answered.get(), limited.service_level.answered.get()),
        (lost.occupancy.get(), limited.occupancy.get()),
        (lost.wait_s_answered, limited.wait_s_answered),
    ] {
        assert!((lost - limited).abs() < 1e-12, "{lost} {limited}");
    }
}

/// Worked by hand: one agent, nobody waits, half of those turned away call again. With load a the share a/(1+a) is turned
/// away, and a = 1 + a/2 · a/(1+a), so a² = 2.
#[test]
fn who_calls_again_adds_to_the_load() {
    let queue = queue(1.0, None, Room::None, redials(0.5, 0.0, 0.0));
    let (traffic, performance) = queue.performance(1, seconds(20.0)).unwrap();
    let root = f64::sqrt(2.0);
    assert!((traffic.load().get() - root).abs() < 1e-9);
    assert!((performance.p_block.get() - root / (1.0 + root)).abs() < 1e-9);
}

#[test]
fn a_queue_from_which_all_come_back_may_never_settle() {
    let all = redials(1.0, 1.0, 0.0);
    let crowded = queue(101.0, Some(120.0), Room::Endless, all);
    assert_eq!(crowded.performance(100, seconds(20.0)), Err(QueueingError::NeverSettles));
    let target = Target::ServiceLevel { definition: Definition::Offered, least: share(0.8), threshold: seconds(20.0) };
    let agents = crowded.agents_for(&target).unwrap();
    assert!(agents > 101);
    assert!(crowded.performance(agents, seconds(20.0)).unwrap().1.service_level.offered.get() >= 0.8);
    assert!(crowded.performance(agents - 1, seconds(20.0)).unwrap().1.service_level.offered.get() < 0.8);
}

/// Nobody comes, and nobody is there.
#[test]
fn an_empty_queue_is_empty() {
    let empty = finite(&traffic(0.0, 300.0, None), 0, 5, seconds(20.0)).unwrap();
    assert_eq!((empty.p_block, empty.queue_length, empty.states[0]), (Share::NONE, 0.0, 1.0));
}

#[test]
fn too_few_places_are_no_matter_of_agents() {
    let target = Target::ServiceLevel { definition: Definition::Offered, least: share(0.8), threshold: seconds(20.0) };
    assert_eq!(queue(50.0, None, Room::Places(40), Redials::NONE).agents_for(&target), Err(QueueingError::Unreachable));
}

#[test]
fn a_share_that_no_patience_explains_is_refused() {
    let (load, handle) = (Erlangs::new(95.0).unwrap(), seconds(300.0));
    assert!(matches!(patience_for(load, handle, 100, share(0.2)), Err(QueueingError::NoPatience { .. })));
    assert!(matches!(patience_for(load, handle, 80, share(0.1)), Err(QueueingError::NoPatience { .. })));
}

fn rooms() -> impl Strategy<Value = Room> {
    prop_oneof![Just(Room::Endless), (0u32..60).prop_map(Room::Places), Just(Room::None)]
}

fn patience() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![Just(None), (0.0f64..5.0).prop_map(|magnitude| Some(10f64.powf(magnitude)))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Far more places than ever taken are as many as one likes.
    #[test]
    fn ample_room_is_endless_room(load in 0.01f64..200.0, spare in 1u32..20, patience in patience(), wait in 0.0f64..600.0) {
        let agents = (load * 1.01) as u32 + spare;
        let traffic = traffic(load, 300.0, patience);
        let (limited, endless) = (finite(&traffic, agents, 40_000, seconds(wait)).unwrap(), performance(&traffic, agents, seconds(wait)));
        for definition in DEFINITIONS {
            let (limited, endless) = (limited.service_level.by(definition).get(), endless.service_level.by(definition).get());
            prop_assert!((limited - endless).abs() < 1e-9, "{definition:?}: {limited} {endless}");
        }
        prop_assert!((limited.wait_s_answered - endless.wait_s_answered).abs() <= 1e-8 * endless.wait_s_answered + 1e-12);
    }

    #[test]
    fn a_limited_queue_is_sound(load in 0.0f64..60.0, agents in 0u32..60, room in rooms(), patience in patience(), wait in 0.0f64..600.0) {
        if let Ok((_, result)) = queue(load, patience, room, Redials::NONE).performance(agents, seconds(wait)) {
            let level = result.service_level;
            let slack = 1e-9;
            prop_assert!(level.offered.get() <= level.virtual_wait.get() + slack, "{result:?}");
            prop_assert!(level.virtual_wait.get() <= level.actual.get() + slack, "{result:?}");
            prop_assert!(level.offered.get() <= level.answered.get() + slack, "{result:?}");
            prop_assert!(level.actual.get() <= 1.0 - result.p_block.get() + slack, "{result:?}");
            prop_assert!(result.wait_s_answered >= 0.0 && result.wait_s_all >= 0.0, "{result:?}");
        }
    }

    /// What comes is what is new and what comes back.
    #[test]
    fn the_load_feeds_itself(
        load in 0.01f64..60.0, agents in 1u32..60, room in rooms(), patience in patience(),
        (blocked, abandoned, answered) in (0.0f64..0.9, 0.0f64..0.9, 0.0f64..0.9),
    ) {
        let again = redials(blocked, abandoned, answered);
        let (traffic, result) = queue(load, patience, room, again).performance(agents, seconds(20.0)).unwrap();
        let (lost, gone) = (result.p_block.get(), result.p_abandon.get());
        let back = blocked * lost + abandoned * gone + answered * (1.0 - lost - gone);
        let total = traffic.load().get();
        prop_assert!((total * (1.0 - back) - load).abs() <= 1e-7 * total, "{total} {back} {load}");
    }

    #[test]
    fn more_callers_who_call_again_are_served_worse(
        load in 0.01f64..60.0, agents in 1u32..60, patience in patience(), again in 0.0f64..0.8, more in 0.0f64..0.19,
    ) {
        let level = |again| queue(load, patience, Room::Places(60), redials(again, again, 0.0)).performance(agents, seconds(20.0)).unwrap().1;
        let (few, many) = (level(again), level(again + more));
        prop_assert!(many.service_level.offered.get() <= few.service_level.offered.get() + 1e-9);
        prop_assert!(few.p_block.get() <= many.p_block.get() + 1e-9);
    }

    #[test]
    fn the_most_load_meets_the_target_and_a_little_more_misses_it(
        agents in 1u32..300, patience in patience(), room in rooms(), least in 0.3f64..0.99, wait in 0.0f64..120.0, again in 0.0f64..0.9,
    ) {
        let target = Target::ServiceLevel { definition: Definition::Offered, least: share(least), threshold: seconds(wait) };
        let queue = queue(0.0, patience, room, redials(again, again, 0.0));
        match queue.most_load(agents, &target) {
            Ok(most) => {
                let at = |load: f64| queue.with_load(Erlangs::new(load).unwrap()).performance(agents, seconds(wait));
                prop_assert!(at(most.get()).unwrap().1.service_level.offered.get() >= least);
                let above = at(most.get() * (1.0 + 1e-6));
                prop_assert!(above.is_err() || above.unwrap().1.service_level.offered.get() < least);
            }
            Err(error) => prop_assert!(room == Room::Places(0), "{error}"),
        }
    }

    #[test]
    fn the_patience_found_loses_the_share(load in 0.1f64..300.0, spare in -20i32..20, patience in 1.0f64..3000.0) {
        let agents = (load as i32 + spare).max(1) as u32;
        let lost = performance(&traffic(load, 300.0, Some(patience)), agents, seconds(20.0)).p_abandon;
        let least = (1.0 - f64::from(agents) / load).max(0.0); // Of callers of endless patience.
        if lost.get() > least + 1e-9 {
            let found = patience_for(Erlangs::new(load).unwrap(), seconds(300.0), agents, lost).unwrap();
            let again = performance(&traffic(load, 300.0, Some(found.get())), agents, seconds(20.0)).p_abandon;
            prop_assert!((again.get() - lost.get()).abs() <= 1e-9, "{found:?} for {patience}");
        }
    }
}
