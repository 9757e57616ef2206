//! Why a command did not do what it was asked, by who can change it.

use std::io;
use std::path::Path;

use longshore_units::{Diagnostic, Text};

/// Differences were found.
const FOUND: u8 = 1;
/// The user's input is wrong.
pub const INPUT: u8 = 2;
/// The outside world failed: a disk, a file that is not there.
const OUTSIDE: u8 = 3;
/// Our bug.
pub const BUG: u8 = 4;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// Texts that people wrote have mistakes.
    Findings {
        /// The texts, for excerpts.
        texts: Vec<Text>,
        /// The mistakes.
        diagnostics: Vec<Diagnostic>,
    },
    /// Nothing failed: differences were found, and are told already.
    Found,
    /// Mistakes that are told already, where a program reads them.
    Told,
    /// Something else that the user gave is wrong.
    Input(anyhow::Error),
    /// The outside world failed.
    Outside(anyhow::Error),
    /// A promise of ours is broken.
    Bug(anyhow::Error),
    /// Whoever reads our output has enough.
    Closed,
}

impl Failure {
    /// What the process ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Found => FOUND,
            Failure::Findings { .. } | Failure::Told | Failure::Input(_) => INPUT,
            Failure::Outside(_) => OUTSIDE,
            Failure::Bug(_) => BUG,
            Failure::Closed => 0,
        }
    }

    /// Of something the user gave.
    pub fn input(error: impl Into<anyhow::Error>) -> Failure {
        Failure::Input(error.into())
    }

    /// Of a file that could not be read or written. A file that is not there is the user's to name.
    pub fn of_file(path: &Path, error: io::Error) -> Failure {
        let not_there = error.kind() == io::ErrorKind::NotFound;
        let error = anyhow::Error::new(error).context(format!("`{}`", path.display()));
        if not_there { Failure::Input(error) } else { Failure::Outside(error) }
    }

    /// Of records that are not as they should be.
    pub fn of_records(path: &Path, error: impl std::error::Error + Send + Sync + 'static) -> Failure {
        Failure::Input(anyhow::Error::new(error).context(format!("`{}`", path.display())))
    }
}
