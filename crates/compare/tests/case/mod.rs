//! Cases for tests: read from folders, or of a few lines.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use longshore_business_case::{BusinessCase, CaseFile, CaseFiles, belongs, read};
use longshore_units::Text;

pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The files of a retailer with calls alone.
pub fn example_files() -> CaseFiles {
    files_of("phone-support")
}

/// The files of an example by the name of its folder.
pub fn files_of(id: &str) -> CaseFiles {
    let folder = root().join("examples").join(id);
    let mut paths: Vec<PathBuf> = Vec::new();
    for inner in ["", "options", "contracts", "history"] {
        let Ok(entries) = std::fs::read_dir(folder.join(inner)) else { continue };
        paths.extend(entries.map(|entry| Path::new(inner).join(entry.unwrap().file_name())));
    }
    paths.sort();
    let paths = paths.into_iter().map(|path| path.to_str().unwrap().to_owned()).filter(|path| belongs(path));
    let files = paths.map(|path| {
        let text = std::fs::read_to_string(folder.join(&path)).unwrap();
        CaseFile { text: Text::new(path.as_str(), text), path }
    });
    CaseFiles { id: id.to_owned(), files: files.collect() }
}

/// A case from its files, which must have no errors.
pub fn sound(files: &CaseFiles) -> BusinessCase {
    let (case, found) = read(files);
    let wrong: Vec<String> = found
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|d| format!("{} {} {:?}: {}", d.code, d.primary.file, d.primary.span, d.message))
        .collect();
    case.unwrap_or_else(|| panic!("{}", wrong.join("\n")))
}

/// The example, its files changed where `change` gives another text.
pub fn example(change: impl Fn(&str, &str) -> Option<String>) -> BusinessCase {
    of("phone-support", change)
}

/// An example by the name of its folder, its files changed where `change` gives another text.
pub fn of(id: &str, change: impl Fn(&str, &str) -> Option<String>) -> BusinessCase {
    sound(&changed(id, change))
}

/// The files of an example, changed where `change` gives another text, with or without mistakes.
pub fn changed(id: &str, change: impl Fn(&str, &str) -> Option<String>) -> CaseFiles {
    let mut files = files_of(id);
    for file in &mut files.files {
        if let Some(text) = change(&file.path, &file.text.text) {
            file.text = Text::new(file.path.as_str(), text);
        }
    }
    files
}

/// Files of a case by their paths and texts.
pub fn few_files<S: AsRef<str>>(id: &str, files: &[(&str, S)]) -> CaseFiles {
    let file = |(path, text): &(&str, S)| CaseFile { path: (*path).to_owned(), text: Text::new(*path, text.as_ref()) };
    CaseFiles { id: id.to_owned(), files: files.iter().map(file).collect() }
}

/// A case of a few files, which must have no errors.
pub fn of_files<S: AsRef<str>>(id: &str, files: &[(&str, S)]) -> BusinessCase {
    sound(&few_files(id, files))
}

/// A program of queues, each below its heading `[[queue]]`, in New York and its money.
pub fn program(name: &str, queues: &str) -> String {
    program_in("America/New_York", name, queues)
}

/// The same in another time zone.
pub fn program_in(zone: &str, name: &str, queues: &str) -> String {
    format!("name = \"{name}\"\ntime_zone = \"{zone}\"\ncurrency = \"USD\"\n{queues}")
}

/// Who does it now: a team of the buyer's own that handles queues, with further lines of its own.
pub fn own_team(team: &str, queues: &[&str]) -> String {
    let handles = |queue: &&str| format!("[[handles]]\nqueue = \"{queue}\"\nteam = \"own\"\n");
    let handles: String = queues.iter().map(handles).collect();
    format!(
        "name = \"Own team\"\n[[team]]\nname = \"own\"\nprovider = \"in-house\"\nlanguages = [\"en\"]\n{team}{handles}"
    )
}

/// What a paid hour of all own teams costs.
pub fn paid(amount: &str) -> String {
    format!(
        "[[cost]]\nwhat = \"pay\"\nkind = \"team\"\namount = \"{amount}\"\nper = \"paid hour\"\nsource = \"payroll\"\n"
    )
}
