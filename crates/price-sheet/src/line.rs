//! The lines of an invoice: the sheet `Prices`.

use crate::cell::{Answer, Typed, quoted};
use crate::draft::Draft;
use crate::form::{Kind, PRICES, UNITS};
use crate::surcharge::Surcharge;

/// The cells of a table's row, in the order of the columns.
pub(crate) type Row = Vec<Option<Answer>>;

/// The lines of the sheet `Prices`: rows of one name are bands of one line.
pub(crate) struct Lines {
    lines: Vec<(String, Vec<Row>)>,
}

impl Lines {
    /// Of the table's rows.
    pub fn of(table: Vec<Row>, draft: &mut Draft) -> Lines {
        let mut lines: Vec<(String, Vec<Row>)> = Vec::new();
        for row in table {
            let name = match &row[0] {
                Some(Answer { typed: typed @ (Typed::Text(_) | Typed::Number { .. }), .. }) => typed.to_string(),
                _ => {
                    let first = row.iter().flatten().next().expect("a row has a cell").clone();
                    let message = "this line has no name".to_owned();
                    draft.wrong(&first, "S006", message, "say in the column `Line` what the invoice calls it", true);
                    continue;
                }
            };
            match lines.iter_mut().find(|(known, _)| *known == name) {
                Some((_, rows)) => rows.push(row),
                None => lines.push((name, vec![row])),
            }
        }
        Lines { lines }
    }

    /// Names with their rows, in the order of the sheet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Row])> {
        self.lines.iter().map(|(name, rows)| (name.as_str(), rows.as_slice()))
    }

    /// The names of the lines that a minimum, a discount, an index and credits are on: those priced by quantity; where there is
    /// none, the monthly ones; where there is none of these either, all.
    pub fn affected(&self) -> Vec<&str> {
        let all = self.iter().map(|(name, _)| name).collect();
        [self.counted(), self.of_units(|unit| unit == "month")]
            .into_iter()
            .find(|lines| !lines.is_empty())
            .unwrap_or(all)
    }

    /// The names of the lines that are priced by quantity.
    pub fn counted(&self) -> Vec<&str> {
        self.of_units(|unit| !matches!(unit, "month" | "once"))
    }

    /// The names of the lines whose units are used at some time of the day: those by the minute, contact or hour.
    pub fn by_use(&self) -> Vec<&str> {
        self.of_units(|unit| matches!(unit, "minute" | "contact") || unit.starts_with("hour "))
    }

    fn of_units(&self, is_one: impl Fn(&str) -> bool) -> Vec<&str> {
        let unit = |rows: &[Row]| of_form(&rows[0]).unwrap_or_default();
        self.iter().filter(|(_, rows)| is_one(&unit(rows))).map(|(name, _)| name).collect()
    }
}

fn cell<'r>(row: &'r Row, head: &str) -> Option<&'r Answer> {
    row[PRICES.iter().position(|column| column.head == head).expect("a column of the form")].as_ref()
}

/// A cell's text, in lower case.
fn word(row: &Row, head: &str) -> Option<String> {
    match &cell(row, head)?.typed {
        typed @ (Typed::Text(_) | Typed::Number { .. }) => Some(typed.to_string().trim().to_lowercase()),
        _ => None,
    }
}

/// Units of contracts that the form does not name, and that are read all the same.
const SAID_OTHERWISE: [&str; 6] = ["leg", "sale", "lead", "appointment", "item", "cost"];

const OF_FORM: &str = "choose one of the list: minute, contact, resolution, hour requested, hour scheduled, hour logged in, hour \
                       productive, agent-month, month, once";

/// What stands for a line whose unit is not known: nobody is told of a price that is missing, for it is not.
const STAND_IN: &str = "amount = \"0\"\nper = \"month\"\nprorate = \"day\"";

/// Whether a line may be counted in it.
fn is_unit(word: &str) -> bool {
    UNITS.contains(&word) || SAID_OTHERWISE.contains(&word)
}

/// A row's unit as the form calls it: `per minute` and `minutes` are the minute.
fn of_form(row: &Row) -> Option<String> {
    let word = word(row, "Counted in")?;
    let bare = word.strip_prefix("per ").unwrap_or(&word).trim();
    let singular = bare.strip_suffix('s').filter(|singular| is_unit(singular)).unwrap_or(bare);
    Some(match singular {
        "agent month" => "agent-month".to_owned(),
        "monthly" => "month".to_owned(),
        singular => singular.to_owned(),
    })
}

/// Writes `[[charge]]`: a line with its rows.
pub(crate) fn write(name: &str, rows: &[Row], surcharges: &[Surcharge], draft: &mut Draft) {
    let first = &rows[0];
    draft.line("\n[[charge]]");
    draft.value("name", &quoted(name), &first[0].as_ref().map_or_else(String::new, |cell| cell.place.clone()));
    let Some(unit) = cell(first, "Counted in") else {
        let first = first[0].as_ref().expect("a line has a name");
        draft.wrong(first, "S006", format!("`{name}` has no unit"), "choose one in the column `Counted in`", true);
        draft.line(STAND_IN);
        return;
    };
    match of_form(first).as_deref() {
        Some("month") => {
            price(name, first, "amount", draft);
            draft.line("per = \"month\"\nprorate = \"day\"");
            of_an_amount(name, rows, &["Line", "Counted in", "Price"], draft);
        }
        Some("once") => {
            price(name, first, "amount", draft);
            match cell(first, "Due on") {
                Some(day) => draft.answer("once", day, Kind::Day),
                None => {
                    let message = format!("it is not said when `{name}` is due");
                    draft.wrong(unit, "S006", message, "write the day in `Due on`", true);
                }
            }
            of_an_amount(name, rows, &["Line", "Counted in", "Price", "Due on"], draft);
        }
        Some(word) if is_unit(word) => {
            counted(word, unit, first, draft);
            tariff(name, rows, surcharges, draft);
        }
        _ => {
            let message = format!("`{}` is no unit that prices are asked for in", unit.typed);
            draft.wrong(unit, "S002", message, OF_FORM, true);
            draft.line(STAND_IN);
        }
    }
}

/// `unit`, `when`, `of`, and what a line by quantity has besides its prices.
fn counted(word: &str, unit: &Answer, first: &Row, draft: &mut Draft) {
    let place = &unit.place;
    match word {
        "minute" | "contact" => {
            draft.value("unit", &quoted(word), place);
            queues(first, ", outcome = [\"answered\"]", draft);
        }
        "resolution" => {
            draft.value("unit", &quoted(word), place);
            queues(first, "", draft);
        }
        "agent-month" => {
            draft.value("unit", &quoted(word), place);
            draft.line("prorate = \"day\"");
            queues(first, "", draft);
        }
        hours if hours.starts_with("hour ") => {
            draft.value("unit", "\"agent-hour\"", place);
            draft.value("of", &quoted(hours.trim_start_matches("hour ").trim()), place);
            queues(first, "", draft);
        }
        other => draft.value("unit", &quoted(other), place),
    }
    match cell(first, "Billed time") {
        Some(parts) if word == "minute" => {
            if let Some(text) = draft.words(parts) {
                let parts_of: Vec<String> =
                    text.to_lowercase().split([',', '+']).map(|part| quoted(part.trim())).collect();
                draft.value("of", &format!("[{}]", parts_of.join(", ")), &parts.place);
            }
        }
        Some(parts) => unread(parts, "Billed time", "a line that is not by the minute", draft),
        None => {}
    }
    for (head, key, kind) in
        [("First step", "first", Kind::Span), ("Next steps", "then", Kind::Span), ("Monthly fee", "fee", Kind::Money)]
    {
        if let Some(answer) = cell(first, head) {
            draft.answer(key, answer, kind);
        }
    }
    if cell(first, "Monthly fee").is_some() {
        draft.line("prorate = \"day\"");
    }
    if let Some(included) = cell(first, "Units included") {
        draft.answer("included.quantity", included, Kind::Number);
        draft.line("included.per = \"month\"\nincluded.to = \"first\"");
    }
    if let Some(day) = cell(first, "Due on") {
        unread(day, "Due on", "a line that is priced by quantity", draft);
    }
}

/// The prices by volume, or the one, with the surcharges: tables of their own come last, since keys below one would belong to it.
fn tariff(name: &str, rows: &[Row], surcharges: &[Surcharge], draft: &mut Draft) {
    let bands = cell(&rows[0], "Bands");
    if let [only] = rows {
        price(name, only, "each", draft);
        if let Some(from) = cell(only, "From volume") {
            let message = format!("`{name}` has one price, and a volume from which it holds");
            draft.wrong(from, "S006", message, "leave it empty, or add the row of the first units", true);
        }
        if let Some(bands) = bands {
            unread(bands, "Bands", "one price", draft);
        }
        return surcharges.iter().for_each(|surcharge| surcharge.write(name, draft));
    }
    for row in &rows[1..] {
        agrees(name, &rows[0], row, draft);
    }
    match bands {
        Some(bands) => draft.answer("tiers", bands, Kind::Text),
        None => draft.line("tiers = \"graduated\""),
    }
    draft.line("scope = \"contract\"");
    surcharges.iter().for_each(|surcharge| surcharge.write(name, draft));
    for (position, row) in rows.iter().enumerate() {
        if !has_its_volume(name, position, row, draft) {
            continue;
        }
        draft.line("[[charge.bands]]");
        match cell(row, "From volume") {
            Some(from) => draft.answer("from", from, Kind::Number),
            None => draft.line("from = \"0\""),
        }
        price(name, row, "each", draft);
    }
}

/// Whether a row behind a line's first one says from which volume its price holds; if not, that is a mistake, and the row is
/// left out, so that nobody is told of its order among the others.
fn has_its_volume(name: &str, position: usize, row: &Row, draft: &mut Draft) -> bool {
    let from = cell(row, "From volume");
    let refused = from.and_then(|from| from.written(Kind::Number, None).err());
    match (from, refused) {
        _ if position == 0 => true,
        (Some(_), None) => true,
        (Some(from), Some((code, message, help))) => {
            draft.wrong(from, code, message, help, true);
            false
        }
        (None, _) => {
            let at = cell(row, "Price").or(row[0].as_ref()).expect("a line has a name");
            let message = format!("`{name}` has another price, and no volume from which it holds");
            draft.wrong(at, "S006", message, "write it in `From volume`, or give the line a name of its own", true);
            false
        }
    }
}

fn price(name: &str, row: &Row, key: &str, draft: &mut Draft) {
    match cell(row, "Price") {
        Some(price) => draft.answer(key, price, Kind::Money),
        None => {
            let unit = cell(row, "Counted in").or(row[0].as_ref()).expect("a line has a name");
            draft.wrong(unit, "S006", format!("`{name}` has no price"), "write it, or 0 if it is included", true);
            draft.line(&format!("{key} = \"0\""));
        }
    }
}

/// Says what a band's row has besides its volume and price, unless it repeats the line's first row.
fn agrees(name: &str, first: &Row, row: &Row, draft: &mut Draft) {
    let words = |answer: &Answer| answer.typed.to_string().trim().to_lowercase();
    for ((column, of_first), here) in PRICES.iter().zip(first).zip(row) {
        let Some(here) = here else { continue };
        let is_read = ["Line", "From volume", "Price"].contains(&column.head);
        if is_read || of_first.as_ref().is_some_and(|of_first| words(of_first) == words(here)) {
            continue;
        }
        let head = column.head;
        let message = match of_first {
            Some(of_first) => format!("`{name}` has two answers to `{head}`: `{}` in its first row", of_first.typed),
            None => format!("`{name}` has no `{head}` in its first row, which holds for all its prices"),
        };
        let help = "write it into the line's first row, or give this row's line a name of its own";
        draft.wrong(here, "S006", message, help, true);
    }
}

/// Says what the rows of an amount have that means nothing for one.
fn of_an_amount(name: &str, rows: &[Row], used: &[&str], draft: &mut Draft) {
    for (column, answer) in PRICES.iter().zip(&rows[0]) {
        if let (Some(answer), false) = (answer, used.contains(&column.head)) {
            unread(answer, column.head, "an amount", draft);
        }
    }
    for row in &rows[1..] {
        let first = cell(row, "Price").or(row[0].as_ref()).expect("a line has a name");
        let message = format!("`{name}` has two rows, and an amount has one");
        draft.wrong(first, "S006", message, "give each amount a name of its own", true);
    }
}

fn unread(answer: &Answer, head: &str, of: &str, draft: &mut Draft) {
    let message = format!("`{head}` means nothing for {of}: it is not read");
    draft.wrong(answer, "S005", message, "empty the cell, or choose another unit in `Counted in`", false);
}

/// `when`: the queues of a line.
fn queues(row: &Row, outcome: &str, draft: &mut Draft) {
    let Some(named) = cell(row, "Queues") else {
        if !outcome.is_empty() {
            draft.line(&format!("when = {{ {} }}", outcome.trim_start_matches(", ")));
        }
        return;
    };
    let Some(names) = draft.words(named) else { return };
    let names: Vec<String> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(quoted).collect();
    draft.value("when", &format!("{{ queue = [{}]{outcome} }}", names.join(", ")), &named.place);
}
