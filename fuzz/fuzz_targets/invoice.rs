//! Invoices and their mapping: each is read or refused, with findings at places in it, and what is read can be audited.
//!
//! An input is files in one text: a line `=== PATH` begins each, as `make-seeds` writes them. The contract is the
//! example's where the input has none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use longshore_audit::{
    AuditedLine, BilledInvoice, CODES, Choices, Mapping, Sheet, audit, csv, guess, invoice, invoices, mapping,
};
use longshore_contract::{Contract, Usage};
use longshore_fuzz::check_diagnostics;
use longshore_units::{Amount, Diagnostic, Text};

const EXAMPLE: &str = include_str!("../../examples/audit-three-invoices/contract.toml");

fn texts(input: &str) -> Vec<Text> {
    let files = input.split("=== ").skip(1).filter_map(|file| file.split_once('\n'));
    files.map(|(path, text)| Text::new(path, text)).collect()
}

fn named<'t>(texts: &'t [Text], end: &str) -> Option<&'t Text> {
    texts.iter().find(|text| text.name.ends_with(end))
}

fn check(findings: &[Diagnostic], text: &Text) {
    check_diagnostics(findings, &[text], &[&CODES, &longshore_contract::CODES, &longshore_document::CODES]);
}

/// What is found of a line explains all of its difference, or says what it leaves.
fn check_line(line: &AuditedLine) {
    let found: Amount = line.findings.iter().map(|finding| finding.amount.clone()).sum();
    assert_eq!(&found + &line.unexplained, line.difference(), "{line:#?}");
}

fn check_audit(contract: &Contract, invoices: &[BilledInvoice]) {
    let Ok(audit) = audit(contract, invoices, &Usage::default(), &Choices::default()) else { return };
    assert_eq!(audit.invoices.len(), invoices.len());
    for audited in &audit.invoices {
        audited.lines.iter().for_each(check_line);
        let differences: Amount = audited.lines.iter().map(AuditedLine::difference).sum();
        assert_eq!(differences, audited.difference(), "{audited:#?}");
    }
}

fn check_sheets(contract: &Contract, sheets: &[Sheet], by: &Mapping) {
    if let Some(read) = invoices(contract, sheets, by).0 {
        check_audit(contract, &read);
    }
}

fuzz_target!(|input: &str| {
    let texts = texts(input);
    let own = named(&texts, "contract.toml").and_then(|text| longshore_contract::read(text).0);
    let example = || longshore_contract::read(&Text::new("contract.toml", EXAMPLE)).0;
    let contract = own.or_else(example).expect("the example is sound");
    let by = named(&texts, "mapping.toml").and_then(|text| {
        let (read, findings) = mapping(&contract, text);
        check(&findings, text);
        read
    });
    let by = by.unwrap_or_else(Mapping::ours);
    if let Some(text) = named(&texts, "invoice.toml") {
        let (read, findings) = invoice(&contract, text, &by);
        check(&findings, text);
        if let Some(read) = read {
            check_audit(&contract, &[read]);
        }
    }
    if let Some(text) = named(&texts, ".csv") {
        let (sheet, findings) = csv(text, None);
        check(&findings, text);
        let Some(sheet) = sheet else { return };
        let sheets = [sheet];
        check_sheets(&contract, &sheets, &by);
        if let Some(guess) = guess(&contract, &sheets) {
            let proposed = Text::new("mapping.toml", guess.to_toml());
            let (read, findings) = mapping(&contract, &proposed);
            assert!(read.is_some(), "{}\n{findings:#?}", proposed.text);
            check_sheets(&contract, &sheets, &guess.mapping);
        }
    }
});
