//! Where a simulation's records go, and the simulation as a whole.

use std::convert::Infallible;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use longshore_contacts::Table;

use crate::check::ScenarioError;
use crate::demand::Demand;
use crate::engine;
use crate::events;
use crate::recorder::Recorder;
use crate::records::{Records, projection};
use crate::scenario::Scenario;
use crate::tallies::Tallies;

/// Takes the records of a simulation as they come.
pub trait Sink {
    /// Why it can take no more.
    type Error;

    /// Which columns of a table it wants. `None` for none: then the table costs nothing. Asked once, of the tables
    /// `contacts`, `legs` and `agent_time`.
    fn wants(&self, table: Table) -> Option<Columns>;

    /// The next rows of a table, at most some eight thousand: the columns it asked for, in the table's order.
    ///
    /// # Errors
    /// Whatever keeps it from taking more; the simulation ends with it.
    fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), Self::Error>;
}

/// The columns wanted of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Columns {
    /// All of them: the table's canonical schema.
    All,
    /// Those of these names. Others are left out.
    Only(Vec<String>),
}

/// A sink that wants nothing: the tallies suffice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Sink for Nothing {
    type Error = Infallible;

    fn wants(&self, _: Table) -> Option<Columns> {
        None
    }

    fn batch(&mut self, _: Table, _: RecordBatch) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SimulationError<E> {
    /// The scenario cannot be simulated.
    #[error("the scenario has {} mistakes, the first: {}", .0.len(), .0[0])]
    Scenario(Vec<ScenarioError>),
    /// The sink wants a column that its table does not have.
    #[error("`{}` has no column `{column}`", table.name())]
    Column {
        /// The table.
        table: Table,
        /// The column.
        column: String,
    },
    /// A batch did not fit its schema: a mistake in this crate.
    #[error("the records do not fit their schema: {0}")]
    Records(String),
    /// The sink took no more.
    #[error("the records could not be taken")]
    Sink(#[source] E),
}

/// Plays a scenario, hands its records to the sink and returns its tallies.
///
/// The same scenario gives the same records and tallies, to the byte. Memory does not grow with the horizon, but for
/// the scenario and the tallies themselves.
///
/// # Errors
/// [`SimulationError::Scenario`] if [`Scenario::check`] finds anything; otherwise what the sink has to do with.
pub fn simulate<S: Sink>(scenario: &Scenario, sink: &mut S) -> Result<Tallies, SimulationError<S::Error>> {
    let errors = scenario.check();
    if !errors.is_empty() {
        return Err(SimulationError::Scenario(errors));
    }
    let schema = |table| sink.wants(table).map(|columns| projection(table, &columns)).transpose();
    let schemas = [schema(Table::Contacts)?, schema(Table::Legs)?, schema(Table::AgentTime)?];
    if schemas.iter().all(Option::is_none) {
        return Ok(tallied(scenario));
    }
    let mut kept = Kept { sink, failure: None };
    let recorded = recorded(scenario, schemas, &mut kept);
    match kept.failure {
        Some(error) => Err(SimulationError::Sink(error)),
        None => recorded.map_err(|error| SimulationError::Records(error.to_string())),
    }
}

/// A sink that keeps its errors to itself: so the engines are compiled here, once, and not for each sink where it is used.
pub(crate) trait Outlet {
    /// Whether it took the batch.
    fn take(&mut self, table: Table, batch: RecordBatch) -> bool;
}

struct Kept<'s, S: Sink> {
    sink: &'s mut S,
    failure: Option<S::Error>,
}

impl<S: Sink> Outlet for Kept<'_, S> {
    fn take(&mut self, table: Table, batch: RecordBatch) -> bool {
        self.failure = self.sink.batch(table, batch).err();
        self.failure.is_none()
    }
}

fn tallied(scenario: &Scenario) -> Tallies {
    play(scenario, &mut ())
}

fn recorded(
    scenario: &Scenario,
    schemas: [Option<SchemaRef>; 3],
    outlet: &mut dyn Outlet,
) -> Result<Tallies, ArrowError> {
    let mut records = Records::new(scenario, schemas, outlet);
    let tallies = play(scenario, &mut records);
    records.finish().map(|()| tallies)
}

/// Plays it with the engine it needs.
fn play<R: Recorder>(scenario: &Scenario, recorder: &mut R) -> Tallies {
    let customers = (0..scenario.queues.len()).map(|place| Demand::new(scenario, place)).collect();
    if scenario.is_in_line() {
        engine::play(scenario, customers, recorder)
    } else {
        events::play(scenario, customers, recorder)
    }
}
