//! `longshore erlang`: what a queue does with so many agents, how many it needs, or how many contacts they answer.

use longshore_queueing::{
    Definition, Queue, QueueingError, Redials, Room, Seconds, Share, Target, Traffic, fractional_agents, patience_for,
};
use longshore_report::{Queued, queue_table};
use longshore_units::{Exact, Milliseconds};

use crate::arguments::{Erlang, Model, Reading};
use crate::failure::Failure;
use crate::show;

pub fn run(arguments: &Erlang) -> Result<(), Failure> {
    let threshold = seconds("threshold", arguments.threshold.as_deref().unwrap_or("20s"))?;
    let mut queue = queue(arguments)?;
    let target =
        arguments.target.as_deref().map(|target| service_level(target, arguments.by, threshold)).transpose()?;
    if let (Some(target), Some(agents), None) = (&target, arguments.agents, &arguments.contacts) {
        queue = queue.with_load(queue.most_load(agents, target).map_err(Failure::input)?);
    }
    let (agents, fraction) = match (&target, arguments.agents) {
        (_, Some(agents)) => (agents, None),
        (Some(target), None) => {
            (queue.agents_for(target).map_err(Failure::input)?, fraction(&queue, target).map_err(Failure::input)?)
        }
        (None, None) => unreachable!("clap asks for agents or a target"),
    };
    let (traffic, performance) = queue.performance(agents, threshold).map_err(Failure::input)?;
    let queued = Queued { fresh: queue.fresh, traffic, performance, fraction };
    if arguments.json { show::json(&queued.json()) } else { show::text(&queue_table(&queued)) }
}

fn queue(arguments: &Erlang) -> Result<Queue, Failure> {
    let refuse = |what: &'static str| Err(Failure::input(anyhow::anyhow!(what)));
    let room = match (arguments.model, arguments.places) {
        (Model::B, Some(_)) => return refuse("--places belongs to models a and c: in model b only agents have places"),
        (Model::B, None) if arguments.threshold.is_some() => {
            return refuse("--threshold belongs to models a and c: in model b nobody waits");
        }
        (Model::B, None) => Room::None,
        (Model::A | Model::C, None) => Room::Endless,
        (Model::A | Model::C, Some(places)) => Room::Places(places),
    };
    if arguments.contacts.is_some() && arguments.agents.is_some() && arguments.target.is_some() {
        return refuse("--contacts, --agents and --target are one too many: leave out what you want to know");
    }
    let shares = |name, text: &Option<String>| text.as_deref().map_or(Ok(Share::NONE), |text| share(name, text));
    let lost = shares("redial", &arguments.redial)?;
    let redials = Redials { blocked: lost, abandoned: lost, answered: shares("again", &arguments.again)? };
    let handle = seconds("handle", &arguments.handle)?;
    let (contacts, during) = match &arguments.contacts {
        Some(text) => contacts(text)?,
        None => (0.0, handle), // To be found.
    };
    let fresh = Traffic::from_contacts(contacts, during, handle, None).map_err(Failure::input)?;
    let patience = match (arguments.model, &arguments.patience, &arguments.abandoned) {
        (Model::A, Some(patience), _) => Some(seconds("patience", patience)?),
        (Model::A, None, Some(abandoned)) => {
            let agents = arguments.agents.expect("clap asks for agents");
            let patience = patience_for(fresh.load(), handle, agents, share("abandoned", abandoned)?);
            Some(patience.map_err(Failure::input)?)
        }
        (Model::A, None, None) => {
            return refuse("model a needs --patience, such as 120s, or --abandoned, such as 4.5%");
        }
        (Model::B | Model::C, None, None) => None,
        (Model::B | Model::C, _, _) => {
            return refuse("--patience and --abandoned belong to model a: in the others nobody hangs up");
        }
    };
    let fresh = Traffic::new(fresh.load(), handle, patience).map_err(Failure::input)?;
    Ok(Queue { fresh, room, redials })
}

fn service_level(target: &str, by: Reading, threshold: Seconds) -> Result<Target, Failure> {
    let definition = match by {
        Reading::Offered => Definition::Offered,
        Reading::Answered => Definition::Answered,
        Reading::Actual => Definition::Actual,
        Reading::Virtual => Definition::Virtual,
    };
    Ok(Target::ServiceLevel { definition, least: share("target", target)?, threshold })
}

/// The agents with a fraction, where the queue is one that small teams may be added up for.
fn fraction(queue: &Queue, target: &Target) -> Result<Option<f64>, QueueingError> {
    match (queue, target) {
        (
            Queue { fresh, room: Room::Endless, redials: Redials::NONE },
            Target::ServiceLevel { definition, least, threshold },
        ) => fractional_agents(fresh, *definition, *least, *threshold).map(Some),
        _ => Ok(None),
    }
}

fn seconds(name: &str, text: &str) -> Result<Seconds, Failure> {
    let span: Milliseconds = text.parse().map_err(|error| said(name, error))?;
    Seconds::new(span.0 as f64 / 1000.0).map_err(|error: QueueingError| said(name, error))
}

fn share(name: &str, text: &str) -> Result<Share, Failure> {
    let (number, percent) =
        text.trim().strip_suffix('%').map_or((text.trim(), false), |number| (number.trim_end(), true));
    let number: Exact = number.parse().map_err(|error| said(name, error))?;
    let share = if percent { number.to_f64() / 100.0 } else { number.to_f64() };
    Share::new(share).map_err(|error| said(name, error))
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
