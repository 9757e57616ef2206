//! Reading `[[prepaid]]`: what is paid before it is used.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Months};

use super::Placed;
use super::over_lines::{Heading, Lines, two_ways};
use crate::{Due, Prepaid};

pub(super) fn read(node: &Node, lines: &Lines<'_>, findings: &mut Findings) -> Option<Placed<Prepaid>> {
    let mut fields = Fields::of(node, findings)?;
    let heading = Heading::of(&mut fields, "prepaid", findings);
    let on = lines.on(&mut fields, "the charges that draw it down", findings);
    let amount = fields.require("amount", "how much is paid", findings);
    let amount = amount.and_then(|node| node.exact_not_negative(findings)).map(Amount);
    let due = due(&mut fields, lines, findings);
    let expires = fields.take("expires").map(|node| {
        let Months(months) = node.read("\"12 months\"", findings)?;
        if months == 0 {
            findings.error("T007", &node.span, "it would lapse before it is used", "write \"1 month\" or more");
        }
        Some(months).filter(|months| 0 < *months)
    });
    fields.finish(findings);
    let Heading { name, clause, place } = heading?;
    let expires_months = expires.map_or(Some(None), |read| read.map(Some))?;
    Some(Placed { value: Prepaid { name, clause, on: on?, amount: amount?, due: due?, expires_months }, place })
}

/// `due`, or `per = "month"`.
fn due(fields: &mut Fields<'_>, lines: &Lines<'_>, findings: &mut Findings) -> Option<Due> {
    match (fields.take("due"), fields.take("per")) {
        (Some(node), None) => {
            let on = node.date(findings)?;
            if lines.term.is_some_and(|term| !term.contains(on)) {
                let help = "name a day on which the contract is in force: it is on that month's invoice";
                findings.error("C054", &node.span, "this day is not in the contract's term", help);
            }
            Some(Due::Once(on))
        }
        (None, Some(node)) => node.one_of(&[("month", Due::Monthly)], findings),
        (Some(due), Some(per)) => {
            two_ways("it is paid on one day, or every month", "make two prepayments of it", (due, per), findings);
            None
        }
        (None, None) => {
            let help = "add `due = 2027-01-01`, or `per = \"month\"`";
            findings.error("C052", fields.place(), "it is not said when this is paid", help);
            None
        }
    }
}
