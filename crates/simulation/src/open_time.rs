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
}
