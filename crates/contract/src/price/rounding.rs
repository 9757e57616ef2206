//! The invoice, its own rounding included.

use longshore_units::{Amount, Exact, Quantity};

use super::bill::Bill;
use super::draft::{Draft, amount_detail};
use crate::invoice::{Invoice, Line, LineKind};
use crate::{Closed, Contract, RoundAt};

/// The bill's lines, written, with what rounding the invoice adds or takes.
pub(super) fn invoice(bill: Bill<'_>) -> (Invoice, Closed) {
    let Bill { contract, month, drafts, closed, notes, .. } = bill;
    let exact: Amount = drafts.iter().map(|draft| draft.exact.clone()).sum();
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
    let invoice = Invoice {
        month,
        currency: contract.currency,
        provider: contract.provider.clone(),
        lines,
        total,
        payable: None,
        notes,
        provisional_until: None,
    };
    (invoice, closed)
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
