#![doc = include_str!("../README.md")]

mod annotation;
mod arguments;
mod case_folder;
mod commands;
mod coverage;
#[cfg(feature = "lake")]
mod digest;
mod failure;
mod files;
#[cfg(feature = "lake")]
mod keep_lake;
mod keeping;
#[cfg(feature = "lake")]
mod lakes;
#[cfg(not(feature = "lake"))]
#[path = "no_lakes.rs"]
mod lakes;
mod ledger_file;
mod measuring;
mod observed;
mod portion;
mod presence;
mod rating;
mod record_folder;
mod records;
mod rejects;
mod service;
mod show;
mod span;
mod together;

use std::panic::{self, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;
use failure::Failure;

/// Rows are made of many small texts: with the system's allocator imports take a third longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    panic::set_hook(Box::new(|panic| {
        if !longshore_contacts::parquet::is_guarded() && !longshore_workbook::is_guarded() {
            show::bug(&panic.to_string());
        }
    }));
    match catch_unwind(|| commands::run(arguments)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(Failure::Closed)) => ExitCode::SUCCESS,
        Ok(Err(failure)) => {
            show::failure(&failure);
            ExitCode::from(failure.exit_code())
        }
        // The hook has said where.
        Err(_) => ExitCode::from(failure::BUG),
    }
}
