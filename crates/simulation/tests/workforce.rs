//! Who fills the positions of a plan: laws of absence, attrition and learning.

#![allow(clippy::unwrap_used)]

use longshore_simulation::*;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const DAYS: i64 = 730;
const POSITIONS: u32 = 40;

/// Everybody is what the plan says.
const STABLE: Workforce = Workforce {
    attrition: 0.0,
    replaced_after_ms: 0,
    tenure_ms: 0,
    curve: vec![],
    absence: 0.0,
    late_mean_ms: 0.0,
    early_mean_ms: 0.0,
};

/// Two years of forty positions, from nine to five with an hour's break, and calls for them.
fn scenario() -> Scenario {
    let horizon = Span { from: 0, until: DAYS * DAY_MS };
    let part = |mean_ms| Part { share: 1.0, mean_ms, shape: Shape::Exponential };
    let days: Vec<i64> = (0..DAYS).map(|day| day * DAY_MS).collect();
    let spans = |from: i64, until: i64| {
        days.iter().map(move |day| Span { from: day + from * HOUR_MS, until: day + until * HOUR_MS })
    };
    let shifts = |agent: u32| {
        let shift = move |Span { from, until }| Shift { agent, from, until, last: false, back: None };
        spans(9, 12).map(shift).chain(spans(13, 17).map(shift))
    };
    let queue = Queue {
        arrivals: Arrivals { step_ms: HOUR_MS, expected: vec![60.0; 24 * DAYS as usize] },
        patience_mean_ms: Some(60_000.0),
        talk: part(300_000.0),
        hold: Part { share: 0.0, ..part(0.0) },
        wrap: Part { share: 0.0, ..part(0.0) },
        open: spans(9, 17).collect(),
        routes: vec![Route::to(0)],
        ..Queue::plain("program", "calls")
    };
    let team = Team {
        agents: (0..POSITIONS).map(|agent| format!("ann{agent}")).collect(),
        shifts: (0..POSITIONS).flat_map(shifts).collect(),
        ..Team::plain("provider", "team")
    };
    Scenario {
        horizon,
        seed: Seed(3),
        run: 1,
        busyness_cv: 0.0,
        step_ms: HOUR_MS,
        month_starts: vec![0, 365 * DAY_MS],
        day_starts: days,
        queues: vec![queue],
        teams: vec![team],
    }
}

fn with(workforce: Workforce) -> Team {
    let mut scenario = scenario();
    let Staffed { team, tenures } = staffed(&scenario, 0, &workforce).unwrap();
    assert_eq!(team, staffed(&scenario, 0, &workforce).unwrap().team);
    assert_eq!(tenures.len(), team.agents.len());
    scenario.teams[0] = team.clone();
    assert_eq!(scenario.check(), []);
    team
}

fn hours(team: &Team) -> f64 {
    team.shifts.iter().map(|shift| shift.until - shift.from).sum::<i64>() as f64 / HOUR_MS as f64
}

#[test]
fn without_changes_the_plan_is_what_happens() {
    let planned = &scenario().teams[0];
    let mut worked = with(STABLE);
    worked.shifts.sort_by_key(|shift| (shift.agent, shift.from));
    let mut shifts = planned.shifts.clone();
    shifts.sort_by_key(|shift| (shift.agent, shift.from));
    assert_eq!((worked.shifts, worked.agents, worked.paces), (shifts, planned.agents.clone(), vec![]));
}

#[test]
fn absence_takes_whole_days_and_lateness_minutes() {
    let planned = hours(&scenario().teams[0]);
    let absent = with(Workforce { absence: 0.08, ..STABLE });
    assert!((hours(&absent) / planned - 0.92).abs() < 0.01);
    let mut days: Vec<(u32, i64)> = absent.shifts.iter().map(|shift| (shift.agent, shift.from / DAY_MS)).collect();
    days.sort_unstable();
    assert!(days.chunks(2).all(|pair| pair[0] == pair[1]), "who is there in the morning is in the afternoon");

    let (late, early) = (6 * 60_000, 3 * 60_000);
    let loose = with(Workforce { late_mean_ms: f64::from(late), early_mean_ms: f64::from(early), ..STABLE });
    let lost = f64::from(POSITIONS) * DAYS as f64 * 2.0 * f64::from(late + early) / HOUR_MS as f64;
    assert!(((planned - hours(&loose)) / lost - 1.0).abs() < 0.02);
    assert!(loose.shifts.iter().all(|shift| matches!(shift.from % DAY_MS / HOUR_MS, 9..=11 | 13..=16)));
}

/// With 0.5 leaving a year and two months until a successor works, 0.5 / 6 / (1 + 0.5 / 6) of the time is vacant; a bit less
/// in the beginning, when nobody is yet.
#[test]
fn attrition_leaves_positions_vacant() {
    let planned = hours(&scenario().teams[0]);
    let leaving = |attrition| {
        with(Workforce { attrition, replaced_after_ms: 61 * DAY_MS, absence: 0.05, tenure_ms: 9 * DAY_MS, ..STABLE })
    };
    let worked = leaving(0.5);
    let share = hours(&worked) / planned / 0.95;
    assert!((0.89..0.96).contains(&share), "{share}");
    let people = worked.agents.len() as f64 / f64::from(POSITIONS) - 1.0;
    assert!((0.6..1.3).contains(&people), "{people} successors a position in two years");
    assert!(worked.agents.contains(&"ann0".to_owned()) && worked.agents.iter().any(|name| name.ends_with(" 2")));
    // Nobody of one position works at the same time, and who leaves makes nobody else absent.
    let mut shifts: Vec<(i64, i64)> = Vec::new();
    let more = leaving(1.0);
    let stayed = leaving(0.0);
    for shift in &more.shifts {
        shifts.push((shift.from, shift.until));
    }
    for (place, name) in worked.agents.iter().enumerate().filter(|(_, name)| !name.contains(' ')) {
        let of = |team: &Team, agent: usize| {
            let mine = team.shifts.iter().filter(|shift| shift.agent as usize == agent);
            mine.map(|shift| (shift.from, shift.until)).collect::<Vec<_>>()
        };
        let there = stayed.agents.iter().position(|other| other == name).unwrap();
        let (some, all) = (of(&worked, place), of(&stayed, there));
        assert!(all.starts_with(&some));
    }
    assert!(hours(&more) < hours(&worked) && hours(&worked) < hours(&stayed));
    // At no time are there more people than positions.
    let mut changes: Vec<(i64, i32)> = shifts.iter().flat_map(|(from, until)| [(*from, 1), (*until, -1)]).collect();
    changes.sort_unstable();
    let mut present = 0;
    for (_, change) in changes {
        present += change;
        assert!(present <= POSITIONS as i32);
    }
}

/// A team that starts new is slower for four weeks, slow for eight more and then as told; one that has been there is not.
#[test]
fn people_learn() {
    let curve = vec![(0, 1.6), (28 * DAY_MS, 1.2), (84 * DAY_MS, 1.0)];
    let handle = |tenure_ms| {
        let mut scenario = scenario();
        scenario.month_starts = vec![0, 28 * DAY_MS, 84 * DAY_MS];
        scenario.teams[0] = with(Workforce { tenure_ms, curve: curve.clone(), ..STABLE });
        let tallies = simulate(&scenario, &mut Nothing).unwrap();
        let mean = |tally: &QueueTally| tally.talk_ms as f64 / tally.handled as f64 / 300_000.0;
        tallies.queues[0].iter().map(mean).collect::<Vec<_>>()
    };
    let near = |found: Vec<f64>, expected: [f64; 3]| {
        let all = found.iter().zip(expected).all(|(found, expected)| (found / expected - 1.0).abs() < 0.02);
        assert!(all, "{found:?} {expected:?}");
    };
    near(handle(0), [1.6, 1.2, 1.0]);
    near(handle(28 * DAY_MS), [1.2, (28.0 * 1.2 + 28.0) / 56.0, 1.0]);
    near(handle(90 * DAY_MS), [1.0; 3]);
}

#[test]
fn mistakes_are_named() {
    let said = |workforce: Workforce| {
        let errors = staffed(&scenario(), 0, &workforce).unwrap_err();
        errors.iter().map(ToString::to_string).collect::<String>()
    };
    assert!(said(Workforce { attrition: f64::NAN, ..STABLE }).contains("attrition of team `team` is NaN"));
    assert!(said(Workforce { absence: 1.1, ..STABLE }).contains("absence of team `team` is 1.1"));
    assert!(said(Workforce { curve: vec![(5, 1.0), (5, 1.0)], ..STABLE }).contains("tenure of the learning curve"));
    assert!(staffed(&scenario(), 1, &STABLE).is_err());
}
