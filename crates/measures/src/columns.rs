//! The columns of a batch, by name and canonical type. One that is not there is unknown in all rows.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrowPrimitiveType, BooleanArray, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use longshore_contacts::Table;

use crate::TallyError;

/// A batch of one table.
#[derive(Clone, Copy)]
pub(crate) struct Columns<'b> {
    table: Table,
    batch: &'b RecordBatch,
}

/// A column of names: keys into a list of them.
#[derive(Clone, Copy)]
pub(crate) struct Names<'b> {
    array: &'b DictionaryArray<Int32Type>,
    values: &'b StringArray,
}

impl<'b> Columns<'b> {
    pub fn of(table: Table, batch: &'b RecordBatch) -> Columns<'b> {
        Columns { table, batch }
    }

    pub fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    fn array(&self, column: &'static str) -> Option<&'b dyn Array> {
        self.batch.column_by_name(column).map(AsRef::as_ref)
    }

    fn error(&self, column: &'static str) -> TallyError {
        TallyError::Column { table: self.table.name(), column }
    }

    fn numbers<T: ArrowPrimitiveType>(
        &self,
        column: &'static str,
    ) -> Result<Option<&'b PrimitiveArray<T>>, TallyError> {
        match self.array(column) {
            None => Ok(None),
            Some(array) => array.as_primitive_opt().map(Some).ok_or_else(|| self.error(column)),
        }
    }

    pub fn names(&self, column: &'static str) -> Result<Option<Names<'b>>, TallyError> {
        let Some(array) = self.array(column) else { return Ok(None) };
        let array = array.as_dictionary_opt::<Int32Type>().ok_or_else(|| self.error(column))?;
        let values = array.values().as_string_opt::<i32>().ok_or_else(|| self.error(column))?;
        Ok(Some(Names { array, values }))
    }

    pub fn instants(
        &self,
        column: &'static str,
    ) -> Result<Option<&'b PrimitiveArray<TimestampMicrosecondType>>, TallyError> {
        self.numbers(column)
    }

    /// A column that every row of the table has.
    pub fn required_instants(
        &self,
        column: &'static str,
    ) -> Result<&'b PrimitiveArray<TimestampMicrosecondType>, TallyError> {
        self.instants(column)?.ok_or_else(|| self.error(column))
    }

    pub fn durations(&self, column: &'static str) -> Result<Option<&'b PrimitiveArray<Int64Type>>, TallyError> {
        self.numbers(column)
    }

    pub fn days(&self, column: &'static str) -> Result<Option<&'b PrimitiveArray<Date32Type>>, TallyError> {
        self.numbers(column)
    }

    pub fn scores(&self, column: &'static str) -> Result<Option<&'b PrimitiveArray<Int32Type>>, TallyError> {
        self.numbers(column)
    }

    pub fn flags(&self, column: &'static str) -> Result<Option<&'b BooleanArray>, TallyError> {
        match self.array(column) {
            None => Ok(None),
            Some(array) => array.as_boolean_opt().map(Some).ok_or_else(|| self.error(column)),
        }
    }

    /// The rows that no newer version has replaced.
    pub fn not_superseded(&self) -> Vec<bool> {
        match self.array("superseded_at") {
            Some(superseded) if superseded.null_count() < self.rows() => {
                (0..self.rows()).map(|row| superseded.is_null(row)).collect()
            }
            _ => vec![true; self.rows()],
        }
    }

    /// Any column, to ask which rows have a value in it.
    pub fn any(&self, column: &'static str) -> Option<&'b dyn Array> {
        self.array(column)
    }
}

impl<'b> Names<'b> {
    /// For each name of the list what `of` says of it, and for each row the one of its name: `none` where it has none.
    pub fn map<T: Copy>(&self, none: T, of: impl Fn(&str) -> T) -> Vec<T> {
        let said: Vec<T> = (0..self.values.len())
            .map(|value| if self.values.is_valid(value) { of(self.values.value(value)) } else { none })
            .collect();
        let keys = self.array.keys().values();
        match self.array.nulls() {
            None => keys.iter().map(|key| said[*key as usize]).collect(),
            Some(nulls) => {
                (0..keys.len()).map(|row| if nulls.is_valid(row) { said[keys[row] as usize] } else { none }).collect()
            }
        }
    }

    /// How many names the list has.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The position of a row's name in the list.
    #[inline]
    pub fn position(&self, row: usize) -> Option<usize> {
        let position = self.array.is_valid(row).then(|| self.array.keys().values()[row] as usize);
        position.filter(|position| self.values.is_valid(*position))
    }

    /// A name of the list.
    pub fn name(&self, position: usize) -> &'b str {
        self.values.value(position)
    }
}

/// The value of a row; none where it is not known.
#[inline]
pub(crate) fn at<T: ArrowPrimitiveType>(column: Option<&PrimitiveArray<T>>, row: usize) -> Option<T::Native> {
    column.and_then(|column| column.is_valid(row).then(|| column.value(row)))
}
