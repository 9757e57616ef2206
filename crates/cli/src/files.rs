//! Texts read from disk, and files written so that they are there whole or not at all.

use std::fs;
use std::path::Path;

use longshore_contract::Contract;
use longshore_units::{Diagnostic, Text};

use crate::failure::Failure;
use crate::show;

/// The largest text that is read: a contract is a thousandth of it, a year of five-minute counts a tenth.
const TEXT_BYTES_MAX: u64 = 64 << 20;

/// Reads a text.
pub fn text(path: &Path) -> Result<Text, Failure> {
    let file = fs::metadata(path).map_err(|error| Failure::of_file(path, error))?;
    if file.is_dir() {
        return Err(Failure::input(anyhow::anyhow!("`{}` is a folder, and a file is needed", path.display())));
    }
    if TEXT_BYTES_MAX < file.len() {
        let most = TEXT_BYTES_MAX >> 20;
        return Err(Failure::input(anyhow::anyhow!("`{}` is larger than {most} MiB", path.display())));
    }
    let bytes = fs::read(path).map_err(|error| Failure::of_file(path, error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::input(anyhow::anyhow!("`{}` is not UTF-8 text: byte {at} belongs to no character", path.display()))
    })?;
    // Some editors begin a file with a mark that is no part of its text.
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    Ok(Text::new(path.display().to_string(), text))
}

/// Reads a contract; shows its warnings; fails with all its mistakes.
pub fn contract(path: &Path) -> Result<Contract, Failure> {
    let text = text(path)?;
    let (contract, diagnostics) = longshore_contract::read(&text);
    sound(contract, vec![text], diagnostics)
}

/// What was read, with its warnings shown; or all mistakes.
pub fn sound<T>(read: Option<T>, texts: Vec<Text>, diagnostics: Vec<Diagnostic>) -> Result<T, Failure> {
    match read {
        Some(read) if !diagnostics.iter().any(Diagnostic::is_error) => {
            show::findings(&texts, &diagnostics);
            Ok(read)
        }
        _ => Err(Failure::Findings { texts, diagnostics }),
    }
}
