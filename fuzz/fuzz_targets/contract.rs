//! A contract's text: a contract that can be explained, priced and counted under, or findings, each at a place in it.
//!
//! A contract that is sound prints as a text that reads back the same. Under it, as known before and after its amendments,
//! the kernel and the oracle must count the same from a few records.
#![no_main]

use std::sync::LazyLock;

use arrow_array::RecordBatch;
use jiff::civil::{Date, date};
use libfuzzer_sys::fuzz_target;
use longshore_contacts::*;
use longshore_contract::{CODES, Contract, Counts, InForce, PriceError, Usage, explain, fold, print, read};
use longshore_counting::{CountError, Program, Tally, Window, hash, oracle};
use longshore_fuzz::{check_diagnostics, check_sums};
use longshore_units::{Diagnostic, Instant, Month, Text};
use longshore_words::Language;

/// The last day that is counted: records end before it, contracts may go on for thousands of years.
const THROUGH: Date = date(2029, 12, 31);

static RECORDS: LazyLock<Vec<(Table, RecordBatch)>> = LazyLock::new(|| {
    vec![
        (Table::Contacts, contacts_batch(&(0..24).map(contact).collect::<Vec<_>>())),
        (Table::Legs, legs_batch(&(0..12).map(leg).collect::<Vec<_>>())),
        (Table::AgentTime, agent_time_batch(&(0..12).map(agent_time).collect::<Vec<_>>())),
        (Table::Schedule, schedule_batch(&(0..8).map(schedule).collect::<Vec<_>>())),
        (Table::Agents, agents_batch(&(0..6).map(agent).collect::<Vec<_>>())),
        (Table::Forecast, forecast_batch(&(0..8).map(forecast).collect::<Vec<_>>())),
        (Table::Reported, reported_batch(&(0..8).map(reported).collect::<Vec<_>>())),
    ]
});

const PROVIDER: &str = "acme";

/// From New Year's Eve of 2026 in Greenwich, in steps that meet nights, weekends, holidays and the ends of months.
fn at(number: i64) -> Instant {
    Instant(1_798_700_000_000_000 + number * 797_123_456_789)
}

fn name(names: [&str; 2], number: i64) -> Option<String> {
    (number % 5 != 4).then(|| names[number as usize % 2].to_owned())
}

fn contact(number: i64) -> ContactRow {
    ContactRow {
        program: name(["retail", "club"], number / 2),
        site: name(["north", "south"], number),
        first_queue: name(["orders", "advice"], number),
        last_queue: name(["orders", "advice"], number + 1),
        channel: Some(Channel::ALL[number as usize % Channel::ALL.len()]),
        direction: Some(Direction::ALL[number as usize % Direction::ALL.len()]),
        language: name(["en", "es"], number),
        reason: name(["order", "return"], number),
        arrived_at: Some(at(number)),
        offered_at: Some(Instant(at(number).0 + 1_000_000)),
        answered_at: (number % 4 != 3).then(|| Instant(at(number).0 + 21_000_000)),
        ended_at: Some(Instant(at(number).0 + 301_000_000)),
        wait: Some(number * 999),
        ring: Some(0),
        talk: (number % 7 != 6).then_some(number * 31_007),
        hold: Some(number * 11),
        wrap: Some(number * 7001),
        legs: Some(1),
        outcome: Some(Outcome::ALL[number as usize % Outcome::ALL.len()]),
        superseded_at: (number % 11 == 10).then(|| at(number + 1)),
        ..ContactRow::of("acd", format!("c{number}"), PROVIDER)
    }
}

fn leg(number: i64) -> LegRow {
    LegRow {
        source: "acd".to_owned(),
        contact_id: format!("c{number}"),
        leg: 1,
        provider: Some(PROVIDER.to_owned()),
        program: name(["retail", "club"], number / 2),
        site: name(["north", "south"], number),
        channel: Some(Channel::Voice),
        direction: Some(Direction::ALL[number as usize % Direction::ALL.len()]),
        language: name(["en", "es"], number),
        queue: name(["orders", "advice"], number),
        team: name(["a", "b"], number),
        agent: None,
        offered_at: Some(at(2 * number)),
        answered_at: Some(at(2 * number)),
        ended_at: Some(Instant(at(2 * number).0 + 60_000_000)),
        wait: Some(0),
        ring: Some(1500),
        talk: Some(number * 17_003),
        hold: None,
        wrap: Some(number),
        outcome: Some(Outcome::ALL[number as usize % Outcome::ALL.len()]),
    }
}

fn agent_time(number: i64) -> AgentTimeRow {
    AgentTimeRow {
        source: "acd".to_owned(),
        agent: format!("a{number}"),
        provider: PROVIDER.to_owned(),
        program: name(["retail", "club"], number / 2),
        site: name(["north", "south"], number),
        team: name(["a", "b"], number),
        queue: name(["orders", "advice"], number),
        direction: Some(Direction::ALL[number as usize % Direction::ALL.len()]),
        state: AgentState::ALL[number as usize % AgentState::ALL.len()],
        reason: name(["lunch", "training"], number),
        from: at(2 * number),
        until: Instant(at(2 * number).0 + number * 12_345_678_901),
        approved: (number % 3 != 2).then_some(number % 2 == 0),
        week_from: (number % 4 != 3).then(|| at(0)),
        week_before: (number % 4 != 3).then_some(number * 9_000_000),
        left: (number % 3 == 0).then_some(date(2027, 3, 31)),
    }
}

fn schedule(number: i64) -> ScheduleRow {
    ScheduleRow {
        provider: PROVIDER.to_owned(),
        program: name(["retail", "club"], number / 2),
        site: name(["north", "south"], number),
        team: name(["a", "b"], number),
        from: at(3 * number),
        until: Instant(at(3 * number).0 + 1_800_000_000),
        requested: Some(number * 1_800_000),
        scheduled: (number % 3 != 2).then_some(number * 1_900_001),
        productive: Some(number * 1_500_000),
    }
}

fn agent(number: i64) -> AgentRow {
    let hired = date(2026, 12, 20).checked_add(jiff::Span::new().days(40 * number)).expect("a day of our time");
    AgentRow {
        agent: format!("a{number}"),
        provider: PROVIDER.to_owned(),
        program: name(["retail", "club"], number / 2),
        site: name(["north", "south"], number),
        team: name(["a", "b"], number),
        languages: Some("en es".to_owned()),
        wage_class: None,
        hired,
        left: (number % 2 == 0).then(|| hired.checked_add(jiff::Span::new().days(75)).expect("a day of our time")),
        why: None,
    }
}

fn decimal<const PLACES: u8>(unscaled: i64) -> Decimal<PLACES> {
    Decimal::from_unscaled(unscaled.into()).expect("it has few digits")
}

fn forecast(number: i64) -> ForecastRow {
    ForecastRow {
        program: ["retail", "club"][number as usize % 2].to_owned(),
        queue: name(["orders", "advice"], number / 2),
        from: at(3 * number),
        until: Instant(at(3 * number).0 + 1_800_000_000),
        contacts: decimal(number * 12_500_000),
        handle: (number % 4 != 3).then_some(240_000),
        locked_at: (number % 5 != 4).then(|| at(0)),
    }
}

fn reported(number: i64) -> ReportedRow {
    ReportedRow {
        source: "invoice".to_owned(),
        provider: PROVIDER.to_owned(),
        program: name(["retail", "club"], number / 2),
        what: ["interpreter", "postage"][number as usize % 2].to_owned(),
        date: date(2027, 1 + (number % 8) as i8, 14),
        quantity: decimal(number * 1_500_000_001),
        amount: (number % 3 != 2).then_some(decimal(number * 12_345_678_900)),
        currency: (number % 3 != 2).then(|| "USD".to_owned()),
        document: (number % 2 == 0).then(|| format!("d{number}")),
    }
}

/// Prices what happened from one month to another; what is not known has no price.
fn check_prices(in_force: &InForce<'_>, usage: &Usage, from: Month, to: Month) {
    match fold(in_force, usage, from, to) {
        Ok(invoices) => invoices.iter().for_each(check_sums),
        Err(PriceError::Counts(_) | PriceError::NoRate { .. } | PriceError::NotKnown { .. }) => {}
        Err(error) => panic!("{error}"),
    }
}

/// Counts the records as the kernel and as the oracle do, and prices what they counted.
fn check_counts(in_force: &InForce<'_>) {
    let Some(window) = Window::of(in_force, Some(THROUGH)) else { return };
    let Ok(program) = Program::new(in_force, window) else { return };
    let mut tally = Tally::new(&program);
    let counted: Result<Counts, CountError> =
        RECORDS.iter().try_for_each(|(table, batch)| tally.count(*table, batch)).and_then(|()| Ok(tally.finish()?.0));
    let by_hand = oracle::count(in_force, window, &RECORDS);
    assert_eq!(counted, by_hand);
    let Ok(counts) = counted else { return };
    assert_eq!(hash(in_force, &counts).len(), 64);
    let Ok(usage) = Usage::of(in_force, &counts) else { return };
    let periods = usage.periods();
    let Some((first, last)) = periods.first().zip(periods.last()) else { return };
    // Records of our time under a contract of another have no months in between to price.
    if last.since(Month::of(in_force.term().starts)) < 60 {
        check_prices(in_force, &usage, *first, *last);
    }
}

/// Each day of the term has exactly one version of the terms.
fn check_versions(in_force: &InForce<'_>) {
    let versions = in_force.versions();
    assert_eq!(versions[0].in_force.starts, in_force.term().starts);
    assert_eq!(in_force.last().in_force.ends, in_force.term().ends);
    for pair in versions.windows(2) {
        let ends = pair[0].in_force.ends.expect("another version follows");
        assert!(pair[0].in_force.starts <= ends);
        assert_eq!(ends.tomorrow().ok(), Some(pair[1].in_force.starts));
    }
}

/// What is printed reads back the same, unless a number of it is longer than any that is read.
fn check_printed(contract: &Contract) {
    let printed = print(contract);
    let (again, findings) = read(&Text::new("printed.toml", printed.as_str()));
    match again {
        Some(again) => assert_eq!(again, *contract, "{printed}"),
        None => {
            assert!(findings.iter().any(|finding| finding.message.contains("60 digits")), "{printed}\n{findings:#?}")
        }
    }
}

fuzz_target!(|text: &str| {
    let text = Text::new("contract.toml", text);
    let (contract, findings) = read(&text);
    check_diagnostics(&findings, &[&text], &[&CODES, &longshore_document::CODES]);
    assert_eq!(contract.is_none(), findings.iter().any(Diagnostic::is_error), "{findings:#?}");
    let Some(mut contract) = contract else { return };
    for language in Language::ALL {
        assert!(!explain(&contract, language).sections.is_empty());
    }
    check_printed(&contract);
    let first = Month::of(contract.term.starts);
    let learned = contract.amendments.iter().map(|amendment| Some(amendment.known));
    let known: Vec<Option<Date>> = [Some(Date::MIN), None].into_iter().chain(learned.take(2)).collect();
    for known in &known {
        let in_force = contract.in_force(*known);
        check_versions(&in_force);
        check_prices(&in_force, &Usage::default(), first, first.plus(3).unwrap_or(first));
    }
    if let Some(window) = Window::of(&contract.in_force(None), None) {
        let _ = Program::new(&contract.in_force(None), window);
    }
    PROVIDER.clone_into(&mut contract.provider);
    check_counts(&contract.in_force(Some(Date::MIN)));
    check_counts(&contract.in_force(None));
});
