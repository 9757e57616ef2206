//! `longshore check`: every mistake and doubt in contracts and business cases.

use longshore_units::{Diagnostic, Label, Severity, Text};
use serde::Serialize;

use crate::arguments::Check;
use crate::failure::Failure;
use crate::{case_folder, files, show};

pub fn run(arguments: &Check) -> Result<(), Failure> {
    let (mut texts, mut diagnostics) = (Vec::new(), Vec::new());
    for path in &arguments.paths {
        if path.is_dir() {
            let checked = case_folder::checked(path)?;
            texts.extend(checked.texts);
            diagnostics.extend(checked.diagnostics);
        } else {
            let text = files::text(path)?;
            diagnostics.extend(longshore_contract::read(&text).1);
            texts.push(text);
        }
    }
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    if arguments.json {
        show::json(&diagnostics.iter().map(|diagnostic| DiagnosticJson::new(&texts, diagnostic)).collect::<Vec<_>>())?;
        return if errors == 0 { Ok(()) } else { Err(Failure::Findings { texts, diagnostics: Vec::new() }) };
    }
    if errors > 0 {
        return Err(Failure::Findings { texts, diagnostics });
    }
    show::findings(&texts, &diagnostics);
    let warnings = diagnostics.len();
    show::text(&match warnings {
        0 => "Nothing found.\n".to_owned(),
        1 => "No mistakes, 1 warning: a reading was taken where the text leaves it open.\n".to_owned(),
        _ => format!("No mistakes, {warnings} warnings: readings were taken where the text leaves them open.\n"),
    })
}

/// A diagnostic: `{"code","severity","message","at":{"file","line","column","text"},"related":[…],"help"}`. Lines and
/// columns count from 1, columns in characters.
#[derive(Serialize)]
struct DiagnosticJson<'d> {
    code: &'d str,
    severity: &'static str,
    message: &'d str,
    at: PlaceJson<'d>,
    related: Vec<PlaceJson<'d>>,
    help: Option<&'d str>,
}

#[derive(Serialize)]
struct PlaceJson<'d> {
    file: &'d str,
    line: usize,
    column: usize,
    text: &'d str,
}

impl<'d> DiagnosticJson<'d> {
    fn new(texts: &[Text], diagnostic: &'d Diagnostic) -> DiagnosticJson<'d> {
        DiagnosticJson {
            code: diagnostic.code,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            at: place(texts, &diagnostic.primary),
            related: diagnostic.related.iter().map(|label| place(texts, label)).collect(),
            help: diagnostic.help.as_deref(),
        }
    }
}

fn place<'d>(texts: &[Text], label: &'d Label) -> PlaceJson<'d> {
    let text = texts.iter().find(|text| text.name == label.file).map_or("", |text| &text.text);
    let before = &text[..label.span.start.min(text.len())];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    PlaceJson {
        file: &label.file,
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        text: &label.text,
    }
}
