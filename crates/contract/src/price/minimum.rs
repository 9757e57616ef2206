//! Minimums over several lines, of money and of volume: what is missing is a line of its own.

use longshore_units::{Amount, Price, Quantity, plural_of};

use super::PriceError;
use super::bill::Bill;
use super::condition::{Asking, holds};
use super::draft::{Draft, amount_detail, priced_detail};
use crate::invoice::{Detail, LineKind};
use crate::period::Period;
use crate::{Beyond, Bound, Closed, ClosedCharge, Minimum, MinimumOf, Per, Proration, Quantum};

/// Adds what is missing to the contract's minimums, and what goes beyond their volumes.
pub(super) fn lines(bill: &mut Bill<'_>) -> Result<(), PriceError> {
    let contract = bill.contract;
    for minimum in &contract.minimums {
        let is_over_months = minimum.per != Per::Month;
        let settlement = Settlement { minimum, period: Period::of(minimum.per, bill.term, bill.month) };
        let quanta = minimum.quanta().into_iter().filter(|quantum| is_over_months || *quantum != Quantum::Volume);
        Asking::Minimum(minimum).remember(bill, quanta);
        if is_over_months {
            for (charge, counted) in settlement.counted(bill) {
                bill.closed.remember(&minimum.name, &charge, counted);
            }
        }
        if !settlement.period.ends_with(bill.month) {
            continue;
        }
        let missing = settlement.missing(bill)?;
        let waived = match &minimum.waived_if {
            Some(condition) if missing.is_some() => holds(condition, |quantum| settlement.quantity(bill, quantum))?,
            _ => None,
        };
        if let Some(why) = &waived {
            bill.notes.push(format!("`{}` is not asked for: {why}", minimum.name));
        }
        let short = missing.filter(|_| waived.is_none());
        if let Some(draft) = settlement.draft(bill, short, settlement.beyond(bill)?) {
            let name = minimum.name.clone();
            bill.closed.lines.insert(name, draft.exact.clone());
            bill.push(draft);
        }
    }
    Ok(())
}

/// What makes a minimum's line: how much of what, and the rules that say so.
struct Owed {
    exact: Amount,
    quantity: Quantity,
    unit: String,
    detail: Vec<Detail>,
}

/// A minimum in the last month of its period.
struct Settlement<'c> {
    minimum: &'c Minimum,
    period: Period,
}

impl Settlement<'_> {
    /// What it counts of a month, by charge: the lines less their discounts; for the average price of a volume, as they are.
    ///
    /// What a rebate gives on a charge that has ended, of which earlier months of the period were counted, counts too.
    fn counted(&self, bill: &Bill<'_>) -> Vec<(String, Amount)> {
        let Minimum { name, on, of, .. } = self.minimum;
        let is_of_money = matches!(of, MinimumOf::Amount { .. });
        let of_charge = |position: &usize| {
            let on = std::slice::from_ref(position);
            let counted = if is_of_money { bill.less_discounts(on) } else { bill.sum_of(on) };
            (bill.contract.charges[*position].name.clone(), counted)
        };
        let has_ended = |charge: &&String| is_of_money && bill.contract.charge(charge).is_none();
        let counted = |charge: &&String| {
            let mut earlier = bill.ledger.between(self.period.first, bill.month);
            earlier.any(|(_, closed)| closed.charges.get(*charge).is_some_and(|of| of.counted.contains_key(name)))
        };
        let ended = bill.closed.charges.keys().filter(has_ended).filter(counted);
        let given = ended.map(|charge| (charge.clone(), bill.closed.charges[charge].discounts.clone()));
        on.iter().map(of_charge).chain(given).collect()
    }

    /// What is missing, if anything is.
    fn missing(&self, bill: &Bill<'_>) -> Result<Option<Owed>, PriceError> {
        match &self.minimum.of {
            MinimumOf::Amount { amount, prorate } => Ok(self.missing_amount(bill, amount, *prorate)),
            MinimumOf::Volume { volume, shortfall_each, .. } => {
                let (least, used) = (self.units(bill, volume)?, self.quantity(bill, Quantum::Volume)?);
                if least <= used {
                    return Ok(None);
                }
                let (short, unit) = (&least - &used, self.unit(bill));
                let exact = shortfall_each * &short;
                let rule =
                    format!("{} of {} {} not used", short.0.to_decimal(4), least.0.to_decimal(4), plural_of(&unit));
                let detail = vec![priced_detail(rule, short.clone(), shortfall_each.clone(), exact.clone())];
                Ok(Some(Owed { exact, quantity: short, unit, detail }))
            }
        }
    }

    fn missing_amount(&self, bill: &Bill<'_>, amount: &Amount, prorate: Proration) -> Option<Owed> {
        let (share, part) = match prorate {
            Proration::Day => self.period.share_of(bill.term),
            Proration::None => (longshore_units::Factor::one(), format!("a full {}", self.period.word())),
        };
        let least = amount * &share;
        let before = self.counted_before(bill, |closed| &closed.amount + &closed.discounts);
        let now = self.counted(bill).into_iter().map(|(_, counted)| counted).sum();
        let missing = &least - &(&before + &now);
        if missing <= Amount::zero() {
            return None;
        }
        let mut detail = vec![amount_detail(format!("minimum for {part}"), least)];
        if self.period.first < bill.month {
            detail.push(amount_detail(format!("billed from {}", self.period.first), -&before));
        }
        detail.push(amount_detail("billed already", -&now));
        Some(Owed { exact: missing, quantity: Quantity(share.0), unit: self.period.word().to_owned(), detail })
    }

    /// What is added for the units far beyond the volume, if any are.
    fn beyond(&self, bill: &Bill<'_>) -> Result<Option<Owed>, PriceError> {
        let MinimumOf::Volume { beyond: Some(Beyond { above, share }), .. } = &self.minimum.of else { return Ok(None) };
        let (above, used) = (self.units(bill, above)?, self.quantity(bill, Quantum::Volume)?);
        let before = self.counted_before(bill, |closed| closed.amount.clone());
        let Some(average) = (&before + &bill.sum_of(&self.minimum.on)).0.divided_by(&used.0) else { return Ok(None) };
        if used <= above {
            return Ok(None);
        }
        let (more, price, unit) = (&used - &above, &Price(average) * share, self.unit(bill));
        let exact = &price * &more;
        let rule = format!("beyond {} {}", above.0.to_decimal(4), plural_of(&unit));
        let detail = vec![priced_detail(rule, more.clone(), price, exact.clone())];
        Ok(Some(Owed { exact, quantity: more, unit, detail }))
    }

    fn draft(&self, bill: &Bill<'_>, short: Option<Owed>, beyond: Option<Owed>) -> Option<Draft> {
        let mut owed = short.into_iter().chain(beyond);
        let Owed { mut exact, mut quantity, unit, mut detail } = owed.next()?;
        for more in owed {
            exact += &more.exact;
            quantity += &more.quantity;
            detail.extend(more.detail);
        }
        let (name, clause) = (&self.minimum.name, self.minimum.clause.as_ref());
        let mut draft = Draft::other(name, LineKind::Minimum, clause, bill.rounded(&exact), detail);
        (draft.line.quantity, draft.line.unit) = (quantity, unit);
        Some(draft)
    }

    /// A bound in units of the charges, over the period.
    fn units(&self, bill: &Bill<'_>, bound: &Bound) -> Result<Quantity, PriceError> {
        match bound {
            Bound::OfForecast(share) => Ok(&self.quantity(bill, Quantum::Forecast)? * share),
            Bound::Units(units) => match &self.minimum.of {
                MinimumOf::Volume { prorate: Proration::Day, .. } => Ok(units * &self.period.share_of(bill.term).0),
                _ => Ok(units.clone()),
            },
        }
    }

    /// What one of its quantities came to over the period.
    fn quantity(&self, bill: &Bill<'_>, quantum: Quantum) -> Result<Quantity, PriceError> {
        let asking = Asking::Minimum(self.minimum);
        if quantum != Quantum::Volume {
            return asking.quantum_since(bill, self.period.first, quantum);
        }
        let counter = asking.counter(quantum);
        let used = |closed: &ClosedCharge| closed.used.values().cloned().sum::<Quantity>();
        let of_month = |(_, closed): (_, &Closed)| {
            let kept = closed.quanta.get(&counter).cloned();
            kept.unwrap_or_else(|| self.of_charges(bill, closed).map(used).sum())
        };
        Ok(&asking.quantum(bill, quantum)? + &bill.ledger.between(self.period.first, bill.month).map(of_month).sum())
    }

    /// What the earlier months of the period counted, each by its own terms: what a charge that has ended since was billed
    /// counts all the same. Of a month whose terms had no such minimum, what its charges of today came to.
    fn counted_before(&self, bill: &Bill<'_>, of: impl Fn(&ClosedCharge) -> Amount) -> Amount {
        let of_month = |(_, closed): (_, &Closed)| {
            let kept = closed.counted(&self.minimum.name);
            kept.unwrap_or_else(|| self.of_charges(bill, closed).map(&of).sum())
        };
        bill.ledger.between(self.period.first, bill.month).map(of_month).sum()
    }

    /// The charges in an earlier month.
    fn of_charges<'s>(&'s self, bill: &'s Bill<'_>, closed: &'s Closed) -> impl Iterator<Item = &'s ClosedCharge> {
        let names = self.minimum.on.iter().map(|position| &bill.contract.charges[*position].name);
        names.filter_map(|name| closed.charges.get(name))
    }

    /// The unit of the charges, which is one.
    fn unit(&self, bill: &Bill<'_>) -> String {
        let first = self.minimum.on.first().and_then(|position| bill.contract.counted(*position));
        first.map_or("unit", |counted| counted.unit()).to_owned()
    }
}
