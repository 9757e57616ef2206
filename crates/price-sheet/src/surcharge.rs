//! What is added at some times: the sheet `Surcharges`.

use std::collections::BTreeSet;

use crate::cell::{Answer, Typed, quoted};
use crate::draft::Draft;
use crate::form::Kind;
use crate::line::{Lines, Row};

/// A surcharge that the sheet names.
pub(crate) struct Surcharge {
    calendar: String,
    percent: Answer,
    /// The names of its lines.
    lines: BTreeSet<String>,
}

/// The most surcharges of a sheet: each may be on each line.
const SURCHARGES_MOST: usize = 64;

impl Surcharge {
    /// The surcharges of a table's rows; writes `[calendar.NAME]` for each.
    pub fn of(rows: &[Row], lines: &Lines, draft: &mut Draft) -> Vec<Surcharge> {
        let mut surcharges: Vec<Surcharge> = Vec::new();
        for (position, row) in rows.iter().enumerate() {
            if position == SURCHARGES_MOST {
                let first = row.iter().flatten().next().expect("a row has a cell");
                let message = format!("this is one surcharge more than the {SURCHARGES_MOST} that are read");
                draft.wrong(first, "S006", message, "say in one row what is added at the same times", true);
                break;
            }
            let [name, days, hours, percent, named] = row.as_slice() else { continue };
            let Some(name) = name else {
                let first = row.iter().flatten().next().expect("a row has a cell");
                let message = "this surcharge has no name".to_owned();
                draft.wrong(first, "S006", message, "call it nights, weekends, holidays", true);
                continue;
            };
            let Some(calendar) = draft.words(name) else { continue };
            if surcharges.iter().any(|known| known.calendar == calendar) {
                let message = format!("`{calendar}` is the name of two surcharges");
                draft.wrong(name, "S006", message, "give each a name of its own", true);
                continue;
            }
            write_calendar(&calendar, days.as_ref(), hours.as_ref(), draft);
            let Some(percent) = percent.clone() else {
                let message = format!("it is not said how much `{calendar}` add");
                draft.wrong(name, "S006", message, "write it in the column `Percent on top`, such as 25%", true);
                continue;
            };
            let lines = match named {
                Some(named) => named_lines(named, lines, draft),
                None => lines.by_use().into_iter().map(str::to_owned).collect(),
            };
            if lines.is_empty() && named.is_none() {
                let message = format!("no line is by the minute, contact or hour, and `{calendar}` are on those alone");
                draft.wrong(name, "S006", message, "empty the row, or name its lines in the column `Lines`", true);
            }
            surcharges.push(Surcharge { calendar, percent, lines });
        }
        surcharges
    }

    /// Writes it below a line, if it is on that.
    pub fn write(&self, line: &str, draft: &mut Draft) {
        if self.lines.contains(line) {
            draft.line("[[charge.surcharge]]");
            draft.line(&format!("calendar = {}", quoted(&self.calendar)));
            draft.answer("percent", &self.percent, Kind::Percent);
        }
    }
}

/// The lines that a cell names, with commas between.
fn named_lines(cell: &Answer, lines: &Lines, draft: &mut Draft) -> BTreeSet<String> {
    let Some(named) = draft.words(cell) else { return BTreeSet::new() };
    let counted: BTreeSet<&str> = lines.counted().into_iter().collect();
    let named = || named.split(',').map(str::trim);
    if let Some(unknown) = named().find(|name| !counted.contains(name)) {
        let message = format!("there is no line `{unknown}` that is priced by quantity");
        draft.wrong(cell, "S006", message, "write the line's name as it stands in `Prices`", true);
    }
    named().filter(|name| counted.contains(name)).map(str::to_owned).collect()
}

fn write_calendar(name: &str, days: Option<&Answer>, hours: Option<&Answer>, draft: &mut Draft) {
    draft.line(&format!("\n[calendar.{}]", quoted(name)));
    if let Some(days) = days {
        let text = match &days.typed {
            Typed::Text(text) => text.to_lowercase(),
            _ => String::new(),
        };
        match text.as_str() {
            "holidays (us federal)" | "holidays" => draft.value("use", "\"US-federal\"", &days.place),
            "weekends" => draft.value("weekdays", "[\"Sat\", \"Sun\"]", &days.place),
            "saturdays" => draft.value("weekdays", "[\"Sat\"]", &days.place),
            "sundays" => draft.value("weekdays", "[\"Sun\"]", &days.place),
            "every day" => {}
            _ => {
                let message = "these days are not known".to_owned();
                draft.wrong(days, "S002", message, "choose one of the list, or leave it empty for every day", true);
            }
        }
    }
    if let Some(hours) = hours {
        draft.answer("hours", hours, Kind::Text);
    }
}
