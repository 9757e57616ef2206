//! Which rows of a batch a charge selects.

use arrow_array::Array;
use longshore_contract::{Criterion, Grain};
use longshore_units::Milliseconds;

use crate::CountError;
use crate::columns::Columns;
use crate::program::column_of;

/// Drops the rows that do not meet a criterion.
pub(crate) fn select(
    criterion: &Criterion,
    grain: Grain,
    columns: &Columns<'_>,
    kept: &mut [bool],
) -> Result<(), CountError> {
    match criterion {
        Criterion::OneOf(field, words) => {
            let names = columns.names(column_of(*field, grain))?;
            if column_of(*field, grain) == "languages" {
                // An agent speaks several, with a space between.
                names.keep(|spoken| spoken.split_whitespace().any(|one| words.iter().any(|word| word == one)), kept);
            } else {
                names.keep(|name| words.iter().any(|word| word == name), kept);
            }
        }
        Criterion::Approved(wanted) => {
            let approved = columns.flags("approved")?;
            for (row, kept) in kept.iter_mut().enumerate() {
                *kept &= approved.is_valid(row) && approved.value(row) == *wanted;
            }
        }
        Criterion::TalkLongerThan(Milliseconds(least)) => {
            let talk = columns.durations("talk")?;
            let (values, nulls) = (talk.values(), talk.nulls());
            for (row, kept) in kept.iter_mut().enumerate() {
                let known = nulls.is_none_or(|nulls| nulls.is_valid(row));
                *kept &= known && i128::from(*least) < i128::from(values[row]);
            }
        }
    }
    Ok(())
}
