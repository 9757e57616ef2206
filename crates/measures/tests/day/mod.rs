//! A day of a queue log as rows, read as plainly as can be: enough for this day, and no reader of such logs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use longshore_contacts::{Channel, ContactRow, Direction, Outcome};
use longshore_units::Instant;

/// Where reference results and samples are; none where they are not.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    path.exists().then_some(path)
}

/// The synthetic day: 730 calls, each in one queue.
#[allow(dead_code)] // Not every test looks at it.
pub fn synthetic_day() -> Option<Vec<ContactRow>> {
    let text = std::fs::read_to_string(shared("samples/asterisk_queue_log/synthetic_day.queue_log")?).unwrap();
    let mut calls: BTreeMap<String, ContactRow> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('|').collect();
        let [time, call, queue, _, event, ..] = fields[..] else { panic!("{line}") };
        let at = Instant((time.parse::<f64>().unwrap() * 1e6).round() as i64);
        let number = |position: usize| fields[5 + position].parse::<i64>().unwrap();
        let refused = match event {
            "FULL" => Some(Outcome::BlockedFull),
            "CLOSED" => Some(Outcome::BlockedClosed),
            "JOINEMPTY" => Some(Outcome::BlockedEmpty),
            _ => None,
        };
        if event == "ENTERQUEUE" || refused.is_some() {
            let row = ContactRow {
                first_queue: Some(queue.to_owned()),
                channel: Some(Channel::Voice),
                direction: Some(Direction::Inbound),
                customer: fields.get(6).filter(|customer| !customer.is_empty()).map(|customer| (*customer).to_owned()),
                arrived_at: Some(at),
                offered_at: refused.is_none().then_some(at),
                ended_at: refused.map(|_| at),
                outcome: refused,
                ..ContactRow::of("pbx", call, "cebu")
            };
            calls.insert(call.to_owned(), row);
            continue;
        }
        let Some(row) = calls.get_mut(call) else { continue };
        let left = |row: &mut ContactRow, outcome, waited: i64| {
            (row.outcome, row.wait, row.ended_at) = (Some(outcome), Some(waited * 1000), Some(at));
        };
        match event {
            "CONNECT" => {
                row.answered_at = Some(at);
                row.outcome = Some(Outcome::Answered);
                row.ring = Some(number(2) * 1000);
                row.wait = Some((number(0) - number(2)) * 1000);
            }
            "ABANDON" => left(row, Outcome::Abandoned, number(2)),
            "EXITWITHTIMEOUT" => left(row, Outcome::TimedOut, number(2)),
            "EXITWITHKEY" => left(row, Outcome::ExitKey, number(3)),
            "EXITEMPTY" | "LEAVEEMPTY" => left(row, Outcome::LeftEmpty, number(2)),
            "COMPLETEAGENT" | "COMPLETECALLER" => {
                (row.talk, row.ended_at) = (Some(number(1) * 1000), Some(at));
            }
            "BLINDTRANSFER" => (row.talk, row.ended_at) = (Some(number(3) * 1000), Some(at)),
            "ATTENDEDTRANSFER" => {
                let talk =
                    if fields[5] == "LINK" { fields[9].split('|').next().unwrap().parse().unwrap() } else { number(3) };
                (row.talk, row.ended_at) = (Some(talk * 1000), Some(at));
            }
            _ => {}
        }
    }
    Some(calls.into_values().collect())
}
