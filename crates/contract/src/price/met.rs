//! What a charge met in a month: rows and units, by what shares the bands, by day and by surcharges.

use jiff::civil::Date;
use longshore_units::{Amount, Quantity};

use super::bill::{Bill, Part};
use crate::{Class, ClosedCharge, Counted, CounterOf, CountsError, Per, Scope, Used};

/// What shares the bands, and what it used.
#[derive(Debug)]
pub(super) struct Group<'u> {
    /// A program, a site, or nothing for the whole contract.
    pub name: &'u str,
    /// What it used, in the order of the days.
    pub cells: Vec<Cell<'u>>,
}

/// Units that are priced alike: of one day, where days are told apart, and under the same surcharges.
#[derive(Clone, Debug)]
pub(super) struct Cell<'u> {
    pub day: Option<Date>,
    pub class: Class,
    pub rows: u64,
    pub used: &'u Used,
    pub quantity: Quantity,
    /// How many of the units are included, and cost nothing.
    pub free: Quantity,
}

impl Cell<'_> {
    /// The units that cost something.
    pub fn billed(&self) -> Quantity {
        &self.quantity - &self.free
    }
}

impl Group<'_> {
    /// What a charge met on a version's days, by group. Where the bands or the contract name the groups there are, also those
    /// that used nothing: a fee may be due.
    pub fn all<'u>(
        part: &Part<'u>,
        bill: &Bill<'u>,
        position: usize,
        counted: &Counted,
    ) -> Result<Vec<Group<'u>>, CountsError> {
        let mut groups: Vec<Group<'u>> = Vec::new();
        for (key, used) in bill.usage.of_counter(part.version, CounterOf::Charge(position), part.month) {
            let rows = used.rows().ok_or(CountsError::Overflow)?;
            let (quantity, free) = (used.quantity(), Quantity::zero());
            let cell = Cell { day: key.day, class: key.class, rows, used, quantity, free };
            match groups.last_mut() {
                Some(group) if group.name == key.group => group.cells.push(cell),
                _ => groups.push(Group { name: &key.group, cells: vec![cell] }),
            }
        }
        let named: &[String] = match counted.scope {
            Scope::Contract if groups.is_empty() => return Ok(vec![Group { name: "", cells: Vec::new() }]),
            Scope::Program => &part.contract.programs,
            Scope::Contract | Scope::Site => &[],
        };
        for name in named {
            if let Err(place) = groups.binary_search_by(|group| group.name.cmp(name)) {
                groups.insert(place, Group { name, cells: Vec::new() });
            }
        }
        Ok(groups)
    }

    /// How many rows.
    pub fn rows(&self) -> Result<u64, CountsError> {
        let sum = self.cells.iter().try_fold(0u64, |sum, cell| sum.checked_add(cell.rows));
        sum.ok_or(CountsError::Overflow)
    }

    /// How many units.
    pub fn quantity(&self) -> Quantity {
        self.cells.iter().map(|cell| cell.quantity.clone()).sum()
    }

    /// How many of them are included.
    pub fn free(&self) -> Quantity {
        self.cells.iter().map(|cell| cell.free.clone()).sum()
    }
}

/// What a charge left in the earlier months of its period, and under the earlier terms of this month.
#[derive(Debug)]
pub(super) struct Earlier<'b> {
    closed: Vec<&'b ClosedCharge>,
    /// Whether the period ends with these days.
    pub ends: bool,
}

impl<'b> Earlier<'b> {
    /// Of the charge of that name.
    pub fn of(name: &str, per: Per, part: &Part<'_>, bill: &'b Bill<'_>) -> Earlier<'b> {
        let last_part = bill.parts.iter().rev().find(|part| part.contract.charge(name).is_some());
        let is_last = last_part.is_none_or(|last| last.version == part.version);
        let (first, last) = per.period(bill.term, part.month);
        let months = bill.ledger.between(first, part.month).map(|(_, closed)| closed);
        let closed = months.chain([&bill.closed]).filter_map(|closed| closed.charges.get(name)).collect();
        Earlier { closed, ends: last == Some(part.month) && is_last }
    }

    /// What a group was billed for. `None` where it was never billed before in the period.
    pub fn volume(&self, group: &str) -> Option<Quantity> {
        let volume = |closed: &&ClosedCharge| {
            let used = closed.used.get(group)?;
            Some(closed.included.get(group).map_or_else(|| used.clone(), |included| used - &included.used))
        };
        let volumes = self.closed.iter().filter_map(volume);
        volumes.reduce(|sum, volume| &sum + &volume)
    }

    /// Whether it left nothing: these days are the first of their period that have it.
    pub fn is_none(&self) -> bool {
        self.closed.is_empty()
    }

    /// What its units came to, with all that belongs to them but the line's discount, cap and minimum.
    pub fn tariff(&self) -> Amount {
        self.closed.iter().map(|closed| closed.tariff.clone()).sum()
    }
}
