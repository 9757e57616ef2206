//! What deposits, tax, currencies and indexes of a contract do to an option's cost.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{BusinessCase, read};
use longshore_compare::{OptionSummary, compare};
use longshore_contract::LineKind;
use longshore_units::Text;

const CONTRACT: &str = "contracts/cebu-dedicated.toml";

/// The example over two months in which the contract says more, and decide.toml too.
fn files(contract: &str, decide: &str) -> longshore_business_case::CaseFiles {
    let mut files = case::example_files();
    for file in &mut files.files {
        let text = match file.path.as_str() {
            CONTRACT => format!("{}\n{contract}", file.text.text),
            "decide.toml" => format!("{}\n{decide}", file.text.text.replace("months = 12", "months = 2")),
            _ => continue,
        };
        file.text = Text::new(file.path.as_str(), text);
    }
    files
}

fn option(case: &BusinessCase) -> OptionSummary {
    let comparison = compare(case, 1, 7, &|_| ()).unwrap();
    let option = comparison.options.into_iter().find(|option| option.option == "philippines-dedicated").unwrap();
    let sum: i128 = option.charges.iter().map(|charge| charge.amount.minor).sum();
    assert_eq!(sum, option.charges_total.minor, "the lines sum to the contract's cost");
    option
}

fn with(contract: &str, decide: &str) -> OptionSummary {
    option(&case::sound(&files(contract, decide)))
}

#[test]
fn what_comes_back_is_no_cost_and_what_does_not_is() {
    let plain = with("", "");
    let tax = |more: &str| format!("[tax]\nkind = 'VAT'\npercent = '10'\n{more}");
    let back = with(&format!("{}[pay]\ndeposit = '5000'\n", tax("recoverable = true\n")), "");
    assert_eq!((back.cost, &back.charges), (plain.cost, &plain.charges));
    let lost = with(&tax("recoverable = false"), "");
    let reverse = with(&tax("recoverable = false\nreverse_charge = true"), "");
    // Each month's tax is rounded by itself.
    let more = lost.charges_total.minor - plain.charges_total.minor;
    assert!((more * 10 - plain.charges_total.minor).abs() <= 20, "{more} of {}", plain.charges_total);
    assert_eq!(lost.charges_total, reverse.charges_total);
    assert!(reverse.charges.iter().any(|charge| charge.kind == LineKind::Tax && charge.charge == "VAT"));
}

#[test]
fn a_currency_that_strays_is_shared() {
    let pay = "[pay]\nexchange = { against = 'PHP', base = 2026-10-31, band = '0%', beyond = 'buyer' }\n";
    let pesos = |volatility: &str| {
        format!("[[exchange]]\ncurrency = 'PHP'\nvalue = '0.0172'\nvolatility = '{volatility}'\nsource = 'a test'\n")
    };
    let codes = |decide: &str| -> Vec<&str> {
        let (_, found) = read(&files(pay, decide));
        found.iter().filter(|found| found.is_error()).map(|found| found.code).collect()
    };
    assert_eq!((codes(""), codes(&pesos("0%"))), (vec!["B011"], vec![]));
    let exchange = |option: &OptionSummary| -> Option<i128> {
        let mut lines = option.charges.iter().filter(|charge| charge.kind == LineKind::Exchange);
        lines.next().map(|line| line.amount.minor)
    };
    let plain = with("", "");
    let still = with(pay, &pesos("0%"));
    assert_eq!((exchange(&still), still.charges_total), (None, plain.charges_total));
    let moving = with(pay, &pesos("40%"));
    let moved = exchange(&moving).unwrap();
    assert!(moved != 0);
    assert_eq!(moving.charges_total.minor, plain.charges_total.minor + moved);
}

#[test]
fn prices_follow_a_series_as_it_is_expected_to_grow() {
    let index = "[[index]]\non = ['logged-in hours']\nby = 'US-CPI'\nbase = 2026-01-01\nevery = 'month'\n";
    let series = |growth: &str| format!("[[series]]\nwhat = 'US-CPI'\ngrowth = '{growth}'\nsource = 'a test'\n");
    let (_, found) = read(&files(index, ""));
    let found: Vec<&str> = found.iter().filter(|found| found.is_error()).map(|found| found.code).collect();
    assert_eq!(found, ["B011"]);
    let hours = |option: &OptionSummary| {
        option.charges.iter().find(|charge| charge.charge == "logged-in hours").unwrap().amount.minor as f64
    };
    let plain = with("", "");
    assert_eq!(hours(&with(index, &series("0%"))), hours(&plain));
    // February's prices have grown by 13 of 12 months since the base: some 21.8 %, January's not yet.
    let grown = hours(&with(index, &series("20%"))) / hours(&plain) - 1.0;
    assert!((0.08..0.14).contains(&grown), "{grown}");
}
