//! Counting under all contracts of an option at once what a run writes.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use longshore_contacts::Table;
use longshore_counting::annotate::{self, AGENT_TIME_COLUMNS, AnnotateError, Needs, REGISTER_COLUMNS};
use longshore_counting::{CountError, Program, Tally};
use longshore_simulation::{Columns, Sink};
use longshore_units::Zone;

use crate::run::Contracts;

/// Counts what the simulator writes, under all contracts of an option at once.
pub(crate) struct Counters<'p> {
    of_contracts: Vec<Option<Counter<'p>>>,
    wanted: BTreeMap<Table, Vec<String>>,
    /// Agents' time and their register, where a contract looks at an agent's week or last day: kept until all of it is
    /// there. All other rows are counted as they come; of contacts too, since customers who were helped do not come back in
    /// a simulation, so that none of its resolutions is undone.
    held: BTreeMap<Table, Vec<RecordBatch>>,
}

struct Counter<'p> {
    tally: Tally<&'p Program>,
    needs: Needs,
    zone: &'p Zone,
}

impl Counter<'_> {
    /// Whether rows of a table are annotated before they are counted.
    fn annotates(&self, table: Table) -> bool {
        table == Table::AgentTime && (self.needs.weeks.is_some() || self.needs.left)
    }
}

/// The tables that an annotation looks at, with the columns it looks at.
fn looks_at(needs: Needs) -> impl Iterator<Item = (Table, &'static [&'static str])> {
    let agent_time = (needs.weeks.is_some() || needs.left).then_some((Table::AgentTime, &AGENT_TIME_COLUMNS[..]));
    agent_time.into_iter().chain(needs.left.then_some((Table::Agents, &REGISTER_COLUMNS[..])))
}

impl<'p> Counters<'p> {
    pub fn of(contracts: &'p Contracts<'_>) -> Counters<'p> {
        let mut wanted: BTreeMap<Table, Vec<String>> = BTreeMap::new();
        let mut held = BTreeMap::new();
        let mut want = |table: Table, columns: &[&str]| {
            let known = wanted.entry(table).or_default();
            for column in columns {
                if !known.iter().any(|known| known == column) {
                    known.push((*column).to_owned());
                }
            }
        };
        for program in contracts.compiled.iter().filter_map(|(_, program)| program.as_ref()) {
            for table in program.tables() {
                want(table, &program.columns(table).unwrap_or_default());
            }
            for (table, columns) in looks_at(program.needs()) {
                want(table, columns);
                held.insert(table, Vec::new());
            }
        }
        let of_contracts = contracts.compiled.iter().map(|(contract, program)| {
            let program = program.as_ref()?;
            Some(Counter { tally: Tally::new(program), needs: program.needs(), zone: &contract.contract.zone })
        });
        Counters { of_contracts: of_contracts.collect(), wanted, held }
    }

    /// What each contract has counted, once all records are there.
    pub fn finish(mut self) -> Result<Vec<Option<Tally<&'p Program>>>, AnnotateError> {
        let held = std::mem::take(&mut self.held);
        let of_table = |table: Table| held.get(&table).map_or(&[][..], Vec::as_slice);
        let annotating = |counter: &&mut Counter<'_>| counter.annotates(Table::AgentTime);
        for Counter { tally, needs, zone } in self.of_contracts.iter_mut().flatten().filter(annotating) {
            let mut agent_time = of_table(Table::AgentTime).to_vec();
            if let Some(starts) = needs.weeks {
                agent_time = annotate::weeks(&agent_time, zone, starts)?;
            }
            if needs.left {
                agent_time = annotate::left(&agent_time, of_table(Table::Agents), zone)?.agent_time;
            }
            agent_time.iter().try_for_each(|batch| tally.count(Table::AgentTime, batch))?;
        }
        Ok(self.of_contracts.into_iter().map(|counter| counter.map(|counter| counter.tally)).collect())
    }
}

impl Sink for Counters<'_> {
    type Error = CountError;

    fn wants(&self, table: Table) -> Option<Columns> {
        self.wanted.get(&table).cloned().map(Columns::Only)
    }

    fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), CountError> {
        let counters = self.of_contracts.iter_mut().flatten().filter(|counter| !counter.annotates(table));
        for counter in counters {
            counter.tally.count(table, &batch)?;
        }
        if let Some(held) = self.held.get_mut(&table) {
            held.push(batch);
        }
        Ok(())
    }
}
