//! Invoices that mend others: what is taken back and billed anew, and what is given back of a price.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found};

/// An invoice with a number of its own.
fn numbered(number: &str, days: &str, lines: &[&str]) -> String {
    let written = bills::written("2027-02", lines);
    written.replace("number = '2027-02'\nmonth = '2027-02'\n", &format!("number = '{number}'\n{days}\n"))
}

/// What is found on invoices for February, in their order.
fn on(terms: &str, invoices: &[&[&str]]) -> Vec<String> {
    let contract = format!("{HEAD}{ROUND}{terms}");
    let texts: Vec<String> = invoices
        .iter()
        .enumerate()
        .map(|(number, lines)| numbered(&number.to_string(), "month = '2027-02'", lines))
        .collect();
    found(&audited(&contract, &texts.iter().map(String::as_str).collect::<Vec<_>>(), ""))
}

/// Minutes, a fixed amount, a minimum of both, and a tax.
fn terms() -> String {
    format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1500'\nper = 'month'\n\
         [[minimum]]\nname = 'least'\non = ['voice']\namount = '6000'\n\
         [tax]\nkind = 'VAT'\npercent = '10'\nrecoverable = false\n"
    )
}

const FIRST: [&str; 4] =
    ["voice | 10000 | 0.50 | 5000.00", "platform | | | 1500.00", "least | | | 1000.00", "VAT | | | 750.00"];
const BACK: [&str; 4] =
    ["voice | -10000 | 0.50 | -5000.00", "platform | | | -1500.00", "least | | | -1000.00", "VAT | | | -750.00"];

#[test]
fn an_invoice_that_is_canceled_and_written_again_is_no_duplicate() {
    assert_eq!(on(&terms(), &[&FIRST, &BACK, &FIRST]), NOTHING);
    // What is written again in the end is owed once, and whatever stands beyond it is found.
    assert_eq!(
        on(&terms(), &[&FIRST, &BACK, &FIRST, &FIRST]),
        ["duplicate 5000 certain", "duplicate 1500 certain", "duplicate 1000 certain", "duplicate 750 certain"]
    );
    let dear = ["voice | 10000 | 0.50 | 5000.00", "platform | | | 1600.00", "least | | | 1000.00", "VAT | | | 760.00"];
    assert_eq!(on(&terms(), &[&FIRST, &BACK, &dear]), ["fixed amount 100 certain", "follows 10 certain"]);
    // More minutes in the second: the shortfall is gone, and no credit note owes it.
    let more = ["voice | 12000 | 0.50 | 6000.00", "platform | | | 1500.00", "VAT | | | 750.00"];
    assert_eq!(on(&terms(), &[&FIRST, &BACK, &more]), NOTHING);
    assert_eq!(
        on(&terms(), &[&more, &["voice | -12000 | 0.50 | -6000.00"], &["voice | 12000 | 0.50 | 6000.00"]]),
        NOTHING
    );
}

#[test]
fn what_is_billed_twice_and_given_back_once_is_billed_once() {
    assert_eq!(on(&terms(), &[&FIRST, &FIRST, &BACK]), NOTHING);
    assert_eq!(on(&terms(), &[&FIRST, &FIRST, &BACK[1..2]]).len(), 3);
    // Given back although it is owed.
    let platform = "[[charge]]\nname = 'platform'\namount = '1500'\nper = 'month'\n";
    let (once, back) = (["platform | | | 1500.00"], ["platform | | | -1500.00"]);
    assert_eq!(on(platform, &[&once, &back]), ["not billed -1500 likely"]);
    assert_eq!(on(platform, &[&once, &back, &back]), ["not billed -1500 likely", "duplicate -1500 certain"]);
    assert_eq!(on(platform, &[&once, &back, &once]), NOTHING);
}

#[test]
fn halves_of_a_month_are_no_duplicates() {
    let contract = format!("{HEAD}{ROUND}{VOICE}each = '0.4375'\n");
    let line = ["voice | 1000 | 0.4375 | 437.50"];
    let first = numbered("A", "from = 2027-03-01\nuntil = 2027-03-15", &line);
    let second = numbered("B", "from = 2027-03-16\nuntil = 2027-03-31", &line);
    let periods = ["period 0 certain", "period 0 certain"];
    assert_eq!(found(&audited(&contract, &[&first, &second], "")), periods);
    let again = numbered("C", "from = 2027-03-16\nuntil = 2027-03-31", &line);
    let of_three = found(&audited(&contract, &[&first, &second, &again], ""));
    assert!(of_three.contains(&"duplicate 437.5 certain".to_owned()), "{of_three:?}");
}

#[test]
fn a_price_that_is_mended_takes_no_units_back() {
    let terms = format!("{VOICE}each = '0.4375'\n");
    let contract = format!("{HEAD}{ROUND}{terms}");
    let dear = "voice | 10000 | 0.4575 | 4575.00";
    for back in ["10000 | -0.02", "10000 | 0.02", "-10000 | 0.02"] {
        let back = format!("mended | {back} | -200.00 | charge = 'voice'\nmonth = '2027-02'");
        // In the next month's invoice, on a credit note, and on the same invoice.
        let next = ["voice | 10000 | 0.4375 | 4375.00 | unit = 'min'", &back];
        let invoices = [bills::written("2027-02", &[dear]), bills::written("2027-03", &next)];
        let found = found(&audited(&contract, &[&invoices[0], &invoices[1]], ""));
        assert_eq!(found, ["price 200 certain", "price -200 certain"], "{back}");
        assert_eq!(on(&terms, &[&[dear], &[&back]]), ["price 200 certain", "price -200 certain"], "{back}");
    }
    assert_eq!(on(&terms, &[&[dear, "voice | 10000 | -0.02 | -200.00"]]), NOTHING);
    // At a price that was billed, right or wrong, units are taken back.
    assert_eq!(
        on(&terms, &[&[dear], &["voice | -10000 | 0.4575 | -4575.00"]]),
        ["price 200 certain", "price -200 certain"]
    );
    assert_eq!(on(&terms, &[&[dear], &["voice | -1000 | 0.4375 | -437.50"]]), ["price 200 certain"]);
}

#[test]
fn a_rebate_on_earlier_months_takes_no_units_back() {
    let terms = format!(
        "{VOICE}bands = [{{ from = '0', each = '0.50' }}, {{ from = '100000', each = '0.45' }}]\n\
         tiers = 'volume'\nscope = 'contract'\nper = 'year'\n"
    );
    let contract = format!("{HEAD}{ROUND}{terms}");
    let january = bills::written("2027-01", &["voice | 90000 | 0.50 | 45000.00"]);
    let rebate = "rebate | 90000 | -0.05 | -4500.00 | charge = 'voice'";
    let february = bills::written("2027-02", &["voice | 30000 | 0.45 | 13500.00", rebate]);
    assert_eq!(found(&audited(&contract, &[&january, &february], "")), NOTHING);
}

#[test]
fn what_a_month_takes_back_in_all_is_checked_line_by_line() {
    let terms = format!("{VOICE}each = '0.50'\n");
    let on = |lines: &[&str]| on(&terms, &[lines]);
    assert_eq!(on(&["voice | -10000 | 0.50 | -5000.00"]), NOTHING);
    assert_eq!(on(&["voice | -10000 | 0.50 | 5000.00"]), ["arithmetic 10000 certain"]);
    assert_eq!(on(&["voice | -10000 | 0.50 | -9000.00"]), ["arithmetic -4000 certain"]);
    assert_eq!(on(&["voice | -1000 | 0.30 | -300.00"]), ["price 200 certain"]);
    assert_eq!(on(&["voice | -1000 | 0.30 | -310.00"]), ["arithmetic -10 certain", "price 200 certain"]);
    assert_eq!(on(&["voice | -1000 | 0.50 | -500.00", "voice | 100 | 0.50 | 60.00"]), ["arithmetic 10 certain"]);
    let contract = format!("{HEAD}{ROUND}{terms}");
    let audit = audited(&contract, &[&bills::written("2027-02", &["voice | -1000 | 0.50 | -500.00"])], "");
    let of_voice = audit.not_checked.iter().find(|item| item.charge == "voice").unwrap();
    assert!(of_voice.what.iter().any(|what| what.contains("take back more units")), "{of_voice:?}");
}

#[test]
fn what_a_surcharge_adds_to_a_unit_is_no_unit() {
    let terms = format!(
        "[calendar.nights]\nhours = '20:00-08:00'\n{VOICE}each = '0.50'\n\
         surcharge = [{{ calendar = 'nights', percent = '4' }}]\n"
    );
    let (units, nights) = ("voice | 10000 | 0.50 | 5000.00", "voice | 10000 | 0.02 | 200.00");
    assert_eq!(on(&terms, &[&[units, nights]]), NOTHING);
    assert_eq!(on(&terms, &[&[units], &[nights]]), NOTHING);
    assert_eq!(on(&terms, &[&[units, "voice | 3000 | 0.02 | 60.00"]]), NOTHING);
    assert_eq!(on(&terms, &[&[units, "voice | 3000 | 0.02 | 70.00"]]), ["arithmetic 10 certain"]);
    // In the next month's invoice.
    let contract = format!("{HEAD}{ROUND}{terms}");
    let later = ["voice | 9000 | 0.50 | 4500.00", &format!("{nights} | month = '2027-02'")];
    let invoices = [bills::written("2027-02", &[units]), bills::written("2027-03", &later)];
    assert_eq!(found(&audited(&contract, &[&invoices[0], &invoices[1]], "")), NOTHING);
    // A price that is a band's is the band's.
    let bands =
        terms.replace("each = '0.50'", "bands = [{ from = '0', each = '0.50' }, { from = '10000', each = '0.02' }]");
    assert_eq!(on(&bands, &[&[units, "voice | 3000 | 0.02 | 60.00"]]), NOTHING);
}

#[test]
fn what_is_asked_for_later_on_units_that_were_billed_bills_none() {
    let terms = format!("{VOICE}each = '0.4375'\n");
    let (cheap, right) = ("voice | 10000 | 0.4175 | 4175.00", "voice | 10000 | 0.4375 | 4375.00");
    let more = "voice | 10000 | 0.02 | 200.00";
    assert_eq!(on(&terms, &[&[cheap], &[more]]), ["price -200 certain", "price 200 certain"]);
    assert_eq!(on(&terms, &[&[right], &[more]]), ["price 200 certain"]);
    // Units at a price of the contract are units; so are others than those that were billed.
    assert_eq!(on(&terms, &[&[right], &["voice | 500 | 0.4375 | 218.75"]]), NOTHING);
    assert_eq!(on(&terms, &[&[right], &["voice | 500 | 0.40 | 200.00"]]), ["price -18.75 certain"]);
}

#[test]
fn units_that_were_taken_back_are_billed_anew_at_whatever_price() {
    let terms = format!("{VOICE}each = '3.90'\n");
    let (first, back) = ("voice | 1000 | 3.90 | 3900.00", "voice | -1000 | 3.90 | -3900.00");
    let cheap = "voice | 1000 | 3.60 | 3600.00";
    let price = ["price -300 certain"];
    assert_eq!(on(&terms, &[&[first], &[back, cheap]]), price);
    assert_eq!(on(&terms, &[&[first], &[cheap, back]]), price);
    assert_eq!(on(&terms, &[&[first], &[back], &[cheap]]), price);
    // A credit may show its quantity without a sign, and the units may be billed as several lines.
    assert_eq!(on(&terms, &[&[first], &["voice | 1000 | 3.90 | -3900.00", cheap]]), price);
    let halves = ["voice | 600 | 3.90 | 2340.00", "voice | 400 | 3.90 | 1560.00"];
    assert_eq!(on(&terms, &[&halves, &[back, cheap]]), price);
    assert_eq!(on(&terms, &[&[first], &[back, "voice | 1000 | 4.00 | 4000.00"]]), ["price 100 certain"]);
    // Taken back in part, the units are billed still: as many at a price of none ask for more.
    assert_eq!(
        on(&terms, &[&[first], &["voice | -400 | 3.90 | -1560.00"], &["voice | 1000 | 0.10 | 100.00"]]),
        ["price 100 certain"]
    );
}

#[test]
fn an_amount_that_mends_a_month_says_which_and_what_it_leaves() {
    let terms = format!("{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1500'\nper = 'month'\n");
    let contract = format!("{HEAD}{ROUND}{terms}");
    let mended = |voice: &str, line: &str| {
        let february = bills::written("2027-02", &[&format!("voice | 10000 | | {voice}"), "platform | | | 1500.00"]);
        let line = format!("{line} | month = '2027-02'");
        let march = bills::written("2027-03", &["voice | 9000 | 0.50 | 4500.00", "platform | | | 1500.00", &line]);
        let audit = audited(&contract, &[&february, &march], "");
        let mut findings = audit.invoices[1].lines.iter().flat_map(|line| line.findings.clone());
        let finding = findings.next().unwrap();
        assert!(findings.next().is_none());
        format!("{} {}: {} → {}", finding.cause.word(), finding.amount, finding.how, finding.remedy)
    };
    assert_eq!(
        mended("5200.00", "voice | | | -200.00"),
        "not billed -200: line 3 gives back 200.00 of the 5200.00 that `voice` was billed for 2027-02: that leaves \
         5000.00, which is owed → set it against what was found of that month: nothing is left to claim"
    );
    assert_eq!(
        mended("5200.00", "voice | | | -150.00"),
        "not billed -150: line 3 gives back 150.00 of the 5200.00 that `voice` was billed for 2027-02: that leaves \
         5050.00, and 5000.00 are owed → have what goes beyond what is owed credited: it is owed once"
    );
    assert_eq!(
        mended("5000.00", "platform | | | -200.00"),
        "not billed -200: line 3 gives back 200.00 of the 1500.00 that `platform` was billed for 2027-02: that leaves \
         1300.00, and 1500.00 are owed → to the buyer's favor: set it aside, it may be billed anew"
    );
    assert_eq!(
        mended("4900.00", "voice | | | 100.00"),
        "not billed 100: line 3 asks for 100.00 more than the 4900.00 that `voice` was billed for 2027-02: that makes \
         5000.00, which is owed → set it against what was found of that month: nothing is left to claim"
    );
    assert_eq!(
        mended("5000.00", "voice | | | 100.00"),
        "duplicate 100: line 3 asks for 100.00 more than the 5000.00 that `voice` was billed for 2027-02: that makes \
         5100.00, and 5000.00 are owed → have what goes beyond what is owed credited: it is owed once"
    );
    // Beside the charge's own line on the same invoice.
    assert_eq!(
        on(&terms, &[&["voice | 9000 | 0.50 | 4500.00", "voice | | | -200.00", "platform | | | 1500.00"]]),
        ["not billed -200 likely"]
    );
}
