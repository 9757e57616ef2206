//! The kernel and the oracle agree on random contracts and random records, in any order and any split.

#![allow(clippy::unwrap_used)]

mod random;

use longshore_contacts::{
    AgentRow, AgentState, AgentTimeRow, ContactRow, ScheduleRow, Table, agent_time_batch, agents_batch, contacts_batch,
    schedule_batch,
};
use longshore_contract::{Contract, Counts};
use longshore_counting::{BytesError, Counted, Program, Tally, Window, hash, oracle};
use longshore_units::Instant;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use random::records::{self, some, some_contact};
use random::{
    ERAS, amendment, amendments, cases, charges, head, in_greenwich as contract, records as random_records, rules,
};

fn counted(program: &Program, batches: &[(Table, arrow_array::RecordBatch)]) -> Counts {
    let mut tally = Tally::new(program);
    for (table, batch) in batches {
        tally.count(*table, batch).unwrap();
    }
    tally.finish().unwrap().0
}

/// A contract with charges, rules and amendments, and records around its term.
fn case() -> impl Strategy<Value = (Contract, random::Records)> {
    let amended = prop_oneof![2 => Just(0usize), 1 => Just(1), 1 => Just(2)];
    (head(), charges(1..5), rules(), amended.prop_flat_map(|count| (0..count).map(amendment).collect::<Vec<_>>()))
        .prop_filter_map("is a contract", |(head, mut clauses, rules, changes)| {
            clauses.extend(rules);
            let whole = [clauses.clone(), amendments(&head, &changes)].concat();
            // What an amendment ends may be what a rule looks at: then the contract is without amendments.
            let contract = random::contract(&head.text(&whole)).or_else(|_| random::contract(&head.text(&clauses)));
            Some((head, contract.ok()?))
        })
        .prop_flat_map(|(head, contract)| (Just(contract), random_records(head.era, head.zone, 30)))
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn kernel_and_oracle_agree((contract, records) in case(), through in prop::option::of(20i8..28)) {
        let in_force = contract.in_force(None);
        let day = through.map(|day| jiff::civil::date(contract.term.starts.year() + 1, 5, day));
        let window = Window::of(&in_force, day).unwrap();
        let program = Program::new(&in_force, window).unwrap();
        let plain = oracle::count(&in_force, window, &records.batches(1000)).unwrap();

        let whole = counted(&program, &records.batches(1000));
        prop_assert_eq!(&whole, &plain);
        prop_assert_eq!(&counted(&program, &records.batches(1)), &plain);
        prop_assert_eq!(&counted(&program, &records.reversed().batches(7)), &plain);

        let counted_all = Counted { counts: whole.clone(), rows: 7, ..Counted::default() };
        let bytes = counted_all.to_bytes(&program);
        prop_assert_eq!(Counted::from_bytes(&program, &bytes), Ok(counted_all));
        prop_assert_eq!(Counted::from_bytes(&program, &bytes[..bytes.len() - 1]), Err(BytesError));

        let batches = records.batches(5);
        let (one, other) = batches.split_at(batches.len() / 2);
        let mut merged = counted(&program, one);
        merged.merge(&counted(&program, other)).unwrap();
        prop_assert_eq!(hash(&in_force, &merged), hash(&in_force, &plain));

        // Columns that are not asked for are not looked at.
        let projected = records.batches(13).into_iter().filter_map(|(table, batch)| {
            let columns = program.columns(table)?;
            let positions: Vec<usize> = columns.iter().map(|column| table.position(column).unwrap()).collect();
            Some((table, batch.project(&positions).unwrap()))
        });
        prop_assert_eq!(&counted(&program, &projected.collect::<Vec<_>>()), &plain);
    }
}

proptest! {
    #[test]
    fn bytes_from_elsewhere_are_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..300), sound: bool) {
        let contract = contract(&["[[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = 1"]);
        let in_force = contract.in_force(None);
        let program = Program::new(&in_force, Window::of(&in_force, None).unwrap()).unwrap();
        if let Some(format) = bytes.first_mut().filter(|_| sound) {
            *format = 1;
        }
        // 0 counts and whatever left out is possible; anything else hardly.
        if let Ok(counted) = Counted::from_bytes(&program, &bytes) {
            prop_assert_eq!(counted.to_bytes(&program), bytes);
        }
    }
}

/// Random contracts are worth little if most of them are none.
#[test]
fn most_random_charges_are_charges() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let drawn = (0..300).map(|_| random::some_charge().new_tree(&mut runner).unwrap().current());
    let sound = drawn.filter(|charge| random::is_charge(charge)).count();
    assert!(120 < sound, "{sound} of 300");
}

#[test]
fn a_negative_duration_is_refused() {
    let contract = contract(&["[[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = 1"]);
    let program = Program::new(&contract.in_force(None), Window::of(&contract.in_force(None), None).unwrap()).unwrap();
    let mut row = some_contact();
    row.provider = "cebu".to_owned();
    row.superseded_at = None;
    row.offered_at = Some(Instant(1_800_600_000_000_000));
    row.talk = Some(-1);
    let mut tally = Tally::new(&program);
    let error = tally.count(Table::Contacts, &contacts_batch(&[row])).unwrap_err();
    assert_eq!(error.to_string(), "row 0 of `contacts` has a negative `talk`");
}

/// What kernel and oracle say to one batch, which both must refuse.
fn refusals(charge: &str, table: Table, batch: arrow_array::RecordBatch) -> [String; 2] {
    let contract = contract(&[&format!("[[charge]]\n{charge}\neach = 1")]);
    let window = Window::of(&contract.in_force(None), None).unwrap();
    let program = Program::new(&contract.in_force(None), window).unwrap();
    let kernel = Tally::new(&program).count(table, &batch).unwrap_err();
    [kernel.to_string(), oracle::count(&contract.in_force(None), window, &[(table, batch)]).unwrap_err().to_string()]
}

#[test]
fn kernel_and_oracle_name_the_row_that_they_refuse() {
    let from = Instant(1_800_600_000_000_000);
    let span = |until| AgentTimeRow {
        provider: "cebu".to_owned(),
        state: AgentState::Talking,
        from,
        until,
        ..some(records::agent_time(ERAS[0], "UTC"))
    };
    let time = |until| refusals("unit = 'hour'\nof = 'logged in'", Table::AgentTime, agent_time_batch(&[span(until)]));
    for said in time(Instant(253_402_000_000_000_000)) {
        assert_eq!(said, "row 0 of `agent_time` is longer than 400 days; is its end a placeholder?");
    }
    for said in time(Instant(from.0 - 1)) {
        assert_eq!(said, "row 0 of `agent_time` has a negative `until`");
    }
    let row =
        ScheduleRow { provider: "cebu".to_owned(), from, requested: Some(-1), ..some(records::schedule(ERAS[0])) };
    for said in refusals("unit = 'agent-hour'\nof = 'requested'", Table::Schedule, schedule_batch(&[row])) {
        assert_eq!(said, "row 0 of `schedule` has a negative `requested`");
    }
}

#[test]
fn a_day_that_no_calendar_shows_is_refused() {
    let row = AgentRow { provider: "cebu".to_owned(), ..some(records::agent(ERAS[0])) };
    let batch = agents_batch(&[row]);
    let days: arrow_array::ArrayRef = std::sync::Arc::new(arrow_array::Date32Array::from(vec![i32::MIN]));
    for column in ["hired", "left"] {
        let mut columns = batch.columns().to_vec();
        columns[Table::Agents.position(column).unwrap()] = days.clone();
        let batch = arrow_array::RecordBatch::try_new(batch.schema(), columns).unwrap();
        let [kernel, oracle] = refusals("unit = 'agent-month'\nprorate = 'day'", Table::Agents, batch);
        assert_eq!(kernel, format!("row 0 of `agents` has no day in `{column}` that a calendar can show"));
        assert!(oracle.contains(column), "{oracle}");
    }
}

#[test]
fn identifiers_in_place_of_sites_are_refused() {
    let row = ContactRow { provider: "cebu".to_owned(), superseded_at: None, ..some_contact() };
    let rows: Vec<ContactRow> =
        (0..70_000).map(|site| ContactRow { site: Some(format!("s{site}")), ..row.clone() }).collect();
    let contract = contract(&["[[charge]]\nunit = 'contact'\nscope = 'site'\neach = 1"]);
    let program = Program::new(&contract.in_force(None), Window::of(&contract.in_force(None), None).unwrap()).unwrap();
    let error = Tally::new(&program).count(Table::Contacts, &contacts_batch(&rows)).unwrap_err();
    assert_eq!(error.to_string(), "`contacts` has too many different values of `site` to count each apart");
}

#[test]
fn a_sum_that_does_not_fit_is_an_error() {
    let contract = contract(&["[[charge]]\nunit = 'minute'\nof = ['talk', 'hold']\nthen = '1s'\neach = 1"]);
    let program = Program::new(&contract.in_force(None), Window::of(&contract.in_force(None), None).unwrap()).unwrap();
    let mut row = some_contact();
    row.provider = "cebu".to_owned();
    row.superseded_at = None;
    row.offered_at = Some(Instant(1_800_600_000_000_000));
    (row.talk, row.hold) = (Some(i64::MAX), Some(i64::MAX));
    let error = Tally::new(&program).count(Table::Contacts, &contacts_batch(&[row])).unwrap_err();
    assert_eq!(error.to_string(), "a count is larger than any that can be held");
}
