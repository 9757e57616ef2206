//! Digests of files, by which an import knows what was imported before.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use longshore_lake::ImportedFile;
use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// What is known of files by their paths.
type Digested = BTreeMap<PathBuf, ImportedFile>;

/// Finds the digests of files on a thread of its own, while they are read on another.
#[derive(Default)]
pub struct Digests {
    running: Option<Running>,
}

/// The thread, and where it takes files from: how many bytes of each.
struct Running {
    sender: Sender<(PathBuf, u64)>,
    thread: JoinHandle<Result<Digested, Failure>>,
}

impl Digests {
    /// Of the first so many bytes of a file: a log that grows meanwhile is another file the next time.
    pub fn begin(&mut self, path: &Path, bytes: u64) {
        let running = self.running.get_or_insert_with(|| {
            let (sender, receiver) = channel::<(PathBuf, u64)>();
            let find = move || {
                let digested = receiver.into_iter().map(|(path, bytes)| match digested(&path, bytes) {
                    Ok(file) => Ok((path, file)),
                    Err(error) => Err(Failure::of_file(&path, error)),
                });
                digested.collect()
            };
            Running { sender, thread: thread::spawn(find) }
        });
        // Where the thread has failed it says so in the end.
        let _ = running.sender.send((path.to_owned(), bytes));
    }

    /// All digests, once they are found.
    pub fn finish(self) -> Result<Digested, Failure> {
        let Some(Running { sender, thread }) = self.running else { return Ok(Digested::new()) };
        drop(sender);
        match thread.join() {
            Ok(digested) => digested,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// What is known of the first so many bytes of a file: their SHA-256 in hexadecimal digits. A file that is shorter by now has
/// none, and is known by nobody.
pub fn digested(path: &Path, bytes: u64) -> io::Result<ImportedFile> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut file = File::open(path)?.take(bytes);
    let (mut hasher, mut buffer, mut found) = (Sha256::new(), vec![0; 1 << 17], 0);
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
        found += count as u64;
    }
    let digest = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(ImportedFile { name, bytes, digest: if found == bytes { digest } else { String::new() } })
}
