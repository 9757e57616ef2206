//! What agents had in their weeks before each row.

use std::sync::Arc;

use arrow_array::{Int64Array, RecordBatch, TimestampMicrosecondArray};
use jiff::civil::Weekday;
use longshore_contacts::{AgentState, Table};
use longshore_units::{Instant, Zone};

use super::{AnnotateError, with_column};
use crate::CountError;
use crate::columns::{Columns, Groups};
use crate::error::LONGEST_SPAN;
use crate::week::Weeks;

/// A row of an agent's time.
struct Row {
    agent: u32,
    from: i64,
    until: i64,
    is_offline: bool,
    batch: u32,
    row: u32,
}

/// Fills `week_from` and `week_before` of agents' time, for weeks that begin with a day of the week in a zone.
///
/// A row's week is that of its first instant. What runs over a week's end belongs to both weeks: later rows of the second
/// find the part behind the end in their `week_before`. Agents are those of their provider; all of an agent's time counts,
/// for whatever program. Time before the first row is not known, and taken as none.
///
/// # Errors
/// If an agent is in two states at once, or a row cannot be.
pub fn weeks(batches: &[RecordBatch], zone: &Zone, starts: Weekday) -> Result<Vec<RecordBatch>, AnnotateError> {
    let (mut rows, agents) = rows(batches)?;
    rows.sort_unstable_by_key(|row| (row.agent, row.from, row.until, row.batch, row.row));
    let mut found: Vec<Vec<(i64, i64)>> = batches.iter().map(|batch| vec![(0, 0); batch.num_rows()]).collect();
    let mut weeks = Weeks::new(zone.clone(), starts);
    let mut before: Option<&Row> = None;
    // The week that `logged_in`, in microseconds, is of.
    let (mut week_of, mut logged_in) = (i64::MIN, 0);
    for row in &rows {
        if before.is_none_or(|before| before.agent != row.agent) {
            week_of = i64::MIN;
        } else if before.is_some_and(|before| row.from < before.until) {
            let (provider, agent) = agents[row.agent as usize].clone();
            return Err(AnnotateError::Overlap { provider, agent, at: Instant(row.from) });
        }
        before = Some(row);
        let no_day = || CountError::Day { table: Table::AgentTime.name(), column: "from", row: row.row as usize };
        let (week_from, week_until) = weeks.of(row.from).ok_or_else(no_day)?;
        if week_of != week_from {
            (week_of, logged_in) = (week_from, 0);
        }
        found[row.batch as usize][row.row as usize] = (week_from, logged_in / 1000);
        if row.is_offline {
            continue;
        }
        if row.until <= week_until {
            logged_in += row.until - row.from;
        } else {
            let (last_from, _) = weeks.of(row.until).ok_or_else(no_day)?;
            (week_of, logged_in) = (last_from, row.until - last_from);
        }
    }
    let annotated = batches.iter().zip(found).map(|(batch, found)| {
        let from = found.iter().map(|(from, _)| *from);
        let from = TimestampMicrosecondArray::from_iter_values(from).with_timezone("UTC");
        let before = Int64Array::from_iter_values(found.iter().map(|(_, before)| *before));
        let batch = with_column(batch, Table::AgentTime, "week_from", Arc::new(from));
        with_column(&batch, Table::AgentTime, "week_before", Arc::new(before))
    });
    Ok(annotated.collect())
}

/// An agent, by number with its provider.
type Agent = (String, String);

/// The rows of all batches, and the agents by number with their providers.
fn rows(batches: &[RecordBatch]) -> Result<(Vec<Row>, Vec<Agent>), CountError> {
    let (mut rows, mut agents) = (Vec::new(), Agents::default());
    for (number, batch) in batches.iter().enumerate() {
        let columns = Columns::of(Table::AgentTime, batch);
        let (from, until) = (columns.instants("from")?, columns.instants("until")?);
        let mut offline = vec![true; batch.num_rows()];
        columns.names("state")?.keep(|state| state == AgentState::Offline.as_str(), &mut offline);
        for (row, agent) in agents.of(&columns)?.into_iter().enumerate() {
            let (from, until) = (from.value(row), until.value(row));
            let table = Table::AgentTime.name();
            if until < from {
                return Err(CountError::Negative { table, column: "until", row });
            }
            if LONGEST_SPAN < until.saturating_sub(from) {
                return Err(CountError::TooLong { table, row });
            }
            let (batch, row, is_offline) = (number as u32, row as u32, offline[row]);
            rows.push(Row { agent, from, until, is_offline, batch, row });
        }
    }
    Ok((rows, agents.known))
}

/// Agents, numbered in the order in which they were met.
#[derive(Default)]
pub(super) struct Agents {
    providers: Groups,
    names: Groups,
    numbers: std::collections::HashMap<(u32, u32), u32>, // Looked into, never gone through.
    known: Vec<(String, String)>,
}

impl Agents {
    /// The number of each row's agent.
    pub fn of(&mut self, columns: &Columns<'_>) -> Result<Vec<u32>, CountError> {
        let (mut providers, mut names) = (Vec::new(), Vec::new());
        columns.names("provider")?.groups(&mut self.providers, &mut providers);
        columns.names("agent")?.groups(&mut self.names, &mut names);
        let Agents { providers: all_providers, names: all_names, numbers, known } = self;
        let number = |(provider, name): (u32, u32)| {
            *numbers.entry((provider, name)).or_insert_with(|| {
                let named = |groups: &Groups, number: u32| groups.names()[number as usize].clone();
                known.push((named(all_providers, provider), named(all_names, name)));
                known.len() as u32 - 1
            })
        };
        Ok(providers.into_iter().zip(names).map(number).collect())
    }
}
