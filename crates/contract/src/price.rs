//! From what happened in a month to its invoice.

mod bill;
mod counted;
mod draft;
mod fixed;
mod minimum;
mod rounding;

use longshore_units::{Amount, Month};

use crate::invoice::Invoice;
use crate::{ChargeKind, Closed, CountsError, InForce, Ledger, Usage};
use bill::{Bill, Part};

/// Why what happened has no price.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// A sum of counts is larger than any that can be held.
    #[error(transparent)]
    Counts(#[from] CountsError),
    /// A charge is rounded contact by contact, and the counts tell only the sum of several.
    #[error("`{charge}` is reckoned at each contact: its counts must tell each contact's quantity, not only their sum")]
    NeedsSpectrum {
        /// The charge's name.
        charge: String,
    },
    /// A charge that multiplies a price with something below 0.
    #[error("`{charge}` has a quantity below 0")]
    Negative {
        /// The charge's name.
        charge: String,
    },
    /// A rule needs a rate that is not known.
    #[error("`{rule}` needs the rate `{what}` on {on}, and none is known")]
    NoRate {
        /// Whose rule.
        rule: String,
        /// The rate or index.
        what: String,
        /// The day.
        on: jiff::civil::Date,
    },
    /// A rule needs a quantity that nobody has given.
    #[error("`{rule}` needs to know `{what}` in {month}, and it is not given")]
    NotKnown {
        /// Whose rule.
        rule: String,
        /// The counter's name.
        what: String,
        /// The month.
        month: Month,
    },
    /// Months must be priced in their order.
    #[error("{month} cannot be priced after {after}: the ledger has it already")]
    Order {
        /// The month asked for.
        month: Month,
        /// The last month of the ledger.
        after: Month,
    },
}

/// What a month costs under the terms in force, and what it leaves to later months.
///
/// Each charge: group → included → tiers → price → surcharge → discount, cap, minimum → round; then what stands over
/// several lines, service, currency and tax, and the invoice's own rounding. A month outside the contract's term has no
/// lines. The ledger is that of all earlier months of the term, in which the month is entered.
pub fn price(in_force: &InForce<'_>, usage: &Usage, month: Month, ledger: &mut Ledger) -> Result<Invoice, PriceError> {
    if let Some((after, _)) = ledger.months.last_key_value()
        && month <= *after
    {
        return Err(PriceError::Order { month, after: *after });
    }
    let (invoice, closed) = invoice(in_force, usage, month, ledger)?;
    ledger.months.insert(month, closed);
    Ok(invoice)
}

/// What months cost, one after the other from the first of the contract's term: what a month owes may depend on all before.
/// Returns the invoices from `from` on.
pub fn fold(in_force: &InForce<'_>, usage: &Usage, from: Month, to: Month) -> Result<Vec<Invoice>, PriceError> {
    let mut ledger = Ledger::default();
    let mut invoices = Vec::new();
    for month in Month::through(Month::of(in_force.term().starts).min(from), to) {
        let invoice = price(in_force, usage, month, &mut ledger)?;
        if from <= month {
            invoices.push(invoice);
        }
    }
    Ok(invoices)
}

fn invoice(
    in_force: &InForce<'_>,
    usage: &Usage,
    month: Month,
    ledger: &Ledger,
) -> Result<(Invoice, Closed), PriceError> {
    let versions: Vec<Part<'_>> = Part::of_month(in_force, month);
    let Some(last) = versions.last() else {
        let contract = in_force.last();
        let invoice = Invoice {
            month,
            currency: contract.currency,
            provider: contract.provider.clone(),
            lines: Vec::new(),
            total: Amount::zero(),
            payable: None,
            notes: Vec::new(),
            provisional_until: None,
        };
        return Ok((invoice, Closed::default()));
    };
    let mut bill = Bill::new(in_force, last.contract, last.version, usage, ledger, month);
    for part in &versions {
        charges(part, &mut bill)?;
    }
    minimum::lines(&mut bill)?;
    Ok(rounding::invoice(bill))
}

/// The lines of the charges of a version.
fn charges(part: &Part<'_>, bill: &mut Bill<'_>) -> Result<(), PriceError> {
    for (position, charge) in part.contract.charges.iter().enumerate() {
        match &charge.kind {
            ChargeKind::Counted(counted) => {
                let (draft, closed) = counted::line(part, bill, position, charge, counted)?;
                bill.push_charge(draft, closed);
            }
            ChargeKind::Flat { amount, prorate } => bill.push(fixed::flat(part, bill, charge, amount, *prorate)),
            ChargeKind::Once { amount, on } => {
                if let Some(draft) = fixed::once(part, bill, charge, amount, *on) {
                    bill.push(draft);
                }
            }
            ChargeKind::Ratio(_) | ChargeKind::Share(_) => {}
        }
    }
    Ok(())
}
