//! A workbook, however damaged, gives sheets or is refused; and what its sheets say is read as an invoice and as a quote.
//!
//! An input that is no archive is the XML of a sheet in a workbook that is sound: damage to an archive seldom gets past
//! its checksums.
#![no_main]

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use longshore_audit::{Choices, Mapping, audit, guess, invoices, xlsx};
use longshore_contract::{Contract, Usage};
use longshore_units::Text;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const INVOICE: &[u8] = include_bytes!("../../examples/audit-three-invoices/invoices/march.xlsx");
const CONTRACT: &str = include_str!("../../examples/audit-three-invoices/contract.toml");

static EXAMPLE: LazyLock<Contract> = LazyLock::new(|| {
    std::panic::set_hook(Box::new(|panic| {
        // libFuzzer's own aborts on panics that the reader turns into refusals.
        if !longshore_workbook::is_guarded() {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
    longshore_contract::read(&Text::new("contract.toml", CONTRACT)).0.expect("the example is sound")
});

fn with_sheet(xml: &[u8]) -> Vec<u8> {
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut archive = zip::ZipArchive::new(Cursor::new(INVOICE)).expect("the example is an archive");
    for position in 0..archive.len() {
        let part = archive.by_index(position).expect("the example is an archive");
        let name = part.name().expect("the example has names").into_owned();
        if name.ends_with("sheet2.xml") {
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            written.start_file(name, stored).expect("memory takes it");
            written.write_all(xml).expect("memory takes it");
        } else {
            written.raw_copy_file(part).expect("memory takes it");
        }
    }
    written.finish().expect("memory takes it").into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let contract = &*EXAMPLE;
    let archive = if bytes.starts_with(b"PK") { bytes.to_vec() } else { with_sheet(bytes) };
    let quote = longshore_price_sheet::read("quote.xlsx", &archive);
    assert!(quote.contract.is_some() || !quote.diagnostics.is_empty());
    let (sheets, findings) = xlsx("invoice.xlsx", &archive);
    let Some(sheets) = sheets else {
        assert!(!findings.is_empty());
        return;
    };
    let guessed = guess(contract, &sheets).map_or_else(Mapping::ours, |guess| guess.mapping);
    for by in [guessed, Mapping::ours()] {
        if let Some(read) = invoices(contract, &sheets, &by).0 {
            let _ = audit(contract, &read, &Usage::default(), &Choices::default());
        }
    }
});
