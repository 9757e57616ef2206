//! Forecasts that say the same contacts twice.

use std::collections::BTreeMap;

use longshore_units::Instant;

use crate::rows::ForecastRow;

/// Contacts that two rows of a forecast say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastTwice {
    /// The program.
    pub program: String,
    /// The queues of the two rows; null for the program as a whole.
    pub queues: [Option<String>; 2],
    /// When the later of the two begins.
    pub from: Instant,
}

/// The first two rows, by program and time, of which one says contacts that the other says as well: spans of one queue that
/// overlap, or one of the program as a whole that overlaps one of a queue. Whoever adds all rows up counts these twice.
/// Rows without a length say nothing.
pub fn forecast_twice(mut rows: Vec<ForecastRow>) -> Option<ForecastTwice> {
    rows.retain(|row| row.from < row.until);
    rows.sort_by(|one, other| (&one.program, one.from, &one.queue).cmp(&(&other.program, other.from, &other.queue)));
    rows.chunk_by(|one, other| one.program == other.program).find_map(of_program)
}

/// Of one program's rows, in the order of time.
fn of_program(rows: &[ForecastRow]) -> Option<ForecastTwice> {
    let mut whole: Option<Instant> = None; // Where the rows so far of the program as a whole end; so below.
    let mut queues: BTreeMap<&str, Instant> = BTreeMap::new();
    let mut longest: Option<(Instant, &str)> = None; // The queue whose rows end last.
    for row in rows {
        let goes_on = |until: &Instant| row.from < *until;
        let of_whole = whole.filter(goes_on).map(|_| None);
        let of_queue = match &row.queue {
            None => longest.filter(|(until, _)| goes_on(until)).map(|(_, queue)| queue),
            Some(queue) => queues.get(queue.as_str()).filter(|until| goes_on(until)).map(|_| queue.as_str()),
        };
        if let Some(other) = of_whole.or(of_queue.map(Some)) {
            let queues = [other.map(str::to_owned), row.queue.clone()];
            return Some(ForecastTwice { program: row.program.clone(), queues, from: row.from });
        }
        match &row.queue {
            None => whole = Some(row.until),
            Some(queue) => {
                queues.insert(queue, row.until);
                longest = longest.max(Some((row.until, queue)));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(program: &str, queue: Option<&str>, hours: std::ops::Range<i64>) -> ForecastRow {
        let at = |hour: i64| Instant(1_798_761_600_000_000 + hour * 3_600_000_000);
        ForecastRow {
            program: program.to_owned(),
            queue: queue.map(str::to_owned),
            from: at(hours.start),
            until: at(hours.end),
            contacts: "10".parse().unwrap(),
            handle: None,
            locked_at: None,
        }
    }

    fn twice(rows: &[ForecastRow]) -> Option<(String, [Option<String>; 2])> {
        let mut reversed = rows.to_vec();
        reversed.reverse();
        let found = forecast_twice(rows.to_vec());
        assert_eq!(forecast_twice(reversed), found);
        found.map(|found| (found.program, found.queues))
    }

    #[test]
    fn spans_of_one_queue_or_of_the_whole_program_overlap() {
        let (orders, advice) = (Some("orders"), Some("advice"));
        let apart = [
            row("retail", orders, 0..2),
            row("retail", advice, 0..9),
            row("retail", orders, 2..3),
            row("retail", orders, 3..3),
            row("retail", None, 9..12),
            row("retail", orders, 12..13),
            row("club", None, 0..13),
        ];
        assert_eq!(twice(&apart), None);
        let with = |more: ForecastRow| {
            twice(&[apart.as_slice(), &[more]].concat()).map(|(program, queues)| {
                let [one, other] = queues.map(|queue| queue.unwrap_or_else(|| "all".to_owned()));
                format!("{program}: {one}, {other}")
            })
        };
        assert_eq!(with(row("retail", orders, 1..2)).unwrap(), "retail: orders, orders");
        assert_eq!(with(row("retail", orders, 11..12)).unwrap(), "retail: all, orders");
        assert_eq!(with(row("retail", None, 8..9)).unwrap(), "retail: advice, all");
        assert_eq!(with(row("retail", None, 11..12)).unwrap(), "retail: all, all");
        assert_eq!(with(row("club", advice, 12..14)).unwrap(), "club: all, advice");
    }
}
