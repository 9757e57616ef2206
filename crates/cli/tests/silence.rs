//! A mistake is never a smaller bill in silence: each has a finding, a note, or an exit code that is not 0.

#![allow(clippy::unwrap_used)]

mod pages;
mod records;

use std::path::Path;

use pages::{Answer, longshore, put};

const CONTRACT: &str = include_str!("../../../examples/phone-support/contracts/bluegrass-overflow.toml");
const PROVIDER: &str = "bluegrass-answering";
const PROGRAM: &str = "retail-support";
const AGENT_MONTHS: &str = "[[charge]]\nname = 'agents'\nunit = 'agent-month'\neach = '100'\nprorate = 'day'\n";
const YEARLY: &str = "[[minimum]]\nname = 'commitment'\non = ['answered minutes']\namount = '9000'\nper = 'year'\n";
const TAKE_OR_PAY: &str = "[[minimum]]\nname = 'take or pay'\non = ['answered minutes']\nvolume = '90% of forecast'\n\
                           shortfall_each = '0.30'\n";
const RATE: &[&str] = &["rate", "jan", "mar", "--contract", "contract.toml", "--month", "2027-01"];
const RATE_ALL: &[&str] = &["rate", "jan", "mar", "--contract", "contract.toml", "--all-months"];
const COUNT: &[&str] = &["count", "contract.toml", "jan", "mar"];
const COMPARE: &[&str] = &["compare", "case", "--runs", "1"];
const PRICE: &[&str] = &["price", "contract.toml", "--quantities", "quantities.csv"];

/// The sound files: a contract, two months of records with a month between them, quantities.
fn sound(folder: &Path) {
    put(folder, "contract.toml", CONTRACT);
    month(folder, "jan", "2027-01-01", "2027-01-31");
    month(folder, "mar", "2027-03-01", "2027-03-31");
    put(folder, "quantities.csv", "month,charge,group,rows,quantity\n2027-01,answered minutes,,1,8\n");
}

fn month(folder: &Path, name: &str, first_day: &str, last_day: &str) {
    let folder = folder.join(name);
    records::contacts(&folder, &[records::contact(PROVIDER, Some(PROGRAM), first_day)]);
    records::manifest(&folder, first_day, last_day, None);
}

struct Mistake {
    what: &'static str,
    make: fn(&Path),
    arguments: &'static [&'static str],
    /// What is said of it.
    says: &'static str,
}

fn contract(folder: &Path, from: &str, to: &str) {
    assert!(CONTRACT.contains(from));
    put(folder, "contract.toml", &CONTRACT.replace(from, to));
}

fn agents(folder: &Path) {
    put(folder, "contract.toml", &format!("{CONTRACT}\n{AGENT_MONTHS}"));
    records::register(&folder.join("jan"), PROVIDER, Some(PROGRAM));
}

/// The shipped case, with a text in one of its files replaced.
fn case(folder: &Path, file: &str, from: &str, to: &str) {
    pages::copy(&pages::checkout().join("examples/phone-support"), &folder.join("case"));
    let path = folder.join("case").join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    std::fs::write(path, text.replace(from, to)).unwrap();
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        what: "a misspelt provider",
        make: |folder| contract(folder, PROVIDER, "Bluegrass-answering"),
        arguments: RATE,
        says: "R002",
    },
    Mistake {
        what: "a misspelt provider, counted",
        make: |folder| contract(folder, PROVIDER, "Bluegrass-answering"),
        arguments: COUNT,
        says: "R002",
    },
    Mistake {
        what: "a misspelt program",
        make: |folder| contract(folder, PROGRAM, "retail support"),
        arguments: RATE,
        says: "R002",
    },
    Mistake {
        what: "a misspelt queue",
        make: |folder| contract(folder, "when = { ", "when = { queue = 'ordres', "),
        arguments: RATE,
        says: "no row is counted for `answered minutes`",
    },
    Mistake {
        what: "a month after the term",
        make: |_| {},
        arguments: &["rate", "jan", "--contract", "contract.toml", "--month", "2028-01"],
        says: "2028-01 lies outside every term",
    },
    Mistake {
        what: "quantities of a month after the term",
        make: |folder| {
            put(folder, "quantities.csv", "month,charge,group,rows,quantity\n2028-01,answered minutes,,1,8\n")
        },
        arguments: PRICE,
        says: "2028-01",
    },
    Mistake {
        what: "a month to price before the term",
        make: |_| {},
        arguments: &["price", "contract.toml", "--quantities", "quantities.csv", "--month", "2026-12"],
        says: "2026-12 lies outside every term",
    },
    Mistake {
        what: "a month between the records' days",
        make: |_| {},
        arguments: &["rate", "jan", "mar", "--contract", "contract.toml", "--month", "2027-02"],
        says: "nothing of 2027-02",
    },
    Mistake { what: "all months, with one missing", make: |_| {}, arguments: RATE_ALL, says: "2027-02 is left out" },
    Mistake {
        what: "records that are named twice",
        make: |_| {},
        arguments: &["rate", "jan", "jan", "--contract", "contract.toml", "--month", "2027-01"],
        says: "named twice",
    },
    Mistake {
        what: "a copy of the records",
        make: |folder| month(folder, "copy", "2027-01-01", "2027-01-31"),
        arguments: &["rate", "jan", "copy", "--contract", "contract.toml", "--month", "2027-01"],
        says: "both cover 2027-01-01",
    },
    Mistake {
        what: "two runs of a simulation",
        make: |folder| records::manifest(&folder.join("mar"), "2027-03-01", "2027-03-31", Some(2)),
        arguments: RATE,
        says: "of another run",
    },
    Mistake {
        what: "two registers",
        make: |folder| {
            agents(folder);
            records::register(&folder.join("mar"), PROVIDER, Some(PROGRAM));
        },
        arguments: RATE,
        says: "would count twice",
    },
    Mistake {
        what: "a register of which nobody knows until when it is known",
        make: |folder| {
            agents(folder);
            std::fs::remove_file(folder.join("jan/manifest.json")).unwrap();
        },
        arguments: &["rate", "jan", "--contract", "contract.toml", "--all-months"],
        says: "no manifest says until when",
    },
    Mistake {
        what: "a month without rows, and no manifest",
        make: |folder| std::fs::remove_file(folder.join("jan/manifest.json")).unwrap(),
        arguments: &["rate", "jan", "--contract", "contract.toml", "--month", "2027-05"],
        says: "no row of the records is counted in 2027-05",
    },
    Mistake {
        what: "a manifest that is no text",
        make: |folder| std::fs::write(folder.join("jan/manifest.json"), b"{\xff}").unwrap(),
        arguments: RATE,
        says: "not UTF-8",
    },
    Mistake {
        what: "another header of the quantities",
        make: |folder| {
            put(folder, "quantities.csv", "month,charge,group,rows,minutes\n2027-01,answered minutes,,1,8\n")
        },
        arguments: PRICE,
        says: "error",
    },
    Mistake {
        what: "a cell too many in the quantities",
        make: |folder| {
            put(folder, "quantities.csv", "month,charge,group,rows,quantity\n2027-01,answered minutes,,1,8,9\n")
        },
        arguments: PRICE,
        says: "this line has 6 cells",
    },
    Mistake {
        what: "quantities that begin in the middle of a year that a minimum is of",
        make: |folder| {
            put(folder, "contract.toml", &format!("{CONTRACT}\n{YEARLY}"));
            put(folder, "quantities.csv", "month,charge,group,rows,quantity\n2027-04,answered minutes,,1,8\n");
        },
        arguments: PRICE,
        says: "`commitment` depends on earlier months, and the file has no quantities of 2027-01 to 2027-03",
    },
    Mistake {
        what: "a forecast of the program and of its queues",
        make: |folder| {
            put(folder, "contract.toml", &format!("{CONTRACT}\n{TAKE_OR_PAY}"));
            records::forecast(&folder.join("jan"), PROGRAM, &[None, Some("orders")]);
        },
        arguments: RATE,
        says: "the forecast tells contacts of `retail-support` twice from 2027-01-04",
    },
    Mistake {
        what: "an empty list of programs",
        make: |folder| contract(folder, "[\"retail-support\"]", "[]"),
        arguments: RATE,
        says: "list is empty",
    },
    Mistake {
        what: "an empty list of outcomes",
        make: |folder| contract(folder, "[\"answered\"]", "[]"),
        arguments: RATE,
        says: "empty list",
    },
    Mistake {
        what: "a contract missing from an option",
        make: |folder| {
            case(folder, "options/overflow-only.toml", "contracts = [\"contracts/bluegrass-overflow.toml\"]", "")
        },
        arguments: COMPARE,
        says: "B009",
    },
    Mistake {
        what: "a misspelt queue in an option",
        make: |folder| case(folder, "options/overflow-only.toml", "queue = \"orders\"", "queue = \"ordres\""),
        arguments: COMPARE,
        says: "B006",
    },
    Mistake {
        what: "a misspelt program in a case's contract",
        make: |folder| case(folder, "contracts/bluegrass-overflow.toml", PROGRAM, "retail-suport"),
        arguments: COMPARE,
        says: "B010",
    },
    Mistake {
        what: "a misspelt provider in a case's contract",
        make: |folder| case(folder, "contracts/bluegrass-overflow.toml", PROVIDER, "bluegras-answering"),
        arguments: COMPARE,
        says: "B010",
    },
];

#[test]
fn no_mistake_is_a_smaller_bill_in_silence() {
    let mut silent = Vec::new();
    for mistake in MISTAKES {
        let folder = tempfile::tempdir().unwrap();
        sound(folder.path());
        (mistake.make)(folder.path());
        let Answer { out, err, .. } = longshore(folder.path(), mistake.arguments);
        if !err.contains(mistake.says) {
            silent.push(format!("{}: {:?} is not in\n{err}\n{out}", mistake.what, mistake.says));
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn sound_files_have_nothing_said_of_them() {
    let folder = tempfile::tempdir().unwrap();
    sound(folder.path());
    for arguments in [RATE, COUNT, PRICE] {
        let answer = longshore(folder.path(), arguments);
        assert!(answer.success && answer.err.is_empty(), "{arguments:?}\n{}", answer.err);
        assert!(!answer.out.contains(" 0 rows of answered"), "{}", answer.out);
    }
}

/// A forecast by queues, or by the program in other hours, is one.
#[test]
fn a_forecast_by_queues_is_added_up() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    sound(folder);
    put(folder, "contract.toml", &format!("{CONTRACT}\n{TAKE_OR_PAY}"));
    let rate = ["rate", "jan", "--contract", "contract.toml", "--month", "2027-01"];
    records::forecast(&folder.join("jan"), PROGRAM, &[Some("advice"), Some("orders")]);
    let answer = longshore(folder, &rate);
    assert!(answer.success && answer.out.contains("take or pay"), "{}{}", answer.out, answer.err);
    put(folder, "contract.toml", &format!("{CONTRACT}\n{TAKE_OR_PAY}forecast = ['orders']\n"));
    records::forecast(&folder.join("jan"), PROGRAM, &[None, Some("orders")]);
    let answer = longshore(folder, &rate);
    assert!(answer.success && answer.out.contains("take or pay"), "{}{}", answer.out, answer.err);
}

/// A provider that is in the records, and had nothing to do in one of the tables.
#[test]
fn a_table_without_rows_of_the_contract_is_a_note_where_another_has_some() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    sound(folder);
    agents(folder);
    records::contacts(&folder.join("jan"), &[records::contact("heartland", Some(PROGRAM), "2027-01-05")]);
    let answer = longshore(folder, &["rate", "jan", "--contract", "contract.toml", "--month", "2027-01"]);
    assert!(answer.success, "{}", answer.err);
    assert!(answer.err.contains("note: no row of `contacts` is of `bluegrass-answering`"), "{}", answer.err);
}

#[test]
fn findings_are_told_once_and_not_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    put(folder, "wrong.toml", "provider = 3\n");
    let answer = longshore(folder, &["check", "wrong.toml", "--json"]);
    assert!(!answer.success && answer.err.is_empty(), "{}", answer.err);
    assert!(answer.out.contains("\"line\": 1"), "{}", answer.out);
    #[cfg(target_os = "linux")]
    {
        let endless = longshore(folder, &["check", "/dev/zero"]);
        assert!(!endless.success && endless.err.contains("larger than 64 MiB"), "{}", endless.err);
    }
    let lost =
        ["erlang", "--model", "b", "--contacts", "100/h", "--handle", "3m", "--agents", "9", "--threshold", "5s"];
    assert!(longshore(folder, &lost).err.contains("in model b nobody waits"));
}

/// A damaged file is refused in one line, without what the decoder says of itself.
#[test]
fn damaged_records_are_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    sound(folder);
    let path = folder.join("jan/contacts/part-0.parquet");
    let whole = std::fs::read(&path).unwrap();
    let footer =
        whole.len() - 8 - u32::from_le_bytes(whole[whole.len() - 8..whole.len() - 4].try_into().unwrap()) as usize;
    for at in (footer..whole.len()).step_by(151) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        std::fs::write(&path, damaged).unwrap();
        let answer = longshore(folder, COUNT);
        assert!(
            !answer.err.contains("panicked") && !answer.err.contains("mistake in longshore"),
            "{at}: {}",
            answer.err
        );
    }
}

/// Of several wrong files the first is named, on any number of threads.
#[test]
fn the_first_failure_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    sound(folder);
    for (name, day) in [("jan", "2027-01-01"), ("mar", "2027-03-01")] {
        let mut row = records::contact(PROVIDER, Some(PROGRAM), day);
        row.talk = Some(-1);
        records::contacts(&folder.join(name), &[row]);
    }
    for threads in ["1", "2", "4"].repeat(10) {
        let answer = longshore(folder, &[COUNT, &["--threads", threads]].concat());
        assert!(answer.err.starts_with("error: `jan/contacts/part-0.parquet`: row 0"), "{}", answer.err);
    }
}
