//! Reading units that cost nothing.

use longshore_document::{Fields, Findings, Value};
use longshore_units::{Months, Quantity, Term};

use crate::{Included, IncludedTo, Proration};

/// Reads `included`, where a charge has it.
pub(super) fn read(fields: &mut Fields<'_>, term: Option<Term>, findings: &mut Findings) -> Option<Option<Included>> {
    let charge_prorate = fields.take("prorate");
    let node = fields.take("included")?;
    let Some(mut fields) = Fields::of(node, findings) else { return Some(None) };
    let quantity = fields.require("quantity", "how many units cost nothing, such as \"1000\"", findings);
    let quantity = quantity.and_then(|node| node.exact_not_negative(findings)).map(Quantity);
    if let Some(node) = fields.take("per") {
        node.one_of(&[("month", ())], findings);
    }
    let to = fields.take("to").map_or(Some(IncludedTo::First), |node| {
        let words = [IncludedTo::First, IncludedTo::Proportional, IncludedTo::Cheapest].map(|to| (to.word(), to));
        node.one_of(&words, findings)
    });
    let rollover = fields.take("rollover").map_or(Some(Months(0)), |node| {
        let is_none = matches!(&node.value, Value::Text(text) if text == "none");
        if is_none { Some(Months(0)) } else { node.read("\"3 months\"", findings) }
    });
    let pooled = fields.take("pooled").map_or(Some(false), |node| node.boolean(findings));
    let place = fields.place().clone();
    let words = [("day", Proration::Day), ("none", Proration::None)];
    let prorate = match fields.take("prorate").or(charge_prorate) {
        Some(node) => node.one_of(&words, findings),
        None => {
            if term.is_some_and(|term| !term.is_whole_months()) {
                let message = "the term has months that are not whole, and it is not said how many units they include: \
                               their days' share";
                let help =
                    "ask the provider, and add `prorate = \"day\"`, or `prorate = \"none\"` for all of a month's units";
                findings.warning("C026", &place, message, help);
            }
            Some(Proration::Day)
        }
    };
    fields.finish(findings);
    let read = || {
        let Months(rollover_months) = rollover?;
        Some(Included { quantity: quantity?, to: to?, rollover_months, pooled: pooled?, prorate: prorate? })
    };
    Some(read())
}
