//! Intervals and sample sizes come to what others reckoned, to their last digit.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

mod day;

use longshore_measures::interval::{clopper_pearson, recommendation, sample_size, wilson};
use serde_json::Value;

fn reference() -> Option<Value> {
    let path = day::shared("reference/stats_mcdm_reference.json")?;
    Some(serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

fn assert_ends((low, high): (f64, f64), expected: &Value, places: i32, what: &str) {
    for (found, expected) in [low, high].into_iter().zip(expected.as_array().unwrap()) {
        let distance = (found - expected.as_f64().unwrap()).abs();
        assert!(distance <= 0.5001 * 10f64.powi(-places), "{what}: {found} instead of {expected}");
    }
}

#[test]
fn shares_and_scores_lie_between_what_others_say() {
    let Some(reference) = reference() else { return println!("skipped: no reference to compare with") };
    type Interval = fn(i128, i128) -> Option<(f64, f64)>;
    let ways: [(&str, Interval); 2] = [("wilson_95", wilson), ("clopper_pearson_95", clopper_pearson)];
    for (name, interval) in ways {
        let cases = reference[name].as_object().unwrap();
        assert!(5 <= cases.len());
        for (case, expected) in cases {
            let (above, below) = case.split_once('/').unwrap();
            let found = interval(above.parse().unwrap(), below.parse().unwrap()).unwrap();
            assert_ends(found, expected, 6, &format!("{name} {case}"));
        }
    }
    for (case, expected) in reference["nps"].as_object().unwrap() {
        let numbers: Vec<i128> =
            case.trim_matches(['(', ')']).split(',').map(|part| part.trim().parse().unwrap()).collect();
        let [promoters, passives, detractors] = numbers[..] else { panic!("{case}") };
        let found = recommendation(promoters, detractors, promoters + passives + detractors).unwrap();
        assert!((found.score - expected["nps"].as_f64().unwrap()).abs() < 1e-9, "{case}: {}", found.score);
        assert!((found.error - expected["se"].as_f64().unwrap()).abs() <= 0.500_1e-4, "{case}: {}", found.error);
        assert_ends(found.wald, &expected["wald"], 4, case);
        assert_ends(found.adjusted, &expected["adj_wald"], 4, case);
    }
    for (population, size) in reference["sample_size_95_5pct"].as_object().unwrap() {
        assert_eq!(sample_size(population.parse().unwrap(), 0.05), size.as_u64(), "{population}");
    }
    assert_eq!(sample_size(60_000, 0.03), reference["sample_size_95_3pct_60000"].as_u64());
}

#[test]
fn what_cannot_be_has_no_interval() {
    for (above, below) in [(0, 0), (-1, 5), (6, 5), (1, -1)] {
        assert_eq!(wilson(above, below), None);
        assert_eq!(clopper_pearson(above, below), None);
    }
    assert_eq!(recommendation(3, 3, 5), None);
    assert_eq!(sample_size(0, 0.05), None);
    assert_eq!(sample_size(100, 0.0), None);
    assert_eq!(sample_size(100, f64::NAN), None);
}
