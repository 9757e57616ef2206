//! A lake that keeps the rows of an import.

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use jiff::Timestamp;
use longshore_contacts::Table;
use longshore_import::{Origin, Reject};
use longshore_lake::{About, Became, Import, ImportedFile, Lake, LakeError, Outcome};
use longshore_units::{Instant, plural};

use crate::digest::{self, Digests};
use crate::failure::Failure;
use crate::keeping::{Imported, Keeper};
use crate::lakes::failure;

/// Keeps rows in a lake.
pub struct KeepLake {
    into: PathBuf,
    about: About,
    /// None as long as there is no lake: it is made with the first row, so that a file of another format makes none.
    import: Option<Import>,
    digests: Digests,
}

impl KeepLake {
    /// Begins an import into a lake, which is made where nothing is.
    pub fn begin(into: &Path, format: &str, origin: &Origin, reading: String) -> Result<KeepLake, Failure> {
        let about = About {
            format: format.to_owned(),
            source: origin.source.clone(),
            reading,
            zone: origin.zone.name().to_owned(),
            at: Instant(Timestamp::now().as_microsecond()),
        };
        let import = match Lake::open(&into.to_string_lossy()) {
            Ok(lake) => Some(lake.import(about.clone()).map_err(failure)?),
            Err(LakeError::NoLake { .. }) => None,
            Err(error) => return Err(failure(error)),
        };
        Ok(KeepLake { into: into.to_owned(), about, import, digests: Digests::default() })
    }

    fn begun(&mut self) -> Result<&mut Import, Failure> {
        let import = match self.import.take() {
            Some(import) => import,
            None => {
                let lake = Lake::open_or_create(&self.into.to_string_lossy()).map_err(failure)?;
                lake.import(self.about.clone()).map_err(failure)?
            }
        };
        Ok(self.import.insert(import))
    }
}

impl Keeper for KeepLake {
    fn knows(&mut self, path: &Path) -> Result<bool, Failure> {
        if path.as_os_str() == "-" {
            return Ok(false); // What comes through a pipe is read once.
        }
        let about = std::fs::metadata(path).map_err(|error| Failure::of_file(path, error))?;
        if !about.is_file() {
            return Ok(false); // So is what comes through one that has a name.
        }
        let bytes = about.len();
        if let Some(import) = self.import.as_ref().filter(|import| import.knows_size(bytes)) {
            let file = digest::digested(path, bytes).map_err(|error| Failure::of_file(path, error))?;
            if import.knows(&file) {
                return Ok(true);
            }
        }
        // It is new, and read while its digest is found.
        self.digests.begin(path, bytes);
        Ok(false)
    }

    fn carried(&self) -> String {
        self.import.as_ref().map_or_else(String::new, |import| import.carried().to_owned())
    }

    fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), Failure> {
        self.begun()?.take(table, batch).map_err(failure)
    }

    fn reject(&mut self, reject: &Reject) -> Result<(), Failure> {
        let Reject { file, line, field, reason } = reject;
        let field = field.as_deref().unwrap_or_default();
        self.begun()?.reject([file, &line.to_string(), field, reason]).map_err(failure)
    }

    fn commit(mut self: Box<Self>, import: &Imported<'_>) -> Result<Vec<String>, Failure> {
        self.begun()?;
        let KeepLake { into, import: keeping, digests, .. } = *self;
        let keeping = keeping.ok_or_else(|| Failure::Bug(anyhow::anyhow!("an import that has begun is none")))?;
        let digests = digests.finish()?;
        let piped = || ImportedFile { name: "standard input".to_owned(), bytes: 0, digest: String::new() };
        let files = import.files.iter().map(|path| digests.get(path).cloned().unwrap_or_else(piped)).collect();
        let Outcome { number, rows } = keeping.commit(files, import.carried).map_err(failure)?;
        let into = into.display();
        let Some(number) = number else { return Ok(vec![format!("{into}: nothing new")]) };
        let mut lines = vec![format!("{into}: transaction {number}")];
        for (table, Became { came, kept, superseded }) in rows {
            let mut line = format!("  {}: {}", table.name(), plural(kept, "new row"));
            if kept < came {
                line.push_str(&format!(", {} known already", came - kept));
            }
            if 0 < superseded {
                line.push_str(&format!(", {superseded} replaced by newer ones"));
            }
            lines.push(line);
        }
        Ok(lines)
    }
}
