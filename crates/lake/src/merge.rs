//! What an import's rows do to those that a lake has.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, BooleanArray, RecordBatch, TimestampMicrosecondArray};
use longshore_contacts::Table;

use crate::LakeError;
use crate::identity::Entry;
use crate::lake::State;
use crate::layout::{DELIVERED, Layout, SUPERSEDED};
use crate::log::{Became, Change};
use crate::part::{self, Part, PartWriter};
use crate::staging::Staged;
use crate::versions::{Fate, fates};

/// What an import does to a lake.
#[derive(Default)]
pub struct Merge {
    /// What each table gains and loses.
    pub tables: BTreeMap<Table, Change>,
    /// What became of the rows.
    pub rows: BTreeMap<Table, Became>,
    /// Files of the import that are in no table: all their rows were known, or lie in another file now.
    pub obsolete: Vec<Part>,
}

/// Holds an import's rows against those of a state.
///
/// Rows of one name are looked for within a table's month: a name keeps its first instant. (Of a source that corrects that
/// instant into another month, the row stays in both.)
pub fn merge(staged: &mut Staged, state: &State) -> Result<Merge, LakeError> {
    let mut merge = Merge::default();
    for (table, came) in &staged.came {
        merge.rows.insert(*table, Became { came: *came, kept: *came, superseded: 0 });
    }
    let months: Vec<(Table, Option<String>)> = staged.entries.keys().cloned().collect();
    let mut live: BTreeMap<Table, Vec<Part>> = BTreeMap::new();
    for (table, month) in months {
        let live = match live.entry(table) {
            Slot::Occupied(slot) => slot.into_mut(),
            Slot::Vacant(slot) => slot.insert(staged.lake.parts(state, table)?),
        };
        let source = staged.source.clone();
        let may_meet = |part: &&Part| part.month == month && part.may_hold(&source);
        let known: Vec<Part> = live.iter().filter(may_meet).cloned().collect();
        merge_month(staged, (table, month), known, &mut merge)?;
    }
    Ok(merge)
}

fn merge_month(
    staged: &mut Staged,
    place: (Table, Option<String>),
    known: Vec<Part>,
    merge: &mut Merge,
) -> Result<(), LakeError> {
    let layout = Layout::of(place.0);
    let first_new = known.len() as u32;
    let mut changes: BTreeMap<u32, BTreeMap<u32, Fate>> = BTreeMap::new();
    let passes = staged.entries.get(&place).map_or(0, |entries| entries.passes());
    for pass in 0..passes {
        let entries = staged.entries.get(&place).expect("the month has entries");
        let mut rows = entries.pass(&mut staged.entry_file, pass)?;
        rows.iter_mut().for_each(|entry| entry.file += first_new);
        let (met, until) = known_rows(staged, layout, &known, &rows)?;
        if !met.is_empty() {
            rows.extend(met);
            rows.sort_unstable();
        }
        let became = merge.rows.entry(place.0).or_default();
        for named in rows.chunk_by(|one, next| one.name == next.name).filter(|named| 1 < named.len()) {
            let until = |entry: &Entry| until.get(&(entry.file, entry.row)).copied();
            fates(named, first_new, layout.has_parts, until, |entry, fate| {
                match fate {
                    Fate::Dropped => became.kept -= 1,
                    Fate::Until(until) => became.superseded += u64::from(until.is_some()),
                }
                changes.entry(entry.file).or_default().insert(entry.row, fate);
            });
        }
    }
    let change = merge.tables.entry(place.0).or_default();
    for (number, part) in known.iter().enumerate() {
        if let Some(fates) = changes.get(&(number as u32)) {
            change.remove.push(part.clone());
            change.add.extend(rewritten(staged, layout, part, fates)?);
        }
    }
    for (number, (table, part)) in staged.parts.iter().enumerate() {
        if (*table, &part.month) != (place.0, &place.1) {
            continue;
        }
        match changes.get(&(number as u32 + first_new)) {
            None => change.add.push(part.clone()),
            Some(fates) => {
                change.add.extend(rewritten(staged, layout, part, fates)?);
                merge.obsolete.push(part.clone());
            }
        }
    }
    Ok(())
}

/// Rows of the lake by file and row, and since when each does not hold.
type Ended = BTreeMap<(u32, u32), i64>;

/// The rows of the lake that have a name which comes in, as entries. What comes in is sorted by name.
fn known_rows(
    staged: &Staged,
    layout: &Layout,
    known: &[Part],
    rows: &[Entry],
) -> Result<(Vec<Entry>, Ended), LakeError> {
    let comes_in = |name: u128| rows.binary_search_by_key(&name, |entry| entry.name).is_ok();
    let identity = staged.identity(layout.table);
    let (mut met, mut ended) = (Vec::new(), Ended::new());
    for (file, part) in known.iter().enumerate() {
        let bytes = staged.lake.runtime.block_on(staged.lake.bytes(part))?;
        let mut found = Vec::new();
        let mut first = 0;
        for batch in part::read(bytes.clone(), Some(layout.key))? {
            let hashes = identity.names(&batch)?;
            found.extend(
                hashes.iter().enumerate().filter(|(_, name)| comes_in(**name)).map(|(row, name)| (first + row, *name)),
            );
            first += batch.num_rows();
        }
        if found.is_empty() {
            continue;
        }
        let whole = part::whole(layout, bytes)?;
        let contents = identity.contents(&whole)?;
        let instants = |name: &str| whole[name].as_primitive::<TimestampMicrosecondType>().clone();
        let (delivered, superseded) = (instants(DELIVERED), instants(SUPERSEDED));
        for (row, name) in found {
            let (file, number) = (file as u32, row as u32);
            if superseded.is_valid(row) {
                ended.insert((file, number), superseded.value(row));
            }
            let delivered = if delivered.is_valid(row) { delivered.value(row) } else { i64::MIN };
            met.push(Entry { name, delivered, file, row: number, content: contents[row] });
        }
    }
    Ok((met, ended))
}

/// A file anew, with what became of some of its rows; `None` if no row is left.
fn rewritten(
    staged: &Staged,
    layout: &'static Layout,
    part: &Part,
    fates: &BTreeMap<u32, Fate>,
) -> Result<Option<Part>, LakeError> {
    let lake = &staged.lake;
    let rows = lake.whole(part, layout.table)?;
    let superseded = rows[SUPERSEDED].as_primitive::<TimestampMicrosecondType>();
    let of_row = |row: usize| match fates.get(&(row as u32)) {
        Some(Fate::Until(until)) => *until,
        _ => superseded.is_valid(row).then(|| superseded.value(row)),
    };
    let marked: TimestampMicrosecondArray = (0..rows.num_rows()).map(of_row).collect();
    let kept: BooleanArray =
        (0..rows.num_rows()).map(|row| Some(fates.get(&(row as u32)) != Some(&Fate::Dropped))).collect();
    let mut columns = rows.columns().to_vec();
    columns[layout.schema.index_of(SUPERSEDED)?] = Arc::new(marked.with_timezone("UTC"));
    let rows = RecordBatch::try_new(Arc::clone(&layout.schema), columns)?;
    let rows = arrow_select::filter::filter_record_batch(&rows, &kept)?;
    if rows.num_rows() == 0 {
        return Ok(None);
    }
    let mut writer = PartWriter::new(layout)?;
    writer.push(&rows)?;
    let path = staged.another_path(layout, part.month.as_deref());
    let (bytes, anew) = writer.finish(path, part.month.clone())?;
    lake.runtime.block_on(lake.put(&anew.path, bytes))?;
    Ok(Some(anew))
}
