//! What is printed reads back as the same contract: every contract of the manual, its pages and the examples.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use longshore_contract::{Contract, print, read};
use longshore_units::Text;

/// What pages of `specs/` leave unsaid.
const UNSAID: [&str; 5] = [
    "provider = 'answering-co'",
    "currency = 'USD'",
    "time_zone = 'UTC'",
    "counted_at = 'offered'",
    "starts = 2027-01-01",
];

/// The contract, printed and read again, which must be the same.
fn check(contract: &Contract, from: &str) {
    let printed = print(contract);
    let (again, findings) = read(&Text::new("printed.toml", printed.as_str()));
    let again = again.unwrap_or_else(|| panic!("{from}\n{printed}\n{findings:#?}"));
    assert_eq!(&again, contract, "{from}\n{printed}");
    assert_eq!(print(&again), printed, "{from}");
    // What an amended contract comes to is a contract too.
    for version in contract.in_force(None).versions().iter().filter(|version| !std::ptr::eq(**version, contract)) {
        let printed = print(version);
        let (again, findings) = read(&Text::new("printed.toml", printed.as_str()));
        let again = again.unwrap_or_else(|| panic!("{from}\n{printed}\n{findings:#?}"));
        let mut whole = (*version).clone();
        whole.in_force = version.term;
        assert_eq!(again, whole, "{from}\n{printed}");
    }
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The contracts among the fenced blocks of a page.
fn contracts_of(page: &str) -> Vec<String> {
    let mut contracts = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in page.split_inclusive('\n') {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some((info.trim(), String::new())),
            (Some(_), Some(_)) => match open.take() {
                Some(("toml contract.toml", body)) => contracts.push(body),
                Some(("contract", body)) => {
                    let keys: Vec<&str> =
                        body.lines().filter_map(|line| Some(line.split_once('=')?.0.trim())).collect();
                    let unsaid = UNSAID.iter().filter(|line| !keys.contains(&line.split_once(" =").unwrap().0));
                    contracts.push(unsaid.copied().collect::<Vec<_>>().join("\n") + "\n" + &body);
                }
                _ => {}
            },
            (None, Some((_, body))) => body.push_str(line),
            (None, None) => {}
        }
    }
    contracts
}

#[test]
fn every_contract_of_the_manual_and_the_examples_prints_and_reads_back() {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let pages = files(&checkout.join("docs"), "md").into_iter().chain(files(&checkout.join("specs"), "md"));
    let of_pages = pages.flat_map(|path| {
        let contracts = contracts_of(&fs::read_to_string(&path).unwrap());
        contracts.into_iter().map(move |text| (path.display().to_string(), text))
    });
    let examples = files(&checkout.join("examples"), "toml").into_iter();
    let examples = examples.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()));
    let mut checked = 0;
    for (from, text) in of_pages.chain(examples) {
        // Some pages show mistakes, and some examples are no contracts.
        if let (Some(contract), _) = read(&Text::new("contract.toml", text)) {
            check(&contract, &from);
            checked += 1;
        }
    }
    assert!(20 < checked, "{checked}");
}
