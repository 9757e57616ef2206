//! What was known when.

use arrow_array::cast::AsArray;
use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, RecordBatch, TimestampMicrosecondArray};
use arrow_buffer::BooleanBuffer;
use longshore_units::Instant;

use crate::error::ContactsError;
use crate::table::{TABLE_KEY, Table};

/// Which rows of a canonical batch were the valid ones at an instant: delivered by then, and not yet
/// replaced by a newer version.
///
///   delivered_at <= on and (superseded_at is null or on < superseded_at)
///
/// Where a source does not say when it delivered a row, the row is taken to have been known from the start.
///
/// # Errors
/// If the batch lacks one of these two columns.
pub fn known_on(rows: &RecordBatch, on: Instant) -> Result<BooleanBuffer, ContactsError> {
    let (delivered, superseded) = (instants(rows, "delivered_at")?, instants(rows, "superseded_at")?);
    if delivered.null_count() == delivered.len() && superseded.null_count() == superseded.len() {
        return Ok(BooleanBuffer::new_set(rows.num_rows())); // Simulated contacts, say: nothing to look at.
    }
    let holds = |instants: &TimestampMicrosecondArray, row, so: fn(i64, i64) -> bool| {
        instants.is_null(row) || so(instants.value(row), on.0)
    };
    Ok(BooleanBuffer::collect_bool(rows.num_rows(), |row| {
        holds(delivered, row, |at, on| at <= on) && holds(superseded, row, |at, on| on < at)
    }))
}

/// Which rows of a canonical batch no newer version has replaced: what is known today.
///
/// # Errors
/// If the batch lacks the column `superseded_at`.
pub fn not_superseded(rows: &RecordBatch) -> Result<BooleanBuffer, ContactsError> {
    let superseded = instants(rows, "superseded_at")?;
    Ok(superseded.nulls().map_or_else(|| BooleanBuffer::new_unset(superseded.len()), |valid| !valid.inner()))
}

fn instants<'batch>(
    rows: &'batch RecordBatch,
    column: &'static str,
) -> Result<&'batch TimestampMicrosecondArray, ContactsError> {
    let array = rows.column_by_name(column).and_then(|array| array.as_primitive_opt::<TimestampMicrosecondType>());
    let named = || rows.schema_ref().metadata().get(TABLE_KEY).and_then(|name| Table::from_name(name));
    array.ok_or_else(|| ContactsError::MissingColumn { table: named().unwrap_or(Table::Contacts).name(), column })
}
