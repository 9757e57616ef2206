#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod annotate;
mod bytes;
mod columns;
mod divider;
mod error;
mod hash;
mod job_tally;
mod left_out;
mod measured;
pub mod oracle;
mod placed;
mod program;
mod quantity;
mod register;
mod scratch;
mod select;
mod spans;
mod split;
mod tally;
mod timeline;
mod version;
mod week;

pub use bytes::{BytesError, Counted};
pub use error::CountError;
pub use hash::hash;
pub use left_out::LeftOut;
pub use program::{Program, ProgramError, Window};
pub use tally::Tally;
