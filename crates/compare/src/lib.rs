#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod comparison;
mod counters;
mod error;
mod exchange;
mod horizon;
mod ledger;
mod load;
mod money;
mod plan;
mod rates;
mod reasons;
mod records;
mod run;
mod scenario;
mod summary;
mod waits;

pub use comparison::{Progress, compare};
pub use error::CompareError;
pub use exchange::{RatePath, rate_paths};
pub use horizon::Horizon;
pub use ledger::LedgerLine;
pub use load::{Load, QueueLoad, Stream, Way};
pub use money::{allocated, rounded, rounded_parts};
pub use plan::{Plan, TeamPlan};
pub use records::record;
pub use run::{ChargeTotal, RunResult, run_option};
pub use scenario::scenario;
pub use summary::{ChargeSummary, Comparison, CostSummary, OptionSummary, OtherCost, QueueSummary};
