//! The steps in which a horizon is planned.

use crate::{Handles, Opening, Queue};

/// The steps in which a horizon is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// When the first begins, in milliseconds since 1970.
    pub from_ms: i64,
    /// How long each is.
    pub step_ms: i64,
    /// How many there are.
    pub count: usize,
}

/// The lengths of a step, in minutes, the longest first. Each divides an hour, by whose halves and wholes clocks are changed.
const LENGTHS: [u32; 4] = [30, 15, 10, 5];

const MINUTE: i64 = 60_000;

impl Steps {
    /// Half hours from an instant to another, or the longest shorter steps by which all days and opening hours begin and
    /// end: a step is open throughout or not at all. Hours that begin at odd minutes are met to five.
    pub fn between<'o>(
        from_ms: i64,
        until_ms: i64,
        day_starts: &[i64],
        openings: impl Iterator<Item = &'o Opening>,
    ) -> Steps {
        let bounds: Vec<u32> = openings.flat_map(Opening::bounds).collect();
        let divides = |minutes: u32| {
            let length = i64::from(minutes) * MINUTE;
            let days = std::iter::once(&from_ms).chain(day_starts);
            days.into_iter().all(|start| start % length == 0) && bounds.iter().all(|bound| bound % minutes == 0)
        };
        let shortest = LENGTHS[LENGTHS.len() - 1];
        let minutes = LENGTHS.into_iter().find(|minutes| divides(*minutes)).unwrap_or(shortest);
        let step_ms = i64::from(minutes) * MINUTE;
        Steps { from_ms, step_ms, count: ((until_ms - from_ms) / step_ms) as usize }
    }

    /// When a step begins.
    pub(crate) fn start(&self, step: usize) -> i64 {
        self.from_ms + step as i64 * self.step_ms
    }

    /// What such steps are called: "half hours".
    pub fn word(&self) -> String {
        match self.step_ms / MINUTE {
            30 => "half hours".to_owned(),
            15 => "quarter hours".to_owned(),
            minutes => format!("steps of {minutes} minutes"),
        }
    }

    /// The steps that lie wholly in a span.
    pub(crate) fn inside(&self, (from, until): (i64, i64)) -> std::ops::Range<usize> {
        let begins = ((from - self.from_ms).max(0) as u64).div_ceil(self.step_ms as u64) as usize;
        let ends = ((until - self.from_ms).max(0) / self.step_ms) as usize;
        self.within(begins..ends)
    }

    /// The steps of which any part lies in a span.
    pub(crate) fn touched(&self, (from, until): (i64, i64)) -> std::ops::Range<usize> {
        let begins = ((from - self.from_ms).max(0) / self.step_ms) as usize;
        let ends = ((until - self.from_ms).max(0) as u64).div_ceil(self.step_ms as u64) as usize;
        self.within(begins..ends)
    }

    /// Those of some steps that there are.
    fn within(&self, steps: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let ends = steps.end.min(self.count);
        steps.start.min(ends)..ends // A stretch between two breaks may be shorter than a step.
    }
}

/// All hours by which contacts of some queues come, and are handled.
pub(crate) fn openings<'c>(
    queues: &'c [Queue],
    handles: impl Iterator<Item = &'c Handles>,
) -> impl Iterator<Item = &'c Opening> {
    let of_queues = queues.iter().flat_map(|queue| std::iter::once(&queue.open).chain(&queue.worked));
    of_queues.chain(handles.flat_map(|handles| handles.hours.iter().chain(&handles.worked)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(from_ms: i64, hours: &[&str]) -> i64 {
        let openings: Vec<Opening> = hours.iter().map(|hours| Opening::of(hours)).collect();
        Steps::between(from_ms, from_ms + 86_400_000, &[from_ms], openings.iter()).step_ms / MINUTE
    }

    #[test]
    fn a_step_is_as_long_as_all_hours_allow() {
        for (hours, expected) in [
            (&["always"][..], 30),
            (&["Mon-Fri 08:00-22:00", "Mon-Fri 09:30-12:00"], 30),
            (&["Mon-Fri 08:15-17:45"], 15),
            (&["Mon-Fri 08:00-22:00", "Sat-Sun 22:00-06:15"], 15),
            (&["Mon-Fri 08:20-17:40"], 10),
            (&["Mon-Fri 08:15-17:40"], 5),
            (&["Mon-Fri 08:17-18:00"], 5),
            (&["Mon-Sun 00:00-23:59"], 30), // How some write a day's end.
        ] {
            assert_eq!(minutes(0, hours), expected, "{hours:?}");
        }
    }

    #[test]
    fn a_step_divides_days_of_all_zones() {
        // India is five and a half hours beside Greenwich, Nepal five and three quarters.
        let (india, nepal) = (-330 * MINUTE, -345 * MINUTE);
        assert_eq!((minutes(india, &["always"]), minutes(nepal, &["always"])), (30, 15));
        assert_eq!((minutes(india, &["Mon-Fri 08:15-17:45"]), minutes(nepal, &["Mon-Fri 08:10-17:00"])), (15, 5));
    }
}
