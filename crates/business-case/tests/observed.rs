//! Records as the beginning of a case: what is drafted reads without a mistake, and says what the records say.

#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use longshore_business_case::{CaseFile, Drafted, Observed, country, read, started};
use longshore_contacts::{Channel, ContactRow, Direction, IntervalRow, Outcome, contacts_batch, intervals_batch};
use longshore_units::{Instant, Text, Zone};
use longshore_words::Language;

fn zone() -> Zone {
    Zone::named("America/New_York").unwrap()
}

/// A call on a day of March 2027, so many minutes after eight in the morning.
fn call(day: i8, minute: i64, id: i64) -> ContactRow {
    let eight = zone().at(date(2027, 3, day), jiff::civil::time(8, 0, 0, 0)).unwrap();
    let at = |seconds: i64| Some(Instant(eight.0 + (minute * 60 + seconds) * 1_000_000));
    ContactRow {
        first_queue: Some("orders".to_owned()),
        channel: Some(Channel::Voice),
        program: Some("care".to_owned()),
        customer: Some(format!("c{}", id % 50)),
        offered_at: at(0),
        answered_at: at(30),
        ended_at: at(150),
        wait: Some(30_000),
        talk: Some(100_000 + 20_000 * (id % 3)),
        wrap: Some(20_000),
        outcome: Some(Outcome::Answered),
        ..ContactRow::of("acd", format!("{day}-{id}"), "Acme")
    }
}

/// Four weeks of days from Monday, March 1, on which forty come between eight and four, each tenth of whom gives up.
fn calls() -> Vec<ContactRow> {
    let days = (1..=28).filter(|day| day % 7 != 0 && day % 7 != 6);
    let mut rows: Vec<ContactRow> =
        days.flat_map(|day| (0..40).map(move |number| call(day, number * 12, number))).collect();
    for (number, row) in rows.iter_mut().enumerate().filter(|(number, _)| number % 10 == 9) {
        *row = ContactRow {
            answered_at: None,
            wait: Some(if number % 20 == 9 { 60_000 } else { 360_000 }),
            talk: None,
            wrap: None,
            outcome: Some(Outcome::Abandoned),
            ..row.clone()
        };
    }
    rows
}

fn drafted(rows: &[ContactRow]) -> Drafted {
    let mut observed = Observed::new(zone());
    for rows in rows.chunks(100) {
        observed.contacts(&contacts_batch(rows));
    }
    observed.drafted(country("US").unwrap())
}

fn files(drafted: &Drafted) -> Vec<CaseFile> {
    let file =
        |(path, text): &(String, String)| CaseFile { path: path.clone(), text: Text::new(path.clone(), text.as_str()) };
    drafted.files.iter().map(file).collect()
}

#[test]
fn contacts_become_a_case_that_reads() {
    let drafted = drafted(&calls());
    let (case, found) = read(&started("case", files(&drafted), None, Language::English));
    let errors: Vec<_> = found.iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let case = case.unwrap();
    let queue = &case.queues[0];
    assert_eq!((case.queues.len(), queue.name.as_str(), queue.channel), (1, "orders", Channel::Voice));
    assert_eq!(queue.open.written(), "Mon-Fri 08:00-16:00");
    // 40 on each working day; 20 of these in four weeks.
    let week = queue.demand.expected(&queue.open, &zone(), date(2027, 3, 1), 1, 1_800_000).unwrap();
    assert!((week.contacts.iter().sum::<f64>() - 23.0 * 40.0).abs() < 1e-6, "23 working days of March");
    // Of eight hundred calls 720 waited half a minute, 40 one minute and 40 six: 38,400 s over eighty who gave up.
    assert!(drafted.files.iter().any(|(_, text)| text.contains("patience = \"8m\"   # ± 1m45s (95 %)")), "{drafted:?}");
    assert!((queue.handle.talk.mean_ms - 119_667.0).abs() < 1000.0, "{:?}", queue.handle);
    assert_eq!((queue.handle.wrap.mean_ms, queue.handle.wrap.spread), (20_000.0, 0.0));
    let signs = drafted.signs;
    assert_eq!((signs.came, signs.answered, signs.abandoned, signs.refused), (800, 720, 80, 0));
    assert_eq!((signs.over_five_minutes, signs.waits), (40, 800));
    // Each customer calls about once a working day, so that whoever is in the first three weeks comes again.
    let quarters = signs.quarters.unwrap();
    assert!(quarters.iter().all(|quarter| quarter.repeated == quarter.contacts), "{quarters:?}");
}

#[test]
fn what_is_no_demand_is_left_out() {
    let mut rows = calls();
    let count = rows.len() as u64;
    let like = |change: fn(&mut ContactRow)| {
        let mut row = call(2, 5, 77);
        change(&mut row);
        row
    };
    rows.push(like(|row| row.direction = Some(Direction::Outbound)));
    rows.push(like(|row| row.outcome = Some(Outcome::Contained)));
    rows.push(like(|row| row.superseded_at = Some(Instant(0))));
    rows.push(like(|row| {
        (row.arrived_at, row.offered_at, row.answered_at) = (row.offered_at, None, None);
        row.outcome = Some(Outcome::Abandoned);
    }));
    assert_eq!(drafted(&rows).signs.came, count);
    rows.push(like(|row| {
        (row.arrived_at, row.offered_at, row.answered_at) = (row.offered_at, None, None);
        row.outcome = Some(Outcome::BlockedFull);
    }));
    let signs = drafted(&rows).signs;
    assert_eq!((signs.came, signs.refused), (count + 1, 1));
}

#[test]
fn languages_of_a_queue_are_queues_of_their_own() {
    let mut rows = calls();
    for row in rows.iter_mut().step_by(2) {
        row.language = Some("es".to_owned());
    }
    let drafted = drafted(&rows);
    let paths: Vec<&str> = drafted.files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["history/orders-es.csv", "history/orders.csv", "program.toml"]);
    let (case, _) = read(&started("case", files(&drafted), None, Language::English));
    let queues: Vec<_> =
        case.unwrap().queues.iter().map(|queue| (queue.name.clone(), queue.language.clone())).collect();
    assert_eq!(queues, [("orders".to_owned(), "en".to_owned()), ("orders es".to_owned(), "es".to_owned())]);
}

#[test]
fn counts_by_interval_will_do() {
    let row = |day: i8, half: i8| {
        let from = zone().at(date(2027, 3, day), jiff::civil::time(8 + half / 2, 30 * (half % 2), 0, 0)).unwrap();
        IntervalRow {
            source: "acd".to_owned(),
            provider: "Acme".to_owned(),
            program: None,
            site: None,
            queue: None,
            channel: None,
            language: None,
            from,
            until: Instant(from.0 + 1_800_000_000),
            offered: 6,
            answered: Some(5),
            abandoned: Some(1),
            in_time: None,
            threshold: None,
            wait: Some(60_000),
            talk: Some(500_000),
            hold: None,
            wrap: Some(50_000),
        }
    };
    let rows: Vec<IntervalRow> = (1..=28).flat_map(|day| (0..16).map(move |half| row(day, half))).collect();
    let mut observed = Observed::new(zone());
    observed.intervals(&intervals_batch(&rows));
    let drafted = observed.drafted(country("US").unwrap());
    let (case, found) = read(&started("case", files(&drafted), None, Language::English));
    let case = case.unwrap_or_else(|| panic!("{found:?}"));
    let queue = &case.queues[0];
    assert_eq!((queue.name.as_str(), queue.open.written()), ("contacts", "Mon-Sun 08:00-16:00"));
    assert_eq!((queue.handle.talk.mean_ms, queue.handle.wrap.mean_ms), (100_000.0, 10_000.0));
    assert!(drafted.files.iter().any(|(_, text)| text.contains("patience = \"1m\"")));
    assert_eq!((drafted.signs.came, drafted.signs.abandoned), (28 * 16 * 6, 28 * 16));
}
