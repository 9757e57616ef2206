//! A lake that keeps the rows of an import.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use jiff::Timestamp;
use longshore_contacts::Table;
use longshore_import::{Origin, Reject};
use longshore_lake::{About, Became, Import, ImportedFile, Lake, Outcome};
use longshore_units::{Instant, plural};
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::keeping::{Imported, Keeper};
use crate::lakes::failure;

/// Keeps rows in a lake.
pub struct KeepLake {
    into: PathBuf,
    import: Import,
    /// What is known of files that were looked at, by their paths.
    files: BTreeMap<PathBuf, ImportedFile>,
}

impl KeepLake {
    /// Begins an import into a lake, which is made where there is none.
    pub fn begin(into: &Path, format: &str, origin: &Origin, reading: String) -> Result<KeepLake, Failure> {
        let lake = Lake::open_or_create(&into.to_string_lossy()).map_err(failure)?;
        let about = About {
            format: format.to_owned(),
            source: origin.source.clone(),
            reading,
            zone: origin.zone.name().to_owned(),
            at: Instant(Timestamp::now().as_microsecond()),
        };
        let import = lake.import(about).map_err(failure)?;
        Ok(KeepLake { into: into.to_owned(), import, files: BTreeMap::new() })
    }
}

impl Keeper for KeepLake {
    fn knows(&mut self, path: &Path) -> Result<bool, Failure> {
        if path.as_os_str() == "-" {
            return Ok(false); // What comes through a pipe is read once.
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (bytes, digest) = digest(path).map_err(|error| Failure::of_file(path, error))?;
        let is_known = self.import.knows(&digest);
        self.files.insert(path.to_owned(), ImportedFile { name, bytes, digest });
        Ok(is_known)
    }

    fn carried(&self) -> String {
        self.import.carried().to_owned()
    }

    fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), Failure> {
        self.import.take(table, batch).map_err(failure)
    }

    fn reject(&mut self, reject: &Reject) -> Result<(), Failure> {
        let Reject { file, line, field, reason } = reject;
        self.import.reject([file, &line.to_string(), field.as_deref().unwrap_or_default(), reason]).map_err(failure)
    }

    fn commit(self: Box<Self>, import: &Imported<'_>) -> Result<Vec<String>, Failure> {
        let KeepLake { into, import: keeping, files } = *self;
        let piped = || ImportedFile { name: "standard input".to_owned(), bytes: 0, digest: String::new() };
        let files = import.files.iter().map(|path| files.get(path).cloned().unwrap_or_else(piped)).collect();
        let Outcome { number, rows } = keeping.commit(files, import.carried).map_err(failure)?;
        let into = into.display();
        let Some(number) = number else { return Ok(vec![format!("{into}: nothing new")]) };
        let mut lines = vec![format!("{into}: transaction {number}")];
        for (table, Became { came, kept, superseded }) in rows {
            let mut line = format!("  {}: {}", table.name(), plural(kept, "new row"));
            if kept < came {
                line.push_str(&format!(", {} known before", came - kept));
            }
            if 0 < superseded {
                line.push_str(&format!(", {superseded} replaced by newer ones"));
            }
            lines.push(line);
        }
        Ok(lines)
    }
}

/// How many bytes a file has, and their SHA-256 in hexadecimal digits.
fn digest(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut buffer, mut bytes) = (Sha256::new(), vec![0; 1 << 17], 0);
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok((bytes, hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()));
        }
        hasher.update(&buffer[..count]);
        bytes += count as u64;
    }
}
