//! Rows, batches and Parquet files hold the same, however they are cut.

#![allow(clippy::unwrap_used)]

mod random;

use std::sync::Arc;

use arrow_array::RecordBatch;
use bytes::Bytes;
use longshore_contacts::parquet::RecordFile;
use longshore_contacts::*;
use proptest::collection::vec;
use proptest::prelude::*;

/// The batch in pieces of `size` rows.
fn pieces(batch: &RecordBatch, size: usize) -> impl Iterator<Item = RecordBatch> {
    (0..batch.num_rows()).step_by(size).map(move |start| batch.slice(start, size.min(batch.num_rows() - start)))
}

fn file(table: Table, batches: impl Iterator<Item = RecordBatch>) -> Bytes {
    let mut writer = parquet::write(Vec::new(), table).unwrap();
    for batch in batches {
        writer.push(&batch).unwrap();
    }
    writer.finish().unwrap().into()
}

macro_rules! round_trips {
    ($($test:ident: $table:ident, $row:expr, $batch:ident, $rows:ident;)+) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(40))]
            $(
                #[test]
                fn $test(written in vec($row, 0..40), size in 1usize..20, batch_rows in 1usize..20) {
                    let batch = $batch(&written);
                    prop_assert_eq!(batch.schema(), Table::$table.schema());
                    let read: Vec<_> = $rows(&batch).collect::<Result<_, _>>().unwrap();
                    prop_assert_eq!(&read, &written);

                    let conformed = conform(&batch, Table::$table).unwrap();
                    for (before, after) in batch.columns().iter().zip(conformed.columns()) {
                        prop_assert!(Arc::ptr_eq(before, after), "a canonical column is shared");
                    }

                    let bytes = file(Table::$table, pieces(&batch, size));
                    prop_assert_eq!(&bytes, &file(Table::$table, pieces(&batch, size)), "the same bytes");
                    let batches = parquet::read(bytes.clone(), batch_rows, None).unwrap();
                    prop_assert_eq!(batches.table(), Table::$table);
                    let mut read = Vec::new();
                    for batch in batches {
                        let batch = batch.unwrap();
                        prop_assert!(batch.num_rows() <= batch_rows);
                        read.extend($rows(&batch).map(Result::unwrap));
                    }
                    prop_assert_eq!(&read, &written);
                    prop_assert_eq!(RecordFile::open(&bytes).unwrap().rows(), written.len() as u64);
                }
            )+
        }
    };
}

round_trips! {
    contacts: Contacts, random::contact(), contacts_batch, contact_rows;
    legs: Legs, random::leg(), legs_batch, leg_rows;
    agent_time: AgentTime, random::agent_time(), agent_time_batch, agent_time_rows;
    schedule: Schedule, random::schedule(), schedule_batch, schedule_rows;
    forecast: Forecast, random::forecast(), forecast_batch, forecast_rows;
    agents: Agents, random::agent(), agents_batch, agent_rows;
    rates: Rates, random::rate(), rates_batch, rate_rows;
    reported: Reported, random::reported(), reported_batch, reported_rows;
    outages: Outages, random::outage(), outages_batch, outage_rows;
    intervals: Intervals, random::interval(), intervals_batch, interval_rows;
}
