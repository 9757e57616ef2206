//! Queue logs: each trap of the format by itself, and whole logs.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

mod kept;

use std::collections::BTreeMap;

use kept::{Kept, import, origin, shared};
use longshore_contacts::Outcome;
use longshore_import::AsteriskQueueLog;

fn reader(carried: &str) -> AsteriskQueueLog {
    AsteriskQueueLog::new(origin(), carried).unwrap()
}

fn by_outcome(kept: &Kept, queue: Option<&str>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for leg in kept.legs.iter().filter(|leg| queue.is_none() || leg.queue.as_deref() == queue) {
        *counts.entry(leg.outcome.map_or("open", Outcome::as_str)).or_default() += 1;
    }
    counts
}

#[test]
fn the_synthetic_day_counts_as_published() {
    let Some(log) = shared("samples/asterisk_queue_log/synthetic_day.queue_log") else { return };
    let kept = import(&mut reader(""), &[&log]).unwrap().0;
    assert_eq!(kept.rejects, []);
    assert_eq!((kept.contacts.len(), kept.legs.len()), (730, 730));
    let expected: BTreeMap<Option<&str>, [usize; 8]> = [
        (None, [601, 59, 23, 13, 7, 13, 8, 6]),
        (Some("billing"), [77, 7, 2, 2, 0, 1, 0, 1]),
        (Some("sales"), [176, 21, 10, 4, 1, 6, 2, 0]),
        (Some("support"), [348, 31, 11, 7, 6, 6, 6, 5]),
    ]
    .into();
    let words = [
        "answered",
        "abandoned",
        "timed_out",
        "exit_key",
        "left_empty",
        "blocked_empty",
        "blocked_closed",
        "blocked_full",
    ];
    for (queue, numbers) in expected {
        let counts = by_outcome(&kept, queue);
        let found = words.map(|word| counts.get(word).copied().unwrap_or(0));
        assert_eq!(found, numbers, "{queue:?}");
        assert_eq!(counts.values().sum::<usize>(), numbers.iter().sum::<usize>(), "{queue:?} {counts:?}");
    }
}
