//! The workbook that a buyer sends to bidders.

use longshore_business_case::BusinessCase;
use longshore_units::Milliseconds;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::form::{Column, Kind, MARK, PRICE_ROW, PRICES, Question, SURCHARGE_ROW, SURCHARGES, TABLE_ROWS, TERMS};
use crate::program::program;

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The library refused a cell or a sheet.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The case's months lie outside the years that calendars can show.
    #[error("the case's months lie outside the years that calendars can show")]
    Years,
}

/// The bytes of the workbook for a case: what is needed, what is to be quoted, and what each term means.
pub fn write(case: &BusinessCase) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    // The same case gives the same bytes: no clock is asked when it was written.
    let written = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&case.name).set_creation_datetime(&written));
    let looks = Looks::new();
    read_me(workbook.add_worksheet(), case, &looks)?;
    program(workbook.add_worksheet(), case, &looks)?;
    table(workbook.add_worksheet(), "Prices", PRICE_ROW, &PRICES, &queue_names(case), &looks)?;
    table(workbook.add_worksheet(), "Surcharges", SURCHARGE_ROW, &SURCHARGES, &[], &looks)?;
    terms(workbook.add_worksheet(), case, &looks)?;
    Ok(workbook.save_to_buffer()?)
}

/// How cells look.
pub(crate) struct Looks {
    pub title: Format,
    pub head: Format,
    pub text: Format,
    pub small: Format,
    pub number: Format,
    answer: Format,
}

impl Looks {
    fn new() -> Looks {
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Looks {
            title: Format::new().set_bold().set_font_size(15),
            head: Format::new().set_bold().set_background_color(Color::RGB(0xE7ECEF)).set_text_wrap(),
            small: text.clone().set_font_color(Color::RGB(0x5B6770)).set_italic(),
            number: Format::new().set_num_format("#,##0"),
            // Text, so that a spreadsheet leaves what is typed as it is typed.
            answer: Format::new()
                .set_num_format("@")
                .set_background_color(Color::RGB(0xFFF8E1))
                .set_border(FormatBorder::Hair)
                .set_unlocked(),
            text,
        }
    }
}

const READ_ME: &[&str] = &[
    "Fill in the yellow cells of `Terms`, `Prices` and `Surcharges`. What you leave empty is not offered, or not agreed.",
    "Write numbers with a point and without separators: 1234.50. All amounts are in the currency of `Terms`. Write percentages with their sign: 25%. Write days as 2027-01-31 and spans of time as 30s, 4m10s, 90 days.",
    "One row of `Prices` is one line of your invoice. Several rows of one name are its prices by volume.",
    "A minute is what you say it is: choose in `Billed time` which parts of a contact it holds, and in which steps it is billed. Offers are compared on the same contacts, with these steps.",
    "The price of a minute, an hour or a month of an agent holds everything: pay, management, support, rooms and tools. What you bill beside it is a row of its own.",
    "A minimum, a discount, indexation and credits are on the lines that are priced by quantity. Where you quote monthly amounts alone, they are on those.",
    "The sheet `Program` says what is needed. Volumes are expectations, not promises.",
    "Return the workbook as .xlsx. Please do not delete the hidden first column.",
];

fn read_me(sheet: &mut Worksheet, case: &BusinessCase, looks: &Looks) -> Result<(), WriteError> {
    sheet.set_name("Read me")?.set_column_width(0, 3)?.set_column_width(1, 100)?;
    // The mark stands where nobody looks for it.
    sheet.write_string_with_format(0, 0, MARK, &Format::new().set_font_color(Color::White))?;
    sheet.write_string_with_format(0, 1, format!("Request for a quote: {}", case.name), &looks.title)?;
    for (row, words) in (2..).zip(READ_ME) {
        sheet.write_string_with_format(row, 1, *words, &looks.text)?;
    }
    Ok(())
}

fn queue_names(case: &BusinessCase) -> Vec<&str> {
    case.queues.iter().map(|queue| queue.name.as_str()).collect()
}

/// A list to choose from. The library refuses one longer than spreadsheets take.
fn list(words: &[&str]) -> Option<DataValidation> {
    DataValidation::new().allow_list_strings(words).ok().map(|list| list.show_error_message(false))
}

/// A table whose rows a bidder fills in.
fn table(
    sheet: &mut Worksheet,
    name: &str,
    key: &str,
    columns: &[Column],
    queues: &[&str],
    looks: &Looks,
) -> Result<(), WriteError> {
    sheet.set_name(name)?.set_column_hidden(0)?;
    for (position, column) in (1u16..).zip(columns) {
        sheet.set_column_width(position, column.width)?;
        sheet.write_string_with_format(0, position, column.head, &looks.head)?;
        sheet.write_string_with_format(1, position, column.help, &looks.small)?;
        let words = match column.kind {
            Kind::OneOf(words) => words,
            _ if column.head == "Queues" => queues,
            _ => &[],
        };
        if let Some(list) = list(words).filter(|_| !words.is_empty()) {
            sheet.add_data_validation(2, position, TABLE_ROWS + 1, position, &list)?;
        }
    }
    for row in 2..TABLE_ROWS + 2 {
        sheet.write_string(row, 0, key)?;
        for position in (1u16..).take(columns.len()) {
            sheet.write_blank(row, position, &looks.answer)?;
        }
    }
    sheet.set_freeze_panes(2, 2)?;
    Ok(())
}

fn terms(sheet: &mut Worksheet, case: &BusinessCase, looks: &Looks) -> Result<(), WriteError> {
    sheet.set_name("Terms")?.set_column_hidden(0)?;
    sheet.set_column_width(1, 46)?.set_column_width(2, 24)?.set_column_width(3, 22)?.set_column_width(4, 70)?;
    for (column, words) in [(1, "What is asked"), (2, "Your answer"), (3, "For example"), (4, "What it means")] {
        sheet.write_string_with_format(0, column, words, &looks.head)?;
    }
    let mut row = 1;
    for (heading, questions) in TERMS {
        row += 1;
        sheet.write_string_with_format(row, 1, *heading, &looks.head)?;
        for question in *questions {
            row += 1;
            sheet.write_string(row, 0, question.key)?;
            sheet.write_string_with_format(row, 1, question.ask, &looks.text)?;
            match asked(question, case) {
                Some(answer) => sheet.write_string_with_format(row, 2, answer, &looks.answer)?,
                None => sheet.write_blank(row, 2, &looks.answer)?,
            };
            sheet.write_string_with_format(row, 3, question.like, &looks.small)?;
            sheet.write_string_with_format(row, 4, question.help, &looks.text)?;
            let words: &[&str] = match question.kind {
                Kind::OneOf(words) => words,
                Kind::Flag => &["yes", "no"],
                _ => &[],
            };
            if let Some(list) = list(words).filter(|_| !words.is_empty()) {
                sheet.add_data_validation(row, 2, row, 2, &list)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// What the buyer asks for, written into the form: a bidder may answer otherwise.
fn asked(question: &Question, case: &BusinessCase) -> Option<String> {
    let target = case.queues.first().map(|queue| queue.target);
    Some(match question.key {
        "currency" => case.currency.to_string(),
        "time_zone" => case.zone.name().to_owned(),
        "counted_at" => "offered".to_owned(),
        "starts" => case.decide.starts.to_string(),
        "ends" => case.decide.last_day().to_string(),
        "round.at" => "line".to_owned(),
        "round.to" => format!(
            "{}",
            longshore_units::Rounding::to_minor_unit(case.currency, longshore_units::RoundHow::HalfUp).to()
        ),
        "round.how" => "half-up".to_owned(),
        "sla.target" => format!("{:.0}%", target?.share * 100.0),
        "sla.threshold" => Milliseconds(target?.within_ms).to_string(),
        "records.raw_access" => "yes".to_owned(),
        "records.retention" => "13 months".to_owned(),
        _ => return None,
    })
}
