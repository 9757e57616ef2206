//! Reading `[tax]` and `[pay]`: what stands below the service on an invoice.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Amount, Currency, Exact, Factor};

use super::Placed;
use super::over_lines::Lines;
use crate::{Bearer, ExchangeShare, Pay, Tax, Withholding};

const BEARERS: [(&str, Bearer); 2] = [("buyer", Bearer::Buyer), ("provider", Bearer::Provider)];

/// `[tax]`.
pub(super) fn tax(fields: &mut Fields<'_>, lines: &Lines<'_>, findings: &mut Findings) -> Option<Placed<Tax>> {
    let (key, node) = fields.take_entry("tax")?;
    let mut fields = Fields::of(node, findings)?;
    let kind = fields.require("kind", "what it is called, such as \"VAT\"", findings);
    let kind = kind.and_then(|node| node.name(findings)).map(str::to_owned);
    let clause = fields.take("clause").and_then(|node| node.name(findings)).map(str::to_owned);
    let percent = fields.require("percent", "its rate, such as \"12\"", findings);
    let percent = percent.and_then(|node| node.percent_not_negative(findings));
    let on = fields.take("on").map_or(Vec::new(), |node| lines.named(node, findings));
    let recoverable = fields.require("recoverable", "whether you get it back from the state, true or false", findings);
    let recoverable = recoverable.and_then(|node| node.boolean(findings));
    let reverse_charge = fields.take("reverse_charge").map_or(Some(false), |node| node.boolean(findings));
    fields.finish(findings);
    let share = Factor::percent(&percent?);
    let (recoverable, reverse_charge) = (recoverable?, reverse_charge?);
    Some(Placed { value: Tax { kind: kind?, clause, share, on, recoverable, reverse_charge }, place: key.span.clone() })
}

/// `[pay]`. What cannot be read is left out: it has its own finding.
pub(super) fn pay(fields: &mut Fields<'_>, lines: &Lines<'_>, findings: &mut Findings) -> Option<Placed<Pay>> {
    let (key, node) = fields.take_entry("pay")?;
    let mut fields = Fields::of(node, findings)?;
    let currency: Option<Currency> = fields.take("currency").and_then(|node| node.read("\"EUR\"", findings));
    let terms = fields.take("terms").and_then(|node| node.read("\"30 days\"", findings));
    let in_advance = fields.take("in_advance").and_then(|node| node.boolean(findings)).unwrap_or(false);
    let deposit = fields.take("deposit").and_then(|node| node.exact_not_negative(findings)).map(Amount);
    let exchange = fields.take("exchange").and_then(|node| exchange(node, lines, findings));
    let withholding = fields.take("withholding").and_then(|node| withholding(node, findings));
    fields.finish(findings);
    // Paid in the contract's own currency, nothing is exchanged.
    let currency = currency.filter(|currency| lines.currency != Some(*currency));
    Some(Placed { value: Pay { currency, terms, in_advance, deposit, exchange, withholding }, place: key.span.clone() })
}

fn withholding(node: &Node, findings: &mut Findings) -> Option<Withholding> {
    let mut fields = Fields::of(node, findings)?;
    let percent_node = fields.require("percent", "the share of what is paid that goes to the state: \"15\"", findings);
    let percent = percent_node.and_then(|node| node.percent_not_negative(findings));
    let borne_by = fields.require("borne_by", "\"buyer\" where you gross it up, or \"provider\"", findings);
    let borne_by = borne_by.and_then(|node| node.one_of(&BEARERS, findings));
    fields.finish(findings);
    let (percent, borne_by) = (percent?, borne_by?);
    if Exact::from(100u64) <= percent {
        let span = percent_node.map_or(&node.span, |node| &node.span);
        findings.error("T007", span, "nothing of the payment would reach the provider", "write a rate below 100%");
        return None;
    }
    Some(Withholding { share: Factor::percent(&percent), borne_by })
}

fn exchange(node: &Node, lines: &Lines<'_>, findings: &mut Findings) -> Option<ExchangeShare> {
    let mut fields = Fields::of(node, findings)?;
    let against_node = fields.require("against", "the provider's own currency, such as \"PHP\"", findings);
    let against: Option<Currency> = against_node.and_then(|node| node.read("\"PHP\"", findings));
    let base = fields.require("base", "the day whose rate was agreed", findings).and_then(|node| node.date(findings));
    let band = fields.require("band", "how far the rate may move before anything is shared, such as \"5%\"", findings);
    let band = band.and_then(|node| node.percent_not_negative(findings));
    let beyond = fields.require("beyond", "who bears what goes beyond, such as \"shared equally\"", findings);
    let buyers = beyond.and_then(|node| buyers(node, findings));
    fields.finish(findings);
    let against = against?;
    if lines.currency == Some(against) {
        let span = against_node.map_or(&node.span, |node| &node.span);
        let message = format!("{against} is the contract's own currency: it does not move against itself");
        findings.error("C057", span, message, "name the currency that the provider pays its people in");
        return None;
    }
    Some(ExchangeShare { against, base: base?, band: Factor::percent(&band?), buyers: buyers? })
}

/// The buyer's share of what goes beyond a band.
fn buyers(node: &Node, findings: &mut Findings) -> Option<Factor> {
    let text = node.text(findings)?;
    let percent = match text.trim() {
        "shared equally" => Some(Exact::from(50u64)),
        "buyer" => Some(Exact::from(100u64)),
        "provider" => Some(Exact::zero()),
        text => text.split_once('%').filter(|(_, whose)| whose.trim() == "buyer").and_then(|(percent, _)| {
            let percent: Exact = percent.trim().parse().ok()?;
            (!percent.is_negative() && percent <= Exact::from(100u64)).then_some(percent)
        }),
    };
    if percent.is_none() {
        let help = "write \"shared equally\", \"buyer\", \"provider\", or the buyer's share such as \"40% buyer\"";
        findings.error("C057", &node.span, "it is not said who bears what goes beyond the band", help);
    }
    percent.map(|percent| Factor::percent(&percent))
}
