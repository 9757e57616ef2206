//! `longshore erlang`: what a queue does with so many agents, or how many it needs.

use longshore_queueing::{
    Definition, Erlangs, QueueingError, Seconds, Share, Target, Traffic, agents_for, erlang_b, performance,
};
use longshore_report::{ErlangJson, erlang_table};
use longshore_units::{Exact, Milliseconds};
use serde::Serialize;

use crate::arguments::{Erlang, Model};
use crate::failure::Failure;
use crate::show;

pub fn run(arguments: &Erlang) -> Result<(), Failure> {
    let handle = seconds("handle", &arguments.handle)?;
    if let (Model::B, Some(_)) = (arguments.model, &arguments.threshold) {
        return Err(Failure::input(anyhow::anyhow!("--threshold belongs to models a and c: in model b nobody waits")));
    }
    let threshold = seconds("threshold", arguments.threshold.as_deref().unwrap_or("20s"))?;
    let patience = match (arguments.model, &arguments.patience) {
        (Model::A, Some(patience)) => Some(seconds("patience", patience)?),
        (Model::A, None) => return Err(Failure::input(anyhow::anyhow!("model a needs --patience, such as 120s"))),
        (Model::B | Model::C, Some(_)) => {
            return Err(Failure::input(anyhow::anyhow!(
                "--patience belongs to model a: in the others nobody hangs up"
            )));
        }
        (Model::B | Model::C, None) => None,
    };
    let (contacts, during) = contacts(&arguments.contacts)?;
    let traffic = Traffic::from_contacts(contacts, during, handle, patience).map_err(Failure::input)?;
    if arguments.model == Model::B {
        return lost(arguments, traffic.load());
    }
    let agents = match (&arguments.target, arguments.agents) {
        (Some(target), _) => {
            let least = share(target)?;
            let target = Target::ServiceLevel { definition: Definition::Offered, least, threshold };
            agents_for(&traffic, &target).map_err(Failure::input)?
        }
        (None, agents) => agents.expect("clap asks for agents or a target"),
    };
    let performance = performance(&traffic, agents, threshold);
    if arguments.json { show::json(&ErlangJson::from(&performance)) } else { show::text(&erlang_table(&performance)) }
}

/// The JSON of model b: `{"agents","p_block","load"}`.
#[derive(Serialize)]
struct LostJson {
    agents: u32,
    p_block: f64,
    load: f64,
}

fn lost(arguments: &Erlang, load: Erlangs) -> Result<(), Failure> {
    let agents = match (&arguments.target, arguments.agents) {
        (Some(target), _) => {
            let most = 1.0 - share(target)?.get();
            let fits = |agents: u32| erlang_b(load, agents).get() <= most;
            longshore_queueing::least_agents(load.get(), fits).map_err(Failure::input)?
        }
        (None, agents) => agents.expect("clap asks for agents or a target"),
    };
    let p_block = erlang_b(load, agents).get();
    if arguments.json {
        show::json(&LostJson { agents, p_block, load: load.get() })
    } else {
        show::text(&format!("{:<50}{agents:>14}\n{:<50}{:>12.4} %\n", "agents", "contacts lost", p_block * 100.0))
    }
}

fn seconds(name: &str, text: &str) -> Result<Seconds, Failure> {
    let span: Milliseconds = text.parse().map_err(|error| said(name, error))?;
    Seconds::new(span.0 as f64 / 1000.0).map_err(|error: QueueingError| said(name, error))
}

fn share(text: &str) -> Result<Share, Failure> {
    let (number, percent) =
        text.trim().strip_suffix('%').map_or((text.trim(), false), |number| (number.trim_end(), true));
    let number: Exact = number.parse().map_err(|error| said("target", error))?;
    let share = if percent { number.to_f64() / 100.0 } else { number.to_f64() };
    Share::new(share).map_err(|error| said("target", error))
}

/// `1140/h`, `100/30m`: how many, and in which span of time.
fn contacts(text: &str) -> Result<(f64, Seconds), Failure> {
    let form = || Failure::input(anyhow::anyhow!("--contacts: `{text}` is no rate; write 1140/h, 100/30m or 19/m"));
    let (number, span) = text.split_once('/').ok_or_else(form)?;
    let number: Exact = number.parse().map_err(|error| said("contacts", error))?;
    let span = span.trim();
    let span = if span.starts_with(|character: char| character.is_ascii_digit()) {
        span.to_owned()
    } else {
        format!("1{span}")
    };
    let span: Milliseconds = span.parse().map_err(|_| form())?;
    if number.is_negative() || span.0 == 0 {
        return Err(form());
    }
    let span = Seconds::new(span.0 as f64 / 1000.0).map_err(|error| said("contacts", error))?;
    Ok((number.to_f64(), span))
}

fn said(name: &str, error: impl std::fmt::Display) -> Failure {
    Failure::input(anyhow::anyhow!("--{name}: {error}"))
}
