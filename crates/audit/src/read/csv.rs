//! Sheets from CSV files.

use longshore_document::Findings;
use longshore_units::{Diagnostic, Text};

use super::bounds::{CELL_MOST, COLUMNS_MOST, ROWS_MOST};
use super::sheet::{Cell, Row, Sheet, Value};

/// Reads a CSV file as a sheet. Without a separator it is the one of `,`, `;`, tab and `|` that divides most lines alike.
pub fn csv(text: &Text, separator: Option<char>) -> (Option<Sheet>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let separator = separator.unwrap_or_else(|| likely(&text.text));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(text.text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut record = csv::StringRecord::new();
    // The line that the text counted so far ends in.
    let (mut lines, mut counted) = (1, 0);
    loop {
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                // The reader's place is behind the last row's text: what ends that line, and empty ones, stand before this row.
                let start = record.position().map_or(start, |at| at.byte() as usize);
                let ends = text.text.as_bytes().iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n'));
                let start = start + ends.count();
                lines += text
                    .text
                    .as_bytes()
                    .iter()
                    .skip(counted)
                    .take(start - counted)
                    .filter(|byte| **byte == b'\n')
                    .count();
                counted = start;
                // Each row is on a line of its own, also where lines end in a sign that is no line's end.
                let number = rows.last().map_or(1, |last| last.number + 1).max(lines);
                let span = text.line_at(start);
                if ROWS_MOST <= rows.len() || COLUMNS_MOST < record.len() {
                    let message =
                        format!("a file of more than {ROWS_MOST} rows or {COLUMNS_MOST} columns is no invoice");
                    findings.error("A003", &span, message, "keep the rows of the invoice alone");
                    break;
                }
                let cell = |text: &str| Cell { value: value(text), format: None, span: span.clone() };
                rows.push(Row { number, span: span.clone(), cells: record.iter().map(cell).collect() });
            }
            Err(error) => {
                let message = format!("this line is not CSV: {error}");
                findings.error("A003", &text.line_at(start), message, "save the file again as CSV in UTF-8");
                break;
            }
        }
    }
    let sound = !findings.has_errors();
    let sheet = Sheet { file: text.name.clone(), text: text.clone(), name: None, rows };
    (sound.then_some(sheet), findings.into_diagnostics())
}

fn value(text: &str) -> Value {
    // What a spreadsheet shows or keeps in place of a value goes into its CSV as it is.
    const ERRORS: [&str; 7] = ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
    match text.trim() {
        "" => Value::Empty,
        error if ERRORS.contains(&error) => Value::Error(error.to_owned()),
        formula if formula.starts_with('=') => Value::Formula,
        text => Value::Text(text.chars().take(CELL_MOST).collect()),
    }
}

/// The separator that divides most of the first lines into as many parts.
pub(super) fn likely(text: &str) -> char {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(50).collect();
    let alike = |separator: char| {
        let mut counts: Vec<usize> = lines.iter().map(|line| line.matches(separator).count()).collect();
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        let most = counts.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
        (most, counts.last().copied().unwrap_or(0))
    };
    // Of equals the first here: a comma may be a decimal one, so it comes after the semicolon and the tab.
    [';', '\t', '|', ','].into_iter().rev().max_by_key(|separator| alike(*separator)).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_numbers_of_their_lines() {
        for end in ["\n", "\r\n"] {
            let text = ["a,b", "", "c,\"d", "e\"", "", "f,g", ""].join(end);
            let sheet = csv(&Text::new("i.csv", text), None).0.unwrap();
            let rows: Vec<_> = sheet.rows.iter().map(|row| (row.number, &sheet.text.text[row.span.clone()])).collect();
            assert_eq!(rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 6], "{rows:?}");
            assert!(rows[1].1.starts_with("c,") && rows[2].1.starts_with("f,g"), "{rows:?}");
        }
    }

    #[test]
    fn a_comma_within_numbers_is_no_separator() {
        assert_eq!(likely("a;b;c\n1,5;2,5;3\n4;5,5;6\n"), ';');
        assert_eq!(likely("a,b,c\n1.5,2.5,3\n"), ',');
        assert_eq!(likely("a\tb\n1,5\t2,5\n"), '\t');
        assert_eq!(likely(""), ';');
    }
}
