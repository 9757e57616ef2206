//! One mistake at a time: its cause, its amount to the cent, and how sure it is.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found, of, written};

#[test]
fn rounding() {
    let terms = format!("{VOICE}each = '0.333'\n");
    let of = |lines: &[&str]| of(&terms, "2027-02", lines, "");
    assert_eq!(of(&["voice | 100.5 | 0.333 | 33.47"]), NOTHING);
    assert_eq!(of(&["voice | 100.5 | 0.333 | 33.46"]), ["rounding -0.01 likely"]);
    // Two lines, each rounded: 16.73325 twice is 33.4665.
    assert_eq!(
        of(&["voice | 50.25 | 0.333 | 16.73", "voice | 50.25 | | 16.73", "voice | 0 | | 0"]),
        ["rounding -0.01 likely"]
    );
}

#[test]
fn an_invoice_that_is_rounded_once() {
    let terms = format!(
        "round = {{ at = 'invoice', to = '0.01', how = 'half-up' }}\n{VOICE}each = '0.333'\n\
                         [[charge]]\nname = 'chat'\nunit = 'contact'\nwhen = {{ outcome = ['answered'] }}\neach = '0.115'\n"
    );
    let contract = format!("{HEAD}{terms}");
    // 33.4665 and 11.615 are 45.0815.
    let lines = ["voice | 100.5 | 0.333 | 33.47", "chat | 101 | 0.115 | 11.62"];
    let of = |total: &str| {
        let text = format!("total = '{total}'\n{}", written("2027-02", &lines));
        found(&audited(&contract, &[&text], ""))
    };
    assert_eq!(of("45.08"), NOTHING);
    assert_eq!(of("45.09"), ["rounding 0.01 certain"]);
}

#[test]
fn included_units() {
    let terms = format!("{VOICE}each = '1.75'\nfee = '950'\nincluded = {{ quantity = '1000', per = 'month' }}\n");
    let of = |lines: &[&str]| of(&terms, "2027-02", lines, "");
    assert_eq!(of(&["voice | 1240 | | 1370.00"]), NOTHING);
    assert_eq!(of(&["voice | | | 950.00 | part = 'fee'", "voice | 240 | 1.75 | 420.00 | part = 'overage'"]), NOTHING);
    assert_eq!(
        of(&["voice | 1240 | 1.75 | 2170.00", "voice | | | 950.00 | part = 'fee'"]),
        ["included units 1750 ambiguous"]
    );
    // Without the part the quantity is read as all units, and the reading says what was meant.
    assert_eq!(
        of(&["voice | 240 | 1.75 | 420.00", "voice | | | 950.00 | part = 'fee'"]),
        ["included units 420 ambiguous"]
    );
    assert_eq!(of(&["voice | 1240 | | 2320.00"]), ["fixed amount 950 likely"]);
}

#[test]
fn line_discounts_and_caps() {
    let terms = format!("{VOICE}each = '0.50'\ndiscount = '10%'\ncap = {{ amount = '9000' }}\n");
    let of = |lines: &[&str]| of(&terms, "2027-02", lines, "");
    assert_eq!(of(&["voice | 10000 | | 4500.00"]), NOTHING);
    assert_eq!(of(&["voice | 10000 | 0.50 | 5000.00"]), ["discount 500 likely"]);
    assert_eq!(of(&["voice | 30000 | | 13500.00"]), ["cap 4500 likely"]);
}

#[test]
fn bands_by_program() {
    let terms = format!(
        "{VOICE}bands = [{{ from = '0', each = '0.50' }}, {{ from = '10000', each = '0.40' }}]\ntiers = 'graduated'\nscope = 'contract'\n"
    );
    // Together 18,000: 5,000 + 3,200; each for itself 4,500 twice.
    let lines = ["voice | 9000 | 0.50 | 4500.00 | group = 'a'", "voice | 9000 | 0.50 | 4500.00 | group = 'b'"];
    assert_eq!(of(&terms, "2027-02", &lines, ""), ["tier 800 ambiguous"]);
    let of = |amount: &str| of(&terms, "2027-02", &[&format!("voice | 18000 | | {amount}")], "");
    assert_eq!(of("7200.00"), ["tier -1000 ambiguous"]);
    assert_eq!(of("8200.00"), NOTHING);
    assert_eq!(of("8123.45"), ["unexplained -76.55"]);
}

#[test]
fn bands_by_the_year_need_every_month() {
    let terms = format!(
        "{VOICE}bands = [{{ from = '0', each = '0.50' }}, {{ from = '10000', each = '0.40' }}]\ntiers = 'graduated'\nscope = 'contract'\nper = 'year'\n"
    );
    let contract = format!("{HEAD}{ROUND}{terms}");
    let january = written("2027-01", &["voice | 8000 | 0.50 | 4000.00"]);
    // 2,000 at 0.50 and 6,000 at 0.40.
    let february = |amount: &str| written("2027-02", &[&format!("voice | 8000 | | {amount}")]);
    assert_eq!(found(&audited(&contract, &[&january, &february("3400.00")], "")), NOTHING);
    assert_eq!(found(&audited(&contract, &[&february("4000.00"), &january], "")), ["tier 600 ambiguous"]);
    // Without January's invoice nobody knows, and it is said; with January's figures it is known again.
    let alone = audited(&contract, &[&february("4000.00")], "");
    assert!(alone.not_checked.iter().any(|item| item.what.iter().any(|what| what.contains("2027-01"))));
    let figures = "month,charge,rows,quantity\n2027-01,voice,100,8000\n";
    assert_eq!(found(&audited(&contract, &[&february("3400.00")], figures)), NOTHING);
}

#[test]
fn units() {
    let terms = "[[charge]]\nname = 'resolved'\nunit = 'resolution'\nwhen = { channel = 'chat' }\neach = '0.99'\n";
    let lines = ["resolved | 1000 | 0.99 | 990.00 | unit = 'tickets'"];
    assert_eq!(of(terms, "2027-02", &lines, ""), NOTHING);
    assert_eq!(of(terms, "2027-02", &["resolved | 1000 | 0.99 | 990.00 | unit = 'calls'"], ""), ["unit 0 likely"]);
    let minutes = format!("{VOICE}each = '0.50'\n");
    let of_minutes = |line: &str| of(&minutes, "2027-02", &[line], "");
    assert_eq!(of_minutes("voice | 600000 | | 5000.00 | unit = 's'"), NOTHING);
    assert_eq!(of_minutes("voice | 600000 | | 5006.00 | unit = 'seconds'"), ["unexplained 6"]);
    let hours = "[[charge]]\nname = 'desk'\nunit = 'agent-hour'\nof = 'productive'\neach = '15'\n";
    assert_eq!(of(hours, "2027-02", &["desk | 6000 | 0.25 | 1500.00 | unit = 'min'"], ""), NOTHING);
    assert_eq!(of(hours, "2027-02", &["desk | 6000 | 0.26 | 1560.00 | unit = 'min'"], ""), ["price 60 certain"]);
}

#[test]
fn an_invoice_whose_rate_is_not_known_leaves_the_others_audited() {
    let contract = format!("{HEAD}{ROUND}{VOICE}each = '0.50'\n");
    let of = |month: &str, currency: &str| {
        format!("currency = '{currency}'\n{}", written(month, &["voice | 100 | 0.50 | 60.00"]))
    };
    let (first, second, third) = (of("2027-01", "USD"), of("2027-02", "GBP"), of("2027-03", "USD"));
    let audit = audited(&contract, &[&first, &second, &third], "");
    assert_eq!(found(&audit), ["arithmetic 10 certain", "arithmetic 10 certain", "currency 0 certain"]);
    let left = audit.invoices.last().unwrap();
    assert!(left.lines.is_empty() && left.findings[0].how.contains("60.00 GBP"), "{left:#?}");
    assert_eq!(found(&audited(&contract, &[&second], "")), ["currency 0 certain"]);
    let rate = "month,charge,rows,quantity,day\n,rate USD/GBP,,0.8,2027-02-28\n";
    let known = audited(&contract, &[&first, &second, &third], rate);
    assert!(known.invoices.iter().all(|invoice| !invoice.lines.is_empty()));
}

#[test]
fn a_unit_whose_word_is_not_known_is_said() {
    let contract = format!("{HEAD}{ROUND}{VOICE}each = '0.50'\n");
    let of = |unit: &str| {
        let line = format!("voice | 100 | 0.50 | 50.00 | unit = '{unit}'");
        let audit = audited(&contract, &[&written("2027-02", &[&line])], "");
        assert_eq!(found(&audit), NOTHING);
        let all: Vec<String> = audit.not_checked.iter().flat_map(|item| item.what.clone()).collect();
        all.into_iter().filter(|what| what.contains("a unit of")).collect::<Vec<_>>()
    };
    assert_eq!(of("min"), NOTHING);
    let said = of("ticks");
    assert!(said.len() == 1 && said[0].starts_with("what a unit of `ticks` is, on line 1"), "{said:#?}");
}

#[test]
fn ratios_and_shares() {
    let terms = "[[charge]]\nname = 'agents'\nunit = 'agent-month'\neach = '2000'\nprorate = 'day'\n\
                 [[charge]]\nname = 'leads'\nunit = 'agent-month'\nratio = { one_per = 15, of = 'agents', round = 'up' }\neach = '3200'\n\
                 [[charge]]\nname = 'management'\npercent = '10'\nof_charges = ['agents']\n";
    let agents = "agents | 31 | 2000 | 62000";
    assert_eq!(of(terms, "2027-02", &[agents, "leads | 3 | 3200 | 9600", "management | | | 6200"], ""), NOTHING);
    assert_eq!(
        of(terms, "2027-02", &[agents, "leads | 4 | 3200 | 12800", "management | | | 6200"], ""),
        ["fixed amount 3200 certain"]
    );
    assert_eq!(
        of(terms, "2027-02", &[agents, "leads | 3 | 3200 | 9600", "management | | | 7160"], ""),
        ["fixed amount 960 likely"]
    );
    assert_eq!(
        of(terms, "2027-02", &[agents, "leads | 3 | 3300 | 9900", "management | | | 6200"], ""),
        ["price 300 certain"]
    );
    // Overbilled agents make more management: that mends itself.
    let dear = "agents | 31 | 2100 | 65100";
    let found = of(terms, "2027-02", &[dear, "leads | 3 | 3200 | 9600", "management | | | 6510"], "");
    assert_eq!(found, ["price 3100 certain", "follows 310 certain"]);
}

#[test]
fn fixed_amounts() {
    let terms = "[[charge]]\nname = 'platform'\namount = '1550'\nper = 'month'\nprorate = 'day'\n";
    let contract = format!("{HEAD}{ROUND}{terms}").replace("2027-01-01", "2027-01-11");
    let of =
        |amount: &str| found(&audited(&contract, &[&written("2027-01", &[&format!("platform | | | {amount}")])], ""));
    assert_eq!(of("1050.00"), NOTHING);
    assert_eq!(of("1550.00"), ["fixed amount 500 likely"]);
    assert_eq!(of("1085.00"), ["fixed amount 35 likely"]);
    assert_eq!(of("1111.00"), ["fixed amount 61 certain"]);
    let before = written("2026-12", &["platform | | | 1550.00"]);
    assert_eq!(found(&audited(&contract, &[&before], "")), ["term 0 certain", "term 1550 certain"]);
}

#[test]
fn minimums() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\n\
                         [[minimum]]\nname = 'least'\non = ['voice']\namount = '5000'\nprorate = 'day'\nwaived_if = 'staffed < 95% of requested'\n"
    );
    let of = |least: &str, figures: &str| {
        let mut lines = vec!["voice | 8000 | 0.50 | 4000.00", "platform | | | 1000.00"];
        lines.extend((!least.is_empty()).then_some(least));
        of(&terms, "2027-02", &lines, figures)
    };
    assert_eq!(of("least | | | 1000.00", ""), NOTHING);
    assert_eq!(of("least | | | 5000.00", ""), ["minimum 4000 ambiguous"]);
    assert_eq!(of("", ""), ["minimum -1000 certain"]);
    let staffed = |hours: u32| {
        format!("month,charge,rows,quantity\n2027-02,least: staffed,0,{hours}\n2027-02,least: requested,0,100\n")
    };
    assert_eq!(of("least | | | 1000.00", &staffed(96)), NOTHING);
    assert_eq!(of("least | | | 1000.00", &staffed(94)), ["minimum 1000 certain"]);
}

#[test]
fn discounts_over_lines() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\n\
                         [[discount]]\nname = 'loyalty'\non = ['voice']\npercent = '5'\n"
    );
    let of = |more: &[&str]| {
        let mut lines = vec!["voice | 8000 | 0.50 | 4000.00", "platform | | | 1000.00"];
        lines.extend(more);
        of(&terms, "2027-02", &lines, "")
    };
    assert_eq!(of(&["loyalty | | | -200.00"]), NOTHING);
    assert_eq!(of(&[]), ["discount 200 certain"]);
    assert_eq!(of(&["loyalty | | | -250.00"]), ["discount -50 likely"]);
}

#[test]
fn prices_that_move() {
    let terms =
        format!("{VOICE}each = '0.50'\n[[index]]\non = ['voice']\npercent = '8%'\nevery = 'year'\nat_most = '3%'\n");
    let of = |month: &str, price: &str, amount: &str| {
        of(&terms, month, &[&format!("voice | 10000 | {price} | {amount}")], "")
    };
    assert_eq!(of("2028-02", "0.515", "5150.00"), NOTHING);
    assert_eq!(of("2028-02", "0.54", "5400.00"), ["price 250 certain"]);
    assert_eq!(of("2028-02", "0.50", "5000.00"), ["price -150 certain"]);
    assert_eq!(of("2027-11", "0.515", "5150.00"), ["price 150 certain"]);
    // A series of which nothing is known is left out, and said to be.
    let contract = format!(
        "{HEAD}{ROUND}{VOICE}each = '0.50'\n[[index]]\non = ['voice']\nby = 'CPI'\nbase = 2026-12-31\nevery = 'year'\n"
    );
    let audit = audited(&contract, &[&written("2028-02", &["voice | 10000 | 0.50 | 5000.00"])], "");
    assert_eq!(found(&audit), NOTHING);
    assert!(audit.not_checked.iter().any(|item| item.charge == "index by CPI"));
    let figures = "month,charge,rows,quantity,day\n,rate CPI,,100,2026-12-31\n,rate CPI,,110,2028-01-01\n";
    let audit = audited(&contract, &[&written("2028-02", &["voice | 10000 | 0.50 | 5000.00"])], figures);
    assert_eq!(found(&audit), ["price -500 certain"]);
}

#[test]
fn tax() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'postage'\namount = '1000'\nper = 'month'\n\
                         [tax]\nkind = 'VAT'\npercent = '12'\non = ['voice']\nrecoverable = false\n"
    );
    let of = |tax: &[&str]| {
        let mut lines = vec!["voice | 8000 | 0.50 | 4000.00", "postage | | | 1000.00"];
        lines.extend(tax);
        of(&terms, "2027-02", &lines, "")
    };
    assert_eq!(of(&["VAT | | | 480.00"]), NOTHING);
    assert_eq!(of(&["VAT | | | 600.00"]), ["tax 120 ambiguous"]);
    assert_eq!(of(&["VAT | | | 800.00"]), ["tax 320 certain"]);
    assert_eq!(of(&[]), ["not billed -480 certain"]);
    let dear = ["voice | 8000 | 0.60 | 4800.00", "postage | | | 1000.00", "VAT | | | 576.00"];
    assert_eq!(self::of(&terms, "2027-02", &dear, ""), ["price 800 certain", "follows 96 certain"]);
    let reverse = terms.replace("recoverable = false", "recoverable = false\nreverse_charge = true");
    let lines = ["voice | 8000 | 0.50 | 4000.00", "postage | | | 1000.00", "VAT | | | 480.00"];
    assert_eq!(self::of(&reverse, "2027-02", &lines, ""), ["tax 480 certain"]);
}

#[test]
fn service() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\n\
                         [[sla]]\nname = 'in time'\nmeasure = {{ preset = 'service level, offered', threshold = '20s', aggregation = 'pooled' }}\n\
                         when = {{ channel = 'voice' }}\ntarget = '80%'\non = ['voice']\nrelief = 'volume > 115% of forecast'\n\
                         credit = [{{ below = '80%', percent = '2' }}, {{ below = '75%', percent = '5' }}]\nbonus = [{{ above = '90%', percent = '1' }}]\n"
    );
    let of = |more: &[&str]| {
        let mut lines = vec!["voice | 8000 | 0.50 | 4000.00", "platform | | | 1000.00"];
        lines.extend(more);
        of(&terms, "2027-02", &lines, "")
    };
    assert_eq!(of(&["in time | 81%"]), NOTHING);
    assert_eq!(of(&[]), NOTHING);
    assert_eq!(of(&["in time | 76.2%"]), ["service credit 80 certain"]);
    assert_eq!(of(&["in time | 76.2%", "in time | | | -80.00"]), NOTHING);
    assert_eq!(of(&["in time | 74%", "in time | | | -80.00"]), ["service credit 120 likely"]);
    assert_eq!(of(&["in time | 76.2%", "in time | | | -100.00"]), ["service credit -20 likely"]);
    assert_eq!(of(&["in time | 91%", "in time: bonus | | | 40.00"]), NOTHING);
    assert_eq!(of(&["in time | 89%", "in time: bonus | | | 40.00"]), ["service credit 40 certain"]);
}

#[test]
fn currencies() {
    let terms = format!("{VOICE}each = '0.50'\n");
    let contract = format!("{HEAD}{ROUND}{terms}");
    let rate = "month,charge,rows,quantity,day\n,rate USD/PHP,,58.5,2027-01-04\n";
    let of = |amount: &str| {
        let text = format!("currency = 'PHP'\n{}", written("2027-02", &[&format!("voice | 8000 | | {amount}")]));
        found(&audited(&contract, &[&text], rate))
    };
    assert_eq!(of("234000.00"), ["currency 0 certain"]);
    assert_eq!(of("245700.00"), ["currency 0 certain", "unexplained 200"]);
    let text = format!("currency = 'PHP'\n{}", written("2027-02", &["voice | 8000 | | 234000"]));
    let without_rate = audited(&contract, &[&text], "");
    assert_eq!(found(&without_rate), ["currency 0 certain"]);
    assert!(without_rate.invoices[0].findings[0].how.contains("`USD/PHP` on 2027-02-28"));
}

#[test]
fn headers() {
    let terms = format!("{VOICE}each = '0.50'\n[pay]\nterms = '30 days'\n");
    let contract = format!("{HEAD}{ROUND}{terms}");
    let line = "[[line]]\ndescription = 'voice'\nquantity = '100'\namount = '50'\n";
    let of = |head: &str| found(&audited(&contract, &[&format!("number = '1'\n{head}\n{line}")], ""));
    assert_eq!(of("month = '2027-03'\nprovider = 'P'\nissued = 2027-04-02\ndue = 2027-05-02"), NOTHING);
    assert_eq!(of("month = '2027-03'\nprovider = 'Q'"), ["provider 0 ambiguous"]);
    assert_eq!(of("month = '2027-03'\nissued = 2027-04-02\ndue = 2027-04-16"), ["payment terms 0 certain"]);
    assert_eq!(of("month = '2027-03'\nissued = 2027-03-02"), ["in advance 0 certain"]);
    assert_eq!(of("from = 2027-03-01\nuntil = 2027-03-28"), ["period 0 certain"]);
    // Thirteen bills of 28 days: two of them lie in one month, and its fixed amount is owed once.
    let platform = "[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\n";
    let bills: Vec<String> = [
        "2027-03-01\nuntil = 2027-03-28",
        "2027-03-29\nuntil = 2027-04-25",
        "2027-04-26\nuntil = 2027-05-23",
        "2027-05-24\nuntil = 2027-06-20",
        "2027-06-21\nuntil = 2027-07-18",
        "2027-07-19\nuntil = 2027-08-15",
        "2027-08-16\nuntil = 2027-09-12",
    ]
    .iter()
    .enumerate()
    .map(|(number, days)| {
        format!("number = '{number}'\nfrom = {days}\n[[line]]\ndescription = 'platform'\namount = '1000'\n")
    })
    .collect();
    let bills: Vec<&str> = bills.iter().map(String::as_str).collect();
    let found = found(&audited(&format!("{HEAD}{ROUND}{platform}"), &bills, ""));
    assert_eq!(found.iter().filter(|finding| *finding == "duplicate 1000 certain").count(), 1, "{found:?}");
}

#[test]
fn a_reading_for_one_program_alone() {
    let terms = format!(
        "{VOICE}bands = [{{ from = '0', each = '0.50' }}, {{ from = '10000', each = '0.40' }}]\ntiers = 'graduated'\nscope = 'program'\n"
    );
    // Program a: 5,000 + 800 by bands; 6,000 at the list price. Program b: 5,000 + 1,600.
    let lines = ["voice | 12000 | | 6000.00 | group = 'a'", "voice | 14000 | | 6600.00 | group = 'b'"];
    let audit = audited(&format!("{HEAD}{ROUND}{terms}"), &[&written("2027-02", &lines)], "");
    assert_eq!(found(&audit), ["tier 200 likely"]);
    let reading = &audit.invoices[0].lines[0].findings[0].readings[0];
    assert_eq!(reading, "all units at the list price of 0.50, for `a`");
}

#[test]
fn money_that_is_reckoned_contact_by_contact_is_taken_as_billed_and_said_to_be() {
    let terms = format!(
        "{VOICE}each = '0.50'\nminimum = {{ each_contact = '0.40' }}\n\
                         [[minimum]]\nname = 'least'\non = ['voice']\namount = '5000'\n"
    );
    let lines = ["voice | 8000 | 0.50 | 4321.00 | rows = 9000", "least | | | 679.00"];
    let audit = audited(&format!("{HEAD}{ROUND}{terms}"), &[&written("2027-02", &lines)], "");
    assert_eq!(found(&audit), NOTHING);
    let of_voice = audit.not_checked.iter().find(|item| item.charge == "voice").unwrap();
    assert!(of_voice.what.iter().any(|what| what.contains("taken as it is billed")), "{of_voice:?}");
}

#[test]
fn an_amendment_within_a_month() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[amendment]]\nknown = 2027-02-01\nsigned = 2027-02-01\neffective = 2027-02-15\n\
                         set.charge.voice.each = '0.40'\n"
    );
    let contract = format!("{HEAD}{ROUND}{terms}");
    let halves = [
        "voice | 1000 | 0.50 | 500.00 | from = 2027-02-01\nuntil = 2027-02-14",
        "voice | 1000 | 0.40 | 400.00 | from = 2027-02-15\nuntil = 2027-02-28",
    ];
    assert_eq!(found(&audited(&contract, &[&written("2027-02", &halves)], "")), NOTHING);
    // Lines without days are of the terms whose price they show, and so are what surcharges add.
    let halves = ["voice | 1000 | 0.50 | 500.00", "voice | 1500 | 0.40 | 600.00"];
    assert_eq!(found(&audited(&contract, &[&written("2027-02", &halves)], "")), NOTHING);
    let night = contract.replace(
        "each = '0.50'",
        "each = '0.50'\nsurcharge = [{ calendar = 'nights', percent = '20' }]\n[calendar.nights]\nhours = '20:00-08:00'\n",
    );
    let nights = [
        halves[0],
        halves[1],
        "voice | 100 | 0.10 | 10.00 | part = 'surcharge'",
        "voice | 100 | 0.08 | 8.00 | part = 'surcharge'",
    ];
    assert_eq!(found(&audited(&night, &[&written("2027-02", &nights)], "")), NOTHING);
    let nights = [
        halves[0],
        halves[1],
        "voice | 100 | 0.10 | 10.00 | part = 'surcharge'",
        "voice | 100 | 0.08 | 9.00 | part = 'surcharge'",
    ];
    assert_eq!(found(&audited(&night, &[&written("2027-02", &nights)], "")), ["arithmetic 1 certain"]);
    let audit = audited(&contract, &[&written("2027-02", &["voice | 2000 | | 800.00"])], "");
    assert!(audit.not_checked.iter().any(|item| item.what.iter().any(|what| what.contains("2027-02-15"))));
    let finding = &audit.invoices[0].lines[0].findings[0];
    assert!(finding.readings[0].contains("2027-02-15"), "{finding:?}");
}

#[test]
fn a_renamed_charge_is_known_by_both_names() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[amendment]]\nknown = 2027-02-01\nsigned = 2027-02-01\neffective = 2027-03-01\n\
                         rename = {{ voice = 'calls' }}\n"
    );
    let contract = format!("{HEAD}{ROUND}{terms}");
    let line = |name: &str| format!("{name} | 1000 | 0.50 | 500.00");
    for (month, name) in [("2027-02", "voice"), ("2027-03", "calls"), ("2027-03", "voice")] {
        assert_eq!(found(&audited(&contract, &[&written(month, &[&line(name)])], "")), NOTHING, "{month} {name}");
    }
}

#[test]
fn a_credit_note_alone_is_no_month() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\n\
         [[minimum]]\nname = 'least'\non = ['voice']\namount = '5000'\n[tax]\nkind = 'VAT'\npercent = '20'\non = ['voice']\nrecoverable = false\n"
    );
    let contract = format!("{HEAD}{ROUND}{terms}");
    let lines = ["voice | 12000 | 0.50 | 6000.00", "platform | | | 1000.00", "VAT | | | 1200.00"];
    let back = |tax: &str| {
        let lines = ["voice | 100 | 0.50 | -50.00".to_owned(), format!("VAT | | | {tax}")];
        written("2027-02", &lines.each_ref().map(String::as_str)).replace("number = '", "number = 'credit ")
    };
    let month = written("2027-02", &lines);
    assert_eq!(found(&audited(&contract, &[&month, &back("-10.00")], "")), NOTHING);
    assert_eq!(found(&audited(&contract, &[&month, &back("-8.00")], "")).len(), 1);
    assert_eq!(found(&audited(&contract, &[&back("-10.00")], "")), NOTHING);
}

#[test]
fn a_minimum_or_a_cap_of_the_line_itself_is_not_its_price() {
    let least = format!("{VOICE}each = '45'\nminimum = '900'\n");
    assert_eq!(of(&least, "2027-02", &["voice | 10 | 45 | 900.00"], ""), NOTHING);
    let most = format!("{VOICE}each = '0.50'\ncap = {{ amount = '30000' }}\n");
    assert_eq!(of(&most, "2027-02", &["voice | 70000 | 0.50 | 30000.00"], ""), NOTHING);
    assert_eq!(of(&most, "2027-02", &["voice | 50000 | 0.50 | 25500.00"], ""), ["arithmetic 500 certain"]);
}

#[test]
fn a_credit_without_a_figure_is_taken_as_it_is_given() {
    let terms = format!(
        "{VOICE}each = '0.50'\n[[sla]]\nname = 'in time'\n\
         measure = {{ preset = 'service level, offered', threshold = '20s', aggregation = 'pooled' }}\n\
         when = {{ channel = 'voice' }}\ntarget = '80%'\non = ['voice']\n\
         credit = [{{ below = '80%', percent = '2' }}]\n[tax]\nkind = 'VAT'\npercent = '10'\nrecoverable = false\n"
    );
    let lines = ["voice | 10000 | 0.50 | 5000.00", "in time | | | -100.00", "VAT | | | 490.00"];
    let contract = format!("{HEAD}{ROUND}{terms}");
    let audit = audited(&contract, &[&written("2027-02", &lines)], "");
    assert_eq!(found(&audit), NOTHING);
    let of_term = audit.not_checked.iter().find(|item| item.charge == "in time").unwrap();
    assert!(of_term.what.iter().any(|what| what.contains("taken as it is given")), "{of_term:?}");
    let taxed = ["voice | 10000 | 0.50 | 5000.00", "in time | | | -100.00", "VAT | | | 500.00"];
    assert_eq!(of(&terms, "2027-02", &taxed, ""), ["tax 10 likely"]);
    // With a figure it is reckoned: the target was met.
    let met = ["in time | 85%", "voice | 10000 | 0.50 | 5000.00", "in time | | | -100.00", "VAT | | | 500.00"];
    assert_eq!(of(&terms, "2027-02", &met, ""), ["service credit -100 likely"]);
}
