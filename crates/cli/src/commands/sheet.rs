//! `longshore sheet`: the workbook that bidders fill in, and a filled one as a contract.

use std::path::Path;

use crate::arguments::Sheet;
use crate::failure::Failure;
use crate::{case_folder, files, show};

pub fn run(arguments: &Sheet) -> Result<(), Failure> {
    if arguments.what.is_dir() {
        let Some(out) = &arguments.out else {
            return Err(Failure::input(anyhow::anyhow!("name the workbook to write: --out quote.xlsx")));
        };
        let case = case_folder::case(&arguments.what)?;
        let workbook = longshore_price_sheet::write(&case).map_err(|error| Failure::Bug(error.into()))?;
        return write(out, &workbook, "the workbook that bidders fill in");
    }
    let sheet = files::sheet(&arguments.what)?;
    files::sound(sheet.contract, vec![sheet.text.clone()], sheet.diagnostics)?;
    match &arguments.out {
        Some(out) => write(out, sheet.text.text.as_bytes(), "the contract that the filled sheet comes to"),
        None => show::text(&sheet.text.text),
    }
}

/// Writes a file and says so, and what it is.
fn write(out: &Path, bytes: &[u8], what: &str) -> Result<(), Failure> {
    files::write(out, bytes)?;
    show::text(&format!("{}: {what}\n", out.display()))
}
