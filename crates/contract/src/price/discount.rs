//! What is taken off some lines: shares, amounts, and rebates on what a quarter or year comes to.

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
        if matches!(&discount.of, DiscountOf::Rebate { per, .. } if *per != Per::Month) {
            let counted = bill.sum_of(&discount.on);
            bill.closed.remember(&discount.name, &counted);
        }
        let taken = Taking { discount, term: bill.term }.of(bill);
        let Some(Taken { amount, rule }) = taken else { continue };
        if amount.is_zero() {
            continue;
        }
        allocate(bill, discount, &amount);
        bill.closed.lines.insert(discount.name.clone(), -&amount);
        let detail = vec![amount_detail(rule, -&amount)];
        bill.push(Draft::other(&discount.name, LineKind::Discount, discount.clause.as_ref(), -&amount, detail));
    }
}

/// Remembers which charge a discount was taken off: in the proportion of their lines.
fn allocate(bill: &mut Bill<'_>, discount: &Discount, amount: &Amount) {
    let whole = bill.sum_of(&discount.on);
    for position in &discount.on {
        let line = bill.sum_of(std::slice::from_ref(position));
        let Some(share) = line.0.divided_by(&whole.0).map(Factor) else { continue };
        let name = bill.contract.charges[*position].name.clone();
        bill.closed.charges.entry(name).or_default().discounts += &-&(amount * &share);
    }
}

/// What is taken off, rounded, and why. Below 0 where a rebate is taken back.
struct Taken {
    amount: Amount,
    rule: String,
}

/// A discount and the term it holds in.
struct Taking<'c> {
    discount: &'c Discount,
    term: Term,
}

impl Taking<'_> {
    fn of(&self, bill: &Bill<'_>) -> Option<Taken> {
        let (whole, left) = (bill.sum_of(&self.discount.on), bill.less_discounts(&self.discount.on));
        let (share, days) = self.share_of(bill.month);
        let left = left.max(Amount::zero());
        match &self.discount.of {
            DiscountOf::Share(percent) => {
                let amount = bill.rounded(&(&(&whole * percent) * &share)).min(left);
                Some(Taken { amount, rule: format!("{}% of {}{days}", in_percent(percent), written(&whole)) })
            }
            DiscountOf::Amount(amount) => {
                let amount = bill.rounded(&(amount * &share)).min(left);
                Some(Taken { amount, rule: format!("a month's amount{days}") })
            }
            DiscountOf::Rebate { per, bands } => self.rebate(bill, *per, bands),
        }
    }

    /// The rebate on all that the period has come to, less what was given of it already.
    fn rebate(&self, bill: &Bill<'_>, per: Per, bands: &[(Amount, Factor)]) -> Option<Taken> {
        let names: Vec<&str> = self.discount.on.iter().map(|on| bill.contract.charges[*on].name.as_str()).collect();
        let period = Period::of(per, bill.term, bill.month);
        let (mut sum, mut given) = (&bill.sum_of(&self.discount.on) * &self.share_of(bill.month).0, Amount::zero());
        for (month, closed) in bill.ledger.between(period.first, bill.month) {
            // Each month counts what its own terms name: a charge that has ended since has earned its rebate.
            let lines =
                || names.iter().filter_map(|name| closed.charges.get(*name)).map(|closed| closed.amount.clone());
            let counted = closed.counted(&self.discount.name).unwrap_or_else(|| lines().sum());
            sum += &(&counted * &self.share_of(month).0);
            given += &closed.lines.get(&self.discount.name).map_or_else(Amount::zero, |line| -line);
        }
        let reached = bands.iter().rev().find(|(from, _)| from <= &sum);
        let percent = reached.map_or_else(Factor::zero, |(_, percent)| percent.clone());
        let amount = bill.rounded(&(&(&sum * &percent) - &given));
        let since = if period.first < bill.month { format!(" since {}", period.first) } else { String::new() };
        let less = if given.is_zero() { String::new() } else { format!(", less {} given", written(&given)) };
        Some(Taken { amount, rule: format!("{}% of {}{since}{less}", in_percent(&percent), written(&sum)) })
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
