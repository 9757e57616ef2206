//! How the service of a period is judged.

use longshore_units::{Exact, Month};

use crate::price::PriceError;
use crate::price::bill::Bill;
use crate::price::condition::{Asking, holds};
use crate::{ClosedSla, Sla, Verdict};

/// An SLA term in the last month of its period, of which the measure is known.
pub(super) struct Settled<'c> {
    pub sla: &'c Sla,
    /// The first month of its period.
    pub first: Month,
    /// What was measured, rounded as the measure says.
    pub value: Exact,
    pub verdict: Verdict,
}

/// Judges a term, if its period ends with the month and its measure is known; says where it is not.
pub(super) fn settle<'c>(bill: &mut Bill<'_>, sla: &'c Sla) -> Result<Option<Settled<'c>>, PriceError> {
    let (first, last) = sla.per.period(bill.term, bill.month);
    if last != Some(bill.month) {
        return Ok(None);
    }
    let Some(value) = bill.usage.measured(&sla.name, bill.month) else {
        bill.notes.push(format!("`{}` is not measured in {}: nothing is credited for it", sla.name, bill.month));
        return Ok(None);
    };
    let mut settled = Settled { sla, first, value: sla.rounded(value), verdict: Verdict::Met };
    if sla.target.is_met(&settled.value) {
        return Ok(Some(settled));
    }
    let months_before = u32::try_from(bill.month.since(Month::of(bill.term.starts))).unwrap_or(0);
    settled.verdict = if months_before < sla.grace_months {
        let instead = settled.instead();
        bill.notes.push(format!("`{}` is missed, {instead}, within the months of grace: nothing follows", sla.name));
        Verdict::Grace
    } else if let Some(why) = relieved(bill, sla, first)? {
        let instead = settled.instead();
        bill.notes.push(format!("`{}` is missed, {instead}, and excused: {why}", sla.name));
        Verdict::Excused
    } else {
        Verdict::Missed
    };
    Ok(Some(settled))
}

/// Why a miss is excused, if it is.
fn relieved(bill: &Bill<'_>, sla: &Sla, first: Month) -> Result<Option<String>, PriceError> {
    let Some(relief) = &sla.relief else { return Ok(None) };
    holds(relief, |quantum| Asking::Sla(sla).quantum_since(bill, first, quantum))
}

/// The periods of a term that were settled before the month, the latest first.
pub(super) fn before<'b>(bill: &Bill<'b>, sla: &'b Sla) -> impl Iterator<Item = (Month, &'b ClosedSla)> {
    let (ledger, term, month) = (bill.ledger, bill.term, bill.month);
    let months = ledger.between(Month::of(term.starts), month).rev();
    let ends = move |month: Month| sla.per.period(term, month).1 == Some(month);
    months
        .filter(move |(month, _)| ends(*month))
        .map_while(|(month, closed)| Some((month, closed.slas.get(&sla.name)?)))
}

impl Settled<'_> {
    /// Whether the value lies beyond a level, on its side above or below.
    pub fn is_beyond(&self, level: &Exact, above: bool) -> bool {
        if above { *level < self.value } else { self.value < *level }
    }

    /// How often the target was missed within so many months, this one included.
    pub fn misses(&self, bill: &Bill<'_>, within_months: u32) -> u32 {
        // The ledger ends before the month.
        bill.ledger.misses(&self.sla.name, bill.month, within_months) + u32::from(self.verdict == Verdict::Missed)
    }

    /// The value, for people.
    pub fn written(&self) -> String {
        self.sla.target.unit.written(&self.value)
    }

    /// The value and the target, for people: `78.3% instead of at least 80%`.
    pub fn instead(&self) -> String {
        let target = &self.sla.target;
        let side = if target.more_is_better { "at least" } else { "at most" };
        format!("{} instead of {side} {}", self.written(), target.unit.written(&target.at))
    }
}
