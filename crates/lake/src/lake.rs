//! A lake: opening it, and its state after a transaction.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatch;
use bytes::Bytes;
use futures::TryStreamExt;
use longshore_contacts::Table;
use object_store::{ObjectStoreExt, PutPayload};
use tokio::runtime::Runtime;

use crate::layout::Layout;
use crate::log::{self, Applied, Record, What};
use crate::part::{self, Part};
use crate::place::Place;
use crate::{LakeError, table};

/// Records at rest: ten Delta tables in a folder or on an object storage, and a log of the transactions over them.
///
/// Its methods block; do not call them on a thread of an asynchronous runtime.
#[derive(Clone, Debug)]
pub struct Lake {
    pub(crate) place: Place,
    pub(crate) runtime: Arc<Runtime>,
}

/// A lake after one of its transactions: what a reader sees, whatever is written meanwhile.
#[derive(Clone, Debug)]
pub struct State {
    /// The transaction.
    pub number: u64,
    /// The version of each table.
    pub versions: BTreeMap<String, u64>,
}

impl Lake {
    /// The lake in a folder or at a URL.
    ///
    /// # Errors
    /// If there is none.
    pub fn open(written: &str) -> Result<Lake, LakeError> {
        let lake = Lake { place: Place::of(written)?, runtime: runtime()? };
        match lake.runtime.block_on(log::numbers(&lake.place))? {
            Some(_) => Ok(lake),
            None => Err(LakeError::NoLake { url: written.to_owned() }),
        }
    }

    /// The lake in a folder or at a URL; a new one where nothing is.
    ///
    /// # Errors
    /// If something else is there.
    pub fn open_or_create(written: &str) -> Result<Lake, LakeError> {
        let lake = Lake { place: Place::of(written)?, runtime: runtime()? };
        lake.runtime.block_on(async {
            if log::numbers(&lake.place).await?.is_some() {
                return Ok(());
            }
            // A creation that was cut short has left tables, and nothing else.
            let of_lake = |name: &str| name == "_lake" || Table::from_name(name).is_some();
            let root = lake.place.path("");
            let listed = lake.place.store.list_with_delimiter(Some(&root)).await?;
            let names = listed.common_prefixes.iter().filter_map(|folder| folder.filename());
            if !listed.objects.is_empty() || names.into_iter().any(|name| !of_lake(name)) {
                return Err(LakeError::NotEmpty { url: written.to_owned() });
            }
            let mut versions = BTreeMap::new();
            for kind in Table::ALL {
                versions.insert(kind.name().to_owned(), table::create(&lake.place, kind).await?);
            }
            log::set_applied(&lake.place, &Applied { number: 0, versions }).await
        })?;
        Ok(lake)
    }

    /// Where it lies.
    pub fn url(&self) -> &str {
        self.place.url.as_str()
    }

    /// Its last state.
    ///
    /// # Errors
    /// If its log does not read.
    pub fn state(&self) -> Result<State, LakeError> {
        self.runtime.block_on(self.last())
    }

    async fn last(&self) -> Result<State, LakeError> {
        let numbers = log::numbers(&self.place).await?;
        let numbers = numbers.ok_or_else(|| LakeError::NoLake { url: self.place.url.to_string() })?;
        let Applied { number, versions } = log::applied(&self.place, numbers.applied).await?;
        Ok(State { number, versions })
    }

    /// Its last state, after whatever was decided is done in all tables.
    pub(crate) async fn settled(&self) -> Result<State, LakeError> {
        let numbers = log::numbers(&self.place).await?;
        let numbers = numbers.ok_or_else(|| LakeError::NoLake { url: self.place.url.to_string() })?;
        for number in numbers.applied + 1..=numbers.decided {
            self.apply(&log::record(&self.place, number).await?).await?;
        }
        self.last().await
    }

    /// Does what a transaction decided in all tables.
    pub(crate) async fn apply(&self, record: &Record) -> Result<(), LakeError> {
        let before = log::applied(&self.place, record.number - 1).await?;
        let mut versions = before.versions;
        let at = record.at.parse::<jiff::Timestamp>().map_or(0, |at| at.as_millisecond());
        for (name, change) in &record.tables {
            let kind = Table::from_name(name).ok_or_else(|| LakeError::Log {
                path: format!("_lake/{:012}.json", record.number),
                reason: format!("`{name}` is no table"),
            })?;
            let version = table::commit(&self.place, kind, record.number, &record.what, change, at).await?;
            versions.insert(name.clone(), version);
        }
        log::set_applied(&self.place, &Applied { number: record.number, versions }).await
    }

    /// All transactions up to a state, from the first.
    ///
    /// # Errors
    /// If the log does not read.
    pub fn records(&self, state: &State) -> Result<Vec<Record>, LakeError> {
        self.runtime.block_on(self.records_until(state.number))
    }

    pub(crate) async fn records_until(&self, number: u64) -> Result<Vec<Record>, LakeError> {
        let mut records = Vec::new();
        for number in 1..=number {
            records.push(log::record(&self.place, number).await?);
        }
        Ok(records)
    }

    /// The files of a table in a state.
    ///
    /// # Errors
    /// If the table's log does not read.
    pub fn parts(&self, state: &State, kind: Table) -> Result<Vec<Part>, LakeError> {
        self.runtime.block_on(self.parts_of(state, kind))
    }

    pub(crate) async fn parts_of(&self, state: &State, kind: Table) -> Result<Vec<Part>, LakeError> {
        match state.versions.get(kind.name()) {
            Some(version) => table::parts(&self.place, kind, *version).await,
            None => Ok(Vec::new()),
        }
    }

    /// The folder it lies in, where it is one on this machine.
    pub fn folder(&self) -> Option<PathBuf> {
        self.place.folder()
    }

    /// The bytes of a file of a table.
    ///
    /// # Errors
    /// If the storage does not give it.
    pub fn fetch(&self, part: &Part) -> Result<Bytes, LakeError> {
        self.runtime.block_on(self.bytes(part))
    }

    /// All rows of a file of a table, of history too.
    ///
    /// # Errors
    /// If it does not read.
    pub fn whole(&self, part: &Part, kind: Table) -> Result<RecordBatch, LakeError> {
        part::whole(Layout::of(kind), self.runtime.block_on(self.bytes(part))?)
    }

    pub(crate) async fn bytes(&self, part: &Part) -> Result<Bytes, LakeError> {
        Ok(self.place.store.get(&self.place.path(&part.path)).await?.bytes().await?)
    }

    pub(crate) async fn put(&self, path: &str, bytes: Bytes) -> Result<(), LakeError> {
        self.place.store.put(&self.place.path(path), PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// All files under the tables' folders, also those no table knows.
    pub(crate) async fn files(&self, kind: Table) -> Result<Vec<object_store::ObjectMeta>, LakeError> {
        let folder = self.place.path(kind.name());
        Ok(self.place.store.list(Some(&folder)).try_collect().await?)
    }
}

impl Record {
    /// What it imported, if it did.
    pub fn imported(&self) -> Option<&log::Imported> {
        match &self.what {
            What::Import(imported) => Some(imported),
            What::Compaction => None,
        }
    }
}

pub(crate) fn runtime() -> Result<Arc<Runtime>, LakeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    Ok(Arc::new(runtime))
}
