//! The answer as a workbook: figures as numbers, totals as formulas that stay live when a figure is changed.

mod figures;

use longshore_compare::{Comparison, DearClause, Effect, OptionSummary};
use longshore_contract::Bears;
use longshore_units::{Money, Month};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError, utility,
};

use crate::answer::{Answer, asked, parts_shown, reasons};
use crate::grid::Grid;

/// The bytes of a workbook: the answer in words, the options, the parts and months of cost with live totals, service,
/// charges, uncertain figures and every assumption.
///
/// # Errors
/// If the library refuses a cell or a sheet: a mistake of this crate.
pub fn workbook(answer: &Answer, comparison: &Comparison, clauses: &[DearClause]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same case gives the same bytes: no clock is asked when it was written.
    let written = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&answer.name).set_creation_datetime(&written));
    let looks = Looks::new();
    let mut book = Book { workbook: &mut workbook, looks: &looks, answer, comparison };
    book.words()?;
    book.options()?;
    book.parts()?;
    book.months()?;
    book.cash()?;
    book.service()?;
    book.service_months()?;
    if let Some((providers, _)) = &answer.providers {
        book.texts("providers-heading", providers)?;
    }
    book.charges()?;
    book.prices()?;
    book.clauses(clauses)?;
    book.uncertain()?;
    book.assumptions()?;
    workbook.save_to_buffer()
}

struct Looks {
    title: Format,
    head: Format,
    text: Format,
    money: Format,
    /// More or less by so much.
    swing: Format,
    total: Format,
    /// A price of a unit.
    price: Format,
    /// A share in percent.
    share: Format,
}

impl Looks {
    fn new() -> Looks {
        let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Looks {
            title: Format::new().set_bold().set_font_size(14),
            head: Format::new().set_bold().set_background_color(Color::RGB(0xE7ECEF)).set_text_wrap(),
            money: Format::new().set_num_format("#,##0.00"),
            swing: Format::new().set_num_format("±#,##0.00"),
            share: Format::new().set_num_format("0.0%"),
            price: Format::new().set_num_format("#,##0.00##"),
            total: Format::new().set_num_format("#,##0.00").set_bold(),
            text,
        }
    }
}

struct Book<'b> {
    workbook: &'b mut Workbook,
    looks: &'b Looks,
    answer: &'b Answer,
    comparison: &'b Comparison,
}

impl Book<'_> {
    /// What a sheet is called by the message that names it: at most 31 characters and none of `[]:*?/\`.
    fn name(&self, id: &str) -> String {
        self.answer.heading(id).chars().filter(|c| !"[]:*?/\\¿".contains(*c)).take(31).collect()
    }

    /// A sheet by the message that names it.
    fn sheet(&mut self, id: &str) -> Result<&mut Worksheet, XlsxError> {
        let name = self.name(id);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(name)?;
        Ok(sheet)
    }

    fn words(&mut self) -> Result<(), XlsxError> {
        let (looks, answer) = (self.looks, self.answer);
        let sheet = self.sheet("sheet-answer")?;
        sheet.set_column_width(0, 120)?;
        let mut row = 0;
        let mut line = |sheet: &mut Worksheet, text: &str, format: &Format| -> Result<(), XlsxError> {
            sheet.write_string_with_format(row, 0, text, format)?;
            row += 1;
            Ok(())
        };
        line(sheet, &answer.name, &looks.title)?;
        line(sheet, &answer.basis, &looks.text)?;
        let why: Vec<String> = answer
            .why
            .iter()
            .flat_map(|reason| {
                let first = format!("{}. {} ({}): {}", reason.rank, reason.name, reason.option, reason.why);
                let first = std::iter::once(first).chain(reason.beside_next.clone());
                first.chain(reason.minds.iter().map(|mind| format!("    {mind}")))
            })
            .collect();
        let next: Vec<String> = answer.next.iter().map(|(command, what)| format!("{command}   {what}")).collect();
        let of_no_provider: Vec<String> = answer.providers.iter().filter_map(|(_, of_none)| of_none.clone()).collect();
        let sections: [(&str, &[String]); 7] = [
            ("who-heading", &answer.who),
            ("options-heading", &answer.excluded),
            ("why-heading", &why),
            ("flips-heading", &answer.flips),
            ("negotiate-heading", &answer.negotiate),
            ("providers-heading", &of_no_provider),
            ("next-heading", &next),
        ];
        for (heading, lines) in sections.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            line(sheet, "", &looks.text)?;
            line(sheet, &answer.heading(heading), &looks.head)?;
            for text in lines {
                line(sheet, text, &looks.text)?;
            }
        }
        Ok(())
    }

    /// A table as it is shown.
    fn texts(&mut self, id: &str, grid: &Grid) -> Result<(), XlsxError> {
        let looks = self.looks;
        let sheet = self.sheet(id)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0u16..).zip(&grid.header) {
            sheet.set_column_width(column, if usize::from(column) < grid.left { 28 } else { 16 })?;
            sheet.write_string_with_format(0, column, head, &looks.head)?;
        }
        for (row, cells) in (1u32..).zip(&grid.rows) {
            for (column, cell) in (0u16..).zip(cells) {
                sheet.write_string_with_format(row, column, cell, &looks.text)?;
            }
        }
        Ok(())
    }

    /// The parts of each option's cost, with totals that are formulas.
    fn parts(&mut self) -> Result<(), XlsxError> {
        let (looks, answer, comparison) = (self.looks, self.answer, self.comparison);
        let parts = parts_shown(comparison);
        let sheet = self.sheet("money-heading")?;
        sheet.set_freeze_panes(1, 1)?.set_column_width(0, 28)?;
        sheet.write_string_with_format(0, 0, answer.heading("head-option"), &looks.head)?;
        for (column, part) in (1u16..).zip(&parts) {
            sheet.set_column_width(column, 16)?;
            sheet.write_string_with_format(0, column, answer.heading(reasons::part_head(*part)), &looks.head)?;
        }
        let last = parts.len() as u16;
        sheet.set_column_width(last + 1, 16)?;
        sheet.write_string_with_format(0, last + 1, answer.heading("head-total"), &looks.head)?;
        for (row, option) in (1u32..).zip(&comparison.options) {
            sheet.write_string(row, 0, &option.option)?;
            for (column, part) in (1u16..).zip(&parts) {
                sheet.write_number_with_format(row, column, number(option.part(*part)), &looks.money)?;
            }
            let total = sum((row, 1), (row, last), number(option.cost.mean));
            sheet.write_formula_with_format(row, last + 1, total, &looks.total)?;
        }
        Ok(())
    }

    /// What each option costs by month.
    fn months(&mut self) -> Result<(), XlsxError> {
        let cost = |option: &OptionSummary| (option.cost_by_month.clone(), option.cost.mean);
        self.by_month("months-heading", &self.comparison.calendar.clone(), cost)
    }

    /// What is paid for each option by month, months before and after the horizon among them.
    fn cash(&mut self) -> Result<(), XlsxError> {
        let months = self.comparison.months_of_payment();
        let paid = |option: &OptionSummary| {
            let none = Money { minor: 0, currency: option.cost.mean.currency };
            let of = |month: &Month| option.cash_by_month.iter().find(|paid| paid.month == *month);
            let amounts = months.iter().map(|month| of(month).map_or(none, |paid| paid.amount)).collect();
            let total = Money { minor: option.cost.mean.minor + option.deposits.minor, currency: none.currency };
            (amounts, total)
        };
        self.by_month("cash-heading", &months, paid)
    }

    /// Amounts of each option by month, with totals that are formulas.
    fn by_month(
        &mut self,
        heading: &str,
        months: &[Month],
        amounts: impl Fn(&OptionSummary) -> (Vec<Money>, Money),
    ) -> Result<(), XlsxError> {
        let (looks, answer, comparison) = (self.looks, self.answer, self.comparison);
        let sheet = self.sheet(heading)?;
        sheet.set_freeze_panes(1, 1)?.set_column_width(0, 12)?;
        sheet.write_string_with_format(0, 0, answer.heading("head-month"), &looks.head)?;
        for (row, month) in (1u32..).zip(months) {
            sheet.write_string(row, 0, month.to_string())?;
        }
        let last = months.len() as u32;
        sheet.write_string_with_format(last + 1, 0, answer.heading("head-total"), &looks.head)?;
        for (column, option) in (1u16..).zip(&comparison.options) {
            sheet.set_column_width(column, 18)?;
            sheet.write_string_with_format(0, column, &option.option, &looks.head)?;
            let (amounts, total) = amounts(option);
            for (row, amount) in (1u32..).zip(amounts) {
                sheet.write_number_with_format(row, column, number(amount), &looks.money)?;
            }
            sheet.write_formula_with_format(
                last + 1,
                column,
                sum((1, column), (last, column), number(total)),
                &looks.total,
            )?;
        }
        Ok(())
    }

    /// The service level of each queue by month, and the lowest, a formula.
    fn service_months(&mut self) -> Result<(), XlsxError> {
        let (looks, answer, comparison) = (self.looks, self.answer, self.comparison);
        let sheet = self.sheet("service-months-heading")?;
        sheet.set_freeze_panes(1, 4)?.set_column_width(0, 28)?.set_column_width(1, 28)?;
        for (column, id) in (0u16..).zip(["head-option", "head-queue", "head-target", "head-worst-month"]) {
            sheet.write_string_with_format(0, column, answer.heading(id), &looks.head)?;
        }
        for (column, month) in (4u16..).zip(&comparison.calendar) {
            sheet.write_string_with_format(0, column, month.to_string(), &looks.head)?;
        }
        let last = 3 + comparison.calendar.len() as u16;
        let queues = comparison.options.iter().flat_map(|option| {
            option.queues.iter().filter_map(move |queue| Some((option, queue, queue.worst_month()?)))
        });
        for (row, (option, queue, worst)) in (1u32..).zip(queues) {
            sheet.write_string(row, 0, &option.option)?.write_string(row, 1, &queue.queue)?;
            sheet.write_number_with_format(row, 2, queue.target, &looks.share)?;
            let lowest = Formula::new(format!("=MIN({})", utility::cell_range(row, 4, row, last)));
            let lowest = lowest.set_result(worst.service_level.to_string());
            sheet.write_formula_with_format(row, 3, lowest, &looks.share)?;
            for (column, month) in (4u16..).zip(&comparison.calendar) {
                if let Some(level) = queue.months.iter().find(|level| level.month == *month) {
                    sheet.write_number_with_format(row, column, level.service_level, &looks.share)?;
                }
            }
        }
        Ok(())
    }

    /// What contracts bill and what is paid beside them, line by line.
    fn charges(&mut self) -> Result<(), XlsxError> {
        let (looks, answer, comparison) = (self.looks, self.answer, self.comparison);
        let sheet = self.sheet("sheet-charges")?;
        sheet.set_freeze_panes(1, 0)?.set_column_width(0, 28)?.set_column_width(1, 40)?;
        let heads = ["head-option", "head-what", "head-value", "head-total"];
        for (column, id) in (0u16..).zip(heads) {
            sheet.write_string_with_format(0, column, answer.heading(id), &looks.head)?;
        }
        sheet.set_column_width(2, 24)?.set_column_width(3, 18)?;
        let mut row = 1;
        for option in &comparison.options {
            for (what, value, amount) in lines(option) {
                sheet.write_string(row, 0, &option.option)?.write_string(row, 1, what)?.write_string(row, 2, value)?;
                sheet.write_number_with_format(row, 3, number(amount), &looks.money)?;
                row += 1;
            }
        }
        Ok(())
    }

    /// What quotes ask, beside what it should cost, and below it what that is made of: figures as numbers.
    fn prices(&mut self) -> Result<(), XlsxError> {
        let (looks, answer, comparison) = (self.looks, self.answer, self.comparison);
        if answer.prices.rows.is_empty() {
            return Ok(());
        }
        let sheet = self.sheet("sheet-prices")?;
        let widths = [24, 30, 44, 30, 14, 14, 14, 14, 14];
        for (column, width) in (0u16..).zip(widths) {
            sheet.set_column_width(column, width)?;
        }
        let heads = [
            "head-option",
            "head-charge",
            "head-drivers",
            "head-unit",
            "head-price",
            "head-from",
            "head-to",
            "head-market",
            "head-difference",
        ];
        for (column, id) in (0u16..).zip(heads) {
            sheet.write_string_with_format(0, column, answer.heading(id), &looks.head)?;
        }
        let mut row = 1;
        for ((_, asked), cells) in asked::all(comparison).zip(&answer.prices.rows) {
            for (column, cell) in (0u16..).zip(&cells[..answer.prices.left]) {
                sheet.write_string_with_format(row, column, cell, &looks.text)?;
            }
            for (column, figure) in (4u16..).zip([&asked.price, &asked.should.low, &asked.should.high]) {
                sheet.write_number_with_format(row, column, figure.to_f64(), &looks.price)?;
            }
            sheet.write_string_with_format(row, 7, &cells[6], &looks.text)?;
            // Above the dearest that it should cost, or below the cheapest: live, for who knows better.
            let (price, low, high) = (cell_name(row, 4), cell_name(row, 5), cell_name(row, 6));
            let formula = Formula::new(format!("=MAX({price}-{high},0)+MIN({price}-{low},0)"));
            let formula = formula.set_result(asked.difference().to_f64().to_string());
            sheet.write_formula_with_format(row, 8, formula, &looks.price)?;
            row += 1;
        }
        row += 1;
        let grid = &answer.price_parts;
        for (column, head) in (0u16..).zip(&grid.header) {
            sheet.write_string_with_format(row, column, head, &looks.head)?;
        }
        let parts = asked::all(comparison).flat_map(|(_, asked)| &asked.parts);
        for (part, cells) in parts.zip(&grid.rows) {
            row += 1;
            for (column, cell) in (0u16..).zip(&cells[..grid.left]) {
                sheet.write_string_with_format(row, column, cell, &looks.text)?;
            }
            for (column, figure) in (4u16..).zip([&part.amount.low, &part.amount.high]) {
                sheet.write_number_with_format(row, column, figure.to_f64(), &looks.price)?;
            }
        }
        Ok(())
    }

    /// What to negotiate: what the answer's table has, with amounts as numbers.
    fn clauses(&mut self, clauses: &[DearClause]) -> Result<(), XlsxError> {
        let (looks, answer) = (self.looks, self.answer);
        let sheet = self.sheet("negotiate-heading")?;
        sheet.set_freeze_panes(1, 0)?;
        let grid = &answer.clauses;
        for ((column, head), width) in (0u16..).zip(&grid.header).zip([24, 70, 16, 8, 16, 16]) {
            sheet.set_column_width(column, width)?.write_string_with_format(0, column, head, &looks.head)?;
        }
        for ((row, cells), clause) in (1u32..).zip(&grid.rows).zip(clauses) {
            for (column, cell) in (0u16..).zip(&cells[..grid.left]) {
                sheet.write_string_with_format(row, column, cell, &looks.text)?;
            }
            if let Some((money, bears)) = clause.a_year {
                let column = grid.left as u16 + u16::from(bears == Bears::Risk);
                sheet.write_number_with_format(row, column, number(money), &looks.money)?;
            }
        }
        Ok(())
    }

    fn assumptions(&mut self) -> Result<(), XlsxError> {
        let (looks, answer, comparison) = (self.looks, self.answer, self.comparison);
        let sheet = self.sheet("assumed-heading")?;
        sheet.set_freeze_panes(1, 0)?;
        let grid = &answer.assumed_of_all;
        for ((column, head), width) in (0u16..).zip(&grid.header).zip([24, 44, 28, 70, 18]) {
            sheet.set_column_width(column, width)?.write_string_with_format(0, column, head, &looks.head)?;
        }
        let effects = comparison.options.iter().flat_map(|option| &option.assumptions).map(|weighed| weighed.effect);
        for ((row, cells), effect) in (1u32..).zip(&grid.rows).zip(effects) {
            for (column, text) in (0u16..).zip(&cells[..grid.left]) {
                sheet.write_string_with_format(row, column, text, &looks.text)?;
            }
            if let Some(effect) = effect {
                let looks = if matches!(effect, Effect::Swing(_)) { &looks.swing } else { &looks.money };
                sheet.write_number_with_format(row, grid.left as u16, number(effect.amount()), looks)?;
            }
        }
        Ok(())
    }
}

/// The charges and other costs of an option: what, how much of which unit, and the amount in its currency.
fn lines(option: &OptionSummary) -> impl Iterator<Item = (String, String, Money)> {
    let charges = option.charges.iter().map(|charge| {
        let unit = format!("{} {}, {}", charge.quantity.to_decimal(2), charge.unit, charge.amount.currency);
        (format!("{} ({})", charge.charge, charge.provider), unit, charge.amount)
    });
    let others = option.other_costs.iter();
    charges.chain(others.map(|cost| (cost.what.clone(), cost.kind.word().to_owned(), cost.amount)))
}

/// A number for a cell. Cells hold floats: whole minor units up to 2⁵³ come out as they are.
fn number(money: Money) -> f64 {
    money.to_amount().0.to_f64()
}

/// The sum of some cells, with its value for whoever reads the file without reckoning.
fn sum(from: (u32, u16), to: (u32, u16), value: f64) -> Formula {
    let cells = utility::cell_range(from.0, from.1, to.0, to.1);
    Formula::new(format!("=SUM({cells})")).set_result(value.to_string())
}

/// A cell as formulas name it.
fn cell_name(row: u32, column: u16) -> String {
    utility::row_col_to_cell(row, column)
}
