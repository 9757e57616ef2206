//! Which rows are of the same thing, and which say the same: by hashes.

use std::fs::File;
use std::hash::Hasher;
use std::io::{Read, Seek, SeekFrom, Write};

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

/// How many entries are written together.
const CHUNK_ENTRIES: usize = 256;

/// Where the entries of an import lie on the local disk: in one file, for imports of any size and any number of months.
pub struct EntryFile {
    file: File,
    end: u64,
}

impl EntryFile {
    /// An empty one, which goes with the process.
    pub fn new() -> Result<EntryFile, LakeError> {
        Ok(EntryFile { file: tempfile::tempfile()?, end: 0 })
    }

    /// Appends entries, and says where they begin.
    fn append(&mut self, entries: &[Entry]) -> Result<u64, LakeError> {
        let mut bytes = Vec::with_capacity(entries.len() * ENTRY_BYTES);
        for entry in entries {
            bytes.extend_from_slice(&entry.name.to_le_bytes());
            bytes.extend_from_slice(&entry.delivered.to_le_bytes());
            bytes.extend_from_slice(&entry.file.to_le_bytes());
            bytes.extend_from_slice(&entry.row.to_le_bytes());
            bytes.extend_from_slice(&entry.content.to_le_bytes());
        }
        let at = self.end;
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(&bytes)?;
        self.end += bytes.len() as u64;
        Ok(at)
    }
}

/// The entries of a table's month.
#[derive(Default)]
pub struct Entries {
    /// Those that are not written yet: fewer than a chunk.
    last: Vec<Entry>,
    /// Where each chunk begins.
    chunks: Vec<u64>,
}

impl Entries {
    /// Adds one.
    pub fn push(&mut self, file: &mut EntryFile, entry: Entry) -> Result<(), LakeError> {
        self.last.push(entry);
        if self.last.len() == CHUNK_ENTRIES {
            self.chunks.push(file.append(&self.last)?);
            self.last.clear();
        }
        Ok(())
    }

    /// In how many passes they are looked at, by their hashes, so that few are in memory at once.
    pub fn passes(&self) -> u64 {
        let count = (self.chunks.len() * CHUNK_ENTRIES + self.last.len()) as u64;
        count.div_ceil(ENTRIES_AT_ONCE).max(1)
    }

    /// The entries of a pass, sorted by name, then delivery, then place.
    pub fn pass(&self, file: &mut EntryFile, pass: u64) -> Result<Vec<Entry>, LakeError> {
        let passes = self.passes();
        let is_of_pass = |entry: &Entry| of_pass(entry.name, passes) == pass;
        let mut entries: Vec<Entry> = self.last.iter().copied().filter(is_of_pass).collect();
        let mut bytes = vec![0; CHUNK_ENTRIES * ENTRY_BYTES];
        for chunk in &self.chunks {
            file.file.seek(SeekFrom::Start(*chunk))?;
            file.file.read_exact(&mut bytes)?;
            let (read, _) = bytes.as_chunks();
            entries.extend(read.iter().map(entry).filter(is_of_pass));
        }
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
