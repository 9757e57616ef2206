//! Terms over several lines, month by month, worked by hand.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use longshore_contract::{Invoice, PriceError, fold, quantities, read};
use longshore_units::{Amount, Text};

fn fold_through(contract: &str, used: &str, to: &str) -> Result<Vec<Invoice>, PriceError> {
    let (contract, findings) = read(&Text::new("contract.toml", contract));
    let contract = contract.unwrap_or_else(|| panic!("{findings:#?}"));
    let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", used));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let starts = longshore_units::Month::of(contract.term.starts);
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
