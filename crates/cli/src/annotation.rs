//! Rows that must know of each other before they are counted.

use std::sync::atomic::{AtomicU64, Ordering};

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
use crate::together::{self, Sets};
use crate::{presence, show};

/// Annotates rows where the records do not say what a contract's count looks at.
///
/// What the records carry already stays: of agents' weeks where every row of the provider has one, of customers' returns
/// and agents' last days row by row.
pub struct Annotator<'c> {
    in_force: &'c InForce<'c>,
    tables: Vec<Table>,
    /// The day that agents' weeks begin with, where their weeks are to be found.
    weeks: Option<Weekday>,
    /// The register, where agents' last days are to be found.
    register: Option<Vec<RecordBatch>>,
    /// How many rows were read besides, which are of other providers.
    of_others: AtomicU64,
    /// How many rows of agents are of nobody on the register.
    unregistered: AtomicU64,
    /// How many contacts are of nobody known.
    without_customer: AtomicU64,
}

impl<'c> Annotator<'c> {
    /// Of what a program looks at.
    pub fn of(
        records: &Records,
        in_force: &'c InForce<'c>,
        program: &Program,
        way: Way,
    ) -> Result<Annotator<'c>, Failure> {
        let needs = program.needs();
        let mut annotator = Annotator {
            in_force,
            tables: Vec::new(),
            weeks: None,
            register: None,
            of_others: AtomicU64::new(0),
            unregistered: AtomicU64::new(0),
            without_customer: AtomicU64::new(0),
        };
        if needs.weeks.is_some() || needs.left {
            annotator.tables.push(Table::AgentTime);
            let known = Known::of(records, &in_force.last().provider, way)?;
            if let Some(starts) = needs.weeks.filter(|_| !known.weeks) {
                annotator.weeks = Some(starts);
                say_first_week(records, starts);
            }
            if needs.left {
                annotator.register = register(records, in_force, program, way, known.left)?;
            }
        }
        if needs.reopened {
            annotator.tables.push(Table::Contacts);
        }
        Ok(annotator)
    }

    /// The tables whose rows are annotated.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The rows of one of its tables with all that counting and annotating look at, in sets that know all they must.
    pub fn sets(&self, records: &Records, program: &Program, table: Table, way: Way) -> Result<Vec<Sets>, Failure> {
        let (columns, by): (&[&str], &[&str]) = match table {
            Table::Contacts => (&CONTACT_COLUMNS, &["customer"]),
            _ => (&AGENT_TIME_COLUMNS, &["agent", "provider"]),
        };
        let wanted = wanted(program, table, columns);
        together::sets(records, table, (!way.oracle).then_some(wanted.as_slice()), by, way)
    }

    /// All rows of one of its tables, annotated, in memory.
    pub fn all(
        &self,
        records: &Records,
        program: &Program,
        table: Table,
        way: Way,
    ) -> Result<Vec<RecordBatch>, Failure> {
        let way = Way { memory: u64::MAX, ..way };
        let mut all = Vec::new();
        for set in self.sets(records, program, table, way)?.into_iter().flatten() {
            all.extend(self.annotate(table, set?)?);
        }
        Ok(all)
    }

    /// Annotates a set of rows of one of its tables.
    pub fn annotate(&self, table: Table, set: Vec<RecordBatch>) -> Result<Vec<RecordBatch>, Failure> {
        if table == Table::Contacts {
            let found = annotate::returns(&set).map_err(Failure::input)?;
            self.without_customer.fetch_add(found.without_customer, Ordering::Relaxed);
            return Ok(found.contacts);
        }
        let mut own = of_provider(&set, &self.in_force.last().provider)?;
        self.of_others.fetch_add(rows(&set) - rows(&own), Ordering::Relaxed);
        let zone = &self.in_force.last().zone;
        if let Some(starts) = self.weeks {
            own = annotate::weeks(&own, zone, starts).map_err(Failure::input)?;
        }
        if let Some(register) = &self.register {
            let found = annotate::left(&own, register, zone).map_err(Failure::input)?;
            self.unregistered.fetch_add(found.unregistered, Ordering::Relaxed);
            own = found.agent_time;
        }
        Ok(own)
    }

    /// How many rows were read besides, which are of other providers.
    pub fn of_others(&self) -> u64 {
        self.of_others.load(Ordering::Relaxed)
    }

    /// Says what was not known of the rows.
    pub fn say(&self) {
        let (unregistered, without_customer) =
            (self.unregistered.load(Ordering::Relaxed), self.without_customer.load(Ordering::Relaxed));
        if 0 < unregistered {
            show::note(&format!(
                "nothing is given back of {} of agents' time of `{}`, whose agents are not on the register on their day",
                plural(unregistered, "row"),
                self.in_force.last().provider
            ));
        }
        if 0 < without_customer {
            let contacts = plural(without_customer, "contact");
            show::note(&format!(
                "without a customer: {contacts}. Whether they were reopened is not known, and those that are resolved count \
                 as resolved"
            ));
        }
    }
}

/// The columns of a table that counting looks at, and those that annotating does.
fn wanted(program: &Program, table: Table, columns: &[&'static str]) -> Vec<&'static str> {
    let mut wanted: Vec<&'static str> = program.columns(table).unwrap_or_default();
    wanted.extend(columns.iter().filter(|column| !wanted.contains(column)).collect::<Vec<_>>());
    wanted
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

/// What the rows of a provider's agents carry already.
struct Known {
    /// Whether every one has its week.
    weeks: bool,
    /// Whether one says that its agent left: then they say it of all who did.
    left: bool,
}

impl Known {
    fn of(records: &Records, provider: &str, way: Way) -> Result<Known, Failure> {
        let mut known = Known { weeks: true, left: false };
        for portion in records.portions(Table::AgentTime) {
            let columns = ["provider", "week_from", "week_before", "left"];
            let batches: Vec<RecordBatch> =
                portion.read(way.batch_rows, Some(&columns), way.known)?.collect::<Result<_, _>>()?;
            for own in of_provider(&batches, provider)? {
                let nulls = |name| own.column_by_name(name).map_or(own.num_rows(), |column| column.null_count());
                known.weeks &= nulls("week_from") == 0 && nulls("week_before") == 0;
                known.left |= nulls("left") < own.num_rows();
            }
        }
        Ok(known)
    }
}

fn say_first_week(records: &Records, starts: Weekday) {
    if let Some(first) = records.coverage().map(crate::coverage::Coverage::first_day)
        && first.weekday() != starts
    {
        show::note(&format!(
            "the records begin on {first}, inside a week: what agents worked before it is not known, and the overtime of \
             that week may come out too low"
        ));
    }
}

/// The register of agents, in memory; none where the records have none, and their rows say themselves who left.
fn register(
    records: &Records,
    in_force: &InForce<'_>,
    program: &Program,
    way: Way,
    is_known: bool,
) -> Result<Option<Vec<RecordBatch>>, Failure> {
    if records.tables().contains(&Table::Agents) {
        let wanted = wanted(program, Table::Agents, &REGISTER_COLUMNS);
        return Ok(Some(records.whole(Table::Agents, way.batch_rows, Some(&wanted), way.known)?));
    }
    if is_known {
        return Ok(None);
    }
    let diagnostics = vec![presence::no_table(in_force.last(), Table::Agents)];
    Err(Failure::Findings { texts: Vec::new(), diagnostics })
}
