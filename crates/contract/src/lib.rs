#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bands;
mod charge;
mod contract;
mod counts;
mod explain;
mod increments;
mod invoice;
mod price;
mod quantities;
mod read;
mod select;
mod usage;

pub use bands::{Bands, BandsError};
pub use charge::{
    Charge, ChargeKind, Counted, Grain, Hours, Measure, Overlap, Part, Proration, Scope, Surcharge, TimeUnit,
};
pub use contract::{Contract, CountedAt, Minimum, RoundAt, RoundRule};
pub use counts::{Class, Count, Counts, CountsError, Key};
pub use explain::explain;
pub use increments::Increments;
pub use invoice::{Detail, Invoice, Line, LineKind};
pub use price::{PriceError, price, price_usage};
pub use quantities::quantities;
pub use read::{CODES, read};
pub use select::{Criterion, Field, Select};
pub use usage::{Usage, UsageKey, Used};
