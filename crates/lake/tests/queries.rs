//! What a lake answers, and that its upkeep changes no answer.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use longshore_contacts::{ContactRow, LegRow, Outcome, Table, contacts_batch, legs_batch};
use longshore_lake::{About, Lake, LakeError, Means, View, json_rows, text_rows};
use longshore_units::Instant;

fn at(text: &str) -> Instant {
    Instant(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

fn contact(id: &str, offered: &str) -> ContactRow {
    let offered = at(offered);
    ContactRow {
        first_queue: Some("support".to_owned()),
        offered_at: Some(offered),
        answered_at: Some(offered),
        ended_at: Some(offered),
        talk: Some(60_000),
        outcome: Some(Outcome::Answered),
        ..ContactRow::of("pbx", id, "cebu")
    }
}

fn import(lake: &Lake, when: &str, contacts: &[ContactRow], legs: &[LegRow]) {
    let about = About {
        format: "table".to_owned(),
        source: "pbx".to_owned(),
        reading: String::new(),
        zone: "UTC".to_owned(),
        at: at(when),
    };
    let mut import = lake.import(about).unwrap();
    import.take(Table::Contacts, &contacts_batch(contacts)).unwrap();
    import.take(Table::Legs, &legs_batch(legs)).unwrap();
    import.commit(Vec::new(), "").unwrap();
}

fn new_lake(folder: &Path) -> Lake {
    Lake::open_or_create(folder.join("lake").to_str().unwrap()).unwrap()
}

fn view(lake: &Lake, known: Option<&str>) -> View {
    lake.view(lake.state().unwrap(), known.map(at), Means { threads: 2, ..Means::default() }).unwrap()
}

fn answer(view: &View, query: &str) -> Vec<Vec<String>> {
    let batches = view.sql(query).unwrap();
    let rows = batches.flat_map(|batch| text_rows(&batch.unwrap()).unwrap());
    rows.map(|row| row.into_iter().map(|cell| cell.unwrap_or_else(|| "null".to_owned())).collect()).collect()
}

#[test]
fn a_lake_is_asked_as_it_was_known() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let first = contact("1", "2026-01-05T10:00:00Z");
    import(&lake, "2026-02-01T00:00:00Z", &[first.clone(), contact("2", "2026-01-06T10:00:00Z")], &[]);
    import(&lake, "2026-02-10T00:00:00Z", &[ContactRow { talk: Some(90_000), ..first }], &[]);
    let talk = "select sum(talk) from contacts";
    assert_eq!(answer(&view(&lake, None), talk), [["150000"]]);
    assert_eq!(answer(&view(&lake, Some("2026-02-09T00:00:00Z")), talk), [["120000"]]);
    assert_eq!(answer(&view(&lake, Some("2026-01-31T00:00:00Z")), talk), [["null"]]);
    assert_eq!(answer(&view(&lake, None), "select count(*) from contacts_history"), [["3"]]);
    assert_eq!(view(&lake, None).rows(Table::Contacts).unwrap(), 3);
    // As it was known, nothing was replaced yet.
    let replaced = "select count(*) from contacts where superseded_at is not null";
    assert_eq!(answer(&view(&lake, Some("2026-02-09T00:00:00Z")), replaced), [["0"]]);
}

#[test]
fn a_view_stays_what_it_was_when_more_comes() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    import(&lake, "2026-02-01T00:00:00Z", &[contact("1", "2026-01-05T10:00:00Z")], &[]);
    let before = view(&lake, None);
    import(&lake, "2026-02-02T00:00:00Z", &[contact("2", "2026-01-05T10:00:00Z")], &[]);
    assert_eq!(answer(&before, "select count(*) from contacts"), [["1"]]);
    assert_eq!(answer(&view(&lake, None), "select count(*) from contacts"), [["2"]]);
}

#[test]
fn answers_are_the_same_whatever_files_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let contacts: Vec<ContactRow> = (0..90)
        .map(|day| contact(&day.to_string(), &format!("2026-{:02}-{:02}T10:00:00Z", 1 + day / 28, 1 + day % 28)))
        .collect();
    import(&lake, "2026-06-01T00:00:00Z", &contacts, &[]);
    assert_eq!(lake.parts(&lake.state().unwrap(), Table::Contacts).unwrap().len(), 4);
    let view = view(&lake, None);
    for (condition, count) in [
        ("month = '2026-02'", "28"),
        ("offered_at >= '2026-03-01T00:00:00Z'", "34"),
        ("offered_at < '2026-01-01T00:00:00Z'", "0"),
        ("offered_at is null", "0"),
        ("month > '2026-01' and contact_id = '30'", "1"),
        ("source = 'pbx' and provider = 'cebu'", "90"),
        ("source = 'other'", "0"),
    ] {
        let query = format!("select count(*) from contacts_history where {condition}");
        assert_eq!(answer(&view, &query), [[count]], "{condition}");
    }
    // What is not asked for is not read: the files of other months are gone, and nobody minds.
    for part in lake.parts(&lake.state().unwrap(), Table::Contacts).unwrap() {
        if part.month.as_deref() != Some("2026-02") {
            std::fs::remove_file(folder.path().join("lake").join(&part.path)).unwrap();
        }
    }
    assert_eq!(
        answer(&view, "select count(*), sum(talk) from contacts_history where month = '2026-02'"),
        [["28", "1680000"]]
    );
    assert!(view.sql("select sum(talk) from contacts").unwrap().any(|batch| batch.is_err()));
}

#[test]
fn upkeep_changes_no_answer_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    for day in 1..=5 {
        let offered = format!("2026-01-{day:02}T10:00:00Z");
        let contacts = [contact(&day.to_string(), &offered), contact("again", "2026-01-01T09:00:00Z")];
        let talk = ContactRow { talk: Some(day), ..contacts[1].clone() };
        import(
            &lake,
            &format!("2026-02-{day:02}T00:00:00Z"),
            &[contacts[0].clone(), talk],
            &[LegRow { offered_at: Some(at(&offered)), ..LegRow::of("pbx", day.to_string(), 1) }],
        );
    }
    // One that did not end leaves a file.
    let about = About {
        format: "table".to_owned(),
        source: "pbx".to_owned(),
        reading: String::new(),
        zone: "UTC".to_owned(),
        at: at("2026-02-07T00:00:00Z"),
    };
    let mut dropped = lake.import(about).unwrap();
    let many: Vec<ContactRow> = (0..300_000).map(|id| contact(&format!("d{id}"), "2026-01-05T10:00:00Z")).collect();
    dropped.take(Table::Contacts, &contacts_batch(&many)).unwrap();
    drop(dropped);
    let all = "select contact_id, talk, delivered_at, superseded_at from contacts_history order by 1, 3";
    let before = answer(&view(&lake, None), all);
    assert_eq!(before.len(), 10);
    let compacted = lake.compact(at("2026-03-01T00:00:00Z")).unwrap();
    assert!(compacted.after < compacted.before, "{compacted:?}");
    assert_eq!(answer(&view(&lake, None), all), before);
    assert_eq!(lake.compact(at("2026-03-01T00:00:00Z")).unwrap().before, 0);
    // Files of the days after an instant are kept.
    assert_eq!(lake.expire(at("2026-01-01T00:00:00Z")).unwrap().files, 0);
    let now = Instant(jiff::Timestamp::now().as_microsecond() + 1_000_000);
    let expired = lake.expire(now).unwrap();
    assert!(5 < expired.files, "{expired:?}");
    assert_eq!(answer(&view(&lake, None), all), before);
    let state = lake.state().unwrap();
    let parts: usize = Table::ALL.iter().map(|table| lake.parts(&state, *table).unwrap().len()).sum();
    assert_eq!(parquet_files(&folder.path().join("lake")), parts);
}

#[test]
fn an_import_whose_files_were_expired_does_not_happen() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let about = About {
        format: "table".to_owned(),
        source: "pbx".to_owned(),
        reading: String::new(),
        zone: "UTC".to_owned(),
        at: at("2026-02-01T00:00:00Z"),
    };
    let mut import = lake.import(about).unwrap();
    let many: Vec<ContactRow> = (0..300_000).map(|id| contact(&id.to_string(), "2026-01-05T10:00:00Z")).collect();
    import.take(Table::Contacts, &contacts_batch(&many)).unwrap();
    // The file is written beside, and deleted once it is there.
    let deleted = |_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        lake.expire(Instant(jiff::Timestamp::now().as_microsecond() + 1_000_000)).unwrap().files
    };
    assert_eq!((0..2000).map(deleted).find(|files| *files != 0), Some(1));
    assert!(matches!(import.commit(Vec::new(), ""), Err(LakeError::Expired { .. })));
    assert_eq!(lake.state().unwrap().number, 0);
}

fn parquet_files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            if path.is_dir() {
                parquet_files(&path)
            } else {
                usize::from(path.extension().is_some_and(|end| end == "parquet"))
            }
        })
        .sum()
}

#[test]
fn sources_holes_and_what_contradicts_itself_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    let contacts = [
        contact("1", "2026-01-05T10:00:00Z"),
        ContactRow { legs: Some(1), ..contact("2", "2026-01-06T10:00:00Z") },
        ContactRow { legs: Some(2), ..contact("3", "2026-01-10T10:00:00Z") },
        ContactRow { answered_at: None, ..contact("4", "2026-01-10T10:00:00Z") },
        ContactRow { outcome: Some(Outcome::Abandoned), ..contact("5", "2026-01-12T10:00:00Z") },
        ContactRow { outcome: None, ended_at: None, ..contact("6", "2026-01-12T10:00:00Z") },
    ];
    let leg = |id: &str| LegRow { offered_at: Some(at("2026-01-06T10:00:00Z")), ..LegRow::of("pbx", id, 1) };
    import(&lake, "2026-02-01T00:00:00Z", &contacts, &[leg("2"), leg("3")]);
    let view = view(&lake, None);
    let sources = view.sources().unwrap();
    let day = |day: &str| format!("2026-01-{day}");
    assert_eq!(sources[0].days, Some((day("05"), day("12"))));
    assert_eq!(sources[0].holes, [(day("07"), day("09")), (day("11"), day("11"))]);
    let conservation = view.conservation().unwrap();
    assert_eq!((conservation.arrivals, conservation.open), (6, 1));
    let broken: Vec<_> = conservation.broken.iter().map(|broken| (broken.law, broken.rows)).collect();
    let expected = [
        ("answered, but not when", 1),
        ("without an answer, and yet answered", 1),
        ("another number of legs than it claims", 1),
    ];
    assert_eq!(broken, expected);
    let (queue, from) = (Some("support".to_owned()), Some("2026-01-10T10:00:00Z".to_owned()));
    assert_eq!(conservation.broken[0].places, [(queue, from, 1)]);
    assert_eq!(conservation.broken[0].contacts, [("pbx".to_owned(), "4".to_owned())]);
    let tables = lake.tables(&view).unwrap();
    assert_eq!((tables[0].rows, tables[0].superseded, tables[0].files), (6, 0, 1));
}

#[test]
fn numbers_are_numbers_in_json_and_nothing_is_changed_by_asking() {
    let folder = tempfile::tempdir().unwrap();
    let lake = new_lake(folder.path());
    import(&lake, "2026-02-01T00:00:00Z", &[contact("1", "2026-01-05T10:00:00Z")], &[]);
    let view = view(&lake, None);
    let batch = view
        .sql("select contact_id, talk, wrap, answered_at, true as t from contacts")
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let row = &json_rows(&batch).unwrap()[0];
    assert_eq!(
        row.to_string(),
        r#"{"answered_at":"2026-01-05T10:00:00Z","contact_id":"1","t":true,"talk":60000,"wrap":null}"#
    );
    for query in
        ["delete from contacts", "create view v as select 1", "copy contacts to 'x.csv'", "set a = 1", "selekt"]
    {
        assert!(matches!(view.sql(query), Err(LakeError::Query(_))), "{query}");
    }
}
