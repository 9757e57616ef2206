//! What a reader should know before relying on the figures.

use jiff::civil::Date;
use longshore_business_case::{BusinessCase, Per, ProviderMust, Queue, Reach};
use longshore_contract::{ChargeKind, Contract, Counted, Criterion, Grain, Measure, Sla};
use longshore_counting::LeftOut;
use longshore_units::{Exact, Money, Month};

use crate::Plan;
use crate::fit::Misfit;
use crate::leaving::Leaving;
use crate::summary::{ChargeSummary, MonthLevel, QueueSummary};

/// What a reader should know of an option. Files are paths within the case.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// A queue's service level is over three points below its target; that of a list, below it at all.
    TargetMissed {
        /// The queue.
        queue: String,
        /// Its service level.
        share: f64,
        /// What it should be.
        target: f64,
    },
    /// No staffing keeps a queue's target: contacts come when nobody works on them for longer than they may wait.
    OutOfReach {
        /// The queue.
        queue: String,
        /// Its service level.
        share: f64,
        /// The most that any number of agents could make of it.
        most: f64,
        /// What it should be.
        target: f64,
    },
    /// In some months, service levels are over three points below their targets; those of lists, below them at all. Queues
    /// whose target is missed over the whole horizon are not among them.
    MonthsMissed {
        /// The queue with the month that falls shortest.
        queue: String,
        /// That month.
        month: Month,
        /// Its service level.
        share: f64,
        /// What it should be.
        target: f64,
        /// How many more months of queues fall short.
        more: usize,
    },
    /// Customers on a list are not called before the horizon ends.
    NotWorkedOff {
        /// The list's queue.
        queue: String,
        /// Of those who can be reached, the share that was.
        share: f64,
    },
    /// More than a hundredth of a queue's contacts come while nobody handles it.
    Unhandled {
        /// The queue.
        queue: String,
        /// Their share.
        share: f64,
    },
    /// A contract leaves rows of the first run unpriced.
    LeftOut {
        /// The contract.
        file: String,
        /// How many rows.
        rows: u64,
        /// Why.
        why: LeftOutWhy,
    },
    /// A charge looks at what no simulation has.
    NotSimulated {
        /// The charge.
        charge: String,
        /// The contract.
        file: String,
        /// What it looks at.
        what: NotSimulated,
    },
    /// A charge for resolutions bills all of them, since simulated customers who were helped do not come back.
    NobodyReopens {
        /// The charge.
        charge: String,
        /// The contract.
        file: String,
    },
    /// A charge bills nothing in any run.
    BillsNothing {
        /// The charge.
        charge: String,
        /// The contract.
        file: String,
    },
    /// A service term that moves money is not measured in a simulation.
    Unmeasured {
        /// The term.
        term: String,
        /// The contract.
        file: String,
    },
    /// What falls due outside the horizon is not in the cost.
    OutsideHorizon {
        /// The charge or cost.
        what: String,
        /// The contract; `None` for a cost beside one.
        file: Option<String>,
        /// On which side.
        side: Side,
    },
    /// Charges depend on months before the horizon, taken as without any use.
    LooksBack {
        /// The charges.
        charges: Vec<String>,
        /// The contract.
        file: String,
    },
    /// A contract counts days and months in another zone than the case.
    OtherZone {
        /// The contract.
        file: String,
        /// Its zone.
        zone: String,
        /// The case's.
        case_zone: String,
    },
    /// A contract bills hours or agents of a shared pool.
    PoolByAgent {
        /// The contract.
        file: String,
    },
    /// No contact of a queue reaches a team that handles it.
    NobodyReaches {
        /// The team.
        team: String,
        /// The queue.
        queue: String,
    },
    /// Whether a provider has what is insisted on is not known.
    NotKnown {
        /// The provider.
        provider: String,
        /// What is insisted on.
        must: ProviderMust,
    },
    /// A provider does not suit the program.
    Misfit {
        /// The provider.
        provider: String,
        /// How.
        misfit: Misfit,
    },
    /// Money is paid for a minimum that is not reached.
    MinimumUnused {
        /// The minimum.
        minimum: String,
        /// The contract.
        file: String,
        /// What is paid for it over the horizon, in the contract's currency.
        amount: Money,
    },
    /// In some runs it costs more than the option ranked behind it.
    Overtaken {
        /// The runs.
        runs: usize,
        /// All runs.
        of: usize,
        /// What people call the option behind.
        behind: String,
    },
}

/// What a warning puts in doubt, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// What customers get.
    Service,
    /// Whether the option can be chosen, or stands where it should.
    Choice,
    /// Some of what it costs.
    Cost,
}

impl Warning {
    /// What it puts in doubt.
    pub fn gravity(&self) -> Gravity {
        match self {
            Warning::TargetMissed { .. }
            | Warning::OutOfReach { .. }
            | Warning::MonthsMissed { .. }
            | Warning::NotWorkedOff { .. }
            | Warning::Unhandled { .. }
            | Warning::NobodyReaches { .. } => Gravity::Service,
            Warning::NotKnown { .. } | Warning::Misfit { .. } | Warning::Overtaken { .. } => Gravity::Choice,
            Warning::LeftOut { .. }
            | Warning::NotSimulated { .. }
            | Warning::NobodyReopens { .. }
            | Warning::BillsNothing { .. }
            | Warning::Unmeasured { .. }
            | Warning::OutsideHorizon { .. }
            | Warning::LooksBack { .. }
            | Warning::OtherZone { .. }
            | Warning::PoolByAgent { .. }
            | Warning::MinimumUnused { .. } => Gravity::Cost,
        }
    }
}

/// Why rows are left unpriced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutWhy {
    /// They name no provider.
    NoProvider,
    /// They lie outside the contract's term.
    OutsideTerm,
    /// They do not say how much is billed.
    UnknownQuantity,
    /// They are of a program that the contract does not cover.
    OtherProgram,
}

/// What charges look at that simulated records never hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSimulated {
    /// What providers report.
    Reported,
    /// Sales.
    Sales,
    /// Leads.
    Leads,
    /// Appointments.
    Appointments,
    /// Approvals.
    Approvals,
}

/// A side of the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before its first day.
    Before,
    /// After its last.
    After,
}

/// A contract of an option, with the rows it left out and the charges it billed.
struct Priced<'p> {
    case: &'p BusinessCase,
    contract: &'p Contract,
    file: &'p str,
    left_out: &'p LeftOut,
    charges: &'p [ChargeSummary],
}

/// What a reader should know of an option before runs are held against each other.
pub(crate) fn warnings(
    case: &BusinessCase,
    plan: &Plan,
    (queues, runs): (&[QueueSummary], usize),
    charges: &[ChargeSummary],
    left_out: &[LeftOut],
) -> Vec<Warning> {
    let option = &case.options[plan.option];
    let mut warnings = Vec::new();
    let beyond = Reach::beyond(case, plan.option).unwrap_or_default();
    for (place, (queue, result)) in case.queues.iter().zip(queues).enumerate() {
        let name = || queue.name.clone();
        let (beyond, target) = (beyond.iter().find(|reach| reach.queue == place), queue.target.share);
        match (beyond, result.service_level) {
            (Some(reach), Some(share)) => {
                warnings.push(Warning::OutOfReach { queue: name(), share, most: reach.share, target });
            }
            (None, Some(share)) if falls_short(result, share) => {
                warnings.push(Warning::TargetMissed { queue: name(), share, target });
            }
            _ => {}
        }
        if let Some(share) = not_worked_off(queue, result, runs) {
            warnings.push(Warning::NotWorkedOff { queue: name(), share });
        }
        let calls = result.offered + result.outside_hours;
        if calls * 0.01 < result.outside_hours {
            warnings.push(Warning::Unhandled { queue: name(), share: result.outside_hours / calls });
        }
    }
    warnings.extend(months_missed(queues));
    for (given, left_out) in case.contracts_of(option).zip(left_out) {
        let priced = Priced { case, contract: &given.contract, file: &given.file, left_out, charges };
        priced.warnings(&mut warnings);
        let shared = option.teams.iter().any(|team| team.provider == given.contract.provider && team.shared.is_some());
        if shared && priced.bills_by_agent() {
            warnings.push(Warning::PoolByAgent { file: given.file.clone() });
        }
    }
    for cost in &option.costs {
        let until = if cost.per == Per::Once { cost.from } else { cost.until };
        if let Some(side) = outside(case, cost.from, until) {
            warnings.push(Warning::OutsideHorizon { what: cost.what.clone(), file: None, side });
        }
    }
    warnings.extend(Leaving::of(case, plan.option).iter().filter_map(Leaving::warning));
    for way in plan.load.queues.iter().flat_map(|queue| &queue.ways) {
        let handles = &option.handles[way.handles];
        if way.share.iter().all(|share| *share <= 0.0) {
            let (team, queue) = (option.teams[handles.team].name.clone(), case.queues[handles.queue].name.clone());
            warnings.push(Warning::NobodyReaches { team, queue });
        }
    }
    warnings
}

/// How far a service level may be below its target without a word: what whole agents and the runs' chance make of it. A
/// list has no such room: its target is a rule of telemarketing.
const ROOM: f64 = 0.03;

/// The least part of a list's customers that is reached where the list is worked off: calls that would follow the last days'
/// come after the horizon.
pub(crate) const WORKED_OFF: f64 = 0.95;

fn falls_short(queue: &QueueSummary, service_level: f64) -> bool {
    let room = if queue.list.is_some() { 0.0 } else { ROOM };
    service_level < queue.target - room
}

/// The part of a list that is reached, where that is too little by more than twice what chance makes of it.
fn not_worked_off(queue: &Queue, result: &QueueSummary, runs: usize) -> Option<f64> {
    let (answers, reach) = (queue.list.as_ref()?.reached_in_the_end(), result.list?);
    let chance = ((1.0 - answers) / (reach.reachable * runs as f64).max(1.0)).sqrt();
    Some(reach.share()).filter(|share| *share < WORKED_OFF - 2.0 * chance)
}

/// The months that fall short of queues whose target holds over the whole horizon.
fn months_missed(queues: &[QueueSummary]) -> Option<Warning> {
    let held = queues.iter().filter(|queue| queue.service_level.is_some_and(|level| !falls_short(queue, level)));
    let missed = held.flat_map(|queue| {
        let short = queue.months.iter().filter(|month| falls_short(queue, month.service_level));
        short.map(move |month| (queue, month))
    });
    let missed: Vec<(&QueueSummary, &MonthLevel)> = missed.collect();
    let below = |(queue, month): &&(&QueueSummary, &MonthLevel)| queue.target - month.service_level;
    let (queue, worst) = missed.iter().rev().max_by(|one, other| below(one).total_cmp(&below(other)))?;
    Some(Warning::MonthsMissed {
        queue: queue.queue.clone(),
        month: worst.month,
        share: worst.service_level,
        target: queue.target,
        more: missed.len() - 1,
    })
}

impl Priced<'_> {
    fn warnings(&self, warnings: &mut Vec<Warning>) {
        let (case, contract) = (self.case, self.contract);
        let file = || self.file.to_owned();
        // A contact that was never answered has no instant of answer: that is no doubt. These are.
        let doubts = [
            (self.left_out.without_provider, LeftOutWhy::NoProvider),
            (self.left_out.outside_term, LeftOutWhy::OutsideTerm),
            (self.left_out.unknown_quantity, LeftOutWhy::UnknownQuantity),
            (self.left_out.other_program, LeftOutWhy::OtherProgram),
        ];
        let doubts = doubts.into_iter().filter(|(rows, _)| 0 < *rows);
        warnings.extend(doubts.map(|(rows, why)| Warning::LeftOut { file: file(), rows, why }));
        let in_force = case.decide.each_month().any(|month| 0 < contract.in_force(None).term().days_in(month));
        for charge in contract.charges.iter().filter(|_| in_force) {
            let ChargeKind::Counted(counted) = &charge.kind else { continue };
            let name = || charge.name.clone();
            if let Some(what) = not_simulated(counted) {
                warnings.push(Warning::NotSimulated { charge: name(), file: file(), what });
                continue;
            }
            if let Measure::Resolutions { reopened_within: Some(_) } = counted.measure {
                warnings.push(Warning::NobodyReopens { charge: name(), file: file() });
            }
            let billed = |line: &&ChargeSummary| line.provider == contract.provider && line.charge == charge.name;
            if self.charges.iter().filter(billed).all(|line| line.quantity == Exact::zero()) {
                warnings.push(Warning::BillsNothing { charge: name(), file: file() });
            }
        }
        let pays = |sla: &&Sla| !sla.credits.is_empty() || sla.linear.is_some() || !sla.bonuses.is_empty();
        for sla in contract.slas.iter().filter(|_| in_force).filter(pays) {
            warnings.push(Warning::Unmeasured { term: sla.name.clone(), file: file() });
        }
        for charge in &contract.charges {
            if let ChargeKind::Once { on, .. } = charge.kind
                && let Some(side) = outside(case, Some(on), Some(on))
            {
                warnings.push(Warning::OutsideHorizon { what: charge.name.clone(), file: Some(file()), side });
            }
        }
        if contract.term.starts < case.decide.starts {
            let charges: Vec<String> =
                contract.in_force(None).looks_back().iter().map(|charge| charge.to_string()).collect();
            if !charges.is_empty() {
                warnings.push(Warning::LooksBack { charges, file: file() });
            }
        }
        if contract.zone != case.zone {
            let (zone, case_zone) = (contract.zone.name().to_owned(), case.zone.name().to_owned());
            warnings.push(Warning::OtherZone { file: file(), zone, case_zone });
        }
    }

    fn bills_by_agent(&self) -> bool {
        self.contract.charges.iter().any(|charge| match &charge.kind {
            ChargeKind::Counted(counted) => matches!(counted.grain, Grain::Agent | Grain::AgentTime | Grain::Schedule),
            _ => false,
        })
    }
}

/// What a charge looks at that simulated records never hold, so that it comes to nothing, or to less than it will.
fn not_simulated(counted: &Counted) -> Option<NotSimulated> {
    let asks_approval = |criterion: &Criterion| matches!(criterion, Criterion::Approved(_));
    match counted.measure {
        Measure::Reported { .. } | Measure::Cost { .. } => Some(NotSimulated::Reported),
        Measure::Sales | Measure::SaleAmount => Some(NotSimulated::Sales),
        Measure::Leads => Some(NotSimulated::Leads),
        Measure::Appointments => Some(NotSimulated::Appointments),
        _ if counted.select.criteria.iter().any(asks_approval) => Some(NotSimulated::Approvals),
        _ => None,
    }
}

/// On which side of the horizon what is due from a day until another wholly lies.
///
/// Neither is counted, of a contract or beside one: an audit prices the horizon's months, and a plan must equal it.
fn outside(case: &BusinessCase, from: Option<Date>, until: Option<Date>) -> Option<Side> {
    let before = until.is_some_and(|until| until < case.decide.starts);
    let after = from.is_some_and(|from| case.decide.last_day() < from);
    if before { Some(Side::Before) } else { after.then_some(Side::After) }
}

#[cfg(test)]
mod tests {
    use longshore_contacts::Channel;

    use super::*;
    use crate::summary::ListReach;

    fn queue(name: &str, service_level: f64, months: &[f64]) -> QueueSummary {
        let month = |(place, level): (usize, &f64)| MonthLevel {
            month: format!("2027-{:02}", place + 1).parse().unwrap(),
            offered: 100.0,
            service_level: *level,
        };
        QueueSummary {
            queue: name.to_owned(),
            channel: Channel::Voice,
            contained: 0.0,
            passed_on: 0.0,
            unreachable: 0.0,
            offered: 100.0 * months.len() as f64,
            returned: 0.0,
            handled: 0.0,
            abandoned: 0.0,
            outside_hours: 0.0,
            service_level: Some(service_level),
            target: 0.8,
            months: months.iter().enumerate().map(month).collect(),
            list: None,
            asa_s: None,
            over_5_min: None,
            occupancy: 0.0,
            agents_peak: 0,
            fte: 0.0,
            missed: 0.0,
        }
    }

    #[test]
    fn the_month_that_falls_shortest_is_said_and_how_many_more_do() {
        let queues = [queue("orders", 0.81, &[0.76, 0.775, 0.9]), queue("chat", 0.8, &[0.9, 0.7, 0.765])];
        let month = "2027-02".parse().unwrap();
        let worst = Warning::MonthsMissed { queue: "chat".to_owned(), month, share: 0.7, target: 0.8, more: 2 };
        assert_eq!(months_missed(&queues), Some(worst));
    }

    #[test]
    fn months_within_three_points_or_of_a_queue_that_misses_its_target_anyway_are_not_said() {
        assert_eq!(months_missed(&[queue("orders", 0.8, &[0.771, 0.83]), queue("chat", 0.7, &[0.6, 0.8])]), None);
    }

    #[test]
    fn a_list_has_no_room_below_its_target() {
        let list = Some(ListReach { reachable: 10.0, reached: 10.0 });
        let short = QueueSummary { list, ..queue("win-back", 0.8, &[0.799, 0.801]) };
        let Some(Warning::MonthsMissed { share, more: 0, .. }) = months_missed(std::slice::from_ref(&short)) else {
            panic!()
        };
        assert_eq!(share, 0.799);
        assert!(falls_short(&short, 0.799) && !falls_short(&queue("orders", 0.8, &[]), 0.799));
    }
}
