//! What a contact finds at a queue's door, and the month it counts in.

use longshore_contacts::Outcome;

use crate::contact::{Contact, FOREVER, milliseconds};
use crate::open_time::OpenTime;
use crate::scenario::{Queue, Span};

/// A queue's door: whether it is open, and which way leads on.
pub(crate) struct Door<'a> {
    queue: &'a Queue,
    open: Gate<'a>,
    /// The queue's open time.
    pub time: OpenTime<'a>,
    routes: Vec<Option<Gate<'a>>>,
}

/// What a contact finds at the door.
pub(crate) enum Entry {
    /// A route, by its place in the queue.
    Route(usize),
    /// None, and the team in whose place it is refused.
    Refused { team: usize, outcome: Outcome },
}

impl<'a> Door<'a> {
    pub(crate) fn new(queue: &'a Queue) -> Door<'a> {
        let gate = |spans| Gate { spans, next: 0 };
        let routes = queue.routes.iter().map(|route| route.spans.as_deref().map(gate)).collect();
        Door { queue, open: gate(&queue.open), time: OpenTime::new(&queue.open), routes }
    }

    /// When the customer of a contact that ended then is back, if the queue is open again before the horizon ends.
    pub(crate) fn comes_back(&self, contact: &Contact, ended: i64, horizon_until: i64) -> Option<i64> {
        let at = self.time.after(ended, milliseconds(contact.return_after))?;
        (at < horizon_until && contact.attempt < u8::MAX).then_some(at)
    }

    /// Where a contact goes that arrives then. Times never decrease.
    #[inline]
    pub(crate) fn enter(&mut self, at: i64, number: f64) -> Entry {
        let open = self.open.is_open(at);
        let mut reach = 0.0;
        for (place, (route, gate)) in self.queue.routes.iter().zip(&mut self.routes).enumerate() {
            if gate.as_mut().is_none_or(|gate| gate.is_open(at)) {
                reach += route.share;
                if number < reach {
                    if !open {
                        return Entry::Refused { team: route.team, outcome: Outcome::BlockedClosed };
                    }
                    return Entry::Route(place);
                }
            }
        }
        let outcome = if open { Outcome::BlockedEmpty } else { Outcome::BlockedClosed };
        Entry::Refused { team: self.queue.routes[0].team, outcome }
    }
}

/// Spans read forward.
struct Gate<'a> {
    spans: &'a [Span],
    next: usize,
}

impl Gate<'_> {
    #[inline]
    fn is_open(&mut self, at: i64) -> bool {
        while let Some(span) = self.spans.get(self.next) {
            if at < span.until {
                return span.from <= at;
            }
            self.next += 1;
        }
        false
    }
}

/// Months read forward.
pub(crate) struct Months<'a> {
    starts: &'a [i64],
    month: usize,
    end: i64,
}

impl<'a> Months<'a> {
    pub(crate) fn new(starts: &'a [i64]) -> Months<'a> {
        Months { starts, month: 0, end: starts.get(1).copied().unwrap_or(FOREVER) }
    }

    #[inline]
    pub(crate) fn of(&mut self, at: i64) -> usize {
        while self.end <= at {
            self.month += 1;
            self.end = self.starts.get(self.month + 1).copied().unwrap_or(FOREVER);
        }
        self.month
    }
}
