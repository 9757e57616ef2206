//! The record tables: their names, their columns and their Arrow schemas.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};

use crate::rows;

/// The key under which a schema's metadata, and that of a Parquet file, names its table.
pub const TABLE_KEY: &str = "longshore.table";

/// A table of records. Its name is also that of its subfolder in a record folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row a contact at one provider.
    Contacts,
    /// One row a visit of a contact to a queue or agent.
    Legs,
    /// One row a stretch of time an agent spent in one state.
    AgentTime,
    /// One row a span of planned hours: asked for, scheduled, worked.
    Schedule,
    /// One row an interval of expected contacts.
    Forecast,
    /// One row an agent's time on the register.
    Agents,
    /// One row a dated value: currencies and price indexes.
    Rates,
    /// One row a quantity that no record shows, with its document.
    Reported,
    /// One row a span in which something did not work.
    Outages,
    /// One row what a queue counted in an interval, where no contact is known by itself.
    Intervals,
}

impl Table {
    /// Every table, in the order in which a record folder lists them.
    pub const ALL: [Table; 10] = [
        Table::Contacts,
        Table::Legs,
        Table::AgentTime,
        Table::Schedule,
        Table::Forecast,
        Table::Agents,
        Table::Rates,
        Table::Reported,
        Table::Outages,
        Table::Intervals,
    ];

    /// Its name: `contacts`, `legs`, `agent_time`, `schedule`, `forecast`, `agents`, `rates`, `reported`, `outages`,
    /// `intervals`.
    pub const fn name(self) -> &'static str {
        match self {
            Table::Contacts => "contacts",
            Table::Legs => "legs",
            Table::AgentTime => "agent_time",
            Table::Schedule => "schedule",
            Table::Forecast => "forecast",
            Table::Agents => "agents",
            Table::Rates => "rates",
            Table::Reported => "reported",
            Table::Outages => "outages",
            Table::Intervals => "intervals",
        }
    }

    /// The table of that name.
    pub fn from_name(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|table| table.name() == name)
    }

    /// Its columns, in their order.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::Contacts => rows::ContactRow::COLUMNS,
            Table::Legs => rows::LegRow::COLUMNS,
            Table::AgentTime => rows::AgentTimeRow::COLUMNS,
            Table::Schedule => rows::ScheduleRow::COLUMNS,
            Table::Forecast => rows::ForecastRow::COLUMNS,
            Table::Agents => rows::AgentRow::COLUMNS,
            Table::Rates => rows::RateRow::COLUMNS,
            Table::Reported => rows::ReportedRow::COLUMNS,
            Table::Outages => rows::OutageRow::COLUMNS,
            Table::Intervals => rows::IntervalRow::COLUMNS,
        }
    }

    /// Where a column stands in the canonical order.
    pub fn position(self, column: &str) -> Option<usize> {
        self.columns().iter().position(|candidate| candidate.name == column)
    }

    /// Its canonical Arrow schema, with the table's name under [`TABLE_KEY`]. One and the same value at every call.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<[SchemaRef; 10]> = LazyLock::new(|| Table::ALL.map(canonical_schema));
        Arc::clone(&SCHEMAS[self as usize])
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether every row has a value. A required text is not empty either.
    pub required: bool,
}

/// What a column holds, and so its canonical Arrow type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text that many rows share, such as a queue's name: `Dictionary(Int32, Utf8)`.
    Name,
    /// One of a fixed set of words: `Dictionary(Int32, Utf8)`.
    Word(&'static [&'static str]),
    /// A text of its own in most rows, such as an identifier: `Utf8`.
    Text,
    /// A point in time: `Timestamp(Microsecond, "UTC")`.
    Instant,
    /// A calendar day: `Date32`.
    Day,
    /// A span of time in whole milliseconds: `Int64`.
    Duration,
    /// A whole number: `Int64`.
    Count,
    /// A grade a customer gave: `Int32`.
    Score,
    /// Yes or no: `Boolean`.
    Flag,
    /// An exact decimal with so many places: `Decimal128(38, places)`.
    Decimal(i8),
}

impl Kind {
    /// The canonical Arrow type.
    pub fn data_type(self) -> DataType {
        match self {
            Kind::Name | Kind::Word(_) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Kind::Text => DataType::Utf8,
            Kind::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some(Arc::from("UTC"))),
            Kind::Day => DataType::Date32,
            Kind::Duration | Kind::Count => DataType::Int64,
            Kind::Score => DataType::Int32,
            Kind::Flag => DataType::Boolean,
            Kind::Decimal(places) => DataType::Decimal128(38, places),
        }
    }
}

fn canonical_schema(table: Table) -> SchemaRef {
    let field = |column: &Column| Field::new(column.name, column.kind.data_type(), !column.required);
    let metadata = HashMap::from([(TABLE_KEY.to_owned(), table.name().to_owned())]);
    Arc::new(Schema::new_with_metadata(table.columns().iter().map(field).collect::<Vec<_>>(), metadata))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_schemas_agree() {
        for table in Table::ALL {
            assert_eq!(Table::from_name(table.name()), Some(table));
            assert_eq!(table.schema().metadata()[TABLE_KEY], table.name());
            assert!(Arc::ptr_eq(&table.schema(), &table.schema()));
            for (position, column) in table.columns().iter().enumerate() {
                assert_eq!(table.position(column.name), Some(position), "{} {}", table.name(), column.name);
            }
        }
        assert_eq!(Table::from_name("Contacts"), None);
    }

    /// The columns are a promise to every file already written: a change here is a new format.
    #[test]
    fn the_columns_are_these() {
        let names = |table: Table| table.columns().iter().map(|column| column.name).collect::<Vec<_>>().join(" ");
        assert_eq!(
            names(Table::Contacts),
            "source contact_id program provider site first_queue last_queue channel direction language reason customer \
             ticket arrived_at offered_at answered_at ended_at wait ring talk hold wrap legs outcome ended_by \
             transferred_out resolved sale_amount sale_currency leads appointments csat nps recording delivered_at \
             superseded_at repeat_after reopened_after"
        );
        assert_eq!(
            names(Table::Legs),
            "source contact_id leg provider program site channel direction language queue team agent offered_at answered_at \
             ended_at wait ring talk hold wrap outcome delivered_at superseded_at"
        );
        assert_eq!(
            names(Table::AgentTime),
            "source agent provider program site team queue direction state reason from until approved week_from week_before left delivered_at superseded_at"
        );
        assert_eq!(
            names(Table::Schedule),
            "provider program site team from until requested scheduled productive delivered_at superseded_at"
        );
        assert_eq!(
            names(Table::Forecast),
            "program queue from until contacts handle locked_at delivered_at superseded_at"
        );
        assert_eq!(
            names(Table::Agents),
            "agent provider program site team languages wage_class hired left why delivered_at superseded_at"
        );
        assert_eq!(names(Table::Rates), "what date value source delivered_at superseded_at");
        assert_eq!(
            names(Table::Reported),
            "source provider program what date quantity amount currency document delivered_at superseded_at"
        );
        assert_eq!(names(Table::Outages), "from until what whose delivered_at superseded_at");
        assert_eq!(
            names(Table::Intervals),
            "source provider program site queue channel language from until offered answered abandoned in_time threshold wait \
             talk hold wrap delivered_at superseded_at"
        );
    }
}
