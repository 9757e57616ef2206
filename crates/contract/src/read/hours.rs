//! Reading which time is billed: parts of contacts, hours of schedules, states of agents.

use std::str::FromStr;

use longshore_contacts::AgentState;
use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Exact, Factor, Milliseconds};

use crate::{Criterion, Field, Hours, Part, Pick, ScheduleHours, Select};

/// What `of` names: parts of a contact's time, or hours of agents.
pub(super) enum Of {
    Parts(Vec<Part>),
    Hours(HoursWord),
    /// The lesser or greater of several kinds of hours.
    Pick(ScheduleHours),
}

#[derive(Clone, Copy)]
pub(super) enum HoursWord {
    Schedule(Hours),
    LoggedIn,
    Productive,
}

const HOURS: [(&str, Hours); 3] =
    [("requested", Hours::Requested), ("scheduled", Hours::Scheduled), ("productive", Hours::Productive)];

impl Of {
    pub fn read(node: &Node, findings: &mut Findings) -> Option<Of> {
        match &node.value {
            Value::Table(_) => pick(node, findings).map(Of::Pick),
            Value::Text(_) => {
                let hours = [
                    ("requested", HoursWord::Schedule(Hours::Requested)),
                    ("scheduled", HoursWord::Schedule(Hours::Scheduled)),
                    ("logged in", HoursWord::LoggedIn),
                    ("productive", HoursWord::Productive),
                ];
                let parts = Part::ALL.map(|part| (part.word(), part));
                if let Some((_, part)) =
                    parts.iter().find(|(word, _)| matches!(&node.value, Value::Text(text) if text == word))
                {
                    return Some(Of::Parts(vec![*part]));
                }
                node.one_of(&hours, findings).map(Of::Hours)
            }
            _ => {
                let words = Part::ALL.map(|part| (part.word(), part));
                let mut parts: Vec<Part> =
                    node.list(findings)?.iter().filter_map(|node| node.one_of(&words, findings)).collect();
                parts.sort_unstable();
                parts.dedup();
                if parts.is_empty() {
                    findings.error(
                        "C016",
                        &node.span,
                        "no part of the time is billed",
                        "name at least one, such as \"talk\"",
                    );
                    return None;
                }
                Some(Of::Parts(parts))
            }
        }
    }
}

/// `{ lesser = ["requested", "productive"], at_most = "102% of requested", per = "half-hour" }`.
fn pick(node: &Node, findings: &mut Findings) -> Option<ScheduleHours> {
    let mut fields = Fields::of(node, findings)?;
    let (lesser, greater) = (fields.take("lesser"), fields.take("greater"));
    let (pick, list) = match (lesser, greater) {
        (Some(list), None) => (Pick::Lesser, list),
        (None, Some(list)) => (Pick::Greater, list),
        (both, _) => {
            let help = "write `lesser = [\"requested\", \"productive\"]` or `greater = …`, one of the two";
            let message =
                if both.is_some() { "both the lesser and the greater are named" } else { "no hours are named" };
            findings.error("C016", &node.span, message, help);
            return None;
        }
    };
    let nodes = list.one_or_many();
    let mut of: Vec<Hours> = nodes.iter().filter_map(|node| node.one_of(&HOURS, findings)).collect();
    let read_all = of.len() == nodes.len();
    of.sort_unstable();
    of.dedup();
    if read_all && of.len() < 2 {
        let help = "name two or three of \"requested\", \"scheduled\" and \"productive\"";
        findings.error("C016", &list.span, "there is only one kind of hours to choose from", help);
        return None;
    }
    let at_most = fields.take("at_most").map(|node| node.read::<ShareOfHours>("\"102% of requested\"", findings));
    let intervals = [("quarter-hour", 15), ("half-hour", 30), ("hour", 60), ("day", 1440)];
    let intervals = intervals.map(|(word, minutes)| (word, Milliseconds::seconds(minutes * 60)));
    let per = fields.require("per", "over which intervals they are compared, such as \"half-hour\"", findings);
    let per = per.and_then(|node| node.one_of(&intervals, findings));
    fields.finish(findings);
    let at_most = at_most.map_or(Some(None), |share| share.map(|share| Some((share.0, share.1))))?;
    read_all.then_some(ScheduleHours::Pick { pick, of, at_most, per: per? })
}

/// A share of a kind of hours: `102% of requested`.
struct ShareOfHours(Factor, Hours);

impl FromStr for ShareOfHours {
    type Err = String;

    fn from_str(text: &str) -> Result<ShareOfHours, String> {
        let form = || format!("`{text}` is no share of hours");
        let (share, hours) = text.split_once('%').ok_or_else(form)?;
        let hours = hours.trim().strip_prefix("of ").ok_or_else(form)?.trim();
        let percent: Exact = share.trim().parse().map_err(|_| form())?;
        if percent.is_negative() {
            return Err(format!("`{text}` is below 0"));
        }
        let (_, hours) = HOURS.into_iter().find(|(word, _)| *word == hours).ok_or_else(form)?;
        Ok(ShareOfHours(Factor::percent(&percent), hours))
    }
}

/// Which states of agents are billed: those that `of` or `when.state` names; of overtime all of them but `offline` where
/// none is named.
pub(super) fn agent_states(
    of: Option<Of>,
    of_node: Option<&Node>,
    unit_node: &Node,
    select: &mut Select,
    overtime: bool,
    findings: &mut Findings,
) -> Option<()> {
    let span = of_node.map_or(&unit_node.span, |node| &node.span);
    let states = |wanted: fn(AgentState) -> bool| -> Vec<String> {
        AgentState::ALL.iter().filter(|state| wanted(**state)).map(|state| state.as_str().to_owned()).collect()
    };
    let states = match (of, select.has(Field::State)) {
        (None, true) => return Some(()),
        (Some(Of::Hours(HoursWord::LoggedIn)), false) => states(AgentState::is_logged_in),
        (Some(Of::Hours(HoursWord::Productive)), false) => states(AgentState::is_productive),
        (Some(Of::Hours(HoursWord::Schedule(hours))), _) => {
            let help = "write grain = \"schedule\" for it";
            findings.error("C007", span, format!("agents' states do not tell {} hours", hours.word()), help);
            return None;
        }
        (Some(Of::Pick(_)), _) => {
            let help = "write grain = \"schedule\" for it";
            findings.error("C007", span, "agents' states do not tell what was asked for or planned", help);
            return None;
        }
        (Some(Of::Parts(_)), _) => {
            let help = "write `of = \"logged in\"`, `of = \"productive\"`, or `when = { state = [...] }`";
            findings.error("C007", span, "agents' states have no parts of contacts", help);
            return None;
        }
        (Some(_), true) => {
            findings.error("C016", span, "the hours are named twice, here and in `when`", "keep one of the two");
            return None;
        }
        (None, false) if overtime => states(AgentState::is_logged_in),
        (None, false) => {
            let help = "write `of = \"logged in\"`, `\"productive\"`, `\"requested\"` or `\"scheduled\"`";
            findings.error("C016", span, "it is not said which hours are billed", help);
            return None;
        }
    };
    select.criteria.push(Criterion::OneOf(Field::State, states));
    Some(())
}
