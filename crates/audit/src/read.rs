//! From files to invoices: TOML in our own shape, and whatever sheets of cells a provider sends.

mod bounds;
mod csv;
mod document;
mod guess;
mod head;
mod mapping;
mod said;
mod sheet;
mod table;
mod vocabulary;
mod written;
mod xlsx;

pub use csv::csv;
pub use document::invoice;
pub use guess::{Guess, guess};
pub use longshore_units::{DateFormat, NumberFormat};
pub use mapping::{Column, Head, Mapping, Meaning, Source, Title, Words, mapping};
pub use sheet::Sheet;
pub use table::invoices;
pub use xlsx::xlsx;

/// The codes of this crate's diagnostics; each has a page under `docs/diagnostics`.
pub const CODES: [&str; 11] = ["A001", "A002", "A003", "A004", "A005", "A006", "A007", "A008", "A009", "A010", "A011"];
