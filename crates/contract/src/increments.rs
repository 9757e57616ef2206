//! How a contact's time becomes billable time.

use longshore_units::Milliseconds;

/// How a contact's time becomes billable time: short ones free, a free beginning, a first increment, further ones as they
/// begin, and a block on top. `30/6` bills 30 seconds at least, then each 6 seconds begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Increments {
    first: Milliseconds,
    then: Milliseconds, // Invariant: above 0.
    /// Contacts that are not longer are not billed, and not counted.
    pub free_up_to: Milliseconds,
    /// The beginning of each contact that costs nothing; increments are laid over the rest.
    pub free_first: Milliseconds,
    /// Added to each billed contact after the increments, such as a minute of wrap-up.
    pub extra: Milliseconds,
}

impl Increments {
    /// Every millisecond as it is.
    pub const EXACT: Increments = Increments::of(Milliseconds(0), Milliseconds(1));

    const fn of(first: Milliseconds, then: Milliseconds) -> Increments {
        let none = Milliseconds(0);
        Increments { first, then, free_up_to: none, free_first: none, extra: none }
    }

    /// A first increment, which may be 0, and further ones. `None` if the further ones have no length.
    pub fn new(first: Milliseconds, then: Milliseconds) -> Option<Increments> {
        (0 < then.0).then_some(Increments::of(first, then))
    }

    /// The same with another first increment and other further ones. `None` if the further ones have no length.
    pub fn in_steps(self, first: Milliseconds, then: Milliseconds) -> Option<Increments> {
        (0 < then.0).then_some(Increments { first, then, ..self })
    }

    /// The first increment: what every contact is billed at least.
    pub fn first(self) -> Milliseconds {
        self.first
    }

    /// The further increments.
    pub fn then(self) -> Milliseconds {
        self.then
    }

    /// Whether a contact of this time is billed at all.
    pub fn bills(self, time: Milliseconds) -> bool {
        self.free_up_to.0 == 0 || self.free_up_to < time
    }

    /// Billable milliseconds of one contact that is billed at all:
    ///
    ///   t' = max(t − free, 0)
    ///   billed(t) = first + ⌈max(t' − first, 0) / then⌉ · then + extra
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
        let time = time.0.saturating_sub(self.free_first.0);
        let further = time.saturating_sub(self.first.0).div_ceil(self.then.0).checked_mul(self.then.0)?;
        self.first.0.checked_add(further)?.checked_add(self.extra.0).map(Milliseconds)
    }
}
