#![doc = include_str!("../README.md")]

mod customer;
mod error;
mod origin;
mod outbox;
mod reader;

pub use customer::{CustomerKey, KeyError};
pub use error::ImportError;
pub use origin::{Origin, QueueOrigin};
pub use outbox::{Outbox, Reject, Sink};
pub use reader::{Input, Reader, Seekable, Stream};
