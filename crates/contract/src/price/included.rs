//! Which of a month's units cost nothing.

use std::collections::{BTreeMap, VecDeque};

use longshore_units::{Factor, Month, Quantity};

use super::bill::{Bill, Part};
use super::met::{Cell, Group};
use super::surcharge::share_of;
use crate::{Charge, ClosedIncluded, Counted, CounterOf, Included, IncludedTo};

/// Marks the included units of each group's cells as free, and says what the month brought and used.
pub(super) fn take(
    charge: &Charge,
    counted: &Counted,
    part: &Part<'_>,
    bill: &Bill<'_>,
    groups: &mut [Group<'_>],
) -> BTreeMap<String, ClosedIncluded> {
    let Some(included) = &counted.included else { return BTreeMap::new() };
    let of_month = of_month(charge, bill);
    let begun = bill.closed.charges.get(&charge.name).map(|closed| &closed.included);
    let granted = |is_begun: bool| if is_begun { Quantity::zero() } else { of_month.clone() };
    let surcharge = |cell: &Cell<'_>| share_of(counted, cell.class);
    let later = later(charge, included.to, part, bill);
    let mut closed = BTreeMap::new();
    if included.pooled {
        let granted = granted(begun.is_some_and(|begun| !begun.is_empty()));
        let cells = groups.iter_mut().flat_map(|group| &mut group.cells).collect();
        let available = &left(included, &charge.name, None, part, bill) + &granted;
        spread(included.to, available, cells, later.iter(), surcharge);
        // The grant belongs to the pool: it stands at the first of those who share it, and all are summed for it.
        closed.extend(groups.iter().map(|group| (group.name.to_owned(), used_by(group))));
        match closed.values_mut().next() {
            Some(first) => first.granted = granted,
            None => drop(closed.insert(String::new(), ClosedIncluded { granted, used: Quantity::zero() })),
        }
    } else {
        let granted = |group: &str| granted(begun.is_some_and(|begun| begun.contains_key(group)));
        for group in groups {
            let granted = granted(group.name);
            let available = &left(included, &charge.name, Some(group.name), part, bill) + &granted;
            let later = later.iter().filter(|later| later.group == group.name);
            spread(included.to, available, group.cells.iter_mut().collect(), later, surcharge);
            closed.insert(group.name.to_owned(), ClosedIncluded { granted, ..used_by(group) });
        }
        if 0 < included.rollover_months {
            for name in known(&charge.name, bill) {
                let idle = || ClosedIncluded { granted: granted(name), used: Quantity::zero() };
                closed.entry(name.clone()).or_insert_with(idle);
            }
        }
    }
    closed
}

/// What all terms of the month bring together, each by its days: it is there from the first of its days on, so that terms
/// which change within a month take nothing from those who use much of it early, or begin late.
fn of_month(charge: &Charge, bill: &Bill<'_>) -> Quantity {
    let of_charge = bill.parts.iter().filter_map(|part| {
        let position = part.contract.charge(&charge.name)?;
        Some((part, part.contract.counted(position)?.included.as_ref()))
    });
    let granted = of_charge.enumerate().filter_map(|(number, (part, included))| {
        let (included, part) = (included?, Part { is_first: number == 0, ..*part });
        Some(&included.quantity * &part.prorated(included.prorate).0)
    });
    granted.sum()
}

/// Who has had included units of a charge before. Whoever uses nothing for a while has them all the same, and carries them
/// over.
fn known<'b>(charge: &str, bill: &'b Bill<'_>) -> impl Iterator<Item = &'b String> {
    let months = bill.ledger.months.values().chain([&bill.closed]);
    months.filter_map(move |closed| closed.charges.get(charge)).flat_map(|closed| closed.included.keys())
}

fn used_by(group: &Group<'_>) -> ClosedIncluded {
    ClosedIncluded { granted: Quantity::zero(), used: group.free() }
}

/// Units of the month's later terms, which have their part of the included ones.
struct Later<'u> {
    group: &'u str,
    quantity: Quantity,
    surcharge: Factor,
}

/// Units that are free together, or not.
#[derive(Default)]
struct Place<'c, 'u> {
    cells: Vec<&'c mut Cell<'u>>,
    /// How many of later terms.
    later: Quantity,
}

/// What the month's later terms use. Where the first days' units are free, theirs come after all of these terms'.
fn later<'u>(charge: &Charge, to: IncludedTo, part: &Part<'_>, bill: &Bill<'u>) -> Vec<Later<'u>> {
    let mut units = Vec::new();
    for part in bill.parts.iter().filter(|later| part.version < later.version && to != IncludedTo::First) {
        let of_charge = part.contract.charge(&charge.name).and_then(|at| Some((at, part.contract.counted(at)?)));
        let Some((position, counted)) = of_charge.filter(|(_, counted)| counted.included.is_some()) else { continue };
        let used = bill.usage.of_counter(part.version, CounterOf::Charge(position), part.month);
        units.extend(used.map(|(key, used)| Later {
            group: &key.group,
            quantity: used.quantity(),
            surcharge: share_of(counted, key.class),
        }));
    }
    units
}

/// Gives the available units to the cells, and to those of later terms their part: those that come first in their order
/// wholly, those of the place at which they run out a like share each.
fn spread<'l>(
    to: IncludedTo,
    available: Quantity,
    cells: Vec<&mut Cell<'_>>,
    later: impl Iterator<Item = &'l Later<'l>>,
    surcharge: impl Fn(&Cell<'_>) -> Factor,
) {
    let place = |day, surcharge| match to {
        IncludedTo::First => (day, None),
        IncludedTo::Proportional => (None, None),
        IncludedTo::Cheapest => (None, Some(surcharge)),
    };
    let mut places: BTreeMap<(Option<jiff::civil::Date>, Option<Factor>), Place<'_, '_>> = BTreeMap::new();
    for cell in cells {
        places.entry(place(cell.day, surcharge(cell))).or_default().cells.push(cell);
    }
    for later in later {
        places.entry(place(None, later.surcharge.clone())).or_default().later += &later.quantity;
    }
    let mut rest = available;
    for Place { cells, later } in places.into_values() {
        let wanted: Quantity = cells.iter().map(|cell| cell.quantity.clone()).chain([later]).sum();
        let given = (&rest).min(&wanted).clone();
        let Some(share) = given.0.divided_by(&wanted.0).map(Factor) else { continue };
        for cell in cells {
            cell.free = &cell.quantity * &share;
        }
        rest = &rest - &given;
    }
}

/// What is left of earlier grants: those of so many months before that rollover keeps, and what earlier terms of this month
/// did not use. The oldest is used first.
fn left(included: &Included, name: &str, group: Option<&str>, part: &Part<'_>, bill: &Bill<'_>) -> Quantity {
    let keeps = |granted: Month, month: Month| {
        month.since(granted) <= i32::try_from(included.rollover_months).unwrap_or(i32::MAX)
    };
    let mut grants: VecDeque<(Month, Quantity)> = VecDeque::new();
    let this_month = (part.month, &bill.closed);
    for (month, closed) in bill.ledger.months.iter().map(|(month, closed)| (*month, closed)).chain([this_month]) {
        let Some(closed) = closed.charges.get(name) else { continue };
        grants.retain(|(granted, _)| keeps(*granted, month));
        let of_group = closed.included.iter().filter(|(known, _)| group.is_none_or(|group| group == known.as_str()));
        for (_, of_group) in of_group.clone() {
            grants.push_back((month, of_group.granted.clone()));
        }
        let mut used: Quantity = of_group.map(|(_, of_group)| of_group.used.clone()).sum();
        for (_, left) in &mut grants {
            let taken = (&used).min(left).clone();
            *left = &*left - &taken;
            used = &used - &taken;
        }
        grants.retain(|(_, left)| !left.is_zero());
    }
    grants.into_iter().filter(|(granted, _)| keeps(*granted, part.month)).map(|(_, left)| left).sum()
}
