//! The slow, obvious counter: row by row, field by field, as one would by hand. The kernel must agree with it.
//!
//! It reads rows as structs, asks the clock of the contract's zone for every instant, and adds one row's contribution at
//! a time. It shares nothing with the kernel but the contract and the meaning of its calendars.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use longshore_contacts::{
    AgentRow, AgentTimeRow, ContactRow, LegRow, ScheduleRow, Table, agent_rows, agent_time_rows, contact_rows,
    leg_rows, schedule_rows,
};
use longshore_contract::{
    Charge, ChargeKind, Class, Contract, Count, Counted, CountedAt, CounterOf, Counts, CountsError, Criterion, Field,
    Grain, Hours, Key, Measure, Overlap, Part, Proration, RoundAt, ScheduleHours, Scope, Surcharge,
};
use longshore_units::{Instant, Milliseconds, Month};

use crate::error::LONGEST_SPAN;
use crate::{CountError, Window};

/// Counts batches of records under a contract, for the days of a window.
///
/// Batches are whole canonical batches of their tables.
pub fn count(contract: &Contract, window: Window, batches: &[(Table, RecordBatch)]) -> Result<Counts, CountError> {
    let mut counts = Counts::default();
    for (table, batch) in batches {
        for (position, charge) in contract.charges.iter().enumerate() {
            let ChargeKind::Counted(counted) = &charge.kind else { continue };
            let mut one = OneCharge { contract, window, position, charge, counted, counts: &mut counts };
            match (counted.grain, table) {
                (Grain::Contact, Table::Contacts) => {
                    for (number, row) in contact_rows(batch).enumerate() {
                        one.contact(&row?, number)?;
                    }
                }
                (Grain::Leg, Table::Legs) => {
                    for (number, row) in leg_rows(batch).enumerate() {
                        one.leg(&row?, number)?;
                    }
                }
                (Grain::AgentTime, Table::AgentTime) => {
                    for (number, row) in agent_time_rows(batch).enumerate() {
                        one.agent_time(&row?, number)?;
                    }
                }
                (Grain::Schedule, Table::Schedule) => {
                    for (number, row) in schedule_rows(batch).enumerate() {
                        one.schedule(&row?, number)?;
                    }
                }
                (Grain::Agent, Table::Agents) => {
                    for row in agent_rows(batch) {
                        one.agent(&row?)?;
                    }
                }
                _ => {}
            }
        }
    }
    Ok(counts)
}

struct OneCharge<'c> {
    contract: &'c Contract,
    window: Window,
    position: usize,
    charge: &'c Charge,
    counted: &'c Counted,
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

impl OneCharge<'_> {
    fn contact(&mut self, row: &ContactRow, number: usize) -> Result<(), CountError> {
        if row.superseded_at.is_some() {
            return Ok(());
        }
        let at = match self.contract.counted_at {
            CountedAt::Arrived => row.arrived_at,
            CountedAt::Offered => row.offered_at,
            CountedAt::Answered => row.answered_at,
            CountedAt::Ended => row.ended_at,
        };
        let fields = fields([
            (Field::Channel, row.channel.map(|word| word.as_str())),
            (Field::Direction, row.direction.map(|word| word.as_str())),
            (Field::Outcome, row.outcome.map(|word| word.as_str())),
            (Field::Queue, row.first_queue.as_deref()),
            (Field::LastQueue, row.last_queue.as_deref()),
            (Field::Language, row.language.as_deref()),
            (Field::Reason, row.reason.as_deref()),
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
        ]);
        let place = Place { table: Table::Contacts, number };
        self.visit(place, Some(&row.provider), &fields, at, [row.talk, row.hold, row.wrap, row.ring, row.wait])
    }

    fn leg(&mut self, row: &LegRow, number: usize) -> Result<(), CountError> {
        let at = match self.contract.counted_at {
            CountedAt::Arrived | CountedAt::Offered => row.offered_at,
            CountedAt::Answered => row.answered_at,
            CountedAt::Ended => row.ended_at,
        };
        let fields = fields([
            (Field::Channel, row.channel.map(|word| word.as_str())),
            (Field::Direction, row.direction.map(|word| word.as_str())),
            (Field::Outcome, row.outcome.map(|word| word.as_str())),
            (Field::Queue, row.queue.as_deref()),
            (Field::Language, row.language.as_deref()),
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
            (Field::Team, row.team.as_deref()),
        ]);
        let place = Place { table: Table::Legs, number };
        self.visit(place, row.provider.as_deref(), &fields, at, [row.talk, row.hold, row.wrap, row.ring, row.wait])
    }

    /// A contact or a leg: one row, at one instant.
    fn visit(
        &mut self,
        place: Place,
        provider: Option<&str>,
        fields: &Fields<'_>,
        at: Option<Instant>,
        spans: Spans,
    ) -> Result<(), CountError> {
        let Some(at) = at else { return Ok(()) };
        if !self.is_mine(provider, fields) || !self.is_inside(at) || !self.selects(fields, spans[0]) {
            return Ok(());
        }
        let quantity = match &self.counted.measure {
            Measure::Contacts | Measure::Legs => 1,
            Measure::Time { of, increments, .. } => {
                let of_part =
                    |part: &Part| spans[Part::ALL.iter().position(|known| known == part).expect("a known part")];
                let Some(parts) = of.iter().map(of_part).collect::<Option<Vec<i64>>>() else { return Ok(()) };
                if let Some((part, _)) = of.iter().zip(&parts).find(|(_, value)| **value < 0) {
                    return Err(place.negative(part.word()));
                }
                let time: u64 = parts.iter().map(|part| *part as u64).sum();
                i128::from(increments.billed(Milliseconds(time)).ok_or(CountsError::Overflow)?.0)
            }
            _ => return Ok(()),
        };
        self.add(fields, at, 1, quantity)
    }

    fn agent_time(&mut self, row: &AgentTimeRow, number: usize) -> Result<(), CountError> {
        let fields = fields([
            (Field::Direction, row.direction.map(|word| word.as_str())),
            (Field::Queue, row.queue.as_deref()),
            (Field::Reason, row.reason.as_deref()),
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
            (Field::Team, row.team.as_deref()),
            (Field::State, Some(row.state.as_str())),
        ]);
        if !self.is_mine(Some(&row.provider), &fields) || !self.selects(&fields, None) {
            return Ok(());
        }
        let place = Place { table: Table::AgentTime, number };
        if row.until < row.from {
            return Err(place.negative("until"));
        }
        if i128::from(LONGEST_SPAN) < i128::from(row.until.0) - i128::from(row.from.0) {
            return Err(CountError::TooLong { table: place.table.name(), row: number });
        }
        if self.is_inside(row.from) {
            self.add(&fields, row.from, 1, 0)?;
        }
        // Every piece between two edges lies in one day and in or out of each calendar as a whole.
        let edges = self.edges(row.from, row.until);
        for piece in edges.windows(2) {
            if self.is_inside(piece[0]) {
                self.add(&fields, piece[0], 0, i128::from(piece[1].0 - piece[0].0))?;
            }
        }
        Ok(())
    }

    /// Both ends, and every edge of a day or calendar between them.
    fn edges(&self, from: Instant, until: Instant) -> Vec<Instant> {
        let zone = &self.contract.zone;
        let mut edges = vec![from, until];
        let (mut date, last) = (zone.date(from), zone.date(until));
        while let (Some(today), Some(last)) = (date, last) {
            if last < today {
                break;
            }
            edges.extend(zone.start_of(today));
            for calendar in self.contract.calendars.values() {
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

    fn schedule(&mut self, row: &ScheduleRow, number: usize) -> Result<(), CountError> {
        let fields = fields([
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
            (Field::Team, row.team.as_deref()),
        ]);
        if !self.is_mine(Some(&row.provider), &fields) || !self.is_inside(row.from) || !self.selects(&fields, None) {
            return Ok(());
        }
        let Measure::Schedule { of: ScheduleHours::One(of), .. } = &self.counted.measure else { return Ok(()) };
        let hours = match of {
            Hours::Requested => row.requested,
            Hours::Scheduled => row.scheduled,
            Hours::Productive => row.productive,
        };
        match hours {
            None => Ok(()),
            Some(hours) if hours < 0 => Err(Place { table: Table::Schedule, number }.negative(of.word())),
            Some(hours) => self.add(&fields, row.from, 1, i128::from(hours)),
        }
    }

    fn agent(&mut self, row: &AgentRow) -> Result<(), CountError> {
        let fields = fields([
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
            (Field::Team, row.team.as_deref()),
        ]);
        let speaks = |wanted: &[String]| {
            let spoken: Vec<&str> = row.languages.as_deref().unwrap_or("").split_whitespace().collect();
            wanted.iter().any(|language| spoken.contains(&language.as_str()))
        };
        let selected = self.counted.select.criteria.iter().all(|criterion| match criterion {
            Criterion::OneOf(Field::Language, words) => speaks(words),
            Criterion::OneOf(field, words) => {
                fields.get(field).is_some_and(|value| words.iter().any(|word| word == value))
            }
            Criterion::TalkLongerThan(_) | Criterion::Approved(_) => false,
        });
        if !self.is_mine(Some(&row.provider), &fields) || !selected {
            return Ok(());
        }
        let Measure::AgentMonths { prorate } = self.counted.measure else { return Ok(()) };
        let last_counted = self.window.register_last.expect("who counts agents says until when");
        // Day by day: the first day of each month on the register opens that month's row.
        let (mut day, mut month_of_row) = (row.hired.max(self.window.first), None);
        while day <= row.left.unwrap_or(last_counted).min(last_counted) {
            let month = Month::of(day);
            if month_of_row.is_none_or(|(open, _)| open != month) {
                month_of_row = Some((month, day));
                let whole = if prorate == Proration::None { month.days() } else { 0 };
                self.add_agent(&fields, month, day, 1, whole)?;
            }
            if let (Some((month, first)), Proration::Day) = (month_of_row, prorate) {
                self.add_agent(&fields, month, first, 0, 1)?;
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Ok(())
    }

    fn add_agent(
        &mut self,
        fields: &Fields<'_>,
        month: Month,
        day: jiff::civil::Date,
        rows: u64,
        quantity: i128,
    ) -> Result<(), CountError> {
        let group = self.group(fields);
        let key = Key {
            version: 0,
            counter: CounterOf::Charge(self.position),
            group,
            period: month,
            day: Some(day),
            class: Class(0),
        };
        Ok(self.counts.add(key, &Count::Linear { rows, quantity })?)
    }

    fn is_mine(&self, provider: Option<&str>, fields: &Fields<'_>) -> bool {
        let covers = |program: &&str| self.contract.programs.iter().any(|covered| covered == program);
        provider == Some(self.contract.provider.as_str())
            && (self.contract.programs.is_empty() || fields.get(&Field::Program).is_some_and(covers))
    }

    fn is_inside(&self, at: Instant) -> bool {
        let date = self.contract.zone.date(at);
        date.is_some_and(|date| self.window.first <= date && self.window.last.is_none_or(|last| date <= last))
    }

    fn selects(&self, fields: &Fields<'_>, talk: Option<i64>) -> bool {
        self.counted.select.criteria.iter().all(|criterion| match criterion {
            Criterion::OneOf(field, words) => {
                fields.get(field).is_some_and(|value| words.iter().any(|word| word == value))
            }
            Criterion::Approved(_) => false,
            Criterion::TalkLongerThan(least) => talk.is_some_and(|talk| i128::from(least.0) < i128::from(talk)),
        })
    }

    fn group(&self, fields: &Fields<'_>) -> String {
        let name = |field: Field| fields.get(&field).copied().unwrap_or("").to_owned();
        match self.counted.scope {
            Scope::Program => name(Field::Program),
            Scope::Site => name(Field::Site),
            Scope::Contract => String::new(),
        }
    }

    fn add(&mut self, fields: &Fields<'_>, at: Instant, rows: u64, quantity: i128) -> Result<(), CountError> {
        let zone = &self.contract.zone;
        let date = zone.date(at).expect("an instant inside the term has a day");
        let mut class = Class(0);
        let mut highest: Option<&Surcharge> = None;
        for (position, surcharge) in self.counted.surcharges.iter().enumerate() {
            let calendar = &self.contract.calendars[&surcharge.calendar];
            if calendar.contains(at, zone) != Some(true) {
                continue;
            }
            match self.counted.overlap {
                Overlap::Add => class.0 |= 1 << position,
                Overlap::Highest if highest.is_none_or(|highest| highest.share < surcharge.share) => {
                    class = Class(1 << position);
                    highest = Some(surcharge);
                }
                Overlap::Highest => {}
            }
        }
        let key = Key {
            version: 0,
            counter: CounterOf::Charge(self.position),
            group: self.group(fields),
            period: Month::of(date),
            day: Some(date),
            class,
        };
        let by_contact = self.contract.rounding_of(self.charge).at == RoundAt::Contact
            && matches!(self.counted.grain, Grain::Contact | Grain::Leg);
        let count = if by_contact {
            Count::Spectrum(BTreeMap::from([(quantity, rows)]))
        } else {
            Count::Linear { rows, quantity }
        };
        Ok(self.counts.add(key, &count)?)
    }
}
