//! Reading `[[charge]]`: a priced line.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Currency, Diagnostic, Term};

use super::derived::Proportion;
use super::quantity::{self, Quantity};
use super::reference::{self, References};
use super::{Calendars, Placed, bands, derived, names, surcharge, terms};
use crate::{Charge, ChargeKind, Counted, EachContact, Grain, Limits, Measure, RoundAt, RoundRule, Tariff, Tiers};

/// What a charge is read against.
pub(crate) struct Context<'c> {
    pub calendars: &'c Calendars,
    pub currency: Option<Currency>,
    pub term: Option<Term>,
    pub round: Option<&'c RoundRule>,
}

/// Words of charges that this version does not price.
const NOT_PRICED: [&str; 13] = [
    "fee",
    "included",
    "cap",
    "minimum",
    "connect",
    "connect_fee",
    "free",
    "extra_block",
    "rollover",
    "discount",
    "index",
    "prepaid",
    "overage",
];

/// A charge that was read, or what little is known of one that cannot be priced: the reason is among the findings.
pub(crate) enum Reading {
    Charge(Box<Placed<Charge>>),
    /// Its name, so that who refers to it is not told that there is none.
    Unusable(Option<String>),
}

/// Reads one charge. Whom it refers to is noted among the references.
pub(crate) fn read(
    node: &Node,
    context: &Context<'_>,
    references: &mut References,
    findings: &mut Findings,
) -> Reading {
    let mut called = None;
    let charge = charge(node, context, &mut called, references, findings);
    charge.map_or(Reading::Unusable(called), |charge| Reading::Charge(Box::new(charge)))
}

fn charge(
    node: &Node,
    context: &Context<'_>,
    called: &mut Option<String>,
    references: &mut References,
    findings: &mut Findings,
) -> Option<Placed<Charge>> {
    let mut fields = Fields::of(node, findings)?;
    let name_node = fields.take("name");
    let name = name_node.map(|node| node.name(findings));
    let clause = fields.take("clause").and_then(|node| node.name(findings)).map(str::to_owned);
    let round = fields.take("round").map(|node| (node, terms::round_of_charge(node, context.currency, findings)));
    let mut refused = false;
    for later in NOT_PRICED {
        if let Some(key) = fields.take_refused(later) {
            refused = true;
            let help = "take the charge out to price the rest, and reckon it by hand";
            findings.error("C001", &key.span, format!("this version does not price `{later}`"), help);
        }
    }
    let amount = fields.take("amount");
    let unit = fields.take("unit");
    let ratio = fields.take("ratio");
    let share = if unit.is_none() { fields.take("percent") } else { None };
    *called = match (name, unit) {
        (Some(name), _) => name.map(str::to_owned),
        (None, Some(unit)) => unit.name(findings).map(str::to_owned),
        (None, None) => Some(reference::unnamed(share.is_some()).to_owned()),
    };
    let place = name_node.or(unit).map_or_else(|| fields.place().clone(), |node| node.span.clone());
    let kind = match (amount, unit) {
        (None, unit) if let Some(ratio) = ratio => {
            derived::ratio(ratio, unit, &mut fields, references, findings).map(ChargeKind::Ratio)
        }
        (None, None) if let Some(percent) = share => {
            derived::share(percent, &mut fields, references, findings).map(ChargeKind::Share)
        }
        (Some(amount), None) => fixed(amount, called.as_deref().unwrap_or_default(), &mut fields, context, findings),
        (None, Some(unit)) => {
            let rule = round.as_ref().map_or(context.round, |(_, rule)| rule.as_ref());
            counted(unit, &mut fields, context, rule, refused, references, findings).map(ChargeKind::Counted)
        }
        (Some(amount), Some(unit)) => {
            let primary = findings.label(&amount.span, "an amount");
            let related = findings.label(&unit.span, "and a unit");
            let message = "a charge is either a fixed amount or a price by unit";
            let diagnostic = Diagnostic::error("C003", message, primary).with_related(related);
            findings.push(diagnostic.with_help("make two charges of it"));
            None
        }
        (None, None) if refused => None, // What it is priced by instead has its own finding.
        (None, None) => {
            let help = "add a `unit` with `each = …`, or an `amount` with `per = \"month\"` or `once = 2027-01-01`";
            findings.error("C003", fields.place(), "this charge has no price", help);
            None
        }
    };
    if kind.is_some() {
        // What could not be read may not have asked for all its keys: its own finding says enough.
        fields.finish(findings);
    }
    let round = round.and_then(|(_, rule)| rule);
    let charge = Charge { name: called.clone()?, clause, kind: kind?, limits: Limits::default(), round };
    Some(Placed { value: charge, place })
}

fn fixed(
    amount: &Node,
    name: &str,
    fields: &mut Fields<'_>,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<ChargeKind> {
    let amount = amount.exact_not_negative(findings).map(Amount);
    if let Some(node) = fields.take("once") {
        let on = node.date(findings)?;
        if context.term.is_some_and(|term| !term.contains(on)) {
            findings.error(
                "C017",
                &node.span,
                "this day is not in the contract's term",
                "name a day on which it is in force",
            );
        }
        return Some(ChargeKind::Once { amount: amount?, on });
    }
    if fields.take("per").is_none() {
        let help = "add `per = \"month\"`, or `once = 2027-01-01`";
        findings.error("C003", fields.place(), format!("it is not said how often `{name}` is billed"), help);
    }
    terms::per_month(fields, findings);
    let prorate = terms::proration(fields, name, context.term, findings);
    Some(ChargeKind::Flat { amount: amount?, prorate: prorate? })
}

/// A charge by quantity: what is counted, what it costs, and what both ask of each other.
fn counted(
    unit: &Node,
    fields: &mut Fields<'_>,
    context: &Context<'_>,
    round: Option<&RoundRule>,
    refused: bool,
    references: &mut References,
    findings: &mut Findings,
) -> Option<Counted> {
    let percent = derived::percent_of_sales(fields, findings);
    let tariff = match derived::proportion(unit, fields, references, findings) {
        Some(Proportion::Read(tariff)) => Some(tariff),
        Some(Proportion::Unreadable) => None,
        None => bands::read(fields, refused, findings),
    };
    let per = terms::per(fields, findings);
    let scope = surcharge::scope(fields, tariff.as_ref(), findings);
    let forecast = forecast(fields, tariff.as_ref(), findings);
    let (surcharges, overlap) = surcharge::surcharges(fields, context.calendars, findings);
    let Quantity { grain, select, measure, refund } = quantity::read(unit, percent.is_some(), fields, findings)?;
    derived::only_of_sales(percent.as_ref(), &measure, findings);
    if let (Some(node), Measure::AgentMonths { .. }) = (fields.take("surcharge"), &measure) {
        let help = "take the surcharge out, or price the agents by the hour";
        findings.error("C017", &node.span, "an agent-month lies in no hours of the day: it bears no surcharge", help);
    }
    if let (Some(node), Grain::Reported) = (fields.take("surcharge"), grain) {
        let help = "take the surcharge out: who reports the quantity can name those of holidays and nights apart";
        findings.error("C017", &node.span, "what is reported lies in no hours of the day: it bears no surcharge", help);
    }
    let mut each_contact = EachContact::default();
    derived::each_sale(fields, &measure, &mut each_contact, findings);
    let (tariff, per) = (tariff?, per?);
    let needs_one_price = round.is_some_and(|rule| rule.at == RoundAt::Contact) && grain.rounds_rows();
    let has_one_price = tariff.single().is_some() || matches!(tariff, Tariff::OfPrice { .. });
    if needs_one_price && !has_one_price {
        let message =
            "amounts rounded at each contact need one price: with several bands they depend on the contacts' order";
        let help = "round this charge at the line (`round = { at = \"line\", … }`), or give it one price";
        findings.error("C015", &unit.span, message, help);
    }
    bands::agree(&bands::Asked { tariff: &tariff, measure: &measure, grain, scope, per }, &unit.span, findings);
    if let (Tariff::Bands { tiers: Tiers::StairStep, .. }, Some(node)) = (&tariff, fields.take("surcharge")) {
        let message = "stair-step tiers have no price a unit that a surcharge could be a share of";
        findings.error("C033", &node.span, message, "take the surcharge out, or price the charge by the unit");
    }
    Some(Counted {
        grain,
        select,
        measure,
        scope,
        per,
        included: None,
        tariff,
        forecast,
        each_contact,
        fee: None,
        surcharges,
        overlap,
        refund,
    })
}

/// `forecast`: the queues whose forecast relative bounds mean.
fn forecast(fields: &mut Fields<'_>, tariff: Option<&Tariff>, findings: &mut Findings) -> Vec<String> {
    let Some((key, node)) = fields.take_entry("forecast") else { return Vec::new() };
    if tariff.is_some_and(|tariff| !matches!(tariff, Tariff::Bands { bands, .. } if bands.is_relative())) {
        let help = "take it out, or begin a band at a share of the forecast, such as `from = \"90% of forecast\"`";
        findings.warning("C029", &key.span, "no band of this charge looks at a forecast", help);
    }
    names(node, findings)
}
