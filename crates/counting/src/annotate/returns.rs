//! Customers who come back.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, Int64Array, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::{DataType, Field};
use longshore_contacts::{Direction, Table};

use super::{AnnotateError, with_column, with_field};
use crate::CountError;
use crate::columns::{Columns, Groups};

/// Contacts with what came after them.
#[derive(Clone, Debug)]
pub struct Returns {
    /// The batches.
    pub contacts: Vec<RecordBatch>,
    /// How many contacts name no customer: whether anybody came back is not known of them, and both columns stay as they
    /// were.
    pub without_customer: u64,
}

/// A contact of a known customer.
struct Row {
    customer: u32,
    /// Program and reason.
    matter: (u32, u32),
    /// Source and identifier: one contact may stand at several providers.
    contact: (u32, u32),
    begins: Option<i64>,
    ends: Option<i64>,
    is_return: bool,
    batch: u32,
    row: u32,
}

/// Fills `repeat_after` and `reopened_after` of contacts where they are null.
///
/// A customer has come back once a contact of theirs, inbound or of unknown direction, begins at or after the end of the
/// one before, whatever became of it; in the same matter if program and reason are the same (an unknown reason is the same
/// as an unknown one only). A contact begins when it arrived, else when it was offered, else answered. One that has no end
/// yet, or no customer, has nothing after it. Rows that a newer delivery replaced are not looked at.
///
/// # Errors
/// If a column is missing.
pub fn returns(batches: &[RecordBatch]) -> Result<Returns, AnnotateError> {
    let (mut rows, without_customer) = rows(batches, false)?;
    let blank = || batches.iter().map(|batch| vec![None; batch.num_rows()]).collect::<Vec<Vec<Option<i64>>>>();
    let (mut repeat_after, mut reopened_after) = (blank(), blank());
    // A fixed order, also of contacts that begin at the same instant.
    let order = |row: &Row| (row.begins, row.contact, row.batch, row.row);
    rows.sort_unstable_by_key(|row| (row.customer, order(row)));
    for of_customer in rows.chunk_by(|one, other| one.customer == other.customer) {
        find(of_customer, &mut repeat_after);
    }
    rows.sort_unstable_by_key(|row| (row.customer, row.matter, order(row)));
    for of_matter in rows.chunk_by(|one, other| (one.customer, one.matter) == (other.customer, other.matter)) {
        find(of_matter, &mut reopened_after);
    }
    let mut contacts = Vec::with_capacity(batches.len());
    for (batch, (repeat, reopening)) in batches.iter().zip(repeat_after.into_iter().zip(reopened_after)) {
        let repeat = filled(batch, "repeat_after", repeat)?;
        let reopening = filled(batch, "reopened_after", reopening)?;
        let batch = with_column(batch, Table::Contacts, "repeat_after", Arc::new(repeat));
        contacts.push(with_column(&batch, Table::Contacts, "reopened_after", Arc::new(reopening)));
    }
    Ok(Returns { contacts, without_customer })
}

/// For each of some contacts, in the order of their beginnings, how many milliseconds after its end another of them begins.
fn find(rows: &[Row], after: &mut [Vec<Option<i64>>]) {
    let returns: Vec<(i64, &Row)> =
        rows.iter().filter(|row| row.is_return).filter_map(|row| Some((row.begins?, row))).collect();
    // For each of them the next that is another contact: a contact stands in several rows, in bad records in all.
    let mut others = vec![returns.len(); returns.len()];
    for position in (0..returns.len().saturating_sub(1)).rev() {
        let is_other = returns[position].1.contact != returns[position + 1].1.contact;
        others[position] = if is_other { position + 1 } else { others[position + 1] };
    }
    for row in rows {
        let Some(ends) = row.ends else { continue };
        let first = returns.partition_point(|(begins, _)| *begins < ends);
        let next = match returns.get(first) {
            Some((_, next)) if next.contact == row.contact => returns.get(others[first]),
            next => next,
        };
        after[row.batch as usize][row.row as usize] = next.map(|(begins, _)| begins.saturating_sub(ends) / 1000);
    }
}

/// What stands in a column, and what was found where nothing does.
fn filled(batch: &RecordBatch, name: &'static str, found: Vec<Option<i64>>) -> Result<Int64Array, CountError> {
    let columns = Columns::of(Table::Contacts, batch);
    if !columns.has(name) {
        return Ok(found.into());
    }
    let known = columns.durations(name)?;
    let known = (0..batch.num_rows()).map(|row| known.is_valid(row).then(|| known.value(row)));
    Ok(known.zip(found).map(|(known, found)| known.or(found)).collect())
}

/// Which next contact of a customer is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// Only one that was answered.
    pub answered: bool,
    /// Time runs from when the contact began, and one that begins while it still runs is a next one too; otherwise from its
    /// end.
    pub from_begin: bool,
}

/// Adds a column of that name which no table has: how many milliseconds after a contact the same customer made the next one
/// of that kind. All else is as for [`returns`].
///
/// # Errors
/// If a column is missing.
pub fn next(batches: &[RecordBatch], name: &str, next: Next) -> Result<Vec<RecordBatch>, AnnotateError> {
    let (mut rows, _) = rows(batches, next.answered)?;
    if next.from_begin {
        rows.iter_mut().for_each(|row| row.ends = row.begins);
    }
    let mut after: Vec<Vec<Option<i64>>> = batches.iter().map(|batch| vec![None; batch.num_rows()]).collect();
    rows.sort_unstable_by_key(|row| (row.customer, row.begins, row.contact, row.batch, row.row));
    for of_customer in rows.chunk_by(|one, other| one.customer == other.customer) {
        find(of_customer, &mut after);
    }
    let with_column = |(batch, after): (&RecordBatch, Vec<Option<i64>>)| {
        let field = Field::new(name, DataType::Int64, true);
        with_field(batch, field, Arc::new(Int64Array::from(after)))
    };
    Ok(batches.iter().zip(after).map(with_column).collect())
}

/// The contacts of known customers, and how many others there are. `answered`: only those who were answered came back.
fn rows(batches: &[RecordBatch], answered: bool) -> Result<(Vec<Row>, u64), CountError> {
    let (mut programs, mut reasons, mut sources) = (Groups::default(), Groups::default(), Groups::default());
    let (mut customers, mut contacts) = (Texts::default(), Texts::default());
    let (mut rows, mut without_customer) = (Vec::new(), 0);
    for (number, batch) in batches.iter().enumerate() {
        let columns = Columns::of(Table::Contacts, batch);
        let (mut program, mut reason, mut source) = (Vec::new(), Vec::new(), Vec::new());
        columns.names("program")?.groups(&mut programs, &mut program);
        columns.names("reason")?.groups(&mut reasons, &mut reason);
        columns.names("source")?.groups(&mut sources, &mut source);
        let mut is_return = vec![true; batch.num_rows()];
        let mut outbound = is_return.clone();
        columns.names("direction")?.keep(|direction| direction == Direction::Outbound.as_str(), &mut outbound);
        is_return.iter_mut().zip(outbound).for_each(|(is_return, outbound)| *is_return &= !outbound);
        let begins =
            [columns.instants("arrived_at")?, columns.instants("offered_at")?, columns.instants("answered_at")?];
        let (ends, superseded) = (columns.instants("ended_at")?, columns.instants("superseded_at")?);
        let (customer, contact) = (columns.texts("customer")?, columns.texts("contact_id")?);
        for row in (0..batch.num_rows()).filter(|row| superseded.is_null(*row)) {
            let Some(customer) = customers.number(customer, row) else {
                without_customer += 1;
                continue;
            };
            rows.push(Row {
                customer,
                matter: (program[row], reason[row]),
                contact: (source[row], contacts.number(contact, row).unwrap_or(u32::MAX)),
                begins: begins.iter().find_map(|instants| at(instants, row)),
                ends: at(ends, row),
                is_return: is_return[row] && (!answered || begins[2].is_valid(row)),
                batch: number as u32,
                row: row as u32,
            });
        }
    }
    Ok((rows, without_customer))
}

fn at(instants: &PrimitiveArray<TimestampMicrosecondType>, row: usize) -> Option<i64> {
    instants.is_valid(row).then(|| instants.value(row))
}

/// Texts, numbered in the order in which they were met.
#[derive(Default)]
struct Texts {
    numbers: HashMap<String, u32>, // Looked into, never gone through.
}

impl Texts {
    /// The number of a row's text. None where there is none.
    fn number(&mut self, texts: &StringArray, row: usize) -> Option<u32> {
        let text = texts.is_valid(row).then(|| texts.value(row)).filter(|text| !text.is_empty())?;
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(text.to_owned(), number);
        Some(number)
    }
}
