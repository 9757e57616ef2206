//! Mistakes in what stands beside units: percentages, minimums, one-time and monthly amounts, the rounding of a tax.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found, written};

/// What is found on invoices from January on, and the sentences that say so.
fn on(terms: &str, invoices: &[&[&str]]) -> (Vec<String>, Vec<String>) {
    let texts = invoices.iter().zip(["2027-01", "2027-02", "2027-03"]).map(|(lines, month)| written(month, lines));
    let texts: Vec<String> = texts.collect();
    let contract = format!("{HEAD}{ROUND}{terms}");
    let audit = audited(&contract, &texts.iter().map(String::as_str).collect::<Vec<_>>(), "");
    let findings = audit.invoices.iter().flat_map(|invoice| &invoice.lines).flat_map(|line| &line.findings);
    (found(&audit), findings.map(|finding| finding.how.clone()).collect())
}

#[test]
fn a_discount_of_another_percentage() {
    let terms = format!("{VOICE}each = '0.50'\n[[discount]]\nname = 'loyalty'\non = ['voice']\npercent = '10'\n");
    let of = |loyalty: &str| on(&terms, &[&["voice | 10000 | 0.50 | 5000.00", &format!("loyalty | | | {loyalty}")]]);
    assert_eq!(of("-500.00").0, NOTHING);
    let (found, said) = of("-400.00");
    assert_eq!(found, ["discount 100 certain"]);
    assert_eq!(said, ["400.00 are 8 % of 5000.00, and the contract has 10 %"]);
    assert_eq!(of("-361.50").0, ["discount 138.5 likely"]);
    assert_eq!(of("-361.57").0, ["unexplained 138.43"]);
    // On a line that is wrong itself, which it follows as far as it does.
    let lines = ["voice | 10000 | 0.60 | 6000.00", "loyalty | | | -480.00"];
    assert_eq!(on(&terms, &[&lines]).0, ["price 1000 certain", "follows -100 likely", "discount 120 certain"]);
}

#[test]
fn a_share_of_another_percentage() {
    let terms = "[[charge]]\nname = 'agents'\nunit = 'agent-month'\neach = '2000'\nprorate = 'day'\n\
                 [[charge]]\nname = 'management'\npercent = '7.5'\nof_charges = ['agents']\n";
    let of =
        |management: &str| on(terms, &[&["agents | 31 | 2000 | 62000", &format!("management | | | {management}")]]);
    assert_eq!(of("4650.00").0, NOTHING);
    let (found, said) = of("4960.00");
    assert_eq!(found, ["fixed amount 310 certain"]);
    assert_eq!(said, ["4960.00 are 8 % of 62000.00, and the contract has 7.5 %"]);
}

#[test]
fn a_share_of_fewer_charges() {
    let terms = "[[charge]]\nname = 'agents'\nunit = 'agent-month'\neach = '2000'\nprorate = 'day'\n\
                 [[charge]]\nname = 'platform'\namount = '1777'\nper = 'month'\n\
                 [[charge]]\nname = 'management'\npercent = '7.5'\nof_charges = ['agents', 'platform']\n";
    let lines = ["agents | 31 | 2000 | 62000", "platform | | | 1777", "management | | | 4650.00"];
    let (found, said) = on(terms, &[&lines]);
    assert_eq!(found, ["fixed amount -133.28 likely"]);
    assert!(said[0].starts_with("the share without `platform`"), "{said:?}");
}

#[test]
fn a_credit_of_a_month_in_place_of_the_quarter() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[sla]]\nname = 'in time'\nper = 'quarter'\n\
         measure = {{ preset = 'service level, offered', threshold = '20s', aggregation = 'pooled' }}\n\
         when = {{ channel = 'voice' }}\ntarget = '80%'\non = ['voice']\ncredit = [{{ below = '80%', percent = '2' }}]\n"
    );
    let of = |credit: &str| {
        let march = ["in time | 76%", "voice | 10000 | 0.50 | 5000.00", &format!("in time | | | {credit}")];
        on(&terms, &[&["voice | 18000 | 0.50 | 9000.00"], &["voice | 70000 | 0.50 | 35000.00"], &march])
    };
    assert_eq!(of("-980.00").0, NOTHING);
    let (found, said) = of("-100.00");
    assert_eq!(found, ["service credit 880 likely"]);
    assert!(said[0].starts_with("of the month in place of the quarter"), "{said:?}");
}

#[test]
fn a_minimum_of_a_quarter() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[minimum]]\nname = 'least'\non = ['voice']\namount = '60000'\nper = 'quarter'\nprorate = 'none'\n"
    );
    let voice = |thousands: u32| format!("voice | {thousands}000 | 0.50 | {}00.00", thousands * 5);
    let (january, february, march) = (voice(18), voice(70), voice(20));
    let of = |least: [&str; 3]| {
        let lines: Vec<Vec<&str>> = [&january, &february, &march]
            .into_iter()
            .zip(least)
            .map(|(voice, least)| [voice.as_str(), least].into_iter().filter(|line| !line.is_empty()).collect())
            .collect();
        on(&terms, &[&lines[0], &lines[1], &lines[2]])
    };
    // 9,000 and 35,000 and 10,000 are 6,000 less than 60,000.
    assert_eq!(of(["", "", "least | | | 6000.00"]).0, NOTHING);
    let (found, said) = of(["", "", "least | | | 10000.00"]);
    assert_eq!(found, ["minimum 4000 likely"]);
    assert!(said[0].contains("the minimum of a quarter settled by the month, each with its part"), "{said:?}");
    let (found, said) = of(["", "", "least | | | 8500.00"]);
    assert_eq!(found, ["minimum 2500 likely"]);
    assert_eq!(said, ["it is what is missing to a minimum of 62500.00, and the contract's is 60000.00"]);
    assert_eq!(of(["", "", "least | | | 8512.34"]).0, ["unexplained 2512.34"]);
    // Each month its third.
    let (found, said) = of(["least | | | 11000.00", "", "least | | | 10000.00"]);
    assert_eq!(found[0], "minimum 11000 certain");
    assert!(said[0].ends_with("the minimum of a quarter settled by the month, each with its part"), "{said:?}");
    assert_eq!(of(["", "", ""]).0, ["minimum -6000 certain"]);
}

#[test]
fn a_shortfall_at_another_price_and_to_another_volume() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[minimum]]\nname = 'commitment'\non = ['voice']\nvolume = '20000'\nshortfall_each = '0.30'\n"
    );
    let of = |line: &str| on(&terms, &[&["voice | 18000 | 0.50 | 9000.00", line]]);
    assert_eq!(of("commitment | 2000 | 0.30 | 600.00").0, NOTHING);
    let (found, said) = of("commitment | 2000 | 0.45 | 900.00");
    assert_eq!(found, ["price 300 certain"]);
    assert_eq!(said, ["line 2 bills 0.45 a unit of what is missing, and the contract 0.30"]);
    let (found, said) = of("commitment | 7000 | 0.30 | 2100.00");
    assert_eq!(found, ["minimum 1500 likely"]);
    assert_eq!(said, ["it is what is missing to a volume of 25000, and the contract's is 20000"]);
    assert_eq!(of("commitment | | | 777.00").0, ["unexplained 177"]);
}

#[test]
fn one_time_and_monthly_amounts() {
    let terms = "[[charge]]\nname = 'setup'\namount = '25000'\nonce = 2027-01-20\n\
                 [[charge]]\nname = 'platform'\namount = '1550'\nper = 'month'\nprorate = 'day'\n";
    let platform = "platform | | | 1550.00";
    assert_eq!(on(terms, &[&["setup | | | 25000.00", platform]]).0, NOTHING);
    assert_eq!(on(terms, &[&["setup | | | 27500.00", platform]]).0, ["fixed amount 2500 certain"]);
    assert_eq!(on(terms, &[&["setup | | | 25000.00", "platform | | | 1600.00"]]).0, ["fixed amount 50 certain"]);
    let (found, said) = on(terms, &[&["setup | | | 25000.00", "platform | | | 650.00"]]);
    assert_eq!(found, ["fixed amount -900 certain"]);
    assert_eq!(said, ["the contract's amount for 2027-01 is 1550.00; 650.00 are 13 of 31 days"]);
    assert_eq!(
        on(terms, &[&["setup | | | 25000.00", platform], &["setup | | | 25000.00", platform]]).0,
        ["fixed amount 25000 certain"]
    );
}

#[test]
fn a_tax_that_is_rounded_line_by_line() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'a'\namount = '10.13'\nper = 'month'\n\
         [[charge]]\nname = 'b'\namount = '20.13'\nper = 'month'\n[[charge]]\nname = 'c'\namount = '30.13'\nper = 'month'\n\
         [tax]\nkind = 'VAT'\npercent = '19'\nrecoverable = false\n"
    );
    let of = |voice: &str, tax: &str| {
        on(&terms, &[&[voice, "a | | | 10.13", "b | | | 20.13", "c | | | 30.13", &format!("VAT | | | {tax}")]])
    };
    // 19 % of 110.39 are 20.9741; line by line 9.50, 1.92, 3.82 and 5.72 are 20.96.
    let voice = "voice | 100 | 0.50 | 50.00";
    assert_eq!(of(voice, "20.97").0, NOTHING);
    let (found, said) = of(voice, "20.96");
    assert_eq!(found, ["rounding -0.01 likely"]);
    assert!(said[0].starts_with("the tax of each line is rounded by itself"), "{said:?}");
    // Of lines that are wrong too: 19 % of 70.00 are 13.30.
    assert_eq!(
        of("voice | 100 | 0.70 | 70.00", "24.76").0,
        ["price 20 certain", "follows 3.8 likely", "rounding -0.01 likely"]
    );
}
