//! Reading rounding, calendars, and what a month that is not whole costs.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{
    Calendar, CalendarDays, Currency, HOLIDAY_CALENDARS, Hours, RoundHow, Rounding, Term, WEEKDAYS, missing_holidays,
};

use super::{Calendars, Placed, unsaid_rounding};
use crate::{Per, Proration, RoundAt, RoundRule};

/// The contract's rounding: `[round]`, or the reading dearer to the buyer with a warning.
pub(crate) fn round_of_contract(
    fields: &mut Fields<'_>,
    currency: Option<Currency>,
    findings: &mut Findings,
) -> Option<RoundRule> {
    let Some(node) = fields.take("round") else {
        let unsaid = currency.map(unsaid_rounding);
        let to = unsaid.as_ref().map_or_else(|| "the minor unit".to_owned(), |rule| rule.rounding.to().to_string());
        let message = format!("no rounding is named: each line is rounded up to {to}, the reading dearer to you");
        let help = format!(
            "ask the provider, and add `[round]` with `at = \"line\"`, `to = \"{to}\"`, `how = \"half-up\"`: \
             that would cost up to {to} a line less; rounded at each contact it could cost far more"
        );
        findings.warning("C022", fields.place(), message, help);
        return unsaid;
    };
    let words = [RoundAt::Contact, RoundAt::Line, RoundAt::Invoice].map(|at| (at.word(), at));
    round(node, &words, currency, findings)
}

/// A charge's own rounding: of its contacts or its line. The invoice has but one.
pub(crate) fn round_of_charge(node: &Node, currency: Option<Currency>, findings: &mut Findings) -> Option<RoundRule> {
    round(node, &[RoundAt::Contact, RoundAt::Line].map(|at| (at.word(), at)), currency, findings)
}

fn round(
    node: &Node,
    places: &[(&'static str, RoundAt)],
    currency: Option<Currency>,
    findings: &mut Findings,
) -> Option<RoundRule> {
    let mut fields = Fields::of(node, findings)?;
    let at = fields.take("at").map(|node| node.one_of(places, findings));
    let to_node = fields.take("to");
    let to = to_node.map(|node| node.exact(findings));
    let ways = [
        ("half-up", RoundHow::HalfUp),
        ("half-even", RoundHow::HalfEven),
        ("up", RoundHow::Up),
        ("down", RoundHow::Down),
    ];
    let how = fields.take("how").map(|node| node.one_of(&ways, findings));
    let place = fields.place().clone();
    fields.finish(findings);
    let mut unsaid = Vec::new();
    let at = at.unwrap_or_else(|| {
        unsaid.push("where (each line is taken)");
        Some(RoundAt::Line)
    });
    let how = how.unwrap_or_else(|| {
        unsaid.push("which way (up is taken, the dearer)");
        Some(RoundHow::Up)
    });
    let to = to.unwrap_or_else(|| {
        unsaid.push("to what (the minor unit is taken)");
        currency.map(|currency| Rounding::to_minor_unit(currency, RoundHow::Up).to().clone())
    });
    if !unsaid.is_empty() {
        let message = format!("the rounding does not say {}", unsaid.join(", nor "));
        findings.warning("C022", &place, message, "write `{ at = \"line\", to = \"0.01\", how = \"half-up\" }`");
    }
    let to = to?;
    if !to.is_decimal() {
        let span = to_node.map_or(&place, |node| &node.span);
        let message = format!("no amount of money is a multiple of {to}");
        findings.error("C014", span, message, "write `to = \"0.01\"` for cents");
        return None;
    }
    // The step is looked at also where the way is not known.
    match Rounding::new(to, how.unwrap_or(RoundHow::Up)) {
        Ok(rounding) => how.map(|_| rounding).zip(at).map(|(rounding, at)| RoundRule { at, rounding }),
        Err(error) => {
            let span = to_node.map_or(&place, |node| &node.span);
            findings.error("C014", span, error.to_string(), "write `to = \"0.01\"` for cents");
            None
        }
    }
}

/// `[calendar.NAME]`: certain hours of certain days.
pub(crate) fn calendars(fields: &mut Fields<'_>, findings: &mut Findings) -> Calendars {
    let Some(node) = fields.take("calendar") else { return Calendars::new() };
    let Some(named) = Fields::of(node, findings) else { return Calendars::new() };
    let mut calendars = Calendars::new();
    for (key, node) in named.entries() {
        // One that cannot be read has its own finding; who refers to it is not told that there is none.
        let value = calendar(node, findings).unwrap_or(Calendar { days: None, hours: Hours::ALL_DAY });
        calendars.insert(key.name.clone(), Placed { value, place: key.span.clone() });
    }
    calendars
}

fn calendar(node: &Node, findings: &mut Findings) -> Option<Calendar> {
    let mut fields = Fields::of(node, findings)?;
    let used = fields.take("use");
    let catalog = used.map(|node| catalog(node, findings));
    let dates = fields.take("dates").map(|node| {
        let dates: BTreeSet<Date> = named(node, findings).iter().filter_map(|day| day.date(findings)).collect();
        dates
    });
    let weekdays = fields.take("weekdays").map(|node| {
        let words = named(node, findings).iter();
        words.filter_map(|day| day.one_of(&WEEKDAYS, findings)).collect::<Vec<Weekday>>()
    });
    let hours = fields.take("hours").map(|node| node.read::<Hours>("\"20:00-08:00\"", findings));
    let place = fields.place().clone();
    fields.finish(findings);
    let catalog = catalog.map_or(Some(None), |catalog| catalog.map(Some))?;
    if let (Some(name), Some(node), None) = (catalog, used, &dates) {
        warn_of_missing(name, node, findings);
    }
    let days = (catalog.is_some() || dates.is_some() || weekdays.is_some()).then(|| CalendarDays {
        catalog,
        dates: dates.unwrap_or_default(),
        weekdays: weekdays.unwrap_or_default(),
    });
    if days.is_none() && hours.is_none() {
        let help =
            "add `use = \"US-federal\"`, `dates = [...]`, `weekdays = [\"Sat\", \"Sun\"]` or `hours = \"20:00-08:00\"`";
        findings.error("C010", &place, "this calendar names no days and no hours", help);
        return None;
    }
    let hours = hours.unwrap_or(Some(Hours::ALL_DAY))?;
    Some(Calendar { days, hours })
}

/// Says which holidays a catalog's calendar lacks, where the contract names no days beside it.
fn warn_of_missing(name: &str, node: &Node, findings: &mut Findings) {
    let missing = missing_holidays(name);
    if !missing.is_empty() {
        let message = format!("the calendar `{name}` lacks what no rule gives: {}", missing.join("; "));
        let help = "add those that the provider keeps: `dates = [2027-03-10]`";
        findings.warning("C018", &node.span, message, help);
    }
}

/// The days of a list, which is not empty: nobody would ever pay a surcharge on none.
fn named<'n>(node: &'n Node, findings: &mut Findings) -> &'n [Node] {
    let nodes = node.one_or_many();
    if nodes.is_empty() {
        findings.error("C010", &node.span, "an empty list names no day", "name at least one, or take the key out");
    }
    nodes
}

fn catalog(node: &Node, findings: &mut Findings) -> Option<&'static str> {
    let name = node.name(findings)?;
    let known = HOLIDAY_CALENDARS.into_iter().find(|known| *known == name);
    if known.is_none() {
        let help = format!("the catalog has {}; other days go into `dates = [...]`", HOLIDAY_CALENDARS.join(", "));
        findings.error("C010", &node.span, format!("the catalog has no calendar `{name}`"), help);
    }
    known
}

/// `prorate`, or the reading dearer to the buyer: with a warning where a month of the term is not whole.
pub(crate) fn proration(
    fields: &mut Fields<'_>,
    name: &str,
    term: Option<Term>,
    findings: &mut Findings,
) -> Option<Proration> {
    if let Some(node) = fields.take("prorate") {
        return node.one_of(&[("day", Proration::Day), ("none", Proration::None)], findings);
    }
    if term.is_some_and(|term| !term.is_whole_months()) {
        let message =
            format!("the term has months that are not whole, and `{name}` does not say what they cost: a full month");
        let help = "ask the provider, and add `prorate = \"day\"` (that month would cost its days' share) or `prorate = \"none\"`";
        findings.warning("C026", fields.place(), message, help);
    }
    Some(Proration::None)
}

const PERIODS: [Per; 4] = [Per::Month, Per::Quarter, Per::Year, Per::Term];

/// `per`: over which time; the month where none is named.
pub(crate) fn per(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Per> {
    fields.take("per").map_or(Some(Per::Month), |node| period(node, findings))
}

/// A period over which something is counted or settled.
pub(crate) fn period(node: &Node, findings: &mut Findings) -> Option<Per> {
    if is_four_weeks(node) {
        let help = "ask for months: only a fixed `amount` is billed by 28 days";
        findings.error("C001", &node.span, "this version does not count or settle by 28 days", help);
        return None;
    }
    node.one_of(&PERIODS.map(|per| (per.word(), per)), findings)
}

/// Whether a period is four weeks, which no month is.
pub(crate) fn is_four_weeks(node: &Node) -> bool {
    matches!(&node.value, Value::Text(text) if matches!(text.as_str(), "28 days" | "4 weeks"))
}

/// `per`, of which this version knows the month.
pub(crate) fn per_month(fields: &mut Fields<'_>, findings: &mut Findings) {
    let Some(node) = fields.take("per") else { return };
    match node.text(findings) {
        Some("month") | None => {}
        Some(per) => {
            let help = "price what is agreed by the month; reckon the rest by hand";
            findings.error("C001", &node.span, format!("this version does not price by the {per}"), help);
        }
    }
}
