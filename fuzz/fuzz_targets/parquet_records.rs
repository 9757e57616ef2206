//! A Parquet file, however damaged, gives canonical batches or an error.
//!
//! Damage found by chance seldom gets past the footer, so an input is read as changes to a sound file, each a position
//! and a byte, unless it is a whole file itself. Half of the sound files are not compressed: a changed byte then
//! reaches the decoder of a page instead of the decompressor's checks.
#![no_main]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::abort;
use std::sync::LazyLock;

use ::parquet::arrow::ArrowWriter;
use ::parquet::file::properties::{WriterProperties, WriterVersion};
use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use longshore_contacts::*;
use longshore_units::Instant;

static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    std::panic::set_hook(Box::new(|_| {})); // libFuzzer's own aborts on panics that the reader turns into errors.
    let legs: Vec<LegRow> = (0..50).map(leg).collect();
    let outages = vec![
        OutageRow { from: Instant(0), until: None, what: "telephony".to_owned(), whose: None },
        OutageRow {
            from: Instant(1),
            until: Some(Instant(2)),
            what: "billing".to_owned(),
            whose: Some("buyer".to_owned()),
        },
    ];
    let rates: Vec<RateRow> = (0..9).map(rate).collect();
    let tables = [
        (Table::Legs, legs_batch(&legs)),
        (Table::Outages, outages_batch(&outages)),
        (Table::Rates, rates_batch(&rates)),
    ];
    let ours = tables.iter().map(|(table, batch)| {
        let mut writer = parquet::write(Vec::new(), *table).unwrap();
        writer.push(batch).unwrap();
        writer.finish().unwrap()
    });
    let plain = [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0].into_iter().flat_map(|version| {
        let properties = WriterProperties::builder().set_writer_version(version).set_max_row_group_row_count(Some(30));
        let properties = properties.build();
        tables.iter().map(move |(_, batch)| {
            let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties.clone())).unwrap();
            writer.write(batch).unwrap();
            writer.into_inner().unwrap()
        })
    });
    ours.chain(plain).collect()
});

fn leg(number: i64) -> LegRow {
    LegRow {
        source: "acd".to_owned(),
        contact_id: format!("c{number}"),
        leg: 1,
        provider: Some("acme".to_owned()),
        program: None,
        site: None,
        channel: Some(Channel::Voice),
        direction: None,
        language: None,
        queue: Some(["orders", "returns"][number as usize % 2].to_owned()),
        team: None,
        agent: (number % 3 == 0).then(|| format!("agent {number}")),
        offered_at: Some(Instant(number * 1_000_000)),
        answered_at: (number % 5 != 0).then_some(Instant(number * 1_100_000)),
        ended_at: Some(Instant(number * 1_200_000)),
        wait: Some(number),
        ring: None,
        talk: Some(number * 777),
        hold: Some(0),
        wrap: None,
        outcome: Some(Outcome::ALL[number as usize % Outcome::ALL.len()]),
    }
}

fn rate(number: i32) -> RateRow {
    let value = Decimal::from_unscaled(58_250_000_000_000 + i128::from(number)).unwrap();
    RateRow { what: "USD/PHP".to_owned(), date: "2027-01-04".parse().unwrap(), value, source: None }
}

/// The file an input stands for: itself, or a sound one with three-byte changes.
fn file(input: &[u8]) -> Vec<u8> {
    if input.starts_with(b"PAR1") {
        return input.to_vec();
    }
    let Some((which, changes)) = input.split_first() else { return Vec::new() };
    let mut file = FILES[usize::from(*which) % FILES.len()].clone();
    for change in changes.chunks_exact(3) {
        // Positions count from the end, where the footer lies.
        let position = usize::from(u16::from_le_bytes([change[0], change[1]])) % file.len();
        let last = file.len() - 1;
        file[last - position] = change[2];
    }
    file
}

fuzz_target!(|input: &[u8]| {
    LazyLock::force(&FILES);
    let read = catch_unwind(AssertUnwindSafe(|| {
        let Ok(batches) = parquet::read(Bytes::from(file(input)), 16, None) else { return };
        let table = batches.table();
        // A forged file may claim billions of rows; it is the first that matter.
        for batch in batches.take(100) {
            let Ok(batch) = batch else { return };
            assert_eq!(batch.schema(), table.schema());
            check_rows(&batch, table).expect("a canonical batch can be checked");
            match table {
                Table::Legs => leg_rows(&batch).for_each(|row| drop(row.expect("a canonical row"))),
                Table::Outages => outage_rows(&batch).for_each(|row| drop(row.expect("a canonical row"))),
                _ => {}
            }
        }
    }));
    if let Err(panic) = read {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        eprintln!("panicked: {}", text.unwrap_or("without words"));
        abort();
    }
});
