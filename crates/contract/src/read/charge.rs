//! Reading `[[charge]]`: a priced line.

use longshore_contacts::AgentState;
use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Amount, Currency, Diagnostic, Factor, Milliseconds, Price, Quantity, Term};

use super::{Calendars, Placed, select, terms};
use crate::price::rounds_rows;
use crate::{
    Bands, BandsError, Charge, ChargeKind, Class, Counted, Criterion, Field, Grain, Hours, Increments, Measure,
    Overlap, Part, Proration, RoundAt, RoundRule, Scope, Select, Surcharge, TimeUnit,
};

/// What a charge is read against.
pub(crate) struct Context<'c> {
    pub calendars: &'c Calendars,
    pub currency: Option<Currency>,
    pub term: Option<Term>,
    pub round: Option<&'c RoundRule>,
}

/// Words of charges that this version does not price.
const NOT_PRICED: [&str; 22] = [
    "fee",
    "included",
    "cap",
    "minimum",
    "percent",
    "each_at_least",
    "markup",
    "evidence",
    "ratio",
    "refund",
    "tiers_by",
    "reopened_within",
    "block",
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

/// Reads one charge.
pub(crate) fn read(node: &Node, context: &Context<'_>, findings: &mut Findings) -> Reading {
    let mut called = None;
    let charge = charge(node, context, &mut called, findings);
    charge.map_or(Reading::Unusable(called), |charge| Reading::Charge(Box::new(charge)))
}

fn charge(
    node: &Node,
    context: &Context<'_>,
    called: &mut Option<String>,
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
    *called = match (name, unit) {
        (Some(name), _) => name.map(str::to_owned),
        (None, Some(unit)) => unit.name(findings).map(str::to_owned),
        (None, None) => Some("flat amount".to_owned()),
    };
    let place = name_node.or(unit).map_or_else(|| fields.place().clone(), |node| node.span.clone());
    let kind = match (amount, unit) {
        (Some(amount), None) => fixed(amount, called.as_deref().unwrap_or_default(), &mut fields, context, findings),
        (None, Some(unit)) => {
            let rule = round.as_ref().map_or(context.round, |(_, rule)| rule.as_ref());
            counted(unit, &mut fields, context, rule, refused, findings).map(ChargeKind::Counted)
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
    let charge = Charge { name: called.clone()?, clause, kind: kind?, round: round.and_then(|(_, rule)| rule) };
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

/// The units there are, and the grain each is counted from where none is named.
const UNITS: [(&str, Unit); 6] = [
    ("contact", Unit::Contact),
    ("leg", Unit::Leg),
    ("minute", Unit::Time(TimeUnit::Minute)),
    ("hour", Unit::Time(TimeUnit::Hour)),
    ("agent-hour", Unit::Time(TimeUnit::AgentHour)),
    ("agent-month", Unit::AgentMonth),
];

#[derive(Clone, Copy)]
enum Unit {
    Contact,
    Leg,
    Time(TimeUnit),
    AgentMonth,
}

const GRAINS: [(&str, Grain); 5] = [
    ("contact", Grain::Contact),
    ("leg", Grain::Leg),
    ("agent", Grain::Agent),
    ("agent_time", Grain::AgentTime),
    ("schedule", Grain::Schedule),
];

fn counted(
    unit_node: &Node,
    fields: &mut Fields<'_>,
    context: &Context<'_>,
    round: Option<&RoundRule>,
    refused: bool,
    findings: &mut Findings,
) -> Option<Counted> {
    let grain_node = fields.take("grain");
    let when_node = fields.take("when");
    let bands = bands(fields, refused, findings);
    terms::per_month(fields, findings);
    let scope = scope(fields, bands.as_ref(), findings);
    let (surcharges, overlap) = surcharges(fields, context.calendars, findings);
    let unit = match unit_node.text(findings) {
        Some(word @ ("sale" | "lead" | "appointment" | "resolution" | "cost")) => {
            let help = "take the charge out to price the rest, and reckon it by hand";
            findings.error("C001", &unit_node.span, format!("this version does not price by the {word}"), help);
            return None;
        }
        Some(_) => unit_node.one_of(&UNITS, findings)?,
        None => return None,
    };
    let grain = match grain_node.map(|node| (node, node.text(findings))) {
        Some((node, Some(word @ ("shift" | "reported" | "period")))) => {
            let help = "take the charge out to price the rest, and reckon it by hand";
            findings.error("C001", &node.span, format!("this version does not count the grain `{word}`"), help);
            return None;
        }
        Some((node, Some(_))) => Some(node.one_of(&GRAINS, findings)?),
        Some((_, None)) => return None,
        None => None,
    };
    let of_node = fields.take("of");
    let of = of_node.map(|node| Of::read(node, findings));
    let of = match of {
        Some(None) => return None,
        Some(of) => of,
        None => None,
    };
    let grain = match grain {
        Some(grain) => grain,
        None => unsaid_grain(unit, of.as_ref(), when_node),
    };
    let mut select = select::read(when_node, grain, findings);
    if let (Some(node), Unit::Contact | Unit::Leg | Unit::AgentMonth) = (of_node, unit) {
        let message = format!("the unit `{}` counts no time, and `of` names some", unit_word(unit));
        findings.error("C007", &node.span, message, "take `of` out, or price by the minute or the hour");
    }
    if let (Some(node), Unit::AgentMonth) = (fields.take("surcharge"), unit) {
        let help = "take the surcharge out, or price the agents by the hour";
        findings.error("C017", &node.span, "an agent-month lies in no hours of the day: it bears no surcharge", help);
    }
    let mismatch = |findings: &mut Findings| {
        let message = format!("the unit `{}` cannot be counted from the grain `{}`", unit_word(unit), grain.word());
        let span = grain_node.map_or(&unit_node.span, |node| &node.span);
        findings.error("C007", span, message, format!("write grain = \"{}\"", usual_grain(unit).word()));
    };
    let measure = match (unit, grain) {
        (Unit::Contact, Grain::Contact) => {
            if !selects(&select, Field::Outcome) {
                let message = "every contact counts, also those that nobody answered";
                let help = "if only answered contacts are billed, add `when = { outcome = [\"answered\"] }`";
                findings.warning("C027", &unit_node.span, message, help);
            }
            Measure::Contacts
        }
        (Unit::Leg, Grain::Leg) => Measure::Legs,
        (Unit::Time(unit), Grain::Contact | Grain::Leg) => {
            contact_time(unit, of, of_node, unit_node, fields, findings)?
        }
        (Unit::Time(unit), Grain::AgentTime) => {
            agent_time(of, of_node, unit_node, &mut select, findings)?;
            Measure::AgentTime { unit }
        }
        (Unit::Time(unit), Grain::Schedule) => match of {
            Some(Of::Hours(HoursWord::Schedule(of))) => Measure::Schedule { unit, of },
            Some(Of::Hours(HoursWord::Productive)) => Measure::Schedule { unit, of: Hours::Productive },
            _ => {
                let span = of_node.map_or(&unit_node.span, |node| &node.span);
                let help = "write `of = \"requested\"`, `\"scheduled\"` or `\"productive\"`";
                findings.error("C016", span, "it is not said which hours of the schedule are billed", help);
                return None;
            }
        },
        (Unit::AgentMonth, Grain::Agent) => Measure::AgentMonths { prorate: agent_proration(fields, findings) },
        _ => {
            mismatch(findings);
            return None;
        }
    };
    let bands = bands?;
    if round.is_some_and(|rule| rule.at == RoundAt::Contact) && rounds_rows(grain) && bands.single().is_none() {
        let message =
            "amounts rounded at each contact need one price: with several bands they depend on the contacts' order";
        let help = "round this charge at the line (`round = { at = \"line\", … }`), or give it one price";
        findings.error("C015", &unit_node.span, message, help);
    }
    Some(Counted { grain, select, measure, bands, scope, surcharges, overlap })
}

/// What `of` names: parts of a contact's time, or hours of agents.
enum Of {
    Parts(Vec<Part>),
    Hours(HoursWord),
}

#[derive(Clone, Copy)]
enum HoursWord {
    Schedule(Hours),
    LoggedIn,
    Productive,
}

impl Of {
    fn read(node: &Node, findings: &mut Findings) -> Option<Of> {
        match &node.value {
            Value::Table(_) => {
                let help = "name one kind of hours: \"requested\", \"scheduled\", \"logged in\" or \"productive\"";
                findings.error(
                    "C001",
                    &node.span,
                    "this version does not price the lesser or greater of two quantities",
                    help,
                );
                None
            }
            Value::Text(_) => {
                let hours = [
                    ("requested", HoursWord::Schedule(Hours::Requested)),
                    ("scheduled", HoursWord::Schedule(Hours::Scheduled)),
                    ("logged in", HoursWord::LoggedIn),
                    ("productive", HoursWord::Productive),
                ];
                let parts = Part::ALL.map(|part| (part.word(), part));
                if let Some((_, part)) =
                    parts.iter().find(|(word, _)| matches!(&node.value, Value::Text(text) if text == word))
                {
                    return Some(Of::Parts(vec![*part]));
                }
                node.one_of(&hours, findings).map(Of::Hours)
            }
            _ => {
                let words = Part::ALL.map(|part| (part.word(), part));
                let mut parts: Vec<Part> =
                    node.list(findings)?.iter().filter_map(|node| node.one_of(&words, findings)).collect();
                parts.sort_unstable();
                parts.dedup();
                if parts.is_empty() {
                    findings.error(
                        "C016",
                        &node.span,
                        "no part of the time is billed",
                        "name at least one, such as \"talk\"",
                    );
                    return None;
                }
                Some(Of::Parts(parts))
            }
        }
    }
}

fn unsaid_grain(unit: Unit, of: Option<&Of>, when: Option<&Node>) -> Grain {
    let by_state = matches!(when.map(|node| &node.value), Some(Value::Table(table)) if table.get("state").is_some());
    match (unit, of) {
        (Unit::Time(_), Some(Of::Hours(HoursWord::Schedule(_)))) => Grain::Schedule,
        (Unit::Time(_), Some(Of::Hours(HoursWord::LoggedIn | HoursWord::Productive))) => Grain::AgentTime,
        (Unit::Time(_), _) if by_state => Grain::AgentTime,
        _ => usual_grain(unit),
    }
}

fn usual_grain(unit: Unit) -> Grain {
    match unit {
        Unit::Contact | Unit::Time(TimeUnit::Minute) => Grain::Contact,
        Unit::Leg => Grain::Leg,
        Unit::Time(TimeUnit::Hour | TimeUnit::AgentHour) => Grain::AgentTime,
        Unit::AgentMonth => Grain::Agent,
    }
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Contact => "contact",
        Unit::Leg => "leg",
        Unit::Time(unit) => unit.word(),
        Unit::AgentMonth => "agent-month",
    }
}

fn selects(select: &Select, field: Field) -> bool {
    select.criteria.iter().any(|criterion| matches!(criterion, Criterion::OneOf(known, _) if *known == field))
}

/// Billable time of contacts or legs: which parts, in which increments.
fn contact_time(
    unit: TimeUnit,
    of: Option<Of>,
    of_node: Option<&Node>,
    unit_node: &Node,
    fields: &mut Fields<'_>,
    findings: &mut Findings,
) -> Option<Measure> {
    let of = match of {
        Some(Of::Parts(parts)) => parts,
        Some(Of::Hours(_)) => {
            let span = of_node.map_or(&unit_node.span, |node| &node.span);
            let help = "contacts have the parts \"talk\", \"hold\", \"wrap\", \"ring\" and \"wait\"";
            findings.error("C007", span, "contacts have no hours of agents", help);
            return None;
        }
        None => {
            let message = "it is not said which time is billed: talk and wrap are taken";
            let help = "ask the provider whether hold, ring and waiting time are billed too, and add \
                        `of = [\"talk\", \"wrap\"]`; in synthetic traffic hold adds 6 percent to the bill";
            findings.warning("C020", &unit_node.span, message, help);
            vec![Part::Talk, Part::Wrap]
        }
    };
    let first_node = fields.take("first");
    let then_node = fields.take("then");
    if first_node.is_none() && then_node.is_none() {
        let message = "no increment is named: time is billed to the millisecond";
        let help = "ask the provider, and add `then = \"1s\"` (or \"6s\", \"60s\"): \
                    whole minutes add half a minute to a call on average";
        findings.warning("C021", &unit_node.span, message, help);
        return Some(Measure::Time { unit, of, increments: Increments::EXACT });
    }
    let first = first_node.map(|node| node.milliseconds(findings));
    let then = then_node.map(|node| node.milliseconds(findings));
    let (first, then) = match (first, then) {
        (Some(first), Some(then)) => (first?, then?),
        (Some(first), None) => (first?, Increments::EXACT.then()),
        (None, Some(then)) => (Milliseconds(0), then?),
        (None, None) => unreachable!("one of them is named"),
    };
    match Increments::new(first, then) {
        Some(increments) => Some(Measure::Time { unit, of, increments }),
        None => {
            let span = then_node.map_or(&unit_node.span, |node| &node.span);
            findings.error(
                "C014",
                span,
                "an increment of no length cannot be counted",
                "write `then = \"1s\"` for seconds",
            );
            None
        }
    }
}

/// Which states of agents are billed: those that `of` or `when.state` names.
fn agent_time(
    of: Option<Of>,
    of_node: Option<&Node>,
    unit_node: &Node,
    select: &mut Select,
    findings: &mut Findings,
) -> Option<()> {
    let span = of_node.map_or(&unit_node.span, |node| &node.span);
    let states = |wanted: fn(AgentState) -> bool| -> Vec<String> {
        AgentState::ALL.iter().filter(|state| wanted(**state)).map(|state| state.as_str().to_owned()).collect()
    };
    let states = match (of, selects(select, Field::State)) {
        (None, true) => return Some(()),
        (Some(Of::Hours(HoursWord::LoggedIn)), false) => states(AgentState::is_logged_in),
        (Some(Of::Hours(HoursWord::Productive)), false) => states(AgentState::is_productive),
        (Some(Of::Hours(HoursWord::Schedule(hours))), _) => {
            let help = "write grain = \"schedule\" for it";
            findings.error("C007", span, format!("agents' states do not tell {} hours", hours.word()), help);
            return None;
        }
        (Some(Of::Parts(_)), _) => {
            let help = "write `of = \"logged in\"`, `of = \"productive\"`, or `when = { state = [...] }`";
            findings.error("C007", span, "agents' states have no parts of contacts", help);
            return None;
        }
        (Some(_), true) => {
            findings.error("C016", span, "the hours are named twice, here and in `when`", "keep one of the two");
            return None;
        }
        (None, false) => {
            let help = "write `of = \"logged in\"`, `\"productive\"`, `\"requested\"` or `\"scheduled\"`";
            findings.error("C016", span, "it is not said which hours are billed", help);
            return None;
        }
    };
    select.criteria.push(Criterion::OneOf(Field::State, states));
    Some(())
}

fn agent_proration(fields: &mut Fields<'_>, findings: &mut Findings) -> Proration {
    match fields.take("prorate") {
        Some(node) => {
            node.one_of(&[("day", Proration::Day), ("none", Proration::None)], findings).unwrap_or(Proration::None)
        }
        None => {
            let message = "it is not said what an agent costs who joins or leaves within a month: a full month";
            let help =
                "ask the provider, and add `prorate = \"day\"` (the share of the month's days) or `prorate = \"none\"`";
            findings.warning("C026", fields.place(), message, help);
            Proration::None
        }
    }
}

/// `each`, or `bands` with their tiers.
fn bands(fields: &mut Fields<'_>, refused: bool, findings: &mut Findings) -> Option<Bands> {
    let each = fields.take("each");
    let bands = fields.take("bands");
    let tiers = fields.take("tiers");
    if let Some(node) = tiers {
        match node.text(findings) {
            Some("graduated") | None => {}
            Some(word @ ("volume" | "stair-step" | "package")) => {
                let help = "take the charge out to price the rest, and reckon it by hand";
                findings.error("C001", &node.span, format!("this version does not price {word} tiers"), help);
            }
            Some(_) => {
                node.one_of(&[("graduated", ())], findings);
            }
        }
    }
    match (each, bands) {
        (Some(node), None) if matches!(node.value, Value::Table(_)) => {
            let help = "write the price itself; reckon shares of other charges by hand";
            findings.error("C001", &node.span, "this version does not price a share of another charge", help);
            None
        }
        (Some(node), None) => node.exact_not_negative(findings).map(|price| Bands::flat(Price(price))),
        (None, Some(node)) => {
            if tiers.is_none() && 1 < node.one_or_many().len() {
                let message = "it is not said how the bands apply: each to the units within it (graduated)";
                let help = "ask the provider, and add `tiers = \"graduated\"`; \
                            with volume tiers one price would apply to all units";
                findings.warning("C028", &node.span, message, help);
            }
            banded(node, findings)
        }
        (Some(each), Some(bands)) => {
            let primary = findings.label(&each.span, "one price");
            let related = findings.label(&bands.span, "and prices by band");
            let diagnostic = Diagnostic::error("C003", "this charge has two prices", primary).with_related(related);
            findings.push(diagnostic.with_help("keep one of them"));
            None
        }
        (None, None) if refused => None,
        (None, None) => {
            let help = "add `each = \"0.95\"`, or `bands = [{ from = \"0\", each = \"0.95\" }, …]`";
            findings.error("C003", fields.place(), "this charge has no price", help);
            None
        }
    }
}

fn banded(node: &Node, findings: &mut Findings) -> Option<Bands> {
    let mut bands = Vec::new();
    let mut places = Vec::new();
    for node in node.list(findings)? {
        let Some(mut fields) = Fields::of(node, findings) else { continue };
        let from_node = fields.require("from", "the volume at which the band begins", findings);
        let each_node = fields.require("each", "the price of a unit in the band", findings);
        let from = from_node.and_then(|node| node.exact_not_negative(findings));
        let each = each_node.and_then(|node| node.exact_not_negative(findings));
        fields.finish(findings);
        if let (Some(from), Some(each), Some(from_node)) = (from, each, from_node) {
            bands.push((Quantity(from), Price(each)));
            places.push(from_node.span.clone());
        }
    }
    if findings.has_errors() && bands.len() != node.one_or_many().len() {
        return None; // What is missing has its own finding.
    }
    match Bands::new(bands) {
        Ok(bands) => Some(bands),
        Err(BandsError::GapAtStart) => {
            let span = places.first().unwrap_or(&node.span);
            findings.error(
                "C005",
                span,
                "the first band does not begin at 0",
                "small volumes would have no price: begin at \"0\"",
            );
            None
        }
        Err(BandsError::NotIncreasing(position)) => {
            let primary = findings.label(&places[position], "this band");
            let related = findings.label(&places[position - 1], "starts where this one does, or after it");
            let diagnostic =
                Diagnostic::error("C006", "two bands start at the same volume, or in the wrong order", primary);
            let help = "raise one start; bands must increase, and the last one has no end";
            findings.push(diagnostic.with_related(related).with_help(help));
            None
        }
    }
}

fn scope(fields: &mut Fields<'_>, bands: Option<&Bands>, findings: &mut Findings) -> Scope {
    let words = [Scope::Program, Scope::Site, Scope::Contract].map(|scope| (scope.word(), scope));
    match fields.take("scope") {
        Some(node) => node.one_of(&words, findings).unwrap_or(Scope::Contract),
        None => {
            if bands.is_some_and(|bands| bands.single().is_none()) {
                let message = "it is not said what shares the bands: the whole contract";
                let help = "ask the provider, and add `scope = \"contract\"`, `\"program\"` or `\"site\"`: \
                            apart, each would climb the bands by itself and pay more";
                findings.warning("C025", fields.place(), message, help);
            }
            Scope::Contract
        }
    }
}

fn surcharges(fields: &mut Fields<'_>, calendars: &Calendars, findings: &mut Findings) -> (Vec<Surcharge>, Overlap) {
    let overlap = fields
        .take("surcharges")
        .and_then(|node| node.one_of(&[("add", Overlap::Add), ("highest", Overlap::Highest)], findings));
    let Some(node) = fields.take("surcharge") else { return (Vec::new(), overlap.unwrap_or(Overlap::Add)) };
    let nodes = node.one_or_many();
    if nodes.len() > Class::MOST {
        let message = format!("more than {} surcharges on one charge", Class::MOST);
        findings.error("C017", &node.span, message, "join calendars that have the same percentage");
        return (Vec::new(), Overlap::Add);
    }
    let surcharges = nodes.iter().filter_map(|node| surcharge(node, calendars, findings)).collect();
    (surcharges, overlap.unwrap_or(Overlap::Add))
}

fn surcharge(node: &Node, calendars: &Calendars, findings: &mut Findings) -> Option<Surcharge> {
    let mut fields = Fields::of(node, findings)?;
    let calendar_node = fields.require("calendar", "the name of a [calendar.NAME]", findings);
    let percent = fields.require("percent", "what is added, in percent of the list price", findings);
    let percent = percent.and_then(|node| node.percent(findings).map(|percent| (node, percent)));
    let base = fields.take("base").map(|node| (node, node.text(findings)));
    match base {
        Some((node, Some(word @ ("marginal" | "average")))) => {
            let help = "write `base = \"list\"` if the first band's price is meant";
            findings.error(
                "C001",
                &node.span,
                format!("this version does not price surcharges on the {word} price"),
                help,
            );
        }
        Some((node, Some(_))) => {
            node.one_of(&[("list", ())], findings);
        }
        Some((_, None)) | None => {}
    }
    match fields.take("across").map(|node| (node, node.text(findings))) {
        Some((node, Some("split"))) => {
            let help = "write `across = \"start\"` if the calendar at the contact's start decides";
            findings.error("C001", &node.span, "this version does not split a contact between calendars", help);
        }
        Some((node, Some(_))) => {
            node.one_of(&[("start", ())], findings);
        }
        Some((_, None)) | None => {}
    }
    fields.finish(findings);
    let name = calendar_node?.name(findings)?;
    if !calendars.contains_key(name) {
        let known: Vec<String> = calendars.keys().map(|name| format!("`{name}`")).collect();
        let help = if known.is_empty() {
            format!("add `[calendar.{name}]` with `use = \"US-federal\"`, dates or hours")
        } else {
            format!("the contract's calendars are {}", known.join(", "))
        };
        findings.error("C009", &calendar_node?.span, format!("there is no calendar `{name}`"), help);
    }
    let (percent_node, percent) = percent?;
    if percent.is_negative() {
        findings.error(
            "C017",
            &percent_node.span,
            "a surcharge below 0 is a discount",
            "write a percentage of at least 0",
        );
    }
    Some(Surcharge { calendar: name.to_owned(), share: Factor::percent(&percent) })
}
