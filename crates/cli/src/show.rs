//! What the terminal shows: results on standard output, findings and failures on standard error.

use std::io::{self, IsTerminal, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use longshore_units::{Diagnostic, Label, Severity, Text};
use serde::Serialize;

use crate::failure::Failure;

/// The most findings that are drawn: a file that is something else altogether has one on every line.
const DRAWN_MAX: usize = 100;

/// Writes text to standard output.
pub fn text(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(not_written)
}

/// Writes a value to standard output as JSON, with a line break at its end. It is written as it goes: the figures of a year
/// by half hours are too many to be held as text.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let written = serde_json::to_writer_pretty(&mut out, value).map_err(|error| match error.io_error_kind() {
        Some(kind) => not_written(kind.into()),
        None => Failure::Bug(error.into()),
    });
    written.and_then(|()| out.write_all(b"\n").and_then(|()| out.flush()).map_err(not_written))
}

/// Whoever closes the pipe has read enough.
fn not_written(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::Closed,
        _ => Failure::Outside(anyhow::Error::new(error).context("standard output")),
    }
}

/// Writes findings to standard error, each with its excerpt.
pub fn findings(texts: &[Text], diagnostics: &[Diagnostic]) {
    let styled = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let _ = io::stderr().write_all(drawn(texts, diagnostics, styled).as_bytes());
}

/// Writes a remark to standard error.
pub fn note(note: &str) {
    let _ = io::stderr().write_all(format!("note: {note}\n").as_bytes());
}

/// Writes why a command failed to standard error.
pub fn failure(failure: &Failure) {
    let said = match failure {
        Failure::Findings { texts, diagnostics } => {
            findings(texts, diagnostics);
            let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
            format!(
                "{errors} mistake{} found; `longshore explain CODE` says more of each\n",
                if errors == 1 { "" } else { "s" }
            )
        }
        Failure::Input(error) | Failure::Outside(error) => format!("error: {}\n", chain(error)),
        Failure::Bug(error) => return bug(&chain(error)),
        Failure::Found | Failure::Told | Failure::Closed => String::new(),
    };
    let _ = io::stderr().write_all(said.as_bytes());
}

/// Writes to standard error that a promise of ours is broken.
pub fn bug(what: &str) {
    let said = format!("error: {what}\nThis is a mistake in longshore; please report it.\n");
    let _ = io::stderr().write_all(said.as_bytes());
}

fn chain(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Findings as text, each with its excerpt, an empty line after each.
fn drawn(texts: &[Text], diagnostics: &[Diagnostic], styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut drawn = String::new();
    for diagnostic in diagnostics.iter().take(DRAWN_MAX) {
        drawn.push_str(renderer.render(&report(texts, diagnostic)).trim_end());
        drawn.push_str("\n\n");
    }
    if DRAWN_MAX < diagnostics.len() {
        drawn.push_str(&format!("and {} more\n\n", diagnostics.len() - DRAWN_MAX));
    }
    drawn
}

fn report<'a>(texts: &'a [Text], diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code)
        .elements(Vec::<Snippet<'_, Annotation<'_>>>::new());
    let mut labels: Vec<(AnnotationKind, &Label)> = vec![(AnnotationKind::Primary, &diagnostic.primary)];
    labels.extend(diagnostic.related.iter().map(|label| (AnnotationKind::Context, label)));
    // Labels of one file share an excerpt; files stand in the order of their first label.
    let mut files: Vec<&str> = Vec::new();
    for (_, label) in &labels {
        if !files.contains(&&*label.file) {
            files.push(&label.file);
        }
    }
    for file in files {
        let Some(text) = texts.iter().find(|text| &*text.name == file) else { continue };
        let mut snippet = Snippet::source(&*text.text).path(&*text.name);
        for (kind, label) in labels.iter().filter(|(_, label)| &*label.file == file) {
            snippet = snippet.annotation(kind.span(first_line(&text.text, label)).label(label.text.as_str()));
        }
        group = group.element(snippet);
    }
    match &diagnostic.help {
        Some(help) => vec![group.element(Level::HELP.message(help.as_str()))],
        None => vec![group],
    }
}

/// A label's place, cut at the end of its first line: a whole table is named by its head.
fn first_line(text: &str, label: &Label) -> std::ops::Range<usize> {
    let start = label.span.start.min(text.len());
    let end = label.span.end.clamp(start, text.len());
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..end.min(line_end)
}
