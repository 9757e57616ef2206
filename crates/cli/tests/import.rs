//! `longshore import` from end to end: what is written, what is left out and said, and that nothing is there otherwise.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use longshore_contacts::{ContactRow, LegRow, Manifest, Outcome, contact_rows, leg_rows, parquet};

const MAPPING: &str = r#"
table = "contacts"
dates = "D/M/YYYY"
[origin]
source = "acd"
provider = "Acme"
program = "care"
time_zone = "America/New_York"
[queue.Ventas]
program = "sales"
language = "es"
[columns]
contact_id = "Call"
queue = "Queue"
customer = "Caller"
offered_at = "Start"
answered_at = { from = "offered_at", plus = "wait", when = { Result = "OK" } }
ended_at = { from = "offered_at", plus = ["wait", "talk"] }
wait = "Wait"
talk = "Talk"
agent = { column = "Agent", null = "-" }
outcome = { column = "Result", words = { OK = "answered", "*" = "abandoned" } }
"#;

const CALLS: &str = "Report of March\n\n\
    Call,Start,Queue,Caller,Wait,Talk,Agent,Result\n\
    1,5/3/2027 09:00:00,Ventas,+1 555 010 0001,0:00:20,0:03:00,ann,OK\n\
    2,5/3/2027 09:10:00,Care,+1 555 010 0002,45,0,-,LOST\n\
    3,5/3/2027 9:20 PM,Care,+1 (555) 010-0001,+15550100009,0,-,LOST\n";

fn longshore(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_longshore"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("map.toml"), MAPPING).unwrap();
    fs::write(folder.path().join("calls.csv"), CALLS).unwrap();
    fs::write(folder.path().join("key"), "a key for tests only\n").unwrap();
    folder
}

/// The entries of a folder, hidden ones too.
fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn contacts(out: &Path) -> Vec<ContactRow> {
    let bytes: bytes::Bytes = fs::read(out.join("contacts/part-00000.parquet")).unwrap().into();
    let batches = parquet::read(bytes, 8192, None).unwrap();
    batches.flat_map(|batch| contact_rows(&batch.unwrap()).map(Result::unwrap).collect::<Vec<_>>()).collect()
}

fn legs(out: &Path) -> Vec<LegRow> {
    let bytes: bytes::Bytes = fs::read(out.join("legs/part-00000.parquet")).unwrap().into();
    let batches = parquet::read(bytes, 8192, None).unwrap();
    batches.flat_map(|batch| leg_rows(&batch.unwrap()).map(Result::unwrap).collect::<Vec<_>>()).collect()
}

#[test]
fn a_table_becomes_a_record_folder() {
    let folder = folder();
    let run = ["import", "--from", "table", "--mapping", "map.toml", "--key", "key", "--out", "run", "calls.csv"];
    let (out, err, code) = longshore(folder.path(), &run);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert_eq!(
        out,
        "run: 2 contacts, 2 legs\n\
         1 file, 4 rows, from 2027-03-05 to 2027-03-05\n\
         1 row not understood:\n\
         \x20        1  wait: longer than a year: is the cell a span of time, in this unit?\n\
         2 contacts = 1 answered + 1 abandoned\n\
         2 legs = 1 answered + 1 abandoned\n"
    );
    let run = folder.path().join("run");
    let rejects = fs::read_to_string(run.join("rejects.csv")).unwrap();
    assert!(rejects.starts_with("file,line,field,reason\ncalls.csv,6,wait,"), "{rejects}");
    assert!(!rejects.contains("5550100009"), "a customer's number is quoted: {rejects}");
    let manifest = Manifest::from_json(&fs::read_to_string(run.join("manifest.json")).unwrap()).unwrap();
    assert_eq!((manifest.zone.name(), manifest.first_day.to_string().as_str()), ("America/New_York", "2027-03-05"));

    let contacts = contacts(&run);
    let first = &contacts[0];
    assert_eq!((first.program.as_deref(), first.language.as_deref()), (Some("sales"), Some("es")));
    assert_eq!((first.wait, first.talk, first.outcome), (Some(20_000), Some(180_000), Some(Outcome::Answered)));
    assert_eq!(first.offered_at.unwrap().to_string(), "2027-03-05T14:00:00Z");
    assert_eq!(first.answered_at.unwrap().to_string(), "2027-03-05T14:00:20Z");
    assert_eq!(first.ended_at.unwrap().to_string(), "2027-03-05T14:03:20Z");
    let customer = first.customer.as_deref().unwrap();
    assert!(customer.len() == 32 && !customer.contains("555"), "{customer}");
    assert_eq!(contacts[1].program.as_deref(), Some("care"));
    assert_eq!((contacts[1].answered_at, contacts[1].wait), (None, Some(45_000)));
    let legs = legs(&run);
    assert_eq!(legs.iter().map(|leg| leg.agent.as_deref()).collect::<Vec<_>>(), [Some("ann"), None]);
}

#[test]
fn strict_ends_at_the_first_row_and_writes_nothing() {
    let folder = folder();
    let before = entries(folder.path());
    let arguments = [
        "import",
        "--from",
        "table",
        "--mapping",
        "map.toml",
        "--strict",
        "--rejects",
        "bad.csv",
        "--out",
        "run",
        "calls.csv",
    ];
    let (out, err, code) = longshore(folder.path(), &arguments);
    assert_eq!((out.as_str(), code), ("", Some(2)), "{err}");
    assert!(err.starts_with("error: `calls.csv` line 6, `wait`: "), "{err}");
    assert!(err.contains("nothing was written"), "{err}");
    assert_eq!(entries(folder.path()), before);
}

#[test]
fn without_a_key_rows_name_no_customer_and_rejects_go_where_they_are_asked_for() {
    let folder = folder();
    let arguments =
        ["import", "--from", "table", "--mapping", "map.toml", "--rejects", "bad.csv", "--out", "run", "calls.csv"];
    assert_eq!(longshore(folder.path(), &arguments).2, Some(0));
    assert!(contacts(&folder.path().join("run")).iter().all(|contact| contact.customer.is_none()));
    let bad = fs::read_to_string(folder.path().join("bad.csv")).unwrap();
    assert_eq!(bad, fs::read_to_string(folder.path().join("run/rejects.csv")).unwrap());
}

#[test]
fn what_is_not_the_format_leaves_nothing_behind() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("other.csv"), "a,b\n1,2\n").unwrap();
    fs::write(path.join("empty.csv"), "").unwrap();
    fs::write(path.join("cut.csv.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1]).unwrap();
    fs::write(path.join("zip.xlsx"), b"PK\x03\x04 and no more").unwrap();
    fs::write(path.join("p.parquet"), b"PAR1 and no more").unwrap();
    fs::write(path.join("random.bin"), (0..40_000u32).map(|i| ((i * 7919) >> 3) as u8).collect::<Vec<_>>()).unwrap();
    let before = entries(path);
    for (file, says) in [
        ("other.csv", "the row most like it has `a`, `b`"),
        ("empty.csv", "it is empty"),
        ("cut.csv.gz", "gzip"),
        ("zip.xlsx", "no workbook"),
        ("p.parquet", "no Parquet file, or a damaged one"),
        ("random.bin", "titles"),
        ("missing.csv", "missing.csv"),
    ] {
        let arguments = ["import", "--from", "table", "--mapping", "map.toml", "--out", "run", "calls.csv", file];
        let (out, err, code) = longshore(path, &arguments);
        assert_eq!((out.as_str(), code), ("", Some(2)), "{file}: {err}");
        assert!(err.contains(says) && err.contains(file), "{file}: {err}");
        assert_eq!(entries(path), before, "{file}");
    }
}

#[test]
fn rows_against_the_law_of_conservation_are_named() {
    let folder = folder();
    // Nobody says when call 2 ended.
    let mapping = MAPPING.replace("ended_at = { from", "ended_at = { when = { Result = \"OK\" }, from");
    fs::write(folder.path().join("map.toml"), mapping).unwrap();
    let arguments = ["import", "--from", "table", "--mapping", "map.toml", "--out", "run", "calls.csv"];
    let (out, err, code) = longshore(folder.path(), &arguments);
    assert_eq!((err.as_str(), code), ("", Some(1)), "{out}");
    assert!(out.contains("contacts row 1 (acd 2): abandoned, but `ended_at` is null"), "{out}");
    assert!(out.contains("Care, half an hour from 2027-03-05T14:00:00Z: 1 unaccounted for"), "{out}");
    assert!(folder.path().join("run/manifest.json").exists());
}

#[test]
fn folders_and_compressed_files_and_queue_logs_are_read() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir_all(path.join("logs/.hidden")).unwrap();
    let log = "1800000000|c1|care|NONE|ENTERQUEUE||5550100|1\n1800000010|c1|care|ann|CONNECT|10|u1|3\n\
               1800000070|c1|care|ann|COMPLETECALLER|10|60|1\n";
    fs::write(path.join("logs/a"), log).unwrap();
    fs::write(path.join("logs/b"), log.replace("c1|", "c2|").replace("18000", "18001")).unwrap();
    fs::write(path.join("logs/.hidden/c"), "no log at all\n").unwrap();
    let arguments = ["import", "--from", "asterisk-queue-log", "--out", "run", "logs"];
    let (_, err, code) = longshore(path, &arguments);
    assert_eq!(code, Some(2));
    assert!(err.contains("--provider NAME"), "{err}");
    let (out, err, code) = longshore(path, &[&arguments[..], &["--provider", "Acme"]].concat());
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert!(out.starts_with("run: 2 contacts, 2 legs") && out.contains("2 contacts = 2 answered"), "{out}");
    assert!(out.contains("\n2 files, ") && out.contains(", from 2027-01-15 to 2027-01-16\n"), "{out}");
    assert_eq!(contacts(&path.join("run"))[0].source, "asterisk-queue-log");
}

/// What another command makes of an imported folder.
#[test]
fn imported_records_are_counted() {
    let folder = folder();
    let path = folder.path();
    let contract = "provider = \"Acme\"\ncurrency = \"USD\"\ntime_zone = \"America/New_York\"\ncounted_at = \"offered\"\n\
        starts = 2027-01-01\nround = { at = \"line\", to = \"0.01\", how = \"half-up\" }\n\n[[charge]]\nname = \"voice\"\n\
        unit = \"minute\"\nof = [\"talk\"]\nthen = \"60s\"\neach = \"1.00\"\n";
    fs::write(path.join("contract.toml"), contract).unwrap();
    let arguments = ["import", "--from", "table", "--mapping", "map.toml", "--out", "run", "calls.csv"];
    assert_eq!(longshore(path, &arguments).2, Some(0));
    let (out, err, code) = longshore(path, &["rate", "run", "--contract", "contract.toml", "--month", "2027-03"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("3.00"), "{out}");
}

fn shared(path: &str) -> Option<PathBuf> {
    let roots = ["../../../shared", "../../../../shared"].map(|root| Path::new(env!("CARGO_MANIFEST_DIR")).join(root));
    let found = roots.iter().map(|root| root.join(path)).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: {path} is not here");
    }
    found
}

#[test]
fn the_bank_s_log_of_1999_imports() {
    let Some(log) = shared("datasets/bank_call_log_1999_02_first_half.tsv") else { return };
    let folder = folder();
    let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/import/bank-1999.toml");
    let arguments =
        ["import", "--from", "table", "--mapping", mapping.to_str().unwrap(), "--out", "run", log.to_str().unwrap()];
    let (out, err, code) = longshore(folder.path(), &arguments);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert_eq!(
        out,
        "run: 17439 contacts, 16416 legs\n\
         1 file, 33855 rows, from 1999-02-01 to 1999-02-14\n\
         17 rows not understood:\n\
         \x20       17  offered_at: lies before `arrived_at`\n\
         17439 contacts = 14389 answered + 2908 abandoned + 142 unknown\n\
         16416 legs = 14389 answered + 1885 abandoned + 142 unknown\n"
    );
}

/// A record folder is a case: four weeks of calls, by the clocks of New York.
#[test]
fn imported_records_are_a_business_case() {
    let folder = folder();
    let path = folder.path();
    let mut calls = "Call,Start,Queue,Caller,Wait,Talk,Agent,Result\n".to_owned();
    for day in (1..=28).filter(|day| day % 7 != 0 && day % 7 != 6) {
        for number in 0..32 {
            let (hour, minute) = (9 + number / 4, number % 4 * 15);
            let result = if number % 8 == 7 { "40,0,-,LOST" } else { "10,200,ann,OK" };
            calls += &format!("{day}-{number},{day}/3/2027 {hour}:{minute:02}:00,Care,x,{result}\n");
        }
    }
    fs::write(path.join("calls.csv"), calls).unwrap();
    let arguments = ["import", "--from", "table", "--mapping", "map.toml", "--out", "run", "calls.csv"];
    assert_eq!(longshore(path, &arguments).2, Some(0));
    let (out, err, code) = longshore(path, &["check", "run"]);
    assert_eq!(code, Some(0), "{out}{err}");
    let (out, err, code) = longshore(path, &["new", "case", "--from-records", "run"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("640 contacts came; 87.5 % were answered\n  12.5 % gave up waiting"), "{out}");
    let program = fs::read_to_string(path.join("case/program.toml")).unwrap();
    // 560 waited ten seconds and 80 forty, of whom 80 gave up: 8,800 s over 80.
    assert!(program.contains("patience = \"1m50s\""), "{program}");
    assert!(program.contains("hours = [\"Mon-Fri 09:00-17:00\"]"), "{program}");
    let (out, err, code) = longshore(path, &["compare", "run", "--runs", "1"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("today"), "{out}");
}

#[test]
fn the_bank_s_log_of_1999_is_compared() {
    let Some(log) = shared("datasets/bank_call_log_1999_02_first_half.tsv") else { return };
    let folder = folder();
    let mapping = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/import/bank-1999.toml");
    let import =
        ["import", "--from", "table", "--mapping", mapping.to_str().unwrap(), "--out", "run", log.to_str().unwrap()];
    assert_eq!(longshore(folder.path(), &import).2, Some(0));
    let (_, err, code) = longshore(folder.path(), &["compare", "run"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("Asia/Jerusalem") && err.contains("--country US"), "{err}");
    let new = ["new", "case", "--from-records", "run", "--country", "US"];
    let (out, err, code) = longshore(folder.path(), &new);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("16416 contacts came; 87.7 % were answered"), "{out}");
    let (out, err, code) = longshore(folder.path(), &["compare", "case", "--runs", "1"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("own-with-overflow"), "{out}");
}

#[test]
fn a_mapping_is_proposed_and_then_read() {
    let folder = folder();
    let path = folder.path();
    let (out, err, code) = longshore(path, &["import", "--from", "table", "--guess", "calls.csv"]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert!(out.contains("dates = \"M/D/YYYY\"   # or \"D/M/YYYY\": no day of these rows says which"), "{out}");
    fs::write(path.join("guess.toml"), &out).unwrap();
    let import = ["import", "--from", "table", "--mapping", "guess.toml", "--out", "run", "calls.csv"];
    let (out, err, code) = longshore(path, &import);
    assert_eq!((err.as_str(), code), ("", Some(0)), "{out}");
    assert!(out.contains("2 contacts = 1 answered + 1 abandoned"), "{out}");
    let (_, err, code) = longshore(path, &["import", "--from", "asterisk-queue-log", "--guess", "calls.csv"]);
    assert_eq!(code, Some(2), "{err}");
}
