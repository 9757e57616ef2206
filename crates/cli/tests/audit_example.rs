//! The example of an audit holds: every planted mistake is found, with its exact amount, and nothing else.
//!
//! `UPDATE=1 cargo test -p longshore --test audit_example` writes the workbook and the answer in the example's README.

#![allow(clippy::unwrap_used)]

mod pages;

use std::fs;
use std::path::PathBuf;

use pages::{Page, checkout, copy, longshore, put};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook};
use serde_json::Value;

fn example() -> PathBuf {
    checkout().join("examples/audit-three-invoices")
}

const FILES: [&str; 3] = ["invoices/january.toml", "invoices/february.csv", "invoices/march.xlsx"];

/// The provider's workbook for March, as providers make them: a cover, a title over merged cells, formulas, a number
/// typed as text, a credit in parentheses.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2027, 4, 2).unwrap();
    workbook.set_properties(&DocProperties::new().set_author("Harborline CX").set_creation_datetime(&created));
    let (money, day, percent) = (
        Format::new().set_num_format("#,##0.00"),
        Format::new().set_num_format("dd.mm.yyyy"),
        Format::new().set_num_format("0.0%"),
    );
    let cover = workbook.add_worksheet().set_name("Cover").unwrap();
    cover.write(0, 0, "Harborline CX Lda.").unwrap();
    cover.write(1, 0, "Thank you for your business").unwrap();

    let sheet = workbook.add_worksheet().set_name("Invoice").unwrap();
    let centered = Format::new().set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, 4, "Harborline CX Lda.", &centered).unwrap();
    sheet.write(2, 0, "Invoice no.").unwrap();
    sheet.write(2, 1, "HL-2027-047").unwrap();
    sheet.write(3, 0, "Invoice date").unwrap();
    sheet.write_with_format(3, 1, ExcelDateTime::from_ymd(2027, 4, 2).unwrap(), &day).unwrap();
    sheet.write(4, 0, "Billing month").unwrap();
    sheet.write(4, 1, "March 2027").unwrap();
    sheet.write(5, 0, "Currency").unwrap();
    sheet.write(5, 1, "USD").unwrap();
    for (column, title) in (0..).zip(["Position", "Quantity", "Unit", "Unit price", "Amount", "Service month"]) {
        sheet.write(7, column, title).unwrap();
    }
    let priced: [(&str, f64, &str, f64); 4] = [
        ("Voice minutes, first 20000", 20000.0, "min", 0.62),
        ("Voice minutes, next 20000", 20000.0, "min", 0.55),
        ("Voice minutes, beyond", 8005.9, "min", 0.49),
        ("Chat contacts", 3120.0, "chats", 3.90),
    ];
    for (row, (words, quantity, unit, price)) in (8u32..).zip(priced) {
        sheet.write(row, 0, words).unwrap();
        sheet.write(row, 1, quantity).unwrap();
        sheet.write(row, 2, unit).unwrap();
        sheet.write(row, 3, price).unwrap();
        let cents = (quantity * price * 100.0).round() / 100.0;
        let at = row + 1;
        let formula = Formula::new(format!("=ROUND(B{at}*D{at},2)")).set_result(format!("{cents}"));
        sheet.write_with_format(row, 4, formula, &money).unwrap();
    }
    // Somebody typed over a formula.
    sheet.write_with_format(9, 4, 11_100.0, &money).unwrap();
    // A number as text, which a sum in the sheet would have passed over.
    sheet.write(12, 0, "Platform").unwrap();
    sheet.write(12, 4, "1.850,00").unwrap();
    sheet.write(13, 0, "Platform").unwrap();
    sheet.write(13, 4, 1850.0).unwrap();
    sheet.write(13, 5, "February 2027").unwrap();
    sheet.write(14, 0, "Workforce tool licence").unwrap();
    sheet.write(14, 4, 420.0).unwrap();
    sheet.write(15, 0, "Service level credit").unwrap();
    sheet.write(15, 4, "(546,46)").unwrap();
    sheet.write(16, 0, "Total due").unwrap();
    sheet.write_with_format(16, 4, 43_164.43, &money).unwrap();
    sheet.write(18, 0, "Service level, answered within 20 s").unwrap();
    sheet.write_with_format(18, 1, 0.791, &percent).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn the_workbook_is_the_one_that_is_written_here() {
    let path = example().join("invoices/march.xlsx");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, workbook()).unwrap();
    }
    let sheets = |bytes: &[u8]| longshore_audit::xlsx("march.xlsx", bytes).0.unwrap();
    assert_eq!(sheets(&fs::read(path).unwrap()), sheets(&workbook()));
}

/// The audit of all three invoices.
fn audit() -> Value {
    let mut arguments =
        vec!["audit", "--contract", "contract.toml", "--mapping", "mapping.toml", "--json", "--invoice"];
    arguments.extend(FILES);
    let answer = longshore(&example(), &arguments);
    assert!(!answer.success && answer.err.is_empty(), "{}", answer.err);
    serde_json::from_str(&answer.out).unwrap()
}

#[test]
fn every_planted_mistake_is_found_with_its_amount_and_nothing_else() {
    let audit = audit();
    let mut found = Vec::new();
    for invoice in audit["invoices"].as_array().unwrap() {
        assert_eq!(invoice["findings"].as_array().unwrap().len(), 0, "{invoice:#}");
        for line in invoice["lines"].as_array().unwrap() {
            assert_eq!(line["unexplained"], "0.00", "{line:#}");
            for finding in line["findings"].as_array().unwrap() {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                let lines: Vec<u64> =
                    finding["lines"].as_array().unwrap().iter().map(|line| line.as_u64().unwrap()).collect();
                assert_eq!(finding["confidence"], if finding["cause"] == "no charge" { "likely" } else { "certain" });
                found.push((text(&invoice["month"]), lines, text(&finding["cause"]), text(&finding["amount"])));
            }
        }
    }
    let planted: [(&str, &[u64], &str, &str); 8] = [
        ("2027-01", &[1], "tier", "2208.39"),
        ("2027-02", &[4], "surcharge", "192.20"),
        ("2027-02", &[7], "fixed amount", "12000.00"),
        ("2027-02", &[], "service credit", "490.50"),
        ("2027-03", &[2], "arithmetic", "100.00"),
        ("2027-03", &[4], "price", "936.00"),
        ("2027-03", &[6], "duplicate", "1850.00"),
        ("2027-03", &[7], "no charge", "420.00"),
    ];
    let planted = planted
        .map(|(month, lines, cause, amount)| (month.to_owned(), lines.to_vec(), cause.to_owned(), amount.to_owned()));
    assert_eq!(found, planted);
    let differences: Vec<&str> =
        audit["invoices"].as_array().unwrap().iter().map(|invoice| invoice["difference"].as_str().unwrap()).collect();
    assert_eq!(differences, ["2208.39", "12682.70", "3306.00"]);
}

#[test]
fn mended_invoices_have_nothing_to_find() {
    let folder = tempfile::tempdir().unwrap();
    copy(&example(), folder.path());
    let mend = |file: &str, changes: &[(&str, &str)]| {
        let mut text = fs::read_to_string(example().join(file)).unwrap();
        for (wrong, right) in changes {
            assert!(text.contains(wrong), "{file} has no {wrong}");
            text = text.replace(wrong, right);
        }
        put(folder.path(), file, &text);
    };
    mend(
        FILES[0],
        &[
            (
                "quantity = \"46218.4\"\nunit = \"min\"\nprice = \"0.62\"\namount = \"28655.41\"",
                "quantity = \"46218.4\"\namount = \"26447.02\"",
            ),
            ("53870.01", "51661.62"),
        ],
    );
    mend(
        FILES[1],
        &[
            ("0,31;384,40", "0,155;192,20"),
            ("24.716,97", "24.524,77"),
            ("Setup;;;;12.000,00", "Service level credit;;;;-490,50"),
            ("48.921,47", "36.238,77"),
        ],
    );
    let arguments =
        ["audit", "--contract", "contract.toml", "--mapping", "mapping.toml", "--invoice", FILES[0], FILES[1]];
    let answer = longshore(folder.path(), &arguments);
    assert!(answer.success && answer.err.is_empty(), "{}{}", answer.out, answer.err);
    assert_eq!(answer.out.matches("Nothing found.").count(), 2);
}

#[test]
fn the_proposed_mapping_reads_the_file_it_is_proposed_for() {
    for file in &FILES[1..] {
        let guessed = longshore(&example(), &["audit", "--contract", "contract.toml", "--guess", "--invoice", file]);
        assert!(guessed.success, "{}", guessed.err);
        let folder = tempfile::tempdir().unwrap();
        copy(&example(), folder.path());
        put(folder.path(), "guessed.toml", &guessed.out);
        let arguments =
            ["audit", "--contract", "contract.toml", "--mapping", "guessed.toml", "--json", "--invoice", file];
        let answer = longshore(folder.path(), &arguments);
        assert_eq!(answer.err, "", "{}", guessed.out);
        let audit: Value = serde_json::from_str(&answer.out).unwrap();
        let lines = audit["invoices"][0]["lines"].as_array().unwrap();
        let unknown: Vec<&str> = lines
            .iter()
            .filter(|line| line["charge"].is_null())
            .map(|line| line["description"].as_str().unwrap())
            .collect();
        let wanted: &[&str] = if file.ends_with("csv") { &[] } else { &["Workforce tool licence"] };
        assert_eq!(unknown, wanted, "{}", guessed.out);
    }
}

#[test]
fn the_readme_shows_what_the_command_answers() {
    let page = Page::read(&example().join("README.md"));
    let mut arguments = vec!["audit", "--contract", "contract.toml", "--mapping", "mapping.toml", "--invoice"];
    arguments.extend(FILES);
    let answer = longshore(&example(), &arguments);
    let blocks: Vec<_> = page.blocks.iter().filter(|block| block.language == "text").collect();
    assert_eq!(blocks.len(), 1);
    let wrong = page.answered(&[(blocks[0], answer.out)]);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
