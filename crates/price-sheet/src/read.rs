//! From a filled workbook to a contract.

use std::collections::BTreeMap;

use longshore_contract::Contract;
use longshore_document::Findings;
use longshore_units::{Diagnostic, Text};

use crate::cell::{Answer, Typed, answer, quoted};
use crate::draft::{Cells, Draft};
use crate::form::{MARK, PRICE_ROW, PRICES, Question, SURCHARGE_ROW, SURCHARGES, TERMS};
use crate::line::{Lines, Row};
use crate::surcharge::Surcharge;

/// The codes of this crate's diagnostics; each has a page under `docs/diagnostics`.
pub const CODES: [&str; 7] = ["S001", "S002", "S003", "S004", "S005", "S006", "S007"];

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
    cells: Cells,
}

impl Sheet {
    /// What somebody else says of the text, with the cells of its places named.
    pub fn named(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        diagnostics.into_iter().map(|diagnostic| self.cells.named(diagnostic)).collect()
    }
}

/// Reads a filled workbook. `name` is what diagnostics call it.
pub fn read(name: &str, bytes: &[u8]) -> Sheet {
    understood(name, unpacked(bytes).and_then(|sheets| drafted(&sheets)))
}

/// What a draft says as a contract; or why the workbook is no form.
fn understood(name: &str, draft: Result<Draft, String>) -> Sheet {
    match draft {
        Ok(draft) => {
            let (text, cells, mut diagnostics) = draft.finish(name);
            let (contract, findings) = longshore_contract::read(&text);
            diagnostics.extend(findings);
            let contract = contract.filter(|_| !diagnostics.iter().any(Diagnostic::is_error));
            let diagnostics = diagnostics.into_iter().map(|diagnostic| cells.named(diagnostic)).collect();
            Sheet { contract, text, diagnostics, cells }
        }
        Err(message) => {
            let text = Text::new(name, "");
            let mut findings = Findings::of(text.name.clone());
            let help =
                "send a workbook that `longshore sheet CASE --out quote.xlsx` wrote, filled in and saved as .xlsx";
            findings.error("S001", &(0..0), message, help);
            Sheet { contract: None, text, diagnostics: findings.into_diagnostics(), cells: Cells::default() }
        }
    }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<longshore_workbook::Sheet>, String> {
    if BYTES_MOST < bytes.len() {
        return Err(format!("this workbook is larger than {} MiB", BYTES_MOST >> 20));
    }
    longshore_workbook::read(bytes).map_err(|why| format!("this is no .xlsx workbook that can be read: {why}"))
}

/// The sheets that the form has; bidders fill in the last three.
const SHEETS: [&str; 5] = ["Read me", "Program", "Terms", "Prices", "Surcharges"];

fn drafted(sheets: &[longshore_workbook::Sheet]) -> Result<Draft, String> {
    let page = |name: &str| {
        let sheet =
            sheets.iter().find(|sheet| sheet.name == name).ok_or_else(|| format!("it has no sheet `{name}`"))?;
        match sheet.cells.last_key_value() {
            Some((&(row, column), _)) if ROWS_MOST <= row => {
                let at = crate::cell::place(name, row, column);
                Err(format!("it has a cell at `{at}`, and no more than {ROWS_MOST} rows are read"))
            }
            _ => Ok(Page { sheet }),
        }
    };
    let about = page("Read me")?;
    if about.sheet.cells.get(&(0, 0)).map(Typed::of) != Some(Typed::Text(MARK.to_owned())) {
        return Err("this workbook is no price sheet of this version".to_owned());
    }
    let (terms, prices, surcharges) = (page("Terms")?, page("Prices")?, page("Surcharges")?);
    let mut draft = Draft::default();
    for sheet in sheets.iter().filter(|sheet| !SHEETS.contains(&sheet.name.as_str())) {
        let first = sheet.cells.first_key_value().and_then(|((row, column), _)| answer(sheet, *row, *column));
        if let Some(first) = first {
            draft.unread(&first, format!("the form has no sheet `{}`: it is not read", sheet.name));
        }
    }
    for (page, columns) in [(&terms, TERMS_COLUMNS), (&prices, PRICES.len()), (&surcharges, SURCHARGES.len())] {
        page.beside(columns, &mut draft);
    }
    let answers = terms.answers(&mut draft);
    terms.required(&answers, &mut draft);
    let lines = Lines::of(prices.rows(PRICE_ROW, PRICES.len(), &mut draft), &mut draft);
    let extra = surcharges.rows(SURCHARGE_ROW, SURCHARGES.len(), &mut draft);
    write(&answers, &lines, &extra, &mut draft);
    Ok(draft)
}

/// The columns of `Terms` after the hidden one: question, answer, example, meaning.
const TERMS_COLUMNS: usize = 4;

/// A sheet of the workbook.
struct Page<'w> {
    sheet: &'w longshore_workbook::Sheet,
}

impl Page<'_> {
    fn last_row(&self) -> u32 {
        self.sheet.cells.last_key_value().map_or(0, |((row, _), _)| *row)
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

    /// Says of each row what stands to the right of the form's columns.
    fn beside(&self, columns: usize, draft: &mut Draft) {
        let mut said = None;
        for &(row, column) in self.sheet.cells.keys() {
            if columns < column as usize && said != Some(row) {
                said = Some(row);
                if let Some(note) = self.answer(row, column) {
                    draft.unread(&note, "this cell is beside the form: it is not read".to_owned());
                }
            }
        }
    }

    /// The answers of the sheet `Terms`, by key.
    fn answers(&self, draft: &mut Draft) -> Answers {
        let questions = || TERMS.iter().flat_map(|(_, questions)| questions.iter());
        let mut answers = BTreeMap::new();
        for row in 1..=self.last_row() {
            let key = self.key(row);
            let Some(question) = key.and_then(|key| questions().find(|question| question.key == key)) else {
                if let Some(note) = self.note(row) {
                    draft.unread(&note, "this row belongs to no question of the form: it is not read".to_owned());
                }
                continue;
            };
            let Some(given) = self.answer(row, 2) else { continue };
            if answers.contains_key(question.key) {
                let message = format!("`{}` is answered twice", question.ask);
                draft.wrong(&given, "S005", message, "keep one of the two rows", true);
            } else {
                answers.insert(question.key, (question, given));
            }
        }
        answers
    }

    /// What a row of `Terms` says that has no question: its answer, or else what is no heading of the form.
    fn note(&self, row: u32) -> Option<Answer> {
        let is_heading =
            |answer: &Answer| TERMS.iter().any(|(heading, _)| answer.typed == Typed::Text((*heading).into()));
        let noted = || (1..=TERMS_COLUMNS as u32).find_map(|column| self.answer(row, column));
        self.answer(row, 2).or_else(|| noted().filter(|answer| !is_heading(answer)))
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
                    draft.unread(&first, "this row is not read".to_owned());
                }
            }
        }
        rows
    }
}

type Answers = BTreeMap<&'static str, (&'static Question, Answer)>;

/// The sections of the service level.
const SLA: &[&str] = &["[[sla]]", "[[sla]].measure", "[[sla]].credit1", "[[sla]].credit2"];

/// Writes the contract.
fn write(answers: &Answers, lines: &Lines, extra: &[Row], draft: &mut Draft) {
    let simple = |section: &str, draft: &mut Draft| {
        for (question, answer) in answers.values().filter(|(question, _)| question.section == section) {
            draft.answer(question.term, answer, question.kind);
        }
    };
    let any = |sections: &[&str]| answers.values().any(|(question, _)| sections.contains(&question.section));
    draft.currency = answers.get("currency").and_then(|(_, answer)| answer.typed.to_string().trim().parse().ok());
    simple("", draft);
    if any(&["[round]"]) {
        draft.line("\n[round]");
        simple("[round]", draft);
    }
    let on = lines.affected().iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let surcharges = Surcharge::of(extra, lines, draft);
    for (name, rows) in lines.iter() {
        crate::line::write(name, rows, &surcharges, draft);
    }
    for (section, name) in
        [("[[minimum]]", Some("monthly minimum")), ("[[discount]]", Some("discount")), ("[[index]]", None)]
    {
        if !on.is_empty() && any(&[section]) {
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
    if !on.is_empty() && any(SLA) {
        draft.line("\n[[sla]]\nname = \"answered in time\"");
        draft.line(&format!("on = [{on}]"));
        simple("[[sla]]", draft);
        draft.line("measure.preset = \"service level, offered\"");
        for (question, answer) in answers.values().filter(|(question, _)| question.section == "[[sla]].measure") {
            draft.answer(&format!("measure.{}", question.term), answer, question.kind);
        }
        // As the form says: over a month, and everyone counts where nobody is left out.
        draft.line("measure.aggregation = \"pooled\"");
        if !answers.contains_key("sla.short") {
            draft.line("measure.short_abandons = \"0s\"");
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

#[cfg(test)]
mod tests;
