//! Rows that belong together, brought together: on the local disk where memory is short.
//!
//! What only a look at several rows can tell (who came back, how long an agent's week was) takes all rows of a customer or an
//! agent at once, and no more. So the engine deals rows out by a hash of what they have in common, sorts each hand, spilling
//! what memory does not hold, and hands them on in sets of whole customers.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, RecordBatch};
use arrow_ord::partition::partition;
use arrow_schema::SchemaRef;
use datafusion::config::SpillCompression;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::expressions::col;
use datafusion::physical_expr::{LexOrdering, PhysicalExpr, PhysicalSortExpr};
use datafusion::physical_plan::repartition::RepartitionExec;
use datafusion::physical_plan::sorts::sort::SortExec;
use datafusion::physical_plan::stream::RecordBatchReceiverStream;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};
use datafusion::physical_plan::{ExecutionPlan, Partitioning};
use datafusion::prelude::SessionConfig;

use crate::query::{Batches, Means};
use crate::{LakeError, lake};

/// Rows as they come from somewhere else.
pub type Rows = Box<dyn Iterator<Item = std::result::Result<RecordBatch, BoxError>> + Send>;

/// What may go wrong there.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// How many rows are handed on together, about: so many that looking at them costs little besides.
const SET_ROWS: usize = 1 << 16;

/// The most rows that a sort takes and gives at a time.
const SORTED_ROWS: usize = 1024;

/// The most rows that may have the same values: no customer has so many contacts, and they take a gigabyte.
const MOST_ROWS: usize = 1 << 22;

/// How many batches of each part are read ahead.
const AHEAD: usize = 2;

/// Brings rows together that have the same values in the columns `by`, and gives them in as many streams as there are threads:
/// each row is in one set of one stream, with all others of its values. Rows whose first value is null belong to nobody.
///
/// `parts` are read at the same time, each on a thread. The streams must be read at the same time too, since each holds up the
/// others.
///
/// # Errors
/// If there is no such column.
pub fn together(
    schema: &SchemaRef,
    parts: Vec<Rows>,
    by: &[&str],
    means: Means,
) -> std::result::Result<Vec<Together>, LakeError> {
    let sources = parts.into_iter().map(|rows| {
        let source = Source { schema: Arc::clone(schema), rows: Mutex::new(Some(rows)) };
        Arc::new(source) as Arc<dyn PartitionStream>
    });
    let input = StreamingTableExec::try_new(Arc::clone(schema), sources.collect(), None, [], false, None)?;
    let keys = by.iter().map(|name| col(name, schema)).collect::<Result<Vec<Arc<dyn PhysicalExpr>>>>()?;
    let dealt = Partitioning::Hash(keys.clone(), means.threads.max(1));
    let dealt = RepartitionExec::try_new(Arc::new(input), dealt)?;
    let Some(order) = LexOrdering::new(keys.into_iter().map(PhysicalSortExpr::new_default)) else {
        return Err(LakeError::Query(Box::new(DataFusionError::Plan("rows belong together by no column".to_owned()))));
    };
    let sorted = SortExec::new(order, Arc::new(dealt)).with_preserve_partitioning(true);
    // Small batches: a sort holds two of each part that it has spilled, and merges the more of them at once.
    let mut config = SessionConfig::new().with_batch_size(means.batch_rows.clamp(1, SORTED_ROWS));
    let execution = &mut config.options_mut().execution;
    execution.spill_compression = SpillCompression::Lz4Frame;
    // What each sort keeps back for that.
    execution.sort_spill_reservation_bytes = means.memory / means.threads.max(1) / 4;
    let environment = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(FairSpillPool::new(means.memory)));
    let context = TaskContext::default().with_session_config(config).with_runtime(environment.build_arc()?);
    let context = Arc::new(context);
    let runtime = lake::runtime()?;
    let columns =
        by.iter().map(|name| Ok(schema.index_of(name)?)).collect::<std::result::Result<Vec<_>, LakeError>>()?;
    let _within = runtime.enter();
    let stream = |number: usize| {
        let batches = Batches::of(sorted.execute(number, Arc::clone(&context))?, &runtime);
        Ok(Together { batches, columns: columns.clone(), waiting: Vec::new() })
    };
    (0..means.threads.max(1)).map(stream).collect()
}

/// Rows that come from elsewhere, once.
struct Source {
    schema: SchemaRef,
    rows: Mutex<Option<Rows>>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows")
    }
}

impl PartitionStream for Source {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut stream = RecordBatchReceiverStream::builder(Arc::clone(&self.schema), AHEAD);
        let sender = stream.tx();
        stream.spawn_blocking(move || {
            for batch in rows.into_iter().flatten() {
                if sender.blocking_send(batch.map_err(DataFusionError::External)).is_err() {
                    break; // Nobody wants more.
                }
            }
            Ok(())
        });
        stream.build()
    }
}

/// One stream of [`together`]: sets of rows, each with all rows of some values.
pub struct Together {
    batches: Batches,
    columns: Vec<usize>,
    waiting: Vec<RecordBatch>,
}

impl Together {
    /// Takes sorted rows. Gives those that wait with nothing to come of theirs, once they are many.
    fn take(&mut self, batch: RecordBatch) -> std::result::Result<Option<Vec<RecordBatch>>, LakeError> {
        let waiting: usize = self.waiting.iter().map(RecordBatch::num_rows).sum();
        if waiting + batch.num_rows() < SET_ROWS {
            self.waiting.push(batch);
            return Ok(None);
        }
        let cut = self.cut(&batch)?;
        if cut == 0 && (self.waiting.is_empty() || !self.begins_anew(&batch)?) {
            if MOST_ROWS < waiting {
                return Err(LakeError::TooMany { rows: MOST_ROWS });
            }
            self.waiting.push(batch);
            return Ok(None);
        }
        let mut set = std::mem::take(&mut self.waiting);
        if 0 < cut {
            set.push(batch.slice(0, cut));
        }
        if cut < batch.num_rows() {
            self.waiting.push(batch.slice(cut, batch.num_rows() - cut));
        }
        Ok(Some(set))
    }

    /// Where the rows of the batch's last values begin; its end, if they belong to nobody.
    fn cut(&self, batch: &RecordBatch) -> std::result::Result<usize, LakeError> {
        let keys: Vec<ArrayRef> = self.columns.iter().map(|column| Arc::clone(batch.column(*column))).collect();
        let last = partition(&keys)?.ranges().last().map_or(0, |last| last.start);
        let is_nobody = keys[0].logical_nulls().is_some_and(|nulls| nulls.is_null(batch.num_rows() - 1));
        Ok(if is_nobody { batch.num_rows() } else { last })
    }

    /// Whether a batch begins with other values than those that wait end with.
    fn begins_anew(&self, batch: &RecordBatch) -> std::result::Result<bool, LakeError> {
        let Some(before) = self.waiting.last() else { return Ok(true) };
        let ends = |batch: &RecordBatch, row: usize| batch.slice(row, 1);
        let pair = [ends(before, before.num_rows() - 1), ends(batch, 0)];
        let pair = arrow_select::concat::concat_batches(&batch.schema(), &pair)?;
        let keys: Vec<ArrayRef> = self.columns.iter().map(|column| Arc::clone(pair.column(*column))).collect();
        Ok(1 < partition(&keys)?.len())
    }
}

impl Iterator for Together {
    type Item = std::result::Result<Vec<RecordBatch>, LakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.batches.next() {
                None => {
                    let rest = std::mem::take(&mut self.waiting);
                    return (!rest.is_empty()).then_some(Ok(rest));
                }
                Some(Err(error)) => return Some(Err(error)),
                Some(Ok(batch)) if batch.num_rows() == 0 => {}
                Some(Ok(batch)) => match self.take(batch).transpose() {
                    None => {}
                    set => return set,
                },
            }
        }
    }
}
