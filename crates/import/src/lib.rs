#![doc = include_str!("../README.md")]

mod amazon_connect;
mod asterisk_queue_log;
mod bytes;
mod customer;
mod error;
mod guess;
mod lines;
pub mod mapping;
mod objects;
mod origin;
mod outbox;
mod reader;
mod table;

pub use amazon_connect::AmazonConnect;
pub use asterisk_queue_log::AsteriskQueueLog;
pub use customer::{CustomerKey, KeyError};
pub use error::ImportError;
pub use guess::guess;
pub use mapping::{CODES, Mapping, Said, TableMapping, mapping};
pub use origin::{Origin, QueueOrigin};
pub use outbox::{Outbox, Reject, Sink};
pub use reader::{Input, Reader, Seekable, Stream};
pub use table::TableReader;
