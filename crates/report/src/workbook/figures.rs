//! Sheets of figures that can be reckoned with: the options, the service of each queue, what is uncertain.

use longshore_business_case::is_live;
use longshore_compare::{OptionSummary, QueueSummary};
use longshore_units::Money;
use rust_xlsxwriter::{Format, Formula, XlsxError, utility};

use super::{Book, number};
use crate::answer::{SERVICE, a_year, flips, parts_shown, served};

/// What a cell holds.
enum Figure {
    Text(String),
    Money(Money),
    /// A share, shown in percent.
    Share(f64),
    /// A count, or what is shown like one.
    Number(f64),
    /// A mean, with a decimal.
    Mean(f64),
    /// Money that another cell of the workbook sums up, by the formula that finds it.
    Found(String, Money),
    Nothing,
}

use Figure::{Found, Mean, Nothing, Number, Share, Text};

impl Book<'_> {
    /// The options as the answer has them; what they cost in all is where their parts are summed up.
    pub(super) fn options(&mut self) -> Result<(), XlsxError> {
        let comparison = self.comparison;
        let any = |has: fn(&OptionSummary) -> bool| comparison.options.iter().any(has);
        let discounted = any(|option| option.present_value != option.cost.mean);
        let (budget, scored) = (any(|option| option.over_budget.is_some()), any(|option| option.score.is_some()));
        let mut heads = vec!["head-rank", "head-option", "head-a-year-p10", "head-a-year-p90", "head-once"];
        heads.extend(["head-horizon"].into_iter().chain(discounted.then_some("head-present")));
        heads.extend(["head-resolution", "head-in-time", "head-over-five", "head-resolved", "head-cheapest"]);
        heads.extend(budget.then_some("head-over-budget").into_iter().chain(scored.then_some("head-score")));
        let (sheet, total) = (self.name("money-heading"), parts_shown(comparison).len() as u16 + 1);
        let row = |(place, option): (usize, &OptionSummary)| {
            let found =
                format!("='{}'!{}", sheet.replace('\'', "''"), utility::row_col_to_cell(place as u32 + 1, total));
            let mut row = vec![
                option.rank.map_or_else(|| Text(self.answer.heading("excluded")), |rank| Number(f64::from(rank))),
                Text(option.option.clone()),
                Figure::Money(a_year(comparison, option, option.cost.p10)),
                Figure::Money(a_year(comparison, option, option.cost.p90)),
                Figure::Money(option.one_time),
                Found(found, option.cost.mean),
            ];
            row.extend(discounted.then_some(Figure::Money(option.present_value)));
            row.extend([
                option.cost_per_resolution.map_or(Nothing, Figure::Money),
                option.service_level().map_or(Nothing, Share),
                option.over_five_minutes().map_or(Nothing, Share),
                option.resolved.map_or(Nothing, Share),
                Share(option.cheapest),
            ]);
            row.extend(budget.then(|| option.over_budget.map_or(Nothing, Share)));
            row.extend(scored.then(|| option.score.map_or(Nothing, |score| Number(score * 100.0))));
            row
        };
        let rows = comparison.options.iter().enumerate().map(row).collect();
        self.figures("options-heading", &heads, rows)
    }

    /// The service of each queue that is shown, under each option; nothing stands where nobody came.
    pub(super) fn service(&mut self) -> Result<(), XlsxError> {
        let row = |(option, queue): (&OptionSummary, &QueueSummary)| {
            vec![
                Text(option.option.clone()),
                Text(queue.queue.clone()),
                Number(queue.offered),
                Share(queue.target),
                queue.service_level.map_or(Nothing, Share),
                queue.worst_month().map_or(Nothing, |worst| Share(worst.service_level)),
                queue.service_level.map_or(Nothing, |_| Share(queue.missed)),
                if 0.0 < queue.offered { Share(queue.abandoned / queue.offered) } else { Nothing },
                queue.asa_s.map_or(Nothing, Mean),
                queue.over_5_min.filter(|_| is_live(queue.channel)).map_or(Nothing, Share),
                Share(queue.occupancy),
                Number(f64::from(queue.agents_peak)),
                Mean(queue.fte),
            ]
        };
        let rows = served(self.comparison).map(row).collect();
        self.figures("service-heading", &SERVICE, rows)
    }

    /// What each uncertain figure does at its ends to the cost of the option that the answer is about.
    pub(super) fn uncertain(&mut self) -> Result<(), XlsxError> {
        let comparison = self.comparison;
        let named = comparison.options.iter().position(|option| option.option == self.answer.named);
        let (Some(place), drivers) = (named, &comparison.sensitivity.drivers) else { return Ok(()) };
        if drivers.is_empty() {
            return Ok(());
        }
        let rows = drivers.iter().map(|driver| {
            let (low, high) = driver.changes[place];
            let figure = Text(flips::figure(&self.answer.teller, driver));
            vec![figure, Share(driver.low), Share(driver.high), Figure::Money(low), Figure::Money(high)]
        });
        let rows = rows.collect();
        let heads = ["head-figure", "head-from", "head-to", "head-then-low", "head-then-high"];
        self.figures("sheet-uncertain", &heads, rows)
    }

    fn figures(&mut self, id: &str, heads: &[&str], rows: Vec<Vec<Figure>>) -> Result<(), XlsxError> {
        let (looks, answer) = (self.looks, self.answer);
        let is_text = |column: usize| rows.iter().any(|row| matches!(row[column], Text(_)));
        let widths: Vec<f64> = (0..heads.len()).map(|column| if is_text(column) { 28.0 } else { 16.0 }).collect();
        let sheet = self.sheet(id)?;
        sheet.set_freeze_panes(1, 0)?;
        for ((column, head), width) in (0u16..).zip(heads).zip(widths) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, answer.heading(head), &looks.head)?;
        }
        let (count, mean) = (Format::new().set_num_format("#,##0"), Format::new().set_num_format("#,##0.0"));
        for (row, cells) in (1u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(cells) {
                match cell {
                    Text(text) => sheet.write_string_with_format(row, column, text, &looks.text)?,
                    Figure::Money(money) => sheet.write_number_with_format(row, column, number(money), &looks.money)?,
                    Share(share) => sheet.write_number_with_format(row, column, share, &looks.share)?,
                    Number(value) => sheet.write_number_with_format(row, column, value, &count)?,
                    Mean(value) => sheet.write_number_with_format(row, column, value, &mean)?,
                    Found(formula, money) => {
                        let formula = Formula::new(formula).set_result(number(money).to_string());
                        sheet.write_formula_with_format(row, column, formula, &looks.money)?
                    }
                    Nothing => sheet,
                };
            }
        }
        Ok(())
    }
}
