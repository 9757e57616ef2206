//! The workbook of the shipped case, filled in as a bidder would, read back as a contract.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::LazyLock;

use longshore_business_case::{BusinessCase, CaseFile, CaseFiles, belongs, read as read_case};
use longshore_contract::{ChargeKind, Contract, DiscountOf, MinimumOf, Tariff, fold, quantities};
use longshore_price_sheet::{Sheet, read, write};
use longshore_units::{Diagnostic, Text};
use longshore_workbook::Value;
use rust_xlsxwriter::{Formula, Workbook};

/// The form of the shipped case: reading the case takes the longest of all.
static FORM: LazyLock<Vec<u8>> = LazyLock::new(|| write(&case("phone-support")).unwrap());

fn case(id: &str) -> BusinessCase {
    read_case(&files(id)).0.unwrap()
}

fn files(id: &str) -> CaseFiles {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(id);
    let mut files = Vec::new();
    for inner in ["", "options/", "contracts/", "history/"] {
        let Ok(entries) = std::fs::read_dir(folder.join(inner)) else { continue };
        for entry in entries {
            let path = format!("{inner}{}", entry.unwrap().file_name().to_string_lossy());
            if belongs(&path) {
                let text = std::fs::read_to_string(folder.join(&path)).unwrap();
                files.push(CaseFile { text: Text::new(path.clone(), text), path });
            }
        }
    }
    CaseFiles { id: id.to_owned(), files }
}

/// The case's workbook with answers in some cells, as a spreadsheet would save it: `("Prices", "E3", "0.82")`. What begins
/// with `=` is a formula, and what begins with `#` a number.
fn filled(answers: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut copy = Workbook::new();
    for read in longshore_workbook::read(&FORM).unwrap() {
        let name = read.name;
        let sheet = copy.add_worksheet();
        sheet.set_name(&name).unwrap();
        for ((row, column), cell) in read.cells {
            match cell.value {
                Some(Value::Text(text)) => drop(sheet.write_string(row, column as u16, text).unwrap()),
                Some(Value::Number(number)) => {
                    let number: f64 = number.to_string().parse().unwrap();
                    sheet.write_number(row, column as u16, number).unwrap();
                }
                _ => {}
            }
        }
        for (_, cell, answer) in answers.iter().filter(|(sheet, ..)| *sheet == name) {
            let column = u16::from(cell.as_bytes()[0] - b'A');
            let row: u32 = cell[1..].parse::<u32>().unwrap() - 1;
            match answer.as_bytes()[0] {
                b'=' => drop(sheet.write_formula(row, column, Formula::new(*answer).set_result("7")).unwrap()),
                b'#' => drop(sheet.write_number(row, column, answer[1..].parse::<f64>().unwrap()).unwrap()),
                _ => drop(sheet.write_string(row, column, *answer).unwrap()),
            }
        }
    }
    copy.save_to_buffer().unwrap()
}

/// The cell of an answer of the sheet `Terms`.
fn term(key: &str) -> String {
    let sheets = longshore_workbook::read(&FORM).unwrap();
    let terms = sheets.iter().find(|sheet| sheet.name == "Terms").unwrap();
    let is_key = |row: &u32| {
        let cell = terms.cells.get(&(*row, 0));
        cell.and_then(|cell| cell.value.clone()) == Some(Value::Text(key.to_owned()))
    };
    let row = (0..200).find(is_key);
    format!("C{}", row.unwrap_or_else(|| panic!("no question `{key}`")) + 1)
}

fn sheet(answers: &[(&str, &str, &str)]) -> Sheet {
    let (provider, place) = (term("provider"), term("place"));
    let who = [("Terms", provider.as_str(), "cebu-answer"), ("Terms", place.as_str(), "Philippines")];
    read("quote.xlsx", &filled(&[&who, answers].concat()))
}

fn sound(sheet: Sheet) -> Contract {
    let Sheet { contract, diagnostics, text, .. } = sheet;
    contract.unwrap_or_else(|| panic!("{diagnostics:#?}\n{}", text.text))
}

const VOICE: [(&str, &str, &str); 8] = [
    ("Prices", "B3", "voice"),
    ("Prices", "C3", "minute"),
    ("Prices", "D3", "orders, advice"),
    ("Prices", "E3", "0.82"),
    ("Prices", "G3", "graduated"),
    ("Prices", "H3", "talk, wrap"),
    ("Prices", "I3", "30s"),
    ("Prices", "J3", "6s"),
];

#[test]
fn a_filled_sheet_is_a_contract() {
    let (minimum, prorate) = (term("minimum.amount"), term("minimum.prorate"));
    let more = [
        ("Prices", "B4", "voice"),
        ("Prices", "C4", "minute"),
        ("Prices", "E4", "0.78"),
        ("Prices", "F4", "20000"),
        ("Prices", "B5", "platform"),
        ("Prices", "C5", "month"),
        ("Prices", "E5", "#1500"),
        ("Prices", "B6", "setup"),
        ("Prices", "C6", "once"),
        ("Prices", "E6", "9000"),
        ("Prices", "M6", "2027-01-01"),
        ("Surcharges", "B3", "holidays"),
        ("Surcharges", "C3", "holidays (US federal)"),
        ("Surcharges", "E3", "25%"),
        ("Terms", minimum.as_str(), "20000"),
        ("Terms", prorate.as_str(), "day"),
    ];
    let contract = sound(sheet(&[&VOICE[..], &more].concat()));
    let names: Vec<&str> = contract.charges.iter().map(|charge| charge.name.as_str()).collect();
    assert_eq!(names, ["voice", "platform", "setup"]);
    assert_eq!(contract.place.as_deref(), Some("Philippines"));
    assert!(matches!(&contract.minimums[0].of, MinimumOf::Amount { amount, .. } if amount.to_string() == "20000"));
    let ChargeKind::Counted(voice) = &contract.charges[0].kind else { panic!("voice is counted") };
    assert!(matches!(&voice.tariff, Tariff::Bands { bands, .. } if bands.count() == 2));
    assert_eq!(voice.surcharges.len(), 1);
    // 20,000 × 0.82 + 5,000 × 0.78 + 25 % of 0.82 on 800, 1,500 and 9,000: what a contract of the same words costs.
    let used = "month,charge,rows,quantity,surcharges\n2027-01,voice,6050,24200,\n2027-01,voice,200,800,holidays\n";
    let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", used));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let january = "2027-01".parse().unwrap();
    let invoice = fold(&contract.in_force(None), &usage, january, january).unwrap().remove(0);
    assert_eq!(invoice.total.to_string(), "30964");
}

#[test]
fn a_trial_is_a_discount_until_its_day() {
    let (percent, until) = (term("discount.percent"), term("discount.until"));
    let trial = [("Terms", percent.as_str(), "100%"), ("Terms", until.as_str(), "2027-03-31")];
    let contract = sound(sheet(&[&VOICE[..], &trial].concat()));
    assert!(matches!(&contract.discounts[0].of, DiscountOf::Share(share) if *share == longshore_units::Factor::one()));
}

/// What a bidder says of tax and renewal, in the form's own examples.
#[test]
fn tax_and_renewal_are_read() {
    let (kind, percent, automatic) = (term("tax.kind"), term("tax.percent"), term("exit.automatic"));
    let rest =
        [("Terms", kind.as_str(), "VAT"), ("Terms", percent.as_str(), "12%"), ("Terms", automatic.as_str(), "no")];
    let contract = sound(sheet(&[&VOICE[..], &rest].concat()));
    assert!(contract.tax.is_some_and(|tax| !tax.recoverable));
    assert!(contract.exit.is_none_or(|exit| exit.renewal.is_none()));
}

/// Prices as bidders of several countries write them.
#[test]
fn prices_are_read_with_their_currency() {
    for typed in ["0.82", "0,82", "$0.82", "0,82 $", "USD 0.82", "#0.82"] {
        let others = VOICE.iter().filter(|(_, cell, _)| *cell != "E3").copied();
        let contract = sound(sheet(&others.chain([("Prices", "E3", typed)]).collect::<Vec<_>>()));
        let ChargeKind::Counted(voice) = &contract.charges[0].kind else { panic!("voice is counted") };
        let Tariff::Bands { bands, .. } = &voice.tariff else { panic!("it has a price") };
        assert_eq!(bands.list_price().0.to_string(), "0.82", "{typed}");
    }
}

/// An empty form: what is missing has a cell.
#[test]
fn an_untouched_sheet_says_what_is_missing() {
    let sheet = read("quote.xlsx", &filled(&[]));
    let said: Vec<_> =
        sheet.diagnostics.iter().filter(|one| one.is_error()).map(|one| (one.code, one.primary.text.clone())).collect();
    assert_eq!(said, [("S006", term("provider").replace('C', "Terms!C")), ("C013", String::new())]);
}

/// Every mistake names its cell.
#[test]
fn mistakes_are_shown_by_cell() {
    let codes = |answers: &[(&'static str, &'static str, &'static str)]| {
        let changed: Vec<_> = VOICE
            .iter()
            .filter(|(sheet, cell, _)| !answers.iter().any(|(other, same, _)| (sheet, cell) == (other, same)))
            .chain(answers)
            .copied()
            .collect();
        let sheet = sheet(&changed);
        let said = |diagnostic: &Diagnostic| format!("{} {}", diagnostic.code, diagnostic.primary.text);
        let errors = sheet.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        errors.map(said).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[("Prices", "E3", "0.35–45")]), ["S004 Prices!E3"]);
    assert_eq!(codes(&[("Prices", "E3", "0.35 - 0.45")]), ["S004 Prices!E3"]);
    assert_eq!(codes(&[("Prices", "E3", "1,500")]), ["S003 Prices!E3"]);
    assert_eq!(codes(&[("Prices", "E3", "0,82 €")]), ["S007 Prices!E3"]);
    assert_eq!(codes(&[("Prices", "E3", "=1+1")]), ["S002 Prices!E3"]);
    assert_eq!(codes(&[("Prices", "E3", "cheap")]), ["T006 Prices!E3"]);
    assert_eq!(
        codes(&[("Surcharges", "B3", "nights"), ("Surcharges", "D3", "20-8"), ("Surcharges", "E3", "#0.25")]).len(),
        2
    );
    assert_eq!(codes(&[("Surcharges", "C3", "weekends"), ("Surcharges", "E3", "25%")]), ["S006 Surcharges!C3"]);
}

#[test]
fn other_files_are_refused() {
    for bytes in [&b"provider = 'p'"[..], b"PK\x03\x04rubbish", b""] {
        let sheet = read("quote.xlsx", bytes);
        assert!(sheet.contract.is_none());
        assert_eq!(sheet.diagnostics[0].code, "S001");
    }
    let mut other = Workbook::new();
    other.add_worksheet().write_string(0, 0, "invoice").unwrap();
    assert_eq!(read("quote.xlsx", &other.save_to_buffer().unwrap()).diagnostics[0].code, "S001");
}

/// Workbooks that say something else of their sizes than they hold, and whose XML ends in the middle.
#[test]
fn hostile_workbooks_are_refused() {
    let with_terms = |xml: &[u8]| {
        let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut archive = zip::ZipArchive::new(Cursor::new(FORM.as_slice())).unwrap();
        for position in 0..archive.len() {
            let part = archive.by_index(position).unwrap();
            let name = part.name().unwrap().into_owned();
            if name.contains("worksheets/sheet") {
                written.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                written.write_all(xml).unwrap();
            } else {
                written.raw_copy_file(part).unwrap();
            }
        }
        written.finish().unwrap().into_inner()
    };
    let mut large = with_terms(&vec![b' '; 2 << 20]);
    let directory = (0..large.len() - 30).filter(|at| large[*at..].starts_with(b"PK\x01\x02")).collect::<Vec<_>>();
    for bytes in [large.clone(), with_terms(b"<worksheet><sheetData><row><c r=\"A1"), with_terms(b"")] {
        assert_eq!(read("quote.xlsx", &bytes).diagnostics[0].code, "S001");
    }
    for at in directory {
        large[at + 24..at + 28].copy_from_slice(&7u32.to_le_bytes());
    }
    assert_eq!(read("quote.xlsx", &large).diagnostics[0].code, "S001");
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    assert!(write(&case("phone-support")).unwrap() == write(&case("phone-support")).unwrap());
}

/// The texts of a row of the sheet `Program`, from the first column on.
fn program_row(form: &[u8], first: &str) -> Vec<String> {
    let sheets = longshore_workbook::read(form).unwrap();
    let program = sheets.iter().find(|sheet| sheet.name == "Program").unwrap();
    let text = |at: (u32, u32)| match program.cells.get(&at).and_then(|cell| cell.value.clone()) {
        Some(Value::Text(text)) => Some(text),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let row = (0..200).find(|row| text((*row, 0)).as_deref() == Some(first));
    let row = row.unwrap_or_else(|| panic!("no row `{first}`"));
    (0..40).map_while(|column| text((row, column))).collect()
}

#[test]
fn a_bidder_knows_channel_language_hours_and_target_of_each_queue() {
    let form = write(&case("dental-clinics")).unwrap();
    let head = program_row(&form, "Queue");
    let of = |queue: &str, what: &str| {
        let column = head.iter().position(|head| head == what).unwrap_or_else(|| panic!("no column `{what}`"));
        program_row(&form, queue)[column].clone()
    };
    let case = case("dental-clinics");
    for queue in &case.queues {
        assert_eq!(of(&queue.name, "Channel"), queue.channel.to_string());
        assert_eq!(of(&queue.name, "Language"), queue.language);
        assert_eq!(of(&queue.name, "Customers may reach out"), queue.open.written());
        assert_eq!(of(&queue.name, "within"), longshore_units::Milliseconds(queue.target.within_ms).to_string());
        let worked = queue.worked.as_ref().map(|worked| worked.written());
        assert_eq!(of(&queue.name, "Worked on"), worked.unwrap_or("as they come"));
    }
    let channels: BTreeSet<String> = case.queues.iter().map(|queue| of(&queue.name, "Channel")).collect();
    assert!(channels.contains("voice") && channels.contains("chat") && channels.contains("email"), "{channels:?}");
}

/// Customers to be called are told by month, as a number on a list: who calls and when is the bidder's.
#[test]
fn a_list_is_told_as_a_list() {
    let list = "[[queue]]\nname = 'win-back'\nchannel = 'voice'\nlanguage = 'en'\nhours = 'Mon-Fri 17:00-20:00'\n\
                list = { a_month = 2500, reached = '24%', attempts = 3 }\nhandle = { talk = { mean = '3m' } }\n";
    let mut folder = files("phone-support");
    let program = folder.files.iter_mut().find(|file| file.path == "program.toml").unwrap();
    program.text = Text::new("program.toml", format!("{}\n{list}", program.text.text));
    for file in folder.files.iter_mut().filter(|file| file.path == "today.toml" || file.path.starts_with("options/")) {
        let team = file.text.text.split("name = \"").nth(2).unwrap().split('"').next().unwrap().to_owned();
        let handles = format!("{}\n[[handles]]\nqueue = 'win-back'\nteam = '{team}'\n", file.text.text);
        file.text = Text::new(file.path.as_str(), handles);
    }
    let form = write(&read_case(&folder).0.unwrap()).unwrap();
    assert_eq!(program_row(&form, "win-back")[3], "called from a list, up to 3 times; 24% of attempts reach somebody");
    let months = program_row(&form, "win-back, customers to be called");
    assert_eq!(months[1..], ["2500"; 12]);
}
