//! From whatever Arrow types a source uses to a table's own, or an error that says why not.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type};
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch, RecordBatchOptions, StringArray, new_null_array};
use arrow_schema::{DataType, Schema, SchemaRef};

use crate::conversion;
use crate::decimal::Decimal;
use crate::error::ContactsError;
use crate::table::{Column, Kind, Table};
use crate::words::WordError;

/// These records in the canonical schema of their table: its columns, in its order, in its types.
///
/// - Names and texts: any string type or dictionary of strings; whole numbers are written out.
/// - Instants: timestamps of any unit that name a zone; below a microsecond they are rounded down.
/// - Durations: whole numbers, which are milliseconds, or Arrow durations of whole milliseconds.
/// - Counts and scores: integers of any width. Here and in durations a float passes where it is a whole number,
///   because some tools have no other column for integers that may be missing.
/// - Decimals: decimals of any width and scale and integers, where nothing is lost. Never floats.
/// - A missing or all-null column that may be null is filled with nulls; columns of other names are dropped.
///
/// A column that already has its type is checked and shared, not copied.
///
/// # Errors
/// If a required column is missing, a column's type or one of its values does not convert, a required value is null or
/// empty, or a word is not in its column's vocabulary.
pub fn conform(batch: &RecordBatch, table: Table) -> Result<RecordBatch, ContactsError> {
    let positions: Vec<usize> = (0..table.columns().len()).collect();
    Projection { table, positions, schema: table.schema() }.conform(batch)
}

/// Some columns of a table.
#[derive(Clone, Debug)]
pub(crate) struct Projection {
    pub(crate) table: Table,
    pub(crate) positions: Vec<usize>, // Invariant: positions of the table's columns, increasing.
    pub(crate) schema: SchemaRef,     // Invariant: the fields at these positions, with the table's metadata.
}

impl Projection {
    /// The columns of these names, in the table's order; all of them if there are no names.
    pub(crate) fn of(table: Table, names: Option<&[&str]>) -> Result<Projection, ContactsError> {
        let schema = table.schema();
        let Some(names) = names else {
            return Ok(Projection { table, positions: (0..table.columns().len()).collect(), schema });
        };
        let position = |name: &&str| {
            let unknown = || ContactsError::UnknownColumn { table: table.name(), column: (*name).to_owned() };
            table.position(name).ok_or_else(unknown)
        };
        let mut positions = names.iter().map(position).collect::<Result<Vec<_>, _>>()?;
        positions.sort_unstable();
        positions.dedup();
        let fields: Vec<_> = positions.iter().map(|position| Arc::clone(&schema.fields()[*position])).collect();
        let schema = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
        Ok(Projection { table, positions, schema })
    }

    pub(crate) fn conform(&self, batch: &RecordBatch) -> Result<RecordBatch, ContactsError> {
        let columns = self.positions.iter().map(|position| {
            let column = &self.table.columns()[*position];
            let place = Place { table: self.table.name(), column };
            match place.found_in(batch)? {
                Some(array) => place.conformed(array, batch.num_rows()),
                None if column.required && 0 < batch.num_rows() => {
                    Err(ContactsError::MissingColumn { table: place.table, column: column.name })
                }
                None => Ok(new_null_array(&column.kind.data_type(), batch.num_rows())),
            }
        });
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        Ok(RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)
            .expect("every column has its canonical type, and no null where none may be"))
    }
}

/// A column of a table, as errors name it.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) table: &'static str,
    pub(crate) column: &'static Column,
}

impl Place {
    fn found_in(self, batch: &RecordBatch) -> Result<Option<&ArrayRef>, ContactsError> {
        let fields = batch.schema_ref().fields().iter();
        let mut found = fields.zip(batch.columns()).filter(|(field, _)| field.name() == self.column.name);
        let first = found.next().map(|(_, array)| array);
        match found.next() {
            Some(_) => Err(ContactsError::RepeatedColumn { table: self.table, column: self.column.name }),
            None => Ok(first),
        }
    }

    fn conformed(self, array: &ArrayRef, rows: usize) -> Result<ArrayRef, ContactsError> {
        let expected = self.column.kind.data_type();
        let array = match array.data_type() {
            DataType::Null if self.column.required && 0 < rows => return Err(self.null(0)),
            DataType::Null => return Ok(new_null_array(&expected, rows)),
            found if *found == expected && !has_null_behind_key(array) => Arc::clone(array),
            _ => conversion::converted(array, self)?,
        };
        if self.column.required
            && let Some(row) = (0 < array.null_count()).then(|| (0..rows).find(|row| array.is_null(*row))).flatten()
        {
            return Err(self.null(row));
        }
        match self.column.kind {
            Kind::Name if self.column.required => self.check_names(&array)?,
            Kind::Word(words) => self.check_words(&array, words)?,
            Kind::Text if self.column.required => self.check_texts(array.as_string())?,
            Kind::Decimal(_) => self.check_digits(&array)?,
            _ => {}
        }
        Ok(array)
    }

    fn check_names(self, array: &ArrayRef) -> Result<(), ContactsError> {
        match first_row_with(array.as_dictionary(), |name| name.is_empty()) {
            Some((row, _)) => Err(self.empty(row)),
            None => Ok(()),
        }
    }

    fn check_words(self, array: &ArrayRef, words: &'static [&'static str]) -> Result<(), ContactsError> {
        match first_row_with(array.as_dictionary(), |name| !words.contains(&name)) {
            Some((row, name)) => {
                let error = WordError { found: name.to_owned(), what: self.column.name, words };
                Err(ContactsError::Word { table: self.table, column: self.column.name, row, error })
            }
            None => Ok(()),
        }
    }

    fn check_texts(self, texts: &StringArray) -> Result<(), ContactsError> {
        match texts.value_offsets().windows(2).position(|ends| ends[0] == ends[1]) {
            Some(row) => Err(self.empty(row)),
            None => Ok(()),
        }
    }

    /// Arrow lets 38 digits be promised and 39 be stored.
    fn check_digits(self, array: &ArrayRef) -> Result<(), ContactsError> {
        let numbers = array.as_primitive::<Decimal128Type>();
        if numbers.null_count() == numbers.len() {
            return Ok(());
        }
        match numbers
            .iter()
            .position(|number| number.is_some_and(|number| Decimal::<0>::from_unscaled(number).is_none()))
        {
            Some(row) => Err(self.value(row, numbers.value(row))),
            None => Ok(()),
        }
    }

    pub(crate) fn null(self, row: usize) -> ContactsError {
        ContactsError::Null { table: self.table, column: self.column.name, row }
    }

    fn empty(self, row: usize) -> ContactsError {
        ContactsError::Empty { table: self.table, column: self.column.name, row }
    }

    pub(crate) fn value(self, row: usize, value: impl ToString) -> ContactsError {
        let expected = self.column.kind.data_type();
        ContactsError::Value { table: self.table, column: self.column.name, row, value: value.to_string(), expected }
    }

    pub(crate) fn type_of(self, array: &dyn Array) -> ContactsError {
        let (found, expected) = (array.data_type().clone(), self.column.kind.data_type());
        ContactsError::Type { table: self.table, column: self.column.name, found, expected }
    }
}

/// Whether a dictionary holds a null among its values, which would be a null that the keys do not show.
fn has_null_behind_key(array: &ArrayRef) -> bool {
    array.as_dictionary_opt::<Int32Type>().is_some_and(|dictionary| 0 < dictionary.values().null_count())
}

/// The first row whose name is so. Looks at the few distinct names, and at the rows only if one of them is.
fn first_row_with(names: &DictionaryArray<Int32Type>, so: impl Fn(&str) -> bool) -> Option<(usize, &str)> {
    let values = names.values().as_string::<i32>();
    if !values.iter().flatten().any(&so) {
        return None;
    }
    let row_names = (0..names.len()).filter_map(|row| names.key(row).map(|key| (row, values.value(key))));
    row_names.into_iter().find(|(_, name)| so(name))
}
