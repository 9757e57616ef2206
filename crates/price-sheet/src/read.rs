//! From a filled workbook to a contract.

use std::collections::BTreeMap;

use longshore_contract::Contract;
use longshore_document::Findings;
use longshore_units::{Diagnostic, Text};

use crate::cell::{Answer, Typed, answer, quoted};
use crate::draft::Draft;
use crate::form::{Column, Kind, MARK, PRICE_ROW, PRICES, Question, SURCHARGE_ROW, SURCHARGES, TERMS};

/// The codes of this crate's diagnostics; each has a page under `docs/diagnostics`.
pub const CODES: [&str; 6] = ["S001", "S002", "S003", "S004", "S005", "S006"];

/// The largest workbook that is read: a filled form is a hundredth of it.
const BYTES_MOST: usize = 4 << 20;

/// The most rows of a sheet that are looked at.
const ROWS_MOST: u32 = 5000;

/// What a filled workbook says.
pub struct Sheet {
    /// The contract, if nothing is wrong.
    pub contract: Option<Contract>,
    /// The contract's text, every line with its cell: what diagnostics point into.
    pub text: Text,
    /// Every mistake and doubt, with its cell.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a filled workbook. `name` is what diagnostics call it.
pub fn read(name: &str, bytes: &[u8]) -> Sheet {
    match drafted(bytes) {
        Ok(draft) => {
            let (text, cells, mut diagnostics) = draft.finish(name);
            let (contract, findings) = longshore_contract::read(&text);
            diagnostics.extend(findings);
            let contract = contract.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
            let diagnostics = diagnostics.into_iter().map(|diagnostic| cells.named(diagnostic)).collect();
            Sheet { contract, text, diagnostics }
        }
        Err(message) => {
            let text = Text::new(name, "");
            let mut findings = Findings::of(text.name.clone());
            let help =
                "send a workbook that `longshore sheet CASE --out quote.xlsx` wrote, filled in and saved as .xlsx";
            findings.error("S001", &(0..0), message, help);
            Sheet { contract: None, text, diagnostics: findings.into_diagnostics() }
        }
    }
}

fn drafted(bytes: &[u8]) -> Result<Draft, String> {
    if BYTES_MOST < bytes.len() {
        return Err(format!("this workbook is larger than {} MiB", BYTES_MOST >> 20));
    }
    let sheets =
        longshore_workbook::read(bytes).map_err(|why| format!("this is no .xlsx workbook that can be read: {why}"))?;
    let sheet = |name: &str| {
        let sheet = sheets.iter().find(|sheet| sheet.name == name);
        sheet.map(|sheet| Page { sheet }).ok_or_else(|| format!("it has no sheet `{name}`"))
    };
    let about = sheet("Read me")?;
    if about.sheet.cells.get(&(0, 0)).map(Typed::of) != Some(Typed::Text(MARK.to_owned())) {
        return Err("this workbook is no price sheet of this version".to_owned());
    }
    let (terms, prices, surcharges) = (sheet("Terms")?, sheet("Prices")?, sheet("Surcharges")?);
    let mut draft = Draft::default();
    let answers = terms.answers(&mut draft);
    terms.required(&answers, &mut draft);
    let lines = Lines::of(&prices, &mut draft);
    let extra = surcharges.rows(SURCHARGE_ROW, SURCHARGES.len(), &mut draft);
    write(&answers, &lines, &extra, &mut draft);
    Ok(draft)
}

/// A sheet of the workbook.
struct Page<'w> {
    sheet: &'w longshore_workbook::Sheet,
}

/// The cells of a table's row, in the order of the columns.
type Row = Vec<Option<Answer>>;

impl Page<'_> {
    fn last_row(&self) -> u32 {
        self.sheet.cells.last_key_value().map_or(0, |((row, _), _)| (*row).min(ROWS_MOST))
    }

    fn answer(&self, row: u32, column: u32) -> Option<Answer> {
        answer(self.sheet, row, column)
    }

    fn key(&self, row: u32) -> Option<String> {
        match self.sheet.cells.get(&(row, 0)).map(Typed::of) {
            Some(Typed::Text(key)) => Some(key),
            _ => None,
        }
    }

    /// The answers of the sheet `Terms`, by key.
    fn answers(&self, draft: &mut Draft) -> BTreeMap<&'static str, (&'static Question, Answer)> {
        let questions = || TERMS.iter().flat_map(|(_, questions)| questions.iter());
        let mut answers = BTreeMap::new();
        for row in 0..=self.last_row() {
            let key = self.key(row);
            let question = key.and_then(|key| questions().find(|question| question.key == key));
            let Some(given) = self.answer(row, 2) else { continue };
            match question {
                Some(question) if answers.contains_key(question.key) => {
                    let message = format!("`{}` is answered twice", question.ask);
                    draft.wrong(&given, "S005", message, "keep one of the two rows", true);
                }
                Some(question) => {
                    answers.insert(question.key, (question, given));
                }
                None if row == 0 => {} // The table's head.
                None => {
                    let message = "this row belongs to no question of the form: it is not read".to_owned();
                    draft.wrong(
                        &given,
                        "S005",
                        message,
                        "move it to the row of its question, or into your letter",
                        false,
                    );
                }
            }
        }
        answers
    }

    /// Says which answers are missing that every contract has, each with its cell.
    fn required(&self, answers: &Answers, draft: &mut Draft) {
        let stands_in = [
            ("provider", "provider = \"unnamed\""),
            ("currency", "currency = \"USD\""),
            ("starts", "starts = 2027-01-01"),
        ];
        for (key, line) in stands_in {
            if answers.contains_key(key) {
                continue;
            }
            let row = (0..=self.last_row()).find(|row| self.key(*row).as_deref() == Some(key));
            let place = row.map_or_else(|| self.sheet.name.clone(), |row| crate::cell::place(&self.sheet.name, row, 2));
            let empty = Answer { place, typed: Typed::Text("nothing".to_owned()) };
            draft.wrong(
                &empty,
                "S006",
                format!("`{key}` is not answered"),
                "fill in the cell: every offer has one",
                true,
            );
            draft.line(line);
        }
    }

    /// The rows of a table that have anything.
    fn rows(&self, key: &str, columns: usize, draft: &mut Draft) -> Vec<Row> {
        let mut rows = Vec::new();
        for row in 0..=self.last_row() {
            let cells: Row = (0..columns as u32).map(|column| self.answer(row, column + 1)).collect();
            let Some(first) = cells.iter().flatten().next() else { continue };
            match self.key(row) {
                Some(known) if known == key => rows.push(cells),
                _ if row < 2 => {} // The head and its explanations.
                // A row that a bidder inserted has no key, and is as good as the others.
                None => rows.push(cells),
                Some(_) => {
                    let first = first.clone();
                    draft.wrong(
                        &first,
                        "S005",
                        "this row is not read".to_owned(),
                        "write into the rows of the table",
                        false,
                    );
                }
            }
        }
        rows
    }
}

/// The lines of the sheet `Prices`: rows of one name are bands of one line.
struct Lines {
    lines: Vec<(String, Vec<Row>)>,
}

impl Lines {
    fn of(page: &Page<'_>, draft: &mut Draft) -> Lines {
        let mut lines: Vec<(String, Vec<Row>)> = Vec::new();
        for row in page.rows(PRICE_ROW, PRICES.len(), draft) {
            let name = match &row[0] {
                Some(Answer { typed: Typed::Text(name) | Typed::Number(name), .. }) => name.clone(),
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

    /// The names of the lines that are priced by quantity.
    fn counted(&self) -> Vec<&str> {
        let by_amount =
            |rows: &[Row]| rows.iter().any(|row| matches!(word(row, "Counted in").as_deref(), Some("month" | "once")));
        self.lines.iter().filter(|(_, rows)| !by_amount(rows)).map(|(name, _)| name.as_str()).collect()
    }
}

fn position(columns: &[Column], head: &str) -> usize {
    columns.iter().position(|column| column.head == head).expect("a column of the form")
}

fn cell<'r>(row: &'r Row, head: &str) -> Option<&'r Answer> {
    row[position(&PRICES, head)].as_ref()
}

/// A cell's text, in lower case.
fn word(row: &Row, head: &str) -> Option<String> {
    match &cell(row, head)?.typed {
        Typed::Text(text) | Typed::Number(text) => Some(text.trim().to_lowercase()),
        _ => None,
    }
}

type Answers = BTreeMap<&'static str, (&'static Question, Answer)>;

/// Writes the contract.
fn write(answers: &Answers, lines: &Lines, extra: &[Row], draft: &mut Draft) {
    let simple = |section: &str, draft: &mut Draft| {
        for (question, answer) in answers.values().filter(|(question, _)| question.section == section) {
            draft.answer(question.term, answer, question.kind);
        }
    };
    let any = |sections: &[&str]| answers.values().any(|(question, _)| sections.contains(&question.section));
    simple("", draft);
    for lines_cell in extra.iter().filter_map(|row| row[4].as_ref()) {
        let Typed::Text(named) = &lines_cell.typed else { continue };
        for unknown in named.split(',').map(str::trim).filter(|name| !lines.counted().contains(name)) {
            let message = format!("there is no line `{unknown}` that is priced by quantity");
            draft.wrong(lines_cell, "S006", message, "write the line's name as it stands in `Prices`", true);
        }
    }
    if any(&["[round]"]) {
        draft.line("\n[round]");
        simple("[round]", draft);
    }
    let on = lines.counted().iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    calendars(extra, draft);
    for (name, rows) in &lines.lines {
        line(name, rows, lines, extra, draft);
    }
    for (section, name) in
        [("[[minimum]]", Some("monthly minimum")), ("[[discount]]", Some("discount")), ("[[index]]", None)]
    {
        if any(&[section]) && on.is_empty() {
            let (_, answer) =
                answers.values().find(|(question, _)| question.section == section).expect("one is answered");
            let message = "no line is priced by quantity, and this is on those alone".to_owned();
            draft.wrong(answer, "S006", message, "empty the cell, or add the lines it is for", true);
        } else if any(&[section]) {
            draft.line(&format!("\n{section}"));
            if let Some(name) = name {
                draft.line(&format!("name = {}", quoted(name)));
            }
            draft.line(&format!("on = [{on}]"));
            if section == "[[index]]" {
                draft.line("every = \"year\"");
            }
            simple(section, draft);
        }
    }
    if !on.is_empty() && any(&["[[sla]]", "[[sla]].measure"]) {
        draft.line("\n[[sla]]\nname = \"answered in time\"");
        draft.line(&format!("on = [{on}]"));
        simple("[[sla]]", draft);
        draft.line("measure.preset = \"service level, offered\"");
        for (question, answer) in answers.values().filter(|(question, _)| question.section == "[[sla]].measure") {
            draft.answer(&format!("measure.{}", question.term), answer, question.kind);
        }
        for credit in ["[[sla]].credit1", "[[sla]].credit2"] {
            if any(&[credit]) {
                draft.line("[[sla.credit]]");
                simple(credit, draft);
            }
        }
    }
    for section in ["[at_risk]", "[records]", "[exit]", "[pay]", "[tax]"] {
        let inner = [format!("{section}.for_convenience"), format!("{section}.renewal")];
        let inner: Vec<&str> = inner.iter().map(String::as_str).collect();
        if !any(&[&[section], inner.as_slice()].concat()) {
            continue;
        }
        draft.line(&format!("\n{section}"));
        simple(section, draft);
        if section == "[tax]" {
            // A bidder does not know what the buyer gets back: the dearer reading, which the buyer may change.
            draft.line("recoverable = false");
        }
        for part in inner {
            let key = part.rsplit('.').next().expect("a part has a name");
            for (question, answer) in answers.values().filter(|(question, _)| question.section == part) {
                draft.answer(&format!("{key}.{}", question.term), answer, question.kind);
            }
        }
    }
}

/// `[calendar.NAME]` for each surcharge.
fn calendars(extra: &[Row], draft: &mut Draft) {
    for row in extra {
        let (Some(name), days, hours) = (&row[0], &row[1], &row[2]) else {
            let first = row.iter().flatten().next().expect("a row has a cell");
            draft.wrong(
                first,
                "S006",
                "this surcharge has no name".to_owned(),
                "call it nights, weekends, holidays",
                true,
            );
            continue;
        };
        let Typed::Text(called) = &name.typed else { continue };
        draft.line(&format!("\n[calendar.{}]", quoted(called)));
        if let Some(days) = days {
            let text = match &days.typed {
                Typed::Text(text) => text.to_lowercase(),
                _ => String::new(),
            };
            match text.as_str() {
                "holidays (us federal)" | "holidays" => draft.value("use", "\"US-federal\"", &days.place),
                "weekends" => draft.value("weekdays", "[\"Sat\", \"Sun\"]", &days.place),
                "saturdays" => draft.value("weekdays", "[\"Sat\"]", &days.place),
                "sundays" => draft.value("weekdays", "[\"Sun\"]", &days.place),
                "every day" => {}
                _ => {
                    let message = "these days are not known".to_owned();
                    draft.wrong(days, "S002", message, "choose one of the list, or leave it empty for every day", true);
                }
            }
        }
        if let Some(hours) = hours {
            draft.answer("hours", hours, Kind::Text);
        }
    }
}

/// `[[charge]]`: a line with its rows.
fn line(name: &str, rows: &[Row], lines: &Lines, extra: &[Row], draft: &mut Draft) {
    let first = &rows[0];
    draft.line("\n[[charge]]");
    draft.value("name", &quoted(name), &first[0].as_ref().map_or_else(String::new, |cell| cell.place.clone()));
    let Some(unit) = cell(first, "Counted in") else {
        let first = first[0].as_ref().expect("a line has a name");
        draft.wrong(first, "S006", format!("`{name}` has no unit"), "choose one in the column `Counted in`", true);
        draft.line("amount = \"0\"\nper = \"month\"\nprorate = \"day\"");
        return;
    };
    let place = unit.place.clone();
    let price = |row: &Row, key: &str, draft: &mut Draft| match cell(row, "Price") {
        Some(price) => draft.answer(key, price, Kind::Number),
        None => {
            let unit = cell(row, "Counted in").or(row[0].as_ref()).expect("a line has a name");
            draft.wrong(unit, "S006", format!("`{name}` has no price"), "write it, or 0 if it is included", true);
            draft.line(&format!("{key} = \"0\""));
        }
    };
    match word(first, "Counted in").as_deref() {
        Some("month") => {
            price(first, "amount", draft);
            draft.line("per = \"month\"\nprorate = \"day\"");
            return unused(first, &["Line", "Counted in", "Price"], draft);
        }
        Some("once") => {
            price(first, "amount", draft);
            match cell(first, "Due on") {
                Some(day) => draft.answer("once", day, Kind::Day),
                None => draft.wrong(
                    unit,
                    "S006",
                    format!("it is not said when `{name}` is due"),
                    "write the day in `Due on`",
                    true,
                ),
            }
            return unused(first, &["Line", "Counted in", "Price", "Due on"], draft);
        }
        Some("minute") => {
            draft.value("unit", "\"minute\"", &place);
            queues(first, ", outcome = [\"answered\"]", draft);
        }
        Some("contact") => {
            draft.value("unit", "\"contact\"", &place);
            queues(first, ", outcome = [\"answered\"]", draft);
        }
        Some("resolution") => {
            draft.value("unit", "\"resolution\"", &place);
            queues(first, "", draft);
        }
        Some("agent-month") => {
            draft.value("unit", "\"agent-month\"", &place);
            draft.line("prorate = \"day\"");
        }
        Some(hours) if hours.starts_with("hour ") => {
            draft.value("unit", "\"agent-hour\"", &place);
            draft.value("of", &quoted(hours.trim_start_matches("hour ").trim()), &place);
        }
        _ => {
            draft.answer("unit", unit, Kind::Text);
        }
    }
    if let Some(parts) = cell(first, "Billed time") {
        let text = word(first, "Billed time").unwrap_or_default();
        let parts_of: Vec<String> = text.split([',', '+']).map(|part| quoted(part.trim())).collect();
        draft.value("of", &format!("[{}]", parts_of.join(", ")), &parts.place);
    }
    for (head, key, kind) in
        [("First step", "first", Kind::Span), ("Next steps", "then", Kind::Span), ("Monthly fee", "fee", Kind::Number)]
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
    // Tables of their own come last: keys below one would belong to it.
    if let [only] = rows {
        price(only, "each", draft);
        if let Some(from) = cell(only, "From volume") {
            let message = format!("`{name}` has one price, and a volume from which it holds");
            draft.wrong(from, "S006", message, "leave it empty, or add the row of the first units", true);
        }
        return surcharges(name, lines, extra, draft);
    }
    match cell(first, "Bands") {
        Some(bands) => draft.answer("tiers", bands, Kind::Text),
        None => draft.line("tiers = \"graduated\""),
    }
    draft.line("scope = \"contract\"");
    surcharges(name, lines, extra, draft);
    for row in rows {
        draft.line("[[charge.bands]]");
        match cell(row, "From volume") {
            Some(from) => draft.answer("from", from, Kind::Number),
            None => draft.line("from = \"0\""),
        }
        price(row, "each", draft);
    }
}

/// Cells of a line that mean nothing for its unit: said, not dropped.
fn unused(row: &Row, used: &[&str], draft: &mut Draft) {
    for (column, answer) in PRICES.iter().zip(row) {
        if let (Some(answer), false) = (answer, used.contains(&column.head)) {
            let message = format!("`{}` means nothing for an amount: it is not read", column.head);
            draft.wrong(answer, "S005", message, "empty the cell, or choose a unit that is counted", false);
        }
    }
}

/// `when`: the queues of a line.
fn queues(row: &Row, outcome: &str, draft: &mut Draft) {
    let Some(named) = cell(row, "Queues") else {
        if !outcome.is_empty() {
            draft.line(&format!("when = {{ {} }}", outcome.trim_start_matches(", ")));
        }
        return;
    };
    let names = match &named.typed {
        Typed::Text(text) => text.clone(),
        _ => String::new(),
    };
    let names: Vec<String> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(quoted).collect();
    draft.value("when", &format!("{{ queue = [{}]{outcome} }}", names.join(", ")), &named.place);
}

/// `surcharge`: those that name the line, or none.
fn surcharges(name: &str, lines: &Lines, extra: &[Row], draft: &mut Draft) {
    for row in extra {
        let (Some(Answer { typed: Typed::Text(calendar), .. }), Some(percent)) = (&row[0], &row[3]) else { continue };
        let named = match &row[4] {
            Some(Answer { typed: Typed::Text(named), .. }) => named.split(',').map(str::trim).collect(),
            _ => lines.counted(),
        };
        if named.contains(&name) {
            draft.line("[[charge.surcharge]]");
            draft.line(&format!("calendar = {}", quoted(calendar)));
            draft.answer("percent", percent, Kind::Percent);
        }
    }
}
