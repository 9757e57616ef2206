//! What a queue does with so many agents.

use longshore_queueing::{Performance, ServiceLevels};
use serde::Serialize;

/// The JSON of `erlang`:
/// `{"agents","p_wait","p_abandon","asa_s","asa_answered_s","occupancy","queue_length","service_level":{"virtual","offered",`
/// `"answered","actual"}}`.
///
/// `asa_s` is the mean wait of all contacts, those who hang up included: what queueing theory calls E\[W\].
/// `asa_answered_s` is the mean wait of those who were answered. `queue_length` is the mean number of
/// contacts that wait. Waits and length of a queue that only grows are null.
#[derive(Debug, Serialize)]
pub struct ErlangJson {
    agents: u32,
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

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

impl From<&Performance> for ErlangJson {
    fn from(performance: &Performance) -> ErlangJson {
        let ServiceLevels { virtual_wait, offered, answered, actual } = performance.service_level;
        ErlangJson {
            agents: performance.agents,
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

/// The same for the terminal.
pub fn erlang_table(performance: &Performance) -> String {
    let percent = |share: longshore_queueing::Share| format!("{:.2} %", share.get() * 100.0);
    let seconds =
        |seconds: f64| if seconds.is_finite() { format!("{seconds:.2} s") } else { "without bound".to_owned() };
    let level = performance.service_level;
    let rows = [
        ("agents", performance.agents.to_string()),
        ("contacts that wait", percent(performance.p_wait)),
        ("contacts that hang up", percent(performance.p_abandon)),
        ("mean wait of all", seconds(performance.wait_s_all)),
        ("mean wait of the answered", seconds(performance.wait_s_answered)),
        ("occupancy", percent(performance.occupancy)),
        ("service level: answered in time, of offered", percent(level.offered)),
        ("service level: answered in time, of answered", percent(level.answered)),
        ("service level: waited no longer, answered or not", percent(level.actual)),
        ("service level: a caller who never hangs up", percent(level.virtual_wait)),
    ];
    rows.iter().map(|(what, value)| format!("{what:<50}{value:>14}\n")).collect()
}
