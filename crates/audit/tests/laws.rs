//! What always holds: an invoice that the contract itself writes has nothing to find, findings and what is unexplained sum
//! to the difference, and whoever changes an amount is found with exactly that.

#![allow(clippy::unwrap_used)]

use longshore_audit::{Audit, BilledInvoice, BilledLine, Choices, LinePart, Period, audit};
use longshore_contract::{Class, Contract, CounterOf, LineKind, Usage, UsageKey, Used, fold, read};
use longshore_units::{Amount, Exact, Month, Quantity, Text};
use proptest::prelude::*;

/// What varies in a contract.
#[derive(Clone, Debug)]
struct Terms {
    list: u32,
    second: u32,
    bound: u32,
    tiers: &'static str,
    per: &'static str,
    scope: &'static str,
    included: Option<(u32, &'static str)>,
    connect_fee: u32,
    fee: u32,
    surcharge: u32,
    most: Option<u32>,
    discount: u32,
    platform: u32,
    minimum: u32,
    day: u8,
    amended: Option<u32>,
}

fn terms() -> impl Strategy<Value = Terms> {
    let tariff = (
        30u32..99,
        10u32..30,
        1000u32..40_000,
        prop::sample::select(vec!["graduated", "volume"]),
        prop::sample::select(vec!["month", "year"]),
        prop::sample::select(vec!["contract", "program"]),
    );
    let included = prop::option::of((100u32..5000, prop::sample::select(vec!["first", "proportional"])));
    let charge = (included, 0u32..30, 0u32..2, 5u32..60, prop::option::of(5_000u32..50_000), 0u32..20);
    let rest = (100u32..5_000, 0u32..60_000, 1u8..29, prop::option::of(10u32..99));
    (tariff, charge, rest).prop_map(|(tariff, charge, rest)| {
        let (list, second, bound, tiers, per, scope) = tariff;
        let (included, connect_fee, fee, surcharge, most, discount) = charge;
        let (platform, minimum, day, amended) = rest;
        Terms {
            list,
            second,
            bound,
            tiers,
            per,
            scope,
            included,
            connect_fee,
            fee,
            surcharge,
            most,
            discount,
            platform,
            minimum,
            day,
            amended,
        }
    })
}

fn contract(terms: &Terms) -> Contract {
    let Terms { list, second, bound, tiers, per, scope, connect_fee, surcharge, discount, .. } = terms;
    let included = terms.included.map_or(String::new(), |(quantity, to)| {
        format!("included = {{ quantity = \"{quantity}\", per = \"month\", to = \"{to}\", prorate = \"none\" }}")
    });
    let most = terms.most.map_or(String::new(), |most| format!("cap = {{ amount = \"{most}\" }}"));
    let fee = if terms.fee == 0 { "" } else { "fee = \"950\"\nprorate = \"day\"" };
    let amendment = terms.amended.map_or(String::new(), |each| {
        format!(
            "[[amendment]]\nknown = 2027-02-10\nsigned = 2027-02-08\neffective = 2027-03-01\nset.charge.chat.each = \"4.{each}\"\n"
        )
    });
    let text = format!(
        "provider = \"p\"\ncurrency = \"USD\"\ntime_zone = \"UTC\"\ncounted_at = \"offered\"\nstarts = 2027-01-{:02}\n\
         ends = 2028-12-31\nround = {{ at = \"line\", to = \"0.01\", how = \"half-up\" }}\n\
         [calendar.nights]\nhours = \"20:00-08:00\"\n\
         [[charge]]\nname = \"voice\"\nunit = \"minute\"\nof = [\"talk\"]\nthen = \"6s\"\n\
         bands = [{{ from = \"0\", each = \"0.{list}\" }}, {{ from = \"{bound}\", each = \"0.{second}\" }}]\n\
         tiers = \"{tiers}\"\nper = \"{per}\"\nscope = \"{scope}\"\n{included}\nconnect_fee = \"0.{connect_fee:02}\"\n{fee}\n{most}\n\
         discount = \"{discount}%\"\nsurcharge = [{{ calendar = \"nights\", percent = \"{surcharge}\" }}]\n\
         [[charge]]\nname = \"chat\"\nunit = \"contact\"\nwhen = {{ channel = \"chat\", outcome = [\"answered\"] }}\neach = \"4.05\"\n\
         [[charge]]\nname = \"platform\"\namount = \"{}\"\nper = \"month\"\nprorate = \"day\"\n\
         [[minimum]]\nname = \"least\"\non = [\"voice\", \"chat\"]\namount = \"{}\"\nprorate = \"day\"\n{amendment}",
        terms.day, terms.platform, terms.minimum
    );
    let (contract, findings) = read(&Text::new("contract.toml", text.clone()));
    contract.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

/// A month: tenths of minutes by day and by night of two programs, contacts among them, chats.
#[derive(Clone, Debug)]
struct UsedMonth {
    day: [u32; 2],
    night: [u32; 2],
    contacts: u32,
    chats: u32,
}

fn months() -> impl Strategy<Value = Vec<UsedMonth>> {
    let used = ([0u32..400_000, 0u32..100_000], [0u32..90_000, 0u32..9_000], 0u32..9_000, 0u32..4_000);
    let used = used.prop_map(|(day, night, contacts, chats)| UsedMonth { day, night, contacts, chats });
    prop::collection::vec(used, 1..5)
}

fn tenths(tenths: u32) -> Quantity {
    Quantity(Exact::ratio(i128::from(tenths), 10).unwrap())
}

fn line(number: usize, description: &str, quantity: Option<Quantity>, amount: Amount) -> BilledLine {
    BilledLine {
        number,
        place: format!("line {number}"),
        description: description.to_owned(),
        charge: None,
        part: LinePart::Units,
        period: None,
        group: String::new(),
        rows: None,
        quantity,
        quantity_off_at_most: Exact::zero(),
        unit: None,
        price: None,
        amount,
        surcharges: Vec::new(),
        clause: None,
    }
}

/// The invoices that the contract itself writes for what was used, as a provider would send them.
fn own_invoices(contract: &Contract, months: &[UsedMonth]) -> Vec<BilledInvoice> {
    let in_force = contract.in_force(None);
    let first = Month::of(contract.term.starts);
    let mut usage = Usage::default();
    for (month, used) in first.following(100).zip(months) {
        let (version, terms) = in_force.of_month(month).next().unwrap();
        let charge = |name: &str| CounterOf::Charge(terms.charge(name).unwrap());
        let by_program =
            matches!(terms.counted(terms.charge("voice").unwrap()).unwrap().scope, longshore_contract::Scope::Program);
        let mut add = |name: &str, group: &str, class: u32, rows: u32, quantity: Quantity| {
            let key = UsageKey {
                version: version as u16,
                counter: charge(name),
                period: month,
                group: if by_program { group.to_owned() } else { String::new() },
                day: None,
                class: Class(class),
            };
            usage.add(key, Used::Sum { rows: u64::from(rows), quantity }).unwrap();
        };
        for (program, name) in ["retail", "trade"].into_iter().enumerate() {
            let contacts = if program == 0 { used.contacts } else { 0 };
            add("voice", name, 0, contacts, tenths(used.day[program]));
            add("voice", name, 1, 0, tenths(used.night[program]));
        }
        let key = UsageKey {
            version: version as u16,
            counter: charge("chat"),
            period: month,
            group: String::new(),
            day: None,
            class: Class(0),
        };
        usage.add(key, Used::Sum { rows: u64::from(used.chats), quantity: tenths(used.chats * 10) }).unwrap();
    }
    let last = first.following(100).nth(months.len() - 1).unwrap();
    let invoices = fold(&in_force, &usage, first, last).unwrap();
    let billed = invoices.iter().zip(months).enumerate().map(|(position, (invoice, used))| {
        let amount = |name: &str| {
            let lines = invoice.lines.iter().filter(|line| line.charge == name);
            lines.map(|line| line.amount.clone()).sum::<Amount>()
        };
        let mut lines = Vec::new();
        let mut push = |line: BilledLine| lines.push(BilledLine { number: lines.len() + 1, ..line });
        let zero = Amount::zero;
        for (program, name) in ["retail", "trade"].into_iter().enumerate() {
            let all = if program == 0 { amount("voice") } else { zero() };
            let rows = if program == 0 { used.contacts } else { 0 };
            push(BilledLine {
                group: name.to_owned(),
                rows: Some(u64::from(rows)),
                ..line(0, "Voice", Some(tenths(used.day[program])), all)
            });
            push(BilledLine {
                group: name.to_owned(),
                surcharges: vec!["nights".to_owned()],
                ..line(0, "voice", Some(tenths(used.night[program])), zero())
            });
        }
        push(line(0, "CHAT", Some(tenths(used.chats * 10)), amount("chat")));
        push(line(0, "Platform", None, amount("platform")));
        if !amount("least").is_zero() {
            push(line(0, "least", None, amount("least")));
        }
        BilledInvoice {
            file: "own".into(),
            number: format!("{position}"),
            provider: None,
            period: Period::of(invoice.month),
            issued: None,
            due: None,
            currency: invoice.currency,
            total: Some(invoice.total.clone()),
            lines,
            figures: Vec::new(),
        }
    });
    billed.collect()
}

fn audited(contract: &Contract, invoices: &[BilledInvoice]) -> Audit {
    let audit = audit(contract, invoices, &Usage::default(), &Choices::default()).unwrap();
    for invoice in &audit.invoices {
        for line in &invoice.lines {
            let found: Amount = line.findings.iter().map(|finding| finding.amount.clone()).sum();
            assert_eq!(&found + &line.unexplained, line.difference(), "{line:#?}");
        }
        let sum: Amount = invoice.lines.iter().map(|line| line.billed.clone()).sum();
        assert_eq!(sum, invoice.billed, "{invoice:#?}");
    }
    audit
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn the_contracts_own_invoices_have_nothing_to_find(terms in terms(), months in months()) {
        let contract = contract(&terms);
        let invoices = own_invoices(&contract, &months);
        let audit = audited(&contract, &invoices);
        prop_assert!(!audit.has_findings(), "{:#?}\n{:#?}", audit.invoices, invoices);
        let owed: Amount = audit.invoices.iter().map(|invoice| invoice.owed.clone()).sum();
        prop_assert_eq!(owed, invoices.iter().map(BilledInvoice::asked).sum());
    }

    #[test]
    fn a_changed_amount_is_found_and_is_the_whole_difference(
        terms in terms(), months in months(), at in any::<prop::sample::Index>(), cents in 1u32..1_000_000,
    ) {
        let contract = contract(&terms);
        let mut invoices = own_invoices(&contract, &months);
        let position = at.index(invoices.len());
        let more = Amount(Exact::ratio(i128::from(cents), 100).unwrap());
        let invoice = &mut invoices[position];
        let of = at.index(invoice.lines.len());
        invoice.lines[of].amount += &more;
        invoice.total = None;
        let audit = audited(&contract, &invoices);
        prop_assert!(audit.has_findings());
        for (place, audited) in audit.invoices.iter().enumerate() {
            let wanted = if place == position { more.clone() } else { Amount::zero() };
            prop_assert_eq!(audited.difference(), wanted);
        }
    }

    #[test]
    fn an_invoice_sent_twice_is_owed_once(terms in terms(), months in months(), at in any::<prop::sample::Index>()) {
        let contract = contract(&terms);
        let mut invoices = own_invoices(&contract, &months);
        let again = invoices[at.index(invoices.len())].clone();
        let asked = again.asked();
        invoices.push(again);
        let audit = audited(&contract, &invoices);
        let difference: Amount = audit.invoices.iter().map(|invoice| invoice.difference()).sum();
        prop_assert_eq!(difference, asked.clone());
        prop_assert!(asked.is_zero() || audit.has_findings());
    }

    #[test]
    fn what_no_reading_comes_to_is_left_unexplained(terms in terms(), months in months()) {
        let contract = contract(&terms);
        let mut invoices = own_invoices(&contract, &months);
        let odd = Amount("0.0017".parse().unwrap());
        let line = invoices[0].lines.iter_mut().find(|line| line.description == "CHAT").unwrap();
        line.amount += &odd;
        invoices[0].total = None;
        let audit = audited(&contract, &invoices);
        let chat = audit.invoices[0].lines.iter().find(|line| line.charge.as_deref() == Some("chat")).unwrap();
        prop_assert_eq!(chat.kind, Some(LineKind::Charge));
        prop_assert_eq!(&chat.unexplained, &odd);
    }
}
