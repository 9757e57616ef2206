//! A case's folder: a case or findings, each at a place in one of its files.
//!
//! An input is all files in one text: a line `=== PATH` begins each, as `make-seeds` writes them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use longshore_business_case::{BusinessCase, CaseFile, CaseFiles, belongs, read};
use longshore_fuzz::check_diagnostics;
use longshore_units::{Diagnostic, Text};

fn case_files(input: &str) -> Vec<CaseFile> {
    let files = input.split("=== ").skip(1).filter_map(|file| file.split_once('\n'));
    let belonging = files.filter(|(path, _)| belongs(path));
    belonging.map(|(path, text)| CaseFile { path: path.to_owned(), text: Text::new(path, text) }).collect()
}

/// What the case promises, and what its readers do with it first.
fn check_case(case: &BusinessCase) {
    assert_eq!(case.options.first().map(|option| option.id.as_str()), Some(BusinessCase::TODAY));
    let (zone, starts) = (&case.zone, case.decide.starts);
    for queue in &case.queues {
        let expected = queue.demand.expected(&queue.open, zone, starts, 1, 3_600_000);
        let expected = expected.expect("a case lies in the years that calendars can show");
        assert!(expected.contacts.iter().all(|contacts| 0.0 <= *contacts), "{expected:?}");
        let spans = queue.open.spans(starts, zone).expect("a case lies in the years that calendars can show");
        assert!(spans.iter().all(|(from, until)| from < until), "{spans:?}");
    }
    for option in &case.options {
        assert!(case.contracts_of(option).count() == option.contracts.len());
        for handles in &option.handles {
            assert!(handles.queue < case.queues.len() && handles.team < option.teams.len());
        }
    }
    assert!(starts < case.decide.last_day());
}

fuzz_target!(|input: &str| {
    let mut files = case_files(input);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path); // A folder has each name once.
    let case_files = CaseFiles { id: "fuzzed".to_owned(), files };
    let (case, findings) = read(&case_files);
    let texts: Vec<&Text> = case_files.files.iter().map(|file| &file.text).collect();
    let codes = [&longshore_business_case::CODES[..], &longshore_contract::CODES, &longshore_document::CODES];
    check_diagnostics(&findings, &texts, &codes);
    assert_eq!(case.is_none(), findings.iter().any(Diagnostic::is_error), "{findings:#?}");
    if let Some(case) = case {
        check_case(&case);
    }
});
