//! Lakes as sources of records.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contacts::parquet::RecordFile;
use longshore_contract::Contract;
use longshore_counting::Counted;
use longshore_lake::{Lake, LakeError, Means, Record, State, Terms};
use longshore_units::{Instant, Zone};

use crate::failure::Failure;
use crate::records::Way;

/// How many rows the engine looks at together: fewer batches, of which each costs a little.
const BATCH_ROWS: usize = 1 << 15;

/// A lake in the state in which it was opened.
pub struct LakeSource {
    pub lake: Lake,
    pub state: State,
}

/// Whether a source is a lake: a folder with a lake's log.
pub fn is_lake(source: &Path) -> bool {
    source.join("_lake").is_dir()
}

impl LakeSource {
    /// Opens a lake in its last state.
    pub fn open(source: &Path) -> Result<LakeSource, Failure> {
        let lake = Lake::open(&source.to_string_lossy()).map_err(failure)?;
        let state = lake.state().map_err(failure)?;
        Ok(LakeSource { lake, state })
    }

    /// Its files.
    pub fn files(&self) -> Result<Vec<(PathBuf, RecordFile)>, Failure> {
        let mut files = Vec::new();
        for table in Table::ALL {
            for path in self.lake.paths(&self.state, table).map_err(failure)? {
                let file = std::fs::File::open(&path).map_err(|error| Failure::of_file(&path, error))?;
                let file = RecordFile::open_as(&file, table).map_err(|error| Failure::of_records(&path, error))?;
                files.push((path, file));
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
        let means = Means { threads: way.threads, batch_rows: BATCH_ROWS, ..Means::default() };
        let view = self.lake.view(self.state.clone(), way.known, means).map_err(failure)?;
        view.count(&Terms { contract, known, through }, tables).map_err(failure)
    }
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
