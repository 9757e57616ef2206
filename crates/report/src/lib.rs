#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod audit;
mod catalog;
mod comparison;
mod counts;
mod invoice;
mod queue;
mod written;

pub use audit::{AuditJson, audit_text};
pub use catalog::{CatalogJson, catalog_json, catalog_text};
pub use comparison::{ComparisonJson, comparison_text};
pub use counts::CountsJson;
pub use invoice::{BillJson, bill_table};
pub use queue::{QueueJson, Queued, queue_table};
