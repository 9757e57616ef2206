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
    again: BinaryHeap<Reverse<(i64, u32, u8)>>, // Who is to be called again, from when on, for the how manieth time.
}

impl<'a> Dialing<'a> {
    pub(super) fn new(list: &'a CallList) -> Dialing<'a> {
        Dialing { list, ringing: 0, next: 0, again: BinaryHeap::new() }
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
        let number = self.next;
        self.next += u32::from(number < self.list.customers);
        (number < self.list.customers).then_some((number, 0))
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
