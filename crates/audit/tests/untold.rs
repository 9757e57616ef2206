//! Rules over several months, where earlier invoices are not given: nothing is claimed by what is not known of them.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found, of, written};

/// What is found on an invoice for a month, and what is said not to be known of earlier ones.
fn found_and_untold(terms: &str, month: &str, lines: &[&str], figures: &str) -> (Vec<String>, Vec<String>) {
    let contract = format!("{HEAD}{ROUND}{terms}");
    let audit = audited(&contract, &[&written(month, lines)], figures);
    let untold = audit.not_checked.iter().flat_map(|item| {
        let what = item.what.iter().filter(|what| what.contains("left to it"));
        what.map(|what| format!("{}: {what}", item.charge))
    });
    (found(&audit), untold.collect())
}

/// A line that hangs on months before, of which nothing is given: what is billed may be right.
fn is_left(terms: &str, month: &str, lines: &[&str], name: &str, months: &str) {
    let (found, untold) = found_and_untold(terms, month, lines, "");
    assert_eq!(found, NOTHING, "{lines:?}");
    assert_eq!(untold, [format!("{name}: what {months} left to it: no invoice or figure of that time is given")]);
}

/// Two prices that a year climbs.
fn by_the_year(tiers: &str) -> String {
    format!(
        "{VOICE}bands = [{{ from = '0', each = '0.50' }}, {{ from = '100000', each = '0.45' }}]\n\
         tiers = '{tiers}'\nscope = 'contract'\nper = 'year'\n"
    )
}

#[test]
fn bands_climbed_by_the_year() {
    for tiers in ["volume", "graduated"] {
        let terms = by_the_year(tiers);
        let on = |line: &str| of(&terms, "2027-07", &[line], "");
        for line in ["voice | 30000 | 0.50 | 15000.00", "voice | 30000 | 0.45 | 13500.00", "voice | 30000 | | 14000.00"]
        {
            is_left(&terms, "2027-07", &[line], "voice", "2027-01 to 2027-06");
        }
        // However much was used before, no unit costs more than the list price.
        assert_eq!(on("voice | 30000 | 0.60 | 18000.00"), ["price 3000 certain"], "{tiers}");
        assert_eq!(on("voice | 30000 | 0.45 | 14000.00"), ["arithmetic 500 certain"], "{tiers}");
        // The first month of a year hangs on none before.
        let (found, untold) = found_and_untold(&terms, "2028-01", &["voice | 30000 | 0.45 | 13500.00"], "");
        assert_eq!((found.as_slice(), untold.as_slice()), (&["tier -1500 certain".to_owned()][..], &[][..]), "{tiers}");
    }
}

#[test]
fn earlier_months_are_told_by_their_invoices_or_their_quantities() {
    let terms = by_the_year("graduated");
    let march = ["voice | 30000 | 0.45 | 13500.00"];
    let used = |before: &str| format!("month,charge,rows,quantity\n2027-01,voice,1,{before}\n2027-02,voice,1,10000\n");
    assert_eq!(of(&terms, "2027-03", &march, &used("90000")), NOTHING);
    assert_eq!(of(&terms, "2027-03", &march, &used("10000")), ["tier -1500 certain"]);
    let contract = format!("{HEAD}{ROUND}{terms}");
    let invoice =
        |month: &str, minutes: u32| written(month, &[&format!("voice | {minutes} | 0.50 | {}.00", minutes / 2)]);
    let [january, february] = [invoice("2027-01", 90_000), invoice("2027-02", 10_000)];
    let march = written("2027-03", &march);
    assert_eq!(found(&audited(&contract, &[&january, &february, &march], "")), NOTHING);
    // A gap among them is named.
    let audit = audited(&contract, &[&january, &march], "");
    assert_eq!(found(&audit), NOTHING);
    let voice = audit.not_checked.iter().find(|item| item.charge == "voice").unwrap();
    assert!(voice.what.iter().any(|what| what.contains("what 2027-02 left to it")), "{voice:?}");
}

#[test]
fn bands_that_grow_dearer_are_bound_by_nothing() {
    let terms = format!(
        "{VOICE}bands = [{{ from = '0', each = '0.50' }}, {{ from = '100000', each = '0.60' }}]\n\
         tiers = 'graduated'\nscope = 'contract'\nper = 'year'\n"
    );
    is_left(&terms, "2027-07", &["voice | 30000 | 0.60 | 18000.00"], "voice", "2027-01 to 2027-06");
}

#[test]
fn a_minimum_of_the_year() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[minimum]]\nname = 'least'\non = ['voice']\namount = '60000'\nper = 'year'\n\
         [tax]\nkind = 'VAT'\npercent = '10'\nrecoverable = false\n"
    );
    let voice = "voice | 10000 | 0.50 | 5000.00";
    let december =
        |least: &str, tax: &str| vec![voice.to_owned(), format!("least | | | {least}"), format!("VAT | | | {tax}")];
    let lines = december("20000.00", "2500.00");
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    is_left(&terms, "2027-12", &lines, "least", "2027-01 to 2027-11");
    is_left(&terms, "2027-12", &[voice, "VAT | | | 500.00"], "least", "2027-01 to 2027-11");
    // More than the whole year's minimum is never missing.
    let lines = december("60000.00", "6500.00");
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(of(&terms, "2027-12", &lines, ""), ["minimum 5000 ambiguous", "follows 500 certain"]);
    // Before the year ends none is asked for.
    let (found, untold) = found_and_untold(&terms, "2027-11", &[voice, "VAT | | | 500.00"], "");
    assert_eq!((found.len(), untold.len()), (0, 0));
}

#[test]
fn take_or_pay_of_the_quarter() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[minimum]]\nname = 'least'\non = ['voice']\nvolume = '30000'\nshortfall_each = '0.30'\n\
         per = 'quarter'\n"
    );
    let voice = "voice | 10000 | 0.50 | 5000.00";
    is_left(&terms, "2027-06", &[voice, "least | 5000 | 0.30 | 1500.00"], "least", "2027-04 to 2027-05");
    let found = of(&terms, "2027-06", &[voice, "least | 25000 | 0.30 | 7500.00"], "");
    assert_eq!(found, ["minimum 1500 likely"]);
}

#[test]
fn units_that_roll_over() {
    let terms = format!(
        "{VOICE}each = '0.50'\nincluded = {{ quantity = '500', per = 'month', prorate = 'none', rollover = '2 months' }}\n"
    );
    let free = |units: u32| {
        let credit = format!("free | -{units} | 0.50 | -{}.00 | charge = 'voice'\npart = 'included'", units / 2);
        found_and_untold(&terms, "2027-07", &["voice | 1200 | 0.50 | 600.00", &credit], "")
    };
    let (found, untold) = free(700);
    assert_eq!(found, NOTHING);
    assert!(untold[0].starts_with("voice: what 2027-01 to 2027-06 left to it"), "{untold:?}");
    assert_eq!(free(400).0, ["included units 50 likely"]);
}

#[test]
fn what_is_left_of_a_prepayment() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[prepaid]]\nname = 'credit'\non = ['voice']\namount = '10000'\ndue = 2027-01-15\n\
         [tax]\nkind = 'VAT'\npercent = '10'\nrecoverable = false\n"
    );
    let voice = "voice | 10000 | 0.50 | 5000.00";
    let months = "2027-01 to 2027-06";
    for (drawn, tax) in [("-3000.00", "200.00"), ("0.00", "500.00")] {
        let (drawn, tax) = (format!("credit: drawn down | | | {drawn}"), format!("VAT | | | {tax}"));
        is_left(&terms, "2027-07", &[voice, &drawn, &tax], "credit: drawn down", months);
    }
    is_left(&terms, "2027-07", &[voice, "VAT | | | 500.00"], "credit: drawn down", months);
    // No more is drawn down than the charges come to.
    let more = ["voice | 10000 | 0.50 | 5000.00", "credit: drawn down | | | -6000.00", "VAT | | | -100.00"];
    assert_ne!(of(&terms, "2027-07", &more, ""), NOTHING);
}

#[test]
fn a_rebate_on_the_year() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[discount]]\nname = 'rebate'\non = ['voice']\nper = 'year'\n\
         bands = [{{ from = '20000', percent = '2' }}]\n[tax]\nkind = 'VAT'\npercent = '10'\nrecoverable = false\n"
    );
    let voice = "voice | 10000 | 0.50 | 5000.00";
    let months = "2027-01 to 2027-06";
    is_left(&terms, "2027-07", &[voice, "rebate | | | -450.00", "VAT | | | 455.00"], "rebate", months);
    // By this month alone, 2 % of it are owed already.
    let found = of(&terms, "2027-07", &["voice | 50000 | 0.50 | 25000.00"], "");
    assert!(found.contains(&"discount 500 certain".to_owned()), "{found:?}");
}

#[test]
fn misses_of_earlier_months() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[sla]]\nname = 'in time'\n\
         measure = {{ preset = 'service level, offered', threshold = '20s', aggregation = 'pooled' }}\n\
         target = '80%'\nper = 'month'\non = ['voice']\ncredit = [{{ below = '80%', percent = '2' }}]\n\
         repeat = {{ misses = 2, within = '3 months', times = '2' }}\nearn_back = '2 months met'\n"
    );
    let on = |figure: &str, more: &[&str]| {
        let lines = [&["voice | 10000 | 0.50 | 5000.00", figure][..], more].concat();
        found_and_untold(&terms, "2027-07", &lines, "")
    };
    // A second miss doubles the credit; a single one owes it at least.
    let (found, untold) = on("in time | 76%", &["in time | | | -200.00"]);
    assert_eq!(found, NOTHING);
    assert_eq!(untold, ["in time: what 2027-05 to 2027-06 left to it: no invoice or figure of that time is given"]);
    assert_eq!(on("in time | 76%", &["in time | | | -100.00"]).0, NOTHING);
    assert_eq!(on("in time | 76%", &[]).0, ["service credit 100 certain"]);
    let (found, untold) = on("in time | 85%", &["in time: earned back | | | 100.00"]);
    assert_eq!(found, NOTHING);
    assert!(untold[0].starts_with("in time: earned back: what 2027-05 to 2027-06"), "{untold:?}");
}

#[test]
fn what_is_taken_as_it_is_billed_is_a_basis_of_other_rules() {
    let wrap = "[[charge]]\nname = 'wrap'\nunit = 'minute'\nof = ['wrap']\nthen = '6s'\n\
                each = { percent = '50', of_price = 'voice' }\n";
    let to_contacts = format!("{VOICE}each = '0.50'\nround = {{ at = 'contact', to = '0.01', how = 'half-up' }}\n");
    let (voice, wrapped) = ("voice | 1000 | 0.50 | 503.00", "wrap | 100 | 0.25 | 25.00");
    // The price of another charge is a share of it still.
    assert_eq!(of(&format!("{to_contacts}{wrap}"), "2027-02", &[voice, wrapped], ""), NOTHING);
    let back = "voice | -1000 | 0.50 | -500.00";
    assert_eq!(of(&format!("{VOICE}each = '0.50'\n{wrap}"), "2027-02", &[back, wrapped], ""), NOTHING);
    // Its units count towards a volume.
    let least = "[[minimum]]\nname = 'least'\non = ['voice']\nvolume = '800'\nshortfall_each = '0.30'\n";
    let terms = format!("{to_contacts}{least}");
    assert_eq!(of(&terms, "2027-02", &[voice], ""), NOTHING);
    assert_eq!(of(&terms, "2027-02", &["voice | 700 | 0.50 | 352.00", "least | | | 30.00"], ""), NOTHING);
    // A unit that a volume of the year prices, and one that is a share of that price.
    let terms = format!("{}{wrap}", by_the_year("volume"));
    let lines = ["voice | 30000 | 0.45 | 13500.00", "wrap | 100 | 0.225 | 22.50"];
    assert_eq!(of(&terms, "2027-07", &lines, ""), NOTHING);
}
