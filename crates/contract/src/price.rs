//! From what happened in a month to its invoice.

mod bill;
mod condition;
mod contact;
mod counted;
mod discount;
mod draft;
mod fixed;
mod included;
mod index;
mod limits;
mod met;
mod minimum;
mod of_price;
mod payment;
mod prepaid;
mod ratio;
mod refund;
mod rounding;
mod service;
mod share;
mod surcharge;
mod tiers;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::Span;
use jiff::civil::Date;
use longshore_units::{Amount, Month};

use crate::invoice::Invoice;
use crate::{Charge, ChargeKind, Closed, ClosedCharge, Counted, CountsError, InForce, Ledger, Measure, Tariff, Usage};
use bill::{Bill, Part};
use draft::{Draft, amount_detail};
use index::Moved;
use of_price::{Prices, Resolved};
pub(crate) use payment::{DEPOSIT, EXCHANGE};
use rounding::Owed;

/// The years of the days that a contract can name: so many months can be priced, and no more.
const YEARS: RangeInclusive<i16> = 1970..=2199;

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
        /// Whose it is.
        rule: Rule,
        /// The rate or index.
        what: String,
        /// The day.
        on: Date,
    },
    /// A rule needs a quantity that nobody has given.
    #[error("`{rule}` needs to know `{what}` in {month}, and it is not given")]
    NotKnown {
        /// Whose it is.
        rule: Rule,
        /// The counter's name.
        what: String,
        /// The month.
        month: Month,
    },
    /// A month that no contract can name.
    #[error("{month} has no price: a contract's days are from 1970 to 2199")]
    Outside {
        /// The month asked for.
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

/// Whose rule it is that asks for what is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The charge of that name.
    Charge(String),
    /// The minimum of that name.
    Minimum(String),
    /// The SLA term of that name.
    Service(String),
    /// The index by that series.
    Index(String),
    /// The share of a currency's movement.
    Exchange,
    /// The currency of payment, where that is not the contract's.
    Payment,
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Rule::Charge(name) | Rule::Minimum(name) | Rule::Service(name) => f.write_str(name),
            Rule::Index(series) => write!(f, "index by {series}"),
            Rule::Exchange => f.write_str(EXCHANGE),
            Rule::Payment => f.write_str("the currency of payment"),
        }
    }
}

/// What a month costs under the terms in force, and what it leaves to later months.
///
/// Each charge: group → included → tiers → price → surcharge → discount, cap, minimum → round; then what stands over
/// several lines, service, currency and tax, and the invoice's own rounding. A month outside the contract's term has no
/// lines. The ledger is that of all earlier months of the term, in which the month is entered; after an error it is as it was.
pub fn price(in_force: &InForce<'_>, usage: &Usage, month: Month, ledger: &mut Ledger) -> Result<Invoice, PriceError> {
    if let Some((after, _)) = ledger.months.last_key_value() {
        let after = *after;
        if month <= after {
            return Err(PriceError::Order { month, after });
        }
        let mut renamed = in_force.renamed(after, month).peekable();
        if renamed.peek().is_some() {
            let mut by_new_names = ledger.clone();
            renamed.for_each(|renamed| by_new_names.rename(&renamed.old, &renamed.new));
            let (invoice, closed) = invoice(in_force, usage, month, &by_new_names)?;
            *ledger = by_new_names;
            ledger.months.insert(month, closed);
            return Ok(invoice);
        }
    }
    let (invoice, closed) = invoice(in_force, usage, month, ledger)?;
    ledger.months.insert(month, closed);
    Ok(invoice)
}

/// What months cost, one after the other. Where what a month owes depends on earlier ones, from the first of the contract's
/// term on; otherwise from `from` on, so that nobody has to know of earlier months what no rule looks at. Returns the
/// invoices from `from` on. Both months lie within the years of which a contract can speak.
pub fn fold(in_force: &InForce<'_>, usage: &Usage, from: Month, to: Month) -> Result<Vec<Invoice>, PriceError> {
    if let Some(month) = [from, to].into_iter().find(|month| !YEARS.contains(&month.first().year())) {
        return Err(PriceError::Outside { month });
    }
    let mut ledger = Ledger::default();
    let mut invoices = Vec::new();
    let first = if in_force.looks_back().is_empty() { from } else { Month::of(in_force.term().starts).min(from) };
    for month in Month::through(first, to) {
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
    let moved = Moved::by(in_force, usage, month)?;
    let in_force = &moved.in_force(in_force);
    let versions: Vec<Part<'_>> = Part::of_month(in_force, month);
    let Some(last) = versions.last() else {
        let contract = in_force.last();
        let invoice = Invoice {
            month,
            currency: contract.currency,
            provider: contract.provider.clone(),
            lines: Vec::new(),
            total: Amount::zero(),
            reverse_charge: None,
            withholding: None,
            tax_recoverable: false,
            payable: None,
            notes: Vec::new(),
            provisional_until: None,
        };
        return Ok((invoice, Closed::default()));
    };
    let mut bill = Bill::new(in_force, last.contract, usage, ledger, month);
    for part in &versions {
        charges(in_force, &versions, part, &mut bill)?;
    }
    for (draft, closed) in refund::of_ended(in_force, &bill)? {
        bill.push_charge(draft, closed);
    }
    for draft in &mut bill.drafts {
        let steps = moved.steps(&draft.line.charge).iter();
        draft.line.detail.extend(steps.map(|step| amount_detail(step.clone(), Amount::zero())));
    }
    discount::lines(&mut bill);
    minimum::lines(&mut bill)?;
    prepaid::lines(&mut bill);
    service::lines(&mut bill)?;
    payment::exchange(&mut bill)?;
    payment::deposit(in_force, &mut bill);
    let owed = Owed { reverse_charge: payment::tax(&mut bill), withholding: payment::withholding(&mut bill) };
    let (invoice, closed) = rounding::invoice(bill, owed)?;
    Ok((Invoice { provisional_until: provisional_until(&versions, month), ..invoice }, closed))
}

/// A charge's line, and what later months need to know of it.
struct Priced {
    draft: Draft,
    closed: Option<ClosedCharge>,
}

impl From<(Draft, ClosedCharge)> for Priced {
    fn from((draft, closed): (Draft, ClosedCharge)) -> Priced {
        Priced { draft, closed: Some(closed) }
    }
}

impl From<Draft> for Priced {
    fn from(draft: Draft) -> Priced {
        Priced { draft, closed: None }
    }
}

/// The lines of the charges of a version, in the order of its text. `parts` are all versions of the month.
///
/// What has its price from itself comes first, then what follows from a price or a quantity, then shares of amounts: so
/// that a charge may refer to one below it.
fn charges(in_force: &InForce<'_>, parts: &[Part<'_>], part: &Part<'_>, bill: &mut Bill<'_>) -> Result<(), PriceError> {
    let charges = &part.contract.charges;
    let mut lines: Vec<Option<Priced>> = charges.iter().map(|_| None).collect();
    let mut prices: Vec<Prices> = charges.iter().map(|_| Prices::new()).collect();
    for (position, charge) in charges.iter().enumerate() {
        // What the month's earlier terms did not have is billed whole by those that do.
        let part = &Part { is_first: bill.charge_line(&charge.name).is_none(), ..*part };
        lines[position] = match &charge.kind {
            ChargeKind::Counted(Counted { tariff: Tariff::OfPrice { .. }, .. }) | ChargeKind::Share(_) => None,
            ChargeKind::Counted(counted) => {
                let (draft, closed, own) = counted::line(part, bill, position, charge, counted, &BTreeMap::new())?;
                prices[position] = own;
                Some((draft, closed).into())
            }
            ChargeKind::Ratio(ratio) => Some(ratio::line(parts, part, bill, charge, ratio).into()),
            ChargeKind::Flat { amount, prorate } => Some(fixed::flat(part, bill, charge, amount, *prorate).into()),
            ChargeKind::FourWeekly { amount } => Some(fixed::four_weekly(part, bill, charge, amount).into()),
            ChargeKind::Once { amount, on } => fixed::once(part, bill, charge, amount, *on).map(Priced::from),
        };
    }
    for (position, charge) in charges.iter().enumerate() {
        if let ChargeKind::Counted(counted) = &charge.kind
            && let Tariff::OfPrice { share, of } = &counted.tariff
        {
            let Resolved { counted, by_group } = of_price::resolved(part, counted, share, *of, &prices[*of]);
            let (draft, closed, _) = counted::line(part, bill, position, charge, &counted, &by_group)?;
            lines[position] = Some((draft, closed).into());
        }
    }
    for (charge, line) in charges.iter().zip(&mut lines) {
        let last = parts.iter().rev().find(|part| part.contract.charge(&charge.name).is_some());
        // What is given back this month is so once, with the last terms that have the charge.
        if let (Some(Priced { draft, closed: Some(closed) }), true) =
            (line, last.is_some_and(|last| last.version == part.version))
        {
            refund::take(in_force, bill, part.contract, charge, draft, closed)?;
        }
    }
    for (position, charge) in charges.iter().enumerate() {
        if let ChargeKind::Share(share) = &charge.kind {
            lines[position] = Some(share::line(part, bill, charge, share, &lines));
        }
    }
    for Priced { draft, closed } in lines.into_iter().flatten() {
        match closed {
            Some(closed) => bill.push_charge(draft, closed),
            None => bill.push_fixed(draft),
        }
    }
    Ok(())
}

/// The last day on which something may still become known that changes what a month costs: its resolutions must hold for
/// so long. What is given back of it later is a part of later invoices.
fn provisional_until(parts: &[Part<'_>], month: Month) -> Option<Date> {
    let charges = parts.iter().flat_map(|part| &part.contract.charges);
    let window = |charge: &Charge| match &charge.kind {
        ChargeKind::Counted(Counted { measure: Measure::Resolutions { reopened_within }, .. }) => *reopened_within,
        _ => None,
    };
    let longest = charges.filter_map(window).max()?;
    let days = i64::try_from(longest.0.div_ceil(86_400_000)).ok()?;
    month.last().checked_add(Span::new().try_days(days).ok()?).ok()
}
