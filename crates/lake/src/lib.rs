#![doc = include_str!("../README.md")]

mod aggregate;
mod count;
mod error;
mod identity;
mod import;
mod lake;
mod layout;
mod log;
mod merge;
mod part;
mod place;
mod provider;
mod query;
mod summary;
mod table;
mod upkeep;
mod versions;

pub use count::Terms;
pub use error::LakeError;
pub use import::{About, Import, Outcome};
pub use lake::{Lake, State};
pub use log::{Became, Change, Imported, ImportedFile, Record, What};
pub use part::Part;
pub use query::{Batches, Means, View};
pub use summary::{ConservationSummary, SourceSummary, TableSummary, json_rows, text_rows};
pub use upkeep::{Compacted, Expired};
