//! One column from the Arrow type a source uses to the one it should have.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType, DurationSecondType, Float32Type,
    Float64Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Int32Array, PrimitiveArray, StringArray,
    TimestampMicrosecondArray, downcast_integer_array,
};
use arrow_buffer::{ArrowNativeType, i256};
use arrow_schema::{DataType, TimeUnit};

use crate::conform::Place;
use crate::decimal::Decimal;
use crate::error::ContactsError;
use crate::table::Kind;

/// The column in its canonical type.
pub(crate) fn converted(array: &ArrayRef, place: Place) -> Result<ArrayRef, ContactsError> {
    Ok(match place.column.kind {
        Kind::Name | Kind::Word(_) => Arc::new(names(array, place)?),
        Kind::Text => Arc::new(texts(array, place)?),
        Kind::Instant => Arc::new(instants(array, place)?),
        Kind::Day => Arc::new(days(array, place)?),
        Kind::Duration => Arc::new(durations(array, place)?),
        Kind::Count => Arc::new(integers::<Int64Type>(array, place)?),
        Kind::Score => Arc::new(integers::<Int32Type>(array, place)?),
        Kind::Decimal(places) => Arc::new(decimals(array, places, place)?),
        Kind::Flag => return Err(place.type_of(array)),
    })
}

fn names(array: &ArrayRef, place: Place) -> Result<DictionaryArray<Int32Type>, ContactsError> {
    let Some(dictionary) = array.as_any_dictionary_opt() else {
        return match strings(array) {
            Some(strings) => counted(strings, place).collect(),
            None => Ok(texts(array, place)?.iter().collect()),
        };
    };
    let values = texts(dictionary.values(), place)?;
    let keys = keys(dictionary.keys(), place)?;
    if values.null_count() == 0 {
        return Ok(DictionaryArray::new(keys, Arc::new(values)));
    }
    let keys: Int32Array = keys.iter().map(|key| key.filter(|key| values.is_valid(*key as usize))).collect();
    let values: StringArray = values.iter().map(|value| Some(value.unwrap_or_default())).collect();
    Ok(DictionaryArray::new(keys, Arc::new(values)))
}

fn texts(array: &ArrayRef, place: Place) -> Result<StringArray, ContactsError> {
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        let values = texts(dictionary.values(), place)?;
        let keys = keys(dictionary.keys(), place)?;
        let value = |key: usize| values.is_valid(key).then(|| values.value(key));
        return counted(keys.iter().map(|key| key.and_then(|key| value(key as usize))), place).collect();
    }
    match strings(array) {
        Some(strings) => counted(strings, place).collect(),
        None => {
            let written =
                whole_numbers(array, place)?.into_iter().map(|number| number.map(|number| number.to_string()));
            let written: Vec<Option<String>> = written.collect();
            counted(written.iter().map(Option::as_deref), place).collect()
        }
    }
}

/// The same texts until they are too long together: `Utf8` counts its bytes with 31 bits, and its builder panics past
/// them.
fn counted<'a>(
    texts: impl Iterator<Item = Option<&'a str>>,
    place: Place,
) -> impl Iterator<Item = Result<Option<&'a str>, ContactsError>> {
    let mut bytes = 0usize;
    texts.map(move |text| {
        bytes = bytes.saturating_add(text.map_or(0, str::len));
        let fits = i32::try_from(bytes).is_ok();
        if fits { Ok(text) } else { Err(ContactsError::TooLong { table: place.table, column: place.column.name }) }
    })
}

fn strings(array: &ArrayRef) -> Option<Box<dyn Iterator<Item = Option<&str>> + '_>> {
    match array.data_type() {
        DataType::Utf8 => Some(Box::new(array.as_string::<i32>().iter())),
        DataType::LargeUtf8 => Some(Box::new(array.as_string::<i64>().iter())),
        DataType::Utf8View => Some(Box::new(array.as_string_view().iter())),
        _ => None,
    }
}

/// A dictionary's keys, which are indexes into as many values as memory holds.
fn keys(keys: &dyn Array, place: Place) -> Result<Int32Array, ContactsError> {
    downcast_integer_array!(
        keys => {
            let keys = keys.iter().enumerate().map(|(row, key)| {
                key.map(|key| i32::try_from(key.as_usize()).map_err(|_| place.value(row, key))).transpose()
            });
            keys.collect()
        }
        _ => Err(place.type_of(keys)),
    )
}

fn instants(array: &ArrayRef, place: Place) -> Result<TimestampMicrosecondArray, ContactsError> {
    let DataType::Timestamp(unit, zone) = array.data_type() else { return Err(place.type_of(array)) };
    if zone.is_none() {
        return Err(ContactsError::NoZone { table: place.table, column: place.column.name });
    }
    let instants = match unit {
        TimeUnit::Second => mapped(array.as_primitive::<TimestampSecondType>(), place, |at| at.checked_mul(1_000_000))?,
        TimeUnit::Millisecond => {
            mapped(array.as_primitive::<TimestampMillisecondType>(), place, |at| at.checked_mul(1000))?
        }
        TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().clone(),
        TimeUnit::Nanosecond => {
            mapped(array.as_primitive::<TimestampNanosecondType>(), place, |at| Some(at.div_euclid(1000)))?
        }
    };
    Ok(instants.with_timezone("UTC"))
}

fn days(array: &ArrayRef, place: Place) -> Result<Date32Array, ContactsError> {
    const DAY: i64 = 86_400_000;
    match array.data_type() {
        DataType::Date64 => mapped(array.as_primitive::<Date64Type>(), place, |at| {
            if at % DAY == 0 { i32::try_from(at / DAY).ok() } else { None }
        }),
        _ => Err(place.type_of(array)),
    }
}

fn durations(array: &ArrayRef, place: Place) -> Result<PrimitiveArray<Int64Type>, ContactsError> {
    let whole = |span: i64, unit: i64| if span % unit == 0 { Some(span / unit) } else { None };
    match array.data_type() {
        DataType::Duration(TimeUnit::Second) => {
            mapped(array.as_primitive::<DurationSecondType>(), place, |span| span.checked_mul(1000))
        }
        DataType::Duration(TimeUnit::Millisecond) => {
            mapped(array.as_primitive::<DurationMillisecondType>(), place, Some)
        }
        DataType::Duration(TimeUnit::Microsecond) => {
            mapped(array.as_primitive::<DurationMicrosecondType>(), place, |span| whole(span, 1000))
        }
        DataType::Duration(TimeUnit::Nanosecond) => {
            mapped(array.as_primitive::<DurationNanosecondType>(), place, |span| whole(span, 1_000_000))
        }
        _ => integers(array, place),
    }
}

/// Each value that is not null through `convert`, or the first that does not convert as an error.
fn mapped<From: ArrowPrimitiveType, To: ArrowPrimitiveType>(
    array: &PrimitiveArray<From>,
    place: Place,
    convert: impl Fn(From::Native) -> Option<To::Native>,
) -> Result<PrimitiveArray<To>, ContactsError> {
    let values = array.iter().enumerate().map(|(row, value)| {
        value.map(|value| convert(value).ok_or_else(|| place.value(row, format!("{value:?}")))).transpose()
    });
    // Not `collect`, which needs a type that has one Arrow type only; a timestamp's zone is set afterwards.
    Ok(PrimitiveArray::from_iter(values.collect::<Result<Vec<_>, _>>()?))
}

fn integers<To: ArrowPrimitiveType<Native: TryFrom<i128>>>(
    array: &ArrayRef,
    place: Place,
) -> Result<PrimitiveArray<To>, ContactsError> {
    let numbers = whole_numbers(array, place)?.into_iter().enumerate().map(|(row, number)| {
        number.map(|number| To::Native::try_from(number).map_err(|_| place.value(row, number))).transpose()
    });
    Ok(PrimitiveArray::from_iter(numbers.collect::<Result<Vec<_>, _>>()?))
}

fn whole_numbers(array: &ArrayRef, place: Place) -> Result<Vec<Option<i128>>, ContactsError> {
    downcast_integer_array!(
        array => Ok(array.iter().map(|number| number.map(i128::from)).collect()),
        DataType::Float32 => {
            let floats = array.as_primitive::<Float32Type>().iter();
            floats.enumerate().map(|(row, float)| whole_float(float.map(f64::from), row, place)).collect()
        }
        DataType::Float64 => {
            let floats = array.as_primitive::<Float64Type>().iter();
            floats.enumerate().map(|(row, float)| whole_float(float, row, place)).collect()
        }
        _ => Err(place.type_of(array)),
    )
}

/// Past 2⁵³ a float no longer tells one whole number from the next.
fn whole_float(float: Option<f64>, row: usize, place: Place) -> Result<Option<i128>, ContactsError> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = |float: f64| float.abs() <= EXACT && float.fract() == 0.0;
    match float {
        Some(float) if whole(float) => Ok(Some(float as i128)),
        Some(float) => Err(place.value(row, float)),
        None => Ok(None),
    }
}

fn decimals(array: &ArrayRef, places: i8, place: Place) -> Result<Decimal128Array, ContactsError> {
    let narrow = |number: Option<i128>| number.map(i256::from_i128);
    let (scale, unscaled): (i8, Vec<Option<i256>>) = match array.data_type() {
        DataType::Decimal32(_, scale) => {
            let numbers = array.as_primitive::<Decimal32Type>().iter();
            (*scale, numbers.map(|number| narrow(number.map(i128::from))).collect())
        }
        DataType::Decimal64(_, scale) => {
            let numbers = array.as_primitive::<Decimal64Type>().iter();
            (*scale, numbers.map(|number| narrow(number.map(i128::from))).collect())
        }
        DataType::Decimal128(_, scale) => (*scale, array.as_primitive::<Decimal128Type>().iter().map(narrow).collect()),
        DataType::Decimal256(_, scale) => (*scale, array.as_primitive::<Decimal256Type>().iter().collect()),
        DataType::Float32 | DataType::Float64 => return Err(place.type_of(array)), // An amount is never a float.
        _ => (0, whole_numbers(array, place)?.into_iter().map(narrow).collect()),
    };
    let by = i32::from(places) - i32::from(scale);
    let numbers = unscaled.into_iter().enumerate().map(|(row, number)| {
        let fits =
            |number| rescaled(number, by).ok_or_else(|| place.value(row, format!("{number}e{}", -i32::from(scale))));
        number.map(fits).transpose()
    });
    let array: Decimal128Array = numbers.collect::<Result<_, _>>()?;
    Ok(array.with_precision_and_scale(38, places).expect("38 digits are what the type holds"))
}

/// `number` · 10^`by`, if that is whole and has at most 38 digits.
fn rescaled(number: i256, by: i32) -> Option<i128> {
    if number == i256::ZERO {
        return Some(0);
    }
    let power = i256::from_i128(10).checked_pow(by.unsigned_abs())?; // Past 76 digits nothing but 0 rescales.
    let scaled = match by {
        0.. => number.checked_mul(power)?,
        _ if number.checked_rem(power)? == i256::ZERO => number.checked_div(power)?,
        _ => return None,
    };
    Decimal::<0>::from_unscaled(scaled.to_i128()?).map(Decimal::unscaled)
}
