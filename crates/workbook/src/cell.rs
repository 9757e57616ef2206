//! What stands in a cell.

use std::sync::Arc;

use calamine::DataRef;
use jiff::civil::Date;
use longshore_units::{Exact, Milliseconds};

use crate::NumberFormat;

/// A cell in which something stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it shows; nothing where a formula's value was not saved.
    pub value: Option<Value>,
    /// Whether a formula came to it.
    pub has_formula: bool,
    /// What is shown beside its digits; nothing where that is nothing.
    pub format: Option<Arc<NumberFormat>>,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words, without blanks around them; at least one letter.
    Text(String),
    /// A number, to the fifteenth digit.
    Number(Exact),
    /// Yes or no.
    Flag(bool),
    /// A day; the time of day is left out.
    Day(Date),
    /// A time of day, since midnight: what `0:00:30` becomes that somebody typed for half a minute.
    Time(Milliseconds),
    /// What a spreadsheet shows in place of a value: `#REF!`; or why it has none.
    Error(String),
}

/// What the library read of a cell; none where it is empty.
pub(crate) fn value(data: &DataRef<'_>) -> Option<Value> {
    let no_day = || Value::Error("a day that does not exist".to_owned());
    Some(match data {
        DataRef::Empty => return None,
        DataRef::Int(whole) => Value::Number(Exact::from(i128::from(*whole))),
        DataRef::Float(float) => number(*float),
        DataRef::String(written) | DataRef::DurationIso(written) => return text(written),
        DataRef::SharedString(written) => return text(written),
        DataRef::Bool(flag) => Value::Flag(*flag),
        // Day 0 is no day: a spreadsheet keeps a time of day as a part of it.
        DataRef::DateTime(instant) if instant.is_datetime() && (0.0..1.0).contains(&instant.as_f64()) => {
            Value::Time(Milliseconds((instant.as_f64() * 86_400_000.0).round() as u64))
        }
        DataRef::DateTime(instant) if instant.is_datetime() => {
            let (year, month, day, ..) = instant.to_ymd_hms_milli();
            match (i16::try_from(year), i8::try_from(month), i8::try_from(day)) {
                (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).map_or_else(|_| no_day(), Value::Day),
                _ => no_day(),
            }
        }
        DataRef::DateTime(instant) => number(instant.as_f64()),
        DataRef::DateTimeIso(written) => {
            let day = written.split('T').next().and_then(|day| day.parse().ok());
            return day.map(Value::Day).or_else(|| text(written));
        }
        DataRef::Error(error) => Value::Error(error.to_string()),
    })
}

fn text(written: &str) -> Option<Value> {
    let text = written.trim();
    (!text.is_empty()).then(|| Value::Text(text.to_owned()))
}

/// The number that a spreadsheet shows: it holds binary fractions, and shows fifteen digits of them. 0.1 + 0.2 is 0.3.
fn number(float: f64) -> Value {
    let written = format!("{float:.14e}");
    let exact = || {
        let (digits, exponent) = written.split_once('e')?;
        let digits: i128 = digits.replace('.', "").parse().ok()?;
        let exponent = exponent.parse::<i32>().ok()? - 14;
        if digits == 0 {
            return Some(Exact::zero());
        }
        let power = 10i128.checked_pow(exponent.unsigned_abs())?;
        if exponent < 0 { Exact::ratio(digits, power) } else { digits.checked_mul(power).map(Exact::from) }
    };
    exact().map_or_else(|| Value::Error(format!("{float:e}, which no amount is")), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_a_spreadsheet_shows() {
        for (float, shown) in [
            (0.1 + 0.2, "0.3"),
            (1234.56, "1234.56"),
            (-0.42, "-0.42"),
            (0.0, "0"),
            (48231.7 * 0.42, "20257.314"),
            (1e15, "1000000000000000"),
            (123_456_789_012.345, "123456789012.345"),
        ] {
            assert_eq!(number(float), Value::Number(shown.parse().unwrap()), "{float}");
        }
        for wild in [f64::NAN, f64::INFINITY, 1e300, 1e-300] {
            assert!(matches!(number(wild), Value::Error(_)), "{wild}");
        }
    }
}
