//! Laws of what holds over several lines: what is never met changes nothing, and months come to what their period does.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use longshore_contract::{Contract, Invoice, LineKind, fold, quantities, read};
use longshore_units::{Amount, Exact, Factor, Month, RoundHow, Rounding, Text};
use proptest::prelude::*;

/// A year and a half, the last year not whole.
const HEAD: &str = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\n\
    starts = 2027-01-01\nends = 2028-06-30\nround = { at = 'line', to = '0.01', how = 'half-up' }\n\
    [[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\ntiers = 'graduated'\nscope = 'contract'\n\
    bands = [{ from = 0, each = '0.47' }, { from = 500, each = '0.31' }]\n\
    [[charge]]\nname = 'chat'\nunit = 'contact'\neach = '1.99'\n\
    [[charge]]\nname = 'platform'\namount = '123.45'\nper = 'month'\n";

fn contract(rest: &str) -> Contract {
    let (contract, findings) = read(&Text::new("contract.toml", format!("{HEAD}{rest}")));
    contract.unwrap_or_else(|| panic!("{rest}{findings:#?}"))
}

/// Minutes in tenths and chats of each month.
fn used() -> impl Strategy<Value = Vec<(u32, u32)>> {
    prop::collection::vec((0u32..20_000, 0u32..500), 18)
}

fn invoices(contract: &Contract, used: &[(u32, u32)]) -> Vec<Invoice> {
    let months: Vec<Month> = "2027-01".parse::<Month>().unwrap().following(18).collect();
    let mut rows =
        "month,charge,rows,quantity,day\n,rate USD/PHP,,58,2026-01-01\n,rate USD/PHP,,57,2027-06-01\n".to_owned();
    for (month, (tenths, chats)) in months.iter().zip(used) {
        rows += &format!("{month},voice,1,{}.{},\n{month},chat,1,{chats},\n", tenths / 10, tenths % 10);
    }
    let (usage, findings) = quantities(contract, &Text::new("used.csv", rows));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let invoices = fold(&contract.in_force(None), &usage, months[0], months[17]).unwrap();
    for invoice in &invoices {
        assert_eq!(invoice.lines.iter().map(|line| line.amount.clone()).sum::<Amount>(), invoice.total);
    }
    invoices
}

/// What the lines of a name come to over some months.
fn sum(invoices: &[Invoice], name: &str) -> Amount {
    let lines = invoices.iter().flat_map(|invoice| &invoice.lines);
    lines.filter(|line| line.charge == name).map(|line| line.amount.clone()).sum()
}

/// What all charges come to over some months.
fn charged(invoices: &[Invoice]) -> Amount {
    let lines = invoices.iter().flat_map(|invoice| &invoice.lines);
    lines.filter(|line| line.kind == LineKind::Charge).map(|line| line.amount.clone()).sum()
}

fn cents(amount: &Amount) -> Amount {
    amount.rounded(&Rounding::new(Exact::ratio(1, 100).unwrap(), RoundHow::HalfUp).unwrap())
}

const ALL: &str = "on = ['voice', 'chat', 'platform']";

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn what_is_never_met_changes_nothing(used in used()) {
        let amounts = |invoices: &[Invoice]| -> Vec<Vec<(String, Amount)>> {
            let lines = |invoice: &Invoice| invoice.lines.iter().map(|line| (line.charge.clone(), line.amount.clone())).collect();
            invoices.iter().map(lines).collect()
        };
        let plain = amounts(&invoices(&contract(""), &used));
        for rule in [
            format!("[[minimum]]\n{ALL}\namount = '0'\nper = 'year'\nprorate = 'day'\n"),
            format!("[[minimum]]\n{ALL}\namount = '99999999'\nwaived_if = 'volume >= 0'\n").replace(", 'chat', 'platform'", ""),
            "[[minimum]]\non = 'voice'\nvolume = '0'\nshortfall_each = '9'\nbeyond = { above = '999999', percent = '50' }\n".to_owned(),
            format!("[[discount]]\n{ALL}\npercent = '0'\n"),
            format!("[[discount]]\n{ALL}\nper = 'term'\nbands = [{{ from = '99999999', percent = '50' }}]\n"),
            format!("[[index]]\n{ALL}\npercent = '3'\nevery = '2 years'\n"),
            format!("[[index]]\n{ALL}\npercent = '3'\nevery = 'month'\nat_most = '0%'\n"),
            format!("[[prepaid]]\n{ALL}\namount = '0'\nper = 'month'\n"),
            "[tax]\nkind = 'VAT'\npercent = '0'\nrecoverable = false\n".to_owned(),
            "[tax]\nkind = 'VAT'\npercent = '19'\nrecoverable = false\nreverse_charge = true\n".to_owned(),
            "[pay]\ndeposit = '0'\nexchange = { against = 'PHP', base = 2026-01-01, band = '5%', beyond = 'buyer' }\n".to_owned(),
            "[pay]\ndeposit = '0'\nexchange = { against = 'PHP', base = 2026-01-01, band = '0%', beyond = 'provider' }\n".to_owned(),
        ] {
            let with = amounts(&invoices(&contract(&rule), &used));
            prop_assert_eq!(&with, &plain, "{}", rule);
        }
    }

    #[test]
    fn months_come_to_the_minimum_of_their_year(used in used(), least in 1u32..40_000) {
        let rule = format!("[[minimum]]\nname = 'least'\n{ALL}\namount = '{least}'\nper = 'year'\nprorate = 'none'\n");
        let invoices = invoices(&contract(&rule), &used);
        for year in [&invoices[..12], &invoices[12..]] {
            let least = Amount(Exact::from(u64::from(least)));
            prop_assert_eq!(&charged(year) + &sum(year, "least"), charged(year).max(least));
        }
    }

    #[test]
    fn months_come_to_the_rebate_of_their_quarter(used in used(), from in 1u32..5000, percent in 1u32..40) {
        let rule = format!("[[discount]]\nname = 'rebate'\n{ALL}\nper = 'quarter'\nbands = [{{ from = '{from}', percent = '{percent}' }}]\n");
        for quarter in invoices(&contract(&rule), &used).chunks(3) {
            let all = charged(quarter);
            let reached = Amount(Exact::from(u64::from(from))) <= all;
            let share = Factor::percent(&Exact::from(u64::from(if reached { percent } else { 0 })));
            prop_assert_eq!(-&sum(quarter, "rebate"), cents(&(&all * &share)));
        }
    }

    #[test]
    fn nothing_is_drawn_down_that_was_not_paid_or_not_used(used in used(), amount in 1u32..9000, expires in 1u32..20) {
        let rule = format!("[[prepaid]]\nname = 'credit'\non = ['voice', 'chat']\namount = '{amount}'\ndue = 2027-03-01\nexpires = '{expires} months'\n");
        let invoices = invoices(&contract(&rule), &used);
        let drawn = -&sum(&invoices, "credit: drawn down");
        let first: usize = 2;
        let until = (first + expires as usize).min(18);
        let usable = &invoices[first..until];
        let open = &sum(usable, "voice") + &sum(usable, "chat");
        prop_assert_eq!(&drawn, &open.min(Amount(Exact::from(u64::from(amount)))));
        prop_assert_eq!(&drawn, &-&sum(usable, "credit: drawn down"));
    }

    #[test]
    fn a_deposit_comes_back_and_costs_nothing(used in used(), deposit in 1u32..9000) {
        let with = invoices(&contract(&format!("[pay]\ndeposit = '{deposit}'\n")), &used);
        prop_assert_eq!(sum(&with[..1], "deposit"), Amount(Exact::from(u64::from(deposit))));
        prop_assert_eq!(sum(&with, "deposit"), Amount::zero());
        let costs: Vec<Amount> = with.iter().map(Invoice::cost).collect();
        prop_assert_eq!(costs, invoices(&contract(""), &used).iter().map(Invoice::cost).collect::<Vec<_>>());
    }
}
