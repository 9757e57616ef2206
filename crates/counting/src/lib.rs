#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod columns;
mod divider;
mod error;
mod hash;
mod left_out;
pub mod oracle;
mod program;
mod tally;
mod timeline;

pub use error::CountError;
pub use hash::hash;
pub use left_out::LeftOut;
pub use program::{Program, ProgramError, Window};
pub use tally::Tally;
