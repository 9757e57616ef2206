//! Whom a list has called, and whom it calls next.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::scenario::CallList;

/// A list at work.
pub(super) struct Dialing<'a> {
    pub list: &'a CallList,
    /// Attempts that ring.
    pub ringing: u32,
    next: u32,                                  // Nobody from here on has been called.
    batch: usize,                               // The first batch that has not come,
    there: u32,                                 // and how many customers there are in those that have.
    again: BinaryHeap<Reverse<(i64, u32, u8)>>, // Who is to be called again, from when on, for the how manieth time.
}

impl<'a> Dialing<'a> {
    pub(super) fn new(list: &'a CallList) -> Dialing<'a> {
        Dialing { list, ringing: 0, next: 0, batch: 0, there: 0, again: BinaryHeap::new() }
    }

    /// How many more to call now that so many agents are free, in the teams it watches and in those that serve it.
    pub(super) fn wanted(&self, at: i64, watched: u32, serving: u32) -> u32 {
        let dialer = &self.list.dialer;
        let next = self.list.hours.partition_point(|span| span.until <= at);
        let within = self.list.hours.get(next).is_some_and(|span| span.from <= at);
        if !within || serving == 0 || watched < dialer.least_free {
            return 0;
        }
        let lines = (dialer.for_each_free * f64::from(serving)).round() as u32 + dialer.more;
        lines.saturating_sub(self.ringing)
    }

    /// Who is called next, for the how manieth time: who is due again before who is new.
    pub(super) fn call(&mut self, at: i64) -> Option<(u32, u8)> {
        if let Some(Reverse((_, number, attempt))) = self.again.peek().copied().filter(|Reverse((due, ..))| *due <= at)
        {
            self.again.pop();
            return Some((number, attempt));
        }
        while let Some(batch) = self.list.batches.get(self.batch).filter(|batch| batch.from <= at) {
            self.there = self.there.saturating_add(batch.customers);
            self.batch += 1;
        }
        let number = self.next;
        self.next += u32::from(number < self.there);
        (number < self.there).then_some((number, 0))
    }

    /// Nobody answered. Says when to try again, if that is left.
    pub(super) fn miss(&mut self, number: u32, attempt: u8, ended: i64) -> Option<i64> {
        if attempt + 1 >= self.list.attempts {
            return None;
        }
        let due = ended + self.list.again_after_ms;
        self.again.push(Reverse((due, number, attempt + 1)));
        Some(due)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Batch, Dialer, Part};

    #[test]
    fn customers_are_called_once_their_batch_has_come() {
        let list = CallList {
            batches: vec![Batch { from: 0, customers: 2 }, Batch { from: 50, customers: 1 }],
            attempts: 2,
            again_after_ms: 10,
            reached: vec![0.5],
            ring: Part::NONE,
            pickup: Part::NONE,
            patience_ms: 1,
            hours: Vec::new(),
            dialer: Dialer { watches: Vec::new(), least_free: 0, for_each_free: 1.0, more: 0 },
        };
        let mut dialing = Dialing::new(&list);
        assert_eq!([dialing.call(0), dialing.call(1), dialing.call(2)], [Some((0, 0)), Some((1, 0)), None]);
        assert_eq!(dialing.miss(0, 0, 20), Some(30));
        assert_eq!([dialing.call(29), dialing.call(30), dialing.call(49)], [None, Some((0, 1)), None]);
        assert_eq!([dialing.call(50), dialing.call(51)], [Some((2, 0)), None]);
    }
}
