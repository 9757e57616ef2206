//! Lakes in a build without them.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contacts::parquet::Batches;
use longshore_contract::Contract;
use longshore_counting::Counted;
use longshore_units::Zone;

use crate::failure::Failure;
use crate::portion::SourceFile;
use crate::records::Way;
use crate::together::Sets;

/// Whether rows that must know of each other may be more than memory holds.
pub const SPILLS: bool = false;

/// A lake, of which this build has none.
pub enum LakeSource {}

/// A file of one.
pub enum LakeFile {}

impl LakeFile {
    /// The table it holds rows of.
    pub fn table(&self) -> Table {
        match *self {}
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        match *self {}
    }

    /// Its rows.
    pub fn batches(&self, _: &Path, _: usize, _: Option<&[&str]>) -> Result<Batches, Failure> {
        match *self {}
    }
}

/// Whether a source is a lake: a folder with a lake's log, or the URL of one on an object storage.
pub fn is_lake(source: &Path) -> bool {
    source.to_str().is_some_and(|source| source.contains("://")) || source.join("_lake").is_dir()
}

/// Says that this build has memory alone.
pub fn together(
    _: Schema,
    _: Vec<Box<dyn Iterator<Item = Result<RecordBatch, Failure>> + Send>>,
    _: &[&str],
    way: Way,
) -> Result<Vec<Sets>, Failure> {
    Err(Failure::input(anyhow::anyhow!(
        "these are more rows that must know of each other than {} MiB of memory hold; the whole program, built with \
         `cargo build --release -p longshore`, sorts them on the disk, and `--memory` lets this one have more",
        way.memory >> 20
    )))
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

    /// Where it really lies.
    pub fn place(&self) -> Result<PathBuf, Failure> {
        match *self {}
    }

    /// Its files.
    pub fn files(&self) -> Result<Vec<SourceFile>, Failure> {
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
