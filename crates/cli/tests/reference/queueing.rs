//! Published and peers' figures of queues, each with the independent check that stands beside it.

#![allow(clippy::neg_cmp_op_on_partial_ord)] // What is no number must not pass.

use std::collections::BTreeMap;

use longshore_queueing::{
    Definition, Erlangs, Seconds, Share, Target, Traffic, agents_for, engset, erlang_b, erlang_b_load, finite,
    fractional_agents, performance,
};
use serde_json::Value;

use crate::given::Declined;
use crate::{Verdict, simulated};

type Figures = BTreeMap<String, f64>;

/// One row, its times in seconds and its rates by the second.
struct Row {
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

    fn traffic(&self) -> Option<Traffic> {
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
        let load = rate.map(|rate| rate * handle).or_else(|| self.input(&["load", "a"]))?;
        let patience = match patience {
            Some(patience) => Some(Seconds::new(patience).ok()?),
            None => None,
        };
        Traffic::new(Erlangs::new(load).ok()?, Seconds::new(handle).ok()?, patience).ok()
    }

    fn threshold(&self) -> Option<Seconds> {
        let time = self.time(&["t_s", "target_s", "t"], &["t_min", "asa_min"], &[]);
        Seconds::new(time.unwrap_or(20.0)).ok() // Rows without a threshold are checked at the usual one.
    }

    fn agents(&self) -> Option<u32> {
        self.input(&["n", "c"]).map(|agents| agents as u32)
    }

    fn least(&self) -> Option<Share> {
        self.input(&["sl", "service_level"]).and_then(|share| Share::new(share).ok())
    }
}

/// Everything a row of a steady-state model can ask for, by every name that rows use.
fn steady(row: &Row, agents: u32) -> Option<Figures> {
    let (traffic, threshold) = (row.traffic()?, row.threshold()?);
    let result = performance(&traffic, agents, threshold);
    let (load, handle, unit) = (traffic.load().get(), traffic.handle().get(), row.unit());
    let (p_wait, wait, occupancy) = (result.p_wait.get(), result.wait_s_all, result.occupancy.get());
    let level = result.service_level;
    let third = Seconds::new(handle / 6.0).ok()?; // Of the row that asks for P(wait <= 1/3), at mu = 1/2.
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
    Some(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

fn required(row: &Row) -> Option<Figures> {
    let (traffic, least, threshold) = (row.traffic()?, row.least()?, row.threshold()?);
    let target = Target::ServiceLevel { definition: Definition::Offered, least, threshold };
    let mut agents = agents_for(&traffic, &target).ok()?;
    if let Some(most) = row.input(&["max_occupancy"]) {
        let most = Share::new(most).ok()?;
        agents = agents.max(agents_for(&traffic, &Target::Occupancy { most }).ok()?);
    }
    let mut figures = steady(row, agents)?;
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
    Some(figures)
}

fn limited(row: &Row) -> Option<Figures> {
    let (traffic, agents) = (row.traffic()?, row.agents()?);
    let queue = finite(&traffic, agents, row.input(&["K", "K_system"])? as u32, row.threshold()?).ok()?;
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
    Some(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// What we say to a row, or nothing where its model is none of ours or its inputs do not suffice.
fn ours(row: &Row) -> Option<Figures> {
    let one = |name: &str, value: f64| Some(Figures::from([(name.to_owned(), value)]));
    match row.model.as_str() {
        "ErlangB" => one("p_block", erlang_b(row.traffic()?.load(), row.agents()?).get()),
        "ErlangB_inverse_load" => {
            let (lines, blocking) = (row.input(&["lines"])? as u32, row.input(&["blocking"])?);
            one("load", erlang_b_load(lines, Share::new(blocking).ok()?).ok()?.get())
        }
        "Engset" => {
            let number = |name| row.input(&[name]);
            one("p_block", engset(number("k")? as u32, number("c")? as u32, Erlangs::new(number("r")?).ok()?).get())
        }
        "ErlangC_required" => required(row),
        "ErlangC_fractional_agents" => {
            let (least, threshold) = (row.least()?, row.threshold()?);
            one("agents", fractional_agents(&row.traffic()?, Definition::Offered, least, threshold).ok()?)
        }
        "ErlangC"
        | "ErlangC_tail"
        | "ErlangC_SL"
        | "MMc"
        | "ErlangA"
        | "ErlangA_SL"
        | "ErlangA_sim"
        | "ErlangA_SL_peer_definition" => steady(row, row.agents()?),
        // What is asked for are the inputs themselves: any number of agents that keeps up will do.
        "ErlangC_inputs" => steady(row, row.agents().unwrap_or(row.traffic()?.load().get() as u32 + 1)),
        "MMcK" | "MMcK+M" => limited(row),
        _ => None,
    }
}

/// The checks are printed with ten digits after the point.
const PRINTED: f64 = 6e-11;

/// What a row's figures are against ours. A figure that a source got wrong, and that is refuted by the check beside it, is
/// one that ours must not repeat.
pub fn verdict<'r>(cell: &dyn Fn(&str) -> &'r str) -> Verdict {
    let json = |name: &str| serde_json::from_str(cell(name)).unwrap_or(Value::Null);
    let row = Row {
        model: cell("model").to_owned(),
        inputs: json("inputs"),
        expected: json("expected"),
        tolerance: json("tolerance"),
        check: json("independent_check"),
        flag: cell("flag").to_owned(),
    };
    match compared(&row) {
        Err(why) => Verdict::Declined(why),
        Ok(wrong) if wrong.is_empty() => Verdict::Passed,
        Ok(wrong) => Verdict::Failed(wrong.join("; ")),
    }
}

/// The figures that differ.
fn compared(row: &Row) -> Result<Vec<String>, Declined> {
    let simulated = simulated::figures(&row.model, &row.inputs).transpose()?;
    let is_exact = simulated.is_none();
    let ours = simulated.or_else(|| ours(row)).ok_or("a model that we do not know, or inputs that do not suffice")?;
    let tolerance = |name: &str| {
        let named = || row.tolerance.get(name).or_else(|| row.tolerance.get("*")).and_then(Value::as_f64);
        row.tolerance.as_f64().or_else(named).ok_or_else(|| format!("no tolerance of {name}"))
    };
    let figure = |name: &str| ours.get(name).copied().ok_or_else(|| format!("we call nothing {name}"));
    let mut wrong = Vec::new();
    for (name, value) in row.check.as_object().into_iter().flatten() {
        let (value, figure) = (value.as_f64().ok_or_else(|| format!("{name} is no number"))?, figure(name)?);
        let within = if is_exact { PRINTED * value.abs().max(1.0) } else { tolerance(name)? };
        if !((figure - value).abs() <= within) {
            wrong.push(format!("{name} is {figure}, and checked {value}"));
        }
    }
    let expected = row.expected.as_object().ok_or("nothing is expected")?;
    let refuted = row.flag == "peer_bug" || row.flag == "approximation";
    if refuted && row.check.as_object().is_none_or(serde_json::Map::is_empty) {
        return Err("flagged as wrong, and refuted by nothing".to_owned());
    }
    for (name, value) in expected {
        let tolerance = tolerance(name)?;
        if refuted {
            let figure = figure(if name == "peer_P_W_le_t" { "virtual_sl" } else { name })?;
            let off = value.as_f64().map_or(f64::INFINITY, |value| (figure - value).abs());
            if !(tolerance.max(1e-6) < off) {
                wrong.push(format!("{name} repeats the wrong {value}"));
            }
            continue;
        }
        let (value, figure) = (value.as_f64().ok_or_else(|| format!("{name} is no number"))?, figure(name)?);
        let last_digit = if 1e-3 < value { 2e-12 * value } else { 0.0 }; // Peers print twelve digits.
        if !((figure - value).abs() <= tolerance + last_digit) {
            wrong.push(format!("{name} is {figure:e}, not {value:e} ± {tolerance}"));
        }
    }
    Ok(wrong)
}
