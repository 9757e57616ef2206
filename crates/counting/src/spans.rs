//! Agents' time: spans, cut at the edges of days and calendars.

use arrow_array::types::{Date32Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{Array, PrimitiveArray};
use jiff::civil::Date;
use longshore_contacts::AgentState;
use longshore_contract::Count;
use longshore_units::Month;

use crate::CountError;
use crate::columns::{Columns, day};
use crate::error::LONGEST_SPAN;
use crate::job_tally::JobTally;
use crate::program::Job;
use crate::quantity::Beyond;
use crate::scratch::Scratch;
use crate::timeline::{OUTSIDE, Timeline};
use crate::version::Versions;
use crate::week::Weeks;

/// How the spans of a batch are counted.
#[derive(Clone, Copy)]
pub(crate) struct Spans<'a, 'b> {
    pub job: &'a Job,
    pub columns: &'a Columns<'b>,
    pub scratch: &'a Scratch,
    pub beyond: Option<Beyond>,
    /// Only of agents who left at most so many days later; counted in the month in which they left.
    pub refund_within_days: Option<i32>,
}

/// What the rows of a batch say of their agents' weeks.
struct WeekColumns<'b> {
    beyond: Beyond,
    weeks: Weeks,
    /// The rows in which the agent was not logged in.
    offline: Vec<bool>,
    from: &'b PrimitiveArray<TimestampMicrosecondType>,
    before: &'b PrimitiveArray<Int64Type>,
}

impl Spans<'_, '_> {
    /// Adds the selected spans to a tally: a row counts where it begins, its time where it is spent. Returns how many rows
    /// lie outside altogether.
    pub fn add_to(
        self,
        tally: &mut JobTally,
        timeline: &mut Timeline,
        versions: &mut Versions,
    ) -> Result<u64, CountError> {
        let Spans { job, columns, scratch, .. } = self;
        let (from, until) = (columns.instants("from")?, columns.instants("until")?);
        let mut weeks = self.beyond.map(|beyond| WeekColumns::of(columns, beyond, timeline)).transpose()?;
        let left = self.refund_within_days.map(|_| columns.days("left")).transpose()?;
        let mut outside = 0;
        for row in (0..columns.rows()).filter(|row| scratch.kept[*row]) {
            if from.is_null(row) || until.is_null(row) {
                return Err(columns.error(if from.is_null(row) { "from" } else { "until" }));
            }
            let (from, until) = (from.value(row), until.value(row));
            if until < from {
                return Err(CountError::Negative { table: columns.table.name(), column: "until", row });
            }
            if LONGEST_SPAN < until.saturating_sub(from) {
                return Err(CountError::TooLong { table: columns.table.name(), row });
            }
            if !timeline.meets(from, until) {
                outside += u64::from(job.says_outside);
                continue;
            }
            let left = left.map(|left| left_of(left, columns, row)).transpose()?;
            if left == Some(None) {
                continue; // Still there: nothing is given back.
            }
            match &mut weeks {
                None => {
                    let begins = self.begins(tally, timeline, versions, from)?;
                    self.add_piece(tally, timeline, versions, (row, begins), (from, until), left.flatten())?;
                }
                Some(weeks) => {
                    let mut is_counted = false;
                    for piece in weeks.pieces(columns, row, (from, until))? {
                        let begins = !is_counted && self.begins(tally, timeline, versions, piece.0)?;
                        is_counted = true;
                        self.add_piece(tally, timeline, versions, (row, begins), piece, left.flatten())?;
                    }
                }
            }
        }
        Ok(outside)
    }

    /// Whether a row that begins there is one of this version's.
    fn begins(
        self,
        tally: &mut JobTally,
        timeline: &mut Timeline,
        versions: &mut Versions,
        at: i64,
    ) -> Result<bool, CountError> {
        let slot = timeline.slot(at);
        tally.make_room(self.job, self.columns.table, timeline.slots())?;
        Ok(slot != OUTSIDE && versions.is_of(slot, self.job.version, timeline))
    }

    /// Adds a part of a row, and the row itself where it begins with it.
    fn add_piece(
        self,
        tally: &mut JobTally,
        timeline: &mut Timeline,
        versions: &mut Versions,
        (row, begins): (usize, bool),
        (from, until): (i64, i64),
        left: Option<Date>,
    ) -> Result<(), CountError> {
        let (job, group) = (self.job, self.scratch.group_of(row));
        if begins {
            let slot = timeline.slot(from);
            match left {
                None => tally.add_row(slot, group),
                Some(left) => self.add_refund(tally, timeline, (slot, group), left, (1, 0))?,
            }
        }
        let mut at = from;
        while at < until {
            let (slot, end) = timeline.stretch(at);
            let end = end.min(until);
            if slot != OUTSIDE && versions.is_of(slot, job.version, timeline) {
                tally.make_room(job, self.columns.table, timeline.slots())?;
                match left {
                    None => tally.add_part(slot, group, end - at),
                    Some(left) => self.add_refund(tally, timeline, (slot, group), left, (0, end - at))?,
                }
            }
            at = end;
        }
        Ok(())
    }

    /// Adds time to what is given back in the month in which the agent left, if that is soon enough after it.
    fn add_refund(
        self,
        tally: &mut JobTally,
        timeline: &Timeline,
        (slot, group): (u32, usize),
        left: Date,
        (rows, quantity): (u64, i64),
    ) -> Result<(), CountError> {
        let place = timeline.place(slot).expect("what lies outside is not given back");
        let days = (left - place.date).get_days();
        if days < 0 || self.refund_within_days.is_none_or(|within| within < days) {
            return Ok(());
        }
        let class = self.job.class(place.calendars);
        let mut key = self.job.key(&tally.groups.names()[group], place, class);
        key.period = Month::of(left);
        Ok(tally.counts.add(key, &Count::Linear { rows, quantity: quantity.into() })?)
    }
}

/// The last day of a row's agent.
fn left_of(left: &PrimitiveArray<Date32Type>, columns: &Columns<'_>, row: usize) -> Result<Option<Date>, CountError> {
    let no_day = || CountError::Day { table: columns.table.name(), column: "left", row };
    left.is_valid(row).then(|| day(left.value(row)).ok_or_else(no_day)).transpose()
}

impl<'b> WeekColumns<'b> {
    fn of(columns: &Columns<'b>, beyond: Beyond, timeline: &Timeline) -> Result<WeekColumns<'b>, CountError> {
        let mut offline = vec![true; columns.rows()];
        columns.names("state")?.keep(|state| state == AgentState::Offline.as_str(), &mut offline);
        Ok(WeekColumns {
            beyond,
            weeks: Weeks::new(timeline.zone().clone(), beyond.starts),
            offline,
            from: columns.instants("week_from")?,
            before: columns.durations("week_before")?,
        })
    }

    /// The parts of a row that lie beyond what its agent's weeks have before overtime: at most one a week. Who is offline
    /// does not work overtime.
    fn pieces(
        &mut self,
        columns: &Columns<'_>,
        row: usize,
        (from, until): (i64, i64),
    ) -> Result<Vec<(i64, i64)>, CountError> {
        let table = columns.table.name();
        if self.offline[row] {
            return Ok(Vec::new());
        }
        let missing = |column| CountError::NotAnnotated { table, column, row };
        if self.from.is_null(row) || self.before.is_null(row) {
            return Err(missing(if self.from.is_null(row) { "week_from" } else { "week_before" }));
        }
        let mut before = self.before.value(row).checked_mul(1000).ok_or(longshore_contract::CountsError::Overflow)?;
        if before < 0 {
            return Err(CountError::Negative { table, column: "week_before", row });
        }
        let mut pieces = Vec::new();
        let mut at = from;
        let (mut week_from, mut week_until) = self.week(at, columns, row)?;
        if week_from != self.from.value(row) {
            return Err(CountError::OtherWeek { table, row });
        }
        loop {
            let end = until.min(week_until);
            let begins = at.saturating_add((self.beyond.week - before).max(0));
            if begins < end {
                pieces.push((begins, end));
            }
            if until <= week_until {
                return Ok(pieces);
            }
            // What lies behind the week's end begins the next week.
            (at, before) = (week_until, 0);
            (week_from, week_until) = self.week(at, columns, row)?;
            debug_assert_eq!(week_from, at);
        }
    }

    fn week(&mut self, at: i64, columns: &Columns<'_>, row: usize) -> Result<(i64, i64), CountError> {
        self.weeks.of(at).ok_or(CountError::Day { table: columns.table.name(), column: "from", row })
    }
}
