//! What a line, a contact and a length come to at most and at least. Reckoned by hand.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

mod invoices;

use jiff::civil::date;
use longshore_contract::{Class, CounterOf, Ledger, Usage, UsageKey, Used, price};
use longshore_units::{Exact, Quantity};

use invoices::{COLUMNS, codes, contract, invoices, month, months};

const CONTACTS: &str = "unit = 'contact'\nwhen = { outcome = ['answered'] }\n";
const SECONDS: &str = "unit = 'minute'\nof = ['talk']\n";

#[test]
fn a_line_has_a_discount_a_cap_and_a_minimum_in_the_order_that_is_said() {
    let charge = |order: &str| {
        format!("{CONTACTS}each = 10\ndiscount = '10%'\ncap = 500\nminimum = {{ amount = 200 }}\n{order}")
    };
    let usual = charge("order = ['discount', 'cap', 'minimum']");
    assert_eq!(["0", "21", "30", "55", "60"].map(|used| month(&usual, used)), ["200", "200", "270", "495", "500"]);
    let cap_first = charge("order = ['cap', 'discount', 'minimum']");
    assert_eq!(month(&cap_first, "60"), "450");
    let minimum_first = charge("order = ['minimum', 'discount', 'cap']");
    assert_eq!(month(&minimum_first, "0"), "180");
}

#[test]
fn a_years_cap_is_reached_once_and_its_minimum_settled_in_its_last_month() {
    let charge = format!("{CONTACTS}each = 10\nper = 'quarter'\ncap = 170");
    assert_eq!(months(&charge, &["10", "5", "10", "20"]), ["100", "50", "20", "170"]);
    let charge = format!("{CONTACTS}each = 10\nper = 'quarter'\nminimum = 400");
    assert_eq!(months(&charge, &["10", "5", "10", "20", "0", "30"]), ["100", "50", "250", "200", "0", "300"]);
}

#[test]
fn a_minimum_is_due_without_any_use() {
    let contract = contract(&format!("[[charge]]\nname = 'c'\n{CONTACTS}each = 10\nminimum = 100\nscope = 'contract'"));
    assert_eq!(invoices(&contract, COLUMNS, "", "2027-01", "2027-01")[0].total.to_string(), "100");
}

fn calls(charge: &str, seconds: &[u64]) -> String {
    let contract = contract(&format!("[[charge]]\nname = 'c'\n{charge}"));
    let used: Vec<String> = seconds.iter().map(|seconds| format!("2027-01,c,,1,{seconds} s")).collect();
    invoices(&contract, COLUMNS, &used.join("\n"), "2027-01", "2027-01")[0].total.to_string()
}

#[test]
fn each_contact_has_a_fee_a_least_and_a_most() {
    let charge = format!("{SECONDS}then = '1s'\neach = '0.60'\nconnect_fee = '0.20'");
    assert_eq!(calls(&charge, &[60, 120]), "2.2"); // 0.80 and 1.40
    let limited = format!(
        "{charge}\nminimum = {{ each_contact = '1.00' }}\ncap = {{ each_contact = '1.30', amount = 3 }}\norder = ['cap', 'minimum']"
    );
    assert_eq!(calls(&limited, &[60, 100, 120]), "3"); // 1.00 + 1.20 + 1.30 = 3.50, at most 3
    assert_eq!(calls(&limited, &[60, 100]), "2.2");
}

#[test]
fn each_contact_is_limited_before_it_is_rounded() {
    let charge = format!(
        "{SECONDS}then = '1s'\neach = '0.60'\nconnect_fee = '0.005'\ncap = {{ each_contact = '0.614' }}\nround = {{ at = 'contact', to = '0.01', how = 'up' }}"
    );
    assert_eq!(calls(&charge, &[60, 62, 1]), "1.25"); // 0.605 → 0.61; 0.614 → 0.62; 0.015 → 0.02
}

#[test]
fn a_price_by_length_bills_each_part_in_its_own_steps() {
    let lengths =
        "lengths = [{ from = '0s', each = '0.40', then = '30s' }, { from = '60s', each = '0.20', then = '10s' }]";
    let part = format!("{SECONDS}connect_fee = '0.80'\n{lengths}\nlengths_by = 'part'");
    // 60 s at 0.40, then 25 s billed as 30 at 0.20.
    assert_eq!(calls(&part, &[85]), "1.3");
    assert_eq!(calls(&part, &[0, 20, 60]), "3"); // 0.80 + 1.00 + 1.20
    let whole = format!("{SECONDS}{lengths}\nlengths_by = 'whole'");
    // 60 s: 0.40. 61 s reach the second part: 70 s at 0.20.
    assert_eq!([calls(&whole, &[60]), calls(&whole, &[61])], ["0.4", "0.23"]);
}

#[test]
fn short_contacts_and_beginnings_may_be_free() {
    let contract = contract(&format!(
        "[[charge]]\n{SECONDS}first = '60s'\nthen = '6s'\nfree_up_to = '5s'\nfree_first = '10s'\nextra = '60s'\neach = 1"
    ));
    let longshore_contract::ChargeKind::Counted(counted) = &contract.charges[0].kind else { panic!() };
    let longshore_contract::Measure::Time { increments, .. } = &counted.measure else { panic!() };
    let seconds = longshore_units::Milliseconds::seconds;
    assert!(!increments.bills(seconds(5)) && increments.bills(seconds(6)));
    assert_eq!([6, 70, 71].map(|time| increments.billed(seconds(time)).unwrap()), [120, 120, 126].map(seconds));
}

#[test]
fn what_limits_cannot_say_is_refused() {
    for (charge, code) in [
        (format!("{CONTACTS}each = 1\ncap = 5\nminimum = 6"), "C038"),
        (format!("{CONTACTS}each = 1\ncap = {{ each_contact = 5 }}\nminimum = {{ each_contact = 6 }}"), "C038"),
        (format!("{CONTACTS}each = 1\ncap = {{}}"), "C038"),
        (format!("{CONTACTS}each = 1\ndiscount = 101"), "C038"),
        (format!("{CONTACTS}each = 1\norder = ['cap', 'cap']"), "C038"),
        ("unit = 'hour'\nof = 'logged in'\neach = 1\nconnect_fee = 1".to_owned(), "C038"),
        (format!("{CONTACTS}each = 1\ncap = 6\nminimum = 5"), "C039"),
        (format!("{SECONDS}lengths = [{{ from = '0s', each = 1, then = '1s' }}]"), "C036"),
        (format!("{SECONDS}lengths_by = 'part'\nlengths = [{{ from = '1s', each = 1, then = '1s' }}]"), "C035"),
        (
            format!("{SECONDS}then = '1s'\nlengths_by = 'part'\nlengths = [{{ from = '0s', each = 1, then = '1s' }}]"),
            "C035",
        ),
        (format!("{CONTACTS}lengths_by = 'part'\nlengths = [{{ from = '0s', each = 1, then = '1s' }}]"), "C035"),
        (format!("{SECONDS}each = 1\nlengths_by = 'part'"), "C035"),
        (
            format!("{SECONDS}then = '1s'\nblock = 5\nscope = 'contract'\ncap = {{ each_contact = 5 }}\neach = 1"),
            "C015",
        ),
    ] {
        let found = codes(&format!("[[charge]]\n{charge}"));
        assert!(found.contains(&code), "{charge}: {found:?}");
    }
}

#[test]
fn contacts_reckoned_one_by_one_climb_a_years_bands_by_their_days() {
    let contract = contract(&format!(
        "[[charge]]\nname = 'c'\n{SECONDS}then = '1s'\nscope = 'contract'\nper = 'quarter'\ntiers = 'graduated'\n\
         bands = [{{ from = 0, each = 10 }}, {{ from = 15, each = 5 }}]\ncap = {{ each_contact = 60 }}"
    ));
    let used = "2027-01,c,1,10,2027-01-04\n2027-02,c,1,4,2027-02-02\n2027-02,c,1,6,2027-02-03";
    let totals = invoices(&contract, "month,charge,rows,quantity,day", used, "2027-01", "2027-02");
    let totals: Vec<String> = totals.iter().map(|invoice| invoice.total.to_string()).collect();
    // 100, at most 60; then 40, and 6 of which the first has the first price: 35.
    assert_eq!(totals, ["60", "75"]);
}

#[test]
fn a_day_whose_units_sum_to_nothing_has_its_contacts_all_the_same() {
    let contract = contract(&format!(
        "[[charge]]\nname = 'c'\n{SECONDS}then = '1s'\nscope = 'contract'\ntiers = 'graduated'\n\
         bands = [{{ from = 0, each = 1 }}, {{ from = 5, each = '0.5' }}]\nconnect_fee = '0.20'\n\
         minimum = {{ each_contact = '0.30' }}"
    ));
    // 10 minutes: 5 + 2.50 + 0.20. Two contacts without a second: each 0.20, at least 0.30.
    let used = "2027-01,c,1,10,2027-01-04\n2027-01,c,1,0,2027-01-05\n2027-01,c,1,0,2027-01-05";
    let invoice = invoices(&contract, "month,charge,rows,quantity,day", used, "2027-01", "2027-01").remove(0);
    assert_eq!(invoice.total.to_string(), "8.3");
}

/// What sales come to, each on a day of January: 8% of the first `until`, then 4%; at least 1 each.
fn commission(until: u32, sales: &[(i8, i32)]) -> String {
    let contract = contract(&format!(
        "[[charge]]\nname = 'c'\nunit = 'sale'\nscope = 'contract'\ntiers = 'graduated'\n\
         bands = [{{ from = 0, percent = 8 }}, {{ from = {until}, percent = 4 }}]\neach_at_least = 1"
    ));
    let mut usage = Usage::default();
    for (day, amount) in sales {
        let key = UsageKey {
            version: 0,
            counter: CounterOf::Charge(0),
            period: "2027-01".parse().unwrap(),
            group: String::new(),
            day: Some(date(2027, 1, *day)),
            class: Class(0),
        };
        usage.add(key, Used::Each([(Quantity(Exact::from(i128::from(*amount))), 1)].into())).unwrap();
    }
    let month = "2027-01".parse().unwrap();
    price(&contract.in_force(None), &usage, month, &mut Ledger::default()).unwrap().total.to_string()
}

#[test]
fn sales_and_what_is_taken_back_of_them_on_one_day_have_the_price_that_the_volume_reached() {
    // 80; then at 4%: 0.80 and 0.80, each at least 1, 2.40, and 4 given back.
    assert_eq!(commission(1000, &[(4, 1000), (5, 20), (5, 20), (5, 60), (5, -100)]), "80.4");
}

#[test]
fn what_is_taken_back_before_anything_is_sold_has_the_first_price() {
    // 8 given back; then 600 at 8% and 400 at 4%.
    assert_eq!(commission(500, &[(4, -100), (5, 1000)]), "56");
}
