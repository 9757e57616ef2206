//! What a queue does with so many agents.

use longshore_queueing::{Performance, ServiceLevels, Traffic};
use serde::Serialize;

/// A queue and what was found out about it.
#[derive(Clone, Debug)]
pub struct Queued {
    /// Those who call for the first time.
    pub fresh: Traffic,
    /// All who call, those who call again among them.
    pub traffic: Traffic,
    /// What the agents do for them.
    pub performance: Performance,
    /// The agents for the target with a fraction, where one was asked for.
    pub fraction: Option<f64>,
}

/// The JSON of `erlang`:
/// `{"agents","agents_fraction","load","contacts_per_hour","contacts_per_hour_new","patience_s","p_block","p_wait",`
/// `"p_abandon","asa_s","asa_answered_s","occupancy","queue_length","service_level":{"virtual","offered","answered","actual"}}`.
///
/// `load` is in erlangs, of all contacts that come; `contacts_per_hour` counts them, `contacts_per_hour_new` without those
/// who call again. `p_block` is the share turned away. `asa_s` is the mean wait of all contacts let in, those who hang up
/// included: what queueing theory calls E\[W\]. `asa_answered_s` is the mean wait of those who were answered. `queue_length`
/// is the mean number of contacts that wait. Waits and length of a queue that only grows are null; so are the fraction
/// where no target is asked for, and the patience where nobody hangs up.
#[derive(Debug, Serialize)]
pub struct QueueJson {
    agents: u32,
    agents_fraction: Option<f64>,
    load: f64,
    contacts_per_hour: f64,
    contacts_per_hour_new: f64,
    patience_s: Option<f64>,
    p_block: f64,
    p_wait: f64,
    p_abandon: f64,
    asa_s: Option<f64>,
    asa_answered_s: Option<f64>,
    occupancy: f64,
    queue_length: Option<f64>,
    service_level: ServiceLevelJson,
}

#[derive(Debug, Serialize)]
struct ServiceLevelJson {
    r#virtual: f64,
    offered: f64,
    answered: f64,
    actual: f64,
}

impl Queued {
    /// For other programs.
    pub fn json(&self) -> QueueJson {
        let Queued { fresh, traffic, performance, fraction } = self;
        let ServiceLevels { virtual_wait, offered, answered, actual } = performance.service_level;
        QueueJson {
            agents: performance.agents,
            agents_fraction: *fraction,
            load: traffic.load().get(),
            contacts_per_hour: per_hour(traffic),
            contacts_per_hour_new: per_hour(fresh),
            patience_s: traffic.patience().map(longshore_queueing::Seconds::get),
            p_block: performance.p_block.get(),
            p_wait: performance.p_wait.get(),
            p_abandon: performance.p_abandon.get(),
            asa_s: finite(performance.wait_s_all),
            asa_answered_s: finite(performance.wait_s_answered),
            occupancy: performance.occupancy.get(),
            queue_length: finite(performance.queue_length),
            service_level: ServiceLevelJson {
                r#virtual: virtual_wait.get(),
                offered: offered.get(),
                answered: answered.get(),
                actual: actual.get(),
            },
        }
    }
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

fn per_hour(traffic: &Traffic) -> f64 {
    traffic.arrivals_per_s() * 3600.0
}

/// The same for the terminal.
pub fn queue_table(queued: &Queued) -> String {
    let Queued { fresh, traffic, performance, fraction } = queued;
    let percent = |share: longshore_queueing::Share| format!("{:.2} %", share.get() * 100.0);
    let seconds =
        |seconds: f64| if seconds.is_finite() { format!("{seconds:.2} s") } else { "without bound".to_owned() };
    let level = performance.service_level;
    let mut rows = vec![("contacts an hour", format!("{:.2}", per_hour(traffic)))];
    if fresh != traffic {
        rows.push(("  of them new, the others calling again", format!("{:.2}", per_hour(fresh))));
    }
    rows.extend(traffic.patience().map(|patience| ("mean patience", seconds(patience.get()))));
    rows.push(("agents", performance.agents.to_string()));
    rows.extend(fraction.map(|fraction| ("  with a fraction", format!("{fraction:.2}"))));
    rows.extend([
        ("contacts turned away", percent(performance.p_block)),
        ("contacts that wait", percent(performance.p_wait)),
        ("contacts that hang up", percent(performance.p_abandon)),
        ("mean wait of all", seconds(performance.wait_s_all)),
        ("mean wait of the answered", seconds(performance.wait_s_answered)),
        ("occupancy", percent(performance.occupancy)),
        ("service level: answered in time, of offered", percent(level.offered)),
        ("service level: answered in time, of answered", percent(level.answered)),
        ("service level: waited no longer, answered or not", percent(level.actual)),
        ("service level: a caller who never hangs up", percent(level.virtual_wait)),
    ]);
    rows.iter().map(|(what, value)| format!("{what:<50}{value:>14}\n")).collect()
}
