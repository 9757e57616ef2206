//! A month that depends on those before: from records that go back to the first, or from a ledger.

#![allow(clippy::unwrap_used)]

mod pages;
mod records;

use std::fs;
use std::path::Path;

use longshore_contacts::{Table, contacts_batch, rates_batch};
use pages::{longshore, put};
use serde_json::Value;

const CONTRACT: &str = "provider = 'cebu'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\n\
    starts = 2027-01-01\nends = 2027-12-31\n[round]\nat = 'line'\nto = '0.01'\nhow = 'half-up'\n\
    [[charge]]\nname = 'calls'\nunit = 'contact'\nwhen = { outcome = 'answered' }\nscope = 'contract'\nper = 'year'\ntiers = 'volume'\n\
    bands = [{ from = 0, each = '1.00' }, { from = 3, each = '0.75' }]\n";

/// Two contacts in each of three months, each month in a folder.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "contract.toml", CONTRACT);
    for (name, first, last) in
        [("jan", "2027-01-01", "2027-01-31"), ("feb", "2027-02-01", "2027-02-28"), ("mar", "2027-03-01", "2027-03-31")]
    {
        let month = folder.path().join(name);
        records::contacts(&month, &[records::contact("cebu", None, first), records::contact("cebu", None, last)]);
        records::manifest(&month, first, last, None);
    }
    folder
}

fn month(folder: &Path, arguments: &str) -> Value {
    let answer = longshore(folder, &arguments.split(' ').collect::<Vec<_>>());
    assert!(answer.success, "{}", answer.err);
    serde_json::from_str(&answer.out).unwrap()
}

fn refused(folder: &Path, arguments: &str) -> String {
    let answer = longshore(folder, &arguments.split(' ').collect::<Vec<_>>());
    assert!(!answer.success, "{}", answer.out);
    answer.err
}

#[test]
fn a_ledger_says_what_the_records_of_earlier_months_would() {
    let folder = folder();
    let folder = folder.path();
    let rate = "rate --contract contract.toml --json";
    // Of four contacts all cost 0.75: February has 4 × 0.75 − 2.00.
    let whole = month(folder, &format!("{rate} jan feb mar --month 2027-02"));
    assert_eq!(whole["months"][0]["total"], "1.00");
    let said = refused(folder, &format!("{rate} feb --month 2027-02"));
    assert_eq!(
        said,
        "error: 2027-02 cannot be rated by itself under the contract of `cebu`: `calls` depends on the months before, and the \
         records do not cover 2027-01; name records from 2027-01 on, or give the ledger of the month before with --ledger \
         (rate writes it with --write-ledger)\n"
    );
    month(folder, &format!("{rate} jan --month 2027-01 --write-ledger ledger.json"));
    let by_ledger =
        month(folder, &format!("{rate} feb --month 2027-02 --ledger ledger.json --write-ledger ledger.json"));
    assert_eq!(by_ledger, whole);
    let march = month(folder, &format!("{rate} mar --month 2027-03 --ledger ledger.json"));
    assert_eq!(march, month(folder, &format!("{rate} jan feb mar --month 2027-03")));
    // A month that the ledger has is priced again, from those before it.
    assert_eq!(month(folder, &format!("{rate} feb --month 2027-02 --ledger ledger.json")), whole);
    let all = month(folder, &format!("{rate} jan feb mar --all-months"));
    assert_eq!(all["months"][1], whole["months"][0]);
    assert_eq!(all["months"][2], march["months"][0]);
}

#[test]
fn a_ledger_of_something_else_is_refused() {
    let folder = folder();
    let folder = folder.path();
    let rate = "rate --contract contract.toml --json";
    month(folder, &format!("{rate} jan --month 2027-01 --write-ledger ledger.json"));
    let ledger = fs::read_to_string(folder.join("ledger.json")).unwrap();
    let with = |from: &str, to: &str| {
        assert!(ledger.contains(from), "{ledger}");
        put(folder, "other.json", &ledger.replace(from, to));
        refused(folder, &format!("{rate} feb --month 2027-02 --ledger other.json"))
    };
    for (from, to, says) in [
        ("\"cebu\"", "\"manila\"", "it is of another contract"),
        ("\"USD\"", "\"EUR\"", "it is of another contract"),
        ("2027-01-01", "2026-01-01", "it is of another contract"),
        ("\"2027-01\"", "\"2026-12\"", "it is not whole"),
        ("\"2027-01\"", "\"January\"", "is damaged"),
        ("\"amount\": \"2\"", "\"amount\": \"two\"", "is damaged in 2027-01"),
        ("\"format\": 2", "\"format\": 1", "this version reads 2"),
        ("\"tariff\"", "\"tarif\"", "is no ledger"),
    ] {
        let said = with(from, to);
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn what_became_known_later_is_not_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let amended = CONTRACT.replace("per = 'year'\n", "")
        + "[[amendment]]\nknown = 2027-03-15\nsigned = 2027-03-10\neffective = 2027-01-01\n\
           set.charge.calls.bands = [{ from = 0, each = '2.00' }]\n";
    put(folder, "contract.toml", &amended);
    let at = |day: &str| Some(longshore_units::Zone::utc().start_of(day.parse().unwrap()).unwrap());
    let first = records::contact("cebu", None, "2027-01-05");
    let second = records::contact("cebu", None, "2027-01-06");
    // The second contact was delivered anew on February 20.
    let rows = [
        first,
        longshore_contacts::ContactRow { superseded_at: at("2027-02-20"), ..second.clone() },
        longshore_contacts::ContactRow { delivered_at: at("2027-02-20"), provider: "other".to_owned(), ..second },
    ];
    records::write(&folder.join("jan"), Table::Contacts, &contacts_batch(&rows));
    records::manifest(&folder.join("jan"), "2027-01-01", "2027-01-31", None);
    let rate = "rate --contract contract.toml jan --month 2027-01 --json";
    let total = |arguments: &str| month(folder, &format!("{rate}{arguments}"))["months"][0]["total"].clone();
    assert_eq!(total(""), "2.00");
    assert_eq!(total(" --known 2027-03-15"), "2.00");
    assert_eq!(total(" --known 2027-03-14"), "1.00");
    assert_eq!(total(" --known 2027-02-19"), "2.00"); // Two contacts, at 1.00.
}

#[test]
fn two_values_of_a_rate_on_one_day_are_refused() {
    let folder = folder();
    let folder = folder.path();
    let rate = |value: &str| longshore_contacts::RateRow {
        what: "USD/PHP".to_owned(),
        date: "2027-01-31".parse().unwrap(),
        value: value.parse().unwrap(),
        source: None,
    };
    records::write(&folder.join("jan"), Table::Rates, &rates_batch(&[rate("58"), rate("59")]));
    let said = refused(folder, "rate --contract contract.toml jan --month 2027-01");
    assert!(said.contains("the records have two values of `USD/PHP` on 2027-01-31"), "{said}");
}
