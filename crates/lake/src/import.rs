//! An import: rows come in, and are all there at its end, or none.

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::RecordBatch;
use jiff::Timestamp;
use longshore_contacts::Table;
use longshore_units::Instant;

use crate::lake::{Lake, State};
use crate::log::{self, Became, Change, FORMAT, Imported, ImportedFile, Record, What};
use crate::merge::Merge;
use crate::staging::Staging;
use crate::{LakeError, merge};

/// How often an import decides its transaction anew because another came first.
const TRIES: u32 = 16;

/// What an import is.
#[derive(Clone, Debug)]
pub struct About {
    /// The format of its files.
    pub format: String,
    /// The source that its rows name.
    pub source: String,
    /// What decides, besides the files, what the rows are: a digest of mapping and key. A file that was read otherwise is
    /// read again.
    pub reading: String,
    /// The zone of the source's clocks, for whoever reckons days and is told no other.
    pub zone: String,
    /// When it is: rows that do not say when they were delivered are taken to be delivered now.
    pub at: Instant,
}

/// An import that has begun. Dropped, it has not happened.
pub struct Import {
    lake: Lake,
    about: About,
    /// The digests of files that were imported and read alike, and their sizes.
    known: BTreeSet<(u64, String)>,
    carried: Option<(u64, String)>,
    staging: Staging,
    rejects: Rejects,
}

/// What was not understood.
#[derive(Default)]
struct Rejects {
    /// How many rows.
    count: u64,
    /// The first of them, as CSV: file, line, field, reason.
    written: Vec<u8>,
}

/// The most bytes of rejects that a lake keeps of an import; the rest is counted.
const REJECTS_BYTES: usize = 64 << 20;

/// What came of an import.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The number of its transaction; none where nothing was new, not even a file.
    pub number: Option<u64>,
    /// What became of its rows, by table.
    pub rows: BTreeMap<Table, Became>,
}

impl Lake {
    /// Begins an import.
    ///
    /// # Errors
    /// If the lake does not read.
    pub fn import(&self, about: About) -> Result<Import, LakeError> {
        let (known, carried) = self.runtime.block_on(async {
            let state = self.settled().await?;
            let records = self.records_until(state.number).await?;
            let is_same = |imported: &&Imported| {
                (&imported.format, &imported.source, &imported.reading)
                    == (&about.format, &about.source, &about.reading)
            };
            let same = records.iter().filter_map(Record::imported).filter(is_same);
            let known =
                same.flat_map(|imported| imported.files.iter().map(|file| (file.bytes, file.digest.clone()))).collect();
            let carried = match last_carried(&records, &about.source) {
                Some(number) => Some((number, log::carried(&self.place, number).await?)),
                None => None,
            };
            Ok::<_, LakeError>((known, carried))
        })?;
        let staging = Staging::begin(self.clone(), about.source.clone(), about.at)?;
        Ok(Import { lake: self.clone(), about, known, carried, staging, rejects: Rejects::default() })
    }
}

/// The last transaction that carried text over to the next import of a source.
fn last_carried(records: &[Record], source: &str) -> Option<u64> {
    let last =
        records.iter().rev().find(|record| record.imported().is_some_and(|imported| imported.source == source))?;
    last.imported().is_some_and(|imported| imported.carried).then_some(last.number)
}

impl Import {
    /// Whether a file of so many bytes was imported before, and read alike.
    pub fn knows_size(&self, bytes: u64) -> bool {
        self.known.range((bytes, String::new())..).next().is_some_and(|(known, _)| *known == bytes)
    }

    /// Whether this file was imported before, and read alike.
    pub fn knows(&self, file: &ImportedFile) -> bool {
        !file.digest.is_empty() && self.known.contains(&(file.bytes, file.digest.clone()))
    }

    /// The text that the last import of the source carried over; empty where there is none.
    pub fn carried(&self) -> &str {
        self.carried.as_ref().map_or("", |(_, text)| text)
    }

    /// Takes rows of a table.
    ///
    /// # Errors
    /// If they are none, or those taken before cannot be written.
    pub fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), LakeError> {
        self.staging.take(table, batch.clone())
    }

    /// Takes a row that was not understood: file, line, field, reason.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn reject(&mut self, reject: [&str; 4]) -> Result<(), LakeError> {
        self.rejects.count += 1;
        if self.rejects.written.len() < REJECTS_BYTES {
            let mut writer = csv::WriterBuilder::new().from_writer(&mut self.rejects.written);
            writer.write_record(reject).and_then(|()| Ok(writer.flush()?)).map_err(std::io::Error::from)?;
        }
        Ok(())
    }

    /// Ends the import: its rows are in the lake, and what they replace is marked.
    ///
    /// `files` are what was read, `carried` the text for the next import of the source.
    ///
    /// # Errors
    /// If it cannot be decided; then nothing has happened. [`LakeError::Overtaken`]: begin again.
    pub fn commit(mut self, files: Vec<ImportedFile>, carried: &str) -> Result<Outcome, LakeError> {
        let mut staged = self.staging.finish()?;
        let lake = self.lake.clone();
        for _ in 0..TRIES {
            let state = lake.runtime.block_on(lake.settled())?;
            let records = lake.records(&state)?;
            if last_carried(&records, &self.about.source) != self.carried.as_ref().map(|(number, _)| *number) {
                return Err(LakeError::Overtaken { source_name: self.about.source.clone() });
            }
            let merge = merge::merge(&mut staged, &state)?;
            if let Some(outcome) = self.decide(&state, merge, &files, carried)? {
                return Ok(outcome);
            }
        }
        Err(LakeError::Busy { tries: TRIES })
    }

    /// Writes the transaction, and does it. `None` if another came first.
    fn decide(
        &self,
        state: &State,
        merge: Merge,
        files: &[ImportedFile],
        carried: &str,
    ) -> Result<Option<Outcome>, LakeError> {
        let Merge { mut tables, rows, obsolete } = merge;
        tables.retain(|_, change| !change.add.is_empty() || !change.remove.is_empty());
        let nothing_new = files.iter().all(|file| self.knows(file)) && carried == self.carried();
        if tables.is_empty() && nothing_new {
            return Ok(Some(Outcome { number: None, rows }));
        }
        let number = state.number + 1;
        let by_name = |(table, became): (&Table, &Became)| (table.name().to_owned(), *became);
        let record = Record {
            format: FORMAT,
            number,
            at: Timestamp::from_microsecond(self.about.at.0).map_or_else(|_| String::new(), |at| at.to_string()),
            by: env!("CARGO_PKG_VERSION").to_owned(),
            what: What::Import(Imported {
                format: self.about.format.clone(),
                source: self.about.source.clone(),
                reading: self.about.reading.clone(),
                zone: self.about.zone.clone(),
                files: files.to_vec(),
                rejects: self.rejects.count,
                rows: rows.iter().map(by_name).collect(),
                carried: !carried.is_empty(),
            }),
            tables: tables
                .into_iter()
                .map(|(table, change): (Table, Change)| (table.name().to_owned(), change))
                .collect(),
        };
        self.lake.runtime.block_on(async {
            if !carried.is_empty() {
                log::set_carried(&self.lake.place, number, carried).await?;
            }
            if !self.rejects.written.is_empty() {
                log::set_rejects(&self.lake.place, number, &self.rejects.written).await?;
            }
            self.are_there(&record).await?;
            if !log::decide(&self.lake.place, &record).await? {
                return Ok(None);
            }
            self.lake.apply(&record).await?;
            // They are of nobody's table. If this is not reached, `expire` finds them.
            for part in &obsolete {
                let _ = object_store::ObjectStoreExt::delete(&self.lake.place.store, &self.lake.place.path(&part.path))
                    .await;
            }
            Ok(Some(Outcome { number: Some(number), rows }))
        })
    }

    /// Sees that the files a transaction adds are still there: who expires files cannot know of an import that runs.
    async fn are_there(&self, record: &Record) -> Result<(), LakeError> {
        for part in record.tables.values().flat_map(|change| &change.add) {
            match object_store::ObjectStoreExt::head(&self.lake.place.store, &self.lake.place.path(&part.path)).await {
                Ok(_) => {}
                Err(object_store::Error::NotFound { .. }) => {
                    return Err(LakeError::Expired { path: part.path.clone() });
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
