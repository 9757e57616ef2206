//! The slow, obvious counter: row by row, field by field, as one would by hand. The kernel must agree with it.
//!
//! It reads rows as structs, asks the clock of the contract's zone for every instant, and adds one row's contribution at
//! a time. It shares nothing with the kernel but the contract, what it says is to be counted, and the meaning of its
//! calendars.

mod agents;
mod contacts;

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use jiff::civil::Date;
use longshore_contacts::{
    ForecastRow, ReportedRow, Table, agent_rows, agent_time_rows, contact_rows, forecast_rows, leg_rows, reported_rows,
    schedule_rows,
};
use longshore_contract::{
    Across, Class, Contract, Count, Counter, Counts, CountsError, Criterion, Field, Grain, InForce, Key, Measure,
    Overlap, Scope, Surcharge,
};
use longshore_units::{Instant, Month};

use crate::{CountError, Window};

/// Counts batches of records under all versions of a contract, for the days of a window.
///
/// Batches are whole canonical batches of their tables.
pub fn count(in_force: &InForce<'_>, window: Window, batches: &[(Table, RecordBatch)]) -> Result<Counts, CountError> {
    let mut counts = Counts::default();
    for (table, batch) in batches {
        for ((version, _), counter) in &in_force.counters() {
            let terms = in_force.versions()[usize::from(*version)];
            let mut one = OneCounter { terms, window, version: *version, counter, counts: &mut counts };
            match (counter.grain, table) {
                (Grain::Contact, Table::Contacts) => each(contact_rows(batch), |row, number| one.contact(row, number))?,
                (Grain::Leg, Table::Legs) => each(leg_rows(batch), |row, number| one.leg(row, number))?,
                (Grain::AgentTime, Table::AgentTime) => {
                    each(agent_time_rows(batch), |row, number| one.agent_time(row, number))?;
                }
                (Grain::Schedule, Table::Schedule) => {
                    each(schedule_rows(batch), |row, number| one.schedule(row, number))?;
                }
                (Grain::Agent, Table::Agents) => each(agent_rows(batch), |row, _| one.agent(row))?,
                (Grain::Reported, Table::Reported) => each(reported_rows(batch), |row, _| one.reported(row))?,
                (Grain::Forecast, Table::Forecast) => {
                    each(forecast_rows(batch), |row, number| one.forecast(row, number))?;
                }
                _ => {}
            }
        }
    }
    Ok(counts)
}

fn each<Row>(
    rows: impl Iterator<Item = Result<Row, longshore_contacts::ContactsError>>,
    mut count: impl FnMut(&Row, usize) -> Result<(), CountError>,
) -> Result<(), CountError> {
    rows.enumerate().try_for_each(|(number, row)| count(&row?, number))
}

struct OneCounter<'c> {
    terms: &'c Contract,
    window: Window,
    version: u16,
    counter: &'c Counter<'c>,
    counts: &'c mut Counts,
}

/// A row, for messages: its table, and its number within its batch.
#[derive(Clone, Copy)]
struct Place {
    table: Table,
    number: usize,
}

impl Place {
    fn negative(self, column: &'static str) -> CountError {
        CountError::Negative { table: self.table.name(), column, row: self.number }
    }
}

/// The fields of a row that a charge may select and group by, as words.
type Fields<'r> = BTreeMap<Field, &'r str>;

fn fields<'r, const N: usize>(pairs: [(Field, Option<&'r str>); N]) -> Fields<'r> {
    pairs.into_iter().filter_map(|(field, value)| value.map(|value| (field, value))).collect()
}

/// The five spans of a contact or leg, in the order of [`Part::ALL`]: talk, hold, wrap, ring, wait.
type Spans = [Option<i64>; 5];

impl OneCounter<'_> {
    /// The instant of a row that is one of the contract's, on this version's days.
    fn placed(&self, provider: Option<&str>, fields: &Fields<'_>, at: Option<Instant>) -> Option<Instant> {
        at.filter(|at| self.is_mine(provider, fields) && self.is_inside(*at))
    }

    /// Both ends, and every edge of a day or calendar between them.
    fn edges(&self, from: Instant, until: Instant) -> Vec<Instant> {
        let zone = &self.terms.zone;
        let mut edges = vec![from, until];
        let (mut date, last) = (zone.date(from), zone.date(until));
        while let (Some(today), Some(last)) = (date, last) {
            if last < today {
                break;
            }
            edges.extend(zone.start_of(today));
            for calendar in self.terms.calendars.values() {
                edges.extend(
                    calendar.spans(today, zone).unwrap_or_default().iter().flat_map(|(from, until)| [*from, *until]),
                );
            }
            date = today.tomorrow().ok();
        }
        edges.retain(|edge| from <= *edge && *edge <= until);
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    fn reported(&mut self, row: &ReportedRow) -> Result<(), CountError> {
        let fields = fields([(Field::Program, row.program.as_deref()), (Field::What, Some(row.what.as_str()))]);
        let Some(at) = self.terms.zone.start_of(row.date) else { return Ok(()) };
        if !self.is_mine(Some(&row.provider), &fields) || !self.is_inside(at) || !self.selects(&fields, None, None) {
            return Ok(());
        }
        let is_proven = row.document.as_deref().is_some_and(|document| !document.trim().is_empty());
        let quantity = match *self.counter.measure {
            Measure::Reported { evidence } => Some(row.quantity.unscaled()).filter(|_| is_proven || !evidence),
            Measure::Cost { evidence } => {
                let is_ours = row.currency.as_deref() == Some(self.terms.currency.code());
                let amount = row.amount.map(|amount| amount.unscaled()).filter(|amount| is_ours && *amount != 0);
                amount.filter(|_| is_proven || !evidence)
            }
            _ => None,
        };
        quantity.map_or(Ok(()), |quantity| self.add(&fields, at, 1, quantity))
    }

    fn forecast(&mut self, row: &ForecastRow, number: usize) -> Result<(), CountError> {
        let fields = fields([(Field::Program, Some(row.program.as_str())), (Field::Queue, row.queue.as_deref())]);
        if !self.is_covered(&fields) || !self.is_inside(row.from) || !self.selects(&fields, None, None) {
            return Ok(());
        }
        let place = Place { table: Table::Forecast, number };
        let Measure::Forecast { unit } = *self.counter.measure else { return Ok(()) };
        let contacts = row.contacts.unscaled();
        if contacts < 0 {
            return Err(place.negative("contacts"));
        }
        let quantity = match (unit, row.handle) {
            (None, _) => contacts,
            (Some(_), None) => return Ok(()),
            (Some(_), Some(handle)) if handle < 0 => return Err(place.negative("handle")),
            (Some(_), Some(handle)) => contacts.checked_mul(handle.into()).ok_or(CountsError::Overflow)?,
        };
        self.add(&fields, row.from, 1, quantity)
    }

    fn is_mine(&self, provider: Option<&str>, fields: &Fields<'_>) -> bool {
        provider == Some(self.terms.provider.as_str()) && self.is_covered(fields)
    }

    fn is_covered(&self, fields: &Fields<'_>) -> bool {
        let covers = |program: &&str| self.terms.programs.iter().any(|covered| covered == program);
        self.terms.programs.is_empty() || fields.get(&Field::Program).is_some_and(covers)
    }

    /// Whether an instant lies on the days that are counted, and on this version's.
    fn is_inside(&self, at: Instant) -> bool {
        let date = self.terms.zone.date(at);
        date.is_some_and(|date| self.is_in_window(date) && self.terms.in_force.contains(date))
    }

    fn is_in_window(&self, date: Date) -> bool {
        self.window.first <= date && self.window.last.is_none_or(|last| date <= last)
    }

    fn selects(&self, fields: &Fields<'_>, talk: Option<i64>, approved: Option<bool>) -> bool {
        self.counter.select.criteria.iter().all(|criterion| match criterion {
            Criterion::OneOf(field, words) => {
                fields.get(field).is_some_and(|value| words.iter().any(|word| word == value))
            }
            Criterion::Approved(wanted) => approved == Some(*wanted),
            Criterion::TalkLongerThan(least) => talk.is_some_and(|talk| i128::from(least.0) < i128::from(talk)),
        })
    }

    fn key(&self, fields: &Fields<'_>, day: Date, class: Class) -> Key {
        let name = |field: Field| fields.get(&field).copied().unwrap_or("").to_owned();
        let group = match self.counter.scope {
            Scope::Program => name(Field::Program),
            Scope::Site => name(Field::Site),
            Scope::Contract => String::new(),
        };
        let (version, counter) = (self.version, self.counter.of);
        Key { version, counter, group, period: Month::of(day), day: Some(day), class }
    }

    /// The surcharges of a part of a row: of those that split contacts by where the part lies, of others by where the row
    /// begins.
    fn class(&self, begins: Instant, lies: Instant) -> Class {
        let mut class = Class(0);
        let mut highest: Option<&Surcharge> = None;
        for (position, surcharge) in self.counter.surcharges.iter().enumerate() {
            let calendar = &self.terms.calendars[&surcharge.calendar];
            let at = if surcharge.across == Across::Split { lies } else { begins };
            if calendar.contains(at, &self.terms.zone) != Some(true) {
                continue;
            }
            match self.counter.overlap {
                Overlap::Add => class.0 |= 1 << position,
                Overlap::Highest if highest.is_none_or(|highest| highest.share < surcharge.share) => {
                    class = Class(1 << position);
                    highest = Some(surcharge);
                }
                Overlap::Highest => {}
            }
        }
        class
    }

    fn add(&mut self, fields: &Fields<'_>, at: Instant, rows: u64, quantity: i128) -> Result<(), CountError> {
        self.add_part(fields, (at, at), rows, quantity)
    }

    /// Adds a part of a row that begins at one instant and lies at another: its day is the row's.
    fn add_part(
        &mut self,
        fields: &Fields<'_>,
        (begins, lies): (Instant, Instant),
        rows: u64,
        quantity: i128,
    ) -> Result<(), CountError> {
        let day = self.terms.zone.date(begins).expect("an instant inside the term has a day");
        let key = self.key(fields, day, self.class(begins, lies));
        let count = if self.counter.by_row {
            Count::Spectrum(BTreeMap::from([(quantity, rows)]))
        } else {
            Count::Linear { rows, quantity }
        };
        Ok(self.counts.add(key, &count)?)
    }
}

/// A whole number above 0.
fn whole(number: Option<i64>, place: Place, column: &'static str) -> Result<Option<i128>, CountError> {
    match number {
        Some(number) if number < 0 => Err(place.negative(column)),
        number => Ok(number.filter(|number| 0 < *number).map(i128::from)),
    }
}
