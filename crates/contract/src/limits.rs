//! What a line comes to at most and at least.

use longshore_units::{Amount, Factor};

/// What a line comes to at most and at least, over the time its bands are climbed (a month, where there are none).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// What is taken off the line.
    pub discount: Option<Factor>,
    /// At most.
    pub most: Option<Amount>,
    /// At least, also without any quantity.
    pub least: Option<Amount>,
    /// In which order the three are applied.
    pub order: LimitOrder,
}

/// The order of a line's discount, cap and minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LimitOrder(pub [Limit; 3]);

impl Default for LimitOrder {
    /// Discount, cap, minimum.
    fn default() -> LimitOrder {
        LimitOrder([Limit::Discount, Limit::Cap, Limit::Minimum])
    }
}

/// What can change places in the making of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// What is taken off.
    Discount,
    /// At most.
    Cap,
    /// At least.
    Minimum,
}

impl Limit {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Limit::Discount => "discount",
            Limit::Cap => "cap",
            Limit::Minimum => "minimum",
        }
    }
}
