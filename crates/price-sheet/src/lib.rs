#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cell;
mod draft;
mod form;
mod line;
mod number;
mod program;
mod read;
mod surcharge;
mod write;

pub use read::{CODES, Sheet, read};
pub use write::{WriteError, write};
