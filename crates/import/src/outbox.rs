//! Where readers put what they understood, and what they did not.

use arrow_array::RecordBatch;
use longshore_contacts::{AgentTimeColumns, AgentTimeRow, ContactColumns, ContactRow, LegColumns, LegRow, Table};

use crate::ImportError;

/// Who keeps what is read.
pub trait Sink {
    /// Takes rows of a table, in its canonical types. Legs come in the same call order as their contacts, not before them.
    ///
    /// # Errors
    /// If they cannot be kept; then the import ends.
    fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;

    /// Takes what was not understood.
    ///
    /// # Errors
    /// If it cannot be kept, or nothing may be rejected; then the import ends.
    fn reject(&mut self, reject: Reject) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

/// A row that was not understood, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The file's name.
    pub file: String,
    /// The line, from 1; in a format without lines the row.
    pub line: u64,
    /// The field, where it is one.
    pub field: Option<String>,
    /// Why. It quotes no customer's number.
    pub reason: String,
}

/// Gathers rows into batches, and hands these on.
pub struct Outbox<'s> {
    sink: &'s mut dyn Sink,
    contacts: ContactColumns,
    legs: LegColumns,
    agent_time: AgentTimeColumns,
    rows: u64,
    rejects: u64,
}

impl<'s> Outbox<'s> {
    /// The most rows of a batch.
    pub const BATCH_ROWS: usize = 8192;

    /// Hands on to a sink.
    pub fn new(sink: &'s mut dyn Sink) -> Outbox<'s> {
        Outbox {
            sink,
            contacts: Default::default(),
            legs: Default::default(),
            agent_time: Default::default(),
            rows: 0,
            rejects: 0,
        }
    }

    /// A contact with its legs, which are handed on in one batch with others', or one after the other.
    pub fn contact(&mut self, contact: ContactRow, legs: impl IntoIterator<Item = LegRow>) -> Result<(), ImportError> {
        self.contacts.push(&contact);
        legs.into_iter().for_each(|leg| self.legs.push(&leg));
        self.rows += 1;
        if Outbox::BATCH_ROWS <= self.contacts.len().max(self.legs.len()) {
            self.flush()?;
        }
        Ok(())
    }

    /// A stretch of an agent's time.
    pub fn agent_time(&mut self, row: AgentTimeRow) -> Result<(), ImportError> {
        self.agent_time.push(&row);
        self.rows += 1;
        if Outbox::BATCH_ROWS <= self.agent_time.len() {
            self.flush()?;
        }
        Ok(())
    }

    /// Rows of any table that were made as a batch, in its canonical types.
    pub fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), ImportError> {
        self.rows += batch.num_rows() as u64;
        self.flush()?;
        self.sink.take(table, batch).map_err(ImportError::Sink)
    }

    /// What was not understood.
    pub fn reject(&mut self, reject: Reject) -> Result<(), ImportError> {
        self.rejects += 1;
        self.sink.reject(reject).map_err(ImportError::Sink)
    }

    /// How many contacts and rows of other tables were understood so far; legs do not count.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many were not.
    pub fn rejects(&self) -> u64 {
        self.rejects
    }

    /// Hands on what is gathered.
    pub fn flush(&mut self) -> Result<(), ImportError> {
        if !self.contacts.is_empty() {
            let batch = self.contacts.finish();
            self.sink.take(Table::Contacts, batch).map_err(ImportError::Sink)?;
        }
        if !self.legs.is_empty() {
            let batch = self.legs.finish();
            self.sink.take(Table::Legs, batch).map_err(ImportError::Sink)?;
        }
        if !self.agent_time.is_empty() {
            let batch = self.agent_time.finish();
            self.sink.take(Table::AgentTime, batch).map_err(ImportError::Sink)?;
        }
        Ok(())
    }
}
