//! Quantities that somebody has counted already, from a CSV file.

use std::collections::BTreeMap;
use std::ops::Range;

use longshore_document::{Findings, quoted};
use longshore_units::{CommonDenominator, Currency, Diagnostic, Exact, Month, Quantity, Text};

use crate::{Charge, ChargeKind, Class, Contract, Counted, CounterOf, Measure, Scope, Sla, Usage, UsageKey, Used};

/// After so many mistakes a file is not what it was taken for.
const FINDINGS_MOST: usize = 1000;

const COLUMNS: &str = "month,charge,group,rows,quantity";

/// Reads what each charge used, unless something makes it unusable, with every mistake found.
///
/// Columns, by name and in any order: `month` (2027-01), `charge` (its name in the contract), `group` (what shares the
/// charge's bands: a program, a site, or empty for the whole contract), `rows`, `quantity`; and, where surcharges are to
/// be priced, `surcharges`: the names of the calendars that apply, joined by `+`.
///
/// A quantity is in the charge's unit (minutes, hours, agent-months, contacts) and exact: a decimal or a ratio such as
/// `121/60`. With a unit of its own (`121 s`, `7260000 ms`, `14 days`) it is taken in that.
///
/// In `charge` may also stand the name of an SLA term: its quantity is what was measured, as the target is written
/// (`78.3%`, `25 s`, `4.1`), in the month that closes its period; `rows` may be empty.
pub fn quantities(contract: &Contract, text: &Text) -> (Option<Usage>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let usage = read(contract, text, &mut findings);
    let usage = usage.filter(|_| !findings.has_errors());
    (usage, findings.into_diagnostics())
}

fn read(contract: &Contract, text: &Text, findings: &mut Findings) -> Option<Usage> {
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
    let mut usage = Usage::default();
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
                if let Some(sla) = columns.sla(&record, contract) {
                    if let Some((month, value)) = columns.measured(&record, contract, sla, &line, findings) {
                        if usage.measured(&sla.name, month).is_some() {
                            let message = format!("`{}` has a value for {month} already", sla.name);
                            findings.error("Q004", &line, message, "keep one of them");
                        }
                        usage.measure(&*sla.name, month, value);
                    }
                    continue;
                }
                let Some((key, used)) = columns.row(&record, contract, &line, findings) else { continue };
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
            match COLUMNS.split(',').chain(["surcharges"]).find(|name| *name == header) {
                Some(name) if positions.insert(name, position).is_some() => {
                    let message = format!("the column `{name}` stands twice");
                    findings.error("Q001", &line, message, "keep one of them");
                }
                Some(_) => {}
                None => {
                    let message = format!("the column `{header}` is not read");
                    let help = format!("the columns are {COLUMNS}, and `surcharges` where surcharges apply");
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

    fn cell<'r>(&self, record: &'r csv::StringRecord, name: &str) -> &'r str {
        self.positions.get(name).and_then(|position| record.get(*position)).unwrap_or("")
    }

    fn row(
        &self,
        record: &csv::StringRecord,
        contract: &Contract,
        line: &Range<usize>,
        findings: &mut Findings,
    ) -> Option<(UsageKey, Used)> {
        if self.count < record.len() {
            let message = format!("this line has {} cells, and the first line {}", record.len(), self.count);
            findings.error("Q001", line, message, "put a number with commas between quotes, or write it without them");
            return None;
        }
        let period = self.month(record, contract, line, findings);
        let charge = self.charge(record, contract, line, findings);
        let rows = self.cell(record, "rows").parse::<u64>();
        if rows.is_err() {
            let message = format!("`{}` is not a number of rows", self.cell(record, "rows"));
            findings.error("Q004", line, message, "write how many contacts (or rows) the quantity is of, such as 1250");
        }
        let (position, charge, counted) = charge?;
        let class = self.class(record, counted, line, findings);
        let quantity = match used_quantity(self.cell(record, "quantity"), &counted.measure, contract.currency, period?)
        {
            Ok(quantity) => quantity,
            Err(message) => {
                let help = "write an exact quantity in the charge's unit, such as 1250.5 or 121/60";
                findings.error("Q004", line, message, help);
                return None;
            }
        };
        let (rows, class, period) = (rows.ok()?, class?, period?);
        let used = match counted.by_row(contract.rounding_of(charge)) {
            true => {
                if rows != 1 && !(rows == 0 && quantity.is_zero()) {
                    let message =
                        format!("`{}` is rounded at each contact, and this line is the sum of {rows}", charge.name);
                    findings.error("Q004", line, message, "write one line a contact, each with rows 1");
                    return None;
                }
                Used::Each(BTreeMap::from_iter((rows == 1).then_some((quantity, 1))))
            }
            false => Used::Sum { rows, quantity },
        };
        // Bands that the whole contract shares are climbed by all groups together.
        let group = match counted.scope {
            Scope::Contract => String::new(),
            Scope::Program | Scope::Site => self.cell(record, "group").to_owned(),
        };
        let counter = CounterOf::Charge(position);
        Some((UsageKey { version: 0, counter, group, period, day: None, class }, used))
    }

    /// The SLA term that a line is about, if it is about one.
    fn sla<'c>(&self, record: &csv::StringRecord, contract: &'c Contract) -> Option<&'c Sla> {
        let name = self.cell(record, "charge");
        contract.slas.iter().find(|sla| sla.name == name)
    }

    /// What a measure came to in a month, which closes the term's period.
    fn measured(
        &self,
        record: &csv::StringRecord,
        contract: &Contract,
        sla: &Sla,
        line: &Range<usize>,
        findings: &mut Findings,
    ) -> Option<(Month, Exact)> {
        let month = self.month(record, contract, line, findings)?;
        let (_, last) = sla.per.period(contract.term, month);
        if last != Some(month) {
            let message =
                format!("`{}` is measured over a {}, which does not end with {month}", sla.name, sla.per.word());
            let help = match last {
                Some(last) => format!("write what the whole {} came to, with the month {last}", sla.per.word()),
                None => "take the line out: the contract names no end".to_owned(),
            };
            findings.error("Q002", line, message, help);
            return None;
        }
        match sla.target.unit.read(self.cell(record, "quantity")) {
            Ok(value) => Some((month, value)),
            Err(error) => {
                let help =
                    format!("the target is {}: write the value like it", sla.target.unit.written(&sla.target.at));
                findings.error("Q004", line, error.to_string(), help);
                None
            }
        }
    }

    /// The month of a line, in the contract's term.
    fn month(
        &self,
        record: &csv::StringRecord,
        contract: &Contract,
        line: &Range<usize>,
        findings: &mut Findings,
    ) -> Option<Month> {
        let month = self.cell(record, "month").parse::<Month>();
        match &month {
            Err(error) => findings.error("Q002", line, error.to_string(), "write the month as 2027-01"),
            Ok(month) if contract.term.days_in(*month) == 0 => {
                findings.error("Q002", line, format!("{month} is not in the contract's term"), "take the line out");
            }
            Ok(_) => {}
        }
        month.ok()
    }

    fn charge<'c>(
        &self,
        record: &csv::StringRecord,
        contract: &'c Contract,
        line: &Range<usize>,
        findings: &mut Findings,
    ) -> Option<(usize, &'c Charge, &'c Counted)> {
        let name = self.cell(record, "charge");
        let found = contract.charges.iter().enumerate().find(|(_, charge)| charge.name == name);
        match found {
            Some((position, charge)) => match &charge.kind {
                ChargeKind::Counted(counted) => Some((position, charge, counted)),
                _ => {
                    findings.error(
                        "Q003",
                        line,
                        format!("`{name}` is a fixed amount: it has no quantity"),
                        "take the line out: it is billed anyway",
                    );
                    None
                }
            },
            None => {
                let names = quoted(contract.charges.iter().map(|charge| charge.name.as_str()));
                findings.error(
                    "Q003",
                    line,
                    format!("the contract has no charge `{name}`"),
                    format!("its charges are {names}"),
                );
                None
            }
        }
    }

    fn class(
        &self,
        record: &csv::StringRecord,
        counted: &Counted,
        line: &Range<usize>,
        findings: &mut Findings,
    ) -> Option<Class> {
        let mut class = Class(0);
        for calendar in self.cell(record, "surcharges").split('+').map(str::trim).filter(|name| !name.is_empty()) {
            match counted.surcharges.iter().position(|surcharge| surcharge.calendar == calendar) {
                Some(position) => class.0 |= 1 << position,
                None => {
                    let known: Vec<String> =
                        counted.surcharges.iter().map(|surcharge| format!("`{}`", surcharge.calendar)).collect();
                    let help = if known.is_empty() {
                        "it has no surcharge".to_owned()
                    } else {
                        format!("it has {}", known.join(", "))
                    };
                    findings.error("Q003", line, format!("the charge has no surcharge in `{calendar}`"), help);
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
            Measure::Time { unit: of, .. } | Measure::AgentTime { unit: of, .. } | Measure::Schedule { unit: of, .. },
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
