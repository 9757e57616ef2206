//! From a contract's text to its meaning.

mod amendment;
mod bands;
mod bound;
mod charge;
mod condition;
mod derived;
mod discount;
mod governance;
mod hours;
mod included;
mod increments;
mod index;
mod lengths;
mod limits;
mod measure;
mod minimum;
mod over_lines;
mod pay;
mod payment;
mod prepaid;
mod quantity;
mod reference;
mod revision;
mod select;
mod sla;
mod surcharge;
mod terms;
mod timeline;
mod unit;

use std::collections::BTreeMap;

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Calendar, CommonDenominator, Currency, Diagnostic, Exact, Rounding, Term, Text, Zone};

use over_lines::OverLines;
use reference::References;

use crate::{AtRisk, Charge, ChargeKind, Choice, Contract, CountedAt, RoundAt, RoundRule, Sla, Tariff};

/// The codes of this crate's diagnostics; each has a page under `docs/diagnostics`.
pub const CODES: [&str; 76] = [
    "C001", "C003", "C004", "C005", "C006", "C007", "C008", "C009", "C010", "C011", "C012", "C013", "C014", "C015",
    "C016", "C017", "C018", "C020", "C021", "C022", "C023", "C024", "C025", "C026", "C027", "C028", "C029", "C030",
    "C031", "C032", "C033", "C034", "C035", "C036", "C037", "C038", "C039", "C040", "C041", "C042", "C043", "C044",
    "C050", "C051", "C052", "C053", "C054", "C055", "C056", "C057", "C058", "C059", "C060", "C061", "C062", "C063",
    "C064", "C065", "C066", "C067", "C068", "C069", "C070", "C071", "C072", "C073", "C074", "C075", "C076", "C077",
    "C078", "C079", "Q001", "Q002", "Q003", "Q004",
];

/// Reads a contract: what it means, unless something makes it unusable, and every mistake and doubt, in the order of
/// their places.
///
/// ```
/// use longshore_units::Text;
/// let text = "provider = 'answering-co'\ncurrency = 'USD'\nstarts = 2027-01-01\n[[charge]]\nunit = 'minute'\neach = '0.95'\n";
/// let (contract, doubts) = longshore_contract::read(&Text::new("small.toml", text));
/// assert_eq!(contract.unwrap().charges[0].name, "minute");
/// assert!(doubts.iter().all(|doubt| !doubt.is_error()));
/// ```
pub fn read(text: &Text) -> (Option<Contract>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let root = longshore_document::read(text, &mut findings);
    let contract = Fields::of(&root, &mut findings).and_then(|fields| contract(fields, &mut findings));
    let contract = contract.filter(|_| !findings.has_errors());
    let contract = timeline::amended(&root, contract, &mut findings);
    let contract = contract.filter(|_| !findings.has_errors());
    (contract, findings.into_diagnostics())
}

fn contract(mut fields: Fields<'_>, findings: &mut Findings) -> Option<Contract> {
    let f = findings;
    if let Some(format) = fields.take("format") {
        format.whole(1, 1, f);
    }
    let name = fields.take("name").and_then(|node| node.name(f)).map(str::to_owned);
    let buyer = fields.take("buyer").and_then(|node| node.name(f)).map(str::to_owned);
    let provider = fields.require("provider", "the seller, as the records name it", f).and_then(|node| node.name(f));
    let place = fields.take("place").and_then(|node| node.name(f)).map(str::to_owned);
    let programs = fields.take("programs").map_or(Vec::new(), |node| names(node, f));
    let currency: Option<Currency> = fields
        .require("currency", "the currency of all amounts, such as \"USD\"", f)
        .and_then(|node| node.read("\"USD\"", f));
    let zone = zone(&mut fields, f);
    let counted_at = counted_at(&mut fields, f);
    let (term, signed) = term(&mut fields, f);
    let round = terms::round_of_contract(&mut fields, currency, f);
    let calendars = terms::calendars(&mut fields, f);
    let _ = fields.take("amendment"); // What holds before any of them is read here.
    let context = charge::Context { calendars: &calendars, currency, term, round: round.as_ref() };
    let (charges, unusable) = charges(&mut fields, &context, f);
    let exit = fields.take("exit").and_then(|node| governance::exit(node, f));
    let records = fields.take("records").and_then(|node| governance::records(node, f));
    let governance = fields.take("governance").and_then(|node| governance::governance(node, f));
    let lines = over_lines::Lines::new(&charges, &unusable, term, currency);
    let over_lines = OverLines::read(&mut fields, &lines, f);
    let slas = sla::read(&mut fields, &lines, &calendars, f);
    let at_risk_node = fields.take("at_risk");
    let at_risk = at_risk_node.and_then(|node| pay::at_risk(node, f));
    sla::needs_at_risk(&slas, at_risk_node, at_risk.as_ref(), f);
    doubled_names(&charges, &over_lines, &slas, f);
    if unusable.is_empty() {
        unused_calendars(&calendars, &charges, &slas, f);
    }
    endless_fractions(round.as_ref(), &charges, &over_lines, (&slas, at_risk.as_ref()), f);
    fields.finish(f);

    Some(Contract {
        name,
        buyer,
        provider: provider?.to_owned(),
        place,
        programs,
        currency: currency?,
        zone: zone?,
        counted_at,
        term: term?,
        in_force: term?,
        signed,
        round: round?,
        calendars: calendars.into_iter().map(|(name, placed)| (name, placed.value)).collect(),
        charges: values(charges),
        minimums: values(over_lines.minimums),
        discounts: values(over_lines.discounts),
        indexes: values(over_lines.indexes),
        prepaid: values(over_lines.prepaid),
        tax: over_lines.tax.map(|placed| placed.value),
        pay: over_lines.pay.map(|placed| placed.value).unwrap_or_default(),
        slas: values(slas),
        at_risk,
        exit,
        records,
        governance,
        amendments: Vec::new(),
        amended: BTreeMap::new(),
    })
}

/// Something read, and the place that names it.
pub(crate) struct Placed<T> {
    pub value: T,
    pub place: std::ops::Range<usize>,
}

fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|placed| placed.value).collect()
}

/// Calendars by name, with their places.
pub(crate) type Calendars = BTreeMap<String, Placed<Calendar>>;

/// One name, or a list of names.
fn names(node: &Node, findings: &mut Findings) -> Vec<String> {
    let nodes = node.one_or_many();
    if nodes.is_empty() {
        findings.error(
            "T007",
            &node.span,
            "this list is empty",
            "name at least one, or take the key out: then all are meant",
        );
    }
    nodes.iter().filter_map(|node| node.name(findings).map(str::to_owned)).collect()
}

fn zone(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Zone> {
    let Some(node) = fields.take("time_zone") else {
        let message = "no time zone is named: days, months and hours are read in UTC";
        let help = "add `time_zone = \"America/New_York\"`, and ask the provider which zone its months end in: \
                    in New York the last hours of each month would fall into another invoice";
        findings.warning("C023", fields.place(), message, help);
        return Some(Zone::utc());
    };
    let name = node.name(findings)?;
    match Zone::named(name) {
        Ok(zone) => Some(zone),
        Err(error) => {
            findings.error("T006", &node.span, error.to_string(), "write, for example, \"America/New_York\"");
            None
        }
    }
}

fn counted_at(fields: &mut Fields<'_>, findings: &mut Findings) -> CountedAt {
    let Some(node) = fields.take("counted_at") else {
        let message =
            "it is not said which instant decides a contact's month: the one at which it was offered is taken";
        let help = "add `counted_at = \"offered\"` (or arrived, answered, ended) as the provider does it; \
                    only contacts under way at midnight of a month's end would move";
        findings.warning("C024", fields.place(), message, help);
        return CountedAt::Offered;
    };
    let words = [CountedAt::Arrived, CountedAt::Offered, CountedAt::Answered, CountedAt::Ended];
    node.one_of(&words.map(|at| (at.word(), at)), findings).unwrap_or(CountedAt::Offered)
}

fn term(fields: &mut Fields<'_>, findings: &mut Findings) -> (Option<Term>, Option<jiff::civil::Date>) {
    let starts_node = fields.require("starts", "the first day, such as 2027-01-01", findings);
    let starts = starts_node.and_then(|node| node.date(findings));
    let ends_node = fields.take("ends");
    let ends = ends_node.and_then(|node| node.date(findings));
    let signed = fields.take("signed").and_then(|node| node.date(findings));
    if let (Some(starts), Some(ends), Some(starts_node), Some(ends_node)) = (starts, ends, starts_node, ends_node)
        && ends < starts
    {
        let primary = findings.label(&ends_node.span, "the last day");
        let related = findings.label(&starts_node.span, "the first day");
        let diagnostic = Diagnostic::error("C011", "the contract ends before it starts", primary).with_related(related);
        findings.push(diagnostic.with_help("both days belong to the term: the last is not before the first"));
        return (None, signed);
    }
    if let Some((day, node)) = out_of_time(starts.zip(starts_node), ends.zip(ends_node)) {
        let message = format!("a contract in force on {day} is not one that people sign");
        let help = "write a day from 1970 to 2199, and leave `ends` out where a contract has no end";
        findings.error("C011", &node.span, message, help);
        return (None, signed);
    }
    (starts.map(|starts| Term { starts, ends }), signed)
}

/// The first day that no contract's term reaches.
fn out_of_time<'n>(
    starts: Option<(jiff::civil::Date, &'n Node)>,
    ends: Option<(jiff::civil::Date, &'n Node)>,
) -> Option<(jiff::civil::Date, &'n Node)> {
    starts.into_iter().chain(ends).find(|(day, _)| !(1970..2200).contains(&day.year()))
}

/// The most charges of a contract: a rate card of every language and hour has a tenth of them.
const CHARGES_MOST: usize = 5000;

/// The charges that can be priced, and the names of those that cannot.
fn charges(
    fields: &mut Fields<'_>,
    context: &charge::Context<'_>,
    findings: &mut Findings,
) -> (Vec<Placed<Charge>>, Vec<String>) {
    let (mut charges, mut unusable) = (Vec::new(), Vec::new());
    match fields.take("charge") {
        None => {
            let help = "add a `[[charge]]` with a unit and a price";
            findings.error("C013", fields.place(), "the contract has no charge", help);
        }
        Some(node) => {
            let nodes = node.one_or_many();
            if let Some(node) = nodes.get(CHARGES_MOST) {
                let message = format!("more than {CHARGES_MOST} charges: those from here on are not read");
                let help =
                    "prices by place or team belong into contracts of their own; see whether a part stands twice";
                findings.error("C013", &node.span, message, help);
            }
            let nodes = &nodes[..nodes.len().min(CHARGES_MOST)];
            let mut references = References::between(nodes);
            for (position, node) in nodes.iter().enumerate() {
                references.from = position;
                match charge::read(node, context, &mut references, findings) {
                    charge::Reading::Charge(charge) => charges.push(Some(*charge)),
                    charge::Reading::Unusable(name) => {
                        charges.push(None);
                        unusable.extend(name);
                    }
                }
            }
            references.check(&charges, findings);
        }
    }
    (charges.into_iter().flatten().collect(), unusable)
}

/// Names of lines that an invoice has of its own.
const RESERVED: [&str; 3] = ["rounding", crate::price::EXCHANGE, crate::price::DEPOSIT];

fn doubled_names(charges: &[Placed<Charge>], over_lines: &OverLines, slas: &[Placed<Sla>], findings: &mut Findings) {
    let charges = charges.iter().map(|charge| (charge.value.name.clone(), &charge.place));
    let slas = slas.iter().flat_map(|sla| sla.value.lines().map(|name| (name, &sla.place)));
    let mut seen: BTreeMap<String, &std::ops::Range<usize>> = BTreeMap::new();
    for (name, place) in charges.chain(over_lines.names()).chain(slas) {
        if RESERVED.contains(&name.as_str()) {
            let message = match name.as_str() {
                "rounding" => "`rounding` is the name of the invoice's own rounding line".to_owned(),
                name => format!("`{name}` is the name of a line that an invoice may have of its own"),
            };
            findings.error("C004", place, message, "choose another name");
        } else if let Some(first) = seen.get(&name) {
            let primary = findings.label(place, "this one");
            let related = findings.label(first, "has that name already");
            let diagnostic = Diagnostic::error("C004", format!("two lines are called `{name}`"), primary);
            let help = "give one of them a `name`; an unnamed charge is called by its unit";
            findings.push(diagnostic.with_related(related).with_help(help));
        } else {
            seen.insert(name, place);
        }
    }
}

/// The most calendars of a contract: each is a bit of the time it is counted at.
const CALENDARS_MOST: usize = 32;

fn unused_calendars(calendars: &Calendars, charges: &[Placed<Charge>], slas: &[Placed<Sla>], findings: &mut Findings) {
    let used = |name: &str| {
        let by_charge = charges.iter().any(|charge| match &charge.value.kind {
            ChargeKind::Counted(counted) => counted.surcharges.iter().any(|surcharge| surcharge.calendar == name),
            _ => false,
        });
        by_charge || slas.iter().any(|sla| sla.value.measure.choice(Choice::Calendar) == name)
    };
    if let Some((_, calendar)) = calendars.iter().nth(CALENDARS_MOST) {
        let message = format!("more than {CALENDARS_MOST} calendars");
        findings.error("C010", &calendar.place, message, "join those that have the same percentage");
    }
    for (name, calendar) in calendars {
        if !used(name) {
            let help = "take it out, or name it in a surcharge: a calendar alone changes no price";
            findings.warning("C029", &calendar.place, format!("no charge uses the calendar `{name}`"), help);
        }
    }
}

/// An invoice sums exactly, so that its lines' fractions meet in one denominator: charges that would make it longer than
/// can be reckoned with are refused.
fn endless_fractions(
    round: Option<&RoundRule>,
    charges: &[Placed<Charge>],
    over_lines: &OverLines,
    service: (&[Placed<Sla>], Option<&AtRisk>),
    findings: &mut Findings,
) {
    let mut common = CommonDenominator::default();
    if let Some(rule) = round {
        common.admits(rule.rounding.to()); // One number alone is always short.
    }
    let (slas, at_risk) = service;
    let at_risk = at_risk.map_or(Vec::new(), pay::numbers);
    let charges = charges.iter().map(|charge| (numbers(&charge.value), &charge.place));
    let slas =
        slas.iter().map(|sla| (sla::numbers(&sla.value).into_iter().chain(at_risk.clone()).collect(), &sla.place));
    for (numbers, place) in charges.chain(over_lines.numbers()).chain(slas) {
        if !numbers.iter().all(|number| common.admits(number)) {
            let message = "the fractions up to here have no common denominator of reasonable length";
            findings.error("C017", place, message, "write decimals such as \"0.3333\" in place of most fractions");
        }
    }
}

/// The exact numbers of a charge.
fn numbers(charge: &Charge) -> Vec<&Exact> {
    let mut numbers: Vec<&Exact> = charge.round.iter().map(|rule| rule.rounding.to()).collect();
    let crate::Limits { discount, most, least, .. } = &charge.limits;
    numbers.extend(discount.iter().map(|share| &share.0).chain(most.iter().chain(least).map(|amount| &amount.0)));
    match &charge.kind {
        ChargeKind::Counted(counted) => {
            let each = &counted.each_contact;
            numbers.extend(each.least.iter().chain(&each.most).chain([&each.fee]).map(|amount| &amount.0));
            numbers.extend(counted.fee.iter().map(|fee| &fee.amount.0));
            numbers.extend(counted.included.iter().map(|included| &included.quantity.0));
            if let Tariff::Lengths(lengths) = &counted.tariff {
                numbers.extend(lengths.lengths.iter().map(|length| &length.price.0));
            }
            if let Tariff::OfPrice { share, .. } = &counted.tariff {
                numbers.push(&share.0);
            }
            if let Tariff::Bands { bands, .. } = &counted.tariff {
                numbers.extend(bands.iter().flat_map(|band| [&band.price.0, &band.fee.0, band.from.number()]));
                numbers.extend(bands.iter().filter_map(|band| band.most.as_ref().map(|most| &most.0)));
                numbers.extend(bands.iter().filter_map(|band| band.block.as_ref().map(|block| &block.size.0)));
            }
            numbers.extend(counted.surcharges.iter().map(|surcharge| &surcharge.share.0));
        }
        ChargeKind::Flat { amount, .. } | ChargeKind::FourWeekly { amount } | ChargeKind::Once { amount, .. } => {
            numbers.push(&amount.0)
        }
        ChargeKind::Ratio(ratio) => numbers.extend([&ratio.one_per.0, &ratio.each.0]),
        ChargeKind::Share(share) => numbers.push(&share.share.0),
    }
    numbers
}

/// The reading taken where a contract names no rounding: the one dearer to the buyer.
fn unsaid_rounding(currency: Currency) -> RoundRule {
    RoundRule { at: RoundAt::Line, rounding: Rounding::to_minor_unit(currency, longshore_units::RoundHow::Up) }
}
