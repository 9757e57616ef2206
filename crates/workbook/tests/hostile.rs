//! Workbooks that were made to break who reads them: each is read or refused, and nothing panics.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use longshore_units::Exact;
use longshore_workbook::{Cell, Refused, Value, read};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::write::SimpleFileOptions;

/// A workbook as people make them.
static WORKBOOK: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "description").unwrap();
    sheet.write(1, 0, " voice ").unwrap();
    sheet.write(1, 1, 4890.1).unwrap();
    sheet.write(1, 2, Formula::new("=B2*2").set_result("9780.2")).unwrap();
    sheet.write(1, 3, true).unwrap();
    sheet.merge_range(2, 0, 4, 0, "chat", &Format::new()).unwrap();
    workbook.save_to_buffer().unwrap()
});

/// The same with other bytes for some of its parts.
fn with(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut archive = zip::ZipArchive::new(Cursor::new(WORKBOOK.as_slice())).unwrap();
    for position in 0..archive.len() {
        let part = archive.by_index(position).unwrap();
        let name = part.name().unwrap().into_owned();
        match parts.iter().find(|(other, _)| name.ends_with(other)) {
            Some((_, bytes)) => {
                written.start_file(name, SimpleFileOptions::default()).unwrap();
                written.write_all(bytes).unwrap();
            }
            None => written.raw_copy_file(part).unwrap(),
        }
    }
    written.finish().unwrap().into_inner()
}

fn with_rows(rows: &str) -> Vec<u8> {
    let xml = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    );
    with(&[("sheet1.xml", xml.as_bytes())])
}

/// Writes another size wherever the archive says how large a part is unpacked.
fn lying(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    for (mark, at) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let places: Vec<usize> = (0..bytes.len() - 30).filter(|place| bytes[*place..].starts_with(mark)).collect();
        for place in places {
            bytes[place + at..place + at + 4].copy_from_slice(&size.to_le_bytes());
        }
    }
    bytes
}

#[test]
fn cells_are_what_a_spreadsheet_shows() {
    let sheets = read(&WORKBOOK).unwrap();
    let sheet = &sheets[0];
    let at = |row, column| sheet.cells.get(&(row, column)).cloned();
    let plain = |value| Some(Cell { value: Some(value), has_formula: false, format: None });
    let number = |text: &str| Value::Number(text.parse::<Exact>().unwrap());
    assert_eq!(sheet.name, "Sheet1");
    assert_eq!(at(1, 0), plain(Value::Text("voice".to_owned())));
    assert_eq!(at(1, 1), plain(number("4890.1")));
    assert_eq!(at(1, 2), Some(Cell { value: Some(number("9780.2")), has_formula: true, format: None }));
    assert_eq!(at(1, 3), plain(Value::Flag(true)));
    assert_eq!(at(9, 9), None);
    assert_eq!((sheet.merged[0].first, sheet.merged[0].last), ((2, 0), (4, 0)));
}

#[test]
fn other_files_are_no_workbooks() {
    for bytes in [&b""[..], b"provider = 'p'", b"PK\x03\x04rubbish"] {
        assert!(matches!(read(bytes), Err(Refused::NoWorkbook(_))));
    }
}

#[test]
fn what_an_archive_says_of_its_sizes_is_not_believed() {
    let large = with(&[("sheet1.xml", &vec![b' '; 80 << 20])]);
    assert!(large.len() < 1 << 20, "it is small when packed");
    assert!(matches!(read(&large), Err(Refused::Unpacked(_))));
    for size in [0, 7, 1 << 20, u32::MAX - 1] {
        assert!(read(&lying(large.clone(), size)).is_err(), "{size}");
    }
    // A small one that says it is large is bounded by what it holds.
    let small = lying(WORKBOOK.clone(), 1 << 31);
    assert!(!matches!(read(&small), Err(Refused::Unpacked(_))));
}

#[test]
fn cells_far_away_take_no_room() {
    let far = with_rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    let refused = read(&far).unwrap_err();
    assert_eq!(refused, Refused::Far { sheet: "Sheet1".to_owned(), at: "XFD1048576".to_owned() });
    assert!(matches!(read(&with_rows(&"<row><c><v>1</v></c></row>".repeat(60_000))), Err(Refused::Far { .. })));
    let many = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(250)).repeat(2_100);
    assert!(matches!(read(&with_rows(&many)), Err(Refused::Cells(_))));
}

#[test]
fn one_text_in_many_cells_is_bounded() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(30_000));
    let rows = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(200)).repeat(100);
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let bytes = with(&[("sheet1.xml", sheet.as_bytes()), ("sharedStrings.xml", strings.as_bytes())]);
    assert!(matches!(read(&bytes), Err(Refused::Words(_))));
}

/// One long text, and many combinations of formats that each name it.
#[test]
fn formats_are_bounded() {
    let long = "0".repeat(100_000);
    for (text, xf) in [
        (format!("<numFmts><numFmt numFmtId=\"200\" formatCode=\"{long}\"/></numFmts>"), "<xf numFmtId=\"200\"/>"),
        (format!("<fonts><font><name val=\"{long}\"/></font></fonts>"), "<xf fontId=\"0\"/>"),
    ] {
        let styles = |count| format!("<styleSheet>{text}<cellXfs>{}</cellXfs></styleSheet>", xf.repeat(count));
        assert!(read(&with(&[("styles.xml", styles(600).as_bytes())])).is_ok());
        let refused = read(&with(&[("styles.xml", styles(700).as_bytes())])).unwrap_err();
        assert!(matches!(refused, Refused::Formats(_)), "{refused:?}");
    }
}

#[test]
fn numbers_know_what_they_are_shown_with() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let format = |code: &str| Format::new().set_num_format(code);
    sheet.write_with_format(0, 0, 0.05, &format("0%")).unwrap();
    sheet.write_with_format(3, 2, 1234.5, &format("#,##0.00 [$€-407]")).unwrap();
    sheet.write_with_format(3, 3, 7, &Format::new().set_bold()).unwrap();
    workbook.add_worksheet().write_with_format(0, 0, 5, &format("\"USD\" 0.00")).unwrap();
    let sheets = read(&workbook.save_to_buffer().unwrap()).unwrap();
    let format = |sheet: usize, at| sheets[sheet].cells[&at].format.as_deref();
    assert!(format(0, (0, 0)).unwrap().is_percent());
    assert_eq!(format(0, (3, 2)).unwrap().words(), "€");
    assert_eq!(format(0, (3, 3)), None);
    assert_eq!(format(1, (0, 0)).unwrap().words(), "USD");
}

#[test]
fn broken_xml_is_refused_or_read() {
    for xml in [
        "<worksheet><sheetData><row><c r=\"",
        "<worksheet><sheetData><row r=\"-1\"><c r=\"A0\"><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>99999999</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r=\"A1\"><v>1e999</v></c><c r=\"B1\"><f>1+1</f></c></row></sheetData></worksheet>",
        "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>",
        "\u{0}\u{1}",
    ] {
        for part in ["sheet1.xml", "workbook.xml", "styles.xml", "workbook.xml.rels", "[Content_Types].xml"] {
            let _ = read(&with(&[(part, xml.as_bytes())]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_workbooks_are_refused_or_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let mut bytes = WORKBOOK.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }
}
