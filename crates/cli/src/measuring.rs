//! Figures of records: read in parallel, added up, merged.

use std::sync::Arc;

use arrow_array::RecordBatch;
use longshore_contacts::Table;
use longshore_counting::annotate;
use longshore_measures::{Plan, REPEATS, Tally};
use longshore_units::plural;
use rayon::prelude::*;

use crate::failure::Failure;
use crate::records::{Records, Way};
use crate::show;

/// The most contacts that are held in memory to find out who came back: half a gigabyte of them.
const MOST_ROWS: u64 = 1 << 22;

/// Whether the records say of contacts who came back, or it can be found out: of simulated ones they do, of others it takes
/// all of them in memory.
pub fn knows_returns(records: &Records) -> bool {
    is_simulated(records) || records.rows(Table::Contacts) <= MOST_ROWS
}

fn is_simulated(records: &Records) -> bool {
    !records.manifests.is_empty() && records.manifests.iter().all(|(_, manifest)| manifest.run.is_some())
}

/// Adds up what a plan asks of records.
pub fn tally(records: &Records, plan: &Arc<Plan>, way: Way) -> Result<Tally, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(way.threads).build();
    let pool = pool.map_err(|error| Failure::Outside(error.into()))?;
    let annotate = plan.needs_returns() && !is_simulated(records) && plan.tables().contains(&Table::Contacts);
    let in_memory = if annotate { annotated(records, plan, way)? } else { Vec::new() };
    pool.install(|| {
        let mut tally = streamed(records, plan, way, annotate)?;
        tally.merge(of_batches(plan, &in_memory, way.threads)?).map_err(Failure::input)?;
        records.files.iter().for_each(|(_, file)| tally.has(file.table()));
        Ok(tally)
    })
}

/// Each thread takes row groups that follow each other: records lie nearly in order, so that threads share few groups.
fn streamed(records: &Records, plan: &Arc<Plan>, way: Way, but_contacts: bool) -> Result<Tally, Failure> {
    let tables = plan.tables();
    let wanted = |table: Table| tables.contains(&table) && !(but_contacts && table == Table::Contacts);
    let parts: Vec<_> = records
        .files
        .iter()
        .filter(|(_, file)| wanted(file.table()))
        .flat_map(|(path, file)| (0..file.row_groups()).map(move |group| (path, file, group)))
        .collect();
    in_runs(plan, &parts, way.threads, |tally, (path, file, group)| {
        let columns = plan.columns(file.table());
        for batch in records.read(path, file, *group, way.batch_rows, columns.as_deref(), way.known)? {
            tally.add(file.table(), &batch?).map_err(|error| Failure::of_records(path, error))?;
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
        return annotated(records, plan, way)?.iter().try_for_each(|batch| each(table, batch));
    }
    let mut columns = plan.columns(table).unwrap_or_default();
    columns.extend(more.iter().filter(|column| !columns.contains(column)).collect::<Vec<_>>());
    for (path, file) in records.files.iter().filter(|(_, file)| file.table() == table) {
        for group in 0..file.row_groups() {
            for batch in records.read(path, file, group, way.batch_rows, Some(&columns), way.known)? {
                each(table, &batch?)?;
            }
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

/// All contacts, with who came back and who was next answered.
fn annotated(records: &Records, plan: &Plan, way: Way) -> Result<Vec<RecordBatch>, Failure> {
    let mut wanted: Vec<&'static str> = plan.columns(Table::Contacts).unwrap_or_default();
    wanted.retain(|column| Table::Contacts.position(column).is_some());
    wanted.extend(annotate::CONTACT_COLUMNS.iter().filter(|column| !wanted.contains(column)).collect::<Vec<_>>());
    let read = records.whole(Table::Contacts, way.batch_rows, Some(&wanted), way.known)?;
    let found = annotate::returns(&read).map_err(Failure::input)?;
    if 0 < found.without_customer {
        let contacts = plural(found.without_customer, "contact");
        show::note(&format!("without a customer: {contacts}. Whether they came back is not known"));
    }
    let mut others = REPEATS.iter().filter(|repeats| Table::Contacts.position(repeats.column).is_none());
    others.try_fold(found.contacts, |contacts, repeats| {
        let next = annotate::Next { answered: repeats.answered, from_begin: repeats.from_begin };
        annotate::next(&contacts, repeats.column, next).map_err(Failure::input)
    })
}
