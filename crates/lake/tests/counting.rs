//! The counter within the engine gives what it gives by itself, on random contracts and records.

#![allow(clippy::unwrap_used)]

#[path = "../../counting/tests/random/mod.rs"]
mod random;

use arrow_array::RecordBatch;
use longshore_contacts::conform;
use longshore_contract::Contract;
use longshore_counting::{CountError, Counted, Program, Tally, Window};
use longshore_lake::{About, Lake, Means, Terms, View};
use longshore_units::Instant;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use random::{ERAS, Records};

/// Each row its own: rows of one name would be versions of each other.
fn apart(mut records: Records) -> Records {
    for (number, row) in records.contacts.iter_mut().enumerate() {
        row.contact_id = number.to_string();
    }
    for (number, row) in records.legs.iter_mut().enumerate() {
        row.contact_id = number.to_string();
    }
    for (number, row) in records.agent_time.iter_mut().enumerate() {
        row.agent = format!("{} {number}", row.agent);
    }
    for (number, row) in records.agents.iter_mut().enumerate() {
        row.agent = format!("{} {number}", row.agent);
    }
    for (number, row) in records.schedule.iter_mut().enumerate() {
        row.team = Some(format!("{:?} {number}", row.team));
    }
    for (number, row) in records.reported.iter_mut().enumerate() {
        row.source = format!("{} {number}", row.source);
    }
    for (number, row) in records.forecast.iter_mut().enumerate() {
        row.locked_at = Some(Instant(number as i64));
    }
    records
}

fn imported(folder: &std::path::Path, records: &Records) -> Lake {
    let lake = Lake::open_or_create(folder.join("lake").to_str().unwrap()).unwrap();
    // In several imports, so that there are several files.
    let batches = records.batches(10);
    for (number, batches) in batches.chunks(5).enumerate() {
        let about = About {
            format: "table".to_owned(),
            source: "s".to_owned(),
            reading: String::new(),
            zone: "UTC".to_owned(),
            at: Instant(1_900_000_000_000_000 + number as i64),
        };
        let mut import = lake.import(about).unwrap();
        for (table, batch) in batches {
            import.take(*table, batch).unwrap();
        }
        import.commit(Vec::new(), "").unwrap();
    }
    lake
}

fn alone(view: &View, program: &Program) -> Result<Counted, CountError> {
    let mut tally = Tally::new(program);
    let mut rows = 0;
    for table in program.tables() {
        for batch in view.batches(table, None).unwrap() {
            let batch: RecordBatch = conform(&batch.unwrap(), table).unwrap();
            rows += batch.num_rows() as u64;
            tally.count(table, &batch)?;
        }
    }
    let (counts, left_out) = tally.finish()?;
    Ok(Counted { counts, left_out, rows })
}

#[test]
fn the_engine_counts_what_the_kernel_counts() {
    let mut runner = TestRunner::deterministic();
    let (mut compared, mut counted_rows) = (0, 0);
    for round in 0..6 {
        let (era, zone) = (ERAS[round % 2], ["America/New_York", "Asia/Manila", "Australia/Lord_Howe"][round % 3]);
        let records = apart(random::records(era, zone, 60).new_tree(&mut runner).unwrap().current());
        let folder = tempfile::tempdir().unwrap();
        let lake = imported(folder.path(), &records);
        let contracts = (random::head(), random::charges(1..5))
            .prop_filter_map("is a contract", |(head, clauses)| random::contract(&head.text(&clauses)).ok());
        for _ in 0..12 {
            let contract: Contract = contracts.new_tree(&mut runner).unwrap().current();
            let in_force = contract.in_force(None);
            let program = Program::new(&in_force, Window::of(&in_force, None).unwrap()).unwrap();
            for threads in [1, 3] {
                let means = Means { threads, batch_rows: 7, ..Means::default() };
                let view = lake.view(lake.state().unwrap(), None, means).unwrap();
                let terms = Terms { contract: &contract, known: None, through: None };
                let engine = view.count(&terms, &program.tables());
                // Weeks that begin on another day than the records' are refused, here as there.
                let Ok(kernel) = alone(&view, &program) else {
                    assert!(engine.is_err());
                    continue;
                };
                assert_eq!(engine.unwrap(), kernel);
                compared += 1;
                counted_rows += kernel.counts.iter().filter_map(|(_, count)| count.rows()).sum::<u64>();
            }
        }
    }
    assert!(100 < compared, "{compared} of 144");
    assert!(1000 < counted_rows, "{counted_rows} rows were counted in all");
}
