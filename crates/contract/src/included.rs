//! Units that cost nothing.

use longshore_units::Quantity;

use crate::Proration;

/// Units of a charge that cost nothing: what others call an allowance. They are taken off before the bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// How many a month.
    pub quantity: Quantity,
    /// Which units they are.
    pub to: IncludedTo,
    /// For how many further months those that were not used stay, the oldest used first. 0: they lapse.
    pub rollover_months: u32,
    /// Whether all groups of the charge's scope share them. Otherwise each has its own.
    pub pooled: bool,
    /// How many a month has that is only partly in the term.
    pub prorate: Proration,
}

/// Which units are the included ones. It matters where units cost differently: in other groups, or with surcharges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IncludedTo {
    /// The first of the month, by their days. On the day on which they run out all of the day's units share them alike.
    First,
    /// A like share of all.
    Proportional,
    /// Those that bear the least surcharge.
    Cheapest,
}

impl IncludedTo {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            IncludedTo::First => "first",
            IncludedTo::Proportional => "proportional",
            IncludedTo::Cheapest => "cheapest",
        }
    }
}
