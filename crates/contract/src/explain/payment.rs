//! Rounding, tax, currency and payment.

use longshore_units::{Amount, Exact, Factor};

use super::Item;
use super::charge::rule_in_words;
use super::sample::Sample;
use super::speaker::Speaker;
use crate::{Bearer, ChargeKind, ExchangeShare, LineKind, Pay, Tax, Withholding};

pub(super) fn items(speaker: &Speaker<'_>) -> Vec<Item> {
    let contract = speaker.contract;
    let mut items = vec![rounding(speaker)];
    items.extend(contract.tax.as_ref().map(|tax| tax_item(speaker, tax)));
    items.extend(pay(speaker, &contract.pay));
    items.extend(contract.pay.withholding.as_ref().map(|withholding| withholding_item(speaker, withholding)));
    items.extend(contract.pay.exchange.as_ref().map(|exchange| exchange_item(speaker, exchange)));
    items
}

/// How an invoice is put together and rounded.
fn rounding(speaker: &Speaker<'_>) -> Item {
    let mut item = Item::headed(speaker.say("rounding-heading"));
    item.say(speaker.tell("rounding", &[("rule", rule_in_words(speaker, &speaker.contract.round))]));
    item.say(speaker.say("order-of-invoice"));
    item
}

fn tax_item(speaker: &Speaker<'_>, tax: &Tax) -> Item {
    let mut item = Item::headed(speaker.heading(&tax.kind, tax.clause.as_ref()));
    let mut arguments = vec![("kind", tax.kind.clone()), ("share", speaker.percent(&tax.share))];
    if tax.reverse_charge {
        item.say(speaker.tell("tax-reverse", &arguments));
    } else if tax.on.is_empty() {
        item.say(speaker.tell("tax-on-all", &arguments));
    } else {
        arguments.push(("charges", speaker.charges(&tax.on)));
        item.say(speaker.tell("tax-on", &arguments));
    }
    item.say(speaker.say(if tax.recoverable { "tax-recoverable" } else { "tax-not-recoverable" }));
    item.example(example_of_tax(speaker, tax));
    item
}

/// The charge whose usual month is an example's: the first that is taxed and counted.
fn example_of_tax(speaker: &Speaker<'_>, tax: &Tax) -> Option<String> {
    let charge = exemplary(speaker, |charge| tax.on.is_empty() || tax.on.contains(&charge))?;
    let mut sample = Sample::of(speaker, &[charge]).with_tax(tax);
    sample.add_usual(&[charge]);
    let invoice = sample.invoice()?;
    let line = invoice.lines.iter().find(|line| line.kind == LineKind::Tax)?;
    let base = &invoice.total - &line.amount;
    let arguments =
        [("base", speaker.sum(&base)), ("amount", speaker.sum(&line.amount)), ("total", speaker.sum(&invoice.total))];
    Some(speaker.tell("example-tax", &arguments))
}

/// The charge that examples are of: the first that is counted, or else the first that is the same every month.
fn exemplary(speaker: &Speaker<'_>, is_one: impl Fn(usize) -> bool) -> Option<usize> {
    let charges = &speaker.contract.charges;
    let of = |is_kind: fn(&ChargeKind) -> bool| {
        (0..charges.len()).find(|charge| is_one(*charge) && is_kind(&charges[*charge].kind))
    };
    of(|kind| matches!(kind, ChargeKind::Counted(_))).or_else(|| of(|kind| matches!(kind, ChargeKind::Flat { .. })))
}

fn pay(speaker: &Speaker<'_>, pay: &Pay) -> Option<Item> {
    let mut item = Item::headed(speaker.say("pay-heading"));
    if let Some(currency) = pay.currency.filter(|currency| *currency != speaker.contract.currency) {
        let arguments = [("paid", currency.code()), ("currency", speaker.contract.currency.code())];
        item.say(speaker.tell("pay-currency", &arguments));
    }
    if pay.in_advance {
        item.say(speaker.say("pay-in-advance"));
    }
    if let Some(days) = pay.terms {
        item.say(speaker.tell("pay-terms", &[("days", speaker.words.days(days))]));
    }
    match &pay.deposit {
        Some(deposit) if deposit.is_zero() => item.say(speaker.say("deposit-none")),
        Some(deposit) => item.say(speaker.tell("deposit", &[("amount", speaker.money(deposit))])),
        None => {}
    }
    (!item.paragraphs.is_empty()).then_some(item)
}

fn withholding_item(speaker: &Speaker<'_>, withholding: &Withholding) -> Item {
    let mut item = Item::headed(speaker.say("withholding-heading"));
    let share = speaker.percent(&withholding.share);
    item.say(speaker.tell("withholding", &[("share", share.clone())]));
    let base = Amount(Exact::from(1000u64));
    let owed = &base * &withholding.of_invoice();
    let arguments = [("share", share), ("base", speaker.money(&base)), ("amount", speaker.sum(&owed))];
    item.say(match withholding.borne_by {
        Bearer::Buyer => speaker.tell("withholding-buyer", &arguments),
        Bearer::Provider => speaker.tell("withholding-provider", &arguments[1..]),
    });
    item
}

fn exchange_item(speaker: &Speaker<'_>, exchange: &ExchangeShare) -> Item {
    let mut item = Item::headed(speaker.say("exchange-heading"));
    let (ours, theirs) = (speaker.contract.currency.code().to_owned(), exchange.against.code().to_owned());
    let arguments = [
        ("ours", ours),
        ("theirs", theirs),
        ("base", speaker.words.date(exchange.base)),
        ("band", speaker.percent(&exchange.band)),
    ];
    item.say(speaker.tell("exchange", &arguments));
    let buyers = &exchange.buyers.0;
    item.say(if *buyers == Exact::one() {
        speaker.tell("exchange-buyer", &arguments[..2])
    } else if buyers.is_zero() {
        speaker.say("exchange-provider")
    } else {
        let mut arguments = arguments[..2].to_vec();
        arguments.push(("share", speaker.percent(&exchange.buyers)));
        speaker.tell("exchange-shared", &arguments)
    });
    item.example(example_of_exchange(speaker, exchange));
    item
}

/// A usual month of one charge, in which the contract's currency has lost an eleventh of its value.
fn example_of_exchange(speaker: &Speaker<'_>, exchange: &ExchangeShare) -> Option<String> {
    let charge = exemplary(speaker, |_| true)?;
    let mut sample = Sample::of(speaker, &[charge]).with_exchange(exchange);
    sample.add_usual(&[charge]);
    let (agreed, now) = (Exact::from(55u64), Exact::from(50u64));
    let pair = format!("{}/{}", speaker.contract.currency.code(), exchange.against.code());
    sample.rate(&pair, exchange.base, agreed.clone());
    sample.rate(&pair, sample.month.first(), now.clone());
    let invoice = sample.invoice()?;
    let line = invoice.lines.iter().find(|line| line.kind == LineKind::Exchange)?;
    let moved = Factor(&agreed.divided_by(&now)? - &Exact::one());
    let arguments = [
        ("now", speaker.words.money(&now, exchange.against)),
        ("agreed", speaker.words.money(&agreed, exchange.against)),
        ("one", speaker.money(&Amount(Exact::one()))),
        ("moved", speaker.percent(&moved)),
        ("base", speaker.sum(&sample.sum(&[charge])?)),
        ("amount", speaker.sum(&line.amount)),
    ];
    Some(speaker.tell("example-exchange", &arguments))
}
