//! From which day to which records reach.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, TimestampMicrosecondType};
use arrow_array::{Array, RecordBatch};
use jiff::civil::{Date, date};
use longshore_contacts::Table;
use longshore_units::{Instant, Zone};

/// The first and the last instant, and day, at which something came.
#[derive(Debug, Default)]
pub struct Span {
    /// Of what happened.
    happened: Option<(i64, i64)>,
    /// Of what was planned, or stands on registers.
    planned: Option<(i64, i64)>,
    days: Option<(i32, i32)>,
}

impl Span {
    /// Adds rows. Each counts with the first instant that it knows.
    pub fn add(&mut self, table: Table, batch: &RecordBatch) {
        let (columns, of): (&[&str], _) = match table {
            Table::Contacts => (&["arrived_at", "offered_at", "answered_at", "ended_at"], &mut self.happened),
            Table::Legs => (&["offered_at", "answered_at", "ended_at"], &mut self.happened),
            Table::AgentTime | Table::Intervals => (&["from"], &mut self.happened),
            Table::Schedule | Table::Forecast | Table::Outages => (&["from"], &mut self.planned),
            Table::Agents => return self.add_days(batch, "hired"),
            Table::Rates | Table::Reported => return self.add_days(batch, "date"),
        };
        let columns: Vec<_> =
            columns.iter().map(|column| batch[*column].as_primitive::<TimestampMicrosecondType>()).collect();
        for row in 0..batch.num_rows() {
            if let Some(known) = columns.iter().find(|column| column.is_valid(row)) {
                widen(of, known.value(row));
            }
        }
    }

    fn add_days(&mut self, batch: &RecordBatch, column: &str) {
        for day in batch[column].as_primitive::<Date32Type>().iter().flatten() {
            widen(&mut self.days, day);
        }
    }

    /// The first and the last day, by the clocks of a zone. What happened goes before what was planned.
    pub fn days(&self, zone: &Zone) -> Option<(Date, Date)> {
        if let Some((first, last)) = self.happened.or(self.planned) {
            return zone.date(Instant(first)).zip(zone.date(Instant(last)));
        }
        let day = |days: i32| jiff::Span::new().try_days(days).and_then(|span| date(1970, 1, 1).checked_add(span)).ok();
        let (first, last) = self.days?;
        day(first).zip(day(last))
    }
}

fn widen<T: Ord + Copy>(span: &mut Option<(T, T)>, at: T) {
    let (first, last) = span.unwrap_or((at, at));
    *span = Some((first.min(at), last.max(at)));
}
