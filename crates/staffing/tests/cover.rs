//! Covers of shifts, against every cover there is.
#![allow(clippy::unwrap_used)]

use longshore_staffing::{
    AssignmentRules, Break, Candidate, PartTime, Requirement, StaffingError, Week, assigned, cover,
};
use std::collections::BTreeMap;

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
    let unpaid = |pause: i64| Break { from: at(from + pause), until: at(from + pause + 1), paid: false };
    let breaks: Vec<Break> = pause.map(unpaid).into_iter().collect();
    let paid_ms = at(length - breaks.len() as i64);
    Candidate { from: at(from), until: at(from + length), breaks, paid_ms, part_time: length <= 4 }
}

fn presence(candidates: &[Candidate], agents: &[u32], step: &Requirement) -> u32 {
    let there =
        |candidate: &&Candidate| candidate.presences().any(|(from, until)| from <= step.from && step.until <= until);
    candidates.iter().zip(agents).filter(|(candidate, _)| there(candidate)).map(|(_, agents)| agents).sum()
}

/// The same where candidates are in the order of their beginnings, and not longer than a day.
fn presence_near(candidates: &[Candidate], agents: &[u32], step: &Requirement) -> u32 {
    let first = candidates.partition_point(|candidate| candidate.from < step.from - 48 * HALF_HOUR);
    let last = candidates.partition_point(|candidate| candidate.from <= step.from);
    presence(&candidates[first..last], &agents[first..last], step)
}

fn paid(candidates: &[Candidate], agents: &[u32], counts: fn(&Candidate) -> bool) -> i128 {
    let shifts = candidates.iter().zip(agents).filter(|(shift, _)| counts(shift));
    shifts.map(|(shift, agents)| i128::from(shift.paid_ms) * i128::from(*agents)).sum()
}

/// The least paid time, by trying all numbers of agents up to the most required.
fn least_paid(required: &[Requirement], candidates: &[Candidate], part_time: PartTime) -> Option<i128> {
    let most = required.iter().map(|step| step.agents).max().unwrap_or(0);
    let mut agents = vec![0; candidates.len()];
    let mut least: Option<i128> = None;
    loop {
        let paid = paid(candidates, &agents, |_| true);
        let of_part_time = self::paid(candidates, &agents, |shift| shift.part_time);
        if required.iter().all(|step| step.agents <= presence(candidates, &agents, step))
            && part_time.holds(of_part_time, paid)
        {
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
    let cover = cover(&levels(&required), &candidates, PartTime::ANY).unwrap();
    assert_eq!((cover.paid_ms, cover.gap), (5 * 8 * i128::from(HALF_HOUR), 0.0));
}

#[test]
fn a_step_without_a_shift_is_named() {
    let candidates = [shift(0, 4, None)];
    assert_eq!(cover(&levels(&[1, 1, 1, 1, 1]), &candidates, PartTime::ANY), Err(StaffingError::Uncovered { step: 4 }));
    let on_break = [shift(0, 4, Some(2))];
    assert_eq!(cover(&levels(&[1, 1, 1, 1]), &on_break, PartTime::ANY), Err(StaffingError::Uncovered { step: 2 }));
    let mut inside_out = shift(0, 4, None);
    inside_out.breaks = vec![Break { from: HALF_HOUR, until: 9 * HALF_HOUR, paid: true }];
    assert_eq!(cover(&levels(&[1]), &[inside_out], PartTime::ANY), Err(StaffingError::Candidate { candidate: 0 }));
}

/// A line that never closes for forty days: shifts over midnight, solved in windows.
#[test]
fn nights_and_weeks_join() {
    let required: Vec<u32> = (0..40 * 48).map(|step| if (16..40).contains(&(step % 48)) { 7 } else { 2 }).collect();
    let starts = (-16..40 * 48).filter(|from| from % 4 == 0);
    let candidates: Vec<Candidate> = starts.map(|from| shift(from, 17, Some(8))).collect();
    let required = levels(&required);
    let cover = cover(&required, &candidates, PartTime::ANY).unwrap();
    for step in &required {
        assert!(step.agents <= presence(&candidates, &cover.agents, step), "{step:?}");
    }
    let needed: i128 = required.iter().map(|step| i128::from(step.agents) * i128::from(HALF_HOUR)).sum();
    assert!(cover.paid_ms < needed * 14 / 10, "{} for {needed}", cover.paid_ms);
}

/// A line that never closes for half a year, no two days alike: shifts that begin every half hour, lunch at one of three
/// times. Each is solved with the others around it, and the bound of all of them is near.
#[test]
fn half_a_year_around_the_clock_is_near_its_bound() {
    let of = |step: i64| {
        let (at, day) = (step % 48, step / 48);
        (3 + (30 + day / 20 - (at - 26) * (at - 26) / 5).max(0) * if day % 7 < 5 { 3 } else { 2 } / 3) as u32
    };
    let required = levels(&(0..180 * 48).map(of).collect::<Vec<u32>>());
    let candidates: Vec<Candidate> =
        (-17..180 * 48).flat_map(|from| [7, 8, 9].map(|lunch| shift(from, 17, Some(lunch)))).collect();
    let cover = cover(&required, &candidates, PartTime::ANY).unwrap();
    for step in &required {
        assert!(step.agents <= presence_near(&candidates, &cover.agents, step), "{step:?}");
    }
    assert!(cover.gap < 0.02, "{}", cover.gap);
    assert_eq!(cover.paid_ms, paid(&candidates, &cover.agents, |_| true));
}

/// Five agents at any time for thirty days take fifteen shifts of eight hours a day, and no fewer.
#[test]
fn what_tiles_the_clock_is_found() {
    let required = levels(&[5; 30 * 48]);
    let candidates: Vec<Candidate> =
        (-12..30 * 48).filter(|from| from % 4 == 0).map(|from| shift(from, 16, None)).collect();
    let cover = cover(&required, &candidates, PartTime::ANY).unwrap();
    let least = 30 * 15 * 16 * i128::from(HALF_HOUR);
    assert_eq!((cover.paid_ms, cover.gap), (least, 0.0));
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
    let cover = cover(&levels(&required), &candidates, PartTime::ANY).unwrap();
    assert_eq!(cover.gap, 0.0);
}

/// The same with a third of the shapes part-time, of which a quarter of the time at most is worked.
#[test]
fn two_weeks_with_part_time_are_solved_nearly_to_the_end() {
    let of_day = |step: i64| 3 + (40 - (step - 26) * (step - 26) / 4).max(0);
    let required: Vec<u32> = (0..14 * 48).map(|step| (of_day(step % 48) + step * 7 % 5) as u32).collect();
    let mut candidates = Vec::new();
    for day in -1..14 {
        for start in 0..12 {
            let from = day * 48 + start * 4;
            candidates.extend([
                shift(from, 17, Some(7)),
                shift(from, 17, Some(9)),
                Candidate { part_time: true, ..shift(from, 8, None) },
            ]);
        }
    }
    let part_time = PartTime { least: 0, most: 2_500 };
    let cover = cover(&levels(&required), &candidates, part_time).unwrap();
    assert!(cover.gap <= 0.002, "{}", cover.gap);
    assert!(part_time.holds(paid(&candidates, &cover.agents, |shift| shift.part_time), cover.paid_ms));
}

/// Part-time shifts would cover it all; a fifth of the time at most is theirs.
#[test]
fn part_time_has_its_share() {
    let required = levels(&[2, 2, 2, 2, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2]);
    let full = (0..=8).map(|from| shift(from, 8, None));
    let candidates: Vec<Candidate> = full.chain((0..=12).map(|from| shift(from, 4, None))).collect();
    let share = |least, most| {
        let cover = cover(&required, &candidates, PartTime { least, most }).unwrap();
        let part = paid(&candidates, &cover.agents, |shift| shift.part_time);
        (cover.paid_ms / i128::from(HALF_HOUR), part / i128::from(HALF_HOUR), cover.gap)
    };
    let (all, part, _) = share(0, 10_000);
    assert_eq!((all, part % 4), (36, 0));
    // Thirty-six half hours are four whole shifts and a half one, which is a ninth.
    assert_eq!(share(0, 1_500), (36, 4, 0.0));
    // Without any, five whole shifts; with two thirds at least, six half shifts of thirty-six.
    assert_eq!(share(0, 0), (40, 0, 0.0));
    let (all, part, _) = share(6_667, 10_000);
    assert!(all == 36 && 24 < part, "{part} of {all}");
    let only_part = &candidates[9..];
    assert_eq!(cover(&required, only_part, PartTime { least: 0, most: 5_000 }), Err(StaffingError::PartTime));
    assert_eq!(cover(&required, only_part, PartTime { least: 2, most: 1 }), Err(StaffingError::PartTime));
}

/// A shift of eight half hours with two paid breaks one after the other and an unpaid one.
#[test]
fn paid_breaks_are_known_and_others_are_not() {
    let at = |step: i64| step * HALF_HOUR;
    let pause = |from: i64, paid| Break { from: at(from), until: at(from + 1), paid };
    let breaks = vec![pause(2, true), pause(3, true), pause(5, false)];
    let candidates = [Candidate { breaks, paid_ms: at(7), ..shift(0, 8, None) }];
    let required = levels(&[1, 1, 0, 0, 1, 0, 1, 1]);
    let cover = cover(&required, &candidates, PartTime::ANY).unwrap();
    let rules = AssignmentRules { months: &[(0, 0)], day_starts: &[0], rest_ms: 0, week: None };
    let roster = assigned(&cover, &candidates, &required, &rules).unwrap();
    let stretches: Vec<_> = roster.shifts.iter().map(|shift| (shift.from, shift.until, shift.back)).collect();
    assert_eq!(stretches, [(0, at(2), Some(at(4))), (at(4), at(5), None), (at(6), at(8), None)]);
}

#[test]
fn a_shift_that_no_week_has_room_for_is_refused() {
    let (required, candidates) = (levels(&[1; 8]), [shift(0, 8, None)]);
    let cover = cover(&required, &candidates, PartTime::ANY).unwrap();
    let rule = |most_ms, most_shifts| {
        let week = Some(Week { starts: &[0], most_ms, most_shifts, rest_ms: 0 });
        let rules = AssignmentRules { months: &[(0, 0)], day_starts: &[0], rest_ms: 0, week };
        assigned(&cover, &candidates, &required, &rules).map(|roster| roster.agents)
    };
    assert_eq!(rule(8 * HALF_HOUR, 1), Ok(vec![1]));
    assert_eq!(rule(8 * HALF_HOUR - 1, 1), Err(StaffingError::Week { paid_ms: 8 * HALF_HOUR }));
    assert_eq!(rule(8 * HALF_HOUR, 0), Err(StaffingError::Week { paid_ms: 8 * HALF_HOUR }));
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
        match (cover(&required, &candidates, PartTime::ANY), least_paid(&required, &candidates, PartTime::ANY)) {
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

    /// Steps of three days, so that a month of them is bounded in several windows: what is said to be possible at most holds.
    #[test]
    fn no_cover_is_paid_less_than_the_bound_of_several_windows(
        required in prop::collection::vec(0u32..4, 8..16),
        shifts in prop::collection::vec((0i64..14, 2i64..6, prop::option::of(1i64..5)), 3..7),
    ) {
        let longer = |at: i64| at * 144;
        let mut required = levels(&required);
        required.iter_mut().for_each(|step| (step.from, step.until) = (longer(step.from), longer(step.until)));
        let candidates: Vec<Candidate> = shifts.iter().map(|(from, length, pause)| {
            let shift = shift(*from, *length, pause.filter(|pause| pause < length));
            let breaks = shift.breaks.iter().map(|pause| Break { from: longer(pause.from), until: longer(pause.until), ..*pause }).collect();
            Candidate { from: longer(shift.from), until: longer(shift.until), paid_ms: longer(shift.paid_ms), breaks, ..shift }
        }).collect();
        match (cover(&required, &candidates, PartTime::ANY), least_paid(&required, &candidates, PartTime::ANY)) {
            (Ok(cover), Some(least)) => {
                prop_assert!(least <= cover.paid_ms);
                prop_assert!(cover.paid_ms as f64 * (1.0 - cover.gap) <= least as f64 * 1.000_001, "{} {} {least}", cover.paid_ms, cover.gap);
            }
            (Err(StaffingError::Uncovered { .. }), None) => {}
            (ours, all) => prop_assert!(false, "{ours:?} where trying all gives {all:?}"),
        }
    }

    #[test]
    fn a_share_of_part_time_is_kept_at_the_least_cost(
        required in prop::collection::vec(0u32..3, 1..10),
        shifts in prop::collection::vec((0i64..8, 2i64..8), 1..5),
        (least, more) in (0u32..6_000, 0u32..6_000),
    ) {
        let required = levels(&required);
        // A shift that nobody needs is none to fill up a share with.
        let needed = |shift: &Candidate| required.iter().any(|step| 0 < step.agents && presence(std::slice::from_ref(shift), &[1], step) == 1);
        let candidates: Vec<Candidate> =
            shifts.iter().map(|(from, length)| shift(*from, *length, None)).filter(needed).collect();
        let part_time = PartTime { least, most: (least + more).min(10_000) };
        match (cover(&required, &candidates, part_time), least_paid(&required, &candidates, part_time)) {
            (Ok(cover), tried) => {
                prop_assert!(part_time.holds(paid(&candidates, &cover.agents, |shift| shift.part_time), cover.paid_ms));
                // More agents than are ever required may be what keeps the share: trying does not see these.
                prop_assert!(cover.gap > 0.0 || tried.is_none_or(|tried| cover.paid_ms <= tried));
                for step in &required {
                    prop_assert!(step.agents <= presence(&candidates, &cover.agents, step));
                }
            }
            (Err(StaffingError::Uncovered { .. } | StaffingError::PartTime | StaffingError::Unsolved(_)), None) => {}
            (ours, all) => prop_assert!(false, "{ours:?} where trying all gives {all:?}"),
        }
    }

    /// Weeks of three days, months of five: whatever is required, nobody works more than a week's rule, and the cover holds.
    #[test]
    fn nobody_works_more_than_a_week_allows(
        levels_of_days in prop::collection::vec((1u32..5, 0u32..4), 1..9),
        (hours, shifts, rest) in (8i64..40, 1u32..5, 0i64..30),
    ) {
        let day = 48 * HALF_HOUR;
        let steps = levels_of_days.iter().flat_map(|(base, more)| {
            (0..48).map(move |step| if (16..36).contains(&step) { base + if step < 24 { *more } else { 0 } } else { 0 })
        });
        let required = levels(&steps.collect::<Vec<u32>>());
        let days = levels_of_days.len() as i64;
        let starts = (0..days).flat_map(|day| [14, 16, 20, 24, 28].map(|start| day * 48 + start));
        let candidates: Vec<Candidate> =
            starts.flat_map(|from| [shift(from, 9, Some(4)), shift(from, 16, Some(7))]).collect();
        let cover = cover(&required, &candidates, PartTime::ANY).unwrap();
        let starts: Vec<i64> = (0..days).step_by(3).map(|at| at * day).collect();
        let day_starts: Vec<i64> = (0..days).map(|at| at * day).collect();
        let months: Vec<(i64, u32)> = (0..days).step_by(5).map(|at| (at * day, 0)).collect();
        let week = Week { starts: &starts, most_ms: hours * 2 * HALF_HOUR, most_shifts: shifts, rest_ms: rest * HALF_HOUR };
        let rules = AssignmentRules { months: &months, day_starts: &day_starts, rest_ms: 0, week: Some(week) };
        let roster = assigned(&cover, &candidates, &required, &rules).unwrap();
        let mut of_agents: BTreeMap<u32, BTreeMap<i64, (i64, i64, i64)>> = BTreeMap::new();
        for shift in &roster.shifts {
            // What lies on a day is one shift: from, until, and what is paid of it.
            let day = of_agents.entry(shift.agent).or_default().entry(shift.from / day).or_insert((i64::MAX, 0, 0));
            *day = (day.0.min(shift.from), day.1.max(shift.until), day.2 + shift.until - shift.from);
        }
        for (agent, of_days) in &of_agents {
            for weeks in of_days.iter().collect::<Vec<_>>().chunk_by(|one, other| *one.0 / 3 == *other.0 / 3) {
                let worked: i64 = weeks.iter().map(|(_, (_, _, paid))| paid).sum();
                prop_assert!(worked <= week.most_ms && weeks.len() <= shifts as usize, "agent {agent}: {weeks:?}");
            }
            for (before, after) in of_days.values().zip(of_days.values().skip(1)) {
                prop_assert!(before.1 + week.rest_ms <= after.0, "agent {agent}: {before:?} {after:?}");
            }
        }
        for step in &required {
            let there = roster.shifts.iter().filter(|shift| shift.from <= step.from && step.until <= shift.until);
            prop_assert_eq!(there.count() as u32, presence(&candidates, &cover.agents, step));
        }
    }
}
