//! Lakes in a build without them.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contacts::parquet::RecordFile;
use longshore_contract::Contract;
use longshore_counting::Counted;
use longshore_units::Zone;

use crate::failure::Failure;
use crate::records::Way;

/// A lake, of which this build has none.
pub enum LakeSource {}

/// Whether a source is a lake: a folder with a lake's log.
pub fn is_lake(source: &Path) -> bool {
    source.join("_lake").is_dir()
}

/// What this build says of lakes.
pub fn absent() -> Failure {
    Failure::input(anyhow::anyhow!(
        "this build has no lakes: build the whole program with `cargo build --release -p longshore`, or work with record \
         folders (`import --out FOLDER`)"
    ))
}

impl LakeSource {
    /// Says that this build has none.
    pub fn open(_: &Path) -> Result<LakeSource, Failure> {
        Err(absent())
    }

    /// Its files.
    pub fn files(&self) -> Result<Vec<(PathBuf, RecordFile)>, Failure> {
        match *self {}
    }

    /// The zone of its sources' clocks.
    pub fn zone(&self) -> Result<Option<Zone>, Failure> {
        match *self {}
    }

    /// Counts a contract's charges in some tables.
    pub fn count(
        &self,
        _: (&Contract, Option<Date>),
        _: Option<Date>,
        _: &[Table],
        _: Way,
    ) -> Result<Counted, Failure> {
        match *self {}
    }
}
