//! The lake's log: one numbered record for each transaction over its tables.
//!
//! A Delta table is a transaction log of its own, and a lake has ten of them. So that an import is in all of them or in
//! none, the lake numbers its transactions itself:
//!
//! 1. the files of the new rows are written, which no table knows yet;
//! 2. `_lake/N.json` is written, if nobody wrote it before: from here on transaction N is decided. It says which files
//!    each table gains and loses;
//! 3. each table commits its part, with N as its application transaction, so that nobody commits it twice;
//! 4. `_lake/N.applied.json` says at which versions the tables are then. Readers read these versions.
//!
//! What a transaction could not understand stands in `_lake/N.rejects.csv`, and what it carries over to the next import of its
//! source in `_lake/N.carried`.
//!
//! Whoever begins to write and finds an N without `applied` does the rest of it first. So a process may die anywhere: before
//! 2 nothing has happened (files nobody knows lie around until `expire`), after 2 the next writer finishes it.

use std::collections::BTreeMap;

use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutMode, PutOptions, PutPayload};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::LakeError;
use crate::part::Part;
use crate::place::Place;

/// The format of lakes that this program writes.
pub const FORMAT: u32 = 1;

/// One transaction.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The format of the lake.
    pub format: u32,
    /// Its number; the first is 1.
    pub number: u64,
    /// When it began, in RFC 3339.
    pub at: String,
    /// The version of the program that wrote it.
    pub by: String,
    /// What it is.
    pub what: What,
    /// What each table gains and loses.
    pub tables: BTreeMap<String, Change>,
}

/// What a transaction is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Records came in.
    Import(Imported),
    /// Small files became large ones; no row changed.
    Compaction,
}

/// What came in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Imported {
    /// The format it was read as.
    pub format: String,
    /// The source that its rows name.
    pub source: String,
    /// What decided, besides the files, what the rows are: a digest of mapping and key.
    pub reading: String,
    /// The zone of its clocks.
    pub zone: String,
    /// The files.
    pub files: Vec<ImportedFile>,
    /// How many rows were not understood.
    pub rejects: u64,
    /// What became of its rows, by table.
    pub rows: BTreeMap<String, Became>,
    /// Whether text was carried over to the next import of the source, which `_lake/N.carried` holds.
    pub carried: bool,
}

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedFile {
    /// Its name, without folders.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub digest: String,
}

/// What became of rows that came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Became {
    /// How many came.
    pub came: u64,
    /// How many of them were kept: they were new, or a version that was not known.
    pub kept: u64,
    /// How many rows, of this import or before, a newer version replaced.
    pub superseded: u64,
}

/// What a table gains and loses.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Change {
    /// Files it gains.
    pub add: Vec<Part>,
    /// Files it loses.
    pub remove: Vec<Part>,
}

/// Where a transaction has left the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Its number; 0 is the creation.
    pub number: u64,
    /// The version of each table.
    pub versions: BTreeMap<String, u64>,
}

/// The numbers in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// The last transaction that was decided.
    pub decided: u64,
    /// The last one that all tables have.
    pub applied: u64,
}

/// The numbers of a lake's log; `None` where there is no lake.
pub async fn numbers(place: &Place) -> Result<Option<Numbers>, LakeError> {
    let folder = place.path("_lake");
    let names: Vec<String> = place
        .store
        .list(Some(&folder))
        .try_filter_map(|object| async move { Ok(object.location.filename().map(str::to_owned)) })
        .try_collect()
        .await?;
    let numbered = |suffix: &str| {
        names.iter().filter_map(|name| name.strip_suffix(suffix).filter(|stem| !stem.contains('.'))?.parse().ok()).max()
    };
    let Some(applied) = numbered(".applied.json") else { return Ok(None) };
    let decided: Option<u64> = numbered(".json");
    Ok(Some(Numbers { decided: decided.unwrap_or(0).max(applied), applied }))
}

/// A record's path.
fn record_path(place: &Place, number: u64) -> Path {
    place.path(&format!("_lake/{number:012}.json"))
}

fn applied_path(place: &Place, number: u64) -> Path {
    place.path(&format!("_lake/{number:012}.applied.json"))
}

fn carried_path(place: &Place, number: u64) -> Path {
    place.path(&format!("_lake/{number:012}.carried"))
}

/// The record of a number.
pub async fn record(place: &Place, number: u64) -> Result<Record, LakeError> {
    let record: Record = read(place, &record_path(place, number)).await?;
    if FORMAT < record.format {
        return Err(LakeError::Format { found: record.format, known: FORMAT });
    }
    Ok(record)
}

/// Where the tables are after a transaction.
pub async fn applied(place: &Place, number: u64) -> Result<Applied, LakeError> {
    read(place, &applied_path(place, number)).await
}

async fn read<T: DeserializeOwned>(place: &Place, path: &Path) -> Result<T, LakeError> {
    let bytes = place.store.get(path).await?.bytes().await?;
    serde_json::from_slice(&bytes).map_err(|error| LakeError::Log { path: path.to_string(), reason: error.to_string() })
}

/// Decides a transaction. `false` if another of that number was decided before.
pub async fn decide(place: &Place, record: &Record) -> Result<bool, LakeError> {
    create(place, &record_path(place, record.number), json(record)).await
}

/// Says where a transaction has left the tables. Whoever says it first is right: all say the same.
pub async fn set_applied(place: &Place, applied: &Applied) -> Result<(), LakeError> {
    create(place, &applied_path(place, applied.number), json(applied)).await.map(drop)
}

/// The text that a transaction carried over.
pub async fn carried(place: &Place, number: u64) -> Result<String, LakeError> {
    let path = carried_path(place, number);
    let bytes = place.store.get(&path).await?.bytes().await?;
    String::from_utf8(bytes.into())
        .map_err(|error| LakeError::Log { path: path.to_string(), reason: error.to_string() })
}

/// Writes the text that a transaction will carry over, before it is decided: another that tried the same number may have
/// left one.
pub async fn set_carried(place: &Place, number: u64, text: &str) -> Result<(), LakeError> {
    place.store.put(&carried_path(place, number), PutPayload::from(text.to_owned())).await?;
    Ok(())
}

/// Writes what a transaction did not understand, before it is decided.
pub async fn set_rejects(place: &Place, number: u64, csv: &[u8]) -> Result<(), LakeError> {
    let whole = [b"file,line,field,reason\n", csv].concat();
    place.store.put(&place.path(&format!("_lake/{number:012}.rejects.csv")), PutPayload::from(whole)).await?;
    Ok(())
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(value).expect("plain data has a JSON")
}

/// Writes a file if there is none. `false` if there was one.
async fn create(place: &Place, path: &Path, bytes: Vec<u8>) -> Result<bool, LakeError> {
    let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
    match place.store.put_opts(path, PutPayload::from(bytes), options).await {
        Ok(_) => Ok(true),
        Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
