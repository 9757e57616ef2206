//! What was found wrong or doubtful while reading one file.

use std::ops::Range;
use std::sync::Arc;

use longshore_units::{Diagnostic, Label};

/// The codes of this crate's diagnostics; each has a page under `docs/diagnostics`.
pub const CODES: [&str; 8] = ["T001", "T002", "T003", "T004", "T005", "T006", "T007", "T008"];

/// The findings of one file, in the order they were made.
#[derive(Clone, Debug)]
pub struct Findings {
    file: Arc<str>,
    all: Vec<Diagnostic>,
    errors: bool, // Invariant: whether any of them is an error.
}

impl Findings {
    /// None yet.
    pub fn of(file: impl Into<Arc<str>>) -> Findings {
        Findings { file: file.into(), all: Vec::new(), errors: false }
    }

    /// None yet, of the same file.
    pub fn of_same_file(&self) -> Findings {
        Findings::of(Arc::clone(&self.file))
    }

    /// All of them, in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all.iter()
    }

    /// A place in this file.
    pub fn label(&self, span: &Range<usize>, text: impl Into<String>) -> Label {
        Label { file: Arc::clone(&self.file), span: span.clone(), text: text.into() }
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.errors |= diagnostic.is_error();
        self.all.push(diagnostic);
    }

    /// Adds an error at a place, with what to do.
    pub fn error(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let label = self.label(span, "");
        self.push(Diagnostic::error(code, message, label).with_help(help));
    }

    /// Adds a warning at a place, with what to do.
    pub fn warning(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let label = self.label(span, "");
        self.push(Diagnostic::warning(code, message, label).with_help(help));
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.errors
    }

    /// All findings, in the order of their places in the file.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.all.sort_by(|a, b| (a.primary.span.start, a.code).cmp(&(b.primary.span.start, b.code)));
        self.all
    }
}
