//! A mapping proposed from a file: its titles, the shapes of its cells, and words that it shares with the contract.

use std::collections::{BTreeMap, BTreeSet};

use longshore_contract::{ChargeKind, Contract, Tariff};
use longshore_document::literal;
use longshore_units::{Currency, DateFormat, Exact, NumberFormat, Price, bare, currency_marks_of_title, plain};

use super::csv::likely;
use super::mapping::{Column, Head, Mapping, Meaning, Source, Title, Words};
use super::said::most_said;
use super::sheet::{Cell, Row, Sheet, Value};
use super::vocabulary::{FEE, INCLUDED, LABELS, OVERAGE, SERVICE, SUMS, SURCHARGE, TITLES};
use crate::LinePart;
use crate::item::Names;

/// A mapping that is proposed: somebody reads it before it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// What is proposed.
    pub mapping: Mapping,
    /// Words of lines that are like no charge.
    pub unknown: Vec<String>,
    /// Another pattern that reads the file's days as well, as other days.
    pub or_dates: Option<DateFormat>,
    /// How many different descriptions were left out, beyond those that anybody reads.
    pub left_out: usize,
}

/// So many different descriptions are proposed: a file with more has each contact on a line, and its mapping needs a `*`.
const PROPOSED_MOST: usize = 500;

/// Patterns of days, the commoner first.
const DATES: [&str; 11] = [
    "YYYY-MM-DD",
    "DD.MM.YYYY",
    "MM/DD/YYYY",
    "DD/MM/YYYY",
    "D MMM YYYY",
    "MMMM D, YYYY",
    "D-MMM-YYYY",
    "M/D/YY",
    "D/M/YY",
    "DD-MM-YYYY",
    "MM-DD-YYYY",
];

/// Examples of how numbers are written, the commoner first.
const NUMBERS: [&str; 5] = ["1,234.56", "1.234,56", "1 234,56", "1234.56", "1234,56"];

/// Proposes a mapping for one of some sheets: the one that looks most like a table of lines. `None` if none does.
pub fn guess(contract: &Contract, sheets: &[Sheet]) -> Option<Guess> {
    let of_sheet = |sheet| Some((sheet, table(sheet)?));
    let most = |best: Option<(_, Table)>, (sheet, table): (_, Table)| match best {
        Some((_, ref known)) if table.columns.len() <= known.columns.len() => best,
        _ => Some((sheet, table)),
    };
    let (sheet, table) = sheets.iter().filter_map(of_sheet).fold(None, most)?;
    let (dates, or_dates) = dates(sheet);
    let mut mapping = Mapping {
        sheet: sheet.name.clone().filter(|_| 1 < sheets.len()),
        separator: sheet.name.is_none().then(|| likely(&sheet.text.text)),
        numbers: numbers(sheet),
        dates,
        ..Mapping::default()
    };
    let titled =
        |(column, at): (&Column, &usize)| (*column, Title { title: title(sheet, table.row, *at), optional: false });
    mapping.columns = table.columns.iter().map(titled).collect();
    for column in [Column::Month, Column::Period, Column::From, Column::Until] {
        if let Some(title) = mapping.columns.get_mut(&column) {
            title.optional = !dates_lines(sheet, &table, column);
        }
    }
    header(sheet, &table, contract, &mut mapping);
    let (unknown, left_out) = lines(sheet, &table, contract, &mut mapping);
    Some(Guess { mapping, unknown, or_dates, left_out })
}

struct Table {
    row: usize,
    columns: BTreeMap<Column, usize>,
}

/// Whether a column says of most lines which days they bill. One that says it of a few is of corrections.
fn dates_lines(sheet: &Sheet, table: &Table, column: Column) -> bool {
    let at = |column: Column| table.columns.get(&column).copied();
    let has = |row: &Row, column: Column| at(column).is_some_and(|at| row.cell(at).is_some());
    let lines = sheet.rows.iter().skip(table.row + 1).filter(|row| has(row, Column::Amount));
    let (dated, all) = lines.fold((0, 0), |(dated, all), row| (dated + usize::from(has(row, column)), all + 1));
    all < 2 * dated
}

fn title(sheet: &Sheet, row: usize, column: usize) -> String {
    sheet.rows[row].cells.get(column).map(Cell::words).unwrap_or_default()
}

/// The row whose cells are most like titles, and what each is the title of.
fn table(sheet: &Sheet) -> Option<Table> {
    let of_row = |(row, cells): (usize, &Row)| {
        let titles: Vec<String> = cells.cells.iter().map(|cell| bare(&cell.words())).collect();
        let mut columns: BTreeMap<Column, usize> = BTreeMap::new();
        for (column, words) in TITLES {
            let is_free = |at: &usize| !columns.values().any(|taken| taken == at);
            let found = words.iter().find_map(|word| {
                // A currency behind a title is part of it: `Amount (USD)`.
                let is = |title: &String| {
                    title == word
                        || title.strip_prefix(word).is_some_and(|rest| rest.len() == 4 && rest.starts_with(' '))
                };
                titles.iter().position(is)
            });
            columns.extend(found.filter(is_free).map(|at| (column, at)));
        }
        Table { row, columns }
    };
    let has_least =
        |table: &Table| table.columns.contains_key(&Column::Amount) && table.columns.contains_key(&Column::Description);
    let most = |best: Option<Table>, table: Table| match best {
        Some(best) if table.columns.len() <= best.columns.len() => Some(best),
        _ => Some(table),
    };
    sheet.rows.iter().enumerate().map(of_row).filter(has_least).fold(None, most)
}

/// Cells that tell how numbers and days are written: the first so many are enough.
fn texts(sheet: &Sheet) -> impl Iterator<Item = &str> {
    const ENOUGH: usize = 2_000;
    let cells = sheet.rows.iter().flat_map(|row| &row.cells);
    let texts = cells.filter_map(|cell| match &cell.value {
        Value::Text(text) if text.bytes().any(|byte| byte.is_ascii_digit()) => Some(text.trim()),
        _ => None,
    });
    texts.take(ENOUGH)
}

/// The way of writing numbers that reads most cells; of equals the commoner.
fn numbers(sheet: &Sheet) -> NumberFormat {
    let formats = NUMBERS.iter().filter_map(|example| NumberFormat::like(example));
    let reads = |format: &NumberFormat| texts(sheet).filter(|text| format.read(text).is_ok()).count();
    most(formats, reads).unwrap_or_default()
}

/// The pattern that reads most cells as days, of equals the commoner; and another that reads as many, some of them as other
/// days: `04/02/2027`.
fn dates(sheet: &Sheet) -> (DateFormat, Option<DateFormat>) {
    let patterns = || DATES.iter().filter_map(|pattern| DateFormat::new(pattern));
    let ends =
        |pattern: &DateFormat, text: &str| pattern.day(text).map(|day| (day, day)).or_else(|| pattern.days(text));
    let reads = |pattern: &DateFormat| texts(sheet).filter(|text| ends(pattern, text).is_some()).count();
    let best = most(patterns(), reads).unwrap_or_default();
    let count = reads(&best);
    let differs = |other: &DateFormat| {
        texts(sheet).any(|text| matches!((ends(&best, text), ends(other, text)), (Some(one), Some(two)) if one != two))
    };
    let other = patterns().find(|other| reads(other) == count && differs(other));
    (best, other)
}

/// The first with the most.
fn most<T>(items: impl Iterator<Item = T>, count: impl Fn(&T) -> usize) -> Option<T> {
    let counted = items.map(|item| (count(&item), item));
    let most = |best: Option<(usize, T)>, next: (usize, T)| match best {
        Some(best) if next.0 <= best.0 => Some(best),
        _ => Some(next),
    };
    counted.fold(None, most).map(|(_, item)| item)
}

fn header(sheet: &Sheet, table: &Table, contract: &Contract, mapping: &mut Mapping) {
    let known: BTreeSet<&str> = LABELS.iter().flat_map(|(_, labels)| labels.iter().copied()).collect();
    // Each label as the first cell that has it writes it.
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    for (_, row) in sheet.rows.iter().enumerate().filter(|(position, _)| *position != table.row) {
        for words in row.cells.iter().map(Cell::words) {
            let before = words.split_once([':', '#']).map(|(before, _)| before.trim().to_owned());
            for label in [Some(words), before].into_iter().flatten() {
                let plain = bare(&label);
                if known.contains(plain.as_str()) {
                    written.entry(plain).or_insert(label);
                }
            }
        }
    }
    for (head, labels) in LABELS {
        let of_column = match head {
            Head::Number => table.columns.contains_key(&Column::Number),
            Head::Month | Head::Period | Head::From => [Column::Month, Column::Period, Column::From]
                .iter()
                .any(|column| mapping.columns.get(column).is_some_and(|title| !title.optional)),
            _ => false,
        };
        if of_column || (head == Head::Period && mapping.header.contains_key(&Head::Month)) {
            continue;
        }
        let found = labels.iter().find_map(|label| written.get(*label).cloned());
        mapping.header.extend(found.map(|label| (head, Source::Beside(label))));
    }
    let currency = || Source::Value(currency(sheet, table, contract.currency).to_string());
    mapping.header.entry(Head::Currency).or_insert_with(currency);
}

/// The currency that the titles or most amounts say, where they cannot mean the contract's; otherwise the contract's.
fn currency(sheet: &Sheet, table: &Table, contracted: Currency) -> Currency {
    let at = |column: Column| table.columns.get(&column).copied();
    let titles = [at(Column::Amount), at(Column::Price)].into_iter().flatten();
    let said = titles.flat_map(|at| currency_marks_of_title(&title(sheet, table.row, at))).next();
    if let Some(said) = said {
        return said.likeliest().filter(|_| !said.may_be(contracted)).unwrap_or(contracted);
    }
    let amounts = sheet.rows.iter().skip(table.row + 1).filter_map(|row| row.cell(at(Column::Amount)?));
    let amounts = amounts.filter(|cell| matches!(cell.value, Value::Text(_) | Value::Number(_)));
    most_said(amounts.map(Cell::beside_digits), contracted)
}

/// The wordings that are proposed so far, so that each is proposed once.
#[derive(Default)]
struct Proposed {
    whole: BTreeSet<String>,
    /// Beginnings, of wordings with a `*`.
    starts: BTreeSet<String>,
    /// Descriptions beyond the most that are proposed.
    beyond: BTreeSet<String>,
}

impl Proposed {
    fn add(&mut self, words: &Words) {
        match words.0.strip_suffix('*') {
            Some(start) => self.starts.insert(plain(start)),
            None => self.whole.insert(plain(&words.0)),
        };
    }

    /// Whether a wording that is proposed means a description, as `Words::mean` has it.
    fn means(&self, description: &str) -> bool {
        let description = plain(description);
        let mut ends = description.char_indices().map(|(at, letter)| at + letter.len_utf8());
        self.whole.contains(&description) || ends.any(|end| self.starts.contains(&description[..end]))
    }
}

/// Proposes what each line bills; returns the words that are like no charge, and how many descriptions were left out.
fn lines(sheet: &Sheet, table: &Table, contract: &Contract, mapping: &mut Mapping) -> (Vec<String>, usize) {
    let names = Names::of(contract, &contract.in_force(None));
    let at = |column: Column| table.columns.get(&column).copied();
    let mut unknown: Vec<String> = Vec::new();
    let mut proposed = Proposed::default();
    let mut sum = Exact::zero();
    for row in sheet.rows.iter().skip(table.row + 1) {
        let cell = |column: Column| row.cell(at(column)?);
        let number = |column: Column| match &cell(column)?.value {
            Value::Number(number) => Some(number.clone()),
            Value::Text(text) => mapping.numbers.read(text).ok().map(|number| number.value),
            _ => None,
        };
        let label = row.cells.iter().find(|cell| !cell.is_empty()).map(Cell::words).unwrap_or_default();
        if mapping
            .header
            .values()
            .any(|source| matches!(source, Source::Beside(text) if plain(&label).starts_with(&plain(text))))
        {
            continue;
        }
        let by_words = contract.slas.iter().find(|sla| alike(&label, &sla.name) > 0);
        let is_of_service = || SERVICE.iter().any(|word| bare(&label).contains(word));
        if let Some(sla) =
            by_words.or_else(|| contract.slas.first().filter(|_| contract.slas.len() == 1 && is_of_service()))
            && number(Column::Amount).is_none()
        {
            // A label that stands on every page is one of the mapping.
            if !mapping.figures.iter().any(|(known, _)| known.0 == label) {
                mapping.figures.push((Words(label), sla.name.clone()));
            }
            continue;
        }
        let (Some(description), Some(amount)) = (cell(Column::Description).map(Cell::words), number(Column::Amount))
        else {
            continue;
        };
        let is_sum = SUMS.iter().any(|word| bare(&description).contains(word));
        if is_sum && number(Column::Quantity).is_none() && amount == sum {
            mapping.skip.push(Words(description));
            continue;
        }
        sum = &sum + &amount;
        let words = timeless(&description);
        if names.meant(&description).is_some() || proposed.means(&description) {
            continue;
        }
        if PROPOSED_MOST <= mapping.lines.len() + unknown.len() {
            proposed.beyond.insert(words.0);
            continue;
        }
        proposed.add(&words);
        match meaning(contract, &names, &description, number(Column::Price)) {
            Some(meaning) => mapping.lines.push((words, meaning)),
            None => unknown.push(words.0),
        }
    }
    (unknown, proposed.beyond.len())
}

/// A line's words without the month at their end, which is another next month.
fn timeless(description: &str) -> Words {
    let is_time = |word: &str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let is_year = word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
        is_year
            || word.is_empty()
            || DateFormat::default().month(&format!("{word} 2000")).is_some()
                && !word.bytes().all(|byte| byte.is_ascii_digit())
            || DateFormat::default().month(word).is_some()
    };
    let words: Vec<&str> = description.split(' ').collect();
    let kept = words.iter().rposition(|word| !is_time(word)).map_or(0, |last| last + 1);
    if kept == words.len() || kept == 0 {
        Words(description.to_owned())
    } else {
        Words(format!("{}*", words[..kept].join(" ")))
    }
}

/// The charge or term that a line's words are most like, and what of it: by words shared with its name, then by its price.
fn meaning(contract: &Contract, names: &Names, description: &str, price: Option<Exact>) -> Option<Meaning> {
    let by_words = most(names.all().map(str::to_owned), |name| alike(description, name));
    let by_words = by_words.filter(|name| 0 < alike(description, name));
    let by_price = || {
        let has = |charge: &&longshore_contract::Charge| {
            price.as_ref().is_some_and(|price| prices(&charge.kind).contains(&Price(price.clone())))
        };
        let mut charges = contract.charges.iter().filter(has);
        let first = charges.next()?;
        charges.next().is_none().then(|| first.name.clone())
    };
    let words = bare(description);
    let says = |of: &[&str]| of.iter().any(|word| words.contains(word));
    let is_surcharge = says(&SURCHARGE);
    let only_surcharge = only_surcharge(contract).filter(|_| is_surcharge);
    let only_charge = only_surcharge.as_ref().map(|(charge, _)| charge.clone());
    let only_sla = match contract.slas.as_slice() {
        [only] if says(&SERVICE) => Some(only.name.clone()),
        _ => None,
    };
    let charge = by_words.or(only_charge).or_else(by_price).or(only_sla)?;
    let charge = names.meant(&charge).map_or(charge.clone(), |item| item.name.clone());
    let mut meaning = Meaning { charge, ..Meaning::default() };
    let kind = contract.charges.iter().find(|known| known.name == meaning.charge).map(|charge| &charge.kind);
    if let Some(ChargeKind::Counted(counted)) = kind {
        let calendars = counted.surcharges.iter().map(|surcharge| &surcharge.calendar);
        let named = calendars.clone().find(|calendar| alike(description, calendar) > 0);
        let only = only_surcharge.iter().find(|(charge, _)| *charge == meaning.charge).map(|(_, calendar)| calendar);
        if let Some(calendar) = named.or(only) {
            meaning.surcharges = vec![calendar.clone()];
            if is_surcharge {
                meaning.part = LinePart::Surcharge;
            }
        } else if counted.included.is_some() && says(&OVERAGE) {
            meaning.part = LinePart::Overage;
        } else if counted.fee.is_some() && says(&FEE) {
            meaning.part = LinePart::Fee;
        } else if counted.included.is_some() && says(&INCLUDED) {
            meaning.part = LinePart::Included;
        } else if !counted.each_contact.fee.is_zero() && says(&["connect"]) {
            meaning.part = LinePart::ConnectFee;
        }
    }
    Some(meaning)
}

/// The charge that bears a surcharge and the surcharge's calendar, where there is only one.
fn only_surcharge(contract: &Contract) -> Option<(String, String)> {
    let mut surcharges = contract.charges.iter().flat_map(|charge| {
        let of_charge = match &charge.kind {
            ChargeKind::Counted(counted) => counted.surcharges.as_slice(),
            _ => &[],
        };
        of_charge.iter().map(|surcharge| (charge.name.clone(), surcharge.calendar.clone()))
    });
    let first = surcharges.next()?;
    surcharges.next().is_none().then_some(first)
}

fn prices(kind: &ChargeKind) -> Vec<Price> {
    match kind {
        ChargeKind::Counted(counted) => match &counted.tariff {
            Tariff::Bands { bands, .. } => bands.iter().map(|band| band.price.clone()).collect(),
            _ => Vec::new(),
        },
        ChargeKind::Ratio(ratio) => vec![ratio.each.clone()],
        ChargeKind::Flat { amount, .. } | ChargeKind::FourWeekly { amount } | ChargeKind::Once { amount, .. } => {
            vec![Price(amount.0.clone())]
        }
        ChargeKind::Share(_) => Vec::new(),
    }
}

/// How much two wordings share, in thousandths: letters of words that begin alike, plurals and endings aside, of all
/// letters of both.
fn alike(one: &str, other: &str) -> usize {
    let stem = |word: &str| word.trim_end_matches('s').chars().take(6).collect::<String>();
    let stems = |text: &str| plain(text).split(' ').map(stem).filter(|stem| 2 < stem.len()).collect::<Vec<_>>();
    let (one, other) = (stems(one), stems(other));
    let letters = |stems: &[String]| stems.iter().map(String::len).sum::<usize>();
    let shared: Vec<String> = one.iter().filter(|stem| other.contains(stem)).cloned().collect();
    (2000 * letters(&shared)).checked_div(letters(&one) + letters(&other)).unwrap_or(0)
}

impl Guess {
    /// The mapping as a file, ready to be read, mended and saved.
    pub fn to_toml(&self) -> String {
        let Mapping { sheet, separator, numbers, dates, header, columns, lines, figures, skip } = &self.mapping;
        let mut toml = String::from("# Proposed from the file; read it before you use it.\nformat = 1\n");
        let mut put = |line: String| {
            toml.push_str(&line);
            toml.push('\n');
        };
        if let Some(sheet) = sheet {
            put(format!("sheet = {}", literal(sheet)));
        }
        if let Some(separator) = separator {
            put(format!("separator = {}", literal(&separator.to_string())));
        }
        put(format!("numbers = {}", literal(&numbers.example())));
        let either = self.or_dates.as_ref().map_or(String::new(), |other| {
            format!("  # or {}: no day of this file says which", literal(other.pattern()))
        });
        put(format!("dates = {}{either}", literal(dates.pattern())));
        if !skip.is_empty() {
            put(format!("skip = [{}]", skip.iter().map(|words| literal(&words.0)).collect::<Vec<_>>().join(", ")));
        }
        put("\n[header]".to_owned());
        for (head, source) in header {
            let source = match source {
                Source::Beside(text) => format!("beside = {}", literal(text)),
                Source::Cell(row, column) => {
                    format!("cell = \"{}{row}\"", longshore_workbook::letters(*column as u32))
                }
                Source::Value(value) => format!("value = {}", literal(value)),
            };
            put(format!("{} = {{ {source} }}", head.word()));
        }
        let dated = [Head::Month, Head::Period, Head::From].iter().any(|head| header.contains_key(head))
            || [Column::Month, Column::Period, Column::From].iter().any(|column| columns.contains_key(column));
        if !dated {
            put("# month = { value = \"2027-03\" }  # the file does not say which days it bills".to_owned());
        }
        put("\n[columns]".to_owned());
        for (column, title) in columns {
            let title = match title.optional {
                true => format!("{{ title = {}, optional = true }}", literal(&title.title)),
                false => literal(&title.title),
            };
            put(format!("{} = {title}", column.word()));
        }
        if !lines.is_empty() || !self.unknown.is_empty() || 0 < self.left_out {
            put("\n[lines]".to_owned());
        }
        for (words, meaning) in lines {
            put(format!("{} = {}", literal(&words.0), written(meaning)));
        }
        for words in &self.unknown {
            put(format!("# {} = \"\"  # like no charge of the contract", literal(words)));
        }
        if 0 < self.left_out {
            put(format!(
                "# {} more wordings are left out: write what they begin with, and a `*`: \"Call to*\" = \"voice\"",
                self.left_out
            ));
        }
        if !figures.is_empty() {
            put("\n[figures]".to_owned());
        }
        for (words, name) in figures {
            put(format!("{} = {}", literal(&words.0), literal(name)));
        }
        toml
    }
}

fn written(meaning: &Meaning) -> String {
    let Meaning { charge, part, surcharges, group } = meaning;
    if *part == LinePart::Units && surcharges.is_empty() && group.is_none() {
        return literal(charge);
    }
    let mut keys = vec![format!("charge = {}", literal(charge))];
    if *part != LinePart::Units {
        let word = LinePart::WORDS.iter().find(|(_, known)| known == part).map_or("", |(word, _)| word);
        keys.push(format!("part = {}", literal(word)));
    }
    if !surcharges.is_empty() {
        let names: Vec<String> = surcharges.iter().map(|name| literal(name)).collect();
        keys.push(format!("surcharges = [{}]", names.join(", ")));
    }
    keys.extend(group.as_ref().map(|group| format!("group = {}", literal(group))));
    format!("{{ {} }}", keys.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_at_the_end_is_another_next_month() {
        for (line, words) in [
            ("Voice minutes March 2027", "Voice minutes*"),
            ("Voice minutes (Mar 2027)", "Voice minutes*"),
            ("Voice minutes 2027-03", "Voice minutes*"),
            ("Tier 2", "Tier 2"),
            ("March", "March"),
        ] {
            assert_eq!(timeless(line).0, words);
        }
    }

    #[test]
    fn words_are_alike_by_how_they_begin() {
        assert!(alike("Inbound Voice Handling – Tier 1", "shared voice") > 0);
        assert!(alike("Monthly platform fee", "platform") > alike("Monthly platform fee", "monthly minimum"));
        assert_eq!(alike("Portal access", "chat"), 0);
    }
}
