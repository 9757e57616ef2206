//! Invoices in another currency than the contract's.

use std::borrow::Cow;

use longshore_contract::{Contract, Usage};
use longshore_units::{Amount, Exact, Price, RoundHow, Rounding};

use crate::{AuditedInvoice, BilledInvoice, BilledLine, Shown, header};

/// The invoice in the contract's currency, at the rate of the last day of its month: as it is, where it is in that. `None`
/// where the rate is not known.
pub(crate) fn in_contracts<'i>(
    contract: &Contract,
    known: &Usage,
    invoice: &'i BilledInvoice,
) -> Option<Cow<'i, BilledInvoice>> {
    let (billed, contracted) = (invoice.currency, contract.currency);
    if billed == contracted {
        return Some(Cow::Borrowed(invoice));
    }
    let on = invoice.period.month().last();
    let is_rate = |rate: &&Exact| Exact::zero() < **rate;
    let direct = known.rate(&format!("{contracted}/{billed}"), on).filter(is_rate);
    let inverse = known.rate(&format!("{billed}/{contracted}"), on).filter(is_rate);
    // What one of the invoice's currency is in the contract's.
    let worth = direct.and_then(|rate| Exact::one().divided_by(rate)).or_else(|| inverse.cloned())?;
    let rounding = Rounding::to_minor_unit(contracted, RoundHow::HalfUp);
    let amount = |amount: &Amount| Amount(&amount.0 * &worth).rounded(&rounding);
    let line = |line: &BilledLine| BilledLine {
        amount: amount(&line.amount),
        price: line
            .price
            .as_ref()
            .map(|shown| Shown { price: Price(&shown.price.0 * &worth), off_at_most: &shown.off_at_most * &worth }),
        ..line.clone()
    };
    let sums = invoice.total.as_ref().is_some_and(|total| *total == invoice.sum());
    Some(Cow::Owned(BilledInvoice {
        currency: contracted,
        total: invoice.total.as_ref().filter(|_| !sums).map(amount),
        lines: invoice.lines.iter().map(line).collect(),
        ..invoice.clone()
    }))
}

/// An invoice whose amounts cannot be compared, for want of a rate: it has no lines, and the finding says why.
pub(crate) fn not_compared(contract: &Contract, invoice: &BilledInvoice) -> AuditedInvoice {
    AuditedInvoice {
        number: invoice.number.clone(),
        file: invoice.file.clone(),
        month: invoice.period.month(),
        findings: vec![header::no_rate(contract, invoice)],
        lines: Vec::new(),
        billed: Amount::zero(),
        owed: Amount::zero(),
    }
}
