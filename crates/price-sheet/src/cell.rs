//! Answers in cells.

use calamine::{Data, Range as Cells};

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
    /// A number that a spreadsheet made of what was typed: the shortest decimal that means it.
    Number(String),
    /// A day.
    Day(String),
    /// Yes or no.
    Flag(bool),
    /// An error that a formula came to, such as `#DIV/0!`.
    Broken(String),
}

impl Typed {
    /// Of a cell; none if it is empty.
    pub fn of(data: &Data) -> Option<Typed> {
        Some(match data {
            Data::Empty => return None,
            Data::String(text) | Data::DurationIso(text) => match text.trim() {
                "" => return None,
                text => Typed::Text(text.to_owned()),
            },
            Data::Int(whole) => Typed::Number(whole.to_string()),
            Data::Float(number) => Typed::Number(shortest(*number)),
            Data::Bool(flag) => Typed::Flag(*flag),
            Data::DateTime(instant) => match instant.to_ymd_hms_milli() {
                (year, month, day, 0, 0, 0, 0) => Typed::Day(format!("{year:04}-{month:02}-{day:02}")),
                _ => Typed::Number(shortest(instant.as_f64())),
            },
            Data::DateTimeIso(text) => Typed::Day(text.split('T').next().unwrap_or(text).to_owned()),
            Data::Error(error) => Typed::Broken(error.to_string()),
            #[allow(unreachable_patterns)] // Kinds of cells that a later version of the library may know.
            _ => Typed::Broken("a kind of cell that is not known".to_owned()),
        })
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

/// The shortest decimal that means a number. `None` is never needed: what is not finite stands as text that no number is.
fn shortest(number: f64) -> String {
    let text = format!("{number}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Where a cell is, as spreadsheets name it: `Prices!E7`. Rows and columns count from 0.
pub(crate) fn place(sheet: &str, row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while 0 < rest {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{sheet}!{letters}{}", row + 1)
}

/// What stands in a cell of a sheet. Rows and columns count from 0 at the sheet's first cell.
pub(crate) fn answer(sheet: &str, cells: &Cells<Data>, row: u32, column: u32) -> Option<Answer> {
    let typed = Typed::of(cells.get_value((row, column))?)?;
    Some(Answer { place: place(sheet, row, column), typed })
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
            Kind::Percent => match &self.typed {
                Typed::Number(number) if number.starts_with("0.") => {
                    let message = format!("{number} may be a share or a percentage");
                    Err(("S003", message, "write it with its sign, such as 25%"))
                }
                _ => self.number(text.trim_end_matches('%').trim()).map(|number| quoted(&format!("{number}%"))),
            },
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
        let bare = text.trim_start_matches(['$', '€', '£', '₱']).trim();
        Ok(bare.to_owned())
    }
}

/// Text between quotes, as TOML has it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control.is_control() => quoted.push(' '),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}
