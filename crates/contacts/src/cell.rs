//! One value of one column: between a row's field and an Arrow array, one at a time.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Int32Array, Int64Array, RecordBatch,
    StringArray, TimestampMicrosecondArray,
};
use jiff::Span;
use jiff::civil::{Date, date};
use longshore_units as units;

use crate::decimal::Decimal;
use crate::error::ContactsError;
use crate::table::{Kind, Table};
use crate::words::{self, WordError};

/// What the columns of one [`Kind`] hold, and how a value gets into an array and out again.
pub(crate) trait Cell {
    /// A value as a row's field holds it.
    type Value;

    const KIND: Kind;

    /// The values as a column of the kind's canonical type.
    fn array<'a>(values: impl Iterator<Item = Option<&'a Self::Value>>) -> ArrayRef
    where
        Self::Value: 'a;

    /// The value in a row of such a column that is not null there.
    fn value(array: &dyn Array, row: usize) -> Result<Self::Value, Wrong>;
}

/// Why a value of the right Arrow type still is none.
pub(crate) enum Wrong {
    Word(WordError),
    Range(String),
}

/// A row's field: `Value` where every row has one, `Option<Value>` where the column may be null.
pub(crate) trait Field<Value>: Sized {
    const REQUIRED: bool;

    fn as_value(&self) -> Option<&Value>;

    /// `None` if the field needs a value and there is none.
    fn of_value(value: Option<Value>) -> Option<Self>;
}

impl<Value> Field<Value> for Value {
    const REQUIRED: bool = true;

    fn as_value(&self) -> Option<&Value> {
        Some(self)
    }

    fn of_value(value: Option<Value>) -> Option<Value> {
        value
    }
}

impl<Value> Field<Value> for Option<Value> {
    const REQUIRED: bool = false;

    fn as_value(&self) -> Option<&Value> {
        self.as_ref()
    }

    fn of_value(value: Option<Value>) -> Option<Option<Value>> {
        Some(value)
    }
}

/// The cells of one row, read from the first column to the last.
pub(crate) struct Cells<'batch> {
    batch: &'batch RecordBatch,
    table: Table,
    row: usize,
    next: usize,
}

impl<'batch> Cells<'batch> {
    pub(crate) fn of_row(batch: &'batch RecordBatch, table: Table, row: usize) -> Result<Cells<'batch>, ContactsError> {
        let fields = batch.schema_ref().fields();
        for (position, column) in table.columns().iter().enumerate() {
            let found = fields.get(position).filter(|field| field.name() == column.name);
            let field = found.ok_or(ContactsError::MissingColumn { table: table.name(), column: column.name })?;
            let expected = column.kind.data_type();
            if *field.data_type() != expected {
                let found = field.data_type().clone();
                return Err(ContactsError::Type { table: table.name(), column: column.name, found, expected });
            }
        }
        Ok(Cells { batch, table, row, next: 0 })
    }

    pub(crate) fn next<Of: Cell, Into: Field<Of::Value>>(&mut self) -> Result<Into, ContactsError> {
        let (table, row) = (self.table.name(), self.row);
        let (array, column) = (self.batch.column(self.next), self.table.columns()[self.next].name);
        self.next += 1;
        let value = if is_null(array, row) { None } else { Some(Of::value(array, row)) };
        let value = value.transpose().map_err(|wrong| match wrong {
            Wrong::Word(error) => ContactsError::Word { table, column, row, error },
            Wrong::Range(value) => ContactsError::Value { table, column, row, value, expected: Of::KIND.data_type() },
        })?;
        Into::of_value(value).ok_or(ContactsError::Null { table, column, row })
    }
}

/// A dictionary's value may be null behind a key that is not.
fn is_null(array: &ArrayRef, row: usize) -> bool {
    match array.as_dictionary_opt::<Int32Type>() {
        Some(dictionary) => dictionary.key(row).is_none_or(|key| dictionary.values().is_null(key)),
        None => array.is_null(row),
    }
}

macro_rules! cells {
    ($($name:ident: $value:ty, $kind:expr, |$values:ident| $build:expr, |$array:ident, $row:ident| $read:expr;)+) => {
        $(
            pub(crate) struct $name;

            impl Cell for $name {
                type Value = $value;

                const KIND: Kind = $kind;

                fn array<'a>($values: impl Iterator<Item = Option<&'a $value>>) -> ArrayRef {
                    Arc::new($build)
                }

                fn value($array: &dyn Array, $row: usize) -> Result<$value, Wrong> {
                    $read
                }
            }
        )+
    };
}

cells! {
    Name: String, Kind::Name,
        |values| names(values.map(|text| text.map(String::as_str))),
        |array, row| Ok(name(array, row).to_owned());
    Outcome: words::Outcome, Kind::Word(words::Outcome::WORDS),
        |values| names(values.map(|word| word.map(|word| word.as_str()))),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    AgentState: words::AgentState, Kind::Word(words::AgentState::WORDS),
        |values| names(values.map(|word| word.map(|word| word.as_str()))),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    Channel: words::Channel, Kind::Word(words::Channel::WORDS),
        |values| names(values.map(|word| word.map(|word| word.as_str()))),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    Direction: words::Direction, Kind::Word(words::Direction::WORDS),
        |values| names(values.map(|word| word.map(|word| word.as_str()))),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    Text: String, Kind::Text,
        |values| values.collect::<StringArray>(),
        |array, row| Ok(array.as_string::<i32>().value(row).to_owned());
    Instant: units::Instant, Kind::Instant,
        |values| values.map(|at| at.map(|at| at.0)).collect::<TimestampMicrosecondArray>().with_timezone("UTC"),
        |array, row| Ok(units::Instant(array.as_primitive::<TimestampMicrosecondType>().value(row)));
    Day: Date, Kind::Day,
        |values| values.map(|day| day.map(|day| days_since_1970(*day))).collect::<Date32Array>(),
        |array, row| date_of(array.as_primitive::<Date32Type>().value(row));
    Duration: i64, Kind::Duration,
        |values| values.map(Option::<&_>::copied).collect::<Int64Array>(),
        |array, row| Ok(array.as_primitive::<Int64Type>().value(row));
    Count: i64, Kind::Count,
        |values| values.map(Option::<&_>::copied).collect::<Int64Array>(),
        |array, row| Ok(array.as_primitive::<Int64Type>().value(row));
    Score: i32, Kind::Score,
        |values| values.map(Option::<&_>::copied).collect::<Int32Array>(),
        |array, row| Ok(array.as_primitive::<Int32Type>().value(row));
    Flag: bool, Kind::Flag,
        |values| values.map(Option::<&_>::copied).collect::<BooleanArray>(),
        |array, row| Ok(array.as_boolean().value(row));
    Decimal6: Decimal<6>, Kind::Decimal(6), |values| decimals(values), |array, row| decimal(array, row);
    Decimal9: Decimal<9>, Kind::Decimal(9), |values| decimals(values), |array, row| decimal(array, row);
    Decimal12: Decimal<12>, Kind::Decimal(12), |values| decimals(values), |array, row| decimal(array, row);
}

fn names<'a>(values: impl Iterator<Item = Option<&'a str>>) -> DictionaryArray<Int32Type> {
    values.collect()
}

fn name(array: &dyn Array, row: usize) -> &str {
    let dictionary = array.as_dictionary::<Int32Type>();
    let key = dictionary.key(row).expect("the row is not null");
    dictionary.values().as_string::<i32>().value(key)
}

fn decimals<'a, const PLACES: u8>(values: impl Iterator<Item = Option<&'a Decimal<PLACES>>>) -> Decimal128Array {
    let values = values.map(|value| value.map(|value| value.unscaled())).collect::<Decimal128Array>();
    values.with_precision_and_scale(38, PLACES as i8).expect("a decimal has at most 38 digits")
}

fn decimal<const PLACES: u8>(array: &dyn Array, row: usize) -> Result<Decimal<PLACES>, Wrong> {
    let unscaled = array.as_primitive::<Decimal128Type>().value(row);
    Decimal::from_unscaled(unscaled).ok_or_else(|| Wrong::Range(format!("{unscaled}e-{PLACES}")))
}

const DAY_0: Date = date(1970, 1, 1);

fn days_since_1970(day: Date) -> i32 {
    (day - DAY_0).get_days()
}

fn date_of(days: i32) -> Result<Date, Wrong> {
    let span = Span::new().try_days(days).and_then(|span| DAY_0.checked_add(span));
    span.map_err(|_| Wrong::Range(format!("day {days} since 1970")))
}
