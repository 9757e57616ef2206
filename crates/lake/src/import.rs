//! An import: rows come in, and are all there at its end, or none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, TimestampMicrosecondArray, UInt32Array, new_null_array};
use jiff::Timestamp;
use longshore_contacts::{Table, conform};
use longshore_units::Instant;

use crate::identity::{Entries, Entry, Identity};
use crate::lake::{Lake, State};
use crate::layout::{DELIVERED, Layout, SUPERSEDED};
use crate::log::{self, Became, Change, FORMAT, Imported, ImportedFile, Record, What};
use crate::merge::Merge;
use crate::part::{PART_ROWS, Part, written};
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
    known: BTreeSet<String>,
    carried: Option<(u64, String)>,
    identities: BTreeMap<Table, Identity>,
    waiting: BTreeMap<Table, Vec<RecordBatch>>,
    pub(crate) staged: Staged,
    rejects: Rejects,
    id: String,
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

/// The rows of an import that lie in files which no table knows yet.
#[derive(Default)]
pub(crate) struct Staged {
    /// The files.
    pub parts: Vec<(Table, Part)>,
    /// Their rows, by table and month.
    pub entries: BTreeMap<(Table, Option<String>), Entries>,
    /// How many rows came.
    pub came: BTreeMap<Table, u64>,
}

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
            let known = same.flat_map(|imported| imported.files.iter().map(|file| file.digest.clone())).collect();
            let carried = match last_carried(&records, &about.source) {
                Some(number) => Some((number, log::carried(&self.place, number).await?)),
                None => None,
            };
            Ok::<_, LakeError>((known, carried))
        })?;
        let id = uuid::Uuid::new_v4();
        let identities = Table::ALL
            .iter()
            .map(|table| Ok((*table, Identity::new(Layout::of(*table), id.as_u64_pair())?)))
            .collect::<Result<_, LakeError>>()?;
        let id = id.simple().to_string();
        let (lake, waiting, staged) = (self.clone(), BTreeMap::new(), Staged::default());
        Ok(Import { lake, about, known, carried, identities, waiting, staged, rejects: Rejects::default(), id })
    }
}

/// The last transaction that carried text over to the next import of a source.
fn last_carried(records: &[Record], source: &str) -> Option<u64> {
    let last =
        records.iter().rev().find(|record| record.imported().is_some_and(|imported| imported.source == source))?;
    last.imported().is_some_and(|imported| imported.carried).then_some(last.number)
}

impl Import {
    /// Whether a file of this digest was imported before, and read alike.
    pub fn knows(&self, digest: &str) -> bool {
        self.known.contains(digest)
    }

    /// The text that the last import of the source carried over; empty where there is none.
    pub fn carried(&self) -> &str {
        self.carried.as_ref().map_or("", |(_, text)| text)
    }

    /// Takes rows of a table.
    ///
    /// # Errors
    /// If they are none, or cannot be written.
    pub fn take(&mut self, table: Table, batch: &RecordBatch) -> Result<(), LakeError> {
        let batch = conform(batch, table)?;
        *self.staged.came.entry(table).or_default() += batch.num_rows() as u64;
        let waiting = self.waiting.entry(table).or_default();
        waiting.push(batch);
        if PART_ROWS <= waiting.iter().map(RecordBatch::num_rows).sum() {
            self.stage(table)?;
        }
        Ok(())
    }

    /// Writes the waiting rows of a table into files, one a month.
    fn stage(&mut self, table: Table) -> Result<(), LakeError> {
        let layout = Layout::of(table);
        let batches = self.waiting.remove(&table).unwrap_or_default();
        let Some(first) = batches.first() else { return Ok(()) };
        let whole = arrow_select::concat::concat_batches(&first.schema(), &batches)?;
        drop(batches);
        let whole = with_delivery(layout, &whole, self.about.at)?;
        for (month, rows) in by_month(layout, &whole)? {
            self.stage_part(layout, month, &rows)?;
        }
        Ok(())
    }

    fn stage_part(&mut self, layout: &Layout, month: Option<String>, rows: &RecordBatch) -> Result<(), LakeError> {
        let number = self.staged.parts.len();
        let path = part_path(layout, month.as_deref(), &format!("{}-{number:06}", self.id));
        let bytes = written(layout, rows)?;
        let part = Part::of(layout, rows, path, month.clone(), bytes.len() as u64);
        let identity = &self.identities[&layout.table];
        let (names, contents) = (identity.names(rows)?, identity.contents(rows)?);
        let delivered = rows[DELIVERED].as_primitive::<TimestampMicrosecondType>();
        let entries = match self.staged.entries.entry((layout.table, month)) {
            std::collections::btree_map::Entry::Occupied(slot) => slot.into_mut(),
            std::collections::btree_map::Entry::Vacant(slot) => slot.insert(Entries::new()?),
        };
        for (row, (name, content)) in names.into_iter().zip(contents).enumerate() {
            let (delivered, file, row) = (delivered.value(row), number as u32, row as u32);
            entries.push(Entry { name, delivered, file, row, content })?;
        }
        self.lake.runtime.block_on(self.lake.put(&part.path, bytes))?;
        self.staged.parts.push((layout.table, part));
        Ok(())
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
        for table in Table::ALL {
            self.stage(table)?;
        }
        let lake = self.lake.clone();
        for _ in 0..TRIES {
            let state = lake.runtime.block_on(lake.settled())?;
            let records = lake.records(&state)?;
            if last_carried(&records, &self.about.source) != self.carried.as_ref().map(|(number, _)| *number) {
                return Err(LakeError::Overtaken { source_name: self.about.source.clone() });
            }
            let merge = merge::merge(&mut self, &state)?;
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
        let nothing_new = files.iter().all(|file| self.knows(&file.digest)) && carried == self.carried();
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

    pub(crate) fn lake(&self) -> &Lake {
        &self.lake
    }

    pub(crate) fn about(&self) -> &About {
        &self.about
    }

    pub(crate) fn identity(&self, table: Table) -> &Identity {
        &self.identities[&table]
    }

    /// A name for a file that is written anew.
    pub(crate) fn another_path(&self, layout: &Layout, month: Option<&str>) -> String {
        part_path(layout, month, &uuid::Uuid::new_v4().simple().to_string())
    }
}

/// Where a file of a table lies, by a name of its own.
pub(crate) fn part_path(layout: &Layout, month: Option<&str>, stem: &str) -> String {
    let table = layout.table.name();
    match (layout.by_month(), month) {
        (false, _) => format!("{table}/{stem}.parquet"),
        (true, Some(month)) => format!("{table}/month={month}/{stem}.parquet"),
        (true, None) => format!("{table}/month=__HIVE_DEFAULT_PARTITION__/{stem}.parquet"),
    }
}

/// The rows with the columns of delivery: delivered now where they do not say when.
fn with_delivery(layout: &Layout, rows: &RecordBatch, at: Instant) -> Result<RecordBatch, LakeError> {
    let column = |field: &arrow_schema::Field| -> ArrayRef {
        let given = rows.column_by_name(field.name());
        match (field.name().as_str(), given) {
            (DELIVERED, given) => {
                let given = given.map(|given| given.as_primitive::<TimestampMicrosecondType>());
                let of_row = |row| given.filter(|given| given.is_valid(row)).map_or(at.0, |given| given.value(row));
                let filled: TimestampMicrosecondArray = (0..rows.num_rows()).map(|row| Some(of_row(row))).collect();
                Arc::new(filled.with_timezone("UTC"))
            }
            // Whoever keeps the rows says since when they do not hold: not the rows themselves.
            (SUPERSEDED, _) | (_, None) => new_null_array(field.data_type(), rows.num_rows()),
            (_, Some(given)) => Arc::clone(given),
        }
    };
    let columns = layout.schema.fields().iter().map(|field| column(field)).collect();
    Ok(RecordBatch::try_new(Arc::clone(&layout.schema), columns)?)
}

/// The rows of each month in UTC, sorted by time; of a table that is not partitioned, all together.
pub(crate) fn by_month(layout: &Layout, rows: &RecordBatch) -> Result<Vec<(Option<String>, RecordBatch)>, LakeError> {
    if !layout.by_month() {
        return Ok(vec![(None, rows.clone())]);
    }
    let columns: Vec<&TimestampMicrosecondArray> =
        layout.times.iter().map(|name| rows[*name].as_primitive::<TimestampMicrosecondType>()).collect();
    let first = |row: usize| columns.iter().find(|column| column.is_valid(row)).map(|column| column.value(row));
    let times: Int64Array = (0..rows.num_rows()).map(first).collect();
    // Rows without an instant come first.
    let order: UInt32Array = arrow_ord::sort::sort_to_indices(&times, None, None)?;
    let (mut months, mut start) = (Vec::new(), 0);
    while start < order.len() {
        let time = |place: usize| {
            let row = order.value(place) as usize;
            times.is_valid(row).then(|| times.value(row))
        };
        let month = time(start).and_then(month_of);
        let is_in = |time: Option<i64>| match &month {
            Some((_, ends)) => time.is_some_and(|at| at < *ends),
            None => time.and_then(month_of).is_none(),
        };
        let end = (start + 1..order.len()).find(|place| !is_in(time(*place))).unwrap_or(order.len());
        let of_month = order.slice(start, end - start);
        months.push((month.map(|(month, _)| month), arrow_select::take::take_record_batch(rows, &of_month)?));
        start = end;
    }
    Ok(months)
}

/// The month of an instant, and the instant at which it ends; none of an instant that no calendar shows.
fn month_of(at: i64) -> Option<(String, i64)> {
    let utc = jiff::tz::TimeZone::UTC;
    let day = Timestamp::from_microsecond(at).ok()?.to_zoned(utc.clone()).date();
    let next = day.last_of_month().tomorrow().ok()?.to_zoned(utc).ok()?;
    Some((day.strftime("%Y-%m").to_string(), next.timestamp().as_microsecond()))
}
