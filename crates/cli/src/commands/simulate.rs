//! `longshore simulate`: one run of an option, as a record folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use indicatif::ProgressBar;
use longshore_business_case::{BusinessCase, CaseFiles};
use longshore_compare::Plan;
use longshore_contacts::parquet::{Writer, write};
use longshore_contacts::{ContactsError, Manifest, Table};
use longshore_simulation::{Columns, SimulationError, Sink};
use longshore_words::Language;
use sha2::{Digest, Sha256};

use crate::arguments::Simulate;
use crate::failure::Failure;
use crate::{case_folder, files, show};

pub fn run(arguments: &Simulate) -> Result<(), Failure> {
    let case_files = case_folder::files(&arguments.case, Language::English)?;
    let (case, diagnostics) = longshore_business_case::read(&case_files);
    let digest = digest(&case_files);
    let texts = case_files.files.into_iter().map(|file| file.text).collect();
    let case = files::sound(case, texts, diagnostics)?;
    let option = super::option(&case, &arguments.option)?;
    let position = case.options.iter().position(|other| other.id == option.id).expect("the option is the case's");
    if arguments.run == 0 {
        return Err(Failure::input(anyhow::anyhow!("runs count from 1")));
    }
    let future = longshore_compare::future(&case, arguments.seed, arguments.run);
    let plan = Plan::in_future(&case, &future, position).map_err(super::compare::failed)?;
    let mut folder = Folder::begin(&arguments.out)?;
    longshore_compare::record(&future, &plan, arguments.seed, arguments.run, &mut folder).map_err(
        |error| match error {
            SimulationError::Sink(failure) => failure,
            SimulationError::Scenario(reasons) => {
                let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                Failure::input(anyhow::anyhow!("the option cannot be simulated: {}", reasons.join("; ")))
            }
            other => Failure::Bug(anyhow::anyhow!("{other}")),
        },
    )?;
    let rows = folder.finish(&manifest(&case, &option.id, arguments, digest))?;
    let rows: Vec<String> = rows.iter().map(|(table, rows)| format!("{rows} {}", table.name())).collect();
    show::text(&format!("{}: {}\n", arguments.out.display(), rows.join(", ")))
}

fn manifest(case: &BusinessCase, option: &str, arguments: &Simulate, digest: String) -> Manifest {
    Manifest {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        case: Some(digest),
        option: Some(option.to_owned()),
        seed: Some(arguments.seed),
        run: Some(arguments.run),
        zone: case.zone.clone(),
        first_day: case.decide.starts,
        last_day: case.decide.last_day(),
    }
}

/// A name for the case's texts: each file's path and text, with their lengths.
fn digest(files: &CaseFiles) -> String {
    let mut digest = Sha256::new();
    for file in &files.files {
        for part in [file.path.as_str(), &*file.text.text] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
    }
    let hex: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// A record folder being written: under another name until it is whole.
struct Folder {
    out: PathBuf,
    partial: PathBuf,
    writers: BTreeMap<Table, (PathBuf, Writer<BufWriter<File>>, u64)>,
    progress: ProgressBar,
    finished: bool,
}

impl Folder {
    fn begin(out: &Path) -> Result<Folder, Failure> {
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
        let mut folder = Folder {
            out: out.to_owned(),
            partial,
            writers: BTreeMap::new(),
            progress: ProgressBar::new_spinner(),
            finished: false,
        };
        for table in Table::ALL {
            // A table without rows is there too: none happened, which is not the same as not known.
            let path = folder.partial.join(table.name()).join("part-00000.parquet");
            let within = path.parent().expect("the file lies in its table's folder");
            fs::create_dir_all(within).map_err(|error| Failure::of_file(within, error))?;
            let file = File::create_new(&path).map_err(|error| Failure::of_file(&path, error))?;
            let writer = write(BufWriter::new(file), table).map_err(|error| not_written(&path, error))?;
            folder.writers.insert(table, (path, writer, 0));
        }
        Ok(folder)
    }

    /// Ends all files, writes the manifest, and gives the folder its name. Returns the rows of each table.
    fn finish(mut self, manifest: &Manifest) -> Result<Vec<(Table, u64)>, Failure> {
        let mut rows = Vec::new();
        for (table, (path, writer, count)) in std::mem::take(&mut self.writers) {
            let written = writer.finish().map_err(|error| not_written(&path, error))?;
            let file = written.into_inner().map_err(|error| Failure::of_file(&path, error.into_error()))?;
            file.sync_all().map_err(|error| Failure::of_file(&path, error))?;
            rows.push((table, count));
        }
        let path = self.partial.join(Manifest::FILE_NAME);
        fs::write(&path, manifest.to_json()).map_err(|error| Failure::of_file(&path, error))?;
        fs::rename(&self.partial, &self.out).map_err(|error| Failure::of_file(&self.out, error))?;
        self.finished = true;
        Ok(rows)
    }
}

impl Drop for Folder {
    /// What did not become whole is taken away again.
    fn drop(&mut self) {
        self.progress.finish_and_clear();
        if !self.finished {
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

impl Sink for Folder {
    type Error = Failure;

    fn wants(&self, _: Table) -> Option<Columns> {
        Some(Columns::All)
    }

    fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), Failure> {
        let (path, writer, rows) = self.writers.get_mut(&table).expect("every table has a file");
        *rows += batch.num_rows() as u64;
        self.progress.inc(batch.num_rows() as u64);
        writer.push(&batch).map_err(|error| not_written(path, error))
    }
}

fn not_written(path: &Path, error: ContactsError) -> Failure {
    Failure::Outside(anyhow::Error::new(error).context(format!("`{}`", path.display())))
}
