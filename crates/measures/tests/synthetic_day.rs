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

/// Another engine's statistics of the same day, in total and by the hour. It knows no exits by key: those it drops, we keep.
#[test]
fn an_engine_that_drops_exits_by_key_comes_to_the_same_without_them() {
    let (Some(total), Some(hourly)) = (results(&["queue", "outcome"]), results(&["queue", "outcome", "hour"])) else {
        return println!("skipped: no sample to measure");
    };
    let reference = reference("wazo_synthetic_day.json");
    let mut dropped = 0;
    for (rows, results) in [(&reference["total"], &total), (&reference["hourly"], &hourly)] {
        let rows = rows.as_array().unwrap();
        assert!(3 <= rows.len());
        for row in rows {
            let hour = row["hour"].as_str().map(|hour| hour.parse::<jiff::Timestamp>().unwrap().as_microsecond());
            let is_of = |key: &&Vec<Key>| {
                key[0].name() == row["queue_name"].as_str() && hour.is_none_or(|hour| key[2] == Key::Time(hour))
            };
            let keys: Vec<&Vec<Key>> = results.keys().iter().filter(is_of).collect();
            let of = |figure: &str, outcomes: &[&str]| -> (i128, i128) {
                let figure = results.plan().figures().iter().find(|known| known.name == figure).unwrap();
                let of_outcomes = keys.iter().filter(|key| outcomes.contains(&key[1].name().unwrap()));
                let readings = of_outcomes.map(|key| results.reading(key, figure));
                readings.fold((0, 0), |(above, below), reading| (above + reading.above, below + reading.below))
            };
            let count = |outcome: &str| of("contacts", &[outcome]).0;
            let what = format!("{} {}", row["queue_name"], row["hour"]);
            let mut all = 0;
            for (theirs, ours) in [
                ("answered", "answered"),
                ("abandoned", "abandoned"),
                ("full", "blocked_full"),
                ("closed", "blocked_closed"),
                ("joinempty", "blocked_empty"),
                ("leaveempty", "left_empty"),
                ("timeout", "timed_out"),
            ] {
                assert_eq!(count(ours), i128::from(row[theirs].as_i64().unwrap()), "{what}: {ours}");
                all += count(ours);
            }
            assert_eq!(all, i128::from(row["total"].as_i64().unwrap()), "{what}");
            dropped += count("exit_key");
            let share = |above: i128, below: i128| Exact::ratio(100 * above, below);
            let (in_time, answered) = of("service_level_answered", &["answered"]);
            // Whom it found closed it does not count among those who might have been answered.
            let rate = share(count("answered"), all - count("blocked_closed"));
            let (waited_ms, waiting) = of("wait_s", &["answered", "abandoned", "timed_out", "left_empty"]);
            let wait = Exact::ratio(waited_ms, waiting * 1000);
            for (value, theirs) in
                [(share(in_time, answered), "qos"), (rate, "answered_rate"), (wait, "average_waiting_time")]
            {
                match value {
                    Some(value) => assert_is(&value, &row[theirs], &format!("{what}: {theirs}")),
                    None => assert!(row[theirs].is_null(), "{what}: {theirs}"),
                }
            }
        }
    }
    assert_eq!(dropped, 2 * 13, "in the total and by the hour");
}
