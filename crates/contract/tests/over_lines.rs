//! Terms over several lines, month by month, worked by hand.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use jiff::civil::date;
use longshore_contract::{Invoice, LineKind, PriceError, Usage, fold, quantities, read};
use longshore_units::{Amount, Exact, Factor, Month, Text};

fn fold_through(contract: &str, used: &str, to: &str) -> Result<Vec<Invoice>, PriceError> {
    let (contract, findings) = read(&Text::new("contract.toml", contract));
    let contract = contract.unwrap_or_else(|| panic!("{findings:#?}"));
    let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", used));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let starts = Month::of(contract.term.starts);
    fold(&contract.in_force(None), &usage, starts, to.parse().unwrap())
}

/// The invoices from the contract's first month on; of each, lines sum to the total and details to their line.
fn invoices(contract: &str, used: &str, to: &str) -> Vec<Invoice> {
    let invoices = fold_through(contract, used, to).unwrap();
    for invoice in &invoices {
        for line in &invoice.lines {
            let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
            assert_eq!(details, line.amount, "details of {} in {}", line.charge, invoice.month);
            assert!(line.amount.0.is_decimal());
        }
        let total: Amount = invoice.lines.iter().map(|line| line.amount.clone()).sum();
        assert_eq!(total, invoice.total, "lines of {}", invoice.month);
    }
    invoices
}

/// What the lines of one name come to, month by month; `-` where there is none.
fn of(name: &str, invoices: &[Invoice]) -> Vec<String> {
    let line = |invoice: &Invoice| invoice.lines.iter().find(|line| line.charge == name).cloned();
    invoices.iter().map(|invoice| line(invoice).map_or("-".to_owned(), |line| line.amount.to_string())).collect()
}

fn contract(term: &str, rest: &str) -> String {
    format!(
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\n{term}\n\
         round = {{ at = 'line', to = '0.01', how = 'half-up' }}\n{rest}"
    )
}

const YEAR: &str = "starts = 2027-01-01\nends = 2027-12-31";
const VOICE: &str = "[[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = '0.50'\n";
const CHAT: &str = "[[charge]]\nname = 'chat'\nunit = 'contact'\neach = '2'\n";
const PLATFORM: &str = "[[charge]]\nname = 'platform'\namount = '1000'\nper = 'month'\nprorate = 'day'\n";

/// Rows of the quantities file, each `month,charge,quantity`.
fn used(rows: &[(&str, &str, &str)]) -> String {
    let row = |(month, charge, quantity): &(&str, &str, &str)| format!("{month},{charge},1,{quantity}\n");
    format!("month,charge,rows,quantity\n{}", rows.iter().map(row).collect::<String>())
}

#[test]
fn a_minimum_of_a_quarter_is_settled_in_its_last_month() {
    let minimum = "[[minimum]]\nname = 'least'\non = ['voice', 'platform']\namount = '9000'\nper = 'quarter'\n";
    let text = contract(YEAR, &format!("{VOICE}{PLATFORM}{minimum}"));
    // Voice 2,000 + 1,000 + 1,500 and the platform's 3,000 are 7,500: 1,500 are missing. Then 12,000: nothing is.
    let used = used(&[
        ("2027-01", "voice", "4000"),
        ("2027-02", "voice", "2000"),
        ("2027-03", "voice", "3000"),
        ("2027-05", "voice", "18000"),
    ]);
    assert_eq!(of("least", &invoices(&text, &used, "2027-06")), ["-", "-", "1500", "-", "-", "-"]);
}

#[test]
fn a_minimum_of_a_year_follows_the_days_of_a_term_that_is_not_whole() {
    let term = "starts = 2027-02-15\nends = 2028-03-31";
    let minimum = "[[minimum]]\nname = 'least'\non = 'voice'\namount = '36500'\nper = 'year'\nprorate = 'day'\n";
    let text = contract(term, &format!("{VOICE}{minimum}"));
    let used = used(&[("2027-03", "voice", "20000"), ("2028-02", "voice", "1000")]);
    let priced = invoices(&text, &used, "2028-03");
    // February 2027 to January 2028 less 14 days: 36,500 × 351/365 = 35,100, of which 10,000 are billed.
    let mut expected = vec!["-"; 14];
    expected[11] = "25100";
    // February and March 2028 are 60 of the 366 days from February 2028 to January 2029: 5,983.61 (5983.606…) less 500.
    expected[13] = "5483.61";
    assert_eq!(of("least", &priced), expected);
}

#[test]
fn an_understaffed_provider_waives_the_minimum() {
    let minimum =
        "[[minimum]]\nname = 'least'\non = 'voice'\namount = '1000'\nwaived_if = 'staffed < 95% of requested'\n";
    let text = contract(YEAR, &format!("{VOICE}{minimum}"));
    let mut rows = vec![("2027-01", "voice", "100"), ("2027-02", "voice", "100"), ("2027-03", "voice", "5000")];
    rows.extend([("2027-01", "least: requested", "200"), ("2027-01", "least: staffed", "189.5")]);
    rows.extend([("2027-02", "least: requested", "200"), ("2027-02", "least: staffed", "190")]);
    let priced = invoices(&text, &used(&rows), "2027-03");
    // March reaches the minimum: nobody needs to know how it was staffed.
    assert_eq!(of("least", &priced), ["-", "950", "-"]);
    assert_eq!(priced[0].notes, ["`least` is not asked for: staffed is 189.5, and 95% of requested is 190"]);
    assert!(priced[1].notes.is_empty() && priced[2].notes.is_empty());

    rows.truncate(3);
    // Where it is taken that nothing happened, nobody is asked how it was staffed, and nothing excuses the provider.
    let (known, _) = read(&Text::new("contract.toml", text.clone()));
    let known = known.unwrap();
    let (usage, _) = quantities(&known, &Text::new("quantities.csv", used(&rows[2..])));
    let mut usage = usage.unwrap();
    let months = ["2027-01", "2027-02", "2027-03"].map(|month| month.parse::<Month>().unwrap());
    assert!(fold(&known.in_force(None), &usage, months[0], months[2]).is_err());
    months[..2].iter().for_each(|month| usage.take_as_unused(*month));
    let filled = fold(&known.in_force(None), &usage, months[0], months[2]).unwrap();
    assert_eq!(of("least", &filled), ["1000", "1000", "-"]);
    let error = fold_through(&text, &used(&rows), "2027-01").unwrap_err();
    assert_eq!(error.to_string(), "`least` needs to know `least: staffed` in 2027-01, and it is not given");
}

#[test]
fn a_condition_of_a_year_looks_at_the_year() {
    let minimum = "[[minimum]]\nname = 'least'\non = 'voice'\namount = '1000'\nper = 'quarter'\n\
                   waived_if = 'volume >= 90% of forecast'\nforecast = ['voice']\n";
    let text = contract("starts = 2027-01-01\nends = 2027-04-30", &format!("{VOICE}{minimum}"));
    let rows = [
        ("2027-01", "voice", "100"),
        ("2027-03", "voice", "80"),
        ("2027-01", "least: forecast", "50"),
        ("2027-02", "least: forecast", "50"),
        ("2027-03", "least: forecast", "100 min"),
    ];
    // 180 minutes are nine tenths of 200 forecast in the quarter.
    assert_eq!(of("least", &invoices(&text, &used(&rows), "2027-03")), ["-", "-", "-"]);
    let less = [("2027-03", "voice", "79"), rows[0], rows[2], rows[3], rows[4]];
    assert_eq!(of("least", &invoices(&text, &used(&less), "2027-03")), ["-", "-", "910.5"]);
    let unknown = fold_through(&text, &used(&[rows[0], rows[2], rows[4]]), "2027-03").unwrap_err();
    assert_eq!(unknown.to_string(), "`least` needs to know `least: forecast` in 2027-02, and it is not given");
}

#[test]
fn take_or_pay_by_the_forecast() {
    let minimum = "[[minimum]]\nname = 'commitment'\nclause = '§7'\non = 'voice'\nvolume = '90% of forecast'\nshortfall_each = '0.30'\n\
                   beyond = { above = '110% of forecast', percent = '25' }\n";
    let text = contract(YEAR, &format!("{VOICE}{minimum}"));
    let rows: Vec<(&str, &str, &str)> = vec![
        ("2027-01", "voice", "800"),
        ("2027-01", "commitment: forecast", "1000"),
        ("2027-02", "voice", "1000"),
        ("2027-02", "commitment: forecast", "1000"),
        ("2027-03", "voice", "1300"),
        ("2027-03", "commitment: forecast", "1000"),
    ];
    // 100 minutes short at 0.30; then within; then 200 minutes beyond 1,100 at a quarter of 0.50.
    let priced = invoices(&text, &used(&rows), "2027-03");
    assert_eq!(of("commitment", &priced), ["30", "-", "25"]);
    let line = priced[0].lines.iter().find(|line| line.charge == "commitment").unwrap();
    assert_eq!((line.quantity.to_string().as_str(), line.unit.as_str()), ("100", "minute"));
    assert_eq!(line.clause.as_deref(), Some("§7"));
}

#[test]
fn a_volume_of_a_year_in_units() {
    let minimum = "[[minimum]]\nname = 'commitment'\non = 'chat'\nvolume = '1200'\nshortfall_each = '1.50'\nper = 'year'\nprorate = 'none'\n";
    let text = contract("starts = 2027-01-01\nends = 2028-02-29", &format!("{CHAT}{minimum}"));
    let rows = [("2027-03", "chat", "700"), ("2027-12", "chat", "400"), ("2028-01", "chat", "1500")];
    let mut expected = vec!["-"; 14];
    expected[11] = "150";
    assert_eq!(of("commitment", &invoices(&text, &used(&rows), "2028-02")), expected);
}

/// What is said of a contract's mistakes.
fn codes(text: &str) -> Vec<&'static str> {
    let (contract, findings) = read(&Text::new("contract.toml", text));
    let errors: Vec<_> = findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.code).collect();
    assert_eq!(contract.is_none(), !errors.is_empty());
    errors
}

#[test]
fn mistakes_in_minimums() {
    let minimum = |keys: &str| codes(&contract(YEAR, &format!("{VOICE}{CHAT}{PLATFORM}[[minimum]]\n{keys}\n")));
    assert_eq!(minimum("on = 'voice'\namount = 1\nwaived_if = 'staffed < 95'"), [""; 0]);
    assert_eq!(minimum("on = 'voice'\namount = 1\nwaived_if = 'staffing < 95'"), ["C050"]);
    assert_eq!(minimum("on = ['voice', 'chat']\nvolume = 1\nshortfall_each = 1"), ["C051"]);
    assert_eq!(minimum("on = 'platform'\nvolume = 1\nshortfall_each = 1"), ["C051"]);
    assert_eq!(minimum("on = 'platform'\namount = 1\nwaived_if = 'volume > 5'"), ["C051"]);
    assert_eq!(minimum("on = 'voice'"), ["C052"]);
    assert_eq!(minimum("on = 'voice'\namount = 1\nvolume = 1"), ["C052"]);
    assert_eq!(minimum("on = 'voice'\nvolume = 1"), ["T003"]);
    assert_eq!(minimum("on = 'voice'\nvolume = '90% of staffed'\nshortfall_each = 1"), ["T006"]);
    assert_eq!(minimum("on = 'voice'\namount = 1\nper = 'week'"), ["T008"]);
    let endless = |keys: &str| codes(&contract("starts = 2027-01-01", &format!("{VOICE}[[minimum]]\n{keys}\n")));
    assert_eq!(endless("on = 'voice'\namount = 1\nper = 'term'"), ["C056"]);
    let hours = "[[charge]]\nname = 'hours'\nunit = 'hour'\nof = 'logged in'\neach = 14\n";
    let by_forecast = "[[minimum]]\non = 'hours'\nvolume = '90% of forecast'\nshortfall_each = 1\n";
    assert_eq!(codes(&contract(YEAR, &format!("{hours}{by_forecast}"))), ["C059"]);
}

#[test]
fn a_discount_holds_on_its_days() {
    let discounts = "[[discount]]\nname = 'free trial'\non = 'platform'\npercent = '100'\nuntil = 2027-03-15\n\
                     [[discount]]\nname = 'loyalty'\nclause = '§6'\non = ['voice', 'platform']\npercent = '5'\nfrom = 2027-03-01\n\
                     [[discount]]\nname = 'credit note'\non = 'voice'\namount = '300'\n";
    let minimum = "[[minimum]]\nname = 'least'\non = 'platform'\namount = '600'\nprorate = 'none'\n";
    let text = contract("starts = 2027-01-15", &format!("{VOICE}{PLATFORM}{discounts}{minimum}"));
    let used = used(&[("2027-02", "voice", "400"), ("2027-03", "voice", "2000")]);
    let priced = invoices(&text, &used, "2027-04");
    // January has 17 days of the term and of the trial: all of 548.39 is free. March: 15 of 31 days are, 483.87.
    assert_eq!(of("free trial", &priced), ["-548.39", "-1000", "-483.87", "-"]);
    // 5 % of 1,000 and of voice's 1,000; in April of the platform alone.
    assert_eq!(of("loyalty", &priced), ["-", "-", "-100", "-50"]);
    // Never more than the line is: 200 in February.
    assert_eq!(of("credit note", &priced), ["-", "-200", "-300", "-"]);
    // The minimum is on what discounts leave of the platform: nothing, nothing, 1,000 − 483.87 − 50, 1,000 − 50.
    assert_eq!(of("least", &priced), ["600", "600", "133.87", "-"]);
    assert_eq!(priced[2].lines.iter().find(|line| line.charge == "loyalty").unwrap().clause.as_deref(), Some("§6"));
}

#[test]
fn discounts_together_take_no_more_than_there_is() {
    let discounts = "[[discount]]\nname = 'first'\non = 'platform'\npercent = '70'\n\
                     [[discount]]\nname = 'second'\non = 'platform'\npercent = '70'\n";
    let text = contract(YEAR, &format!("{PLATFORM}{discounts}"));
    let priced = invoices(&text, &used(&[]), "2027-01");
    assert_eq!((of("first", &priced), of("second", &priced)), (vec!["-700".to_owned()], vec!["-300".to_owned()]));
    assert_eq!(priced[0].total.to_string(), "0");
}

#[test]
fn a_rebate_reaches_back_to_the_first_month_of_its_year() {
    let rebate = "[[discount]]\nname = 'rebate'\non = ['voice', 'platform']\nper = 'year'\n\
                  bands = [{ from = '10000', percent = '2' }, { from = '20000', percent = '5' }]\n";
    let text = contract("starts = 2027-01-01", &format!("{VOICE}{PLATFORM}{rebate}"));
    let used = used(&[
        ("2027-01", "voice", "6000"),  // 4,000 with the platform: nothing.
        ("2027-02", "voice", "10000"), // 10,000 in all: 2 % of it.
        ("2027-03", "voice", "4000"),  // 13,000: 260 less 200.
        ("2027-04", "voice", "16000"), // 22,000: 5 % are 1,100, less 260.
    ]);
    let given = of("rebate", &invoices(&text, &used, "2028-01"));
    assert_eq!(given[..4], ["-", "-200", "-60", "-840"]);
    // Eight more months of 1,000, each 50. Then the next year begins.
    assert_eq!(given[4..], ["-50", "-50", "-50", "-50", "-50", "-50", "-50", "-50", "-"]);
}

/// What a rebate gives on each charge is what the charge has earned since the period's first month: rules on one charge alone
/// come to the same whether the charges were billed in one month or in several.
#[test]
fn a_rebate_is_divided_by_what_has_earned_it() {
    let rules = "[[discount]]\nname = 'rebate'\non = ['voice', 'chat']\nper = 'quarter'\n\
                 bands = [{ from = '10100', percent = '2' }]\n\
                 [[minimum]]\nname = 'least'\non = 'chat'\namount = '500'\n\
                 [[prepaid]]\nname = 'credit'\non = 'chat'\namount = '1000'\ndue = 2027-01-01\n\
                 [tax]\nkind = 'VAT'\npercent = '10'\nrecoverable = true\non = ['chat']\n";
    let text = contract(YEAR, &format!("{VOICE}{CHAT}{rules}"));
    let last_of = |rows: &[(&str, &str, &str)], to: &str| {
        let priced = invoices(&text, &used(rows), to);
        let last = priced.last().unwrap();
        ["rebate", "least", "credit: drawn down", "VAT"].map(|name| of(name, std::slice::from_ref(last)).remove(0))
    };
    // 2 % of 10,100: 200 on voice, which is billed in January, and 2 on chat.
    let in_one = last_of(&[("2027-01", "voice", "20000"), ("2027-01", "chat", "50")], "2027-01");
    assert_eq!(in_one, ["-202", "402", "-98", "9.8"]);
    let in_two = last_of(&[("2027-01", "voice", "20000"), ("2027-02", "chat", "50")], "2027-02");
    assert_eq!(in_two, in_one);
    let in_three = last_of(
        &[
            ("2027-01", "voice", "19998"),
            ("2027-02", "voice", "2"),
            ("2027-02", "chat", "50"),
            ("2027-03", "chat", "50"),
        ],
        "2027-03",
    );
    assert_eq!(in_three, ["-2", "402", "-98", "9.8"], "100 more of chat are 2 more on chat alone");
}

/// A charge without a line of the month has its part all the same: its minimum of the quarter counts it.
#[test]
fn a_rebate_on_what_was_billed_before_is_of_its_charge() {
    let rebate = "[[discount]]\nname = 'rebate'\non = ['voice', 'chat']\nper = 'quarter'\n\
                  bands = [{ from = '10100', percent = '2' }]\n";
    let minimum = |on: &str, amount: u32| {
        format!("[[minimum]]\nname = 'least {on}'\non = '{on}'\namount = '{amount}'\nper = 'quarter'\n")
    };
    let rules = [minimum("voice", 10_000), minimum("chat", 100)].concat();
    let text = contract(YEAR, &format!("{VOICE}{CHAT}{rebate}{rules}"));
    let priced = invoices(&text, &used(&[("2027-01", "voice", "20000"), ("2027-03", "chat", "50")]), "2027-03");
    assert_eq!(of("rebate", &priced), ["-", "-", "-202"]);
    assert_eq!((of("least voice", &priced).remove(2), of("least chat", &priced).remove(2)), ("200".into(), "2".into()));
}

#[test]
fn prices_follow_an_index_with_a_cap() {
    let voice = "[[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\ntiers = 'graduated'\nscope = 'contract'\n\
                 bands = [{ from = 0, each = '0.50' }, { from = 1000, each = '0.40' }]\n";
    let index = "[[index]]\non = ['voice', 'platform']\nby = 'US-CPI'\nbase = 2026-10-31\nevery = 'year'\nat_most = '3%'\nat_least = '0%'\n\
                 [[index]]\non = 'platform'\npercent = '10'\nevery = '18 months'\n";
    let text = contract("starts = 2027-01-15", &format!("{voice}{PLATFORM}{CHAT}{index}"));
    let used = "month,charge,rows,quantity,day\n2027-12,voice,1,2000,\n2028-01,voice,1,2000,\n2028-02,voice,1,2000,\n2028-02,chat,1,1,\n\
                2029-02,voice,1,2000,\n2030-02,voice,1,2000,\n\
                ,rate US-CPI,,320,2026-10-15\n,rate US-CPI,,324.8,2028-01-10\n,rate US-CPI,,350,2028-12-31\n,rate US-CPI,,343,2030-01-02\n";
    let priced = invoices(&text, used, "2030-02");
    let month = |name: &str, month: &str| {
        let invoice: Vec<Invoice> =
            priced.iter().filter(|invoice| invoice.month.to_string() == month).cloned().collect();
        of(name, &invoice).remove(0)
    };
    assert_eq!(month("voice", "2027-12"), "900");
    // The step of January 15, 2028 counts from February: 324.8/320 = 1.015.
    assert_eq!(month("voice", "2028-01"), "900");
    assert_eq!(month("voice", "2028-02"), "913.5");
    // 350/324.8 is more than 3 %: 1.015 × 1.03 = 1.04545. Then prices fall, and stay.
    assert_eq!(month("voice", "2029-02"), "940.91");
    assert_eq!(month("voice", "2030-02"), "940.91");
    assert_eq!(month("chat", "2028-02"), "2");
    // A second index multiplies: 1,000 × 1.015 × 1.1 from August 2028.
    assert_eq!(month("platform", "2028-07"), "1015");
    assert_eq!(month("platform", "2028-08"), "1116.5");
    let line = priced[13].lines.iter().find(|line| line.charge == "voice").unwrap();
    assert_eq!(line.detail.last().unwrap().rule, "indexed by 1.015 since 2028-01-15: US-CPI every year");
    assert_eq!(line.detail[0].price.as_ref().unwrap().to_string(), "0.5075");

    let unknown = fold_through(&text, "month,charge,rows,quantity\n", "2028-02").unwrap_err();
    assert_eq!(unknown.to_string(), "`index by US-CPI` needs the rate `US-CPI` on 2026-10-31, and none is known");
}

#[test]
fn what_is_paid_in_advance_is_drawn_down_and_lapses() {
    let prepaid = "[[prepaid]]\nname = 'bundle'\non = ['voice', 'chat']\namount = '1000'\ndue = 2027-01-10\nexpires = '3 months'\n";
    let text = contract("starts = 2027-01-01\nends = 2027-06-30", &format!("{VOICE}{CHAT}{prepaid}"));
    let rows = [
        ("2027-01", "voice", "600"),
        ("2027-01", "chat", "50"),
        ("2027-03", "voice", "800"),
        ("2027-04", "voice", "500"),
    ];
    let priced = invoices(&text, &used(&rows), "2027-06");
    // 300 + 100 in January, 400 in March; 200 lapse; April is paid in full.
    assert_eq!(of("bundle", &priced), ["1000", "-", "-", "-", "-", "-"]);
    assert_eq!(of("bundle: drawn down", &priced), ["-400", "-", "-400", "-", "-", "-"]);
    let totals: Vec<String> = priced.iter().map(|invoice| invoice.total.to_string()).collect();
    assert_eq!(totals, ["1000", "0", "0", "250", "0", "0"]);
    assert_eq!(priced[2].notes, ["`bundle`: 200 USD of what was paid in 2027-01 lapse with the end of 2027-03"]);
    assert!(priced.iter().filter(|invoice| invoice.month != priced[2].month).all(|invoice| invoice.notes.is_empty()));
}

#[test]
fn monthly_prepayments_add_up_and_the_oldest_is_used_first() {
    let prepaid = "[[prepaid]]\nname = 'credit'\non = 'voice'\namount = '100'\nper = 'month'\nexpires = '2 months'\n\
                   [[prepaid]]\nname = 'reserve'\non = ['voice', 'platform']\namount = '50'\ndue = 2027-02-01\n";
    let text = contract("starts = 2027-01-01\nends = 2027-03-31", &format!("{VOICE}{prepaid}{PLATFORM}"));
    let rows = [("2027-01", "voice", "100"), ("2027-02", "voice", "180"), ("2027-03", "voice", "500")];
    let priced = invoices(&text, &used(&rows), "2027-03");
    // January uses 50 of 100; February 90: the old 50 and 40 of the new 100; March 250: 60 and 100, none of January's.
    assert_eq!(of("credit: drawn down", &priced), ["-50", "-90", "-160"]);
    // The reserve covers what the credit leaves of voice, and the platform: 1,000 in February.
    assert_eq!(of("reserve: drawn down", &priced), ["-", "-50", "-"]);
    assert!(priced.iter().all(|invoice| invoice.notes.is_empty()));
    let unused = invoices(&text, &used(&[]), "2027-03");
    assert_eq!(unused[1].notes, ["`credit`: 100 USD of what was paid in 2027-01 lapse with the end of 2027-02"]);
    assert_eq!(
        unused[2].notes,
        [
            "`credit`: 100 USD of what was paid in 2027-02 lapse with the end of 2027-03",
            "`credit`: 100 USD of what was paid in 2027-03 are not used when the contract ends"
        ]
    );
}

#[test]
fn a_deposit_is_paid_taxed_by_nobody_and_given_back() {
    let rest = "[pay]\ndeposit = '5000'\n[tax]\nkind = 'VAT'\npercent = '20'\nrecoverable = true\n";
    let text = contract("starts = 2027-01-01\nends = 2027-03-31", &format!("{PLATFORM}{rest}"));
    let priced = invoices(&text, &used(&[]), "2027-03");
    assert_eq!(of("deposit", &priced), ["5000", "-", "-5000"]);
    assert_eq!(of("VAT", &priced), ["200", "200", "200"]);
    let costs: Vec<String> = priced.iter().map(|invoice| invoice.cost().to_string()).collect();
    assert_eq!((priced[0].total.to_string().as_str(), costs), ("6200", vec!["1000".to_owned(); 3]));
}

#[test]
fn tax_that_is_withheld_costs_who_bears_it() {
    let month = |who: &str, more: &str| {
        let pay = format!("[pay]\ndeposit = '500'\nwithholding = {{ percent = '15', borne_by = '{who}' }}\n");
        let tax = "[tax]\nkind = 'VAT'\npercent = '20'\nrecoverable = true\n";
        invoices(&contract(YEAR, &format!("{PLATFORM}{more}{pay}{tax}")), &used(&[]), "2027-01").remove(0)
    };
    // Of the platform's 1,000, neither of the deposit nor of value-added tax.
    let provider = month("provider", "");
    assert_eq!((provider.total.to_string(), provider.cost().to_string()), ("1700".to_owned(), "1000".to_owned()));
    let note = "withholding tax, 15% of 1000: 150 USD of what is due go to the state, and not to the provider";
    assert_eq!((provider.notes, provider.withholding), (vec![note.to_owned()], None));
    // 1,000 are left of 1,000 ÷ 0.85 = 1,176.47.
    let buyer = month("buyer", "");
    assert_eq!((buyer.total.to_string(), buyer.cost().to_string()), ("1700".to_owned(), "1176.47".to_owned()));
    let note = "withholding tax, 15% of 1000 ÷ (1 − 15%): the buyer owes 176.47 USD to the state beside the invoice";
    assert_eq!(buyer.notes, [note]);
    let line = buyer.withholding.unwrap();
    let parts: Exact = line.detail.iter().fold(Exact::zero(), |sum, detail| &sum + &detail.amount.0);
    assert_eq!((line.amount.0, line.kind), (parts, LineKind::Tax));
    // A month whose credits exceed its charges has nothing to keep.
    let nothing = month("buyer", "[[discount]]\non = 'platform'\npercent = '100'\n");
    assert_eq!((nothing.notes.len(), nothing.withholding), (0, None));
}

#[test]
fn a_buyer_gets_back_his_share_of_recoverable_tax() {
    let month = |more: &str| {
        let tax = format!("{PLATFORM}[tax]\nkind = 'VAT'\npercent = '21'\n{more}");
        invoices(&contract(YEAR, &tax), &used(&[]), "2027-01").remove(0)
    };
    let share = |percent: u64| Factor::percent(&Exact::from(percent));
    for reverse in ["", "\nreverse_charge = true"] {
        let recoverable = month(&format!("recoverable = true{reverse}"));
        let costs = [100, 40, 0].map(|percent| recoverable.cost_to(share(percent)).to_string());
        assert_eq!(costs, ["1000", "1126", "1210"], "{reverse}");
        assert_eq!(recoverable.cost().to_string(), "1000");
        assert_eq!(month(&format!("recoverable = false{reverse}")).cost_to(share(100)).to_string(), "1210");
    }
}

#[test]
fn tax_is_a_cost_where_it_does_not_come_back() {
    let discount = "[[discount]]\non = 'platform'\npercent = '10'\n";
    let tax = |more: &str| format!("{PLATFORM}{CHAT}{discount}[tax]\nkind = 'GST'\npercent = '18'\n{more}");
    let used = used(&[("2027-01", "chat", "3")]);
    let month = |more: &str| invoices(&contract(YEAR, &tax(more)), &used, "2027-01").remove(0);
    // 900 and 6 are taxed: 163.08.
    let plain = month("recoverable = false\nclause = '§9'");
    assert_eq!((plain.total.to_string(), plain.cost().to_string()), ("1069.08".to_owned(), "1069.08".to_owned()));
    assert_eq!(plain.lines.last().unwrap().clause.as_deref(), Some("§9"));
    let on = month("recoverable = false\non = 'platform'");
    assert_eq!(of("GST", &[on]), ["162"]);
    let reverse = month("recoverable = false\nreverse_charge = true");
    assert_eq!((reverse.total.to_string(), reverse.cost().to_string()), ("906".to_owned(), "1069.08".to_owned()));
    assert_eq!(reverse.notes, ["GST, 18% of 906: the buyer owes 163.08 USD to the state, and not to the provider"]);
    assert_eq!(month("recoverable = true\nreverse_charge = true").cost().to_string(), "906");
}

#[test]
fn a_currency_moves_beyond_its_band() {
    let pay = |beyond: &str| {
        format!(
            "{PLATFORM}[pay]\nexchange = {{ against = 'PHP', base = 2026-10-31, band = '5%', beyond = '{beyond}' }}\n"
        )
    };
    // r₀ = 58. 55 is 3/55 = 5.4545 % dearer: 0.4545 % beyond. 57 is within. 64 is 9.375 % cheaper: 4.375 % beyond.
    let used = "month,charge,rows,quantity,day\n,rate USD/PHP,,58,2026-10-31\n,rate USD/PHP,,55,2027-01-31\n\
                ,rate USD/PHP,,57,2027-02-20\n,rate PHP/USD,,1/64,2027-03-31\n,rate USD/PHP,,64,2027-03-31\n";
    let exchange = |beyond: &str| of("exchange", &invoices(&contract(YEAR, &pay(beyond)), used, "2027-03"));
    assert_eq!(exchange("buyer"), ["4.55", "-", "-43.75"]);
    assert_eq!(exchange("shared equally"), ["2.27", "-", "-21.88"]);
    assert_eq!(exchange("40% buyer"), ["1.82", "-", "-17.5"]);
    assert_eq!(exchange("provider"), ["-", "-", "-"]);
    let unknown = fold_through(&contract(YEAR, &pay("buyer")), "month,charge,rows,quantity\n", "2027-01").unwrap_err();
    assert_eq!(unknown.to_string(), "`exchange` needs the rate `USD/PHP` on 2026-10-31, and none is known");
}

#[test]
fn an_invoice_is_paid_in_another_currency() {
    let text = contract(YEAR, &format!("{VOICE}[pay]\ncurrency = 'JPY'\nterms = '30 days'\n"));
    let used = "month,charge,rows,quantity,day\n2027-01,voice,1,2001,\n,rate USD/JPY,,151.23,2027-01-29\n";
    let invoice = invoices(&text, used, "2027-01").remove(0);
    let payable = invoice.payable.unwrap();
    // 1,000.50 × 151.23 = 151,305.615; a yen has no parts.
    assert_eq!((invoice.total.to_string(), payable.amount.to_string()), ("1000.5".to_owned(), "151306".to_owned()));
    let inverse = used.replace("USD/JPY,,151.23", "JPY/USD,,1/151");
    assert_eq!(invoices(&text, &inverse, "2027-01")[0].payable.as_ref().unwrap().rate.to_string(), "151");
    let own = contract(YEAR, &format!("{VOICE}[pay]\ncurrency = 'USD'\n"));
    assert_eq!(invoices(&own, used, "2027-01")[0].payable, None);
}

#[test]
fn rounding_once_counts_what_stands_over_several_lines() {
    let rest = "[[discount]]\non = ['voice']\npercent = '3'\n[tax]\nkind = 'VAT'\npercent = '7'\nrecoverable = false\n";
    let text = contract(YEAR, &format!("{VOICE}{rest}")).replace("at = 'line'", "at = 'invoice'");
    // 0.50 × 1/60 × 0.97 × 1.07 is 0.0086491…
    let invoice = invoices(&text, &used(&[("2027-01", "voice", "1 s")]), "2027-01").remove(0);
    assert_eq!(invoice.total.to_string(), "0.01");
}

#[test]
fn mistakes_in_what_stands_over_several_lines() {
    let with = |rest: &str| codes(&contract(YEAR, &format!("{VOICE}{CHAT}{PLATFORM}{rest}\n")));
    let none = [""; 0];
    assert_eq!(with("[[discount]]\non = 'voice'\npercent = 5"), none);
    assert_eq!(with("[[discount]]\non = 'voice'\npercent = 101"), ["C058"]);
    assert_eq!(with("[[discount]]\non = 'voice'"), ["C052"]);
    assert_eq!(with("[[discount]]\non = 'voice'\npercent = 5\namount = 5"), ["C052"]);
    assert_eq!(with("[[discount]]\non = 'voice'\nbands = [{ from = 5, percent = 1 }]"), ["T003"]);
    let rebate = |bands: &str| with(&format!("[[discount]]\non = 'voice'\nper = 'year'\nbands = {bands}"));
    assert_eq!(rebate("[{ from = 5, percent = 1 }, { from = 5, percent = 2 }]"), ["C053"]);
    assert_eq!(rebate("[]"), ["C052"]);
    assert_eq!(with("[[discount]]\non = 'voice'\npercent = 5\nper = 'year'"), ["T008"]);
    assert_eq!(with("[[discount]]\non = 'voice'\npercent = 5\nfrom = 2027-05-01\nuntil = 2027-04-01"), ["C054"]);
    assert_eq!(with("[[discount]]\non = 'voice'\npercent = 5\nfrom = 2028-05-01"), ["C054"]);
    assert_eq!(with("[[discount]]\non = 'voice'\npercent = 5\nuntil = 2026-05-01"), ["C054"]);

    assert_eq!(with("[[index]]\non = 'voice'\npercent = 5\nevery = 'year'"), none);
    assert_eq!(with("[[index]]\non = 'voice'\nevery = 'year'"), ["C052"]);
    assert_eq!(with("[[index]]\non = 'voice'\nby = 'CPI'\nevery = 'year'"), ["T003"]);
    assert_eq!(with("[[index]]\non = 'voice'\npercent = -100\nevery = 'year'"), ["T007"]);
    assert_eq!(with("[[index]]\non = 'voice'\npercent = 5\nevery = '0 months'"), ["T007"]);
    let bounds = "[[index]]\non = 'voice'\npercent = 5\nevery = 'year'\nat_most = 1\nat_least = 2";
    assert_eq!(with(bounds), ["C053"]);
    let share = "[[charge]]\nname = 'management'\npercent = 10\nof_charges = ['voice']\n";
    assert_eq!(with(&format!("{share}[[index]]\non = 'management'\npercent = 5\nevery = 'year'")), ["C055"]);
    // What a year's volume reckons anew keeps its prices for the year; months by themselves and graduated tiers may move.
    let by_volume = |tiers: &str, per: &str, every: &str| {
        let bands = "bands = [{ from = '0', each = '1.00' }, { from = '1000', each = '0.90' }]\nscope = 'contract'\n";
        let leads = format!("[[charge]]\nname = 'leads'\nunit = 'lead'\n{bands}tiers = '{tiers}'\nper = '{per}'\n");
        with(&format!("{leads}[[index]]\non = 'leads'\npercent = '100%'\nevery = '{every}'"))
    };
    assert_eq!(by_volume("volume", "year", "6 months"), ["C055"]);
    assert_eq!(by_volume("volume", "term", "year"), ["C055"]);
    assert_eq!(by_volume("volume", "quarter", "month"), ["C055"]);
    for (tiers, per, every) in [
        ("volume", "year", "year"),
        ("volume", "quarter", "6 months"),
        ("volume", "month", "month"),
        ("graduated", "year", "month"),
    ] {
        assert_eq!(by_volume(tiers, per, every), none, "{tiers} {per} {every}");
    }

    assert_eq!(with("[[prepaid]]\non = 'voice'\namount = 5\ndue = 2027-01-01"), none);
    assert_eq!(with("[[prepaid]]\non = 'voice'\namount = 5\ndue = 2026-01-01"), ["C054"]);
    assert_eq!(with("[[prepaid]]\non = 'voice'\namount = 5"), ["C052"]);
    assert_eq!(with("[[prepaid]]\non = 'voice'\namount = 5\ndue = 2027-01-01\nexpires = '0 months'"), ["T007"]);
    let named = "[[prepaid]]\nname = 'p'\non = 'voice'\namount = 5\nper = 'month'\n[[minimum]]\nname = 'p: drawn down'\non = 'voice'\namount = 1";
    assert_eq!(with(named), ["C004"]);

    assert_eq!(with("[tax]\nkind = 'VAT'\npercent = 5"), ["T003"]);
    assert_eq!(with("[tax]\nkind = 'voice'\npercent = 5\nrecoverable = true"), ["C004"]);
    assert_eq!(with("[[discount]]\nname = 'deposit'\non = 'voice'\npercent = 5"), ["C004"]);
    let exchange = |against: &str, beyond: &str| {
        with(&format!(
            "[pay]\nexchange = {{ against = '{against}', base = 2026-10-31, band = '5%', beyond = '{beyond}' }}"
        ))
    };
    assert_eq!(exchange("PHP", "buyer"), none);
    assert_eq!(exchange("USD", "buyer"), ["C057"]);
    for wrong in ["shared", "140% buyer", "-1% buyer", "40%", "40% provider"] {
        assert_eq!(exchange("PHP", wrong), ["C057"], "{wrong}");
    }
}

/// What is free moves with no currency, and of two ways to write a rate the newer counts.
#[test]
fn the_exchange_is_of_what_is_paid_at_the_newest_rate() {
    let text = "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\nround = { at = 'line', to = '0.01', how = 'half-up' }\n\
                pay = { exchange = { against = 'PHP', base = 2026-12-31, band = '0%', beyond = 'buyer' } }\n\
                [[charge]]\nname = 'platform'\namount = '10000'\nper = 'month'\n\
                [[discount]]\nname = 'free trial'\non = ['platform']\npercent = '50'\n";
    let (contract, found) = read(&Text::new("contract.toml", text));
    let contract = contract.unwrap_or_else(|| panic!("{found:#?}"));
    let in_force = contract.in_force(None);
    let exact = |text: &str| text.parse::<Exact>().unwrap();
    let mut usage = Usage::default();
    usage.set_rate("USD/PHP", date(2026, 12, 31), exact("60"));
    usage.set_rate("PHP/USD", date(2027, 1, 20), exact("0.02"));
    let invoice = &fold(&in_force, &usage, Month::of(date(2027, 1, 1)), Month::of(date(2027, 1, 1))).unwrap()[0];
    let exchange = invoice.lines.iter().find(|line| line.charge == "exchange").unwrap();
    assert_eq!(exchange.amount.0.to_string(), "1000"); // 5,000 at 60 for 50.
    assert!(invoice.notes.is_empty(), "{:?}", invoice.notes);
    let march = Month::of(date(2027, 3, 1));
    let later = &fold(&in_force, &usage, march, march).unwrap()[0];
    assert_eq!(later.notes, ["`exchange` goes by the rate of 2027-01-20: no later one is known"]);
}
