#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod answer;
mod audit;
mod catalog;
mod chart;
mod comparison;
mod counts;
mod grid;
mod invoice;
mod kpi;
mod page;
mod query;
mod queue;
mod sla;
mod teller;
mod workbook;
mod written;

pub use answer::{Answer, CaseFolder, OnDisk};
pub use audit::{AuditJson, audit_text};
pub use catalog::{CatalogJson, catalog_json, catalog_text};
pub use comparison::ComparisonJson;
pub use counts::CountsJson;
pub use invoice::{BillJson, bill_table};
pub use kpi::{KpiJson, kpi_table};
pub use page::page;
pub use query::query_table;
pub use queue::{QueueJson, Queued, queue_table};
pub use sla::{Money, Service, SlaJson, TermValue, sla_text};
pub use workbook::workbook;
