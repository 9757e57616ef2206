//! The second company of the examples: small, Spanish, and answered beside another job today.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use longshore_business_case::{BusinessCase, CaseFile, CaseFiles, ProviderMust, belongs, read};
use longshore_units::{Diagnostic, Exact, Text};

fn clinics() -> (Option<BusinessCase>, Vec<Diagnostic>) {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/dental-clinics"));
    let mut files = Vec::new();
    for inner in ["", "options/", "contracts/"] {
        for entry in std::fs::read_dir(folder.join(inner)).unwrap() {
            let path = format!("{inner}{}", entry.unwrap().file_name().to_str().unwrap());
            if belongs(&path) {
                let text = Text::new(path.as_str(), std::fs::read_to_string(folder.join(&path)).unwrap());
                files.push(CaseFile { path, text });
            }
        }
    }
    read(&CaseFiles { id: "dental-clinics".to_owned(), files })
}

#[test]
fn it_reads_without_a_finding() {
    let (case, found) = clinics();
    assert!(found.is_empty(), "{found:#?}");
    let case = case.unwrap();
    let ids: Vec<&str> = case.options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(ids, ["today", "colombia", "freelancers", "overflow", "own-team", "per-call", "per-minute"]);
    assert_eq!((case.currency.code(), case.zone.name(), case.recovers), ("EUR", "Europe/Madrid", Exact::zero()));
    let calls = |queue: usize| -> f64 {
        let queue = &case.queues[queue];
        let expected = queue.demand.expected(&queue.open, &case.zone, case.decide.starts, 12, 1_800_000).unwrap();
        expected.contacts.iter().sum()
    };
    assert!((calls(2) - 9_000.0).abs() < 1e-3);
    assert!((calls(0) - 50_000.0).abs() < 1e-3 && (calls(1) - 20_000.0).abs() < 1e-3);
    assert!(case.decide.provider_musts.contains(&ProviderMust::Has("ISO 27001".to_owned())));
}

/// A figure is an assumption of the example, and says so, or somebody published it in a year, or it is one of the case's own.
#[test]
fn every_figure_says_whose_it_is() {
    let case = clinics().0.unwrap();
    let of_options = case.options.iter().flat_map(|option| &option.assumptions);
    let mut seen = 0;
    for assumption in case.assumptions.iter().chain(of_options) {
        let source = &assumption.source;
        let dated = source.split(|character: char| !character.is_ascii_digit()).any(|year| year.len() == 4);
        let ours = source.contains("assumption of this example")
            || source == "as today"
            || source.starts_with("the calendar `ES`");
        assert!(ours || dated || source.contains("undated"), "{:?}: {source}", assumption.what);
        seen += 1;
    }
    assert!(60 < seen, "{seen}");
}
