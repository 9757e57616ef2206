//! `longshore compare`: the options of a business case, sized, simulated, priced and ranked.

use indicatif::{ProgressBar, ProgressStyle};
use longshore_business_case::market_prices;
use longshore_compare::{CompareError, Progress};
use longshore_report::{Answer, CaseFolder, ComparisonJson};

use crate::arguments::Compare;
use crate::case_folder::Checked;
use crate::failure::Failure;
use crate::{case_folder, files, show};

/// More runs than any precision asks for.
const RUNS_MAX: u32 = 10_000;

pub fn run(arguments: &Compare) -> Result<(), Failure> {
    let Checked { case, texts, diagnostics, has } = case_folder::checked(&arguments.case, arguments.lang.into())?;
    let case = files::sound(case, texts.clone(), diagnostics)?;
    let runs = arguments.runs.unwrap_or(case.decide.runs);
    if runs == 0 || RUNS_MAX < runs {
        return Err(Failure::input(anyhow::anyhow!("--runs is a number from 1 to {RUNS_MAX}")));
    }
    let seed = arguments.seed.unwrap_or(case.decide.seed);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(super::threads(arguments.threads)?).build();
    let pool = pool.map_err(|error| Failure::Outside(error.into()))?;
    let bar = ProgressBar::new(0).with_style(
        ProgressStyle::with_template("{bar:40} {pos} of {len} runs, {eta} left")
            .map_err(|error| Failure::Bug(error.into()))?,
    );
    let progress = |Progress { done, of }: Progress| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let comparison = pool.install(|| longshore_compare::compare(&case, runs, seed, &progress).map_err(failed));
    bar.finish_and_clear(); // Before a failure is shown, too.
    let comparison = comparison?;
    let version = env!("CARGO_PKG_VERSION");
    let clauses = longshore_compare::dear_clauses(&case, &comparison, &texts, &market_prices());
    let folder = arguments.case.display().to_string();
    let answer = Answer::new(&comparison, &clauses, CaseFolder { path: &folder, has }, arguments.lang.into());
    if let Some(path) = &arguments.html {
        let page = longshore_report::page(&answer, &comparison, version).map_err(|error| Failure::Bug(error.into()))?;
        files::write(path, page.as_bytes())?;
    }
    if let Some(path) = &arguments.xlsx {
        let workbook = longshore_report::workbook(&answer, &comparison, &clauses);
        files::write(path, &workbook.map_err(|error| Failure::Bug(error.into()))?)?;
    }
    if arguments.json {
        show::json(&ComparisonJson::new(&comparison, &clauses, version))
    } else {
        show::text(&answer.text())
    }
}

/// What the simulator writes and the counter reads is ours to keep in step; all else comes from the case.
pub fn failed(error: CompareError) -> Failure {
    match error {
        CompareError::Records { .. } | CompareError::Count { .. } => Failure::Bug(error.into()),
        error => Failure::Input(error.into()),
    }
}
