//! Contracts and invoices written down in a few words, and what an audit finds on them.

#![allow(dead_code)] // Each test file uses some of it.

use longshore_audit::{Audit, Choices, Mapping, audit, invoice};
use longshore_contract::{Usage, quantities, read};
use longshore_units::{Amount, Text};

/// What every contract here begins with.
pub const HEAD: &str = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\n\
                    ends = 2028-12-31\n";
/// To cents, a line.
pub const ROUND: &str = "round = { at = 'line', to = '0.01', how = 'half-up' }\n";

/// Audits TOML invoices under a contract, with figures beside.
pub fn audited(contract: &str, invoices: &[&str], figures: &str) -> Audit {
    let (contract, findings) = read(&Text::new("contract.toml", contract));
    let contract = contract.unwrap_or_else(|| panic!("{findings:#?}"));
    let known = match figures {
        "" => Usage::default(),
        figures => {
            let (usage, findings) = quantities(&contract, &Text::new("figures.csv", figures));
            usage.unwrap_or_else(|| panic!("{findings:#?}"))
        }
    };
    let read = invoices.iter().map(|text| {
        let (read, findings) = invoice(&contract, &Text::new("invoice.toml", *text), &Mapping::default());
        read.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
    });
    let read: Vec<_> = read.collect();
    let audit = audit(&contract, &read, &known, &Choices::default()).unwrap();
    for line in audit.invoices.iter().flat_map(|invoice| &invoice.lines) {
        let found: Amount = line.findings.iter().map(|finding| finding.amount.clone()).sum();
        assert_eq!(&found + &line.unexplained, line.difference(), "{line:#?}");
    }
    audit
}

/// `cause amount confidence` of each finding, and `unexplained amount`.
pub fn found(audit: &Audit) -> Vec<String> {
    let mut found = Vec::new();
    for invoice in &audit.invoices {
        let of_lines = invoice.lines.iter().flat_map(|line| &line.findings);
        for finding in invoice.findings.iter().chain(of_lines) {
            found.push(format!("{} {} {}", finding.cause.word(), finding.amount, finding.confidence.word()));
        }
        let rest = invoice.lines.iter().filter(|line| !line.unexplained.is_zero());
        found.extend(rest.map(|line| format!("unexplained {}", line.unexplained)));
    }
    found
}

/// What is found on an invoice for a month with these lines: `charge | quantity | price | amount` and more keys.
pub fn of(terms: &str, month: &str, lines: &[&str], figures: &str) -> Vec<String> {
    let contract = format!("{HEAD}{ROUND}{terms}");
    found(&audited(&contract, &[&written(month, lines)], figures))
}

/// An invoice as TOML.
pub fn written(month: &str, lines: &[&str]) -> String {
    let mut text = format!("number = '{month}'\nmonth = '{month}'\n");
    for line in lines {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let [name, value] = cells.as_slice() {
            text.push_str(&format!("[[figure]]\nname = '{name}'\nvalue = '{value}'\n"));
            continue;
        }
        text.push_str("[[line]]\n");
        for (key, cell) in ["description", "quantity", "price", "amount"].iter().zip(&cells) {
            if !cell.is_empty() {
                text.push_str(&format!("{key} = '{cell}'\n"));
            }
        }
        cells.iter().skip(4).for_each(|more| text.push_str(&format!("{more}\n")));
    }
    text
}

/// The first keys of a charge by the minute.
pub const VOICE: &str = "[[charge]]\nname = 'voice'\nclause = '§1'\nunit = 'minute'\nof = ['talk']\nthen = '6s'\n";
/// Of a right invoice.
pub const NOTHING: [&str; 0] = [];
