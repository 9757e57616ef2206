//! A table of a lake for the query engine: the files of one state, whatever is written meanwhile.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, StringArray, TimestampMicrosecondArray, UInt64Array};
use arrow_schema::{Schema, SchemaRef};
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::pruning::PruningStatistics;
use datafusion::common::{Column, DFSchema, ScalarValue};
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::datasource::table_schema::TableSchema;
use datafusion::error::Result;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType, utils::conjunction};
use datafusion::physical_optimizer::pruning::PruningPredicateBuilder;
use datafusion::physical_plan::ExecutionPlan;
use object_store::ObjectMeta;
use object_store::path::Path;

use crate::layout::{Layout, MONTH, month_field};
use crate::part::Part;

/// A table of a lake in one of its states.
#[derive(Debug)]
pub struct LakeTable {
    layout: &'static Layout,
    /// The files with their paths in the storage.
    parts: Vec<(Path, Part)>,
    storage: ObjectStoreUrl,
    schema: TableSchema,
}

impl LakeTable {
    /// Of some files that lie in a storage.
    pub fn new(layout: &'static Layout, parts: Vec<(Path, Part)>, storage: ObjectStoreUrl) -> LakeTable {
        let partition = layout.by_month().then(|| Arc::new(month_field()));
        // Without metadata: the engine holds the schemas of files against it.
        let columns = Arc::new(Schema::new(layout.schema.fields().clone()));
        let schema =
            TableSchema::builder(columns).with_table_partition_cols(partition.into_iter().collect::<Vec<_>>()).build();
        LakeTable { layout, parts, storage, schema }
    }

    /// The files that may have rows which all of some filters let through.
    fn pruned(&self, state: &dyn Session, filters: &[Expr]) -> Result<Vec<&(Path, Part)>> {
        let all = || self.parts.iter().collect();
        let Some(filter) = conjunction(filters.iter().cloned()) else { return Ok(all()) };
        let schema = DFSchema::try_from(Arc::clone(self.schema.table_schema()))?;
        let filter = state.create_physical_expr(filter, &schema)?;
        let predicate = PruningPredicateBuilder::new().with_file_schema(Arc::clone(self.schema.table_schema()));
        let Some(predicate) = predicate.build(filter) else { return Ok(all()) };
        let keep = predicate.prune(&PartStatistics { layout: self.layout, parts: &self.parts })?;
        Ok(self.parts.iter().zip(keep).filter(|(_, keep)| *keep).map(|(part, _)| part).collect())
    }
}

#[async_trait]
impl TableProvider for LakeTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(self.schema.table_schema())
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let parts = self.pruned(state, filters)?;
        let groups = grouped(&parts, state.config().target_partitions());
        let file = |(path, part): &(Path, Part)| {
            let mut file = PartitionedFile::new_from_meta(ObjectMeta {
                location: path.clone(),
                // Nobody asks: a file of a lake is written once.
                last_modified: Default::default(),
                size: part.size,
                e_tag: None,
                version: None,
            });
            if self.layout.by_month() {
                file = file.with_partition_values(vec![ScalarValue::Utf8(part.month.clone())]);
            }
            file
        };
        let groups = groups.into_iter().map(|group| FileGroup::new(group.into_iter().map(file).collect()));
        let source = Arc::new(ParquetSource::new(self.schema.clone()));
        let config = FileScanConfigBuilder::new(self.storage.clone(), source)
            .with_file_groups(groups.collect())
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}

/// Files in about as many groups as are read at once, each of consecutive files and about as many bytes.
fn grouped<'p>(parts: &[&'p (Path, Part)], groups: usize) -> Vec<Vec<&'p (Path, Part)>> {
    let all: u64 = parts.iter().map(|(_, part)| part.size).sum();
    let each = all.div_ceil(groups.max(1) as u64).max(1);
    let (mut grouped, mut size): (Vec<Vec<_>>, u64) = (vec![Vec::new()], 0);
    for part in parts.iter().copied() {
        let last = grouped.last_mut().expect("there is a group");
        if each <= size && !last.is_empty() {
            grouped.push(vec![part]);
            size = 0;
        } else {
            last.push(part);
        }
        size += part.1.size;
    }
    grouped
}

/// What is known of files without opening them.
struct PartStatistics<'p> {
    layout: &'static Layout,
    parts: &'p [(Path, Part)],
}

impl PartStatistics<'_> {
    fn bounds(&self, column: &Column, first: bool) -> Option<ArrayRef> {
        let side = |bounds: &(i64, i64)| if first { bounds.0 } else { bounds.1 };
        let parts = self.parts.iter().map(|(_, part)| part);
        match column.name.as_str() {
            MONTH => Some(Arc::new(parts.map(|part| part.month.clone()).collect::<StringArray>())),
            name if self.layout.times.first() == Some(&name) => {
                let times: TimestampMicrosecondArray = parts.map(|part| part.times.as_ref().map(side)).collect();
                Some(Arc::new(times.with_timezone("UTC")))
            }
            _ => None,
        }
    }
}

impl PruningStatistics for PartStatistics<'_> {
    fn min_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(column, true)
    }

    fn max_values(&self, column: &Column) -> Option<ArrayRef> {
        self.bounds(column, false)
    }

    fn num_containers(&self) -> usize {
        self.parts.len()
    }

    fn null_counts(&self, _: &Column) -> Option<ArrayRef> {
        None
    }

    fn row_counts(&self) -> Option<ArrayRef> {
        Some(Arc::new(self.parts.iter().map(|(_, part)| Some(part.rows)).collect::<UInt64Array>()))
    }

    fn contained(&self, _: &Column, _: &HashSet<ScalarValue>) -> Option<BooleanArray> {
        None
    }
}
