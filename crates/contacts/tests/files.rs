//! Files in parts, and files by other tools.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use ::parquet::arrow::ArrowWriter;
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampMillisecondArray};
use bytes::Bytes;
use longshore_contacts::parquet::{self, RecordFile};
use longshore_contacts::*;
use longshore_units::Instant;

fn legs(count: usize) -> Vec<LegRow> {
    let leg = |number: usize| LegRow {
        queue: Some(if number.is_multiple_of(2) { "orders" } else { "returns" }.to_owned()),
        offered_at: Some(Instant(number as i64)),
        talk: Some(number as i64),
        ..LegRow::of("acd", format!("c{number}"), 1)
    };
    (0..count).map(leg).collect()
}

fn file(rows: &[LegRow]) -> Bytes {
    let mut writer = parquet::write(Vec::new(), Table::Legs).unwrap();
    for rows in rows.chunks(8192) {
        writer.push(&legs_batch(rows)).unwrap();
    }
    writer.finish().unwrap().into()
}

#[test]
fn threads_share_a_file_by_row_groups() {
    let rows = legs(parquet::ROW_GROUP_ROWS + 1000);
    let bytes = file(&rows);
    let file = RecordFile::open(&bytes).unwrap();
    assert_eq!((file.table(), file.row_groups(), file.rows()), (Table::Legs, 2, rows.len() as u64));
    let group = |group: usize| {
        let batches = file.read(bytes.clone(), group..group + 1, 8192, None).unwrap();
        batches.flat_map(|batch| leg_rows(&batch.unwrap()).map(Result::unwrap).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| group(1));
        (group(0), second.join().unwrap())
    });
    assert_eq!((first.len(), second.len()), (parquet::ROW_GROUP_ROWS, 1000));
    assert!([first, second].concat() == rows);
    assert!(matches!(
        file.read(bytes.clone(), 1..3, 1, None).err(),
        Some(ContactsError::NoRowGroup { group: 2, groups: 2 })
    ));
}

#[test]
fn only_the_columns_asked_for_are_read() {
    let mut batches = parquet::read(file(&legs(3)), 100, Some(&["talk", "queue", "talk"])).unwrap();
    let schema = batches.schema();
    let names: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    assert_eq!(names, ["queue", "talk"], "in the table's order");
    let batch = batches.next().unwrap().unwrap();
    assert_eq!((batch.schema(), batch.num_rows(), batches.next().is_none()), (schema, 3, true));
    let none = parquet::read(file(&legs(3)), 100, Some(&[])).unwrap();
    assert_eq!(none.map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 3);
    let error = parquet::read(file(&legs(3)), 100, Some(&["duration"])).err().unwrap();
    assert_eq!(error.to_string(), "`legs` has no column `duration`");
}

/// What another tool makes of outages: plain strings, milliseconds, one column more, none of those that may be null.
fn foreign() -> Bytes {
    let from: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![1, 2]).with_timezone("UTC"));
    let what: ArrayRef = Arc::new(StringArray::from(vec!["telephony", "billing"]));
    let weather: ArrayRef = Arc::new(StringArray::from(vec!["rain", "sun"]));
    let batch = RecordBatch::try_from_iter([("what", what), ("weather", weather), ("from", from)]).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap().into()
}

#[test]
fn files_by_other_tools_are_read_as_the_table_they_are_said_to_be() {
    assert_eq!(RecordFile::open(&foreign()).err(), Some(ContactsError::NoTable));
    let file = RecordFile::open_as(&foreign(), Table::Outages).unwrap();
    let batch = file.read(foreign(), 0..1, 100, None).unwrap().next().unwrap().unwrap();
    assert_eq!(batch.schema(), Table::Outages.schema());
    let rows: Vec<_> = outage_rows(&batch).map(Result::unwrap).collect();
    let row = |from, what: &str| OutageRow { from: Instant(from), until: None, what: what.to_owned(), whose: None };
    assert_eq!(rows, [row(1000, "telephony"), row(2000, "billing")]);

    let file = RecordFile::open_as(&foreign(), Table::Rates).unwrap();
    let error = file.read(foreign(), 0..1, 100, None).unwrap().next().unwrap().unwrap_err();
    assert_eq!(error, ContactsError::MissingColumn { table: "rates", column: "date" });
}

#[test]
fn a_file_without_rows_is_a_file() {
    let bytes = file(&[]);
    let file = RecordFile::open(&bytes).unwrap();
    assert_eq!((file.table(), file.rows()), (Table::Legs, 0));
    assert_eq!(parquet::read(bytes, 100, None).unwrap().count(), 0);
}

#[test]
fn records_of_another_table_are_not_written() {
    let mut writer = parquet::write(Vec::new(), Table::Contacts).unwrap();
    let error = writer.push(&legs_batch(&legs(1))).unwrap_err();
    assert_eq!(error.to_string(), "records of `legs` do not go into a file of `contacts`");
}
