//! The formats of cells, before the library writes them out.

use std::io::{BufReader, Cursor};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Refused;

/// The most bytes of all formats, each written out with all that it is shown by.
const FORMATS_MOST: usize = 64 << 20;

/// Refuses formats that are written out to more than any workbook has. The library keeps of each combination of formats a
/// copy of the texts that it names: one long text and many combinations that name it would fill any memory.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Refused> {
    let no_workbook = |error: &dyn std::error::Error| Refused::NoWorkbook(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| no_workbook(&error))?;
    // Whichever of them the library takes, each is within the bound.
    for position in 0..archive.len() {
        let part = archive.by_index(position).map_err(|error| no_workbook(&error))?;
        if !part.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("styles.xml")) {
            continue;
        }
        let mut reader = Reader::from_reader(BufReader::new(part));
        let config = reader.config_mut();
        (config.check_end_names, config.check_comments) = (false, false);
        let (mut longest, mut combinations, mut buffer) = (0, 0usize, Vec::new());
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(element) | Event::Empty(element)) => {
                    longest = longest.max(element.len());
                    combinations += usize::from(element.local_name().as_ref() == "xf");
                }
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) => break, // The library breaks here as well.
            }
        }
        if FORMATS_MOST < longest.saturating_mul(combinations) {
            return Err(Refused::Formats(FORMATS_MOST));
        }
    }
    Ok(())
}
