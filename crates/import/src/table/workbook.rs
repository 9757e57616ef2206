//! Workbooks: the rows of the sheet that has the titles.

use std::borrow::Cow;
use std::io::Read;

use longshore_units::Milliseconds;
use longshore_workbook::{Next, Refused, Row, RowCell, Value, rows};

use super::cell::{Cell, EMPTY};
use super::gathered::Gathered;
use super::titles::{self, ABOVE_MOST, Missing};
use crate::mapping::TableMapping;
use crate::{ImportError, Outbox};

/// The largest workbook that is read, packed.
const PACKED_MOST: u64 = 256 << 20;

/// What ends the reading of rows.
enum End {
    Refused(Refused),
    Import(ImportError),
}

impl From<Refused> for End {
    fn from(refused: Refused) -> End {
        End::Refused(refused)
    }
}

pub(super) fn read(
    from: impl Read,
    mapping: &TableMapping,
    gathered: &mut Gathered<'_>,
    out: &mut Outbox<'_>,
) -> Result<(), ImportError> {
    let bytes = packed(from)?;
    let mut found: Option<(String, Vec<usize>)> = None;
    let mut nearest: Option<Missing> = None;
    let mut sheets: Vec<String> = Vec::new();
    let (mut looked_at, mut sheet) = (0, String::new());
    let read = rows::<End>(&bytes, |row| {
        if row.sheet != sheet {
            row.sheet.clone_into(&mut sheet);
            sheets.push(sheet.clone());
            looked_at = 0;
        }
        let is_other = mapping.layout.sheet.as_ref().is_some_and(|sheet| *sheet != row.sheet);
        if is_other || found.as_ref().is_some_and(|(sheet, _)| sheet != row.sheet) {
            return Ok(Next::Sheet);
        }
        let cells = cells(row);
        let line = u64::from(row.number);
        if let Some((_, places)) = &found {
            gathered.row(line, &cells, places, out).map_err(End::Import)?;
            return Ok(Next::Row);
        }
        if !mapping.layout.titles {
            let places = titles::letters(mapping).map_err(End::Import)?;
            gathered.row(line, &cells, &places, out).map_err(End::Import)?;
            found = Some((sheet.clone(), places));
            return Ok(Next::Row);
        }
        looked_at += 1;
        match titles::places(mapping, &cells) {
            Ok(places) => found = Some((sheet.clone(), places)),
            Err(missing) => {
                let near = |missing: &Missing| missing.nearness(mapping);
                if nearest.as_ref().is_none_or(|nearest| near(nearest) < near(&missing)) {
                    nearest = Some(missing);
                }
            }
        }
        Ok(if found.is_none() && looked_at == ABOVE_MOST { Next::Sheet } else { Next::Row })
    });
    match read {
        Ok(()) => {}
        Err(End::Import(error)) => return Err(error),
        Err(End::Refused(refused @ (Refused::NoWorkbook(_) | Refused::Damaged))) => {
            let reason = format!("it is no workbook that can be read: {refused}");
            return Err(ImportError::Damaged { reason });
        }
        Err(End::Refused(refused)) => {
            let reason = format!("it is a workbook beyond all bounds: {refused}; save its sheet as CSV");
            return Err(ImportError::Bound { reason });
        }
    }
    match (&mapping.layout.sheet, nearest) {
        _ if found.is_some() => Ok(()),
        (Some(sheet), None) => {
            let reason = format!("it has no sheet `{sheet}`; its sheets are {}", sheets.join(", "));
            Err(ImportError::WrongFormat { reason })
        }
        (_, Some(missing)) => Err(missing.into_error(mapping.table)),
        (None, None) => Err(ImportError::WrongFormat { reason: "it is empty".to_owned() }),
    }
}

/// A workbook's bytes, within the bound.
pub(super) fn packed(from: impl Read) -> Result<Vec<u8>, ImportError> {
    let mut bytes = Vec::new();
    from.take(PACKED_MOST + 1).read_to_end(&mut bytes).map_err(ImportError::Read)?;
    if PACKED_MOST < bytes.len() as u64 {
        let reason = format!("it is a workbook of more than {} MiB; save its sheet as CSV", PACKED_MOST >> 20);
        return Err(ImportError::Bound { reason });
    }
    Ok(bytes)
}

/// The cells of a row.
pub(super) fn cells(row: Row<'_>) -> Vec<Cell<'_>> {
    let cell = |cell: &'_ Option<RowCell>| {
        let Some(RowCell { value, time }) = cell else { return EMPTY };
        match value {
            Value::Text(text) => Cell::Text(Cow::Owned(text.clone())),
            Value::Number(number) => Cell::Number(number.clone()),
            Value::Flag(flag) => Cell::Flag(*flag),
            Value::Day(day) => {
                let midnight = day.at(0, 0, 0, 0);
                let moment = midnight.checked_add(std::time::Duration::from_millis(time.0));
                Cell::Moment(moment.unwrap_or(midnight))
            }
            Value::Time(Milliseconds(time)) => Cell::Span(i64::try_from(*time).unwrap_or(i64::MAX)),
            Value::Error(error) => Cell::Error(error.clone()),
        }
    };
    row.cells.iter().map(cell).collect()
}
