//! Reading what shares the bands, and surcharges.

use longshore_document::{Fields, Findings, Node, quoted};
use longshore_units::Factor;

use super::Calendars;
use crate::{Across, Class, Counted, Grain, Measure, Overlap, Scope, Surcharge, SurchargeBase, Tariff, Tiers};

/// `scope`: what shares the bands.
pub(super) fn scope(fields: &mut Fields<'_>, tariff: Option<&Tariff>, findings: &mut Findings) -> Scope {
    let words = [Scope::Program, Scope::Site, Scope::Contract].map(|scope| (scope.word(), scope));
    match fields.take("scope") {
        Some(node) => node.one_of(&words, findings).unwrap_or(Scope::Contract),
        None => {
            if matches!(tariff, Some(tariff @ Tariff::Bands { .. }) if tariff.single().is_none()) {
                let message = "it is not said what shares the bands: the whole contract";
                let help = "ask the provider, and add `scope = \"contract\"`, `\"program\"` or `\"site\"`: \
                            apart, each would climb the bands by itself and pay more";
                findings.warning("C025", fields.place(), message, help);
            }
            Scope::Contract
        }
    }
}

/// `surcharge`: what is added at certain times, and what holds where several apply.
pub(super) fn surcharges(
    fields: &mut Fields<'_>,
    calendars: &Calendars,
    findings: &mut Findings,
) -> (Vec<Surcharge>, Overlap) {
    let overlap_entry = fields.take_entry("surcharges");
    let overlap = overlap_entry
        .and_then(|(_, node)| node.one_of(&[("add", Overlap::Add), ("highest", Overlap::Highest)], findings));
    let nodes = fields.take("surcharge").map_or(&[][..], Node::one_or_many);
    if nodes.len() > Class::MOST {
        let message = format!("more than {} surcharges on one charge", Class::MOST);
        let span = nodes.last().map_or(fields.place(), |node| &node.span);
        findings.error("C017", span, message, "join calendars that have the same percentage");
        return (Vec::new(), Overlap::Add);
    }
    let mut surcharges: Vec<Surcharge> = Vec::new();
    for node in nodes {
        let Some(surcharge) = surcharge(node, calendars, findings) else { continue };
        if surcharges.iter().any(|known| known.calendar == surcharge.calendar) {
            let message = format!("the calendar `{}` has two surcharges on this charge", surcharge.calendar);
            findings.error("C017", &node.span, message, "add their percentages up, or name another calendar");
        } else {
            surcharges.push(surcharge);
        }
    }
    if let (Some((key, _)), 0 | 1) = (overlap_entry, surcharges.len()) {
        let message = "`surcharges` says what holds where several apply, and there is one at most";
        findings.warning("C029", &key.span, message, "take it out, or name the other surcharges");
    }
    (surcharges, overlap.unwrap_or(Overlap::Add))
}

fn surcharge(node: &Node, calendars: &Calendars, findings: &mut Findings) -> Option<Surcharge> {
    let mut fields = Fields::of(node, findings)?;
    let calendar_node = fields.require("calendar", "the name of a [calendar.NAME]", findings);
    let percent = fields.require("percent", "what is added, in percent of the list price", findings);
    let percent = percent.and_then(|node| node.percent(findings).map(|percent| (node, percent)));
    let bases =
        [("list", SurchargeBase::List), ("marginal", SurchargeBase::Marginal), ("average", SurchargeBase::Average)];
    let base = fields.take("base").map_or(Some(SurchargeBase::List), |node| node.one_of(&bases, findings));
    let ways = [("start", Across::Start), ("split", Across::Split)];
    let across = fields.take("across").map_or(Some(Across::Start), |node| node.one_of(&ways, findings));
    fields.finish(findings);
    let name = calendar_node?.name(findings)?;
    if !calendars.contains_key(name) {
        let help = if calendars.is_empty() {
            format!("add `[calendar.{name}]` with `use = \"US-federal\"`, dates or hours")
        } else {
            format!("the contract's calendars are {}", quoted(calendars.keys().map(String::as_str)))
        };
        findings.error("C009", &calendar_node?.span, format!("there is no calendar `{name}`"), help);
    }
    let (percent_node, percent) = percent?;
    if percent.is_negative() {
        findings.error(
            "C017",
            &percent_node.span,
            "a surcharge below 0 is a discount",
            "write a percentage of at least 0",
        );
    }
    Some(Surcharge {
        calendar: name.to_owned(),
        share: Factor::percent(&percent),
        base: base.unwrap_or_default(),
        across: across.unwrap_or_default(),
    })
}

/// Refuses surcharges on what has no hours, no price a unit, or no parts.
pub(super) fn agree(counted: &Counted, fields: &mut Fields<'_>, findings: &mut Findings) {
    let Some(node) = fields.take("surcharge") else { return };
    let by_contact = counted.grain.rounds_rows();
    let refused = match (&counted.measure, &counted.tariff) {
        (Measure::AgentMonths { .. }, _) => Some((
            "C017",
            "an agent-month lies in no hours of the day: it bears no surcharge",
            "take the surcharge out, or price the agents by the hour",
        )),
        _ if counted.grain == Grain::Reported => Some((
            "C017",
            "what is reported lies in no hours of the day: it bears no surcharge",
            "take the surcharge out: who reports the quantity can name those of holidays and nights apart",
        )),
        (_, Tariff::Bands { tiers: Tiers::StairStep, .. }) => Some((
            "C033",
            "stair-step tiers have no price a unit that a surcharge could be a share of",
            "take the surcharge out, or price the charge by the unit",
        )),
        (measure, _) if counted.splits() && !(by_contact && matches!(measure, Measure::Time { .. })) => Some((
            "C033",
            "only the time of contacts and legs is split between calendars",
            "write `across = \"start\"`: agents' time is cut at a calendar's edges anyway",
        )),
        _ => None,
    };
    if let Some((code, message, help)) = refused {
        findings.error(code, &node.span, message, help);
    }
}
