//! What holds of any contract, whatever happens under it.
//!
//! `PROPTEST_CASES=20000 cargo test --release -p longshore-contract --test laws` tries more.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

mod random;

use std::collections::BTreeSet;

use jiff::civil::Date;
use longshore_contract::{Contract, InForce, Invoice, Line, Usage, fold, print, read};
use longshore_units::{Amount, Month, Text};
use proptest::prelude::*;
use random::{Choices, RandomContract, amendments, cases, choices, contract, usage};

/// The contract of a text, which has no mistake.
fn sound(text: &str) -> Contract {
    let (contract, findings) = read(&Text::new("random.toml", text));
    let mistakes: Vec<_> = findings.iter().filter(|finding| finding.is_error()).collect();
    contract.unwrap_or_else(|| panic!("{text}\n{mistakes:#?}"))
}

/// The months of a contract that are priced: to the spring of 2029, after all amendments.
fn months(contract: &Contract) -> (Month, Month) {
    let last: Month = "2029-03".parse().unwrap();
    let ends = contract.in_force(None).term().ends.map_or(last, Month::of);
    (Month::of(contract.term.starts), ends.min(last))
}

fn priced(in_force: &InForce<'_>, usage: &Usage, (from, to): (Month, Month), text: &str) -> Vec<Invoice> {
    fold(in_force, usage, from, to).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Every operator has been drawn: a law that is never tried on one says nothing of it.
#[test]
fn random_contracts_use_every_operator() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut state = 1u64;
    for _ in 0..600 {
        let drawn: Vec<u16> = (0..700)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as u16
            })
            .collect();
        let mut choices = Choices::of(&drawn);
        let random = contract(&mut choices);
        let text = format!("{}{}", random.text, amendments(&random, &mut choices));
        let printed = print(&sound(&text));
        let words = printed.split(|character: char| !(character.is_alphanumeric() || "-_%".contains(character)));
        seen.extend(words.map(str::to_owned));
    }
    let wanted = "contact leg agent agent_time schedule reported minute hour agent-hour agent-month resolution sale lead \
        appointment item cost talk hold wrap ring wait first then free_up_to free_first extra each bands above fee at_most \
        block partial graduated volume stair-step tiers_by lengths lengths_by part whole percent of_price forecast quarter \
        year term program site connect_fee minimum cap each_contact discount order included first proportional cheapest \
        rollover pooled surcharge marginal average split surcharges refund overtime approved lesser greater ratio one_per \
        of_charges each_at_least each_at_most markup evidence reopened_within once prorate shortfall_each beyond waived_if \
        until index base every at_least prepaid due expires tax recoverable reverse_charge pay currency terms in_advance \
        deposit exchange withholding borne_by sla threshold short_abandons target grace relief weight credit linear bonus repeat earn_back \
        consequence right duty exclude points at_risk exit for_convenience renewal records retention governance escalation \
        change_requests amendment known signed effective set end rename add talk_longer_than week_starts if_left_within";
    let missing: Vec<&str> = wanted.split_whitespace().filter(|word| !seen.contains(*word)).collect();
    assert!(missing.is_empty(), "never drawn: {missing:?}");
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn what_is_printed_reads_back_the_same(choices in choices()) {
        let mut choices = Choices::of(&choices);
        let random = contract(&mut choices);
        let amended = sound(&format!("{}{}", random.text, amendments(&random, &mut choices)));
        let printed = print(&amended);
        let again = sound(&printed);
        prop_assert_eq!(&again, &amended, "{}", printed);
        prop_assert_eq!(print(&again), printed);
    }

    /// Details sum to their line, lines to the total, whatever is rounded.
    #[test]
    fn parts_sum_to_the_whole(choices in choices(), seed: u64) {
        let mut choices = Choices::of(&choices);
        let random = contract(&mut choices);
        let text = format!("{}{}", random.text, amendments(&random, &mut choices));
        let contract = sound(&text);
        let (in_force, span) = (contract.in_force(None), months(&contract));
        for invoice in priced(&in_force, &usage(&in_force, seed, span.0, span.1), span, &text) {
            for line in &invoice.lines {
                let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
                prop_assert_eq!(&details, &line.amount, "{} in {}\n{}", line.charge, invoice.month, text);
                prop_assert!(line.amount.0.is_decimal());
            }
            let lines: Amount = invoice.lines.iter().map(|line| line.amount.clone()).sum();
            prop_assert_eq!(&lines, &invoice.total);
            let names: BTreeSet<_> = invoice.lines.iter().map(|line| (&line.charge, line.kind)).collect();
            prop_assert_eq!(names.len(), invoice.lines.len(), "one line by that name\n{}", text);
        }
    }

    /// What becomes known later changes no month as it was known before; what takes effect later changes none before.
    #[test]
    fn amendments_never_change_a_month_as_it_was_known(choices in choices(), seed: u64) {
        let mut choices = Choices::of(&choices);
        let random = contract(&mut choices);
        let amended_text = format!("{}{}", random.text, amendments(&random, &mut choices));
        let (plain, amended) = (sound(&random.text), sound(&amended_text));
        let span = months(&plain);
        let as_known = |contract: &Contract, known: Option<Date>| {
            let in_force = contract.in_force(known);
            priced(&in_force, &usage(&in_force, seed, span.0, span.1), span, &amended_text)
        };
        let original = as_known(&plain, None);
        let mut days: Vec<Date> = amended.amendments.iter().map(|amendment| amendment.known).collect();
        days.sort_unstable();
        days.dedup();
        if let Some(first) = days.first() {
            prop_assert_eq!(&as_known(&amended, Some(first.yesterday().unwrap())), &original);
        }
        for known in days {
            let now_known = amended.amendments.iter().filter(|amendment| amendment.known <= known);
            // The month of the change itself is already priced in parts, or has new names.
            let changed = now_known.map(|amendment| Month::of(amendment.effective)).min().unwrap();
            for (now, then) in as_known(&amended, Some(known)).iter().zip(&original) {
                if then.month < changed {
                    prop_assert_eq!(now, then, "as known on {}\n{}", known, amended_text);
                }
            }
        }
    }

    /// A term that nothing that happens ever meets changes nothing else.
    #[test]
    fn a_term_that_is_never_met_changes_nothing(choices in choices(), seed: u64) {
        let random = contract(&mut Choices::of(&choices));
        let plain = sound(&random.text);
        let more = sound(&with_unmet_terms(&random));
        let span = months(&plain);
        let of = |contract: &Contract| {
            let in_force = contract.in_force(None);
            priced(&in_force, &used_by(&in_force, seed, span), span, &random.text)
        };
        for (more, plain) in of(&more).iter().zip(of(&plain)) {
            let others = |invoice: &Invoice| -> Vec<Line> {
                invoice.lines.iter().filter(|line| !line.charge.starts_with("unmet")).cloned().collect()
            };
            prop_assert_eq!(others(more), others(&plain), "{}", random.text);
            prop_assert_eq!(&more.total, &plain.total);
        }
    }
}

/// The contract with a charge that selects what never comes, and terms on that charge alone.
fn with_unmet_terms(random: &RandomContract) -> String {
    let charge = "\n[[charge]]\nname = \"unmet\"\nwhen = { queue = \"nobody\" }\nunit = \"contact\"\nscope = \"program\"\n\
                  bands = [{ from = 0, each = \"7\" }, { from = 10, each = \"5\" }]\ntiers = \"volume\"\nper = \"year\"\n\
                  surcharge = { calendar = \"nights\", percent = 50 }\n";
    let terms = "\n[[discount]]\nname = \"unmet discount\"\non = [\"unmet\"]\npercent = \"50\"\n\
                 \n[[sla]]\nname = \"unmet term\"\nmeasure = \"speed of answer\"\ntarget = \"30s\"\non = [\"unmet\"]\n\
                 credit = [{ above = \"30s\", percent = \"50\" }]\n";
    format!("{}{charge}{terms}", random.text)
}

/// What happened: as ever, and nothing of what is never met.
fn used_by(in_force: &InForce<'_>, seed: u64, (from, to): (Month, Month)) -> Usage {
    random::usage_but(in_force, seed, from, to, |name| name.starts_with("unmet"))
}
