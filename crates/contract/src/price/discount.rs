//! What is taken off some lines: shares, amounts, and rebates on what a quarter or year comes to.

use std::collections::BTreeMap;

use longshore_units::{Amount, Exact, Factor, Month, Term};

use super::bill::Bill;
use super::draft::{Draft, amount_detail};
use crate::invoice::LineKind;
use crate::period::Period;
use crate::{Discount, DiscountOf, Per};

/// Adds what the contract's discounts take off.
///
/// Each is reckoned on the lines as they are, not on what other discounts leave of them; but all together take no more off
/// than there is, save for a rebate, which gives back what earlier months have paid.
pub(super) fn lines(bill: &mut Bill<'_>) {
    let contract = bill.contract;
    for discount in &contract.discounts {
        let over_months = matches!(&discount.of, DiscountOf::Rebate { per, .. } if *per != Per::Month);
        if over_months {
            for (charge, counted) in of_month(bill, discount) {
                bill.closed.remember(&discount.name, &charge, counted);
            }
        }
        let Taken { amount, rule, earned } = Taking { discount, term: bill.term }.of(bill);
        if amount.is_zero() {
            continue;
        }
        for (charge, part) in earned.parts(&amount) {
            let closed = bill.closed.charges.entry(charge).or_default();
            closed.discounts += &-&part;
            if over_months {
                closed.rebates.insert(discount.name.clone(), part);
            }
        }
        bill.closed.lines.insert(discount.name.clone(), -&amount);
        let detail = vec![amount_detail(rule, -&amount)];
        bill.push(Draft::other(&discount.name, LineKind::Discount, discount.clause.as_ref(), -&amount, detail));
    }
}

/// What each of a discount's charges came to in the month.
fn of_month(bill: &Bill<'_>, discount: &Discount) -> Vec<(String, Amount)> {
    let of = |position: &usize| {
        let name = bill.contract.charges[*position].name.clone();
        (name, bill.sum_of(std::slice::from_ref(position)))
    };
    discount.on.iter().map(of).collect()
}

/// What a discount is earned by, charge by charge: over the month, or over the months of a rebate.
#[derive(Default)]
struct Earned {
    /// What each came to on the discount's days.
    by: BTreeMap<String, Amount>,
    /// What of a rebate was given on each before.
    given: BTreeMap<String, Amount>,
}

impl Earned {
    fn add(&mut self, charge: &str, amount: &Amount) {
        *self.by.entry(charge.to_owned()).or_default() += amount;
    }

    fn sum(&self) -> Amount {
        self.by.values().cloned().sum()
    }

    /// What of an amount is taken off each charge. With e what a charge came to and g what it was given before,
    ///
    ///   part = (amount + Σ g) · e / Σ e − g,
    ///
    /// so that the parts sum to the amount, and all that is given since the first month is divided as it was earned. Where
    /// the charges come to nothing, what was given is taken back.
    fn parts(&self, amount: &Amount) -> Vec<(String, Amount)> {
        let (earned, given) = (self.sum(), self.given.values().cloned().sum());
        let all = amount + &given;
        let part = |(charge, by): (&String, &Amount)| {
            let share = by.0.divided_by(&earned.0).map_or_else(Factor::zero, Factor);
            let before = self.given.get(charge).cloned().unwrap_or_default();
            (charge.clone(), &(&all * &share) - &before)
        };
        self.by.iter().map(part).collect()
    }
}

/// What is taken off, rounded, and why. Below 0 where a rebate is taken back.
struct Taken {
    amount: Amount,
    rule: String,
    earned: Earned,
}

/// A discount and the term it holds in.
struct Taking<'c> {
    discount: &'c Discount,
    term: Term,
}

impl Taking<'_> {
    fn of(&self, bill: &Bill<'_>) -> Taken {
        let (whole, left) = (bill.sum_of(&self.discount.on), bill.less_discounts(&self.discount.on));
        let (share, days) = self.share_of(bill.month);
        let left = left.max(Amount::zero());
        let earned = || Earned { by: of_month(bill, self.discount).into_iter().collect(), ..Earned::default() };
        match &self.discount.of {
            DiscountOf::Share(percent) => {
                let amount = bill.rounded(&(&(&whole * percent) * &share)).min(left);
                let rule = format!("{}% of {}{days}", in_percent(percent), written(&whole));
                Taken { amount, rule, earned: earned() }
            }
            DiscountOf::Amount(amount) => {
                let amount = bill.rounded(&(amount * &share)).min(left);
                Taken { amount, rule: format!("a month's amount{days}"), earned: earned() }
            }
            DiscountOf::Rebate { per, bands } => self.rebate(bill, *per, bands),
        }
    }

    /// The rebate on all that the period has come to, less what was given of it already.
    fn rebate(&self, bill: &Bill<'_>, per: Per, bands: &[(Amount, Factor)]) -> Taken {
        let (rebate, period) = (&self.discount.name, Period::of(per, bill.term, bill.month));
        let (mut earned, mut given) = (Earned::default(), Amount::zero());
        let now = of_month(bill, self.discount);
        let share = self.share_of(bill.month).0;
        now.iter().for_each(|(charge, amount)| earned.add(charge, &(amount * &share)));
        for (month, closed) in bill.ledger.between(period.first, bill.month) {
            let share = self.share_of(month).0;
            let has_counted = closed.counted(rebate).is_some();
            for (charge, closed) in &closed.charges {
                // Each month counts what its own terms name: a charge that has ended since has earned its rebate.
                let counted = match has_counted {
                    true => closed.counted.get(rebate),
                    false => now.iter().any(|(name, _)| name == charge).then_some(&closed.amount),
                };
                counted.iter().for_each(|counted| earned.add(charge, &(*counted * &share)));
                if let Some(part) = closed.rebates.get(rebate) {
                    *earned.given.entry(charge.clone()).or_default() += part;
                }
            }
            given += &closed.lines.get(rebate).map_or_else(Amount::zero, |line| -line);
        }
        let sum = earned.sum();
        let reached = bands.iter().rev().find(|(from, _)| from <= &sum);
        let percent = reached.map_or_else(Factor::zero, |(_, percent)| percent.clone());
        let amount = bill.rounded(&(&(&sum * &percent) - &given));
        let since = if period.first < bill.month { format!(" since {}", period.first) } else { String::new() };
        let less = if given.is_zero() { String::new() } else { format!(", less {} given", written(&given)) };
        Taken { amount, rule: format!("{}% of {}{since}{less}", in_percent(&percent), written(&sum)), earned }
    }

    /// The share of a month's days in the term on which the discount holds; and in words, where it is not all of them.
    fn share_of(&self, month: Month) -> (Factor, String) {
        let starts = self.discount.from.map_or(self.term.starts, |from| from.max(self.term.starts));
        let ends = match (self.discount.until, self.term.ends) {
            (Some(until), Some(ends)) => Some(until.min(ends)),
            (until, ends) => until.or(ends),
        };
        let (within, of) = (Term { starts, ends }.days_in(month), self.term.days_in(month));
        match Factor::share(within, of) {
            Some(share) if within < of => (share, format!(" for {within} of {of} days")),
            _ => (Factor::one(), String::new()),
        }
    }
}

fn in_percent(share: &Factor) -> Exact {
    &share.0 * &Exact::from(100u64)
}

fn written(amount: &Amount) -> String {
    amount.0.to_decimal(4)
}
