//! The time during which a queue is open, as a clock of its own: it stands still while the queue is closed.

use crate::scenario::Span;

/// A queue's open spans, with the open time before each.
pub(crate) struct OpenTime<'a> {
    spans: &'a [Span],
    before: Vec<i64>, // Increases, as no span is empty.
}

impl<'a> OpenTime<'a> {
    pub(crate) fn new(spans: &'a [Span]) -> OpenTime<'a> {
        let passed = |passed: &mut i64, span: &Span| {
            let before = *passed;
            *passed += span.until - span.from;
            Some(before)
        };
        OpenTime { spans, before: spans.iter().scan(0, passed).collect() }
    }

    /// The open instant that has exactly `delay` of open time between `at` and itself; so it is never the end of a
    /// span but the start of the next. `None` if the spans end before. Two binary searches.
    pub(crate) fn after(&self, at: i64, delay: i64) -> Option<i64> {
        let next = self.spans.partition_point(|span| span.until <= at);
        let passed = self.before.get(next)? + (at - self.spans[next].from).max(0) + delay;
        let place = self.before.partition_point(|before| *before <= passed) - 1;
        let at = self.spans[place].from + (passed - self.before[place]);
        (at < self.spans[place].until).then_some(at)
    }

    /// The instant itself, if it is open; otherwise the one that lies so far into the next span: 0 is its start, 1 its end.
    /// `None` if no span follows.
    pub(crate) fn at_or_within_next(&self, at: i64, share: f64) -> Option<i64> {
        let next = self.spans.get(self.spans.partition_point(|span| span.until <= at))?;
        if next.from <= at {
            return Some(at);
        }
        let length = next.until - next.from;
        Some(next.from + ((length as f64 * share) as i64).clamp(0, length - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_for_an_opening_is_taken_within_it() {
        let spans = [Span { from: 100, until: 200 }, Span { from: 300, until: 400 }];
        let time = OpenTime::new(&spans);
        let at = |at: i64, share: f64| time.at_or_within_next(at, share);
        assert_eq!((at(150, 0.9), at(100, 0.9)), (Some(150), Some(100)), "it is open");
        assert_eq!((at(0, 0.25), at(200, 0.25), at(250, 1.0)), (Some(125), Some(325), Some(399)));
        assert_eq!(at(400, 0.5), None);
    }
}
