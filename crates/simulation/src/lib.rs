#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod agents;
mod backlog;
mod check;
mod columns;
mod contact;
mod demand;
mod door;
mod engine;
mod events;
mod labels;
mod open_time;
mod outages;
mod pace;
mod precision;
mod random;
mod recorder;
mod records;
mod scenario;
mod sink;
mod tallies;
mod tournament;
mod workforce;

pub use check::{
    MAX_AGENTS, MAX_BUSYNESS_CV, MAX_CONTACTS, MAX_CV, MAX_HORIZON_MS, MAX_MEAN_MS, MAX_QUEUES, MAX_TOGETHER,
    ScenarioError,
};
pub use outages::{OutageRate, outages};
pub use precision::{Effort, Precision, Sample, until};
pub use scenario::{
    Also, Arrivals, Batch, CallList, Dialer, Escalation, Machine, Outage, Overflow, Pace, Part, Queue, ReturnsTo,
    Route, Scenario, Seed, Shape, Shift, Span, Team, Work,
};
pub use sink::{Columns, Nothing, SimulationError, Sink, simulate};
pub use tallies::{Handled, LONG_WAIT_MS, QueueTally, Tallies, TeamTally};
pub use workforce::{Staffed, Tenure, Workforce, staffed};
