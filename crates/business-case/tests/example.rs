//! The example of the manual, and each diagnostic's page against it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use longshore_business_case::{BusinessCase, CODES, CaseFile, CaseFiles, belongs, read};
use longshore_units::{Diagnostic, Text};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn example() -> CaseFiles {
    let folder = root().join("examples/phone-support");
    let mut files = Vec::new();
    for inner in ["", "options", "contracts", "history"] {
        let Ok(entries) = std::fs::read_dir(folder.join(inner)) else { continue };
        for entry in entries {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let path = if inner.is_empty() { name } else { format!("{inner}/{name}") };
            if belongs(&path) {
                let text = Text::new(path.as_str(), std::fs::read_to_string(folder.join(&path)).unwrap());
                files.push(CaseFile { path, text });
            }
        }
    }
    CaseFiles { id: "phone-support".to_owned(), files }
}

fn with(mut files: CaseFiles, path: &str, text: &str) -> (Option<BusinessCase>, Vec<Diagnostic>) {
    files.files.retain(|file| file.path != path);
    files.files.push(CaseFile { path: path.to_owned(), text: Text::new(path, text) });
    read(&files)
}

#[test]
fn the_example_reads_without_a_finding() {
    let (case, found) = read(&example());
    let errors: Vec<String> =
        found.iter().map(|d| format!("{} {} {:?}: {}", d.code, d.primary.file, d.primary.span, d.message)).collect();
    assert!(found.is_empty(), "{}", errors.join("\n"));
    let case = case.unwrap();
    let ids: Vec<&str> = case.options.iter().map(|option| option.id.as_str()).collect();
    let expected = [
        "today",
        "domestic-dedicated",
        "domestic-shared",
        "nearshore-monthly",
        "overflow-only",
        "philippines-dedicated",
    ];
    assert_eq!(ids, expected);
    assert_eq!((case.decide.months, case.decide.runs, case.decide.seed), (12, 20, 1));
    let expected = |queue: usize| -> f64 {
        let queue = &case.queues[queue];
        let expected = queue.demand.expected(&queue.open, &case.zone, case.decide.starts, 12, 1_800_000).unwrap();
        expected.contacts.iter().sum()
    };
    assert!((expected(0) - 170_000.0).abs() < 1e-3 && (expected(1) - 80_000.0).abs() < 1e-3);
}

/// The blocks of a page: the file they replace, and its text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (info, after) = after.split_once('\n').unwrap();
        let (text, after) = after.split_once("\n```").unwrap();
        if let Some((_, path)) = info.split_once(' ') {
            blocks.push((path.to_owned(), format!("{text}\n")));
        }
        rest = after;
    }
    blocks
}

#[test]
fn every_page_provokes_its_diagnostic() {
    let folder = root().join("docs/diagnostics");
    for code in CODES {
        let page = std::fs::read_to_string(folder.join(format!("{code}.md"))).unwrap_or_default();
        assert!(page.starts_with(&format!("# {code}: ")), "docs/diagnostics/{code}.md is missing or has no title");
        let blocks = blocks(&page);
        assert!(!blocks.is_empty(), "{code} has no file that provokes it");
        let mut files = example();
        let (last, before) = blocks.split_last().unwrap();
        for (path, text) in before {
            files.files.retain(|file| file.path != *path);
            files.files.push(CaseFile { path: path.clone(), text: Text::new(path.as_str(), text.as_str()) });
        }
        let (_, found) = with(files, &last.0, &last.1);
        let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(codes.contains(&code), "the page of {code} provokes {codes:?}");
    }
}

#[test]
fn the_mistakes_of_all_files_are_found_in_one_run() {
    let mut files = example();
    for file in &mut files.files {
        let text = match file.path.as_str() {
            "program.toml" => file.text.text.replace("patience = \"3m30s\"", "patiense = \"3m30s\""),
            "decide.toml" => file.text.text.replace("runs = 20", "runs = 0"),
            "options/overflow-only.toml" => file.text.text.replace("to = \"bluegrass\"", "to = \"blue\""),
            "contracts/cebu-dedicated.toml" => file.text.text.replace("\"SOW 5.3\"", "5.3"),
            _ => continue,
        };
        file.text = Text::new(file.path.as_str(), text);
    }
    let (case, found) = read(&files);
    assert!(case.is_none());
    let mut wrong: Vec<(&str, &str)> =
        found.iter().filter(|d| d.is_error()).map(|d| (d.primary.file.as_ref(), d.code)).collect();
    wrong.dedup();
    let expected = [
        ("contracts/cebu-dedicated.toml", "T002"),
        ("program.toml", "T004"),
        ("decide.toml", "T007"),
        ("options/overflow-only.toml", "B006"),
    ];
    assert_eq!(wrong, expected);
}

#[test]
fn shares_of_money_are_exact() {
    let (case, _) = read(&example());
    let case = case.unwrap();
    let team = &case.today().teams[0];
    assert_eq!((team.shrinkage.to_string(), team.shift_inefficiency.to_string()), ("0.3".to_owned(), "0.1".to_owned()));
}

/// What is found in the example, where one text of a file is written otherwise: code, message and help.
fn found_in(path: &str, from: &str, to: &str) -> Vec<(&'static str, String, String)> {
    let mut files = example();
    let file = files.files.iter_mut().find(|file| file.path == path).unwrap();
    assert!(file.text.text.contains(from), "{path} has no {from}");
    let text = file.text.text.replacen(from, to, 1);
    file.text = Text::new(path, text);
    let found = read(&files).1.into_iter().filter(Diagnostic::is_error);
    found.map(|found| (found.code, found.message, found.help.unwrap_or_default())).collect()
}

#[test]
fn shares_are_not_written_as_percentages_without_a_sign() {
    let wrong = [
        ("today.toml", "turnover = \"33%\"", "turnover = 33", "500%", "\"33%\""),
        ("today.toml", "shift_inefficiency = \"10%\"", "shift_inefficiency = 10", "500%", "\"10%\""),
        ("today.toml", "shrinkage = \"30%\"", "shrinkage = 30", "100%", "\"30%\""),
        ("decide.toml", "share = \"6%\"", "share = 6", "100%", "\"6%\""),
    ];
    for (path, from, to, most, meant) in wrong {
        let found = found_in(path, from, to);
        assert_eq!(found.len(), 1, "{to}: {found:?}");
        let (code, message, help) = &found[0];
        assert_eq!((*code, message), ("T007", &format!("this share is above {most}")));
        assert_eq!(*help, format!("write {meant}"));
    }
    let found = found_in("decide.toml", "at_least = \"70%\"", "at_least = 70");
    assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), ["T007"]);
}

#[test]
fn what_cannot_be_played_is_refused_where_it_stands() {
    let wrong = [
        ("returns = { share = \"60%\"", "returns = { share = \"100%\"", "T007"),
        ("after = \"20h\"", "after = \"9601h\"", "B007"),
        ("patience = \"3m30s\"", "patience = \"9601h\"", "B007"),
        ("talk = { mean = \"4m20s\"", "talk = { mean = \"25h\"", "B007"),
    ];
    for (from, to, code) in wrong {
        let found = found_in("program.toml", from, to);
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [code], "{to}");
    }
}

#[test]
fn own_costs_pay_for_no_other_employers_team() {
    let path = "options/overflow-only.toml";
    let found = found_in(path, "contracts = [\"contracts/bluegrass-overflow.toml\"]", "");
    let found: Vec<(&str, &str)> = found.iter().map(|(code, message, _)| (*code, message.as_str())).collect();
    assert_eq!(found, [("B009", "nobody is paid for the team `bluegrass`")]);
    // Costs that name no team pay the one employer there is.
    assert_eq!(found_in("today.toml", "team = \"portland\"\nsource = \"BLS, employer", "source = \"BLS, employer"), []);
}

#[test]
fn a_contract_covers_the_program_of_the_case() {
    let path = "contracts/cebu-dedicated.toml";
    let found = found_in(path, "programs = [\"retail-support\"]", "programs = [\"Retail-Support\"]");
    let found: Vec<(&str, &str)> = found.iter().map(|(code, message, _)| (*code, message.as_str())).collect();
    let message = "contracts/cebu-dedicated.toml does not cover `retail-support`, the program of this case, but \
                   `Retail-Support`";
    assert_eq!(found, [("B010", message)]);
}

#[test]
fn two_files_are_never_one_option() {
    let today = example().files.into_iter().find(|file| file.path == "today.toml").unwrap().text.text;
    let (case, found) = with(example(), "options/overflow-only.toml.toml", &today);
    assert!(case.is_none());
    assert!(found.iter().any(|found| found.code == "B012"), "{found:?}");
}

mod no_text_makes_it_panic {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// A piece of a file is cut out, or replaced by something odd.
        #[test]
        fn in_any_file(file in 0usize..16, from in 0usize..4000, length in 0usize..200, odd in "[\\PC\n]{0,12}") {
            let mut files = example();
            let count = files.files.len();
            let file = &mut files.files[file % count];
            let text = &file.text.text;
            let edge = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let (from, until) = (edge(from), edge(from.saturating_add(length)).max(edge(from)));
            let changed = format!("{}{odd}{}", &text[..from], &text[until..]);
            file.text = Text::new(file.path.as_str(), changed);
            let _ = read(&files);
        }

        #[test]
        fn in_a_history(rows in "[0-9,:a-z\n\" -]{0,200}") {
            let program = r#"name = "x"
                time_zone = "America/New_York"
                currency = "USD"
                [[queue]]
                name = "orders"
                channel = "voice"
                language = "en"
                hours = "always"
                target = "80% in 20s"
                handle = { talk = { mean = "2m" } }
                history = { file = "history/calls.csv", time = "time", contacts = "calls", step = "30m" }"#;
            let mut files = example();
            files.files.retain(|file| file.path != "program.toml");
            for (path, text) in [("program.toml", program), ("history/calls.csv", rows.as_str())] {
                files.files.push(CaseFile { path: path.to_owned(), text: Text::new(path, text) });
            }
            let _ = read(&files);
        }
    }
}

/// Clauses of a contract for overflow cost what they do on the overflow, not on all contacts.
#[test]
fn a_contract_is_judged_on_what_its_provider_handles() {
    let case = read(&example()).0.unwrap();
    let of = |file: &str| {
        let contract = case.contracts.iter().position(|contract| contract.file.contains(file)).unwrap();
        longshore_business_case::traffic(&case, contract).unwrap()
    };
    let all = of("cebu-dedicated");
    assert_eq!((all.contacts, all.means[0].0), (20_833, 295_200));
    let overflow = of("bluegrass-overflow");
    assert_eq!((overflow.contacts, overflow.means[0]), (2_500, all.means[0]));
}
