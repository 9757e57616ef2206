//! Figures of records: read in parallel, added up, merged.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::RecordBatch;
use longshore_contacts::Table;
use longshore_counting::annotate;
use longshore_measures::{Plan, REPEATS, Tally};
use longshore_units::plural;
use rayon::prelude::*;

use crate::failure::Failure;
use crate::portion::Portion;
use crate::records::{Records, Way};
use crate::together::{self, Sets};
use crate::{lakes, show};

/// Whether the records say of contacts who came back, or it can be found out: of simulated ones they do, of others it takes
/// all contacts of a customer at once, and so all of them in memory where the disk does not help.
pub fn knows_returns(records: &Records, way: Way) -> bool {
    lakes::SPILLS || is_simulated(records) || together::fits(records, Table::Contacts, way)
}

fn is_simulated(records: &Records) -> bool {
    !records.manifests.is_empty() && records.manifests.iter().all(|(_, manifest)| manifest.run.is_some())
}

/// Adds up what a plan asks of records.
pub fn tally(records: &Records, plan: &Arc<Plan>, way: Way) -> Result<Tally, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(way.threads).build();
    let pool = pool.map_err(|error| Failure::Outside(error.into()))?;
    let annotate = plan.needs_returns() && !is_simulated(records) && plan.tables().contains(&Table::Contacts);
    let mut tally = pool.install(|| streamed(records, plan, way, annotate))?;
    if annotate {
        let returns = Returns::of(plan);
        let streams = returns.sets(records, way)?;
        // One set of all is added up on all threads.
        let threads = way.threads.div_ceil(streams.len().max(1));
        let add = |tally: &mut Tally, set: Vec<RecordBatch>| {
            let set = returns.annotate(&set)?;
            tally.merge(pool.install(|| of_batches(plan, &set, threads))?).map_err(Failure::input)
        };
        for other in together::each(streams, || Tally::new(Arc::clone(plan)), add)? {
            tally.merge(other).map_err(Failure::input)?;
        }
        returns.say();
    }
    records.tables().into_iter().for_each(|table| tally.has(table));
    Ok(tally)
}

/// Each thread takes row groups that follow each other: records lie nearly in order, so that threads share few groups.
fn streamed(records: &Records, plan: &Arc<Plan>, way: Way, but_contacts: bool) -> Result<Tally, Failure> {
    let tables = plan.tables();
    let wanted = |table: Table| tables.contains(&table) && !(but_contacts && table == Table::Contacts);
    let wanted = records.tables().into_iter().filter(|table| wanted(*table));
    let portions: Vec<Portion> = wanted.flat_map(|table| records.portions(table)).collect();
    in_runs(plan, &portions, way.threads, |tally, portion| {
        let columns = plan.columns(portion.table());
        for batch in portion.read(way.batch_rows, columns.as_deref(), way.known)? {
            tally.add(portion.table(), &batch?).map_err(|error| Failure::of_records(portion.path(), error))?;
        }
        Ok(())
    })
}

/// Hands each batch of a plan's rows on, one after the other, with more columns than the plan needs.
pub fn each_batch(
    records: &Records,
    plan: &Plan,
    way: Way,
    more: &[&'static str],
    mut each: impl FnMut(Table, &RecordBatch) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let table = plan.program().rows.grain.table();
    if plan.needs_returns() && !is_simulated(records) && table == Table::Contacts {
        let returns = Returns::of(plan);
        for set in returns.sets(records, Way { threads: 1, ..way })?.into_iter().flatten() {
            returns.annotate(&set?)?.iter().try_for_each(|batch| each(table, batch))?;
        }
        return Ok(());
    }
    let mut columns = plan.columns(table).unwrap_or_default();
    columns.extend(more.iter().filter(|column| !columns.contains(column)).collect::<Vec<_>>());
    for portion in records.portions(table) {
        for batch in portion.read(way.batch_rows, Some(&columns), way.known)? {
            each(table, &batch?)?;
        }
    }
    Ok(())
}

fn of_batches(plan: &Arc<Plan>, batches: &[RecordBatch], threads: usize) -> Result<Tally, Failure> {
    in_runs(plan, batches, threads, |tally, batch| tally.add(Table::Contacts, batch).map_err(Failure::input))
}

/// Adds up parts, so many that follow each other on each thread. Of several failures the first part's wins.
fn in_runs<P: Sync>(
    plan: &Arc<Plan>,
    parts: &[P],
    threads: usize,
    add: impl Fn(&mut Tally, &P) -> Result<(), Failure> + Sync,
) -> Result<Tally, Failure> {
    let of_run = |run: &[P]| {
        let mut tally = Tally::new(Arc::clone(plan));
        run.iter().try_for_each(|part| add(&mut tally, part))?;
        Ok(tally)
    };
    let runs = parts.par_chunks(parts.len().div_ceil(threads.max(1)).max(1));
    let mut tallies = runs.map(of_run).collect::<Vec<Result<Tally, Failure>>>().into_iter();
    // The first takes in the others: with one thread nothing is held twice.
    let mut all = tallies.next().unwrap_or_else(|| Ok(Tally::new(Arc::clone(plan))))?;
    for tally in tallies {
        all.merge(tally?).map_err(Failure::input)?;
    }
    Ok(all)
}

/// Finds out of contacts who came back, and who was next answered.
struct Returns<'p> {
    plan: &'p Plan,
    /// How many contacts are of nobody known.
    without_customer: AtomicU64,
}

impl Returns<'_> {
    fn of(plan: &Plan) -> Returns<'_> {
        Returns { plan, without_customer: AtomicU64::new(0) }
    }

    /// The contacts in sets of all of a customer's.
    fn sets(&self, records: &Records, way: Way) -> Result<Vec<Sets>, Failure> {
        let mut wanted: Vec<&'static str> = self.plan.columns(Table::Contacts).unwrap_or_default();
        wanted.retain(|column| Table::Contacts.position(column).is_some());
        wanted.extend(annotate::CONTACT_COLUMNS.iter().filter(|column| !wanted.contains(column)).collect::<Vec<_>>());
        together::sets(records, Table::Contacts, Some(&wanted), &["customer"], way)
    }

    fn annotate(&self, set: &[RecordBatch]) -> Result<Vec<RecordBatch>, Failure> {
        let found = annotate::returns(set).map_err(Failure::input)?;
        self.without_customer.fetch_add(found.without_customer, Ordering::Relaxed);
        let mut others = REPEATS.iter().filter(|repeats| Table::Contacts.position(repeats.column).is_none());
        others.try_fold(found.contacts, |contacts, repeats| {
            let next = annotate::Next { answered: repeats.answered, from_begin: repeats.from_begin };
            annotate::next(&contacts, repeats.column, next).map_err(Failure::input)
        })
    }

    fn say(&self) {
        let without_customer = self.without_customer.load(Ordering::Relaxed);
        if 0 < without_customer {
            let contacts = plural(without_customer, "contact");
            show::note(&format!("without a customer: {contacts}. Whether they came back is not known"));
        }
    }
}
