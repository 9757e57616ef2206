//! Records on disk: record folders and Parquet files, as one source.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::RecordBatch;
use jiff::civil::Date;
use longshore_contacts::parquet::RecordFile;
use longshore_contacts::{Manifest, Table};
use longshore_contract::{Contract, InForce};
use longshore_counting::{Counted, LeftOut, Program, Tally, Window, oracle};
use longshore_units::{Instant, Zone};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::annotation::Annotator;
use crate::coverage::Coverage;
use crate::failure::Failure;
use crate::lakes::{self, LakeSource};
use crate::portion::{Portion, SourceFile, holding};
use crate::{files, presence, together};

/// How deep folders of records may stand in each other.
const DEPTH: usize = 8;

/// Records: Parquet files by table, and what the folders' manifests say.
pub struct Records {
    files: Vec<Arc<SourceFile>>,
    /// Manifests with the folders they stand in.
    pub manifests: Vec<(PathBuf, Manifest)>,
    coverage: Option<Coverage>,
    /// Where the files really lie.
    known: BTreeSet<PathBuf>,
    /// Lakes, whose files are among the others.
    lakes: Vec<LakeSource>,
}

/// How records are read and counted.
#[derive(Clone, Copy)]
pub struct Way {
    /// On how many threads.
    pub threads: usize,
    /// How many bytes sorting may take before it uses the disk.
    pub memory: u64,
    /// Rows of a batch, at most.
    pub batch_rows: usize,
    /// In another order: the seed of it.
    pub shuffle: Option<u64>,
    /// By the slow, obvious counter.
    pub oracle: bool,
    /// The last instant whose deliveries are looked at: the one thing here that changes what is counted.
    pub known: Option<Instant>,
}

impl Records {
    /// Opens folders and files, and reads what the files say of themselves.
    pub fn open(sources: &[PathBuf]) -> Result<Records, Failure> {
        let mut records = Records {
            files: Vec::new(),
            manifests: Vec::new(),
            coverage: None,
            known: BTreeSet::new(),
            lakes: Vec::new(),
        };
        let (lakes, others): (Vec<_>, Vec<_>) = sources.iter().partition(|source| lakes::is_lake(source));
        for source in others {
            let about = fs::metadata(source).map_err(|error| Failure::of_file(source, error))?;
            let before = records.files.len();
            if about.is_dir() {
                records.folder(source, DEPTH)?;
            } else {
                records.file(source.clone())?;
            }
            if records.files.len() == before {
                return Err(Failure::input(anyhow::anyhow!(
                    "`{}` holds no records: no Parquet file is in it",
                    source.display()
                )));
            }
        }
        for source in lakes {
            let lake = LakeSource::open(source)?;
            if !records.known.insert(lake.place()?) {
                let error = anyhow::anyhow!("`{}` is named twice: its rows would count twice", source.display());
                return Err(Failure::input(error));
            }
            records.files.extend(lake.files()?.into_iter().map(Arc::new));
            records.lakes.push(lake);
        }
        records.coverage = Coverage::of(&records.manifests)?;
        Ok(records)
    }

    fn folder(&mut self, folder: &Path, depth: usize) -> Result<(), Failure> {
        if depth == 0 {
            return Err(Failure::input(anyhow::anyhow!("`{}` lies too deep in other folders", folder.display())));
        }
        let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
        let mut paths: Vec<PathBuf> =
            entries.map_err(|error| Failure::of_file(folder, error))?.iter().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if path.file_name().is_some_and(|name| name == Manifest::FILE_NAME) {
                let json = files::text(&path)?.text;
                let manifest = Manifest::from_json(&json).map_err(|error| Failure::of_records(&path, error))?;
                self.manifests.push((folder.to_owned(), manifest));
            } else if path.is_dir() {
                self.folder(&path, depth - 1)?;
            } else if path.extension().is_some_and(|extension| extension == "parquet") {
                self.file(path)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: PathBuf) -> Result<(), Failure> {
        let canonical = fs::canonicalize(&path).map_err(|error| Failure::of_file(&path, error))?;
        if !self.known.insert(canonical) {
            let error = anyhow::anyhow!("`{}` is named twice: its rows would count twice", path.display());
            return Err(Failure::input(error));
        }
        let open = || File::open(&path).map_err(|error| Failure::of_file(&path, error));
        let file = match RecordFile::open(&open()?) {
            // Another tool's file says nothing of tables: its folder may.
            Err(longshore_contacts::ContactsError::NoTable) => {
                let folder = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
                let table = folder.and_then(|name| Table::from_name(&name)).ok_or_else(|| {
                    let tables = Table::ALL.map(|table| table.name()).join(", ");
                    Failure::input(anyhow::anyhow!(
                        "`{}` does not say which table it holds; put it into a folder named for it: {tables}",
                        path.display()
                    ))
                })?;
                RecordFile::open_as(&open()?, table)
            }
            file => file,
        };
        let file = file.map_err(|error| Failure::of_records(&path, error))?;
        self.files.push(Arc::new(SourceFile::on_disk(path, file)));
        Ok(())
    }

    /// How many rows a table has, those of history too.
    pub fn rows(&self, table: Table) -> u64 {
        let of_table = self.files.iter().filter(|file| file.table() == table);
        of_table.map(|file| file.rows()).fold(0, u64::saturating_add)
    }

    /// The tables there are, with rows or without.
    pub fn tables(&self) -> BTreeSet<Table> {
        self.files.iter().map(|file| file.table()).collect()
    }

    /// The files of a table that have rows.
    pub fn with_rows(&self, table: Table) -> impl Iterator<Item = &Path> {
        let of_table = self.files.iter().filter(move |file| file.table() == table && 0 < file.rows());
        of_table.map(|file| file.path.as_path())
    }

    /// The portions of a table's files.
    pub fn portions(&self, table: Table) -> impl Iterator<Item = Portion> {
        self.files.iter().filter(move |file| file.table() == table).flat_map(SourceFile::portions)
    }

    /// The days the manifests cover; none without a manifest.
    pub fn coverage(&self) -> Option<&Coverage> {
        self.coverage.as_ref()
    }

    /// The zone that the records' clocks stand in, as a folder's manifest or a lake says it.
    pub fn zone(&self) -> Result<Option<Zone>, Failure> {
        if let Some((_, manifest)) = self.manifests.first() {
            return Ok(Some(manifest.zone.clone()));
        }
        self.lakes.first().map_or(Ok(None), LakeSource::zone)
    }

    /// The days of a contract that are counted from these records.
    fn window(&self, in_force: &InForce<'_>) -> Result<Window, Failure> {
        Window::of(in_force, self.coverage().map(Coverage::last_day)).ok_or_else(|| {
            let starts = in_force.term().starts;
            Failure::input(anyhow::anyhow!("the records end before the contract starts on {starts}"))
        })
    }

    /// Counts these records under a contract's terms as they were known at the end of a day, of an option of a case where
    /// `option` names one.
    pub fn count(
        &self,
        (contract, known): (&Contract, Option<Date>),
        option: Option<&str>,
        way: Way,
    ) -> Result<Counted, Failure> {
        let in_force = &contract.in_force(known);
        let window = self.window(in_force)?;
        let program = Program::new(in_force, window).map_err(Failure::input)?;
        presence::check(self, in_force, &program, option)?;
        let annotator = Annotator::of(self, in_force, &program, way)?;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(way.threads).build();
        let pool = pool.map_err(|error| Failure::Outside(error.into()))?;
        if way.oracle {
            let batches = self.all(&program, &annotator, way, false)?;
            let rows = batches.iter().map(|(_, batch)| batch.num_rows() as u64).sum();
            let counts = oracle::count(in_force, window, &batches).map_err(Failure::input)?;
            return Ok(Counted { counts, left_out: LeftOut::default(), rows });
        }
        let mut counted = match way.shuffle {
            Some(_) => {
                let all = self.all(&program, &annotator, way, true)?;
                pool.install(|| in_memory(&program, &all))?
            }
            None => {
                let mut counted = pool.install(|| self.streamed(&program, annotator.tables(), way))?;
                for table in annotator.tables() {
                    counted = plus(counted, &self.annotated(&program, &annotator, *table, way)?)?;
                }
                let is_in_place = |table: &Table| !annotator.tables().contains(table);
                let in_place: Vec<Table> = program.tables().into_iter().filter(is_in_place).collect();
                // Not on the pool's threads: the engine has its own.
                for lake in &self.lakes {
                    counted = plus(counted, &lake.count((contract, known), window.register_last, &in_place, way)?)?;
                }
                counted
            }
        };
        annotator.say();
        counted.rows += annotator.of_others();
        counted.left_out.other_provider += annotator.of_others();
        Ok(counted)
    }

    /// Each thread takes portions. Lakes count themselves.
    fn streamed(&self, program: &Program, but: &[Table], way: Way) -> Result<Counted, Failure> {
        let is_wanted = |file: &&Arc<SourceFile>| {
            !file.is_of_lake() && program.columns(file.table()).is_some() && !but.contains(&file.table())
        };
        let portions: Vec<Portion> = self.files.iter().filter(is_wanted).flat_map(SourceFile::portions).collect();
        each_in_parallel(program, &portions, |tally, portion| {
            let columns = program.columns(portion.table());
            let mut rows = 0;
            for batch in portion.read(way.batch_rows, columns.as_deref(), way.known)? {
                let batch = batch?;
                rows += batch.num_rows() as u64;
                tally.count(portion.table(), &batch).map_err(|error| Failure::of_records(portion.path(), error))?;
            }
            Ok(rows)
        })
    }

    /// The rows of a table that must know of each other.
    fn annotated(
        &self,
        program: &Program,
        annotator: &Annotator<'_>,
        table: Table,
        way: Way,
    ) -> Result<Counted, Failure> {
        let streams = annotator.sets(self, program, table, way)?;
        let tallies = together::each(
            streams,
            || (Tally::new(program), 0),
            |(tally, rows), set| {
                for batch in annotator.annotate(table, set)? {
                    tally.count(table, &batch).map_err(Failure::input)?;
                    *rows += batch.num_rows() as u64;
                }
                Ok(())
            },
        )?;
        tallies
            .into_iter()
            .try_fold(Counted::default(), |counted, (tally, rows)| plus(counted, &finished(tally, rows)?))
    }

    /// All rows of the needed tables in memory, in batches, shuffled if asked for.
    fn all(
        &self,
        program: &Program,
        annotator: &Annotator<'_>,
        way: Way,
        projected: bool,
    ) -> Result<Vec<(Table, RecordBatch)>, Failure> {
        let mut all = Vec::new();
        for table in program.tables() {
            let columns = program.columns(table).filter(|_| projected);
            let mut read = match annotator.tables().contains(&table) {
                true => annotator.all(self, program, table, way)?,
                false => self.whole(table, way.batch_rows, columns.as_deref(), way.known)?,
            };
            if let (Some(seed), Some(first)) = (way.shuffle, read.first()) {
                let whole = arrow_select::concat::concat_batches(&first.schema(), &read);
                let whole = whole.map_err(|error| Failure::Bug(error.into()))?;
                let mut order: Vec<u32> = (0..whole.num_rows() as u32).collect();
                order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
                let order = arrow_array::UInt32Array::from(order);
                let shuffled = arrow_select::take::take_record_batch(&whole, &order);
                let shuffled = shuffled.map_err(|error| Failure::Bug(error.into()))?;
                let rows = shuffled.num_rows();
                let starts = (0..rows).step_by(way.batch_rows);
                read = starts.map(|start| shuffled.slice(start, way.batch_rows.min(rows - start))).collect();
            }
            all.extend(read.into_iter().map(|batch| (table, batch)));
        }
        Ok(all)
    }

    /// All rows of a table that hold, with the asked-for columns alone; of contacts all versions, since whoever looks at them
    /// tells versions apart.
    pub fn whole(
        &self,
        table: Table,
        batch_rows: usize,
        columns: Option<&[&'static str]>,
        known: Option<Instant>,
    ) -> Result<Vec<RecordBatch>, Failure> {
        let with_versions = columns.map(|columns| {
            let is_there = columns.contains(&"superseded_at");
            columns.iter().copied().chain((!is_there).then_some("superseded_at")).collect::<Vec<_>>()
        });
        let mut read = Vec::new();
        for portion in self.portions(table) {
            for batch in portion.read(batch_rows, with_versions.as_deref(), known)? {
                read.push(if table == Table::Contacts { batch? } else { holding(&batch?)? });
            }
        }
        Ok(read)
    }
}

fn plus(mut one: Counted, other: &Counted) -> Result<Counted, Failure> {
    one.merge(other).map_err(Failure::input)?;
    Ok(one)
}

fn in_memory(program: &Program, batches: &[(Table, RecordBatch)]) -> Result<Counted, Failure> {
    each_in_parallel(program, batches, |tally, (table, batch)| {
        tally.count(*table, batch).map_err(Failure::input)?;
        Ok(batch.num_rows() as u64)
    })
}

/// Counts parts of the records on the threads of the pool. `count` adds a part to a tally and says how many rows it had.
///
/// Of several failures that of the first part wins, so that the same records give the same message on any number of
/// threads: a part is passed over only once one before it has failed.
fn each_in_parallel<'p, P: Sync>(
    program: &'p Program,
    parts: &[P],
    count: impl Fn(&mut Tally<&'p Program>, &P) -> Result<u64, Failure> + Sync,
) -> Result<Counted, Failure> {
    let failed = AtomicUsize::new(usize::MAX);
    let add = |so_far: Result<(Tally<&'p Program>, u64), Failure>, (position, part): (usize, &P)| {
        let (mut tally, rows) = so_far?;
        if failed.load(Ordering::Relaxed) < position {
            return Ok((tally, rows));
        }
        let counted = count(&mut tally, part).inspect_err(|_| {
            failed.fetch_min(position, Ordering::Relaxed);
        })?;
        Ok((tally, rows + counted))
    };
    parts
        .par_iter()
        .enumerate()
        .fold(|| Ok((Tally::new(program), 0)), add)
        .map(|tally| tally.and_then(|(tally, rows)| finished(tally, rows)))
        .reduce(
            || Ok(Counted::default()),
            |one, other| {
                let one = one?;
                plus(one, &other?)
            },
        )
}

fn finished(tally: Tally<&Program>, rows: u64) -> Result<Counted, Failure> {
    let (counts, left_out) = tally.finish().map_err(Failure::input)?;
    Ok(Counted { counts, left_out, rows })
}
