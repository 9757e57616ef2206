//! What deposits, tax, currencies and indexes of a contract do to an option's cost.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{BusinessCase, read};
use longshore_compare::{OptionSummary, compare};
use longshore_contract::LineKind;
use longshore_units::{Month, Text};

const CONTRACT: &str = "contracts/cebu-dedicated.toml";

/// The example over two months in which the contract says more, and decide.toml too.
fn files(contract: &str, decide: &str) -> longshore_business_case::CaseFiles {
    let mut files = case::example_files();
    for file in &mut files.files {
        let text = match file.path.as_str() {
            CONTRACT => format!("{}\n{contract}", file.text.text),
            "decide.toml" => format!("{}\n{decide}", file.text.text.replace("months = 12", "months = 2")),
            _ => continue,
        };
        file.text = Text::new(file.path.as_str(), text);
    }
    files
}

fn option(case: &BusinessCase) -> OptionSummary {
    // Beside today's option alone, and as planned: what is looked at here does not hang on the others.
    let mut case = case.clone();
    case.options.retain(|option| [BusinessCase::TODAY, "philippines-dedicated"].contains(&option.id.as_str()));
    case.decide.uncertain.clear();
    let comparison = compare(&case, 1, 7, &|_| ()).unwrap();
    let option = comparison.options.into_iter().find(|option| option.option == "philippines-dedicated").unwrap();
    let sum: i128 = option.charges.iter().map(|charge| charge.amount.minor).sum();
    assert_eq!(sum, option.charges_total.minor, "the lines sum to the contract's cost");
    let paid: i128 = option.cash_by_month.iter().map(|paid| paid.amount.minor).sum();
    assert_eq!(paid, option.cost.mean.minor + option.deposits.minor, "what is paid is cost, or a deposit");
    option
}

fn with(contract: &str, decide: &str) -> OptionSummary {
    option(&case::sound(&files(contract, decide)))
}

#[test]
fn what_comes_back_is_no_cost_and_what_does_not_is() {
    let plain = with("", "");
    let tax = |more: &str| format!("[tax]\nkind = 'VAT'\npercent = '10'\n{more}");
    let back = with(&format!("{}[pay]\ndeposit = '5000'\n", tax("recoverable = true\n")), "");
    assert_eq!((back.cost, &back.charges), (plain.cost, &plain.charges));
    let lost = with(&tax("recoverable = false"), "");
    let reverse = with(&tax("recoverable = false\nreverse_charge = true"), "");
    // Each month's tax is rounded by itself.
    let more = lost.charges_total.minor - plain.charges_total.minor;
    assert!((more * 10 - plain.charges_total.minor).abs() <= 20, "{more} of {}", plain.charges_total);
    assert_eq!(lost.charges_total, reverse.charges_total);
    assert!(reverse.charges.iter().any(|charge| charge.kind == LineKind::Tax && charge.charge == "VAT"));
}

#[test]
fn a_buyer_without_tax_of_his_own_bears_what_he_does_not_get_back() {
    let of = |recovers: &str| {
        let mut files = files("[tax]\nkind = 'VAT'\npercent = '20'\nrecoverable = true", "");
        let program = files.files.iter_mut().find(|file| file.path == "program.toml").unwrap();
        program.text = Text::new("program.toml", format!("{recovers}{}", program.text.text));
        option(&case::sound(&files))
    };
    let vat = |option: &OptionSummary| -> i128 {
        option.charges.iter().filter(|charge| charge.kind == LineKind::Tax).map(|charge| charge.amount.minor).sum()
    };
    let [all, some, none] = ["", "recovers = '75%'\n", "recovers = '0%'\n"].map(of);
    assert_eq!((vat(&all), &all.charges), (0, &with("", "").charges));
    assert!((vat(&some) * 4 - vat(&none)).abs() <= 4, "{} of {}", vat(&some), vat(&none));
    assert!((vat(&none) * 5 - all.charges_total.minor).abs() <= 20);
    assert_eq!(none.cost.mean.minor - all.cost.mean.minor, vat(&none));
    let told = |option: &OptionSummary| {
        let of_tax =
            |one: &&longshore_compare::Weighed| one.assumption.what.to_string().contains("VAT: tax that the state");
        option.assumptions.iter().find(of_tax).map(|one| one.assumption.value.clone())
    };
    assert_eq!([&all, &some, &none].map(told).map(Option::unwrap), ["100%", "75%", "0%"]);
}

#[test]
fn tax_withheld_from_the_provider_is_a_cost_where_the_buyer_bears_it() {
    let plain = with("", "");
    let borne = |who: &str| with(&format!("[pay]\nwithholding = {{ percent = '20', borne_by = '{who}' }}"), "");
    assert_eq!(borne("provider").cost, plain.cost);
    // A fifth of what is paid is a quarter of what is billed.
    let more = borne("buyer").charges_total.minor - plain.charges_total.minor;
    assert!((more * 4 - plain.charges_total.minor).abs() <= 8, "{more} of {}", plain.charges_total);
}

/// What is paid of the contract alone in each month: of all that is paid without the costs beside it.
fn contract_paid(option: &OptionSummary, plain: &OptionSummary) -> Vec<(String, i128)> {
    let of = |option: &OptionSummary, month| {
        let paid = option.cash_by_month.iter().find(|paid| paid.month == month);
        paid.map_or(0, |paid| paid.amount.minor)
    };
    let months = Month::through("2026-12".parse().unwrap(), "2028-03".parse().unwrap());
    let differences = months.map(|month| (month.to_string(), of(option, month) - of(plain, month)));
    differences.filter(|(_, difference)| *difference != 0).collect()
}

#[test]
fn an_invoice_is_paid_when_its_contract_says_so() {
    let plain = with("", "");
    assert_eq!((plain.deposits.minor, plain.present_value), (0, plain.cost.mean));
    // Billed for January and February, of which February has a setup fee less; written a day after each.
    let bills: Vec<i128> = ["2027-02", "2027-03"]
        .map(|month| {
            let later = with("[pay]\nterms = '365 days'", "");
            let moved = contract_paid(&later, &plain).into_iter().find(|(of, _)| of == month).unwrap();
            -moved.1
        })
        .to_vec();
    assert_eq!(bills.iter().sum::<i128>(), plain.charges_total.minor);
    let of = |month: &str, amount: i128| (month.to_owned(), amount);
    let late = with("[pay]\nterms = '45 days'", "");
    assert_eq!(late.cost, plain.cost);
    assert_eq!(late.cost_by_month, plain.cost_by_month);
    let moved = [of("2027-02", -bills[0]), of("2027-03", bills[0] - bills[1]), of("2027-04", bills[1])];
    assert_eq!(contract_paid(&late, &plain), moved);
    let early = with("[pay]\nin_advance = true", "");
    let moved = [of("2026-12", bills[0]), of("2027-01", bills[1]), of("2027-02", -bills[0]), of("2027-03", -bills[1])];
    assert_eq!(contract_paid(&early, &plain), moved);
    let told = |option: &OptionSummary| {
        option.assumptions.iter().any(|one| one.assumption.what.to_string().ends_with("an invoice is paid"))
    };
    assert!(told(&plain) && !told(&late) && !told(&early));
}

#[test]
fn who_pays_later_pays_less_in_todays_money() {
    let discounted = |pay: &str| with(pay, "").present_value.minor;
    let worth = |pay: &str| {
        let mut files = files(pay, "");
        let decide = files.files.iter_mut().find(|file| file.path == "decide.toml").unwrap();
        decide.text = Text::new("decide.toml", format!("discount = '12%'\n{}", decide.text.text));
        option(&case::sound(&files)).present_value.minor
    };
    let (late, now, early) = ("[pay]\nterms = '90 days'", "", "[pay]\nin_advance = true");
    assert!(worth(late) < worth(now) && worth(now) < worth(early) && worth(early) < discounted(early));
    assert_eq!(discounted(late), discounted(early));
}

#[test]
fn a_deposit_is_paid_and_comes_back_when_the_contract_ends() {
    let plain = with("", "");
    let of = |month: &str, amount: i128| (month.to_owned(), amount);
    let ends = with("[pay]\ndeposit = '5000'", "");
    assert_eq!(contract_paid(&ends, &plain), [of("2027-02", 500_000), of("2028-01", -500_000)]);
    assert_eq!((ends.deposits.minor, ends.cost), (0, plain.cost));
    let mut files = files("[pay]\ndeposit = '5000'", "");
    let contract = files.files.iter_mut().find(|file| file.path == CONTRACT).unwrap();
    contract.text = Text::new(CONTRACT, contract.text.text.replace("ends = 2027-12-31\n", ""));
    let endless = option(&case::sound(&files));
    assert_eq!(contract_paid(&endless, &plain), [of("2027-02", 500_000)]);
    assert_eq!(endless.deposits.minor, 500_000);
}

#[test]
fn a_currency_that_strays_is_shared() {
    let pay = "[pay]\nexchange = { against = 'PHP', base = 2026-10-31, band = '0%', beyond = 'buyer' }\n";
    let pesos = |volatility: &str| {
        format!("[[exchange]]\ncurrency = 'PHP'\nvalue = '0.0172'\nvolatility = '{volatility}'\nsource = 'a test'\n")
    };
    let codes = |decide: &str| -> Vec<&str> {
        let (_, found) = read(&files(pay, decide));
        found.iter().filter(|found| found.is_error()).map(|found| found.code).collect()
    };
    assert_eq!((codes(""), codes(&pesos("0%"))), (vec!["B011"], vec![]));
    let exchange = |option: &OptionSummary| -> Option<i128> {
        let mut lines = option.charges.iter().filter(|charge| charge.kind == LineKind::Exchange);
        lines.next().map(|line| line.amount.minor)
    };
    let plain = with("", "");
    let still = with(pay, &pesos("0%"));
    assert_eq!((exchange(&still), still.charges_total), (None, plain.charges_total));
    let moving = with(pay, &pesos("40%"));
    let moved = exchange(&moving).unwrap();
    assert!(moved != 0);
    assert_eq!(moving.charges_total.minor, plain.charges_total.minor + moved);
}

#[test]
fn prices_follow_a_series_as_it_is_expected_to_grow() {
    let index = "[[index]]\non = ['logged-in hours']\nby = 'US-CPI'\nbase = 2026-01-01\nevery = 'month'\n";
    let series = |growth: &str| format!("[[series]]\nwhat = 'US-CPI'\ngrowth = '{growth}'\nsource = 'a test'\n");
    let (_, found) = read(&files(index, ""));
    let found: Vec<&str> = found.iter().filter(|found| found.is_error()).map(|found| found.code).collect();
    assert_eq!(found, ["B011"]);
    let hours = |option: &OptionSummary| {
        option.charges.iter().find(|charge| charge.charge == "logged-in hours").unwrap().amount.minor as f64
    };
    let plain = with("", "");
    assert_eq!(hours(&with(index, &series("0%"))), hours(&plain));
    // February's prices have grown by 13 of 12 months since the base: some 21.8 %, January's not yet.
    let grown = hours(&with(index, &series("20%"))) / hours(&plain) - 1.0;
    assert!((0.08..0.14).contains(&grown), "{grown}");
}
