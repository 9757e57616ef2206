//! The pages of `specs/`: each is a page of the manual, an example of a clause and a test at once.
//!
//! What a page may hold is said in `specs/README.md`. `UPDATE=1 cargo test -p longshore --test specs` writes the answers.

#![allow(clippy::unwrap_used)]

mod pages;
mod rows;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use longshore_contacts::Table;
use longshore_units::plural;
use pages::{Answer, Block, Page, checkout, longshore, put};
use serde_json::Value;

/// What the page does not say of its contract.
const UNSAID: [(&str, &str); 5] = [
    ("provider", "provider = \"answering-co\""),
    ("currency", "currency = \"USD\""),
    ("time_zone", "time_zone = \"UTC\""),
    ("counted_at", "counted_at = \"offered\""),
    ("starts", "starts = 2027-01-01"),
];
const ROUND: &str = "\n[round]\nat = \"line\"\nto = \"0.01\"\nhow = \"half-up\"\n";

#[test]
fn every_page_holds() {
    let mut wrong = Vec::new();
    let (mut files, mut answers) = (0, 0);
    for path in page_paths(&checkout().join("specs")) {
        let page = Page::read(&path);
        files += 1;
        match answers_of(&page) {
            Ok(found) if found.is_empty() => wrong.push(format!("{} answers nothing", path.display())),
            Ok(found) => {
                answers += found.len();
                wrong.extend(page.answered(&found));
            }
            Err(why) => wrong.push(format!("{}: {why}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(3 <= files && files <= answers, "{files} pages with {answers} answers");
}

/// The pages in the order of their names, those of `models/` among them; the folder's own README says what a page is.
fn page_paths(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = [folder.to_owned(), folder.join("models")].map(|folder| fs::read_dir(folder).unwrap());
    let paths = entries.into_iter().flatten().map(|entry| entry.unwrap().path());
    let is_page = |path: &std::path::PathBuf| {
        path.extension().is_some_and(|extension| extension == "md") && path.file_name().unwrap() != "README.md"
    };
    let mut paths: Vec<_> = paths.filter(is_page).collect();
    paths.sort();
    paths
}

/// What the command answers at each answer block of a page.
fn answers_of(page: &Page) -> Result<Vec<(&Block, String)>, String> {
    let mut given = Given::default();
    let mut answers = Vec::new();
    for block in &page.blocks {
        let body = page.body(block);
        match block.language.as_str() {
            "contract" => given = Given { contract: whole(body), ..Given::default() },
            "quantities" => given.quantities = Some(body.to_owned()),
            "invoice" => answers.push((block, given.invoice(&block.file)?)),
            "findings" => answers.push((block, given.findings()?)),
            language => match Table::from_name(language) {
                Some(table) => given.tables.push((table, body.to_owned())),
                None => return Err(format!("nobody reads a block of `{language}`")),
            },
        }
    }
    Ok(answers)
}

/// The contract of a block, with what it leaves unsaid and the page does not talk of.
fn whole(part: &str) -> String {
    // A section's own keys stand below its heading: only what comes before the first is the contract's.
    let head = part.lines().take_while(|line| !line.trim_start().starts_with('[')).collect::<Vec<_>>();
    let says = |key: &str| head.iter().any(|line| line.split('=').next().is_some_and(|word| word.trim() == key));
    let unsaid: Vec<&str> = UNSAID.iter().filter(|(key, _)| !says(key)).map(|(_, line)| *line).collect();
    let round = if part.contains("[round]") { "" } else { ROUND };
    format!("{}\n{part}{round}", unsaid.join("\n"))
}

/// What a page has given up to an answer.
#[derive(Default)]
struct Given {
    contract: String,
    quantities: Option<String>,
    tables: Vec<(Table, String)>,
}

impl Given {
    fn invoice(&self, months: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        put(folder, "contract.toml", &self.contract);
        if !self.tables.is_empty() {
            let answer = self.rated(folder, months)?;
            return if answer.success { Ok(shown(&answer.out, months)) } else { Err(answer.err) };
        }
        let quantities = self.quantities.as_deref().unwrap_or("month,charge,rows,quantity\n");
        put(folder, "quantities.csv", quantities);
        // A month without quantities is priced where it is asked for.
        let asked: Vec<&str> = if months.is_empty() { vec!["2027-01"] } else { months.split_whitespace().collect() };
        let mut text = String::new();
        for month in asked {
            let arguments = ["price", "contract.toml", "--quantities", "quantities.csv", "--json", "--month", month];
            let answer = longshore(folder, &arguments);
            if !answer.success {
                return Err(answer.err);
            }
            text += &shown(&answer.out, if months.is_empty() { "" } else { month });
        }
        Ok(text)
    }

    /// Rates records, which the kernel and the slow, obvious counter must count alike.
    fn rated(&self, folder: &Path, months: &str) -> Result<Answer, String> {
        let months: Vec<&str> = if months.is_empty() { vec!["2027-01"] } else { months.split_whitespace().collect() };
        let last = months.last().expect("there is a month");
        let word = |key: &str| {
            let line = self.contract.lines().find(|line| line.split('=').next().is_some_and(|word| word.trim() == key));
            line.and_then(|line| line.split('=').nth(1)).map(|value| value.trim().trim_matches('"').to_owned())
        };
        let zone = word("time_zone").unwrap();
        rows::manifest(folder, &zone, &word("starts").unwrap(), last);
        let mut by_table: Vec<(Table, Vec<&str>)> = Vec::new();
        for (table, text) in &self.tables {
            match by_table.iter_mut().find(|(known, _)| known == table) {
                Some((_, texts)) => texts.push(text),
                None => by_table.push((*table, vec![text])),
            }
        }
        for (table, texts) in by_table {
            rows::parquet(folder, table, &texts, &word("provider").unwrap(), &zone)?;
        }
        let hash = |oracle: &[&str]| {
            let counted = longshore(folder, &[&["count", "contract.toml", "records", "--json"], oracle].concat());
            if !counted.success {
                return Err(counted.err);
            }
            let json: Value = serde_json::from_str(&counted.out).unwrap();
            Ok(json["hash"].as_str().unwrap().to_owned())
        };
        if hash(&[])? != hash(&["--oracle"])? {
            return Err("the kernel and the obvious counter disagree".to_owned());
        }
        Ok(longshore(folder, &["rate", "records", "--contract", "contract.toml", "--all-months", "--json"]))
    }

    fn findings(&self) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "contract.toml", &self.contract);
        let answer = longshore(folder.path(), &["check", "contract.toml", "--json"]);
        let Ok(Value::Array(findings)) = serde_json::from_str(&answer.out) else { return Err(answer.err) };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let line = |finding: &Value| {
            format!("{}[{}]: {}\n", text(&finding["severity"]), text(&finding["code"]), text(&finding["message"]))
        };
        Ok(findings.iter().map(line).collect())
    }
}

/// Months of a bill as a page shows them: lines with their details where these say more than the line, notes, the total.
fn shown(bill: &str, months: &str) -> String {
    let bill: Value = serde_json::from_str(bill).unwrap();
    let mut text = String::new();
    let wanted: Vec<&str> = months.split_whitespace().collect();
    for month in bill["months"].as_array().unwrap() {
        let name = month["month"].as_str().unwrap();
        if !wanted.is_empty() && !wanted.contains(&name) {
            continue;
        }
        writeln!(text, "{name}").unwrap();
        let mut rows: Vec<[String; 4]> = Vec::new();
        for line in month["lines"].as_array().unwrap() {
            let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            let counted = line["rows"].as_u64().map_or(String::new(), |rows| plural(rows, "row"));
            rows.push([word("charge"), counted, format!("{} {}", word("quantity"), word("unit")), word("amount")]);
            let details = line["detail"].as_array().unwrap();
            if 1 < details.len() {
                rows.extend(details.iter().map(detail_row));
            }
        }
        rows.push(["total".to_owned(), String::new(), String::new(), month["total"].as_str().unwrap().to_owned()]);
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let (name, counted, quantity, amount) = (width(0), width(1), width(2), width(3));
        for row in &rows {
            let line = format!("  {:<name$}  {:>counted$}  {:<quantity$}  {:>amount$}", row[0], row[1], row[2], row[3]);
            writeln!(text, "{}", line.trim_end()).unwrap();
        }
        for paid in month["payable"].as_array().into_iter().flatten() {
            let word = |key: &str| paid[key].as_str().unwrap_or_default().to_owned();
            writeln!(text, "  to be paid: {} {}, at {}", word("amount"), word("currency"), word("rate")).unwrap();
        }
        for note in month["notes"].as_array().into_iter().flatten() {
            writeln!(text, "  note: {}", note["text"].as_str().or(note.as_str()).unwrap()).unwrap();
        }
        if let Some(until) = month["provisional_until"].as_str() {
            writeln!(text, "  provisional until {until}").unwrap();
        }
    }
    text
}

fn detail_row(detail: &Value) -> [String; 4] {
    let word = |key: &str| detail[key].as_str().unwrap_or_default().to_owned();
    let group = word("group");
    let rule = if group.is_empty() { word("rule") } else { format!("{}, {group}", word("rule")) };
    let counted = detail["rows"].as_u64().map_or(String::new(), |rows| plural(rows, "row"));
    let priced = match (detail["quantity"].as_str(), detail["price"].as_str()) {
        (Some(quantity), Some(price)) => format!("{quantity} × {price}"),
        (Some(quantity), None) => quantity.to_owned(),
        _ => String::new(),
    };
    [format!("  {rule}"), counted, priced, word("amount")]
}
