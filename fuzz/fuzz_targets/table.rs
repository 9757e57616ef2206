//! A mapping and a table: the mapping reads or says why not, rows come or a reject each, and what is proposed reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use longshore_fuzz::import;
use longshore_import::{Input, Said, Stream, TableReader, guess, mapping};
use longshore_units::Text;

/// Most bytes are tables; a mapping stands before them where a line of dashes ends it.
const MAPPING: &str = include_str!("../../specs/import/bank-1999.toml");

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (said, table) = match text.split_once("\n----\n") {
        Some((said, table)) => (said, table.as_bytes()),
        None => (MAPPING, bytes),
    };
    let (read, found) = mapping(&Text::new("mapping.toml", said), &Said::default(), true);
    assert_eq!(read.is_none(), found.iter().any(|found| found.is_error()));
    for label in found.iter().map(|found| &found.primary) {
        assert!(said.get(label.span.clone()).is_some(), "a finding lies outside the text: {label:?}");
    }
    if let Some(read) = read {
        let mut reader = TableReader::new(read.origin, read.table.expect("a table's mapping has one"));
        let _ = import(&mut reader, table);
    }
    let mut stream = table;
    if let Ok(proposed) = guess(Input { name: "table", stream: Stream::Bytes(&mut stream) }) {
        let (read, found) = mapping(&Text::new("proposed.toml", proposed.as_str()), &Said::default(), true);
        assert!(read.is_some() && found.is_empty(), "{proposed}\n{found:?}");
    }
});
