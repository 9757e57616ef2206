//! What earlier months leave to later ones.

use std::collections::BTreeMap;

use longshore_units::{Amount, Exact, Month, Price, Quantity};

use crate::{Prepaid, Quantum};

/// What earlier months leave to later ones, by month: what was used and billed, and how the service was. Everything that
/// bands over a year, rollover, prepayments, repeated misses and earn-back need follows from it.
///
/// Charges and terms are known by their names. A name that an amendment gives a line replaces the older one in all months
/// before, and no name ever stands for two lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The closed months.
    pub months: BTreeMap<Month, Closed>,
}

/// What is kept of a closed month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Closed {
    /// By charge.
    pub charges: BTreeMap<String, ClosedCharge>,
    /// By the names of minimums, discounts, prepayments and SLA terms: the amount of their line.
    pub lines: BTreeMap<String, Amount>,
    /// By the names of their counters, such as `yearly minimum: staffed`: what rules over several months look at beside
    /// the charges' quantities. What was not known is not there.
    pub quanta: BTreeMap<String, Quantity>,
    /// By SLA term.
    pub slas: BTreeMap<String, ClosedSla>,
}

/// What is kept of a charge in a closed month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClosedCharge {
    /// What its line came to, as billed.
    pub amount: Amount,
    /// What discounts over several lines took off it: 0 or below.
    pub discounts: Amount,
    /// What its units came to before the line's discount, cap, minimum and rounding: what bands climbed over a year are
    /// reckoned on.
    pub tariff: Amount,
    /// What each group used, in the charge's unit, before included units are taken off.
    pub used: BTreeMap<String, Quantity>,
    /// What each group had of included units that month, those carried over not among them, and used of all it had.
    pub included: BTreeMap<String, ClosedIncluded>,
    /// By the names of minimums and rebates over more than a month: what they counted of it, as the month's terms named
    /// their charges.
    pub counted: BTreeMap<String, Amount>,
    /// By the names of rebates over more than a month: what of them was given on it, also after it ended. Below 0 where it was
    /// taken back.
    pub rebates: BTreeMap<String, Amount>,
    /// What a unit came to: its share of the line, of which what is given back is no part. None where nothing was used.
    pub unit_price: Option<Price>,
}

/// Included units of a closed month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClosedIncluded {
    /// What the month brought.
    pub granted: Quantity,
    /// What was used of them and of those carried over.
    pub used: Quantity,
}

/// What is kept of an SLA term in a closed month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClosedSla {
    /// What was measured.
    pub value: Option<Exact>,
    /// How it was judged.
    pub verdict: Verdict,
    /// What was credited, as a positive amount, after the cap.
    pub credit: Amount,
}

/// How a month of an SLA term is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing was measured, or its period does not end with this month.
    #[default]
    NotMeasured,
    /// The target was met.
    Met,
    /// It was missed in the first months, where that has no consequence.
    Grace,
    /// It was missed, and is excused.
    Excused,
    /// It was missed.
    Missed,
}

impl Closed {
    /// Keeps what a minimum or rebate counts of a charge: an amendment may name others for later months.
    pub(crate) fn remember(&mut self, rule: &str, charge: &str, amount: Amount) {
        self.charges.entry(charge.to_owned()).or_default().counted.insert(rule.to_owned(), amount);
    }

    /// What a minimum or rebate counted of all its charges. None where the month's terms had no such rule.
    pub(crate) fn counted(&self, rule: &str) -> Option<Amount> {
        let counted = self.charges.values().filter_map(|charge| charge.counted.get(rule).cloned());
        counted.reduce(|sum, counted| &sum + &counted)
    }
}

impl Ledger {
    /// The closed months from one on and before another, in order.
    pub fn between(&self, from: Month, before: Month) -> impl DoubleEndedIterator<Item = (Month, &Closed)> {
        self.months.range(from..before.max(from)).map(|(month, closed)| (*month, closed))
    }

    /// How often an SLA term was missed within so many months, up to a month and with it.
    pub fn misses(&self, sla: &str, month: Month, within_months: u32) -> u32 {
        let back = i32::try_from(within_months).unwrap_or(i32::MAX).saturating_sub(1).max(0);
        // Before the years that months can name nothing was missed.
        let closed = match month.plus(-back) {
            Some(from) => self.months.range(from..=month),
            None => self.months.range(..=month),
        };
        let missed = closed.filter_map(|(_, closed)| closed.slas.get(sla)).filter(|sla| sla.verdict == Verdict::Missed);
        u32::try_from(missed.count()).unwrap_or(u32::MAX)
    }

    /// Gives a line another name in all months: what it leaves to later ones is looked up by the name that it has then.
    pub(crate) fn rename(&mut self, old: &str, new: &str) {
        fn moved<T>(of: &mut BTreeMap<String, T>, old: &str, new: &str) {
            if let Some(kept) = of.remove(old) {
                of.insert(new.to_owned(), kept);
            }
        }
        for closed in self.months.values_mut() {
            moved(&mut closed.charges, old, new);
            moved(&mut closed.lines, old, new);
            moved(&mut closed.slas, old, new);
            moved(&mut closed.lines, &Prepaid::drawdown_of(old), &Prepaid::drawdown_of(new));
            for charge in closed.charges.values_mut() {
                moved(&mut charge.counted, old, new);
                moved(&mut charge.rebates, old, new);
            }
            for quantum in Quantum::ALL {
                moved(&mut closed.quanta, &quantum.counter_of(old), &quantum.counter_of(new));
            }
        }
    }
}
