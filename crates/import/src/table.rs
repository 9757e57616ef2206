//! Tables of any make, CSV, TSV, XLSX and Parquet, read by a mapping: `docs/import/table.md`.

mod cell;
mod columns;
mod gathered;
mod parquet;
mod rows;
mod sample;
mod text;
mod titles;
mod workbook;

use crate::mapping::TableMapping;
use crate::{ImportError, Input, Origin, Outbox, Reader, Stream};

pub(crate) use cell::time_of_day;
use gathered::Gathered;
pub(crate) use sample::{Sample, filled, sample};

/// What files begin with.
const WORKBOOK: &[u8] = b"PK\x03\x04";
const PARQUET: &[u8] = b"PAR1";

/// Reads tables by a mapping: a row of a file becomes a row of records.
pub struct TableReader {
    origin: Origin,
    mapping: TableMapping,
}

impl TableReader {
    /// Reads by this mapping what this origin says the rest of.
    pub fn new(origin: Origin, mapping: TableMapping) -> TableReader {
        TableReader { origin, mapping }
    }
}

impl Reader for TableReader {
    fn read(&mut self, input: Input<'_>, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        let Input { name, stream } = input;
        let mut gathered = Gathered::new(&self.mapping, &self.origin, name);
        match stream {
            Stream::Bytes(bytes) => {
                let first = bytes.fill_buf().map_err(ImportError::Read)?;
                if first.starts_with(WORKBOOK) {
                    workbook::read(bytes, &self.mapping, &mut gathered, out)?;
                } else if first.starts_with(PARQUET) {
                    let reason =
                        "a Parquet file is read from its end, and this comes as a stream; save it and name the file";
                    return Err(ImportError::WrongFormat { reason: reason.to_owned() });
                } else {
                    text::read(Stream::Bytes(bytes), &self.mapping, &mut gathered, out)?;
                }
            }
            Stream::Seekable(mut bytes) => {
                let mut first = [0; 4];
                let count = bytes.read(&mut first).map_err(ImportError::Read)?;
                bytes.rewind().map_err(ImportError::Read)?;
                match &first[..count] {
                    PARQUET => parquet::read(bytes, &self.mapping, &mut gathered, out)?,
                    WORKBOOK => workbook::read(bytes, &self.mapping, &mut gathered, out)?,
                    _ => text::read(Stream::Seekable(bytes), &self.mapping, &mut gathered, out)?,
                }
            }
        }
        gathered.finish(out)
    }

    /// A table carries nothing over: each of its rows stands alone.
    fn finish(&mut self, _: &mut Outbox<'_>) -> Result<String, ImportError> {
        Ok(String::new())
    }
}
