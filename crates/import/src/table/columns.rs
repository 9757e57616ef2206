//! Rows gathered into the columns of a table.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Decimal128Builder, Int32Builder, Int64Builder, StringBuilder,
    StringDictionaryBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use longshore_contacts::{Kind, Table};

use super::rows::Datum;

/// The columns of a table, being filled.
pub(super) struct Columns {
    table: Table,
    columns: Vec<Column>,
    rows: usize,
}

enum Column {
    Name(StringDictionaryBuilder<Int32Type>),
    Text(StringBuilder),
    Instant(TimestampMicrosecondBuilder),
    Day(Date32Builder),
    Whole(Int64Builder),
    Score(Int32Builder),
    Flag(BooleanBuilder),
    Decimal(Decimal128Builder),
}

impl Columns {
    pub fn of(table: Table) -> Columns {
        let column = |kind: Kind| match kind {
            Kind::Name | Kind::Word(_) => Column::Name(StringDictionaryBuilder::new()),
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Instant => Column::Instant(TimestampMicrosecondBuilder::new().with_timezone("UTC")),
            Kind::Day => Column::Day(Date32Builder::new()),
            Kind::Duration | Kind::Count => Column::Whole(Int64Builder::new()),
            Kind::Score => Column::Score(Int32Builder::new()),
            Kind::Flag => Column::Flag(BooleanBuilder::new()),
            Kind::Decimal(_) => Column::Decimal(Decimal128Builder::new().with_data_type(kind.data_type())),
        };
        let columns = table.columns().iter().map(|of| column(of.kind)).collect();
        Columns { table, columns, rows: 0 }
    }

    /// Adds a row: of each column its value, in the table's order; what lies behind is of no column.
    pub fn push(&mut self, values: &[Option<Datum>]) {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value.as_ref());
        }
        self.rows += 1;
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows so far as a batch. The next ones begin anew.
    pub fn take(&mut self) -> RecordBatch {
        let columns = self.columns.iter_mut().map(Column::take).collect();
        self.rows = 0;
        RecordBatch::try_new(self.table.schema(), columns)
            .expect("the columns are the table's, and required ones are full")
    }
}

impl Column {
    fn push(&mut self, value: Option<&Datum>) {
        match (self, value) {
            (Column::Name(column), Some(Datum::Text(text))) => column.append_value(text),
            (Column::Name(column), Some(Datum::Word(word))) => column.append_value(word),
            (Column::Name(column), _) => column.append_null(),
            (Column::Text(column), Some(Datum::Text(text))) => column.append_value(text),
            (Column::Text(column), _) => column.append_null(),
            (Column::Instant(column), Some(Datum::Whole(at))) => column.append_value(*at),
            (Column::Instant(column), _) => column.append_null(),
            (Column::Day(column), Some(Datum::Day(day))) => column.append_value(*day),
            (Column::Day(column), _) => column.append_null(),
            (Column::Whole(column), Some(Datum::Whole(whole))) => column.append_value(*whole),
            (Column::Whole(column), _) => column.append_null(),
            (Column::Score(column), Some(Datum::Score(score))) => column.append_value(*score),
            (Column::Score(column), _) => column.append_null(),
            (Column::Flag(column), Some(Datum::Flag(flag))) => column.append_value(*flag),
            (Column::Flag(column), _) => column.append_null(),
            (Column::Decimal(column), Some(Datum::Decimal(decimal))) => column.append_value(*decimal),
            (Column::Decimal(column), _) => column.append_null(),
        }
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Column::Name(column) => Arc::new(column.finish()),
            Column::Text(column) => Arc::new(column.finish()),
            Column::Instant(column) => Arc::new(column.finish()),
            Column::Day(column) => Arc::new(column.finish()),
            Column::Whole(column) => Arc::new(column.finish()),
            Column::Score(column) => Arc::new(column.finish()),
            Column::Flag(column) => Arc::new(column.finish()),
            Column::Decimal(column) => Arc::new(column.finish()),
        }
    }
}
