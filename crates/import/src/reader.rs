//! What a format's reader is, and what it reads.

use std::io::{BufRead, Read, Seek};

use crate::{ImportError, Outbox};

/// One file of an import.
pub struct Input<'f> {
    /// Its name, as rejects and messages call it.
    pub name: &'f str,
    /// What it holds.
    pub stream: Stream<'f>,
}

/// Bytes to read.
pub enum Stream<'f> {
    /// One after the other, as they come, compressed or not.
    Bytes(&'f mut (dyn BufRead + Send)),
    /// Bytes that can be read from any place, for formats that begin at their end.
    Seekable(Box<dyn Seekable>),
}

/// Bytes that can be read from any place.
pub trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// Reads the files of one import, in their order.
pub trait Reader {
    /// Reads one file.
    ///
    /// # Errors
    /// If there is no sense in reading on.
    fn read(&mut self, input: Input<'_>, out: &mut Outbox<'_>) -> Result<(), ImportError>;

    /// Says that no more files come. What cannot be told without more (calls that still run) is given back as text, for
    /// the reader of the next import of the same source to begin with; empty if there is nothing.
    ///
    /// # Errors
    /// If the rows that are left cannot be kept.
    fn finish(&mut self, out: &mut Outbox<'_>) -> Result<String, ImportError>;
}
