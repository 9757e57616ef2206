//! Why an import ends.

/// Why an import cannot go on. A row that is not understood is no such reason: it is a [`Reject`](crate::Reject).
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is of another format.
    #[error("{reason}")]
    WrongFormat {
        /// What was expected, what was found, and where.
        reason: String,
    },
    /// The file is damaged where there is no next row to go on with: cut short within compression, say.
    #[error("{reason}")]
    Damaged {
        /// What is wrong, and after which line or byte.
        reason: String,
    },
    /// Taking it in would need more than the stated bounds: an unpacked size out of all proportion, say.
    #[error("{reason}")]
    Bound {
        /// Which bound, and what to do.
        reason: String,
    },
    /// What the import before left for this one is nothing that it left.
    #[error("what the import before left behind cannot be read: {reason}")]
    Carried {
        /// What is wrong with it.
        reason: String,
    },
    /// The file could not be read.
    #[error("it cannot be read: {0}")]
    Read(#[source] std::io::Error),
    /// Who takes the rows could not.
    #[error("its rows cannot be kept: {0}")]
    Sink(#[source] Box<dyn std::error::Error + Send + Sync>),
}
