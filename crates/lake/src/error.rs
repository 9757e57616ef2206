//! What can go wrong with a lake.

use arrow_schema::ArrowError;
use datafusion::error::DataFusionError;
use deltalake_core::DeltaTableError;
use parquet::errors::ParquetError;

/// Why a lake cannot do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// There is no lake there.
    #[error("`{url}` is no lake: nothing was imported into it yet")]
    NoLake {
        /// Where it was looked for.
        url: String,
    },
    /// A place that no lake can be at.
    #[error("`{url}` is no place for a lake: {reason}")]
    Place {
        /// What was written.
        url: String,
        /// Why.
        reason: String,
    },
    /// A folder that holds something else.
    #[error("`{url}` is no lake and not empty; name a new folder, or one that records were imported into")]
    NotEmpty {
        /// The folder.
        url: String,
    },
    /// A lake of a later version of this program.
    #[error("the lake has format {found}, and this program knows formats up to {known}: use a newer one")]
    Format {
        /// The lake's.
        found: u32,
        /// The newest that is known.
        known: u32,
    },
    /// The lake's own log does not read.
    #[error("the lake's log is damaged: `{path}`: {reason}")]
    Log {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Another import of the same source ended first, and this one began without what that one carried over.
    #[error("another import of `{source_name}` ended meanwhile; import these files again")]
    Overtaken {
        /// The source.
        source_name: String,
    },
    /// Files of an import were deleted before it ended.
    #[error("`{path}` was deleted while it was being imported, by an `--expire` of few days; import these files again")]
    Expired {
        /// One of the files.
        path: String,
    },
    /// Rows are taken after writing those before has failed.
    #[error("the import has ended")]
    Ended,
    /// More rows have the same values than memory holds.
    #[error("more than {rows} rows are of one and the same; they cannot be looked at together")]
    TooMany {
        /// How many are.
        rows: usize,
    },
    /// Rows of more months than there are.
    #[error("the rows are of more than {most} months; are their dates what they should be?")]
    Months {
        /// How many an import may have, over all tables.
        most: usize,
    },
    /// Others kept writing.
    #[error("others wrote to the lake {tries} times in a row before this could; try again")]
    Busy {
        /// How often it was tried.
        tries: u32,
    },
    /// A table was changed by another program than this.
    #[error("the table `{table}` was changed by another program: {reason}")]
    Foreign {
        /// The table.
        table: &'static str,
        /// What does not fit.
        reason: String,
    },
    /// A query that changes something, or does not read.
    #[error(transparent)]
    Query(Box<DataFusionError>),
    /// The storage failed.
    #[error("the lake's storage failed: {0}")]
    Store(#[from] object_store::Error),
    /// A Delta table failed.
    #[error("a table of the lake failed: {0}")]
    Delta(#[source] Box<DeltaTableError>),
    /// A file of the lake does not read or write.
    #[error("a file of the lake failed: {0}")]
    Part(#[from] ParquetError),
    /// Columns that do not fit.
    #[error("records do not fit: {0}")]
    Arrow(#[from] ArrowError),
    /// Records that are none.
    #[error(transparent)]
    Contacts(#[from] longshore_contacts::ContactsError),
    /// Temporary files on the local disk.
    #[error("temporary files failed: {0}")]
    Temporary(#[from] std::io::Error),
}

impl From<DeltaTableError> for LakeError {
    fn from(error: DeltaTableError) -> LakeError {
        LakeError::Delta(Box::new(error))
    }
}

impl From<DataFusionError> for LakeError {
    fn from(error: DataFusionError) -> LakeError {
        LakeError::Query(Box::new(error))
    }
}
