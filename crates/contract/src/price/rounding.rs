//! The invoice, its own rounding included.

use longshore_units::{Amount, Exact, Quantity};

use super::PriceError;
use super::bill::Bill;
use super::draft::{Draft, amount_detail};
use super::payment::payable;
use crate::invoice::{Invoice, Line, LineKind};
use crate::{Closed, Contract, RoundAt};

/// Taxes that the buyer owes to the state himself, which are on no invoice.
pub(super) struct Owed {
    pub reverse_charge: Option<Draft>,
    pub withholding: Option<Draft>,
}

/// The bill's lines, written, with what rounding the invoice adds or takes.
pub(super) fn invoice(bill: Bill<'_>, owed: Owed) -> Result<(Invoice, Closed), PriceError> {
    let exact = bill.sum();
    let Bill { contract, usage, month, drafts, closed, notes, .. } = bill;
    let mut lines: Vec<Line> = drafts.into_iter().map(Draft::into_line).collect();
    let written: Amount = lines.iter().map(|line| line.amount.clone()).sum();
    let mut total = written.clone();
    if contract.round.at == RoundAt::Invoice {
        total = exact.rounded(&contract.round.rounding);
        let difference = &total - &written;
        if !difference.is_zero() {
            lines.push(line(contract, difference));
        }
    }
    let payable = payable(contract, usage, month, &total)?;
    let invoice = Invoice {
        month,
        currency: contract.currency,
        provider: contract.provider.clone(),
        reverse_charge: owed.reverse_charge.map(Draft::into_line),
        withholding: owed.withholding.map(Draft::into_line),
        tax_recoverable: contract.tax.as_ref().is_some_and(|tax| tax.recoverable),
        lines,
        total,
        payable,
        notes,
        provisional_until: None,
    };
    Ok((invoice, closed))
}

fn line(contract: &Contract, difference: Amount) -> Line {
    let rule = format!("the invoice is rounded to {}", contract.round.rounding.to());
    Line {
        charge: "rounding".to_owned(),
        kind: LineKind::Rounding,
        clause: None,
        rows: None,
        quantity: Quantity(Exact::one()),
        unit: "invoice".to_owned(),
        counted: None,
        amount: difference.clone(),
        detail: vec![amount_detail(rule, difference)],
    }
}
