//! The `longshore` command: the only place that knows terminals, arguments and files.

mod arguments;
mod case_folder;
mod commands;
mod failure;
mod files;
mod records;
mod show;

use std::panic::catch_unwind;
use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;
use failure::Failure;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Asking for help is no mistake.
            let asked = !error.use_stderr();
            let _ = error.print();
            return if asked { ExitCode::SUCCESS } else { ExitCode::from(failure::INPUT) };
        }
    };
    match catch_unwind(|| commands::run(arguments)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(Failure::Closed)) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            show::failure(&failure);
            ExitCode::from(failure.exit_code())
        }
        // The panic has said where; it is a mistake of ours.
        Err(_) => ExitCode::from(failure::BUG),
    }
}
