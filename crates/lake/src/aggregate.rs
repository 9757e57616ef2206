//! A kernel that runs within the query engine, as an aggregate.
//!
//! The engine knows nothing of contracts: a kernel's program is a text, the aggregate's first argument; what it has counted
//! so far is bytes. So it runs wherever a plan can go, on any split of the rows.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field, FieldRef, Schema, SchemaRef};
use datafusion::common::{ScalarValue, exec_err};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};
use datafusion::physical_expr::expressions::Literal;

/// What one partition has counted.
pub trait Kernel: Send + Sync + fmt::Debug {
    /// Counts rows.
    fn take(&mut self, batch: &RecordBatch) -> Result<()>;

    /// Adds what another has counted.
    fn merge(&mut self, bytes: &[u8]) -> Result<()>;

    /// What was counted so far.
    fn bytes(&mut self) -> Result<Vec<u8>>;

    /// About how much memory it takes.
    fn size(&self) -> usize;
}

/// Makes a kernel of a program's text.
pub type Compile = fn(&str) -> Result<Box<dyn Kernel>>;

/// An aggregate `name(program, table's columns…)`.
pub struct Aggregate {
    name: &'static str,
    compile: Compile,
    signature: Signature,
}

impl Aggregate {
    /// An aggregate of a name.
    pub fn new(name: &'static str, compile: Compile) -> Aggregate {
        Aggregate { name, compile, signature: Signature::variadic_any(Volatility::Immutable) }
    }
}

impl fmt::Debug for Aggregate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Aggregate {
    fn eq(&self, other: &Aggregate) -> bool {
        self.name == other.name
    }
}

impl Eq for Aggregate {}

impl Hash for Aggregate {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.name.hash(hasher);
    }
}

impl AggregateUDFImpl for Aggregate {
    fn name(&self) -> &str {
        self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Binary)
    }

    fn state_fields(&self, _: StateFieldsArgs<'_>) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new(format!("{}_state", self.name), DataType::Binary, true))])
    }

    fn accumulator(&self, arguments: AccumulatorArgs<'_>) -> Result<Box<dyn Accumulator>> {
        let program = arguments.exprs.first().and_then(|program| program.downcast_ref::<Literal>());
        let Some(ScalarValue::Utf8(Some(program))) = program.map(Literal::value) else {
            return exec_err!("{}: the first argument is a program's text", self.name);
        };
        let columns = arguments.expr_fields.iter().skip(1).map(Arc::clone).collect::<Vec<FieldRef>>();
        Ok(Box::new(Running { kernel: (self.compile)(program)?, schema: Arc::new(Schema::new(columns)) }))
    }
}

/// A kernel with the columns that it is given.
#[derive(Debug)]
struct Running {
    kernel: Box<dyn Kernel>,
    schema: SchemaRef,
}

impl Accumulator for Running {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let (Some(program), Some(columns)) = (values.first(), values.get(1..)) else { return Ok(()) };
        let options = RecordBatchOptions::new().with_row_count(Some(program.len()));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns.to_vec(), &options)?;
        self.kernel.take(&batch)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let Some(states) = states.first() else { return Ok(()) };
        states.as_binary::<i32>().iter().flatten().try_for_each(|state| self.kernel.merge(state))
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.evaluate()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        Ok(ScalarValue::Binary(Some(self.kernel.bytes()?)))
    }

    fn size(&self) -> usize {
        self.kernel.size()
    }
}

/// An error of a kernel as the engine carries it.
pub fn failed(error: impl std::error::Error + Send + Sync + 'static) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}
