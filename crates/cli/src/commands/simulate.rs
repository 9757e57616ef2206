//! `longshore simulate`: one run of an option, as a record folder.

use arrow_array::RecordBatch;
use indicatif::ProgressBar;
use longshore_business_case::{BusinessCase, CaseFiles};
use longshore_compare::Plan;
use longshore_contacts::{Manifest, Table};
use longshore_simulation::{Columns, SimulationError, Sink};
use longshore_words::Language;
use sha2::{Digest, Sha256};

use crate::arguments::Simulate;
use crate::failure::Failure;
use crate::record_folder::RecordFolder;
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
    let mut folder = RecordFolder::begin(&arguments.out, &Table::ALL)?;
    let progress = ProgressBar::new_spinner();
    let mut sink = Folder { folder: &mut folder, progress: &progress };
    let recorded = longshore_compare::record(&future, &plan, arguments.seed, arguments.run, &mut sink);
    progress.finish_and_clear();
    recorded.map_err(|error| match error {
        SimulationError::Sink(failure) => failure,
        SimulationError::Scenario(reasons) => {
            let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
            Failure::input(anyhow::anyhow!("the option cannot be simulated: {}", reasons.join("; ")))
        }
        other => Failure::Bug(anyhow::anyhow!("{other}")),
    })?;
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

/// A record folder, and how far it is.
struct Folder<'f> {
    folder: &'f mut RecordFolder,
    progress: &'f ProgressBar,
}

impl Sink for Folder<'_> {
    type Error = Failure;

    fn wants(&self, _: Table) -> Option<Columns> {
        Some(Columns::All)
    }

    fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), Failure> {
        self.progress.inc(batch.num_rows() as u64);
        self.folder.push(table, &batch)
    }
}
