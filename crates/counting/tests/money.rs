//! Counting and pricing agree, to the last digit, with a reckoning contact by contact.
//!
//! The reckoning knows neither counts nor classes merged by addition: it has a list of what each single row gave, and
//! follows the manual's words over it (`reckoning.rs`).

#![allow(clippy::unwrap_used)]

mod random;
mod reckoning;

use longshore_contract::{Contract, LineKind, PriceError, RoundAt, Usage, fold};
use longshore_counting::{Program, Tally, Window};
use longshore_units::{Amount, Exact, Month};
use proptest::prelude::*;
use random::{Records, cases, charges, head, records as random_records};
use reckoning::Reckoning;

/// A contract of charges with a minimum over them, and records around its term.
fn case() -> impl Strategy<Value = (Contract, Records)> {
    let minimum = "[[minimum]]\nname = 'floor'\non = ['c0']\namount = '30'\nprorate = 'day'".to_owned();
    (head(), charges(1..3), any::<bool>())
        .prop_filter_map("is a contract", move |(head, mut clauses, with_minimum)| {
            clauses.extend(with_minimum.then(|| minimum.clone()));
            random::contract(&head.text(&clauses)).ok().map(|contract| (head, contract))
        })
        .prop_flat_map(|(head, contract)| (Just(contract), random_records(head.era, head.zone, 12)))
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

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn every_line_comes_to_what_its_contacts_do((contract, records) in case()) {
        let (first, last) = months(&contract);
        let invoices = fold(&contract.in_force(None), &usage(&contract, &records), first, last);
        let mut reckoning = Reckoning::new(&contract, &records);
        let invoices = match invoices {
            Err(PriceError::Negative { charge }) => {
                prop_assert!(reckoning.takes_back_more_than_it_sold(&charge), "{charge} is not below 0");
                return Ok(());
            }
            invoices => invoices.unwrap(),
        };
        for invoice in invoices {
            let expected = reckoning.month(invoice.month);
            let line = |name: &str| {
                let of = |line: &&longshore_contract::Line| line.charge == name && line.kind != LineKind::Rounding;
                invoice.lines.iter().filter(of).map(|line| line.amount.clone()).sum::<Amount>()
            };
            for (name, amount) in &expected {
                // What no decimal can say is written to the twelfth place.
                let off = &line(name).0 - &amount.0;
                let twelfth = Exact::ratio(1, 1_000_000_000_000).unwrap();
                prop_assert!(off < twelfth && -&off < twelfth, "{} {name}: {} and not {amount}", invoice.month, line(name));
            }
            let total: Amount = expected.values().cloned().sum();
            let total = if contract.round.at == RoundAt::Invoice { total.rounded(&contract.round.rounding) } else { total };
            prop_assert_eq!(&invoice.total, &total, "{}", invoice.month);
            let written: Amount = invoice.lines.iter().map(|line| line.amount.clone()).sum();
            prop_assert_eq!(&written, &invoice.total, "lines sum to the total of {}", invoice.month);
            for line in &invoice.lines {
                let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
                prop_assert_eq!(&details, &line.amount, "details of {} in {}", line.charge, invoice.month);
            }
        }
    }
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
