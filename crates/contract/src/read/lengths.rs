//! Reading prices by the length of each contact.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Diagnostic, Milliseconds, Price};

use crate::{Counted, Increments, Length, LengthStart, Lengths, Measure, Tariff};

/// The most parts of a contact's length: each row's time is laid into all of them.
const MOST: usize = 100;

/// Reads `lengths` and `lengths_by`, where a charge has them.
pub(super) fn read(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Option<Tariff>> {
    let by = fields.take_entry("lengths_by");
    let Some(node) = fields.take("lengths") else {
        if let Some((key, _)) = by {
            let help = "add `lengths = [{ from = \"0s\", each = \"0.40\", then = \"60s\" }, …]`, or take it out";
            findings.error(
                "C035",
                &key.span,
                "`lengths_by` tells how prices by length apply, and there are none",
                help,
            );
        }
        return None;
    };
    for other in ["each", "bands"] {
        if let Some((key, _)) = fields.take_entry(other) {
            let primary = findings.label(&key.span, "one price");
            let related = findings.label(&node.span, "and prices by length");
            let diagnostic = Diagnostic::error("C003", "this charge has two prices", primary).with_related(related);
            findings.push(diagnostic.with_help("keep one of them"));
        }
    }
    let whole = match by {
        Some((_, node)) => node.one_of(&[("part", false), ("whole", true)], findings),
        None => {
            let message =
                "it is not said whether the length that a contact reaches prices all of it: only what is beyond";
            let help = "ask the provider what a call costs that is a second longer than a bound, and add \
                        `lengths_by = \"part\"` or `\"whole\"`";
            findings.warning("C036", &node.span, message, help);
            Some(false)
        }
    };
    let lengths = lengths(node, findings);
    Some(lengths.zip(whole).map(|(lengths, whole)| Tariff::Lengths(Lengths { lengths, whole })))
}

fn lengths(node: &Node, findings: &mut Findings) -> Option<Vec<Length>> {
    let nodes = node.list(findings)?;
    if MOST < nodes.len() {
        let message = format!("more than {MOST} prices by length");
        findings.error("C035", &node.span, message, "join those that are close to each other");
        return None;
    }
    let read: Vec<Option<Length>> = nodes.iter().map(|node| length(node, findings)).collect();
    let lengths: Vec<Length> = read.into_iter().collect::<Option<_>>()?;
    if lengths.first().is_none_or(|length| length.start.from.0 != 0) {
        let span = nodes.first().map_or(&node.span, |node| &node.span);
        findings.error("C035", span, "the first price by length does not begin at 0", "begin at `from = \"0s\"`");
        return None;
    }
    if let Some(position) = lengths.windows(2).position(|pair| pair[1].start.from <= pair[0].start.from) {
        let primary = findings.label(&nodes[position + 1].span, "this one");
        let related = findings.label(&nodes[position].span, "begins where this one does, or after it");
        let message = "two prices by length begin at the same length, or in the wrong order";
        let diagnostic = Diagnostic::error("C035", message, primary).with_related(related);
        findings.push(diagnostic.with_help("raise one `from`; lengths must increase, and the last has no end"));
        return None;
    }
    Some(lengths)
}

fn length(node: &Node, findings: &mut Findings) -> Option<Length> {
    let mut fields = Fields::of(node, findings)?;
    let from = fields.require("from", "the length at which the price begins, such as \"60s\"", findings);
    let from = from.and_then(|node| node.milliseconds(findings));
    let each = fields.require("each", "the price of a unit of time", findings);
    let each = each.and_then(|node| node.exact_not_negative(findings)).map(Price);
    let then_node = fields.take("then");
    let then = match then_node {
        Some(node) => node.milliseconds(findings),
        None => {
            let message = "no increment is named: time is billed to the millisecond";
            findings.warning(
                "C021",
                fields.place(),
                message,
                "ask the provider, and add `then = \"1s\"` (or \"6s\", \"60s\")",
            );
            Some(Increments::EXACT.then())
        }
    };
    fields.finish(findings);
    if let (Some(Milliseconds(0)), Some(node)) = (then, then_node) {
        let help = "write `then = \"1s\"` for seconds";
        findings.error("C014", &node.span, "an increment of no length cannot be counted", help);
        return None;
    }
    Some(Length { start: LengthStart { from: from?, then: then? }, price: each? })
}

/// Refuses prices by length where rows have none.
pub(super) fn agree(counted: &Counted, unit: &Node, findings: &mut Findings) {
    let is_time = matches!(counted.measure, Measure::Time { .. }) && counted.grain.rounds_rows();
    if matches!(counted.tariff, Tariff::Lengths(_)) && !is_time {
        let help = "write `unit = \"minute\"` with `of` the parts of a contact's time, or price by `each`";
        findings.error("C035", &unit.span, "what this charge counts has no length that a price could depend on", help);
    }
}
