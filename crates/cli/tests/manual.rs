//! The manual of contract files holds: its contracts are read without a mistake, its keys are keys, and its worked
//! examples come to what it says.
//!
//! `UPDATE=1 cargo test -p longshore --test manual` writes the tables of the worked examples.

#![allow(clippy::unwrap_used)]

mod pages;

use pages::{Page, checkout, longshore, put};

/// What makes a whole contract of a block that shows only a part of one.
const AROUND: [&str; 3] = ["provider = \"answering-co\"", "currency = \"USD\"", "starts = 2027-01-01"];
const A_CHARGE: &str = "[[charge]]\nunit = \"minute\"\neach = \"0.95\"\n";

fn manual() -> Page {
    Page::read(&checkout().join("docs/contract.md"))
}

fn is_whole(contract: &str) -> bool {
    contract.lines().any(|line| line.starts_with("provider = "))
}

#[test]
fn every_contract_and_every_part_of_one_is_read_without_a_mistake() {
    let page = manual();
    let mut wrong = Vec::new();
    let (mut whole, mut parts) = (0, 0);
    for block in page.blocks.iter().filter(|block| block.language == "toml") {
        let mut contract = page.body(block).to_owned();
        if is_whole(&contract) {
            whole += 1;
        } else {
            parts += 1;
            contract = format!("{}\n{contract}", AROUND.join("\n"));
            if !contract.contains("[[charge]]") {
                contract.push_str(A_CHARGE);
            }
        }
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "contract.toml", &contract);
        let checked = longshore(folder.path(), &["check", "contract.toml"]);
        if !checked.success {
            wrong.push(checked.err);
            continue;
        }
        let explained = longshore(folder.path(), &["explain", "contract.toml"]);
        assert!(explained.success && !explained.out.is_empty(), "{}", explained.err);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(4 <= whole && 6 <= parts, "the manual has {whole} contracts and {parts} parts of one");
}

#[test]
fn worked_examples_come_to_what_the_manual_says() {
    let page = manual();
    let (mut contract, mut quantities, mut answers) = (None, None, Vec::new());
    for block in &page.blocks {
        match (block.language.as_str(), block.file.as_str()) {
            ("toml", "contract.toml") => contract = Some(page.body(block)),
            ("csv", "quantities.csv") => quantities = Some(page.body(block)),
            ("text", "") => {
                let folder = tempfile::tempdir().unwrap();
                let folder = folder.path();
                put(folder, "contract.toml", contract.expect("a table follows a contract"));
                put(folder, "quantities.csv", quantities.take().expect("a table follows quantities"));
                let priced = longshore(folder, &["price", "contract.toml", "--quantities", "quantities.csv"]);
                assert!(priced.success, "{}", priced.err);
                answers.push((block, priced.out));
            }
            _ => {}
        }
    }
    assert!(4 <= answers.len(), "the manual works {} examples", answers.len());
    let wrong = page.answered(&answers);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invoices_come_to_what_their_manual_says() {
    let page = Page::read(&checkout().join("docs/invoice.md"));
    let (mut contract, mut invoice, mut mapping, mut answers) = (None, None, None, Vec::new());
    for block in &page.blocks {
        match (block.language.as_str(), block.file.as_str()) {
            ("toml", "contract.toml") => contract = Some(page.body(block)),
            ("toml", "mapping.toml") => mapping = Some(page.body(block)),
            ("toml" | "csv", file @ ("invoice.toml" | "invoice.csv")) => invoice = Some((file, page.body(block))),
            ("text", "") => {
                let folder = tempfile::tempdir().unwrap();
                let folder = folder.path();
                let (file, text) = invoice.take().expect("an answer follows an invoice");
                put(folder, "contract.toml", contract.expect("an answer follows a contract"));
                put(folder, file, text);
                let mut arguments = vec!["audit", "--contract", "contract.toml", "--invoice", file];
                if let Some(mapping) = mapping.take() {
                    put(folder, "mapping.toml", mapping);
                    arguments.extend(["--mapping", "mapping.toml"]);
                }
                let audited = longshore(folder, &arguments);
                assert!(!audited.out.is_empty(), "{}", audited.err);
                answers.push((block, audited.out));
            }
            _ => {}
        }
    }
    assert!(2 <= answers.len(), "the manual works {} examples", answers.len());
    let wrong = page.answered(&answers);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
