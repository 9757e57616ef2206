//! Columns that fill from rows: a block of rows at a time, each column in a loop of its own.

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, new_null_array,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, SchemaRef};

/// No value, among numbers and instants.
pub(crate) const NULL: i64 = i64::MIN;
/// No value, among a dictionary's keys.
pub(crate) const NO_KEY: i32 = -1;

/// Rows of a batch.
const BATCH_ROWS: usize = 8192;
/// Rows gathered before the columns take them. They stay in the nearest cache meanwhile.
const BLOCK_ROWS: usize = 128;

/// A table being written: rows go in, batches come out.
pub(crate) struct Writer<Row> {
    schema: SchemaRef,
    columns: Vec<Column<Row>>,
    block: Vec<Row>,
    rows: usize, // In the columns.
}

/// One column: where its values come from, and those of the batch so far.
pub(crate) struct Column<Row> {
    fill: Fill<Row>,
    values: Values,
}

/// Adds the values of a block of rows.
type Fill<Row> = Box<dyn Fn(&[Row], &mut Values)>;

/// Values of one column.
pub(crate) enum Values {
    /// Whole numbers, or microseconds since 1970.
    Numbers { numbers: Vec<i64>, instants: bool },
    /// Places in a dictionary that every batch shares.
    Keys { keys: Vec<i32>, words: ArrayRef },
    /// Texts end to end, and where each begins and ends.
    Texts { bytes: Vec<u8>, ends: Vec<i32> },
    /// 0 for no, 1 for yes, 2 for unknown.
    Flags(Vec<u8>),
    /// Nothing at all, for a whole batch.
    Nothing(ArrayRef),
}

impl<Row> Writer<Row> {
    /// A writer of the columns of a schema; `column` makes each by its name.
    pub(crate) fn new(schema: SchemaRef, column: impl Fn(&str) -> Option<Column<Row>>) -> Writer<Row> {
        let columns = schema.fields().iter().map(|field| {
            let nothing = || Column::new(Values::Nothing(new_null_array(field.data_type(), BATCH_ROWS)), |_, _| {});
            column(field.name()).unwrap_or_else(nothing)
        });
        let columns = columns.collect();
        Writer { schema, columns, block: Vec::with_capacity(BLOCK_ROWS), rows: 0 }
    }

    /// Takes a row. `true` if a batch is due.
    #[inline]
    pub(crate) fn push(&mut self, row: Row) -> bool {
        self.block.push(row);
        self.block.len() == BLOCK_ROWS && self.take_block()
    }

    #[inline(never)]
    fn take_block(&mut self) -> bool {
        for column in &mut self.columns {
            (column.fill)(&self.block, &mut column.values);
        }
        self.rows += self.block.len();
        self.block.clear();
        BATCH_ROWS <= self.rows
    }

    /// The rows so far as a batch, if there are any.
    pub(crate) fn batch(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        self.take_block();
        let rows = std::mem::take(&mut self.rows);
        if rows == 0 {
            return None;
        }
        let columns: Result<Vec<ArrayRef>, ArrowError> =
            self.columns.iter_mut().map(|column| column.values.take(rows)).collect();
        Some(columns.and_then(|columns| RecordBatch::try_new(Arc::clone(&self.schema), columns)))
    }
}

impl<Row> Column<Row> {
    fn new(values: Values, fill: impl Fn(&[Row], &mut Values) + 'static) -> Column<Row> {
        Column { fill: Box::new(fill), values }
    }

    fn numbers_or_instants(instants: bool, of: impl Fn(&Row) -> i64 + 'static) -> Column<Row> {
        let numbers = Vec::with_capacity(BATCH_ROWS);
        Column::new(Values::Numbers { numbers, instants }, move |rows, values| {
            if let Values::Numbers { numbers, .. } = values {
                numbers.extend(rows.iter().map(&of));
            }
        })
    }

    /// Whole numbers or durations; [`NULL`] for none.
    pub(crate) fn numbers(of: impl Fn(&Row) -> i64 + 'static) -> Column<Row> {
        Column::numbers_or_instants(false, of)
    }

    /// Milliseconds since 1970; [`NULL`] for none.
    pub(crate) fn instants(of: impl Fn(&Row) -> i64 + 'static) -> Column<Row> {
        let micros = move |milliseconds| if milliseconds == NULL { NULL } else { milliseconds * 1000 };
        Column::numbers_or_instants(true, move |row| micros(of(row)))
    }

    /// Words by their keys; [`NO_KEY`] for none.
    pub(crate) fn keys(words: ArrayRef, of: impl Fn(&Row) -> i32 + 'static) -> Column<Row> {
        Column::new(Values::Keys { keys: Vec::with_capacity(BATCH_ROWS), words }, move |rows, values| {
            if let Values::Keys { keys, .. } = values {
                keys.extend(rows.iter().map(&of));
            }
        })
    }

    /// Texts, each written at the end of the bytes given.
    pub(crate) fn texts(write: impl Fn(&Row, &mut Vec<u8>) + 'static) -> Column<Row> {
        Column::new(Values::Texts { bytes: Vec::new(), ends: vec![0] }, move |rows, values| {
            if let Values::Texts { bytes, ends } = values {
                for row in rows {
                    write(row, bytes);
                    ends.push(bytes.len() as i32); // A batch's texts are far below 2 GB.
                }
            }
        })
    }

    /// Yes, no or unknown.
    pub(crate) fn flags(of: impl Fn(&Row) -> Option<bool> + 'static) -> Column<Row> {
        Column::new(Values::Flags(Vec::with_capacity(BATCH_ROWS)), move |rows, values| {
            if let Values::Flags(flags) = values {
                flags.extend(rows.iter().map(|row| of(row).map_or(2, u8::from)));
            }
        })
    }
}

impl Values {
    /// The values as an array of so many rows; the column starts anew.
    fn take(&mut self, rows: usize) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Values::Numbers { numbers, instants } => {
                let numbers = std::mem::replace(numbers, Vec::with_capacity(BATCH_ROWS));
                let nulls = nulls(&numbers, |number| *number != NULL);
                if *instants {
                    Arc::new(TimestampMicrosecondArray::new(numbers.into(), nulls).with_timezone("UTC"))
                } else {
                    Arc::new(Int64Array::new(numbers.into(), nulls))
                }
            }
            Values::Keys { keys, words } => {
                let keys = std::mem::replace(keys, Vec::with_capacity(BATCH_ROWS));
                let nulls = nulls(&keys, |key| *key != NO_KEY);
                let keys = Int32Array::new(keys.into(), nulls);
                Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::clone(words))?)
            }
            Values::Texts { bytes, ends } => {
                let capacity = bytes.len() + bytes.len() / 16;
                let bytes = Buffer::from(std::mem::replace(bytes, Vec::with_capacity(capacity)));
                let mut next = Vec::with_capacity(BATCH_ROWS + 1);
                next.push(0);
                let ends = OffsetBuffer::new(std::mem::replace(ends, next).into());
                Arc::new(StringArray::try_new(ends, bytes, None)?)
            }
            Values::Flags(flags) => {
                let nulls = nulls(flags, |flag| *flag != 2);
                let values = BooleanBuffer::collect_bool(flags.len(), |row| flags[row] == 1);
                flags.clear();
                Arc::new(BooleanArray::new(values, nulls))
            }
            Values::Nothing(nothing) => nothing.slice(0, rows),
        })
    }
}

/// Which values are there, unless all are.
fn nulls<T>(values: &[T], is_there: impl Fn(&T) -> bool) -> Option<NullBuffer> {
    if values.iter().all(&is_there) {
        return None;
    }
    Some(NullBuffer::new(BooleanBuffer::collect_bool(values.len(), |row| is_there(&values[row]))))
}
