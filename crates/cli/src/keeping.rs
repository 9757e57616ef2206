//! Who keeps the rows of an import.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use jiff::civil::Date;
use longshore_contacts::{Manifest, Table};
use longshore_import::Reject;
use longshore_units::Zone;

use crate::failure::Failure;
use crate::record_folder::RecordFolder;
use crate::rejects::RejectsFile;

/// Who keeps the rows of an import. They are there once it is committed; dropped before, nothing has happened.
pub trait Keeper {
    /// Whether a file was kept before and read alike, so that it says nothing new.
    fn knows(&mut self, file: &Path) -> Result<bool, Failure>;

    /// What the last import of the source carried over; empty where there is nothing.
    fn carried(&self) -> String;

    /// Takes rows.
    fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), Failure>;

    /// Takes what was not understood.
    fn reject(&mut self, reject: &Reject) -> Result<(), Failure>;

    /// Makes it happen. Says what came of it, a line each.
    fn commit(self: Box<Self>, import: &Imported<'_>) -> Result<Vec<String>, Failure>;
}

/// An import that is read to its end.
pub struct Imported<'i> {
    /// The files that were read, in their order.
    pub files: &'i [PathBuf],
    /// How many rows were not understood.
    pub rejects: u64,
    /// What the next import of the source is to begin with; for who keeps more than one.
    #[allow(dead_code, reason = "record folders keep one import, and lakes are not in every build")]
    pub carried: &'i str,
    /// The zone of the days.
    pub zone: &'i Zone,
    /// The first and the last day of the rows; none where there are no rows.
    pub days: Option<(Date, Date)>,
}

/// Keeps rows in a record folder, and the rejects in it.
pub struct KeepFolder {
    out: PathBuf,
    folder: RecordFolder,
    rejects: Option<RejectsFile>,
}

impl KeepFolder {
    /// Begins a folder that is not there yet.
    pub fn begin(out: &Path) -> Result<KeepFolder, Failure> {
        Ok(KeepFolder { out: out.to_owned(), folder: RecordFolder::begin(out, &[])?, rejects: None })
    }
}

impl Keeper for KeepFolder {
    fn knows(&mut self, _: &Path) -> Result<bool, Failure> {
        Ok(false)
    }

    fn carried(&self) -> String {
        String::new()
    }

    fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), Failure> {
        self.folder.push(table, batch)
    }

    fn reject(&mut self, reject: &Reject) -> Result<(), Failure> {
        let rejects = match self.rejects.take() {
            Some(rejects) => rejects,
            None => RejectsFile::begin(&self.folder.path_of("rejects.csv")?)?,
        };
        self.rejects.insert(rejects).push(reject)
    }

    fn commit(mut self: Box<Self>, import: &Imported<'_>) -> Result<Vec<String>, Failure> {
        let Some((first_day, last_day)) = import.days else {
            return Err(Failure::input(anyhow::anyhow!("no row was understood, so that there is nothing to write")));
        };
        if let Some(rejects) = self.rejects.take() {
            rejects.finish()?;
        }
        let manifest = Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            case: None,
            option: None,
            seed: None,
            run: None,
            zone: import.zone.clone(),
            first_day,
            last_day,
        };
        let rows = self.folder.finish(&manifest)?;
        let rows: Vec<String> = rows.iter().map(|(table, rows)| format!("{rows} {}", table.name())).collect();
        // What is carried over has no place here: a folder holds one import. Contacts that still run are in it as such.
        Ok(vec![format!("{}: {}", self.out.display(), rows.join(", "))])
    }
}
