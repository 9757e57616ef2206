//! Lines that the contract reckons on others: what follows from a mistake elsewhere is no mistake of theirs.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found, of, written};

/// Minutes, a fixed amount, a minimum, a discount, a credit for service, and a tax on it all.
fn terms() -> String {
    format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\n\
         [[minimum]]\nname = 'least'\non = ['voice']\namount = '6000'\n\
         [[discount]]\nname = 'loyalty'\non = ['platform']\npercent = '5'\n\
         [[sla]]\nname = 'in time'\nmeasure = {{ preset = 'service level, offered', threshold = '20s', aggregation = 'pooled' }}\n\
         when = {{ channel = 'voice' }}\ntarget = '80%'\non = ['voice']\ncredit = [{{ below = '80%', percent = '2' }}]\n\
         [tax]\nkind = 'VAT'\npercent = '20'\nrecoverable = false\n"
    )
}

/// What is found on February, where 8000 minutes are 4000.00, 2000.00 are missing to the minimum, and 80.00 are credited.
fn on(lines: [&str; 6]) -> Vec<String> {
    let [voice, platform, least, loyalty, in_time, tax] = lines;
    let all = ["in time | 76%", voice, platform, least, loyalty, in_time, tax];
    let lines: Vec<&str> = all.into_iter().filter(|line| !line.is_empty()).collect();
    of(&terms(), "2027-02", &lines, "")
}

const VOICE_LINE: &str = "voice | 8000 | 0.50 | 4000.00";
const PLATFORM: &str = "platform | | | 1000.00";
const LEAST: &str = "least | | | 2000.00";
const LOYALTY: &str = "loyalty | | | -50.00";
const IN_TIME: &str = "in time | | | -80.00";

#[test]
fn tax_of_the_invoices_own_lines_follows_from_the_line_that_is_wrong() {
    assert_eq!(on([VOICE_LINE, PLATFORM, LEAST, LOYALTY, IN_TIME, "VAT | | | 1374.00"]), NOTHING);
    // A minimum of 100.00 too much, and its tax.
    assert_eq!(
        on([VOICE_LINE, PLATFORM, "least | | | 2100.00", LOYALTY, IN_TIME, "VAT | | | 1394.00"]),
        ["minimum 100 likely", "follows 20 certain"]
    );
    // No minimum, no discount, no credit: the tax is of what stands there.
    assert_eq!(
        on([VOICE_LINE, PLATFORM, "", LOYALTY, IN_TIME, "VAT | | | 974.00"]),
        ["follows -400 certain", "minimum -2000 certain"]
    );
    assert_eq!(
        on([VOICE_LINE, PLATFORM, LEAST, "", IN_TIME, "VAT | | | 1384.00"]),
        ["follows 10 certain", "discount 50 certain"]
    );
    assert_eq!(
        on([VOICE_LINE, PLATFORM, LEAST, LOYALTY, "", "VAT | | | 1390.00"]),
        ["follows 16 certain", "service credit 80 certain"]
    );
}

#[test]
fn tax_follows_whether_or_not_what_stands_between_followed() {
    // At 0.60 voice is 4800.00. Minimum and credit as the contract has them on 4000.00, and the tax of what stands there.
    let dear = "voice | 8000 | 0.60 | 4800.00";
    assert_eq!(
        on([dear, PLATFORM, LEAST, LOYALTY, IN_TIME, "VAT | | | 1534.00"]),
        ["price 800 certain", "follows 160 certain"]
    );
    // All of it reckoned on 4800.00.
    assert_eq!(
        on([dear, PLATFORM, "least | | | 1200.00", LOYALTY, "in time | | | -96.00", "VAT | | | 1370.80"]),
        ["price 800 certain", "follows -800 certain", "follows -16 certain", "follows -3.2 certain"]
    );
    // The tax of what would stand there if all had followed, which did not.
    assert_eq!(
        on([dear, PLATFORM, LEAST, LOYALTY, IN_TIME, "VAT | | | 1370.80"]),
        ["price 800 certain", "follows -3.2 certain"]
    );
}

#[test]
fn what_a_line_has_of_its_own_beside_what_follows_is_told_apart() {
    let dear = "voice | 8000 | 0.60 | 4800.00";
    assert_eq!(
        on([dear, PLATFORM, LEAST, LOYALTY, IN_TIME, "VAT | | | 1537.00"]),
        ["price 800 certain", "follows 160 likely", "unexplained 3"]
    );
    assert_eq!(
        on([dear, PLATFORM, LEAST, LOYALTY, IN_TIME, "VAT | | | 1610.70"]),
        ["price 800 certain", "follows 160 likely", "tax 76.7 certain"]
    );
}

#[test]
fn a_shortfall_that_is_asked_for_because_too_little_was_billed_follows() {
    let terms = format!("{VOICE}each = '0.50'\n[[minimum]]\nname = 'least'\non = ['voice']\namount = '4000'\n");
    let lines = ["voice | 8000 | 0.40 | 3200.00", "least | | | 800.00"];
    assert_eq!(of(&terms, "2027-02", &lines, ""), ["price -800 certain", "follows 800 certain"]);
    // And one that is not, because too much was.
    let lines = ["voice | 6000 | 0.70 | 4200.00"];
    assert_eq!(of(&terms, "2027-02", &lines, ""), ["price 1200 certain", "follows -1000 certain"]);
}

#[test]
fn a_share_of_charges_follows_from_them() {
    let terms = "[[charge]]\nname = 'agents'\nunit = 'agent-month'\neach = '2000'\nprorate = 'day'\n\
                 [[charge]]\nname = 'platform'\namount = '1550'\nper = 'month'\n\
                 [[charge]]\nname = 'management'\npercent = '10'\nof_charges = ['agents', 'platform']\n";
    let of = |lines: &[&str]| of(terms, "2027-02", lines, "");
    let (agents, platform) = ("agents | 31 | 2000 | 62000", "platform | | | 1550");
    assert_eq!(of(&[agents, platform, "management | | | 6355"]), NOTHING);
    assert_eq!(
        of(&[agents, "platform | | | 1700", "management | | | 6370"]),
        ["fixed amount 150 certain", "follows 15 certain"]
    );
    // Twice on the invoice, and so in its share.
    assert_eq!(
        of(&[agents, platform, platform, "management | | | 6510"]),
        ["duplicate 1550 certain", "follows 155 certain"]
    );
    assert_eq!(of(&[agents, "management | | | 6200"]), ["follows -155 certain", "not billed -1550 certain"]);
    assert_eq!(
        of(&["agents | 31 | 2100 | 65100", "platform | | | 3100", "management | | | 6820"]),
        ["price 3100 certain", "fixed amount 1550 likely", "follows 465 certain"]
    );
}

#[test]
fn what_followed_follows_back_when_the_line_is_mended() {
    let terms = format!("{VOICE}each = '0.50'\n[tax]\nkind = 'VAT'\npercent = '20'\nrecoverable = false\n");
    let contract = format!("{HEAD}{ROUND}{terms}");
    let dear = written("2027-02", &["voice | 8000 | 0.60 | 4800.00", "VAT | | | 960.00"]);
    let back = ["voice | 8000 | -0.10 | -800.00", "VAT | | | -160.00"];
    let back = written("2027-02", &back).replace("number = '", "number = 'credit ");
    assert_eq!(
        found(&audited(&contract, &[&dear, &back], "")),
        ["price 800 certain", "follows 160 certain", "price -800 certain", "follows -160 certain"]
    );
}
