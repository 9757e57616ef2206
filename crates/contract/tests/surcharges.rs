//! Surcharges: of which price, and for which units. Reckoned by hand.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

mod invoices;

use invoices::{codes, contract, invoices};

/// 100 minutes on each of three days, 20 of them by night; 0.40 a minute up to 150, then 0.30.
fn by_night(base: &str, tiers: &str) -> String {
    let contract = contract(&format!(
        "[calendar.nights]\nhours = '20:00-08:00'\n[[charge]]\nname = 'c'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\n\
         scope = 'contract'\ntiers = '{tiers}'\nbands = [{{ from = 0, each = '0.40' }}, {{ from = 150, each = '0.30' }}]\n\
         surcharge = [{{ calendar = 'nights', percent = 50, base = '{base}' }}]"
    ));
    let day = |day: u32| format!("2027-03,c,9,80,,2027-03-{day:02}\n2027-03,c,2,20,nights,2027-03-{day:02}");
    let used = [3, 1, 2].map(day).join("\n");
    invoices(&contract, "month,charge,rows,quantity,surcharges,day", &used, "2027-03", "2027-03")[0].total.to_string()
}

#[test]
fn a_surcharge_is_a_share_of_the_price_that_is_said() {
    // Units: 150 × 0.40 + 150 × 0.30 = 105. 60 minutes by night.
    assert_eq!(by_night("list", "graduated"), "117"); // 60 × 0.20
    assert_eq!(by_night("average", "graduated"), "115.5"); // 60 × 0.35 / 2
    assert_eq!(by_night("marginal", "graduated"), "115.5"); // 20 × 0.20, 20 × 0.175 on the day in both bands, 20 × 0.15
    // Volume: all 300 at 0.30.
    assert_eq!(by_night("list", "volume"), "102"); // 60 × 0.20
    assert_eq!(by_night("marginal", "volume"), "99"); // 60 × 0.15
    assert_eq!(by_night("average", "volume"), "99");
}

#[test]
fn the_days_decide_which_band_a_surcharge_is_a_share_of() {
    let contract = contract(
        "[calendar.nights]\nhours = '20:00-08:00'\n[[charge]]\nname = 'c'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\n\
         scope = 'contract'\ntiers = 'graduated'\nbands = [{ from = 0, each = '0.40' }, { from = 100, each = '0.30' }]\n\
         surcharge = [{ calendar = 'nights', percent = 50, base = 'marginal' }]",
    );
    let total = |night: u32, day: u32| {
        let used = format!("2027-03,c,9,100,nights,2027-03-{night:02}\n2027-03,c,9,100,,2027-03-{day:02}");
        invoices(&contract, "month,charge,rows,quantity,surcharges,day", &used, "2027-03", "2027-03")[0]
            .total
            .to_string()
    };
    assert_eq!([total(1, 2), total(2, 1)], ["90", "85"]); // 70, and 100 × 0.20 or 100 × 0.15.
}

#[test]
fn surcharges_that_mean_nothing_are_refused() {
    let nights = "[calendar.nights]\nhours = '20:00-08:00'\n[[charge]]\n";
    let minutes = "unit = 'minute'\nof = ['talk']\nthen = '1s'\n";
    let split = "surcharge = [{ calendar = 'nights', percent = 50, across = 'split' }]";
    for charge in [
        format!("unit = 'contact'\nwhen = {{ outcome = ['answered'] }}\neach = 1\n{split}"),
        format!("{minutes}each = 1\ncap = {{ each_contact = 5 }}\n{split}"),
        format!("{minutes}tiers = 'stair-step'\nscope = 'contract'\nbands = [{{ from = 0, amount = 5 }}]\n{split}"),
    ] {
        let found = codes(&format!("{nights}{charge}"));
        assert!(found.contains(&"C033"), "{charge}: {found:?}");
    }
    assert!(!codes(&format!("{nights}{minutes}each = 1\n{split}")).contains(&"C033"));
}
