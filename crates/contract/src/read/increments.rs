//! Reading how a contact's time becomes billable time.

use longshore_document::{Fields, Findings, Node};
use longshore_units::Milliseconds;

use crate::Increments;

/// The longest increment: a year.
pub(super) const LONGEST: Milliseconds = Milliseconds(366 * 86_400_000);

/// Reads `first`, `then`, `free_up_to`, `free_first` and `extra`. With prices by length the steps stand beside each price.
pub(super) fn read(fields: &mut Fields<'_>, unit_node: &Node, findings: &mut Findings) -> Option<Increments> {
    let has_lengths = fields.take("lengths").is_some();
    let first_node = fields.take("first");
    let then_node = fields.take("then");
    let first = span(first_node, findings);
    let then = span(then_node, findings);
    let free_up_to = span(fields.take("free_up_to"), findings);
    let free_first = span(fields.take("free_first"), findings);
    let extra = span(fields.take("extra"), findings);
    if first_node.is_none() && then_node.is_none() && !has_lengths {
        let message = "no increment is named: time is billed to the millisecond";
        let help = "ask the provider, and add `then = \"1s\"` (or \"6s\", \"60s\"): \
                    whole minutes add half a minute to a call on average";
        findings.warning("C021", &unit_node.span, message, help);
    }
    if let (true, Some(node)) = (has_lengths, first_node.or(then_node)) {
        let help = "write `then` beside each price of `lengths`, and take this one out";
        findings.error("C035", &node.span, "prices by length have steps of their own", help);
    }
    let then = then_node.map_or(Some(Increments::EXACT.then()), |_| then)?;
    let Some(mut increments) = Increments::new(first?, then) else {
        let span = then_node.map_or(&unit_node.span, |node| &node.span);
        let message = "an increment of no length cannot be counted";
        findings.error("C014", span, message, "write `then = \"1s\"` for seconds");
        return None;
    };
    increments.free_up_to = free_up_to?;
    increments.free_first = free_first?;
    increments.extra = extra?;
    Some(increments)
}

/// A span of time of a contact; none is no time.
fn span(node: Option<&Node>, findings: &mut Findings) -> Option<Milliseconds> {
    let Some(node) = node else { return Some(Milliseconds(0)) };
    let span = node.milliseconds(findings)?;
    if LONGEST < span {
        let message = format!("no contact is ever as long as {span}");
        findings.error("C014", &node.span, message, "write an increment of seconds or minutes");
        return None;
    }
    Some(span)
}
