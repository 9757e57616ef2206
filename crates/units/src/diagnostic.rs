//! What is wrong with a text, where, and what to do: as data. How it is drawn is the caller's business.

use std::ops::Range;
use std::sync::Arc;

/// A text that was read, and the name it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// A file's path as the user gave it.
    pub name: Arc<str>,
    /// All of it.
    pub text: Arc<str>,
}

impl Text {
    /// A text by that name.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Text {
        Text { name: name.into(), text: text.into() }
    }

    /// The bytes of the line that begins at or just after a byte, without its end. Empty lines between are passed over.
    pub fn line_at(&self, start: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let is_end = |at: &usize| matches!(bytes[*at], b'\n' | b'\r');
        let start = (start..bytes.len()).find(|at| !is_end(at)).unwrap_or(bytes.len());
        let end = (start..bytes.len()).find(is_end).unwrap_or(bytes.len());
        start..end
    }
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A reading was taken where the text leaves it open; the result stands on it.
    Warning,
    /// The text cannot be used.
    Error,
}

/// A place in a text, and what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The text's name.
    pub file: Arc<str>,
    /// Bytes, half-open.
    pub span: Range<usize>,
    /// What is there, in a few words; may be empty.
    pub text: String,
}

/// One mistake or doubt in a text that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable: `longshore explain C012` shows `docs/diagnostics/C012.md`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// One phrase that suffices if nothing else is read.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// What it disagrees with.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at one place.
    pub fn error(code: &'static str, message: impl Into<String>, primary: Label) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary,
            related: Vec::new(),
            help: None,
        }
    }

    /// A warning at one place.
    pub fn warning(code: &'static str, message: impl Into<String>, primary: Label) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message, primary) }
    }

    /// The same, with what to do.
    pub fn with_help(self, help: impl Into<String>) -> Diagnostic {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// The same, with another place it disagrees with.
    pub fn with_related(mut self, label: Label) -> Diagnostic {
        self.related.push(label);
        self
    }

    /// Whether this makes the text unusable.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_at_or_after_a_byte() {
        let text = Text::new("quantities.csv", "month\r\n\n2027-01\n");
        for (start, line) in [(0, "month"), (5, "2027-01"), (8, "2027-01"), (15, ""), (99, "")] {
            assert_eq!(&text.text[text.line_at(start)], line, "{start}");
        }
    }
}
