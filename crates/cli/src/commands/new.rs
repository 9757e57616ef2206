//! `longshore new`: a business case's folder to fill in.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use longshore_business_case::{CaseFiles, blank, country, read, started};
use longshore_units::{Diagnostic, Exact};

use crate::arguments::New;
use crate::commands::catalog::unknown;
use crate::failure::Failure;
use crate::{files, observed, show};

/// Writes a case's folder; nothing that is there is touched.
pub fn run(arguments: &New) -> Result<(), Failure> {
    let asked = arguments.country.as_deref().map(|code| country(&code.to_uppercase()).ok_or_else(|| unknown(code)));
    let asked = asked.transpose()?;
    let mut signs = None;
    let written = match &arguments.from {
        Some(path) => vec![("program.toml".to_owned(), files::text(path)?.text.to_string())],
        None if !arguments.from_records.is_empty() => {
            let drafted = observed::drafted(&arguments.from_records, asked)?;
            signs = Some(drafted.signs);
            drafted.files
        }
        None => {
            let home = asked.or_else(|| country("US")).ok_or_else(|| unknown("US"))?;
            vec![("program.toml".to_owned(), blank(home))]
        }
    };
    let dollar = arguments.dollar.as_deref().map(dollar).transpose()?;
    let case = started("case", observed::texts("", written), dollar.as_ref(), arguments.lang.into());
    let (_, diagnostics) = read(&case);
    let found = |code: &str| diagnostics.iter().any(|found| found.code == code && found.is_error());
    if dollar.is_none() && found("B011") {
        let message =
            "published prices are in US dollars: add `--dollar RATE`, what one is worth in the case's currency";
        return Err(Failure::input(anyhow::anyhow!(message)));
    }
    if diagnostics.iter().filter(|found| found.is_error()).all(|found| found.code == "B001") && found("B001") {
        let message = "nobody published, in the case's currency or in dollars, what people cost where these customers' clocks \
                       are: nothing can be drafted. Take another currency with `--from`, or write the files by hand";
        return Err(Failure::input(anyhow::anyhow!(message)));
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        let texts = case.files.into_iter().map(|file| file.text).collect();
        return Err(Failure::Findings { texts, diagnostics });
    }
    write(&arguments.case, &case)?;
    let folder = arguments.case.display();
    let mut said = String::new();
    for file in &case.files {
        said += &format!("{folder}/{}\n", file.path);
    }
    if let Some(signs) = signs {
        said += &format!("\nWhat the records say of today:\n  {}\n", observed::told(&signs).join("\n  "));
    }
    said += &format!(
        "\nBegin with {folder}/program.toml; then `longshore check {folder}` and `longshore compare {folder}`.\n"
    );
    show::text(&said)
}

fn dollar(text: &str) -> Result<Exact, Failure> {
    let wrong = || Failure::input(anyhow::anyhow!("--dollar: `{text}` is no rate; write 0.92"));
    text.parse().ok().filter(|rate| Exact::zero() < *rate).ok_or_else(wrong)
}

/// Writes the files into a folder that is new or empty, each only where none is.
fn write(folder: &Path, case: &CaseFiles) -> Result<(), Failure> {
    if folder.exists() {
        let mut entries = fs::read_dir(folder).map_err(|error| Failure::of_file(folder, error))?;
        if entries.next().is_some() {
            let message = format!("`{}` is there and not empty; name a folder that is not", folder.display());
            return Err(Failure::input(anyhow::anyhow!(message)));
        }
    }
    for file in &case.files {
        let path = folder.join(&file.path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| Failure::of_file(parent, error))?;
        let mut written = File::create_new(&path).map_err(|error| Failure::of_file(&path, error))?;
        written.write_all(file.text.text.as_bytes()).map_err(|error| Failure::of_file(&path, error))?;
    }
    Ok(())
}
