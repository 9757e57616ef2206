//! Quantities that somebody has counted already, from a CSV file.

mod row;

use std::collections::{BTreeMap, BTreeSet};

use longshore_document::{Findings, quoted};
use longshore_units::{CommonDenominator, Diagnostic, Text};

use crate::{Contract, Counter, InForce, Usage};
use row::Row;

/// After so many mistakes a file is not what it was taken for.
const FINDINGS_MOST: usize = 1000;

const COLUMNS: &str = "month,charge,group,rows,quantity";

/// Columns that may be left out.
const MORE_COLUMNS: [&str; 2] = ["surcharges", "day"];

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
    quantities_in_force(&contract.in_force(None), text)
}

/// As [`quantities`], of the terms as they were known on some day.
pub fn quantities_in_force(in_force: &InForce<'_>, text: &Text) -> (Option<Usage>, Vec<Diagnostic>) {
    let mut findings = Findings::of(text.name.clone());
    let usage = read(in_force, text, &mut findings);
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
            let line = text.line_at(reader.position().byte() as usize);
            let message = format!("more than {FINDINGS_MOST} mistakes up to here; the rest of the file is not read");
            findings.error("Q001", &line, message, "mend the first ones: the others are likely of their kind");
            return Some(usage);
        }
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => return Some(usage),
            Ok(true) => {
                let start = record.position().map_or(start, |position| position.byte() as usize);
                let line = text.line_at(start);
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
                    &text.line_at(start),
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

/// Where each column stands.
struct Columns {
    positions: BTreeMap<&'static str, usize>,
    /// How many there are, known or not.
    count: usize,
}

impl Columns {
    fn of(headers: &csv::StringRecord, text: &Text, findings: &mut Findings) -> Option<Columns> {
        let mut positions = BTreeMap::new();
        let line = text.line_at(0);
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
