//! A bank's call log of 1999 by the mapping that ships with the project, against a plain recount that shares no code.
//!
//! The log is not part of this repository; where it is not at hand the test says so and passes.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

mod kept;

use std::collections::{BTreeMap, BTreeSet};

use kept::{import, shared};
use longshore_contacts::{Conservation, Outcome, contacts_batch, legs_batch};
use longshore_import::{CustomerKey, Said, TableReader, mapping};
use longshore_units::{Milliseconds, Text};

const MAPPING: &str = include_str!("../../../specs/import/bank-1999.toml");

/// A row of the log, by the words above its columns.
struct Call<'l> {
    cells: Vec<&'l str>,
    titles: &'l [&'l str],
}

impl Call<'_> {
    fn cell(&self, title: &str) -> &str {
        self.cells[self.titles.iter().position(|known| *known == title).unwrap()]
    }

    fn seconds(&self, title: &str) -> i64 {
        let parts: Vec<i64> = self.cell(title).split(':').map(|part| part.parse().unwrap()).collect();
        parts.iter().fold(0, |sum, part| sum * 60 + part)
    }

    fn number(&self, title: &str) -> i64 {
        self.cell(title).parse().unwrap()
    }

    /// The VRU's clock went back within the call, so that it was offered before it came.
    fn contradicts_itself(&self) -> bool {
        let back = self.seconds("vru_entry") - self.seconds("vru_exit");
        0 < back && back < 43_200
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Figures {
    calls: BTreeMap<(String, String), u64>, // By queue and outcome.
    by_day: BTreeMap<String, u64>,
    offered: u64,
    waits: Vec<i64>, // Of those who were offered, in seconds.
    service: Vec<i64>,
    by_agent: BTreeMap<String, (u64, i64)>,
    customers: u64,
}

#[test]
fn the_bank_s_log_says_what_a_recount_says() {
    let Some(bytes) = shared("datasets/bank_call_log_1999_02_first_half.tsv") else { return };
    let said = Said { key: Some(CustomerKey::new(b"a key for tests only").unwrap()), ..Said::default() };
    let (read, found) = mapping(&Text::new("bank-1999.toml", MAPPING), &said, true);
    assert_eq!(found, []);
    let read = read.unwrap();
    let mut reader = TableReader::new(read.origin, read.table.unwrap());
    let (kept, carried) = import(&mut reader, &[&bytes]).unwrap();
    assert_eq!(carried, "");

    let log = String::from_utf8(bytes).unwrap();
    let mut lines = log.lines();
    let titles: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let calls: Vec<Call<'_>> = lines.map(|line| Call { cells: line.split('\t').collect(), titles: &titles }).collect();
    assert_eq!(calls.len(), 17_456);

    // What is left out are the calls that were offered, by the VRU's clock, before they came.
    let contradict: BTreeSet<u64> =
        (2..).zip(&calls).filter(|(_, call)| call.contradicts_itself()).map(|(line, _)| line).collect();
    let rejected: BTreeSet<u64> = kept.rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(rejected, contradict);
    assert_eq!(rejected.len(), 17);
    for reject in &kept.rejects {
        assert_eq!(reject.field.as_deref(), Some("offered_at"), "{reject:?}");
    }

    let mut plain = Figures::default();
    let mut customers = BTreeSet::new();
    for call in calls.iter().filter(|call| !call.contradicts_itself()) {
        let outcome = match call.cell("outcome") {
            "AGENT" => "answered",
            "HANG" => "abandoned",
            "PHANTOM" => "unknown",
            other => panic!("{other}"),
        };
        *plain.calls.entry((call.cell("type").to_owned(), outcome.to_owned())).or_default() += 1;
        *plain.by_day.entry(call.cell("date").to_owned()).or_default() += 1;
        if outcome == "answered" || call.cell("q_start") != "0:00:00" {
            plain.offered += 1;
            plain.waits.push(call.number("q_time"));
        }
        if outcome == "answered" {
            plain.service.push(call.number("ser_time"));
            if call.cell("server") != "NO_SERVER" {
                let (calls, time) = plain.by_agent.entry(call.cell("server").to_owned()).or_default();
                *calls += 1;
                *time += call.number("ser_time");
            }
        }
        if call.cell("customer_id") != "0" {
            customers.insert(call.cell("customer_id"));
        }
    }
    plain.customers = customers.len() as u64;
    plain.waits.sort_unstable();
    plain.service.sort_unstable();

    let mut ours = Figures::default();
    let mut hashes = BTreeSet::new();
    for contact in &kept.contacts {
        let outcome = contact.outcome.unwrap();
        let queue = contact.first_queue.clone().unwrap();
        *ours.calls.entry((queue, outcome.to_string())).or_default() += 1;
        // Two hours before Greenwich, all of February.
        let day = contact.arrived_at.unwrap().milliseconds() / 1000 + 7200;
        let day = 990_201 + (day / 86_400 - 10_623); // 1999-02-01 is day 10,623 since 1970.
        *ours.by_day.entry(day.to_string()).or_default() += 1;
        if let Some(offered) = contact.offered_at {
            ours.offered += 1;
            ours.waits.push(contact.wait.unwrap() / 1000);
            if let Some(answered) = contact.answered_at {
                assert_eq!(answered.0 - offered.0, contact.wait.unwrap() * 1000, "{contact:?}");
            }
        }
        assert_eq!(contact.answered_at.is_some(), outcome == Outcome::Answered, "{contact:?}");
        if outcome == Outcome::Answered {
            ours.service.push(contact.talk.unwrap() / 1000);
            let ended = contact.ended_at.unwrap().0 - contact.answered_at.unwrap().0;
            assert_eq!(ended, contact.talk.unwrap() * 1000, "{contact:?}");
        }
        hashes.extend(contact.customer.clone());
    }
    for leg in kept.legs.iter().filter(|leg| leg.outcome == Some(Outcome::Answered)) {
        if let Some(agent) = &leg.agent {
            let (calls, time) = ours.by_agent.entry(agent.clone()).or_default();
            *calls += 1;
            *time += leg.talk.unwrap() / 1000;
        }
    }
    ours.customers = hashes.len() as u64;
    ours.waits.sort_unstable();
    ours.service.sort_unstable();
    assert_eq!(ours, plain);

    let mut conservation = Conservation::new(Milliseconds::seconds(1800), None);
    conservation.contacts(&contacts_batch(&kept.contacts)).unwrap();
    conservation.legs(&legs_batch(&kept.legs)).unwrap();
    let balance = conservation.balance();
    assert_eq!(balance.violations, []);
    assert!(balance.contacts.values().all(|account| account.unaccounted() == 0));
}
