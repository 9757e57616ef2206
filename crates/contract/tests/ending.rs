//! How contracts end, and what is owed until then, worked by hand.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use jiff::civil::{Date, date};
use longshore_contract::{Contract, EndedBy, Usage, read};
use longshore_units::{Exact, Factor, Text};

fn contract(term: &str, more: &str) -> Contract {
    let text = format!(
        "provider = 'cebu'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\n{term}\n\
         round = {{ at = 'line', to = '0.01', how = 'half-up' }}\n\
         [[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = '0.50'\n\
         [[charge]]\nname = 'platform'\namount = '3000'\nper = 'month'\nprorate = 'day'\n{more}"
    );
    let (contract, findings) = read(&Text::new("contract.toml", text));
    contract.unwrap_or_else(|| panic!("{findings:#?}"))
}

fn endings(term: &str, exit: &str, told: Date) -> Vec<(EndedBy, Date, String)> {
    let endings = contract(term, exit).endings(told);
    endings.into_iter().map(|ending| (ending.by, ending.last_day, ending.fee.to_string())).collect()
}

fn owed(contract: &Contract, from: Date, last_day: Date) -> Vec<(String, String)> {
    let owed = contract.owed_without_use(from, last_day, &Factor::one(), &Usage::default()).unwrap();
    owed.into_iter().map(|(month, amount)| (month.to_string(), amount.to_string())).collect()
}

const TERM: &str = "starts = 2025-01-01\nends = 2027-12-31";

#[test]
fn a_contract_ends_by_notice_or_with_its_term() {
    let term = || (EndedBy::Term, date(2027, 12, 31), "0".to_owned());
    let told = date(2027, 1, 1);
    assert_eq!(endings(TERM, "", told), [term()]);
    assert_eq!(endings("starts = 2025-01-01", "", told), []);
    let exit = "[exit]\nfor_convenience = { notice = '90 days', fee = '20000' }\n";
    assert_eq!(endings(TERM, exit, told), [(EndedBy::Convenience, date(2027, 4, 1), "20000".to_owned()), term()]);
    let later = "[exit]\nfor_convenience = { notice = '30 days', from = 2027-07-01 }\n";
    assert_eq!(endings(TERM, later, told)[0], (EndedBy::Convenience, date(2027, 7, 31), "0".to_owned()));
}

#[test]
fn a_renewal_that_can_no_longer_be_declined_goes_on() {
    let exit = "[exit]\nrenewal = { automatic = true, notice = '60 days', for = '6 months' }\n";
    let ends = |told| endings("starts = 2025-01-01\nends = 2027-02-28", exit, told)[0].1;
    assert_eq!(ends(date(2026, 12, 30)), date(2027, 2, 28));
    assert_eq!(ends(date(2026, 12, 31)), date(2027, 8, 31));
    assert_eq!(ends(date(2027, 7, 2)), date(2027, 8, 31));
    assert_eq!(ends(date(2027, 7, 3)), date(2028, 2, 29));
    let by_hand = "[exit]\nrenewal = { automatic = false, for = '6 months' }\n";
    assert_eq!(endings(TERM, by_hand, date(2027, 12, 30))[0].1, date(2027, 12, 31));
}

#[test]
fn until_it_ends_minimums_and_fixed_amounts_are_owed() {
    let minimum = "[[minimum]]\nname = 'least'\non = ['voice']\namount = '10000'\nper = 'month'\nprorate = 'day'\n";
    let contract = contract(TERM, minimum);
    let of = |month: &str, amount: &str| (month.to_owned(), amount.to_owned());
    // January whole; of February 14 of 28 days.
    let months = [of("2027-01", "13000"), of("2027-02", "6500")];
    assert_eq!(owed(&contract, date(2027, 1, 1), date(2027, 2, 14)), months);
    assert_eq!(owed(&contract, date(2027, 1, 1), date(2026, 12, 31)), []);
}

#[test]
fn a_minimum_over_a_year_is_owed_for_the_days_that_are_left() {
    let minimum = "[[minimum]]\nname = 'least'\non = ['voice']\namount = '365000'\nper = 'year'\nprorate = 'day'\n";
    let amounts = owed(&contract(TERM, minimum), date(2027, 1, 1), date(2027, 3, 31));
    let all = amounts.iter().fold(Exact::zero(), |sum, (_, amount)| &sum + &amount.parse::<Exact>().unwrap());
    // 90 days at 1,000, and three months at 3,000.
    assert_eq!((all.to_string().as_str(), amounts.len()), ("99000", 3));
}

#[test]
fn who_recovers_no_tax_owes_it_too() {
    let contract = contract(TERM, "[tax]\nkind = 'VAT'\npercent = '20'\nrecoverable = true\n[pay]\ndeposit = '500'\n");
    let none = Factor::percent(&Exact::zero());
    let day = date(2027, 1, 31);
    let owed = contract.owed_without_use(date(2027, 1, 1), day, &none, &Usage::default()).unwrap();
    assert_eq!(owed[0].1.to_string(), "3600");
}
