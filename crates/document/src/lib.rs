#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod fields;
mod findings;
mod literal;
mod node;
mod value;

pub use fields::{Fields, quoted};
pub use findings::{CODES, Findings};
pub use literal::literal;
pub use node::{Key, Node, Table, Value, read};
