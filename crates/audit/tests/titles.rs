//! The titles of a table: what is said where they do not tell which column is meant.

#![allow(clippy::unwrap_used)]

use longshore_audit::{Mapping, csv, invoices, mapping};
use longshore_contract::{Contract, read};
use longshore_units::Text;

fn contract() -> Contract {
    let text = "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\n\
                [[charge]]\nname = 'voice'\nunit = 'minute'\neach = '0.95'\n";
    read(&Text::new("contract.toml", text)).0.unwrap()
}

/// The mistakes of a file, by its own titles or these.
fn mistakes(text: &str, columns: Option<&str>) -> Vec<String> {
    let contract = contract();
    let by = match columns {
        None => Mapping::ours(),
        Some(columns) => {
            let text = format!("[header]\nmonth = {{ value = '2027-03' }}\n[columns]\n{columns}\n");
            mapping(&contract, &Text::new("mapping.toml", text)).0.unwrap()
        }
    };
    let sheet = csv(&Text::new("invoice.csv", text), None).0.unwrap();
    let (read, findings) = invoices(&contract, &[sheet], &by);
    assert_eq!(read.is_none(), findings.iter().any(|finding| finding.code == "A006"));
    findings.iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

#[test]
fn a_title_above_two_columns_that_differ_is_a_mistake() {
    let of = |one: &str, other: &str| {
        mistakes(
            &format!("month,description,amount,Amount\n2027-03,voice,95.00,{one}\n2027-03,voice,95.00,{other}\n"),
            None,
        )
    };
    let said = of("95.00", "999.99");
    assert_eq!(
        said,
        ["A006 the title `amount` stands at C1 and at D1, and the two columns differ: either could be the amount"]
    );
    assert_eq!(of("95.00", "").len(), 1);
    assert_eq!(of("95.00", "95.00"), Vec::<String>::new());
    // Titles that the mapping does not name may repeat.
    assert_eq!(mistakes("month,description,note,note,amount\n2027-03,voice,a,b,95.00\n", None), Vec::<String>::new());
}

#[test]
fn a_mapping_without_amounts_or_words_is_told_so() {
    let text = "Item,Extended\nvoice,95.00\n";
    assert_eq!(mistakes(text, Some("description = 'Item'\namount = 'Extended'")), Vec::<String>::new());
    assert_eq!(
        mistakes(text, Some("description = 'Item'")),
        ["A006 the mapping does not say which column has what a line asks for"]
    );
    assert_eq!(
        mistakes(text, Some("amount = 'Extended'")),
        ["A006 the mapping does not say which column has what a line bills"]
    );
    assert_eq!(
        mistakes(text, Some("description = 'Item'\namount = 'Amount'")),
        ["A006 no row has the titles of a table of lines: `Item`, `Amount`"]
    );
}
