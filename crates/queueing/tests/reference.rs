//! Published and peers' figures, each with the independent check that stands beside it. Skipped where the file is absent.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;

use longshore_queueing::{
    Definition, Erlangs, Seconds, Share, Target, Traffic, agents_for, engset, erlang_b, erlang_b_load, finite,
    fractional_agents, performance,
};
use serde_json::Value;

type Figures = BTreeMap<String, f64>;

/// One row, its times in seconds and its rates by the second.
struct Row {
    id: String,
    model: String,
    inputs: Value,
    expected: Value,
    tolerance: Value,
    check: Value,
    flag: String,
}

impl Row {
    fn input(&self, names: &[&str]) -> Option<f64> {
        names.iter().find_map(|name| self.inputs.get(*name).and_then(Value::as_f64))
    }

    /// The unit of the row's own times, in seconds.
    fn unit(&self) -> f64 {
        let minutes = ["aht_min", "lambda_per_min", "lam_per_min"];
        if minutes.iter().any(|name| self.inputs.get(*name).is_some()) { 60.0 } else { 1.0 }
    }

    fn time(&self, seconds: &[&str], minutes: &[&str], rates: &[&str]) -> Option<f64> {
        self.input(seconds)
            .or_else(|| self.input(minutes).map(|minutes| minutes * 60.0))
            .or_else(|| self.input(rates).map(f64::recip))
    }

    fn traffic(&self) -> Traffic {
        let handle = self.time(&["aht_s"], &["aht_min"], &["mu"]).unwrap_or(1.0);
        let patience = self.time(&["patience_s"], &["patience_min"], &["theta"]);
        let rate = self.input(&["lam", "lambda", "lam_per_s"]).or_else(|| {
            let per_minute = self.input(&["lambda_per_min", "lam_per_min"]).map(|rate| rate / 60.0);
            let per_hour = self.input(&["calls_per_hour"]).map(|rate| rate / 3600.0);
            per_minute.or(per_hour).or_else(|| {
                let during = self.time(&["interval_s"], &["interval_min", "period_min"], &[])?;
                Some(self.input(&["transactions", "calls"])? / during)
            })
        });
        let load = rate.map(|rate| rate * handle).or_else(|| self.input(&["load", "a"])).expect(&self.id);
        let patience = patience.map(|patience| Seconds::new(patience).unwrap());
        Traffic::new(Erlangs::new(load).unwrap(), Seconds::new(handle).unwrap(), patience).unwrap()
    }

    fn threshold(&self) -> Seconds {
        let time = self.time(&["t_s", "target_s", "t"], &["t_min", "asa_min"], &[]);
        Seconds::new(time.unwrap_or(20.0)).unwrap() // Rows without a threshold are checked at the usual one.
    }

    fn agents(&self) -> Option<u32> {
        self.input(&["n", "c"]).map(|agents| agents as u32)
    }

    fn least(&self) -> Option<Share> {
        self.input(&["sl", "service_level"]).map(|share| Share::new(share).unwrap())
    }
}

/// Everything a row of a steady-state model can ask for, by every name that rows use.
fn steady(row: &Row, agents: u32) -> Figures {
    let (traffic, threshold) = (row.traffic(), row.threshold());
    let result = performance(&traffic, agents, threshold);
    let (load, handle, unit) = (traffic.load().get(), traffic.handle().get(), row.unit());
    let (p_wait, wait, occupancy) = (result.p_wait.get(), result.wait_s_all, result.occupancy.get());
    let level = result.service_level;
    let third = Seconds::new(handle / 6.0).unwrap(); // Of the row that asks for P(wait <= 1/3), at mu = 1/2.
    let figures = [
        ("p_wait", p_wait),
        ("wait_probability", p_wait),
        ("waiting_probability", p_wait),
        ("p_ab", result.p_abandon.get()),
        ("asa_s", wait),
        ("e_wait_s", wait),
        ("e_wait", wait / unit),
        ("Wq", wait / unit),
        ("W", (wait + handle) / unit),
        ("Wqq", wait / p_wait),
        ("FWq(1/3)", performance(&traffic, agents, third).service_level.actual.get()),
        ("Lq", result.queue_length),
        ("L", result.queue_length + load * (1.0 - result.p_abandon.get())),
        ("occ", occupancy),
        ("occupancy", occupancy),
        ("traffic_intensity", load),
        ("start_n", load.floor() + 1.0),
        ("sl", level.offered.get()),
        ("service_level", level.offered.get()),
        ("p_wait_gt_t", 1.0 - level.actual.get()),
        ("virtual_sl", level.virtual_wait.get()),
        ("sl_offered", level.offered.get()),
        ("sl_answered", level.answered.get()),
        ("p_actualwait_le_t", level.actual.get()),
        ("pK", 0.0), // Endless room.
    ];
    figures.map(|(name, value)| (name.to_owned(), value)).into()
}

fn required(row: &Row) -> Figures {
    let (traffic, least, threshold) = (row.traffic(), row.least().unwrap(), row.threshold());
    let target = Target::ServiceLevel { definition: Definition::Offered, least, threshold };
    let mut agents = agents_for(&traffic, &target).unwrap();
    if let Some(most) = row.input(&["max_occupancy"]) {
        let most = Share::new(most).unwrap();
        agents = agents.max(agents_for(&traffic, &Target::Occupancy { most }).unwrap());
    }
    let mut figures = steady(row, agents);
    let with_shrinkage = f64::from(agents) / (1.0 - row.input(&["shrinkage"]).unwrap_or(0.0));
    for (name, value) in [
        ("raw_positions", f64::from(agents)),
        ("agents", f64::from(agents)),
        ("n", f64::from(agents)),
        ("positions", with_shrinkage.ceil()),
        ("agents_with_shrinkage", with_shrinkage.ceil()),
    ] {
        figures.insert(name.to_owned(), value);
    }
    figures
}

fn limited(row: &Row) -> Figures {
    let traffic = row.traffic();
    let agents = row.agents().unwrap();
    let queue = finite(&traffic, agents, row.input(&["K", "K_system"]).unwrap() as u32).unwrap();
    let (wait, unit) = (queue.wait_s_all, row.unit());
    let throughput = traffic.arrivals_per_s() * (1.0 - queue.p_block.get());
    let figures = [
        ("p_block", queue.p_block.get()),
        ("p_ab", queue.p_abandon.get()),
        ("Lq", queue.queue_length),
        ("L", queue.contacts),
        ("Wq", wait),
        ("e_wait", wait / unit),
        ("e_wait_s", wait),
        ("e_sojourn", queue.contacts / throughput),
        ("throughput", throughput),
        ("RO", queue.occupancy.get()),
        ("p_state_30", queue.states.get(30).copied().unwrap_or(0.0)),
    ];
    figures.map(|(name, value)| (name.to_owned(), value)).into()
}

/// What this crate says to a row, or nothing where the row's model is none of its own.
fn ours(row: &Row) -> Option<Figures> {
    let one = |name: &str, value: f64| Some(Figures::from([(name.to_owned(), value)]));
    match row.model.as_str() {
        "ErlangB" => one("p_block", erlang_b(row.traffic().load(), row.agents().unwrap()).get()),
        "ErlangB_inverse_load" => {
            let (lines, blocking) = (row.input(&["lines"]).unwrap() as u32, row.input(&["blocking"]).unwrap());
            one("load", erlang_b_load(lines, Share::new(blocking).unwrap()).unwrap().get())
        }
        "Engset" => {
            let number = |name| row.input(&[name]).unwrap();
            one("p_block", engset(number("k") as u32, number("c") as u32, Erlangs::new(number("r")).unwrap()).get())
        }
        "ErlangC_required" => Some(required(row)),
        "ErlangC_fractional_agents" => {
            let (least, threshold) = (row.least().unwrap(), row.threshold());
            one("agents", fractional_agents(&row.traffic(), Definition::Offered, least, threshold).unwrap())
        }
        "ErlangC"
        | "ErlangC_tail"
        | "ErlangC_SL"
        | "MMc"
        | "ErlangA"
        | "ErlangA_SL"
        | "ErlangA_sim"
        | "ErlangA_SL_peer_definition" => Some(steady(row, row.agents().unwrap())),
        "ErlangC_inputs" => Some(steady(row, row.agents().unwrap_or(11))),
        "MMcK" | "MMcK+M" => Some(limited(row)),
        _ => None,
    }
}

fn rows() -> Option<Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/queueing.csv");
    if !path.exists() {
        println!("skipped: no ../shared/reference/queueing.csv beside the repository");
        return None;
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let read = |record: csv::StringRecord| {
        let text = |name: &str| record[names.iter().position(|n| n == name).unwrap()].to_owned();
        let json = |name: &str| serde_json::from_str(&text(name)).unwrap_or(Value::Null);
        Row {
            id: text("id"),
            model: text("model"),
            inputs: json("inputs"),
            expected: json("expected"),
            tolerance: json("tolerance"),
            check: json("independent_check"),
            flag: text("flag"),
        }
    };
    Some(reader.records().map(|record| read(record.unwrap())).collect())
}

/// The checks are printed with ten digits after the point.
const PRINTED: f64 = 6e-11;

#[test]
fn every_formula_row_holds() {
    let Some(rows) = rows() else { return };
    let (mut held, mut refuted) = (0, 0);
    for row in &rows {
        let Some(ours) = ours(row) else { continue };
        let tolerance = |name: &str| {
            let of = |value: &Value| value.as_f64();
            of(&row.tolerance)
                .or_else(|| row.tolerance.get(name).or_else(|| row.tolerance.get("*")).and_then(of))
                .unwrap_or_else(|| panic!("{}: no tolerance", row.id))
        };
        let figure = |name: &str| *ours.get(name).unwrap_or_else(|| panic!("{}: nothing is called {name}", row.id));
        for (name, value) in row.check.as_object().into_iter().flatten() {
            let (value, figure) = (value.as_f64().unwrap(), figure(name));
            let off = (figure - value).abs();
            assert!(off <= PRINTED * value.abs().max(1.0), "{} {name}: {figure}, not {value}", row.id);
        }
        if row.flag == "peer_bug" || row.flag == "approximation" {
            assert!(!row.check.is_null(), "{}: refuted by nothing", row.id);
            for (name, value) in row.expected.as_object().unwrap() {
                let figure = if name == "peer_P_W_le_t" { figure("virtual_sl") } else { figure(name) };
                let off = value.as_f64().map_or(f64::INFINITY, |value| (figure - value).abs());
                assert!(off > tolerance(name).max(1e-6), "{} {name}: {figure} repeats the peer's {value}", row.id);
            }
            refuted += 1;
        } else {
            for (name, value) in row.expected.as_object().unwrap() {
                let (value, figure, tolerance) = (value.as_f64().unwrap(), figure(name), tolerance(name));
                let last_digit = if value > 1e-3 { 2e-12 * value } else { 0.0 }; // Peers print twelve digits.
                let off = (figure - value).abs();
                assert!(off <= tolerance + last_digit, "{} {name}: {figure:e}, not {value:e} ± {tolerance}", row.id);
            }
            held += 1;
        }
    }
    println!("{held} rows hold, {refuted} peers' rows are refuted");
    assert!(held >= 50, "{held}");
    assert!(refuted >= 8, "{refuted}");
}
