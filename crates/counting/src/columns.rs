//! The columns of a batch, by name and canonical type.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, BooleanArray, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use jiff::civil::{Date, date};
use longshore_contacts::Table;

use crate::CountError;

/// A batch of one table.
#[derive(Clone, Copy)]
pub(crate) struct Columns<'b> {
    pub table: Table,
    batch: &'b RecordBatch,
}

/// A column of names: keys into a list of them.
pub(crate) struct Names<'b> {
    keys: &'b [i32],
    array: &'b DictionaryArray<Int32Type>,
    values: &'b StringArray,
}

/// Names that are counted apart, numbered in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    names: Vec<String>,
    /// Looked into, never gone through.
    numbers: HashMap<String, u32>,
}

impl Groups {
    /// The names, by number.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of a name, new or known.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

impl<'b> Columns<'b> {
    pub fn of(table: Table, batch: &'b RecordBatch) -> Columns<'b> {
        Columns { table, batch }
    }

    pub fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    pub fn error(&self, column: &'static str) -> CountError {
        CountError::Column { table: self.table.name(), column }
    }

    fn array(&self, column: &'static str) -> Result<&'b dyn Array, CountError> {
        self.batch.column_by_name(column).map(AsRef::as_ref).ok_or_else(|| self.error(column))
    }

    pub fn names(&self, column: &'static str) -> Result<Names<'b>, CountError> {
        let array = self.array(column)?.as_dictionary_opt::<Int32Type>().ok_or_else(|| self.error(column))?;
        let values = array.values().as_string_opt::<i32>().ok_or_else(|| self.error(column))?;
        Ok(Names { keys: array.keys().values(), array, values })
    }

    pub fn instants(&self, column: &'static str) -> Result<&'b PrimitiveArray<TimestampMicrosecondType>, CountError> {
        self.array(column)?.as_primitive_opt().ok_or_else(|| self.error(column))
    }

    pub fn durations(&self, column: &'static str) -> Result<&'b PrimitiveArray<Int64Type>, CountError> {
        self.array(column)?.as_primitive_opt().ok_or_else(|| self.error(column))
    }

    pub fn days(&self, column: &'static str) -> Result<&'b PrimitiveArray<Date32Type>, CountError> {
        self.array(column)?.as_primitive_opt().ok_or_else(|| self.error(column))
    }

    pub fn flags(&self, column: &'static str) -> Result<&'b BooleanArray, CountError> {
        self.array(column)?.as_boolean_opt().ok_or_else(|| self.error(column))
    }

    pub fn texts(&self, column: &'static str) -> Result<&'b StringArray, CountError> {
        self.array(column)?.as_string_opt().ok_or_else(|| self.error(column))
    }

    /// Exact decimals, as whole numbers of their last place.
    pub fn decimals(&self, column: &'static str) -> Result<&'b PrimitiveArray<Decimal128Type>, CountError> {
        self.array(column)?.as_primitive_opt().ok_or_else(|| self.error(column))
    }

    /// Whether a column stands in the batch at all.
    pub fn has(&self, column: &str) -> bool {
        self.batch.column_by_name(column).is_some()
    }
}

impl Names<'_> {
    /// Drops the rows whose name `wanted` does not want, and returns how many that were; a null is not wanted.
    pub fn keep_counted(&self, wanted: impl Fn(&str) -> bool, kept: &mut [bool]) -> u64 {
        let before = kept_rows(kept);
        self.keep(wanted, kept);
        before - kept_rows(kept)
    }

    /// Drops the rows whose name `wanted` does not want; a null is not wanted.
    pub fn keep(&self, wanted: impl Fn(&str) -> bool, kept: &mut [bool]) {
        let wanted: Vec<bool> = (0..self.values.len())
            .map(|value| self.values.is_valid(value) && wanted(self.values.value(value)))
            .collect();
        if self.array.null_count() == 0 && wanted.iter().all(|wanted| *wanted) {
            return;
        }
        match self.array.nulls() {
            None => {
                let wanted = Lookup::of(wanted);
                kept.iter_mut().zip(self.keys).for_each(|(kept, key)| *kept &= wanted.at(*key));
            }
            Some(nulls) => {
                for (row, kept) in kept.iter_mut().enumerate() {
                    // A null's key may be anything.
                    *kept &= nulls.is_valid(row) && wanted[self.keys[row] as usize];
                }
            }
        }
    }

    /// Drops the rows that have no name. Returns how many of the kept rows it dropped.
    pub fn drop_unknown(&self, kept: &mut [bool]) -> u64 {
        if self.array.null_count() == 0 && self.values.null_count() == 0 {
            return 0;
        }
        let nulls = self.array.logical_nulls();
        let mut dropped = 0;
        for (row, kept) in kept.iter_mut().enumerate() {
            let known = nulls.as_ref().is_none_or(|nulls| nulls.is_valid(row));
            dropped += u64::from(*kept && !known);
            *kept &= known;
        }
        dropped
    }

    /// The number of each row's name in `known`, which grows by the names it does not have. A null is the empty name.
    pub fn groups(&self, known: &mut Groups, groups: &mut Vec<u32>) {
        let mut number = |name: &str| known.number(name);
        groups.clear();
        // A list of names much longer than the batch would be mostly names that no row has.
        if self.array.null_count() == 0 && self.values.null_count() == 0 && self.values.len() <= self.keys.len() {
            let of_value = (0..self.values.len()).map(|value| number(self.values.value(value))).collect();
            let of_value = Lookup::of(of_value);
            groups.extend(self.keys.iter().map(|key| of_value.at(*key)));
            return;
        }
        let nulls = self.array.nulls();
        groups.extend((0..self.keys.len()).map(|row| {
            let value = self.keys[row] as usize;
            let known = nulls.is_none_or(|nulls| nulls.is_valid(row)) && self.values.is_valid(value);
            number(if known { self.values.value(value) } else { "" })
        }));
    }
}

/// A value for each key of a dictionary. Few keys, which is the rule, are looked up in a table as large as a byte, so that
/// no key needs to be compared with its length.
enum Lookup<T> {
    Few([T; 256]),
    Many(Vec<T>),
}

impl<T: Copy + Default> Lookup<T> {
    fn of(values: Vec<T>) -> Lookup<T> {
        if values.len() > 256 {
            return Lookup::Many(values);
        }
        let mut few = [T::default(); 256];
        few[..values.len()].copy_from_slice(&values);
        Lookup::Few(few)
    }

    /// The value of a key that is not null.
    #[inline]
    fn at(&self, key: i32) -> T {
        match self {
            Lookup::Few(values) => values[usize::from(key as u8)],
            Lookup::Many(values) => values[key as usize],
        }
    }
}

/// How many rows are kept.
pub(crate) fn kept_rows(kept: &[bool]) -> u64 {
    kept.iter().map(|kept| u64::from(*kept)).sum()
}

/// A day of the records. `None` outside the years that calendars can show.
pub(crate) fn day(days_since_1970: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days_since_1970).ok()?).ok()
}
