//! What holds of every requirement, roster and count of hours.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use longshore_queueing::{Definition, Erlangs, Seconds, Share, Slowdown, Target, Traffic, agents_for};
use longshore_staffing::{
    Factors, Goal, Pool, Requirement, Roster, Rules, Shift, ShiftRules, Size, StaffingError, Step, Stream, Work, hours,
    requirement, roster, sizes,
};
use longshore_units::Exact;
use proptest::prelude::*;

const HALF_HOUR: i64 = 1_800_000;
const HOUR: i64 = 2 * HALF_HOUR;
const DAY: i64 = 24 * HOUR;

fn stream(handle_s: f64, patience_s: Option<f64>, cv: f64, least: f64) -> Stream {
    let goal = Some(Goal { least, threshold_ms: 20_000 });
    Stream {
        work: Work::Alone,
        handle_ms: handle_s * 1e3,
        patience_ms: patience_s.map(|s| s * 1e3),
        busyness_cv: cv,
        goal,
    }
}

fn steps(contacts: &[Vec<f64>]) -> Vec<Step> {
    let step = |(at, contacts): (usize, &Vec<f64>)| {
        let from = at as i64 * HALF_HOUR;
        Step { from, until: from + HALF_HOUR, open: true, contacts: contacts.clone() }
    };
    contacts.iter().enumerate().map(step).collect()
}

fn agents(streams: Vec<Stream>, contacts: &[Vec<f64>], rules: Rules) -> Vec<u32> {
    let pool = Pool { streams, slowdown: Slowdown::alone(), steps: steps(contacts), rules };
    requirement(&pool).unwrap().iter().map(|step| step.agents).collect()
}

fn sized(streams: Vec<Stream>, contacts: &[Vec<f64>], rules: Rules) -> Vec<Size> {
    sizes(&Pool { streams, slowdown: Slowdown::alone(), steps: steps(contacts), rules }).unwrap()
}

fn levels(agents: &[u32], step: i64) -> Vec<Requirement> {
    let of = |(at, agents): (usize, &u32)| Requirement {
        from: at as i64 * step,
        until: (at as i64 + 1) * step,
        agents: *agents,
    };
    agents.iter().enumerate().map(of).collect()
}

fn midnights(days: i64) -> Vec<i64> {
    (0..days).map(|day| day * DAY).collect()
}

fn rules(day_starts: &[i64], register: u32) -> ShiftRules<'_> {
    ShiftRules { day_starts, shift_max_ms: 8 * HOUR, rest_ms: 11 * HOUR, register }
}

/// Exactly the required agents are there in each step, and where they are not, this says so.
fn check(roster: &Roster, required: &[Requirement], rules: &ShiftRules<'_>) -> Result<(), TestCaseError> {
    let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
    for shift in &roster.shifts {
        prop_assert!(shift.from < shift.until && shift.until - shift.from <= rules.shift_max_ms, "{shift:?}");
        prop_assert!(shift.agent < roster.agents);
        *changes.entry(shift.from).or_default() += 1;
        *changes.entry(shift.until).or_default() -= 1;
        let after = required.iter().find(|step| step.from <= shift.until && shift.until < step.until);
        prop_assert_eq!(shift.last, after.is_none_or(|step| step.agents == 0), "{:?}", shift);
    }
    for step in required {
        *changes.entry(step.from).or_default() -= i64::from(step.agents);
        *changes.entry(step.until).or_default() += i64::from(step.agents);
    }
    let mut surplus = 0;
    for (at, change) in changes {
        surplus += change;
        prop_assert_eq!(surplus, 0, "at {}", at);
    }
    let mut by_agent: BTreeMap<u32, Vec<Shift>> = BTreeMap::new();
    for shift in &roster.shifts {
        by_agent.entry(shift.agent).or_default().push(*shift);
    }
    for shifts in by_agent.values() {
        prop_assert!(shifts.windows(2).all(|pair| pair[0].until <= pair[1].from), "two places at once: {shifts:?}");
        let mut days: BTreeMap<usize, i64> = BTreeMap::new();
        for shift in shifts {
            let day = rules.day_starts.partition_point(|start| *start <= shift.from);
            *days.entry(day).or_default() += shift.until - shift.from;
        }
        prop_assert!(days.values().all(|worked| *worked <= rules.shift_max_ms), "more than a shift a day: {days:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_roster_covers_its_requirement_exactly(
        agents in prop::collection::vec(prop_oneof![Just(0u32), 0u32..25], 1..200),
        quarter in 1i64..5, shift_max in 1i64..14, register in 0u32..80,
    ) {
        let required = levels(&agents, quarter * HALF_HOUR / 2);
        let days = midnights(20);
        let rules = ShiftRules { shift_max_ms: shift_max * HOUR, ..rules(&days, register) };
        let made = roster(&required, &rules).unwrap();
        check(&made, &required, &rules)?;
        prop_assert!(made.agents >= register.max(*agents.iter().max().unwrap()));
        prop_assert_eq!(&made, &roster(&required, &rules).unwrap());
    }

    #[test]
    fn a_large_register_works_one_shift_a_day(agents in prop::collection::vec(0u32..10, 48..240)) {
        let (required, days) = (levels(&agents, HALF_HOUR), midnights(6));
        let made = roster(&required, &rules(&days, 400)).unwrap();
        let mut begun = BTreeMap::new();
        for shift in &made.shifts {
            *begun.entry((shift.agent, shift.from.div_euclid(DAY))).or_insert(0) += 1;
        }
        prop_assert!(begun.values().all(|shifts| *shifts == 1));
        prop_assert_eq!(made.agents, 400);
    }

    #[test]
    fn one_stream_on_steady_days_takes_what_erlang_a_says(
        contacts in 0.1f64..500.0, handle in 30.0f64..900.0, patience in prop::option::of(10.0f64..2000.0), least in 0.2f64..0.98,
    ) {
        let seconds = |s| Seconds::new(s).unwrap();
        let load = Erlangs::new(contacts * handle / 1800.0).unwrap();
        let traffic = Traffic::new(load, seconds(handle), patience.map(seconds)).unwrap();
        let share = Share::new(least).unwrap();
        let target = Target::ServiceLevel { definition: Definition::Offered, least: share, threshold: seconds(20.0) };
        let ours = agents(vec![stream(handle, patience, 0.0, least)], &[vec![contacts]], Rules::default())[0];
        let theirs = agents_for(&traffic, &target).unwrap().max(1);
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn more_contacts_never_take_fewer_agents(contacts in 0.0f64..300.0, more in 1.0f64..2.0, cv in 0.0f64..0.5) {
        let both = agents(vec![stream(300.0, Some(200.0), cv, 0.8)], &[vec![contacts], vec![contacts * more]], Rules::default());
        prop_assert!(both[0] <= both[1], "{both:?}");
    }

    #[test]
    fn whole_agents_are_the_exact_ones_rounded_up(
        contacts in 0.1f64..500.0, handle in 30.0f64..900.0, patience in prop::option::of(10.0f64..2000.0), cv in 0.0f64..0.5,
        least in 0.2f64..0.98, occupancy_most in prop::option::of(0.5f64..0.95), together: bool,
    ) {
        let work = if together { Work::Together } else { Work::Alone };
        let streams = vec![Stream { work, ..stream(handle, patience, cv, least) }];
        let size = sized(streams, &[vec![contacts]], Rules { open_least: 0, occupancy_most })[0];
        prop_assert_eq!(f64::from(size.whole.agents), size.exact.ceil(), "{:?}", size);
    }

    #[test]
    fn exact_agents_grow_with_the_load_and_never_jump(
        load in 0.01f64..60.0, handle in 30.0f64..900.0, patience in prop::option::of(10.0f64..2000.0), cv in 0.0f64..0.5,
        least in 0.2f64..0.95,
    ) {
        // One agent's work more, little by little: where patient customers overflow a team on busy days, that takes some
        // ten agents, and a thousandth of it not a twentieth of one.
        const PARTS: u32 = 1000;
        let loads = (0..PARTS).map(|part| load + f64::from(part) / f64::from(PARTS));
        let contacts: Vec<Vec<f64>> = loads.map(|load| vec![load * 1800.0 / handle]).collect();
        let sizes = sized(vec![stream(handle, patience, cv, least)], &contacts, Rules::default());
        for pair in sizes.windows(2) {
            let more = pair[1].exact - pair[0].exact;
            prop_assert!((-1e-9..0.05).contains(&more), "{more} from {:?} to {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn no_numbers_make_it_panic(
        handle_ms: f64, patience_ms: Option<f64>, busyness_cv: f64, least: f64, threshold_ms: i64,
        from: i64, until: i64, contacts: f64, occupancy_most: Option<f64>, open_least: u32, agents: u32,
        shift_max_ms: i64, rest_ms: i64,
    ) {
        let goal = Some(Goal { least, threshold_ms });
        let streams = vec![Stream { work: Work::Alone, handle_ms, patience_ms, busyness_cv, goal }];
        let steps = vec![Step { from, until, open: true, contacts: vec![contacts] }];
        let _ = requirement(&Pool { streams, slowdown: Slowdown::alone(), steps, rules: Rules { open_least, occupancy_most } });
        let sound = vec![stream(300.0, Some(60.0), 0.1, 0.8)];
        let steps = vec![Step { from: 0, until: HOUR, open: true, contacts: vec![contacts] }];
        let _ = requirement(&Pool { streams: sound, slowdown: Slowdown::alone(), steps, rules: Rules { open_least, occupancy_most: None } });
        for required in [Requirement { from, until, agents: agents % 8 }, Requirement { from: 0, until: HOUR, agents: agents % 300 }] {
            let day_starts = [from, until];
            let _ = roster(&[required], &ShiftRules { day_starts: &day_starts, shift_max_ms, rest_ms, register: agents % 100 });
            let (one, zero) = (Exact::one(), Exact::zero());
            let factors = Factors { shift_inefficiency: zero.clone(), shrinkage: zero, hours_a_month: one };
            let _ = hours(&[required], &[(from, until)], factors);
        }
    }
}

#[test]
fn closed_steps_take_nobody_and_idle_ones_the_least() {
    let mut steps = steps(&[vec![0.0], vec![0.0], vec![30.0]]);
    steps[0].open = false;
    let pool = Pool {
        streams: vec![stream(300.0, Some(120.0), 0.1, 0.8)],
        slowdown: Slowdown::alone(),
        steps,
        rules: Rules::default(),
    };
    let required = requirement(&pool).unwrap();
    assert_eq!((required[0].agents, required[1].agents), (0, 1));
    assert!(required[2].agents >= 5);
}

#[test]
fn restless_days_take_more_agents_than_steady_ones() {
    let of = |cv| agents(vec![stream(300.0, Some(200.0), cv, 0.8)], &[vec![600.0]], Rules::default())[0];
    let found = [0.0, 0.05, 0.1, 0.2, 0.4].map(of);
    assert!(found.is_sorted() && found[0] + 10 < found[4], "{found:?}");
}

/// One line for two streams: as good as the stricter goal, and smaller than two teams.
#[test]
fn a_pool_is_smaller_than_its_parts() {
    let (fast, slow) = (stream(240.0, Some(150.0), 0.0, 0.9), stream(420.0, Some(300.0), 0.0, 0.7));
    let rules = Rules::default();
    let one = |stream: &Stream, contacts| agents(vec![stream.clone()], &[vec![contacts]], rules)[0];
    let together = agents(vec![fast.clone(), slow.clone()], &[vec![60.0, 40.0]], rules)[0];
    assert!(together < one(&fast, 60.0) + one(&slow, 40.0));
    let work = Stream { goal: None, ..slow.clone() };
    assert!(agents(vec![fast.clone(), work], &[vec![60.0, 40.0]], rules)[0] <= together);
    // A stream without contacts has no say.
    assert_eq!(agents(vec![fast.clone(), slow], &[vec![60.0, 0.0]], rules)[0], one(&fast, 60.0));
}

#[test]
fn a_limit_of_occupancy_is_kept() {
    let streams = || vec![stream(300.0, Some(300.0), 0.0, 0.5)];
    let of = |rules| agents(streams(), &[vec![600.0]], rules)[0];
    let plain = of(Rules::default());
    let calm = of(Rules { occupancy_most: Some(0.8), ..Rules::default() });
    assert!(plain < calm && (120..=126).contains(&calm), "{plain} {calm}");
}

#[test]
fn what_cannot_be_staffed_is_refused() {
    let pool = |stream, contacts: Vec<f64>| Pool {
        streams: vec![stream],
        slowdown: Slowdown::alone(),
        steps: steps(&[contacts]),
        rules: Rules::default(),
    };
    let good = || stream(300.0, None, 0.0, 0.8);
    let refused = |pool| requirement(&pool).unwrap_err();
    assert!(matches!(refused(pool(good(), vec![-1.0])), StaffingError::Step { step: 0, .. }));
    assert!(matches!(refused(pool(good(), vec![f64::NAN])), StaffingError::Step { step: 0, .. }));
    assert!(matches!(refused(pool(good(), vec![])), StaffingError::Contacts { given: 0, streams: 1, .. }));
    assert!(matches!(refused(pool(stream(0.0, None, 0.0, 0.8), vec![1.0])), StaffingError::Stream { .. }));
    assert!(matches!(refused(pool(stream(300.0, None, 0.0, 1.0), vec![1.0])), StaffingError::Stream { .. }));
    let backwards =
        [Requirement { from: HOUR, until: 2 * HOUR, agents: 1 }, Requirement { from: 0, until: HOUR, agents: 1 }];
    assert_eq!(roster(&backwards, &rules(&[], 0)), Err(StaffingError::Order { step: 1 }));
}

/// A shift over midnight stays whole.
#[test]
fn a_night_line_has_night_shifts() {
    let evening_to_two = |step: usize| u32::from(step % 48 >= 36 || step % 48 < 4) * 3;
    let agents: Vec<u32> = (0..48 * 7).map(evening_to_two).collect();
    let (required, days) = (levels(&agents, HALF_HOUR), midnights(7));
    let made = roster(&required, &rules(&days, 6)).unwrap();
    check(&made, &required, &rules(&days, 6)).unwrap();
    let nights = made.shifts.iter().filter(|shift| (shift.from, shift.until) == (18 * HOUR, 26 * HOUR));
    assert_eq!(nights.count(), 3);
    assert!(made.shifts.iter().all(|shift| shift.last), "the team closes with every shift");
}

/// Around the clock: the same hours every day, nobody's shift is the last, and hours are spread evenly.
#[test]
fn a_line_that_never_closes_has_steady_shifts() {
    let (required, days) = (levels(&[4; 48 * 28], HALF_HOUR), midnights(28));
    let made = roster(&required, &rules(&days, 18)).unwrap();
    check(&made, &required, &rules(&days, 18)).unwrap();
    assert_eq!(made.agents, 18);
    assert!(made.shifts.iter().all(|shift| shift.from % (8 * HOUR) == 0 && shift.until - shift.from == 8 * HOUR));
    assert!(made.shifts.iter().all(|shift| shift.last == (shift.until == 28 * DAY)));
    let mut worked = [0; 18];
    for shift in &made.shifts {
        worked[shift.agent as usize] += shift.until - shift.from;
    }
    let (least, most) = (worked.iter().min().unwrap(), worked.iter().max().unwrap());
    assert!(most - least <= 8 * HOUR, "{worked:?}");
    // Everybody rests between shifts.
    for agent in 0..18 {
        let shifts: Vec<&Shift> = made.shifts.iter().filter(|shift| shift.agent == agent).collect();
        assert!(shifts.windows(2).all(|pair| pair[1].from - pair[0].until >= 11 * HOUR), "agent {agent}");
    }
}

#[test]
fn hours_show_every_factor() {
    let exact = |text: &str| text.parse::<Exact>().unwrap();
    let factors = Factors { shift_inefficiency: exact("0.1"), shrinkage: exact("0.3"), hours_a_month: exact("520/3") };
    // Seven agents for 100 hours; the month changes after 40.
    let required = [Requirement { from: 0, until: 100 * HOUR, agents: 7 }];
    let months = [(-DAY, 40 * HOUR), (40 * HOUR, 31 * DAY)];
    let counted = hours(&required, &months, factors.clone()).unwrap();
    assert_eq!(counted.required_ms, i128::from(700 * HOUR));
    assert_eq!(counted.paid, exact("1100"));
    assert_eq!((counted.months[0].required_ms, &counted.months[0].paid), (i128::from(280 * HOUR), &exact("440")));
    assert_eq!(counted.fte_most, exact("99/26"));
    assert_eq!(counted.agents(), 4);
    assert_eq!(counted.factors, factors);
    assert!(matches!(hours(&required, &months[..1], factors.clone()), Err(StaffingError::Months(_))));
    let gone = Factors { shrinkage: exact("1"), ..factors };
    assert_eq!(hours(&required, &months, gone), Err(StaffingError::Factors));
}

/// A day of letters on the first of three days, due within a day, and an office that works from 9 to 17.
fn letters(within_ms: i64) -> (Pool, Vec<u32>) {
    let at_night: Vec<Vec<f64>> = (0..3 * 48).map(|step| vec![if step < 48 { 2.0 } else { 0.0 }]).collect();
    let mut steps = steps(&at_night);
    steps.iter_mut().for_each(|step| step.open = false);
    let worked = (0..3 * 48).map(|step| (18..34).contains(&(step % 48))).collect();
    let goal = Some(Goal { least: 0.9, threshold_ms: within_ms });
    let handle_ms = 15.0 * 60_000.0;
    let stream = Stream { work: Work::Later { worked }, handle_ms, patience_ms: None, busyness_cv: 0.0, goal };
    let pool = Pool { streams: vec![stream], slowdown: Slowdown::alone(), steps, rules: Rules::default() };
    let agents = requirement(&pool).unwrap().iter().map(|step| step.agents).collect();
    (pool, agents)
}

#[test]
fn letters_are_written_in_the_hours_of_the_office_as_evenly_as_they_are_due() {
    // 96 letters of a quarter of an hour are 24 hours of work. What came before 17 o'clock on the first day, 68 letters, is
    // due by then on the second; the string runs straight from the first letters to there.
    let (_, agents) = letters(DAY);
    let of_day = |day: usize| agents[day * 48..(day + 1) * 48].iter().sum::<u32>();
    assert!(agents.iter().enumerate().all(|(step, agents)| *agents == 0 || (18..34).contains(&(step % 48))));
    assert_eq!(of_day(2), 0, "all is due before the third day's work");
    // Hours of agents: 24 hours of work at nine tenths of an agent's time are 26.7, 53.3 half hours.
    assert!((53..=56).contains(&(of_day(0) + of_day(1))), "{} and {}", of_day(0), of_day(1));
    // A week leaves more time, and takes as much.
    let (_, patient) = letters(7 * DAY);
    assert!(patient.iter().max() <= agents.iter().max());
    assert!((53..=56).contains(&patient.iter().sum::<u32>()));
}

#[test]
fn letters_fill_the_time_between_calls() {
    let (mut pool, _) = letters(DAY);
    pool.streams.push(Stream { goal: None, ..stream(300.0, Some(180.0), 0.0, 0.8) });
    pool.streams[1].goal = Some(Goal { least: 0.95, threshold_ms: 5_000 });
    for (at, step) in pool.steps.iter_mut().enumerate() {
        let open = (18..34).contains(&(at % 48));
        step.open = open;
        step.contacts.push(if open { 30.0 } else { 0.0 });
    }
    let both: u32 = requirement(&pool).unwrap().iter().map(|step| step.agents).sum();
    for step in &mut pool.steps {
        step.contacts[0] = 0.0;
    }
    let calls: u32 = requirement(&pool).unwrap().iter().map(|step| step.agents).sum();
    // 30 calls of five minutes keep five of ten agents busy: the others have more time than the letters take.
    assert_eq!((both, calls), (calls, 3 * 16 * 10));
}

#[test]
fn chats_take_fewer_agents_than_as_many_calls_and_more_than_their_work_divided() {
    let contacts: Vec<Vec<f64>> = (0..10).map(|step| vec![10.0 * f64::from(step)]).collect();
    let chat = Stream { work: Work::Together, ..stream(480.0, Some(120.0), 0.0, 0.8) };
    let agents = |slowdown: Slowdown| -> Vec<u32> {
        let pool = Pool { streams: vec![chat.clone()], slowdown, steps: steps(&contacts), rules: Rules::default() };
        requirement(&pool).unwrap().iter().map(|step| step.agents).collect()
    };
    let (alone, three) = (agents(Slowdown::alone()), agents(Slowdown::new(vec![1.0, 1.25, 1.5]).unwrap()));
    assert_eq!(alone, self::agents(vec![stream(480.0, Some(120.0), 0.0, 0.8)], &contacts, Rules::default()));
    for (step, (three, alone)) in three.iter().zip(&alone).enumerate() {
        let work = 10.0 * step as f64 * 480.0 / 1800.0; // In chats at once, of which an agent gets two done in the time of one.
        assert!(three <= alone && work * 0.75 / 2.0 <= f64::from(*three), "{step}: {three} of {alone}");
    }
}

/// Letters that come while nobody works for longer than they may wait are late, and are no reason for a crowd in the morning.
#[test]
fn letters_of_a_weekend_take_the_day_after_it() {
    let day = |step: usize| step / 48 % 7;
    let works = |step: usize| day(step) < 5 && (16..36).contains(&(step % 48));
    let contacts: Vec<Vec<f64>> = (0..14 * 48).map(|_| vec![2.0]).collect();
    let mut steps = steps(&contacts);
    steps.iter_mut().for_each(|step| step.open = false);
    let worked = (0..steps.len()).map(works).collect();
    let goal = Some(Goal { least: 0.7, threshold_ms: DAY });
    let stream =
        Stream { work: Work::Later { worked }, handle_ms: 300_000.0, patience_ms: None, busyness_cv: 0.0, goal };
    let pool = Pool { streams: vec![stream], slowdown: Slowdown::alone(), steps, rules: Rules::default() };
    let agents: Vec<u32> = requirement(&pool).unwrap().iter().map(|step| step.agents).collect();
    // 96 letters a day are eight hours of work, of which an agent does nine in a day of ten: a weekend's three days take three.
    let most = *agents.iter().max().unwrap();
    assert!((2..=4).contains(&most), "{most}");
    let hours = f64::from(agents.iter().sum::<u32>()) / 2.0;
    // Of the second weekend nothing is done within these two weeks.
    assert!((hours / (12.0 * 8.0 / 0.9) - 1.0).abs() < 0.1, "{hours}");
}
