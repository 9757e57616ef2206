//! What contacts will do later, in the order in which it happens.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::contact::{Contact, FOREVER};

/// The slot of an event that is of nobody who waits or is kept.
pub(super) const NOT_KEPT: u32 = u32::MAX;

/// What happens to contacts within one millisecond, in this order. First arrivals are not written down here: they
/// stand between returns and partings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doing {
    /// It has waited too long for its first team.
    Overflows,
    /// It goes on to a second queue.
    GoesOn,
    /// It gets past the machine.
    Passes,
    /// Its customer is back.
    Returns,
    /// A first arrival, or a customer who was called answers.
    Arrives,
    /// An attempt has rung in vain.
    Rings,
    /// A list may dial.
    Dials,
    /// Its patience ends.
    Leaves,
}

/// Something that a contact will do; in the order of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub at: i64,
    pub doing: Doing,
    pub queue: u32,
    pub number: u64,
    pub attempt: u8,
    /// Where the contact waits,
    pub slot: u32,
    /// and its visit there: an event of another visit is void.
    pub visit: u64,
}

impl Event {
    pub(super) fn of(contact: &Contact, at: i64, doing: Doing, slot: u32, visit: u64) -> Event {
        let Contact { queue, number, attempt, .. } = *contact;
        Event { at, doing, queue, number, attempt, slot, visit }
    }

    /// Of a queue's list rather than of a contact.
    pub(super) fn of_list(queue: usize, at: i64, doing: Doing) -> Event {
        Event { at, doing, queue: queue as u32, number: 0, attempt: 0, slot: NOT_KEPT, visit: 0 }
    }
}

/// Events to come. What became void stays until it is due or until half of all is void, so memory follows what is live.
#[derive(Default)]
pub(super) struct Calendar {
    events: BinaryHeap<Reverse<Event>>,
    void: usize,
}

impl Calendar {
    pub(super) fn push(&mut self, event: Event) {
        self.events.push(Reverse(event));
    }

    /// When the next event is, and what: [`FOREVER`] if there is none.
    #[inline]
    pub(super) fn next(&self) -> (i64, Doing) {
        self.events.peek().map_or((FOREVER, Doing::Leaves), |Reverse(event)| (event.at, event.doing))
    }

    pub(super) fn pop(&mut self) -> Option<Event> {
        self.events.pop().map(|Reverse(event)| event)
    }

    /// An event has become void. `live` tells those that have not.
    #[inline]
    pub(super) fn avoid(&mut self, live: impl FnMut(&Event) -> bool) {
        self.void += 1;
        if 64 < self.void && self.events.len() < 2 * self.void {
            self.sweep(live);
        }
    }

    /// A void event was popped.
    #[inline]
    pub(super) fn popped_void(&mut self) {
        self.void -= 1;
    }

    #[cold]
    fn sweep(&mut self, mut live: impl FnMut(&Event) -> bool) {
        self.events.retain(|Reverse(event)| event.slot == NOT_KEPT || live(event));
        self.void = 0;
    }
}
