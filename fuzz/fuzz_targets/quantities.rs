//! Quantities by hand, under a contract with every way of counting: a usage that can be priced, or findings.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use longshore_contract::{CODES, Contract, fold, quantities, read};
use longshore_fuzz::{check_diagnostics, check_sums};
use longshore_units::{Diagnostic, Month, Text};

static CONTRACTS: LazyLock<[Contract; 2]> = LazyLock::new(|| {
    let text = include_str!("../seeds/quantities.toml");
    let by_line = text.replace(r#"at = "invoice""#, r#"at = "line""#);
    assert_ne!(by_line, text);
    [text.to_owned(), by_line].map(|text| {
        let (contract, findings) = read(&Text::new("quantities.toml", text));
        contract.unwrap_or_else(|| panic!("{findings:#?}"))
    })
});

fuzz_target!(|text: &str| {
    let text = Text::new("quantities.csv", text);
    for contract in CONTRACTS.iter() {
        let (usage, findings) = quantities(contract, &text);
        check_diagnostics(&findings, &[&text], &[&CODES]);
        assert_eq!(usage.is_none(), findings.iter().any(Diagnostic::is_error));
        let Some(usage) = usage else { continue };
        let (starts, periods) = (Month::of(contract.term.starts), usage.periods());
        let Some((first, last)) = periods.first().zip(periods.last()) else { continue };
        // A contract without an end has any number of months before the one that is asked for.
        if last.since(starts) < 60
            && let Ok(invoices) = fold(&contract.in_force(None), &usage, *first, *last)
        {
            invoices.iter().for_each(check_sums);
        }
    }
});
