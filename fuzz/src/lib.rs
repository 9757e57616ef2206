//! What several targets ask of what the readers give back.

use arrow_array::RecordBatch;
use longshore_contacts::{AgentTimeRow, ContactRow, LegRow, Table, agent_time_rows, contact_rows, leg_rows};
use longshore_contract::{Invoice, Line};
use longshore_import::{CustomerKey, Input, Origin, Outbox, Reader, Reject, Sink, Stream};
use longshore_units::{Amount, Diagnostic, Label, Text, Zone};

/// Asserts that every place a diagnostic names lies in the text of that name, on the edges of characters, and that its
/// code is one of `codes`.
///
/// # Panics
/// Where one does not.
pub fn check_diagnostics(diagnostics: &[Diagnostic], texts: &[&Text], codes: &[&[&str]]) {
    for diagnostic in diagnostics {
        assert!(codes.iter().any(|codes| codes.contains(&diagnostic.code)), "{diagnostic:?} has a code without a page");
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?} says nothing");
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            assert!(lies_in_its_text(label, texts), "{label:?} of {diagnostic:?} is no place in its text");
        }
    }
}

fn lies_in_its_text(label: &Label, texts: &[&Text]) -> bool {
    let (start, end) = (label.span.start, label.span.end);
    match texts.iter().find(|text| text.name == label.file) {
        Some(text) => start <= end && text.text.get(start..end).is_some(),
        None => (start, end) == (0, 0), // A file that is missing has no other place.
    }
}

/// Asserts that an invoice's lines sum to its total, and each line's details to its amount.
///
/// # Panics
/// Where they do not.
pub fn check_sums(invoice: &Invoice) {
    for line in &invoice.lines {
        let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
        assert_eq!(details, line.amount, "the details of {line:?}");
        assert!(line.amount.0.is_decimal(), "{line:?} has no decimal that ends");
    }
    let amount = |line: &Line| line.amount.clone();
    assert_eq!(invoice.lines.iter().map(amount).sum::<Amount>(), invoice.total, "the lines of {invoice:?}");
}

/// What an import gave.
#[derive(Debug, Default)]
pub struct Imported {
    /// The contacts.
    pub contacts: Vec<ContactRow>,
    /// Their legs.
    pub legs: Vec<LegRow>,
    /// What agents did.
    pub agent_time: Vec<AgentTimeRow>,
    /// What the next import begins with.
    pub carried: String,
}

impl Sink for Imported {
    fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        match table {
            Table::Contacts => self.contacts.extend(contact_rows(&batch).map(|row| row.expect("it conforms"))),
            Table::Legs => self.legs.extend(leg_rows(&batch).map(|row| row.expect("it conforms"))),
            Table::AgentTime => self.agent_time.extend(agent_time_rows(&batch).map(|row| row.expect("it conforms"))),
            _ => {} // Tables give rows of any kind.
        }
        Ok(())
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        assert!(!reject.reason.is_empty(), "{reject:?} says nothing");
        Ok(())
    }
}

/// Reads one file and finishes; nothing if there is no sense in reading it.
pub fn import(reader: &mut dyn Reader, mut bytes: &[u8]) -> Option<Imported> {
    let mut imported = Imported::default();
    let mut out = Outbox::new(&mut imported);
    reader.read(Input { name: "fuzz", stream: Stream::Bytes(&mut bytes) }, &mut out).ok()?;
    let carried = reader.finish(&mut out).expect("the sink takes everything");
    out.flush().expect("the sink takes everything");
    Some(Imported { carried, ..imported })
}

/// What the files of an import do not say.
pub fn origin() -> Origin {
    Origin {
        source: "fuzz".to_owned(),
        provider: "Acme".to_owned(),
        program: None,
        site: None,
        zone: Zone::utc(),
        queues: Default::default(),
        key: CustomerKey::new(b"a key for fuzzing only").ok(),
    }
}
