#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod behind;
mod bytes;
mod class;
mod columns;
mod definition;
mod dimension;
mod error;
mod fact;
mod figure;
mod grid;
mod groups;
mod hours;
pub mod interval;
mod plan;
mod planned;
mod program;
mod results;
mod rows;
mod spectrum;
mod standard;
mod tally;
mod text;

pub use behind::{Behind, Missed};
pub use dimension::{Dimension, Name, Step, TimeUnit};
pub use error::TallyError;
pub use figure::{Figure, Reading, Unit, Why};
pub use groups::Key;
pub use plan::Plan;
pub use program::{Asked, Family, Program, ProgramError, RowGrain, Rows, Standard};
pub use results::Results;
pub use tally::Tally;
pub use text::TextError;

pub use standard::{REPEATS, Repeats};
