//! Bands: what a volume comes to, reckoned by hand.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

mod invoices;

use invoices::{codes, details, month, months};

const CONTACTS: &str = "unit = 'contact'\nwhen = { outcome = ['answered'] }\nscope = 'contract'\n";

fn charge(rest: &str) -> String {
    format!("{CONTACTS}{rest}")
}

#[test]
fn graduated_bands_have_fees_and_caps_of_their_own() {
    let charge = charge(
        "tiers = 'graduated'\nbands = [{ from = 0, each = 10, fee = 2 }, { above = 10, each = 5, fee = 3 }, { above = 20, each = 5, fee = 3, at_most = 12 }]",
    );
    // The first fee is due without any use; the bound itself lies in the band before.
    assert_eq!(month(&charge, "0"), "2");
    assert_eq!(month(&charge, "10"), "102");
    assert_eq!(month(&charge, "10.5"), "107.5");
    assert_eq!(month(&charge, "11"), "110");
    assert_eq!(month(&charge, "21"), "163");
    assert_eq!(month(&charge, "30"), "170"); // 102 + 53 + 3, and 10 × 5 is cut to 12.
}

#[test]
fn a_fee_may_be_due_only_where_there_is_any_use() {
    let charge = charge("tiers = 'graduated'\nbands = [{ from = 0, each = 0 }, { above = 0, each = 1, fee = 10 }]");
    assert_eq!(["0", "5"].map(|used| month(&charge, used)), ["0", "15"]);
}

#[test]
fn volume_tiers_price_all_units_by_the_band_reached() {
    let charge = charge("tiers = 'volume'\nbands = [{ from = 0, each = '0.42' }, { from = 500000, each = '0.38' }]");
    assert_eq!(month(&charge, "499999"), "209999.58");
    assert_eq!(month(&charge, "500000"), "190000");
    assert_eq!(month(&charge, "600000"), "228000");
}

#[test]
fn a_stair_has_an_amount_and_no_price() {
    let charge = charge(
        "tiers = 'stair-step'\nbands = [{ from = 0, amount = 400 }, { from = 1000, amount = 700 }, { above = 2000, amount = 900 }]",
    );
    assert_eq!(
        ["0", "999", "1000", "2000", "2000.5"].map(|used| month(&charge, used)),
        ["400", "400", "700", "700", "900"]
    );
}

#[test]
fn a_package_begun_is_billed_whole_unless_it_is_said_otherwise() {
    let package = |rest: &str| charge(&format!("tiers = 'package'\nblock = 100\neach = 15\n{rest}"));
    assert_eq!(["0", "1", "100", "121"].map(|used| month(&package(""), used)), ["0", "15", "15", "30"]);
    assert_eq!(["99", "121"].map(|used| month(&package("partial = 'down'"), used)), ["0", "15"]);
    assert_eq!(["149", "150"].map(|used| month(&package("partial = 'half-up'"), used)), ["15", "30"]);
}

#[test]
fn blocks_are_filled_up_within_each_band_or_over_all() {
    let bands = "bands = [{ from = 0, each = 1, block = 100 }, { above = 1000, each = 1, block = 1000 }]";
    // 10 blocks of 100, and 4325 begin 5 blocks of 1000.
    assert_eq!(month(&charge(&format!("tiers = 'graduated'\n{bands}")), "5325"), "15");
    // 5325 begin 6 blocks of the band that all of them reach.
    assert_eq!(month(&charge(&format!("tiers = 'volume'\n{bands}")), "5325"), "6");
}

#[test]
fn a_year_climbs_its_bands_once() {
    let charge = charge(
        "per = 'year'\ntiers = 'graduated'\nbands = [{ from = 0, each = 1, fee = 7 }, { from = 100, each = '0.50', fee = 10 }]",
    );
    // 60 + the first fee; 40 + 20 × 0.50 + the second fee; 30 × 0.50; a new year in month 13.
    let mut used = vec!["60", "60", "30"];
    used.extend(["0"; 9]);
    used.push("60");
    let amounts = months(&charge, &used);
    assert_eq!(amounts[..4], ["67", "60", "15", "0"]);
    assert_eq!(amounts[12], "67");
    // Packages count over the year too: 17 are 2 of ten, 22 a third.
    let packages = format!("{CONTACTS}per = 'year'\nblock = 10\neach = 15");
    assert_eq!(months(&packages, &["17", "5", "8"]), ["30", "15", "0"]);
}

#[test]
fn a_cheaper_band_pays_back_what_earlier_months_cost_more() {
    let charge =
        charge("per = 'quarter'\ntiers = 'volume'\nbands = [{ from = 0, each = 10 }, { above = 15, each = 5 }]");
    assert_eq!(months(&charge, &["15", "1", "4", "16"]), ["150", "-70", "20", "80"]);
    let parts = details(&charge, &["15", "1"]);
    let expected = [("rebate for earlier months", "-75"), ("each contact above 15", "5")];
    assert_eq!(parts, expected.map(|(rule, amount)| (rule.to_owned(), amount.to_owned())));
}

#[test]
fn a_stair_over_a_year_bills_each_step_once() {
    let charge = charge(
        "per = 'year'\ntiers = 'stair-step'\nbands = [{ from = 0, amount = 400 }, { from = 100, amount = 700 }]",
    );
    assert_eq!(months(&charge, &["60", "60", "60"]), ["400", "300", "0"]);
}

#[test]
fn what_bands_cannot_say_is_refused() {
    for (rest, code) in [
        ("tiers = 'package'\neach = 15", "C030"),
        ("block = 0\neach = 15", "C030"),
        ("partial = 'up'\neach = 15", "C030"),
        ("tiers = 'stair-step'\neach = 15", "C031"),
        ("tiers = 'stair-step'\nbands = [{ from = 0, each = 15 }]", "C031"),
        ("bands = [{ from = 0, amount = 15 }]", "C031"),
        ("tiers_by = \"agents, month's average\"\neach = 15", "C032"),
        (
            "tiers = 'volume'\nbands = [{ from = 0, each = 1 }, { from = 5, each = 1 }, { from = '90% of forecast', each = 1 }]",
            "C034",
        ),
        (
            "per = 'year'\ntiers = 'volume'\nbands = [{ from = 0, each = 1 }, { from = '90% of forecast', each = 1 }]",
            "C034",
        ),
    ] {
        let found = codes(&format!("[[charge]]\n{CONTACTS}{rest}"));
        assert!(found.contains(&code), "{rest}: {found:?}");
    }
}

#[test]
fn a_charge_has_a_hundred_bands_at_most() {
    let charge = |count: u64| {
        let bands: Vec<String> = (0..count).map(|band| format!("{{ from = {}, each = 1 }}", band * 10)).collect();
        format!("[[charge]]\n{CONTACTS}tiers = 'graduated'\nbands = [{}]", bands.join(", "))
    };
    assert!(codes(&charge(100)).is_empty());
    assert_eq!(codes(&charge(101)), ["C006"]);
}
