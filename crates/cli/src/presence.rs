//! Whether records hold what a contract counts: a quantity of 0 must mean that nothing was used.

use std::collections::BTreeSet;
use std::path::Path;

use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{RecordBatch, StringArray};
use longshore_contacts::{ForecastRow, ForecastTwice, Table, forecast_rows, forecast_twice};
use longshore_contract::{Contract, CounterOf, Counts, Criterion, Field, Grain, InForce};
use longshore_counting::Program;
use longshore_units::{Diagnostic, Label};

use crate::failure::Failure;
use crate::records::Records;
use crate::show;

/// The most names that are remembered, and the most that a message shows.
const NAMES_KNOWN: usize = 1000;
const NAMES_SHOWN: usize = 8;

/// Fails where a charge's table is missing from the records (R001), or has rows and none of the contract's (R002): then a
/// name is written in two ways, and the charge would come to 0.
///
/// A table without any rows is fine: none happened. So is one without rows of the contract where another table has some,
/// or where the records were simulated for the option whose contract it is: the names are right, and the provider had
/// nothing to do there. That is said in a note.
pub fn check(
    records: &Records,
    in_force: &InForce<'_>,
    program: &Program,
    option: Option<&str>,
) -> Result<(), Failure> {
    let contract = in_force.last();
    let party = Party::of(in_force);
    let tables = program.tables();
    let present = records.tables();
    let missing = |table: &Table| !present.contains(table);
    let mut diagnostics: Vec<Diagnostic> =
        tables.iter().copied().filter(missing).map(|table| no_table(contract, table)).collect();
    let simulated_for_it = option.is_some()
        && !records.manifests.is_empty()
        && records.manifests.iter().all(|(_, manifest)| manifest.option.as_deref() == option);
    for table in tables {
        let whose = Whose::of(records, &party, table)?;
        if whose.own || !whose.rows {
            continue;
        }
        if simulated_for_it || is_elsewhere(records, &party, table)? {
            let (table, provider) = (table.name(), &contract.provider);
            show::note(&format!("no row of `{table}` is of `{provider}`: what is counted there comes to 0"));
        } else {
            diagnostics.push(no_rows(&party, table, &whose));
        }
    }
    one_register(records, program)?;
    one_forecast(records, in_force, &party)?;
    if diagnostics.is_empty() { Ok(()) } else { Err(Failure::Findings { texts: Vec::new(), diagnostics }) }
}

/// Says which charges no row is counted for: a misspelt queue looks like one that nobody called.
pub fn unmet(in_force: &InForce<'_>, counts: &Counts) {
    let counters = in_force.counters();
    let found: BTreeSet<&str> =
        counts.iter().map(|(key, _)| counters[&(key.version, key.counter)].name.as_str()).collect();
    let mut said = BTreeSet::new();
    for counter in counters.values().filter(|counter| matches!(counter.of, CounterOf::Charge(_))) {
        if !found.contains(counter.name.as_str()) && said.insert(counter.name.as_str()) {
            show::note(&format!("no row is counted for `{}` of `{}`", counter.name, in_force.last().provider));
        }
    }
}

/// A folder's register holds all agents of its days, most of whom are in the next folder's too.
fn one_register(records: &Records, program: &Program) -> Result<(), Failure> {
    if !program.tables().contains(&Table::Agents) {
        return Ok(());
    }
    let within = |path: &Path| {
        let folders = records.manifests.iter().map(|(folder, _)| folder.as_path());
        folders.filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.components().count())
    };
    let folders: BTreeSet<&Path> = records.with_rows(Table::Agents).filter_map(within).collect();
    let folders: Vec<String> = folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
    if folders.len() < 2 {
        return Ok(());
    }
    Err(Failure::input(anyhow::anyhow!(
        "each of {} has a register of agents, and an agent in two of them would count twice; rate the folders one by one",
        folders.join(" and ")
    )))
}

/// What a rule looks at of a forecast is the sum of its rows: those of the program as a whole and those of its queues would
/// both be in it, and make a commitment twice as large.
fn one_forecast(records: &Records, in_force: &InForce<'_>, party: &Party) -> Result<(), Failure> {
    let counters = in_force.counters();
    let mut looked_at = counters.values().filter(|counter| counter.grain == Grain::Forecast).peekable();
    if looked_at.peek().is_none() {
        return Ok(());
    }
    // The queues that rules name; none where one looks at all rows.
    let named = looked_at.try_fold(BTreeSet::new(), |mut named, counter| match counter.select.criteria.as_slice() {
        [Criterion::OneOf(Field::Queue, queues)] => {
            named.extend(queues);
            Some(named)
        }
        _ => None,
    });
    let covers = |program: &String| party.programs.is_empty() || party.programs.contains(program);
    let is_looked_at = |row: &ForecastRow| {
        let queues = named.as_ref();
        covers(&row.program) && queues.is_none_or(|named| row.queue.as_ref().is_some_and(|queue| named.contains(queue)))
    };
    let mut rows = Vec::new();
    for row in records.whole(Table::Forecast, 8192, None, None)?.iter().flat_map(forecast_rows) {
        rows.extend(Some(row.map_err(Failure::input)?).filter(is_looked_at));
    }
    let Some(ForecastTwice { program, queues, from }) = forecast_twice(rows) else { return Ok(()) };
    let [one, other] = queues.map(|queue| queue.map_or("as a whole".to_owned(), |queue| format!("in `{queue}`")));
    let at = in_force.last().zone.reading(from).map_or(String::new(), |at| format!(" from {at} on"));
    Err(Failure::input(anyhow::anyhow!(
        "the forecast tells contacts of `{program}` twice{at}: {one} and {other}; keep one of the rows, or name in the \
         contract the queues that are meant (`forecast = [...]`)"
    )))
}

/// Whose rows are the contract's.
struct Party {
    provider: String,
    /// Every program that a version covers; empty where one covers all.
    programs: Vec<String>,
}

impl Party {
    fn of(in_force: &InForce<'_>) -> Party {
        let versions = in_force.versions();
        let programs: BTreeSet<&String> = versions.iter().flat_map(|terms| &terms.programs).collect();
        let all = versions.iter().any(|terms| terms.programs.is_empty());
        let programs = if all { Vec::new() } else { programs.into_iter().cloned().collect() };
        Party { provider: in_force.last().provider.clone(), programs }
    }
}

/// Whose rows a table holds, read until the first row of the contract.
#[derive(Default)]
struct Whose {
    /// Whether there are any rows.
    rows: bool,
    /// Whether one is of the contract's provider and of a program it covers.
    own: bool,
    providers: BTreeSet<String>,
    /// The programs of the contract's provider.
    programs: BTreeSet<String>,
}

impl Whose {
    fn of(records: &Records, party: &Party, table: Table) -> Result<Whose, Failure> {
        // A forecast is the buyer's: it names no provider.
        let of_table = |column: &&str| table.position(column).is_some();
        let wanted = ["provider"].into_iter().chain((!party.programs.is_empty()).then_some("program"));
        let columns: Vec<&str> = wanted.filter(of_table).collect();
        let mut whose = Whose::default();
        for portion in records.portions(table) {
            for batch in portion.batches(8192, Some(&columns))? {
                whose.see(party, &batch?);
                if whose.own {
                    return Ok(whose);
                }
            }
        }
        Ok(whose)
    }

    fn see(&mut self, party: &Party, batch: &RecordBatch) {
        let providers = names(batch, "provider").unwrap_or_else(|| vec![Some(&party.provider); batch.num_rows()]);
        let programs = names(batch, "program");
        for row in 0..batch.num_rows() {
            self.rows = true;
            let Some(provider) = providers[row] else { continue };
            if provider != party.provider {
                remember(&mut self.providers, provider);
                continue;
            }
            let program = programs.as_ref().and_then(|programs| programs[row]);
            let covered = |program: &str| party.programs.iter().any(|covered| covered == program);
            if party.programs.is_empty() || program.is_some_and(covered) {
                self.own = true;
                return;
            }
            remember(&mut self.providers, provider);
            program.iter().for_each(|program| remember(&mut self.programs, program));
        }
    }
}

/// A column of names, row by row.
fn names<'b>(batch: &'b RecordBatch, column: &str) -> Option<Vec<Option<&'b str>>> {
    let array = batch.column_by_name(column)?.as_dictionary_opt::<Int32Type>()?;
    Some(array.downcast_dict::<StringArray>()?.into_iter().collect())
}

fn remember(names: &mut BTreeSet<String>, name: &str) {
    if names.len() < NAMES_KNOWN && !names.contains(name) {
        names.insert(name.to_owned());
    }
}

/// Whether another table has rows of the contract.
fn is_elsewhere(records: &Records, party: &Party, table: Table) -> Result<bool, Failure> {
    let with_names =
        |other: &Table| *other != table && other.position("provider").is_some() && other.position("program").is_some();
    for other in Table::ALL.into_iter().filter(with_names) {
        if Whose::of(records, party, other)?.own {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A table that the contract's count needs, and that is not in the records (R001).
pub fn no_table(contract: &Contract, table: Table) -> Diagnostic {
    let message =
        format!("the contract of `{}` counts `{}`, and the records have none", contract.provider, table.name());
    let help = format!("add the table `{}` to the records, or leave out the charges that need it", table.name());
    Diagnostic::error("R001", message, nowhere()).with_help(help)
}

fn no_rows(party: &Party, table: Table, whose: &Whose) -> Diagnostic {
    let (table, provider) = (table.name(), &party.provider);
    let (message, help) = if whose.providers.contains(provider) {
        let covered = listed(party.programs.iter().map(String::as_str));
        let found = match whose.programs.is_empty() {
            true => "its rows name no program".to_owned(),
            false => format!("it has {}", listed(whose.programs.iter().map(String::as_str))),
        };
        (
            format!("`{table}` has rows of `{provider}`, and none of a program that its contract covers ({covered})"),
            format!("{found}; write `programs` in the contract as the records do"),
        )
    } else {
        let found = match whose.providers.is_empty() {
            true => "its rows name no provider".to_owned(),
            false => format!("it has {}", listed(whose.providers.iter().map(String::as_str))),
        };
        (
            format!("`{table}` has rows, and none of the contract's provider `{provider}`"),
            format!("{found}; write `provider` in the contract as the records do"),
        )
    };
    Diagnostic::error("R002", message, nowhere()).with_help(help)
}

/// Records have no lines to show.
fn nowhere() -> Label {
    Label { file: "records".into(), span: 0..0, text: String::new() }
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown: Vec<String> = names.iter().take(NAMES_SHOWN).map(|name| format!("`{name}`")).collect();
    let more = names.len() - shown.len();
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
