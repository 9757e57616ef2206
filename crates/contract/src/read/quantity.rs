//! Reading what a charge counts: unit, grain, rows, parts and increments.

use longshore_contacts::AgentState;
use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::Milliseconds;

use super::select;
use crate::{Criterion, Field, Grain, Hours, Increments, Measure, Part, Proration, ScheduleHours, Select, TimeUnit};

/// The units there are, and the grain each is counted from where none is named.
const UNITS: [(&str, Unit); 6] = [
    ("contact", Unit::Contact),
    ("leg", Unit::Leg),
    ("minute", Unit::Time(TimeUnit::Minute)),
    ("hour", Unit::Time(TimeUnit::Hour)),
    ("agent-hour", Unit::Time(TimeUnit::AgentHour)),
    ("agent-month", Unit::AgentMonth),
];

#[derive(Clone, Copy)]
enum Unit {
    Contact,
    Leg,
    Time(TimeUnit),
    AgentMonth,
}

const GRAINS: [(&str, Grain); 5] = [
    ("contact", Grain::Contact),
    ("leg", Grain::Leg),
    ("agent", Grain::Agent),
    ("agent_time", Grain::AgentTime),
    ("schedule", Grain::Schedule),
];

/// What a charge counts, before its price.
pub(super) struct Quantity {
    pub grain: Grain,
    pub select: Select,
    pub measure: Measure,
}

/// Reads `unit`, `grain`, `when`, `of`, `first`, `then` and an agent-month's `prorate`.
pub(super) fn read(unit_node: &Node, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Quantity> {
    let grain_node = fields.take("grain");
    let when_node = fields.take("when");
    let unit = match unit_node.text(findings) {
        Some(word @ ("sale" | "lead" | "appointment" | "resolution" | "cost")) => {
            let help = "take the charge out to price the rest, and reckon it by hand";
            findings.error("C001", &unit_node.span, format!("this version does not price by the {word}"), help);
            return None;
        }
        _ => {
            let unit = unit_node.one_of(&UNITS, findings);
            if unit.is_none() {
                // What else is wrong is found now, and not after the unit is mended.
                for span in ["first", "then"] {
                    let _ = fields.take(span).map(|node| node.milliseconds(findings));
                }
                let _ = fields.take("of").map(|node| Of::read(node, findings));
            }
            unit?
        }
    };
    let grain = match grain_node.map(|node| (node, node.text(findings))) {
        Some((node, Some(word @ ("shift" | "reported" | "period")))) => {
            let help = "take the charge out to price the rest, and reckon it by hand";
            findings.error("C001", &node.span, format!("this version does not count the grain `{word}`"), help);
            return None;
        }
        Some((node, Some(_))) => Some(node.one_of(&GRAINS, findings)?),
        Some((_, None)) => return None,
        None => None,
    };
    let of_node = fields.take("of");
    let of = of_node.map(|node| Of::read(node, findings));
    let of = match of {
        Some(None) => return None,
        Some(of) => of,
        None => None,
    };
    let grain = match grain {
        Some(grain) => grain,
        None => unsaid_grain(unit, of.as_ref(), when_node),
    };
    let mut select = select::read(when_node, grain, findings);
    if let (Some(node), Unit::Contact | Unit::Leg | Unit::AgentMonth) = (of_node, unit) {
        let message = format!("the unit `{}` counts no time, and `of` names some", unit_word(unit));
        findings.error("C007", &node.span, message, "take `of` out, or price by the minute or the hour");
    }
    let mismatch = |findings: &mut Findings| {
        let message = format!("the unit `{}` cannot be counted from the grain `{}`", unit_word(unit), grain.word());
        let span = grain_node.map_or(&unit_node.span, |node| &node.span);
        findings.error("C007", span, message, format!("write grain = \"{}\"", usual_grain(unit).word()));
    };
    let measure = match (unit, grain) {
        (Unit::Contact, Grain::Contact) => {
            if !selects(&select, Field::Outcome) {
                let message = "every contact counts, also those that nobody answered";
                let help = "if only answered contacts are billed, add `when = { outcome = [\"answered\"] }`";
                findings.warning("C027", &unit_node.span, message, help);
            }
            Measure::Contacts
        }
        (Unit::Leg, Grain::Leg) => {
            if !selects(&select, Field::Outcome) {
                let message = "every leg counts, also those that nobody answered";
                let help = "if only answered legs are billed, add `when = { outcome = [\"answered\"] }`";
                findings.warning("C027", &unit_node.span, message, help);
            }
            Measure::Legs
        }
        (Unit::Time(unit), Grain::Contact | Grain::Leg) => {
            let measure = contact_time(unit, of, of_node, unit_node, fields, findings)?;
            if let Measure::Time { increments, .. } = &measure
                && 0 < increments.first().0
                && !selects(&select, Field::Outcome)
            {
                let message = "contacts that nobody answered are billed the first increment too";
                let help = "if only answered contacts are billed, add `when = { outcome = [\"answered\"] }`";
                findings.warning("C027", &unit_node.span, message, help);
            }
            measure
        }
        (Unit::Time(unit), Grain::AgentTime) => {
            agent_time(of, of_node, unit_node, &mut select, findings)?;
            Measure::AgentTime { unit, overtime: None }
        }
        (Unit::Time(unit), Grain::Schedule) => match of {
            Some(Of::Hours(HoursWord::Schedule(of))) => Measure::Schedule { unit, of: ScheduleHours::One(of) },
            Some(Of::Hours(HoursWord::Productive)) => {
                Measure::Schedule { unit, of: ScheduleHours::One(Hours::Productive) }
            }
            _ => {
                let span = of_node.map_or(&unit_node.span, |node| &node.span);
                let help = "write `of = \"requested\"`, `\"scheduled\"` or `\"productive\"`";
                findings.error("C016", span, "it is not said which hours of the schedule are billed", help);
                return None;
            }
        },
        (Unit::AgentMonth, Grain::Agent) => Measure::AgentMonths { prorate: agent_proration(fields, findings) },
        _ => {
            mismatch(findings);
            return None;
        }
    };
    Some(Quantity { grain, select, measure })
}

/// What `of` names: parts of a contact's time, or hours of agents.
enum Of {
    Parts(Vec<Part>),
    Hours(HoursWord),
}

#[derive(Clone, Copy)]
enum HoursWord {
    Schedule(Hours),
    LoggedIn,
    Productive,
}

impl Of {
    fn read(node: &Node, findings: &mut Findings) -> Option<Of> {
        match &node.value {
            Value::Table(_) => {
                let help = "name one kind of hours: \"requested\", \"scheduled\", \"logged in\" or \"productive\"";
                findings.error(
                    "C001",
                    &node.span,
                    "this version does not price the lesser or greater of two quantities",
                    help,
                );
                None
            }
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

fn unsaid_grain(unit: Unit, of: Option<&Of>, when: Option<&Node>) -> Grain {
    let by_state = matches!(when.map(|node| &node.value), Some(Value::Table(table)) if table.get("state").is_some());
    match (unit, of) {
        (Unit::Time(_), Some(Of::Hours(HoursWord::Schedule(_)))) => Grain::Schedule,
        (Unit::Time(_), Some(Of::Hours(HoursWord::LoggedIn | HoursWord::Productive))) => Grain::AgentTime,
        (Unit::Time(_), _) if by_state => Grain::AgentTime,
        _ => usual_grain(unit),
    }
}

fn usual_grain(unit: Unit) -> Grain {
    match unit {
        Unit::Contact | Unit::Time(TimeUnit::Minute) => Grain::Contact,
        Unit::Leg => Grain::Leg,
        Unit::Time(TimeUnit::Hour | TimeUnit::AgentHour) => Grain::AgentTime,
        Unit::AgentMonth => Grain::Agent,
    }
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Contact => "contact",
        Unit::Leg => "leg",
        Unit::Time(unit) => unit.word(),
        Unit::AgentMonth => "agent-month",
    }
}

fn selects(select: &Select, field: Field) -> bool {
    select.criteria.iter().any(|criterion| matches!(criterion, Criterion::OneOf(known, _) if *known == field))
}

/// The longest increment: a year.
const LONGEST: Milliseconds = Milliseconds(366 * 86_400_000);

/// Billable time of contacts or legs: which parts, in which increments.
fn contact_time(
    unit: TimeUnit,
    of: Option<Of>,
    of_node: Option<&Node>,
    unit_node: &Node,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<Measure> {
    let of = match of {
        Some(Of::Parts(parts)) => parts,
        Some(Of::Hours(_)) => {
            let span = of_node.map_or(&unit_node.span, |node| &node.span);
            let help = "contacts have the parts \"talk\", \"hold\", \"wrap\", \"ring\" and \"wait\"";
            findings.error("C007", span, "contacts have no hours of agents", help);
            return None;
        }
        None => {
            let message = "it is not said which time is billed: talk and wrap are taken";
            let help = "ask the provider whether hold, ring and waiting time are billed too, and add \
                        `of = [\"talk\", \"wrap\"]`; in synthetic traffic hold adds 6 percent to the bill";
            findings.warning("C020", &unit_node.span, message, help);
            vec![Part::Talk, Part::Wrap]
        }
    };
    let first_node = fields.take("first");
    let then_node = fields.take("then");
    if first_node.is_none() && then_node.is_none() {
        let message = "no increment is named: time is billed to the millisecond";
        let help = "ask the provider, and add `then = \"1s\"` (or \"6s\", \"60s\"): \
                    whole minutes add half a minute to a call on average";
        findings.warning("C021", &unit_node.span, message, help);
        return Some(Measure::Time { unit, of, increments: Increments::EXACT });
    }
    let first = first_node.map(|node| node.milliseconds(findings));
    let then = then_node.map(|node| node.milliseconds(findings));
    let (first, then) = match (first, then) {
        (Some(first), Some(then)) => (first?, then?),
        (Some(first), None) => (first?, Increments::EXACT.then()),
        (None, Some(then)) => (Milliseconds(0), then?),
        (None, None) => unreachable!("one of them is named"),
    };
    for (span, node) in [(first, first_node), (then, then_node)] {
        if let (true, Some(node)) = (LONGEST < span, node) {
            let message = format!("no contact is ever as long as {span}");
            findings.error("C014", &node.span, message, "write an increment of seconds or minutes");
            return None;
        }
    }
    match Increments::new(first, then) {
        Some(increments) => Some(Measure::Time { unit, of, increments }),
        None => {
            let span = then_node.map_or(&unit_node.span, |node| &node.span);
            findings.error(
                "C014",
                span,
                "an increment of no length cannot be counted",
                "write `then = \"1s\"` for seconds",
            );
            None
        }
    }
}

/// Which states of agents are billed: those that `of` or `when.state` names.
fn agent_time(
    of: Option<Of>,
    of_node: Option<&Node>,
    unit_node: &Node,
    select: &mut Select,
    findings: &mut Findings,
) -> Option<()> {
    let span = of_node.map_or(&unit_node.span, |node| &node.span);
    let states = |wanted: fn(AgentState) -> bool| -> Vec<String> {
        AgentState::ALL.iter().filter(|state| wanted(**state)).map(|state| state.as_str().to_owned()).collect()
    };
    let states = match (of, selects(select, Field::State)) {
        (None, true) => return Some(()),
        (Some(Of::Hours(HoursWord::LoggedIn)), false) => states(AgentState::is_logged_in),
        (Some(Of::Hours(HoursWord::Productive)), false) => states(AgentState::is_productive),
        (Some(Of::Hours(HoursWord::Schedule(hours))), _) => {
            let help = "write grain = \"schedule\" for it";
            findings.error("C007", span, format!("agents' states do not tell {} hours", hours.word()), help);
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
        (None, false) => {
            let help = "write `of = \"logged in\"`, `\"productive\"`, `\"requested\"` or `\"scheduled\"`";
            findings.error("C016", span, "it is not said which hours are billed", help);
            return None;
        }
    };
    select.criteria.push(Criterion::OneOf(Field::State, states));
    Some(())
}

fn agent_proration(fields: &mut Fields<'_>, findings: &mut Findings) -> Proration {
    match fields.take("prorate") {
        Some(node) => {
            node.one_of(&[("day", Proration::Day), ("none", Proration::None)], findings).unwrap_or(Proration::None)
        }
        None => {
            let message = "it is not said what an agent costs who joins or leaves within a month: a full month";
            let help =
                "ask the provider, and add `prorate = \"day\"` (the share of the month's days) or `prorate = \"none\"`";
            findings.warning("C026", fields.place(), message, help);
            Proration::None
        }
    }
}
