//! Included units, in each way in which an invoice shows them: the right invoice has nothing to find, and the same with one
//! mistake is found to the cent.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found, of, written};

/// 0.50 a minute beyond 500.
fn minutes(more: &str) -> String {
    format!(
        "[calendar.nights]\nhours = '20:00-08:00'\n{VOICE}each = '0.50'\n\
         included = {{ quantity = '500', per = 'month', prorate = 'none'{more} }}\n"
    )
}

/// The same, and a fifth more at night.
fn minutes_at_night(more: &str) -> String {
    format!("{}surcharge = [{{ calendar = 'nights', percent = '20' }}]\n", minutes(more))
}

/// What is found on an invoice for February.
fn on(terms: &str, lines: &[&str]) -> Vec<String> {
    of(terms, "2027-02", lines, "")
}

#[test]
fn all_units_on_one_line() {
    let terms = minutes("");
    assert_eq!(on(&terms, &["voice | 800 | | 150.00"]), NOTHING);
    assert_eq!(on(&terms, &["voice | 800 | 0.50 | 400.00"]), ["included units 250 ambiguous"]);
    assert_eq!(on(&terms, &["voice | 400 | | 0.00"]), NOTHING);
    assert_eq!(on(&terms, &["voice | 400 | 0.50 | 200.00"]), ["included units 200 ambiguous"]);
}

#[test]
fn all_units_and_a_credit_for_the_included_ones() {
    let terms = minutes("");
    for credit in [
        "free | -500 | 0.50 | -250.00 | charge = 'voice'\npart = 'included'",
        "free | 500 | -0.50 | -250.00 | charge = 'voice'\npart = 'included'",
        "free | 500 | 0.50 | -250.00 | charge = 'voice'\npart = 'included'",
        "free | | | -250.00 | charge = 'voice'\npart = 'included'",
        // Nobody has said what it is; it takes off just as many units as are free.
        "voice | -500 | 0.50 | -250.00",
        "voice | 500 | -0.50 | -250.00",
    ] {
        assert_eq!(on(&terms, &["voice | 800 | 0.50 | 400.00", credit]), NOTHING, "{credit}");
    }
    // With fewer units than are included.
    let few = ["voice | 400 | 0.50 | 200.00", "free | -400 | 0.50 | -200.00 | charge = 'voice'\npart = 'included'"];
    assert_eq!(on(&terms, &few), NOTHING);
    let credit = |cells: &str| {
        on(&terms, &["voice | 800 | 0.50 | 400.00", &format!("free | {cells} | charge = 'voice'\npart = 'included'")])
    };
    assert_eq!(credit("-400 | 0.50 | -200.00"), ["included units 50 likely"]);
    assert_eq!(credit("500 | 0.45 | -225.00"), ["price 25 certain"]);
    assert_eq!(credit("-500 | 0.50 | -240.00"), ["arithmetic 10 certain"]);
}

#[test]
fn units_that_were_counted_too_many_are_taken_back() {
    let terms = format!("{VOICE}each = '0.50'\n");
    assert_eq!(on(&terms, &["voice | 800 | 0.50 | 400.00", "voice | -50 | 0.50 | -25.00"]), NOTHING);
    assert_eq!(on(&terms, &["voice | 800 | 0.50 | 400.00", "voice | 50 | 0.50 | -25.00"]), NOTHING);
    assert_eq!(on(&terms, &["voice | 800 | 0.50 | 400.00", "voice | 50 | 0.60 | -30.00"]), ["price -5 certain"]);
    let terms = minutes("");
    let back = "voice | -50 | 0.50 | -25.00";
    assert_eq!(on(&terms, &["voice | 800 | | 150.00", back]), NOTHING);
}

#[test]
fn a_line_for_the_included_units_and_one_for_those_beyond() {
    let terms = minutes("");
    for free in
        ["voice | 500 | 0.00 | 0", "voice | 500 | | 0 | part = 'included'", "voice | 500 | 0 | 0 | part = 'included'"]
    {
        for beyond in ["voice | 300 | 0.50 | 150.00 | part = 'overage'", "voice | 300 | 0.50 | 150.00"] {
            assert_eq!(on(&terms, &[free, beyond]), NOTHING, "{free}, {beyond}");
        }
    }
    let beyond = |cells: &str| on(&terms, &["voice | 500 | 0.00 | 0", &format!("voice | {cells} | part = 'overage'")]);
    assert_eq!(beyond("300 | 0.55 | 165.00"), ["price 15 certain"]);
    assert_eq!(beyond("300 | 0.50 | 160.00"), ["arithmetic 10 certain"]);
    // Four hundred are given, and five hundred are included.
    let fewer = ["voice | 400 | 0.00 | 0", "voice | 400 | 0.50 | 200.00 | part = 'overage'"];
    assert_eq!(on(&terms, &fewer), ["included units 50 likely"]);
    let asked = ["voice | 500 | 0.50 | 250.00 | part = 'included'", "voice | 300 | 0.50 | 150.00 | part = 'overage'"];
    assert_eq!(on(&terms, &asked), ["included units 250 ambiguous"]);
    // Nothing beyond.
    assert_eq!(on(&terms, &["voice | 420 | 0.00 | 0"]), NOTHING);
    assert_eq!(on(&terms, &["voice | 420 | 0.00 | 0", "voice | 0 | 0.50 | 0 | part = 'overage'"]), NOTHING);
}

#[test]
fn a_fee_for_the_included_units_and_those_beyond() {
    let terms = minutes("") + "fee = '200'\n";
    let beyond = "voice | 300 | 0.50 | 150.00 | part = 'overage'";
    for bundle in
        ["voice | 500 | | 200.00", "voice | | | 200.00 | part = 'fee'", "voice | 1 | 200 | 200.00 | part = 'fee'"]
    {
        assert_eq!(on(&terms, &[bundle, beyond]), NOTHING, "{bundle}");
    }
    assert_eq!(on(&terms, &["voice | 500 | | 220.00", beyond]), ["unexplained 20"]);
}

#[test]
fn all_units_once_more_for_information() {
    let terms = minutes("");
    let beyond = "voice | 300 | 0.50 | 150.00 | part = 'overage'";
    assert_eq!(on(&terms, &["voice | 800 | | 0", beyond]), NOTHING);
    assert_eq!(on(&terms, &["voice | 800 | | 0", "voice | 500 | 0.00 | 0", beyond]), NOTHING);
    let plain = format!("{VOICE}each = '0.50'\n");
    let lines = ["voice | 800 | | 0", "voice | 600 | 0.50 | 300.00", "voice | 200 | 0.50 | 100.00"];
    assert_eq!(on(&plain, &lines), NOTHING);
}

#[test]
fn units_beyond_alone() {
    for to in ["first", "proportional", "cheapest"] {
        let terms = minutes(&format!(", to = '{to}'"));
        assert_eq!(on(&terms, &["voice | 300 | 0.50 | 150.00 | part = 'overage'"]), NOTHING, "{to}");
        assert_eq!(on(&terms, &["voice | 300 | 0.60 | 180.00 | part = 'overage'"]), ["price 30 certain"], "{to}");
        assert_eq!(on(&terms, &["voice | 0 | 0.50 | 0 | part = 'overage'"]), NOTHING, "{to}");
    }
}

#[test]
fn surcharges_on_units_beyond() {
    for to in ["first", "proportional", "cheapest"] {
        let terms = minutes_at_night(&format!(", to = '{to}'"));
        let night = "surcharges = ['nights']";
        // 200 by day and 100 by night beyond the included ones.
        let (by_day, at_night) =
            ("voice | 200 | 0.50 | 100.00 | part = 'overage'".to_owned(), |price: &str, amount: &str| {
                format!("voice | 100 | {price} | {amount} | part = 'overage'\n{night}")
            });
        let at_night = at_night("0.60", "60.00");
        assert_eq!(on(&terms, &[&by_day, &at_night]), NOTHING, "{to}");
        assert_eq!(on(&terms, &["voice | 500 | 0.00 | 0", &by_day, &at_night]), NOTHING, "{to}");
        let all = "voice | 300 | 0.50 | 150.00 | part = 'overage'";
        let extra = |amount: &str| format!("voice | 100 | | {amount} | part = 'surcharge'\n{night}");
        assert_eq!(on(&terms, &[all, &extra("10.00")]), NOTHING, "{to}");
        assert_eq!(on(&terms, &["voice | 500 | 0.00 | 0", all, &extra("10.00")]), NOTHING, "{to}");
        // All units, a credit, and the surcharge on what is left of the night.
        let credit = "voice | -500 | 0.50 | -250.00 | part = 'included'";
        let whole = "voice | 800 | 0.50 | 400.00";
        assert_eq!(on(&terms, &[whole, credit, &extra("10.00")]), NOTHING, "{to}");
        assert_eq!(on(&terms, &[whole, credit, &extra("20.00")]), ["surcharge 10 likely"], "{to}");
        assert_eq!(on(&terms, &["voice | 500 | 0.00 | 0", all, &extra("15.00")]), ["unexplained 5"], "{to}");
    }
}

#[test]
fn bands_above_the_included_units() {
    for tiers in ["graduated", "volume"] {
        let terms = format!(
            "{VOICE}bands = [{{ from = '0', each = '0.50' }}, {{ from = '1000', each = '0.40' }}]\ntiers = '{tiers}'\nscope = 'contract'\n\
             included = {{ quantity = '500', per = 'month', prorate = 'none' }}\n"
        );
        let amounts = if tiers == "graduated" { ["500.00", "80.00"] } else { ["400.00", "80.00"] };
        let price = if tiers == "graduated" { "0.50" } else { "0.40" };
        let lines = [
            "voice | 500 | 0.00 | 0".to_owned(),
            format!("voice | 1000 | {price} | {} | part = 'overage'", amounts[0]),
            format!("voice | 200 | 0.40 | {} | part = 'overage'", amounts[1]),
        ];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(on(&terms, &lines), NOTHING, "{tiers}");
        assert_eq!(on(&terms, &lines[1..]), NOTHING, "{tiers}");
        let dear = ["voice | 500 | 0.00 | 0", "voice | 1200 | 0.50 | 600.00 | part = 'overage'"];
        let wrong = if tiers == "graduated" { "tier 20" } else { "tier 120" };
        assert!(on(&terms, &dear)[0].starts_with(wrong), "{tiers}: {:?}", on(&terms, &dear));
    }
}

#[test]
fn units_that_roll_over() {
    let terms = minutes(", rollover = '2 months'");
    let contract = format!("{HEAD}{ROUND}{terms}");
    let of = |january: &str, february: &[&str]| {
        found(&audited(&contract, &[&written("2027-01", &[january]), &written("2027-02", february)], ""))
    };
    // January leaves 200: of February's 1000 units 700 are free.
    for january in ["voice | 300 | | 0.00", "voice | 300 | 0.00 | 0"] {
        assert_eq!(of(january, &["voice | 1000 | | 150.00"]), NOTHING);
        assert_eq!(of(january, &["voice | 300 | 0.50 | 150.00 | part = 'overage'"]), NOTHING);
        let credit = "voice | -700 | 0.50 | -350.00 | part = 'included'";
        assert_eq!(of(january, &["voice | 1000 | 0.50 | 500.00", credit]), NOTHING);
        let both = ["voice | 700 | 0.00 | 0", "voice | 300 | 0.50 | 150.00 | part = 'overage'"];
        assert_eq!(of(january, &both), NOTHING);
        let lapsed = ["voice | 500 | 0.00 | 0", "voice | 500 | 0.50 | 250.00 | part = 'overage'"];
        assert_eq!(of(january, &lapsed), ["included units 100 likely"]);
    }
    // Nobody says how many January used: none are taken to be left, and that is said.
    let unsaid = [
        written("2027-01", &["voice | 0 | 0.50 | 0 | part = 'overage'"]),
        written("2027-02", &["voice | 800 | | 150.00"]),
    ];
    let audit = audited(&contract, &[&unsaid[0], &unsaid[1]], "");
    assert_eq!(found(&audit), NOTHING);
    let of_voice = audit.not_checked.iter().find(|item| item.charge == "voice").unwrap();
    assert!(of_voice.what.iter().any(|what| what.contains("earlier months left")), "{of_voice:?}");
    let alone = audited(&contract, &[&unsaid[1]], "");
    assert_eq!(found(&alone), NOTHING);
    // With January's figures it is known again.
    let figures = "month,charge,rows,quantity\n2027-01,voice,100,300\n";
    let audit = audited(&contract, &[&written("2027-02", &["voice | 1000 | | 250.00"])], figures);
    assert_eq!(found(&audit), ["included units 100 likely"]);
}

#[test]
fn units_that_roll_over_into_a_month_whose_terms_change_within_it() {
    let contract = format!(
        "{HEAD}{ROUND}{VOICE}each = '0.90'\nfee = '400'\nincluded = {{ quantity = '500', rollover = '2 months' }}\n\
         [[charge]]\nname = 'platform'\namount = '1550'\nper = 'month'\nprorate = 'day'\n\
         [[amendment]]\nknown = 2027-02-10\neffective = 2027-03-16\nset.charge.platform.amount = '1860'\n"
    );
    let platform = ["platform | | | 1550.00", "platform | | | 1710.00"];
    let january = written("2027-01", &["voice | 300 | | 400.00", platform[0]]);
    let february = written("2027-02", &["voice | 900 | | 580.00", platform[0]]);
    let march = |voice: &str| {
        found(&audited(&contract, &[&january, &february, &written("2027-03", &[voice, platform[1]])], ""))
    };
    // February used what January left, and March has its own 500.
    assert_eq!(march("voice | 300 | | 400.00"), NOTHING);
    assert_eq!(march("voice | 600 | | 490.00"), NOTHING);
    assert_eq!(march("voice | 300 | | 400.00 | from = '2027-03-01'\nuntil = '2027-03-31'"), NOTHING);
    let halves = |first: &str, second: &str| {
        let march = written(
            "2027-03",
            &[
                &format!("voice | {first} | from = '2027-03-01'\nuntil = '2027-03-15'"),
                &format!("voice | {second} | from = '2027-03-16'\nuntil = '2027-03-31'"),
                platform[1],
            ],
        );
        found(&audited(&contract, &[&january, &february, &march], ""))
    };
    assert_eq!(halves("100 | | 193.55", "200 | | 206.45"), NOTHING);
}

#[test]
fn programs_that_share_included_units_and_those_that_have_their_own() {
    let terms = |pooled: &str| minutes(&format!(", pooled = {pooled}")) + "scope = 'program'\n";
    let beyond = [
        "voice | 300 | 0.50 | 150.00 | group = 'a'\npart = 'overage'",
        "voice | 100 | 0.50 | 50.00 | group = 'b'\npart = 'overage'",
    ];
    for pooled in ["true", "false"] {
        assert_eq!(on(&terms(pooled), &beyond), NOTHING, "{pooled}");
    }
    let free = |a: &str, b: &str| {
        [format!("voice | {a} | 0.00 | 0 | group = 'a'"), format!("voice | {b} | 0.00 | 0 | group = 'b'")]
    };
    let [a, b] = free("500", "500");
    assert_eq!(on(&terms("false"), &[&a, &b, beyond[0], beyond[1]]), NOTHING);
    let [a, b] = free("350", "150");
    assert_eq!(on(&terms("true"), &[&a, &b, beyond[0], beyond[1]]), NOTHING);
    assert_eq!(on(&terms("false"), &[&a, &b, beyond[0], beyond[1]]), ["included units 125 ambiguous"]);
}
