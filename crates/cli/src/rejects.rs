//! Rows that were not understood: written to a file, and told by their reasons.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use longshore_import::Reject;

use crate::failure::Failure;

/// A CSV file of rejects being written: under another name until it is whole.
pub struct RejectsFile {
    path: PathBuf,
    partial: PathBuf,
    writer: Option<csv::Writer<BufWriter<File>>>,
}

impl RejectsFile {
    /// Begins a file, which replaces one that is there.
    pub fn begin(path: &Path) -> Result<RejectsFile, Failure> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.partial", std::process::id()));
        let partial = path.with_file_name(name);
        let file = File::create(&partial).map_err(|error| Failure::of_file(path, error))?;
        let mut file = RejectsFile {
            path: path.to_owned(),
            partial,
            writer: Some(csv::Writer::from_writer(BufWriter::new(file))),
        };
        file.write(["file", "line", "field", "reason"])?;
        Ok(file)
    }

    /// Adds a row that was not understood.
    pub fn push(&mut self, reject: &Reject) -> Result<(), Failure> {
        let Reject { file, line, field, reason } = reject;
        self.write([file, &line.to_string(), field.as_deref().unwrap_or_default(), reason])
    }

    fn write(&mut self, cells: [&str; 4]) -> Result<(), Failure> {
        let writer = self.writer.as_mut().expect("it is not finished");
        writer.write_record(cells).map_err(|error| Failure::of_file(&self.path, error.into()))
    }

    /// Gives the file its name.
    pub fn finish(mut self) -> Result<(), Failure> {
        let failed = |error: std::io::Error| Failure::of_file(&self.path, error);
        if let Some(mut writer) = self.writer.take() {
            writer.flush().map_err(failed)?;
        }
        std::fs::rename(&self.partial, &self.path).map_err(failed)
    }
}

impl Drop for RejectsFile {
    /// What did not become whole is taken away again.
    fn drop(&mut self) {
        if self.writer.is_some() {
            let _ = std::fs::remove_file(&self.partial);
        }
    }
}

/// How many rows were not understood, by what was wrong with them.
#[derive(Default)]
pub struct Reasons {
    count: u64,
    reasons: BTreeMap<(String, String), u64>,
}

impl Reasons {
    /// The most reasons that are told apart.
    const MOST: usize = 1000;

    /// One more.
    pub fn add(&mut self, reject: &Reject) {
        self.count += 1;
        let key = (reject.field.clone().unwrap_or_default(), without_quotes(&reject.reason));
        let told = self.reasons.len();
        match self.reasons.get_mut(&key) {
            Some(count) => *count += 1,
            None if told < Reasons::MOST => {
                self.reasons.insert(key, 1);
            }
            None => {}
        }
    }

    /// How many.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The commonest, a line each.
    pub fn lines(&self) -> Vec<String> {
        const SHOWN: usize = 10;
        let mut reasons: Vec<_> = self.reasons.iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let line = |((field, reason), count): &(&(String, String), &u64)| match field.as_str() {
            "" => format!("{count:>10}  {reason}"),
            field => format!("{count:>10}  {field}: {reason}"),
        };
        let mut lines: Vec<String> = reasons.iter().take(SHOWN).map(line).collect();
        let shown: u64 = reasons.iter().take(SHOWN).map(|(_, count)| **count).sum();
        if shown < self.count {
            lines.push(format!("{:>10}  for other reasons", self.count - shown));
        }
        lines
    }
}

/// A reason without what it quotes of its row, so that rows of one kind are counted together. Names of ours stay.
fn without_quotes(reason: &str) -> String {
    let is_ours =
        |quoted: &str| !quoted.is_empty() && quoted.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let parts = reason.split('`').enumerate().map(|(position, part)| match position % 2 {
        1 if is_ours(part) => format!("`{part}`"),
        1 => "`…`".to_owned(),
        _ => part.to_owned(),
    });
    parts.collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_together_whatever_they_quote() {
        let reject = |line: u64, reason: &str| Reject {
            file: "calls.csv".to_owned(),
            line,
            field: Some("Start".to_owned()),
            reason: reason.to_owned(),
        };
        let mut reasons = Reasons::default();
        reasons.add(&reject(2, "`offered_at`: `12` is no day with a time"));
        reasons.add(&reject(3, "`offered_at`: `13` is no day with a time"));
        reasons.add(&reject(4, "`ended_at` lies before `offered_at`"));
        assert_eq!(
            reasons.lines(),
            [
                "         2  Start: `offered_at`: `…` is no day with a time",
                "         1  Start: `ended_at` lies before `offered_at`"
            ]
        );
        assert_eq!(reasons.count(), 3);
    }

    #[test]
    fn a_file_is_there_once_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rejects.csv");
        let entries = || std::fs::read_dir(folder.path()).unwrap().count();
        drop(RejectsFile::begin(&path).unwrap());
        assert_eq!(entries(), 0);
        let mut file = RejectsFile::begin(&path).unwrap();
        let reject = Reject { file: "a,b.csv".to_owned(), line: 7, field: None, reason: "no value".to_owned() };
        file.push(&reject).unwrap();
        assert!(!path.exists());
        file.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "file,line,field,reason\n\"a,b.csv\",7,,no value\n");
        assert_eq!(entries(), 1);
    }
}
