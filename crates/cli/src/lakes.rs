//! Lakes as sources of records.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contacts::parquet::{Batches, ChunkReader, RecordFile};
use longshore_contract::Contract;
use longshore_counting::Counted;
use longshore_lake::{Lake, LakeError, Means, Part, Record, Rows, State, Terms};
use longshore_units::{Instant, Zone};

use crate::failure::Failure;
use crate::portion::SourceFile;
use crate::records::Way;
use crate::together::Sets;

/// How many rows the engine looks at together: fewer batches, of which each costs a little.
const BATCH_ROWS: usize = 1 << 15;

/// What sorting on the disk takes itself on each thread, at least.
const LEAST_MEMORY: usize = 64 << 20;

/// Whether rows that must know of each other may be more than memory holds.
pub const SPILLS: bool = true;

/// A lake in the state in which it was opened.
pub struct LakeSource {
    lake: Lake,
    state: State,
}

/// Whether a source is a lake: a folder with a lake's log, or the URL of one on an object storage.
pub fn is_lake(source: &Path) -> bool {
    source.to_str().is_some_and(|source| source.contains("://")) || source.join("_lake").is_dir()
}

/// A file of a lake.
pub struct LakeFile {
    lake: Lake,
    table: Table,
    part: Part,
}

impl LakeFile {
    /// The table it holds rows of.
    pub fn table(&self) -> Table {
        self.table
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.part.rows
    }

    /// Its rows. What lies elsewhere is fetched whole.
    pub fn batches(&self, path: &Path, batch_rows: usize, columns: Option<&[&str]>) -> Result<Batches, Failure> {
        match self.lake.folder() {
            Some(_) => {
                let file = File::open(path).map_err(|error| Failure::of_file(path, error))?;
                self.read(file, path, batch_rows, columns)
            }
            None => self.read(self.lake.fetch(&self.part).map_err(failure)?, path, batch_rows, columns),
        }
    }

    fn read<R: ChunkReader + 'static>(
        &self,
        bytes: R,
        path: &Path,
        batch_rows: usize,
        columns: Option<&[&str]>,
    ) -> Result<Batches, Failure> {
        let file = RecordFile::open_as(&bytes, self.table);
        let read = file.and_then(|file| file.read(bytes, 0..file.row_groups(), batch_rows, columns));
        read.map_err(|error| Failure::of_records(path, error))
    }
}

impl LakeSource {
    /// Opens a lake in its last state.
    pub fn open(source: &Path) -> Result<LakeSource, Failure> {
        let lake = Lake::open(&source.to_string_lossy()).map_err(failure)?;
        let state = lake.state().map_err(failure)?;
        Ok(LakeSource { lake, state })
    }

    /// Where it really lies.
    pub fn place(&self) -> Result<PathBuf, Failure> {
        match self.lake.folder() {
            Some(folder) => fs::canonicalize(&folder).map_err(|error| Failure::of_file(&folder, error)),
            None => Ok(PathBuf::from(self.lake.url())),
        }
    }

    /// Its files.
    pub fn files(&self) -> Result<Vec<SourceFile>, Failure> {
        let root = self.lake.folder().unwrap_or_else(|| PathBuf::from(self.lake.url()));
        let mut files = Vec::new();
        for table in Table::ALL {
            for part in self.lake.parts(&self.state, table).map_err(failure)? {
                let path = root.join(&part.path);
                files.push(SourceFile::of_lake(path, LakeFile { lake: self.lake.clone(), table, part }));
            }
        }
        Ok(files)
    }

    /// The zone of its sources' clocks; none where they are of several.
    pub fn zone(&self) -> Result<Option<Zone>, Failure> {
        let records = self.lake.records(&self.state).map_err(failure)?;
        let zones: BTreeSet<&str> =
            records.iter().filter_map(Record::imported).map(|imported| imported.zone.as_str()).collect();
        let mut zones = zones.into_iter();
        Ok(zones.next().filter(|_| zones.next().is_none()).and_then(|zone| Zone::named(zone).ok()))
    }

    /// Counts a contract's charges in some tables, within the query engine.
    pub fn count(
        &self,
        (contract, known): (&Contract, Option<Date>),
        through: Option<Date>,
        tables: &[Table],
        way: Way,
    ) -> Result<Counted, Failure> {
        let means = Means { batch_rows: BATCH_ROWS, ..means(way) };
        let view = self.lake.view(self.state.clone(), way.known, means).map_err(failure)?;
        view.count(&Terms { contract, known, through }, tables).map_err(failure)
    }
}

/// Rows of one schema in sets that each have all rows with the same values in some columns.
pub fn together(
    schema: Schema,
    parts: Vec<Box<dyn Iterator<Item = Result<RecordBatch, Failure>> + Send>>,
    by: &[&str],
    way: Way,
) -> Result<Vec<Sets>, Failure> {
    // The engine carries errors of its own alone: what failed in reading is told from here.
    let failed: Arc<Mutex<Option<Failure>>> = Arc::default();
    let rows = parts.into_iter().map(|part| {
        let failed = Arc::clone(&failed);
        let rows = part.map(move |batch| {
            batch.map_err(|failure| {
                failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(failure);
                "the records do not read".into()
            })
        });
        Box::new(rows) as Rows
    });
    let streams = longshore_lake::together(&Arc::new(schema), rows.collect(), by, means(way)).map_err(failure)?;
    let sets = streams.into_iter().map(|stream| {
        let failed = Arc::clone(&failed);
        let sets = stream.map(move |set| {
            set.map_err(|error| {
                let before = failed.lock().unwrap_or_else(PoisonError::into_inner).take();
                before.unwrap_or_else(|| failure(error))
            })
        });
        Box::new(sets) as Sets
    });
    Ok(sets.collect())
}

fn means(way: Way) -> Means {
    let memory = usize::try_from(way.memory).unwrap_or(usize::MAX).max(LEAST_MEMORY * way.threads);
    Means { threads: way.threads, memory, batch_rows: way.batch_rows }
}

/// The last instant of a day in UTC.
pub fn end_of_day(day: Date) -> Result<Instant, Failure> {
    let next = day.tomorrow().and_then(|next| next.to_zoned(jiff::tz::TimeZone::UTC)).map_err(Failure::input)?;
    Ok(Instant(next.timestamp().as_microsecond() - 1))
}

/// Whose fault it is that a lake does not do what it was asked for.
pub fn failure(error: LakeError) -> Failure {
    match error {
        LakeError::Store(_) | LakeError::Delta(_) | LakeError::Temporary(_) | LakeError::Busy { .. } => {
            Failure::Outside(error.into())
        }
        LakeError::Arrow(_) => Failure::Bug(error.into()),
        _ => Failure::input(error),
    }
}
