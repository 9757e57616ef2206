//! What a comparison says: the runs of each option brought together.

use std::collections::BTreeSet;

use longshore_business_case::{CostKind, is_live};
use longshore_contacts::Channel;
use longshore_contract::LineKind;
use longshore_units::{Currency, Exact, Money, Month};

use crate::{Asked, Peak, ProviderFit, Sensitivity, Shortfall, Warning, Weighed};

/// All options of a case, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The case's folder.
    pub case: String,
    /// What people call it.
    pub name: String,
    /// The seed of all runs.
    pub seed: u64,
    /// How many runs.
    pub runs: u32,
    /// How many months.
    pub months: u32,
    /// The months themselves.
    pub calendar: Vec<Month>,
    /// The currency of all amounts but charges.
    pub currency: Currency,
    /// The options, best first; those excluded last.
    pub options: Vec<OptionSummary>,
    /// What their order hangs on.
    pub sensitivity: Sensitivity,
}

/// An option's result: means over the runs, unless said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionSummary {
    /// Its id.
    pub option: String,
    /// What people call it.
    pub name: String,
    /// Its contracts, by their paths within the case.
    pub contracts: Vec<String>,
    /// Its place by mean cost, from 1. `None` if it is excluded.
    pub rank: Option<u32>,
    /// Why it is excluded; empty if it is not.
    pub excluded: Vec<Shortfall>,
    /// What it costs over the horizon.
    pub cost: CostSummary,
    /// The part of the mean that falls due once.
    pub one_time: Money,
    /// The mean by month; the months sum to it.
    pub cost_by_month: Vec<Money>,
    /// When the mean is paid, in the order of the months; months before and after the horizon among them. It sums to the
    /// mean and `deposits`.
    pub cash_by_month: Vec<CashMonth>,
    /// What is paid beyond the cost, and not back when all invoices of the horizon are: deposits. Below 0 where one comes
    /// back that was paid before the horizon.
    pub deposits: Money,
    /// Its busiest month. `None` where no two months have contacts.
    pub peak: Option<Peak>,
    /// The mean for a contact handled. `None` if none was.
    pub cost_per_contact: Option<Money>,
    /// The mean for a contact handled that left no question open. `None` if none did.
    pub cost_per_resolution: Option<Money>,
    /// The queues of the case.
    pub queues: Vec<QueueSummary>,
    /// The currency of its charges.
    pub charges_currency: Currency,
    /// What its contracts bill; sums to their mean total.
    pub charges: Vec<ChargeSummary>,
    /// The same total in the case's currency.
    pub charges_total: Money,
    /// What it costs besides; with `charges_total` it sums to the mean cost.
    pub other_costs: Vec<OtherCost>,
    /// What the result stands on: what moves its cost most comes first, what is not known to last.
    pub assumptions: Vec<Weighed>,
    /// Those it buys from, and how they fit.
    pub providers: Vec<ProviderFit>,
    /// What its contracts ask, beside what it should cost.
    pub asked: Vec<Asked>,
    /// What a reader should know, the gravest first.
    pub warnings: Vec<Warning>,
    /// The share of runs in which it is the cheapest of the options that are ranked.
    pub cheapest: f64,
    /// The share of runs in which it costs more than the budget. `None` without one.
    pub over_budget: Option<f64>,
    /// The share of contacts handled that left no question open. `None` where nobody was served.
    pub resolved: Option<f64>,
    /// Whether that stands on what was measured of all its teams; otherwise some of it is assumed.
    pub resolved_measured: bool,
    /// What is paid, each month discounted to the horizon's first day.
    pub present_value: Money,
    /// Its score on the case's criteria, from 0 to 1. `None` where the case names none.
    pub score: Option<f64>,
}

/// A cost over the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostSummary {
    /// The mean.
    pub mean: Money,
    /// A tenth of the runs cost at most this.
    pub p10: Money,
    /// Half of them.
    pub p50: Money,
    /// Nine tenths.
    pub p90: Money,
}

/// What is paid in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashMonth {
    /// The month.
    pub month: Month,
    /// How much; below 0 for what comes in.
    pub amount: Money,
}

/// A queue's service.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueSummary {
    /// Its name.
    pub queue: String,
    /// The medium.
    pub channel: Channel,
    /// Contacts that a machine served to the end.
    pub contained: f64,
    /// Contacts that were answered and passed on to another queue.
    pub passed_on: f64,
    /// Of the offered, those that found the telephones or systems of all their teams down.
    pub unreachable: f64,
    /// Contacts that came to people while it was open.
    pub offered: f64,
    /// Contacts of customers who came back, those who found it closed among them.
    pub returned: f64,
    /// Of the offered, answered.
    pub handled: f64,
    /// Of them, hung up while waiting.
    pub abandoned: f64,
    /// Contacts that came while nobody handled it; not among the offered. Who calls again does so in opening hours, so
    /// these are customers who come for the first time.
    pub outside_hours: f64,
    /// The share of the offered that was answered within the queue's target; 0 if all found it closed. `None` where nobody
    /// came.
    pub service_level: Option<f64>,
    /// What that share should be.
    pub target: f64,
    /// The months of the horizon in which contacts came to people, in their order, all runs together.
    pub months: Vec<MonthLevel>,
    /// Whom its list reached. `None` where customers call.
    pub list: Option<ListReach>,
    /// The mean wait of those answered, in seconds. `None` where nobody was.
    pub asa_s: Option<f64>,
    /// The share of the offered that waited over five minutes. `None` without any.
    pub over_5_min: Option<f64>,
    /// The share of the agents' time that was busy, in the teams that handle it.
    pub occupancy: f64,
    /// The most agents at work at once, in the teams that handle it.
    pub agents_peak: u32,
    /// Full-time agents, on average over the horizon: the queue's part by its share of their work.
    pub fte: f64,
    /// The share of runs in which its service level is below its target.
    pub missed: f64,
}

/// A queue's service in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthLevel {
    /// The month.
    pub month: Month,
    /// The contacts that came to people, in the mean of the runs.
    pub offered: f64,
    /// The share of them that was answered within the queue's target.
    pub service_level: f64,
}

/// Whom a list of customers to be called reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListReach {
    /// The customers who answer one of their calls if all are placed.
    pub reachable: f64,
    /// Those who answered one.
    pub reached: f64,
}

/// A charge over the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct ChargeSummary {
    /// The charge, minimum or rounding.
    pub charge: String,
    /// What kind of line it is.
    pub kind: LineKind,
    /// Who bills.
    pub provider: String,
    /// How much.
    pub quantity: Exact,
    /// The unit of the quantity.
    pub unit: String,
    /// Its amount, in the contract's currency.
    pub amount: Money,
}

/// A cost beside the contracts.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherCost {
    /// What it is for.
    pub what: String,
    /// Which part of the whole it belongs to.
    pub kind: CostKind,
    /// Its amount over the horizon.
    pub amount: Money,
    /// The hours of talk, hold and wrap that it is for, over the horizon. `None` for costs of other units.
    pub handled_hours: Option<Exact>,
}

impl QueueSummary {
    /// The month with the lowest service level; the first of equals. `None` where nobody came.
    pub fn worst_month(&self) -> Option<&MonthLevel> {
        self.months.iter().min_by(|one, other| one.service_level.total_cmp(&other.service_level))
    }
}

impl ListReach {
    /// Of those who can be reached, the share that was. Chance may bring it above 1.
    pub fn share(&self) -> f64 {
        if 0.0 < self.reachable { self.reached / self.reachable } else { 1.0 }
    }
}

impl Comparison {
    /// The months in which something is paid for any option, in their order.
    pub fn months_of_payment(&self) -> Vec<Month> {
        let paid = self.options.iter().flat_map(|option| &option.cash_by_month).map(|paid| paid.month);
        paid.collect::<BTreeSet<Month>>().into_iter().collect()
    }
}

impl OptionSummary {
    /// The share of all offered contacts that was answered within its queue's target; 0 if all found it closed. `None` where
    /// nobody came.
    pub fn service_level(&self) -> Option<f64> {
        let turned_away = || self.queues.iter().any(|queue| queue.outside_hours > 0.0);
        self.of_offered(|_| true, |queue| queue.service_level).or_else(|| turned_away().then_some(0.0))
    }

    /// The share of the calls and chats offered that waited over five minutes. Who wrote expects to wait for hours. `None`
    /// without calls and chats.
    pub fn over_five_minutes(&self) -> Option<f64> {
        self.of_offered(|queue| is_live(queue.channel), |queue| queue.over_5_min)
    }

    /// What has been paid by the end of a month.
    pub fn paid_by(&self, month: Month) -> Money {
        let paid = self.cash_by_month.iter().filter(|paid| paid.month <= month);
        Money { minor: paid.map(|paid| paid.amount.minor).sum(), currency: self.cost.mean.currency }
    }

    /// The mean of the shares of some queues, by their contacts.
    fn of_offered(&self, among: fn(&QueueSummary) -> bool, share: fn(&QueueSummary) -> Option<f64>) -> Option<f64> {
        let queues = || self.queues.iter().filter(|queue| among(queue));
        let offered: f64 = queues().map(|queue| queue.offered).sum();
        let part: f64 = queues().filter_map(|queue| Some(share(queue)? * queue.offered)).sum();
        (0.0 < offered).then(|| part / offered)
    }
}
