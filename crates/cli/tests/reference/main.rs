//! Figures that others publish or reckon, through our contract's text and our queueing formulas.
//!
//! `LONGSHORE_REFERENCE=FILE cargo test --workspace reference` tries a file of one's own; without it those in
//! `../shared/reference` beside the project are tried, and where these are absent the test says so. What a file holds is told
//! by its header. A row passes if our figure is the one expected, is declined if we do not express it or read it otherwise on
//! purpose, and fails if our figure is another.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking.

mod charges;
mod contracts;
mod given;
mod queueing;
mod simulated;

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What a row comes to.
enum Verdict {
    Passed,
    Declined(String),
    Failed(String),
}

#[test]
fn reference() {
    let (mut passed, mut declined, mut failed) = (0, Vec::new(), Vec::new());
    for path in files() {
        let before = passed;
        for (id, verdict) in verdicts(&path) {
            match verdict {
                Verdict::Passed => passed += 1,
                Verdict::Declined(why) => declined.push(format!("declined {id}: {why}")),
                Verdict::Failed(why) => failed.push(format!("failed {id}: {why}")),
            }
        }
        assert!(before < passed || !failed.is_empty(), "no row of {} passed:\n{}", path.display(), declined.join("\n"));
    }
    let counts = format!("{passed} passed, {} declined, {} failed", declined.len(), failed.len());
    let said = declined.iter().chain(&failed).map(String::as_str).chain([counts.as_str()]).collect::<Vec<_>>();
    // Written past the harness, which shows what a test prints only when it fails.
    writeln!(std::io::stdout(), "{}", said.join("\n")).unwrap();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The file that is asked for, or those beside the project.
fn files() -> Vec<PathBuf> {
    if let Some(file) = std::env::var_os("LONGSHORE_REFERENCE") {
        return vec![PathBuf::from(file)];
    }
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference");
    let (there, absent): (Vec<PathBuf>, Vec<PathBuf>) =
        ["charges.csv", "queueing.csv"].map(|file| shared.join(file)).into_iter().partition(|path| path.exists());
    for path in absent {
        println!("skipped: {} is not beside the project", path.display());
    }
    there
}

/// The verdict of each row, with what it is called.
fn verdicts(path: &Path) -> Vec<(String, Verdict)> {
    let reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_path(path);
    let mut reader = reader.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let header = reader.headers().unwrap().clone();
    let has = |names: &[&str]| names.iter().all(|name| header.iter().any(|known| known == *name));
    let judge = if has(&["id", "model", "parameters_json", "usage", "expected"]) {
        charges::verdict
    } else if has(&["id", "model", "inputs", "expected", "tolerance"]) {
        queueing::verdict
    } else {
        let header: Vec<&str> = header.iter().collect();
        panic!("{}: neither charges nor queueing has the header {}", path.display(), header.join(","));
    };
    let mut verdicts = Vec::new();
    for (position, record) in reader.records().enumerate() {
        let line = position + 2;
        let record = record.unwrap_or_else(|error| panic!("{} line {line}: {error}", path.display()));
        let cell =
            |name: &str| header.iter().position(|known| known == name).and_then(|at| record.get(at)).unwrap_or("");
        let id = if cell("id").is_empty() { format!("line {line}") } else { cell("id").to_owned() };
        let verdict = judge(&cell);
        verdicts.push((format!("{id} {}", cell("model")), verdict));
    }
    verdicts
}

const CHARGES: &str = "id,source,model,parameters_json,usage,expected,note,check\n";

/// The verdicts of rows in a file of their own.
fn tried(text: &str) -> Vec<(String, Verdict)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, text).unwrap();
    verdicts(&path)
}

#[test]
fn reference_rows_pass_decline_and_fail() {
    let row = |id: &str, model: &str, parameters: &str, usage: &str, expected: &str| {
        format!(
            "{id},mine,{model},\"{}\",\"{}\",{expected},,\n",
            parameters.replace('"', "\"\""),
            usage.replace('"', "\"\"")
        )
    };
    let rows = [
        row("a", "package", r#"{"price": 2.5, "block": "1e2", "free_units": 50}"#, "151", "5.0"),
        row("b", "package", r#"{"price": 2.5, "block": "1e2", "free_units": 50}"#, "151", "5.01"),
        row("c", "package", r#"{"price": 2.5, "block": "1e2", "lunar_phase": "full"}"#, "151", "5.0"),
        row(
            "d",
            "tiered_volume",
            r#"{"tiers": [{"upto": 10, "unit": 2}, {"unit": 1, "flat": 3}], "min": 30}"#,
            "11",
            "30",
        ),
        row("e", "no_such_model", "{}", "1", "1"),
        row("f", "unit", "not json", "1", "1"),
        row(
            "g",
            "call_rate_groups",
            r#"{"groups": [{"rate": "1", "unit_s": 60, "inc_s": 60}], "connect_fee": 0.1}"#,
            "61",
            "2.1",
        ),
        row("h", "per_unit", r#"{"rate": "1/3"}"#, "1", "0.3333"),
        row("i", "standard", r#"{"amount": "5"}"#, "-1", "-5"),
    ];
    let verdicts = tried(&format!("{CHARGES}{}", rows.concat()));
    let letters = verdicts.iter().map(|(_, verdict)| match verdict {
        Verdict::Passed => 'p',
        Verdict::Declined(_) => 'd',
        Verdict::Failed(_) => 'f',
    });
    assert_eq!(letters.collect::<String>(), "pfdpddppd");
    let queue = "id,model,inputs,expected,tolerance\nq,ErlangB,\"{\"\"c\"\": 1, \"\"a\"\": 1}\",\"{\"\"p_block\"\": 0.5}\",1e-9\n";
    assert!(matches!(tried(queue)[0].1, Verdict::Passed));
    assert!(matches!(tried(&queue.replace("0.5", "0.51"))[0].1, Verdict::Failed(_)));
    assert!(matches!(tried(&queue.replace("ErlangB", "Erlang"))[0].1, Verdict::Declined(_)));
}

#[test]
#[should_panic(expected = "neither charges nor queueing")]
fn reference_files_are_known_by_their_headers() {
    tried("id,model,question,answer\n1,2,3,4\n");
}
