//! An invoice is right or wrong whatever way it shows a month: what a contract prices is written down as providers write it,
//! read back and audited. Nothing is found; and one planted mistake is found with exactly its amount.
//!
//! `PROPTEST_CASES=2000 cargo test -p longshore-audit --test shown` tries more.

#![allow(clippy::unwrap_used)]

use longshore_audit::{Audit, BilledInvoice, Choices, Mapping, audit, csv, invoice, invoices};
use longshore_contract::{Class, Contract, CounterOf, DetailKind, Invoice, Line, Usage, UsageKey, Used, fold, read};
use longshore_units::{Amount, Exact, Month, Quantity, Text};
use proptest::prelude::*;

mod bills;

/// What is found on a month's lines, and what is not checked of the charge.
fn without_quantity(terms: &str, lines: &[&str]) -> (Vec<String>, String) {
    let terms = format!("{}{}[[charge]]\nname = 'voice'\nunit = 'contact'\n{terms}", bills::HEAD, bills::ROUND);
    let audit = bills::audited(&terms, &[&bills::written("2027-02", lines)], "");
    let of_voice = audit.not_checked.iter().find(|it| it.charge == "voice").unwrap();
    (bills::found(&audit), of_voice.what.join("; "))
}

#[test]
fn a_quantity_that_is_not_shown_follows_from_price_and_amount() {
    let (found, not_checked) = without_quantity("each = '3.90'\n", &["voice | | 3.90 | 3900.00"]);
    assert_eq!(found, bills::NOTHING);
    let taken =
        "the quantity of line 1 of invoice `2027-02`: it shows none, and 1000 was taken from its price and amount";
    assert!(not_checked.contains(taken) && !not_checked.contains("no line bills it"), "{not_checked}");
    let (found, _) = without_quantity("each = '3.90'\n", &["voice | | 4.10 | 4100.00"]);
    assert_eq!(found, ["price 200 certain"]);
    let bands =
        "bands = [{ from = '0', each = '4' }, { from = '500', each = '3' }]\ntiers = 'graduated'\nscope = 'contract'\n";
    assert_eq!(without_quantity(bands, &["voice | | 4 | 2000.00", "voice | | 3 | 1500.00"]).0, bills::NOTHING);
    assert_eq!(without_quantity(bands, &["voice | | 4 | 4000.00"]).0, ["tier 500 certain"]);
}

#[test]
fn a_charge_whose_lines_show_no_quantity_is_taken_as_it_is_billed() {
    // The second quotient is nobody's count.
    for line in ["voice | | | 3900.00", "voice | | 3.70 | 3900.00"] {
        let (found, not_checked) = without_quantity("each = '3.90'\n", &[line]);
        assert_eq!(found, bills::NOTHING, "{line}");
        assert!(not_checked.contains("its amount: it was taken as it is billed"), "{not_checked}");
        assert!(!not_checked.contains("no line bills it"), "{not_checked}");
    }
    // A minimum of money knows what it looks at, one of volume does not.
    let least = |of: &str| format!("each = '3.90'\n[[minimum]]\nname = 'least'\non = ['voice']\n{of}\n");
    assert_eq!(
        without_quantity(&least("amount = '4000'"), &["voice | | | 3900.00", "least | | | 100.00"]).0,
        bills::NOTHING
    );
    let volume = least("volume = '1200'\nshortfall_each = '1'");
    assert_eq!(without_quantity(&volume, &["voice | | | 3900.00", "least | | | 200.00"]).0, bills::NOTHING);
    assert_eq!(without_quantity(&volume, &["voice | | | 3900.00"]).0, bills::NOTHING);
}

#[derive(Clone, Debug)]
struct Terms {
    each: u32,
    second: Option<(u32, u32, &'static str)>,
    included: Option<(u32, &'static str, bool)>,
    night: u32,
    fee: u32,
    tax: u32,
    platform: u32,
    least: u32,
}

fn terms() -> impl Strategy<Value = Terms> {
    let second = prop::option::of((500u32..5_000, 10u32..40, prop::sample::select(vec!["graduated", "volume"])));
    let to = prop::sample::select(vec!["first", "proportional", "cheapest"]);
    let included = prop::option::weighted(0.8, (50u32..3_000, to, any::<bool>()));
    (40u32..99, second, included, 5u32..60, 0u32..900, 0u32..25, 100u32..5_000, 0u32..4_000).prop_map(
        |(each, second, included, night, fee, tax, platform, least)| Terms {
            each,
            second,
            included,
            night,
            fee,
            tax,
            platform,
            least,
        },
    )
}

fn contract(terms: &Terms) -> Contract {
    let Terms { each, night, fee, tax, platform, least, .. } = terms;
    let price = match terms.second {
        None => format!("each = '0.{each}'"),
        Some((bound, second, tiers)) => format!(
            "bands = [{{ from = '0', each = '0.{each}' }}, {{ from = '{bound}', each = '0.{second}' }}]\ntiers = '{tiers}'\nscope = 'contract'"
        ),
    };
    let included = terms.included.map_or(String::new(), |(quantity, to, rolls)| {
        let rollover = if rolls { ", rollover = '2 months'" } else { "" };
        format!("included = {{ quantity = '{quantity}', per = 'month', to = '{to}', prorate = 'none'{rollover} }}")
    });
    let fee = if *fee == 0 { String::new() } else { format!("fee = '{fee}'") };
    let tax = if *tax == 0 {
        String::new()
    } else {
        format!("[tax]\nkind = 'VAT'\npercent = '{tax}'\nrecoverable = false\n")
    };
    let text = format!(
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\nends = 2027-12-31\n\
         round = {{ at = 'line', to = '0.01', how = 'half-up' }}\n[calendar.nights]\nhours = '20:00-08:00'\n\
         [[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '6s'\n{price}\n{included}\n{fee}\n\
         surcharge = [{{ calendar = 'nights', percent = '{night}' }}]\n\
         [[charge]]\nname = 'platform'\namount = '{platform}'\nper = 'month'\n\
         [[minimum]]\nname = 'least'\non = ['voice']\namount = '{least}'\n{tax}"
    );
    let (contract, findings) = read(&Text::new("contract.toml", text.clone()));
    contract.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

/// The contract's own invoices for minutes by day and by night.
fn priced(contract: &Contract, months: &[[u32; 2]]) -> Vec<Invoice> {
    let first = Month::of(contract.term.starts);
    let mut usage = Usage::default();
    for (month, minutes) in first.following(12).zip(months) {
        for (class, minutes) in minutes.iter().enumerate() {
            let key = UsageKey {
                version: 0,
                counter: CounterOf::Charge(0),
                period: month,
                group: String::new(),
                day: None,
                class: Class(class as u32),
            };
            let quantity = Quantity(Exact::from(u64::from(*minutes)));
            usage.add(key, Used::Sum { rows: 0, quantity }).unwrap();
        }
    }
    let last = first.following(12).nth(months.len() - 1).unwrap();
    fold(&contract.in_force(None), &usage, first, last).unwrap()
}

/// A way in which a provider shows a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// One amount for all units, those at night on a line of their own.
    Whole,
    /// All units at their price, and a credit for the included ones.
    Credit,
    /// The included units at no price, and those beyond.
    FreeAndBeyond,
    /// Those beyond the included ones alone.
    Beyond,
    /// All units for information, and those beyond.
    TotalAndBeyond,
}

/// A line as it is written.
#[derive(Clone, Debug)]
struct Shown {
    description: &'static str,
    part: &'static str,
    quantity: Option<Quantity>,
    price: Option<Exact>,
    amount: Amount,
    at_night: bool,
}

fn shown(description: &'static str, part: &'static str, amount: Amount) -> Shown {
    Shown { description, part, quantity: None, price: None, amount, at_night: false }
}

/// The line of voice as a provider shows it.
fn voice(line: &Line, minutes: [u32; 2], way: Way, has_included: bool) -> Vec<Shown> {
    let whole = |minutes: u32| Quantity(Exact::from(u64::from(minutes)));
    let all = whole(minutes[0] + minutes[1]);
    let of = |kind: DetailKind| line.detail.iter().filter(move |detail| detail.kind == kind);
    let free = of(DetailKind::Included).filter_map(|detail| detail.quantity.clone()).next().unwrap_or_default();
    let units: Vec<_> = of(DetailKind::Units).filter(|detail| !detail.quantity.as_ref().unwrap().is_zero()).collect();
    let by_unit = |part: &'static str| {
        units.iter().map(move |detail| Shown {
            quantity: detail.quantity.clone(),
            price: detail.price.clone().map(|price| price.0),
            ..shown("voice", part, detail.amount.clone())
        })
    };
    let at_no_price = |quantity: &Quantity, price: Option<Exact>| Shown {
        quantity: Some(quantity.clone()),
        price,
        ..shown("voice", "units", Amount::zero())
    };
    let beyond = if has_included { "overage" } else { "units" };
    let mut lines = Vec::new();
    match (way, units.as_slice()) {
        (Way::Credit, [only]) => {
            let price = only.price.clone().unwrap();
            let amount = &price * &all;
            lines.push(Shown { quantity: Some(all), price: Some(price.0.clone()), ..shown("voice", "units", amount) });
            if !free.is_zero() {
                let amount = -&(&price * &free);
                lines.push(Shown {
                    quantity: Some(Quantity(-&free.0)),
                    price: Some(price.0),
                    ..shown("voice", "included", amount)
                });
            }
        }
        (Way::FreeAndBeyond, _) => {
            lines.extend((!free.is_zero()).then(|| at_no_price(&free, Some(Exact::zero()))));
            lines.extend(by_unit(beyond));
        }
        (Way::Beyond, _) => lines.extend(by_unit(beyond)),
        (Way::TotalAndBeyond, [_, ..]) => {
            lines.push(at_no_price(&all, None));
            lines.extend((!free.is_zero()).then(|| at_no_price(&free, Some(Exact::zero()))));
            lines.extend(by_unit(beyond));
        }
        (Way::Whole | Way::Credit | Way::TotalAndBeyond, _) => {
            let by_day = Shown { quantity: Some(whole(minutes[0])), ..shown("voice", "units", line.amount.clone()) };
            let at_night = Shown { at_night: true, ..at_no_price(&whole(minutes[1]), None) };
            return vec![by_day, at_night];
        }
    }
    let fee: Amount =
        line.detail.iter().filter(|detail| detail.rule.starts_with("fee")).map(|detail| detail.amount.clone()).sum();
    if !fee.is_zero() {
        lines.push(shown("voice", "fee", fee));
    }
    // What rounding makes belongs to the surcharge, which alone has fractions of a cent.
    let sum: Amount = lines.iter().map(|line| line.amount.clone()).sum();
    let rest = &line.amount - &sum;
    let at_night = of(DetailKind::Surcharge).filter_map(|detail| detail.quantity.clone()).next().unwrap_or_default();
    if !at_night.is_zero() {
        lines.push(Shown { quantity: Some(at_night), at_night: true, ..shown("voice", "surcharge", rest) });
    } else {
        assert!(rest.is_zero(), "{line:#?}");
    }
    lines
}

/// The lines of a priced invoice.
fn lines(invoice: &Invoice, minutes: [u32; 2], way: Way, has_included: bool) -> Vec<Shown> {
    let of = |line: &Line| match line.charge.as_str() {
        "voice" => voice(line, minutes, way, has_included),
        "platform" => vec![shown("platform", "units", line.amount.clone())],
        "least" => vec![shown("least", "units", line.amount.clone())],
        _ => vec![shown("VAT", "units", line.amount.clone())],
    };
    let lines = invoice.lines.iter().flat_map(of);
    lines.filter(|line| line.description == "voice" || !line.amount.is_zero()).collect()
}

/// The lines as a file, read back.
fn read_back(contract: &Contract, month: Month, lines: &[Shown], as_csv: bool) -> BilledInvoice {
    // A CSV has no fractions.
    let is_decimal = |line: &Shown| line.quantity.as_ref().is_none_or(|quantity| quantity.0.is_decimal());
    let cell = |cell: Option<String>| cell.unwrap_or_default();
    if as_csv && lines.iter().all(is_decimal) {
        let mut text = String::from("month,description,part,quantity,price,amount,surcharges\n");
        for line in lines {
            let quantity = cell(line.quantity.as_ref().map(ToString::to_string));
            let price = cell(line.price.as_ref().map(ToString::to_string));
            let night = if line.at_night { "nights" } else { "" };
            let Shown { description, part, amount, .. } = line;
            text.push_str(&format!("{month},{description},{part},{quantity},{price},{amount},{night}\n"));
        }
        let (sheet, findings) = csv(&Text::new("invoice.csv", text.clone()), None);
        let sheet = sheet.unwrap_or_else(|| panic!("{text}\n{findings:#?}"));
        let (read, findings) = invoices(contract, &[sheet], &Mapping::ours());
        let mut read = read.unwrap_or_else(|| panic!("{text}\n{findings:#?}"));
        assert_eq!(read.len(), 1);
        return BilledInvoice { number: month.to_string(), ..read.remove(0) };
    }
    let mut text = format!("number = '{month}'\nmonth = '{month}'\n");
    for line in lines {
        text.push_str(&format!("[[line]]\ndescription = '{}'\npart = '{}'\n", line.description, line.part));
        text.push_str(&cell(line.quantity.as_ref().map(|quantity| format!("quantity = '{quantity}'\n"))));
        text.push_str(&cell(line.price.as_ref().map(|price| format!("price = '{price}'\n"))));
        text.push_str(&format!("amount = '{}'\n", line.amount));
        text.push_str(if line.at_night { "surcharges = ['nights']\n" } else { "" });
    }
    let (read, findings) = invoice(contract, &Text::new("invoice.toml", text.clone()), &Mapping::default());
    read.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

/// A mistake in one invoice.
#[derive(Clone, Copy, Debug)]
enum Mistake {
    /// The amount of a line, by cents.
    Amount(u32),
    /// The price of a line, by cents, and its amount with it.
    Price(u32),
    /// The quantity of a line, and not its amount.
    Quantity(u32),
    /// A line that is left out.
    Missing,
    /// A line that stands twice.
    Twice,
}

fn mistake() -> impl Strategy<Value = Mistake> {
    prop_oneof![
        (1u32..100).prop_map(Mistake::Amount),
        (1u32..100).prop_map(Mistake::Price),
        (1u32..1000).prop_map(Mistake::Quantity),
        Just(Mistake::Missing),
        Just(Mistake::Twice),
    ]
}

fn cents(cents: u32) -> Exact {
    Exact::ratio(i128::from(cents), 100).unwrap()
}

/// Plants a mistake. Says by how much the invoice is wrong, where that is the same whatever the contract says; nothing where
/// there is no line on which it can be made.
fn plant(lines: &mut Vec<Shown>, mistake: Mistake, at: prop::sample::Index) -> Option<Option<Amount>> {
    let one = Exact::from(1u64);
    let fits = |line: &Shown| match mistake {
        // A credit stays one, and a line for information would bill units if it asked for anything.
        Mistake::Amount(_) => {
            let is_information = line.amount.is_zero() && line.price.is_none() && line.quantity.is_some();
            !is_information && (!line.amount.0.is_negative() || line.amount.0 < -&one)
        }
        Mistake::Price(_) => line.price.is_some(),
        Mistake::Quantity(_) => line.price.as_ref().is_some_and(|price| !price.is_zero()) && line.part != "included",
        // A line with a quantity is also what is known of it.
        Mistake::Missing | Mistake::Twice => line.description != "voice",
    };
    let fitting: Vec<usize> = (0..lines.len()).filter(|at| fits(&lines[*at])).collect();
    let position = *fitting.get(at.index(fitting.len().max(1)))?;
    let line = &mut lines[position];
    Some(match mistake {
        Mistake::Amount(more) => {
            line.amount += &Amount(cents(more));
            Some(Amount(cents(more)))
        }
        Mistake::Price(more) => {
            let price = line.price.as_mut().unwrap();
            *price = &*price + &cents(more);
            let more = Amount(&cents(more) * &line.quantity.as_ref().unwrap().0);
            line.amount += &more;
            Some(more)
        }
        Mistake::Quantity(more) => {
            *line.quantity.as_mut().unwrap() += &Quantity(Exact::from(u64::from(more)));
            None
        }
        Mistake::Missing => Some(-&lines.remove(position).amount),
        Mistake::Twice => {
            let again = lines[position].clone();
            lines.push(again.clone());
            Some(again.amount)
        }
    })
}

fn audited(contract: &Contract, invoices: &[BilledInvoice]) -> Audit {
    let audit = audit(contract, invoices, &Usage::default(), &Choices::default()).unwrap();
    for line in audit.invoices.iter().flat_map(|invoice| &invoice.lines) {
        let found: Amount = line.findings.iter().map(|finding| finding.amount.clone()).sum();
        assert_eq!(&found + &line.unexplained, line.difference(), "{line:#?}");
    }
    for invoice in &audit.invoices {
        let sum: Amount = invoice.lines.iter().map(|line| line.difference()).sum();
        assert_eq!(sum, invoice.difference(), "{invoice:#?}");
    }
    audit
}

fn ways() -> impl Strategy<Value = Way> {
    prop::sample::select(vec![Way::Whole, Way::Credit, Way::FreeAndBeyond, Way::Beyond, Way::TotalAndBeyond])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_right_invoice_is_right_and_a_wrong_one_wrong_however_it_is_shown(
        terms in terms(),
        minutes in prop::collection::vec([0u32..5_000, 0u32..2_000], 1..4),
        way in ways(),
        as_csv: bool,
        mistake in mistake(),
        at in any::<prop::sample::Index>(),
    ) {
        let contract = contract(&terms);
        let priced = priced(&contract, &minutes);
        let mut shown: Vec<Vec<Shown>> = priced
            .iter()
            .zip(&minutes)
            .map(|(invoice, minutes)| lines(invoice, *minutes, way, terms.included.is_some()))
            .collect();
        let read = |shown: &[Vec<Shown>]| -> Vec<BilledInvoice> {
            priced.iter().zip(shown).filter(|(_, lines)| !lines.is_empty())
                .map(|(invoice, lines)| read_back(&contract, invoice.month, lines, as_csv)).collect()
        };
        let audit = audited(&contract, &read(&shown));
        prop_assert!(!audit.has_findings(), "{shown:#?}\n{:#?}", audit.invoices);

        let position = at.index(shown.len());
        let Some(more) = plant(&mut shown[position], mistake, at) else { return Ok(()) };
        prop_assume!(!shown[position].is_empty());
        let is_nothing = more.as_ref().is_some_and(Amount::is_zero);
        let audit = audited(&contract, &read(&shown));
        prop_assert!(is_nothing || audit.has_findings(), "{shown:#?}\n{:#?}", audit.invoices);
        if let Some(more) = more {
            for (at, invoice) in audit.invoices.iter().enumerate() {
                let wanted = if at == position { more.clone() } else { Amount::zero() };
                prop_assert_eq!(invoice.difference(), wanted, "{:#?}\n{:#?}", shown, audit.invoices);
            }
        }
    }
}
