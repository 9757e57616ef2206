//! Rows gathered into batches, and what could not be read of them.

use longshore_contacts::{Kind, Table, check_rows};

use super::cell::Cell;
use super::columns::Columns;
use super::rows::{Datum, Row};
use crate::mapping::{TableMapping, slots};
use crate::{ImportError, Origin, Outbox, Reject};

/// The rows of a file that were not handed on yet.
pub(super) struct Gathered<'m> {
    mapping: &'m TableMapping,
    origin: &'m Origin,
    file: &'m str,
    slots: Vec<(&'static str, Kind)>,
    rows: Vec<(u64, Vec<Option<Datum>>)>,
    rejects: Vec<Reject>,
    read: u64,
    told: Told,
    /// Of each column of legs the slot of contacts it follows; empty where rows make no legs.
    legs: Vec<Option<usize>>,
}

/// The slots of what an origin tells, and of what is told by others; none where the table has no such field.
struct Told {
    queue: Option<usize>,
    first_queue: Option<usize>,
    last_queue: Option<usize>,
    program: Option<usize>,
    site: Option<usize>,
    language: Option<usize>,
    provider: Option<usize>,
    source: Option<usize>,
    channel: Option<usize>,
    legs: Option<usize>,
    offered_at: Option<usize>,
}

/// So many rows at a file's beginning without a single good one are another format.
const WRONG_AT_FIRST: u64 = 100;

impl<'m> Gathered<'m> {
    pub fn new(mapping: &'m TableMapping, origin: &'m Origin, file: &'m str) -> Gathered<'m> {
        let slots = slots(mapping.table);
        let is_mapped = |name: &str| mapping.fields.iter().any(|field| field.name == name);
        let makes_legs = mapping.table == Table::Contacts && (is_mapped("agent") || is_mapped("team"));
        let slot = |name: &str| slots.iter().position(|(known, _)| *known == name);
        let legs = match makes_legs {
            true => Table::Legs.columns().iter().map(|column| slot(column.name)).collect(),
            false => Vec::new(),
        };
        let told = Told {
            queue: slot("queue"),
            first_queue: slot("first_queue"),
            last_queue: slot("last_queue"),
            program: slot("program"),
            site: slot("site"),
            language: slot("language"),
            provider: slot("provider"),
            // A rate's source is who publishes it.
            source: slot("source").filter(|_| mapping.table != Table::Rates),
            channel: slot("channel"),
            legs: slot("legs"),
            offered_at: slot("offered_at"),
        };
        Gathered { mapping, origin, file, slots, rows: Vec::new(), rejects: Vec::new(), read: 0, told, legs }
    }

    /// Takes a row in.
    pub fn row(
        &mut self,
        line: u64,
        cells: &[Cell<'_>],
        places: &[usize],
        out: &mut Outbox<'_>,
    ) -> Result<(), ImportError> {
        let row = Row { cells, places };
        let is_empty = places.iter().all(|place| cells.get(*place).is_none_or(|cell| cell.is_null(&[])));
        if is_empty || row.is_skipped(self.mapping) {
            return Ok(());
        }
        let mut values = vec![None; self.slots.len()];
        match row.values(self.mapping, self.origin, &mut values) {
            Ok(()) => self.add(line, values)?,
            Err(refusal) => self.refuse(line, Some(refusal.field), refusal.why)?,
        }
        if Outbox::BATCH_ROWS <= self.rows.len() || Outbox::BATCH_ROWS <= self.rejects.len() {
            self.flush(out)?;
        }
        Ok(())
    }

    /// A row that could not even be divided into cells.
    pub fn refuse(&mut self, line: u64, field: Option<String>, reason: String) -> Result<(), ImportError> {
        self.read += 1;
        self.rejects.push(Reject { file: self.file.to_owned(), line, field, reason });
        if self.read == WRONG_AT_FIRST && self.rejects.len() as u64 == WRONG_AT_FIRST {
            let first = &self.rejects[0];
            let field = first.field.as_ref().map_or(String::new(), |field| format!(", `{field}`"));
            let reason = format!(
                "none of its first {WRONG_AT_FIRST} rows reads by the mapping; line {}{field}: {}",
                first.line, first.reason
            );
            return Err(ImportError::WrongFormat { reason });
        }
        Ok(())
    }

    fn add(&mut self, line: u64, mut values: Vec<Option<Datum>>) -> Result<(), ImportError> {
        self.complete(&mut values);
        if let Some((name, _)) =
            self.slots.iter().zip(&values).find(|(slot, value)| self.is_too_long(slot.1, value)).map(|(slot, _)| slot)
        {
            let reason = "longer than a year: is the cell a span of time, in this unit?".to_owned();
            return self.refuse(line, Some((*name).to_owned()), reason);
        }
        let columns = self.mapping.table.columns();
        let is_missing = |value: &Option<Datum>| match value {
            None => true,
            Some(Datum::Text(text)) => text.is_empty(),
            Some(_) => false,
        };
        let missing = columns.iter().zip(&values).find(|(column, value)| column.required && is_missing(value));
        if let Some((column, _)) = missing {
            let reason = format!("no value, and no row of `{}` can be without it", self.mapping.table.name());
            return self.refuse(line, Some(column.name.to_owned()), reason);
        }
        self.read += 1;
        self.rows.push((line, values));
        Ok(())
    }

    /// Whether a span is longer than any contact's: a telephone number, say, that was taken for seconds.
    fn is_too_long(&self, kind: Kind, value: &Option<Datum>) -> bool {
        const YEAR: i64 = 366 * 86_400_000;
        let of_contact = matches!(self.mapping.table, Table::Contacts | Table::Legs);
        of_contact && kind == Kind::Duration && matches!(value, Some(Datum::Whole(span)) if YEAR < *span)
    }

    /// What a row does not say of itself, and the origin does.
    fn complete(&self, values: &mut [Option<Datum>]) {
        let at = &self.told;
        if let Some(Datum::Text(queue)) = at.queue.and_then(|slot| values[slot].clone()) {
            for slot in [at.first_queue, at.last_queue].into_iter().flatten() {
                values[slot].get_or_insert_with(|| Datum::Text(queue.clone()));
            }
        }
        let queue = at.first_queue.or(at.queue).and_then(|slot| values[slot].clone());
        let queue = match &queue {
            Some(Datum::Text(queue)) => Some(queue.as_str()),
            _ => None,
        };
        let mut fill = |slot: Option<usize>, said: Option<&str>| {
            let said = said.filter(|said| !said.is_empty());
            if let Some((slot, said)) = slot.zip(said) {
                values[slot].get_or_insert_with(|| Datum::Text(said.to_owned()));
            }
        };
        fill(at.program, self.origin.program(queue));
        fill(at.site, self.origin.site(queue));
        fill(at.language, self.origin.language(queue));
        fill(at.provider, Some(&self.origin.provider));
        fill(at.source, Some(&self.origin.source));
        if let Some((slot, channel)) = at.channel.zip(self.origin.channel(queue)) {
            values[slot].get_or_insert(Datum::Word(channel.as_str()));
        }
        // Without a queue there is no visit to one.
        if let Some(slot) = at.legs.filter(|_| !self.legs.is_empty()) {
            values[slot] = Some(Datum::Whole(i64::from(self.has_leg(values))));
        }
    }

    fn has_leg(&self, contact: &[Option<Datum>]) -> bool {
        !self.legs.is_empty() && self.told.offered_at.is_some_and(|slot| contact[slot].is_some())
    }

    /// Hands on what was gathered, but rows that contradict themselves.
    fn flush(&mut self, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        let table = self.mapping.table;
        let batch = |rows: &[(u64, Vec<Option<Datum>>)]| {
            let mut columns = Columns::of(table);
            rows.iter().for_each(|(_, values)| columns.push(values));
            columns.take()
        };
        let mut rows = std::mem::take(&mut self.rows);
        let mut whole = batch(&rows);
        let flaws = check_rows(&whole, table).expect("the batch has the table's own columns");
        if !flaws.is_empty() {
            for of_row in flaws.chunk_by(|a, b| a.row == b.row) {
                let flaw = of_row[0];
                let reason = flaw.why.to_string();
                self.rejects.push(Reject {
                    file: self.file.to_owned(),
                    line: rows[flaw.row].0,
                    field: Some(flaw.column.to_owned()),
                    reason,
                });
            }
            let mut row = 0;
            rows.retain(|_| {
                row += 1;
                flaws.binary_search_by_key(&(row - 1), |flaw| flaw.row).is_err()
            });
            whole = batch(&rows);
        }
        self.rejects.sort_by_key(|reject| reject.line);
        for reject in self.rejects.drain(..) {
            out.reject(reject)?;
        }
        if !rows.is_empty() {
            out.batch(table, whole)?;
        }
        let mut legs = Columns::of(Table::Legs);
        for (_, contact) in rows.iter().filter(|(_, contact)| self.has_leg(contact)) {
            let columns = Table::Legs.columns().iter().zip(&self.legs);
            let leg: Vec<Option<Datum>> = columns
                .map(|(column, slot)| match column.name {
                    "leg" => Some(Datum::Whole(1)),
                    _ => slot.and_then(|slot| contact[slot].clone()),
                })
                .collect();
            legs.push(&leg);
        }
        if 0 < legs.rows() {
            out.batch(Table::Legs, legs.take())?;
        }
        Ok(())
    }

    /// Hands on what is left.
    pub fn finish(mut self, out: &mut Outbox<'_>) -> Result<(), ImportError> {
        self.flush(out)
    }
}
