//! Solves a file of staffing problems and says how fast: the measured side of `bench/queueing/run.sh`.
//!
//! `agents_for PROBLEMS.csv ANSWERS.csv [REPEAT]`, with PROBLEMS of the columns
//! `load,handle_s,patience_s,threshold_s,share` (patience empty: nobody hangs up). One thread. Prints JSON.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Instant;

use longshore_queueing::{Definition, Erlangs, Seconds, Share, Target, Traffic, agents_for};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, problems, answers, repeat @ ..] = arguments.as_slice() else {
        return Err("usage: agents_for PROBLEMS.csv ANSWERS.csv [REPEAT]".into());
    };
    let repeat: u32 = repeat.first().map_or(Ok(1), |text| text.parse())?;
    let problems = read(problems)?;

    let (wall, cpu) = (Instant::now(), on_cpu());
    let mut solved = Vec::new();
    for _ in 0..repeat {
        solved = problems.iter().map(|(traffic, target)| agents_for(traffic, target)).collect::<Result<_, _>>()?;
        std::hint::black_box(&solved);
    }
    let wall = wall.elapsed().as_secs_f64();
    let cpu = on_cpu().zip(cpu).map_or(wall, |(after, before)| after - before);

    let lines: Vec<String> = solved.iter().map(u32::to_string).collect();
    std::fs::write(answers, format!("agents\n{}\n", lines.join("\n")))?;
    let count = problems.len() as f64 * f64::from(repeat);
    println!(
        "{{\"problems\": {count}, \"cpu_s\": {cpu:.6}, \"wall_s\": {wall:.6}, \"per_cpu_s\": {:.0}}}",
        count / cpu
    );
    Ok(())
}

fn read(path: &str) -> Result<Vec<(Traffic, Target)>, Box<dyn Error>> {
    let mut problems = Vec::new();
    for row in csv::Reader::from_path(path)?.records() {
        let row = row?;
        let seconds = |at: usize| -> Result<Seconds, Box<dyn Error>> { Ok(Seconds::new(row[at].parse()?)?) };
        let patience = if row[2].is_empty() { None } else { Some(seconds(2)?) };
        let traffic = Traffic::new(Erlangs::new(row[0].parse()?)?, seconds(1)?, patience)?;
        let least = Share::new(row[4].parse()?)?;
        problems
            .push((traffic, Target::ServiceLevel { definition: Definition::Offered, least, threshold: seconds(3)? }));
    }
    Ok(problems)
}

/// Seconds this thread has run, where the system tells.
fn on_cpu() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split_whitespace().next()?.parse::<f64>().ok()? * 1e-9)
}
