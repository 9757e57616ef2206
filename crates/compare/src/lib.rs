#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod asked;
mod assumptions;
mod came;
mod cash;
mod clause;
mod comparison;
mod counters;
mod effect;
mod error;
mod exchange;
mod fit;
mod flows;
mod future;
mod horizon;
mod leaving;
mod ledger;
mod load;
mod money;
mod overrun;
mod peak;
mod plan;
mod rates;
mod records;
mod run;
mod scenario;
mod sensitivity;
mod shortfall;
mod summary;
mod verification;
mod waits;
mod warning;
mod why;

pub use asked::{Asked, AskedPart, Drivers};
pub use cash::Cash;
pub use clause::{DearClause, dear_clauses, lints};
pub use comparison::{Progress, compare};
pub use effect::{Effect, Weighed};
pub use error::CompareError;
pub use exchange::{RatePath, rate_paths};
pub use fit::{Misfit, ProviderFit};
pub use future::future;
pub use horizon::Horizon;
pub use ledger::LedgerLine;
pub use load::{Load, QueueLoad, Stream, Way};
pub use money::{allocated, rounded, rounded_parts};
pub use peak::{Hire, Peak, TeamPeak};
pub use plan::{Plan, TeamPlan};
pub use records::record;
pub use run::{ChargeTotal, RunResult, run_option};
pub use scenario::scenario;
pub use sensitivity::{BreakEven, Crossing, Driver, Sensitivity, VolumePoint};
pub use shortfall::{Limit, Shortfall};
pub use summary::{
    CashMonth, ChargeSummary, Comparison, CostSummary, ListReach, MonthLevel, OptionSummary, OtherCost, QueueSummary,
};
pub use warning::{Gravity, LeftOutWhy, NotSimulated, Side, Warning};
pub use why::{CostPart, Freed, Why};
