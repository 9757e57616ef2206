//! Reading `[[charge]]`: a priced line.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Currency, Diagnostic, Term};

use super::derived::Proportion;
use super::quantity::{self, Quantity};
use super::reference::{self, References};
use super::{Calendars, Placed, bands, derived, included, lengths, limits, names, surcharge, terms};
use crate::{Charge, ChargeKind, Counted, EachContact, Fee, Grain, Included, Per, RoundRule, Scope, Tariff, Tiers};

/// What a charge is read against.
pub(crate) struct Context<'c> {
    pub calendars: &'c Calendars,
    pub currency: Option<Currency>,
    pub term: Option<Term>,
    pub round: Option<&'c RoundRule>,
}

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

/// The keys that a charge of any kind may have.
const KEYS: [&str; 44] = [
    "name",
    "clause",
    "round",
    "amount",
    "unit",
    "ratio",
    "percent",
    "of_charges",
    "once",
    "per",
    "prorate",
    "each",
    "bands",
    "tiers",
    "tiers_by",
    "block",
    "partial",
    "lengths",
    "lengths_by",
    "scope",
    "forecast",
    "included",
    "fee",
    "surcharge",
    "surcharges",
    "grain",
    "of",
    "when",
    "first",
    "then",
    "free_up_to",
    "free_first",
    "extra",
    "connect_fee",
    "minimum",
    "cap",
    "discount",
    "order",
    "each_at_least",
    "each_at_most",
    "markup",
    "evidence",
    "reopened_within",
    "refund",
];

/// What people call the price of a unit.
pub(super) const CALLED: [(&str, &str); 3] = [("price", "each"), ("rate", "each"), ("cost", "each")];

fn charge(
    node: &Node,
    context: &Context<'_>,
    called: &mut Option<String>,
    references: &mut References,
    findings: &mut Findings,
) -> Option<Placed<Charge>> {
    let mut fields = Fields::of(node, findings)?;
    fields.called(&CALLED);
    let name_node = fields.take("name");
    let name = name_node.map(|node| node.name(findings));
    let clause = fields.take("clause").and_then(|node| node.name(findings)).map(str::to_owned);
    let round = fields.take("round").map(|node| (node, terms::round_of_charge(node, context.currency, findings)));
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
    let asked = if amount.is_none() { limits::read(&mut fields, findings) } else { limits::Asked::default() };
    let limits::Asked { limits, each } = asked;
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
            counted(unit, &mut fields, context, rule, each, references, findings).map(ChargeKind::Counted)
        }
        (Some(amount), Some(unit)) => {
            let primary = findings.label(&amount.span, "an amount");
            let related = findings.label(&unit.span, "and a unit");
            let message = "a charge is either a fixed amount or a price by unit";
            let diagnostic = Diagnostic::error("C003", message, primary).with_related(related);
            findings.push(diagnostic.with_help("make two charges of it"));
            None
        }
        (None, None) => {
            let help = "add a `unit` with `each = …`, or an `amount` with `per = \"month\"` or `once = 2027-01-01`";
            findings.error("C003", fields.place(), "this charge has no price", help);
            None
        }
    };
    debug_assert_eq!(fields.beyond(&KEYS), None, "every key of a charge is among them");
    if kind.is_none() {
        fields.admit(&KEYS); // What could not be read may not have asked for all its keys.
    }
    fields.finish(findings);
    let round = round.and_then(|(_, rule)| rule);
    let charge = Charge { name: called.clone()?, clause, kind: kind?, limits, round };
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
    if fields.take("per").is_some_and(terms::is_four_weeks) {
        return Some(ChargeKind::FourWeekly { amount: amount? });
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
    each: limits::OfContacts,
    references: &mut References,
    findings: &mut Findings,
) -> Option<Counted> {
    let percent = derived::percent_of_sales(fields, findings);
    let by_length = lengths::read(fields, findings);
    let tariff = match derived::proportion(unit, fields, references, findings) {
        Some(Proportion::Read(tariff)) => Some(tariff),
        Some(Proportion::Unreadable) => None,
        None => by_length.unwrap_or_else(|| bands::read(fields, findings)),
    };
    let per = terms::per(fields, findings);
    let scope = surcharge::scope(fields, tariff.as_ref(), findings);
    let forecast = forecast(fields, tariff.as_ref(), findings);
    let included = included::read(fields, context.term, findings);
    let fee = fee(fields, context, findings);
    let (surcharges, overlap) = surcharge::surcharges(fields, context.calendars, findings);
    let Quantity { grain, select, measure, refund } = quantity::read(unit, percent.is_some(), fields, findings)?;
    derived::only_of_sales(percent.as_ref(), &measure, findings);
    let mut each_contact = EachContact::default();
    derived::each_sale(fields, &measure, &mut each_contact, findings);
    limits::of_contacts(each, grain, &mut each_contact, findings);
    let included = match included {
        Some(included) => Some(included?),
        None => None,
    };
    let fee = match fee {
        Some(fee) => Some(fee?),
        None => None,
    };
    let counted = Counted {
        grain,
        select,
        measure,
        scope,
        per: per?,
        included,
        tariff: tariff?,
        forecast,
        each_contact,
        fee,
        surcharges,
        overlap,
        refund,
    };
    agree(&counted, unit, fields, round, findings);
    Some(counted)
}

/// `fee`: what the charge costs a month besides its units.
fn fee(fields: &mut Fields<'_>, context: &Context<'_>, findings: &mut Findings) -> Option<Option<Fee>> {
    let amount = fields.take("fee")?.exact_not_negative(findings).map(Amount);
    let prorate = terms::proration(fields, "the fee", context.term, findings);
    Some(amount.zip(prorate).map(|(amount, prorate)| Fee { amount, prorate }))
}

/// What a charge's rules ask of each other.
fn agree(counted: &Counted, unit: &Node, fields: &mut Fields<'_>, round: Option<&RoundRule>, findings: &mut Findings) {
    surcharge::agree(counted, fields, findings);
    lengths::agree(counted, unit, findings);
    bands::agree(counted, unit, findings);
    if counted.grain == Grain::Reported && counted.scope == Scope::Site {
        let help = "write `scope = \"program\"` or `\"contract\"`";
        findings.error("C017", &unit.span, "what is reported says nothing of sites", help);
    }
    if let (Scope::Contract, Some(Included { pooled: true, .. })) = (counted.scope, &counted.included) {
        let help = "take `pooled` out, or write the `scope` whose programs or sites have bands of their own";
        findings.warning("C029", &unit.span, "the included units of a whole contract are shared by all anyway", help);
    }
    if !round.is_some_and(|rule| counted.by_row(rule)) {
        return;
    }
    let prices_rows = match &counted.tariff {
        Tariff::Bands { bands, tiers, .. } => match tiers {
            Tiers::Graduated => bands.is_plain(),
            Tiers::Volume => bands.is_plain() && counted.per == Per::Month,
            Tiers::StairStep => false,
        },
        _ => true,
    };
    if !prices_rows {
        let message = "amounts reckoned at each contact need a price of a unit: blocks, fees and caps of bands have none, \
                       and a price that a year's volume chooses later has none yet";
        let help =
            "round this charge at the line (`round = { at = \"line\", … }`) and limit its line, or give it plain bands";
        findings.error("C015", &unit.span, message, help);
    }
    if let (Some(_), Some((key, _))) = (&counted.included, fields.take_entry("included")) {
        let message =
            "amounts reckoned at each contact have no included units: they depend on which contacts came first";
        let help = "round this charge at the line (`round = { at = \"line\", … }`) and limit its line, or write what is \
                    included as a discount";
        findings.error("C037", &key.span, message, help);
    }
    if let (true, Some(node)) = (counted.splits(), fields.take("surcharge")) {
        let message = "a contact that is split between calendars has no single amount to round or limit";
        let help = "write `across = \"start\"`, or round and limit the line";
        findings.error("C033", &node.span, message, help);
    }
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
