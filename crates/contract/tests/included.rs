//! Included units: which ones cost nothing, and what becomes of those that nobody used. Reckoned by hand.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

mod invoices;

use invoices::{codes, contract, details, invoices, month, months};

const MINUTES: &str = "unit = 'minute'\nof = ['talk']\nthen = '1s'\n";

#[test]
fn what_is_included_is_taken_off_before_the_bands() {
    let bundle =
        format!("{MINUTES}fee = 950\nprorate = 'day'\neach = '1.75'\nincluded = {{ quantity = 1000, per = 'month' }}");
    assert_eq!(["0", "1000", "1240.5"].map(|used| month(&bundle, used)), ["950", "950", "1370.88"]); // 240.5 × 1.75
    let blocks =
        "unit = 'contact'\nwhen = { outcome = ['answered'] }\nblock = 100\neach = 2\nincluded = { quantity = 500 }";
    assert_eq!(["499", "501", "800"].map(|used| month(blocks, used)), ["0", "2", "6"]);
    let bands = format!(
        "{MINUTES}scope = 'contract'\ntiers = 'graduated'\nbands = [{{ from = 0, each = 2 }}, {{ from = 100, each = 1 }}]\nincluded = {{ quantity = 50 }}"
    );
    assert_eq!(month(&bands, "200"), "250"); // 100 × 2 and 50 × 1
}

#[test]
fn what_is_not_used_stays_for_so_many_months_and_the_oldest_goes_first() {
    let charge =
        |rollover: &str| format!("{MINUTES}each = 1\nincluded = {{ quantity = 100, rollover = '{rollover}' }}");
    let used = ["40", "130", "130", "150"];
    assert_eq!(months(&charge("none"), &used), ["0", "30", "30", "50"]);
    // January leaves 60, February uses 30 of them and all of its own... of the oldest first: 60 of January's and 70 of its own.
    // March has 30 + 100, April 100.
    assert_eq!(months(&charge("1 month"), &used), ["0", "0", "0", "50"]);
    // Unused units lapse: in April nothing of January is left with two months, all of it with three.
    let idle = ["40", "100", "100", "150"];
    assert_eq!(months(&charge("2 months"), &idle), ["0", "0", "0", "0"], "the oldest go first, so newer ones are left");
    assert_eq!(months(&charge("1 month"), &["0", "0", "0", "350"]), ["0", "0", "0", "150"]);
    assert_eq!(months(&charge("2 months"), &["0", "0", "0", "350"]), ["0", "0", "0", "50"]);
}

#[test]
fn a_month_that_is_not_whole_includes_its_days_share() {
    let text = |prorate: &str| {
        format!("[[charge]]\nname = 'c'\n{MINUTES}each = 1\nincluded = {{ quantity = 310, prorate = '{prorate}' }}")
    };
    let part = |prorate: &str| {
        let whole = format!(
            "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\nstarts = 2027-01-22\nround = {{ at = 'line', to = '0.01', how = 'half-up' }}\n{}",
            text(prorate)
        );
        let (contract, findings) = longshore_contract::read(&longshore_units::Text::new("contract.toml", whole));
        let contract = contract.unwrap_or_else(|| panic!("{findings:#?}"));
        invoices(&contract, invoices::COLUMNS, "2027-01,c,,9,400", "2027-01", "2027-01")[0].total.to_string()
    };
    assert_eq!([part("day"), part("none")], ["300", "90"]);
}

const CALENDARS: &str = "[calendar.holidays]\nuse = 'US-federal'\n[calendar.nights]\nhours = '20:00-08:00'\n";

/// 100 included; 100 minutes on the second, of them 40 by night, and 100 on the fourth, of them 50 by night.
fn by_night(to: &str) -> String {
    let contract = contract(&format!(
        "{CALENDARS}[[charge]]\nname = 'c'\n{MINUTES}each = 1\nincluded = {{ quantity = 100, to = '{to}' }}\n\
         surcharge = [{{ calendar = 'nights', percent = 50 }}, {{ calendar = 'holidays', percent = 10 }}]\nsurcharges = 'add'"
    ));
    let used = "2027-03,c,9,60,,2027-03-02\n2027-03,c,9,40,nights,2027-03-02\n2027-03,c,9,50,,2027-03-04\n2027-03,c,9,50,nights,2027-03-04";
    let columns = "month,charge,rows,quantity,surcharges,day";
    invoices(&contract, columns, used, "2027-03", "2027-03")[0].total.to_string()
}

#[test]
fn which_units_are_included_decides_which_surcharges_are_paid() {
    assert_eq!(by_night("first"), "125"); // All of the second: 50 by night remain.
    assert_eq!(by_night("proportional"), "122.5"); // Half of all: 45 by night remain.
    assert_eq!(by_night("cheapest"), "145"); // 100 of the 110 by day: 90 by night remain.
}

#[test]
fn a_day_on_which_they_run_out_shares_them_alike() {
    let contract = contract(&format!(
        "{CALENDARS}[[charge]]\nname = 'c'\n{MINUTES}each = 1\nincluded = {{ quantity = 150 }}\n\
         surcharge = [{{ calendar = 'nights', percent = 50 }}]\n[[charge]]\nname = 'd'\n{MINUTES}each = 0\nsurcharge = [{{ calendar = 'holidays', percent = 1 }}]"
    ));
    let used = "2027-03,c,9,100,nights,2027-03-02\n2027-03,c,9,60,,2027-03-04\n2027-03,c,9,40,nights,2027-03-04";
    let columns = "month,charge,rows,quantity,surcharges,day";
    let invoice = invoices(&contract, columns, used, "2027-03", "2027-03").remove(0);
    assert_eq!(invoice.total.to_string(), "60"); // Half of the fourth: 50, and half of 40 by night.
}

#[test]
fn programs_share_what_is_pooled() {
    let text = |pooled: bool| {
        contract(&format!(
            "[[charge]]\nname = 'c'\n{MINUTES}each = 1\nscope = 'program'\nincluded = {{ quantity = 100, to = 'proportional', pooled = {pooled}, rollover = '1 month' }}"
        ))
    };
    let used = "2027-01,c,retail,9,30\n2027-01,c,travel,9,120\n2027-02,c,retail,9,200\n2027-02,c,travel,9,100";
    let totals = |pooled: bool| {
        let invoices = invoices(&text(pooled), invoices::COLUMNS, used, "2027-01", "2027-02");
        invoices.iter().map(|invoice| invoice.total.to_string()).collect::<Vec<_>>()
    };
    // Apart: travel pays 20; in February retail has 70 + 100 for 200.
    assert_eq!(totals(false), ["20", "30"]);
    // Together: 150 less 100, then 300 less 100.
    assert_eq!(totals(true), ["50", "200"]);
}

#[test]
fn a_years_bands_are_climbed_by_what_is_billed() {
    let charge = format!(
        "{MINUTES}per = 'year'\nscope = 'contract'\ntiers = 'graduated'\nbands = [{{ from = 0, each = 2 }}, {{ from = 100, each = 1 }}]\nincluded = {{ quantity = 50 }}"
    );
    assert_eq!(months(&charge, &["110", "110"]), ["120", "100"]); // 60; then 40 × 2 and 20 × 1
    let parts = details(&charge, &["110", "110"]);
    assert_eq!(parts[0], ("included".to_owned(), "0".to_owned()));
}

#[test]
fn units_cannot_be_included_contact_by_contact() {
    let charge = format!("[[charge]]\n{MINUTES}each = 1\nincluded = {{ quantity = 100 }}\n");
    assert!(codes(&format!("{charge}round = {{ at = 'contact', to = '0.01', how = 'up' }}")).contains(&"C037"));
    assert!(codes(&format!("{charge}cap = {{ each_contact = 12 }}")).contains(&"C037"));
    assert!(!codes(&charge).contains(&"C037"));
}

#[test]
fn who_uses_nothing_for_a_month_keeps_what_it_had_of_included_units() {
    let totals = |programs: &str, used: &str| {
        let contract = contract(&format!(
            "{programs}[[charge]]\nname = 'c'\n{MINUTES}each = 1\nscope = 'program'\n\
             included = {{ quantity = 100, to = 'proportional', rollover = '1 month' }}"
        ));
        let invoices = invoices(&contract, invoices::COLUMNS, used, "2027-01", "2027-03");
        invoices.iter().map(|invoice| invoice.total.to_string()).collect::<Vec<_>>()
    };
    // Travel's 70 of January lapse with February, of which all 100 are there in March.
    let used = "2027-01,c,retail,9,100\n2027-01,c,travel,9,30\n2027-02,c,retail,9,100\n2027-03,c,travel,9,250";
    assert_eq!(totals("", used), ["0", "0", "50"]);
    // A program that the contract names has its units before it is ever met; of another nobody knows.
    let late = "2027-01,c,retail,9,100\n2027-03,c,travel,9,250";
    assert_eq!(totals("programs = ['retail', 'travel']\n", late), ["0", "0", "50"]);
    assert_eq!(totals("", late), ["0", "0", "150"]);
}

#[test]
fn who_begins_after_an_amendment_has_all_of_the_months_included_units() {
    let total = |prorate: &str, day: &str| {
        let contract = contract(&format!(
            "[[charge]]\nname = 'c'\n{MINUTES}each = 1\nscope = 'program'\n\
             included = {{ quantity = 100, to = 'proportional', prorate = '{prorate}' }}\n\
             [[amendment]]\nknown = 2027-01-10\neffective = 2027-01-17\nset.charge.c.clause = '§2'\n"
        ));
        let used =
            format!("2027-01,c,retail,9,60,2027-01-02\n2027-01,c,retail,9,60,2027-01-20\n2027-01,c,travel,9,120,{day}");
        let columns = "month,charge,group,rows,quantity,day";
        invoices(&contract, columns, &used, "2027-01", "2027-01")[0].total.to_string()
    };
    // Each uses 120 of the month's 100 and pays for 20: retail on both sides of the change, travel on one.
    assert_eq!(
        [total("day", "2027-01-20"), total("none", "2027-01-20"), total("none", "2027-01-02")],
        ["40", "40", "40"]
    );
}

#[test]
fn a_month_that_is_divided_takes_off_the_same_units() {
    let charge = |to: &str| {
        format!(
            "{CALENDARS}[[charge]]\nname = 'c'\n{MINUTES}each = 1\nincluded = {{ quantity = 100, to = '{to}', prorate = 'none' }}\n\
             surcharge = [{{ calendar = 'nights', percent = 50 }}]\n"
        )
    };
    let used = "2027-03,c,9,40,,2027-03-02\n2027-03,c,9,80,nights,2027-03-02\n\
                2027-03,c,9,30,,2027-03-20\n2027-03,c,9,50,nights,2027-03-20";
    let total = |terms: &str| {
        let columns = "month,charge,rows,quantity,surcharges,day";
        invoices(&contract(terms), columns, used, "2027-03", "2027-03")[0].total.to_string()
    };
    let amended = |set: &str| format!("[[amendment]]\nknown = 2027-03-05\neffective = 2027-03-11\n{set}\n");
    for (to, whole) in [("first", "131.67"), ("proportional", "132.5"), ("cheapest", "150")] {
        let same = format!("{}{}", charge(to), amended("set.charge.c.clause = '§2'"));
        assert_eq!([total(&charge(to)), total(&same)], [whole, whole], "{to}");
    }
    // What later terms do not include has no part: the first terms' 120 take all 100.
    let without = format!("{}{}", charge("proportional"), amended("remove.charge.c = ['included']"));
    // A sixth of 40 and of 80 by night are left: 20 + 80/6 ÷ 2; and then all of 80 + 25.
    assert_eq!(total(&without), "131.67");
}
