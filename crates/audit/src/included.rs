//! Included units, in the ways in which invoices show them.
//!
//! The contract takes included units off what was used. An invoice may show all units, and the included ones as a credit;
//! or a line for the included units at no price, and one for those beyond; or those beyond alone. Each says how many were
//! used, in its own way: `docs/invoice.md` has the table.

use std::collections::BTreeMap;

use longshore_contract::{Class, Included, IncludedTo};
use longshore_units::{Exact, Factor, Quantity};

use crate::used::{Place, Units, UnitsKind};

/// How many units of a charge are free in a month if enough are used, those that earlier months left among them: by group,
/// or in one sum where groups share them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Free(pub BTreeMap<String, Quantity>);

type Cells = BTreeMap<Place, Quantity>;

impl Free {
    /// What was used, surcharge by surcharge, if lines state these units.
    pub fn used(&self, units: &[Units], included: Option<&Included>) -> Cells {
        let Some(included) = included else {
            let (mut used, surcharged) = (Cells::new(), cells(units, UnitsKind::Surcharged));
            add(&mut used, units.iter().filter(|units| units.kind != UnitsKind::Surcharged));
            return moved(used, surcharged);
        };
        let mut groups: Vec<&str> = units.iter().map(|units| units.place.0.as_str()).collect();
        groups.sort_unstable();
        groups.dedup();
        if included.pooled {
            let free = self.0.values().cloned().sum();
            return pool(&units.iter().collect::<Vec<_>>(), included.to, free);
        }
        let of_group = |group: &str| {
            let units: Vec<&Units> = units.iter().filter(|units| units.place.0 == group).collect();
            pool(&units, included.to, self.0.get(group).cloned().unwrap_or_default())
        };
        groups.into_iter().flat_map(of_group).collect()
    }
}

/// What was used by all that share included units, of which so many are free if enough are used.
fn pool(units: &[&Units], to: IncludedTo, free: Quantity) -> Cells {
    let of = |kind: UnitsKind| units.iter().filter(move |units| units.kind == kind).copied();
    let has = |kind: UnitsKind| of(kind).next().is_some();
    let surcharged = cells(of(UnitsKind::Surcharged), UnitsKind::Surcharged);
    // Where a line has units beyond the included ones, each other line has included ones; where a line has included ones,
    // each other has those beyond.
    let (beyond, within) = match (has(UnitsKind::Beyond), has(UnitsKind::Free)) {
        (true, _) => (UnitsKind::Beyond, Some([UnitsKind::Free, UnitsKind::Used])),
        (false, true) => (UnitsKind::Used, Some([UnitsKind::Free, UnitsKind::Free])),
        (false, false) => (UnitsKind::Used, None),
    };
    let Some(within) = within else {
        return all_together(units, to, free, surcharged);
    };
    let net = moved(cells(of(beyond), beyond), surcharged);
    let within: Vec<&Units> = units.iter().filter(|units| within.contains(&units.kind)).copied().collect();
    if within.is_empty() {
        return with_free(net, to, free);
    }
    let (plain, of_class): (Vec<&Units>, Vec<&Units>) =
        within.into_iter().partition(|units| units.place.1 == Class::default());
    let mut stated: Quantity = plain.iter().map(|units| units.quantity.clone()).sum();
    // A line that holds what is beyond and what is free holds all of it once more.
    let sum: Quantity = net.values().cloned().sum();
    let is_all = matches!(plain.as_slice(), [only] if only.is_unpaid) && of_class.is_empty();
    if is_all && !sum.is_zero() && stated == &sum + &free {
        stated = free;
    }
    let home = plain.first().map(|units| units.place.0.clone());
    let mut used = with_free_at(net, to, stated, home);
    add(&mut used, of_class);
    used
}

/// What was used where lines have all units, included ones among them, and a surcharge's own lines those that it is asked
/// for.
fn all_together(units: &[&Units], to: IncludedTo, free: Quantity, surcharged: Cells) -> Cells {
    let is_back = |units: &&&Units| units.quantity < Quantity::zero();
    let all = |units: &[&Units]| -> Quantity { units.iter().map(|units| units.quantity.clone()).sum() };
    let of_units: Vec<&Units> = units.iter().filter(|units| units.kind == UnitsKind::Used).copied().collect();
    let (back, counted): (Vec<&Units>, Vec<&Units>) = of_units.iter().partition(|units| is_back(units));
    let sum = all(&counted);
    let is_free = |free: &Quantity| Quantity(-&all(&back).0) == *free;
    // Who takes off just as many units as are free gives the included ones; whoever takes off others had counted too many.
    let given = (&free).min(&sum).clone();
    let mut used = Cells::new();
    add(&mut used, if !back.is_empty() && is_free(&given) { counted } else { of_units });
    if surcharged.is_empty() || to == IncludedTo::Cheapest {
        return moved(used, surcharged);
    }
    // The units that bear the surcharge are free in the same share as the others are.
    let sum: Quantity = used.values().cloned().sum();
    let paid = &sum - &(&free).min(&sum).clone();
    let scale = sum.0.divided_by(&paid.0).map_or_else(Factor::one, Factor);
    moved(used, surcharged.into_iter().map(|(place, quantity)| (place, &quantity * &scale)).collect())
}

/// Units beyond the included ones, and the included ones where the contract gives them.
fn with_free(net: Cells, to: IncludedTo, free: Quantity) -> Cells {
    with_free_at(net, to, free, None)
}

/// The same; where nothing is beyond them, the included units are of a group.
fn with_free_at(mut net: Cells, to: IncludedTo, free: Quantity, group: Option<String>) -> Cells {
    let takes = |place: &Place| to != IncludedTo::Cheapest || place.1 == Class::default();
    let sum: Quantity = net.iter().filter(|(place, _)| takes(place)).map(|(_, quantity)| quantity.clone()).sum();
    let share = free.0.divided_by(&sum.0).map(|share| Factor(&Exact::one() + &share));
    match share {
        Some(share) => {
            net.iter_mut().filter(|(place, _)| takes(place)).for_each(|(_, quantity)| *quantity = &*quantity * &share);
        }
        None => {
            let group = group.or_else(|| net.keys().next().map(|(group, _)| group.clone())).unwrap_or_default();
            *net.entry((group, Class::default())).or_default() += &free;
        }
    }
    net
}

fn cells<'u>(units: impl IntoIterator<Item = &'u Units>, kind: UnitsKind) -> Cells {
    let mut cells = Cells::new();
    add(&mut cells, units.into_iter().filter(|units| units.kind == kind));
    cells
}

fn add<'u>(cells: &mut Cells, units: impl IntoIterator<Item = &'u Units>) {
    for units in units {
        *cells.entry(units.place.clone()).or_default() += &units.quantity;
    }
}

/// The units of surcharges' own lines taken from those without one, as far as there are any.
fn moved(mut cells: Cells, surcharged: Cells) -> Cells {
    for ((group, class), quantity) in surcharged {
        let plain = cells.entry((group.clone(), Class::default())).or_default();
        let moved = quantity.min(plain.clone()).max(Quantity::zero());
        *plain = &*plain - &moved;
        *cells.entry((group, class)).or_default() += &moved;
    }
    cells
}
