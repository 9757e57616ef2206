//! No file, however damaged, does worse than an error.

#![allow(clippy::unwrap_used)]

mod random;

use std::sync::LazyLock;

use bytes::Bytes;
use longshore_contacts::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let rows = vec(random::contact(), 300).new_tree(&mut TestRunner::deterministic()).unwrap().current();
    let mut writer = parquet::write(Vec::new(), Table::Contacts).unwrap();
    writer.push(&contacts_batch(&rows)).unwrap();
    writer.finish().unwrap()
});

/// Reads all of it; how many rows came out before the end or an error.
fn read(bytes: Vec<u8>) -> Result<usize, ContactsError> {
    let mut rows = 0;
    for batch in parquet::read(Bytes::from(bytes), 100, None)? {
        let batch = batch?;
        assert_eq!(batch.schema(), Table::Contacts.schema());
        contact_rows(&batch).try_for_each(|row| row.map(drop))?;
        rows += batch.num_rows();
    }
    Ok(rows)
}

#[test]
fn the_whole_file_reads() {
    assert_eq!(read(FILE.clone()), Ok(300));
}

#[test]
fn a_file_cut_short_is_refused() {
    for length in (0..FILE.len()).step_by(97) {
        assert!(read(FILE[..length].to_vec()).is_err());
    }
}

#[test]
fn what_is_no_parquet_is_refused() {
    for bytes in [&b""[..], b"PAR1", b"PAR1PAR1", b"contact_id,queue\n1,sales\n", b"PAR1\xff\xff\xff\x7fPAR1"] {
        assert!(matches!(read(bytes.to_vec()), Err(ContactsError::Unreadable { .. })));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn changed_bytes_are_an_error_or_other_records(changes in vec((any::<Index>(), any::<u8>()), 1..4), in_footer: bool) {
        let mut bytes = FILE.clone();
        // The footer's length stands before the last four bytes; most of the file is pages.
        let footer = u32::from_le_bytes(bytes[bytes.len() - 8..bytes.len() - 4].try_into().unwrap()) as usize;
        let start = if in_footer { bytes.len() - 8 - footer } else { 0 };
        for (index, byte) in &changes {
            let at = start + index.index(bytes.len() - start);
            bytes[at] = *byte;
        }
        let _ = read(bytes);
    }
}
