//! A record folder being written: there whole, or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use longshore_contacts::parquet::{Writer, write};
use longshore_contacts::{ContactsError, Manifest, Table};

use crate::failure::Failure;

/// A record folder being written: under another name until it is whole. Dropped before, it is taken away again.
pub struct RecordFolder {
    out: PathBuf,
    partial: PathBuf,
    writers: BTreeMap<Table, (PathBuf, Writer<BufWriter<File>>, u64)>,
    finished: bool,
}

impl RecordFolder {
    /// Begins a folder that is not there yet, with these tables. A table without rows is there too: none happened, which is
    /// not the same as not known.
    pub fn begin(out: &Path, tables: &[Table]) -> Result<RecordFolder, Failure> {
        if out.exists() {
            return Err(Failure::input(anyhow::anyhow!(
                "`{}` is there already; name a folder that is not",
                out.display()
            )));
        }
        let name = out
            .file_name()
            .ok_or_else(|| Failure::input(anyhow::anyhow!("`{}` is no folder's name", out.display())))?;
        let partial = out.with_file_name(format!(".{}.partial-{}", name.to_string_lossy(), std::process::id()));
        let mut folder = RecordFolder { out: out.to_owned(), partial, writers: BTreeMap::new(), finished: false };
        for table in tables {
            folder.open(*table)?;
        }
        Ok(folder)
    }

    fn open(&mut self, table: Table) -> Result<(), Failure> {
        let path = self.partial.join(table.name()).join("part-00000.parquet");
        let within = path.parent().expect("the file lies in its table's folder");
        fs::create_dir_all(within).map_err(|error| Failure::of_file(within, error))?;
        let file = File::create_new(&path).map_err(|error| Failure::of_file(&path, error))?;
        let writer = write(BufWriter::new(file), table).map_err(|error| not_written(&path, error))?;
        self.writers.insert(table, (path, writer, 0));
        Ok(())
    }

    /// Adds rows.
    pub fn push(&mut self, table: Table, batch: &RecordBatch) -> Result<(), Failure> {
        if !self.writers.contains_key(&table) {
            self.open(table)?;
        }
        let (path, writer, rows) = self.writers.get_mut(&table).expect("it was just opened");
        *rows += batch.num_rows() as u64;
        writer.push(batch).map_err(|error| not_written(path, error))
    }

    /// Where another file of the folder is to be written.
    pub fn path_of(&self, name: &str) -> Result<PathBuf, Failure> {
        fs::create_dir_all(&self.partial).map_err(|error| Failure::of_file(&self.partial, error))?;
        Ok(self.partial.join(name))
    }

    /// Ends all files, writes the manifest, and gives the folder its name. Returns the rows of each table.
    pub fn finish(mut self, manifest: &Manifest) -> Result<Vec<(Table, u64)>, Failure> {
        let mut rows = Vec::new();
        for (table, (path, writer, count)) in std::mem::take(&mut self.writers) {
            let written = writer.finish().map_err(|error| not_written(&path, error))?;
            let file = written.into_inner().map_err(|error| Failure::of_file(&path, error.into_error()))?;
            file.sync_all().map_err(|error| Failure::of_file(&path, error))?;
            rows.push((table, count));
        }
        let path = self.path_of(Manifest::FILE_NAME)?;
        fs::write(&path, manifest.to_json()).map_err(|error| Failure::of_file(&path, error))?;
        fs::rename(&self.partial, &self.out).map_err(|error| Failure::of_file(&self.out, error))?;
        self.finished = true;
        Ok(rows)
    }
}

impl Drop for RecordFolder {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

fn not_written(path: &Path, error: ContactsError) -> Failure {
    Failure::Outside(anyhow::Error::new(error).context(format!("`{}`", path.display())))
}
