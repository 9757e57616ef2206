//! From a sheet of cells to invoices.

use std::collections::BTreeMap;
use std::ops::Range;

use longshore_contract::Contract;
use longshore_document::{Findings, quoted};
use longshore_units::{
    Amount, Currency, Diagnostic, Exact, Milliseconds, Price, Quantity, WrittenNumber, bare, currency_marks,
    currency_marks_of_title, plain,
};

use super::bounds::{FINDINGS_MOST, LINES_MOST};
use super::head::behind;
use super::mapping::{Column, Head, Mapping, Meaning, Source, Title};
use super::sheet::{Cell, Row, Sheet, Value};
use super::vocabulary::SUMS;
use super::written::{off_at_most, places};
use crate::{BilledInvoice, BilledLine, Figure, LinePart, Period, Shown};

/// Reads the invoices of a file's sheets, unless something makes them unusable, with every mistake found. The sheet is the one
/// that the mapping names, or the first that has the titles. Rows of one number and period are one invoice.
pub fn invoices(
    contract: &Contract,
    sheets: &[Sheet],
    mapping: &Mapping,
) -> (Option<Vec<BilledInvoice>>, Vec<Diagnostic>) {
    let file = sheets.first().map_or_else(|| "".into(), |sheet| sheet.file.clone());
    let Some(sheet) = chosen(sheets, mapping) else {
        let mut findings = Findings::of(file.clone());
        let named = mapping.sheet.as_ref().map_or(String::new(), |name| format!(" called `{name}`"));
        let names = quoted(sheets.iter().filter_map(|sheet| sheet.name.as_deref()));
        let message = format!("`{file}` has no sheet{named}");
        findings.error("A006", &(0..0), message, format!("write `sheet` in the mapping: it has {names}"));
        return (None, findings.into_diagnostics());
    };
    let mut findings = Findings::of(sheet.text.name.clone());
    let reading = Reading { contract, sheet, mapping };
    let invoices = reading.invoices(&mut findings).filter(|_| !findings.has_errors());
    (invoices, findings.into_diagnostics())
}

fn chosen<'s>(sheets: &'s [Sheet], mapping: &Mapping) -> Option<&'s Sheet> {
    match &mapping.sheet {
        Some(name) if sheets.iter().any(|sheet| sheet.name.is_some()) => {
            sheets.iter().find(|sheet| sheet.name.as_ref() == Some(name))
        }
        _ => sheets.iter().find(|sheet| titles(sheet, mapping).is_some()).or_else(|| sheets.first()),
    }
}

pub(super) struct Reading<'s> {
    pub contract: &'s Contract,
    pub sheet: &'s Sheet,
    pub mapping: &'s Mapping,
}

/// The row of titles, and where each column stands.
pub(super) struct Titles {
    /// Its position among the sheet's rows.
    pub row: usize,
    pub columns: BTreeMap<Column, usize>,
}

/// Where the columns of a mapping stand. Of several rows that have titles, the one with most of them.
pub(super) fn titles(sheet: &Sheet, mapping: &Mapping) -> Option<Titles> {
    let of_row = |(row, cells): (usize, &Row)| {
        let position = |title: &Title| {
            let title = plain(&title.title);
            cells.cells.iter().position(|cell| !cell.is_empty() && plain(&cell.words()) == title)
        };
        let columns: BTreeMap<Column, usize> =
            mapping.columns.iter().filter_map(|(column, title)| Some((*column, position(title)?))).collect();
        Titles { row, columns }
    };
    let has_least = |titles: &Titles| {
        let has = |column| titles.columns.contains_key(&column);
        has(Column::Amount) && (has(Column::Description) || has(Column::Charge))
    };
    let most = |best: Option<Titles>, titles: Titles| match best {
        Some(best) if titles.columns.len() <= best.columns.len() => Some(best),
        _ => Some(titles),
    };
    sheet.rows.iter().enumerate().map(of_row).filter(has_least).fold(None, most)
}

/// A row of the table with its cells by column.
struct Cells<'s> {
    row: &'s Row,
    titles: &'s Titles,
}

impl<'s> Cells<'s> {
    fn cell(&self, column: Column) -> Option<(&'s Cell, usize)> {
        let position = *self.titles.columns.get(&column)?;
        Some((self.row.cell(position)?, position))
    }

    fn words(&self, column: Column) -> Option<String> {
        self.cell(column).map(|(cell, _)| cell.words())
    }
}

impl<'s> Reading<'s> {
    fn invoices(&self, f: &mut Findings) -> Option<Vec<BilledInvoice>> {
        let titles = self.titles(f)?;
        let mut found: Vec<(Option<String>, Option<Period>, BilledInvoice)> = Vec::new();
        let mut sums = Sums::default();
        let of_file = self.period_of_file(f);
        let mut figures = Vec::new();
        for row in &self.sheet.rows[titles.row + 1..] {
            if FINDINGS_MOST < f.count() {
                let message = format!("more than {FINDINGS_MOST} mistakes up to here; the rest is not read");
                f.error("A003", &row.span, message, "mend the first ones: the others are likely of their kind");
                break;
            }
            let cells = Cells { row, titles: &titles };
            if row.is_empty() || self.is_no_line(row) {
                continue;
            }
            if let Some(figure) = self.figure(row, f) {
                figures.extend(figure);
                continue;
            }
            let Some(amount) = self.amount(&cells, f) else { continue };
            let description = cells.words(Column::Description).or_else(|| cells.words(Column::Charge));
            if sums.is_subtotal(&amount, description.as_deref(), cells.cell(Column::Quantity).is_some()) {
                let what = description.as_deref().unwrap_or("a row without words");
                let message = format!("`{what}` is the sum of the rows above it, and taken for a subtotal");
                let help = match &description {
                    Some(words) => format!("write skip = [\"{words}\"] in the mapping, so that it is said"),
                    None => "give it a name on the invoice, and add that to `skip` in the mapping".to_owned(),
                };
                f.warning("A009", &row.span, message, help);
                continue;
            }
            let Some(description) = description else {
                let help = "say in its cell what it bills, or take the row out";
                f.error("A002", &row.span, "the row has an amount, and does not say what it bills", help);
                continue;
            };
            let number = cells.words(Column::Number);
            let period = self.period_of_row(&cells, f);
            let (of_invoice, of_line) = if of_file.is_some() { (of_file, period) } else { (period, None) };
            let position = found.iter().position(|(known, period, _)| *known == number && *period == of_invoice);
            let position = match position {
                Some(position) => position,
                None => {
                    let invoice = self.invoice(&cells, number.as_deref(), of_invoice, f)?;
                    if found.is_empty() {
                        self.currency_of_titles(&titles, invoice.currency, f);
                    }
                    found.push((number, of_invoice, invoice));
                    found.len() - 1
                }
            };
            let invoice = &mut found[position].2;
            self.currency_of_row(&cells, invoice.currency, f);
            if LINES_MOST <= invoice.lines.len() {
                f.error("A003", &row.span, format!("more than {LINES_MOST} lines"), "divide it into several files");
                break;
            }
            sums.add(&amount);
            let line = self.line(&cells, invoice.lines.len() + 1, description, amount, of_line, f);
            invoice.lines.extend(line);
        }
        if found.is_empty() && !f.has_errors() {
            let span = self.sheet.rows[titles.row].span.clone();
            f.error(
                "A002",
                &span,
                "no row below these titles bills anything",
                "see whether this is the sheet that was meant",
            );
        }
        let several = 1 < found.len();
        let mut invoices: Vec<BilledInvoice> = found
            .into_iter()
            .map(|(number, period, invoice)| match period.filter(|_| several && number.is_none()) {
                // One file without numbers has a month in each of them.
                Some(period) => BilledInvoice { number: format!("{} {period}", invoice.number), ..invoice },
                None => invoice,
            })
            .collect();
        if several {
            // What stands once is of the file, not of each invoice in it.
            invoices.iter_mut().for_each(|invoice| invoice.total = None);
        }
        if let Some(invoice) = invoices.first_mut() {
            invoice.figures = figures;
        }
        Some(invoices)
    }

    /// The row of titles; `A006` where there is none, or where one of the mapping's titles is missing.
    fn titles(&self, f: &mut Findings) -> Option<Titles> {
        let place = self.sheet.rows.first().map_or(0..0, |row| row.span.clone());
        let Some(titles) = titles(self.sheet, self.mapping) else {
            let title = |column: Column| self.mapping.columns.get(&column).map(|title| title.title.as_str());
            let words = title(Column::Description).or(title(Column::Charge));
            let unnamed = match (words, title(Column::Amount)) {
                (_, None) => Some(("what a line asks for", "amount")),
                (None, _) => Some(("what a line bills", "description")),
                _ => None,
            };
            if let Some((what, key)) = unnamed {
                let message = format!("the mapping does not say which column has {what}");
                let help = format!("add `{key} = …` below [columns], with the title that the file has above it");
                f.error("A006", &place, message, help);
                return None;
            }
            let wanted: Vec<&str> =
                [Column::Description, Column::Charge, Column::Amount].into_iter().filter_map(title).collect();
            let message = format!("no row has the titles of a table of lines: {}", quoted(wanted));
            let help = "name the titles of this file in a mapping; `longshore audit --guess` proposes one";
            f.error("A006", &place, message, help);
            return None;
        };
        let is_missing = |(column, title): &(&Column, &Title)| !title.optional && !titles.columns.contains_key(column);
        let missing: Vec<&str> =
            self.mapping.columns.iter().filter(is_missing).map(|(_, title)| title.title.as_str()).collect();
        if !missing.is_empty() {
            let message = format!("this row has no title {}", quoted(missing));
            let help = "write the titles as the file has them; a column that some files lack is \
                        `{ title = …, optional = true }`";
            f.error("A006", &self.sheet.rows[titles.row].span, message, help);
            return None;
        }
        let repeated = titles.columns.iter().find_map(|(column, at)| Some((*column, *at, self.again(&titles, *at)?)));
        if let Some((column, first, again)) = repeated {
            let row = &self.sheet.rows[titles.row];
            let message = format!(
                "the title `{}` stands at {} and at {}, and the two columns differ: either could be the {}",
                row.cells[first].words(),
                self.sheet.address(row.number, first),
                self.sheet.address(row.number, again),
                column.word()
            );
            let help = "give the column that is meant a title of its own, or ask which of the two holds";
            f.error("A006", &row.span, message, help);
            return None;
        }
        Some(titles)
    }

    /// Another column of the same title that holds something else.
    fn again(&self, titles: &Titles, first: usize) -> Option<usize> {
        let row = &self.sheet.rows[titles.row];
        let words = |row: &Row, at: usize| row.cell(at).map(Cell::words);
        let title = plain(&words(row, first)?);
        let has_it = |at: &usize| !title.is_empty() && words(row, *at).is_some_and(|other| plain(&other) == title);
        let differs =
            |at: &usize| self.sheet.rows[titles.row + 1..].iter().any(|row| words(row, first) != words(row, *at));
        (first + 1..row.cells.len()).filter(has_it).find(differs)
    }

    /// Whether the mapping says that a row is no line: it is skipped, or holds what stands once.
    fn is_no_line(&self, row: &Row) -> bool {
        let Some(label) = row.cells.iter().find(|cell| !cell.is_empty()).map(Cell::words) else { return true };
        let of_header = self.mapping.header.values().any(|source| match source {
            Source::Beside(text) => behind(text, &label).is_some(),
            _ => false,
        });
        of_header || self.mapping.skip.iter().any(|words| words.mean(&label))
    }

    /// The figure of a row, where it is one; `Some(None)` where its value cannot be read.
    fn figure(&self, row: &Row, f: &mut Findings) -> Option<Option<Figure>> {
        let (at, label) = row.cells.iter().enumerate().find(|(_, cell)| !cell.is_empty())?;
        let words = label.words();
        // `Service level credit` is a line, though figures are whatever begins with `Service level`.
        let is_line = self.mapping.lines.iter().any(|(known, _)| !known.is_open() && known.mean(&words));
        let (_, name) = self.mapping.figures.iter().find(|(known, _)| known.mean(&words)).filter(|_| !is_line)?;
        let value = row.cells.iter().enumerate().skip(at + 1).find(|(_, cell)| !cell.is_empty());
        let Some((column, cell)) = value else {
            f.error(
                "A010",
                &row.span,
                format!("`{}` has no value beside it", label.words()),
                "write the figure beside it",
            );
            return Some(None);
        };
        let place = self.place(row, column);
        let seconds = match &cell.value {
            Value::Text(text) => text.trim().parse::<Milliseconds>().ok(),
            _ => None,
        };
        let value = match seconds {
            Some(time) => Exact::ratio(i128::from(time.0), 1000),
            None => self.number(cell, row, column, f).map(|number| shared(&number)),
        };
        Some(value.map(|value| Figure { place, name: name.clone(), value }))
    }

    fn invoice(
        &self,
        cells: &Cells<'_>,
        number: Option<&str>,
        period: Option<Period>,
        f: &mut Findings,
    ) -> Option<BilledInvoice> {
        let row = cells.row;
        let Some(period) = period else {
            // What was found wrong with the cell that should say it has been told.
            if f.has_errors() {
                return None;
            }
            let help = "name the cell in the mapping: [header] month = { beside = \"Period\" }, or write \
                        month = { value = \"2027-03\" }";
            f.error("A001", &row.span, "the file does not say which days it bills", help);
            return None;
        };
        let once = |head: Head, column: Column, f: &mut Findings| {
            cells.words(column).map(|words| (words, row.span.clone())).or_else(|| self.header(head, f))
        };
        let stem = || {
            let name = self.sheet.file.rsplit(['/', '\\']).next().unwrap_or_default();
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let number = number.map(str::to_owned).or_else(|| self.header(Head::Number, f).map(|(words, _)| words));
        let currency = match once(Head::Currency, Column::Currency, f) {
            Some((words, span)) => match words.to_uppercase().parse::<Currency>() {
                Ok(currency) => currency,
                Err(error) => {
                    f.error(
                        "A010",
                        &span,
                        error.to_string(),
                        "write its code in the mapping: currency = { value = \"USD\" }",
                    );
                    return None;
                }
            },
            None => self.contract.currency,
        };
        let issued = once(Head::Issued, Column::Issued, f);
        let due = once(Head::Due, Column::Due, f);
        Some(BilledInvoice {
            file: self.sheet.file.clone(),
            number: number.unwrap_or_else(stem),
            provider: once(Head::Provider, Column::Provider, f).map(|(words, _)| words),
            period,
            issued: issued.and_then(|issued| self.day(&issued, f)),
            due: due.and_then(|due| self.day(&due, f)),
            currency,
            total: self.total(currency, f),
            lines: Vec::new(),
            figures: Vec::new(),
        })
    }

    /// `A011` where the title of amounts or prices says another currency than the invoice's.
    fn currency_of_titles(&self, titles: &Titles, currency: Currency, f: &mut Findings) {
        let row = &self.sheet.rows[titles.row];
        for column in [Column::Price, Column::Amount] {
            let cell = titles.columns.get(&column).and_then(|at| Some((row.cell(*at)?, *at)));
            let Some((cell, at)) = cell else { continue };
            let words = cell.words();
            if let Some(other) = currency_marks_of_title(&words).into_iter().find(|said| !said.may_be(currency)) {
                let place = self.place(row, at);
                self.other_currency(&format!("{place}: the title `{words}`"), &other.meant(), currency, &cell.span, f);
            }
        }
    }

    /// `A011` where an amount or a price of a row says another currency than the invoice's, or its column of currencies does.
    fn currency_of_row(&self, cells: &Cells<'_>, currency: Currency, f: &mut Findings) {
        for column in [Column::Price, Column::Amount] {
            let Some((cell, at)) = cells.cell(column) else { continue };
            let beside = cell.beside_digits();
            if let Some(other) = currency_marks(beside).into_iter().find(|said| !said.may_be(currency)) {
                let written = match cell.value {
                    Value::Number(_) => format!("{} is shown with `{beside}`, which", cell.words()),
                    _ => format!("`{beside}`"),
                };
                let what = format!("{}: {written}", self.place(cells.row, at));
                self.other_currency(&what, &other.meant(), currency, &cell.span, f);
            }
        }
        if let Some((cell, at)) = cells.cell(Column::Currency)
            && cell.words().to_uppercase() != currency.code()
        {
            self.other_currency(&self.place(cells.row, at), &cell.words(), currency, &cell.span, f);
        }
    }

    /// `A011`: what a cell says is in another currency than its invoice.
    pub(super) fn other_currency(
        &self,
        what: &str,
        other: &str,
        currency: Currency,
        span: &Range<usize>,
        f: &mut Findings,
    ) {
        let message = format!("{what} is in {other}, and the invoice is read as one in {currency}");
        let help = "where the whole file is, say so in the mapping: [header] currency = { value = … }; otherwise ask for one \
                    invoice for each currency";
        f.error("A011", span, message, help);
    }

    fn period_of_row(&self, cells: &Cells<'_>, f: &mut Findings) -> Option<Period> {
        let span = &cells.row.span;
        if let Some(words) = cells.words(Column::Month).or_else(|| cells.words(Column::Period)) {
            return self.period(&words, span, f);
        }
        let (from, until) = (cells.words(Column::From)?, cells.words(Column::Until)?);
        self.both_ends((from, span.clone()), (until, span.clone()), f)
    }

    /// What a row asks for. `None` where it asks for nothing.
    fn amount(&self, cells: &Cells<'_>, f: &mut Findings) -> Option<Amount> {
        match cells.cell(Column::Amount) {
            Some((cell, column)) => {
                // Words in the column of amounts are a heading, unless there is a quantity.
                let is_heading =
                    matches!(&cell.value, Value::Text(text) if !text.bytes().any(|byte| byte.is_ascii_digit()));
                if is_heading && cells.cell(Column::Quantity).is_none() {
                    return None;
                }
                self.number(cell, cells.row, column, f).map(|number| Amount(number.value))
            }
            None => {
                let quantity = cells.cell(Column::Quantity).is_some_and(|(cell, _)| {
                    matches!(&cell.value, Value::Number(number) if !number.is_zero())
                        || matches!(&cell.value, Value::Text(text) if self.mapping.numbers.read(text).is_ok_and(|number| !number.value.is_zero()))
                });
                if quantity {
                    let help = "write what it asks for, 0 where it is free, or take the quantity out";
                    f.error("A002", &cells.row.span, "the row has a quantity, and no amount", help);
                }
                None
            }
        }
    }

    fn line(
        &self,
        cells: &Cells<'_>,
        number: usize,
        description: String,
        amount: Amount,
        period: Option<Period>,
        f: &mut Findings,
    ) -> Option<BilledLine> {
        let row = cells.row;
        let meaning = self.mapping.meaning(&description).cloned();
        let exact = |column: Column, f: &mut Findings| {
            let (cell, at) = cells.cell(column)?;
            self.number(cell, row, at, f)
        };
        let quantity = exact(Column::Quantity, f);
        let price = exact(Column::Price, f).map(|number| {
            let places = if number.is_percent { number.places + 2 } else { number.places };
            Shown::with_places(Price(shared(&number)), places)
        });
        let rows =
            exact(Column::Rows, f).map(|rows| (rows.value.to_i128().and_then(|rows| u64::try_from(rows).ok()), rows));
        if let Some((None, written)) = &rows {
            f.error("A004", &row.span, format!("{} is not a number of rows", written.value), "write a whole number");
        }
        let part = match cells.words(Column::Part) {
            Some(word) => match LinePart::WORDS.iter().find(|(known, _)| *known == word) {
                Some((_, part)) => *part,
                None => {
                    let known = LinePart::WORDS.iter().map(|(word, _)| *word);
                    f.error(
                        "A002",
                        &row.span,
                        format!("`{word}` is no part of a charge"),
                        format!("write one of {}", quoted(known)),
                    );
                    return None;
                }
            },
            None => meaning.as_ref().map_or(LinePart::Units, |meaning| meaning.part),
        };
        let surcharges = match cells.words(Column::Surcharges) {
            Some(words) => {
                words.split('+').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
            }
            None => meaning.as_ref().map(|meaning| meaning.surcharges.clone()).unwrap_or_default(),
        };
        let Meaning { charge, group, .. } = meaning.unwrap_or_default();
        let charge = cells.words(Column::Charge).or(Some(charge)).filter(|charge| !charge.is_empty());
        let at = cells.cell(Column::Amount).map_or(0, |(_, column)| column);
        Some(BilledLine {
            number,
            place: self.place(row, at),
            description,
            charge,
            part,
            period,
            group: cells.words(Column::Group).or(group).unwrap_or_default(),
            rows: rows.and_then(|(rows, _)| rows),
            quantity_off_at_most: quantity.as_ref().map_or_else(Exact::zero, |number| off_at_most(number.places)),
            quantity: quantity.map(|number| Quantity(number.value)),
            unit: cells.words(Column::Unit),
            price,
            amount,
            surcharges,
            clause: cells.words(Column::Clause),
        })
    }

    /// Where a cell stands, for people.
    fn place(&self, row: &Row, column: usize) -> String {
        match self.sheet.name {
            Some(_) => self.sheet.address(row.number, column),
            None => format!("row {}", row.number),
        }
    }

    /// The number of a cell: `A004` where it is none, `A008` where its value is missing.
    fn number(&self, cell: &Cell, row: &Row, column: usize, f: &mut Findings) -> Option<WrittenNumber> {
        let at = self.place(row, column);
        match &cell.value {
            Value::Number(number) => {
                let places = places(&number.to_string());
                Some(WrittenNumber { value: number.clone(), places, is_percent: false })
            }
            Value::Text(text) => match self.mapping.numbers.read(text) {
                Ok(number) => Some(number),
                Err(message) => {
                    f.error(
                        "A004",
                        &cell.span,
                        format!("{at}: {message}"),
                        "see `numbers` in the mapping, or mend the cell",
                    );
                    None
                }
            },
            Value::Day(day) => {
                let message = format!("{at}: the day {day} stands where a number should");
                f.error("A004", &cell.span, message, "see whether the mapping names the right column");
                None
            }
            Value::Error(error) => {
                f.error(
                    "A008",
                    &cell.span,
                    format!("{at}: the cell holds the error {error}"),
                    "ask for the file with its values",
                );
                None
            }
            Value::Formula => {
                let message = format!("{at}: the cell holds a formula whose value was not saved");
                f.error(
                    "A008",
                    &cell.span,
                    message,
                    "open the file in a spreadsheet and save it, so that it holds values",
                );
                None
            }
            Value::Empty => None,
        }
    }
}

/// Of a percentage the share.
fn shared(number: &WrittenNumber) -> Exact {
    match number.is_percent {
        true => &number.value * &Exact::ratio(1, 100).expect("100 is not 0"),
        false => number.value.clone(),
    }
}

/// What the lines come to so far, in all and since the last subtotal.
#[derive(Default)]
struct Sums {
    all: Amount,
    since: Amount,
    lines: usize,
}

impl Sums {
    fn add(&mut self, amount: &Amount) {
        self.all += amount;
        self.since += amount;
        self.lines += 1;
    }

    /// Whether a row is the sum of those above it. One that says so in words need be the sum of a single one.
    fn is_subtotal(&mut self, amount: &Amount, words: Option<&str>, has_quantity: bool) -> bool {
        let says = words.is_none_or(|words| {
            let bare = bare(words);
            SUMS.iter().any(|word| bare.contains(word))
        });
        let is = says && !has_quantity && 0 < self.lines && (*amount == self.all || *amount == self.since);
        if is {
            self.since = Amount::zero();
        }
        is
    }
}
