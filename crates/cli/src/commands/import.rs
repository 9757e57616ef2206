//! `longshore import`: other systems' records in, rows of the record tables out.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use anyhow::anyhow;
use arrow_array::RecordBatch;
#[cfg(feature = "lake")]
use clap::ValueEnum as _;
use indicatif::{ProgressBar, ProgressStyle};
use longshore_contacts::{Outcome, Passed, Passing, Table};
use longshore_import::{
    AmazonConnect, AsteriskQueueLog, CustomerKey, ImportError, Input, Mapping, Origin, Outbox, Reader, Reject, Said,
    Sink, Stream, TableReader,
};
use longshore_units::{Milliseconds, Zone, plural};

use crate::arguments::{Import, RecordFormat};
use crate::failure::Failure;
use crate::keeping::{Imported, KeepFolder, Keeper};
use crate::rejects::{Reasons, RejectsFile};
use crate::span::Span;
use crate::{files, show};

/// How deep folders of files may stand in each other.
const DEPTH: usize = 8;

/// How many batches are read ahead.
const AHEAD: usize = 8;

/// The interval in which arrivals and outcomes are held against each other.
const INTERVAL: Milliseconds = Milliseconds::seconds(1800);

pub fn run(arguments: &Import) -> Result<(), Failure> {
    if arguments.guess {
        return guess(arguments);
    }
    let paths = paths(&arguments.files)?;
    let mapping = mapping(arguments)?;
    let zone = mapping.origin.zone.clone();
    let keeper = keeper(arguments, &mapping.origin)?;
    let mut reader = reader(arguments.from, mapping, &keeper.carried())?;
    let rejects = arguments.rejects.as_deref().map(RejectsFile::begin).transpose()?;
    let mut door = Door {
        keeper,
        rejects,
        is_strict: arguments.strict,
        reasons: Reasons::default(),
        passing: Passing::new(INTERVAL),
        span: Span::default(),
        rows: BTreeMap::new(),
        failed: None,
    };
    let (read, carried) = read(reader.as_mut(), &paths, &mut door)?;
    door.finish(&read, &carried, &zone)
}

/// Who keeps the rows.
fn keeper(arguments: &Import, origin: &Origin) -> Result<Box<dyn Keeper>, Failure> {
    match (&arguments.out, &arguments.into) {
        (Some(out), _) => Ok(Box::new(KeepFolder::begin(out)?)),
        (None, Some(into)) => into_lake(arguments, origin, into),
        (None, None) => {
            Err(Failure::input(anyhow!("name a folder to write (`--out FOLDER`), or a lake (`--into LAKE`)")))
        }
    }
}

#[cfg(feature = "lake")]
fn into_lake(arguments: &Import, origin: &Origin, into: &Path) -> Result<Box<dyn Keeper>, Failure> {
    use sha2::{Digest, Sha256};
    // Read otherwise, the same file says something else. The key's part in it is a hash under it, not the key.
    let mut reading = Sha256::new();
    let key = origin.key.as_ref().map(|key| key.customer("reading"));
    let mapping = arguments.mapping.as_deref().map(files::bytes).transpose()?;
    reading.update(format!("{:?} {key:?} {mapping:?}", Origin { key: None, ..origin.clone() }));
    let reading = reading.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let format = arguments.from.to_possible_value().expect("every format has a word").get_name().to_owned();
    Ok(Box::new(crate::keep_lake::KeepLake::begin(into, &format, origin, reading)?))
}

#[cfg(not(feature = "lake"))]
fn into_lake(_: &Import, _: &Origin, _: &Path) -> Result<Box<dyn Keeper>, Failure> {
    Err(crate::lakes::absent())
}

/// Why a reader ended.
fn failure(error: ImportError, path: &Path) -> Failure {
    match error {
        ImportError::Sink(error) => Failure::Bug(anyhow!("{error}")),
        ImportError::Read(error) => Failure::of_file(path, error),
        error => Failure::input(anyhow!("`{}`: {error}", path.display())),
    }
}

/// Prints a mapping for the first file.
fn guess(arguments: &Import) -> Result<(), Failure> {
    if arguments.from != RecordFormat::Table {
        return Err(Failure::input(anyhow!("only a table needs its columns guessed: `--from table --guess FILE`")));
    }
    let path = paths(&arguments.files)?.remove(0);
    let progress = ProgressBar::hidden();
    let mut guessed = None;
    open(&path, &progress, |input| {
        guessed = Some(longshore_import::guess(input)?);
        Ok(())
    })
    .map_err(|error| failure(error, &path))?;
    show::text(&guessed.unwrap_or_default())
}

/// What the files do not say of themselves.
fn mapping(arguments: &Import) -> Result<Mapping, Failure> {
    let zone = arguments.time_zone.as_deref().map(Zone::named).transpose().map_err(Failure::input)?;
    let key = match &arguments.key {
        Some(path) => {
            let key = CustomerKey::new(&files::bytes(path)?);
            Some(key.map_err(|error| Failure::input(anyhow!("`{}`: {error}", path.display())))?)
        }
        None => None,
    };
    let said = Said {
        source: arguments.source.clone(),
        provider: arguments.provider.clone(),
        program: arguments.program.clone(),
        site: arguments.site.clone(),
        zone,
        key,
    };
    if let Some(path) = &arguments.mapping {
        let text = files::text(path)?;
        let (mapping, found) = longshore_import::mapping(&text, &said, arguments.from == RecordFormat::Table);
        return files::sound(mapping, vec![text], found);
    }
    let Said { source, provider, program, site, zone, key } = said;
    let source = match (arguments.from, source) {
        (RecordFormat::Table, _) => {
            let help = "a table needs `--mapping FILE`, which says what its columns hold; `--guess` proposes one";
            return Err(Failure::input(anyhow!("{help}")));
        }
        (_, Some(source)) => source,
        (RecordFormat::AsteriskQueueLog, None) => "asterisk-queue-log".to_owned(),
        (RecordFormat::AmazonConnect, None) => "amazon-connect".to_owned(),
    };
    let provider = provider.ok_or_else(|| {
        Failure::input(anyhow!(
            "the records do not say who served the contacts: add `--provider NAME`, or a `--mapping`"
        ))
    })?;
    let zone = zone.unwrap_or_else(Zone::utc);
    Ok(Mapping { origin: Origin { source, provider, program, site, zone, queues: BTreeMap::new(), key }, table: None })
}

fn reader(format: RecordFormat, mapping: Mapping, carried: &str) -> Result<Box<dyn Reader + Send>, Failure> {
    let Mapping { origin, table } = mapping;
    Ok(match (format, table) {
        (RecordFormat::AsteriskQueueLog, _) => {
            Box::new(AsteriskQueueLog::new(origin, carried).map_err(Failure::input)?)
        }
        (RecordFormat::AmazonConnect, _) => Box::new(AmazonConnect::new(origin, carried).map_err(Failure::input)?),
        (RecordFormat::Table, Some(table)) => Box::new(TableReader::new(origin, table)),
        (RecordFormat::Table, None) => return Err(Failure::Bug(anyhow!("a table's mapping has no columns"))),
    })
}

/// The files to read, in their order: those of a folder by their names, without hidden ones.
fn paths(sources: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for source in sources {
        if source.as_os_str() == "-" {
            paths.push(source.clone());
            continue;
        }
        let about = fs::metadata(source).map_err(|error| Failure::of_file(source, error))?;
        let before = paths.len();
        if about.is_dir() {
            folder(source, DEPTH, &mut paths)?
        } else {
            paths.push(source.clone())
        }
        if paths.len() == before {
            return Err(Failure::input(anyhow!("`{}` holds no files", source.display())));
        }
    }
    Ok(paths)
}

fn folder(folder: &Path, depth: usize, into: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if depth == 0 {
        return Err(Failure::input(anyhow!("`{}` lies too deep in other folders", folder.display())));
    }
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut paths: Vec<PathBuf> =
        entries.map_err(|error| Failure::of_file(folder, error))?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        }
        if path.is_dir() { self::folder(&path, depth - 1, into)? } else { into.push(path) }
    }
    Ok(())
}

/// Reads all files that are not known; says which, and what is to be carried over.
fn read(
    reader: &mut (dyn Reader + Send),
    paths: &[PathBuf],
    door: &mut Door,
) -> Result<(Vec<PathBuf>, String), Failure> {
    let progress = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {binary_bytes} at {binary_bytes_per_sec}, {msg}") {
        progress.set_style(style);
    }
    let mut read = Vec::new();
    let mut known = Vec::new();
    for path in paths {
        if door.keeper.knows(path)? {
            known.push(path);
        } else {
            read.push(path.clone());
        }
    }
    // What is read is looked at and kept on another thread than it is read on.
    let (sender, receiver) = sync_channel(AHEAD);
    let outcome = thread::scope(|scope| {
        let reading = scope.spawn(|| through(reader, &read, &progress, &mut Passage { sender }));
        for passes in receiver {
            let kept = match passes {
                Passes::Rows(table, batch) => door.take(table, batch),
                Passes::Reject(reject) => door.reject(reject),
            };
            if let Err(error) = kept {
                door.failed.get_or_insert_with(|| Failure::Bug(anyhow!("{error}")));
                break; // Then the reader finds nobody to hand on to.
            }
        }
        reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    progress.finish_and_clear();
    if let Some(failure) = door.failed.take() {
        return Err(failure);
    }
    let carried = outcome.map_err(|(error, path)| failure(error, &path))?;
    for path in known {
        show::note(&format!("`{}` was imported before and says nothing new", path.display()));
    }
    Ok((read, carried))
}

/// Reads files one after the other, and ends the reading; says what is to be carried over.
fn through(
    reader: &mut (dyn Reader + Send),
    paths: &[PathBuf],
    progress: &ProgressBar,
    passage: &mut Passage,
) -> Result<String, (ImportError, PathBuf)> {
    let mut out = Outbox::new(passage);
    for path in paths {
        file(reader, path, progress, &mut out)?;
    }
    let carried = reader.finish(&mut out).and_then(|carried| out.flush().map(|()| carried));
    carried.map_err(|error| (error, PathBuf::new()))
}

/// Reads one file.
fn file(
    reader: &mut (dyn Reader + Send),
    path: &Path,
    progress: &ProgressBar,
    out: &mut Outbox<'_>,
) -> Result<(), (ImportError, PathBuf)> {
    progress.set_message(path.display().to_string());
    let read = open(path, progress, |input| reader.read(input, out));
    read.map_err(|error| (error, path.to_owned()))
}

/// Opens a file, and gives its name and what it holds to who reads it.
fn open(
    path: &Path,
    progress: &ProgressBar,
    read: impl FnOnce(Input<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let name = path.display().to_string();
    if name == "-" {
        let mut bytes = BufReader::with_capacity(1 << 17, Counted { bytes: io::stdin(), progress });
        return read(Input { name: "standard input", stream: Stream::Bytes(&mut bytes) });
    }
    let mut file = File::open(path).map_err(ImportError::Read)?;
    // Parquet begins at its end.
    let mut first = Vec::new();
    file.by_ref().take(4).read_to_end(&mut first).map_err(ImportError::Read)?;
    if file.rewind().is_ok() {
        if first == b"PAR1" {
            return read(Input { name: &name, stream: Stream::Seekable(Box::new(file)) });
        }
        first.clear();
    }
    // A pipe does not go back: what was read of it comes first.
    let bytes = io::Cursor::new(first).chain(Counted { bytes: file, progress });
    let mut bytes = BufReader::with_capacity(1 << 17, bytes);
    read(Input { name: &name, stream: Stream::Bytes(&mut bytes) })
}

/// Bytes, and how many came.
struct Counted<'p, R> {
    bytes: R,
    progress: &'p ProgressBar,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        self.progress.inc(count as u64);
        Ok(count)
    }
}

/// From the thread that reads to the one that keeps.
struct Passage {
    sender: SyncSender<Passes>,
}

/// What passes.
enum Passes {
    Rows(Table, RecordBatch),
    Reject(Reject),
}

impl Passage {
    fn pass(&mut self, passes: Passes) -> Result<(), Refused> {
        self.sender.send(passes).map_err(|_| "the import ended".into())
    }
}

impl Sink for Passage {
    fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), Refused> {
        self.pass(Passes::Rows(table, batch))
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Refused> {
        self.pass(Passes::Reject(reject))
    }
}

/// What rows pass through on their way to whoever keeps them.
struct Door {
    keeper: Box<dyn Keeper>,
    rejects: Option<RejectsFile>,
    is_strict: bool,
    reasons: Reasons,
    passing: Passing,
    span: Span,
    rows: BTreeMap<Table, u64>,
    failed: Option<Failure>,
}

type Refused = Box<dyn std::error::Error + Send + Sync>;

impl Door {
    fn take(&mut self, table: Table, batch: RecordBatch) -> Result<(), Refused> {
        let passed = match table {
            Table::Contacts => self.passing.contacts(&batch),
            Table::Legs => self.passing.legs(&batch),
            _ => Ok(()),
        };
        passed?;
        self.span.add(table, &batch);
        *self.rows.entry(table).or_default() += batch.num_rows() as u64;
        self.keeper.take(table, &batch).map_err(|failure| self.end(failure))
    }

    fn reject(&mut self, reject: Reject) -> Result<(), Refused> {
        self.reasons.add(&reject);
        if self.is_strict {
            let Reject { file, line, field, reason } = &reject;
            let field = field.as_ref().map_or(String::new(), |field| format!(", `{field}`"));
            let failure = Failure::input(anyhow!("`{file}` line {line}{field}: {reason}; nothing was written"));
            return Err(self.end(failure));
        }
        let kept = self.keeper.reject(&reject).and_then(|()| match &mut self.rejects {
            Some(rejects) => rejects.push(&reject),
            None => Ok(()),
        });
        kept.map_err(|failure| self.end(failure))
    }

    /// Keeps a failure, for which the error only stands.
    fn end(&mut self, failure: Failure) -> Refused {
        self.failed = Some(failure);
        "the import ended".into()
    }

    /// Keeps all of it, and says what it was.
    fn finish(self, files: &[PathBuf], carried: &str, zone: &Zone) -> Result<(), Failure> {
        let Door { keeper, rejects, reasons, passing, span, rows, .. } = self;
        let days = span.days(zone);
        let imported = Imported { files, rejects: reasons.count(), carried, zone, days };
        let mut lines = keeper.commit(&imported)?;
        if let Some(rejects) = rejects {
            rejects.finish()?;
        }
        let total: u64 = rows.values().sum();
        let span = days.map_or(String::new(), |(first, last)| format!(", from {first} to {last}"));
        lines.push(format!("{}, {}{span}", plural(imported.files.len() as u64, "file"), plural(total, "row")));
        if 0 < imported.rejects {
            lines.push(format!("{} not understood:", plural(imported.rejects, "row")));
            lines.extend(reasons.lines());
        }
        let passed = passing.finish();
        lines.extend(conservation(&passed));
        show::text(&(lines.join("\n") + "\n"))?;
        if 0 < passed.violated { Err(Failure::Found) } else { Ok(()) }
    }
}

/// Whether whatever came has an outcome.
fn conservation(passed: &Passed) -> Vec<String> {
    const SHOWN: usize = 20;
    let mut lines = Vec::new();
    for (account, what) in [(&passed.contacts, "contact"), (&passed.legs, "leg")] {
        if account.arrivals == 0 {
            continue;
        }
        let outcomes = Outcome::ALL.iter().map(|outcome| (account.outcome(*outcome), outcome.as_str()));
        let parts = outcomes.chain([(account.open, "open"), (account.unaccounted(), "without sound outcome")]);
        let parts: Vec<String> =
            parts.filter(|(count, _)| 0 < *count).map(|(count, what)| format!("{count} {what}")).collect();
        lines.push(format!("{} = {}", plural(account.arrivals, what), parts.join(" + ")));
    }
    if 0 < passed.versions {
        lines.push(format!("{} of these are earlier versions of contacts that were delivered again", passed.versions));
    }
    if 0 < passed.violated {
        lines.push(format!("{} against the law of conservation:", breaking(passed.violated)));
        lines.extend(passed.violations.iter().take(SHOWN).map(|violation| format!("  {violation}")));
        if SHOWN as u64 <= passed.violated {
            lines.push(format!("  and {} more", passed.violated - SHOWN as u64));
        }
        for (place, count) in passed.unaccounted.iter().take(SHOWN) {
            let queue = place.queue.as_deref().unwrap_or("(no queue)");
            lines.push(format!("  {queue}, half an hour from {}: {count} unaccounted for", place.from));
        }
    }
    lines
}

fn breaking(count: u64) -> String {
    if count == 1 { "1 row is".to_owned() } else { format!("{count} rows are") }
}
