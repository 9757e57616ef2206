//! Reading what a charge counts: unit, grain, rows, parts and increments.

use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Days, Milliseconds};

use super::hours::{self, HoursWord, Of};
use super::increments;
use super::select::{self, When};
use super::unit::{self, Unit};
use crate::{Field, Grain, Hours, Measure, Part, Proration, Refund, ScheduleHours, Select, TimeUnit};

const GRAINS: [(&str, Grain); 6] = [
    ("contact", Grain::Contact),
    ("leg", Grain::Leg),
    ("agent", Grain::Agent),
    ("agent_time", Grain::AgentTime),
    ("schedule", Grain::Schedule),
    ("reported", Grain::Reported),
];

/// What a charge counts, before its price.
pub(super) struct Quantity {
    pub grain: Grain,
    pub select: Select,
    pub measure: Measure,
    pub refund: Option<Refund>,
}

/// Reads `unit`, `grain`, `when`, `of`, `first`, `then`, an agent-month's `prorate`, `reopened_within`, `evidence` and
/// `refund`. `by_percent` says that sales are priced by a share of their amounts.
pub(super) fn read(
    unit_node: &Node,
    by_percent: bool,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<Quantity> {
    let grain_node = fields.take("grain");
    let when_node = fields.take("when");
    let unit = unit::read(unit_node, findings);
    if unit.is_none() {
        // What else is wrong is found now, and not after the unit is mended.
        for span in ["first", "then"] {
            let _ = fields.take(span).map(|node| node.milliseconds(findings));
        }
        let _ = fields.take("of").map(|node| Of::read(node, findings));
    }
    let unit = unit?;
    let grain = match grain_node.map(|node| (node, node.text(findings))) {
        Some((node, Some(word @ ("shift" | "period")))) => {
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
    let When { mut select, overtime } = select::read(when_node, grain, findings);
    if let (Some(node), false) = (of_node, matches!(unit, Unit::Time(_))) {
        let message = format!("the unit `{}` counts no time, and `of` names some", unit.word());
        findings.error("C007", &node.span, message, "take `of` out, or price by the minute or the hour");
    }
    let mismatch = |findings: &mut Findings| {
        let message = format!("the unit `{}` cannot be counted from the grain `{}`", unit.word(), grain.word());
        let span = grain_node.map_or(&unit_node.span, |node| &node.span);
        findings.error("C007", span, message, format!("write grain = \"{}\"", unit.usual_grain().word()));
    };
    let measure = match (unit, grain) {
        (Unit::Contact, Grain::Contact) => {
            if !select.has(Field::Outcome) {
                let message = "every contact counts, also those that nobody answered";
                let help = "if only answered contacts are billed, add `when = { outcome = [\"answered\"] }`";
                findings.warning("C027", &unit_node.span, message, help);
            }
            Measure::Contacts
        }
        (Unit::Leg, Grain::Leg) => {
            if !select.has(Field::Outcome) {
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
                && !select.has(Field::Outcome)
            {
                let message = "contacts that nobody answered are billed the first increment too";
                let help = "if only answered contacts are billed, add `when = { outcome = [\"answered\"] }`";
                findings.warning("C027", &unit_node.span, message, help);
            }
            measure
        }
        (Unit::Time(unit), Grain::AgentTime) => {
            hours::agent_states(of, of_node, unit_node, &mut select, overtime.is_some(), findings)?;
            Measure::AgentTime { unit, overtime: overtime.flatten() }
        }
        (Unit::Time(unit), Grain::Schedule) => match of {
            Some(Of::Hours(HoursWord::Schedule(of))) => Measure::Schedule { unit, of: ScheduleHours::One(of) },
            Some(Of::Hours(HoursWord::Productive)) => {
                Measure::Schedule { unit, of: ScheduleHours::One(Hours::Productive) }
            }
            Some(Of::Pick(of)) => Measure::Schedule { unit, of },
            _ => {
                let span = of_node.map_or(&unit_node.span, |node| &node.span);
                let help = "write `of = \"requested\"`, `\"scheduled\"` or `\"productive\"`";
                findings.error("C016", span, "it is not said which hours of the schedule are billed", help);
                return None;
            }
        },
        (Unit::AgentMonth, Grain::Agent) => Measure::AgentMonths { prorate: agent_proration(fields, findings) },
        (Unit::Resolution, Grain::Contact) => {
            Measure::Resolutions { reopened_within: reopened_within(unit_node, fields, findings)? }
        }
        (Unit::Sale, Grain::Contact) if by_percent => Measure::SaleAmount,
        (Unit::Sale, Grain::Contact) => Measure::Sales,
        (Unit::Lead, Grain::Contact) => Measure::Leads,
        (Unit::Appointment, Grain::Contact) => Measure::Appointments,
        (Unit::Item, Grain::Reported) => Measure::Reported { evidence: evidence(fields, findings)? },
        (Unit::Cost, Grain::Reported) => Measure::Cost { evidence: evidence(fields, findings)? },
        _ => {
            mismatch(findings);
            return None;
        }
    };
    for (word, units) in OF_UNITS {
        if let (Some((key, _)), false) = (fields.take_entry(word), units.contains(&unit)) {
            let units: Vec<String> = units.iter().map(|unit| format!("`unit = \"{}\"`", unit.word())).collect();
            let message = format!("`{word}` says nothing of the unit `{}`", unit.word());
            findings.error("C044", &key.span, message, format!("take it out: it belongs to {}", units.join(" and ")));
        }
    }
    let refund = refund(grain, fields, findings);
    Some(Quantity { grain, select, measure, refund })
}

/// Keys that only some units have.
const OF_UNITS: [(&str, &[Unit]); 3] =
    [("markup", &[Unit::Cost]), ("evidence", &[Unit::Item, Unit::Cost]), ("reopened_within", &[Unit::Resolution])];

/// `reopened_within`: for how long a resolution must hold.
fn reopened_within(unit: &Node, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Option<Milliseconds>> {
    let Some(node) = fields.take("reopened_within") else {
        let message =
            "it is not said what becomes of a resolution whose customer comes back: it is billed all the same";
        let help =
            "ask the provider, and add `reopened_within = \"7 days\"`: those that do not hold so long are not billed";
        findings.warning("C041", &unit.span, message, help);
        return Some(None);
    };
    // Days are the usual unit; hours and minutes may stand too.
    let days = node.text(findings)?.parse::<Days>();
    let window = match days {
        Ok(days) => Milliseconds::seconds(u64::from(days.0) * 86_400),
        Err(_) => node.milliseconds(findings)?,
    };
    if window.0 == 0 || increments::LONGEST < window {
        let help = "write a number of days, such as \"7 days\"";
        findings.error("C014", &node.span, "no resolution is held open so long, or so short", help);
        return None;
    }
    Some(Some(window))
}

/// `evidence`: whether rows without a document are left out.
fn evidence(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<bool> {
    let words = [("required", true), ("optional", false)];
    fields.take("evidence").map_or(Some(false), |node| node.one_of(&words, findings))
}

/// `refund = { if_left_within = "90 days" }`.
fn refund(grain: Grain, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Refund> {
    let (key, node) = fields.take_entry("refund")?;
    if grain != Grain::AgentTime {
        let message = format!("records of the grain `{}` name no agent whose time could be given back", grain.word());
        findings.error("C044", &key.span, message, "write grain = \"agent_time\", or take it out");
        return None;
    }
    let mut of = Fields::of(node, findings)?;
    let within = of.require("if_left_within", "how soon after it was billed, such as \"90 days\"", findings);
    let within = within.and_then(|node| Some((node, node.read::<Days>("\"90 days\"", findings)?)));
    of.finish(findings);
    let (node, within) = within?;
    if within.0 == 0 || REFUND_MOST < within {
        let help = "write a number of days from 1 to 366";
        findings.error("C014", &node.span, format!("nobody refunds after {within}"), help);
        return None;
    }
    Some(Refund { within })
}

/// The longest time after which something is given back: a year.
const REFUND_MOST: Days = Days(366);

fn unsaid_grain(unit: Unit, of: Option<&Of>, when: Option<&Node>) -> Grain {
    let names =
        |word: &str| matches!(when.map(|node| &node.value), Some(Value::Table(table)) if table.get(word).is_some());
    let by_state = names("state") || names("overtime");
    match (unit, of) {
        (Unit::Time(_), Some(Of::Hours(HoursWord::Schedule(_)) | Of::Pick(_))) => Grain::Schedule,
        (Unit::Time(_), Some(Of::Hours(HoursWord::LoggedIn | HoursWord::Productive))) => Grain::AgentTime,
        (Unit::Time(_), _) if by_state => Grain::AgentTime,
        _ => unit.usual_grain(),
    }
}

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
        Some(Of::Hours(_) | Of::Pick(_)) => {
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
    increments::read(fields, unit_node, findings).map(|increments| Measure::Time { unit, of, increments })
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
