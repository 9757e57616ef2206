//! A sink that keeps what readers give, and the samples.

#![allow(dead_code)] // Each test uses its part.

use std::path::PathBuf;

use arrow_array::RecordBatch;
use longshore_contacts::{AgentTimeRow, ContactRow, LegRow, Table, agent_time_rows, contact_rows, leg_rows};
use longshore_import::{CustomerKey, ImportError, Input, Origin, Outbox, Reader, Reject, Sink, Stream};
use longshore_units::Zone;

/// What an import gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub contacts: Vec<ContactRow>,
    pub legs: Vec<LegRow>,
    pub agent_time: Vec<AgentTimeRow>,
    pub rejects: Vec<Reject>,
}

impl Sink for Kept {
    fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        match table {
            Table::Contacts => self.contacts.extend(contact_rows(&batch).map(Result::unwrap)),
            Table::Legs => self.legs.extend(leg_rows(&batch).map(Result::unwrap)),
            Table::AgentTime => self.agent_time.extend(agent_time_rows(&batch).map(Result::unwrap)),
            _ => panic!("{table:?} is not read from these"),
        }
        Ok(())
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.rejects.push(reject);
        Ok(())
    }
}

impl Kept {
    /// The legs of a contact, in their order.
    pub fn legs_of(&self, contact: &str) -> Vec<&LegRow> {
        let mut legs: Vec<&LegRow> = self.legs.iter().filter(|leg| leg.contact_id == contact).collect();
        legs.sort_by_key(|leg| leg.leg);
        legs
    }

    pub fn contact(&self, id: &str) -> &ContactRow {
        let mut found = self.contacts.iter().filter(|contact| contact.contact_id == id);
        let contact = found.next().unwrap_or_else(|| panic!("no contact {id}"));
        assert!(found.next().is_none(), "contact {id} was given twice");
        contact
    }

    /// Takes what a later import gave: contacts it gives again replace those of before, with their legs.
    pub fn supersede(&mut self, later: Kept) {
        let again = |id: &str| later.contacts.iter().any(|contact| contact.contact_id == id);
        self.contacts.retain(|contact| !again(&contact.contact_id));
        self.legs.retain(|leg| !again(&leg.contact_id));
        self.contacts.extend(later.contacts);
        self.legs.extend(later.legs);
        self.agent_time.extend(later.agent_time);
        self.rejects.extend(later.rejects);
    }

    pub fn sort(&mut self) {
        self.contacts.sort_by(|a, b| a.contact_id.cmp(&b.contact_id));
        self.legs.sort_by(|a, b| (&a.contact_id, a.leg).cmp(&(&b.contact_id, b.leg)));
        self.agent_time.sort_by(|a, b| (&a.agent, a.from).cmp(&(&b.agent, b.from)));
    }
}

pub fn origin() -> Origin {
    Origin {
        source: "pbx".to_owned(),
        provider: "Acme".to_owned(),
        program: Some("care".to_owned()),
        site: None,
        zone: Zone::utc(),
        queues: Default::default(),
        key: Some(CustomerKey::new(b"a key for tests only").unwrap()),
    }
}

/// Reads texts as files one after the other, and finishes.
pub fn import(reader: &mut dyn Reader, files: &[&[u8]]) -> Result<(Kept, String), ImportError> {
    let mut kept = Kept::default();
    let mut out = Outbox::new(&mut kept);
    for (number, file) in files.iter().enumerate() {
        let name = format!("file {}", number + 1);
        let mut stream: &[u8] = file;
        reader.read(Input { name: &name, stream: Stream::Bytes(&mut stream) }, &mut out)?;
    }
    let carried = reader.finish(&mut out)?;
    out.flush()?;
    Ok((kept, carried))
}

/// A file beside the project, if it is there.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    match std::fs::read(&file) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!("skipped: {} is not here", file.display());
            None
        }
    }
}
