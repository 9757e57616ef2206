#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bisection;
mod busyness;
mod delay;
mod error;
mod finite;
mod gamma;
mod loss;
mod patience;
mod performance;
mod queue;
mod target;
mod together;
mod traffic;

pub use busyness::{Band, Busyness};
pub use delay::erlang_c;
pub use error::QueueingError;
pub use finite::{Finite, finite};
pub use loss::{engset, erlang_b, erlang_b_load};
pub use patience::patience_for;
pub use performance::{Definition, Performance, ServiceLevels, performance, service_level};
pub use queue::{Queue, Redials, Room};
pub use target::{Target, agents_for, fractional_agents, least_agents};
pub use together::{Slowdown, service_level_together};
pub use traffic::{Erlangs, Seconds, Share, Traffic};
