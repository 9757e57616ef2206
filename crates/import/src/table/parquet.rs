//! Parquet files of other tools, with columns of any names.

use std::borrow::Cow;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{ChunkReader, Length};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowDictionaryKeyType, Date32Type, Date64Type, Decimal128Type, DurationMicrosecondType, DurationMillisecondType,
    DurationNanosecondType, DurationSecondType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_schema::{DataType, TimeUnit};
use bytes::Bytes;
use jiff::civil::date;
use longshore_contacts::ContactsError;
use longshore_contacts::parquet::ForeignFile;
use longshore_units::{Exact, Instant, Zone};

use super::cell::{Cell, EMPTY};
use super::gathered::Gathered;
use super::sample::{ROWS, Sample, plain};
use super::titles;
use crate::mapping::TableMapping;
use crate::{ImportError, Outbox, Seekable};

pub(super) fn read(
    from: Box<dyn Seekable>,
    mapping: &TableMapping,
    gathered: &mut Gathered<'_>,
    out: &mut Outbox<'_>,
) -> Result<(), ImportError> {
    let shared = Shared::new(from).map_err(ImportError::Read)?;
    let file = ForeignFile::open(&shared).map_err(failed)?;
    let names: Vec<Cell<'_>> = file.columns().map(|name| Cell::Text(Cow::Borrowed(name))).collect();
    let positions = titles::places(mapping, &names).map_err(|missing| missing.into_error(mapping.table))?;
    drop(names);
    let mut read = positions.clone();
    read.sort_unstable();
    read.dedup();
    let places: Vec<usize> = positions.iter().filter_map(|position| read.binary_search(position).ok()).collect();
    let mut line = 0;
    for batch in file.read(shared, read, 8192).map_err(failed)? {
        let batch = batch.map_err(failed)?;
        for row in 0..batch.num_rows() {
            line += 1;
            let cells: Vec<Cell<'_>> = batch.columns().iter().map(|column| cell(column.as_ref(), row)).collect();
            gathered.row(line, &cells, &places, out)?;
        }
    }
    Ok(())
}

/// The names of the columns and the first rows.
pub(super) fn sample(mut from: Box<dyn Seekable>) -> Result<Sample, ImportError> {
    from.rewind().map_err(ImportError::Read)?;
    let shared = Shared::new(from).map_err(ImportError::Read)?;
    let file = ForeignFile::open(&shared).map_err(failed)?;
    let names: Vec<String> = file.columns().map(str::to_owned).collect();
    let all = 0..names.len();
    let mut rows = vec![names];
    if let Some(batch) = file.read(shared, all, ROWS).map_err(failed)?.next() {
        let batch = batch.map_err(failed)?;
        let texts = |row: usize| batch.columns().iter().map(|column| plain(&cell(column.as_ref(), row))).collect();
        rows.extend((0..batch.num_rows()).map(texts));
    }
    Ok(Sample { sheet: None, separator: None, rows, is_typed: true })
}

fn failed(error: ContactsError) -> ImportError {
    match error {
        ContactsError::NotRead { reason } => ImportError::Read(io::Error::other(reason)),
        other => ImportError::Damaged { reason: other.to_string() },
    }
}

/// A file that several readers share: each says where it reads.
#[derive(Clone)]
struct Shared {
    file: Arc<Mutex<Box<dyn Seekable>>>,
    length: u64,
}

/// A place in a shared file.
struct Place {
    file: Arc<Mutex<Box<dyn Seekable>>>,
    at: u64,
}

impl Shared {
    fn new(mut file: Box<dyn Seekable>) -> io::Result<Shared> {
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Shared { file: Arc::new(Mutex::new(file)), length })
    }
}

impl Length for Shared {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Shared {
    type T = io::BufReader<Place>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(io::BufReader::new(Place { file: Arc::clone(&self.file), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if self.length < start.saturating_add(length as u64) {
            return Err(ParquetError::EOF("the file ends before a part that it names".to_owned()));
        }
        let mut bytes = vec![0; length];
        Place { file: Arc::clone(&self.file), at: start }.read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

impl Read for Place {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// What stands in a row of a column. What is no value of ours reads as a cell that says so.
fn cell(array: &dyn Array, row: usize) -> Cell<'_> {
    if array.is_null(row) {
        return EMPTY;
    }
    match array.data_type() {
        DataType::Utf8 => Cell::Text(Cow::Borrowed(array.as_string::<i32>().value(row))),
        DataType::LargeUtf8 => Cell::Text(Cow::Borrowed(array.as_string::<i64>().value(row))),
        DataType::Utf8View => Cell::Text(Cow::Borrowed(array.as_string_view().value(row))),
        DataType::Boolean => Cell::Flag(array.as_boolean().value(row)),
        DataType::Int8 => whole(of::<Int8Type>(array, row)),
        DataType::Int16 => whole(of::<Int16Type>(array, row)),
        DataType::Int32 => whole(of::<Int32Type>(array, row)),
        DataType::Int64 => whole(of::<Int64Type>(array, row)),
        DataType::UInt8 => whole(of::<UInt8Type>(array, row)),
        DataType::UInt16 => whole(of::<UInt16Type>(array, row)),
        DataType::UInt32 => whole(of::<UInt32Type>(array, row)),
        DataType::UInt64 => whole(of::<UInt64Type>(array, row)),
        DataType::Float32 => float(of::<Float32Type>(array, row).into()),
        DataType::Float64 => float(of::<Float64Type>(array, row)),
        DataType::Decimal128(_, places) => {
            let power = 10i128.checked_pow(places.unsigned_abs().into());
            let unscaled = of::<Decimal128Type>(array, row);
            let exact = power.and_then(|power| match places {
                0.. => Exact::ratio(unscaled, power),
                _ => unscaled.checked_mul(power).map(Exact::from),
            });
            exact.map_or_else(|| Cell::Error(format!("a decimal of {places} places")), Cell::Number)
        }
        DataType::Date32 => day(i64::from(of::<Date32Type>(array, row))),
        DataType::Date64 => day(of::<Date64Type>(array, row).div_euclid(86_400_000)),
        DataType::Time32(TimeUnit::Second) => span(of::<Time32SecondType>(array, row).into(), 1000, 1),
        DataType::Time32(_) => span(of::<Time32MillisecondType>(array, row).into(), 1, 1),
        DataType::Time64(TimeUnit::Microsecond) => span(of::<Time64MicrosecondType>(array, row), 1, 1000),
        DataType::Time64(_) => span(of::<Time64NanosecondType>(array, row), 1, 1_000_000),
        DataType::Duration(TimeUnit::Second) => span(of::<DurationSecondType>(array, row), 1000, 1),
        DataType::Duration(TimeUnit::Millisecond) => span(of::<DurationMillisecondType>(array, row), 1, 1),
        DataType::Duration(TimeUnit::Microsecond) => span(of::<DurationMicrosecondType>(array, row), 1, 1000),
        DataType::Duration(TimeUnit::Nanosecond) => span(of::<DurationNanosecondType>(array, row), 1, 1_000_000),
        DataType::Timestamp(unit, zone) => {
            let micros = match unit {
                TimeUnit::Second => of::<TimestampSecondType>(array, row).checked_mul(1_000_000),
                TimeUnit::Millisecond => of::<TimestampMillisecondType>(array, row).checked_mul(1000),
                TimeUnit::Microsecond => Some(of::<TimestampMicrosecondType>(array, row)),
                TimeUnit::Nanosecond => Some(of::<TimestampNanosecondType>(array, row).div_euclid(1000)),
            };
            // Without a zone it is a reading of the clock, as if it stood in Greenwich.
            let reading = micros.and_then(|micros| Zone::utc().reading(Instant(micros)));
            match (micros, reading) {
                (Some(micros), Some(_)) if zone.is_some() => Cell::Instant(micros),
                (Some(_), Some(reading)) => Cell::Moment(reading),
                _ => Cell::Error("a time outside the years of calendars".to_owned()),
            }
        }
        DataType::Dictionary(key, _) => match key.as_ref() {
            DataType::Int8 => of_dictionary::<Int8Type>(array, row),
            DataType::Int16 => of_dictionary::<Int16Type>(array, row),
            DataType::Int32 => of_dictionary::<Int32Type>(array, row),
            DataType::Int64 => of_dictionary::<Int64Type>(array, row),
            other => Cell::Error(format!("a value of the type {other}")),
        },
        other => Cell::Error(format!("a value of the type {other}")),
    }
}

fn of<Of: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Of::Native {
    array.as_primitive::<Of>().value(row)
}

fn of_dictionary<Key: ArrowDictionaryKeyType>(array: &dyn Array, row: usize) -> Cell<'_> {
    let dictionary = array.as_dictionary::<Key>();
    let values = dictionary.values();
    match dictionary.key(row) {
        // A dictionary of dictionaries no format writes, and nothing here recurses without end for it.
        Some(key) if key < values.len() && !matches!(values.data_type(), DataType::Dictionary(..)) => {
            cell(values.as_ref(), key)
        }
        _ => EMPTY,
    }
}

fn whole(whole: impl Into<i128>) -> Cell<'static> {
    Cell::Number(Exact::from(whole.into()))
}

/// A float as its shortest digits say it.
fn float(float: f64) -> Cell<'static> {
    match Exact::parse_computed(&float.to_string()) {
        Ok(exact) => Cell::Number(exact),
        Err(_) if float.is_nan() => EMPTY,
        Err(_) => Cell::Error(float.to_string()),
    }
}

fn day(days: i64) -> Cell<'static> {
    let day = jiff::Span::new().try_days(days).and_then(|span| date(1970, 1, 1).checked_add(span));
    match day {
        Ok(day) => Cell::Moment(day.at(0, 0, 0, 0)),
        Err(_) => Cell::Error("a day outside the years of calendars".to_owned()),
    }
}

/// Units as milliseconds, so many units of which are one or the other way.
fn span(units: i64, times: i64, by: i64) -> Cell<'static> {
    match units.checked_mul(times) {
        Some(units) => Cell::Span(units.div_euclid(by)),
        None => Cell::Error("a span that is too long".to_owned()),
    }
}
