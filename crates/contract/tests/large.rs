//! Files that are larger than any real one: they are answered in a time and a space that grow as they do.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use longshore_contract::{Contract, Invoice, Usage, fold, quantities, read};
use longshore_units::{Diagnostic, Text};

const TOP: &str = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\n\
                   round = { at = 'invoice', to = '0.01', how = 'half-up' }\n";

/// Fractions of which hardly two share a divisor.
fn fraction(number: u128) -> String {
    format!("1/{}7919", (2 * number + 1) * 1_000_000_007_000_000_000_000_000_000_000 + 39)
}

fn length(findings: &[Diagnostic]) -> usize {
    findings.iter().map(|finding| finding.message.len() + finding.help.as_ref().map_or(0, String::len)).sum()
}

#[test]
fn fractions_that_share_nothing_are_refused_and_not_summed() {
    let flat = |number| format!("[[charge]]\nname = 'c{number}'\nper = 'month'\namount = '{}'\n", fraction(number));
    let few = format!("{TOP}{}", (0..10).map(flat).collect::<String>());
    let (contract, findings) = read(&Text::new("few.toml", few));
    assert_eq!(findings, []);
    let contract = contract.unwrap();
    assert_eq!(of_january(&contract, &Default::default()).lines.len(), 10);

    let many = format!("{TOP}{}", (0..1000).map(flat).collect::<String>());
    let (contract, findings) = read(&Text::new("many.toml", many));
    assert!(contract.is_none());
    assert!(findings.iter().all(|finding| finding.code == "C017"));
}

#[test]
fn quantities_that_share_nothing_are_refused_and_not_summed() {
    let (contract, _) = read(&Text::new("c.toml", format!("{TOP}[[charge]]\nunit = 'leg'\neach = '1/7'\n")));
    let contract = contract.unwrap();
    let line = |number| format!("2027-01,leg,{},1,{}\n", number % 2, fraction(number));
    let file = |lines: u128| format!("month,charge,group,rows,quantity\n{}", (0..lines).map(line).collect::<String>());
    let (usage, findings) = quantities(&contract, &Text::new("few.csv", file(10)));
    assert_eq!(findings, []);
    assert_eq!(of_january(&contract, &usage.unwrap()).lines[0].rows, Some(10));

    let (usage, findings) = quantities(&contract, &Text::new("many.csv", file(1000)));
    assert!(usage.is_none());
    assert!(900 < findings.len() && findings.iter().all(|finding| finding.code == "Q004"), "{}", findings.len());

    // A real file of a thousand lines: whole milliseconds of minutes, days of months, hours of 173.33 a month.
    let line = |number: u128| {
        format!("2027-01,leg,,1,{}/60000\n2027-01,leg,,1,{number}/31\n2027-01,leg,,1,{number}/173.33\n", number * 77)
    };
    let text = format!("month,charge,group,rows,quantity\n{}", (0..1000).map(line).collect::<String>());
    let (usage, findings) = quantities(&contract, &Text::new("real.csv", text));
    assert_eq!(findings, []);
    assert!(usage.is_some());
}

#[test]
fn names_that_do_not_exist_are_not_each_answered_with_all_that_do() {
    let charge = |number: u32| format!("[[charge]]\nname = 'c{number}'\nunit = 'leg'\neach = 1\n");
    let charges: String = (0..2000).map(charge).collect();
    let minimum = format!("[[minimum]]\namount = 1\nper = 'month'\non = [{}]\n", "'x', ".repeat(2000));
    let (contract, findings) = read(&Text::new("c.toml", format!("{TOP}{charges}{minimum}")));
    assert!(contract.is_none());
    assert_eq!(findings.iter().filter(|finding| finding.code == "C012").count(), 2000);
    assert!(length(&findings) < 1_000_000, "{}", length(&findings));

    let (contract, _) = read(&Text::new("c.toml", format!("{TOP}{charges}")));
    let lines = format!("month,charge,group,rows,quantity\n{}", "2027-01,x,,1,1\n".repeat(2000));
    let (_, findings) = quantities(&contract.unwrap(), &Text::new("q.csv", lines));
    // The first thousand say enough.
    assert!((1000..1100).contains(&findings.len()), "{}", findings.len());
    assert!(length(&findings) < 1_000_000, "{}", length(&findings));
}

#[test]
fn more_charges_than_anybody_checks_are_refused() {
    let charge = |number: u32| {
        format!("[[charge]]\nname = 'c{number}'\nunit = 'leg'\neach = 1\nwhen = {{ outcome = 'answered' }}\n")
    };
    let of = |count: u32| read(&Text::new("c.toml", format!("{TOP}{}", (0..count).map(charge).collect::<String>())));
    assert_eq!(of(5000).0.map(|contract| contract.charges.len()), Some(5000));
    let (contract, findings) = of(5002);
    assert!(contract.is_none());
    assert_eq!(findings.iter().map(|one| one.code).collect::<Vec<_>>(), ["C013"]);
}

#[test]
fn what_is_not_read_at_all_is_one_mistake() {
    let deep = format!("{TOP}x = {}", "[".repeat(100));
    let large = format!("{TOP}{}", "# More of the same.\n".repeat(500_000));
    for text in [deep, large] {
        let (contract, findings) = read(&Text::new("c.toml", text));
        assert!(contract.is_none());
        assert_eq!(findings.iter().map(|one| one.code).collect::<Vec<_>>(), ["T001"]);
    }
}

fn of_january(contract: &Contract, usage: &Usage) -> Invoice {
    let january = "2027-01".parse().unwrap();
    fold(&contract.in_force(None), usage, january, january).unwrap().remove(0)
}
