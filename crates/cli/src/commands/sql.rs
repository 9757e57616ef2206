//! `longshore sql`: questions to a lake that change nothing.

use longshore_lake::{Lake, Means, json_rows, text_rows};

use crate::arguments::Sql;
use crate::failure::Failure;
use crate::lakes::failure;
use crate::show;

/// The most rows that a table on the terminal shows; `--csv` and `--json` write all.
const SHOWN: usize = 1000;

pub fn run(arguments: &Sql) -> Result<(), Failure> {
    let lake = Lake::open(&arguments.lake.to_string_lossy()).map_err(failure)?;
    let state = lake.state().map_err(failure)?;
    let means = Means { threads: super::threads(arguments.threads)?, ..Means::default() };
    let known = arguments.known.map(crate::lakes::end_of_day).transpose()?;
    let view = lake.view(state, known, means).map_err(failure)?;
    let answer = view.sql(&arguments.query).map_err(failure)?;
    let schema = answer.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    if arguments.json {
        let mut rows = Vec::new();
        for batch in answer {
            rows.extend(json_rows(&batch.map_err(failure)?).map_err(failure)?);
        }
        return show::json(&rows);
    }
    let (mut shown, mut more) = (Vec::new(), 0);
    let mut first = true;
    for batch in answer {
        let rows = text_rows(&batch.map_err(failure)?).map_err(failure)?;
        if arguments.csv {
            show::text(&as_csv(first.then_some(names.as_slice()), &rows)?)?;
            first = false;
        } else {
            let room = SHOWN - shown.len();
            more += rows.len().saturating_sub(room);
            shown.extend(rows.into_iter().take(room));
        }
    }
    if arguments.csv {
        return if first { show::text(&as_csv(Some(&names), &[])?) } else { Ok(()) };
    }
    let texts = schema.fields().iter().take_while(|field| !field.data_type().is_numeric()).count();
    show::text(&longshore_report::query_table(&names, texts, &shown))?;
    if 0 < more {
        show::note(&format!("{more} more rows; --csv and --json write all of them"));
    }
    Ok(())
}

fn as_csv(names: Option<&[&str]>, rows: &[Vec<Option<String>>]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| Failure::Bug(error.into());
    names.map_or(Ok(()), |names| writer.write_record(names)).map_err(failed)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell.as_deref().unwrap_or_default())).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Failure::Bug(error.into_error().into()))?;
    String::from_utf8(bytes).map_err(|error| Failure::Bug(error.into()))
}
