//! When an option's costs are paid.

use std::collections::BTreeMap;

use longshore_contract::{InForce, Invoice, LineKind};
use longshore_units::{Amount, Exact, Factor, Month};

use crate::LedgerLine;

/// What is paid for a horizon, by the month in which it is due, in the case's currency; months before and after the
/// horizon among them. It sums to the horizon's cost and the deposits that providers keep.
///
/// An invoice is due by its contract's terms (`Pay::due`); a prepayment in the month that bills it. What comes
/// back from the state is set off in the month in which it is paid. A cost beside contracts is paid in its month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cash {
    months: BTreeMap<Month, Exact>,
}

impl Cash {
    /// Adds what is paid in a month; below 0 for what comes in.
    pub(crate) fn pay(&mut self, month: Month, amount: &Exact) {
        let known = self.months.entry(month).or_default();
        *known = &*known + amount;
    }

    /// Adds the costs beside contracts.
    pub(crate) fn pay_lines(&mut self, lines: &[LedgerLine], horizon: &[Month]) {
        for line in lines {
            horizon.iter().zip(&line.months).for_each(|(month, amount)| self.pay(*month, amount));
        }
    }

    /// Adds a contract's invoices, each with what one unit of its currency is worth. A deposit that is still held after
    /// the last of them comes back with the contract's last invoice, if it has one.
    pub(crate) fn pay_invoices(&mut self, in_force: &InForce<'_>, recovered: &Factor, invoices: &[(&Invoice, Exact)]) {
        let due = |month: Month| {
            let terms = in_force.of_month(month).last().map_or_else(|| in_force.last(), |(_, terms)| terms);
            Month::of(terms.pay.due(month))
        };
        let mut held = Amount::zero();
        for (invoice, worth) in invoices {
            let of_kind = |kind: LineKind| invoice.lines.iter().filter(move |line| line.kind == kind);
            let deposit: Amount = of_kind(LineKind::Deposit).map(|line| line.amount.clone()).sum();
            let prepaid = of_kind(LineKind::Prepaid).filter(|line| Exact::zero() < line.amount.0);
            let prepaid: Amount = prepaid.map(|line| line.amount.clone()).sum();
            let later = &(&invoice.cost_to(recovered.clone()) - &prepaid) + &deposit;
            self.pay(invoice.month, &(&prepaid.0 * worth));
            self.pay(due(invoice.month), &(&later.0 * worth));
            held += &deposit;
        }
        if let (Some((last, worth)), Some(ends)) = (invoices.last(), in_force.term().ends)
            && Exact::zero() < held.0
            && last.month < Month::of(ends)
        {
            self.pay(due(Month::of(ends)), &(&-&held.0 * worth));
        }
    }

    /// The months in which something is paid, in their order.
    pub fn months(&self) -> impl Iterator<Item = (Month, &Exact)> {
        self.months.iter().filter(|(_, amount)| **amount != Exact::zero()).map(|(month, amount)| (*month, amount))
    }

    /// The mean of several.
    pub(crate) fn mean<'c>(all: impl ExactSizeIterator<Item = &'c Cash>) -> Cash {
        let part = Exact::ratio(1, all.len() as i128).expect("there is a run at least");
        let mut mean = Cash::default();
        for (month, amount) in all.flat_map(|cash| &cash.months) {
            mean.pay(*month, &(amount * &part));
        }
        mean
    }

    /// What it is worth on the first day of the horizon: what is paid in its month k, counted from 0, ÷ (1 + d)^((k + 1) ÷ 12),
    /// as if it were paid when the month ends.
    pub(crate) fn present_value(&self, starts: Month, discount: f64) -> Exact {
        let worth = |month: Month| {
            let factor = (1.0 + discount).powf(-(f64::from(month.since(starts)) + 1.0) / 12.0);
            // The factor becomes a decimal once, here; from then on all is exact.
            Exact::ratio((factor * 1e12).round() as i128, 1_000_000_000_000).expect("not 0 below")
        };
        self.months.iter().fold(Exact::zero(), |sum, (month, amount)| &sum + &(amount * &worth(*month)))
    }
}
