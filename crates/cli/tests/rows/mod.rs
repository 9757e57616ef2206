//! Records written down as CSV, for pages that work an example: columns by name, as many as matter.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMicrosecondArray,
};
use arrow_schema::{Field, Schema};
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use longshore_contacts::{Column, Kind, Manifest, Table, parquet};
use longshore_units::{Milliseconds, Zone};

/// Writes the manifest of a record folder `records`: it covers the days from the first to the end of a month.
pub fn manifest(folder: &Path, zone: &str, first: &str, last_month: &str) {
    let first: Date = first.parse().unwrap();
    let last: Date = format!("{last_month}-01").parse().unwrap();
    let manifest = Manifest {
        version: "0.1.0".to_owned(),
        case: None,
        option: None,
        seed: None,
        run: None,
        zone: Zone::named(zone).unwrap(),
        first_day: first,
        last_day: last.last_of_month(),
    };
    super::pages::put(&folder.join("records"), "manifest.json", &manifest.to_json());
}

/// Writes a table's rows into the record folder. A source, an identifier and the contract's provider are filled in where
/// the table needs them and the text has no such column; instants without a zone are in the contract's.
pub fn parquet(folder: &Path, table: Table, texts: &[&str], provider: &str, zone: &str) -> Result<(), String> {
    let zone = TimeZone::get(zone).unwrap();
    let path = folder.join("records").join(table.name());
    fs::create_dir_all(&path).unwrap();
    let file = fs::File::create(path.join("part-0.parquet")).unwrap();
    let mut writer = parquet::write(file, table).unwrap();
    let mut before = 0;
    for text in texts {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        if let Some(unknown) = headers.iter().find(|header| table.position(header).is_none()) {
            return Err(format!("`{}` has no column `{unknown}`", table.name()));
        }
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let (mut fields, mut columns): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
        for column in table.columns() {
            let position = headers.iter().position(|header| header == column.name);
            let filled = |row: usize| match column.name {
                "source" => Some("log".to_owned()),
                "provider" => Some(provider.to_owned()),
                "contact_id" => Some(format!("c{}", before + row + 1)),
                "leg" => Some("1".to_owned()),
                _ => None,
            };
            let cells: Vec<Option<String>> = records
                .iter()
                .enumerate()
                .map(|(row, record)| match position {
                    Some(position) => Some(record[position].to_owned()).filter(|cell| !cell.is_empty()),
                    None => filled(row),
                })
                .collect();
            let array = array(column, &cells, &zone)?;
            fields.push(Field::new(column.name, array.data_type().clone(), true));
            columns.push(array);
        }
        before += records.len();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap();
        writer.push(&batch).map_err(|error| error.to_string())?;
    }
    writer.finish().map(drop).map_err(|error| error.to_string())
}

fn array(column: &Column, cells: &[Option<String>], zone: &TimeZone) -> Result<ArrayRef, String> {
    let wrong = |cell: &str| format!("`{cell}` is no value of `{}`", column.name);
    macro_rules! parsed {
        ($parse:expr) => {
            cells
                .iter()
                .map(|cell| cell.as_deref().map(|cell| ($parse)(cell).ok_or_else(|| wrong(cell))).transpose())
                .collect::<Result<Vec<_>, String>>()?
        };
    }
    let whole = |cell: &str| cell.parse::<i64>().ok();
    Ok(match column.kind {
        Kind::Name | Kind::Word(_) | Kind::Text => Arc::new(StringArray::from(cells.to_vec())),
        Kind::Instant => {
            let instant = |cell: &str| match cell.parse::<jiff::Timestamp>() {
                Ok(instant) => Some(instant.as_microsecond()),
                Err(_) => {
                    let local = cell.parse::<DateTime>().ok()?;
                    zone.to_ambiguous_timestamp(local).compatible().ok().map(|instant| instant.as_microsecond())
                }
            };
            Arc::new(TimestampMicrosecondArray::from(parsed!(instant)).with_timezone("UTC"))
        }
        Kind::Day => {
            let day = |cell: &str| {
                let days = (cell.parse::<Date>().ok()? - date(1970, 1, 1)).get_days();
                Some(days)
            };
            Arc::new(Date32Array::from(parsed!(day)))
        }
        Kind::Duration => {
            let span = |cell: &str| {
                let milliseconds = || cell.replace(' ', "").parse::<Milliseconds>().ok().map(|time| time.0 as i64);
                whole(cell).or_else(milliseconds)
            };
            Arc::new(Int64Array::from(parsed!(span)))
        }
        Kind::Count => Arc::new(Int64Array::from(parsed!(whole))),
        Kind::Score => Arc::new(Int32Array::from(parsed!(|cell: &str| cell.parse::<i32>().ok()))),
        Kind::Flag => Arc::new(BooleanArray::from(parsed!(|cell: &str| cell.parse::<bool>().ok()))),
        Kind::Decimal(places) => {
            let decimal = |cell: &str| {
                let number: longshore_units::Exact = cell.parse().ok()?;
                (&number * &longshore_units::Exact::from(10i128.pow(places as u32))).to_i128()
            };
            Arc::new(Decimal128Array::from(parsed!(decimal)).with_precision_and_scale(38, places).unwrap())
        }
    })
}
