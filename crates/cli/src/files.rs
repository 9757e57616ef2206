//! Texts read from disk, and files written so that they are there whole or not at all.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use longshore_contract::Contract;
use longshore_price_sheet::Sheet;
use longshore_units::{Diagnostic, Text};

use crate::failure::Failure;
use crate::show;

/// The largest text that is read: a contract is a thousandth of it, a year of five-minute counts a tenth.
const TEXT_BYTES_MAX: u64 = 64 << 20;

/// Reads a file whole, within what any text has.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::of_file(path, error);
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(Failure::input(anyhow::anyhow!("`{}` is a folder, and a file is needed", path.display())));
    }
    // What a device or a pipe says of its length is no bound.
    let mut bytes = Vec::new();
    file.take(TEXT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
    if TEXT_BYTES_MAX < bytes.len() as u64 {
        let most = TEXT_BYTES_MAX >> 20;
        return Err(Failure::input(anyhow::anyhow!("`{}` is larger than {most} MiB", path.display())));
    }
    Ok(bytes)
}

/// Reads a text.
pub fn text(path: &Path) -> Result<Text, Failure> {
    let bytes = bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::input(anyhow::anyhow!("`{}` is not UTF-8 text: byte {at} belongs to no character", path.display()))
    })?;
    // Some editors begin a file with a mark that is no part of its text.
    Ok(Text::new(path.display().to_string(), text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// Whether a file is a price sheet, by its name.
pub fn is_sheet(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

/// Reads a filled price sheet.
pub fn sheet(path: &Path) -> Result<Sheet, Failure> {
    let bytes = bytes(path)?;
    Ok(longshore_price_sheet::read(&path.display().to_string(), &bytes))
}

/// Writes a file so that it is there whole or not at all.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error| Failure::of_file(path, error);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    let partial = path.with_file_name(name);
    let written = std::fs::write(&partial, bytes).and_then(|()| std::fs::rename(&partial, path));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&partial);
        failed(error)
    })
}

/// Reads a contract, or a filled price sheet; shows its warnings; fails with all its mistakes.
pub fn contract(path: &Path) -> Result<Contract, Failure> {
    if is_sheet(path) {
        let Sheet { contract, text, diagnostics, .. } = sheet(path)?;
        return sound(contract, vec![text], diagnostics);
    }
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
