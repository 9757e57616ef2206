//! From an invoice's own quantities to what the contract calls usage.

use std::collections::BTreeMap;

use longshore_contract::{
    ChargeKind, Class, Contract, Counted, CounterOf, InForce, LineKind, Proration, Scope, Usage, UsageKey, Used,
};
use longshore_units::{Exact, Factor, Month, Quantity};

use crate::item::{Item, Names};
use crate::unit::conversion;
use crate::{AuditError, BilledLine, LinePart};

/// A line that is believed as far as its quantity goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'i> {
    pub line: &'i BilledLine,
    pub item: &'i Item,
    pub month: Month,
}

/// Which charge of which version in which month, for whom.
type Place = (u16, usize, Month, String);

#[derive(Default)]
struct Sums {
    rows: u64,
    contacts: Option<u64>,
    units: BTreeMap<Class, Quantity>,
    surcharged: BTreeMap<Class, Quantity>,
    overage: Option<Quantity>,
}

/// Adds what lines say was used. `scopes` says of a charge what its bands are shared by, where that is not what the contract
/// says.
pub(crate) fn add(
    usage: &mut Usage,
    in_force: &InForce<'_>,
    names: &Names,
    lines: &[Taken<'_>],
    scope_of: impl Fn(&str, &Counted) -> Scope,
) -> Result<(), AuditError> {
    let mut places: BTreeMap<Place, (Sums, &Counted)> = BTreeMap::new();
    for taken in lines.iter().filter(|taken| taken.item.kind == LineKind::Charge) {
        let Some((version, terms)) = version(in_force, taken) else { continue };
        let Some(position) = names.position(terms, &taken.item.name) else { continue };
        let charge = &terms.charges[position];
        let ChargeKind::Counted(counted) = &charge.kind else { continue };
        // Money that is reckoned contact by contact cannot be reckoned on sums: it is taken as it is billed.
        if counted.by_row(terms.rounding_of(charge)) {
            continue;
        }
        let group = match scope_of(&charge.name, counted) {
            Scope::Contract => String::new(),
            Scope::Program | Scope::Site => taken.line.group.clone(),
        };
        let place = places.entry((version, position, taken.month, group)).or_insert((Sums::default(), counted));
        place.0.add(taken.line, counted);
    }
    for ((version, position, period, group), (sums, counted)) in places {
        let terms = in_force.versions()[usize::from(version)];
        let key = |class| UsageKey {
            version,
            counter: CounterOf::Charge(position),
            period,
            group: group.clone(),
            day: None,
            class,
        };
        for (class, used) in sums.used(terms, counted, period) {
            usage.add(key(class), used).map_err(AuditError::Counts)?;
        }
    }
    Ok(())
}

/// The version that is in force on the line's first day, or the first of its month.
fn version<'c>(in_force: &InForce<'c>, taken: &Taken<'_>) -> Option<(u16, &'c Contract)> {
    let day = taken.line.period.map(|period| period.first());
    let on_day = |(_, terms): &(usize, &Contract)| day.is_some_and(|day| terms.in_force.contains(day));
    let of_month = || in_force.of_month(taken.month);
    let (position, terms) = of_month().find(on_day).or_else(|| of_month().next())?;
    Some((position as u16, terms)) // A contract has fewer amendments.
}

impl Sums {
    fn add(&mut self, line: &BilledLine, counted: &Counted) {
        let factor = line.unit.as_deref().and_then(|unit| conversion(unit, counted.unit())).unwrap_or(Factor::one());
        let quantity = line.quantity.as_ref().map(|quantity| quantity * &factor).unwrap_or_default();
        let class = class(line, counted);
        match line.part {
            LinePart::Units => {
                *self.units.entry(class).or_default() += &quantity;
                self.rows = self.rows.saturating_add(line.rows.unwrap_or(0));
            }
            LinePart::Overage => {
                *self.overage.get_or_insert_default() += &quantity;
                self.rows = self.rows.saturating_add(line.rows.unwrap_or(0));
            }
            LinePart::Surcharge => *self.surcharged.entry(class).or_default() += &quantity,
            LinePart::ConnectFee => {
                let contacts = quantity.0.to_i128().and_then(|contacts| u64::try_from(contacts).ok());
                self.contacts = self.contacts.or(Some(0)).zip(contacts).map(|(sum, more)| sum.saturating_add(more));
            }
            LinePart::Fee => {}
        }
    }

    /// What was used of each class. A surcharge on its own line is on units of other lines, as far as there are any.
    fn used(self, terms: &Contract, counted: &Counted, month: Month) -> Vec<(Class, Used)> {
        let mut units = self.units;
        if let Some(overage) = self.overage {
            let included = counted.included.as_ref().map(|included| {
                let days = Factor::share(terms.term.days_in(month), month.days()).expect("a month has days");
                let share = if included.prorate == Proration::Day { days } else { Factor::one() };
                &included.quantity * &share
            });
            let plain = units.entry(Class::default()).or_default();
            *plain += &overage;
            *plain += &included.unwrap_or_default();
        }
        for (class, quantity) in self.surcharged {
            let plain = units.entry(Class::default()).or_default();
            let moved = quantity.min(plain.clone()).max(Quantity::zero());
            *plain = &*plain - &moved;
            *units.entry(class).or_default() += &moved;
        }
        let mut rows = self.contacts.unwrap_or(self.rows);
        let used = |(class, quantity)| (class, Used::Sum { rows: std::mem::take(&mut rows), quantity });
        units.into_iter().map(used).collect()
    }
}

fn class(line: &BilledLine, counted: &Counted) -> Class {
    // A line that bills a surcharge need not say which, where there is one.
    if line.part == LinePart::Surcharge && line.surcharges.is_empty() && counted.surcharges.len() == 1 {
        return Class(1);
    }
    let position = |name: &String| counted.surcharges.iter().position(|surcharge| surcharge.calendar == *name);
    Class(line.surcharges.iter().filter_map(position).fold(0, |bits, position| bits | 1 << position))
}

/// The quantity that lines bill of a charge, in its unit.
pub(crate) fn billed_quantity(lines: &[&BilledLine], counted: &Counted) -> Quantity {
    let is_units = |line: &&&BilledLine| matches!(line.part, LinePart::Units | LinePart::Overage);
    lines.iter().filter(is_units).fold(Quantity(Exact::zero()), |sum, line| {
        let factor = line.unit.as_deref().and_then(|unit| conversion(unit, counted.unit())).unwrap_or(Factor::one());
        &sum + &(&line.quantity.clone().unwrap_or_default() * &factor)
    })
}
