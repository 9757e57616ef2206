//! A contact as it arrives, with everything about it that no team can change.

/// Later than anything happens.
pub(crate) const FOREVER: i64 = i64::MAX;

/// The longest a part of handle time gets, some 35 years: a bound for arithmetic, not for customers.
const MAX_PART: f64 = (1_u64 << 40) as f64;

/// One arrival of one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contact {
    /// The queue, by its place in the scenario.
    pub queue: u32,
    /// The queue in which its customer arrived first, and which numbers them.
    pub origin: u32,
    /// How many queues it has come through before this one.
    pub hops: u8,
    /// How often the customer has come back: 0 for a first contact.
    pub attempt: u8,
    /// The customer's number in the queue, from 0 in order of first arrival.
    pub number: u64,
    /// When it arrives.
    pub arrived: i64,
    /// When its wait begins: then too, unless a machine or another queue is first.
    pub offered: i64,
    /// The last instant at which it can still be answered, or [`FOREVER`].
    pub deadline: i64,
    /// The number in `[0, 1)` that decides its route.
    pub route: f64,
    /// Milliseconds of talking, before a team's factor; so are the next two.
    pub talk: f64,
    pub hold: f64,
    pub wrap: f64,
    /// The number in `[0, 1)` that decides whether a team resolves it.
    pub resolution: f64,
    /// Whether its customer comes back if it is handled and not resolved.
    pub returns: bool,
    /// How long after its end, in milliseconds during which the queue is open.
    pub return_after: f64,
}

/// What few scenarios ask of a contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Further {
    /// Whether the machine contains it, and how long it has it.
    pub contained: bool,
    pub machine: i64,
    /// The numbers in `[0, 1)` that decide whether it goes on to a second queue, and whether its customer comes back to
    /// another one.
    pub escalation: f64,
    pub elsewhere: f64,
}

/// An attempt to reach a customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dial {
    /// The number in `[0, 1)` that decides whether it does.
    pub chance: f64,
    /// How long it rings if it does not, and if it does.
    pub ring: i64,
    pub pickup: i64,
}

/// The most queues a contact comes through.
pub(crate) const MOST_HOPS: u8 = 7;

/// Where the contacts of a queue come from.
pub(crate) trait Customers {
    /// When the next one arrives, or [`FOREVER`] if none does. Never decreases.
    fn next_at(&self) -> i64;

    /// The next one.
    fn next(&mut self) -> Contact;

    /// The contact in another hand: of this queue from then on, as its next visit or its customer's next return.
    fn receive(&self, contact: &Contact, origin: &Self, at: i64) -> Contact;

    /// An attempt to reach a customer of this queue's list.
    fn dial(&self, number: u64, attempt: u8) -> Dial;

    /// What becomes of a contact of this queue beyond its service.
    fn further(&self, contact: &Contact, origin: &Self) -> Further;

    /// The `attempt`th return of customer `number`, at `arrived`.
    fn repeat(&self, number: u64, attempt: u8, arrived: i64) -> Contact;
}

/// A drawn length as whole milliseconds.
#[inline]
pub(crate) fn milliseconds(length: f64) -> i64 {
    (length.min(MAX_PART) + 0.5) as i64
}

/// The last instant of a contact that arrives then and waits so long.
#[inline]
pub(crate) fn deadline(arrived: i64, patience: f64) -> i64 {
    arrived + milliseconds(patience)
}
