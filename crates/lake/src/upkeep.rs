//! Keeping a lake in order: small files together, and files nobody needs away.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use longshore_contacts::Table;
use longshore_units::Instant;
use object_store::ObjectStoreExt;

use crate::LakeError;
use crate::lake::{Lake, State};
use crate::layout::Layout;
use crate::log::{self, Change, FORMAT, Record, What};
use crate::month::by_month;
use crate::part::{PART_ROWS, Part, PartWriter};
use crate::staging::part_path;

/// A file with fewer rows is small: two of them fit into one.
const SMALL_ROWS: u64 = PART_ROWS as u64 / 2;

/// What upkeep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// How many files there were instead of which others are now.
    pub before: u64,
    /// How many are there in their place.
    pub after: u64,
}

/// Files that were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expired {
    /// How many.
    pub files: u64,
    /// How many bytes they had.
    pub bytes: u64,
}

impl Lake {
    /// Brings small files of one table and month together. No row changes, and whoever reads meanwhile reads on.
    ///
    /// # Errors
    /// [`LakeError::Busy`] if something was imported meanwhile: then nothing has happened.
    pub fn compact(&self, at: Instant) -> Result<Compacted, LakeError> {
        let state = self.runtime.block_on(self.settled())?;
        let (mut compacted, mut tables) = (Compacted::default(), BTreeMap::new());
        for table in Table::ALL {
            let change = self.small_together(&state, table)?;
            compacted.before += change.remove.len() as u64;
            compacted.after += change.add.len() as u64;
            if !change.remove.is_empty() {
                tables.insert(table.name().to_owned(), change);
            }
        }
        if tables.is_empty() {
            return Ok(compacted);
        }
        let record = Record {
            format: FORMAT,
            number: state.number + 1,
            at: Timestamp::from_microsecond(at.0).map_or_else(|_| String::new(), |at| at.to_string()),
            by: env!("CARGO_PKG_VERSION").to_owned(),
            what: What::Compaction,
            tables,
        };
        self.runtime.block_on(async {
            if !log::decide(&self.place, &record).await? {
                return Err(LakeError::Busy { tries: 1 });
            }
            self.apply(&record).await
        })?;
        Ok(compacted)
    }

    fn small_together(&self, state: &State, table: Table) -> Result<Change, LakeError> {
        let mut months: BTreeMap<Option<String>, Vec<Part>> = BTreeMap::new();
        for part in self.parts(state, table)?.into_iter().filter(|part| part.rows < SMALL_ROWS) {
            months.entry(part.month.clone()).or_default().push(part);
        }
        let mut change = Change::default();
        for mut parts in months.into_values() {
            parts.sort_by_key(|part| (part.times, part.path.clone()));
            let (mut group, mut rows) = (Vec::new(), 0);
            for part in parts {
                if PART_ROWS as u64 <= rows + part.rows {
                    self.together(table, std::mem::take(&mut group), &mut change)?;
                    rows = 0;
                }
                rows += part.rows;
                group.push(part);
            }
            self.together(table, group, &mut change)?;
        }
        Ok(change)
    }

    fn together(&self, table: Table, parts: Vec<Part>, change: &mut Change) -> Result<(), LakeError> {
        if parts.len() < 2 {
            return Ok(());
        }
        let layout = Layout::of(table);
        let batches = parts.iter().map(|part| self.whole(part, table)).collect::<Result<Vec<_>, _>>()?;
        for rows in by_month(layout, &batches)? {
            let mut writer = PartWriter::new(layout)?;
            rows.slices(&batches).try_for_each(|slice| writer.push(&slice?))?;
            let path = part_path(layout, rows.month.as_deref(), &uuid::Uuid::new_v4().simple().to_string());
            let (bytes, part) = writer.finish(path, rows.month)?;
            self.runtime.block_on(self.put(&part.path, bytes))?;
            change.add.push(part);
        }
        change.remove.extend(parts);
        Ok(())
    }

    /// Deletes files that no table has had since an instant: what newer files replaced before it, and what imports left that
    /// did not end. Earlier versions of the Delta tables cannot be read any more; earlier versions of rows can, they are rows.
    ///
    /// # Errors
    /// If the storage fails; what is deleted by then is deleted.
    pub fn expire(&self, before: Instant) -> Result<Expired, LakeError> {
        let state = self.runtime.block_on(self.settled())?;
        let mut needed: BTreeSet<String> = BTreeSet::new();
        for table in Table::ALL {
            needed.extend(self.parts(&state, table)?.into_iter().map(|part| part.path));
        }
        let recent = |record: &Record| record.at.parse::<Timestamp>().is_ok_and(|at| before.0 < at.as_microsecond());
        for record in self.records(&state)?.iter().filter(|record| recent(record)) {
            let removed = record.tables.values().flat_map(|change| &change.remove);
            needed.extend(removed.map(|part| part.path.clone()));
        }
        let needed: BTreeSet<_> = needed.iter().map(|path| self.place.path(path)).collect();
        let mut expired = Expired::default();
        self.runtime.block_on(async {
            for table in Table::ALL {
                for file in self.files(table).await? {
                    // An import that runs writes files that no table has yet.
                    let is_old = file.last_modified.timestamp_micros() < before.0;
                    let is_part = file.location.extension() == Some("parquet");
                    let is_log = file.location.as_ref().contains("/_delta_log/");
                    if is_part && !is_log && is_old && !needed.contains(&file.location) {
                        self.place.store.delete(&file.location).await?;
                        expired.files += 1;
                        expired.bytes += file.size;
                    }
                }
            }
            Ok(expired)
        })
    }
}
