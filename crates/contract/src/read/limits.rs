//! Reading what a contact and a line come to at most and at least.

use std::ops::Range;

use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Amount, Diagnostic, Factor};

use crate::{EachContact, Grain, Limit, LimitOrder, Limits};

/// What a charge says of its contacts and of its line.
#[derive(Default)]
pub(super) struct Asked {
    pub limits: Limits,
    pub each: OfContacts,
}

/// What a charge says of each contact, with the places where it does.
pub(super) type OfContacts = Vec<(Range<usize>, Of)>;

/// What is said of each contact.
pub(super) enum Of {
    Fee(Amount),
    Least(Amount),
    Most(Amount),
}

/// Reads `discount`, `cap`, `minimum`, `order` and `connect_fee`.
pub(super) fn read(fields: &mut Fields<'_>, findings: &mut Findings) -> Asked {
    let mut each = Vec::new();
    if let Some(node) = fields.take("connect_fee") {
        each.extend(amount(node, findings).map(|fee| (node.span.clone(), Of::Fee(fee))));
    }
    let minimum = fields.take("minimum");
    let least = minimum.and_then(|node| limit(node, &mut each, Of::Least, findings));
    let cap = fields.take("cap");
    let most = cap.and_then(|node| limit(node, &mut each, Of::Most, findings));
    let discount = fields.take("discount").and_then(|node| {
        let percent = node.percent_not_negative(findings)?;
        let share = Factor::percent(&percent);
        if Factor::one() < share {
            let help = "write a percentage up to \"100\"";
            findings.error("C038", &node.span, "more than all of the line would be taken off", help);
        }
        Some(share)
    });
    let count = [discount.is_some(), most.is_some(), least.is_some()].into_iter().filter(|said| *said).count();
    let order = order(fields, 1 < count, findings);
    if let (Some(least), Some(most), Some(node)) = (&least, &most, minimum)
        && most < least
    {
        contradiction(cap, node, "the line comes to at least more than it comes to at most", findings);
    }
    Asked { limits: Limits { discount, most, least, order }, each }
}

/// `cap = "5000"`, or `{ each_contact = "12.00", amount = "5000" }`.
fn limit(node: &Node, each: &mut OfContacts, of: fn(Amount) -> Of, findings: &mut Findings) -> Option<Amount> {
    if !matches!(node.value, Value::Table(_)) {
        return amount(node, findings);
    }
    let mut fields = Fields::of(node, findings)?;
    let contact = fields.take("each_contact");
    let line = fields.take("amount");
    if contact.is_none() && line.is_none() {
        let help =
            "write `{ each_contact = \"12.00\" }` for each contact, `{ amount = \"5000\" }` for the line, or both";
        findings.error("C038", fields.place(), "it is not said what is limited", help);
    }
    if let Some(node) = contact {
        each.extend(amount(node, findings).map(|amount| (node.span.clone(), of(amount))));
    }
    let line = line.and_then(|node| amount(node, findings));
    fields.finish(findings);
    line
}

fn amount(node: &Node, findings: &mut Findings) -> Option<Amount> {
    node.exact_not_negative(findings).map(Amount)
}

/// `order`: all three words, or those that the charge has.
fn order(fields: &mut Fields<'_>, several: bool, findings: &mut Findings) -> LimitOrder {
    let usual = LimitOrder::default();
    let Some(node) = fields.take("order") else {
        if several {
            let message = "it is not said in which order discount, cap and minimum are applied: in this one";
            let help = "ask the provider, and add `order = [\"discount\", \"cap\", \"minimum\"]` or another order";
            findings.warning("C039", fields.place(), message, help);
        }
        return usual;
    };
    let words = usual.0.map(|limit| (limit.word(), limit));
    let Some(nodes) = node.list(findings) else { return usual };
    let named: Vec<Limit> = nodes.iter().filter_map(|node| node.one_of(&words, findings)).collect();
    if (1..named.len()).any(|position| named[..position].contains(&named[position])) {
        findings.error("C038", &node.span, "a word stands twice in this order", "write each of them once");
        return usual;
    }
    // Those that are not named change nothing, wherever they stand.
    let rest = usual.0.into_iter().filter(|limit| !named.contains(limit));
    let all: Vec<Limit> = named.iter().copied().chain(rest).collect();
    all.try_into().map_or(usual, LimitOrder)
}

/// Gives what is said of each contact to the charge that counts contacts.
pub(super) fn of_contacts(asked: OfContacts, grain: Grain, each: &mut EachContact, findings: &mut Findings) {
    for (place, of) in asked {
        if !grain.rounds_rows() {
            let message = format!("this charge counts no contacts: rows of the grain `{}`", grain.word());
            findings.error("C038", &place, message, "write the amount for the line, or count contacts or legs");
            continue;
        }
        let known = match of {
            Of::Fee(fee) => {
                each.fee = fee;
                continue;
            }
            Of::Least(least) => each.least.replace(least),
            Of::Most(most) => each.most.replace(most),
        };
        if known.is_some() {
            findings.error("C038", &place, "this is said twice of each contact", "keep one of the two");
        }
        if let (Some(least), Some(most)) = (&each.least, &each.most)
            && most < least
        {
            let help = "raise the most or lower the least";
            findings.error("C038", &place, "a contact costs at least more than it costs at most", help);
        }
    }
}

fn contradiction(cap: Option<&Node>, minimum: &Node, message: &str, findings: &mut Findings) {
    let primary = findings.label(&minimum.span, "at least");
    let mut diagnostic = Diagnostic::error("C038", message, primary);
    if let Some(cap) = cap {
        diagnostic = diagnostic.with_related(findings.label(&cap.span, "at most"));
    }
    findings.push(diagnostic.with_help("raise the cap or lower the minimum"));
}
