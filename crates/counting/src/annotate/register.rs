//! The last days of agents, from the register.

use std::sync::Arc;

use arrow_array::{Array, Date32Array, RecordBatch};
use longshore_contacts::Table;
use longshore_units::{Instant, Zone};

use super::weeks::Agents;
use super::{AnnotateError, with_column};
use crate::CountError;
use crate::columns::{Columns, day};

/// Agents' time with the last days of its agents.
#[derive(Clone, Debug)]
pub struct Left {
    /// The batches.
    pub agent_time: Vec<RecordBatch>,
    /// How many rows are of an agent who is not on the register on the row's day: whether they left is not known, and
    /// their `left` is null.
    pub unregistered: u64,
}

/// Fills `left` of agents' time where it is null: the last day of the agent's stay on the register that the row's day lies in, null where it
/// has none yet. Of several stays at once (for two programs, say) the one that ends last counts.
///
/// # Errors
/// If a row has a day that no calendar shows.
pub fn left(agent_time: &[RecordBatch], register: &[RecordBatch], zone: &Zone) -> Result<Left, AnnotateError> {
    let mut agents = Agents::default();
    // By agent: the first and the last day of each stay, as days since 1970.
    let mut stays: Vec<Vec<(i32, Option<i32>)>> = Vec::new();
    for batch in register {
        let columns = Columns::of(Table::Agents, batch);
        let (hired, left) = (columns.days("hired")?, columns.days("left")?);
        for (row, agent) in agents.of(&columns)?.into_iter().enumerate() {
            let agent = agent as usize;
            stays.resize_with(stays.len().max(agent + 1), Vec::new);
            let left = left.is_valid(row).then(|| left.value(row));
            if left.is_some_and(|left| day(left).is_none()) {
                return Err(CountError::Day { table: Table::Agents.name(), column: "left", row }.into());
            }
            stays[agent].push((hired.value(row), left));
        }
    }
    let mut unregistered = 0;
    let mut annotated = Vec::with_capacity(agent_time.len());
    for batch in agent_time {
        let columns = Columns::of(Table::AgentTime, batch);
        let from = columns.instants("from")?;
        let known = if columns.has("left") { Some(columns.days("left")?) } else { None };
        let mut days = Vec::with_capacity(batch.num_rows());
        for (row, agent) in agents.of(&columns)?.into_iter().enumerate() {
            if let Some(known) = known.filter(|known| known.is_valid(row)) {
                days.push(Some(known.value(row)));
                continue;
            }
            let no_day = || CountError::Day { table: Table::AgentTime.name(), column: "from", row };
            let today = zone.date(Instant(from.value(row))).ok_or_else(no_day)?;
            let today = (today - jiff::civil::date(1970, 1, 1)).get_days();
            let of_agent = stays.get(agent as usize).map_or(&[][..], Vec::as_slice);
            let on = of_agent.iter().filter(|(hired, left)| *hired <= today && left.is_none_or(|left| today <= left));
            let last = on.map(|(_, left)| left.unwrap_or(i32::MAX)).max();
            unregistered += u64::from(last.is_none());
            days.push(last.filter(|last| *last != i32::MAX));
        }
        annotated.push(with_column(batch, Table::AgentTime, "left", Arc::new(Date32Array::from(days))));
    }
    Ok(Left { agent_time: annotated, unregistered })
}
