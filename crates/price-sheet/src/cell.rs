//! Answers in cells.

use longshore_document::literal;
use longshore_workbook::{Cell, Sheet, Value, address};

use crate::form::Kind;

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
    Number(String),
    /// A day.
    Day(String),
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
            Some(Value::Number(number)) => Typed::Number(number.to_string()),
            Some(Value::Flag(flag)) => Typed::Flag(*flag),
            Some(Value::Day(day)) => Typed::Day(day.to_string()),
            Some(Value::Error(error)) => Typed::Broken(error.clone()),
        }
    }
}

impl std::fmt::Display for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Typed::Text(text) | Typed::Number(text) | Typed::Day(text) | Typed::Broken(text) => f.write_str(text),
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

impl Answer {
    /// The answer as a contract writes it, between quotes where it is text; or why it is none, and what to do.
    pub fn written(&self, kind: Kind) -> Result<String, (&'static str, String, &'static str)> {
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
            Kind::Number => self.number(&text).map(|text| quoted(&text)),
            Kind::Percent => {
                let number = self.number(text.trim_end_matches('%').trim())?;
                // A spreadsheet keeps 100% as 1, and 1% may be meant: only the sign tells.
                if !text.ends_with('%') && number.chars().all(|one| one.is_ascii_digit() || ".+-".contains(one)) {
                    let message = format!("`{text}` may be a share or a percentage: a spreadsheet keeps 100% as 1");
                    let help = "write it with its sign, such as 25%, into a cell that is formatted as text";
                    return Err(("S003", message, help));
                }
                Ok(quoted(&format!("{number}%")))
            }
            Kind::Text | Kind::Day | Kind::Span | Kind::OneOf(_) => Ok(quoted(&text)),
        }
    }

    /// A number as it is typed; a range, a decimal comma and a currency's sign are none.
    fn number(&self, text: &str) -> Result<String, (&'static str, String, &'static str)> {
        let dash = |character: char| matches!(character, '–' | '—' | '-' | '−');
        let digits =
            |part: &str| !part.is_empty() && part.chars().all(|one| one.is_ascii_digit() || ".,".contains(one));
        if let Some((low, high)) = text.trim().split_once(dash)
            && digits(low.trim())
            && digits(high.trim())
        {
            let (low, high) = (low.trim(), high.trim());
            let lost = low.starts_with("0.") && !high.contains('.') && high.len() <= 2;
            let message = match lost {
                true => format!(
                    "`{text}` is a range, and its end reads as if a decimal point were lost: {low}–0.{high:0<2}?"
                ),
                false => format!("`{text}` is a range, and an offer is one price"),
            };
            return Err((
                "S004",
                message,
                "write the one price that you offer; prices by volume are rows of their own",
            ));
        }
        if text.contains(',') {
            let message = format!("`{text}` has a comma: between thousands or before decimals?");
            return Err(("S003", message, "write 1234.50: a point before decimals, nothing between thousands"));
        }
        if text.trim().starts_with(['$', '€', '£', '₱']) {
            let message = format!("`{text}` has a currency's sign");
            return Err(("S003", message, "write the number alone: the currency of all prices stands in `Terms`"));
        }
        Ok(text.trim().to_owned())
    }
}

/// Text between quotes, as TOML has it. What breaks lines in a cell is a blank.
pub(crate) fn quoted(text: &str) -> String {
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    literal(&text.chars().map(plain).collect::<String>())
}
