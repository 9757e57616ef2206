//! Files of records, and the portions of them that threads read by themselves.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{BooleanArray, RecordBatch, new_null_array};
use arrow_select::filter::filter_record_batch;
use longshore_contacts::parquet::{Batches, RecordFile};
use longshore_contacts::{Table, known_on, not_superseded};
use longshore_units::Instant;

use crate::failure::Failure;
use crate::lakes::LakeFile;

/// A file of records: one on this machine whose footer was read, or one of a lake, which says itself what is in it.
pub struct SourceFile {
    /// Where it lies, for messages.
    pub path: PathBuf,
    of: Of,
}

#[cfg_attr(not(feature = "lake"), allow(dead_code, reason = "lakes are not in every build"))]
enum Of {
    Disk(RecordFile),
    Lake(Box<LakeFile>),
}

impl SourceFile {
    /// A file on this machine.
    pub fn on_disk(path: PathBuf, file: RecordFile) -> SourceFile {
        SourceFile { path, of: Of::Disk(file) }
    }

    /// A file of a lake.
    #[cfg(feature = "lake")]
    pub fn of_lake(path: PathBuf, file: LakeFile) -> SourceFile {
        SourceFile { path, of: Of::Lake(Box::new(file)) }
    }

    /// The table it holds rows of.
    pub fn table(&self) -> Table {
        match &self.of {
            Of::Disk(file) => file.table(),
            Of::Lake(file) => file.table(),
        }
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        match &self.of {
            Of::Disk(file) => file.rows(),
            Of::Lake(file) => file.rows(),
        }
    }

    /// Whether it is of a lake.
    pub fn is_of_lake(&self) -> bool {
        matches!(self.of, Of::Lake(_))
    }

    /// Its portions: the row groups of a file; of a lake, whose files are small, all of it.
    pub fn portions(self: &Arc<Self>) -> impl Iterator<Item = Portion> {
        let groups = match &self.of {
            Of::Disk(file) => file.row_groups(),
            Of::Lake(_) => 1,
        };
        let file = Arc::clone(self);
        (0..groups).map(move |group| Portion { file: Arc::clone(&file), group })
    }
}

/// What a thread reads by itself.
#[derive(Clone)]
pub struct Portion {
    file: Arc<SourceFile>,
    group: usize,
}

impl Portion {
    /// Where it lies, for messages.
    pub fn path(&self) -> &Path {
        &self.file.path
    }

    /// The table it holds rows of.
    pub fn table(&self) -> Table {
        self.file.table()
    }

    /// Its rows as they are, in batches of at most so many, with the asked-for columns alone.
    pub fn batches(
        &self,
        batch_rows: usize,
        columns: Option<&[&str]>,
    ) -> Result<impl Iterator<Item = Result<RecordBatch, Failure>> + Send + use<>, Failure> {
        let batches = match &self.file.of {
            Of::Disk(file) => {
                let open = File::open(self.path()).map_err(|error| Failure::of_file(self.path(), error))?;
                let read: Result<Batches, _> = file.read(open, self.group..self.group + 1, batch_rows, columns);
                read.map_err(|error| Failure::of_records(self.path(), error))?
            }
            Of::Lake(file) => file.batches(self.path(), batch_rows, columns)?,
        };
        let file = Arc::clone(&self.file);
        Ok(batches.map(move |batch| batch.map_err(|error| Failure::of_records(&file.path, error))))
    }

    /// Its rows as they were known at an instant; as they are, of history too, where none is named.
    pub fn read(
        &self,
        batch_rows: usize,
        columns: Option<&[&'static str]>,
        known: Option<Instant>,
    ) -> Result<impl Iterator<Item = Result<RecordBatch, Failure>> + Send + use<>, Failure> {
        let delivery = known.map_or(&[][..], |_| &["delivered_at", "superseded_at"]);
        let columns: Option<Vec<&str>> = columns.map(|columns| columns.iter().chain(delivery).copied().collect());
        let batches = self.batches(batch_rows, columns.as_deref())?;
        Ok(batches.map(move |batch| match known {
            Some(known) => as_known(&batch?, known),
            None => batch,
        }))
    }
}

/// The rows that no newer version has replaced.
pub fn holding(records: &RecordBatch) -> Result<RecordBatch, Failure> {
    let mask = not_superseded(records).map_err(Failure::input)?;
    filter_record_batch(records, &BooleanArray::from(mask)).map_err(|error| Failure::Bug(error.into()))
}

/// The rows that were valid at an instant. What has replaced them since is not known yet.
fn as_known(records: &RecordBatch, known: Instant) -> Result<RecordBatch, Failure> {
    let mask = known_on(records, known).map_err(Failure::input)?;
    let valid = filter_record_batch(records, &BooleanArray::from(mask)).map_err(|error| Failure::Bug(error.into()))?;
    let mut columns = valid.columns().to_vec();
    let position = valid.schema_ref().index_of("superseded_at").map_err(|error| Failure::Bug(error.into()))?;
    columns[position] = new_null_array(columns[position].data_type(), valid.num_rows());
    RecordBatch::try_new(valid.schema(), columns).map_err(|error| Failure::Bug(error.into()))
}
