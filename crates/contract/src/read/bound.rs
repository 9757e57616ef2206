//! Reading a volume that is agreed: a number of units, or a share of the forecast.

use longshore_document::{Findings, Node, Value};
use longshore_units::{Exact, Factor, Quantity};

use crate::Bound;

/// `"10000"`, or `"90% of forecast"`.
pub(super) fn read(node: &Node, findings: &mut Findings) -> Option<Bound> {
    let Value::Text(text) = &node.value else {
        return node.exact_not_negative(findings).map(|units| Bound::Units(Quantity(units)));
    };
    let Some((percent, of)) = text.split_once('%') else {
        return node.exact_not_negative(findings).map(|units| Bound::Units(Quantity(units)));
    };
    let share = percent.trim().parse().ok().filter(|share: &Exact| !share.is_negative());
    let bound = share.filter(|_| of.split_whitespace().eq(["of", "forecast"]));
    if bound.is_none() {
        let message = "this is neither a number of units nor a share of the forecast";
        findings.error("T006", &node.span, message, "write \"10000\", or \"90% of forecast\"");
    }
    bound.map(|share| Bound::OfForecast(Factor::percent(&share)))
}
