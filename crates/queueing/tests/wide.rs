//! Erlang A from 1 to 100,000 agents, thresholds from 0 to a day and patience from a second to a month, against figures
//! summed and integrated by brute force with 40 digits (`bench/queueing/wide.py`).
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use longshore_queueing::{Erlangs, Seconds, Traffic, performance};

#[test]
fn erlang_a_far_from_the_textbook() {
    let mut reader = csv::Reader::from_reader(include_str!("wide.csv").as_bytes());
    let names = reader.headers().unwrap().clone();
    let (mut rows, mut worst) = (0, 0.0f64);
    for row in reader.records() {
        let row = row.unwrap();
        let number = |name: &str| -> f64 { row[names.iter().position(|n| n == name).unwrap()].parse().unwrap() };
        let seconds = |name: &str| Seconds::new(number(name)).unwrap();
        let traffic =
            Traffic::new(Erlangs::new(number("load")).unwrap(), seconds("handle_s"), Some(seconds("patience_s")))
                .unwrap();
        let result = performance(&traffic, number("agents") as u32, seconds("threshold_s"));
        let level = result.service_level;
        let close = |name: &str, ours: f64, floor: f64| -> f64 {
            let (theirs, ours) = (number(name), ours);
            let error = ((ours - theirs).abs() - floor).max(0.0) / theirs;
            assert!(error < 1e-9, "{name} is {ours:e}, not {theirs:e} (off by {error:e}): {row:?}");
            error
        };
        let one_less = 4.0 * f64::EPSILON; // Levels near 1 carry what is missing only to the last digit of 1.
        for error in [
            close("p_wait", result.p_wait.get(), 0.0),
            close("p_abandon", result.p_abandon.get(), 0.0),
            close("wait_s_all", result.wait_s_all, 0.0),
            close("wait_s_answered", result.wait_s_answered, 0.0),
            close("missed_virtual", 1.0 - level.virtual_wait.get(), one_less),
            close("missed_offered", 1.0 - level.offered.get(), one_less),
            close("missed_answered", 1.0 - level.answered.get(), one_less),
            close("missed_actual", 1.0 - level.actual.get(), one_less),
        ] {
            worst = worst.max(error);
        }
        rows += 1;
    }
    assert!(rows >= 39, "only {rows} rows");
    assert!(worst < 1e-9, "{worst:e}");
    println!("{rows} rows, worst relative error {worst:e}");
}
