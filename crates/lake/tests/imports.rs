//! What imports do to a lake.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::thread;

use longshore_contacts::{
    ContactRow, LegRow, Outcome, RateRow, Table, contact_rows, contacts_batch, legs_batch, rates_batch,
};
use longshore_lake::{About, ImportedFile, Lake, LakeError};
use longshore_units::Instant;

fn at(text: &str) -> Instant {
    Instant(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

fn about(source: &str, when: &str) -> About {
    About {
        format: "table".to_owned(),
        source: source.to_owned(),
        reading: "r".to_owned(),
        zone: "UTC".to_owned(),
        at: at(when),
    }
}

fn file(digest: &str) -> Vec<ImportedFile> {
    vec![ImportedFile { name: "calls.csv".to_owned(), bytes: 1, digest: digest.to_owned() }]
}

fn contact(id: &str, offered: &str, talk: i64) -> ContactRow {
    let offered = at(offered);
    ContactRow {
        offered_at: Some(offered),
        answered_at: Some(Instant(offered.0 + 5_000_000)),
        ended_at: Some(Instant(offered.0 + 5_000_000 + talk * 1000)),
        talk: Some(talk),
        outcome: Some(Outcome::Answered),
        ..ContactRow::of("pbx", id, "cebu")
    }
}

fn leg(id: &str, number: i64, offered: &str) -> LegRow {
    LegRow { offered_at: Some(at(offered)), ..LegRow::of("pbx", id, number) }
}

fn new_lake(folder: &Path) -> Lake {
    Lake::open_or_create(folder.join("lake").to_str().unwrap()).unwrap()
}

fn import(lake: &Lake, about: About, digest: &str, contacts: &[ContactRow]) -> longshore_lake::Outcome {
    let mut import = lake.import(about).unwrap();
    import.take(Table::Contacts, &contacts_batch(contacts)).unwrap();
    import.commit(file(digest), "").unwrap()
}

/// All rows of contacts, of history too, by id and delivery.
fn rows(lake: &Lake) -> Vec<(String, i64, Option<i64>, Option<String>)> {
    let state = lake.state().unwrap();
    let mut rows = Vec::new();
    for part in lake.parts(&state, Table::Contacts).unwrap() {
        let batch = lake.whole(&part, Table::Contacts).unwrap();
        for row in contact_rows(&longshore_contacts::conform(&batch, Table::Contacts).unwrap()) {
            let row = row.unwrap();
            let (delivered, superseded) = (row.delivered_at.unwrap().0, row.superseded_at.map(|at| at.0));
            assert!(superseded.is_none_or(|superseded| delivered <= superseded));
            rows.push((row.contact_id, row.talk.unwrap(), superseded, part.month.clone()));
        }
    }
    rows.sort();
    rows
}

#[test]
fn an_import_is_there_and_the_same_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let contacts = [contact("1", "2026-01-31T23:59:59Z", 60_000), contact("2", "2026-02-01T00:00:00Z", 90_000)];
    let outcome = import(&lake, about("pbx", "2026-03-01T00:00:00Z"), "a", &contacts);
    assert_eq!(outcome.number, Some(1));
    let first = rows(&lake);
    let months: Vec<_> = first.iter().map(|row| row.3.as_deref().unwrap()).collect();
    assert_eq!(months, ["2026-01", "2026-02"]);

    // The same file, the same rows in another file, and an export that overlaps.
    let before = lake.state().unwrap();
    assert_eq!(import(&lake, about("pbx", "2026-03-02T00:00:00Z"), "a", &contacts).number, None);
    assert_eq!(lake.state().unwrap().versions, before.versions);
    assert_eq!(import(&lake, about("pbx", "2026-03-02T00:00:00Z"), "b", &contacts).number, Some(2));
    assert_eq!(lake.state().unwrap().versions, before.versions);
    assert_eq!(rows(&lake), first);
    let overlapping = [contacts[1].clone(), contact("3", "2026-02-02T10:00:00Z", 10_000)];
    let outcome = import(&lake, about("pbx", "2026-03-03T00:00:00Z"), "c", &overlapping);
    let became = outcome.rows[&Table::Contacts];
    assert_eq!((became.came, became.kept, became.superseded), (2, 1, 0));
    assert_eq!(rows(&lake).len(), 3);
    let next = lake.import(about("pbx", "2026-03-04T00:00:00Z")).unwrap();
    assert!(next.knows(&file("c")[0]) && !next.knows(&file("d")[0]) && !next.knows(&file("")[0]));
    assert!(next.knows_size(1) && !next.knows_size(0) && !next.knows_size(2));
}

#[test]
fn another_version_replaces_what_was_known_and_history_stays() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let offered = "2026-01-05T10:00:00Z";
    import(
        &lake,
        about("pbx", "2026-02-01T00:00:00Z"),
        "a",
        &[contact("1", offered, 60_000), contact("2", offered, 1)],
    );
    import(&lake, about("pbx", "2026-02-05T00:00:00Z"), "b", &[contact("1", offered, 61_000)]);
    let since = at("2026-02-05T00:00:00Z").0;
    let month = || Some("2026-01".to_owned());
    let expected = [
        ("1".to_owned(), 60_000, Some(since), month()),
        ("1".to_owned(), 61_000, None, month()),
        ("2".to_owned(), 1, None, month()),
    ];
    assert_eq!(rows(&lake), expected);

    // What was delivered between the two, and comes late, was known between them.
    let between = ContactRow { delivered_at: Some(at("2026-02-03T00:00:00Z")), ..contact("1", offered, 60_500) };
    import(&lake, about("pbx", "2026-02-09T00:00:00Z"), "c", &[between]);
    let talks: Vec<_> = rows(&lake).into_iter().filter(|row| row.0 == "1").map(|row| (row.1, row.2)).collect();
    let later = at("2026-02-03T00:00:00Z").0;
    assert_eq!(talks, [(60_000, Some(later)), (60_500, Some(since)), (61_000, None)]);
    // Each of them again: nothing new.
    let versions = lake.state().unwrap().versions;
    import(&lake, about("pbx", "2026-02-10T00:00:00Z"), "d", &[contact("1", offered, 61_000)]);
    assert_eq!(lake.state().unwrap().versions, versions);
}

#[test]
fn deliveries_of_one_import_are_sorted_out() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let delivered =
        |text: &str, talk| ContactRow { delivered_at: Some(at(text)), ..contact("1", "2026-01-05T10:00:00Z", talk) };
    let three = [
        delivered("2026-01-05T12:00:00Z", 3),
        delivered("2026-01-05T11:00:00Z", 2),
        delivered("2026-01-05T11:30:00Z", 2),
    ];
    let outcome = import(&lake, about("pbx", "2026-02-01T00:00:00Z"), "a", &three);
    assert_eq!(outcome.rows[&Table::Contacts].kept, 2);
    let talks: Vec<_> = rows(&lake).into_iter().map(|row| (row.1, row.2)).collect();
    assert_eq!(talks, [(2, Some(at("2026-01-05T12:00:00Z").0)), (3, None)]);
}

#[test]
fn a_contacts_legs_are_replaced_together() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let offered = "2026-01-05T10:00:00Z";
    let run = |when: &str, digest: &str, legs: &[LegRow]| {
        let mut import = lake.import(about("pbx", when)).unwrap();
        import.take(Table::Legs, &legs_batch(legs)).unwrap();
        import.commit(file(digest), "").unwrap().rows[&Table::Legs]
    };
    run("2026-02-01T00:00:00Z", "a", &[leg("1", 1, offered), leg("1", 2, offered), leg("2", 1, offered)]);
    let again = run("2026-02-02T00:00:00Z", "b", &[leg("1", 2, offered), leg("1", 1, offered)]);
    assert_eq!((again.kept, again.superseded), (0, 0));
    let other = run("2026-02-03T00:00:00Z", "c", &[leg("1", 1, offered)]);
    assert_eq!((other.kept, other.superseded), (1, 2));
}

#[test]
fn tables_without_a_month_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let rate = |value: &str| RateRow {
        what: "USD/PHP".to_owned(),
        date: "2026-01-04".parse().unwrap(),
        value: value.parse().unwrap(),
        source: None,
    };
    for (when, value) in [("2026-02-01T00:00:00Z", "58.25"), ("2026-02-02T00:00:00Z", "58.5")] {
        let mut import = lake.import(about("bank", when)).unwrap();
        import.take(Table::Rates, &rates_batch(&[rate(value)])).unwrap();
        import.commit(file(value), "").unwrap();
    }
    let state = lake.state().unwrap();
    let rows: u64 = lake.parts(&state, Table::Rates).unwrap().iter().map(|part| part.rows).sum();
    assert_eq!(rows, 2);
}

#[test]
fn a_dropped_import_has_not_happened() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let mut import = lake.import(about("pbx", "2026-02-01T00:00:00Z")).unwrap();
    import.take(Table::Contacts, &contacts_batch(&[contact("1", "2026-01-05T10:00:00Z", 1)])).unwrap();
    drop(import);
    assert_eq!(lake.state().unwrap().number, 0);
    assert!(rows(&lake).is_empty());
}

#[test]
fn text_is_carried_to_the_next_import_of_the_source_alone() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let first = lake.import(about("pbx", "2026-02-01T00:00:00Z")).unwrap();
    // One that began before this one ended did not see what it leaves.
    let overtaken = lake.import(about("pbx", "2026-02-01T00:00:00Z")).unwrap();
    first.commit(file("a"), "a call that runs").unwrap();
    assert_eq!(lake.import(about("pbx", "2026-02-02T00:00:00Z")).unwrap().carried(), "a call that runs");
    assert_eq!(lake.import(about("other", "2026-02-02T00:00:00Z")).unwrap().carried(), "");
    assert!(matches!(overtaken.commit(file("b"), ""), Err(LakeError::Overtaken { .. })));
    lake.import(about("pbx", "2026-02-02T00:00:00Z")).unwrap().commit(file("c"), "").unwrap();
    assert_eq!(lake.import(about("pbx", "2026-02-03T00:00:00Z")).unwrap().carried(), "");
}

#[test]
fn writers_at_once_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let url = folder.path().join("lake");
    // Each of four brings ten calls of its own and ten that all bring, in three imports.
    thread::scope(|scope| {
        for writer in 0..4 {
            let url = url.clone();
            scope.spawn(move || {
                let lake = Lake::open(url.to_str().unwrap()).unwrap();
                for round in 0..3 {
                    let own =
                        (0..10).map(|call| contact(&format!("{writer}-{round}-{call}"), "2026-01-05T10:00:00Z", 1));
                    let shared = (0..10).map(|call| contact(&format!("all-{call}"), "2026-01-05T11:00:00Z", 2));
                    let contacts: Vec<ContactRow> = own.chain(shared).collect();
                    let digest = format!("{writer}-{round}");
                    import(&lake, about("pbx", "2026-02-01T00:00:00Z"), &digest, &contacts);
                }
            });
        }
    });
    let rows = rows(&lake);
    assert_eq!(rows.len(), 4 * 3 * 10 + 10);
    assert!(rows.iter().all(|row| row.2.is_none()));
    assert_eq!(lake.state().unwrap().number, 12);
}

#[test]
fn other_folders_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("thesis.txt"), "mine").unwrap();
    let error = Lake::open_or_create(folder.path().to_str().unwrap()).unwrap_err();
    assert!(matches!(error, LakeError::NotEmpty { .. }), "{error}");
    assert!(matches!(Lake::open(folder.path().to_str().unwrap()), Err(LakeError::NoLake { .. })));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn instants_that_no_calendar_shows_are_kept_without_a_month() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let of = |id: &str, offered| ContactRow { talk: Some(1), offered_at: offered, ..ContactRow::of("pbx", id, "cebu") };
    let contacts = [
        of("1", None),
        of("2", Some(Instant(i64::MAX))),
        of("3", Some(Instant(i64::MIN))),
        of("4", Some(at("2026-01-05T10:00:00Z"))),
    ];
    import(&lake, about("pbx", "2026-02-01T00:00:00Z"), "a", &contacts);
    let months: Vec<_> = rows(&lake).into_iter().map(|row| row.3).collect();
    assert_eq!(months, [None, None, None, Some("2026-01".to_owned())]);
}
