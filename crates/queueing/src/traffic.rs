//! What arrives: its load, how long it is handled and how long it is willing to wait.

use crate::QueueingError;

/// Offered load: the mean number of agents who would be busy if there were always a free one. At most
/// [`Erlangs::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Erlangs(f64); // Invariant: 0 <= load <= MOST.

/// A span of time in seconds, from zero to [`Seconds::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Seconds(f64); // Invariant: 0 <= seconds <= MOST.

/// A number from 0 to 1: a probability, an occupancy, a share of contacts.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Share(f64); // Invariant: 0 <= share <= 1.

impl Erlangs {
    /// The heaviest load there are answers for: a thousand million agents talking.
    pub const MOST: f64 = 1e9;

    /// Refuses what is negative, not a number, or above [`Erlangs::MOST`].
    pub fn new(load: f64) -> Result<Erlangs, QueueingError> {
        if (0.0..=Erlangs::MOST).contains(&load) { Ok(Erlangs(load)) } else { Err(QueueingError::Load(load)) }
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Seconds {
    /// No time at all.
    pub const ZERO: Seconds = Seconds(0.0);

    /// The longest time there are answers for, some 31,000 years.
    pub const MOST: f64 = 1e12;

    /// The shortest handle time and patience there are answers for.
    pub const LEAST: f64 = 1e-6;

    /// Refuses what is negative, not a number, or above [`Seconds::MOST`].
    pub fn new(seconds: f64) -> Result<Seconds, QueueingError> {
        if (0.0..=Seconds::MOST).contains(&seconds) { Ok(Seconds(seconds)) } else { Err(QueueingError::Time(seconds)) }
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl Share {
    /// Nothing, or never.
    pub const NONE: Share = Share(0.0);
    /// Everything, or always.
    pub const ALL: Share = Share(1.0);

    /// Refuses what is below 0, above 1 or not a number.
    pub fn new(share: f64) -> Result<Share, QueueingError> {
        if (0.0..=1.0).contains(&share) { Ok(Share(share)) } else { Err(QueueingError::Share(share)) }
    }

    /// A computed share, which rounding may have carried a hair outside.
    pub(crate) fn computed(share: f64) -> Share {
        debug_assert!((-1e-9..=1.0 + 1e-9).contains(&share), "{share} is no share");
        Share(share.clamp(0.0, 1.0))
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// One stream of contacts: Poisson arrivals, exponential handle times and, where callers hang up, exponential patience.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traffic {
    load: Erlangs,
    handle: Seconds,           // Invariant: >= Seconds::LEAST.
    patience: Option<Seconds>, // Invariant: >= Seconds::LEAST.
}

impl Traffic {
    /// A load made of contacts of mean handle time `handle`, from callers of mean patience `patience`, or who never hang
    /// up if there is none (then the queue is Erlang's C, with patience it is Palm's A).
    ///
    /// Handle time and patience must be at least [`Seconds::LEAST`].
    pub fn new(load: Erlangs, handle: Seconds, patience: Option<Seconds>) -> Result<Traffic, QueueingError> {
        if handle.0 < Seconds::LEAST {
            return Err(QueueingError::Handle(handle.0));
        }
        match patience {
            Some(patience) if patience.0 < Seconds::LEAST => Err(QueueingError::Patience(patience.0)),
            _ => Ok(Traffic { load, handle, patience }),
        }
    }

    /// The same from a number of contacts expected `during` a span of time.
    ///
    /// ```
    /// # use longshore_queueing::{Seconds, Traffic};
    /// // 100 calls in half an hour, three minutes each.
    /// let traffic = Traffic::from_contacts(100.0, Seconds::new(1800.0)?, Seconds::new(180.0)?, None)?;
    /// assert_eq!(traffic.load().get(), 10.0);
    /// # Ok::<(), longshore_queueing::QueueingError>(())
    /// ```
    pub fn from_contacts(
        contacts: f64,
        during: Seconds,
        handle: Seconds,
        patience: Option<Seconds>,
    ) -> Result<Traffic, QueueingError> {
        let load = contacts * handle.0 / during.0;
        Traffic::new(Erlangs::new(load)?, handle, patience)
    }

    /// The same kind of contacts in another number.
    pub(crate) const fn with_load(&self, load: Erlangs) -> Traffic {
        Traffic { load, ..*self }
    }

    /// Contacts a second times seconds of handling each.
    pub const fn load(&self) -> Erlangs {
        self.load
    }

    /// Mean handle time.
    pub const fn handle(&self) -> Seconds {
        self.handle
    }

    /// Mean time a caller is willing to wait.
    pub const fn patience(&self) -> Option<Seconds> {
        self.patience
    }

    /// Contacts a second.
    pub fn arrivals_per_s(&self) -> f64 {
        self.load.0 / self.handle.0
    }
}
