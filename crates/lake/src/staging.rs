//! The rows of an import on their way into files that no table knows yet.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, ArrayRef, RecordBatch, TimestampMicrosecondArray, new_null_array};
use longshore_contacts::{Table, conform};
use longshore_units::Instant;

use crate::LakeError;
use crate::identity::{Entries, Entry, EntryFile, Identity};
use crate::lake::Lake;
use crate::layout::{DELIVERED, Layout, SUPERSEDED};
use crate::month::{OfMonth, by_month};
use crate::part::{PART_ROWS, Part, PartWriter};

/// How many rows of a table wait for each other, before they are put in order and written.
const STAGED_ROWS: usize = PART_ROWS / 2;

/// The most months of tables that one import may have rows of: a century of all of them. Each is a file at least.
const MOST_MONTHS: usize = 12 * 100 * Table::ALL.len();

/// How many batches may wait to be written while more are read.
const WAITING: usize = 8;

/// Writes rows into files on a thread of its own, while whoever reads them reads on.
pub(crate) struct Staging {
    /// Takes the rows, and at last nothing, which ends it. Dropped before, it has written in vain.
    sender: SyncSender<Option<(Table, RecordBatch)>>,
    /// None once it has ended.
    thread: Option<JoinHandle<Result<Staged, LakeError>>>,
}

impl Staging {
    /// Begins with nothing. `at` is when rows were delivered that do not say it.
    pub fn begin(lake: Lake, source: String, at: Instant) -> Result<Staging, LakeError> {
        let mut staged = Staged::new(lake, source, at)?;
        let (sender, receiver) = sync_channel::<Option<(Table, RecordBatch)>>(WAITING);
        let write = move || {
            while let Some((table, batch)) = receiver.recv().map_err(|_| LakeError::Ended)? {
                staged.take(table, &batch)?;
            }
            Table::ALL.into_iter().try_for_each(|table| staged.stage(table))?;
            Ok(staged)
        };
        let thread = thread::Builder::new().name("staging".to_owned()).spawn(write)?;
        Ok(Staging { sender, thread: Some(thread) })
    }

    /// Takes rows of a table.
    ///
    /// # Errors
    /// If rows taken before are none, or cannot be written.
    pub fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), LakeError> {
        // The thread ends early only when it has failed.
        self.sender.send(Some((table, batch))).or_else(|_| self.finish().and(Err(LakeError::Ended)))
    }

    /// Waits until all is written.
    ///
    /// # Errors
    /// If rows are none, or cannot be written.
    pub fn finish(&mut self) -> Result<Staged, LakeError> {
        // A thread that failed no longer listens, and says why.
        let _ = self.sender.send(None);
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(staged)) => staged,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Err(LakeError::Ended),
        }
    }
}

/// The rows of an import in files that no table knows yet.
pub(crate) struct Staged {
    /// The lake they lie in.
    pub lake: Lake,
    /// The source that they name.
    pub source: String,
    /// The files.
    pub parts: Vec<(Table, Part)>,
    /// Their rows, by table and month.
    pub entries: BTreeMap<(Table, Option<String>), Entries>,
    /// Where these lie.
    pub entry_file: EntryFile,
    /// How many rows came.
    pub came: BTreeMap<Table, u64>,
    at: Instant,
    /// The import's own, in the names of its files.
    id: String,
    identities: BTreeMap<Table, Identity>,
    waiting: BTreeMap<Table, Vec<RecordBatch>>,
}

impl Staged {
    fn new(lake: Lake, source: String, at: Instant) -> Result<Staged, LakeError> {
        let id = uuid::Uuid::new_v4();
        let identity = |table: &Table| Ok((*table, Identity::new(Layout::of(*table), id.as_u64_pair())?));
        Ok(Staged {
            lake,
            source,
            parts: Vec::new(),
            entries: BTreeMap::new(),
            entry_file: EntryFile::new()?,
            came: BTreeMap::new(),
            at,
            id: id.simple().to_string(),
            identities: Table::ALL.iter().map(identity).collect::<Result<_, LakeError>>()?,
            waiting: BTreeMap::new(),
        })
    }

    fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), LakeError> {
        let batch = with_delivery(Layout::of(table), &conform(batch, table)?, self.at)?;
        *self.came.entry(table).or_default() += batch.num_rows() as u64;
        let waiting = self.waiting.entry(table).or_default();
        waiting.push(batch);
        if STAGED_ROWS <= waiting.iter().map(RecordBatch::num_rows).sum() {
            self.stage(table)?;
        }
        Ok(())
    }

    /// Writes the waiting rows of a table into files, one a month.
    fn stage(&mut self, table: Table) -> Result<(), LakeError> {
        let layout = Layout::of(table);
        let batches = self.waiting.remove(&table).unwrap_or_default();
        by_month(layout, &batches)?.into_iter().try_for_each(|month| self.stage_month(layout, &batches, month))
    }

    fn stage_month(
        &mut self,
        layout: &'static Layout,
        batches: &[RecordBatch],
        rows: OfMonth,
    ) -> Result<(), LakeError> {
        let number = self.parts.len();
        let identity = &self.identities[&layout.table];
        let months = self.entries.len();
        let entries = match self.entries.entry((layout.table, rows.month.clone())) {
            Slot::Occupied(slot) => slot.into_mut(),
            Slot::Vacant(_) if MOST_MONTHS <= months => return Err(LakeError::Months { most: MOST_MONTHS }),
            Slot::Vacant(slot) => slot.insert(Entries::default()),
        };
        let (mut writer, mut first) = (PartWriter::new(layout)?, 0);
        for slice in rows.slices(batches) {
            let slice = slice?;
            writer.push(&slice)?;
            let delivered = slice[DELIVERED].as_primitive::<TimestampMicrosecondType>();
            let hashes = identity.names(&slice)?.into_iter().zip(identity.contents(&slice)?);
            for (row, (name, content)) in hashes.enumerate() {
                let (delivered, file, row) = (delivered.value(row), number as u32, first + row as u32);
                entries.push(&mut self.entry_file, Entry { name, delivered, file, row, content })?;
            }
            first += slice.num_rows() as u32;
        }
        let path = part_path(layout, rows.month.as_deref(), &format!("{}-{number:06}", self.id));
        let (bytes, part) = writer.finish(path, rows.month)?;
        self.lake.runtime.block_on(self.lake.put(&part.path, bytes))?;
        self.parts.push((layout.table, part));
        Ok(())
    }

    /// What tells the names of a table's rows.
    pub fn identity(&self, table: Table) -> &Identity {
        &self.identities[&table]
    }

    /// A name for a file that is written anew.
    pub fn another_path(&self, layout: &Layout, month: Option<&str>) -> String {
        part_path(layout, month, &uuid::Uuid::new_v4().simple().to_string())
    }
}

/// Where a file of a table lies, by a name of its own.
pub(crate) fn part_path(layout: &Layout, month: Option<&str>, stem: &str) -> String {
    let table = layout.table.name();
    match (layout.by_month(), month) {
        (false, _) => format!("{table}/{stem}.parquet"),
        (true, Some(month)) => format!("{table}/month={month}/{stem}.parquet"),
        (true, None) => format!("{table}/month=__HIVE_DEFAULT_PARTITION__/{stem}.parquet"),
    }
}

/// The rows with the columns of delivery: delivered now where they do not say when.
fn with_delivery(layout: &Layout, rows: &RecordBatch, at: Instant) -> Result<RecordBatch, LakeError> {
    let column = |field: &arrow_schema::Field| -> ArrayRef {
        let given = rows.column_by_name(field.name());
        match (field.name().as_str(), given) {
            (DELIVERED, given) => {
                let given = given.map(|given| given.as_primitive::<TimestampMicrosecondType>());
                let of_row = |row| given.filter(|given| given.is_valid(row)).map_or(at.0, |given| given.value(row));
                let filled: TimestampMicrosecondArray = (0..rows.num_rows()).map(|row| Some(of_row(row))).collect();
                Arc::new(filled.with_timezone("UTC"))
            }
            // Whoever keeps the rows says since when they do not hold: not the rows themselves.
            (SUPERSEDED, _) | (_, None) => new_null_array(field.data_type(), rows.num_rows()),
            (_, Some(given)) => Arc::clone(given),
        }
    };
    let columns = layout.schema.fields().iter().map(|field| column(field)).collect();
    Ok(RecordBatch::try_new(Arc::clone(&layout.schema), columns)?)
}
