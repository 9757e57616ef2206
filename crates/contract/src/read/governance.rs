//! Reading `[exit]`, `[records]` and `[governance]`: terms that change no amount of a month.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Months, Price};

use crate::{Convenience, Exit, Governance, RecordsTerm, Renewal};

/// `[exit]`: how the contract ends and goes on.
pub(super) fn exit(node: &Node, findings: &mut Findings) -> Option<Exit> {
    let mut fields = Fields::of(node, findings)?;
    let clause = words(&mut fields, "clause", findings);
    let for_convenience = fields.take("for_convenience").map(|node| convenience(node, findings));
    let for_cause = words(&mut fields, "for_cause", findings);
    let transition = words(&mut fields, "transition", findings);
    let renewal = fields.take("renewal").map(|node| renewal(node, findings));
    fields.finish(findings);
    Some(Exit {
        clause,
        for_convenience: for_convenience.map_or(Some(None), |read| read.map(Some))?,
        for_cause,
        transition,
        renewal: renewal.unwrap_or(Some(None))?,
    })
}

fn convenience(node: &Node, findings: &mut Findings) -> Option<Convenience> {
    let mut fields = Fields::of(node, findings)?;
    let notice = fields.require("notice", "how long before it must be said, such as \"90 days\"", findings);
    let notice = notice.and_then(|node| node.read("\"90 days\"", findings));
    let from = fields.take("from").map(|node| node.date(findings));
    let fee = fields.take("fee").map_or(Some(Amount::zero()), |node| node.exact_not_negative(findings).map(Amount));
    fields.finish(findings);
    Some(Convenience { notice: notice?, from: from.map_or(Some(None), |read| read.map(Some))?, fee: fee? })
}

/// What happens at the end of the term: nothing, where it is said that it does not renew by itself and not for how long it
/// could.
fn renewal(node: &Node, findings: &mut Findings) -> Option<Option<Renewal>> {
    let mut fields = Fields::of(node, findings)?;
    let help = "whether it goes on unless someone says otherwise, true or false";
    let automatic = fields.require("automatic", help, findings).and_then(|node| node.boolean(findings));
    let notice = fields.take("notice").map(|node| node.read("\"60 days\"", findings));
    let months = match automatic {
        Some(false) => fields.take("for"),
        _ => fields.require("for", "for how long it goes on, such as \"12 months\"", findings),
    };
    let is_unsaid = months.is_none();
    let months = months.and_then(|node| node.read::<Months>("\"12 months\"", findings));
    fields.finish(findings);
    let notice = notice.map_or(Some(None), |read| read.map(Some))?;
    match automatic? {
        false if is_unsaid => Some(None),
        automatic => Some(Some(Renewal { automatic, notice, months: months?.0 })),
    }
}

/// `[records]`: what the buyer may see.
pub(super) fn records(node: &Node, findings: &mut Findings) -> Option<RecordsTerm> {
    let mut fields = Fields::of(node, findings)?;
    let clause = words(&mut fields, "clause", findings);
    let raw_access = fields.take("raw_access").and_then(|node| node.boolean(findings));
    let retention = fields.take("retention").and_then(|node| node.read::<Months>("\"13 months\"", findings));
    let recordings = words(&mut fields, "recordings", findings);
    fields.finish(findings);
    Some(RecordsTerm { clause, raw_access, retention_months: retention.map(|months| months.0), recordings })
}

/// `[governance]`: who talks to whom.
pub(super) fn governance(node: &Node, findings: &mut Findings) -> Option<Governance> {
    let mut fields = Fields::of(node, findings)?;
    let clause = words(&mut fields, "clause", findings);
    let liaison = words(&mut fields, "liaison", findings);
    let review = words(&mut fields, "review", findings);
    let escalation = fields.take("escalation").map_or(Vec::new(), |node| super::names(node, findings));
    let change_requests = fields.take("change_requests").and_then(|node| change_requests(node, findings));
    fields.finish(findings);
    Some(Governance { clause, liaison, review, escalation, change_requests })
}

fn change_requests(node: &Node, findings: &mut Findings) -> Option<Price> {
    let mut fields = Fields::of(node, findings)?;
    let each = fields.require("each_hour", "what an hour of a change costs, such as \"95\"", findings);
    let each = each.and_then(|node| node.exact_not_negative(findings));
    fields.finish(findings);
    each.map(Price)
}

/// What a key says in words, where it stands.
fn words(fields: &mut Fields<'_>, key: &'static str, findings: &mut Findings) -> Option<String> {
    fields.take(key).and_then(|node| node.name(findings)).map(str::to_owned)
}
