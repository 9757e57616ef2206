//! What is added at certain times.

use longshore_units::Factor;

/// Something added at certain times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surcharge {
    /// The calendar's name.
    pub calendar: String,
    /// The share of the base.
    pub share: Factor,
    /// Of which price.
    pub base: SurchargeBase,
    /// What decides for a contact that a calendar begins or ends in.
    pub across: Across,
}

/// Of which price a surcharge is a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SurchargeBase {
    /// The first band's.
    #[default]
    List,
    /// The one that the units themselves cost, in the order of their days. On a day that reaches a new band, all of the
    /// day's units share in both bands alike.
    Marginal,
    /// What the group's units cost on average.
    Average,
}

/// What decides for a contact that a calendar begins or ends in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Across {
    /// The instant that places the contact.
    #[default]
    Start,
    /// Each part of its billed time, laid end to end from that instant.
    Split,
}

/// What holds where several surcharges apply at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Overlap {
    /// They add up.
    Add,
    /// The highest alone applies; of equals, the one written first.
    Highest,
}

impl Overlap {
    /// The surcharges (by position) of a class that apply.
    pub fn applying(self, surcharges: &[Surcharge], class: crate::Class) -> Vec<usize> {
        let met = (0..surcharges.len()).filter(|position| class.has(*position));
        match self {
            Overlap::Add => met.collect(),
            Overlap::Highest => met.rev().max_by_key(|position| &surcharges[*position].share).into_iter().collect(),
        }
    }
}
