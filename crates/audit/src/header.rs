//! What is wrong with an invoice as a whole.

use longshore_contract::Contract;
use longshore_units::{Amount, plain, plural};

use crate::audit::Matched;
use crate::owed::Owed;
use crate::{BilledInvoice, Cause, Confidence, Finding};

/// What is wrong with an invoice as a whole. No finding bears an amount: the lines do.
pub(crate) fn findings(
    contract: &Contract,
    owed: &Owed<'_>,
    invoices: &[&BilledInvoice],
    position: usize,
    own: &[&Matched<'_>],
) -> Vec<Finding> {
    let invoice = invoices[position];
    let before = &invoices[..position];
    [
        provider(contract, invoice),
        term(owed, invoice),
        number(before, invoice),
        period(before, invoice),
        advance(contract, invoice, own),
        terms_of_payment(contract, invoice),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn finding(cause: Cause, confidence: Confidence, how: String, remedy: &str) -> Finding {
    Finding {
        cause,
        amount: Amount::zero(),
        clause: None,
        confidence,
        readings: Vec::new(),
        how,
        remedy: remedy.to_owned(),
        lines: Vec::new(),
    }
}

/// What is wrong with the currency of an invoice.
pub(crate) fn currency(contract: &Contract, invoice: &BilledInvoice) -> Option<Finding> {
    let agreed = contract.pay.currency.unwrap_or(contract.currency);
    let is_agreed = [contract.currency, agreed].contains(&invoice.currency);
    let how = format!(
        "it is in {}, and the contract is paid in {agreed}; amounts were compared at the rate of the month's last day",
        invoice.currency
    );
    let remedy = "ask for an invoice in the currency of the contract: who chooses the rate chooses the price";
    (!is_agreed).then(|| finding(Cause::Currency, Confidence::Certain, how, remedy))
}

/// That an invoice in another currency than the contract's is not compared, because the rate is not known.
pub(crate) fn no_rate(contract: &Contract, invoice: &BilledInvoice) -> Finding {
    let (billed, contracted) = (invoice.currency, contract.currency);
    let asked = invoice.asked();
    let asked = asked.0.to_fixed(billed.minor_digits()).unwrap_or_else(|| asked.to_string());
    let on = invoice.period.month().last();
    let how = format!(
        "it asks for {asked} {billed}, the contract is in {contracted}, and the rate `{contracted}/{billed}` on {on} is not \
         known: none of its amounts was compared"
    );
    let remedy = "ask for an invoice in the currency of the contract, or give the rate with --figures";
    finding(Cause::Currency, Confidence::Certain, how, remedy)
}

fn provider(contract: &Contract, invoice: &BilledInvoice) -> Option<Finding> {
    let named = invoice.provider.as_deref().filter(|named| plain(named) != plain(&contract.provider))?;
    let how = format!("the invoice is of `{named}`, and the contract with `{}`", contract.provider);
    let remedy = "see whether the contract was assigned; if it is another name of the same provider, name it in the \
                  mapping";
    Some(finding(Cause::Provider, Confidence::Ambiguous, how, remedy))
}

fn term(owed: &Owed<'_>, invoice: &BilledInvoice) -> Option<Finding> {
    let term = owed.in_force.term();
    let inside = term.contains(invoice.period.first()) && term.contains(invoice.period.last());
    let ends = term.ends.map_or_else(|| "without an end".to_owned(), |ends| format!("to {ends}"));
    let how = format!("it bills {}, and the contract runs from {} {ends}", invoice.period, term.starts);
    // A first or last month bills the whole of it by habit; what is prorated is found line by line.
    let month = invoice.period.month();
    let habit = invoice.period.is_whole_month() && 0 < term.days_in(month);
    let remedy = "pay only what the contract's own days owe, and ask which agreement the rest rests on";
    (!inside && !habit).then(|| finding(Cause::Term, Confidence::Certain, how, remedy))
}

fn number(before: &[&BilledInvoice], invoice: &BilledInvoice) -> Option<Finding> {
    let same = before.iter().find(|other| plain(&other.number) == plain(&invoice.number))?;
    let how = format!("the number stands on the invoice for {} as well ({})", same.period, same.file);
    let remedy = "have one of them withdrawn, or ask which replaces which";
    Some(finding(Cause::Duplicate, Confidence::Certain, how, remedy))
}

fn period(before: &[&BilledInvoice], invoice: &BilledInvoice) -> Option<Finding> {
    let period = invoice.period;
    let overlapping = before
        .iter()
        .find(|other| other.period.overlaps(period) && !(other.period.is_whole_month() && period.is_whole_month()));
    if let Some(other) = overlapping {
        let how = format!("it bills {period}, and invoice `{}` billed {}", other.number, other.period);
        let remedy = "ask for days that follow each other";
        return Some(finding(Cause::Period, Confidence::Certain, how, remedy));
    }
    if period.is_whole_month() {
        return None;
    }
    let how = match period.days() {
        28 => {
            "it bills 28 days: a year has thirteen of these, and each bills fixed amounts and minimums again".to_owned()
        }
        days => format!("it bills {}, {period}, and the contract's periods are calendar months", plural(days, "day")),
    };
    let remedy = "ask for calendar months; days of another month are compared with the month that has most of them";
    Some(finding(Cause::Period, Confidence::Certain, how, remedy))
}

fn advance(contract: &Contract, invoice: &BilledInvoice, own: &[&Matched<'_>]) -> Option<Finding> {
    let issued = invoice.issued.filter(|issued| *issued < invoice.period.last())?;
    let by_quantity = own.iter().any(|line| line.line.quantity.is_some() && line.item.is_some());
    if contract.pay.in_advance && !by_quantity {
        return None;
    }
    let how = format!(
        "it was written on {issued}, before the last day it bills, {}: its quantities are no counts",
        invoice.period.last()
    );
    let remedy = "ask for an invoice after the month, with what was counted";
    (by_quantity || !contract.pay.in_advance).then(|| finding(Cause::Advance, Confidence::Certain, how, remedy))
}

fn terms_of_payment(contract: &Contract, invoice: &BilledInvoice) -> Option<Finding> {
    let (issued, due) = (invoice.issued?, invoice.due?);
    let terms = contract.pay.terms?;
    let days = i64::from((due - issued).get_days());
    let agreed = i64::from(terms.0);
    let how = format!("it is due {} after {issued}, and the contract gives {agreed}", plural(days, "day"));
    (days < agreed).then(|| finding(Cause::PayTerms, Confidence::Certain, how, "pay when the contract says"))
}
