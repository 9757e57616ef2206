//! Reading `[[index]]`: how prices move over the years.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Exact, Factor, Months, Term};

use super::Placed;
use super::over_lines::{Lines, two_ways};
use crate::{Charge, ChargeKind, Index, IndexBy, Measure, Per, Tariff, Tiers, TiersBy};

pub(super) fn read(node: &Node, lines: &Lines<'_>, findings: &mut Findings) -> Option<Placed<Index>> {
    let mut fields = Fields::of(node, findings)?;
    let clause = fields.take("clause").and_then(|node| node.name(findings)).map(str::to_owned);
    let on_node = fields.take("on");
    let on = lines.on(&mut fields, "the charges whose prices move", findings);
    let by = by(&mut fields, findings);
    let every = fields.require("every", "how often prices move, such as \"year\" or \"6 months\"", findings);
    let every = every.and_then(|node| {
        let Months(months) = node.read("\"6 months\"", findings)?;
        if months == 0 {
            findings.error("T007", &node.span, "prices cannot move all the time", "write \"month\" or more");
        }
        Some(months).filter(|months| 0 < *months)
    });
    let at_most = fields.take("at_most").map(|node| (node, movement(node, findings)));
    let at_least = fields.take("at_least").map(|node| movement(node, findings));
    let place = fields.place().clone();
    if by.is_none() {
        fields.admit(&["base"]); // What could not be read may not have asked for all its keys.
    }
    fields.finish(findings);
    if let (Some((node, Some(most))), Some(Some(least))) = (&at_most, &at_least)
        && most < least
    {
        let help = "raise `at_most`, or write a lower `at_least`";
        findings.error("C053", &node.span, "the most that prices move is below the least", help);
        return None;
    }
    let on = on?;
    for charge in on.iter().map(|position| &lines.charges[*position]).filter(|charge| !has_price(&charge.value)) {
        let name = &charge.value.name;
        let message = format!("`{name}` has no price of its own that could move");
        let primary = findings.label(on_node.map_or(&place, |node| &node.span), "this index");
        let related = findings.label(&charge.place, "is a share of what moves or costs by itself");
        let diagnostic = longshore_units::Diagnostic::error("C055", message, primary).with_related(related);
        findings.push(diagnostic.with_help("name the charge that it is a share of, or take it out"));
    }
    if let (Some(every), Some(term)) = (every, lines.term) {
        let moving = on.iter().map(|position| &lines.charges[*position]);
        for charge in moving.filter(|charge| reckons_anew(&charge.value, every, term)) {
            let (name, per) = (&charge.value.name, per_of(&charge.value).word());
            let message =
                format!("the prices of `{name}` would move within a {per} whose volume chooses one price for all");
            let primary = findings.label(on_node.map_or(&place, |node| &node.span), "this index");
            let related = findings.label(&charge.place, "reckons earlier months anew");
            let diagnostic = longshore_units::Diagnostic::error("C055", message, primary).with_related(related);
            let help = format!("let prices move at the end of each {per}, or use graduated tiers");
            findings.push(diagnostic.with_help(help));
        }
    }
    let at_most = at_most.map_or(Some(None), |(_, read)| read.map(Some))?;
    let at_least = at_least.map_or(Some(None), |read| read.map(Some))?;
    Some(Placed { value: Index { clause, on, by: by?, every_months: every?, at_most, at_least }, place })
}

/// `by` with `base`, or `percent`.
fn by(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<IndexBy> {
    match (fields.take("by"), fields.take("percent")) {
        (Some(by), None) => {
            let what = by.name(findings).map(str::to_owned);
            let base = fields.require("base", "the day whose value the first step is compared with", findings);
            let base = base.and_then(|node| node.date(findings));
            Some(IndexBy::Series { what: what?, base: base? })
        }
        (None, Some(node)) => movement(node, findings).map(IndexBy::Share),
        (Some(by), Some(percent)) => {
            let message = "an index follows a series, or moves by the same percentage each time";
            two_ways(message, "make two indexes of it", (by, percent), findings);
            None
        }
        (None, None) => {
            let help = "add `by = \"US-CPI\"` with `base = 2026-10-31`, or `percent = \"3%\"`";
            findings.error("C052", fields.place(), "this index does not say by how much prices move", help);
            None
        }
    }
}

/// A percentage by which prices move, up or down, but never to nothing.
fn movement(node: &Node, findings: &mut Findings) -> Option<Factor> {
    let percent = node.percent(findings)?;
    if percent <= Exact::from(-100i128) {
        findings.error("T007", &node.span, "prices cannot fall by all they are", "write a percentage above -100");
        return None;
    }
    Some(Factor::percent(&percent))
}

/// Whether the volume of more than a month chooses one price for all of it, and prices would move on another day than the
/// first of such a period: what earlier months were billed would be reckoned anew at prices that never were theirs.
fn reckons_anew(charge: &Charge, every: u32, term: Term) -> bool {
    let ChargeKind::Counted(counted) = &charge.kind else { return false };
    let Tariff::Bands { bands, tiers: Tiers::Volume | Tiers::StairStep, by: TiersBy::Quantity } = &counted.tariff
    else {
        return false;
    };
    let is_aligned = |months: u32| every.is_multiple_of(months) && term.starts.day() == 1;
    1 < bands.count() && counted.per != Per::Month && !counted.per.months().is_some_and(is_aligned)
}

fn per_of(charge: &Charge) -> Per {
    match &charge.kind {
        ChargeKind::Counted(counted) => counted.per,
        _ => Per::Month,
    }
}

/// Whether a charge has a price in money that is not another's.
fn has_price(charge: &Charge) -> bool {
    match &charge.kind {
        ChargeKind::Counted(counted) => {
            !matches!(counted.measure, Measure::SaleAmount | Measure::Cost { .. })
                && !matches!(counted.tariff, Tariff::OfPrice { .. })
        }
        ChargeKind::Ratio(_) | ChargeKind::Flat { .. } | ChargeKind::FourWeekly { .. } | ChargeKind::Once { .. } => {
            true
        }
        ChargeKind::Share(_) => false,
    }
}
