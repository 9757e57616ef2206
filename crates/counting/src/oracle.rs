//! The slow, obvious counter: row by row, field by field, as one would by hand. The kernel must agree with it.
//!
//! It reads rows as structs, asks the clock of the contract's zone for every instant, and adds one row's contribution at
//! a time. It shares nothing with the kernel but the contract, what it says is to be counted, and the meaning of its
//! calendars.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use jiff::ToSpan;
use jiff::civil::Date;
use longshore_contacts::{
    AgentRow, AgentState, AgentTimeRow, ContactRow, ForecastRow, LegRow, ReportedRow, ScheduleRow, Table, agent_rows,
    agent_time_rows, contact_rows, forecast_rows, leg_rows, reported_rows, schedule_rows,
};
use longshore_contract::{
    Across, Class, Contract, Count, CountedAt, Counter, CounterOf, Counts, CountsError, Criterion, Field, Grain, Hours,
    InForce, Key, Measure, Overlap, Overtime, Part, Pick, Proration, ScheduleHours, Scope, Surcharge,
};
use longshore_units::{Exact, Instant, Milliseconds, Month, RoundHow};

use crate::error::LONGEST_SPAN;
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
    fn contact(&mut self, row: &ContactRow, number: usize) -> Result<(), CountError> {
        if row.superseded_at.is_some() {
            return Ok(());
        }
        let at = match self.terms.counted_at {
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
        let Some(at) = self.placed(Some(&row.provider), &fields, at) else { return Ok(()) };
        if !self.selects(&fields, row.talk, None) {
            return Ok(());
        }
        let quantity = match &*self.counter.measure {
            Measure::Resolutions { reopened_within } => {
                let reopened = |within: Milliseconds| {
                    row.reopened_after.is_some_and(|after| i128::from(after) <= i128::from(within.0))
                };
                if row.resolved.is_some()
                    && row.reopened_after.is_some_and(|after| after < 0)
                    && reopened_within.is_some()
                {
                    return Err(place.negative("reopened_after"));
                }
                (row.resolved == Some(true) && !reopened_within.is_some_and(reopened)).then_some(1)
            }
            Measure::Sales => row.sale_amount.filter(|amount| 0 < amount.unscaled()).map(|_| 1),
            Measure::SaleAmount => {
                let is_ours = row.sale_currency.as_deref() == Some(self.terms.currency.code());
                row.sale_amount.map(|amount| amount.unscaled()).filter(|amount| is_ours && *amount != 0)
            }
            Measure::Leads => whole(row.leads, place, "leads")?,
            Measure::Appointments => whole(row.appointments, place, "appointments")?,
            _ => return self.time(place, &fields, at, [row.talk, row.hold, row.wrap, row.ring, row.wait]),
        };
        quantity.map_or(Ok(()), |quantity| self.add(&fields, at, 1, quantity))
    }

    fn leg(&mut self, row: &LegRow, number: usize) -> Result<(), CountError> {
        let at = match self.terms.counted_at {
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
        let Some(at) = self.placed(row.provider.as_deref(), &fields, at) else { return Ok(()) };
        if !self.selects(&fields, row.talk, None) {
            return Ok(());
        }
        self.time(place, &fields, at, [row.talk, row.hold, row.wrap, row.ring, row.wait])
    }

    /// The instant of a row that is one of the contract's, on this version's days.
    fn placed(&self, provider: Option<&str>, fields: &Fields<'_>, at: Option<Instant>) -> Option<Instant> {
        at.filter(|at| self.is_mine(provider, fields) && self.is_inside(*at))
    }

    /// A contact or a leg: one row, at one instant, or its billable time.
    fn time(&mut self, place: Place, fields: &Fields<'_>, at: Instant, spans: Spans) -> Result<(), CountError> {
        let Measure::Time { of, increments, .. } = &*self.counter.measure else {
            return self.add(fields, at, 1, 1);
        };
        let of_part = |part: &Part| spans[Part::ALL.iter().position(|known| known == part).expect("a known part")];
        let Some(parts) = of.iter().map(of_part).collect::<Option<Vec<i64>>>() else { return Ok(()) };
        if let Some((part, _)) = of.iter().zip(&parts).find(|(_, value)| **value < 0) {
            return Err(place.negative(part.word()));
        }
        let time = Milliseconds(parts.iter().map(|part| *part as u64).sum());
        if !increments.bills(time) {
            return Ok(());
        }
        let billed = increments.billed(time).ok_or(CountsError::Overflow)?.0;
        let billed = self.counter.step.map_or(billed, |step| billed.div_ceil(step.0) * step.0);
        if self.counter.surcharges.iter().all(|surcharge| surcharge.across == Across::Start) {
            return self.add(fields, at, 1, billed.into());
        }
        if i128::from(LONGEST_SPAN) < i128::from(billed) * 1000 {
            return Err(CountError::TooLong { table: place.table.name(), row: place.number });
        }
        // A millisecond belongs to the stretch in which it begins.
        let billed = billed as i64;
        self.add(fields, at, 1, 0)?;
        for piece in self.edges(at, Instant(at.0 + billed * 1000)).windows(2) {
            let begun = |edge: Instant| (edge.0 - at.0 + 999).div_euclid(1000);
            self.add_part(fields, (at, piece[0]), 0, (begun(piece[1]) - begun(piece[0])).into())?;
        }
        Ok(())
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
        let Measure::AgentTime { overtime, .. } = &*self.counter.measure else { return Ok(()) };
        if !self.is_mine(Some(&row.provider), &fields) || !self.selects(&fields, None, row.approved) {
            return Ok(());
        }
        let place = Place { table: Table::AgentTime, number };
        if row.until < row.from {
            return Err(place.negative("until"));
        }
        if i128::from(LONGEST_SPAN) < i128::from(row.until.0) - i128::from(row.from.0) {
            return Err(CountError::TooLong { table: place.table.name(), row: number });
        }
        let edges = self.edges(row.from, row.until);
        let meets = |at: &Instant| self.terms.zone.date(*at).is_some_and(|date| self.is_in_window(date));
        if !edges[..edges.len() - 1].iter().any(meets) && !meets(&row.from) {
            return Ok(());
        }
        if matches!(self.counter.of, CounterOf::Refund(_)) && row.left.is_none() {
            return Ok(()); // Nobody left: whether the week is annotated does not matter.
        }
        // Every piece between two edges lies in one day, in one week, and in or out of each calendar as a whole.
        let mut is_counted = overtime.is_none();
        if is_counted && self.is_inside(row.from) {
            self.add_agent_time(row, &fields, row.from, 1, 0)?;
        }
        for piece in edges.windows(2) {
            let length = piece[1].0 - piece[0].0;
            let counted = match overtime {
                None => length,
                Some(overtime) => length.min(self.overtime(overtime, row, piece, place)?),
            };
            if counted == 0 {
                continue;
            }
            let begins = u64::from(!is_counted);
            is_counted = true;
            if self.is_inside(piece[0]) {
                self.add_agent_time(row, &fields, piece[0], begins, counted.into())?;
            }
        }
        Ok(())
    }

    /// How much of a piece of a row ends beyond what the agent's week has before overtime.
    fn overtime(
        &self,
        overtime: &Overtime,
        row: &AgentTimeRow,
        piece: &[Instant],
        place: Place,
    ) -> Result<i64, CountError> {
        if row.state == AgentState::Offline {
            return Ok(0);
        }
        let (table, row_number) = (place.table.name(), place.number);
        let missing = |column| CountError::NotAnnotated { table, column, row: row_number };
        let week_from = row.week_from.ok_or_else(|| missing("week_from"))?;
        let before = row.week_before.ok_or_else(|| missing("week_before"))?;
        if before < 0 {
            return Err(place.negative("week_before"));
        }
        let week_of = |at: Instant| {
            let mut day = self.terms.zone.date(at)?;
            while day.weekday() != overtime.week_starts {
                day = day.yesterday().ok()?;
            }
            self.terms.zone.start_of(day)
        };
        let no_day = || CountError::Day { table, column: "from", row: row_number };
        if week_of(row.from).ok_or_else(no_day)? != week_from {
            return Err(CountError::OtherWeek { table, row: row_number });
        }
        let week = week_of(piece[0]).ok_or_else(no_day)?;
        let by_the_end = if week == week_from {
            i128::from(before) * 1000 + i128::from(piece[1].0 - row.from.0)
        } else {
            i128::from(piece[1].0 - week.0) // The row covers all of its week until here.
        };
        let over = (by_the_end - i128::from(overtime.beyond.0) * 1000).clamp(0, i64::MAX.into());
        Ok(over as i64)
    }

    fn add_agent_time(
        &mut self,
        row: &AgentTimeRow,
        fields: &Fields<'_>,
        at: Instant,
        rows: u64,
        quantity: i128,
    ) -> Result<(), CountError> {
        let CounterOf::Refund(charge) = self.counter.of else { return self.add(fields, at, rows, quantity) };
        let within = self.terms.counted(charge).and_then(|counted| counted.refund).expect("it is given back").within;
        let day = self.terms.zone.date(at).expect("an instant inside the term has a day");
        let Some(left) = row.left else { return Ok(()) };
        let last_day = day.checked_add(i64::from(within.0).days()).unwrap_or(Date::MAX);
        if left < day || last_day < left {
            return Ok(());
        }
        let mut key = self.key(fields, day, self.class(at, at));
        key.period = Month::of(left);
        Ok(self.counts.add(key, &Count::Linear { rows, quantity })?)
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

    fn schedule(&mut self, row: &ScheduleRow, number: usize) -> Result<(), CountError> {
        let fields = fields([
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
            (Field::Team, row.team.as_deref()),
        ]);
        if !self.is_mine(Some(&row.provider), &fields)
            || !self.is_inside(row.from)
            || !self.selects(&fields, None, None)
        {
            return Ok(());
        }
        let place = Place { table: Table::Schedule, number };
        let Measure::Schedule { of, .. } = &*self.counter.measure else { return Ok(()) };
        let hours = |of: &Hours| {
            let hours = match of {
                Hours::Requested => row.requested,
                Hours::Scheduled => row.scheduled,
                Hours::Productive => row.productive,
            };
            if hours.is_some_and(|hours| hours < 0) { Err(place.negative(of.word())) } else { Ok(hours) }
        };
        let quantity = match of {
            ScheduleHours::One(of) => hours(of)?.map(i128::from),
            ScheduleHours::Pick { pick, of, at_most, per } => {
                let zone = &self.terms.zone;
                let day = zone.date(row.from).and_then(|date| Some((zone.start_of(date)?, date.tomorrow().ok()?)));
                let is_a_day = day.is_some_and(|(starts, next)| {
                    starts == row.from && zone.start_of(next).is_some_and(|ends| ends == row.until)
                });
                let length = i128::from(row.until.0) - i128::from(row.from.0);
                let is_as_long = length == i128::from(per.0) * 1000;
                if !(is_as_long || per.0 == 86_400_000 && is_a_day) {
                    let minutes = (per.0 / 60_000) as i64;
                    return Err(CountError::Length { table: "schedule", row: number, minutes });
                }
                let mut known = Vec::new();
                for of in of {
                    known.push(hours(of)?);
                }
                let most = match at_most {
                    None => Some(None),
                    Some((share, of)) => hours(of)?.map(|hours| {
                        let most = &share.0 * &Exact::from(i128::from(hours));
                        most.rounded_to(&Exact::one(), RoundHow::Down).to_i128()
                    }),
                };
                let known = known.into_iter().map(|hours| hours.map(i128::from)).collect::<Option<Vec<_>>>();
                known.zip(most).and_then(|(known, most)| {
                    let picked = match pick {
                        Pick::Lesser => known.into_iter().min(),
                        Pick::Greater => known.into_iter().max(),
                    };
                    picked.map(|picked| most.map_or(picked, |most| picked.min(most)))
                })
            }
        };
        quantity.map_or(Ok(()), |quantity| self.add(&fields, row.from, 1, quantity))
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
        let selected = self.counter.select.criteria.iter().all(|criterion| match criterion {
            Criterion::OneOf(Field::Language, words) => speaks(words),
            Criterion::OneOf(field, words) => {
                fields.get(field).is_some_and(|value| words.iter().any(|word| word == value))
            }
            Criterion::TalkLongerThan(_) | Criterion::Approved(_) => false,
        });
        if !self.is_mine(Some(&row.provider), &fields) || !selected {
            return Ok(());
        }
        let Measure::AgentMonths { prorate } = *self.counter.measure else { return Ok(()) };
        let last_counted = self.window.register_last.expect("who counts agents says until when");
        // Day by day: the first day of each month that this version counts opens that month's row. Where months are
        // whole, only the first day on the register in a month is looked at.
        let (mut month_seen, mut row_of_month) = (None, None);
        let mut day = row.hired.max(self.window.first);
        while day <= row.left.unwrap_or(last_counted).min(last_counted) {
            let month = Month::of(day);
            let is_first = month_seen != Some(month);
            month_seen = Some(month);
            if self.terms.in_force.contains(day) {
                match prorate {
                    Proration::Day => {
                        let opens = row_of_month.is_none_or(|(open, _)| open != month);
                        let (_, first) =
                            *row_of_month.insert(if opens { (month, day) } else { row_of_month.expect("it is open") });
                        self.add_agent(&fields, first, u64::from(opens), 1)?;
                    }
                    Proration::None if is_first => self.add_agent(&fields, day, 1, month.days())?,
                    Proration::None => {}
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Ok(())
    }

    fn add_agent(&mut self, fields: &Fields<'_>, day: Date, rows: u64, quantity: i128) -> Result<(), CountError> {
        let key = self.key(fields, day, Class(0));
        Ok(self.counts.add(key, &Count::Linear { rows, quantity })?)
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
