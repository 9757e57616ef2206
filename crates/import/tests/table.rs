//! Tables of other kinds than contacts, each format, and files that are made to harm.

#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use longshore_contacts::{
    AgentState, Table, agent_rows, agent_time_rows, contact_rows, forecast_rows, leg_rows, outage_rows, rate_rows,
    reported_rows, schedule_rows,
};
use longshore_import::{ImportError, Input, Outbox, Reader, Reject, Said, Sink, Stream, TableReader, guess, mapping};
use longshore_units::Text;
use proptest::prelude::*;

/// What a reader gave.
#[derive(Default)]
struct Given {
    batches: Vec<(Table, RecordBatch)>,
    rejects: Vec<Reject>,
}

impl Sink for Given {
    fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.batches.push((table, batch));
        Ok(())
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.rejects.push(reject);
        Ok(())
    }
}

fn read(said: &str, stream: Stream<'_>) -> Result<Given, ImportError> {
    let (read, found) = mapping(&Text::new("mapping.toml", said), &Said::default(), true);
    assert_eq!(found, [], "{said}");
    let read = read.unwrap();
    let mut given = Given::default();
    let mut out = Outbox::new(&mut given);
    TableReader::new(read.origin, read.table.unwrap()).read(Input { name: "t", stream }, &mut out)?;
    Ok(given)
}

fn of_text(said: &str, text: &str) -> Given {
    read(said, Stream::Bytes(&mut text.as_bytes())).unwrap()
}

/// The rows of the one batch of a table.
macro_rules! rows {
    ($given:expr, $table:ident, $rows:ident) => {{
        let given = &$given;
        let [(Table::$table, batch)] = given.batches.as_slice() else { panic!("{:?}", given.batches) };
        $rows(batch).map(Result::unwrap).collect::<Vec<_>>()
    }};
}

const ORIGIN: &str =
    "[origin]\nsource = \"s\"\nprovider = \"Acme\"\nprogram = \"care\"\ntime_zone = \"America/New_York\"\n";

#[test]
fn agents_time() {
    let said = format!(
        "table = \"agent_time\"\ndates = \"D.M.YYYY\"\n{ORIGIN}[columns]\nagent = \"Name\"\nfrom = {{ date = \"Tag\", time = \"Von\" }}\n\
         until = {{ time = \"Bis\", near = \"from\" }}\nreason = \"Status\"\napproved = \"Ok\"\n\
         [columns.state]\ncolumn = \"Status\"\nwords = {{ Pause = \"break\", \"Schulung*\" = \"training\", \"*\" = \"available\" }}\n"
    );
    let text =
        "Name;Tag;Von;Bis;Status;Ok\nAnn;5.3.2027;23:50;0:10;Pause;ja\nAnn;6.3.2027;00:10;01:00;Schulung neu;no\n";
    let given = of_text(&said, text);
    assert_eq!(
        given.rejects.iter().map(|reject| (reject.line, reject.field.as_deref())).collect::<Vec<_>>(),
        [(2, Some("Ok"))]
    );
    let rows = rows!(of_text(&said, &text.replace("ja", "yes")), AgentTime, agent_time_rows);
    assert_eq!((rows[0].state, rows[1].state), (AgentState::Break, AgentState::Training));
    assert_eq!(rows[0].until.0 - rows[0].from.0, 20 * 60_000_000, "over midnight");
    assert_eq!(
        (rows[0].provider.as_str(), rows[0].reason.as_deref(), rows[0].approved),
        ("Acme", Some("Pause"), Some(true))
    );
}

#[test]
fn schedules_forecasts_and_outages() {
    let said = format!(
        "table = \"schedule\"\n{ORIGIN}[columns]\nfrom = \"From\"\nuntil = {{ from = \"from\", plus = \"30m\" }}\n\
         requested = {{ column = \"Hours\", unit = \"h\" }}\n"
    );
    let rows = rows!(of_text(&said, "From,Hours\n2027-03-05 09:00,4.5\n"), Schedule, schedule_rows);
    assert_eq!((rows[0].requested, rows[0].program.as_deref()), (Some(16_200_000), Some("care")));

    let said = format!(
        "table = \"forecast\"\nnumbers = \"1.234,5\"\n{ORIGIN}[columns]\nfrom = {{ date = \"Day\", at = \"00:00\" }}\n\
         until = {{ from = \"from\", plus = \"24h\" }}\ncontacts = \"Calls\"\nhandle = \"AHT\"\n"
    );
    // No such example: 1.234,5 lacks a digit.
    assert!(mapping(&Text::new("m", said.as_str()), &Said::default(), true).0.is_none());
    let said = said.replace("1.234,5\"", "1.234,56\"");
    let rows = rows!(of_text(&said, "Day;Calls;AHT\n2027-03-05;1.204,5;4:10\n"), Forecast, forecast_rows);
    assert_eq!((rows[0].contacts.to_string().as_str(), rows[0].handle), ("1204.5", Some(250_000)));
    assert_eq!(rows[0].program, "care");

    let said = format!(
        "table = \"outages\"\n{ORIGIN}[columns]\nfrom = \"From\"\nuntil = \"To\"\nwhat = {{ value = \"telephone\" }}\n"
    );
    let given = of_text(&said, "From,To\n2027-03-05 09:00,\n2027-03-05 10:00,2027-03-05 09:00\n");
    assert_eq!(given.rejects[0].reason, "lies before `from`");
    assert_eq!(rows!(given, Outages, outage_rows)[0].until, None);
}

#[test]
fn registers_rates_and_reports_need_no_clock() {
    let said = "table = \"agents\"\ndates = \"MM/DD/YYYY\"\n[columns]\nagent = \"ID\"\nprovider = \"Firm\"\nhired = \"Hired\"\nleft = \"Left\"\n";
    let rows = rows!(of_text(said, "ID\tFirm\tHired\tLeft\n7\tAcme\t03/05/2027\t\n"), Agents, agent_rows);
    assert_eq!((rows[0].hired.to_string().as_str(), rows[0].left), ("2027-03-05", None));
    let said = "table = \"rates\"\n[columns]\nwhat = { value = \"USD/PHP\" }\ndate = \"date\"\nvalue = \"rate\"\n";
    let given = of_text(said, "date,rate\n2027-03-05,58.25\n2027-03-06,0\n2027-03-07,1.0000000000001\n");
    assert_eq!(given.rejects.len(), 2, "{:?}", given.rejects);
    assert_eq!(rows!(given, Rates, rate_rows)[0].value.to_string(), "58.25");
    let said = "table = \"reported\"\n[origin]\nsource = \"s\"\nprovider = \"Acme\"\n[columns]\nwhat = \"Item\"\ndate = \"Day\"\n\
        quantity = \"N\"\namount = \"USD\"\ncurrency = { value = \"USD\" }\n";
    let rows = rows!(of_text(said, "Item,Day,N,USD\npostage,2027-03-05,12,\"1,204.50\"\n"), Reported, reported_rows);
    assert_eq!(rows[0].amount.unwrap().to_string(), "1204.5");
}

#[test]
fn legs_by_themselves() {
    let said = format!(
        "table = \"legs\"\n{ORIGIN}[queue.es]\nlanguage = \"es\"\n[columns]\ncontact_id = \"Call\"\nleg = \"Leg\"\nqueue = \"Queue\"\nagent = \"Agent\"\n"
    );
    let rows = rows!(of_text(&said, "Call,Leg,Queue,Agent\n1,1,es,ann\n1,2,en,bob\n"), Legs, leg_rows);
    assert_eq!(
        rows.iter().map(|leg| (leg.leg, leg.language.as_deref())).collect::<Vec<_>>(),
        [(1, Some("es")), (2, None)]
    );
}

/// Files of other tools have columns of other names and types.
#[test]
fn parquet_of_another_tool() {
    let said = format!(
        "table = \"contacts\"\n{ORIGIN}[columns]\ncontact_id = \"id\"\noffered_at = \"utc\"\nanswered_at = \"local\"\n\
         wait = {{ column = \"wait_ms\", unit = \"ms\" }}\ntalk = \"talk\"\n"
    );
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from(vec![1, 2]))),
        ("other", Arc::new(StringArray::from(vec!["x", "y"]))),
        ("utc", Arc::new(TimestampMicrosecondArray::from(vec![1_800_000_000_000_000; 2]).with_timezone("UTC"))),
        ("local", Arc::new(TimestampMicrosecondArray::from(vec![Some(1_799_982_005_000_000), None]))),
        ("wait_ms", Arc::new(Float64Array::from(vec![Some(5000.0), Some(f64::NAN)]))),
        ("talk", Arc::new(Float64Array::from(vec![90.5, 0.0]))),
    ];
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
            .unwrap();
    let mut bytes = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let given = read(&said, Stream::Seekable(Box::new(Cursor::new(bytes.clone())))).unwrap();
    let rows = rows!(given, Contacts, contact_rows);
    assert_eq!(given.rejects, []);
    assert_eq!((rows[0].contact_id.as_str(), rows[0].wait, rows[0].talk), ("1", Some(5000), Some(90_500)));
    assert_eq!(rows[0].answered_at.unwrap().0 - rows[0].offered_at.unwrap().0, 5_000_000, "a reading in New York");
    assert_eq!((rows[1].wait, rows[1].answered_at), (None, None));
    // It is read from its end: a stream of it is refused.
    assert!(matches!(read(&said, Stream::Bytes(&mut &bytes[..])), Err(ImportError::WrongFormat { .. })));
    for cut in [8, bytes.len() / 2, bytes.len() - 1] {
        let cut = Stream::Seekable(Box::new(Cursor::new(bytes[..cut].to_vec())));
        assert!(matches!(read(&said, cut), Err(ImportError::Damaged { .. })));
    }
}

#[test]
fn columns_without_titles_are_called_by_letters() {
    let said = format!(
        "table = \"contacts\"\ntitles = false\nseparator = \"|\"\n{ORIGIN}[columns]\ncontact_id = \"B\"\nqueue = \"A\"\n"
    );
    let rows = rows!(of_text(&said, "care|1\nsales|2\n"), Contacts, contact_rows);
    assert_eq!(rows.iter().map(|row| row.first_queue.as_deref().unwrap()).collect::<Vec<_>>(), ["care", "sales"]);
}

#[test]
fn totals_are_skipped_and_missing_identifiers_rejected() {
    let said = format!(
        "table = \"contacts\"\nskip = {{ Call = \"Tot*\" }}\n{ORIGIN}[columns]\ncontact_id = \"Call\"\nwait = \"W\"\n"
    );
    let given = of_text(&said, "Call,W\n1,5\n,6\nTotal,11\n");
    assert_eq!((given.rejects.len(), given.rejects[0].line), (1, 3));
    assert_eq!(rows!(given, Contacts, contact_rows).len(), 1);
}

#[test]
fn a_file_of_which_nothing_reads_is_another_format() {
    let said = format!("table = \"contacts\"\n{ORIGIN}[columns]\ncontact_id = \"Call\"\nwait = \"W\"\n");
    let text = format!("Call,W\n{}", "x,soon\n".repeat(150));
    let error = read(&said, Stream::Bytes(&mut text.as_bytes())).err().unwrap();
    assert!(matches!(&error, ImportError::WrongFormat { reason } if reason.contains("line 2, `W`")), "{error}");
}

#[test]
fn lines_without_end_cost_a_row_and_no_memory() {
    let said = format!("table = \"contacts\"\n{ORIGIN}[columns]\ncontact_id = \"Call\"\nwait = \"W\"\n");
    let long = "x".repeat(3 << 20);
    let given = of_text(&said, &format!("Call,W\n1,5\n{long}\n2,\"{}\n3,6\n", "y".repeat(10)));
    assert_eq!(given.rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(), [3, 4], "{:?}", given.rejects);
    assert_eq!(rows!(given, Contacts, contact_rows).len(), 2);
}

const BANK: &str = include_str!("../../../specs/import/bank-1999.toml");

fn cell() -> BoxedStrategy<String> {
    prop_oneof![
        "[0-9]{1,4}",
        "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]",
        "99020[0-9]",
        "AGENT|HANG|PHANTOM",
        "\\PC{0,6}",
        "[\"\\t,;\n]{1,3}"
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Every row of a table comes out, or is a reject: none is lost.
    #[test]
    fn rows_come_or_are_rejected(rows in prop::collection::vec(prop::collection::vec("[0-9:]{1,8}|AGENT|HANG|0:00:00|990201", 17), 0..40)) {
        let titles = "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\tser_start\tser_exit\tser_time\tserver";
        let text = rows.iter().fold(titles.to_owned(), |text, row| text + "\n" + &row.join("\t"));
        let given = of_text(BANK, &text);
        let contacts: usize = given.batches.iter().filter(|(table, _)| *table == Table::Contacts).map(|(_, batch)| batch.num_rows()).sum();
        prop_assert_eq!(contacts + given.rejects.len(), rows.len());
    }

    /// No text makes the reader or the guess panic, and what is proposed reads.
    #[test]
    fn any_text_will_do(rows in prop::collection::vec(prop::collection::vec(cell(), 0..6), 0..12), separator in "[\t,;|]") {
        let text = rows.iter().map(|row| row.join(&separator)).collect::<Vec<_>>().join("\n");
        let _ = read(BANK, Stream::Bytes(&mut text.as_bytes()));
        let mut stream = text.as_bytes();
        if let Ok(proposed) = guess(Input { name: "t", stream: Stream::Bytes(&mut stream) }) {
            let (mapping, found) = mapping(&Text::new("proposed.toml", proposed.as_str()), &Said::default(), true);
            prop_assert!(mapping.is_some() && found.is_empty(), "{}\n{:?}", proposed, found);
        }
    }

    /// No text makes a mapping panic, and what is wrong in it stands in it.
    #[test]
    fn any_mapping_will_do(at in 0..BANK.len(), length in 0..30usize, with in "\\PC{0,8}|[\\[\\]{}=\",.\n]{0,6}") {
        let end = (at + length).min(BANK.len());
        let said = format!("{}{with}{}", &BANK[..at], &BANK[end..]);
        let (read, found) = mapping(&Text::new("mapping.toml", said.as_str()), &Said::default(), true);
        prop_assert_eq!(read.is_none(), found.iter().any(|found| found.is_error()));
        for found in &found {
            prop_assert!(said.get(found.primary.span.clone()).is_some(), "{:?}", found);
        }
    }
}
