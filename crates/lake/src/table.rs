//! A lake's tables as Delta tables.

use std::collections::HashMap;
use std::sync::Arc;

use deltalake_core::kernel::transaction::{CommitBuilder, CommitProperties};
use deltalake_core::kernel::{Action, Add, LogicalFileView, Remove, Transaction};
use deltalake_core::logstore::{
    LogStore, LogStoreFactory, ObjectStoreRef, StorageConfig, default_logstore, logstore_factories,
};
use deltalake_core::operations::create::CreateBuilder;
use deltalake_core::protocol::{DeltaOperation, SaveMode};
use deltalake_core::{DeltaResult, DeltaTable, DeltaTableBuilder};
use longshore_contacts::Table;
use url::Url;

use crate::LakeError;
use crate::layout::{Layout, MONTH};
use crate::log::{Change, What};
use crate::part::Part;
use crate::place::Place;

/// The application that the lake's transactions belong to in its Delta tables.
const APPLICATION: &str = "longshore";

/// How often a commit is tried that others come before.
const TRIES: u32 = 8;

/// Delta's own log on whatever storage: each version is a file that is written if it is not there yet.
struct PlainLog;

impl LogStoreFactory for PlainLog {
    fn with_options(
        &self,
        prefixed_store: ObjectStoreRef,
        root_store: ObjectStoreRef,
        location: &Url,
        options: &StorageConfig,
    ) -> DeltaResult<Arc<dyn LogStore>> {
        Ok(default_logstore(prefixed_store, root_store, location, options))
    }
}

/// Says how logs are kept on storages of a scheme, which Delta knows of folders alone.
pub fn know(location: &Url) {
    if let Ok(scheme) = Url::parse(&format!("{}://", location.scheme())) {
        logstore_factories().entry(scheme).or_insert_with(|| Arc::new(PlainLog));
    }
}

/// Makes a table where there is none, and says at which version it is.
pub async fn create(place: &Place, table: Table) -> Result<u64, LakeError> {
    let layout = Layout::of(table);
    let url = place.table(table.name());
    let log_store = DeltaTableBuilder::from_url(url.clone())?
        .with_storage_backend(Arc::clone(&place.store), url)
        .build_storage()?;
    let partitions: &[&str] = if layout.by_month() { &[MONTH] } else { &[] };
    let created = CreateBuilder::new()
        .with_log_store(log_store)
        .with_table_name(table.name())
        .with_columns(layout.delta_columns())
        .with_partition_columns(partitions.iter().copied())
        .with_save_mode(SaveMode::Ignore)
        .await?;
    Ok(created.version().unwrap_or(0))
}

/// A table at a version, or at its last.
pub async fn open(place: &Place, table: Table, version: Option<u64>) -> Result<DeltaTable, LakeError> {
    let url = place.table(table.name());
    let builder = DeltaTableBuilder::from_url(url.clone())?.with_storage_backend(Arc::clone(&place.store), url);
    let builder = match version {
        Some(version) => builder.with_version(version),
        None => builder,
    };
    Ok(builder.load().await?)
}

/// The files of a table at a version.
pub async fn parts(place: &Place, table: Table, version: u64) -> Result<Vec<Part>, LakeError> {
    let layout = Layout::of(table);
    let opened = open(place, table, Some(version)).await?;
    let mut parts: Vec<Part> = opened.snapshot()?.log_data().iter().map(|view| part(layout, &view)).collect();
    parts.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(parts)
}

fn part(layout: &Layout, view: &LogicalFileView) -> Part {
    let month = view.partition_values_map().remove(MONTH).flatten();
    let statistics: serde_json::Value =
        view.stats().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let text = |side: &str, column: &str| Some(statistics[side][column].as_str()?.to_owned());
    let instant = |side: &str, column: &str| {
        let at: jiff::Timestamp = text(side, column)?.parse().ok()?;
        Some(at.as_microsecond())
    };
    let times = layout.times.first().and_then(|time| Some((instant("minValues", time)?, instant("maxValues", time)?)));
    let sources = text("minValues", "source").zip(text("maxValues", "source"));
    Part {
        path: format!("{}/{}", layout.table.name(), view.path()),
        month,
        size: view.size().unsigned_abs(),
        rows: statistics["numRecords"].as_u64().unwrap_or(0),
        sources,
        times,
    }
}

/// Commits a transaction's part in a table, once: where it is there already, nothing happens. Gives the table's version.
pub async fn commit(
    place: &Place,
    table: Table,
    number: u64,
    what: &What,
    change: &Change,
    at: i64,
) -> Result<u64, LakeError> {
    let layout = Layout::of(table);
    let changes_data = matches!(what, What::Import(_));
    let name = format!("{}/", table.name());
    let within = |part: &Part| part.path.strip_prefix(&name).unwrap_or(&part.path).to_owned();
    let partition = |part: &Part| match layout.by_month() {
        true => HashMap::from([(MONTH.to_owned(), part.month.clone())]),
        false => HashMap::new(),
    };
    let removes = change.remove.iter().map(|part| {
        Action::Remove(Remove {
            path: within(part),
            data_change: changes_data,
            deletion_timestamp: Some(at),
            extended_file_metadata: Some(true),
            partition_values: Some(partition(part)),
            size: Some(part.size as i64),
            ..Remove::default()
        })
    });
    let adds = change.add.iter().map(|part| {
        Action::Add(Add {
            path: within(part),
            partition_values: partition(part),
            size: part.size as i64,
            modification_time: at,
            data_change: changes_data,
            stats: Some(part.statistics(layout)),
            tags: None,
            deletion_vector: None,
            base_row_id: None,
            default_row_commit_version: None,
            clustering_provider: None,
        })
    });
    let actions: Vec<Action> = removes.chain(adds).collect();
    let partition_by = layout.by_month().then(|| vec![MONTH.to_owned()]);
    let mut last = None;
    for _ in 0..TRIES {
        let opened = open(place, table, None).await?;
        let (log_store, snapshot) = (opened.log_store(), opened.snapshot()?);
        let known = snapshot.transaction_version(log_store.as_ref(), APPLICATION).await?;
        if known.is_some_and(|known| number as i64 <= known) {
            return Ok(snapshot.version());
        }
        let operation =
            DeltaOperation::Write { mode: SaveMode::Append, partition_by: partition_by.clone(), predicate: None };
        let transaction = Transaction::new(APPLICATION, number as i64);
        let properties = CommitProperties::default()
            .with_application_transaction(transaction)
            .with_cleanup_expired_logs(Some(false));
        // Whoever comes first wins; the others look again whether it was this very transaction.
        let committed = CommitBuilder::from(properties)
            .with_max_retries(0)
            .with_actions(actions.clone())
            .build(Some(snapshot), log_store, operation)
            .await;
        match committed {
            Ok(committed) => return Ok(committed.version()),
            Err(error) => last = Some(error),
        }
    }
    Err(last.map_or(LakeError::Busy { tries: TRIES }, LakeError::from))
}
