//! A business case's folder, read from disk.

use std::fs;
use std::path::Path;

use longshore_business_case::{BusinessCase, CaseFile, CaseFiles, belongs, completed};
use longshore_report::OnDisk;
use longshore_units::{Diagnostic, Text};
use longshore_words::Language;

use crate::failure::Failure;
use crate::{files, observed};

/// The texts of a case's folder; with those that are drafted from the catalog, where it has volumes only, and named in a
/// language.
pub fn files(folder: &Path, language: Language) -> Result<CaseFiles, Failure> {
    Ok(completed(on_disk(folder)?, language))
}

/// The texts that a case's folder has; of a folder of records those that are drafted from them.
fn on_disk(folder: &Path) -> Result<CaseFiles, Failure> {
    let canonical = fs::canonicalize(folder).map_err(|error| Failure::of_file(folder, error))?;
    let id = canonical.file_name().map_or_else(|| "case".to_owned(), |name| name.to_string_lossy().into_owned());
    if observed::is_record_folder(folder) {
        return observed::files(folder, id);
    }
    let (mut paths, mut sheets): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for inner in ["", "options/", "contracts/", "history/"] {
        let place = folder.join(inner);
        if !inner.is_empty() && !place.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&place).map_err(|error| Failure::of_file(&place, error))? {
            let entry = entry.map_err(|error| Failure::of_file(&place, error))?;
            let path = format!("{inner}{}", entry.file_name().to_string_lossy());
            if belongs(&path) {
                paths.push(path);
            } else if inner == "contracts/" && files::is_sheet(Path::new(&path)) {
                sheets.push(path);
            }
        }
    }
    paths.sort();
    let file = |path: String| Ok(CaseFile { text: files::text(&folder.join(&path))?, path });
    let mut files: Vec<CaseFile> = paths.into_iter().map(file).collect::<Result<_, Failure>>()?;
    sheets.sort();
    for path in sheets {
        // A filled price sheet stands for the contract's text that it comes to.
        let sheet = files::sheet(&folder.join(&path))?;
        if sheet.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Failure::Findings { texts: vec![sheet.text], diagnostics: sheet.diagnostics });
        }
        files.push(CaseFile { path, text: sheet.text });
    }
    Ok(CaseFiles { id, files })
}

/// A case's folder, looked through.
pub struct Checked {
    /// The case, if nothing is wrong.
    pub case: Option<BusinessCase>,
    /// Its texts, for excerpts.
    pub texts: Vec<Text>,
    /// Everything wrong or doubtful.
    pub diagnostics: Vec<Diagnostic>,
    /// How much of it lies in the folder.
    pub has: OnDisk,
}

/// Looks a case's folder through. What is drafted is named in a language.
pub fn checked(folder: &Path, language: Language) -> Result<Checked, Failure> {
    let written = on_disk(folder)?;
    let count = written.files.len();
    let files = completed(written, language);
    let has = match count {
        _ if files.files.len() == count => OnDisk::Everything,
        1 => OnDisk::Program,
        _ => OnDisk::Beginnings,
    };
    let (case, diagnostics) = longshore_business_case::read(&files);
    Ok(Checked { case, texts: files.files.into_iter().map(|file| file.text).collect(), diagnostics, has })
}

/// A case that is sound; its warnings are shown.
pub fn case(folder: &Path) -> Result<BusinessCase, Failure> {
    let Checked { case, texts, diagnostics, .. } = checked(folder, Language::English)?;
    files::sound(case, texts, diagnostics)
}
