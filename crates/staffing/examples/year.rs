//! A year of half-hours of one line, no two alike: how fast it is staffed, and what the roster looks like.
//! The measured side of `bench/queueing/run.sh`. One thread. Prints JSON.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Instant;

use longshore_queueing::Slowdown;
use longshore_staffing::{Factors, Goal, Pool, Rules, ShiftRules, Step, Stream, Work, hours, requirement, roster};

const HALF_HOUR: i64 = 1_800_000;
const DAY: i64 = 48 * HALF_HOUR;

fn main() -> Result<(), Box<dyn Error>> {
    let streams = [240_000.0, 420_000.0].map(|handle_ms| Stream {
        work: Work::Alone,
        handle_ms,
        patience_ms: Some(180_000.0),
        busyness_cv: 0.064,
        goal: Some(Goal { least: 0.8, threshold_ms: 20_000 }),
    });
    // Open from 7 to 21 o'clock, a peak before noon, another in December, quieter weekends, and a steady growth, which
    // makes every step a problem of its own.
    let contacts = |step: i64| {
        let (hour, day) = ((step % 48) as f64 / 2.0, step / 48);
        let weekday = if day % 7 < 5 { 1.0 } else { 0.5 };
        let season = 1.0 + 0.1 * day as f64 / 365.0 + 0.6 * (-((day as f64 - 345.0) / 20.0).powi(2)).exp();
        let time = (-((hour - 11.0) / 2.5).powi(2)).exp() + 0.7 * (-((hour - 16.0) / 3.0).powi(2)).exp();
        46.0 * weekday * season * time
    };
    let step = |at: i64| Step {
        from: at * HALF_HOUR,
        until: (at + 1) * HALF_HOUR,
        open: (14..42).contains(&(at % 48)),
        contacts: vec![0.7 * contacts(at), 0.3 * contacts(at)],
    };
    let pool = Pool {
        streams: streams.to_vec(),
        slowdown: Slowdown::alone(),
        steps: (0..365 * 48).map(step).collect(),
        rules: Rules::default(),
    };

    let began = Instant::now();
    let required = requirement(&pool)?;
    let requirement_s = began.elapsed().as_secs_f64();

    let factors =
        Factors { shift_inefficiency: "0.1".parse()?, shrinkage: "0.3".parse()?, hours_a_month: "520/3".parse()? };
    let months: Vec<(i64, i64)> = (0..12).map(|month| (month * 31 * DAY, (month + 1) * 31 * DAY)).collect();
    let paid = hours(&required, &months, factors)?;

    let began = Instant::now();
    let day_starts: Vec<i64> = (0..365).map(|day| day * DAY).collect();
    let rules = ShiftRules {
        day_starts: &day_starts,
        shift_max_ms: 16 * HALF_HOUR,
        rest_ms: 22 * HALF_HOUR,
        register: paid.agents(),
    };
    let roster = roster(&required, &rules)?;
    let roster_s = began.elapsed().as_secs_f64();

    let length = |shift: &longshore_staffing::Shift| (shift.until - shift.from) as f64 / (2 * HALF_HOUR) as f64;
    let mut lengths: Vec<f64> = roster.shifts.iter().map(length).collect();
    lengths.sort_by(f64::total_cmp);
    println!(
        "{{\"steps\": {}, \"contacts\": {:.0}, \"agents_peak\": {}, \"requirement_s\": {requirement_s:.4}, \
         \"required_hours\": {:.0}, \"paid_hours\": {:.0}, \"fte_most\": {:.2}, \"roster_s\": {roster_s:.4}, \
         \"register\": {}, \"shifts\": {}, \"shift_hours_p10_p50_p90\": [{}, {}, {}]}}",
        required.len(),
        pool.steps.iter().filter(|step| step.open).flat_map(|step| &step.contacts).sum::<f64>(),
        required.iter().map(|step| step.agents).max().unwrap_or(0),
        paid.required_ms as f64 / 3.6e6,
        paid.paid.to_f64(),
        paid.fte_most.to_f64(),
        roster.agents,
        lengths.len(),
        lengths[lengths.len() / 10],
        lengths[lengths.len() / 2],
        lengths[lengths.len() * 9 / 10],
    );
    Ok(())
}
