//! What only a look at several rows can tell, as columns, so that counting looks at one row at a time.
//!
//! Pure functions over batches in memory: they leave the rows and their order as they are, and fill the annotation
//! columns of their table (`longshore-contacts` says what these mean). What [`Needs`] names is to be annotated before a
//! [`Program`] counts; a row that lacks what is needed is refused by the kernel.

mod register;
mod returns;
mod weeks;

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{Field, Schema};
use jiff::civil::Weekday;
use longshore_contacts::{ContactsError, Table};
use longshore_units::Instant;

use crate::CountError;
use crate::program::Program;
use crate::quantity::Quantity;

pub use register::{Left, left};
pub use returns::{Next, Returns, next, returns};
pub use weeks::weeks;

/// The annotations that a contract's count looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// `week_from` and `week_before` of agents' time, for weeks that begin with this day in the contract's zone.
    pub weeks: Option<Weekday>,
    /// `left` of agents' time, from the register.
    pub left: bool,
    /// `reopened_after` of contacts.
    pub reopened: bool,
}

impl Program {
    /// The annotations that the contract's count looks at.
    pub fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        for job in &self.jobs {
            needs.weeks = needs.weeks.or(job.quantity.week_starts());
            needs.left |= matches!(job.quantity, Quantity::Refund { .. });
            needs.reopened |= matches!(job.quantity, Quantity::Resolutions(Some(_)));
        }
        needs
    }
}

/// Why records cannot be annotated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnotateError {
    /// A column is missing, or a row is one that no records can have.
    #[error(transparent)]
    Rows(#[from] CountError),
    /// An agent cannot be in two states at once: a week would be longer than it is.
    #[error("agent `{agent}` of `{provider}` is in two states at once at {at}; are the same records there twice?")]
    Overlap {
        /// Who employs the agent.
        provider: String,
        /// The agent.
        agent: String,
        /// When.
        at: Instant,
    },
}

impl From<ContactsError> for AnnotateError {
    fn from(error: ContactsError) -> AnnotateError {
        AnnotateError::Rows(error.into())
    }
}

/// The columns that [`weeks`] and [`left`] look at.
pub const AGENT_TIME_COLUMNS: [&str; 5] = ["agent", "provider", "state", "from", "until"];

/// The columns of the register that [`left`] looks at.
pub const REGISTER_COLUMNS: [&str; 4] = ["agent", "provider", "hired", "left"];

/// The columns that [`returns`] looks at.
pub const CONTACT_COLUMNS: [&str; 13] = [
    "source",
    "contact_id",
    "program",
    "direction",
    "reason",
    "customer",
    "arrived_at",
    "offered_at",
    "answered_at",
    "ended_at",
    "superseded_at",
    "repeat_after",
    "reopened_after",
];

/// The batch with a column of its table in place of the one of its name, or behind the others where it has none.
fn with_column(batch: &RecordBatch, table: Table, name: &'static str, column: ArrayRef) -> RecordBatch {
    let canonical = table.schema();
    let field = canonical.field_with_name(name).expect("a column of the table");
    debug_assert_eq!(field.data_type(), column.data_type());
    with_field(batch, field.clone(), column)
}

/// The batch with a column in place of the one of its name, or behind the others where it has none.
fn with_field(batch: &RecordBatch, field: Field, column: ArrayRef) -> RecordBatch {
    let schema = batch.schema_ref();
    let mut fields: Vec<Arc<Field>> = schema.fields().iter().cloned().collect();
    let mut columns = batch.columns().to_vec();
    match schema.index_of(field.name()) {
        Ok(position) => columns[position] = column,
        Err(_) => {
            fields.push(Arc::new(field));
            columns.push(column);
        }
    }
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    let schema = Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()));
    RecordBatch::try_new_with_options(schema, columns, &options).expect("a value for each row, of the column's type")
}
