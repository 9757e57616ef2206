//! What rows are worth that are neither times nor plain rows: hours to pick from, resolutions, sales, reports, forecasts.

use arrow_array::types::Decimal128Type;
use arrow_array::{Array, PrimitiveArray};
use longshore_contacts::Outcome;
use longshore_contract::{CountsError, Pick};
use longshore_units::Instant;

use crate::columns::Columns;
use crate::quantity::{LONGEST, Picked, Quantity};
use crate::timeline::Timeline;
use crate::{CountError, LeftOut};

/// Rows, each with its quantity.
pub(crate) type Measured = Vec<(usize, i128)>;

/// A batch whose rows are measured.
pub(crate) struct Measuring<'a, 'b> {
    pub columns: &'a Columns<'b>,
    pub kept: &'a [bool],
    pub timeline: &'a Timeline,
    /// The contract's.
    pub currency: &'static str,
    pub left_out: &'a mut LeftOut,
}

impl Measuring<'_, '_> {
    /// The kept rows that have such a quantity.
    ///
    /// # Errors
    /// If a row is unsound, or `quantity` is not of the kinds measured here.
    pub fn of(&mut self, quantity: &Quantity) -> Result<Measured, CountError> {
        match quantity {
            Quantity::Pick(picked) => self.picked(picked),
            Quantity::Resolutions(within) => self.resolutions(*within),
            Quantity::Sales => self.sales(),
            Quantity::SaleAmount => self.amounts("sale_amount", "sale_currency", false),
            Quantity::Number(column) => self.numbers(column),
            Quantity::Reported { evidence } => self.reported(*evidence),
            Quantity::Cost { evidence } => self.costs(*evidence),
            Quantity::Forecast { handle } => self.forecast(*handle),
            Quantity::Row
            | Quantity::Time { .. }
            | Quantity::AgentTime(_)
            | Quantity::Refund { .. }
            | Quantity::Hours(_)
            | Quantity::AgentDays(_) => unreachable!("the tally counts these itself"),
        }
    }

    fn rows(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.kept.len()).filter(|row| self.kept[*row])
    }

    /// The lesser or greater of several columns. A row that does not know one of them is left out.
    fn picked(&mut self, picked: &Picked) -> Result<Measured, CountError> {
        let (from, until) = (self.columns.instants("from")?, self.columns.instants("until")?);
        let column = |name: &'static str| Ok((name, self.columns.durations(name)?));
        let of: Vec<_> = picked.of.iter().copied().map(column).collect::<Result<_, CountError>>()?;
        let cap = picked.at_most.map(|(above, below, name)| Ok::<_, CountError>((above, below, column(name)?)));
        let cap = cap.transpose()?;
        let table = self.columns.table.name();
        let (mut measured, mut unknown) = (Vec::new(), 0);
        for row in self.rows() {
            if until.is_null(row) || !self.is_of_length(picked.length, from.value(row), until.value(row)) {
                let minutes = picked.length / 60_000_000;
                return Err(CountError::Length { table, row, minutes });
            }
            let mut hours = Vec::with_capacity(of.len() + 1);
            for (name, column) in of.iter().chain(cap.iter().map(|(_, _, column)| column)) {
                if column.is_null(row) {
                    continue;
                }
                let value = column.value(row);
                if value < 0 {
                    return Err(CountError::Negative { table, column: name, row });
                }
                if LONGEST <= value as u64 {
                    return Err(CountsError::Overflow.into());
                }
                hours.push(i128::from(value));
            }
            if hours.len() < of.len() + usize::from(cap.is_some()) {
                unknown += 1;
                continue;
            }
            let most = match &cap {
                None => i128::MAX,
                Some((above, below, _)) => {
                    let of = hours.pop().expect("the last is what the share is of");
                    above.checked_mul(of).ok_or(CountsError::Overflow)?.div_euclid(*below)
                }
            };
            let picked = match picked.pick {
                Pick::Lesser => hours.into_iter().min(),
                Pick::Greater => hours.into_iter().max(),
            };
            measured.push((row, picked.expect("a sound contract names what to pick from").min(most)));
        }
        self.left_out.unknown_quantity += unknown;
        Ok(measured)
    }

    /// Whether a row is so long. One of a day may be an hour shorter or longer, where clocks jump.
    fn is_of_length(&self, length: i64, from: i64, until: i64) -> bool {
        const DAY: i64 = 86_400_000_000;
        let zone = self.timeline.zone();
        let whole_day = || {
            let date = zone.date(Instant(from))?;
            Some(zone.start_of(date)?.0 == from && zone.start_of(date.tomorrow().ok()?)?.0 == until)
        };
        until.checked_sub(from) == Some(length) || length == DAY && whole_day() == Some(true)
    }

    /// Contacts that settled their matter. Where it is not known of one that somebody (or a machine) served, it is left
    /// out; one that nobody served settled nothing.
    fn resolutions(&mut self, within: Option<i64>) -> Result<Measured, CountError> {
        let resolved = self.columns.flags("resolved")?;
        let mut served = self.kept.to_vec();
        let words = [Outcome::Answered.as_str(), Outcome::Contained.as_str()];
        self.columns.names("outcome")?.keep(|outcome| words.contains(&outcome), &mut served);
        let reopened = within.map(|_| self.columns.durations("reopened_after")).transpose()?;
        let (mut measured, mut unknown) = (Vec::new(), 0);
        for row in self.rows() {
            if resolved.is_null(row) {
                unknown += u64::from(served[row]);
                continue;
            }
            let after = reopened.filter(|reopened| reopened.is_valid(row)).map(|reopened| reopened.value(row));
            if after.is_some_and(|after| after < 0) {
                let (table, column) = (self.columns.table.name(), "reopened_after");
                return Err(CountError::Negative { table, column, row });
            }
            let stays_closed = after.zip(within).is_none_or(|(after, within)| within < after);
            if resolved.value(row) && stays_closed {
                measured.push((row, 1));
            }
        }
        self.left_out.unknown_quantity += unknown;
        Ok(measured)
    }

    /// Contacts with a sale. One that takes a sale back is none.
    fn sales(&mut self) -> Result<Measured, CountError> {
        let amount = self.columns.decimals("sale_amount")?;
        Ok(self.rows().filter(|row| amount.is_valid(*row) && 0 < amount.value(*row)).map(|row| (row, 1)).collect())
    }

    /// Amounts in the contract's currency that are not 0; below 0 where something is taken back.
    fn amounts(
        &mut self,
        amount: &'static str,
        currency: &'static str,
        must_be_known: bool,
    ) -> Result<Measured, CountError> {
        let amounts = self.columns.decimals(amount)?;
        let mut in_currency = vec![true; self.columns.rows()];
        self.columns.names(currency)?.keep(|name| name == self.currency, &mut in_currency);
        let (mut measured, mut unknown, mut other) = (Vec::new(), 0, 0);
        for row in self.rows() {
            if amounts.is_null(row) {
                unknown += u64::from(must_be_known);
            } else if amounts.value(row) == 0 {
                // Nothing in any currency.
            } else if in_currency[row] {
                measured.push((row, amounts.value(row)));
            } else {
                other += 1;
            }
        }
        self.left_out.unknown_quantity += unknown;
        self.left_out.other_currency += other;
        Ok(measured)
    }

    /// Whole numbers above 0.
    fn numbers(&mut self, column: &'static str) -> Result<Measured, CountError> {
        let numbers = self.columns.durations(column)?;
        let known = self.rows().filter(|row| numbers.is_valid(*row)).map(|row| (row, numbers.value(row)));
        let mut measured = Vec::new();
        for (row, number) in known {
            if number < 0 {
                return Err(CountError::Negative { table: self.columns.table.name(), column, row });
            }
            if 0 < number {
                measured.push((row, number.into()));
            }
        }
        Ok(measured)
    }

    fn reported(&mut self, evidence: bool) -> Result<Measured, CountError> {
        let quantity = self.columns.decimals("quantity")?;
        let mut measured: Measured = self.rows().map(|row| (row, quantity.value(row))).collect();
        if evidence {
            self.require_documents(&mut measured)?;
        }
        Ok(measured)
    }

    fn costs(&mut self, evidence: bool) -> Result<Measured, CountError> {
        let mut measured = self.amounts("amount", "currency", true)?;
        if evidence {
            self.require_documents(&mut measured)?;
        }
        Ok(measured)
    }

    fn require_documents(&mut self, measured: &mut Measured) -> Result<(), CountError> {
        let documents = self.columns.texts("document")?;
        let before = measured.len();
        measured.retain(|(row, _)| documents.is_valid(*row) && !documents.value(*row).trim().is_empty());
        self.left_out.without_document += (before - measured.len()) as u64;
        Ok(())
    }

    fn forecast(&mut self, handle: bool) -> Result<Measured, CountError> {
        let contacts: &PrimitiveArray<Decimal128Type> = self.columns.decimals("contacts")?;
        let times = handle.then(|| self.columns.durations("handle")).transpose()?;
        let table = self.columns.table.name();
        let (mut measured, mut unknown) = (Vec::new(), 0);
        for row in self.rows() {
            let contacts = contacts.value(row);
            if contacts < 0 {
                return Err(CountError::Negative { table, column: "contacts", row });
            }
            let Some(times) = times else {
                measured.push((row, contacts));
                continue;
            };
            if times.is_null(row) {
                unknown += 1;
            } else if times.value(row) < 0 {
                return Err(CountError::Negative { table, column: "handle", row });
            } else {
                let time = contacts.checked_mul(times.value(row).into()).ok_or(CountsError::Overflow)?;
                measured.push((row, time));
            }
        }
        self.left_out.unknown_quantity += unknown;
        Ok(measured)
    }
}
