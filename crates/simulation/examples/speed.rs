//! Contacts a core-second, through the same public function that everything else uses.
//!
//!     cargo run --release -p longshore-simulation --example speed -- tallies 20000000
//!     cargo run --release -p longshore-simulation --example speed -- skills 5000000

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::time::Instant;

use longshore_contacts::Table;
use longshore_simulation::*;

const HOUR_MS: i64 = 3_600_000;

fn main() {
    let (flags, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument == "--json");
    let mut arguments = arguments.into_iter();
    let what = arguments.next().unwrap_or_else(|| "tallies".to_owned());
    let contacts: f64 = arguments.next().map_or(2e7, |text| text.parse().unwrap());
    let wanted: &[Table] = match what.as_str() {
        "tallies" | "lognormal" | "skills" | "chat" => &[],
        "contacts" => &[Table::Contacts],
        "all" => &[Table::Contacts, Table::Legs, Table::AgentTime],
        _ => panic!("say tallies, lognormal, skills, chat, contacts or all"),
    };
    let mut scenario = scenario(contacts, matches!(what.as_str(), "tallies" | "skills" | "chat"));
    match what.as_str() {
        "skills" => share_out(&mut scenario),
        "chat" => together(&mut scenario),
        _ => {}
    }
    let mut rows = Rows { wanted, rows: 0, bytes: 0 };
    let (start, wall) = (cpu_seconds(), Instant::now());
    let tallies = simulate(&scenario, &mut rows).unwrap();
    let seconds = cpu_seconds().zip(start).map_or(wall.elapsed().as_secs_f64(), |(end, start)| end - start);
    let mut queue = tallies.queue(0);
    (1..scenario.queues.len()).for_each(|place| queue += tallies.queue(place));
    let offered = queue.offered as f64;
    let (abandoned, in_time) = (queue.abandoned as f64 / offered, queue.within_threshold as f64 / offered);
    let Rows { rows, bytes, .. } = rows;
    let peak_mb = peak_kb().unwrap_or(f64::NAN) / 1024.0;
    if flags.is_empty() {
        println!(
            "{what}: {offered:.0} contacts, {seconds:.3} CPU s, {:.2} M contacts a core-second; P(abandon) {abandoned:.6}, \
             answered in time {in_time:.6}; {rows} rows, {} bytes a contact; at most {peak_mb:.0} MB of memory",
            offered / seconds / 1e6,
            bytes / queue.offered,
        );
    } else {
        println!(
            r#"{{"contacts":{offered},"cpu_s":{seconds},"p_abandon":{abandoned},"p_in_time":{in_time},"rows":{rows},"bytes":{bytes},"peak_mb":{peak_mb:.1}}}"#
        );
    }
}

/// One queue with a load of 95 erlangs, 100 agents, handle time 300 s and patience 120 s: exponential handling, or
/// lognormal talk, hold for a quarter of the contacts, and wrap.
fn scenario(contacts: f64, exponential: bool) -> Scenario {
    let hours = (contacts / 1140.0).ceil() as i64;
    let horizon = Span { from: 0, until: hours * HOUR_MS };
    let starts = |step: i64| (0..horizon.until).step_by(step as usize).collect::<Vec<_>>();
    let part = |share, mean_ms| Part { share, mean_ms, shape: Shape::Lognormal { cv: 0.8 } };
    let none = Part { share: 0.0, mean_ms: 0.0, shape: Shape::Exponential };
    let whole = Part { share: 1.0, mean_ms: 300_000.0, shape: Shape::Exponential };
    let [talk, hold, wrap] =
        if exponential { [whole, none, none] } else { [part(1.0, 240e3), part(0.25, 60e3), part(1.0, 45e3)] };
    let queue = Queue {
        language: Some("en".to_owned()),
        arrivals: Arrivals { step_ms: HOUR_MS / 2, expected: vec![570.0; 2 * hours as usize] },
        patience_mean_ms: Some(120_000.0),
        talk,
        hold,
        wrap,
        open: vec![horizon],
        routes: vec![Route::to(0)],
        ..Queue::plain("retail", "orders")
    };
    let team = Team {
        agents: (0..100).map(|agent| format!("agent {agent}")).collect(),
        shifts: (0..100).map(|agent| Shift { agent, from: 0, until: horizon.until, last: true, back: None }).collect(),
        ..Team::plain("provider", "agents")
    };
    Scenario {
        horizon,
        seed: Seed(1),
        run: 1,
        busyness_cv: 0.0,
        step_ms: HOUR_MS / 2,
        day_starts: starts(24 * HOUR_MS),
        month_starts: starts(30 * 24 * HOUR_MS),
        queues: vec![queue],
        teams: vec![team],
    }
}

/// The same contacts in three queues, and the same agents in two teams: the first queue is served by the first team, the
/// second by both, the third by the second team, which takes it first.
fn share_out(scenario: &mut Scenario) {
    let one = scenario.queues.remove(0);
    for (place, (name, share)) in [("orders", 0.3), ("service", 0.4), ("returns", 0.3)].into_iter().enumerate() {
        let mut queue = Queue { name: name.to_owned(), ..one.clone() };
        queue.arrivals.expected.iter_mut().for_each(|expected| *expected *= share);
        let route = &mut queue.routes[0];
        route.team = usize::from(place == 2);
        route.priority = u8::from(place == 1);
        if place == 1 {
            route.also = vec![Also { team: 1, priority: 1 }];
        }
        scenario.queues.push(queue);
    }
    let half = |name: &str| Team {
        name: name.to_owned(),
        agents: (0..50).map(|agent| format!("{name} {agent}")).collect(),
        shifts: scenario.teams[0].shifts[..50].to_vec(),
        ..scenario.teams[0].clone()
    };
    scenario.teams = vec![half("first"), half("second")];
}

/// The same contacts as chats, up to three in hand of the 60 agents that suffice then.
fn together(scenario: &mut Scenario) {
    scenario.queues[0].work = Work::Together;
    let team = &mut scenario.teams[0];
    team.slowdown = vec![1.0, 1.2, 1.6];
    team.agents.truncate(60);
    team.shifts.truncate(60);
}

/// Takes batches, counts their rows and bytes and drops them.
struct Rows<'a> {
    wanted: &'a [Table],
    rows: usize,
    bytes: u64,
}

impl Sink for Rows<'_> {
    type Error = std::convert::Infallible;

    fn wants(&self, table: Table) -> Option<Columns> {
        self.wanted.contains(&table).then_some(Columns::All)
    }

    fn batch(&mut self, _: Table, batch: arrow_array::RecordBatch) -> Result<(), Self::Error> {
        self.rows += batch.num_rows();
        self.bytes += batch.get_array_memory_size() as u64;
        Ok(())
    }
}

/// The processor time of this process, where the system tells it.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// The most memory this process has held, where the system tells it.
fn peak_kb() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
