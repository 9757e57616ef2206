#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cover;
mod error;
mod hours;
mod later;
mod requirement;
mod roster;

pub use cover::{Break, Candidate, Cover, PartTime, SHARE_DAYS, cover};
pub use error::StaffingError;
pub use hours::{Factors, Hours, MonthHours, hours};
pub use requirement::{Goal, Pool, Requirement, Rules, Size, Step, Stream, Work, requirement, sizes};
pub use roster::{AssignmentRules, MAX_AGENTS, MonthlyRoster, Roster, Shift, ShiftRules, Week, assigned, roster};
