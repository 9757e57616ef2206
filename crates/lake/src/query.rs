//! Queries over a lake.

use std::sync::Arc;

use arrow_array::RecordBatch;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SendableRecordBatchStream, SessionStateBuilder};
use datafusion::logical_expr::{Expr, ident, lit};
use datafusion::prelude::{DataFrame, SQLOptions, SessionConfig, SessionContext};
use datafusion::scalar::ScalarValue;
use futures::StreamExt;
use longshore_contacts::Table;
use longshore_units::Instant;
use tokio::runtime::Runtime;

use crate::LakeError;
use crate::lake::{Lake, State};
use crate::layout::{DELIVERED, Layout, SUPERSEDED};
use crate::provider::LakeTable;

/// How queries are run.
#[derive(Clone, Copy, Debug)]
pub struct Means {
    /// On how many threads.
    pub threads: usize,
    /// How many bytes sorting, grouping and joining may take before they use the disk.
    pub memory: usize,
    /// Rows of a batch, at most.
    pub batch_rows: usize,
}

impl Default for Means {
    fn default() -> Means {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Means { threads, memory: 512 << 20, batch_rows: 8192 }
    }
}

/// A lake in one of its states, as it was known at an instant, and what looks into it.
pub struct View {
    pub(crate) context: SessionContext,
    pub(crate) runtime: Arc<Runtime>,
    /// The state.
    pub state: State,
    known: Option<Instant>,
}

impl Lake {
    /// Looks into a state: at what is known now, or at what was known at an instant.
    ///
    /// # Errors
    /// If a table's log does not read.
    pub fn view(&self, state: State, known: Option<Instant>, means: Means) -> Result<View, LakeError> {
        let config = SessionConfig::new()
            .with_target_partitions(means.threads.max(1))
            .with_batch_size(means.batch_rows.max(1))
            .with_information_schema(true);
        let environment = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(FairSpillPool::new(means.memory)));
        let session = SessionStateBuilder::new()
            .with_config(config)
            .with_runtime_env(environment.build_arc()?)
            .with_default_features()
            .build();
        let context = SessionContext::new_with_state(session);
        context.register_object_store(&self.place.url, Arc::clone(&self.place.store));
        let storage = ObjectStoreUrl::parse(&self.place.url[..url::Position::BeforePath])?;
        let view = View { context, runtime: Arc::clone(&self.runtime), state, known };
        for table in Table::ALL {
            let parts = self.parts(&view.state, table)?;
            let parts = parts.into_iter().map(|part| (self.place.path(&part.path), part)).collect();
            let history = LakeTable::new(Layout::of(table), parts, storage.clone());
            view.context.register_table(history_of(table), Arc::new(history))?;
            let current = view.runtime.block_on(view.current(table))?;
            view.context.register_table(table.name(), current.into_view())?;
        }
        Ok(view)
    }
}

/// The name of a table with all versions of its rows.
fn history_of(table: Table) -> String {
    format!("{}_history", table.name())
}

impl View {
    /// The rows of a table that hold, or held at the instant of the view: `superseded_at` is null in all of them.
    async fn current(&self, table: Table) -> Result<DataFrame, LakeError> {
        let layout = Layout::of(table);
        let all = self.context.table(history_of(table)).await?;
        let columns = layout.schema.fields().iter().map(|field| match field.name().as_str() {
            SUPERSEDED => lit(ScalarValue::TimestampMicrosecond(None, Some("UTC".into()))).alias(SUPERSEDED),
            name => ident(name),
        });
        Ok(all.filter(self.holds())?.select(columns.collect::<Vec<Expr>>())?)
    }

    fn holds(&self) -> Expr {
        let (delivered, superseded) = (ident(DELIVERED), ident(SUPERSEDED));
        match self.known {
            None => superseded.is_null(),
            Some(at) => {
                let at = lit(ScalarValue::TimestampMicrosecond(Some(at.0), Some("UTC".into())));
                let came = delivered.clone().is_null().or(delivered.lt_eq(at.clone()));
                came.and(superseded.clone().is_null().or(superseded.gt(at)))
            }
        }
    }

    /// The rows that whoever counts looks at: all versions, since counting says how many were replaced, unless the view is
    /// of an instant.
    pub(crate) async fn counted(&self, table: Table) -> Result<DataFrame, LakeError> {
        match self.known {
            None => Ok(self.context.table(history_of(table)).await?),
            Some(_) => self.current(table).await,
        }
    }

    /// The rows of a table that whoever counts looks at, with some of its columns alone, in no certain order.
    ///
    /// # Errors
    /// If there is no such column, or a file does not read. The iterator says what is wrong with the files.
    pub fn batches(&self, table: Table, columns: Option<&[&str]>) -> Result<Batches, LakeError> {
        let stream = self.runtime.block_on(async {
            let names: Vec<&str> = match columns {
                Some(columns) => columns.to_vec(),
                None => table.columns().iter().map(|column| column.name).collect(),
            };
            let wanted = self.counted(table).await?.select(names.into_iter().map(ident).collect::<Vec<Expr>>())?;
            Ok::<_, LakeError>(wanted.execute_stream().await?)
        })?;
        Ok(Batches { stream, runtime: Arc::clone(&self.runtime) })
    }

    /// How many rows a table has, those of history too.
    ///
    /// # Errors
    /// If it cannot be counted.
    pub fn rows(&self, table: Table) -> Result<u64, LakeError> {
        let count = async { Ok::<_, LakeError>(self.context.table(history_of(table)).await?.count().await?) };
        Ok(self.runtime.block_on(count)? as u64)
    }

    /// The answer to a query in SQL that changes nothing. Each table goes by its name, with what holds; with all versions
    /// of its rows it goes by that name and `_history`.
    ///
    /// # Errors
    /// If the query does not read, or would change something.
    pub fn sql(&self, query: &str) -> Result<Batches, LakeError> {
        let options = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let stream = self.runtime.block_on(async {
            let answer = self.context.sql_with_options(query, options).await?;
            Ok::<_, LakeError>(answer.execute_stream().await?)
        })?;
        Ok(Batches { stream, runtime: Arc::clone(&self.runtime) })
    }
}

/// Rows as they come.
pub struct Batches {
    stream: SendableRecordBatchStream,
    runtime: Arc<Runtime>,
}

impl Batches {
    pub(crate) fn of(stream: SendableRecordBatchStream, runtime: &Arc<Runtime>) -> Batches {
        Batches { stream, runtime: Arc::clone(runtime) }
    }

    /// Their columns.
    pub fn schema(&self) -> arrow_schema::SchemaRef {
        self.stream.schema()
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, LakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.runtime.block_on(self.stream.next());
        next.map(|batch| batch.map_err(LakeError::from))
    }
}
