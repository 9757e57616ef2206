//! Counting and pricing agree, to the last digit, with a reckoning contact by contact.
//!
//! The reckoning knows neither counts nor classes merged by addition: it has a list of what each single row gave, and
//! follows the manual's words over it (`reckoning.rs`).

#![allow(clippy::unwrap_used)]

mod random;
mod reckoning;

use std::collections::BTreeMap;

use longshore_contacts::{AgentRow, Decimal, ForecastRow};
use longshore_contract::{Contract, Invoice, Ledger, Line, LineKind, PriceError, RoundAt, Usage, fold, price};
use longshore_counting::{Program, Tally, Window};
use longshore_units::{Amount, Exact, Month};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use random::{Head, Records, amended, cases, changes, charges, head, records as random_records, terms};
use reckoning::{Reckoning, Unknown};

/// What SLA terms measured, by term and month.
type Measured = BTreeMap<(String, Month), Exact>;

/// A contract of charges, terms over them and amendments; records around its term; and what was measured of its service.
fn case() -> impl Strategy<Value = (Contract, Records, Measured)> {
    let text = head().prop_flat_map(|head| (Just(head.clone()), charges(1..3), terms(head.era), changes(head.era)));
    text.prop_filter_map("is a contract", |(head, charges, terms, changes)| {
        let contract = amended(&head, &[charges, terms].concat(), &changes).ok()?;
        Some((head, contract))
    })
    .prop_flat_map(|(head, contract)| {
        let records = random_records(head.era, head.zone, 12);
        (Just(head), Just(contract), records, prop::collection::vec(prop::option::of(60i128..100), 13))
    })
    .prop_map(|(head, contract, records, levels)| {
        let (first, last) = months(&contract);
        let measured = Month::through(first, last).zip(levels);
        let measured = measured.filter_map(|(month, level)| Some((("level".to_owned(), month), percent(level?))));
        (contract, planned(records, &head), measured.collect())
    })
}

fn percent(of: i128) -> Exact {
    Exact::ratio(of, 100).unwrap()
}

/// The records, with an agent who stays and with a forecast for each month, which rules may look at.
fn planned(mut records: Records, head: &Head) -> Records {
    records.agents.push(AgentRow {
        agent: "who stays".to_owned(),
        provider: "cebu".to_owned(),
        program: Some("retail".to_owned()),
        site: None,
        team: None,
        languages: None,
        wage_class: None,
        hired: head.era.starts,
        left: None,
        why: None,
    });
    for month in Month::through(Month::of(head.era.starts), Month::of(head.era.ends)) {
        let day = month.first().max(head.era.starts);
        let from = longshore_units::Zone::named(head.zone).unwrap().start_of(day).unwrap();
        records.forecast.extend(["retail", "club", "other"].map(|program| ForecastRow {
            program: program.to_owned(),
            queue: Some("orders".to_owned()),
            from,
            until: from,
            contacts: Decimal::from_unscaled(1_500_000).unwrap(),
            handle: Some(90_000),
            locked_at: None,
        }));
    }
    records
}

/// The months of a contract's term.
fn months(contract: &Contract) -> (Month, Month) {
    (Month::of(contract.term.starts), Month::of(contract.term.ends.unwrap()))
}

fn usage(contract: &Contract, records: &Records) -> Usage {
    let in_force = contract.in_force(None);
    let program = Program::new(&in_force, Window::of(&in_force, None).unwrap()).unwrap();
    let mut tally = Tally::new(&program);
    for (table, batch) in records.batches(4) {
        tally.count(table, &batch).unwrap();
    }
    Usage::of(&in_force, &tally.finish().unwrap().0).unwrap()
}

/// The name by which the reckoning knows a line.
fn is_named(line: &Line, name: &str) -> bool {
    line.charge == name && line.kind != LineKind::Rounding
}

/// Lines and total are what was reckoned, and the sums of their parts.
fn agrees(contract: &Contract, invoice: &Invoice, expected: &BTreeMap<String, Amount>) -> Result<(), TestCaseError> {
    for (name, amount) in expected {
        let lines = invoice.lines.iter().filter(|line| is_named(line, name));
        let line: Amount = lines.map(|line| line.amount.clone()).sum();
        // What no decimal can say is written to the twelfth place.
        let off = &line.0 - &amount.0;
        let twelfth = Exact::ratio(1, 1_000_000_000_000).unwrap();
        prop_assert!(off < twelfth && -&off < twelfth, "{} {name}: {line} and not {amount}", invoice.month);
    }
    let rounding = contract.round.at == RoundAt::Invoice;
    let total: Amount = expected.values().cloned().sum();
    let total = if rounding { total.rounded(&contract.round.rounding) } else { total };
    prop_assert_eq!(&invoice.total, &total, "{}", invoice.month);
    let written: Amount = invoice.lines.iter().map(|line| line.amount.clone()).sum();
    prop_assert_eq!(&written, &invoice.total, "lines sum to the total of {}", invoice.month);
    for line in &invoice.lines {
        let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
        prop_assert_eq!(&details, &line.amount, "details of {} in {}", line.charge, invoice.month);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn every_line_comes_to_what_its_contacts_do((contract, records, measured) in case()) {
        let (first, last) = months(&contract);
        let mut usage = usage(&contract, &records);
        for ((sla, month), value) in &measured {
            usage.measure(sla.as_str(), *month, value.clone());
        }
        let mut reckoning = Reckoning::new(&contract, &records, &measured);
        let mut ledger = Ledger::default();
        for month in Month::through(first, last) {
            match price(&contract.in_force(None), &usage, month, &mut ledger) {
                Ok(invoice) => agrees(&contract, &invoice, &reckoning.month(month).unwrap())?,
                Err(PriceError::Negative { charge }) => {
                    prop_assert!(reckoning.takes_back_more_than_it_sold(&charge), "{charge} is not below 0");
                    return Ok(());
                }
                Err(PriceError::NotKnown { .. }) => {
                    prop_assert_eq!(reckoning.month(month), Err(Unknown), "{}", month);
                    return Ok(());
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// A law that is never tried on a term says nothing of it: each has come to something, under amended contracts too.
#[test]
fn every_term_comes_to_something() {
    let mut runner = TestRunner::deterministic();
    let (mut seen, mut divided) = (BTreeMap::<String, usize>::new(), 0);
    for _ in 0..200 {
        let (contract, records, measured) = case().new_tree(&mut runner).unwrap().current();
        let mut reckoning = Reckoning::new(&contract, &records, &measured);
        let (first, last) = months(&contract);
        for month in Month::through(first, last) {
            let Ok(lines) = reckoning.month(month) else { break };
            divided += usize::from(1 < contract.in_force(None).of_month(month).count());
            for (name, _) in lines.into_iter().filter(|(_, amount)| !amount.is_zero()) {
                *seen.entry(name).or_default() += 1;
            }
        }
    }
    let terms = "c0,relative,relative time,by agents,overtime,leads,tools,management,platform,licence,setup,new,trial,\
                 goodwill,rebate,joint rebate,portal,portal floor,floor,level,level: bonus,VAT";
    let rare: Vec<&str> = terms.split(',').filter(|term| seen.get(*term).copied().unwrap_or(0) < 5).collect();
    assert!(rare.is_empty(), "{rare:?} of {seen:?}");
    assert!(50 < divided, "{divided} months are divided by an amendment");
}

/// Clauses for what no random record has: queues, programs, states nobody is in, and things nobody reports.
const NEVER_MET: [&str; 8] = [
    "[[charge]]\nname = 'never'\nunit = 'contact'\nwhen = { queue = 'nobody' }\neach = '7'\nsurcharge = [{ calendar = 'nights', percent = 10 }]",
    "[[charge]]\nname = 'never'\nunit = 'minute'\nof = ['talk']\nthen = '6s'\nwhen = { program = 'none' }\nscope = 'site'\ntiers = 'graduated'\nbands = [{ from = 0, each = '2' }, { from = 9, each = '1' }]",
    "[[charge]]\nname = 'never'\nunit = 'hour'\nwhen = { state = 'talking', team = 'z' }\neach = '9'",
    "[[charge]]\nname = 'never'\nunit = 'item'\nwhen = { what = 'stamp' }\neach = '1'",
    "[[charge]]\nname = 'never'\nunit = 'agent-month'\nprorate = 'day'\nwhen = { language = 'eu' }\neach = '2150'",
    "[[charge]]\nname = 'never'\nunit = 'resolution'\nwhen = { reason = 'none' }\nreopened_within = '7 days'\neach = '1'",
    "[calendar.never]\ndates = [2050-01-01]",
    "[[discount]]\nname = 'never'\non = ['c0']\npercent = '100'\nfrom = 2050-01-01",
];

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn a_term_that_nothing_meets_changes_nothing(
        (head, clauses, never) in (head(), charges(1..4), proptest::sample::select(&NEVER_MET[..])),
        seed in any::<u64>(),
    ) {
        let Ok(contract) = random::contract(&head.text(&clauses)) else { return Ok(()) };
        let longer = [clauses, vec![never.to_owned()]].concat();
        // A discount that begins after the term may be refused as one that does nothing.
        let Ok(longer) = random::contract(&head.text(&longer)) else { return Ok(()) };
        let records = random::records::seeded(random_records(head.era, head.zone, 12), seed);
        let (first, last) = months(&contract);
        let priced = |contract: &Contract| fold(&contract.in_force(None), &usage(contract, &records), first, last);
        let (plain, longer) = (priced(&contract), priced(&longer));
        match (plain, longer) {
            (Ok(plain), Ok(longer)) => {
                for (plain, longer) in plain.into_iter().zip(longer) {
                    let mut longer = longer;
                    longer.lines.retain(|line| line.charge != "never");
                    longer.provisional_until = plain.provisional_until; // It may become known later that it is met.
                    prop_assert_eq!(plain, longer);
                }
            }
            (plain, longer) => prop_assert_eq!(plain, longer),
        }
    }
}
