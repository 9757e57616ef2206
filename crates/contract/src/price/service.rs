//! What missed and better service comes to: credits, bonuses, credits earned back, and what follows that is no money.

mod at_risk;
mod credit;
mod verdict;

use longshore_units::{Amount, Exact, Factor, Month};

use super::PriceError;
use super::bill::Bill;
use super::condition::Asking;
use super::draft::{Draft, amount_detail};
use crate::invoice::{Detail, LineKind};
use crate::{ClosedSla, Condition, Follows, Pays, Sla, Verdict};
use at_risk::AtRisk;
use verdict::Settled;

/// Adds the lines and notes of the SLA terms that are settled with the month.
pub(super) fn lines(bill: &mut Bill<'_>) -> Result<(), PriceError> {
    let contract = bill.contract;
    let mut settled = Vec::new();
    for sla in &contract.slas {
        Asking::Sla(sla).remember(bill, sla.relief.iter().flat_map(Condition::quanta));
        settled.extend(verdict::settle(bill, sla)?);
    }
    let at_risk = AtRisk::of(bill);
    let credits = at_risk::limited(bill, &at_risk, credit::owed(bill, &at_risk, &settled));
    for (settled, credit) in settled.iter().zip(credits) {
        let (sla, taken) = (settled.sla, credit.amount.clone());
        follows(bill, settled, &credit);
        push(bill, sla, sla.name.clone(), -&credit.amount, credit.detail);
        if let Some((amount, detail)) = bonus(bill, &at_risk, settled) {
            push(bill, sla, sla.bonus_line(), amount, vec![detail]);
        }
        if let Some((amount, detail)) = earned_back(bill, settled) {
            push(bill, sla, sla.earned_back_line(), amount, vec![detail]);
        }
        let closed = ClosedSla { value: Some(settled.value.clone()), verdict: settled.verdict, credit: taken };
        bill.closed.slas.insert(sla.name.clone(), closed);
    }
    Ok(())
}

/// What a term takes from the month: above 0, after the cap, and rounded.
struct Credit {
    amount: Amount,
    detail: Vec<Detail>,
}

fn push(bill: &mut Bill<'_>, sla: &Sla, name: String, exact: Amount, detail: Vec<Detail>) {
    if exact.is_zero() {
        return;
    }
    bill.closed.lines.insert(name.clone(), exact.clone());
    bill.push(Draft::other(&name, LineKind::Service, sla.clause.as_ref(), exact, detail));
}

/// What charges came to from a month on until now, less the discounts on them; nothing where more was given back.
fn affected(bill: &Bill<'_>, charges: &[usize], from: Month) -> Amount {
    let names = || charges.iter().map(|position| &bill.contract.charges[*position].name);
    let earlier = bill.ledger.between(from, bill.month);
    let earlier = earlier.flat_map(|(_, closed)| names().filter_map(|name| closed.charges.get(name)));
    let before: Amount = earlier.map(|closed| &closed.amount + &closed.discounts).sum();
    (&before + &bill.less_discounts(charges)).max(Amount::zero())
}

/// A share in percent, for people.
fn percent(share: &Factor) -> String {
    format!("{}%", (&share.0 * &Exact::from(100u64)).to_decimal(4))
}

/// What the terms' shares are shares of: the affected charges, or the term's weight of the amount at risk.
struct Base {
    amount: Amount,
    says: String,
}

impl Base {
    fn of(bill: &Bill<'_>, at_risk: &AtRisk, settled: &Settled<'_>) -> Base {
        let sla = settled.sla;
        match (&sla.weight, &bill.contract.at_risk) {
            (Some(weight), Some(_)) => {
                let at_risk = at_risk.since(settled.first);
                let says = format!("{} of the {} at risk", percent(weight), at_risk.0.to_decimal(2));
                Base { amount: &at_risk * weight, says }
            }
            _ => {
                let amount = affected(bill, &sla.on, settled.first);
                let says = amount.0.to_decimal(2);
                Base { amount, says }
            }
        }
    }

    fn share(&self, share: &Factor) -> (Amount, String) {
        (&self.amount * share, format!("{} of {}", percent(share), self.says))
    }
}

/// What is paid for more than was promised: the furthest band alone.
fn bonus(bill: &Bill<'_>, at_risk: &AtRisk, settled: &Settled<'_>) -> Option<(Amount, Detail)> {
    let more_is_better = settled.sla.target.more_is_better;
    let reached = settled.sla.bonuses.iter().filter(|band| settled.is_beyond(&band.beyond, more_is_better));
    let band = reached.max_by(|one, other| match more_is_better {
        true => one.beyond.cmp(&other.beyond),
        false => other.beyond.cmp(&one.beyond),
    })?;
    let (amount, says) = match &band.pays {
        Pays::Share(share) => Base::of(bill, at_risk, settled).share(share),
        Pays::Amount(amount) => (amount.clone(), amount.0.to_decimal(2)),
        Pays::Points(_) => return None, // Points are for credits alone.
    };
    let (value, beyond) = (settled.written(), settled.sla.target.unit.written(&band.beyond));
    let side = if more_is_better { "above" } else { "below" };
    Some((bill.rounded(&amount), amount_detail(format!("{value} is {side} {beyond}: {says}"), amount)))
}

/// The credit that is given back: that of the period before so many months which all met the target.
fn earned_back(bill: &Bill<'_>, settled: &Settled<'_>) -> Option<(Amount, Detail)> {
    let months = settled.sla.earn_back_months?;
    let periods = months.div_ceil(settled.sla.per.months().unwrap_or(months)).max(1) as usize;
    if settled.verdict != Verdict::Met {
        return None;
    }
    let mut before = verdict::before(bill, settled.sla);
    let in_a_row = before.by_ref().take(periods - 1).filter(|(_, closed)| closed.verdict == Verdict::Met).count();
    let (month, missed) = before.next()?;
    if in_a_row != periods - 1 || missed.credit.is_zero() {
        return None;
    }
    let rule = format!("the credit of {month}: {periods} times in a row met since");
    Some((missed.credit.clone(), amount_detail(rule, missed.credit.clone())))
}

/// What follows from a miss that is no money, and why it costs nothing where it does.
fn follows(bill: &mut Bill<'_>, settled: &Settled<'_>, credit: &Credit) {
    if settled.verdict != Verdict::Missed {
        return;
    }
    let name = &settled.sla.name;
    if credit.amount.is_zero() {
        bill.notes.push(format!("`{name}` is missed, {}: no credit follows", settled.instead()));
    }
    for consequence in &settled.sla.consequences {
        let misses = settled.misses(bill, consequence.within_months);
        if misses < consequence.misses {
            continue;
        }
        let so_many = so_many_misses(misses);
        let within = match consequence.within_months {
            0 | 1 => String::new(),
            months => format!(" within {months} months"),
        };
        bill.notes.push(match &consequence.what {
            Follows::Right(right) => format!("the buyer may {right}: {so_many}{within} of `{name}`"),
            Follows::Duty(duty) => format!("the provider owes {duty}: {so_many}{within} of `{name}`"),
        });
    }
}

fn so_many_misses(misses: u32) -> String {
    if misses == 1 { "1 miss".to_owned() } else { format!("{misses} misses") }
}
