//! What a charge finds out about a batch, row by row.

use std::borrow::Cow;

use arrow_array::Array;
use longshore_contacts::{Outcome, Table};
use longshore_contract::CountsError;

use crate::CountError;
use crate::columns::Columns;
use crate::quantity::LONGEST;

/// What a charge finds out about a batch, row by row.
#[derive(Default)]
pub(crate) struct Scratch {
    pub kept: Vec<bool>,
    /// The rows that are kept, once it is known which: going through them costs no guesses.
    pub rows: Vec<u32>,
    pub groups: Vec<u32>,
}

impl Scratch {
    /// The group's number of a row; all rows are of the first where groups are not told apart.
    pub fn group_of(&self, row: usize) -> usize {
        self.groups.get(row).map_or(0, |group| *group as usize)
    }

    /// Lists the rows that are kept.
    pub fn select(&mut self) {
        self.rows.resize(self.kept.len(), 0);
        let mut selected = 0;
        for (row, kept) in self.kept.iter().enumerate() {
            self.rows[selected] = row as u32;
            selected += usize::from(*kept);
        }
        self.rows.truncate(selected);
    }

    /// The sums of columns of milliseconds, right for the rows that are kept, and those rows listed.
    ///
    /// A row of which all are unknown has no such time and is dropped: nobody talked on an abandoned call. One of which
    /// some are unknown, or all though it was answered, is dropped and added to `unknown`.
    pub fn sums<'b>(
        &mut self,
        columns: &Columns<'_>,
        parts: &Durations<'b>,
        unknown: &mut u64,
    ) -> Result<Cow<'b, [i64]>, CountError> {
        let plain = parts.iter().all(|(_, part)| {
            // No value is negative or as large as 2⁵⁵, so no sum of them wraps.
            let bits = part.values().iter().fold(0, |bits, value| bits | value);
            part.null_count() == 0 && 0 <= bits && (bits as u64) < LONGEST
        });
        if !plain {
            let sums = self.careful_sums(columns, parts, unknown)?;
            self.select();
            return Ok(Cow::Owned(sums));
        }
        self.select();
        let (first, others) = parts.split_first().expect("a sound contract names a part");
        let mut sums: Cow<'b, [i64]> = Cow::Borrowed(first.1.values());
        for (_, part) in others {
            sums.to_mut().iter_mut().zip(part.values()).for_each(|(sum, value)| *sum += *value);
        }
        Ok(sums)
    }

    fn careful_sums(
        &mut self,
        columns: &Columns<'_>,
        parts: &Durations<'_>,
        unknown: &mut u64,
    ) -> Result<Vec<i64>, CountError> {
        let mut sums = vec![0; self.kept.len()];
        let mut answered = self.kept.clone();
        match columns.table {
            Table::Contacts | Table::Legs => {
                columns.names("outcome")?.keep(|outcome| outcome == Outcome::Answered.as_str(), &mut answered);
            }
            _ => {} // An interval's hours are unknown or not, whatever came of it.
        }
        for (row, (sum, kept)) in sums.iter_mut().zip(&mut self.kept).enumerate().filter(|(_, (_, kept))| **kept) {
            let known = parts.iter().filter(|(_, part)| part.is_valid(row)).count();
            if known < parts.len() {
                *unknown += u64::from(0 < known || answered[row]);
                *kept = false;
                continue;
            }
            for (column, part) in parts {
                let value = part.value(row);
                if value < 0 {
                    return Err(CountError::Negative { table: columns.table.name(), column, row });
                }
                if LONGEST <= value as u64 {
                    return Err(CountsError::Overflow.into());
                }
                *sum += value;
            }
        }
        Ok(sums)
    }
}

/// Columns of milliseconds, with their names.
pub(crate) type Durations<'b> = [(&'static str, &'b arrow_array::PrimitiveArray<arrow_array::types::Int64Type>)];
