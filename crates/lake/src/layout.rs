//! How each table of records lies in a lake.

use std::sync::LazyLock;

use arrow_schema::{DataType, Field, SchemaRef};
use deltalake_core::kernel::{DataType as DeltaType, PrimitiveType, StructField};
use longshore_contacts::{Column, Kind, Table};

/// The column that tables are partitioned by: the month in UTC of a row's first known instant, such as `2026-10`.
pub const MONTH: &str = "month";

/// When a version of a row was delivered.
pub const DELIVERED: &str = "delivered_at";

/// When a newer version replaced it.
pub const SUPERSEDED: &str = "superseded_at";

/// How a table lies in a lake.
#[derive(Debug)]
pub struct Layout {
    /// The table.
    pub table: Table,
    /// The columns that name what a row is of: rows of the same name are versions of each other.
    pub key: &'static [&'static str],
    /// Whether rows of one name that were delivered together are parts of one version, as the legs of a contact are.
    pub has_parts: bool,
    /// The columns that say when it was: the first that is known decides.
    pub times: &'static [&'static str],
    /// Its columns.
    pub schema: SchemaRef,
}

static LAYOUTS: LazyLock<Vec<Layout>> = LazyLock::new(|| Table::ALL.iter().map(|table| layout(*table)).collect());

impl Layout {
    /// The layout of a table.
    pub fn of(table: Table) -> &'static Layout {
        &LAYOUTS[table as usize]
    }

    /// Whether it is partitioned by month.
    pub fn by_month(&self) -> bool {
        !self.times.is_empty()
    }

    /// The columns in which two versions of a row may differ: all but those of delivery, and of annotations that other rows
    /// decide.
    pub fn content(&self) -> impl Iterator<Item = &str> {
        let of_others = [DELIVERED, SUPERSEDED, "repeat_after", "reopened_after", "week_from", "week_before"];
        self.schema.fields().iter().map(|field| field.name().as_str()).filter(move |name| !of_others.contains(name))
    }

    /// The table's columns as Delta has them.
    pub fn delta_columns(&self) -> Vec<StructField> {
        let of_column = |column: &Column| StructField::new(column.name, delta_type(column.kind), !column.required);
        let mut columns: Vec<StructField> = self.table.columns().iter().map(of_column).collect();
        if self.by_month() {
            columns.push(StructField::new(MONTH, DeltaType::STRING, true));
        }
        columns
    }
}

fn layout(table: Table) -> Layout {
    let (key, times): (&[&str], &[&str]) = match table {
        Table::Contacts => {
            (&["source", "contact_id", "provider"], &["offered_at", "arrived_at", "answered_at", "ended_at"])
        }
        Table::Legs => (&["source", "contact_id"], &["offered_at", "answered_at", "ended_at"]),
        Table::AgentTime => (&["source", "agent", "from"], &["from"]),
        Table::Schedule => (&["provider", "program", "site", "team", "from", "until"], &["from"]),
        Table::Forecast => (&["program", "queue", "from", "until", "locked_at"], &["from"]),
        Table::Agents => (&["agent", "provider", "hired"], &[]),
        Table::Rates => (&["what", "date", "source"], &[]),
        Table::Reported => (&["source", "provider", "program", "what", "date", "document"], &[]),
        Table::Outages => (&["from", "what", "whose"], &[]),
        Table::Intervals => {
            (&["source", "provider", "program", "site", "queue", "channel", "language", "from"], &["from"])
        }
    };
    Layout { table, key, has_parts: table == Table::Legs, times, schema: table.schema() }
}

fn delta_type(kind: Kind) -> DeltaType {
    match kind {
        Kind::Name | Kind::Word(_) | Kind::Text => DeltaType::STRING,
        Kind::Instant => DeltaType::TIMESTAMP,
        Kind::Day => DeltaType::DATE,
        Kind::Duration | Kind::Count => DeltaType::LONG,
        Kind::Score => DeltaType::INTEGER,
        Kind::Flag => DeltaType::BOOLEAN,
        Kind::Decimal(places) => {
            let decimal = PrimitiveType::decimal(38, places.unsigned_abs()).expect("38 digits are the most Delta has");
            DeltaType::Primitive(decimal)
        }
    }
}

/// The type of [`MONTH`] in queries.
pub fn month_field() -> Field {
    Field::new(MONTH, DataType::Utf8, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_names_columns_of_its_table() {
        for table in Table::ALL {
            let layout = Layout::of(table);
            assert_eq!(layout.table, table);
            for column in layout.key.iter().chain(layout.times) {
                assert!(table.position(column).is_some(), "{} has no {column}", table.name());
            }
            assert!(layout.content().all(|column| table.position(column).is_some()), "{}", table.name());
            let columns = layout.schema.fields().len() + usize::from(layout.by_month());
            assert_eq!(layout.delta_columns().len(), columns);
        }
    }
}
