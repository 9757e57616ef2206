//! CSV and its relatives: cells between separators, a row a line or more.

use std::collections::VecDeque;

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::cell::Cell;
use super::gathered::Gathered;
use super::sample::{ROWS, Sample};
use super::titles::{self, ABOVE_MOST, Missing};
use crate::lines::{Line, Lines};
use crate::mapping::TableMapping;
use crate::{ImportError, Outbox, Stream};

/// What may stand between cells, the likelier last: a comma may be a decimal one.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];

/// The longest row, with the lines within its quotes.
const LONGEST: usize = Lines::LONGEST;

/// The most lines of one row.
const LINES_MOST: usize = 10_000;

/// The most cells of a row.
const CELLS_MOST: usize = 4096;

pub(super) fn read(
    stream: Stream<'_>,
    mapping: &TableMapping,
    gathered: &mut Gathered<'_>,
    out: &mut Outbox<'_>,
) -> Result<(), ImportError> {
    let separators = match mapping.layout.separator {
        Some(separator) => vec![separator],
        None => SEPARATORS.to_vec(),
    };
    let (lines, quotes) = (Lines::new(stream)?, mapping.layout.quotes);
    let mut records = Records { lines, waiting: VecDeque::new(), quotes, separators: separators.clone() };
    // Rows at the beginning, until it is known where the columns stand and what divides the cells.
    let mut first: Vec<(u64, Record)> = Vec::new();
    let mut found = None;
    let mut nearest: Option<Missing> = None;
    if !mapping.layout.titles {
        let places = titles::letters(mapping)?;
        while first.len() < ABOVE_MOST {
            let Some(record) = records.next()? else { break };
            first.push(record);
        }
        found = Some((most_divided(&first, &separators, mapping.layout.quotes), places));
    }
    while found.is_none() && first.len() < ABOVE_MOST {
        let Some((line, record)) = records.next()? else { break };
        if let Record::Text(text) = &record {
            for separator in &separators {
                let mut cells = Cells::new(*separator, mapping.layout.quotes);
                let Some(cells) = cells.divide(text) else { continue };
                match titles::places(mapping, &cells) {
                    Ok(places) => {
                        found = Some((*separator, places));
                        break;
                    }
                    Err(missing) => {
                        let near = |missing: &Missing| missing.nearness(mapping);
                        if nearest.as_ref().is_none_or(|nearest| near(nearest) < near(&missing)) {
                            nearest = Some(missing);
                        }
                    }
                }
            }
        }
        first.push((line, record));
        if found.is_some() {
            first.clear();
        }
    }
    let Some((separator, places)) = found else {
        let empty = || ImportError::WrongFormat { reason: "it is empty".to_owned() };
        return Err(nearest.map_or_else(empty, |missing| missing.into_error(mapping.table)));
    };
    records.separators = vec![separator];
    let mut cells = Cells::new(separator, mapping.layout.quotes);
    let mut first = first.into_iter();
    while let Some((line, record)) = first.next().map_or_else(|| records.next(), |record| Ok(Some(record)))? {
        let text = match record {
            Record::Text(text) => text,
            Record::Refused(why) => {
                gathered.refuse(line, None, why)?;
                continue;
            }
        };
        match cells.divide(&text) {
            Some(cells) => gathered.row(line, &cells, &places, out)?,
            None => gathered.refuse(line, None, format!("the row has more than {CELLS_MOST} cells"))?,
        }
    }
    Ok(())
}

/// The first rows, divided by what divides them best.
pub(super) fn sample(stream: Stream<'_>) -> Result<Sample, ImportError> {
    let (lines, separators) = (Lines::new(stream)?, SEPARATORS.to_vec());
    let mut records = Records { lines, waiting: VecDeque::new(), quotes: true, separators };
    let mut first = Vec::new();
    while first.len() < ROWS {
        let Some(record) = records.next()? else { break };
        first.push(record);
    }
    if first.is_empty() {
        return Err(ImportError::WrongFormat { reason: "it is empty".to_owned() });
    }
    let separator = most_divided(&first, &SEPARATORS, true);
    let mut cells = Cells::new(separator, true);
    let mut rows = Vec::new();
    for (_, record) in &first {
        if let Record::Text(text) = record
            && let Some(cells) = cells.divide(text)
        {
            rows.push(cells.iter().map(|cell| cell.text().into_owned()).collect());
        }
    }
    Ok(Sample { sheet: None, separator: Some(separator), rows, is_typed: false })
}

/// The separator that divides most rows into as many parts as others.
fn most_divided(first: &[(u64, Record)], separators: &[u8], quotes: bool) -> u8 {
    let alike = |separator: &u8| {
        let mut cells = Cells::new(*separator, quotes);
        let mut counts: Vec<usize> = first
            .iter()
            .filter_map(|(_, record)| match record {
                Record::Text(text) => cells.divide(text).map(|cells| cells.len()).filter(|count| 1 < *count),
                Record::Refused(_) => None,
            })
            .collect();
        counts.sort_unstable();
        counts.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0)
    };
    // Of equals the last.
    separators.iter().copied().max_by_key(alike).unwrap_or(b',')
}

/// The text of one row, or why there is none.
enum Record {
    Text(String),
    Refused(String),
}

/// The rows of a text.
struct Records<'f> {
    lines: Lines<'f>,
    /// Lines that were taken for the inside of quotes, and are rows after all.
    waiting: VecDeque<(u64, Record)>,
    quotes: bool,
    /// What divides the cells; all that may, until it is known.
    separators: Vec<u8>,
}

impl Records<'_> {
    /// The next row, with the number of its first line. Empty lines are none.
    fn next(&mut self) -> Result<Option<(u64, Record)>, ImportError> {
        loop {
            let Some((line, record)) = self.line()? else { return Ok(None) };
            let Record::Text(mut text) = record else { return Ok(Some((line, record))) };
            if text.trim().is_empty() {
                continue;
            }
            let separators = self.separators.clone(); // A few bytes.
            let mut quotes = Quotes { separators: &separators, state: Quoting::Start };
            if !self.quotes || !quotes.is_open_behind(&text) {
                return Ok(Some((line, Record::Text(text))));
            }
            let mut within: VecDeque<(u64, Record)> = VecDeque::new();
            let mut is_open = true;
            loop {
                let next = self.line()?;
                let ended = next.is_none();
                if let Some((line, next)) = next {
                    if let Record::Text(next) = &next {
                        is_open = quotes.is_open_behind(next);
                        text.push('\n');
                        text.push_str(next);
                    }
                    within.push_back((line, next));
                }
                if !ended && !is_open {
                    return Ok(Some((line, Record::Text(text))));
                }
                let is_broken = matches!(within.back(), Some((_, Record::Refused(_))));
                if ended || is_broken || LONGEST < text.len() || LINES_MOST < within.len() {
                    // The quote is none: the lines behind it are rows of their own.
                    within.append(&mut self.waiting);
                    self.waiting = within;
                    let why = "a quote in it is not closed; with `quotes = false` quotes are signs like others";
                    return Ok(Some((line, Record::Refused(why.to_owned()))));
                }
            }
        }
    }

    fn line(&mut self) -> Result<Option<(u64, Record)>, ImportError> {
        if let Some(waiting) = self.waiting.pop_front() {
            return Ok(Some(waiting));
        }
        let record = match self.lines.next()? {
            None => return Ok(None),
            Some(Line::Text(text)) => Record::Text(text.into_owned()),
            Some(Line::TooLong) => Record::Refused(format!("the line is longer than {} MiB", LONGEST >> 20)),
        };
        Ok(Some((self.lines.number(), record)))
    }
}

/// Follows a row's quotes over its lines.
struct Quotes<'s> {
    /// What begins a cell: any of these, until it is known which one.
    separators: &'s [u8],
    state: Quoting,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoting {
    /// A cell begins here.
    Start,
    /// Within a cell without quotes, in which a quote is a sign like others.
    Plain,
    /// Within quotes.
    Quoted,
    /// Behind a quote that ends them, or that is the first of two that mean one.
    Ended,
}

impl Quotes<'_> {
    /// Whether the row goes on in the next line: a quote is not closed yet.
    fn is_open_behind(&mut self, line: &str) -> bool {
        for byte in line.bytes() {
            self.state = match (self.state, byte) {
                (Quoting::Quoted, b'"') => Quoting::Ended,
                (Quoting::Quoted, _) | (Quoting::Start | Quoting::Ended, b'"') => Quoting::Quoted,
                (_, byte) if self.separators.contains(&byte) => Quoting::Start,
                _ => Quoting::Plain,
            };
        }
        self.state == Quoting::Quoted
    }
}

/// Divides rows into cells.
struct Cells {
    reader: csv_core::Reader,
    output: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    fn new(separator: u8, quotes: bool) -> Cells {
        let reader = ReaderBuilder::new().delimiter(separator).quoting(quotes).build();
        Cells { reader, output: Vec::new(), ends: vec![0; CELLS_MOST] }
    }

    /// The cells of a row; none where it has too many.
    fn divide<'t>(&'t mut self, text: &str) -> Option<Vec<Cell<'t>>> {
        self.reader.reset();
        self.output.resize(self.output.len().max(text.len() + 1), 0);
        let (mut taken, mut written, mut count) = (0, 0, 0);
        loop {
            let input = &text.as_bytes()[taken..];
            let (result, read, wrote, ended) =
                self.reader.read_record(input, &mut self.output[written..], &mut self.ends[count..]);
            taken += read;
            written += wrote;
            count += ended;
            match result {
                // Nothing more to take says that the row ends here.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => break,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => return None,
            }
        }
        let mut start = 0;
        let cell = |end: &usize| {
            let bytes = &self.output[start..*end];
            start = *end;
            Cell::Text(String::from_utf8_lossy(bytes))
        };
        Some(self.ends[..count].iter().map(cell).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(text: &str) -> Vec<String> {
        let mut cells = Cells::new(b',', true);
        cells.divide(text).unwrap().iter().map(|cell| cell.text().into_owned()).collect()
    }

    #[test]
    fn rows_divide_into_cells() {
        assert_eq!(divided("a,b,c"), ["a", "b", "c"]);
        assert_eq!(divided("a,,"), ["a", "", ""]);
        assert_eq!(divided("\"a,b\",\"say \"\"hi\"\"\",c"), ["a,b", "say \"hi\"", "c"]);
        assert_eq!(divided("\"two\nlines\",b"), ["two\nlines", "b"]);
        assert!(Cells::new(b',', true).divide(&",".repeat(CELLS_MOST)).is_none());
        assert_eq!(Cells::new(b',', true).divide(&",".repeat(CELLS_MOST - 1)).unwrap().len(), CELLS_MOST);
    }

    fn rows(text: &str, quotes: bool) -> Vec<(u64, String)> {
        let mut bytes = text.as_bytes();
        let lines = Lines::new(Stream::Bytes(&mut bytes)).unwrap();
        let mut records = Records { lines, waiting: VecDeque::new(), quotes, separators: SEPARATORS.to_vec() };
        let mut rows = Vec::new();
        while let Some((line, record)) = records.next().unwrap() {
            rows.push((
                line,
                match record {
                    Record::Text(text) => text,
                    Record::Refused(why) => format!("refused: {}", &why[..7]),
                },
            ));
        }
        rows
    }

    #[test]
    fn a_row_may_go_over_lines_within_quotes() {
        let text = "a,b\n\n1,\"x\ny\"\n2,z\n";
        let row = |line: u64, text: &str| (line, text.to_owned());
        assert_eq!(rows(text, true), [row(1, "a,b"), row(3, "1,\"x\ny\""), row(5, "2,z")]);
        assert_eq!(rows(text, false).len(), 4);
    }

    #[test]
    fn a_quote_within_a_cell_is_a_sign_like_others() {
        assert_eq!(rows("1,6\" pipe\n2,\"8\"\" pipe\"\n", true).len(), 2);
        assert_eq!(divided("1,6\" pipe"), ["1", "6\" pipe"]);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_row() {
        let row = |line: u64, text: &str| (line, text.to_owned());
        assert_eq!(
            rows("a\n1,\"6 pipe\n2\n3\n", true),
            [row(1, "a"), row(2, "refused: a quote"), row(3, "2"), row(4, "3")]
        );
    }
}
