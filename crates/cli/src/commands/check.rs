//! `longshore check`: every mistake and doubt in contracts and business cases, and what is dangerous in a contract.

use longshore_business_case::market_prices;
use longshore_contract::{Basis, Contract, Traffic};
use longshore_report::OnDisk;
use longshore_units::{Diagnostic, Label, Severity, Text, plural};
use longshore_words::Language;
use serde::Serialize;

use crate::arguments::Check;
use crate::failure::Failure;
use crate::{case_folder, files, show};

pub fn run(arguments: &Check) -> Result<(), Failure> {
    let (mut texts, mut diagnostics) = (Vec::new(), Vec::new());
    let market = market_prices();
    for path in &arguments.paths {
        if path.is_dir() {
            let checked = case_folder::checked(path, Language::English)?;
            if checked.has != OnDisk::Everything && !arguments.json {
                show::note(&format!(
                    "contracts, options and today's costs of `{}` are drafted from its program.toml: what is said of them \
                     points at files that are not on disk",
                    path.display()
                ));
            }
            diagnostics.extend(checked.diagnostics);
            if let Some(case) = &checked.case {
                for position in 0..case.contracts.len() {
                    let lints = longshore_compare::lints(case, position, &[], &checked.texts, &market);
                    diagnostics.extend(lints.into_iter().map(|lint| lint.diagnostic));
                }
            }
            texts.extend(checked.texts);
        } else {
            let basis = Basis { traffic: Traffic::reference(), is_own: false, market: &market, billed: &[] };
            let judged = |text: &Text, contract: Option<&Contract>| {
                let lints = contract.map_or(Vec::new(), |contract| longshore_contract::lint(text, contract, &basis));
                lints.into_iter().map(|lint| lint.diagnostic).collect::<Vec<_>>()
            };
            let text = if files::is_sheet(path) {
                let sheet = files::sheet(path)?;
                let judged = sheet.named(judged(&sheet.text, sheet.contract.as_ref()));
                diagnostics.extend(sheet.diagnostics.into_iter().chain(judged));
                sheet.text
            } else {
                let text = files::text(path)?;
                let (contract, findings) = longshore_contract::read(&text);
                diagnostics.extend(findings);
                diagnostics.extend(judged(&text, contract.as_ref()));
                text
            };
            texts.push(text);
        }
    }
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    if arguments.json {
        let lines: Vec<Lines> = texts.iter().map(Lines::of).collect();
        show::json(&diagnostics.iter().map(|diagnostic| DiagnosticJson::new(&lines, diagnostic)).collect::<Vec<_>>())?;
        return if errors == 0 { Ok(()) } else { Err(Failure::Told) };
    }
    if errors > 0 {
        return Err(Failure::Findings { texts, diagnostics });
    }
    show::findings(&texts, &diagnostics);
    show::text(&match diagnostics.len() {
        0 => "Nothing found.\n".to_owned(),
        warnings => format!("No mistakes, {}.\n", plural(warnings, "warning")),
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
    fn new(lines: &[Lines<'_>], diagnostic: &'d Diagnostic) -> DiagnosticJson<'d> {
        DiagnosticJson {
            code: diagnostic.code,
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            at: place(lines, &diagnostic.primary),
            related: diagnostic.related.iter().map(|label| place(lines, label)).collect(),
            help: diagnostic.help.as_deref(),
        }
    }
}

/// A text and where its lines begin, so that finding the line of a place does not take reading all before it.
struct Lines<'t> {
    text: &'t Text,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t Text) -> Lines<'t> {
        let after = text.text.match_indices('\n').map(|(at, _)| at + 1);
        Lines { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// Line and column of a byte, from 1.
    fn place(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.text.len());
        let line = self.starts.partition_point(|start| *start <= byte);
        (line, self.text.text[self.starts[line - 1]..byte].chars().count() + 1)
    }
}

fn place<'d>(lines: &[Lines<'_>], label: &'d Label) -> PlaceJson<'d> {
    let lines = lines.iter().find(|lines| lines.text.name == label.file);
    let (line, column) = lines.map_or((1, 1), |lines| lines.place(label.span.start));
    PlaceJson { file: &label.file, line, column, text: &label.text }
}
