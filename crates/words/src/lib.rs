#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod faults;
mod language;
mod list;
mod number;
mod plural;
mod time;
mod words;

pub use faults::{Fault, faults};
pub use language::{Language, LanguageError};
pub use words::{Argument, Words};
