//! How a contact's time becomes billable time.

use longshore_units::Milliseconds;

/// A first increment, then further ones as they begin. `30/6` bills 30 seconds at least, then each 6 seconds begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Increments {
    first: Milliseconds,
    then: Milliseconds, // Invariant: above 0.
}

impl Increments {
    /// Every millisecond as it is.
    pub const EXACT: Increments = Increments { first: Milliseconds(0), then: Milliseconds(1) };

    /// A first increment, which may be 0, and further ones. `None` if the further ones have no length.
    pub fn new(first: Milliseconds, then: Milliseconds) -> Option<Increments> {
        (0 < then.0).then_some(Increments { first, then })
    }

    /// The first increment: what every contact is billed at least.
    pub fn first(self) -> Milliseconds {
        self.first
    }

    /// The further increments.
    pub fn then(self) -> Milliseconds {
        self.then
    }

    /// Billable milliseconds of one contact:
    ///
    ///   billed(t) = first + ⌈max(t − first, 0) / then⌉ · then
    ///
    /// `None` if that is more than a count can hold.
    ///
    /// ```
    /// # use longshore_contract::Increments;
    /// # use longshore_units::Milliseconds;
    /// let thirty_six = Increments::new(Milliseconds::seconds(30), Milliseconds::seconds(6)).unwrap();
    /// let billed = |seconds| thirty_six.billed(Milliseconds::seconds(seconds)).unwrap();
    /// assert_eq!([billed(0), billed(30), billed(31)], [30, 30, 36].map(Milliseconds::seconds));
    /// ```
    pub fn billed(self, time: Milliseconds) -> Option<Milliseconds> {
        let further = time.0.saturating_sub(self.first.0).div_ceil(self.then.0).checked_mul(self.then.0)?;
        self.first.0.checked_add(further).map(Milliseconds)
    }
}
