//! Reading what a unit costs: bands, what shares them, surcharges.

use longshore_document::{Fields, Findings, Node, Value, quoted};
use longshore_units::{Diagnostic, Factor, Price, Quantity};

use super::Calendars;
use crate::{Across, Band, Bands, BandsError, Bound, Class, Overlap, Scope, Surcharge, SurchargeBase};

/// `each`, or `bands` with their tiers.
pub(super) fn bands(fields: &mut Fields<'_>, refused: bool, findings: &mut Findings) -> Option<Bands> {
    let each = fields.take("each");
    let bands = fields.take("bands");
    let tiers = fields.take("tiers");
    if let Some(node) = tiers {
        match node.text(findings) {
            Some("graduated") | None => {}
            Some(word @ ("volume" | "stair-step" | "package")) => {
                let help = "take the charge out to price the rest, and reckon it by hand";
                findings.error("C001", &node.span, format!("this version does not price {word} tiers"), help);
            }
            Some(_) => {
                node.one_of(&[("graduated", ())], findings);
            }
        }
    }
    match (each, bands) {
        (Some(node), None) if matches!(node.value, Value::Table(_)) => {
            let help = "write the price itself; reckon shares of other charges by hand";
            findings.error("C001", &node.span, "this version does not price a share of another charge", help);
            None
        }
        (Some(node), None) => node.exact_not_negative(findings).map(|price| Bands::flat(Price(price))),
        (None, Some(node)) => {
            if tiers.is_none() && 1 < node.one_or_many().len() {
                let message = "it is not said how the bands apply: each to the units within it (graduated)";
                let help = "ask the provider, and add `tiers = \"graduated\"`; \
                            with volume tiers one price would apply to all units";
                findings.warning("C028", &node.span, message, help);
            }
            banded(node, findings)
        }
        (Some(each), Some(bands)) => {
            let _ = (each.exact_not_negative(findings), banded(bands, findings));
            let primary = findings.label(&each.span, "one price");
            let related = findings.label(&bands.span, "and prices by band");
            let diagnostic = Diagnostic::error("C003", "this charge has two prices", primary).with_related(related);
            findings.push(diagnostic.with_help("keep one of them"));
            None
        }
        (None, None) if refused => None,
        (None, None) => {
            let help = "add `each = \"0.95\"`, or `bands = [{ from = \"0\", each = \"0.95\" }, …]`";
            findings.error("C003", fields.place(), "this charge has no price", help);
            None
        }
    }
}

fn banded(node: &Node, findings: &mut Findings) -> Option<Bands> {
    let nodes = node.list(findings)?;
    let (mut starts, mut prices) = (Vec::new(), Vec::new());
    for node in nodes {
        let Some(mut fields) = Fields::of(node, findings) else { continue };
        let from_node = fields.require("from", "the volume at which the band begins", findings);
        let each_node = fields.require("each", "the price of a unit in the band", findings);
        let from = from_node.and_then(|node| Some((node, node.exact_not_negative(findings)?)));
        prices.extend(each_node.and_then(|node| node.exact_not_negative(findings)).map(Price));
        starts.extend(from.map(|(node, from)| (Quantity(from), &node.span)));
        fields.finish(findings);
    }
    // Where the bands begin is looked at also where a price is missing; where a start is, nothing can be said of them.
    if starts.len() < nodes.len() {
        return None;
    }
    let whole = prices.len() == nodes.len();
    let places: Vec<_> = starts.iter().map(|(_, span)| (*span).clone()).collect();
    let priced = prices.into_iter().chain(std::iter::repeat(Price::zero()));
    let bands = starts.into_iter().zip(priced).map(|((start, _), price)| Band::plain(Bound::Units(start), price));
    match Bands::new(bands.collect()) {
        Ok(bands) => whole.then_some(bands),
        Err(BandsError::GapAtStart) => {
            let span = places.first().unwrap_or(&node.span);
            let help = "small volumes would have no price: begin at \"0\"";
            findings.error("C005", span, "the first band does not begin at 0", help);
            None
        }
        Err(BandsError::NotIncreasing(position) | BandsError::Mixed(position)) => {
            let primary = findings.label(&places[position], "this band");
            let related = findings.label(&places[position - 1], "starts where this one does, or after it");
            let message = "two bands start at the same volume, or in the wrong order";
            let diagnostic = Diagnostic::error("C006", message, primary).with_related(related);
            findings.push(diagnostic.with_help("raise one start; bands must increase, and the last one has no end"));
            None
        }
    }
}

/// `scope`: what shares the bands.
pub(super) fn scope(fields: &mut Fields<'_>, bands: Option<&Bands>, findings: &mut Findings) -> Scope {
    let words = [Scope::Program, Scope::Site, Scope::Contract].map(|scope| (scope.word(), scope));
    match fields.take("scope") {
        Some(node) => node.one_of(&words, findings).unwrap_or(Scope::Contract),
        None => {
            if bands.is_some_and(|bands| bands.single().is_none()) {
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
    let base = fields.take("base").map(|node| (node, node.text(findings)));
    match base {
        Some((node, Some(word @ ("marginal" | "average")))) => {
            let help = "write `base = \"list\"` if the first band's price is meant";
            findings.error(
                "C001",
                &node.span,
                format!("this version does not price surcharges on the {word} price"),
                help,
            );
        }
        Some((node, Some(_))) => {
            node.one_of(&[("list", ())], findings);
        }
        Some((_, None)) | None => {}
    }
    match fields.take("across").map(|node| (node, node.text(findings))) {
        Some((node, Some("split"))) => {
            let help = "write `across = \"start\"` if the calendar at the contact's start decides";
            findings.error("C001", &node.span, "this version does not split a contact between calendars", help);
        }
        Some((node, Some(_))) => {
            node.one_of(&[("start", ())], findings);
        }
        Some((_, None)) | None => {}
    }
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
    let (base, across) = (SurchargeBase::List, Across::Start);
    Some(Surcharge { calendar: name.to_owned(), share: Factor::percent(&percent), base, across })
}
