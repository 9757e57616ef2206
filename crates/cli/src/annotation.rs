//! Tables that are annotated in memory before they are counted.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, BooleanArray, RecordBatch, StringArray};
use arrow_select::filter::filter_record_batch;
use jiff::civil::Weekday;
use longshore_contacts::Table;
use longshore_contract::InForce;
use longshore_counting::Program;
use longshore_counting::annotate::{self, AGENT_TIME_COLUMNS, CONTACT_COLUMNS, REGISTER_COLUMNS};
use longshore_units::plural;

use crate::failure::Failure;
use crate::records::{Records, Way};
use crate::{presence, show};

/// The most rows of a table that are read into memory: a year of agents' states of a site of a thousand.
const MOST_ROWS: u64 = 1 << 26;

/// Tables in memory.
#[derive(Default)]
pub struct Annotated {
    pub tables: BTreeMap<Table, Vec<RecordBatch>>,
    /// How many rows were read besides, which are of other providers.
    pub of_others: u64,
}

impl Annotated {
    /// The batches of all tables.
    pub fn into_batches(self) -> Vec<(Table, RecordBatch)> {
        let of_table =
            |(table, batches): (Table, Vec<RecordBatch>)| batches.into_iter().map(move |batch| (table, batch));
        self.tables.into_iter().flat_map(of_table).collect()
    }
}

/// Reads the tables whose rows must know of each other, and annotates them where the records do not.
///
/// What the records carry already stays: of agents' weeks where every row of the provider has one, of customers' returns
/// and agents' last days row by row.
pub fn annotated(records: &Records, in_force: &InForce<'_>, program: &Program, way: Way) -> Result<Annotated, Failure> {
    let needs = program.needs();
    let mut annotated = Annotated::default();
    if needs.weeks.is_some() || needs.left {
        let read = table(records, in_force, program, way, (Table::AgentTime, &AGENT_TIME_COLUMNS))?;
        let mut own = of_provider(&read, &in_force.last().provider)?;
        annotated.of_others = rows(&read) - rows(&own);
        if let Some(starts) = needs.weeks {
            own = weeks(records, in_force, own, starts)?;
        }
        if needs.left {
            own = left(records, in_force, program, way, &own)?;
        }
        annotated.tables.insert(Table::AgentTime, own);
    }
    if needs.reopened {
        let read = table(records, in_force, program, way, (Table::Contacts, &CONTACT_COLUMNS))?;
        let found = annotate::returns(&read).map_err(Failure::input)?;
        if 0 < found.without_customer {
            let contacts = plural(found.without_customer, "contact");
            show::note(&format!(
                "without a customer: {contacts}. Whether they were reopened is not known, and those that are resolved count \
                 as resolved"
            ));
        }
        annotated.tables.insert(Table::Contacts, found.contacts);
    }
    Ok(annotated)
}

/// All rows of a table with the columns that counting and annotating look at.
fn table(
    records: &Records,
    in_force: &InForce<'_>,
    program: &Program,
    way: Way,
    (table, columns): (Table, &[&'static str]),
) -> Result<Vec<RecordBatch>, Failure> {
    let rows = records.rows(table);
    if MOST_ROWS < rows {
        return Err(Failure::input(anyhow::anyhow!(
            "the contract of `{}` looks at several rows of `{}` at once, which takes memory for all of them, and {rows} are \
             more than {MOST_ROWS}; rate fewer months at a time, with --ledger for the months before",
            in_force.last().provider,
            table.name()
        )));
    }
    let mut wanted: Vec<&'static str> = program.columns(table).unwrap_or_default();
    wanted.extend(columns.iter().filter(|column| !wanted.contains(column)).collect::<Vec<_>>());
    records.whole(table, way.batch_rows, (!way.oracle).then_some(wanted.as_slice()), way.known)
}

fn rows(batches: &[RecordBatch]) -> u64 {
    batches.iter().map(|batch| batch.num_rows() as u64).sum()
}

/// The rows of a provider: an agent works for one, and the others' are none of the contract's business.
fn of_provider(batches: &[RecordBatch], provider: &str) -> Result<Vec<RecordBatch>, Failure> {
    let of_provider = |batch: &RecordBatch| {
        let column = batch.column_by_name("provider").expect("the column was asked for").as_dictionary::<Int32Type>();
        let names = column.downcast_dict::<StringArray>().expect("names are texts");
        let own: BooleanArray = names.into_iter().map(|name| Some(name == Some(provider))).collect();
        filter_record_batch(batch, &own).map_err(|error| Failure::Bug(error.into()))
    };
    batches.iter().map(of_provider).collect()
}

fn weeks(
    records: &Records,
    in_force: &InForce<'_>,
    batches: Vec<RecordBatch>,
    starts: Weekday,
) -> Result<Vec<RecordBatch>, Failure> {
    let is_annotated = |batch: &RecordBatch| {
        let column = |name| batch.column_by_name(name).is_some_and(|column| column.null_count() == 0);
        column("week_from") && column("week_before")
    };
    if batches.iter().all(is_annotated) {
        return Ok(batches);
    }
    if let Some(first) = records.coverage().map(crate::coverage::Coverage::first_day)
        && first.weekday() != starts
    {
        show::note(&format!(
            "the records begin on {first}, inside a week: what agents worked before it is not known, and the overtime of \
             that week may come out too low"
        ));
    }
    annotate::weeks(&batches, &in_force.last().zone, starts).map_err(Failure::input)
}

fn left(
    records: &Records,
    in_force: &InForce<'_>,
    program: &Program,
    way: Way,
    agent_time: &[RecordBatch],
) -> Result<Vec<RecordBatch>, Failure> {
    let is_known =
        |batch: &RecordBatch| batch.column_by_name("left").is_some_and(|column| column.null_count() < column.len());
    if !records.files.iter().any(|(_, file)| file.table() == Table::Agents) {
        // Where the rows say of some agents that they left, they say it of all who did.
        if agent_time.iter().any(is_known) {
            return Ok(agent_time.to_vec());
        }
        let diagnostics = vec![presence::no_table(in_force.last(), Table::Agents)];
        return Err(Failure::Findings { texts: Vec::new(), diagnostics });
    }
    let register = table(records, in_force, program, way, (Table::Agents, &REGISTER_COLUMNS))?;
    let found = annotate::left(agent_time, &register, &in_force.last().zone).map_err(Failure::input)?;
    if 0 < found.unregistered {
        show::note(&format!(
            "nothing is given back of {} of agents' time of `{}`, whose agents are not on the register on their day",
            plural(found.unregistered, "row"),
            in_force.last().provider
        ));
    }
    Ok(found.agent_time)
}
