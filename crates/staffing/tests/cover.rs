//! Covers of shifts, against every cover there is.
#![allow(clippy::unwrap_used)]

use longshore_staffing::{Candidate, Requirement, StaffingError, cover};
use proptest::prelude::*;

const HALF_HOUR: i64 = 1_800_000;

fn levels(agents: &[u32]) -> Vec<Requirement> {
    let step = |(at, agents): (usize, &u32)| {
        let from = at as i64 * HALF_HOUR;
        Requirement { from, until: from + HALF_HOUR, agents: *agents }
    };
    agents.iter().enumerate().map(step).collect()
}

/// A shift in half hours, with a break of one of them, unpaid.
fn shift(from: i64, length: i64, pause: Option<i64>) -> Candidate {
    let at = |steps: i64| steps * HALF_HOUR;
    let breaks: Vec<(i64, i64)> = pause.map(|pause| (at(from + pause), at(from + pause + 1))).into_iter().collect();
    let paid_ms = at(length - breaks.len() as i64);
    Candidate { from: at(from), until: at(from + length), breaks, paid_ms }
}

fn presence(candidates: &[Candidate], agents: &[u32], step: &Requirement) -> u32 {
    let there =
        |candidate: &&Candidate| candidate.presences().any(|(from, until)| from <= step.from && step.until <= until);
    candidates.iter().zip(agents).filter(|(candidate, _)| there(candidate)).map(|(_, agents)| agents).sum()
}

/// The least paid time, by trying all numbers of agents up to the most required.
fn least_paid(required: &[Requirement], candidates: &[Candidate]) -> Option<i128> {
    let most = required.iter().map(|step| step.agents).max().unwrap_or(0);
    let mut agents = vec![0; candidates.len()];
    let mut least: Option<i128> = None;
    loop {
        if required.iter().all(|step| step.agents <= presence(candidates, &agents, step)) {
            let paid =
                candidates.iter().zip(&agents).map(|(shift, n)| i128::from(shift.paid_ms) * i128::from(*n)).sum();
            least = Some(least.map_or(paid, |least| least.min(paid)));
        }
        let Some(next) = agents.iter().position(|n| *n < most) else { return least };
        agents[..next].fill(0);
        agents[next] += 1;
    }
}

/// Worked by hand: open from 8 to 16, two agents needed but three at noon; shifts of four hours cover it with five.
#[test]
fn half_a_day_each() {
    let mut required = [2; 16];
    required[7..9].fill(3);
    let candidates: Vec<Candidate> = (0..=8).map(|from| shift(from, 8, None)).collect();
    let cover = cover(&levels(&required), &candidates).unwrap();
    assert_eq!((cover.paid_ms, cover.gap), (5 * 8 * i128::from(HALF_HOUR), 0.0));
}

#[test]
fn a_step_without_a_shift_is_named() {
    let candidates = [shift(0, 4, None)];
    assert_eq!(cover(&levels(&[1, 1, 1, 1, 1]), &candidates), Err(StaffingError::Uncovered { step: 4 }));
    let on_break = [shift(0, 4, Some(2))];
    assert_eq!(cover(&levels(&[1, 1, 1, 1]), &on_break), Err(StaffingError::Uncovered { step: 2 }));
    let mut inside_out = shift(0, 4, None);
    inside_out.breaks = vec![(HALF_HOUR, 9 * HALF_HOUR)];
    assert_eq!(cover(&levels(&[1]), &[inside_out]), Err(StaffingError::Candidate { candidate: 0 }));
}

/// A line that never closes for forty days: shifts over midnight, solved in windows.
#[test]
fn nights_and_weeks_join() {
    let required: Vec<u32> = (0..40 * 48).map(|step| if (16..40).contains(&(step % 48)) { 7 } else { 2 }).collect();
    let starts = (-16..40 * 48).filter(|from| from % 4 == 0);
    let candidates: Vec<Candidate> = starts.map(|from| shift(from, 17, Some(8))).collect();
    let required = levels(&required);
    let cover = cover(&required, &candidates).unwrap();
    for step in &required {
        assert!(step.agents <= presence(&candidates, &cover.agents, step), "{step:?}");
    }
    let needed: i128 = required.iter().map(|step| i128::from(step.agents) * i128::from(HALF_HOUR)).sum();
    assert!(cover.paid_ms < needed * 14 / 10, "{} for {needed}", cover.paid_ms);
}

/// Twelve starts with three times of lunch on each of fourteen days.
#[test]
fn two_weeks_in_half_hours_are_solved_to_the_end() {
    let of_day = |step: i64| 3 + (40 - (step - 26) * (step - 26) / 4).max(0);
    let required: Vec<u32> = (0..14 * 48).map(|step| (of_day(step % 48) + step * 7 % 5) as u32).collect();
    let mut candidates = Vec::new();
    for day in -1..14 {
        for start in 0..12 {
            candidates.extend([6, 8, 10].map(|lunch| shift(day * 48 + start * 4, 17, Some(lunch))));
        }
    }
    let cover = cover(&levels(&required), &candidates).unwrap();
    assert_eq!(cover.gap, 0.0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cover_is_paid_less(
        required in prop::collection::vec(0u32..4, 1..12),
        shifts in prop::collection::vec((0i64..10, 2i64..8, prop::option::of(1i64..7)), 1..6),
    ) {
        let required = levels(&required);
        let candidates: Vec<Candidate> =
            shifts.iter().map(|(from, length, pause)| shift(*from, *length, pause.filter(|pause| pause < length))).collect();
        match (cover(&required, &candidates), least_paid(&required, &candidates)) {
            (Ok(cover), Some(least)) => {
                prop_assert_eq!(cover.paid_ms, least);
                for step in &required {
                    prop_assert!(step.agents <= presence(&candidates, &cover.agents, step));
                }
            }
            (Err(StaffingError::Uncovered { .. }), None) => {}
            (ours, all) => prop_assert!(false, "{ours:?} where trying all gives {all:?}"),
        }
    }
}
