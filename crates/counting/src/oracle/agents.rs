//! Agents, one row at a time: their time, what was planned for them, and their days on the register.

use jiff::ToSpan;
use jiff::civil::Date;
use longshore_contacts::{AgentRow, AgentState, AgentTimeRow, ScheduleRow, Table};
use longshore_contract::{
    Class, Count, CounterOf, Criterion, Field, Hours, Measure, Overtime, Pick, Proration, ScheduleHours,
};
use longshore_units::{Exact, Instant, Month, RoundHow};

use super::{Fields, OneCounter, Place, fields};
use crate::CountError;
use crate::error::LONGEST_SPAN;

impl OneCounter<'_> {
    pub(super) fn agent_time(&mut self, row: &AgentTimeRow, number: usize) -> Result<(), CountError> {
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

    pub(super) fn schedule(&mut self, row: &ScheduleRow, number: usize) -> Result<(), CountError> {
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

    pub(super) fn agent(&mut self, row: &AgentRow) -> Result<(), CountError> {
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
}
