#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cell;
mod check;
mod conform;
mod conservation;
mod conversion;
mod decimal;
mod error;
mod forecast;
mod known;
mod manifest;
pub mod parquet;
mod passing;
mod rows;
mod table;
mod words;

pub use check::{Flaw, Why, check_rows};
pub use conform::conform;
pub use conservation::{Account, Balance, Breach, Conservation, QueueInterval, Violation};
pub use decimal::{Decimal, DecimalError};
pub use error::ContactsError;
pub use forecast::{ForecastTwice, forecast_twice};
pub use known::{known_on, not_superseded};
pub use manifest::Manifest;
pub use passing::{Passed, Passing};
pub use rows::{
    AgentColumns, AgentRow, AgentTimeColumns, AgentTimeRow, ContactColumns, ContactRow, ForecastColumns, ForecastRow,
    IntervalColumns, IntervalRow, LegColumns, LegRow, OutageColumns, OutageRow, RateColumns, RateRow, ReportedColumns,
    ReportedRow, ScheduleColumns, ScheduleRow, agent_rows, agent_time_batch, agent_time_rows, agents_batch,
    contact_rows, contacts_batch, forecast_batch, forecast_rows, interval_rows, intervals_batch, leg_rows, legs_batch,
    outage_rows, outages_batch, rate_rows, rates_batch, reported_batch, reported_rows, schedule_batch, schedule_rows,
};
pub use table::{Column, Kind, TABLE_KEY, Table};
pub use words::{AgentState, Channel, Direction, Outcome, WordError};
