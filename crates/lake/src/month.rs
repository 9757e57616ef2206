//! Rows by the month in which they began.

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, RecordBatch, TimestampMicrosecondArray};
use arrow_select::interleave::interleave_record_batch;
use jiff::Timestamp;

use crate::LakeError;
use crate::layout::Layout;

/// How many rows are put in order at a time.
const SLICE_ROWS: usize = 1 << 14;

/// Rows of some batches that began in one month, in the order of time.
pub struct OfMonth {
    /// The month in UTC, such as `2026-10`; none of a table that is not partitioned, and of rows that know no instant.
    pub month: Option<String>,
    /// Batch and row of each.
    rows: Vec<(usize, usize)>,
}

impl OfMonth {
    /// The rows, a slice at a time, from the batches that they are of.
    pub fn slices<'b>(
        &'b self,
        batches: &'b [RecordBatch],
    ) -> impl Iterator<Item = Result<RecordBatch, LakeError>> + 'b {
        let batches: Vec<&RecordBatch> = batches.iter().collect();
        self.rows.chunks(SLICE_ROWS).map(move |rows| Ok(interleave_record_batch(&batches, rows)?))
    }
}

/// The rows of some batches by month, those without an instant first; of a table that is not partitioned, all together.
pub fn by_month(layout: &Layout, batches: &[RecordBatch]) -> Result<Vec<OfMonth>, LakeError> {
    let all = || batches.iter().enumerate().flat_map(|(batch, rows)| (0..rows.num_rows()).map(move |row| (batch, row)));
    if !layout.by_month() {
        let rows: Vec<(usize, usize)> = all().collect();
        return Ok(if rows.is_empty() { Vec::new() } else { vec![OfMonth { month: None, rows }] });
    }
    let columns: Vec<Vec<&TimestampMicrosecondArray>> = batches
        .iter()
        .map(|batch| layout.times.iter().map(|name| batch[*name].as_primitive::<TimestampMicrosecondType>()).collect())
        .collect();
    let time = |(batch, row): (usize, usize)| {
        columns[batch].iter().find(|column| column.is_valid(row)).map(|column| column.value(row))
    };
    let mut timed: Vec<(Option<i64>, (usize, usize))> = all().map(|row| (time(row), row)).collect();
    timed.sort_unstable();
    let (mut months, mut rest) = (Vec::new(), &timed[..]);
    while let Some((first, _)) = rest.first() {
        let month = first.and_then(month_of);
        let is_in = |time: Option<i64>| match &month {
            Some((_, ends)) => time.is_some_and(|at| at < *ends),
            None => time.and_then(month_of).is_none(),
        };
        let (of_month, later) = rest.split_at(rest.iter().take_while(|(time, _)| is_in(*time)).count());
        let rows = of_month.iter().map(|(_, row)| *row).collect();
        months.push(OfMonth { month: month.map(|(month, _)| month), rows });
        rest = later;
    }
    Ok(months)
}

/// The month of an instant, and the instant at which it ends; none of an instant that no calendar shows.
fn month_of(at: i64) -> Option<(String, i64)> {
    let utc = jiff::tz::TimeZone::UTC;
    let day = Timestamp::from_microsecond(at).ok()?.to_zoned(utc.clone()).date();
    let next = day.last_of_month().tomorrow().ok()?.to_zoned(utc).ok()?;
    Some((day.strftime("%Y-%m").to_string(), next.timestamp().as_microsecond()))
}
