//! When a buyer can be out of a contract, and what he owes until then.

use jiff::Span;
use jiff::civil::Date;
use longshore_units::{Amount, Factor, Month, Term};

use crate::{Contract, Ledger, PriceError, Usage, price};

/// A way in which the buyer can end a contract that the provider keeps to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// By which right.
    pub by: EndedBy,
    /// The contract's last day.
    pub last_day: Date,
    /// What ending it costs, due on that day.
    pub fee: Amount,
}

/// The right by which a contract ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndedBy {
    /// Without a cause, with the notice that was agreed.
    Convenience,
    /// Its term is over, and it is not renewed.
    Term,
}

/// So often a term is renewed at most before it ends; contracts end before the year 2200.
const RENEWALS: u32 = 2400;

impl Contract {
    /// The ways in which the buyer can end the contract if he says so on a day, by the terms that hold last. None where
    /// nothing is agreed and it has no end.
    pub fn endings(&self, told: Date) -> Vec<Ending> {
        let in_force = self.in_force(None);
        let terms = in_force.last();
        let convenience = terms.exit.as_ref().and_then(|exit| exit.for_convenience.as_ref()).and_then(|convenience| {
            let told = convenience.from.map_or(told, |from| from.max(told));
            let last_day = days_after(told, convenience.notice.0)?;
            Some(Ending { by: EndedBy::Convenience, last_day, fee: convenience.fee.clone() })
        });
        let term = terms.last_day_of_term(told);
        let term = term.map(|last_day| Ending { by: EndedBy::Term, last_day, fee: Amount::zero() });
        convenience.into_iter().chain(term).collect()
    }

    /// The last day of the term, renewals among it that the buyer can no longer decline on a day.
    fn last_day_of_term(&self, told: Date) -> Option<Date> {
        let mut ends = self.term.ends?;
        let Some(renewal) = self.exit.as_ref().and_then(|exit| exit.renewal).filter(|renewal| renewal.automatic) else {
            return Some(ends);
        };
        let notice = renewal.notice.map_or(0, |notice| notice.0);
        let is_month_end = ends == ends.last_of_month();
        for _ in 0..RENEWALS {
            if days_after(told, notice)? <= ends || renewal.months == 0 {
                break;
            }
            ends = ends.checked_add(Span::new().try_months(i64::from(renewal.months)).ok()?).ok()?;
            ends = if is_month_end { ends.last_of_month() } else { ends };
        }
        Some(ends)
    }

    /// What is owed for the months from a day until the contract's last one where nothing is used any more: minimums and
    /// fixed amounts, by the terms that hold last; `last_day` is the end of both. Longer periods are taken as begun on
    /// that first day, so that a minimum over a year is owed for these days alone. `recovered` is the share of recoverable
    /// tax that the buyer gets back; `rates` knows what currencies and indexes stand at.
    ///
    /// # Errors
    /// Where a rule asks for what only use can tell.
    pub fn owed_without_use(
        &self,
        from: Date,
        last_day: Date,
        recovered: &Factor,
        rates: &Usage,
    ) -> Result<Vec<(Month, Amount)>, PriceError> {
        if last_day < from {
            return Ok(Vec::new());
        }
        let term = Term { starts: from, ends: Some(last_day) };
        let terms = self.in_force(None).last().clone();
        let rest = Contract { term, in_force: term, amendments: Vec::new(), amended: Default::default(), ..terms };
        let mut usage = Usage::default();
        usage.take_measured(rates.clone());
        let months = || Month::through(Month::of(from), Month::of(last_day));
        months().for_each(|month| usage.take_as_unused(month));
        let mut ledger = Ledger::default();
        let owed = |month| {
            let invoice = price(&rest.in_force(None), &usage, month, &mut ledger)?;
            Ok((month, invoice.cost_to(recovered.clone())))
        };
        months().map(owed).collect()
    }
}

fn days_after(day: Date, days: u32) -> Option<Date> {
    day.checked_add(Span::new().try_days(i64::from(days)).ok()?).ok()
}
