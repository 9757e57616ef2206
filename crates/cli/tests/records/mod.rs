//! Small record folders.

#![allow(dead_code)] // Each test uses a part of it.

use std::fs::{self, File};
use std::path::Path;

use arrow_array::RecordBatch;
use jiff::civil::Date;
use longshore_contacts::{
    AgentRow, Channel, ContactRow, Direction, ForecastRow, Manifest, Outcome, Table, agents_batch, contacts_batch,
    forecast_batch, parquet,
};
use longshore_units::{Instant, Zone};

/// Four minutes of talk, on a day at 17:00 in Greenwich.
pub fn contact(provider: &str, program: Option<&str>, day: &str) -> ContactRow {
    let day: Date = day.parse().unwrap();
    let noon = Zone::named("UTC").unwrap().start_of(day).unwrap().0 + 17 * 3_600_000_000;
    let at = |minute: i64| Some(Instant(noon + minute * 60_000_000));
    ContactRow {
        program: program.map(str::to_owned),
        first_queue: Some("orders".to_owned()),
        last_queue: Some("orders".to_owned()),
        channel: Some(Channel::Voice),
        direction: Some(Direction::Inbound),
        arrived_at: at(0),
        offered_at: at(0),
        answered_at: at(1),
        ended_at: at(5),
        wait: Some(60_000),
        ring: Some(0),
        talk: Some(240_000),
        hold: Some(0),
        wrap: Some(0),
        legs: Some(1),
        outcome: Some(Outcome::Answered),
        ..ContactRow::of("acd", "c1", provider)
    }
}

/// Writes contacts into a record folder.
pub fn contacts(folder: &Path, rows: &[ContactRow]) {
    write(folder, Table::Contacts, &contacts_batch(rows));
}

/// Writes a register with one agent, who is there since 2026.
pub fn register(folder: &Path, provider: &str, program: Option<&str>) {
    let agent = AgentRow {
        agent: "a1".to_owned(),
        provider: provider.to_owned(),
        program: program.map(str::to_owned),
        site: None,
        team: None,
        languages: None,
        wage_class: None,
        hired: "2026-01-01".parse().unwrap(),
        left: None,
        why: None,
    };
    write(folder, Table::Agents, &agents_batch(&[agent]));
}

/// Writes a forecast of 100 contacts of 3 minutes for each of some queues, all in the same hour; null is the program.
pub fn forecast(folder: &Path, program: &str, queues: &[Option<&str>]) {
    let from = Zone::named("UTC").unwrap().start_of("2027-01-04".parse().unwrap()).unwrap().0 + 17 * 3_600_000_000;
    let row = |queue: &Option<&str>| ForecastRow {
        program: program.to_owned(),
        queue: queue.map(str::to_owned),
        from: Instant(from),
        until: Instant(from + 3_600_000_000),
        contacts: "100".parse().unwrap(),
        handle: Some(180_000),
        locked_at: Some(Instant(from)),
    };
    let rows: Vec<ForecastRow> = queues.iter().map(row).collect();
    write(folder, Table::Forecast, &forecast_batch(&rows));
}

/// Writes a manifest into a record folder.
pub fn manifest(folder: &Path, first_day: &str, last_day: &str, run: Option<u32>) {
    let manifest = Manifest {
        version: "0".to_owned(),
        case: None,
        option: None,
        seed: None,
        run,
        zone: Zone::named("UTC").unwrap(),
        first_day: first_day.parse().unwrap(),
        last_day: last_day.parse().unwrap(),
    };
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(Manifest::FILE_NAME), manifest.to_json()).unwrap();
}

/// Writes a batch into a record folder.
pub fn write(folder: &Path, table: Table, batch: &RecordBatch) {
    let folder = folder.join(table.name());
    fs::create_dir_all(&folder).unwrap();
    let mut writer = parquet::write(File::create(folder.join("part-0.parquet")).unwrap(), table).unwrap();
    writer.push(batch).unwrap();
    writer.finish().unwrap();
}
