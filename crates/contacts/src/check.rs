//! Rows that have the right types and still cannot be.

use std::borrow::Cow;
use std::fmt;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray, RecordBatch};
use arrow_buffer::NullBuffer;
use jiff::Timestamp;

use crate::conform::Projection;
use crate::error::ContactsError;
use crate::table::{Column, Kind, Table};

/// A value that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    /// The row, from 0 within its batch.
    pub row: usize,
    /// The column.
    pub column: &'static str,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A duration, count or forecast below zero.
    Negative,
    /// A rate, or the number of a leg, of zero or below.
    NotPositive,
    /// An instant or day outside the years that calendars show.
    OutsideCalendar,
    /// It lies before what comes first, such as an answer before the offer.
    Before(&'static str),
    /// A span that ends where it begins, though amounts are given for it.
    EmptySpan,
    /// An amount without the currency it is in.
    NoCurrency,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Flaw { row, column, why } = self;
        write!(f, "row {row}: `{column}` {why}")
    }
}

/// What is said of the column.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Negative => f.write_str("is negative"),
            Why::NotPositive => f.write_str("is not above zero"),
            Why::OutsideCalendar => f.write_str("lies outside the years -9999 to 9999"),
            Why::Before(first) => write!(f, "lies before `{first}`"),
            Why::EmptySpan => f.write_str("leaves no time between"),
            Why::NoCurrency => f.write_str("has no currency"),
        }
    }
}

/// The values in a batch that cannot be, by row and column. Columns that are not there are not looked at.
///
/// Durations, numbers of contacts and counts are not negative; rates and leg numbers are positive; instants lie in the
/// years that calendars show; what follows does not lie before what it follows (arrived, offered, answered, ended;
/// delivered, superseded; from, until; hired, left); an amount has a currency. Each column takes one pass, and most of
/// them a single comparison a row.
///
/// # Errors
/// If the batch does not [conform](crate::conform) to the table.
pub fn check_rows(batch: &RecordBatch, table: Table) -> Result<Vec<Flaw>, ContactsError> {
    let schema = batch.schema_ref();
    let names = table.columns().iter().map(|column| column.name).filter(|name| schema.column_with_name(name).is_some());
    let batch = &Projection::of(table, Some(&names.collect::<Vec<_>>()))?.conform(batch)?;
    let mut flaws = Vec::new();
    for column in table.columns() {
        if let Some(array) = batch.column_by_name(column.name) {
            values(array, table, column, &mut flaws);
        }
    }
    for sequence in sequences(table) {
        order(batch, sequence, &mut flaws);
    }
    if matches!(table, Table::Schedule | Table::Forecast | Table::Intervals) {
        empty_spans(batch, &mut flaws);
    }
    match table {
        Table::Contacts => currency(batch, "sale_amount", "sale_currency", &mut flaws),
        Table::Reported => currency(batch, "amount", "currency", &mut flaws),
        _ => {}
    }
    flaws.sort_unstable();
    Ok(flaws)
}

/// The instants of a row's version.
const DELIVERY: &[&str] = &["delivered_at", "superseded_at"];

/// What comes first, and what may not lie before it.
fn sequences(table: Table) -> &'static [&'static [&'static str]] {
    match table {
        Table::Contacts => &[&["arrived_at", "offered_at", "answered_at", "ended_at"], DELIVERY],
        Table::Legs => &[&["offered_at", "answered_at", "ended_at"], DELIVERY],
        Table::AgentTime | Table::Schedule | Table::Forecast | Table::Outages | Table::Intervals => {
            &[&["from", "until"], DELIVERY]
        }
        Table::Agents => &[&["hired", "left"], DELIVERY],
        Table::Rates | Table::Reported => &[DELIVERY],
    }
}

fn values(array: &ArrayRef, table: Table, column: &Column, flaws: &mut Vec<Flaw>) {
    let flaw = |why: Why| move |row: usize| Flaw { row, column: column.name, why };
    match column.kind {
        Kind::Instant => {
            let (min, max) = (Timestamp::MIN.as_microsecond(), Timestamp::MAX.as_microsecond());
            let outside = rows(array.as_primitive::<TimestampMicrosecondType>(), |at| at < min || max < at);
            flaws.extend(outside.map(flaw(Why::OutsideCalendar)));
        }
        Kind::Day => {
            const YEAR_MIN: i32 = -4_371_587; // -9999-01-01
            const YEAR_MAX: i32 = 2_932_896; // 9999-12-31
            let outside = rows(array.as_primitive::<Date32Type>(), |day| !(YEAR_MIN..=YEAR_MAX).contains(&day));
            flaws.extend(outside.map(flaw(Why::OutsideCalendar)));
        }
        Kind::Count if table == Table::Legs => {
            flaws.extend(rows(array.as_primitive::<Int64Type>(), |leg| leg <= 0).map(flaw(Why::NotPositive)));
        }
        Kind::Duration | Kind::Count => {
            flaws.extend(rows(array.as_primitive::<Int64Type>(), |value| value < 0).map(flaw(Why::Negative)));
        }
        Kind::Decimal(_) if table == Table::Rates => {
            flaws.extend(rows(array.as_primitive::<Decimal128Type>(), |value| value <= 0).map(flaw(Why::NotPositive)));
        }
        Kind::Decimal(_) if table == Table::Forecast => {
            flaws.extend(rows(array.as_primitive::<Decimal128Type>(), |value| value < 0).map(flaw(Why::Negative)));
        }
        // A sale may be taken back, and a report corrected.
        Kind::Decimal(_) | Kind::Name | Kind::Word(_) | Kind::Text | Kind::Score | Kind::Flag => {}
    }
}

/// The rows whose value is so. A first look goes over all slots without asking which are null.
fn rows<'array, Of: ArrowPrimitiveType>(
    array: &'array PrimitiveArray<Of>,
    so: impl Fn(Of::Native) -> bool + Copy + 'array,
) -> impl Iterator<Item = usize> + 'array {
    let any = array.values().iter().fold(false, |any, value| any | so(*value));
    let length = if any { array.len() } else { 0 };
    (0..length).filter(move |row| array.is_valid(*row) && so(array.value(*row)))
}

/// Compares each value of a row with the last one before it that is known.
fn order(batch: &RecordBatch, sequence: &[&'static str], flaws: &mut Vec<Flaw>) {
    let present = sequence.iter().filter_map(|name| Some((*name, Moments::of(batch.column_by_name(name)?))));
    let columns: Vec<_> = present.collect();
    for row in 0..batch.num_rows() {
        let mut known = columns.iter().filter_map(|(name, moments)| Some((*name, moments.at(row)?)));
        let Some(mut last) = known.next() else { continue };
        for next in known {
            if next.1 < last.1 {
                flaws.push(Flaw { row, column: next.0, why: Why::Before(last.0) });
            }
            last = next;
        }
    }
}

fn empty_spans(batch: &RecordBatch, flaws: &mut Vec<Flaw>) {
    let (Some(from), Some(until)) = (batch.column_by_name("from"), batch.column_by_name("until")) else { return };
    let (from, until) = (Moments::of(from), Moments::of(until));
    let empty = (0..batch.num_rows()).filter(|row| from.at(*row) == until.at(*row));
    flaws.extend(empty.map(|row| Flaw { row, column: "until", why: Why::EmptySpan }));
}

fn currency(batch: &RecordBatch, amount: &'static str, currency: &str, flaws: &mut Vec<Flaw>) {
    let (Some(amounts), Some(currencies)) = (batch.column_by_name(amount), batch.column_by_name(currency)) else {
        return;
    };
    if amounts.null_count() < amounts.len() {
        let without = (0..batch.num_rows()).filter(|row| amounts.is_valid(*row) && currencies.is_null(*row));
        flaws.extend(without.map(|row| Flaw { row, column: amount, why: Why::NoCurrency }));
    }
}

/// A column of instants or days.
struct Moments<'batch> {
    values: Cow<'batch, [i64]>,
    nulls: Option<&'batch NullBuffer>,
}

impl Moments<'_> {
    fn of(array: &ArrayRef) -> Moments<'_> {
        let values = match array.as_primitive_opt::<Date32Type>() {
            Some(days) => days.values().iter().map(|day| i64::from(*day)).collect(),
            None => Cow::Borrowed(&**array.as_primitive::<TimestampMicrosecondType>().values()),
        };
        Moments { values, nulls: array.nulls() }
    }

    fn at(&self, row: usize) -> Option<i64> {
        self.nulls.is_none_or(|nulls| nulls.is_valid(row)).then(|| self.values[row])
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use longshore_units::Instant;

    use super::*;
    use crate::decimal::Decimal;
    use crate::rows::{
        AgentRow, ForecastRow, LegRow, RateRow, ScheduleRow, agents_batch, forecast_batch, legs_batch, rates_batch,
        schedule_batch,
    };
    use crate::words::Outcome;

    fn leg() -> LegRow {
        LegRow {
            offered_at: Some(Instant(10)),
            answered_at: Some(Instant(20)),
            ended_at: Some(Instant(30)),
            wait: Some(0),
            talk: Some(0),
            wrap: Some(0),
            outcome: Some(Outcome::Answered),
            ..LegRow::of("acd", "1", 1)
        }
    }

    #[test]
    fn values_that_cannot_be_are_named_by_row_and_column() {
        let sound = leg();
        let rows = [
            sound.clone(),
            LegRow { talk: Some(-1), wrap: Some(i64::MIN), ..sound.clone() },
            LegRow { leg: 0, ..sound.clone() },
            LegRow { answered_at: None, ended_at: Some(Instant(9)), ..sound.clone() },
            LegRow { answered_at: Some(Instant(31)), ended_at: Some(Instant(i64::MAX)), ..sound.clone() },
            LegRow { offered_at: None, answered_at: None, ended_at: None, wait: None, ..sound },
        ];
        let flaws = check_rows(&legs_batch(&rows), Table::Legs).unwrap();
        let flaw = |row, column, why| Flaw { row, column, why };
        assert_eq!(
            flaws,
            [
                flaw(1, "talk", Why::Negative),
                flaw(1, "wrap", Why::Negative),
                flaw(2, "leg", Why::NotPositive),
                flaw(3, "ended_at", Why::Before("offered_at")),
                flaw(4, "ended_at", Why::OutsideCalendar),
            ]
        );
        assert_eq!(flaws[3].to_string(), "row 3: `ended_at` lies before `offered_at`");
        let times_only = ["offered_at", "ended_at"].map(|column| Table::Legs.position(column).unwrap());
        let times_only = legs_batch(&rows).project(&times_only).unwrap();
        assert_eq!(check_rows(&times_only, Table::Legs).unwrap().len(), 2);
    }

    #[test]
    fn spans_rates_and_days_are_checked() {
        let (what, zero) = ("USD/PHP".to_owned(), Decimal::from_unscaled(0).unwrap());
        let rate = RateRow { what, date: date(2027, 1, 1), value: zero, source: None };
        let why = |flaws: Vec<Flaw>| flaws.iter().map(|flaw| (flaw.column, flaw.why)).collect::<Vec<_>>();
        let flaws = check_rows(&rates_batch(&[rate]), Table::Rates).unwrap();
        assert_eq!(why(flaws), [("value", Why::NotPositive)]);

        let (provider, from, until) = ("acme".to_owned(), Instant(0), Instant(0));
        let (program, site, team, productive) = (None, None, None, None);
        let (requested, scheduled) = (Some(1), Some(1));
        let schedule = ScheduleRow { provider, program, site, team, from, until, requested, scheduled, productive };
        let flaws = check_rows(&schedule_batch(&[schedule]), Table::Schedule).unwrap();
        assert_eq!(why(flaws), [("until", Why::EmptySpan)]);

        let contacts = Decimal::from_unscaled(-1).unwrap();
        let (program, queue, handle, locked_at) = ("support".to_owned(), None, Some(-1), None);
        let forecast = ForecastRow { program, queue, from, until: Instant(-1), contacts, handle, locked_at };
        let flaws = check_rows(&forecast_batch(&[forecast]), Table::Forecast).unwrap();
        assert_eq!(
            why(flaws),
            [("contacts", Why::Negative), ("handle", Why::Negative), ("until", Why::Before("from"))]
        );

        let agent = |hired, left| AgentRow {
            agent: "7".to_owned(),
            provider: "acme".to_owned(),
            program: None,
            site: None,
            team: None,
            languages: None,
            wage_class: None,
            hired,
            left,
            why: None,
        };
        let rows = [agent(Date::MIN, Some(Date::MAX)), agent(date(2027, 1, 2), Some(date(2027, 1, 1)))];
        let flaws = check_rows(&agents_batch(&rows), Table::Agents).unwrap();
        assert_eq!(flaws, [Flaw { row: 1, column: "left", why: Why::Before("hired") }]);
    }
}
