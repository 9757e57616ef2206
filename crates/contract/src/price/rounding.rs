//! The invoice, its own rounding included.

use longshore_units::{Amount, Exact, Quantity};

use super::PriceError;
use super::bill::Bill;
use super::draft::{Draft, amount_detail};
use super::payment::payable;
use crate::invoice::{Invoice, Line, LineKind};
use crate::{Closed, Contract, RoundAt};

/// The bill's lines, written, with what rounding the invoice adds or takes. `owed` is tax that stands on no line.
pub(super) fn invoice(bill: Bill<'_>, owed: Amount) -> Result<(Invoice, Closed), PriceError> {
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
        cost: cost(contract, &total, &lines, owed),
        lines,
        total,
        payable,
        notes,
        provisional_until: None,
    };
    Ok((invoice, closed))
}

/// What a month costs the buyer.
fn cost(contract: &Contract, total: &Amount, lines: &[Line], owed: Amount) -> Amount {
    let recoverable = contract.tax.as_ref().is_some_and(|tax| tax.recoverable);
    let comes_back = |line: &&Line| line.kind == LineKind::Deposit || recoverable && line.kind == LineKind::Tax;
    let back: Amount = lines.iter().filter(comes_back).map(|line| line.amount.clone()).sum();
    let owed = if recoverable { Amount::zero() } else { owed };
    &(total - &back) + &owed
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
