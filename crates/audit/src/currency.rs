//! Invoices in another currency than the contract's.

use std::borrow::Cow;

use longshore_contract::{Contract, Usage};
use longshore_units::{Amount, Exact, Price, RoundHow, Rounding};

use crate::{AuditError, BilledInvoice, BilledLine, Shown};

/// The invoice in the contract's currency, at the rate of the last day of its month: as it is, where it is in that.
pub(crate) fn in_contracts<'i>(
    contract: &Contract,
    known: &Usage,
    invoice: &'i BilledInvoice,
) -> Result<Cow<'i, BilledInvoice>, AuditError> {
    let (billed, contracted) = (invoice.currency, contract.currency);
    if billed == contracted {
        return Ok(Cow::Borrowed(invoice));
    }
    let on = invoice.period.month().last();
    let is_rate = |rate: &&Exact| Exact::zero() < **rate;
    let direct = known.rate(&format!("{contracted}/{billed}"), on).filter(is_rate);
    let inverse = known.rate(&format!("{billed}/{contracted}"), on).filter(is_rate);
    // What one of the invoice's currency is in the contract's.
    let worth = direct.and_then(|rate| Exact::one().divided_by(rate)).or_else(|| inverse.cloned());
    let no_rate = || AuditError::NoRate { number: invoice.number.clone(), billed, contracted, on };
    let worth = worth.ok_or_else(no_rate)?;
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
    Ok(Cow::Owned(BilledInvoice {
        currency: contracted,
        total: invoice.total.as_ref().filter(|_| !sums).map(amount),
        lines: invoice.lines.iter().map(line).collect(),
        ..invoice.clone()
    }))
}
