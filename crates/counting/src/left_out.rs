//! Rows that were looked at and not counted, by reason.

/// How many rows were left out, by reason. A row that several charges leave out for the same reason counts once for
/// each; a row of another provider or program is none of the contract's business and is told for completeness.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Rows that name no provider.
    pub without_provider: u64,
    /// Rows of another provider.
    pub other_provider: u64,
    /// Rows of a program that the contract does not cover.
    pub other_program: u64,
    /// Rows that a newer delivery replaced.
    pub superseded: u64,
    /// Rows outside the contract's term, or outside the days that are counted.
    pub outside_term: u64,
    /// Rows without the instant that decides their month.
    pub without_instant: u64,
    /// Rows that a charge selects and whose quantity is partly unknown.
    pub unknown_quantity: u64,
    /// Rows with an amount in a currency that is not the contract's, or that say none.
    pub other_currency: u64,
    /// Rows without the document that the charge asks for.
    pub without_document: u64,
}

impl LeftOut {
    /// Adds those of another part of the records.
    pub fn merge(&mut self, other: &LeftOut) {
        for (mine, theirs) in self.fields_mut().into_iter().zip(other.fields()) {
            *mine = mine.saturating_add(theirs);
        }
    }

    /// Numbers with their names, in a fixed order.
    pub fn named(&self) -> [(&'static str, u64); 9] {
        let names = [
            "without_provider",
            "other_provider",
            "other_program",
            "superseded",
            "outside_term",
            "without_instant",
            "unknown_quantity",
            "other_currency",
            "without_document",
        ];
        let mut numbers = self.fields().into_iter();
        names.map(|name| (name, numbers.next().expect("as many numbers as names")))
    }

    pub(crate) fn fields(&self) -> [u64; 9] {
        [
            self.without_provider,
            self.other_provider,
            self.other_program,
            self.superseded,
            self.outside_term,
            self.without_instant,
            self.unknown_quantity,
            self.other_currency,
            self.without_document,
        ]
    }

    pub(crate) fn fields_mut(&mut self) -> [&mut u64; 9] {
        [
            &mut self.without_provider,
            &mut self.other_provider,
            &mut self.other_program,
            &mut self.superseded,
            &mut self.outside_term,
            &mut self.without_instant,
            &mut self.unknown_quantity,
            &mut self.other_currency,
            &mut self.without_document,
        ]
    }
}
