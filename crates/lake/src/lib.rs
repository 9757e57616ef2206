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
mod month;
mod part;
mod place;
mod provider;
mod query;
mod staging;
mod summary;
mod table;
mod together;
mod upkeep;
mod versions;

pub use count::Terms;
pub use error::LakeError;
pub use import::{About, Import, Outcome};
pub use lake::{Lake, State};
pub use log::{Became, Change, Imported, ImportedFile, Record, What};
pub use part::Part;
pub use query::{Batches, Means, View};
pub use summary::{Broken, ConservationSummary, SourceSummary, TableSummary, json_rows, text_rows};
pub use together::{BoxError, Rows, Together, together};
pub use upkeep::{Compacted, Expired};
