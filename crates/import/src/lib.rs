#![doc = include_str!("../README.md")]

mod asterisk_queue_log;
mod bytes;
mod customer;
mod error;
mod lines;
mod origin;
mod outbox;
mod reader;

pub use asterisk_queue_log::AsteriskQueueLog;
pub use customer::{CustomerKey, KeyError};
pub use error::ImportError;
pub use origin::{Origin, QueueOrigin};
pub use outbox::{Outbox, Reject, Sink};
pub use reader::{Input, Reader, Seekable, Stream};
