//! Answers in cells.

use std::fmt;
use std::sync::Arc;

use longshore_document::literal;
use longshore_units::{Currency, Exact};
use longshore_workbook::{Cell, NumberFormat, Sheet, Value, address};

use crate::form::Kind;
use crate::number;

/// An answer and the cell it stands in.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Its place, such as `Prices!E7`.
    pub place: String,
    /// What stands there, as it is typed.
    pub typed: Typed,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Typed {
    /// Text, also a number as text: exact.
    Text(String),
    /// A number that a spreadsheet made of what was typed, to the fifteenth digit.
    Number {
        /// What the cell keeps.
        value: Exact,
        /// What it shows beside the digits.
        format: Option<Arc<NumberFormat>>,
    },
    /// A day.
    Day(String),
    /// A span of time, from a time of day since midnight.
    Time(String),
    /// Yes or no.
    Flag(bool),
    /// An error that a formula came to, such as `#DIV/0!`.
    Broken(String),
}

impl Typed {
    /// Of a cell. A formula's value is whatever a spreadsheet last reckoned: it is refused where it is asked for.
    pub fn of(cell: &Cell) -> Typed {
        match &cell.value {
            _ if cell.has_formula => Typed::Broken("it is a formula".to_owned()),
            None => Typed::Broken("it is empty".to_owned()),
            Some(Value::Text(text)) => Typed::Text(text.clone()),
            Some(Value::Number(number)) => Typed::Number { value: number.clone(), format: cell.format.clone() },
            Some(Value::Flag(flag)) => Typed::Flag(*flag),
            Some(Value::Day(day)) => Typed::Day(day.to_string()),
            Some(Value::Time(time)) => Typed::Time(time.to_string()),
            Some(Value::Error(error)) => Typed::Broken(error.clone()),
        }
    }
}

impl fmt::Display for Typed {
    /// As the cell shows it: 5% where it keeps 0.05 and is formatted so.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Typed::Text(text) | Typed::Day(text) | Typed::Time(text) | Typed::Broken(text) => f.write_str(text),
            Typed::Number { value, format } => match format.as_deref() {
                Some(format) if format.is_percent() => write!(f, "{}%", value * &Exact::from(100i128)),
                Some(format) => write!(f, "{value} {}", format.words()),
                None => write!(f, "{value}"),
            },
            Typed::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
        }
    }
}

/// Where a cell is, as spreadsheets name it: `Prices!E7`. Rows and columns count from 0.
pub(crate) fn place(sheet: &str, row: u32, column: u32) -> String {
    format!("{sheet}!{}", address(row, column))
}

/// What stands in a cell of a sheet. Rows and columns count from 0.
pub(crate) fn answer(sheet: &Sheet, row: u32, column: u32) -> Option<Answer> {
    let cell = sheet.cells.get(&(row, column))?;
    Some(Answer { place: place(&sheet.name, row, column), typed: Typed::of(cell) })
}

/// Why an answer is none: the code, what is said, and what to do.
pub(crate) type Refused = (&'static str, String, &'static str);

impl Answer {
    /// The answer as a contract writes it, between quotes where it is text; or why it is none, and what to do. Amounts are in
    /// the offer's currency, where that is known.
    pub fn written(&self, kind: Kind, currency: Option<Currency>) -> Result<String, Refused> {
        let text = match &self.typed {
            Typed::Broken(error) => {
                let message = format!("the cell has no value: {error}");
                return Err(("S002", message, "write the answer itself, without a formula"));
            }
            typed => typed.to_string(),
        };
        match kind {
            Kind::Flag => match text.to_lowercase().as_str() {
                "yes" | "true" | "y" => Ok("true".to_owned()),
                "no" | "false" | "n" => Ok("false".to_owned()),
                _ => Err(("S002", format!("`{text}` is neither yes nor no"), "write yes or no")),
            },
            Kind::Number | Kind::Money | Kind::Percent => {
                self.number(&text, kind, currency).map(|number| quoted(&number))
            }
            Kind::Text | Kind::Day | Kind::Span | Kind::OneOf(_) => Ok(quoted(&text)),
        }
    }

    /// A number, an amount or a percentage, which has its sign.
    fn number(&self, text: &str, kind: Kind, currency: Option<Currency>) -> Result<String, Refused> {
        let text = text.trim();
        match (kind, text.strip_suffix('%')) {
            (Kind::Percent, Some(percent)) => Ok(format!("{}%", number::percentage(percent)?)),
            (Kind::Percent, None) => {
                let read = number::plain(text)?;
                if read.chars().any(|one| !one.is_ascii_digit() && !".+-".contains(one)) {
                    return Ok(format!("{read}%")); // No number at all: the contract says so.
                }
                // A spreadsheet keeps 100% as 1, and 1% may be meant: only the sign tells.
                let message = format!("`{text}` may be a share or a percentage: a spreadsheet keeps 100% as 1");
                Err(("S003", message, "write it with its sign, such as 25%"))
            }
            (_, Some(_)) => Err(("S003", format!("`{text}` is a percentage"), "write the number itself")),
            (_, None) => match &self.typed {
                Typed::Number { value, format } if kind == Kind::Money => {
                    number::kept(value, format.as_ref().map_or("", |format| format.words()), currency)
                }
                Typed::Number { value, format: None } => Ok(value.to_string()),
                _ if kind == Kind::Money => number::amount(text, currency),
                _ => number::units(text),
            },
        }
    }
}

/// Text between quotes, as TOML has it. What breaks lines in a cell is a blank.
pub(crate) fn quoted(text: &str) -> String {
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    literal(&text.chars().map(plain).collect::<String>())
}
