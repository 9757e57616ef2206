//! An invoice in our own shape: `docs/invoice.md`.

use jiff::civil::Date;
use longshore_contract::Contract;
use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Amount, CommonDenominator, Diagnostic, Exact, Month, Price, Quantity, Text};

use super::bounds::{FINDINGS_MOST, LINES_MOST};
use super::mapping::Mapping;
use super::written::{off_at_most, places};
use crate::{BilledInvoice, BilledLine, Figure, LinePart, Period, Shown};

/// Reads an invoice written in TOML, unless something makes it unusable, with every mistake found. Of the mapping the lines
/// and figures are used: what the provider's words mean.
pub fn invoice(contract: &Contract, text: &Text, mapping: &Mapping) -> (Option<BilledInvoice>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let root = longshore_document::read(text, &mut findings);
    let mut reading = Reading { contract, text, mapping, common: CommonDenominator::default() };
    let invoice = Fields::of(&root, &mut findings).and_then(|fields| reading.invoice(fields, &mut findings));
    let invoice = invoice.filter(|_| !findings.has_errors());
    (invoice, findings.into_diagnostics())
}

struct Reading<'t> {
    contract: &'t Contract,
    text: &'t Text,
    mapping: &'t Mapping,
    common: CommonDenominator,
}

impl Reading<'_> {
    fn invoice(&mut self, mut fields: Fields<'_>, f: &mut Findings) -> Option<BilledInvoice> {
        if let Some(format) = fields.take("format") {
            format.whole(1, 1, f);
        }
        let number = fields.require("number", "the provider's number for the invoice", f);
        let number = number.and_then(|node| node.name(f)).map(str::to_owned);
        let provider = fields.take("provider").and_then(|node| node.name(f)).map(str::to_owned);
        let place = fields.place().clone();
        let period = self.period(&mut fields, f);
        let issued = fields.take("issued").and_then(|node| node.date(f));
        let due = fields.take("due").and_then(|node| node.date(f));
        let currency = fields.take("currency").map(|node| node.read("USD", f));
        let total = fields.take("total").and_then(|node| self.amount(node, f));
        let lines = self.lines(fields.take("line"), f);
        let figures = fields.take("figure").map_or(&[][..], Node::one_or_many);
        let figures = figures.iter().filter_map(|node| self.figure(node, f)).collect();
        fields.finish(f);
        if period == Some(None) {
            let help = "add `month = \"2027-03\"`, or `from` and `until`";
            f.error("A001", &place, "the invoice does not say which days it bills", help);
        }
        Some(BilledInvoice {
            file: self.text.name.clone(),
            number: number?,
            provider,
            period: period??,
            issued,
            due,
            currency: currency.unwrap_or(Some(self.contract.currency))?,
            total,
            lines,
            figures,
        })
    }

    /// The days of `month`, or of `from` and `until`. `Some(None)` where none is named, `None` where one is wrong.
    fn period(&self, fields: &mut Fields<'_>, f: &mut Findings) -> Option<Option<Period>> {
        let month = fields.take("month").map(|node| (node, node.read::<Month>("2027-03", f)));
        let day = |node: Option<&Node>, f: &mut Findings| node.map(|node| node.date(f));
        let (from, until_node) = (fields.take("from"), fields.take("until"));
        let (from, until) = (day(from, f), day(until_node, f));
        match (month, from, until) {
            (None, None, None) => Some(None),
            (Some((_, month)), None, None) => month.map(|month| Some(Period::of(month))),
            (None, Some(from), Some(until)) => {
                let (from, until): (Date, Date) = (from?, until?);
                let period = Period::new(from, until);
                if let (None, Some(node)) = (period, until_node) {
                    let message = format!("the period ends before it begins, on {from}");
                    f.error("A001", &node.span, message, "write the first and the last day that are billed");
                }
                Some(Some(period?))
            }
            (month, ..) => {
                let place = month.map_or(fields.place().clone(), |(node, _)| node.span.clone());
                let message = "the days billed are either a `month`, or from a day until another";
                f.error("A001", &place, message, "write `month = \"2027-03\"`, or both `from` and `until`");
                None
            }
        }
    }

    fn lines(&mut self, node: Option<&Node>, f: &mut Findings) -> Vec<BilledLine> {
        let nodes = node.map_or(&[][..], Node::one_or_many);
        if let Some(next) = nodes.get(LINES_MOST) {
            let message = format!("more than {LINES_MOST} lines");
            f.error("A003", &next.span, message, "divide it into several invoices");
        }
        let mut lines = Vec::new();
        for (position, node) in nodes.iter().take(LINES_MOST).enumerate() {
            if FINDINGS_MOST < f.count() {
                break;
            }
            lines.extend(Fields::of(node, f).and_then(|fields| self.line(position + 1, fields, f)));
        }
        lines
    }

    fn line(&mut self, number: usize, mut fields: Fields<'_>, f: &mut Findings) -> Option<BilledLine> {
        let place = fields.place().clone();
        let description = fields.take("description").and_then(|node| node.text(f)).map(str::to_owned);
        let charge = fields.take("charge").and_then(|node| node.name(f)).map(str::to_owned);
        let part = fields.take("part").map(|node| node.one_of(&LinePart::WORDS, f));
        let period = self.period(&mut fields, f);
        let group = fields.take("group").and_then(|node| node.name(f)).unwrap_or_default().to_owned();
        let rows = fields.take("rows").and_then(|node| node.whole(0, i128::from(u64::MAX), f));
        let quantity =
            fields.take("quantity").and_then(|node| Some((Quantity(self.exact(node, f)?), places(written(node)))));
        let unit = fields.take("unit").and_then(|node| node.name(f)).map(str::to_owned);
        let price = fields.take("price").and_then(|node| self.price(node, f));
        let amount = fields.require("amount", "what the line asks for", f).and_then(|node| self.amount(node, f));
        let surcharges = fields.take("surcharges").map_or(&[][..], Node::one_or_many);
        let surcharges = surcharges.iter().filter_map(|node| node.name(f)).map(str::to_owned).collect();
        let clause = fields.take("clause").and_then(|node| node.name(f)).map(str::to_owned);
        fields.finish(f);
        if description.is_none() && charge.is_none() {
            let help = "add `description = …`, the provider's words, or `charge = …`, the contract's";
            f.error("A002", &place, "the line does not say what it bills", help);
        }
        let description = description.or_else(|| charge.clone())?;
        let meaning = self.mapping.meaning(&description).filter(|_| charge.is_none()).cloned().unwrap_or_default();
        let named = Some(meaning.charge).filter(|charge| !charge.is_empty());
        let surcharges: Vec<String> = surcharges;
        Some(BilledLine {
            number,
            place: format!("line {number}"),
            description,
            charge: charge.or(named),
            part: part.unwrap_or(Some(meaning.part))?,
            period: period?,
            group: if group.is_empty() { meaning.group.unwrap_or_default() } else { group },
            rows: rows.and_then(|rows| u64::try_from(rows).ok()),
            quantity_off_at_most: quantity.as_ref().map_or_else(Exact::zero, |(_, places)| off_at_most(*places)),
            quantity: quantity.map(|(quantity, _)| quantity),
            unit,
            price,
            amount: amount?,
            surcharges: if surcharges.is_empty() { meaning.surcharges } else { surcharges },
            clause,
        })
    }

    fn figure(&mut self, node: &Node, f: &mut Findings) -> Option<Figure> {
        let mut fields = Fields::of(node, f)?;
        let name = fields.require("name", "the SLA term, as the contract calls it", f).and_then(|node| node.name(f));
        let value = fields.require("value", "what the provider says it came to", f);
        let value = value.and_then(|node| match &node.value {
            Value::Text(text) if text.trim().ends_with('%') => Some(share(&node.percent(f)?)),
            Value::Text(text) if text.trim().ends_with('s') => {
                let milliseconds = node.milliseconds(f)?;
                Exact::ratio(i128::from(milliseconds.0), 1000)
            }
            _ => self.exact(node, f),
        });
        fields.finish(f);
        let name = name?;
        let meant = self.mapping.figures.iter().find(|(words, _)| words.mean(name)).map(|(_, sla)| sla.as_str());
        Some(Figure { place: "the invoice".to_owned(), name: meant.unwrap_or(name).to_owned(), value: value? })
    }

    fn price(&mut self, node: &Node, f: &mut Findings) -> Option<Shown> {
        let written = written(node);
        if let Some(number) = written.trim().strip_suffix('%') {
            let percent = node.percent(f)?;
            return Some(Shown::with_places(Price(share(&percent)), places(number) + 2));
        }
        let price = self.exact(node, f)?;
        Some(Shown::with_places(Price(price), places(written)))
    }

    fn amount(&mut self, node: &Node, f: &mut Findings) -> Option<Amount> {
        self.exact(node, f).map(Amount)
    }

    /// A number that is going to be summed with others.
    fn exact(&mut self, node: &Node, f: &mut Findings) -> Option<Exact> {
        let exact = node.exact(f)?;
        if !self.common.admits(&exact) {
            let message = "this fraction and those above have no common denominator of reasonable length";
            f.error("A003", &node.span, message, "write decimals, or fractions of one whole such as 121/60");
            return None;
        }
        Some(exact)
    }
}

/// A number as it is written.
fn written(node: &Node) -> &str {
    match &node.value {
        Value::Text(text) => text,
        _ => "",
    }
}

fn share(percent: &Exact) -> Exact {
    percent * &Exact::ratio(1, 100).expect("100 is not 0")
}
