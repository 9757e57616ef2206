#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod amendment;
mod charge;
mod condition;
mod contract;
mod counter;
mod counts;
mod ending;
mod explain;
mod governance;
mod in_force;
mod included;
mod increments;
mod invoice;
mod ledger;
mod limits;
mod lint;
mod look_back;
mod measure;
mod over_lines;
mod payment;
mod period;
mod preset;
mod price;
mod print;
mod quantities;
mod read;
mod select;
mod sla;
mod surcharge;
mod tariff;
mod usage;

pub use amendment::{Amendment, Change, Written};
pub use charge::{Charge, ChargeKind, Counted, EachContact, Fee, Proration, Ratio, Refund, Scope, ShareOf};
pub use condition::{Against, Comparison, Condition, Quantum};
pub use contract::{Contract, CountedAt, RoundAt, RoundRule};
pub use counter::{Counter, CounterOf, Counters, Owner, grain_of_lengths};
pub use counts::{Class, Count, Counts, CountsError, Key};
pub use ending::{EndedBy, Ending};
pub use explain::{Explanation, Item, Paragraph, Section, explain};
pub use governance::{Convenience, Exit, Governance, RecordsTerm, Renewal};
pub use in_force::InForce;
pub use included::{Included, IncludedTo};
pub use increments::Increments;
pub use invoice::{Detail, DetailKind, Invoice, Line, LineKind, Payable};
pub use ledger::{Closed, ClosedCharge, ClosedIncluded, ClosedSla, Ledger, Verdict};
pub use limits::{Limit, LimitOrder, Limits};
pub use lint::{Basis, Bears, Billed, ClauseCost, CostPer, LINTS, Lint, MarketPrice, MarketUnit, Traffic, lint};
pub use measure::{Grain, Hours, Measure, Overtime, Part, Pick, ScheduleHours, TimeUnit};
pub use over_lines::{Beyond, Discount, DiscountOf, Due, Index, IndexBy, Minimum, MinimumOf, Prepaid};
pub use payment::{Bearer, ExchangeShare, Pay, Tax, Withholding};
pub use period::Per;
pub use preset::{Choice, Parameter, Preset};
pub use price::{PriceError, Rule, fold, price};
pub use print::print;
pub use quantities::{quantities, quantities_in_force};
pub use read::{CODES, read};
pub use select::{Criterion, Field, Select};
pub use sla::{
    AtRisk, Consequence, Follows, LevelError, LevelUnit, Linear, MeasureTerm, PayBand, Pays, PointPrice, Points,
    Repeat, Sla, Target,
};
pub use surcharge::{Across, Overlap, Surcharge, SurchargeBase};
pub use tariff::{Band, Bands, BandsError, Block, Bound, Length, LengthStart, Lengths, Tariff, Tiers, TiersBy};
pub use usage::{Usage, UsageKey, Used};
