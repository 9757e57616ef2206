//! What is in a lake.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use longshore_contacts::{Outcome, Table};

use crate::LakeError;
use crate::lake::Lake;
use crate::query::{Batches, View};

/// A table of a lake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSummary {
    /// The table.
    pub table: Table,
    /// How many rows hold.
    pub rows: u64,
    /// How many were replaced.
    pub superseded: u64,
    /// How many files.
    pub files: u64,
    /// How many bytes they have.
    pub bytes: u64,
    /// The version of the Delta table.
    pub version: u64,
}

/// The contacts of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// The source.
    pub source: String,
    /// How many contacts hold.
    pub contacts: u64,
    /// The first and the last day in UTC on which one came; none where no contact says when.
    pub days: Option<(String, String)>,
    /// Days between them on which none came, as first and last of a stretch.
    pub holes: Vec<(String, String)>,
}

/// What became of the contacts of a lake.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConservationSummary {
    /// How many came.
    pub arrivals: u64,
    /// How many have no outcome yet.
    pub open: u64,
    /// How many came to each outcome.
    pub outcomes: BTreeMap<Outcome, u64>,
    /// The laws that rows break.
    pub broken: Vec<Broken>,
}

/// A law of conservation that rows break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The law.
    pub law: &'static str,
    /// How many rows break it.
    pub rows: u64,
    /// Where the most of them are: queue, the half hour in UTC, how many; at most [`Broken::LISTED`].
    pub places: Vec<(Option<String>, Option<String>, u64)>,
    /// The first of them: source and contact; at most [`Broken::LISTED`].
    pub contacts: Vec<(String, String)>,
}

impl Broken {
    /// The most places and contacts that are named of a law.
    pub const LISTED: usize = 20;
}

/// The laws of conservation that a row of contacts keeps or breaks by itself, as conditions of rows that break them; they
/// are those of `longshore-contacts`.
const LAWS: [(&str, &str); 6] = [
    ("no instant of arrival", "offered_at is null and arrived_at is null"),
    ("answered, but not when", "outcome = 'answered' and answered_at is null"),
    (
        "without an answer, and yet answered",
        "outcome in ('abandoned', 'timed_out', 'exit_key', 'left_empty', 'blocked_full', 'blocked_closed', \
         'blocked_empty', 'flow_out') and answered_at is not null",
    ),
    ("an outcome, but no end", "outcome is not null and outcome <> 'answered' and ended_at is null"),
    ("ended without an outcome", "outcome is null and ended_at is not null"),
    (
        "another number of legs than it claims",
        "legs is not null and exists (select 1 from legs) and legs <> coalesce((select count(*) from legs l where l.source = \
         c.source and l.contact_id = c.contact_id), 0)",
    ),
];

impl Lake {
    /// The tables of a view's state.
    ///
    /// # Errors
    /// If they do not read.
    pub fn tables(&self, view: &View) -> Result<Vec<TableSummary>, LakeError> {
        let mut tables = Vec::new();
        for table in Table::ALL {
            let parts = self.parts(&view.state, table)?;
            let all: u64 = parts.iter().map(|part| part.rows).sum();
            let rows = match all {
                0 => 0,
                _ => number(view.sql(&format!("select count(*) from {}", table.name()))?)?,
            };
            tables.push(TableSummary {
                table,
                rows,
                superseded: all.saturating_sub(rows),
                files: parts.len() as u64,
                bytes: parts.iter().map(|part| part.size).sum(),
                version: view.state.versions.get(table.name()).copied().unwrap_or(0),
            });
        }
        Ok(tables)
    }
}

impl View {
    /// The sources of the contacts, and on which days they have none.
    ///
    /// # Errors
    /// If the contacts do not read.
    pub fn sources(&self) -> Result<Vec<SourceSummary>, LakeError> {
        let query = "select source, cast(coalesce(offered_at, arrived_at, answered_at, ended_at) as date) as day, count(*) as \
                     contacts from contacts group by 1, 2 order by 1, 2";
        let mut sources: Vec<SourceSummary> = Vec::new();
        for row in texts(self.sql(query)?)? {
            let [Some(source), day, Some(contacts)] = row.as_slice() else { continue };
            let contacts: u64 = contacts.parse().unwrap_or(0);
            if sources.last().is_none_or(|last| last.source != *source) {
                sources.push(SourceSummary { source: source.clone(), contacts: 0, days: None, holes: Vec::new() });
            }
            let of_source = sources.last_mut().expect("one was just added");
            of_source.contacts += contacts;
            let Some(day) = day else { continue };
            if let Some((_, last)) = &of_source.days {
                of_source.holes.extend(between(last, day));
            }
            let first = of_source.days.take().map_or_else(|| day.clone(), |(first, _)| first);
            of_source.days = Some((first, day.clone()));
        }
        Ok(sources)
    }

    /// What became of the contacts, and which of them break a law, by queue and half hour.
    ///
    /// # Errors
    /// If contacts or legs do not read.
    pub fn conservation(&self) -> Result<ConservationSummary, LakeError> {
        let mut summary = ConservationSummary::default();
        for row in texts(self.sql("select outcome, count(*) from contacts group by 1 order by 1")?)? {
            let [outcome, Some(count)] = row.as_slice() else { continue };
            let count: u64 = count.parse().unwrap_or(0);
            summary.arrivals += count;
            match outcome.as_deref().and_then(|word| word.parse().ok()) {
                Some(outcome) => *summary.outcomes.entry(outcome).or_default() += count,
                None => summary.open += count,
            }
        }
        for (law, broken) in LAWS {
            let rows = number(self.sql(&format!("select count(*) from contacts c where {broken}"))?)?;
            if 0 < rows {
                summary.broken.push(self.broken(law, broken, rows)?);
            }
        }
        Ok(summary)
    }

    fn broken(&self, law: &'static str, broken: &str, rows: u64) -> Result<Broken, LakeError> {
        const AT: &str = "date_bin(interval '30 minutes', coalesce(offered_at, arrived_at, answered_at, ended_at))";
        let most = Broken::LISTED;
        let query = format!(
            "select first_queue, {AT}, count(*) from contacts c where {broken} group by 1, 2 order by 3 desc, 2, 1 limit {most}"
        );
        let place = |row: Vec<Option<String>>| {
            let [queue, from, Some(count)] = row.as_slice() else { return None };
            Some((queue.clone(), from.clone(), count.parse().unwrap_or(0)))
        };
        let places = texts(self.sql(&query)?)?.into_iter().filter_map(place).collect();
        let query = format!(
            "select source, contact_id from contacts c where {broken} order by {AT}, source, contact_id limit {most}"
        );
        let contact = |row: Vec<Option<String>>| {
            let mut row = row.into_iter();
            Some((row.next()??, row.next()??))
        };
        let contacts = texts(self.sql(&query)?)?.into_iter().filter_map(contact).collect();
        Ok(Broken { law, rows, places, contacts })
    }
}

/// The days between two, as first and last; none where they follow each other.
fn between(last: &str, next: &str) -> Option<(String, String)> {
    let (last, next): (jiff::civil::Date, jiff::civil::Date) = (last.parse().ok()?, next.parse().ok()?);
    let (first, until) = (last.tomorrow().ok()?, next.yesterday().ok()?);
    (first <= until).then(|| (first.to_string(), until.to_string()))
}

/// The one number that a query answers.
fn number(mut batches: Batches) -> Result<u64, LakeError> {
    let batch = batches.find(|batch| batch.as_ref().map_or(true, |batch| 0 < batch.num_rows())).transpose()?;
    Ok(batch.map_or(0, |batch| batch.column(0).as_primitive::<Int64Type>().value(0).unsigned_abs()))
}

/// The rows of an answer as texts; none where a value is null.
fn texts(batches: Batches) -> Result<Vec<Vec<Option<String>>>, LakeError> {
    let mut rows = Vec::new();
    for batch in batches {
        rows.extend(text_rows(&batch?)?);
    }
    Ok(rows)
}

/// The rows of a batch as objects of JSON: whole numbers and truths as such, all else as texts, since no number of JSON is
/// an exact decimal.
///
/// # Errors
/// If a column has no text.
pub fn json_rows(batch: &RecordBatch) -> Result<Vec<serde_json::Value>, LakeError> {
    let schema = batch.schema();
    let value = |(column, text): (usize, Option<String>)| {
        let field = schema.field(column);
        let value = match text {
            None => serde_json::Value::Null,
            Some(text) if field.data_type().is_integer() || *field.data_type() == DataType::Boolean => {
                text.parse().unwrap_or(serde_json::Value::String(text))
            }
            Some(text) => serde_json::Value::String(text),
        };
        (field.name().clone(), value)
    };
    let object = |row: Vec<Option<String>>| serde_json::Value::Object(row.into_iter().enumerate().map(value).collect());
    Ok(text_rows(batch)?.into_iter().map(object).collect())
}

/// The rows of a batch as texts; none where a value is null.
///
/// # Errors
/// If a column has no text.
pub fn text_rows(batch: &RecordBatch) -> Result<Vec<Vec<Option<String>>>, LakeError> {
    let options = FormatOptions::default();
    let formatters = batch
        .columns()
        .iter()
        .map(|column| ArrayFormatter::try_new(column, &options))
        .collect::<Result<Vec<_>, _>>()?;
    let text = |row: usize, column: usize| {
        let array = batch.column(column);
        let is_null = array.logical_nulls().is_some_and(|nulls| nulls.is_null(row));
        (!is_null).then(|| formatters[column].value(row).to_string())
    };
    Ok((0..batch.num_rows()).map(|row| (0..batch.num_columns()).map(|column| text(row, column)).collect()).collect())
}
