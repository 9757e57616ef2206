//! Lakes on an object storage: what works in a folder works there.
//!
//! `./test` starts a storage on this machine and names a bucket of it in `LONGSHORE_TEST_STORAGE`; without one this is passed
//! over.

#![cfg(feature = "lake")]
#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says what it passes over.

mod logs;

use logs::{contents, import, logs, path, succeeds};

/// A place on the storage that nobody else uses.
fn place() -> Option<String> {
    let Ok(bucket) = std::env::var("LONGSHORE_TEST_STORAGE") else {
        eprintln!("passed over: no LONGSHORE_TEST_STORAGE");
        return None;
    };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Some(format!("{bucket}/{}-{}", std::process::id(), now.as_nanos()))
}

#[test]
fn a_lake_on_a_storage_is_one() {
    let Some(place) = place() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (days, key) = (logs(folder.path(), 2), folder.path().join("key"));
    let (there, here) = (format!("{place}/lake"), folder.path().join("lake"));
    for lake in [there.as_str(), path(&here)] {
        for day in &days {
            succeeds(&import(lake, &key, day));
        }
        assert!(succeeds(&import(lake, &key, &days[0])).contains("nothing new"));
    }
    assert_eq!(contents(&there), contents(path(&here)));
    let kpi = |lake: &str| succeeds(&["kpi", lake, "--by", "queue,day", "--zone", "UTC", "--json"]);
    assert!(kpi(&there) == kpi(path(&here)), "the figures there are not those here");
    let told = succeeds(&["lake", &there, "--compact", "--expire", "0"]);
    assert!(told.contains("transaction 3"), "{told}");
    assert!(kpi(&there) == kpi(path(&here)), "the figures there have changed");
}

#[test]
fn of_writers_at_once_none_is_lost() {
    let Some(place) = place() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (days, key) = (logs(folder.path(), 3), folder.path().join("key"));
    let (there, here) = (format!("{place}/lake"), folder.path().join("lake"));
    let source = |lake: &str, number: usize| {
        let source = format!("pbx {number}");
        let import = import(lake, &key, &days[number]);
        let mut import: Vec<String> = import.into_iter().map(str::to_owned).collect();
        import.extend(["--source".to_owned(), source]);
        succeeds(&import.iter().map(String::as_str).collect::<Vec<_>>());
    };
    source(&there, 0);
    std::thread::scope(|scope| {
        for number in [1, 2] {
            let source = &source;
            let there = &there;
            scope.spawn(move || source(there, number));
        }
    });
    (0..3).for_each(|number| source(path(&here), number));
    assert_eq!(contents(&there), contents(path(&here)));
}

#[test]
fn what_is_no_storage_is_told() {
    for (url, said) in [("http://example.org/lake", "lakes lie in folders, or at"), ("s3://", "is no place")] {
        let output = logs::longshore(&["lake", url]);
        let text = logs::text(&output);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(said) || text.contains(url), "{text}");
    }
}
