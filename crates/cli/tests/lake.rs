//! Lakes as a user has them: what is imported into one is there once, whatever happens meanwhile.

#![cfg(feature = "lake")]
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says how much it tried.

mod logs;

use std::path::Path;
use std::process::Stdio;

use logs::{command, contents, import, log, logs, longshore, path, succeeds};

/// How many files there are below a folder.
fn files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let of_entry = |entry: std::io::Result<std::fs::DirEntry>| match entry {
        Ok(entry) if entry.path().is_dir() => files(&entry.path()),
        Ok(_) => 1,
        Err(_) => 0,
    };
    entries.map(of_entry).sum()
}

#[test]
fn killed_anywhere_an_import_has_happened_or_not_and_the_next_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (days, key) = (logs(folder.path(), 3), folder.path().join("key"));
    let whole = folder.path().join("whole");
    for day in &days {
        succeeds(&import(path(&whole), &key, day));
    }
    let expected = contents(path(&whole));

    // Each import is killed after its first new file, its second, and so on, until one gets through.
    let lake = folder.path().join("killed");
    let mut kills = 0;
    for day in &days {
        for more in 1.. {
            let reached = files(&lake) + more;
            let mut child =
                command(&import(path(&lake), &key, day)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let ended = loop {
                if let Some(status) = child.try_wait().unwrap() {
                    break Some(status);
                }
                if reached <= files(&lake) {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    break None;
                }
            };
            match ended {
                Some(status) => {
                    assert!(status.success());
                    break;
                }
                None => kills += 1,
            }
            // Whatever is there reads: the tables, and what they hold.
            let seen = longshore(&["lake", path(&lake), "--json"]);
            let no_lake = String::from_utf8_lossy(&seen.stderr).contains("is no lake");
            assert!(seen.status.success() || no_lake, "{}", String::from_utf8_lossy(&seen.stderr));
        }
    }
    println!("{kills} imports were killed");
    assert!(10 < kills, "{kills}");
    assert_eq!(contents(path(&lake)), expected);
    assert_eq!(expected.lines().filter(|line| line.contains("answered")).count(), expected.matches("answered").count());
}

#[test]
fn days_cut_anywhere_come_to_what_they_are_together() {
    let folder = tempfile::tempdir().unwrap();
    let (days, key) = (logs(folder.path(), 2), folder.path().join("key"));
    let (apart, together) = (folder.path().join("apart"), folder.path().join("together"));
    for day in &days {
        succeeds(&import(path(&apart), &key, day));
    }
    succeeds(&[import(path(&together), &key, &days[0]), vec![path(&days[1])]].concat());
    assert_eq!(contents(path(&apart)), contents(path(&together)));
    // The call over midnight ran when the first day was imported, which is known.
    let query = "select outcome from contacts_history where contact_id = '0.719' order by delivered_at";
    assert_eq!(succeeds(&["sql", path(&apart), query, "--csv"]), "outcome\n\"\"\nanswered\n");
    assert_eq!(succeeds(&["sql", path(&together), query, "--csv"]), "outcome\nanswered\n");
    // So is it in figures: all was delivered today, and nothing on the day before the log.
    let kpi = |more: &[&str]| succeeds(&[&["kpi", path(&apart), "--json", "--show", "service"], more].concat());
    assert!(kpi(&[]).contains("\"contacts\": 1440"));
    assert!(kpi(&["--as-known", "2026-02-28"]).contains("\"contacts\": 0"));
    // The same again, overlapping exports, and small files brought together: no row changes.
    let before = contents(path(&apart));
    succeeds(&[import(path(&apart), &key, &days[1]), vec![path(&days[0])]].concat());
    let overlapping = folder.path().join("overlapping");
    std::fs::write(&overlapping, [log(0), log(1)].concat()).unwrap();
    succeeds(&import(path(&apart), &key, &overlapping));
    assert_eq!(contents(path(&apart)), before);
    succeeds(&["lake", path(&apart), "--compact", "--expire", "0"]);
    assert_eq!(contents(path(&apart)), before);
}

#[test]
fn a_lake_counts_and_measures_what_a_record_folder_does() {
    let folder = tempfile::tempdir().unwrap();
    let (days, key) = (logs(folder.path(), 2), folder.path().join("key"));
    let (lake, records) = (folder.path().join("lake"), folder.path().join("records"));
    let files = [path(&days[0]), path(&days[1])];
    let of = ["import", "--from", "asterisk-queue-log", "--provider", "cebu", "--key", path(&key)];
    succeeds(&[&of[..], &["--into", path(&lake)], &files].concat());
    succeeds(&[&of[..], &["--out", path(&records)], &files].concat());
    let contract = folder.path().join("contract.toml");
    let text = "provider = 'cebu'\ncurrency = 'USD'\ntime_zone = 'America/New_York'\nstarts = 2026-03-01\nends = 2026-03-31\n\
                [[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '6s'\neach = '0.95'\n\
                [[charge]]\nname = 'hours'\ngrain = 'agent_time'\nunit = 'hour'\nwhen = { state = ['talking'] }\neach = '9'\n";
    std::fs::write(&contract, text).unwrap();
    let counted = |source: &Path, more: &[&str]| {
        let json = succeeds(&[&["count", path(&contract), path(source), "--json"], more].concat());
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        (json["hash"].as_str().unwrap().to_owned(), json["counts"].clone(), json["rows"].clone())
    };
    let of_folder = counted(&records, &[]);
    assert_ne!(of_folder.2, 0);
    // Within the engine; in memory, in another order; and by the slow counter.
    assert_eq!(counted(&lake, &[]), of_folder);
    assert_eq!(counted(&lake, &["--threads", "1"]), of_folder);
    assert_eq!(counted(&lake, &["--shuffle", "7"]), of_folder);
    assert_eq!(counted(&lake, &["--oracle"]).0, of_folder.0);
    let kpi = |source: &Path, more: &[&str]| {
        let days = ["--from", "2026-03-01", "--to", "2026-03-02"];
        let of = ["kpi", path(source), "--by", "queue,hour", "--zone", "UTC", "--json"];
        succeeds(&[&of[..], &days, more].concat())
    };
    let of_folder = kpi(&records, &[]);
    assert!(of_folder.contains("no_repeat_1d"));
    // Also where memory holds no customer's contacts.
    let from_disk = ["--memory", "0", "--threads", "3"];
    for (source, more) in [(&lake, &[][..]), (&lake, &from_disk), (&records, &from_disk)] {
        assert!(kpi(source, more) == of_folder, "{} {more:?}: other figures than the folder's", source.display());
    }
}

#[test]
fn what_is_not_the_format_makes_no_lake() {
    let folder = tempfile::tempdir().unwrap();
    let (_, key) = (logs(folder.path(), 1), folder.path().join("key"));
    let (lake, other) = (folder.path().join("lake"), folder.path().join("other"));
    std::fs::write(&other, "a,b\n1,2\n".repeat(200)).unwrap();
    let output = longshore(&import(path(&lake), &key, &other));
    assert_eq!(output.status.code(), Some(2), "{}", logs::text(&output));
    assert!(!lake.exists());
    // What is no lake, and not empty, is let alone.
    std::fs::create_dir(&lake).unwrap();
    std::fs::write(lake.join("letter.txt"), "Dear all").unwrap();
    let output = longshore(&import(path(&lake), &key, &folder.path().join("queue_log.0")));
    assert_eq!(output.status.code(), Some(2), "{}", logs::text(&output));
    assert_eq!(files(&lake), 1);
}

#[test]
fn questions_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (days, key) = (logs(folder.path(), 1), folder.path().join("key"));
    let lake = folder.path().join("lake");
    succeeds(&import(path(&lake), &key, &days[0]));
    let before = files(&lake);
    let target = folder.path().join("copy.csv");
    let copy = format!("copy contacts to '{}'", path(&target));
    for query in
        ["drop table contacts", "insert into rates values (1)", "create table a as select 1", "set x = 1", &copy]
    {
        let output = longshore(&["sql", path(&lake), query]);
        assert_eq!(output.status.code(), Some(2), "{query}");
    }
    assert_eq!(files(&lake), before);
    assert!(!target.exists());
    assert_eq!(longshore(&["sql", path(&folder.path().join("nowhere")), "select 1"]).status.code(), Some(2));
}
