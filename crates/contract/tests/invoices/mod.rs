//! Contracts and quantities, written shortly, and what they come to.

#![allow(dead_code, clippy::unwrap_used)] // Each test file uses what it needs, and fails by panicking.

use longshore_contract::{Contract, Invoice, fold, quantities, read};
use longshore_units::{Amount, Text};

/// A contract of one charge from 2027-01-01 to the end of 2028, each line rounded half up to the cent.
pub fn contract(charges: &str) -> Contract {
    let text = format!(
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\nends = 2028-12-31\n\
         round = {{ at = 'line', to = '0.01', how = 'half-up' }}\n{charges}\n"
    );
    let (contract, findings) = read(&Text::new("contract.toml", text.clone()));
    contract.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

/// The codes that reading charges gives.
pub fn codes(charges: &str) -> Vec<&'static str> {
    let text = format!(
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\nends = 2028-12-31\n\
         round = {{ at = 'line', to = '0.01', how = 'half-up' }}\n{charges}\n"
    );
    let (_, findings) = read(&Text::new("contract.toml", text));
    findings.iter().map(|finding| finding.code).collect()
}

/// The invoices of months from `from` to `to`. Lines of `used` are those of a quantities file, without the heading.
pub fn invoices(contract: &Contract, columns: &str, used: &str, from: &str, to: &str) -> Vec<Invoice> {
    let (usage, findings) = quantities(contract, &Text::new("quantities.csv", format!("{columns}\n{used}\n")));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let invoices = fold(&contract.in_force(None), &usage, from.parse().unwrap(), to.parse().unwrap()).unwrap();
    invoices.iter().for_each(sums);
    invoices
}

/// Every line is the sum of its details, and the total that of the lines.
fn sums(invoice: &Invoice) {
    for line in &invoice.lines {
        let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
        assert_eq!(details, line.amount, "details of {}", line.charge);
        for detail in &line.detail {
            if let (Some(quantity), Some(price)) = (&detail.quantity, &detail.price) {
                let amount = price * quantity;
                let off = (&amount - &detail.amount).0.to_f64().abs();
                assert!(off < 1e-9, "{}: {quantity} × {price} is {amount}, not {}", detail.rule, detail.amount);
            }
        }
    }
    assert_eq!(invoice.lines.iter().map(|line| line.amount.clone()).sum::<Amount>(), invoice.total);
}

pub const COLUMNS: &str = "month,charge,group,rows,quantity";

/// What the months of a charge named `c` come to that used so much in each, from January 2027 on.
pub fn months(charge: &str, used: &[&str]) -> Vec<String> {
    let contract = contract(&format!("[[charge]]\nname = 'c'\n{charge}"));
    let month = |position: usize| format!("{}-{:02}", 2027 + position / 12, position % 12 + 1);
    let lines: Vec<String> =
        used.iter().enumerate().map(|(position, used)| format!("{},c,,1,{used}", month(position))).collect();
    let invoices = invoices(&contract, COLUMNS, &lines.join("\n"), "2027-01", &month(used.len() - 1));
    invoices.iter().map(|invoice| invoice.total.to_string()).collect()
}

/// What one month comes to.
pub fn month(charge: &str, used: &str) -> String {
    months(charge, &[used]).remove(0)
}

/// The details of one month: rule and amount.
pub fn details(charge: &str, used: &[&str]) -> Vec<(String, String)> {
    let contract = contract(&format!("[[charge]]\nname = 'c'\n{charge}"));
    let lines: Vec<String> =
        used.iter().enumerate().map(|(position, used)| format!("2027-{:02},c,,1,{used}", position + 1)).collect();
    let last = format!("2027-{:02}", used.len());
    let invoice = invoices(&contract, COLUMNS, &lines.join("\n"), &last, &last).remove(0);
    let details = invoice.lines[0].detail.iter();
    details.map(|detail| (detail.rule.clone(), detail.amount.to_string())).collect()
}
