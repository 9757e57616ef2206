//! Every diagnostic has a page, every page provokes its diagnostic, and says exactly what the command then prints.
//!
//! `UPDATE=1 cargo test -p longshore --test diagnostics` writes the pages' answer blocks.

#![allow(clippy::unwrap_used)]

mod pages;
mod records;
mod workbook;

use std::collections::BTreeSet;
use std::fs;

use pages::{Answer, Page, checkout, copy, longshore, put};

/// The codes of records, which the command itself checks.
const CODES_OF_RECORDS: [&str; 2] = ["R001", "R002"];

fn codes() -> BTreeSet<&'static str> {
    let written = longshore_document::CODES
        .iter()
        .chain(&longshore_contract::CODES)
        .chain(&longshore_contract::LINTS)
        .chain(&longshore_price_sheet::CODES)
        .chain(&longshore_import::CODES)
        .chain(&longshore_audit::CODES);
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
        let answers: Vec<_> = answers.into_iter().map(|block| (block, said(&code, &answer))).collect();
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

/// What the command says to the page's files, without the empty line at its end. Of the doubts that any small contract
/// raises, those of other pages are left out; a mistake stands with all that came of it.
fn said(code: &str, answer: &Answer) -> String {
    let mut said = String::new();
    let mut own = true;
    for line in answer.err.lines() {
        if line.starts_with("warning[") || line.starts_with("error[") {
            let is_doubt = line.starts_with("warning[L");
            own = !is_doubt || line.starts_with(&format!("warning[{code}]"));
        }
        if own {
            said += line;
            said.push('\n');
        }
    }
    said.trim_end().to_owned() + "\n"
}

fn provoked(page: &Page) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let has = |file: &str| files(page).any(|(name, _)| name == file);
    match code_of(page).as_bytes()[0] {
        kind if kind == b'B' || has("contracts/bluegrass-overflow.toml") => {
            copy(&checkout().join("examples/phone-support"), &folder.join("phone-support"));
            for (file, text) in files(page) {
                put(folder, &format!("phone-support/{file}"), text);
            }
            longshore(folder, &["check", "phone-support"])
        }
        kind => {
            for (file, text) in files(page) {
                if file.ends_with(".xlsx") {
                    workbook::put(&folder.join(file), text);
                } else {
                    put(folder, file, text);
                }
            }
            if has("quote.xlsx") {
                longshore(folder, &["check", "quote.xlsx"])
            } else if kind == b'R' {
                let contact = records::contact("answering-co", None, "2027-01-05");
                records::contacts(&folder.join("records"), &[contact]);
                longshore(folder, &["rate", "records", "--contract", "contract.toml", "--month", "2027-01"])
            } else if kind == b'I' {
                let arguments = ["import", "--from", "table", "--mapping", "mapping.toml", "--out", "run", "calls.csv"];
                longshore(folder, &arguments)
            } else if kind == b'A' {
                let invoice = ["invoice.toml", "invoice.csv", "invoice.xlsx"].into_iter().find(|file| has(file));
                let mut arguments = vec!["audit", "--contract", "contract.toml", "--invoice", invoice.unwrap()];
                if has("mapping.toml") {
                    arguments.extend(["--mapping", "mapping.toml"]);
                }
                longshore(folder, &arguments)
            } else if has("quantities.csv") {
                longshore(folder, &["price", "contract.toml", "--quantities", "quantities.csv"])
            } else {
                longshore(folder, &["check", "contract.toml"])
            }
        }
    }
}
