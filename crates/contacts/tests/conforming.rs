//! Records in other Arrow types are the same records, or are refused by name.

#![allow(clippy::unwrap_used)]

mod random;

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::*;
use arrow_buffer::i256;
use arrow_schema::{DataType, Field, Schema};
use longshore_contacts::*;
use longshore_units::Instant;
use proptest::collection::vec;
use proptest::prelude::*;

/// A column of names or texts in another type that holds the same.
fn disguised_text(texts: &[Option<String>], choice: u8) -> ArrayRef {
    let texts = texts.iter().map(Option::as_deref);
    match choice % 6 {
        0 => Arc::new(texts.collect::<StringArray>()),
        1 => Arc::new(texts.collect::<LargeStringArray>()),
        2 => Arc::new(texts.collect::<StringViewArray>()),
        3 => Arc::new(texts.collect::<DictionaryArray<UInt8Type>>()),
        4 => {
            let dictionary: DictionaryArray<Int64Type> = texts.collect();
            let values = dictionary.values().as_string::<i32>().iter().collect::<LargeStringArray>();
            Arc::new(dictionary.with_values(Arc::new(values)))
        }
        // A null behind a key that is none: each row has its own value.
        _ => {
            let values: StringArray = texts.collect();
            let keys = Int32Array::from_iter_values(0..i32::try_from(values.len()).unwrap());
            Arc::new(DictionaryArray::new(keys, Arc::new(values)))
        }
    }
}

fn disguised(array: &ArrayRef, kind: Kind, choice: u8) -> ArrayRef {
    let small = |array: &Int64Array, bound: i64| array.iter().flatten().all(|value| -bound < value && value < bound);
    match kind {
        Kind::Name | Kind::Word(_) => {
            let dictionary = array.as_dictionary::<Int32Type>();
            let names = dictionary.downcast_dict::<StringArray>().unwrap();
            let names: Vec<_> = names.into_iter().map(|name| name.map(str::to_owned)).collect();
            disguised_text(&names, choice)
        }
        Kind::Text => {
            let texts: Vec<_> = array.as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect();
            disguised_text(&texts, choice)
        }
        Kind::Instant => {
            let instants = array.as_primitive::<TimestampMicrosecondType>();
            match choice % 3 {
                0 if instants.iter().flatten().all(|at| at.checked_mul(1000).is_some()) => {
                    let finer = instants.iter().map(|at| at.map(|at| at * 1000 + i64::from(choice)));
                    Arc::new(finer.collect::<TimestampNanosecondArray>().with_timezone("+00:00"))
                }
                1 if instants.iter().flatten().all(|at| at % 1000 == 0) => {
                    let coarser = instants.iter().map(|at| at.map(|at| at / 1000));
                    Arc::new(coarser.collect::<TimestampMillisecondArray>().with_timezone("UTC"))
                }
                _ => Arc::new(instants.clone().with_timezone("America/New_York")),
            }
        }
        Kind::Duration | Kind::Count => {
            let numbers = array.as_primitive::<Int64Type>();
            match choice % 4 {
                0 if small(numbers, 1 << 31) => {
                    Arc::new(numbers.iter().map(|number| number.map(|number| number as i32)).collect::<Int32Array>())
                }
                1 if small(numbers, 1 << 53) => {
                    Arc::new(numbers.iter().map(|number| number.map(|number| number as f64)).collect::<Float64Array>())
                }
                2 if kind == Kind::Duration => Arc::new(numbers.iter().collect::<DurationMillisecondArray>()),
                3 if numbers.iter().flatten().all(|number| 0 <= number) => {
                    Arc::new(numbers.iter().map(|number| number.map(|number| number as u64)).collect::<UInt64Array>())
                }
                _ => Arc::clone(array),
            }
        }
        Kind::Score => {
            Arc::new(array.as_primitive::<Int32Type>().iter().map(|score| score.map(i64::from)).collect::<Int64Array>())
        }
        Kind::Decimal(places) => {
            let numbers = array.as_primitive::<Decimal128Type>().iter();
            let wide: Decimal256Array =
                numbers.map(|number| number.map(|number| i256::from_i128(number) * i256::from_i128(100))).collect();
            Arc::new(wide.with_precision_and_scale(76, places + 2).unwrap())
        }
        Kind::Day => {
            let days = array.as_primitive::<Date32Type>().iter();
            Arc::new(days.map(|day| day.map(|day| i64::from(day) * 86_400_000)).collect::<Date64Array>())
        }
        Kind::Flag => Arc::clone(array),
    }
}

/// The same records with every column in another type, in another order, among others, without what is all null.
fn disguise(batch: &RecordBatch, table: Table, choices: &[u8], rotate: usize) -> RecordBatch {
    let columns = table.columns().iter().zip(batch.columns()).zip(choices);
    let columns = columns.filter(|((_, array), _)| array.null_count() < array.len() || array.is_empty());
    let mut columns: Vec<_> =
        columns.map(|((column, array), choice)| (column.name, disguised(array, column.kind, *choice))).collect();
    columns.push(("weather", new_null_array(&DataType::Null, batch.num_rows())));
    let length = columns.len();
    columns.rotate_left(rotate % length);
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

macro_rules! disguises {
    ($($test:ident: $table:ident, $row:expr, $batch:ident, $rows:ident;)+) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(60))]
            $(
                #[test]
                fn $test(written in vec($row, 0..20), choices in vec(any::<u8>(), 40), rotate: usize) {
                    let disguise = disguise(&$batch(&written), Table::$table, &choices, rotate);
                    let conformed = conform(&disguise, Table::$table).unwrap();
                    prop_assert_eq!(conformed.schema(), Table::$table.schema());
                    let read: Vec<_> = $rows(&conformed).collect::<Result<_, _>>().unwrap();
                    prop_assert_eq!(read, written);
                }
            )+
        }
    };
}

disguises! {
    contacts: Contacts, random::contact(), contacts_batch, contact_rows;
    legs: Legs, random::leg(), legs_batch, leg_rows;
    agent_time: AgentTime, random::agent_time(), agent_time_batch, agent_time_rows;
    schedule: Schedule, random::schedule(), schedule_batch, schedule_rows;
    forecast: Forecast, random::forecast(), forecast_batch, forecast_rows;
    agents: Agents, random::agent(), agents_batch, agent_rows;
    rates: Rates, random::rate(), rates_batch, rate_rows;
    reported: Reported, random::reported(), reported_batch, reported_rows;
    outages: Outages, random::outage(), outages_batch, outage_rows;
    intervals: Intervals, random::interval(), intervals_batch, interval_rows;
}

fn outage() -> RecordBatch {
    let what = "telephony".to_owned();
    outages_batch(&vec![OutageRow { from: Instant(0), until: None, what, whose: None }; 2])
}

/// The two outages with one column replaced.
fn with(column: &str, array: ArrayRef) -> Result<RecordBatch, ContactsError> {
    let batch = outage();
    let columns = batch.schema_ref().fields().iter().zip(batch.columns());
    let columns = columns.map(|(field, old)| {
        let array = if field.name() == column { Arc::clone(&array) } else { Arc::clone(old) };
        (field.name().clone(), array, true)
    });
    let columns: Vec<_> = columns.collect();
    conform(&RecordBatch::try_from_iter_with_nullable(columns).unwrap(), Table::Outages)
}

#[test]
fn seconds_become_microseconds_or_overflow() {
    let seconds = |at| Arc::new(TimestampSecondArray::from(vec![0, at]).with_timezone("UTC"));
    let rows: Vec<_> = outage_rows(&with("from", seconds(60)).unwrap()).map(Result::unwrap).collect();
    assert_eq!(rows[1].from, Instant(60_000_000));
    let error = with("from", seconds(i64::MAX)).unwrap_err();
    assert!(matches!(error, ContactsError::Value { column: "from", row: 1, .. }), "{error}");
}

#[test]
fn identifiers_may_be_whole_numbers() {
    let rows: Vec<_> = outage_rows(&with("what", Arc::new(UInt64Array::from(vec![7, u64::MAX]))).unwrap())
        .map(|row| row.unwrap().what)
        .collect();
    assert_eq!(rows, ["7", "18446744073709551615"]);
}

#[test]
fn what_does_not_convert_is_named() {
    let zoneless = Arc::new(TimestampSecondArray::from(vec![0, 0]));
    assert_eq!(with("from", zoneless), Err(ContactsError::NoZone { table: "outages", column: "from" }));
    for array in [
        Arc::new(Int64Array::from(vec![0, 0])) as ArrayRef,
        Arc::new(Date32Array::from(vec![0, 0])),
        Arc::new(StringArray::from(vec!["2027-01-01T00:00:00Z"; 2])),
    ] {
        let error = with("from", Arc::clone(&array)).unwrap_err();
        assert!(matches!(&error, ContactsError::Type { found, .. } if found == array.data_type()), "{error}");
    }
    let error = with("what", Arc::new(BooleanArray::from(vec![true, false]))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "column `what` of `outages` is Boolean, which does not turn into Dictionary(Int32, Utf8)"
    );
}

#[test]
fn what_no_row_can_be_without_is_there() {
    let null = ContactsError::Null { table: "outages", column: "what", row: 1 };
    assert_eq!(with("what", Arc::new(StringArray::from(vec![Some("a"), None]))), Err(null.clone()));
    let behind_key = StringArray::from(vec![Some("a"), None]);
    let behind_key = DictionaryArray::new(Int32Array::from(vec![0, 1]), Arc::new(behind_key));
    assert_eq!(with("what", Arc::new(behind_key)), Err(null));
    let unused = DictionaryArray::new(Int32Array::from(vec![0, 0]), Arc::new(StringArray::from(vec!["a", ""])));
    assert!(with("what", Arc::new(unused)).is_ok(), "an empty name that no row uses does no harm");
    let empty = ContactsError::Empty { table: "outages", column: "what", row: 1 };
    assert_eq!(with("what", Arc::new(StringArray::from(vec!["a", ""]))), Err(empty));

    let batch = outage().project(&[0, 1]).unwrap();
    let missing = ContactsError::MissingColumn { table: "outages", column: "what" };
    assert_eq!(conform(&batch, Table::Outages), Err(missing));
    let twice = outage().project(&[0, 2, 2]).unwrap();
    let repeated = ContactsError::RepeatedColumn { table: "outages", column: "what" };
    assert_eq!(conform(&twice, Table::Outages), Err(repeated));
    assert_eq!(conform(&batch.slice(0, 0), Table::Outages).unwrap().schema(), Table::Outages.schema());
}

#[test]
fn words_are_those_of_the_vocabulary() {
    let states = |state: &str| {
        let from: ArrayRef = Arc::new(TimestampSecondArray::from(vec![0]).with_timezone("UTC"));
        let text = |text: &str| Arc::new(StringArray::from(vec![text])) as ArrayRef;
        let columns =
            [("source", text("acd")), ("agent", text("7")), ("provider", text("acme")), ("state", text(state))];
        let spans = [("from", Arc::clone(&from)), ("until", from)];
        conform(&RecordBatch::try_from_iter(columns.into_iter().chain(spans)).unwrap(), Table::AgentTime)
    };
    assert!(states("talking").is_ok());
    let error = states("Talking").unwrap_err();
    assert_eq!(
        error.to_string(),
        "row 0: column `state` of `agent_time`: `Talking` is no state; the words are available, ringing, talking, \
         holding, wrapping, break, training, meeting, system, offline"
    );
}

#[test]
fn numbers_are_exact_or_refused() {
    let rates = |value: ArrayRef| {
        let what: ArrayRef = Arc::new(StringArray::from(vec!["USD/PHP"]));
        let date: ArrayRef = Arc::new(Date32Array::from(vec![20_000]));
        let batch = RecordBatch::try_from_iter([("what", what), ("date", date), ("value", value)]).unwrap();
        conform(&batch, Table::Rates)
    };
    let decimal = |value, precision, scale| {
        Arc::new(Decimal128Array::from(vec![value]).with_precision_and_scale(precision, scale).unwrap()) as ArrayRef
    };
    assert!(rates(decimal(5_825, 10, 2)).is_ok());
    assert!(rates(decimal(58, 10, -2)).is_ok());
    assert!(rates(Arc::new(Int8Array::from(vec![58]))).is_ok());
    assert!(rates(decimal(58_250_000_000_000, 38, 12)).is_ok());
    // Too many places, too many digits, and 39 digits in a type that promises 38.
    assert!(matches!(rates(decimal(1, 38, 13)), Err(ContactsError::Value { .. })));
    assert!(matches!(rates(decimal(10i128.pow(37), 38, 2)), Err(ContactsError::Value { .. })));
    assert!(matches!(rates(decimal(10i128.pow(38), 38, 12)), Err(ContactsError::Value { .. })));
    assert!(matches!(rates(decimal(1, 38, -100)), Err(ContactsError::Value { .. })));
    // An amount of money is never a float, not even a whole one.
    assert!(matches!(rates(Arc::new(Float64Array::from(vec![58.0]))), Err(ContactsError::Type { .. })));

    let handle = |handle: ArrayRef| {
        let program: ArrayRef = Arc::new(StringArray::from(vec!["support"]));
        let from: ArrayRef = Arc::new(TimestampSecondArray::from(vec![0]).with_timezone("UTC"));
        let contacts: ArrayRef = Arc::new(Int64Array::from(vec![1]));
        let until = Arc::clone(&from);
        let columns =
            [("program", program), ("from", from), ("until", until), ("contacts", contacts), ("handle", handle)];
        conform(&RecordBatch::try_from_iter(columns).unwrap(), Table::Forecast)
    };
    assert!(handle(Arc::new(Float64Array::from(vec![240_000.0]))).is_ok());
    assert!(handle(Arc::new(DurationNanosecondArray::from(vec![1_000_000]))).is_ok());
    for wrong in [0.5, f64::NAN, f64::INFINITY, 1e300] {
        assert!(matches!(handle(Arc::new(Float64Array::from(vec![wrong]))), Err(ContactsError::Value { .. })));
    }
    assert!(matches!(handle(Arc::new(UInt64Array::from(vec![u64::MAX]))), Err(ContactsError::Value { .. })));
    assert!(matches!(handle(Arc::new(DurationNanosecondArray::from(vec![1]))), Err(ContactsError::Value { .. })));
    assert!(matches!(handle(Arc::new(DurationSecondArray::from(vec![i64::MAX]))), Err(ContactsError::Value { .. })));
}

#[test]
fn rows_of_a_batch_that_does_not_conform_are_errors() {
    let schema = Schema::new(vec![Field::new("what", DataType::Utf8, true)]);
    let batch = RecordBatch::try_new(Arc::new(schema), vec![Arc::new(StringArray::from(vec!["a"]))]).unwrap();
    let first = outage_rows(&batch).next().unwrap();
    assert_eq!(first, Err(ContactsError::MissingColumn { table: "outages", column: "from" }));
}
