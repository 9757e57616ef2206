//! What an option costs beside its contracts, month by month, exactly.

use longshore_business_case::{BusinessCase, CaseOption, Cost, CostKind, Per};
use longshore_simulation::{Handled, QueueTally, TeamTally};
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
    /// The hours of talk, hold and wrap that it is for, over the horizon. `None` for costs of other units.
    pub handled_hours: Option<Exact>,
}

/// What lies behind the lines: months of the horizon, the teams' plans, the hours beyond them by team and month, what teams
/// and queues came to.
pub(crate) struct Basis<'b> {
    pub months: &'b [Month],
    pub teams: &'b [TeamPlan],
    pub overruns: &'b [Vec<Exact>],
    pub worked: &'b [TeamTally],
    pub queues: &'b [Vec<QueueTally>],
}

/// All lines of an option.
pub(crate) fn ledger(option: &CaseOption, basis: &Basis<'_>) -> Vec<LedgerLine> {
    option
        .costs
        .iter()
        .map(|cost| {
            let units: Vec<Exact> = (0..basis.months.len()).map(|month| units(cost, month, basis)).collect();
            let sum = || units.iter().fold(Exact::zero(), |sum, units| &sum + units);
            LedgerLine {
                what: cost.what.clone(),
                kind: cost.kind,
                once: cost.per == Per::Once,
                handled_hours: (cost.per == Per::HandledHour).then(sum),
                months: units.iter().map(|units| &cost.amount * units).collect(),
            }
        })
        .collect()
}

/// How many units of a cost a month has.
fn units(cost: &Cost, month: usize, basis: &Basis<'_>) -> Exact {
    if !cost.months.is_empty() && !cost.months.contains(&basis.months[month].number()) {
        return Exact::zero();
    }
    let team = || cost.team.and_then(|team| basis.teams.get(team));
    let overrun = || cost.team.map_or_else(Exact::zero, |team| basis.overruns[team][month].clone());
    // What lies beyond so many full-time agents, each of so many units.
    let above = |units: Exact, each: &Exact| match &cost.above {
        Some(agents) => (&units - &(agents * each)).max(Exact::zero()),
        None => units,
    };
    match cost.per {
        Per::Month => part_of_month(cost, basis.months[month]),
        Per::Year => &part_of_month(cost, basis.months[month]) * &share(1, 12),
        Per::Once => {
            // What falls due outside the horizon is no part of it, as with a contract's charges; it is warned of.
            let due = cost.from.map_or(basis.months[0], Month::of);
            if due == basis.months[month] { Exact::one() } else { Exact::zero() }
        }
        Per::PaidHour => {
            team().map_or_else(Exact::zero, |team| above(&team.paid_hours[month] + &overrun(), &team.hours_a_month))
        }
        Per::AgentMonth => {
            team().map_or_else(Exact::zero, |team| above(Exact::from(u64::from(team.register[month])), &Exact::one()))
        }
        Per::Hire => team().map_or_else(Exact::zero, |team| team.hires[month].clone()),
        Per::Seat => Exact::from(cost.team.map_or(0, |team| u64::from(basis.worked[team].peak))),
        Per::FteMonth => team().map_or_else(Exact::zero, |team| above(team.fte[month].clone(), &Exact::one())),
        Per::HandledHour => share(handled(cost, month, basis).handle_ms as i128, 3_600_000),
        Per::Contact => Exact::from(handled(cost, month, basis).contacts),
        Per::Resolution => Exact::from(handled(cost, month, basis).resolved),
    }
}

/// The contacts of a month that a cost counts: of one team, of one queue, or all.
fn handled(cost: &Cost, month: usize, basis: &Basis<'_>) -> Handled {
    if let Some(team) = cost.team {
        return basis.worked[team].own[month];
    }
    let queues = basis.queues.iter().enumerate().filter(|(queue, _)| cost.queue.is_none_or(|of| of == *queue));
    queues.fold(Handled::default(), |sum, (_, months)| {
        let QueueTally { handled, resolved, talk_ms, hold_ms, wrap_ms, .. } = months[month];
        Handled {
            contacts: sum.contacts + handled,
            resolved: sum.resolved + resolved,
            handle_ms: sum.handle_ms + talk_ms + hold_ms + wrap_ms,
        }
    })
}

/// The share of a month's days on which a cost is due.
fn part_of_month(cost: &Cost, month: Month) -> Exact {
    let term = Term { starts: cost.from.unwrap_or(month.first()), ends: cost.until };
    share(term.days_in(month), month.days())
}

fn share(part: i128, whole: i128) -> Exact {
    Exact::ratio(part, whole).expect("months, years and hours are not 0 long")
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
        LedgerLine { what: what.to_owned(), kind: CostKind::Customers, once: false, handled_hours: None, months }
    };
    let mut lines = vec![line(CUSTOMERS_LOST, &lost.share, long_waits)];
    if lost.hung_up != Exact::zero() {
        lines.push(line(CUSTOMERS_HUNG_UP, &lost.hung_up, hung_up));
    }
    lines
}
