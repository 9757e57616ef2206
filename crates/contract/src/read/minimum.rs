//! Reading `[[minimum]]`: what some charges come to at least, in money or volume.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Factor, Price};

use super::over_lines::{Heading, Lines, forecast, two_ways};
use super::{Placed, bound, condition};
use crate::{Beyond, Bound, Minimum, MinimumOf, Per, Quantum};

pub(super) fn read(node: &Node, lines: &Lines<'_>, findings: &mut Findings) -> Option<Placed<Minimum>> {
    let mut fields = Fields::of(node, findings)?;
    let heading = Heading::of(&mut fields, "minimum", findings);
    let on = lines.on(&mut fields, "the charges that count towards it", findings);
    let per = lines.per(&mut fields, findings);
    let name = heading.as_ref().map_or("minimum", |heading| &heading.name);
    let queues = forecast(&mut fields, findings);
    let waiver = fields.take("waived_if");
    let waived_if = waiver.map(|node| condition::read(node, queues.clone(), findings));
    let of = of(&mut fields, name, per.unwrap_or_default(), queues, lines, findings);
    let place = fields.place().clone();
    if of.is_none() {
        // What could not be read may not have asked for all its keys.
        fields.admit(&["shortfall_each", "beyond", "prorate"]);
    }
    fields.finish(findings);
    let waived_if = match waived_if {
        Some(condition) => Some(condition?),
        None => None,
    };
    let Heading { name, clause, place: named } = heading?;
    let minimum = Minimum { name, clause, on: on?, per: per?, of: of?, waived_if };
    let quanta = minimum.quanta();
    let looks_at_volume = quanta.contains(&Quantum::Volume) || quanta.contains(&Quantum::Forecast);
    if looks_at_volume && lines.one_unit(&minimum.on, &place, findings) && quanta.contains(&Quantum::Forecast) {
        lines.forecast_knows(&minimum.on, &place, findings);
    }
    Some(Placed { value: minimum, place: named })
}

/// `amount`, or `volume` with what missing units cost.
fn of(
    fields: &mut Fields<'_>,
    name: &str,
    per: Per,
    forecast: Vec<String>,
    lines: &Lines<'_>,
    findings: &mut Findings,
) -> Option<MinimumOf> {
    match (fields.take("amount"), fields.take("volume")) {
        (Some(amount), None) => {
            let amount = amount.exact_not_negative(findings).map(Amount);
            let prorate = lines.proration(fields, name, per, findings);
            Some(MinimumOf::Amount { amount: amount?, prorate: prorate? })
        }
        (None, Some(node)) => {
            let volume = bound::read(node, findings);
            let each = fields.require("shortfall_each", "what each missing unit costs, such as \"0.30\"", findings);
            let shortfall_each = each.and_then(|node| node.exact_not_negative(findings)).map(Price);
            let beyond = fields.take("beyond").map(|node| beyond(node, findings));
            // A share of the forecast follows the days anyway.
            let prorate = match &volume {
                Some(Bound::Units(_)) => lines.proration(fields, name, per, findings),
                _ => fields.take("prorate").map_or(Some(crate::Proration::None), |node| {
                    node.one_of(&[("day", crate::Proration::Day), ("none", crate::Proration::None)], findings)
                }),
            };
            let beyond = match beyond {
                Some(beyond) => Some(beyond?),
                None => None,
            };
            let (volume, shortfall_each, prorate) = (volume?, shortfall_each?, prorate?);
            Some(MinimumOf::Volume { volume, prorate, forecast, shortfall_each, beyond })
        }
        (Some(amount), Some(volume)) => {
            let message = "a minimum is either an amount or a volume";
            two_ways(message, "make two minimums of it", (amount, volume), findings);
            None
        }
        (None, None) => {
            let help = "add `amount = \"40000\"`, or `volume = \"90% of forecast\"` with `shortfall_each = \"0.30\"`";
            findings.error("C052", fields.place(), "this minimum does not say how much", help);
            None
        }
    }
}

/// What is added for units far beyond the volume.
fn beyond(node: &Node, findings: &mut Findings) -> Option<Beyond> {
    let mut fields = Fields::of(node, findings)?;
    let above = fields.require("above", "the volume beyond which it applies, such as \"110% of forecast\"", findings);
    let percent = fields.require("percent", "what is added for each unit beyond, in percent of its price", findings);
    let above = above.and_then(|node| bound::read(node, findings));
    let percent = percent.and_then(|node| node.percent_not_negative(findings));
    fields.finish(findings);
    Some(Beyond { above: above?, share: Factor::percent(&percent?) })
}
