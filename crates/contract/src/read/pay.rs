//! Reading what is paid for missed or better service, and `[at_risk]`: what it comes to at most.

use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Amount, Exact, Factor};

use crate::{AtRisk, Pays, PointPrice, Points};

/// The most points of one miss.
const POINTS_MOST: i128 = 1_000_000;

/// One of `percent`, `amount` and, of credits, `points`.
pub(super) fn read(fields: &mut Fields<'_>, points: bool, findings: &mut Findings) -> Option<Pays> {
    let percent = fields.take("percent").map(|node| (node, share(node, findings).map(Pays::Share)));
    let amount = fields.take("amount");
    let amount =
        amount.map(|node| (node, node.exact_not_negative(findings).map(|amount| Pays::Amount(Amount(amount)))));
    let of_points = if points { fields.take("points") } else { None };
    let of_points =
        of_points.map(|node| (node, node.whole(0, POINTS_MOST, findings).map(|points| Pays::Points(points as u32))));
    let mut paid = percent.into_iter().chain(amount).chain(of_points);
    let words = if points { "`percent`, `amount` or `points`" } else { "`percent` or `amount`" };
    match (paid.next(), paid.next()) {
        (Some((_, pays)), None) => pays,
        (None, _) => {
            findings.error("C068", fields.place(), "it is not said what is paid", format!("add {words}"));
            None
        }
        (Some(_), Some((node, _))) => {
            findings.error("C068", &node.span, "it is said twice what is paid", format!("keep one of {words}"));
            None
        }
    }
}

fn share(node: &Node, findings: &mut Findings) -> Option<Factor> {
    node.percent_not_negative(findings).map(|percent| Factor::percent(&percent))
}

/// `[at_risk]`: the most that SLA terms can take, and what points are worth.
pub(super) fn at_risk(node: &Node, findings: &mut Findings) -> Option<AtRisk> {
    let mut fields = Fields::of(node, findings)?;
    let clause = fields.take("clause").and_then(|node| node.name(findings)).map(str::to_owned);
    let what = "the share of the affected charges that can be credited at most, such as \"10%\"; \"100%\" where nothing \
                else limits it";
    let cap = fields.require("cap", what, findings).and_then(|node| share(node, findings));
    let points = fields.take("points").map(|node| scale(node, findings));
    fields.finish(findings);
    Some(AtRisk { clause, cap: cap?, points: points.map_or(Some(None), |read| read.map(Some))? })
}

/// `points`: `{ each = … }`, or a list of bands.
fn scale(node: &Node, findings: &mut Findings) -> Option<Points> {
    if let Value::Table(_) = &node.value {
        let mut fields = Fields::of(node, findings)?;
        let each = fields.require("each", "what a point costs: an amount, or a share such as \"0.5%\"", findings);
        let each = each.and_then(|node| point_price(node, findings));
        fields.finish(findings);
        return Some(Points::Each(vec![(0, each?)]));
    }
    let mut each: Vec<(u32, PointPrice)> = Vec::new();
    let mut bands: Vec<(u32, Factor)> = Vec::new();
    let mut last: Option<u32> = None;
    for node in node.list(findings)? {
        let mut fields = Fields::of(node, findings)?;
        let above = fields.take("above").map(|node| (node, node.whole(0, POINTS_MOST, findings)));
        let from = fields.take("from").map(|node| (node, node.whole(0, POINTS_MOST, findings)));
        let price = fields.take("each").map(|node| point_price(node, findings));
        let percent = fields.take("percent").map(|node| share(node, findings));
        let place = fields.place().clone();
        fields.finish(findings);
        let (bound_node, bound) = match (above, from, price, percent) {
            (Some((node, bound)), None, Some(price), None) => {
                each.extend(bound.map(|bound| bound as u32).zip(price));
                (node, bound)
            }
            (None, Some((node, bound)), None, Some(percent)) => {
                bands.extend(bound.map(|bound| bound as u32).zip(percent));
                (node, bound)
            }
            _ => {
                let help = "write `{ above = 20, each = \"3\" }` for what each further point costs, or `{ from = 10, \
                            percent = \"2\" }` for what so many points come to";
                findings.error("C069", &place, "this is no band of points", help);
                return None;
            }
        };
        let bound = bound? as u32;
        if last.is_some_and(|last| bound <= last) {
            let help = "write the bands from few points to many";
            findings.error("C069", &bound_node.span, "bands of points increase", help);
            return None;
        }
        last = Some(bound);
    }
    match (each.is_empty(), bands.is_empty()) {
        (false, true) => Some(Points::Each(each)),
        (true, false) => Some(Points::Bands(bands)),
        _ => {
            let message = "points are worth either so much each, or a share from so many on";
            findings.error("C069", &node.span, message, "name bands of one kind, at least one");
            None
        }
    }
}

/// An amount, or a share with its sign.
fn point_price(node: &Node, findings: &mut Findings) -> Option<PointPrice> {
    let is_share = matches!(&node.value, Value::Text(text) if text.trim_end().ends_with('%'));
    if is_share {
        return share(node, findings).map(PointPrice::Share);
    }
    node.exact_not_negative(findings).map(|amount| PointPrice::Amount(Amount(amount)))
}

/// The numbers that credits are reckoned with.
pub(super) fn numbers(at_risk: &AtRisk) -> Vec<&Exact> {
    let mut numbers = vec![&at_risk.cap.0];
    match &at_risk.points {
        Some(Points::Each(each)) => numbers.extend(each.iter().map(|(_, price)| match price {
            PointPrice::Amount(amount) => &amount.0,
            PointPrice::Share(share) => &share.0,
        })),
        Some(Points::Bands(bands)) => numbers.extend(bands.iter().map(|(_, share)| &share.0)),
        None => {}
    }
    numbers
}
