//! A line of quantities, read against the terms of its day.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use longshore_document::{Findings, quoted};
use longshore_units::{Currency, Exact, Month, Quantity, Term};

use super::Columns;
use crate::{Class, Contract, Counter, CounterOf, InForce, Measure, Scope, Sla, UsageKey, Used};

/// What a line of a rate begins with, in the column `charge`.
const RATE: &str = "rate ";

/// One line of the file, and what it is read against.
pub(super) struct Row<'r> {
    columns: &'r Columns,
    record: &'r csv::StringRecord,
    /// The first and the last day of the contract.
    term: Term,
    /// The terms that the line's names are of, and their position among those in force.
    contract: &'r Contract,
    version: usize,
    counters: &'r [Counter<'r>],
    line: &'r Range<usize>,
    /// The days from which on terms hold, where the line does not say which of several it is under.
    open: Vec<Date>,
}

impl<'r> Row<'r> {
    /// A line, read against the terms of its day, or of the end of its month.
    pub fn of(
        columns: &'r Columns,
        record: &'r csv::StringRecord,
        in_force: &InForce<'r>,
        counters: &'r [Vec<Counter<'r>>],
        line: &'r Range<usize>,
    ) -> Row<'r> {
        let last = (in_force.versions().len() - 1, in_force.last());
        let (term, counted) = (in_force.term(), counters[last.0].as_slice());
        let (version, contract) = last;
        let mut row = Row { columns, record, term, contract, version, counters: counted, line, open: Vec::new() };
        let versions = in_force.versions().iter().copied().enumerate();
        let found = match row.cell("day").parse::<Date>() {
            Ok(day) => versions.into_iter().find(|(_, version)| version.in_force.contains(day)),
            Err(_) => {
                let month = row.cell("month").parse::<Month>();
                let of_month = month.map(|month| in_force.of_month(month).collect()).unwrap_or(Vec::new());
                if 1 < of_month.len() {
                    row.open = of_month.iter().map(|(_, version)| version.in_force.starts).collect();
                }
                of_month.last().copied()
            }
        };
        if let Some((version, contract)) = found {
            row = Row { contract, version, counters: &counters[version], ..row };
        }
        row
    }

    /// Whether the line says which terms its quantity was used under, where these change within its month.
    fn is_under_one(&self, month: Month, counter: &Counter<'_>, day: Option<Date>, findings: &mut Findings) -> bool {
        let is_refund = matches!(counter.of, CounterOf::Refund(_));
        if let Some(day) = day.filter(|day| Month::of(*day) != month && !is_refund) {
            findings.error("Q002", self.line, format!("{day} is no day of {month}"), "write a day of that month");
            return false;
        }
        let Some((first, next)) = self.open.first().zip(self.open.get(1)) else { return true };
        let message = format!("the terms change on {next}, and the line does not say which it is under");
        let help = format!(
            "make two lines of it, with a column `day`: {} for what was used before, {next} for the rest",
            first.max(&month.first())
        );
        findings.error("Q002", self.line, message, help);
        false
    }

    pub fn cell(&self, name: &str) -> &'r str {
        self.columns.positions.get(name).and_then(|position| self.record.get(*position)).unwrap_or("")
    }

    pub fn is_too_long(&self, findings: &mut Findings) -> bool {
        let (cells, first) = (self.record.len(), self.columns.count);
        if first < cells {
            let message = format!("this line has {cells} cells, and the first line {first}");
            let help = "put a number with commas between quotes, or write it without them";
            findings.error("Q001", self.line, message, help);
        }
        first < cells
    }

    /// The rate that the line gives, if it gives one.
    pub fn rate(&self) -> Option<&'r str> {
        let name = self.cell("charge");
        let is_counted = self.counters.iter().any(|counter| counter.name == name);
        name.strip_prefix(RATE).map(str::trim).filter(|_| !is_counted)
    }

    /// What a rate stands at, from which day on.
    pub fn value(&self, findings: &mut Findings) -> Option<(Date, Exact)> {
        let day = self.day(findings)?;
        if day.is_none() {
            let help = "write the day from which the rate holds into the column `day`, such as 2027-01-31";
            findings.error("Q002", self.line, "this rate has no day", help);
        }
        let text = self.cell("quantity");
        let value = text.parse::<Exact>().ok().filter(|value| Exact::zero() < *value);
        if value.is_none() {
            let message = format!("`{text}` is no value of a rate: it is not a number above 0");
            findings.error("Q004", self.line, message, "write, for example, 56.25");
        }
        day.zip(value)
    }

    /// The day of the line, if it has one. None at all if that cannot be read.
    fn day(&self, findings: &mut Findings) -> Option<Option<Date>> {
        let text = self.cell("day");
        if text.is_empty() {
            return Some(None);
        }
        let day = text.parse::<Date>().ok().filter(|day| day.to_string() == text);
        if day.is_none() {
            findings.error("Q002", self.line, format!("`{text}` is no day"), "write the day as 2027-01-31");
        }
        day.map(Some)
    }

    /// Whether what the line is about is priced by the day.
    pub fn needs_day(&self) -> bool {
        let name = self.cell("charge");
        let counter = self.counters.iter().find(|counter| counter.name == name);
        counter.is_some_and(|counter| counter.by_day && !matches!(counter.of, CounterOf::Refund(_)))
    }

    pub fn used(&self, findings: &mut Findings) -> Option<(UsageKey, Used)> {
        let period = self.month(findings);
        let counter = self.counter(findings);
        let rows = self.cell("rows").parse::<u64>();
        if rows.is_err() {
            let message = format!("`{}` is not a number of rows", self.cell("rows"));
            let help = "write how many contacts (or rows) the quantity is of, such as 1250";
            findings.error("Q004", self.line, message, help);
        }
        let counter = counter?;
        let class = self.class(counter, findings);
        let day = self.day(findings);
        let quantity = match used_quantity(self.cell("quantity"), &counter.measure, self.contract.currency, period?) {
            Ok(quantity) => quantity,
            Err(message) => {
                let help = "write an exact quantity in the charge's unit, such as 1250.5 or 121/60";
                findings.error("Q004", self.line, message, help);
                return None;
            }
        };
        let (rows, class, day, period) = (rows.ok()?, class?, day?, period?);
        if !self.is_under_one(period, counter, day, findings) {
            return None;
        }
        let used = match counter.by_row {
            true => {
                if rows != 1 && !(rows == 0 && quantity.is_zero()) {
                    let message =
                        format!("`{}` is reckoned at each contact, and this line is the sum of {rows}", counter.name);
                    findings.error("Q004", self.line, message, "write one line a contact, each with rows 1");
                    return None;
                }
                Used::Each(BTreeMap::from_iter((rows == 1).then_some((quantity, 1))))
            }
            false => Used::Sum { rows, quantity },
        };
        // Bands that the whole contract shares are climbed by all groups together.
        let group = match counter.scope {
            Scope::Contract => String::new(),
            Scope::Program | Scope::Site => self.cell("group").to_owned(),
        };
        let day = match counter.of {
            CounterOf::Refund(_) => day.map(|day| day.first_of_month()),
            _ => day.filter(|_| counter.by_day),
        };
        let version = self.version as u16; // A contract has fewer amendments.
        Some((UsageKey { version, counter: counter.of, group, period, day, class }, used))
    }

    /// The SLA term that the line is about, if it is about one.
    pub fn sla(&self) -> Option<&'r Sla> {
        let name = self.cell("charge");
        self.contract.slas.iter().find(|sla| sla.name == name)
    }

    /// What a measure came to in a month, which closes the term's period.
    pub fn measured(&self, sla: &Sla, findings: &mut Findings) -> Option<(Month, Exact)> {
        let month = self.month(findings).filter(|month| 0 < self.term.days_in(*month))?;
        let (_, last) = sla.per.period(self.term, month);
        if last != Some(month) {
            let message =
                format!("`{}` is measured over a {}, which does not end with {month}", sla.name, sla.per.word());
            let help = match last {
                Some(last) => format!("write what the whole {} came to, with the month {last}", sla.per.word()),
                None => "take the line out: the contract names no end".to_owned(),
            };
            findings.error("Q002", self.line, message, help);
            return None;
        }
        match sla.target.unit.read(self.cell("quantity")) {
            Ok(value) => Some((month, value)),
            Err(error) => {
                let help =
                    format!("the target is {}: write the value like it", sla.target.unit.written(&sla.target.at));
                findings.error("Q004", self.line, error.to_string(), help);
                None
            }
        }
    }

    /// The month of the line, in the contract's term.
    fn month(&self, findings: &mut Findings) -> Option<Month> {
        let month = self.cell("month").parse::<Month>();
        match &month {
            Err(error) => findings.error("Q002", self.line, error.to_string(), "write the month as 2027-01"),
            Ok(month) if self.term.days_in(*month) == 0 => {
                let message = format!("{month} is not in the contract's term");
                findings.error("Q002", self.line, message, "take the line out");
            }
            Ok(_) => {}
        }
        month.ok()
    }

    fn counter(&self, findings: &mut Findings) -> Option<&'r Counter<'r>> {
        let name = self.cell("charge");
        let found = self.counters.iter().find(|counter| counter.name == name);
        if found.is_none() {
            if self.contract.charge(name).is_some() {
                let message = format!("`{name}` is not counted: it has no quantity");
                findings.error("Q003", self.line, message, "take the line out: it is billed anyway");
            } else {
                let names = quoted(self.counters.iter().map(|counter| counter.name.as_str()));
                let help = format!("what is counted is {names}");
                findings.error("Q003", self.line, format!("the contract has no charge `{name}`"), help);
            }
        }
        found
    }

    fn class(&self, counter: &Counter<'_>, findings: &mut Findings) -> Option<Class> {
        let mut class = Class(0);
        for calendar in self.cell("surcharges").split('+').map(str::trim).filter(|name| !name.is_empty()) {
            match counter.surcharges.iter().position(|surcharge| surcharge.calendar == calendar) {
                Some(position) => class.0 |= 1 << position,
                None => {
                    let known: Vec<String> =
                        counter.surcharges.iter().map(|surcharge| format!("`{}`", surcharge.calendar)).collect();
                    let help = if known.is_empty() {
                        "it has no surcharge".to_owned()
                    } else {
                        format!("it has {}", known.join(", "))
                    };
                    let message = format!("the charge has no surcharge in `{calendar}`");
                    findings.error("Q003", self.line, message, help);
                    return None;
                }
            }
        }
        Some(class)
    }
}

/// A quantity in the charge's unit.
fn used_quantity(text: &str, measure: &Measure, currency: Currency, month: Month) -> Result<Quantity, String> {
    let (number, unit) = match text.find(|character: char| character.is_ascii_alphabetic()) {
        Some(at) => (text[..at].trim_end(), text[at..].trim()),
        None => (text, ""),
    };
    let number: Exact = number.parse().map_err(|error| format!("`{text}` is no quantity: {error}"))?;
    // Sales and costs may be taken back; nothing else can have happened less often than never.
    if number.is_negative() && !matches!(measure, Measure::SaleAmount | Measure::Cost { .. }) {
        return Err(format!("`{text}` is below 0"));
    }
    let (above, below) = match (measure, unit) {
        (_, "") => (1, 1),
        (
            Measure::Time { unit: of, .. }
            | Measure::AgentTime { unit: of, .. }
            | Measure::Schedule { unit: of, .. }
            | Measure::Forecast { unit: Some(of) },
            unit,
        ) => {
            let milliseconds = match unit {
                "ms" => 1,
                "s" => 1000,
                "min" => 60_000,
                "h" => 3_600_000,
                _ => return Err(format!("`{unit}` is not one of the units ms, s, min and h")),
            };
            (milliseconds, of.milliseconds())
        }
        (Measure::AgentMonths { .. }, "day" | "days") => (1, month.days()),
        (Measure::SaleAmount | Measure::Cost { .. }, unit) if unit == currency.code() => (1, 1),
        (Measure::SaleAmount | Measure::Cost { .. }, unit) => {
            return Err(format!("`{unit}` is not the contract's currency, {currency}"));
        }
        (_, unit) => return Err(format!("`{unit}` is not a unit of this charge")),
    };
    Ok(Quantity(&number * &Exact::ratio(above, below).expect("a unit has a length")))
}
