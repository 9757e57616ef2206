//! What is added at certain times: a share of a price, for the units that lie in a calendar.

use std::collections::BTreeMap;

use longshore_units::{Amount, Factor, Price, Quantity};

use super::draft::amount_detail;
use super::met::Group;
use super::tiers::{Climb, Climbed};
use crate::invoice::{Detail, DetailKind};
use crate::{Counted, SurchargeBase, Tiers};

/// The price a unit of which surcharges are shares, day by day.
pub(super) struct Bases<'b> {
    counted: &'b Counted,
    list: Price,
    average: Price,
    marginal: BTreeMap<Option<jiff::civil::Date>, Price>,
}

impl<'b> Bases<'b> {
    /// For a group whose month began at the volume `before` of its period.
    pub fn of(
        counted: &'b Counted,
        climb: &Climb<'_>,
        climbed: &Climbed,
        before: &Quantity,
        group: &Group<'_>,
    ) -> Bases<'b> {
        let billed: Quantity = group.cells.iter().map(|cell| cell.billed()).sum();
        let average = climbed.units.0.divided_by(&billed.0).map_or_else(Price::zero, Price);
        let mut bases = Bases { counted, list: climb.list_price(), average, marginal: BTreeMap::new() };
        if counted.surcharges.iter().any(|surcharge| surcharge.base == SurchargeBase::Marginal) {
            bases.marginal = by_day(climb, before, group);
        }
        bases
    }

    /// The price of a surcharge's base for units of a day.
    fn price(&self, surcharge: usize, day: Option<jiff::civil::Date>) -> Price {
        match self.counted.surcharges[surcharge].base {
            SurchargeBase::List => self.list.clone(),
            SurchargeBase::Average => self.average.clone(),
            SurchargeBase::Marginal => self.marginal.get(&day).cloned().unwrap_or_else(Price::zero),
        }
    }

    /// What all surcharges of a group come to; adds each to `detail`.
    pub fn amount(&self, group: &Group<'_>, mut detail: impl FnMut(Detail)) -> Amount {
        let mut total = Amount::zero();
        for (position, surcharge) in self.counted.surcharges.iter().enumerate() {
            let applies = |class| self.counted.overlap.applying(&self.counted.surcharges, class).contains(&position);
            let (mut rows, mut quantity, mut amount) = (0u64, Quantity::zero(), Amount::zero());
            let mut prices: Vec<Price> = Vec::new();
            for cell in group.cells.iter().filter(|cell| applies(cell.class)) {
                let (billed, price) = (cell.billed(), &self.price(position, cell.day) * &surcharge.share);
                rows += cell.rows; // The rows of all cells together fit, so those of some of them do.
                quantity += &billed;
                amount += &(&price * &billed);
                if prices.last() != Some(&price) {
                    prices.push(price);
                }
            }
            if rows == 0 && quantity.is_zero() {
                continue;
            }
            total += &amount;
            detail(Detail {
                kind: DetailKind::Surcharge,
                rows: Some(rows),
                quantity: Some(quantity),
                price: prices.pop().filter(|_| prices.is_empty()),
                ..amount_detail(format!("surcharge in {}", surcharge.calendar), amount)
            });
        }
        total
    }
}

/// What a unit costs on each day, on the way up through the bands. On a day that reaches a new band, all of the day's units
/// share in both bands alike; one whose units sum to nothing is at the price that the volume has reached, as its contacts
/// may come to something all the same. With volume tiers every unit costs what the whole volume reached.
pub(super) fn by_day(
    climb: &Climb<'_>,
    before: &Quantity,
    group: &Group<'_>,
) -> BTreeMap<Option<jiff::civil::Date>, Price> {
    let mut days: BTreeMap<Option<jiff::civil::Date>, Quantity> = BTreeMap::new();
    for cell in &group.cells {
        *days.entry(cell.day).or_default() += &cell.billed();
    }
    let whole = days.values().fold(before.clone(), |sum, day| &sum + day);
    let mut volume = before.clone();
    let mut prices = BTreeMap::new();
    for (day, quantity) in days {
        let after = &volume + &quantity;
        let price = match climb.tiers() {
            Tiers::Volume => climb.price_of_all(&whole),
            Tiers::StairStep => Price::zero(),
            Tiers::Graduated => {
                let average = climb.between(&volume, &after).0.divided_by(&quantity.0).map(Price);
                average.unwrap_or_else(|| climb.price_of_all(&volume))
            }
        };
        prices.insert(day, price);
        volume = after;
    }
    prices
}

/// The share that some surcharges add to a price.
pub(super) fn share_of(counted: &Counted, class: crate::Class) -> Factor {
    let applying = counted.overlap.applying(&counted.surcharges, class);
    let shares = applying.into_iter().map(|position| &counted.surcharges[position].share.0);
    Factor(shares.fold(longshore_units::Exact::zero(), |sum, share| &sum + share))
}
