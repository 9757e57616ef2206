//! From a contract's text and quantities to the invoice, by hand.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

use longshore_contract::{Invoice, fold, quantities, read};
use longshore_units::Text;

fn invoice(contract: &str, quantities_text: &str, month: &str) -> Invoice {
    let (contract, findings) = read(&Text::new("contract.toml", contract));
    let contract = contract.unwrap_or_else(|| panic!("{findings:#?}"));
    let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", quantities_text));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let month = month.parse().unwrap();
    fold(&contract.in_force(None), &usage, month, month).unwrap().remove(0)
}

fn lines(invoice: &Invoice) -> Vec<(String, String)> {
    for line in &invoice.lines {
        let details: longshore_units::Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
        assert_eq!(details, line.amount, "details of {}", line.charge);
        assert!(line.amount.0.is_decimal());
    }
    let total: longshore_units::Amount = invoice.lines.iter().map(|line| line.amount.clone()).sum();
    assert_eq!(total, invoice.total);
    invoice.lines.iter().map(|line| (line.charge.clone(), line.amount.to_string())).collect()
}

fn contract(rest: &str) -> String {
    format!(
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-15\nends = 2027-12-31\n{rest}"
    )
}

const AT_LINE: &str = "[round]\nat = 'line'\nto = '0.01'\nhow = 'half-up'\n";

#[test]
fn graduated_bands_surcharge_minimum_and_flat() {
    let text = contract(&format!(
        "{AT_LINE}[calendar.holidays]\nuse = 'US-federal'\n
        [[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk', 'wrap']\nfirst = '30s'\nthen = '6s'\nscope = 'program'
        bands = [{{ from = 0, each = '0.42' }}, {{ from = 500000, each = '0.38' }}]\ntiers = 'graduated'
        surcharge = [{{ calendar = 'holidays', percent = 25 }}]
        [[charge]]\nname = 'platform'\namount = 1500\nper = 'month'\nprorate = 'day'
        [[minimum]]\non = 'voice'\namount = 400000\nprorate = 'day'\n"
    ));
    let used = "month,charge,group,rows,quantity,surcharges\n2027-01,voice,retail,10,1000,\n2027-01,voice,retail,2,100,holidays\n2027-02,voice,retail,9,600000,\n";
    // January: 1,100 min at 0.42 + 25 % of 0.42 on 100; 17 of 31 days.
    let january = invoice(&text, used, "2027-01");
    assert_eq!(
        lines(&january),
        [("voice", "472.5"), ("platform", "822.58"), ("minimum", "218882.34")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    // February: 500,000 at 0.42 and 100,000 at 0.38; 248,000 is below the minimum.
    let february = invoice(&text, used, "2027-02");
    assert_eq!(
        lines(&february),
        [("voice", "248000"), ("platform", "1500"), ("minimum", "152000")].map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
    assert!(invoice(&text, used, "2026-12").lines.is_empty());
}

#[test]
fn rounding_at_the_invoice_is_a_line_of_its_own() {
    let text = contract(
        "[round]\nat = 'invoice'\nto = '0.01'\nhow = 'half-up'\n[[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = '0.80'\n[[charge]]\nname = 'more'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = '0.80'\n",
    );
    let used = "month,charge,group,rows,quantity\n2027-02,minute,,1,1 s\n2027-02,more,,1,1 s\n";
    let invoice = invoice(&text, used, "2027-02");
    // 0.01333… twice is 0.02666…, a cent more than rounding each line.
    assert_eq!(invoice.total.to_string(), "0.03");
    assert_eq!(lines(&invoice)[2], ("rounding".to_owned(), "0.003333333334".to_owned()));
}

#[test]
fn rounding_at_the_contact_sums_rounded_amounts() {
    let text = contract(
        "[round]\nat = 'contact'\nto = '0.01'\nhow = 'up'\n[[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = '0.80'\n",
    );
    let used =
        "month,charge,group,rows,quantity\n2027-02,minute,,1,1 s\n2027-02,minute,,1,1 s\n2027-02,minute,,1,61 s\n";
    // 0.0133… up to 0.02, twice; 0.8133… up to 0.82.
    assert_eq!(invoice(&text, used, "2027-02").total.to_string(), "0.86");
}

#[test]
fn agent_months_are_shares_of_the_months_days() {
    let text = contract(&format!("{AT_LINE}[[charge]]\nunit = 'agent-month'\nprorate = 'day'\neach = 2150\n"));
    let used = "month,charge,group,rows,quantity\n2027-02,agent-month,,3,70 days\n";
    assert_eq!(invoice(&text, used, "2027-02").total.to_string(), "5375");
}

#[test]
fn once_is_billed_in_its_month_alone() {
    let text = contract(&format!("{AT_LINE}[[charge]]\nname = 'setup'\namount = 25000\nonce = 2027-02-01\n"));
    assert_eq!(invoice(&text, "month,charge,rows,quantity\n", "2027-02").total.to_string(), "25000");
    assert_eq!(invoice(&text, "month,charge,rows,quantity\n", "2027-03").total.to_string(), "0");
}

/// Records count agents' states in microseconds; the price is by the hour.
#[test]
fn an_agents_hour_is_an_hour() {
    use longshore_contract::{Class, Count, CounterOf, Counts, Key, Ledger, Usage, price};
    let text = contract(&format!("{AT_LINE}[[charge]]\nunit = 'hour'\nof = 'logged in'\neach = 14\n"));
    let (contract, _) = read(&Text::new("contract.toml", text));
    let period = "2027-02".parse().unwrap();
    let counter = CounterOf::Charge(0);
    let key = Key { version: 0, counter, group: String::new(), period, day: None, class: Class(0) };
    let mut counts = Counts::default();
    counts.add(key, &Count::Linear { rows: 3, quantity: 5_400_000_000 }).unwrap();
    let contract = contract.unwrap();
    let in_force = contract.in_force(None);
    let usage = Usage::of(&in_force, &counts).unwrap();
    let invoice = price(&in_force, &usage, period, &mut Ledger::default()).unwrap();
    assert_eq!(invoice.lines[0].quantity.to_string(), "1.5");
    assert_eq!(invoice.total.to_string(), "21");
}

/// Cells too many, columns nobody reads, and groups that share one contract's bands.
#[test]
fn quantities_say_what_they_mean() {
    let banded = contract(&format!(
        "{AT_LINE}[[charge]]\nname = 'voice'\nwhen = {{ outcome = ['answered'] }}\nunit = 'minute'\nof = ['talk']\nthen = '1s'\n\
         tiers = 'graduated'\nscope = 'contract'\nbands = [{{ from = 0, each = 1 }}, {{ from = 5000, each = '0.50' }}]\n"
    ));
    let used = "month,charge,group,rows,quantity\n2027-02,voice,cebu,1,4000\n2027-02,voice,davao,1,4000\n";
    assert_eq!(invoice(&banded, used, "2027-02").total.to_string(), "6500");

    let (read, _) = read(&Text::new("contract.toml", banded));
    let read = read.unwrap();
    let findings = |text: &str| {
        let (usage, findings) = quantities(&read, &Text::new("quantities.csv", text));
        (usage.is_some(), findings.iter().map(|finding| finding.code).collect::<Vec<_>>())
    };
    assert_eq!(findings("month,charge,group,rows,quantity\n2027-02,voice,,10,1,250.5\n"), (false, vec!["Q001"]));
    assert_eq!(
        findings("month,charge,group,rows,quantity,surcharge\n2027-02,voice,,1,5,holidays\n"),
        (true, vec!["Q001"])
    );
    assert_eq!(findings("month,month,charge,group,rows,quantity\n2027-02,2027-02,voice,,1,5\n"), (false, vec!["Q001"]));
    let many = format!("month,charge,group,rows,quantity\n{}", "2027-02,vioce,,1,5\n".repeat(5000));
    assert!(findings(&many).1.len() < 1100);
}
