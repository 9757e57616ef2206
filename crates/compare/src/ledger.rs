//! What an option costs beside its contracts, month by month, exactly.

use longshore_business_case::{BusinessCase, CaseOption, Cost, CostKind, Per};
use longshore_units::{Exact, Month, Term};

use crate::plan::TeamPlan;

/// A line of an option's own costs.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerLine {
    /// What it is for.
    pub what: String,
    /// Which part of the whole it belongs to.
    pub kind: CostKind,
    /// Whether it falls due once.
    pub once: bool,
    /// Its amount in each month of the horizon.
    pub months: Vec<Exact>,
}

/// What lies behind the lines: months of the horizon, the teams' plans, the contacts handled in each month.
pub(crate) struct Basis<'b> {
    pub months: &'b [Month],
    pub teams: &'b [TeamPlan],
    pub handled: &'b [u64],
}

/// All lines of an option.
pub(crate) fn ledger(option: &CaseOption, basis: &Basis<'_>) -> Vec<LedgerLine> {
    option
        .costs
        .iter()
        .map(|cost| LedgerLine {
            what: cost.what.clone(),
            kind: cost.kind,
            once: cost.per == Per::Once,
            months: (0..basis.months.len()).map(|month| &cost.amount * &units(cost, month, basis)).collect(),
        })
        .collect()
}

/// How many units of a cost a month has.
fn units(cost: &Cost, month: usize, basis: &Basis<'_>) -> Exact {
    let team = || cost.team.and_then(|team| basis.teams.get(team));
    match cost.per {
        Per::Month => part_of_month(cost, basis.months[month]),
        Per::Year => &part_of_month(cost, basis.months[month]) * &share(1, 12),
        Per::Once => {
            // What falls due outside the horizon is no part of it, as with a contract's charges; it is warned of.
            let due = cost.from.map_or(basis.months[0], Month::of);
            if due == basis.months[month] { Exact::one() } else { Exact::zero() }
        }
        Per::PaidHour => team().map_or_else(Exact::zero, |team| team.paid_hours[month].clone()),
        Per::AgentMonth => team().map_or_else(Exact::zero, |team| Exact::from(u64::from(team.register[month]))),
        Per::Hire => team().map_or_else(Exact::zero, |team| team.hires[month].clone()),
        Per::Contact => Exact::from(basis.handled[month]),
    }
}

/// The share of a month's days on which a cost is due.
fn part_of_month(cost: &Cost, month: Month) -> Exact {
    let term = Term { starts: cost.from.unwrap_or(month.first()), ends: cost.until };
    share(term.days_in(month), month.days())
}

fn share(part: i128, whole: i128) -> Exact {
    Exact::ratio(part, whole).expect("months and years have days")
}

/// What the line of customers lost is called.
pub(crate) const CUSTOMERS_LOST: &str = "customers lost after waiting over five minutes";

/// The same of those who hung up.
pub(crate) const CUSTOMERS_HUNG_UP: &str = "customers lost who hung up before they were answered";

/// What the customers cost who waited over five minutes, or hung up, and do not come back. Nothing if the case does not
/// price them.
pub(crate) fn customers_lost(case: &BusinessCase, long_waits: &[u64], hung_up: &[u64]) -> Vec<LedgerLine> {
    let Some(lost) = &case.decide.customers_lost else { return Vec::new() };
    let line = |what: &str, share: &Exact, counts: &[u64]| {
        let each = share * &lost.value;
        let months = counts.iter().map(|count| &each * &Exact::from(*count)).collect();
        LedgerLine { what: what.to_owned(), kind: CostKind::Customers, once: false, months }
    };
    let mut lines = vec![line(CUSTOMERS_LOST, &lost.share, long_waits)];
    if lost.hung_up != Exact::zero() {
        lines.push(line(CUSTOMERS_HUNG_UP, &lost.hung_up, hung_up));
    }
    lines
}
