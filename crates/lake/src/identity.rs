//! Which rows are of the same thing, and which say the same: by hashes.

use std::fs::File;
use std::hash::Hasher;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use arrow_array::RecordBatch;
use arrow_row::{RowConverter, SortField};
use siphasher::sip::SipHasher13;
use siphasher::sip128::{Hasher128, SipHasher13 as SipHasher13Of128};

use crate::LakeError;
use crate::layout::Layout;

/// Hashes names and contents of rows, with keys of its own: nobody can write records whose hashes fall together.
pub struct Identity {
    layout: &'static Layout,
    keys: (u64, u64),
    names: RowConverter,
    contents: RowConverter,
}

impl Identity {
    /// For the rows of a table. Hashes with the same keys can be held against each other.
    pub fn new(layout: &'static Layout, keys: (u64, u64)) -> Result<Identity, LakeError> {
        let names = converter(layout, layout.key.iter().copied())?;
        let contents = converter(layout, layout.content())?;
        Ok(Identity { layout, keys, names, contents })
    }

    /// The hash of each row's name: 128 bits, so that two names have one hash in no lake there will ever be.
    pub fn names(&self, batch: &RecordBatch) -> Result<Vec<u128>, LakeError> {
        let columns = columns(batch, self.layout.key.iter().copied())?;
        let rows = self.names.convert_columns(&columns)?;
        let hash = |row: arrow_row::Row<'_>| {
            let mut hasher = SipHasher13Of128::new_with_keys(self.keys.0, self.keys.1);
            hasher.write(row.as_ref());
            hasher.finish128().as_u128()
        };
        Ok(rows.iter().map(hash).collect())
    }

    /// The hash of what each row says.
    pub fn contents(&self, batch: &RecordBatch) -> Result<Vec<u64>, LakeError> {
        let columns = columns(batch, self.layout.content())?;
        let rows = self.contents.convert_columns(&columns)?;
        let hash = |row: arrow_row::Row<'_>| {
            let mut hasher = SipHasher13::new_with_keys(self.keys.1, self.keys.0);
            hasher.write(row.as_ref());
            hasher.finish()
        };
        Ok(rows.iter().map(hash).collect())
    }
}

fn converter<'n>(layout: &Layout, names: impl Iterator<Item = &'n str>) -> Result<RowConverter, LakeError> {
    let fields = names.map(|name| Ok(SortField::new(layout.schema.field_with_name(name)?.data_type().clone())));
    Ok(RowConverter::new(fields.collect::<Result<Vec<_>, LakeError>>()?)?)
}

fn columns<'n>(
    batch: &RecordBatch,
    names: impl Iterator<Item = &'n str>,
) -> Result<Vec<arrow_array::ArrayRef>, LakeError> {
    let schema = batch.schema_ref();
    names.map(|name| Ok(std::sync::Arc::clone(batch.column(schema.index_of(name)?)))).collect()
}

/// A row: of what it is, what it says, since when, and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The hash of its name.
    pub name: u128,
    /// When it was delivered, in microseconds.
    pub delivered: i64,
    /// The file, by its position among those looked at: what was there before comes first, then files in their order.
    pub file: u32,
    /// The row in it.
    pub row: u32,
    /// The hash of what it says.
    pub content: u64,
}

/// The bytes of an entry on disk.
const ENTRY_BYTES: usize = 40;

/// How many entries are looked at together: so many take some 100 MB.
const ENTRIES_AT_ONCE: u64 = 2 << 20;

/// Entries on the local disk, for imports of any size.
pub struct Entries {
    file: BufWriter<File>,
    count: u64,
}

impl Entries {
    /// None yet.
    pub fn new() -> Result<Entries, LakeError> {
        Ok(Entries { file: BufWriter::with_capacity(1 << 16, tempfile::tempfile()?), count: 0 })
    }

    /// Adds one.
    pub fn push(&mut self, entry: Entry) -> Result<(), LakeError> {
        let mut bytes = [0; ENTRY_BYTES];
        bytes[0..16].copy_from_slice(&entry.name.to_le_bytes());
        bytes[16..24].copy_from_slice(&entry.delivered.to_le_bytes());
        bytes[24..28].copy_from_slice(&entry.file.to_le_bytes());
        bytes[28..32].copy_from_slice(&entry.row.to_le_bytes());
        bytes[32..40].copy_from_slice(&entry.content.to_le_bytes());
        self.file.write_all(&bytes)?;
        self.count += 1;
        Ok(())
    }

    /// In how many passes they are looked at, by their hashes, so that few are in memory at once.
    pub fn passes(&self) -> u64 {
        self.count.div_ceil(ENTRIES_AT_ONCE).max(1)
    }

    /// The entries of a pass, sorted by name, then delivery, then place.
    pub fn pass(&mut self, pass: u64) -> Result<Vec<Entry>, LakeError> {
        self.file.flush()?;
        let passes = self.passes();
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::with_capacity(1 << 16, &mut *file);
        let (mut entries, mut bytes) = (Vec::new(), [0; ENTRY_BYTES]);
        for _ in 0..self.count {
            reader.read_exact(&mut bytes)?;
            let entry = entry(&bytes);
            if of_pass(entry.name, passes) == pass {
                entries.push(entry);
            }
        }
        file.seek(SeekFrom::End(0))?;
        entries.sort_unstable();
        Ok(entries)
    }
}

/// The pass of a name.
fn of_pass(name: u128, passes: u64) -> u64 {
    (name as u64) % passes
}

fn entry(bytes: &[u8; ENTRY_BYTES]) -> Entry {
    Entry {
        name: u128::from_le_bytes(bytes[0..16].try_into().expect("16 bytes")),
        delivered: i64::from_le_bytes(bytes[16..24].try_into().expect("8 bytes")),
        file: u32::from_le_bytes(bytes[24..28].try_into().expect("4 bytes")),
        row: u32::from_le_bytes(bytes[28..32].try_into().expect("4 bytes")),
        content: u64::from_le_bytes(bytes[32..40].try_into().expect("8 bytes")),
    }
}
