#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod case;
mod catalog;
mod cost;
mod country;
mod decide;
mod demand;
mod draft;
mod figure;
mod files;
mod handle;
mod history;
mod market;
mod opening;
mod option;
mod profile;
mod program;
mod provider;
mod reading;
mod shift;
mod should_cost;
mod team;
mod traffic;
mod uncertain;
mod weight;

pub use case::{Assumption, BusinessCase, CaseContract, CaseOption, Handles, Overflow, Queue, Returns, Target};
pub use catalog::{Fact, FactRange, facts};
pub use cost::{Cost, CostKind, Per};
pub use country::{Country, Destination, abroad, countries, country};
pub use decide::{CustomersLost, Decide, Exchange, Fit, Must, MustMeasure, Series};
pub use demand::{Demand, Expected, Volume};
pub use draft::{blank, completed, started};
pub use figure::{Figure, Topic, Typical, figures, typical};
pub use files::{CaseFile, CaseFiles, belongs, read};
pub use handle::{Handle, Part};
pub use market::market_prices;
pub use opening::{Opening, united};
pub use profile::{Profile, profiles};
pub use provider::{LeastVolume, Provider, ProviderFigure, ProviderMust, Reporting, VolumeUnit};
pub use reading::{CODES, LONGEST_MS};
pub use shift::{ShiftBreak, ShiftForm, ShiftShape};
pub use should_cost::{PricePart, Quote, QuoteUnit, ShouldCost, Span, quotes};
pub use team::{Shared, Team};
pub use traffic::traffic;
pub use uncertain::{Uncertain, UncertainFigure};
pub use weight::{Judged, Weighable, WeighedBy, Weight};
