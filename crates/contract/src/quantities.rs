//! Quantities that somebody has counted already, from a CSV file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use longshore_document::{Findings, quoted};
use longshore_units::{CommonDenominator, Currency, Diagnostic, Exact, Month, Quantity, Term, Text};

use crate::{Class, Contract, Counter, CounterOf, InForce, Measure, Scope, Sla, Usage, UsageKey, Used};

/// After so many mistakes a file is not what it was taken for.
const FINDINGS_MOST: usize = 1000;

const COLUMNS: &str = "month,charge,group,rows,quantity";

/// Columns that may be left out.
const MORE_COLUMNS: [&str; 2] = ["surcharges", "day"];

/// What a line of a rate begins with, in the column `charge`.
const RATE: &str = "rate ";

/// Reads what each charge used, unless something makes it unusable, with every mistake found.
///
/// Columns, by name and in any order: `month` (2027-01), `charge` (its name in the contract), `group` (what shares the
/// charge's bands: a program, a site, or empty for the whole contract), `rows`, `quantity`; where surcharges are to
/// be priced, `surcharges`: the names of the calendars that apply, joined by `+`; and, where days matter, `day`.
///
/// Names are those that hold in the month. In a month within which an amendment takes effect a quantity needs a `day`: any
/// of those on which the terms hold that it was used under.
///
/// In place of a charge stands whatever else the contract has counted, by the counter's name (`monthly minimum: staffed`),
/// or a rate (`rate USD/PHP`), whose quantity is its value from `day` on; that line needs no month and no rows.
///
/// A quantity is in the charge's unit (minutes, hours, agent-months, contacts) and exact: a decimal or a ratio such as
/// `121/60`. With a unit of its own (`121 s`, `7260000 ms`, `14 days`) it is taken in that.
///
/// In `charge` may also stand the name of an SLA term: its quantity is what was measured, as the target is written
/// (`78.3%`, `25 s`, `4.1`), in the month that closes its period; `rows` may be empty.
pub fn quantities(contract: &Contract, text: &Text) -> (Option<Usage>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let usage = read(&contract.in_force(None), text, &mut findings);
    let usage = usage.filter(|_| !findings.has_errors());
    (usage, findings.into_diagnostics())
}

fn read(in_force: &InForce<'_>, text: &Text, findings: &mut Findings) -> Option<Usage> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.text.as_bytes());
    let columns = match reader.headers() {
        Ok(headers) => Columns::of(headers, text, findings)?,
        Err(error) => {
            findings.error(
                "Q001",
                &(0..0),
                format!("this is not CSV: {error}"),
                format!("the first line is {COLUMNS}"),
            );
            return None;
        }
    };
    let counters: Vec<Vec<Counter<'_>>> = in_force.versions().iter().map(|version| version.counters()).collect();
    let mut usage = Usage::default();
    let mut dayless = BTreeSet::new(); // Of which it was said that their days matter.
    let mut common = CommonDenominator::default();
    let mut record = csv::StringRecord::new();
    loop {
        if FINDINGS_MOST < findings.count() {
            let line = line_at(text, reader.position().byte() as usize);
            let message = format!("more than {FINDINGS_MOST} mistakes up to here; the rest of the file is not read");
            findings.error("Q001", &line, message, "mend the first ones: the others are likely of their kind");
            return Some(usage);
        }
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => return Some(usage),
            Ok(true) => {
                let start = record.position().map_or(start, |position| position.byte() as usize);
                let line = line_at(text, start);
                let row = Row::of(&columns, &record, in_force, &counters, &line);
                if row.is_too_long(findings) {
                    continue;
                }
                if let Some(sla) = row.sla() {
                    if let Some((month, value)) = row.measured(sla, findings) {
                        if usage.measured(&sla.name, month).is_some() {
                            let message = format!("`{}` has a value for {month} already", sla.name);
                            findings.error("Q004", &line, message, "keep one of them");
                        }
                        usage.measure(&*sla.name, month, value);
                    }
                    continue;
                }
                if let Some(what) = row.rate() {
                    if let Some((day, value)) = row.value(findings) {
                        usage.set_rate(what, day, value);
                    }
                    continue;
                }
                let Some((key, used)) = row.used(findings) else { continue };
                if key.day.is_none() && !used.quantity().is_zero() && row.needs_day() && dayless.insert(key.counter) {
                    let name = row.cell("charge");
                    let message = format!("what `{name}` costs depends on the days, and this line has none");
                    let help = "write the day of each quantity into the column `day`: without it all of the month's units \
                                share alike in what its days would have decided";
                    findings.warning("Q002", &line, message, help);
                }
                if !common.admits(&used.quantity().0) {
                    let message = "this fraction and those above have no common denominator of reasonable length";
                    findings.error("Q004", &line, message, "write decimals, or fractions of one whole such as 121/60");
                } else if let Err(error) = usage.add(key, used) {
                    findings.error("Q004", &line, error.to_string(), "write a smaller quantity");
                }
            }
            Err(error) => {
                findings.error(
                    "Q001",
                    &line_at(text, start),
                    format!("this line is not CSV: {error}"),
                    "put texts with commas between quotes",
                );
                if reader.is_done() {
                    return Some(usage);
                }
            }
        }
    }
}

/// The line of a text that begins at or just after a byte.
fn line_at(text: &Text, start: usize) -> Range<usize> {
    let bytes = text.text.as_bytes();
    let start = (start..bytes.len()).find(|at| !matches!(bytes[*at], b'\n' | b'\r')).unwrap_or(bytes.len());
    let end = (start..bytes.len()).find(|at| matches!(bytes[*at], b'\n' | b'\r')).unwrap_or(bytes.len());
    start..end
}

/// Where each column stands.
struct Columns {
    positions: BTreeMap<&'static str, usize>,
    /// How many there are, known or not.
    count: usize,
}

impl Columns {
    fn of(headers: &csv::StringRecord, text: &Text, findings: &mut Findings) -> Option<Columns> {
        let mut positions = BTreeMap::new();
        let line = line_at(text, 0);
        for (position, header) in headers.iter().enumerate() {
            match COLUMNS.split(',').chain(MORE_COLUMNS).find(|name| *name == header) {
                Some(name) if positions.insert(name, position).is_some() => {
                    let message = format!("the column `{name}` stands twice");
                    findings.error("Q001", &line, message, "keep one of them");
                }
                Some(_) => {}
                None => {
                    let message = format!("the column `{header}` is not read");
                    let help = format!(
                        "the columns are {COLUMNS}, `surcharges` where surcharges apply, and `day` where days matter"
                    );
                    findings.warning("Q001", &line, message, help);
                }
            }
        }
        let is_missing = |name: &&str| !positions.contains_key(name) && *name != "group";
        let missing: Vec<&str> = COLUMNS.split(',').filter(is_missing).collect();
        if missing.is_empty() {
            return Some(Columns { positions, count: headers.len() });
        }
        let message = format!("the first line has no {}", quoted(missing));
        findings.error("Q001", &line, message, format!("write {COLUMNS}"));
        None
    }
}

/// One line of the file, and what it is read against.
struct Row<'r> {
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
    fn of(
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

    fn cell(&self, name: &str) -> &'r str {
        self.columns.positions.get(name).and_then(|position| self.record.get(*position)).unwrap_or("")
    }

    fn is_too_long(&self, findings: &mut Findings) -> bool {
        let (cells, first) = (self.record.len(), self.columns.count);
        if first < cells {
            let message = format!("this line has {cells} cells, and the first line {first}");
            let help = "put a number with commas between quotes, or write it without them";
            findings.error("Q001", self.line, message, help);
        }
        first < cells
    }

    /// The rate that the line gives, if it gives one.
    fn rate(&self) -> Option<&'r str> {
        let name = self.cell("charge");
        let is_counted = self.counters.iter().any(|counter| counter.name == name);
        name.strip_prefix(RATE).map(str::trim).filter(|_| !is_counted)
    }

    /// What a rate stands at, from which day on.
    fn value(&self, findings: &mut Findings) -> Option<(Date, Exact)> {
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
    fn needs_day(&self) -> bool {
        let name = self.cell("charge");
        let counter = self.counters.iter().find(|counter| counter.name == name);
        counter.is_some_and(|counter| counter.by_day && !matches!(counter.of, CounterOf::Refund(_)))
    }

    fn used(&self, findings: &mut Findings) -> Option<(UsageKey, Used)> {
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
        if let Some(day) = day.filter(|day| Month::of(*day) != period && !matches!(counter.of, CounterOf::Refund(_))) {
            let help = "write a day of the month in which the quantity is billed";
            findings.error("Q002", self.line, format!("{day} is not in {period}"), help);
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
    fn sla(&self) -> Option<&'r Sla> {
        let name = self.cell("charge");
        self.contract.slas.iter().find(|sla| sla.name == name)
    }

    /// What a measure came to in a month, which closes the term's period.
    fn measured(&self, sla: &Sla, findings: &mut Findings) -> Option<(Month, Exact)> {
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
    if number.is_negative() {
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
