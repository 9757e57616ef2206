//! Reading prices and quantities that follow from others: percentages of sales, markups, shares and ratios.

use std::ops::Range;

use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Amount, Diagnostic, Exact, Factor, Price, Quantity, RoundHow};

use super::reference::{References, What};
use super::unit;
use crate::{EachContact, Measure, Ratio, ShareOf, Tariff};

/// A price that is said otherwise than by an amount a unit.
pub(super) enum Proportion {
    Read(Tariff),
    /// Why has its own finding.
    Unreadable,
}

impl Proportion {
    fn of(tariff: Option<Tariff>) -> Proportion {
        tariff.map_or(Proportion::Unreadable, Proportion::Read)
    }
}

/// `each = { percent = …, of_price = … }`, `percent = …` of what was sold, or `markup = …` on what was spent. None where the
/// price is an amount a unit.
pub(super) fn proportion(
    unit: &Node,
    fields: &mut Fields<'_>,
    references: &mut References,
    findings: &mut Findings,
) -> Option<Proportion> {
    if is_word(unit, "cost") {
        return Some(Proportion::of(markup(fields, findings)));
    }
    if let Some(node) = fields.take("each").filter(|node| matches!(node.value, Value::Table(_))) {
        return Some(Proportion::of(of_price(node, references, findings)));
    }
    if !is_word(unit, "sale") {
        return None;
    }
    let node = fields.take("percent")?;
    for other in ["each", "bands"] {
        if let Some((key, _)) = fields.take_entry(other) {
            two_prices(&key.span, node, findings);
        }
    }
    let percent = node.percent_not_negative(findings);
    Some(Proportion::of(percent.map(|percent| Tariff::flat(Price(Factor::percent(&percent).0)))))
}

/// Where a charge says that it is priced by a share of what was sold: at its `percent`, or at its bands'. None where it does
/// not.
pub(super) fn percent_of_sales(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Range<usize>> {
    if let Some(node) = fields.take("percent") {
        return Some(node.span.clone());
    }
    let bands = fields.take("bands")?.one_or_many();
    let percent = |band: &'_ Node| match &band.value {
        Value::Table(table) => table.get("percent").map(|node| node.span.clone()),
        _ => None,
    };
    let first = bands.iter().find_map(percent)?;
    if let Some(other) = bands.iter().find(|band| percent(band).is_none()) {
        let primary = findings.label(&other.span, "no percentage");
        let related = findings.label(&first, "a percentage");
        let diagnostic = Diagnostic::error("C044", "bands of sales have prices or percentages, not both", primary);
        findings
            .push(diagnostic.with_related(related).with_help("write `percent` in every band, or `each` in every band"));
    }
    Some(first)
}

/// Refuses a percentage of anything but sales.
pub(super) fn only_of_sales(percent: Option<&Range<usize>>, measure: &Measure, findings: &mut Findings) {
    if let (Some(place), false) = (percent, matches!(measure, Measure::SaleAmount)) {
        let help = "write `unit = \"sale\"` for a share of what was sold, or `of_charges = […]` and no unit for a share of other charges";
        findings.error("C044", place, "only sales have an amount that a percentage could be of", help);
    }
}

fn is_word(node: &Node, word: &str) -> bool {
    matches!(&node.value, Value::Text(text) if text == word)
}

fn two_prices(place: &Range<usize>, other: &Node, findings: &mut Findings) {
    let primary = findings.label(place, "one price");
    let related = findings.label(&other.span, "and another");
    let diagnostic = Diagnostic::error("C003", "this charge has two prices", primary);
    findings.push(diagnostic.with_related(related).with_help("keep one of them, or make two charges of it"));
}

fn markup(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Tariff> {
    for other in ["each", "bands"] {
        if let Some((key, _)) = fields.take_entry(other) {
            let help = "write `markup = \"5%\"`, or leave it out where costs are passed on as they are";
            findings.error("C044", &key.span, "a cost is billed as it is, with a markup: it has no price", help);
        }
    }
    let percent = fields.take("markup").map_or(Some(Exact::zero()), |node| node.percent_not_negative(findings))?;
    Some(Tariff::flat(Price(&Exact::one() + &Factor::percent(&percent).0)))
}

fn of_price(node: &Node, references: &mut References, findings: &mut Findings) -> Option<Tariff> {
    let mut fields = Fields::of(node, findings)?;
    let percent = fields.require("percent", "the share, such as \"50\"", findings);
    let percent = percent.and_then(|node| node.percent_not_negative(findings));
    let of = fields.require("of_price", "the charge whose price is meant", findings);
    let of = of.and_then(|node| references.refer(node, What::Price, findings));
    fields.finish(findings);
    Some(Tariff::OfPrice { share: Factor::percent(&percent?), of: of? })
}

/// `each_at_least`, `each_at_most`: what a sale costs at least and at most.
pub(super) fn each_sale(fields: &mut Fields<'_>, measure: &Measure, each: &mut EachContact, findings: &mut Findings) {
    let least = fields.take_entry("each_at_least");
    let most = fields.take_entry("each_at_most");
    if !matches!(measure, Measure::SaleAmount) {
        for (key, _) in [least, most].into_iter().flatten() {
            let message =
                format!("`{}` limits what each sale's percentage comes to, and nothing is billed by it", key.name);
            let help = "write `minimum = { each_contact = \"…\" }` or `cap = { each_contact = \"…\" }`";
            findings.error("C044", &key.span, message, help);
        }
        return;
    }
    let amount = |node: &Node, findings: &mut Findings| node.exact_not_negative(findings).map(Amount);
    if let Some((_, node)) = least {
        each.least = amount(node, findings);
    }
    if let Some((_, node)) = most {
        each.most = amount(node, findings);
        if let (Some(least), Some(most)) = (&each.least, &each.most)
            && most < least
        {
            let help = "raise the most or lower the least";
            findings.error("C044", &node.span, "a sale costs at least more than it costs at most", help);
        }
    }
}

/// `ratio` with `unit` and `each`: so many units for so many of another charge's.
pub(super) fn ratio(
    node: &Node,
    unit: Option<&Node>,
    fields: &mut Fields<'_>,
    references: &mut References,
    findings: &mut Findings,
) -> Option<Ratio> {
    let word = match unit {
        Some(unit) => unit::read(unit, findings).map(unit::Unit::word),
        None => {
            let help = "add `unit = \"agent-month\"` and what one costs";
            findings.error("C003", &node.span, "it is not said what the ratio yields", help);
            None
        }
    };
    let each = fields.require("each", "what a unit costs", findings);
    let each = each.and_then(|node| match node.value {
        Value::Table(_) => {
            let help = "write what one costs, such as `each = \"3200\"`";
            findings.error(
                "C044",
                &node.span,
                "what a ratio yields has a price of its own, and no share of another's",
                help,
            );
            None
        }
        _ => node.exact_not_negative(findings).map(Price),
    });
    let mut of = Fields::of(node, findings)?;
    let one_per = of.require("one_per", "for how many units of the other charge there is one, such as 15", findings);
    let one_per = one_per.and_then(|node| {
        let number = node.exact_not_negative(findings)?;
        if number.is_zero() {
            findings.error("T007", &node.span, "one for each 0 is without end", "write a number above 0");
            return None;
        }
        Some(Quantity(number))
    });
    let other = of.require("of", "the other charge's name", findings);
    let other = other.and_then(|node| references.refer(node, What::Quantity, findings));
    let round = match of.take("round") {
        Some(node) => node.one_of(&ROUNDINGS, findings),
        None => {
            let message = "it is not said what becomes of a fraction: it is billed as a whole unit";
            let help = "ask the provider, and add `round = \"up\"`; `\"down\"` bills none for it, \
                        `\"none\"` the fraction itself";
            findings.warning("C043", &node.span, message, help);
            Some(Some(RoundHow::Up))
        }
    };
    of.finish(findings);
    Some(Ratio { unit: word?.to_owned(), one_per: one_per?, of: other?, round: round?, each: each? })
}

const ROUNDINGS: [(&str, Option<RoundHow>); 5] = [
    ("up", Some(RoundHow::Up)),
    ("down", Some(RoundHow::Down)),
    ("half-up", Some(RoundHow::HalfUp)),
    ("half-even", Some(RoundHow::HalfEven)),
    ("none", None),
];

/// `percent` and `of_charges`: a share of what other charges come to.
pub(super) fn share(
    percent: &Node,
    fields: &mut Fields<'_>,
    references: &mut References,
    findings: &mut Findings,
) -> Option<ShareOf> {
    let percent = percent.percent_not_negative(findings);
    let node = fields.require("of_charges", "the charges that it is a share of, by name", findings)?;
    let nodes = node.one_or_many();
    if nodes.is_empty() {
        findings.error("C012", &node.span, "an empty list names no charge", "name the charges that it is a share of");
    }
    let mut of: Vec<usize> = nodes.iter().filter_map(|node| references.refer(node, What::Amount, findings)).collect();
    of.sort_unstable();
    of.dedup();
    Some(ShareOf { share: Factor::percent(&percent?), of })
}
