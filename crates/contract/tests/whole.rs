//! The whole contract of the manual: it reads without a mistake, prints and reads back, and its lines come to what was worked
//! out by hand beside it.

#![allow(clippy::unwrap_used)]

use longshore_contract::{Contract, Invoice, fold, print, quantities, read};
use longshore_units::{Diagnostic, Text};

/// The first block of a language below the manual's heading.
fn block(language: &str) -> String {
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/contract.md")).unwrap();
    let section = manual.split_once("\n## The whole contract\n").unwrap().1;
    let below = section.split_once(&format!("\n```{language} ")).unwrap().1;
    let body = below.split_once('\n').unwrap().1;
    body.split_once("\n```").unwrap().0.to_owned() + "\n"
}

fn contract() -> (Contract, Vec<Diagnostic>) {
    let (contract, doubts) = read(&Text::new("contract.toml", block("toml")));
    (contract.unwrap_or_else(|| panic!("{doubts:#?}")), doubts)
}

fn invoices(from: &str, to: &str) -> Vec<Invoice> {
    let (contract, _) = contract();
    let (usage, mistakes) = quantities(&contract, &Text::new("quantities.csv", block("csv")));
    let usage = usage.unwrap_or_else(|| panic!("{mistakes:#?}"));
    fold(&contract.in_force(None), &usage, from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

fn amount(invoice: &Invoice, line: &str) -> String {
    let found = invoice.lines.iter().find(|known| known.charge == line);
    found.map_or_else(|| "no line".to_owned(), |line| line.amount.to_string())
}

#[test]
fn it_reads_without_a_doubt_and_reads_back_as_it_prints() {
    let (contract, doubts) = contract();
    assert!(doubts.is_empty(), "{doubts:#?}");
    let (again, doubts) = read(&Text::new("printed.toml", print(&contract)));
    assert_eq!(again.unwrap_or_else(|| panic!("{doubts:#?}")), contract);
}

#[test]
fn its_lines_come_to_what_was_worked_out_by_hand() {
    let months = invoices("2027-01", "2027-04");
    let by_hand: [&[(&str, &str)]; 4] = [
        &[
            ("shared voice", "25285"),
            ("technical support", "25.7"),
            ("dedicated hours", "18125"),
            ("overtime", "290"),
            ("agent months, Spanish", "7143.55"),
            ("team leads", "3200"),
            ("training, growth", "1044"),
            ("resolutions by chat", "732.6"),
            ("outbound hours", "1900"),
            ("sales commission", "30.6"),
            ("answering bundle", "1265"),
            ("interpreters", "420"),
            ("setup", "25000"),
            ("free trial", "-1500"),
            ("monthly minimum", "no line"),
            ("answered in time", "no line"),
            ("exchange", "no line"),
            ("VAT", "10135.37"),
        ],
        &[("monthly minimum", "4120"), ("volume commitment", "300"), ("answered in time: bonus", "358.8")],
        &[("monthly minimum", "no line"), ("training, growth", "-348"), ("answered in time", "no line")],
        &[
            ("dedicated hours", "19320"),
            ("free trial", "no line"),
            ("volume commitment", "564.17"),
            ("answered in time", "-928"),
            ("exchange", "-1831.88"),
            ("VAT", "5598.51"),
        ],
    ];
    for (invoice, lines) in months.iter().zip(by_hand) {
        for (line, worked) in lines {
            assert_eq!(amount(invoice, line), *worked, "{line} in {}", invoice.month);
        }
    }
    let notes: Vec<&str> = months.iter().flat_map(|invoice| &invoice.notes).map(String::as_str).collect();
    assert!(notes.iter().any(|note| note.starts_with("`monthly minimum` is not asked for")), "{notes:#?}");
    assert!(
        notes.contains(&"the provider owes a corrective plan in 10 days: 1 miss of `answered in time`"),
        "{notes:#?}"
    );
}

#[test]
fn from_july_on_its_amendment_holds() {
    let (contract, _) = contract();
    let (june, july) = ("2027-06".parse().unwrap(), "2027-07".parse().unwrap());
    let in_force = contract.in_force(None);
    let names = |month| -> Vec<&str> {
        let versions = in_force.of_month(month).last().unwrap().1;
        versions.charges.iter().map(|charge| charge.name.as_str()).collect()
    };
    assert!(names(june).contains(&"platform") && !names(june).contains(&"weekend desk"));
    assert!(!names(july).contains(&"platform") && names(july).contains(&"weekend desk"));
    let known_before = contract.in_force(Some(jiff::civil::date(2027, 6, 14)));
    assert_eq!(known_before.versions().len(), 1);
}
