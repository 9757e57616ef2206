//! Why there is no comparison.

use jiff::civil::{Date, Time};
use longshore_contract::PriceError;
use longshore_counting::{CountError, ProgramError};
use longshore_queueing::QueueingError;
use longshore_simulation::{MAX_CONTACTS, ScenarioError};
use longshore_staffing::StaffingError;
use longshore_units::Currency;

/// Why a case cannot be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CompareError {
    /// A day outside the years that calendars can show.
    #[error("the horizon lies outside the years that calendars can show")]
    Years,
    /// Nothing is compared over no runs.
    #[error("a comparison takes one run at least")]
    NoRuns,
    /// An exchange rate that strays, in a run, to less or more than records hold.
    #[error("in run {run} one {currency} comes to {value}, which records cannot hold; give a lower volatility")]
    Rate {
        /// The currency.
        currency: Currency,
        /// The run.
        run: u32,
        /// What one unit is worth.
        value: String,
    },
    /// More contacts over the horizon than can be played.
    #[error("{contacts:.0} contacts over the horizon are more than the {MAX_CONTACTS:.0} that can be played")]
    Contacts {
        /// Contacts expected.
        contacts: f64,
    },
    /// A load that no number of agents serves.
    #[error("the team `{team}` cannot be sized: {reason}")]
    Sizing {
        /// The team.
        team: String,
        /// Why.
        reason: StaffingError,
    },
    /// A time at which contacts come and none of the team's shifts is worked.
    #[error("the team `{team}` has contacts on {day} at {time:.0}, and none of its shifts covers that time")]
    NoShift {
        /// The team.
        team: String,
        /// The local day.
        day: Date,
        /// The local time.
        time: Time,
    },
    /// A load whose waits no formula tells.
    #[error("the waits at the team `{team}` cannot be expected: {reason}")]
    Waits {
        /// The team.
        team: String,
        /// Why.
        reason: QueueingError,
    },
    /// The option cannot be simulated as planned.
    #[error("the option `{option}` cannot be simulated: {reason}")]
    Scenario {
        /// The option's id.
        option: String,
        /// The first reason.
        reason: ScenarioError,
    },
    /// A contract cannot be counted.
    #[error("{contract} cannot be counted: {reason}")]
    Program {
        /// The contract's file.
        contract: String,
        /// Why.
        reason: ProgramError,
    },
    /// The records of a run cannot be counted.
    #[error("the records of `{option}` cannot be counted: {reason}")]
    Count {
        /// The option's id.
        option: String,
        /// Why.
        reason: CountError,
    },
    /// What was counted cannot be priced.
    #[error("{contract} cannot be priced: {reason}")]
    Price {
        /// The contract's file.
        contract: String,
        /// Why.
        reason: PriceError,
    },
    /// A mistake of this program: the records of a run do not fit their tables.
    #[error("the records of `{option}` do not fit their tables: {reason}")]
    Records {
        /// The option's id.
        option: String,
        /// What the simulator says.
        reason: String,
    },
    /// More money than there is.
    #[error("an amount in {0} is too large")]
    TooLarge(Currency),
}
