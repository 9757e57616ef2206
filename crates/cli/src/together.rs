//! Rows that must know of each other, in sets.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use arrow_array::{Array, RecordBatch};
use arrow_select::filter::filter_record_batch;
use longshore_contacts::Table;

use crate::failure::Failure;
use crate::lakes;
use crate::portion::{Portion, holding};
use crate::records::{Records, Way};

/// About how many bytes of memory a row takes with what is looked at of it.
const ROW_BYTES: u64 = 512;

/// Rows as they are read.
type Batches = Box<dyn Iterator<Item = Result<RecordBatch, Failure>> + Send>;

/// A stream of sets of rows, each with all rows of what they have in common.
pub type Sets = Box<dyn Iterator<Item = Result<Vec<RecordBatch>, Failure>> + Send>;

/// The rows of a table that hold (of contacts all versions), in sets that each have all rows with the same values in some
/// columns: one set of all where memory holds them, else as many streams of sets as there are threads, from the disk. The
/// streams are to be read at the same time.
pub fn sets(
    records: &Records,
    table: Table,
    columns: Option<&[&'static str]>,
    by: &[&'static str],
    way: Way,
) -> Result<Vec<Sets>, Failure> {
    if fits(records, table, way) {
        let all = records.whole(table, way.batch_rows, columns, way.known)?;
        return Ok(vec![Box::new(std::iter::once(Ok(all)))]);
    }
    let mut wanted: BTreeSet<&'static str> = match columns {
        Some(columns) => columns.iter().copied().collect(),
        None => table.columns().iter().map(|column| column.name).collect(),
    };
    wanted.extend(by.iter().copied().chain(["superseded_at"]));
    let portions: Vec<Portion> = records.portions(table).collect();
    let columns: Vec<&'static str> = wanted.iter().copied().collect();
    let somebody = by[0];
    // Who is nobody belongs to none, and takes no sorting.
    let parts = |of_somebody: bool| {
        let each = portions.len().div_ceil(way.threads).max(1);
        let columns = &columns;
        portions.chunks(each).map(move |part| {
            let (part, columns) = (part.to_vec(), columns.clone());
            let read = move |portion: Portion| match portion.read(way.batch_rows, Some(&columns), way.known) {
                Ok(batches) => Box::new(batches) as Batches,
                Err(failure) => Box::new(std::iter::once(Err(failure))),
            };
            let held = move |batch: Result<RecordBatch, Failure>| {
                let batch = if table == Table::Contacts { batch? } else { holding(&batch?)? };
                let key = &batch[somebody];
                let mask: Vec<bool> = (0..key.len()).map(|row| key.is_valid(row) == of_somebody).collect();
                filter_record_batch(&batch, &mask.into()).map_err(|error| Failure::Bug(error.into()))
            };
            Box::new(part.into_iter().flat_map(read).map(held)) as Batches
        })
    };
    let schema = table.schema();
    let positions: Vec<usize> = (0..schema.fields().len())
        .filter(|position| wanted.contains(schema.field(*position).name().as_str()))
        .collect();
    let schema = schema.project(&positions).map_err(|error| Failure::Bug(error.into()))?;
    let mut streams = lakes::together(schema, parts(true).collect(), by, way)?;
    streams.extend(parts(false).map(|part| Box::new(part.map(|batch| Ok(vec![batch?]))) as Sets));
    Ok(streams)
}

/// Whether memory holds all rows of a table.
pub fn fits(records: &Records, table: Table, way: Way) -> bool {
    records.rows(table).saturating_mul(ROW_BYTES) <= way.memory
}

/// Reads streams of sets at the same time, a thread each, and gives what becomes of each stream in their order. The first
/// failure ends them all.
pub fn each<T: Send>(
    streams: Vec<Sets>,
    make: impl Fn() -> T + Sync,
    take: impl Fn(&mut T, Vec<RecordBatch>) -> Result<(), Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let failed = AtomicBool::new(false);
    let read = |stream: Sets| {
        let mut made = make();
        for set in stream {
            if failed.load(Ordering::Relaxed) {
                break;
            }
            let taken = set.and_then(|set| take(&mut made, set));
            taken.inspect_err(|_| failed.store(true, Ordering::Relaxed))?;
        }
        Ok(made)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = streams.into_iter().map(|stream| scope.spawn(|| read(stream))).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, Result<T, Failure>>| match thread.join() {
            Ok(made) => made,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        // All are waited for, whatever the first came to.
        let ended: Vec<Result<T, Failure>> = threads.into_iter().map(join).collect();
        ended.into_iter().collect()
    })
}
