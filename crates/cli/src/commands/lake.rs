//! `longshore lake`: what is in a lake; and its upkeep.

use jiff::{SignedDuration, Timestamp};
use longshore_lake::{Broken, Lake, Means, Record, State, View};
use longshore_units::{Instant, plural};
use serde::Serialize;

use crate::arguments::LakeOf;
use crate::failure::Failure;
use crate::lakes::failure;
use crate::show;

/// How many holes of a source are shown.
const HOLES_SHOWN: usize = 10;

/// How many queues and half hours with contacts against a law.
const PLACES_SHOWN: usize = 5;

pub fn run(arguments: &LakeOf) -> Result<(), Failure> {
    let lake = Lake::open(&arguments.lake.to_string_lossy()).map_err(failure)?;
    let now = Timestamp::now();
    if arguments.compact {
        let done = lake.compact(Instant(now.as_microsecond())).map_err(failure)?;
        show::note(&format!("{} of {} before", plural(done.after, "file"), done.before));
    }
    if let Some(days) = arguments.expire {
        let before = now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).map_err(Failure::input)?;
        let done = lake.expire(Instant(before.as_microsecond())).map_err(failure)?;
        show::note(&format!("deleted: {}, {} bytes", plural(done.files, "file"), done.bytes));
    }
    let state = lake.state().map_err(failure)?;
    let view = lake.view(state.clone(), None, Means::default()).map_err(failure)?;
    let told = told(&lake, &state, &view)?;
    if arguments.json {
        return show::json(&told);
    }
    show::text(&text(&told))
}

/// What is told of a lake.
#[derive(Serialize)]
struct Told {
    lake: String,
    /// The last transaction.
    transaction: u64,
    tables: Vec<ToldTable>,
    sources: Vec<ToldSource>,
    conservation: ToldConservation,
    imports: Vec<ToldImport>,
}

#[derive(Serialize)]
struct ToldTable {
    table: &'static str,
    rows: u64,
    superseded: u64,
    files: u64,
    bytes: u64,
    version: u64,
}

#[derive(Serialize)]
struct ToldSource {
    source: String,
    contacts: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    /// First and last days of stretches without a contact.
    holes: Vec<(String, String)>,
}

#[derive(Serialize)]
struct ToldConservation {
    arrivals: u64,
    open: u64,
    outcomes: std::collections::BTreeMap<String, u64>,
    broken: Vec<ToldBreach>,
}

#[derive(Serialize)]
struct ToldBreach {
    law: &'static str,
    rows: u64,
    /// Where the most of them are.
    places: Vec<ToldPlace>,
    /// The first of them: source and contact.
    contacts: Vec<(String, String)>,
}

#[derive(Serialize)]
struct ToldPlace {
    queue: Option<String>,
    /// The half hour, in UTC.
    from: Option<String>,
    rows: u64,
}

#[derive(Serialize)]
struct ToldImport {
    transaction: u64,
    at: String,
    format: String,
    source: String,
    files: Vec<String>,
    rejects: u64,
    carried: bool,
}

fn told(lake: &Lake, state: &State, view: &View) -> Result<Told, Failure> {
    let tables = lake.tables(view).map_err(failure)?.into_iter().map(|table| ToldTable {
        table: table.table.name(),
        rows: table.rows,
        superseded: table.superseded,
        files: table.files,
        bytes: table.bytes,
        version: table.version,
    });
    let sources = view.sources().map_err(failure)?.into_iter().map(|source| {
        let (first_day, last_day) = source.days.unzip();
        ToldSource { source: source.source, contacts: source.contacts, first_day, last_day, holes: source.holes }
    });
    let conservation = view.conservation().map_err(failure)?;
    let import = |record: &Record| {
        let imported = record.imported()?;
        Some(ToldImport {
            transaction: record.number,
            at: record.at.clone(),
            format: imported.format.clone(),
            source: imported.source.clone(),
            files: imported.files.iter().map(|file| file.name.clone()).collect(),
            rejects: imported.rejects,
            carried: imported.carried,
        })
    };
    Ok(Told {
        lake: lake.url().to_owned(),
        transaction: state.number,
        tables: tables.collect(),
        sources: sources.collect(),
        conservation: ToldConservation {
            arrivals: conservation.arrivals,
            open: conservation.open,
            outcomes: conservation.outcomes.iter().map(|(outcome, count)| (outcome.to_string(), *count)).collect(),
            broken: conservation.broken.into_iter().map(breach).collect(),
        },
        imports: lake.records(state).map_err(failure)?.iter().filter_map(import).collect(),
    })
}

fn breach(broken: Broken) -> ToldBreach {
    let Broken { law, rows, places, contacts } = broken;
    let place = |(queue, from, rows)| ToldPlace { queue, from, rows };
    ToldBreach { law, rows, places: places.into_iter().map(place).collect(), contacts }
}

fn text(told: &Told) -> String {
    let mut lines = vec![format!("{}, transaction {}", told.lake, told.transaction)];
    for table in told.tables.iter().filter(|table| 0 < table.files) {
        let superseded = match table.superseded {
            0 => String::new(),
            superseded => format!(", {superseded} replaced"),
        };
        lines.push(format!(
            "  {}: {}{superseded}, in {}, {} bytes, version {}",
            table.table,
            plural(table.rows, "row"),
            plural(table.files, "file"),
            table.bytes,
            table.version
        ));
    }
    for source in &told.sources {
        let days = source.first_day.iter().zip(&source.last_day).next();
        let days = days.map_or(String::new(), |(first, last)| format!(" from {first} to {last}"));
        lines.push(format!("source `{}`: {}{days}", source.source, plural(source.contacts, "contact")));
        for (first, last) in source.holes.iter().take(HOLES_SHOWN) {
            let days = if first == last { first.clone() } else { format!("{first} to {last}") };
            lines.push(format!("  none on {days}"));
        }
        if HOLES_SHOWN < source.holes.len() {
            lines.push(format!("  and {} more stretches without any", source.holes.len() - HOLES_SHOWN));
        }
    }
    let conservation = &told.conservation;
    if 0 < conservation.arrivals {
        let outcomes = conservation.outcomes.iter().map(|(outcome, count)| format!("{count} {outcome}"));
        let open = (0 < conservation.open).then(|| format!("{} open", conservation.open));
        let parts: Vec<String> = outcomes.chain(open).collect();
        lines.push(format!("{} = {}", plural(conservation.arrivals, "contact"), parts.join(" + ")));
    }
    for broken in &conservation.broken {
        lines.push(format!("  against the law of conservation, {}: {}", broken.law, plural(broken.rows, "contact")));
        for place in broken.places.iter().take(PLACES_SHOWN) {
            let queue = place.queue.as_ref().map_or("no queue".to_owned(), |queue| format!("`{queue}`"));
            let from = place.from.as_ref().map_or("no instant".to_owned(), |from| format!("half an hour from {from}"));
            lines.push(format!("    {queue}, {from}: {}", place.rows));
        }
        if let Some((source, contact)) = broken.contacts.first() {
            lines.push(format!("    the first is `{contact}` of `{source}`; --json names more"));
        }
    }
    for import in &told.imports {
        let rejects = if import.rejects == 0 { String::new() } else { format!(", {} not understood", import.rejects) };
        lines.push(format!(
            "{}: {} `{}` as {}, {}{rejects}",
            import.transaction,
            import.at,
            import.source,
            import.format,
            plural(import.files.len() as u64, "file")
        ));
    }
    lines.join("\n") + "\n"
}
