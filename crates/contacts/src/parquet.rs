//! Records as Parquet files, over readers and writers handed in.

use std::cell::Cell;
use std::io::{self, Write};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use ::parquet::arrow::{ArrowWriter, ProjectionMask};
use ::parquet::basic::{Compression, Encoding, ZstdLevel};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
pub use ::parquet::file::reader::ChunkReader;
use ::parquet::schema::types::ColumnPath;
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use crate::conform::{Projection, conform};
use crate::error::ContactsError;
use crate::table::{Kind, TABLE_KEY, Table};

/// How many rows stand in one row group, the part of a file that a thread reads by itself.
pub const ROW_GROUP_ROWS: usize = 256 * 1024;

/// The most rows a row group may claim to have. No real one comes near; a forged count would.
const ROW_GROUP_ROWS_MAX: i64 = 1 << 27;

/// A Parquet file being written. The same batches always give the same bytes.
pub struct Writer<W: Write + Send> {
    writer: ArrowWriter<W>,
    table: Table,
}

/// Begins a file of one table's records.
///
/// # Errors
/// If `to` does not take the first bytes.
pub fn write<W: Write + Send>(to: W, table: Table) -> Result<Writer<W>, ContactsError> {
    let writer = ArrowWriter::try_new(to, table.schema(), Some(properties(table))).map_err(not_written)?;
    Ok(Writer { writer, table })
}

impl<W: Write + Send> Writer<W> {
    /// Adds records, which are [conformed](conform) first.
    ///
    /// # Errors
    /// If they are no records of the table, or say that they are another's, or cannot be written.
    pub fn push(&mut self, batch: &RecordBatch) -> Result<(), ContactsError> {
        let named = batch.schema_ref().metadata().get(TABLE_KEY);
        if let Some(named) = named.filter(|named| *named != self.table.name()) {
            return Err(ContactsError::OtherTable { named: named.clone(), table: self.table.name() });
        }
        self.writer.write(&conform(batch, self.table)?).map_err(not_written)
    }

    /// Ends the file and gives back what it was written to. Without it there is no file that can be read.
    ///
    /// # Errors
    /// If the last records cannot be written.
    pub fn finish(self) -> Result<W, ContactsError> {
        self.writer.into_inner().map_err(not_written)
    }
}

/// How the files of a table are written. Numbers that mostly climb or stay near each other are written as differences, identifiers plainly, the rest through
/// dictionaries. `created_by` names no version, so that an update of the library leaves the bytes of old runs alone.
pub fn properties(table: Table) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by("longshore".to_owned())
        .set_key_value_metadata(Some(vec![KeyValue::new(TABLE_KEY.to_owned(), table.name().to_owned())]));
    for column in table.columns() {
        let path = ColumnPath::from(column.name);
        properties = match column.kind {
            Kind::Instant | Kind::Duration => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            Kind::Text if column.required => properties.set_column_dictionary_enabled(path, false),
            _ => properties,
        };
    }
    properties.build()
}

/// A Parquet file of records whose footer has been read: what it holds, and where.
///
/// It is cheap to clone. Threads that share a file each take some row groups, with a reader of their own: handles made
/// by [`std::fs::File::try_clone`] share one position and must not be read at the same time.
#[derive(Clone, Debug)]
pub struct RecordFile {
    table: Table,
    metadata: ArrowReaderMetadata,
}

impl RecordFile {
    /// Reads the footer of a file that names its table.
    ///
    /// # Errors
    /// If it is no Parquet file, or names no table of records.
    pub fn open(reader: &impl ChunkReader) -> Result<RecordFile, ContactsError> {
        let metadata = metadata(reader)?;
        let key_values = metadata.metadata().file_metadata().key_value_metadata();
        let named = key_values.and_then(|pairs| pairs.iter().find(|pair| pair.key == TABLE_KEY)?.value.as_deref());
        let named = named.or(metadata.schema().metadata().get(TABLE_KEY).map(String::as_str));
        let name = named.ok_or(ContactsError::NoTable)?;
        let table = Table::from_name(name).ok_or_else(|| ContactsError::UnknownTable { name: name.to_owned() })?;
        RecordFile::of(metadata, table)
    }

    /// Reads the footer of a file by another tool, which is taken for records of `table` whatever it says.
    ///
    /// # Errors
    /// If it is no Parquet file.
    pub fn open_as(reader: &impl ChunkReader, table: Table) -> Result<RecordFile, ContactsError> {
        RecordFile::of(metadata(reader)?, table)
    }

    fn of(metadata: ArrowReaderMetadata, table: Table) -> Result<RecordFile, ContactsError> {
        bound(&metadata)?;
        Ok(RecordFile { table, metadata: with_dictionaries(metadata, table) })
    }

    /// The table the file holds records of.
    pub fn table(&self) -> Table {
        self.table
    }

    /// How many row groups it has.
    pub fn row_groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.metadata.metadata().row_groups().iter().map(|group| group.num_rows().unsigned_abs()).sum()
    }

    /// The records in some of its row groups, in batches of at most `batch_rows` rows.
    ///
    /// With `columns` the batches hold these alone, in the table's order, and no other column is read or checked.
    ///
    /// # Errors
    /// If there are no such row groups or columns, or the file contradicts itself. What is wrong with the records
    /// themselves the iterator says.
    pub fn read<R: ChunkReader + 'static>(
        &self,
        reader: R,
        row_groups: Range<usize>,
        batch_rows: usize,
        columns: Option<&[&str]>,
    ) -> Result<Batches, ContactsError> {
        if self.row_groups() < row_groups.end {
            return Err(ContactsError::NoRowGroup { group: row_groups.end - 1, groups: self.row_groups() });
        }
        let projection = Projection::of(self.table, columns)?;
        let fields = self.metadata.schema().fields().iter().enumerate();
        let wanted = fields.filter(|(_, field)| projection.schema.column_with_name(field.name()).is_some());
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), wanted.map(|(position, _)| position));
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(reader, self.metadata.clone())
            .with_row_groups(row_groups.collect())
            .with_batch_size(batch_rows.max(1))
            .with_projection(mask);
        let reader = guarded(|| builder.build())?;
        Ok(Batches { reader: Some(reader), projection })
    }
}

/// The records of a whole file that names its table; see [`RecordFile::open`] and [`RecordFile::read`].
///
/// # Errors
/// Those of these two.
pub fn read<R: ChunkReader + 'static>(
    reader: R,
    batch_rows: usize,
    columns: Option<&[&str]>,
) -> Result<Batches, ContactsError> {
    let file = RecordFile::open(&reader)?;
    file.read(reader, 0..file.row_groups(), batch_rows, columns)
}

/// The records of a file, batch by batch, [conformed](conform). After an error there are no more.
pub struct Batches {
    reader: Option<ParquetRecordBatchReader>,
    projection: Projection,
}

impl Batches {
    /// The table they belong to.
    pub fn table(&self) -> Table {
        self.projection.table
    }

    /// The schema they have: the table's, or the asked-for columns of it.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.projection.schema)
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, ContactsError>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        let batch = guarded(|| reader.next().transpose().map_err(ParquetError::from));
        let batch = batch.and_then(|batch| batch.map(|batch| self.projection.conform(&batch)).transpose()).transpose();
        if !matches!(batch, Some(Ok(_))) {
            self.reader = None; // What a reader does after an error or a panic nobody promises.
        }
        batch
    }
}

/// A Parquet file by another tool, whose columns are no table's: which of them hold what is for others to say.
#[derive(Clone, Debug)]
pub struct ForeignFile {
    metadata: ArrowReaderMetadata,
}

impl ForeignFile {
    /// Reads the footer.
    ///
    /// # Errors
    /// If it is no Parquet file.
    pub fn open(reader: &impl ChunkReader) -> Result<ForeignFile, ContactsError> {
        let metadata = metadata(reader)?;
        bound(&metadata)?;
        Ok(ForeignFile { metadata })
    }

    /// The names of its columns. Those within others are not among them.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.metadata.schema().fields().iter().map(|field| field.name().as_str())
    }

    /// Its rows, in batches of at most `batch_rows`: of them the columns at these positions, in the file's order and types.
    ///
    /// # Errors
    /// If the file contradicts itself. What is wrong further on the iterator says.
    pub fn read<R: ChunkReader + 'static>(
        &self,
        reader: R,
        columns: impl IntoIterator<Item = usize>,
        batch_rows: usize,
    ) -> Result<ForeignBatches, ContactsError> {
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), columns);
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(reader, self.metadata.clone())
            .with_batch_size(batch_rows.max(1))
            .with_projection(mask);
        Ok(ForeignBatches { reader: Some(guarded(|| builder.build())?) })
    }
}

/// The rows of another tool's file, batch by batch, as they are. After an error there are no more.
pub struct ForeignBatches {
    reader: Option<ParquetRecordBatchReader>,
}

impl Iterator for ForeignBatches {
    type Item = Result<RecordBatch, ContactsError>;

    fn next(&mut self) -> Option<Self::Item> {
        let reader = self.reader.as_mut()?;
        let batch = guarded(|| reader.next().transpose().map_err(ParquetError::from)).transpose();
        if !matches!(batch, Some(Ok(_))) {
            self.reader = None; // What a reader does after an error or a panic nobody promises.
        }
        batch
    }
}

/// Refuses files that claim what no file holds.
fn bound(metadata: &ArrowReaderMetadata) -> Result<(), ContactsError> {
    for group in metadata.metadata().row_groups() {
        let rows = group.num_rows();
        if !(0..=ROW_GROUP_ROWS_MAX).contains(&rows) {
            return Err(ContactsError::Unreadable { reason: format!("a row group claims {rows} rows") });
        }
    }
    Ok(())
}

fn metadata(reader: &impl ChunkReader) -> Result<ArrowReaderMetadata, ContactsError> {
    guarded(|| ArrowReaderMetadata::load(reader, ArrowReaderOptions::new()))
}

/// Asks for names as dictionaries, which is how Parquet mostly stores them, also where another tool's file would give
/// plain strings. Where the file does not let itself be read so, `conform` makes the dictionaries.
fn with_dictionaries(metadata: ArrowReaderMetadata, table: Table) -> ArrowReaderMetadata {
    let is_name = |field: &Field| {
        let position = table.position(field.name());
        position.is_some_and(|position| matches!(table.columns()[position].kind, Kind::Name | Kind::Word(_)))
    };
    let is_string =
        |field: &Field| matches!(field.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let schema = metadata.schema();
    if !schema.fields().iter().any(|field| is_string(field) && is_name(field)) {
        return metadata;
    }
    let fields = schema.fields().iter().map(|field| match is_string(field) && is_name(field) {
        true => Arc::new(field.as_ref().clone().with_data_type(Kind::Name.data_type())),
        false => Arc::clone(field),
    });
    let schema = Schema::new_with_metadata(fields.collect::<Vec<_>>(), schema.metadata().clone());
    let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
    guarded(|| ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options)).unwrap_or(metadata)
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is within the decoder, whose panics are caught and returned as [`ContactsError::Unreadable`]: a
/// panic hook has nothing to say of them.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs the decoder. On some damaged files it panics (on offsets before the file's start, say), which here is one more
/// way to say that the file is damaged. Nothing is used afterwards that the panic may have left half done.
fn guarded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ContactsError> {
    let before = GUARDED.replace(true);
    let decoded = catch_unwind(AssertUnwindSafe(decode));
    GUARDED.set(before);
    match decoded {
        Ok(decoded) => decoded.map_err(not_read),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("the decoder panicked");
            Err(ContactsError::Unreadable { reason: text.to_owned() })
        }
    }
}

/// Decompression reports damage as an I/O error too; only the operating system's own carry its number.
fn not_read(error: ParquetError) -> ContactsError {
    match &error {
        ParquetError::External(source) if source.downcast_ref().and_then(io::Error::raw_os_error).is_some() => {
            ContactsError::NotRead { reason: source.to_string() }
        }
        _ => ContactsError::Unreadable { reason: error.to_string() },
    }
}

fn not_written(error: ParquetError) -> ContactsError {
    match error {
        ParquetError::External(source) => ContactsError::NotWritten { reason: source.to_string() },
        error => ContactsError::NotWritten { reason: error.to_string() },
    }
}
