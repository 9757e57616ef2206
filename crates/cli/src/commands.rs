//! The commands, one file each.

mod audit;
mod catalog;
mod check;
mod compare;
mod count;
mod erlang;
mod explain;
mod import;
mod kpi;
#[cfg(feature = "lake")]
mod lake;
mod new;
mod price;
mod rate;
mod sheet;
mod simulate;
mod sla;
#[cfg(feature = "lake")]
mod sql;

use longshore_business_case::{BusinessCase, CaseOption};

use crate::arguments::{Arguments, Command, Means};
use crate::failure::Failure;
use crate::records::Way;

/// Does what was typed.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Command::Compare(arguments) => compare::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Catalog(arguments) => catalog::run(&arguments),
        Command::Sheet(arguments) => sheet::run(&arguments),
        Command::Price(arguments) => price::run(&arguments),
        Command::Erlang(arguments) => erlang::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Count(arguments) => count::run(&arguments),
        Command::Kpi(arguments) => kpi::run(&arguments),
        #[cfg(feature = "lake")]
        Command::Lake(arguments) => lake::run(&arguments),
        #[cfg(feature = "lake")]
        Command::Sql(arguments) => sql::run(&arguments),
        #[cfg(not(feature = "lake"))]
        Command::Lake(_) | Command::Sql(_) => Err(crate::lakes::absent()),
        Command::Rate(arguments) => rate::run(&arguments),
        Command::Sla(arguments) => sla::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
    }
}

/// As many threads as asked for, or as there are cores.
fn threads(asked: Option<usize>) -> Result<usize, Failure> {
    match asked {
        Some(0) => Err(Failure::input(anyhow::anyhow!("nothing runs on 0 threads"))),
        Some(threads) => Ok(threads.min(256)),
        None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
    }
}

/// How records are read, with so much of this machine.
fn way(means: &Means) -> Result<Way, Failure> {
    Ok(Way {
        threads: threads(means.threads)?,
        memory: u64::from(means.memory) << 20,
        batch_rows: 8192,
        shuffle: None,
        oracle: false,
        known: None,
    })
}

/// An option of a case by its id.
fn option<'c>(case: &'c BusinessCase, id: &str) -> Result<&'c CaseOption, Failure> {
    case.option(id).ok_or_else(|| {
        let ids: Vec<&str> = case.options.iter().map(|option| option.id.as_str()).collect();
        Failure::input(anyhow::anyhow!("the case has no option `{id}`; it has {}", ids.join(", ")))
    })
}
