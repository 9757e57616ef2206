//! Published figures of simulations, through our simulator: days of a finite horizon, each from an empty start.

use std::collections::BTreeMap;

use longshore_simulation::{
    Also, Arrivals, Batch, CallList, Dialer, Nothing, Part, Queue, QueueTally, Route, Scenario, Seed, Shape, Shift,
    Span, Tallies, Team, simulate,
};
use serde_json::Value;

use crate::given::{Declined, Given};

type Figures = BTreeMap<String, f64>;

/// No row gets more contacts than this: enough for figures of four digits.
const MOST_CONTACTS: f64 = 1e7;
const MINUTE_MS: f64 = 60_000.0;

/// What we say to a row of a simulated model. `None` where the model is none of these.
pub fn figures(model: &str, inputs: &Value) -> Option<Result<Figures, Declined>> {
    let play = match model {
        "MMC_finite_horizon" | "MMC+M_finite_horizon" | "MMCK_finite_horizon" | "MMCK+M_finite_horizon" => one_line,
        "TimeVarying_MMn_M_sim" => varying,
        "MultiSkill_sim" => skills,
        "Blended_inbound_outbound_sim" => blended,
        "MultiSkill_cost_sim" | "Multi_step_sim" | "ErlangC_required_pwait_realdata" => incomplete,
        _ => return None,
    };
    if let Some(file) = ["see", "model_xml", "data"].iter().find_map(|name| inputs.get(*name)) {
        return Some(Err(format!("its inputs are in {file}, which is not beside it")));
    }
    let inputs = Given::of(inputs);
    Some(inputs.and_then(|inputs| {
        let figures = play(&inputs)?;
        inputs.finish()?;
        Ok(figures)
    }))
}

/// Models of which no row has said everything so far.
fn incomplete(given: &Given) -> Result<Figures, Declined> {
    given.finish().map(|()| Figures::new())
}

fn number(given: &Given, names: &[&str]) -> Result<f64, Declined> {
    optional(given, names)?.ok_or_else(|| format!("no {}", names.join(" or ")))
}

fn optional(given: &Given, names: &[&str]) -> Result<Option<f64>, Declined> {
    let value = |value: &Value| value.as_f64().ok_or_else(|| format!("{value} is no number"));
    given.value(names).map(value).transpose()
}

/// Numbers in a list.
fn numbers(value: &Value) -> Result<Vec<f64>, Declined> {
    let list = value.as_array().ok_or_else(|| format!("{value} is no list"))?;
    list.iter().map(|value| value.as_f64().ok_or_else(|| format!("{value} is no number"))).collect()
}

fn list(given: &Given, name: &str) -> Result<Vec<f64>, Declined> {
    numbers(given.value(&[name]).ok_or_else(|| format!("no {name}"))?)
}

fn table(given: &Given, name: &str) -> Result<Vec<Vec<f64>>, Declined> {
    let rows = given.value(&[name]).and_then(Value::as_array).ok_or_else(|| format!("no table {name}"))?;
    rows.iter().map(numbers).collect()
}

/// A queue that is open in the given periods and served by its routes.
fn queue(name: String, periods: &Periods, per_period: Vec<f64>, handle_ms: f64, routes: Vec<Route>) -> Queue {
    let part = |share, mean_ms| Part { share, mean_ms, shape: Shape::Exponential };
    Queue {
        arrivals: Arrivals { step_ms: periods.length_ms, expected: per_period },
        talk: part(1.0, handle_ms),
        hold: part(0.0, 0.0),
        wrap: part(0.0, 0.0),
        open: vec![Span { from: 0, until: periods.until() }],
        threshold_ms: 0,
        routes,
        ..Queue::plain("reference", name)
    }
}

/// Periods of equal length that make up a day. What is left when they are over is served after them.
struct Periods {
    length_ms: i64,
    count: usize,
}

impl Periods {
    fn until(&self) -> i64 {
        self.length_ms * self.count as i64
    }

    /// So many agents in each period, and in a last one that begins when the day is over those of its end.
    fn team(&self, name: String, agents: &[f64], after: i64) -> Result<Team, Declined> {
        if agents.len() != self.count || agents.iter().any(|agents| !(0.0..=1e5).contains(agents)) {
            return Err(format!("{agents:?} are no agents of {} periods", self.count));
        }
        let most = agents.iter().fold(0.0_f64, |most, agents| most.max(*agents)) as u32;
        let mut shifts = Vec::new();
        for agent in 0..most {
            let mut since = None;
            for (period, present) in agents.iter().chain([&0.0]).enumerate() {
                let at = period as i64 * self.length_ms;
                match (since, f64::from(agent) < *present) {
                    (None, true) => since = Some(at),
                    (Some(from), false) => {
                        let last = period == self.count;
                        shifts.push(Shift { agent, from, until: if last { at + after } else { at }, last, back: None });
                        since = None;
                    }
                    _ => {}
                }
            }
        }
        Ok(Team {
            agents: (0..most).map(|agent| format!("{name} {agent}")).collect(),
            shifts,
            ..Team::plain("reference", name)
        })
    }
}

fn day(until: i64, step_ms: i64, queues: Vec<Queue>, teams: Vec<Team>) -> Scenario {
    Scenario {
        horizon: Span { from: 0, until },
        seed: Seed(20_261_122),
        run: 0,
        busyness_cv: 0.0,
        step_ms,
        day_starts: vec![0],
        month_starts: vec![0],
        queues,
        teams,
    }
}

/// Plays so many days, at least some hundred, and adds up what `sum` makes of each.
fn days<T: Default>(mut scenario: Scenario, days: f64, sum: fn(&mut T, &Tallies)) -> Result<(T, f64), Declined> {
    let expected: f64 = scenario.queues.iter().flat_map(|queue| &queue.arrivals.expected).sum();
    let count = days.clamp(100.0, (MOST_CONTACTS / expected.max(1.0)).max(100.0)) as u32;
    if MOST_CONTACTS / 100.0 < expected {
        return Err(format!("{expected} contacts a day are too many for a test"));
    }
    let mut total = T::default();
    for run in 0..count {
        scenario.run = run;
        let tallies = simulate(&scenario, &mut Nothing).map_err(|error| error.to_string())?;
        sum(&mut total, &tallies);
    }
    Ok((total, f64::from(count)))
}

/// Queues together, and the busy and logged-in time of the first team in the first step.
#[derive(Default)]
struct Sums {
    queue: QueueTally,
    busy_ms: f64,
    logged_in_ms: f64,
}

/// M/M/c, with patience and few places where they are given.
fn one_line(given: &Given) -> Result<Figures, Declined> {
    let per_minute = number(given, &["lam_per_min"])?;
    let handle_ms = MINUTE_MS / number(given, &["mu_per_min"])?;
    let day_min = number(given, &["day_min"])?;
    let periods = Periods { length_ms: (day_min * MINUTE_MS) as i64, count: 1 };
    if given.value(&["start"]).is_some_and(|start| start != "empty") {
        return Err("a start that is not empty".to_owned());
    }
    let mut route = Route::to(0);
    route.places = optional(given, &["queue_capacity"])?.map(|places| places as u32);
    // Contacts come in the day, and agents stay for what is left of it; its occupancy is that of the day.
    let mut queue = queue("calls".to_owned(), &periods, vec![per_minute * day_min, 0.0], handle_ms, vec![route]);
    queue.patience_mean_ms = optional(given, &["patience_mean_min"])?.map(|mean| mean * MINUTE_MS);
    queue.threshold_ms = (number(given, &["awt_s"])? * 1000.0) as i64;
    let team = periods.team("agents".to_owned(), &[number(given, &["n", "c"])?], periods.length_ms)?;
    let scenario = day(2 * periods.until(), periods.length_ms, vec![queue], vec![team]);
    let (sums, days) = days::<Sums>(scenario, number(given, &["reps", "days"])?, |sums, tallies| {
        sums.queue += tallies.queue(0);
        sums.busy_ms += tallies.teams[0].busy_ms[0] as f64;
        sums.logged_in_ms += tallies.teams[0].logged_in_ms[0] as f64;
    })?;
    let tally = &sums.queue;
    let (served, good) = (tally.handled as f64, tally.within_threshold as f64);
    let lost_late = (tally.abandoned - tally.abandoned_in_time) as f64;
    let figures = [
        ("arrived", tally.offered as f64 / days),
        ("served", served / days),
        ("served_in_target", good / days),
        ("abandoned", tally.abandoned as f64 / days),
        ("blocked", tally.blocked as f64 / days),
        ("service_level", good / served),
        ("sl_incl_abandon", good / (served + lost_late)),
        ("sl_incl_blocked", good / (served + lost_late + tally.blocked as f64)),
        ("speed_of_answer_min", tally.wait_ms as f64 / served / MINUTE_MS),
        ("occupancy", sums.busy_ms / sums.logged_in_ms),
    ];
    Ok(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// Rates and agents by period, a share of customers without patience, and a busyness of the day.
fn varying(given: &Given) -> Result<Figures, Declined> {
    let length_s = number(given, &["period_s"])?;
    let rates = list(given, "rate_per_hour")?;
    let periods = Periods { length_ms: (length_s * 1000.0) as i64, count: rates.len() };
    let per_period = rates.iter().map(|rate| rate * length_s / 3600.0).collect();
    let handle_ms = number(given, &["service_mean_s"])? * 1000.0;
    let mut queue = queue("calls".to_owned(), &periods, per_period, handle_ms, vec![Route::to(0)]);
    queue.patience_mean_ms = Some(1000.0 / number(given, &["patience_rate_per_s"])?);
    queue.balks = optional(given, &["p_zero_patience"])?.unwrap_or(0.0);
    queue.threshold_ms = (number(given, &["t_s"])? * 1000.0) as i64;
    let team = periods.team("agents".to_owned(), &list(given, "agents")?, 0)?;
    let mut scenario = day(periods.until(), periods.length_ms, vec![queue], vec![team]);
    scenario.busyness_cv = optional(given, &["busyness_gamma_alpha"])?.map_or(0.0, |alpha| alpha.sqrt().recip());
    let expected = number(given, &["expected_calls"])?;
    let (sums, days) = days::<Sums>(scenario, number(given, &["days", "reps"])?, |sums, tallies| {
        sums.queue += tallies.queue(0);
    })?;
    let (tally, calls) = (&sums.queue, days * expected);
    let figures = [
        ("arrivals", tally.offered as f64 / days),
        ("wait_per_expected_call_s", (tally.wait_ms + tally.abandoned_wait_ms) as f64 / 1000.0 / calls),
        // Who hangs up in time has not waited long either, for this source.
        ("good_over_expected", (tally.within_threshold + tally.abandoned_in_time) as f64 / calls),
        ("lost_over_expected", tally.abandoned as f64 / calls),
    ];
    Ok(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// Several types of contacts and groups of agents, one line for all: an agent takes who has waited longest of those whom
/// the group can serve. Handle time and patience are those of the period in which a contact arrives.
fn skills(given: &Given) -> Result<Figures, Declined> {
    if given.value(&["router"]).is_some_and(|router| router != "SingleFIFOQueueRouter") {
        return Err("a router other than one line for all".to_owned());
    }
    let length_min = number(given, &["period_min"])?;
    let (rates, groups) = (table(given, "lam_per_min")?, table(given, "type_to_group")?);
    let (handle, patience) = (list(given, "mu")?, list(given, "nu")?);
    let periods = Periods { length_ms: (length_min * MINUTE_MS) as i64, count: handle.len() };
    let shaped = rates.len() == groups.len()
        && number(given, &["types"])? as usize == rates.len()
        && patience.len() == periods.count
        && rates.iter().all(|rates| rates.len() == periods.count);
    if !shaped {
        return Err("types, groups and periods that do not fit together".to_owned());
    }
    let threshold_ms = (number(given, &["awt_s"])? * 1000.0) as i64;
    let mut queues = Vec::new();
    for (kind, (rates, groups)) in rates.iter().zip(&groups).enumerate() {
        let mut groups = groups.iter().map(|group| *group as usize);
        let first = groups.next().ok_or("a type that no group serves")?;
        let also: Vec<Also> = groups.map(|team| Also { team, priority: 0 }).collect();
        for (period, rate) in rates.iter().enumerate() {
            let mut expected = vec![0.0; periods.count + 1];
            expected[period] = rate * length_min;
            let route = Route { also: also.clone(), ..Route::to(first) };
            let name = format!("type {kind} in period {period}");
            let mut queue = queue(name, &periods, expected, MINUTE_MS / handle[period], vec![route]);
            queue.patience_mean_ms = Some(MINUTE_MS / patience[period]);
            queue.threshold_ms = threshold_ms;
            queues.push(queue);
        }
    }
    served_by(given, &groups)?;
    let agents = table(given, "agents")?;
    let team = |(group, agents): (usize, &Vec<f64>)| periods.team(format!("group {group}"), agents, periods.length_ms);
    let teams: Vec<Team> = agents.iter().enumerate().map(team).collect::<Result<_, _>>()?;
    if number(given, &["groups"])? as usize != teams.len() {
        return Err("another number of groups".to_owned());
    }
    let mut scenario = day(periods.until() + periods.length_ms, 10_000, queues, teams);
    scenario.busyness_cv = optional(given, &["busyness_gamma_alpha"])?.map_or(0.0, |alpha| alpha.sqrt().recip());
    let (sums, days) = days::<Sums>(scenario, number(given, &["reps", "days"])?, |sums, tallies| {
        for queue in 0..tallies.queues.len() {
            sums.queue += tallies.queue(queue);
        }
        // The source's clock stops with the last contact: the agents' time after it does not count.
        let busy = |step: usize| tallies.teams.iter().any(|team| 0 < team.busy_ms[step]);
        let steps = (0..tallies.teams[0].busy_ms.len()).rev().find(|step| busy(*step)).map_or(0, |step| step + 1);
        let sum = |steps: &[u64]| steps.iter().sum::<u64>() as f64;
        sums.busy_ms += sum(&tallies.teams[0].busy_ms[..steps]);
        sums.logged_in_ms += sum(&tallies.teams[0].logged_in_ms[..steps]);
    })?;
    let (tally, served) = (&sums.queue, sums.queue.handled as f64);
    let lost_late = (tally.abandoned - tally.abandoned_in_time) as f64;
    let figures = [
        ("served", served / days),
        ("abandoned", tally.abandoned as f64 / days),
        ("service_level", tally.within_threshold as f64 / (served + lost_late)),
        ("occupancy_group0", sums.busy_ms / sums.logged_in_ms),
    ];
    Ok(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// Calls that two groups of agents take, the second only behind the customers whom a dialer reaches for it.
fn blended(given: &Given) -> Result<Figures, Declined> {
    let length_min = number(given, &["period_min"])?;
    let rates = list(given, "arrival_per_min")?;
    let periods = Periods { length_ms: (length_min * MINUTE_MS) as i64, count: rates.len() };
    let minutes = |names: &[&str]| Ok::<f64, Declined>(number(given, names)? * MINUTE_MS);
    let expected = rates.iter().map(|rate| rate * length_min).chain([0.0]).collect();
    let inbound = Route {
        also: vec![Also { team: 1, priority: 1 }],
        places: optional(given, &["queue_capacity"])?.map(|places| places as u32),
        ..Route::to(0)
    };
    // The gamma variable's second parameter is its mean over its shape.
    let shape = number(given, &["service_gamma_shape"])?;
    let handle_ms = shape * minutes(&["service_gamma_mean_param_min"])?;
    let mut calls = queue("inbound".to_owned(), &periods, expected, handle_ms, vec![inbound]);
    calls.talk.shape = Shape::Gamma { cv: shape.sqrt().recip() };
    calls.patience_mean_ms = Some(minutes(&["in_patience_mean_min"])?);
    calls.balks = optional(given, &["prob_balk"])?.unwrap_or(0.0);
    calls.threshold_ms = (number(given, &["awt_s"])? * 1000.0) as i64;

    let mut reached = list(given, "prob_reach")?;
    if reached.len() != periods.count {
        return Err("chances to reach that are not one a period".to_owned());
    }
    reached.push(0.0);
    let nothing = vec![0.0; periods.count + 1];
    let mut sales =
        queue("outbound".to_owned(), &periods, nothing, minutes(&["out_service_mean_min"])?, vec![Route::to(1)]);
    let (dialer_from, at_once) = (minutes(&["dialer_start_min"])? as i64, sales.hold);
    // The source stops its dialer five minutes before the day is over.
    let dialer_until = periods.until() - 5 * MINUTE_MS as i64;
    if dialer_until <= dialer_from {
        return Err("a dialer that starts when the day is over".to_owned());
    }
    sales.list = Some(CallList {
        batches: vec![Batch { from: 0, customers: 1_000_000 }],
        attempts: 1,
        again_after_ms: 0,
        reached,
        ring: at_once,
        pickup: at_once,
        patience_ms: (number(given, &["out_patience_mean_s"])? * 1000.0) as i64,
        hours: vec![Span { from: dialer_from, until: dialer_until }],
        dialer: Dialer {
            watches: vec![0, 1],
            least_free: number(given, &["min_free_agents"])? as u32,
            for_each_free: number(given, &["kappa"])?,
            more: number(given, &["c"])? as u32,
        },
    });
    let team = |name: &str, agents: &str| periods.team(name.to_owned(), &list(given, agents)?, periods.length_ms);
    let teams = vec![team("inbound", "inbound_agents")?, team("blend", "blend_agents")?];
    let until = periods.until() + periods.length_ms;
    let mut scenario = day(until, periods.length_ms, vec![calls, sales], teams);
    for queue in &mut scenario.queues {
        queue.open[0].until = until;
    }
    scenario.busyness_cv = optional(given, &["busyness_gamma_alpha"])?.map_or(0.0, |alpha| alpha.sqrt().recip());

    #[derive(Default)]
    struct Blend {
        queues: [QueueTally; 2],
        busy_ms: [f64; 2],
        logged_in_ms: [f64; 2],
    }
    let reps = optional(given, &["reps", "days"])?.unwrap_or(1000.0);
    let (blend, days) = days::<Blend>(scenario, reps, |blend, tallies| {
        for place in 0..2 {
            blend.queues[place] += tallies.queue(place);
            let (team, day) = (&tallies.teams[place], tallies.teams[place].busy_ms.len() - 1);
            let sum = |steps: &[u64]| steps[..day].iter().sum::<u64>() as f64;
            blend.busy_ms[place] += sum(&team.busy_ms);
            blend.logged_in_ms[place] += sum(&team.logged_in_ms);
        }
    })?;
    let [calls, sales] = &blend.queues;
    let lost = |tally: &QueueTally| (tally.abandoned + tally.blocked) as f64;
    let good = calls.within_threshold + calls.abandoned_in_time + calls.blocked;
    let waits_ms = (calls.wait_ms + calls.abandoned_wait_ms) as f64;
    let occupancy = |place: usize| 100.0 * blend.busy_ms[place] / blend.logged_in_ms[place];
    let figures = [
        ("inbound_arrived", calls.offered as f64 / days),
        ("inbound_served", calls.handled as f64 / days),
        ("inbound_abandoned", lost(calls) / days),
        ("outbound_tried", sales.dialed as f64 / days),
        ("outbound_served", sales.handled as f64 / days),
        ("outbound_abandoned", lost(sales) / days),
        ("service_level_pct", 100.0 * good as f64 / calls.offered as f64),
        ("occ_inbound_only_pct", occupancy(0)),
        ("occ_blend_pct", occupancy(1)),
        ("inbound_wait_min", waits_ms / MINUTE_MS / calls.offered as f64),
    ];
    Ok(figures.map(|(name, value)| (name.to_owned(), value)).into())
}

/// The groups' own list of types must say the same; its order means nothing where there is one line.
fn served_by(given: &Given, groups_of: &[Vec<f64>]) -> Result<(), Declined> {
    if given.value(&["group_to_type"]).is_none() {
        return Ok(());
    }
    for (group, types) in table(given, "group_to_type")?.iter().enumerate() {
        let said: Vec<bool> = (0..groups_of.len()).map(|kind| types.contains(&(kind as f64))).collect();
        let meant: Vec<bool> = groups_of.iter().map(|groups| groups.contains(&(group as f64))).collect();
        if said != meant {
            return Err("groups and types that contradict each other".to_owned());
        }
    }
    Ok(())
}
