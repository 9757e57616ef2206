//! Reading `[[discount]]`: what is taken off some lines.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Exact, Factor};

use super::Placed;
use super::over_lines::{Heading, Lines, two_ways};
use crate::{Discount, DiscountOf};

pub(super) fn read(node: &Node, lines: &Lines<'_>, findings: &mut Findings) -> Option<Placed<Discount>> {
    let mut fields = Fields::of(node, findings)?;
    let heading = Heading::of(&mut fields, "discount", findings);
    let on = lines.on(&mut fields, "the charges that it is taken off", findings);
    let days = lines.days(&mut fields, findings);
    let of = of(&mut fields, lines, findings);
    if of.is_none() {
        fields.admit(&["per"]); // What could not be read may not have asked for all its keys.
    }
    fields.finish(findings);
    let Heading { name, clause, place } = heading?;
    let (from, until) = days?;
    Some(Placed { value: Discount { name, clause, on: on?, of: of?, from, until }, place })
}

/// `percent`, `amount`, or `bands` with the time over which they are climbed.
fn of(fields: &mut Fields<'_>, lines: &Lines<'_>, findings: &mut Findings) -> Option<DiscountOf> {
    let ways = ["percent", "amount", "bands"].map(|key| fields.take(key));
    let [percent, amount, bands] = ways;
    if let [first, second, ..] = ways.into_iter().flatten().collect::<Vec<_>>().as_slice() {
        let message = "a discount is a percentage, an amount a month, or a rebate by bands";
        two_ways(message, "make two discounts of it", (first, second), findings);
        return None;
    }
    if let Some(node) = bands {
        fields.require("per", "over which time the bands are climbed: \"quarter\", \"year\" or \"term\"", findings)?;
        let per = lines.per(fields, findings);
        let bands = rebate(node, findings);
        return Some(DiscountOf::Rebate { per: per?, bands: bands? });
    }
    if let Some(node) = fields.take("per") {
        // A share and an amount are taken off month by month.
        node.one_of(&[("month", ())], findings)?;
    }
    match (percent, amount) {
        (Some(node), _) => share(node, findings).map(DiscountOf::Share),
        (_, Some(node)) => node.exact_not_negative(findings).map(|amount| DiscountOf::Amount(Amount(amount))),
        (None, None) => {
            let help = "add `percent = \"5\"`, `amount = \"500\"`, or \
                        `bands = [{ from = \"100000\", percent = \"2\" }]` with `per = \"year\"`";
            findings.error("C052", fields.place(), "this discount does not say how much", help);
            None
        }
    }
}

/// A percentage of what is taken off, at most all of it.
fn share(node: &Node, findings: &mut Findings) -> Option<Factor> {
    let percent = node.percent_not_negative(findings)?;
    if Exact::from(100u64) < percent {
        findings.error("C058", &node.span, "more would be taken off than there is", "write a percentage up to 100");
        return None;
    }
    Some(Factor::percent(&percent))
}

fn rebate(node: &Node, findings: &mut Findings) -> Option<Vec<(Amount, Factor)>> {
    let nodes = node.one_or_many();
    if nodes.is_empty() {
        findings.error("C052", &node.span, "these bands say nothing", "write `{ from = \"100000\", percent = \"2\" }`");
    }
    let mut bands: Vec<(Amount, Factor)> = Vec::new();
    for node in nodes {
        let mut fields = Fields::of(node, findings)?;
        let from = fields.require("from", "the sum from which the rebate is given", findings);
        let percent = fields.require("percent", "the share of all of it that is given back", findings);
        let from = from.and_then(|node| node.exact_not_negative(findings)).map(Amount);
        let percent = percent.and_then(|node| share(node, findings));
        let place = fields.place().clone();
        fields.finish(findings);
        let band = (from?, percent?);
        if bands.last().is_some_and(|(before, _)| band.0 <= *before) {
            let help = "begin with the lowest sum; each band begins above the one before it";
            findings.error("C053", &place, "this band does not begin above the one before it", help);
            return None;
        }
        bands.push(band);
    }
    Some(bands).filter(|bands| !bands.is_empty())
}
