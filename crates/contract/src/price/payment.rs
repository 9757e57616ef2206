//! What stands below the service on an invoice: the movement of a currency, the deposit, tax, and what is paid.

use jiff::civil::Date;
use longshore_units::{Amount, Currency, Exact, Factor, Month, Rounding};

use super::bill::{Bill, rounded};
use super::draft::{Draft, amount_detail};
use super::{PriceError, Rule};
use crate::invoice::{LineKind, Payable};
use crate::{Bearer, Contract, ExchangeShare, InForce, Tax, Usage};

/// The name of the line that shares the movement of a currency.
pub(crate) const EXCHANGE: &str = "exchange";
/// The name of the line of tax that is withheld.
pub(crate) const WITHHOLDING: &str = "withholding tax";
/// The name of the line of the deposit.
pub(crate) const DEPOSIT: &str = "deposit";

/// Adds what the movement of the provider's currency beyond its band adds or takes:
///
///   (charges − discounts) · m′ · buyer's share,   m = r₀/r − 1,   m′ = m less the band, toward 0,
///
/// where r is how many of the provider's currency one of the contract's buys on the month's last day, and r₀ what it was
/// agreed at. Where the contract's currency weakens, the provider earns less at home: the buyer pays his share of it.
pub(super) fn exchange(bill: &mut Bill<'_>) -> Result<(), PriceError> {
    let contract = bill.contract;
    let Some(ExchangeShare { against, base, band, buyers }) = &contract.pay.exchange else { return Ok(()) };
    let rate_on = |on| rate(bill.usage, Rule::Exchange, contract.currency, *against, on);
    let ((_, agreed), (known, now)) = (rate_on(*base)?, rate_on(bill.month.last())?);
    if known < bill.month.first() {
        bill.notes.push(format!("`{EXCHANGE}` goes by the rate of {known}: no later one is known"));
    }
    let movement = &agreed.divided_by(&now).expect("a rate is above 0") - &Exact::one();
    let beyond = beyond(&movement, &band.0);
    let charges = &bill.of_kind(LineKind::Charge) + &bill.of_kind(LineKind::Discount);
    let exact = &(&charges * &Factor(beyond.clone())) * buyers;
    if exact.is_zero() {
        return Ok(());
    }
    let percent = |share: &Exact| (share * &Exact::from(100u64)).to_decimal(4);
    let rule = format!(
        "one {} buys {} {against}, agreed {}: {}%, {}% beyond the band, of which {}% are the buyer's",
        contract.currency,
        now.to_decimal(6),
        agreed.to_decimal(6),
        percent(&movement),
        percent(&beyond),
        percent(&buyers.0),
    );
    let amount = bill.rounded(&exact);
    bill.push(Draft::other(EXCHANGE, LineKind::Exchange, None, amount, vec![amount_detail(rule, exact)]));
    Ok(())
}

/// What a movement is beyond a band, with its sign.
fn beyond(movement: &Exact, band: &Exact) -> Exact {
    let below = -band;
    if *band < *movement {
        movement - band
    } else if *movement < below {
        movement - &below
    } else {
        Exact::zero()
    }
}

/// Adds the deposit in the contract's first month, and its return in the last.
pub(super) fn deposit(in_force: &InForce<'_>, bill: &mut Bill<'_>) {
    let (first, last) = (Month::of(bill.term.starts), bill.term.ends.map(Month::of));
    let (amount, rule) = match (bill.month == first, last == Some(bill.month)) {
        (true, false) => (agreed(in_force, first), "paid with the first invoice"),
        (false, true) => {
            // What an amendment made of it since does not change what was paid; a month priced by itself knows it from the
            // terms of the first.
            let paid = match bill.ledger.months.get(&first) {
                Some(closed) => closed.lines.get(DEPOSIT).cloned().unwrap_or_default(),
                None => agreed(in_force, first),
            };
            (-&paid, "given back with the last invoice")
        }
        _ => return,
    };
    if amount.is_zero() {
        return;
    }
    bill.closed.lines.insert(DEPOSIT.to_owned(), amount.clone());
    let detail = vec![amount_detail(rule, amount.clone())];
    bill.push(Draft::other(DEPOSIT, LineKind::Deposit, None, amount, detail));
}

/// The deposit that the terms at a month's end ask for, as they round it.
fn agreed(in_force: &InForce<'_>, month: Month) -> Amount {
    let terms = in_force.of_month(month).last().map(|(_, terms)| terms);
    let deposit = terms.and_then(|terms| Some(rounded(terms, terms.pay.deposit.as_ref()?)));
    deposit.unwrap_or_else(Amount::zero)
}

/// Adds the tax. Where the buyer owes it to the state himself, it is a note, and is returned.
pub(super) fn tax(bill: &mut Bill<'_>) -> Option<Draft> {
    let contract = bill.contract;
    let Tax { kind, clause, share, on, reverse_charge, .. } = contract.tax.as_ref()?;
    let taxed = match on.as_slice() {
        [] => &bill.sum() - &bill.of_kind(LineKind::Deposit),
        charges => bill.less_discounts(charges),
    };
    let exact = &taxed * share;
    let amount = bill.rounded(&exact);
    if amount.is_zero() {
        return None;
    }
    let rule = format!("{}% of {}", &share.0 * &Exact::from(100u64), taxed.0.to_decimal(4));
    let note = format!(
        "{kind}, {rule}: the buyer owes {} {} to the state, and not to the provider",
        amount.0.to_decimal(4),
        contract.currency
    );
    let draft = Draft::other(kind, LineKind::Tax, clause.as_ref(), amount, vec![amount_detail(rule, exact)]);
    if *reverse_charge {
        bill.notes.push(note);
        return Some(draft);
    }
    bill.push(draft);
    None
}

/// What the buyer keeps of the payment for the state: a share of what stands on the invoice but its taxes and deposit. A
/// note says so; where the buyer bears it, it is returned, as a line of its own beside the invoice:
///
///   services · r ÷ (1 − r),   r the share of all that is paid.
pub(super) fn withholding(bill: &mut Bill<'_>) -> Option<Draft> {
    let contract = bill.contract;
    let withholding = contract.pay.withholding.as_ref()?;
    let services = &(&bill.sum() - &bill.of_kind(LineKind::Deposit)) - &bill.of_kind(LineKind::Tax);
    let exact = &services * &withholding.of_invoice();
    let amount = bill.rounded(&exact);
    if amount.0 <= Exact::zero() {
        return None; // Nothing is kept of what comes back.
    }
    let percent = |share: &Exact| share * &Exact::from(100u64);
    let (share, services) = (percent(&withholding.share.0), services.0.to_decimal(4));
    let (owed, currency) = (amount.0.to_decimal(4), contract.currency);
    match withholding.borne_by {
        Bearer::Provider => {
            bill.notes.push(format!(
                "{WITHHOLDING}, {share}% of {services}: {owed} {currency} of what is due go to the state, and not to the \
                 provider"
            ));
            None
        }
        Bearer::Buyer => {
            let rule = format!("{share}% of {services} ÷ (1 − {share}%)");
            bill.notes.push(format!(
                "{WITHHOLDING}, {rule}: the buyer owes {owed} {currency} to the state beside the invoice"
            ));
            Some(Draft::other(WITHHOLDING, LineKind::Tax, None, amount, vec![amount_detail(rule, exact)]))
        }
    }
}

/// What a total comes to in the currency it is paid in, where that is another: at the rate of the month's last day.
pub(super) fn payable(
    contract: &Contract,
    usage: &Usage,
    month: Month,
    total: &Amount,
) -> Result<Option<Payable>, PriceError> {
    let Some(currency) = contract.pay.currency else { return Ok(None) };
    let (_, rate) = rate(usage, Rule::Payment, contract.currency, currency, month.last())?;
    let rounding = Rounding::to_minor_unit(currency, contract.round.rounding.how());
    let amount = (total * &Factor(rate.clone())).rounded(&rounding);
    Ok(Some(Payable { currency, rate, amount }))
}

/// How many of a currency one of another buys on a day, and the day it was known: as it is recorded, or the other way
/// round where that is newer.
fn rate(usage: &Usage, rule: Rule, of: Currency, buys: Currency, on: Date) -> Result<(Date, Exact), PriceError> {
    let what = format!("{of}/{buys}");
    let above_0 = |(_, value): &(Date, &Exact)| Exact::zero() < **value;
    let known = usage.last_rate(&what, on).filter(above_0).map(|(day, value)| (day, value.clone()));
    let inverse = usage.last_rate(&format!("{buys}/{of}"), on).filter(above_0);
    let inverse = inverse.and_then(|(day, value)| Some((day, Exact::one().divided_by(value)?)));
    let newer = match (known, inverse) {
        (Some(known), Some(inverse)) => Some(if known.0 < inverse.0 { inverse } else { known }),
        (known, inverse) => known.or(inverse),
    };
    newer.ok_or(PriceError::NoRate { rule, what, on })
}
