//! Proposed mappings read without a finding, and read the file that they were made from.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

mod kept;

use arrow_array::RecordBatch;
use kept::{import, shared};
use longshore_contacts::{IntervalRow, Outcome, Table, interval_rows};
use longshore_import::{
    ImportError, Input, Mapping, Outbox, Reader, Reject, Said, Sink, Stream, TableReader, guess, mapping,
};
use longshore_units::Text;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn proposed(name: &str, bytes: &[u8]) -> (String, Mapping) {
    let mut stream = bytes;
    let text = guess(Input { name, stream: Stream::Bytes(&mut stream) }).unwrap();
    let (mapping, found) = mapping(&Text::new("guess.toml", text.as_str()), &Said::default(), true);
    assert_eq!(found, [], "{text}");
    (text, mapping.unwrap())
}

fn reader(mapping: Mapping) -> TableReader {
    TableReader::new(mapping.origin, mapping.table.unwrap())
}

#[test]
fn a_vendor_s_call_log() {
    let log = "Call ID,Timestamp,Skill,Agent Name,Disposition,ANI,Queue Wait Time,Talk Time,Hold Time,After Call Work Time,Cost\n\
        7,3/14/2027 09:00:05,Sales,ann,Handled,5550100001,00:00:20,00:03:00,00:00:10,00:00:30,0.1\n\
        8,3/14/2027 09:05:00,Sales,,Abandoned,5550100002,00:00:45,00:00:00,00:00:00,00:00:00,0.1\n";
    let (text, mapping) = proposed("logs/march.csv", log.as_bytes());
    assert!(text.contains("source = \"march\"   # unsure"), "{text}");
    assert!(text.contains("dates = \"M/D/YYYY\"\n"), "{text}");
    assert!(text.ends_with("# not used: \"Cost\"\n"), "{text}");
    let (kept, _) = import(&mut reader(mapping), &[log.as_bytes()]).unwrap();
    assert_eq!(kept.rejects, []);
    let (first, second) = (kept.contact("7"), kept.contact("8"));
    assert_eq!((first.outcome, second.outcome), (Some(Outcome::Answered), Some(Outcome::Abandoned)));
    assert_eq!(first.answered_at.unwrap().to_string(), "2027-03-14T09:00:25Z");
    assert_eq!(
        (first.wait, first.talk, first.hold, first.wrap),
        (Some(20_000), Some(180_000), Some(10_000), Some(30_000))
    );
    assert_eq!((first.first_queue.as_deref(), second.answered_at), (Some("Sales"), None));
    assert_eq!(kept.legs_of("7")[0].agent.as_deref(), Some("ann"));
}

#[test]
fn a_spanish_workbook_with_rows_above_its_titles() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Llamadas").unwrap();
    sheet.write(0, 0, "Informe de marzo").unwrap();
    for (column, title) in ["ID llamada", "Inicio", "Cola", "Espera", "Conversación", "Resultado"].iter().enumerate() {
        sheet.write(2, column as u16, *title).unwrap();
    }
    let (moment, span) =
        (Format::new().set_num_format("dd/mm/yyyy hh:mm:ss"), Format::new().set_num_format("[h]:mm:ss"));
    for row in 0..5u32 {
        let at = ExcelDateTime::from_ymd(2027, 3, 14).unwrap().and_hms(9, row as u8, 0).unwrap();
        sheet.write(3 + row, 0, f64::from(row)).unwrap();
        sheet.write_with_format(3 + row, 1, &at, &moment).unwrap();
        sheet.write(3 + row, 2, "Ventas").unwrap();
        sheet.write_with_format(3 + row, 3, 20.0 / 86_400.0, &span).unwrap();
        sheet.write_with_format(3 + row, 4, 200.0 / 86_400.0, &span).unwrap();
        sheet.write(3 + row, 5, if row == 4 { "Perdida" } else { "Atendida" }).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let (text, mapping) = proposed("informe.xlsx", &bytes);
    assert!(text.contains("sheet = \"Llamadas\""), "{text}");
    let (kept, _) = import(&mut reader(mapping), &[&bytes]).unwrap();
    assert_eq!((kept.rejects.len(), kept.contacts.len()), (0, 5), "{text}{:?}", kept.rejects);
    let first = kept.contact("0");
    assert_eq!((first.wait, first.talk, first.outcome), (Some(20_000), Some(200_000), Some(Outcome::Answered)));
    assert_eq!(first.offered_at.unwrap().to_string(), "2027-03-14T09:00:00Z");
    assert_eq!(kept.contact("4").outcome, Some(Outcome::Abandoned));
}

/// What reads counts by interval.
#[derive(Default)]
struct Counts(Vec<IntervalRow>, u64);

impl Sink for Counts {
    fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        assert_eq!(table, Table::Intervals);
        self.0.extend(interval_rows(&batch).map(Result::unwrap));
        Ok(())
    }

    fn reject(&mut self, _: Reject) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.1 += 1;
        Ok(())
    }
}

#[test]
fn counts_of_a_bank_by_five_minutes() {
    let Some(bytes) = shared("datasets/bank_calls_5min.csv") else { return };
    let (text, mapping) = proposed("bank_calls_5min.csv", &bytes);
    assert!(text.contains("until = { from = \"from\", plus = \"5m\" }"), "{text}");
    let mut counts = Counts::default();
    let mut out = Outbox::new(&mut counts);
    let mut stream = &bytes[..];
    reader(mapping).read(Input { name: "bank", stream: Stream::Bytes(&mut stream) }, &mut out).unwrap();
    out.flush().unwrap();
    let plain: i64 = String::from_utf8(bytes)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.rsplit(',').next().unwrap().parse::<i64>().unwrap())
        .sum();
    assert_eq!((counts.0.len(), counts.1), (10_140, 0));
    assert_eq!(counts.0.iter().map(|row| row.offered).sum::<i64>(), plain);
    assert!(counts.0.iter().all(|row| row.until.0 - row.from.0 == 300_000_000));
}

#[test]
fn the_bank_s_log_of_1999_is_proposed_for() {
    let Some(bytes) = shared("datasets/bank_call_log_1999_02_first_half.tsv") else { return };
    let (text, _) = proposed("bank.tsv", &bytes);
    for line in [
        "contact_id = \"call_id\"",
        "dates = \"YYMMDD\"",
        "agent = \"server\"",
        "AGENT = \"answered\"",
        "\"HANG\" = \"abandoned\"",
    ] {
        assert!(text.replace("\"AGENT\"", "AGENT").contains(line), "{line}: {text}");
    }
}

#[test]
fn what_is_no_table_is_refused() {
    for bytes in ["", "1,2\n3,4\n", "\n\n\n", "\u{0}\u{1}"] {
        let mut stream = bytes.as_bytes();
        let error = guess(Input { name: "x.csv", stream: Stream::Bytes(&mut stream) }).unwrap_err();
        assert!(matches!(error, ImportError::WrongFormat { .. }), "{bytes:?}: {error}");
    }
}

/// Whatever stands in a file, what is proposed reads.
#[test]
fn titles_with_quotes_and_signs_are_proposed_as_they_are() {
    let log = "\"Call \"\"ID\"\"\",Start,\"a\\b\",Outcome\nx,2027-01-01 10:00,1,\"say \"\"yes\"\"\"\n";
    let (text, _) = proposed("dir\\a\"b.csv", log.as_bytes());
    assert!(text.contains(r#"contact_id = "Call \"ID\"""#), "{text}");
}
