//! Prices of units where the contract has several: of bands, of days before and after an amendment, of a shortfall.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found, of, written};

const BANDS: &str = "bands = [{ from = '0', each = '0.50' }, { from = '5000', each = '0.40' }, { from = '8000', each = '0.30' }]\n\
                     tiers = 'graduated'\nscope = 'contract'\n";

/// What is found on lines for February, and the sentences that say so.
fn on(terms: &str, lines: &[&str]) -> (Vec<String>, Vec<String>) {
    let audit = audited(&format!("{HEAD}{ROUND}{terms}"), &[&written("2027-02", lines)], "");
    let findings = audit.invoices[0].lines.iter().flat_map(|line| &line.findings);
    (found(&audit), findings.map(|finding| finding.how.clone()).collect())
}

#[test]
fn one_bands_price_is_another() {
    let terms = format!("{VOICE}{BANDS}");
    let right = ["voice | 5000 | 0.50 | 2500.00", "voice | 3000 | 0.40 | 1200.00", "voice | 1000 | 0.30 | 300.00"];
    assert_eq!(of(&terms, "2027-02", &right, ""), NOTHING);
    let (found, said) = on(&terms, &["voice | 5000 | 0.52 | 2600.00", right[1], right[2]]);
    assert_eq!(found, ["price 100 certain"]);
    assert_eq!(said, ["line 1 bills 0.52 a unit, and the contract has 0.50 for these 5000"]);
    let (found, said) = on(&terms, &[right[0], right[1], "voice | 1000 | 0.40 | 400.00"]);
    assert_eq!(found, ["price 100 certain"]);
    assert_eq!(
        said,
        ["line 3 bills 0.40 a unit (the price of another band), and the contract has 0.30 for these 1000"]
    );
    // Two bands' prices, of one sign and of both, and a band that is billed in two lines.
    let (found, _) = on(&terms, &["voice | 5000 | 0.52 | 2600.00", "voice | 3000 | 0.45 | 1350.00", right[2]]);
    assert_eq!(found, ["price 100 certain", "price 150 certain"]);
    let (found, _) = on(&terms, &["voice | 5000 | 0.52 | 2600.00", "voice | 3000 | 0.35 | 1050.00", right[2]]);
    assert_eq!(found, ["price 100 certain", "price -150 certain"]);
    let halves = ["voice | 2000 | 0.52 | 1040.00", "voice | 3000 | 0.52 | 1560.00", right[1], right[2]];
    assert_eq!(on(&terms, &halves).0, ["price 100 certain"]);
    // In two bands as large as each other.
    let terms = terms.replace("'8000'", "'10000'");
    let lines = ["voice | 5000 | 0.40 | 2000.00", "voice | 5000 | 0.52 | 2600.00", right[2]];
    let (found, said) = on(&terms, &lines);
    assert_eq!(found, ["price 100 certain"]);
    assert!(said[0].starts_with("line 2 bills 0.52 a unit, and the contract has 0.50"), "{said:?}");
}

#[test]
fn bands_with_surcharges_beside() {
    let terms = format!(
        "{VOICE}{BANDS}surcharge = [{{ calendar = 'nights', percent = '20' }}]\n[calendar.nights]\nhours = '20:00-08:00'\n"
    );
    let (first, second) = ("voice | 5000 | 0.50 | 2500.00", "voice | 3000 | 0.40 | 1200.00");
    let night = "voice | 700 | 0.10 | 70.00 | part = 'surcharge'";
    assert_eq!(of(&terms, "2027-02", &[first, second, night], ""), NOTHING);
    assert_eq!(on(&terms, &["voice | 5000 | 0.52 | 2600.00", second, night]).0, ["price 100 certain"]);
    assert_eq!(
        on(&terms, &["voice | 5000 | 0.52 | 2600.00", second, "voice | 700 | 0.12 | 84.00 | part = 'surcharge'"]).0,
        ["surcharge 14 certain", "price 100 certain"]
    );
    // Laid into other bands, beside a surcharge that is right.
    let lines = ["voice | 6000 | 0.50 | 3000.00", "voice | 2000 | 0.40 | 800.00", night];
    assert_eq!(on(&terms, &lines).0, ["tier 100 certain"]);
}

#[test]
fn a_band_at_the_price_of_a_surcharge_is_one_of_units_where_the_surcharge_has_its_own_line() {
    let terms = format!(
        "{VOICE}{BANDS}surcharge = [{{ calendar = 'nights', percent = '70' }}]\n[calendar.nights]\nhours = '20:00-08:00'\n"
    );
    let lines = ["voice | 5000 | 0.50 | 2500.00", "voice | 3000 | 0.40 | 1200.00", "voice | 1000 | 0.35 | 350.00"];
    let night = "voice | 700 | 0.35 | 245.00 | part = 'surcharge'";
    assert_eq!(on(&terms, &[lines[0], lines[1], lines[2], night]).0, ["price 50 certain"]);
}

#[test]
fn the_only_band_that_a_later_month_reaches() {
    let terms = format!("{VOICE}{BANDS}per = 'year'\n");
    let january = written("2027-01", &["voice | 9000 | | 4000.00"]);
    let february = written("2027-02", &["voice | 0 | 0.50 | 0.00", "voice | 2000 | 0.33 | 660.00"]);
    let audit = audited(&format!("{HEAD}{ROUND}{terms}"), &[&january, &february], "");
    assert_eq!(found(&audit), ["price 60 certain"]);
}

#[test]
fn units_in_other_bands_at_other_prices() {
    let terms = format!("{VOICE}{BANDS}");
    // All units at a price that no band has.
    let (found, said) = on(&terms, &["voice | 9000 | 0.47 | 4230.00"]);
    assert_eq!(found, ["price 230 certain"]);
    assert!(said[0].contains("9000 at 0.47, the contract as 5000 at 0.50, 3000 at 0.40, 1000 at 0.30"), "{said:?}");
    let second = "voice | 3000 | 0.40 | 1200.00";
    assert_eq!(on(&terms, &["voice | 6000 | 0.51 | 3060.00", second]).0, ["price 260 certain"]);
    let lines = ["voice | 6000 | 0.51 | 3060.00", "voice | 2500 | 0.40 | 1000.00", "voice | 500 | 0.30 | 150.00"];
    assert_eq!(on(&terms, &lines).0, ["price 210 likely"]);
}

#[test]
fn a_price_of_the_days_before_an_amendment() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[amendment]]\nknown = 2027-02-01\nsigned = 2027-02-01\neffective = 2027-02-15\n\
         set.charge.voice.each = '0.40'\n"
    );
    let (before, after) = ("from = 2027-02-01\nuntil = 2027-02-14", "from = 2027-02-15\nuntil = 2027-02-28");
    let line = |quantity: u32, price: &str, amount: u32, days: &str| {
        format!("voice | {quantity} | {price} | {amount}.00 | {days}")
    };
    let of = |lines: [String; 2]| on(&terms, &[&lines[0], &lines[1]]);
    assert_eq!(of([line(1000, "0.50", 500, before), line(1500, "0.40", 600, after)]).0, NOTHING);
    let (found, said) = of([line(1000, "0.50", 500, before), line(1500, "0.50", 750, after)]);
    assert_eq!(found, ["price 150 certain"]);
    let wanted = "line 2 bills 0.50 a unit for 2027-02-15 to 2027-02-28 (the price until 2027-02-14), \
                  and the contract has 0.40 for these 1500";
    assert!(said[0].starts_with(wanted), "{said:?}");
    let (found, said) = of([line(1000, "0.40", 400, before), line(1500, "0.40", 600, after)]);
    assert_eq!(found, ["price -100 certain"]);
    assert!(said[0].contains("(the price from 2027-02-15 on)"), "{said:?}");
}

#[test]
fn all_units_of_a_divided_month_at_the_price_of_one_side() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[amendment]]\nknown = 2027-02-01\nsigned = 2027-02-01\neffective = 2027-02-15\n\
         set.charge.voice.each = '0.40'\n"
    );
    let one = |line: &str| on(&terms, &[line]);
    let (found, said) = one("voice | 2000 | 0.50 | 1000.00");
    assert_eq!(found, ["price 0 ambiguous"]);
    let wanted = "line 1 bills all units at 0.50; from 2027-02-15 on a unit costs 0.40: each used then is billed 0.10 too \
                  much, up to 200.00 in all";
    assert_eq!(said, [wanted]);
    let (found, said) = one("voice | 2000 | 0.40 | 800.00");
    assert_eq!(found, ["price 0 ambiguous"]);
    assert!(
        said[0].contains("before 2027-02-15 a unit costs 0.50: each used then is billed 0.10 too little"),
        "{said:?}"
    );
    // Another price is held against both, and the least of it is claimed.
    let (found, said) = one("voice | 2000 | 0.55 | 1100.00");
    assert_eq!(found, ["price 100 likely"]);
    assert_eq!(said, ["line 1 bills 0.55 a unit, and the contract 0.50, and 0.40 from 2027-02-15 on"]);
    assert_eq!(one("voice | 2000 | 0.35 | 700.00").0, ["price -100 likely"]);
    // Days tell: those of the line, or of the invoice.
    let days = "from = 2027-02-15\nuntil = 2027-02-28";
    assert_eq!(one(&format!("voice | 2000 | 0.50 | 1000.00 | {days}")).0, ["price 200 certain"]);
    assert_eq!(one("voice | 2000 | 0.50 | 1000.00 | from = 2027-02-01\nuntil = 2027-02-14").0, NOTHING);
    assert_eq!(one("voice | 2000 | 0.50 | 1000.00 | from = 2027-02-01\nuntil = 2027-02-28").0, ["price 0 ambiguous"]);
    let invoice = written("2027-02", &["voice | 2000 | 0.50 | 1000.00"]).replace("month = '2027-02'", days);
    let contract = format!("{HEAD}{ROUND}{terms}");
    assert_eq!(bills::found(&audited(&contract, &[&invoice], "")), ["period 0 certain", "price 200 certain"]);
    // Units of both sides are no case of it, nor is a charge that the amendment leaves alone.
    assert_eq!(on(&terms, &["voice | 1000 | 0.50 | 500.00", "voice | 1500 | 0.40 | 600.00"]).0, NOTHING);
    let other = terms.replace("voice.each = '0.40'", "platform.amount = '2000'").replace(
        "[[amendment]]",
        "[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\nprorate = 'day'\n[[amendment]]",
    );
    assert_eq!(on(&other, &["voice | 2000 | 0.50 | 1000.00", "platform | | | 1500.00"]).0, NOTHING);
}

#[test]
fn an_amount_of_a_divided_month_without_a_price() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[amendment]]\nknown = 2027-02-01\nsigned = 2027-02-01\neffective = 2027-02-15\n\
         set.charge.voice.each = '0.40'\n"
    );
    let of = |amount: &str| on(&terms, &[&format!("voice | 2000 | | {amount}")]);
    let (found, said) = of("870.00");
    assert_eq!(found, ["price -130 ambiguous"]);
    let wanted = "it lies between what all units come to by the terms from 2027-02-15 on (800.00) and by those before \
                  (1000.00), and no line says how many were used when";
    assert_eq!(said, [wanted]);
    assert_eq!(of("790.00").0, ["unexplained -210"]);
    assert_eq!(of("1010.00").0, ["unexplained 10"]);
    assert_eq!(of("1000.00").0, NOTHING);
}

#[test]
fn the_monthly_fee_of_units() {
    let terms = format!("{VOICE}each = '0.50'\nfee = '950'\nincluded = {{ quantity = '1000', per = 'month' }}\n");
    let beyond = "voice | 200 | 0.50 | 100.00 | part = 'overage'";
    let fee = |amount: &str| format!("voice | | | {amount} | part = 'fee'");
    assert_eq!(on(&terms, &[&fee("950.00"), beyond]).0, NOTHING);
    assert_eq!(on(&terms, &[&fee("990.00"), beyond]).0, ["fixed amount 40 certain"]);
    assert_eq!(
        on(&terms, &[&fee("990.00"), "voice | 200 | 0.55 | 110.00 | part = 'overage'"]).0,
        ["price 10 certain", "fixed amount 40 certain"]
    );
}

#[test]
fn an_amount_that_ends_within_the_month() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1400'\nper = 'month'\nprorate = 'day'\n\
         [[amendment]]\nknown = 2027-02-01\nsigned = 2027-02-01\neffective = 2027-02-15\nend = ['platform']\n"
    );
    assert_eq!(on(&terms, &["platform | | | 700.00"]).0, NOTHING);
    assert_eq!(on(&terms, &["platform | | | 1400.00"]).0, ["fixed amount 700 likely"]);
    assert_eq!(on(&terms, &["platform | | | 711.00"]).0, ["fixed amount 11 certain"]);
}
