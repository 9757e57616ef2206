//! The archive that a workbook is packed in.

use std::io::{Cursor, Read};

use crate::Refused;

/// The most parts that a workbook is packed from.
const PARTS_MOST: usize = 2_000;

/// The most bytes that a workbook unpacks to that is kept whole.
pub(crate) const UNPACKED_MOST: u64 = 64 << 20;

/// Refuses an archive that unpacks to more than any workbook holds. What it says of its own sizes is no bound, so all of it is
/// unpacked once.
pub(crate) fn check(bytes: &[u8], most: u64) -> Result<(), Refused> {
    let no_workbook = |error: &dyn std::error::Error| Refused::NoWorkbook(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| no_workbook(&error))?;
    if PARTS_MOST < archive.len() {
        return Err(Refused::Parts(archive.len()));
    }
    let mut left = most;
    for position in 0..archive.len() {
        let part = archive.by_index(position).map_err(|error| no_workbook(&error))?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|error| no_workbook(&error))?;
        left = left.checked_sub(unpacked).ok_or(Refused::Unpacked(most))?;
    }
    Ok(())
}
