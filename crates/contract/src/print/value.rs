//! Values as contracts write them: numbers between quotes, percentages, durations in people's form.

use jiff::civil::Date;
use longshore_document::literal;
use longshore_units::{Days, Exact, Factor, Milliseconds, Months};

use crate::Written;

/// Keys and values, in their order.
#[derive(Default)]
pub(super) struct Entries(pub Vec<(String, Written)>);

impl Entries {
    pub fn put(&mut self, key: &str, value: impl Into<Written>) {
        self.0.push((key.to_owned(), value.into()));
    }

    /// Nothing where there is none: what a contract does not say is not said.
    pub fn maybe<T: Into<Written>>(&mut self, key: &str, value: Option<T>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// Nothing where the list is empty.
    pub fn some<T: Into<Written>>(&mut self, key: &str, values: impl IntoIterator<Item = T>) {
        let values: Vec<Written> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.put(key, Written::List(values));
        }
    }
}

impl From<Entries> for Written {
    fn from(entries: Entries) -> Written {
        Written::Table(entries.0)
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Written {
        Written::Text(text.to_owned())
    }
}

impl From<&String> for Written {
    fn from(text: &String) -> Written {
        Written::Text(text.clone())
    }
}

impl From<String> for Written {
    fn from(text: String) -> Written {
        Written::Text(text)
    }
}

impl From<bool> for Written {
    fn from(flag: bool) -> Written {
        Written::Flag(flag)
    }
}

impl From<u32> for Written {
    fn from(whole: u32) -> Written {
        Written::Whole(whole.into())
    }
}

impl From<Date> for Written {
    fn from(day: Date) -> Written {
        Written::Day(day)
    }
}

impl From<&Exact> for Written {
    /// A decimal where one ends that is short enough to be read again, a ratio otherwise.
    fn from(number: &Exact) -> Written {
        Written::Text(exact(number))
    }
}

impl From<Milliseconds> for Written {
    fn from(span: Milliseconds) -> Written {
        Written::Text(span.to_string())
    }
}

impl From<Days> for Written {
    fn from(days: Days) -> Written {
        Written::Text(days.to_string())
    }
}

impl From<Months> for Written {
    fn from(months: Months) -> Written {
        Written::Text(months.to_string())
    }
}

/// A number as it is read again.
pub(super) fn exact(number: &Exact) -> String {
    let decimal = number.to_string();
    if decimal.len() <= Exact::MAX_DIGITS { decimal } else { number.to_fraction() }
}

/// `25%`.
pub(super) fn percent(share: &Factor) -> String {
    format!("{}%", exact(&(&share.0 * &Exact::from(100u64))))
}

/// A key: bare where it can be.
pub(super) fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !name.is_empty() && name.bytes().all(is_bare) { name.to_owned() } else { literal(name) }
}

/// How long a line of the text is at most, where it can be broken.
const WIDTH: usize = 120;

/// A value behind so many characters of its line. A list that would make the line too long has a line for each item.
pub(super) fn text(value: &Written, before: usize) -> String {
    let line = inline(value);
    match value {
        Written::List(items) if WIDTH < before + line.chars().count() && 1 < items.len() => {
            let items: String = items.iter().map(|item| format!("    {},\n", inline(item))).collect();
            format!("[\n{items}]")
        }
        _ => line,
    }
}

fn inline(value: &Written) -> String {
    match value {
        Written::Text(text) => literal(text),
        Written::Whole(whole) => whole.to_string(),
        Written::Flag(flag) => flag.to_string(),
        Written::Day(day) => day.to_string(),
        Written::List(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Written::Table(entries) if entries.is_empty() => "{}".to_owned(),
        Written::Table(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(name, value)| format!("{} = {}", key(name), inline(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_kind_are_quoted() {
        assert_eq!([key("each_contact"), key("§4.1"), key("")], ["each_contact", "\"§4.1\"", "\"\""]);
        assert_eq!(literal("a \"b\" \\ \u{1b}\n"), "\"a \\\"b\\\" \\\\ \\u001B\\n\"");
    }

    #[test]
    fn numbers_are_decimals_where_these_can_be_read() {
        let third = Exact::ratio(1, 3).unwrap();
        assert_eq!([exact(&third), percent(&Factor(third.clone()))], ["1/3", "100/3%"]);
        let tiny = Exact::ratio(1, 1 << 100).unwrap();
        assert_eq!(exact(&tiny).parse::<Exact>(), Ok(tiny));
        assert_eq!(percent(&Factor(Exact::ratio(1, 40).unwrap())), "2.5%");
    }
}
