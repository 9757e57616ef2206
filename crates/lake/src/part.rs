//! The files of a lake's tables.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampMicrosecondType};
use bytes::Bytes;
use longshore_contacts::parquet::properties;
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::{Deserialize, Serialize};

use crate::LakeError;
use crate::layout::Layout;

/// How many rows a file has at most.
pub const PART_ROWS: usize = longshore_contacts::parquet::ROW_GROUP_ROWS;

/// A file of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Where it lies, from the lake's root.
    pub path: String,
    /// The month of its rows; none where its table is not partitioned, or the rows know no instant.
    pub month: Option<String>,
    /// How many bytes it has.
    pub size: u64,
    /// How many rows.
    pub rows: u64,
    /// The first and last source of its rows by name, where the table has sources.
    pub sources: Option<(String, String)>,
    /// The first and last instant at which its rows begin, in microseconds.
    pub times: Option<(i64, i64)>,
}

impl Part {
    /// Whether it may hold rows of a source.
    pub fn may_hold(&self, source: &str) -> bool {
        self.sources.as_ref().is_none_or(|(first, last)| first.as_str() <= source && source <= last.as_str())
    }

    /// Its statistics as Delta writes them.
    pub fn statistics(&self, layout: &Layout) -> String {
        let (mut least, mut most) = (serde_json::Map::new(), serde_json::Map::new());
        if let Some((first, last)) = &self.sources {
            least.insert("source".to_owned(), first.clone().into());
            most.insert("source".to_owned(), last.clone().into());
        }
        if let (Some((first, last)), Some(column)) = (self.times, layout.times.first()) {
            // Delta reads instants of statistics by the millisecond: the bounds are widened to whole ones.
            let written = |milliseconds: i64| {
                let instant = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
                Some(instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
            };
            if let (Some(first), Some(last)) = (written(first.div_euclid(1000)), written(last.div_euclid(1000) + 1)) {
                least.insert((*column).to_owned(), first.into());
                most.insert((*column).to_owned(), last.into());
            }
        }
        let statistics = serde_json::json!({
            "numRecords": self.rows, "minValues": least, "maxValues": most, "nullCount": {},
        });
        statistics.to_string()
    }
}

/// A file that is being written, in memory: so many rows as a file has take some megabytes when they are packed.
pub struct PartWriter {
    layout: &'static Layout,
    writer: ArrowWriter<Vec<u8>>,
    rows: u64,
    sources: Option<(String, String)>,
    times: Option<(i64, i64)>,
}

impl PartWriter {
    /// Begins without rows.
    pub fn new(layout: &'static Layout) -> Result<PartWriter, LakeError> {
        let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&layout.schema), Some(properties(layout.table)))?;
        Ok(PartWriter { layout, writer, rows: 0, sources: None, times: None })
    }

    /// Adds rows.
    pub fn push(&mut self, batch: &RecordBatch) -> Result<(), LakeError> {
        self.writer.write(batch)?;
        self.rows += batch.num_rows() as u64;
        if let Some(column) = self.layout.times.first().and_then(|first| batch.column_by_name(first)) {
            self.times = column.as_primitive::<TimestampMicrosecondType>().iter().flatten().fold(self.times, widened);
        }
        if let Some(names) = batch.column_by_name("source").and_then(|column| column.as_dictionary_opt::<Int32Type>()) {
            let values = names.values().as_string::<i32>().iter().flatten();
            self.sources = values.fold(self.sources.take(), |bounds, name| match bounds {
                Some((first, last)) if first.as_str() <= name && name <= last.as_str() => Some((first, last)),
                bounds => widened(bounds, name.to_owned()),
            });
        }
        Ok(())
    }

    /// The file's bytes, and what holds of them under a path.
    pub fn finish(self, path: String, month: Option<String>) -> Result<(Bytes, Part), LakeError> {
        let PartWriter { writer, rows, sources, times, .. } = self;
        let bytes = Bytes::from(writer.into_inner()?);
        let part = Part { path, month, size: bytes.len() as u64, rows, sources, times };
        Ok((bytes, part))
    }
}

/// Bounds that hold one more.
fn widened<T: Ord + Clone>(bounds: Option<(T, T)>, one: T) -> Option<(T, T)> {
    let (first, last) = bounds.unwrap_or_else(|| (one.clone(), one.clone()));
    Some((first.min(one.clone()), last.max(one)))
}

/// The rows of a file, with some of its columns alone.
pub fn read(bytes: Bytes, columns: Option<&[&str]>) -> Result<Vec<RecordBatch>, LakeError> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes)?.with_batch_size(65_536);
    let fields = builder.schema().fields().iter().enumerate();
    let wanted = fields.filter(|(_, field)| columns.is_none_or(|columns| columns.contains(&field.name().as_str())));
    let positions: Vec<usize> = wanted.map(|(position, _)| position).collect();
    let mask = ProjectionMask::roots(builder.parquet_schema(), positions);
    Ok(builder.with_projection(mask).build()?.collect::<Result<Vec<_>, _>>()?)
}

/// All rows of a file as one batch.
pub fn whole(layout: &Layout, bytes: Bytes) -> Result<RecordBatch, LakeError> {
    let batches = read(bytes, None)?;
    Ok(arrow_select::concat::concat_batches(&layout.schema, &batches)?)
}
