//! What stands once on an invoice, wherever its file has it.

use std::ops::Range;

use jiff::civil::Date;
use longshore_document::Findings;
use longshore_units::{Amount, Currency, DateFormat, Exact, currency_marks, plain};

use super::mapping::{Head, Source};
use super::sheet::{Cell, Value};
use super::table::Reading;
use crate::Period;

impl Reading<'_> {
    pub(super) fn total(&self, currency: Currency, f: &mut Findings) -> Option<Amount> {
        let (words, span) = self.header(Head::Total, f)?;
        let cell = self.mapping.header.get(&Head::Total).and_then(|source| self.found(source));
        let beside = cell.as_ref().map_or(words.as_str(), Cell::beside_digits);
        if let Some(other) = currency_marks(beside).into_iter().find(|said| !said.may_be(currency)) {
            self.other_currency(&format!("the total of `{words}`"), &other.meant(), currency, &span, f);
        }
        // A number of a cell is written plainly, whatever the file's own format.
        let number = words
            .parse::<Exact>()
            .ok()
            .filter(|_| cell.as_ref().is_some_and(|cell| matches!(cell.value, Value::Number(_))));
        let number = number.map(Ok).unwrap_or_else(|| self.mapping.numbers.read(&words).map(|number| number.value));
        match number {
            Ok(number) => Some(Amount(number)),
            Err(message) => {
                f.error("A004", &span, message, "see `numbers` in the mapping");
                None
            }
        }
    }

    /// What stands once, and where; `A010` where the mapping names a place that has nothing.
    pub(super) fn header(&self, head: Head, f: &mut Findings) -> Option<(String, Range<usize>)> {
        let source = self.mapping.header.get(&head)?;
        if let Source::Value(value) = source {
            return Some((value.clone(), 0..0));
        }
        let found = self.found(source).map(|cell| (cell.words(), cell.span));
        if found.is_none() {
            let message = match source {
                Source::Beside(text) => format!("nothing stands beside `{text}`, where the {} should", head.word()),
                _ => format!("the cell that should hold the {} is empty", head.word()),
            };
            let help = "see [header] in the mapping; `{ value = … }` gives what the file does not say";
            f.error("A010", &(0..0), message, help);
        }
        found
    }

    fn found(&self, source: &Source) -> Option<Cell> {
        let text = |text: &str, span| Cell { value: Value::Text(text.to_owned()), format: None, span };
        match source {
            Source::Value(value) => Some(text(value, 0..0)),
            Source::Cell(row, column) => self.sheet.at(*row, *column).cloned(),
            Source::Beside(label) => {
                let labeled = self.sheet.rows.iter().find_map(|row| {
                    let cells = row.cells.iter().enumerate();
                    let mut found =
                        cells.filter_map(|(column, cell)| Some((row, column, behind(label, &cell.words())?, cell)));
                    found.next()
                });
                let (row, column, rest, cell) = labeled?;
                if !rest.is_empty() {
                    return Some(text(&rest, cell.span.clone()));
                }
                let right = row.cells.iter().skip(column + 1).find(|cell| !cell.is_empty());
                right.or_else(|| self.sheet.at(row.number + 1, column)).cloned()
            }
        }
    }

    /// The days that the file as a whole bills, where the mapping says so.
    pub(super) fn period_of_file(&self, f: &mut Findings) -> Option<Period> {
        let value = |head: Head, f: &mut Findings| self.header(head, f);
        if let Some((words, span)) = value(Head::Month, f).or_else(|| value(Head::Period, f)) {
            return self.period(&words, &span, f);
        }
        let (from, until) = (value(Head::From, f)?, value(Head::Until, f)?);
        self.both_ends(from, until, f)
    }

    pub(super) fn period(&self, words: &str, span: &Range<usize>, f: &mut Findings) -> Option<Period> {
        let dates = &self.mapping.dates;
        let month = || DateFormat::default().month(words).or_else(|| dates.month(words));
        let days = dates.days(words).and_then(|(first, last)| Period::new(first, last));
        let period = days.or_else(|| month().map(Period::of));
        if period.is_none() {
            let message = format!("`{words}` is no month, nor days from one to another");
            f.error("A005", span, message, "write 2027-03 in the mapping, or see `dates` there");
        }
        period
    }

    pub(super) fn both_ends(
        &self,
        from: (String, Range<usize>),
        until: (String, Range<usize>),
        f: &mut Findings,
    ) -> Option<Period> {
        let (first, last) = (self.day(&from, f), self.day(&until, f));
        let period = Period::new(first?, last?);
        if period.is_none() {
            f.error(
                "A001",
                &until.1,
                "the period ends before it begins",
                "write the first and the last day that are billed",
            );
        }
        period
    }

    /// The day that words mean; `A005` where they mean none.
    pub(super) fn day(&self, (words, span): &(String, Range<usize>), f: &mut Findings) -> Option<Date> {
        let day = words.parse().ok().or_else(|| self.mapping.dates.day(words));
        if day.is_none() {
            let message = format!("`{words}` is no day of the form {}", self.mapping.dates.pattern());
            f.error("A005", span, message, "see `dates` in the mapping");
        }
        day
    }
}

/// What stands behind a label in the same cell; nothing where the cell holds the label alone, `None` where it does not.
pub(super) fn behind(label: &str, words: &str) -> Option<String> {
    if plain(words) == plain(label) {
        return Some(String::new());
    }
    let rest = words.get(label.len()..).filter(|_| words.is_char_boundary(label.len()))?;
    let begins = words.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    let rest = rest.trim_start();
    // A longer word is another word.
    let divided = rest.starts_with([':', '#', '=']) || rest.len() < words.len() - label.len();
    (begins && divided).then(|| rest.trim_start_matches([':', '#', '=']).trim().to_owned())
}
