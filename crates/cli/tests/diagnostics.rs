//! Every diagnostic has a page, every page provokes its diagnostic, and says exactly what the command then prints.
//!
//! `UPDATE=1 cargo test -p longshore --test diagnostics` writes the pages' answer blocks.

#![allow(clippy::unwrap_used)]

mod pages;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use longshore_contacts::{Channel, ContactRow, Direction, Outcome, Table, contacts_batch, parquet};
use longshore_units::Instant;
use pages::{Answer, Page, checkout, longshore, put};

/// The codes of records, which the command itself checks.
const CODES_OF_RECORDS: [&str; 1] = ["R001"];

fn codes() -> BTreeSet<&'static str> {
    let written = longshore_document::CODES.iter().chain(&longshore_contract::CODES);
    written.chain(longshore_business_case::CODES.iter()).chain(&CODES_OF_RECORDS).copied().collect()
}

fn all_pages() -> Vec<Page> {
    let folder = checkout().join("docs/diagnostics");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.iter().map(|path| Page::read(path)).collect()
}

/// A page is called by its code.
fn code_of(page: &Page) -> String {
    page.path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The blocks that are files, by name, with what they hold.
fn files(page: &Page) -> impl Iterator<Item = (&str, &str)> {
    page.blocks.iter().filter(|block| !block.file.is_empty()).map(|block| (block.file.as_str(), page.body(block)))
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes = codes();
    let pages: BTreeSet<String> = all_pages().iter().map(code_of).collect();
    let without_page: Vec<_> = codes.iter().filter(|code| !pages.contains(**code)).collect();
    let without_code: Vec<_> = pages.iter().filter(|page| !codes.contains(page.as_str())).collect();
    assert!(
        without_page.is_empty() && without_code.is_empty(),
        "codes without a page in docs/diagnostics: {without_page:?}; pages without a code: {without_code:?}"
    );
}

#[test]
fn every_page_provokes_its_code() {
    let mut wrong = Vec::new();
    for page in all_pages() {
        let code = code_of(&page);
        if !page.text.starts_with(&format!("# {code}: ")) {
            wrong.push(format!("{code}: the page does not begin with `# {code}: `"));
        }
        let answer = provoked(&page);
        if !answer.err.contains(&format!("[{code}]")) {
            wrong.push(format!("{code}: the page's files provoke something else:\n{}", answer.err));
        }
        let answers: Vec<_> = page.blocks.iter().filter(|block| block.language == "text").collect();
        if answers.is_empty() && !code.starts_with('B') {
            wrong.push(format!("{code}: the page has no `text` block that says what the command prints"));
        }
        let answers: Vec<_> = answers.into_iter().map(|block| (block, said(&answer))).collect();
        wrong.extend(page.answered(&answers));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn explain_shows_the_page() {
    for page in all_pages() {
        let answer = longshore(&checkout(), &["explain", &code_of(&page).to_lowercase()]);
        assert!(answer.success, "{}", answer.err);
        // While pages are being written, those built into the command are the older ones.
        if std::env::var_os("UPDATE").is_none() {
            assert_eq!(answer.out, page.text);
        }
    }
}

/// What the command says to the page's files, without the empty line at its end.
fn said(answer: &Answer) -> String {
    answer.err.trim_end().to_owned() + "\n"
}

fn provoked(page: &Page) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let has = |file: &str| files(page).any(|(name, _)| name == file);
    match code_of(page).as_bytes()[0] {
        b'B' => {
            copy(&checkout().join("examples/outdoor-retailer"), &folder.join("outdoor-retailer"));
            for (file, text) in files(page) {
                put(folder, &format!("outdoor-retailer/{file}"), text);
            }
            longshore(folder, &["check", "outdoor-retailer"])
        }
        kind => {
            for (file, text) in files(page) {
                put(folder, file, text);
            }
            if kind == b'R' {
                one_contact(&folder.join("records/contacts"));
                longshore(folder, &["rate", "records", "--contract", "contract.toml", "--month", "2027-01"])
            } else if has("quantities.csv") {
                longshore(folder, &["price", "contract.toml", "--quantities", "quantities.csv"])
            } else {
                longshore(folder, &["check", "contract.toml"])
            }
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// Records that hold a contact and nothing else.
fn one_contact(folder: &Path) {
    let at = |minute: i64| Some(Instant(1_799_100_000_000_000 + minute * 60_000_000)); // A day of January 2027.
    let row = ContactRow {
        source: "acd".to_owned(),
        contact_id: "c1".to_owned(),
        program: None,
        provider: "answering-co".to_owned(),
        site: None,
        first_queue: None,
        last_queue: None,
        channel: Some(Channel::Voice),
        direction: Some(Direction::Inbound),
        language: None,
        reason: None,
        customer: None,
        ticket: None,
        arrived_at: at(0),
        offered_at: at(0),
        answered_at: at(1),
        ended_at: at(5),
        wait: Some(60_000),
        ring: Some(0),
        talk: Some(240_000),
        hold: Some(0),
        wrap: Some(0),
        legs: Some(1),
        outcome: Some(Outcome::Answered),
        ended_by: None,
        transferred_out: None,
        resolved: None,
        sale_amount: None,
        sale_currency: None,
        leads: None,
        appointments: None,
        csat: None,
        nps: None,
        recording: None,
        delivered_at: None,
        superseded_at: None,
    };
    fs::create_dir_all(folder).unwrap();
    let file = File::create(folder.join("part-0.parquet")).unwrap();
    let mut writer = parquet::write(file, Table::Contacts).unwrap();
    writer.push(&contacts_batch(&[row])).unwrap();
    writer.finish().unwrap();
}
