//! Files from outside: whatever they hold, they are read or refused, soon, and nothing panics.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use longshore_audit::{Choices, Mapping, Sheet, audit, csv, guess, invoice, invoices, mapping, xlsx};
use longshore_contract::{Contract, Usage, read};
use longshore_units::Text;
use proptest::prelude::*;
use rust_xlsxwriter::{Formula, Workbook};
use zip::write::SimpleFileOptions;

fn contract() -> Contract {
    let text = "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\n[calendar.nights]\nhours = '20:00-08:00'\n\
                [[charge]]\nname = 'voice'\nunit = 'minute'\neach = '0.95'\n\
                surcharge = [{ calendar = 'nights', percent = '25' }]\n[[charge]]\nname = 'platform'\namount = '100'\nper = 'month'\n";
    read(&Text::new("contract.toml", text)).0.unwrap()
}

/// Reads, guesses and audits sheets as the command does.
fn through(sheets: &[Sheet], by: &Mapping) {
    let contract = contract();
    let guessed = guess(&contract, sheets);
    for by in guessed.iter().map(|guess| &guess.mapping).chain([by]) {
        let (read, _) = invoices(&contract, sheets, by);
        if let Some(read) = read {
            let _ = audit(&contract, &read, &Usage::default(), &Choices::default());
        }
    }
    if let Some(guess) = guessed {
        let (read, findings) = mapping(&contract, &Text::new("mapping.toml", guess.to_toml()));
        assert!(read.is_some(), "{}\n{findings:#?}", guess.to_toml());
    }
}

fn through_csv(text: &str) {
    if let Some(sheet) = csv(&Text::new("invoice.csv", text), None).0 {
        through(&[sheet], &Mapping::ours());
    }
}

/// A workbook as providers make them.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, title) in (0..).zip(["description", "month", "quantity", "price", "amount"]) {
        sheet.write(0, column, title).unwrap();
    }
    sheet.write_row(1, 0, ["voice", "2027-03"]).unwrap();
    sheet.write_row(1, 2, [4890.0, 0.95]).unwrap();
    sheet.write(1, 4, Formula::new("=C2*D2").set_result("4645.5")).unwrap();
    workbook.save_to_buffer().unwrap()
}

/// A workbook whose sheet is this XML.
fn with_sheet(xml: &str) -> Vec<u8> {
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook())).unwrap();
    for position in 0..archive.len() {
        let part = archive.by_index(position).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.ends_with("sheet1.xml") {
            written.start_file(name, SimpleFileOptions::default()).unwrap();
            written.write_all(xml.as_bytes()).unwrap();
        } else {
            written.raw_copy_file(part).unwrap();
        }
    }
    written.finish().unwrap().into_inner()
}

fn refused(bytes: &[u8], why: &str) {
    let (sheets, findings) = xlsx("invoice.xlsx", bytes);
    assert!(
        sheets.is_none() && findings.iter().any(|finding| finding.code == "A003" && finding.message.contains(why)),
        "{findings:#?}"
    );
}

/// A fuzzer's find: a label of a figure on every page gave a mapping with one key twice.
#[test]
fn a_label_on_every_page_is_proposed_once() {
    let contract = "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\n[[charge]]\nname = 'voice'\nunit = 'minute'\n\
                    each = '0.95'\n[[sla]]\nname = 'answered in time'\nmeasure = { preset = 'service level, offered', threshold = '20s' }\n\
                    target = '80%'\non = ['voice']\n";
    let contract = read(&Text::new("contract.toml", contract)).0.unwrap();
    let text = "description,quantity,price,amount\nvoice,10,0.95,9.50\nAnswered in time,81%,,\nvoice,10,0.95,9.50\nAnswered in time,79%,,\n";
    let sheet = csv(&Text::new("invoice.csv", text), None).0.unwrap();
    let guess = guess(&contract, &[sheet]).unwrap();
    assert_eq!(guess.mapping.figures.len(), 1, "{}", guess.to_toml());
    assert!(mapping(&contract, &Text::new("mapping.toml", guess.to_toml())).0.is_some());
}

#[test]
fn a_workbook_is_read() {
    let (sheets, findings) = xlsx("invoice.xlsx", &workbook());
    assert!(findings.is_empty(), "{findings:#?}");
    let (read, findings) = invoices(&contract(), &sheets.unwrap(), &Mapping::ours());
    assert!(findings.is_empty(), "{findings:#?}");
    let line = &read.unwrap()[0].lines[0];
    assert_eq!((line.amount.to_string().as_str(), line.place.as_str()), ("4645.5", "Sheet1!E2"));
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes_is_refused() {
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    written.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..80 {
        written.write_all(&blanks).unwrap();
    }
    let bytes = written.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20, "it is small when packed");
    refused(&bytes, "unpacks to more than");
}

#[test]
fn cells_far_away_take_no_room() {
    let sheet = |cells: &str| {
        with_sheet(&format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
        ))
    };
    refused(
        &sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
        "XFD1048576",
    );
    refused(&sheet(&"<row><c><v>1</v></c></row>".repeat(60_000)), "no more than 50000 rows");
    // A cell without a value, and one that holds no number.
    let (sheets, _) =
        xlsx("invoice.xlsx", &sheet("<row r=\"1\"><c r=\"A1\"><f>1+1</f></c><c r=\"B1\"><v>1e999</v></c></row>"));
    through(&sheets.unwrap_or_default(), &Mapping::ours());
}

#[test]
fn many_lines_are_read() {
    let mut text = String::from("month,description,quantity,price,amount\n");
    for line in 0..4_000 {
        text.push_str(&format!("2027-03,{},{line}.5,0.95,{line}.00\n", if line % 2 == 0 { "voice" } else { "other" }));
    }
    through_csv(&text);
    let mut text = String::from("month,description,quantity,amount\n");
    for line in 0..4_000 {
        text.push_str(&format!("2027-03,voice,{line},0\n"));
    }
    through_csv(&text);
}

#[test]
fn an_invoice_of_another_millennium_is_refused() {
    let text =
        Text::new("i.toml", "number = '1'\nmonth = '9027-03'\n[[line]]\ndescription = 'platform'\namount = '100'\n");
    let (read, _) = invoice(&contract(), &text, &Mapping::default());
    let refused = audit(&contract(), &[read.unwrap()], &Usage::default(), &Choices::default());
    assert!(refused.unwrap_err().to_string().contains("mistyped"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn damaged_workbooks_are_refused_or_read(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = workbook();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(sheets) = xlsx("invoice.xlsx", &bytes).0 {
            through(&sheets, &Mapping::ours());
        }
    }

    #[test]
    fn odd_sheets_are_refused_or_read(xml in "(<row r=\"[0-9]{1,3}\">|</row>|<c r=\"[A-Z]{1,2}[0-9]{1,3}\" t=\"(s|n|str|e|b|d)\">|</c>|<v>|</v>|<f>|</f>|[0-9a-z#.-]{1,6}){0,40}") {
        let xml = format!("<worksheet><sheetData>{xml}</sheetData></worksheet>");
        if let Some(sheets) = xlsx("invoice.xlsx", &with_sheet(&xml)).0 {
            through(&sheets, &Mapping::ours());
        }
    }

    #[test]
    fn odd_csv_is_refused_or_read(cells in prop::collection::vec(
        "(voice|platform|Total|tax|[(]?-?[$€]?[0-9]{0,9}[.,]?[0-9]{0,4}[)]?%?|2027-0[1-4]|[0-9]{2}/[0-9]{2}/[0-9]{4}|#REF!|=A1|\\PC{0,8})", 0..60),
        separator in prop::sample::select(vec![",", ";", "\t"]),
    ) {
        let mut text = ["month", "description", "quantity", "price", "amount"].join(separator);
        for row in cells.chunks(5) {
            text.push('\n');
            text.push_str(&row.join(separator));
        }
        through_csv(&text);
    }

    #[test]
    fn odd_texts_are_refused_or_read(text in "(number|month|line|figure|\\[\\[line\\]\\]|\\[header\\]|\\[lines\\]|=|'1'|'2027-03'|amount|description|\\{|\\}|\n|\\PC){0,60}") {
        let contract = contract();
        let _ = invoice(&contract, &Text::new("i.toml", text.clone()), &Mapping::default());
        let _ = mapping(&contract, &Text::new("m.toml", text));
    }
}
