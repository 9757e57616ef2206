#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod audit;
mod currency;
mod duplicate;
mod explain;
mod finding;
mod header;
mod included;
mod invoice;
mod item;
mod owed;
mod printed;
mod read;
mod surcharge;
mod taken_back;
mod unchecked;
mod unit;
mod unknown;
mod untold;
mod used;

pub use audit::{AuditError, Choices, audit};
pub use finding::{Audit, AuditedInvoice, AuditedLine, Cause, Confidence, Finding, LineRef, NotChecked};
pub use invoice::{BilledInvoice, BilledLine, Figure, LinePart, Period, Shown};
pub use read::{
    CODES, Column, DateFormat, Guess, Head, Mapping, Meaning, NumberFormat, Sheet, Source, Title, Words, csv, guess,
    invoice, invoices, mapping, xlsx,
};
