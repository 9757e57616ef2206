//! One value of one column: between a row's field and an Arrow array, one at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, Int32Builder, Int64Builder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, DictionaryArray, RecordBatch};
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

    /// What a column of the kind's canonical type is built with.
    type Builder: Default;

    /// Puts a value, or none, behind the others of a column.
    fn push(builder: &mut Self::Builder, value: Option<&Self::Value>);

    /// The column, after which the builder is empty.
    fn finish(builder: &mut Self::Builder) -> ArrayRef;

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
    ($(
        $name:ident: $value:ty, $kind:expr, $builder:ty,
        |$into:ident, $pushed:ident| $push:expr, |$array:ident, $row:ident| $read:expr;
    )+) => {
        $(
            pub(crate) struct $name;

            impl Cell for $name {
                type Value = $value;

                type Builder = $builder;

                const KIND: Kind = $kind;

                fn push($into: &mut $builder, $pushed: Option<&$value>) {
                    $push
                }

                fn finish(builder: &mut $builder) -> ArrayRef {
                    builder.finish_column()
                }

                fn value($array: &dyn Array, $row: usize) -> Result<$value, Wrong> {
                    $read
                }
            }
        )+
    };
}

cells! {
    Name: String, Kind::Name, Names,
        |names, text| names.push(text.map(String::as_str)),
        |array, row| Ok(name(array, row).to_owned());
    Outcome: words::Outcome, Kind::Word(words::Outcome::WORDS), Names,
        |names, word| names.push(word.map(|word| word.as_str())),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    AgentState: words::AgentState, Kind::Word(words::AgentState::WORDS), Names,
        |names, word| names.push(word.map(|word| word.as_str())),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    Channel: words::Channel, Kind::Word(words::Channel::WORDS), Names,
        |names, word| names.push(word.map(|word| word.as_str())),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    Direction: words::Direction, Kind::Word(words::Direction::WORDS), Names,
        |names, word| names.push(word.map(|word| word.as_str())),
        |array, row| name(array, row).parse().map_err(Wrong::Word);
    Text: String, Kind::Text, StringBuilder,
        |texts, text| texts.append_option(text),
        |array, row| Ok(array.as_string::<i32>().value(row).to_owned());
    Instant: units::Instant, Kind::Instant, TimestampMicrosecondBuilder,
        |instants, at| instants.append_option(at.map(|at| at.0)),
        |array, row| Ok(units::Instant(array.as_primitive::<TimestampMicrosecondType>().value(row)));
    Day: Date, Kind::Day, Date32Builder,
        |days, day| days.append_option(day.map(|day| days_since_1970(*day))),
        |array, row| date_of(array.as_primitive::<Date32Type>().value(row));
    Duration: i64, Kind::Duration, Int64Builder,
        |numbers, number| numbers.append_option(number.copied()),
        |array, row| Ok(array.as_primitive::<Int64Type>().value(row));
    Count: i64, Kind::Count, Int64Builder,
        |numbers, number| numbers.append_option(number.copied()),
        |array, row| Ok(array.as_primitive::<Int64Type>().value(row));
    Score: i32, Kind::Score, Int32Builder,
        |numbers, number| numbers.append_option(number.copied()),
        |array, row| Ok(array.as_primitive::<Int32Type>().value(row));
    Flag: bool, Kind::Flag, BooleanBuilder,
        |flags, flag| flags.append_option(flag.copied()),
        |array, row| Ok(array.as_boolean().value(row));
    Decimal6: Decimal<6>, Kind::Decimal(6), Decimals<6>,
        |decimals, value| decimals.0.append_option(value.map(|value| value.unscaled())),
        |array, row| decimal(array, row);
    Decimal9: Decimal<9>, Kind::Decimal(9), Decimals<9>,
        |decimals, value| decimals.0.append_option(value.map(|value| value.unscaled())),
        |array, row| decimal(array, row);
    Decimal12: Decimal<12>, Kind::Decimal(12), Decimals<12>,
        |decimals, value| decimals.0.append_option(value.map(|value| value.unscaled())),
        |array, row| decimal(array, row);
}

/// How a builder ends.
trait Column {
    fn finish_column(&mut self) -> ArrayRef;
}

macro_rules! columns {
    ($($builder:ty),+) => {
        $(impl Column for $builder {
            fn finish_column(&mut self) -> ArrayRef {
                Arc::new(self.finish())
            }
        })+
    };
}

columns!(StringBuilder, Date32Builder, Int64Builder, Int32Builder, BooleanBuilder);

impl Column for TimestampMicrosecondBuilder {
    fn finish_column(&mut self) -> ArrayRef {
        Arc::new(self.finish().with_timezone("UTC"))
    }
}

/// Decimals with so many places.
#[derive(Default)]
pub(crate) struct Decimals<const PLACES: u8>(Decimal128Builder);

impl<const PLACES: u8> Column for Decimals<PLACES> {
    fn finish_column(&mut self) -> ArrayRef {
        let decimals = self.0.finish().with_precision_and_scale(38, PLACES as i8);
        Arc::new(decimals.expect("a decimal has at most 38 digits"))
    }
}

/// Names, each of which is held once. Rows that follow one another often have the same: such a one is not looked up.
#[derive(Default)]
pub(crate) struct Names {
    keys: Int32Builder,
    values: StringBuilder,
    known: BTreeMap<String, i32>,
    last: Option<(String, i32)>,
}

impl Names {
    fn push(&mut self, name: Option<&str>) {
        let Some(name) = name else { return self.keys.append_null() };
        if let Some((last, key)) = &self.last
            && last == name
        {
            return self.keys.append_value(*key);
        }
        let key = match self.known.get(name) {
            Some(key) => *key,
            None => {
                let key = i32::try_from(self.known.len()).expect("fewer than 2^31 names in a batch");
                self.values.append_value(name);
                self.known.insert(name.to_owned(), key);
                key
            }
        };
        let (text, last) = self.last.get_or_insert_default();
        name.clone_into(text);
        *last = key;
        self.keys.append_value(key);
    }
}

impl Column for Names {
    fn finish_column(&mut self) -> ArrayRef {
        self.known.clear();
        self.last = None;
        let (keys, values) = (self.keys.finish(), Arc::new(self.values.finish()));
        Arc::new(DictionaryArray::<Int32Type>::try_new(keys, values).expect("a key is that of a value"))
    }
}

fn name(array: &dyn Array, row: usize) -> &str {
    let dictionary = array.as_dictionary::<Int32Type>();
    let key = dictionary.key(row).expect("the row is not null");
    dictionary.values().as_string::<i32>().value(key)
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
