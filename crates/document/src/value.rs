//! What a node is asked for, and what is said when it is something else.

use std::str::FromStr;

use jiff::civil::Date;
use longshore_units::{Exact, Milliseconds};

use crate::fields::{list, nearest, shortened};
use crate::{Findings, Node, Value};

impl Node {
    /// Reports that something else was expected here (`T002`).
    pub fn wrong_kind(&self, expected: &str, findings: &mut Findings) {
        let found = match &self.value {
            Value::Text(_) => "text",
            Value::Whole(_) => "a whole number",
            Value::Float(_) => "a number with a point",
            Value::Boolean(_) => "true or false",
            Value::Date(_) => "a day",
            Value::Time(_) => "a date with a time",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Unreadable => return,
        };
        findings.error("T002", &self.span, format!("this is {found}"), format!("write {expected}"));
    }

    /// Text.
    pub fn text(&self, findings: &mut Findings) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => {
                self.wrong_kind("text between quotes", findings);
                None
            }
        }
    }

    /// Text that is not empty.
    pub fn name(&self, findings: &mut Findings) -> Option<&str> {
        let text = self.text(findings)?;
        if text.trim().is_empty() {
            findings.error("T007", &self.span, "this name is empty", "give it a name");
            return None;
        }
        if text.chars().any(is_unseen) {
            let message = "this name holds a character that cannot be seen";
            findings.error("T007", &self.span, message, "write it on one line, in letters, digits and signs");
            return None;
        }
        if text.trim() != text {
            findings.error(
                "T007",
                &self.span,
                "this name begins or ends with a blank",
                "records would not match it: take the blank out",
            );
            return None;
        }
        Some(text)
    }

    /// True or false, without quotes.
    pub fn boolean(&self, findings: &mut Findings) -> Option<bool> {
        match &self.value {
            Value::Boolean(boolean) => Some(*boolean),
            _ => {
                self.wrong_kind("true or false, without quotes", findings);
                None
            }
        }
    }

    /// A day, written `2027-01-31` with or without quotes.
    pub fn date(&self, findings: &mut Findings) -> Option<Date> {
        match &self.value {
            Value::Date(date) => Some(*date),
            Value::Text(text) => {
                let date: Option<Date> = self.parsed(text, "a day such as 2027-01-31", findings);
                // A time of day behind it would be dropped in silence.
                if date.is_some_and(|date| date.to_string() != text.trim()) {
                    self.unreadable(&format!("`{text}` is more than a day"), "2027-01-31", findings);
                    return None;
                }
                date
            }
            _ => {
                self.wrong_kind("a day such as 2027-01-31", findings);
                None
            }
        }
    }

    /// The nodes of a list.
    pub fn list(&self, findings: &mut Findings) -> Option<&[Node]> {
        match &self.value {
            Value::List(nodes) => Some(nodes),
            _ => {
                self.wrong_kind("a list between brackets", findings);
                None
            }
        }
    }

    /// One node, or the nodes of a list of them.
    pub fn one_or_many(&self) -> &[Node] {
        match &self.value {
            Value::List(nodes) => nodes,
            _ => std::slice::from_ref(self),
        }
    }

    /// An exact number: text or a whole number. A float is refused (`T005`).
    pub fn exact(&self, findings: &mut Findings) -> Option<Exact> {
        match &self.value {
            Value::Text(text) => match text.parse() {
                Ok(exact) => Some(exact),
                Err(error) => {
                    match instead_of_range(text) {
                        Some(help) => {
                            findings.error("T006", &self.span, "this is a range, where one number is agreed", help);
                        }
                        None => {
                            let message = format!("this is no number: {error}");
                            findings.error("T006", &self.span, message, "write \"1234.50\"");
                        }
                    }
                    None
                }
            },
            Value::Whole(Some(whole)) => Some(Exact::from(*whole)),
            Value::Whole(None) => {
                findings.error("T006", &self.span, "this number is too large", "write a smaller number");
                None
            }
            Value::Float(written) => {
                let help = format!("put it between quotes: \"{written}\"");
                findings.error("T005", &self.span, "a number with a point is not exact unless it is quoted", help);
                None
            }
            _ => {
                self.wrong_kind("a number such as \"0.42\" or 12", findings);
                None
            }
        }
    }

    /// An exact number of at least 0.
    pub fn exact_not_negative(&self, findings: &mut Findings) -> Option<Exact> {
        let exact = self.exact(findings)?;
        if exact.is_negative() {
            findings.error("T007", &self.span, "this number is below 0", "write a number of at least 0");
            return None;
        }
        Some(exact)
    }

    /// A percentage: `"25"`, `25` or `"25%"`, as the number of hundredths.
    pub fn percent(&self, findings: &mut Findings) -> Option<Exact> {
        if let Value::Text(text) = &self.value
            && let Some(number) = text.trim().strip_suffix('%')
        {
            return self.parsed(number.trim_end(), "a percentage such as \"25%\"", findings);
        }
        self.exact(findings)
    }

    /// A percentage of at least 0.
    pub fn percent_not_negative(&self, findings: &mut Findings) -> Option<Exact> {
        let percent = self.percent(findings)?;
        if percent.is_negative() {
            findings.error("T007", &self.span, "this percentage is below 0", "write a percentage of at least 0");
            return None;
        }
        Some(percent)
    }

    /// A whole number from `least` to `most`, both included.
    pub fn whole(&self, least: i128, most: i128, findings: &mut Findings) -> Option<i128> {
        let whole = match &self.value {
            Value::Whole(whole) => whole.unwrap_or(i128::MAX),
            Value::Text(text) => self.parsed(text, "a whole number", findings)?,
            _ => {
                self.wrong_kind("a whole number", findings);
                return None;
            }
        };
        if whole < least || most < whole {
            let help = format!("write a whole number from {least} to {most}");
            findings.error("T007", &self.span, format!("{whole} is out of range"), help);
            return None;
        }
        Some(whole)
    }

    /// A number that no money depends on (a mean, a spread, a share of contacts): text, whole or float, from `least` to
    /// `most`. `"74%"` is 0.74.
    pub fn number(&self, least: f64, most: f64, findings: &mut Findings) -> Option<f64> {
        let number = match &self.value {
            Value::Whole(Some(whole)) => *whole as f64,
            Value::Whole(None) => f64::INFINITY,
            Value::Float(written) => written.replace('_', "").parse().unwrap_or(f64::NAN),
            Value::Text(text) => match text.trim().strip_suffix('%') {
                Some(number) => {
                    self.parsed::<Exact>(number.trim_end(), "a share such as \"74%\"", findings)?.to_f64() / 100.0
                }
                None => self.parsed::<Exact>(text, "a number", findings)?.to_f64(),
            },
            _ => {
                self.wrong_kind("a number", findings);
                return None;
            }
        };
        if !(least <= number && number <= most) {
            let (message, help) = beyond(number, least, most);
            findings.error("T007", &self.span, message, help);
            return None;
        }
        Some(number)
    }

    /// A span of time such as `"30s"`.
    pub fn milliseconds(&self, findings: &mut Findings) -> Option<Milliseconds> {
        let text = match &self.value {
            Value::Text(text) => text,
            _ => {
                self.wrong_kind("a duration such as \"30s\" or \"4m10s\"", findings);
                return None;
            }
        };
        text.parse()
            .map_err(|error: longshore_units::DurationError| self.unreadable(&error.to_string(), "\"30s\"", findings))
            .ok()
    }

    /// Text that a type of ours can read; what is wrong comes from its error. `like` is an example.
    pub fn read<T>(&self, like: &str, findings: &mut Findings) -> Option<T>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        let text = self.text(findings)?;
        text.parse().map_err(|error: T::Err| self.unreadable(&error.to_string(), like, findings)).ok()
    }

    /// One of a few words; `T008` with the nearest if it is none of them.
    pub fn one_of<T: Clone>(&self, words: &[(&'static str, T)], findings: &mut Findings) -> Option<T> {
        let text = self.text(findings)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(value.clone());
        }
        let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let help = match nearest(text, &names, 2) {
            Some(word) => format!("did you mean \"{word}\"?"),
            None => format!("write one of {}", list(&names)),
        };
        findings.error("T008", &self.span, format!("`{}` is not a word that is known here", shortened(text)), help);
        None
    }

    fn unreadable(&self, error: &str, like: &str, findings: &mut Findings) {
        findings.error("T006", &self.span, error, format!("write, for example, {like}"));
    }

    fn parsed<T: FromStr>(&self, text: &str, expected: &str, findings: &mut Findings) -> Option<T> {
        let parsed = text.trim().parse().ok();
        if parsed.is_none() {
            findings.error("T006", &self.span, format!("`{text}` is not {expected}"), format!("write {expected}"));
        }
        parsed
    }
}

/// From here on a bound is no more than what can be reckoned with, and nobody is told to write so much.
const VAST: f64 = 1e6;

/// What is wrong with a number beyond its bounds, and what to do.
fn beyond(number: f64, least: f64, most: f64) -> (String, String) {
    let message = match number {
        _ if number < least => format!("{number} is below {least}"),
        _ if most < number => format!("{number} is above {most}"),
        _ => "this is no number".to_owned(),
    };
    let help = match (least, most) {
        (_, 1.0) if 1.0 < number && number <= 100.0 => format!("write a share from {least} to 1, or \"{number}%\""),
        (_, VAST..) if number < least => format!("write a number of at least {least}"),
        (_, VAST..) => format!("write at most {} million", most / VAST),
        _ => format!("write a number from {least} to {most}"),
    };
    (message, help)
}

/// Control characters, and those that turn the direction of what follows: a terminal would obey them.
fn is_unseen(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What to write in place of two numbers with a dash between them; none for any other text. Price lists that were
/// translated print `0.35–0.45` as `0.35–45`.
fn instead_of_range(text: &str) -> Option<String> {
    let (low, high) = text.split_once(['–', '-'])?;
    let (low, high): (Exact, Exact) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    let hundredth = &high * &Exact::ratio(1, 100)?;
    let one = "write the one number that is agreed";
    Some(if low < hundredth {
        format!("{one}; with its decimal point it reads {low}–{hundredth}")
    } else {
        one.to_owned()
    })
}
