//! Teams that never close, with shifts that begin every half hour and have breaks: how long their shifts take to find,
//! and how far above the least they may be. The measured side of `bench/staffing/run.sh`. One thread. Prints JSON lines.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Instant;

use longshore_staffing::{AssignmentRules, Break, Candidate, PartTime, Requirement, assigned, cover};

const HALF_HOUR: i64 = 1_800_000;
const DAY: i64 = 48 * HALF_HOUR;

/// A shape of shift, in minutes: its length, the times of its breaks to choose from, each with a length.
struct Shape {
    length: i64,
    breaks: &'static [(&'static [i64], i64)],
    part_time: bool,
    /// It may begin so often.
    every: i64,
}

const LUNCH: (&[i64], i64) = (&[210, 240, 270], 30);
const COFFEE: (&[i64], i64) = (&[90, 120], 15);
const TEA: (&[i64], i64) = (&[360, 390], 15);

struct Case {
    name: &'static str,
    days: i64,
    /// Agents at the busiest time of an ordinary day.
    agents: f64,
    /// The steps of a day in which it is open.
    open: std::ops::Range<i64>,
    shapes: &'static [Shape],
    part_time: PartTime,
}

const ALWAYS: std::ops::Range<i64> = 0..48;
const FULL: Shape = Shape { length: 510, breaks: &[LUNCH], part_time: false, every: 30 };
const HALF: Shape = Shape { length: 240, breaks: &[], part_time: true, every: 30 };

const CASES: [Case; 9] = [
    Case {
        name: "two weeks, 36 shapes",
        days: 14,
        agents: 40.0,
        open: ALWAYS,
        shapes: &[Shape { every: 120, ..FULL }],
        part_time: PartTime::ANY,
    },
    Case {
        name: "two weeks, a quarter part-time at most",
        days: 14,
        agents: 40.0,
        open: ALWAYS,
        shapes: &[Shape { every: 120, ..FULL }, Shape { every: 120, ..HALF }],
        part_time: PartTime { least: 0, most: 2_500 },
    },
    Case {
        name: "a year of a small team",
        days: 365,
        agents: 5.0,
        open: ALWAYS,
        shapes: &[FULL],
        part_time: PartTime::ANY,
    },
    Case { name: "a year of a team", days: 365, agents: 40.0, open: ALWAYS, shapes: &[FULL], part_time: PartTime::ANY },
    Case {
        name: "a year of a large team",
        days: 365,
        agents: 400.0,
        open: ALWAYS,
        shapes: &[FULL],
        part_time: PartTime::ANY,
    },
    Case { name: "a year of days", days: 365, agents: 40.0, open: 16..40, shapes: &[FULL], part_time: PartTime::ANY },
    Case {
        name: "a year of a small team's days",
        days: 365,
        agents: 7.0,
        open: 16..40,
        shapes: &[FULL, HALF],
        part_time: PartTime::ANY,
    },
    Case {
        name: "a year with three breaks",
        days: 365,
        agents: 40.0,
        open: ALWAYS,
        shapes: &[Shape { breaks: &[COFFEE, LUNCH, TEA], every: 60, ..FULL }],
        part_time: PartTime::ANY,
    },
    Case {
        name: "a year with part time",
        days: 365,
        agents: 40.0,
        open: ALWAYS,
        shapes: &[FULL, HALF],
        part_time: PartTime { least: 1_000, most: 2_500 },
    },
];

/// A peak before noon and another in the afternoon, quieter weekends, a season in December, a growth that makes every day
/// a problem of its own, and nights in which few call.
fn required(Case { days, agents, open, .. }: &Case) -> Vec<Requirement> {
    let of = |step: i64| {
        let (hour, day) = ((step % 48) as f64 / 2.0, step / 48);
        let weekday = if day % 7 < 5 { 1.0 } else { 0.6 };
        let season = 1.0 + 0.1 * day as f64 / 365.0 + 0.4 * (-((day as f64 - 345.0) / 20.0).powi(2)).exp();
        let time = (-((hour - 11.0) / 3.0).powi(2)).exp() + 0.7 * (-((hour - 17.0) / 3.0).powi(2)).exp();
        if !open.contains(&(step % 48)) {
            return 0;
        }
        (agents * weekday * season * (0.12 + 0.88 * time)).ceil().max(2.0) as u32
    };
    let step = |at: i64| Requirement { from: at * HALF_HOUR, until: (at + 1) * HALF_HOUR, agents: of(at) };
    (0..days * 48).map(step).collect()
}

fn candidates(case: &Case) -> Vec<Candidate> {
    let minute = 60_000;
    let mut candidates = Vec::new();
    for day in -1..case.days {
        for shape in case.shapes {
            let mut forms: Vec<Vec<(i64, i64)>> = vec![Vec::new()];
            for (times, length) in shape.breaks {
                let with = |form: &Vec<(i64, i64)>, at: &i64| [form.clone(), vec![(*at, at + length)]].concat();
                forms = forms.iter().flat_map(|form| times.iter().map(|at| with(form, at))).collect();
            }
            for start in (0..24 * 60).step_by(shape.every as usize) {
                let from = day * DAY + start * minute;
                candidates.extend(forms.iter().map(|form| {
                    Candidate {
                        from,
                        until: from + shape.length * minute,
                        breaks: form
                            .iter()
                            .map(|(begins, ends)| Break {
                                from: from + begins * minute,
                                until: from + ends * minute,
                                paid: ends - begins < 30,
                            })
                            .collect(),
                        // Lunch is not paid, what is shorter is.
                        paid_ms: (shape.length - if form.is_empty() { 0 } else { 30 }) * minute,
                        part_time: shape.part_time,
                    }
                }));
            }
        }
    }
    candidates
}

fn main() -> Result<(), Box<dyn Error>> {
    let only = std::env::args().nth(1);
    for case in CASES.iter().filter(|case| only.as_ref().is_none_or(|only| case.name.contains(only.as_str()))) {
        let (required, candidates) = (required(case), candidates(case));
        let began = Instant::now();
        let cover = cover(&required, &candidates, case.part_time)?;
        let cover_s = began.elapsed().as_secs_f64();
        let began = Instant::now();
        let day_starts: Vec<i64> = (0..case.days).map(|day| day * DAY).collect();
        let months: Vec<(i64, u32)> = (0..case.days).step_by(30).map(|day| (day * DAY, 0)).collect();
        let rules = AssignmentRules { months: &months, day_starts: &day_starts, rest_ms: 22 * HALF_HOUR, week: None };
        let roster = assigned(&cover, &candidates, &required, &rules)?;
        let assigned_s = began.elapsed().as_secs_f64();
        let needed: i128 = required.iter().map(|step| i128::from(step.agents) * i128::from(HALF_HOUR)).sum();
        println!(
            "{{\"case\": {:?}, \"candidates\": {}, \"cover_s\": {cover_s:.3}, \"gap\": {:.6}, \"paid_hours\": {:.1}, \
             \"paid_above_required\": {:.4}, \"assigned_s\": {assigned_s:.3}, \"shifts\": {}}}",
            case.name,
            candidates.len(),
            cover.gap,
            cover.paid_ms as f64 / 3.6e6,
            cover.paid_ms as f64 / needed as f64 - 1.0,
            roster.shifts.len(),
        );
    }
    Ok(())
}
