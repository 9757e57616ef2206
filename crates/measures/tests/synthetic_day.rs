//! A day of 730 calls comes to what others reckoned of it, under each of their definitions.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

mod day;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use longshore_contacts::{Table, contacts_batch};
use longshore_contract::Select;
use longshore_counting::annotate;
use longshore_measures::{
    Dimension, Family, Key, Plan, Program, REPEATS, Results, RowGrain, Rows, Standard, Step, Tally,
};
use longshore_units::{Exact, Milliseconds, Zone};
use serde_json::Value;

fn results(by: &[&str]) -> Option<Results> {
    let rows = day::synthetic_day()?;
    let step = Step::HALF_HOUR;
    let program = Program {
        rows: Rows {
            grain: RowGrain::Contact,
            provider: None,
            programs: Vec::new(),
            select: Select::default(),
            first: None,
            last: None,
        },
        by: by.iter().map(|word| Dimension::from_word(word, step).unwrap()).collect(),
        zone: Zone::utc(),
        step,
        calendars: BTreeMap::new(),
        standard: Some(Standard {
            threshold: Milliseconds::seconds(20),
            short: Milliseconds::seconds(5),
            calendar: None,
            families: BTreeSet::from(Family::ALL),
        }),
        measures: Vec::new(),
    };
    let annotated = annotate::returns(&[contacts_batch(&rows)]).unwrap().contacts;
    let annotated = REPEATS[1..].iter().fold(annotated, |contacts, repeats| {
        let next = annotate::Next { answered: repeats.answered, from_begin: repeats.from_begin };
        annotate::next(&contacts, repeats.column, next).unwrap()
    });
    let mut tally = Tally::new(Arc::new(Plan::new(program).unwrap()));
    annotated.iter().try_for_each(|batch| tally.add(Table::Contacts, batch)).unwrap();
    Some(tally.finish())
}

fn reference(name: &str) -> Value {
    let path = day::shared(&format!("reference/{name}")).unwrap();
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn value(results: &Results, key: &[Key], name: &str) -> Exact {
    let figure = results.plan().figures().iter().find(|figure| figure.name == name).unwrap();
    results.reading(key, figure).value.unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// As the reference writes it: two places, of shares in percent. It was rounded from floats, so that a value that lies
/// between two (62.125) may have gone either way.
fn assert_is(found: &Exact, expected: &Value, what: &str) {
    let distance = found.to_f64() - expected.as_f64().unwrap();
    assert!(distance.abs() < 0.005_000_001, "{what}: {found} instead of {expected}");
}

#[test]
fn every_definition_comes_to_its_own_service_level() {
    let (Some(all), Some(by_queue)) = (results(&[]), results(&["queue"])) else {
        return println!("skipped: no sample to measure");
    };
    let reference = reference("kpi_variants_synthetic_day.json");
    let whole = [("all", &all, Vec::new())];
    let queues = by_queue.keys().iter().map(|key| (key[0].name().unwrap(), &by_queue, key.clone()));
    let mut groups = 0;
    for (name, results, key) in whole.into_iter().chain(queues) {
        groups += 1;
        let expected = &reference[name];
        let count = |name: &str| value(results, &key, name).to_i128().unwrap() as i64;
        for (theirs, ours) in [
            ("answered", "answered"),
            ("abandoned", "abandoned"),
            ("joinempty", "blocked_empty"),
            ("leaveempty", "left_empty"),
            ("key", "exit_key"),
            ("closed", "blocked_closed"),
            ("full", "blocked_full"),
            ("timeout", "timed_out"),
        ] {
            assert_eq!(count(ours), expected["counts"][theirs].as_i64().unwrap_or(0), "{name}: {ours}");
        }
        for (theirs, ours) in [
            ("SL_answered_only", "service_level_answered"),
            ("SL_answered_only_strict_lt", "service_level_answered_below"),
            ("SL_offered_ans_plus_ab", "service_level_offered"),
            ("SL_excl_short_abandons", "service_level_without_short"),
            ("SL_excl_abandons_within_T", "service_level_abandons_ignored"),
            ("SL_abandons_within_T_count_as_met", "service_level_abandons_met"),
            ("SL_incl_flowouts", "service_level_with_flow_outs"),
            ("SL_all_attempts_incl_blocked", "service_level_with_blocked"),
            ("abandon_rate_offered", "abandonment"),
            ("abandon_rate_excl_short", "abandonment_without_short"),
            ("abandon_rate_all_entered", "abandonment_of_entered"),
        ] {
            let percent = &value(results, &key, ours) * &Exact::from(100u64);
            assert_is(&percent, &expected[theirs], &format!("{name}: {ours}"));
        }
        for (theirs, ours) in
            [("ASA_answered_s", "speed_of_answer_with_ring_s"), ("AWT_all_waiters_s", "wait_s"), ("ATT_s", "talk_s")]
        {
            assert_is(&value(results, &key, ours), &expected[theirs], &format!("{name}: {ours}"));
        }
    }
    assert_eq!(groups, 4);
    // Who came back, in the whole day: to the next contact of any kind, and to the next that was answered. The reference
    // looks from the call's own beginning on: whoever calls again during the call has come back.
    for expected in reference["repeat"].as_array().unwrap() {
        let window = match expected["window_s"].as_u64().unwrap() {
            3600 => "1h",
            14400 => "4h",
            _ => "1d",
        };
        for (theirs, ours) in
            [("FCR_any_next", "no_repeat_since_arrival"), ("FCR_next_answered", "no_answered_repeat_since_arrival")]
        {
            let percent = &value(&all, &[], &format!("{ours}_{window}")) * &Exact::from(100u64);
            assert_is(&percent, &expected[theirs], &format!("{ours} {window}"));
        }
    }
}
