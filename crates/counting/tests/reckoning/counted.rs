//! What a charge by quantity comes to on a version's days of a month.

use std::collections::{BTreeMap, BTreeSet};

use longshore_contract::{
    Bands, Charge, Class, Counted, CounterOf, Included, IncludedTo, Owner, Quantum, RoundAt, Scope, SurchargeBase,
    Tariff, TiersBy,
};
use longshore_units::{Amount, Exact};

use super::bands::{Steps, by_length};
use super::{Billed, Item, Part, Reckoning, Unknown, min, sum, zero};

/// A charge by quantity, on a version's days of a month.
pub(super) struct Counting<'p> {
    pub(super) part: Part<'p>,
    pub charge: &'p Charge,
    pub counted: &'p Counted,
    /// Its price, and those of groups that have another.
    pub tariff: &'p Tariff,
    pub by_group: &'p BTreeMap<String, Tariff>,
    pub is_first: bool,
}

/// What the units of a group cost each, where its volume chose one price for all.
pub(super) type Chosen = BTreeMap<String, Exact>;

impl Reckoning<'_> {
    pub(super) fn counted(&mut self, of: &Counting<'_>, items: Vec<Item>) -> Result<(Billed, Chosen), Unknown> {
        let Counting { part, charge, counted, .. } = *of;
        let rule = part.terms.rounding_of(charge);
        let mut groups: BTreeSet<String> = items.iter().map(|item| item.group.clone()).collect();
        match counted.scope {
            Scope::Program => groups.extend(part.terms.programs.iter().cloned()),
            Scope::Contract => drop(groups.insert(String::new())),
            Scope::Site => {}
        }
        let free = self.free(of, &items, &groups);
        let by_row = counted.by_row(rule);
        let (mut billed, mut chosen) = (Billed::default(), Chosen::new());
        for group in &groups {
            let of_group: Vec<Item> = items
                .iter()
                .zip(&free)
                .filter(|(item, _)| item.group == *group)
                .map(|(item, free)| Item { units: &item.units - free, ..item.clone() })
                .collect();
            let units = sum(of_group.iter().map(|item| item.units.clone()));
            let (amount, billed_units) = if by_row {
                self.row_by_row(of, group, &of_group)?
            } else {
                (self.at_once(of, group, &of_group, &mut chosen)?, units.clone())
            };
            billed.tariff = &billed.tariff + &amount;
            billed.units = &billed.units + &billed_units;
            billed.volumes.insert(group.clone(), units);
        }
        if !by_row {
            billed.units = sum(items.iter().map(|item| item.units.clone())); // Included units have their share.
        }
        if let Some(fee) = &counted.fee {
            billed.tariff = &billed.tariff + &(&fee.amount.0 * &part.share(fee.prorate, of.is_first));
        }
        billed.unrounded = self.limited_line(part, charge, counted.per, &billed.tariff);
        Ok((billed, chosen))
    }

    /// How much of each item is included.
    fn free(&mut self, of: &Counting<'_>, items: &[Item], groups: &BTreeSet<String>) -> Vec<Exact> {
        let mut free = vec![zero(); items.len()];
        let Some(included) = &of.counted.included else { return free };
        let of_month = self.included_in_month(of);
        let name = &of.charge.name;
        let later = self.units_later(of);
        let pools: BTreeMap<String, Vec<usize>> = if included.pooled {
            [(String::new(), (0..items.len()).collect())].into()
        } else {
            // Who was ever met has his own, whether he uses it or not.
            let met = self.grants.keys().filter(|(charge, _)| charge == name).map(|(_, group)| group);
            let of_group = |group: &String| (0..items.len()).filter(|item| items[*item].group == *group).collect();
            groups.iter().chain(met).map(|group| (group.clone(), of_group(group))).collect()
        };
        for (pool, members) in pools {
            let grants = self.grants.entry((name.clone(), pool.clone())).or_default();
            // The month's first terms that meet somebody bring him all of the month's.
            if !grants.iter().any(|(granted, _)| *granted == of.part.month) {
                grants.push((of.part.month, of_month.clone()));
            }
            grants.retain(|(granted, _)| of.part.month.since(*granted) <= included.rollover_months as i32);
            let available = sum(grants.iter().map(|(_, left)| left.clone()));
            let later: Vec<&(Item, Exact)> =
                later.iter().filter(|(item, _)| included.pooled || item.group == pool).collect();
            let mut used = spread(of.counted, included, available, &members, items, &later, &mut free);
            for (_, left) in grants.iter_mut() {
                let taken = min(&used, left).clone();
                *left = &*left - &taken;
                used = &used - &taken;
            }
        }
        free
    }

    /// What the month's later terms that include units use, each with its surcharges' share.
    fn units_later(&self, of: &Counting<'_>) -> Vec<(Item, Exact)> {
        let mut later = Vec::new();
        for (version, terms) in self.versions.iter().enumerate().skip(of.part.version + 1) {
            let Some(position) = terms.charge(&of.charge.name) else { continue };
            let Some(counted) = terms.counted(position).filter(|counted| counted.included.is_some()) else { continue };
            let items = self.items.get(&(version as u16, CounterOf::Charge(position))).into_iter().flatten();
            let of_month = items.filter(|item| item.period == of.part.month);
            later.extend(of_month.map(|item| (item.clone(), surcharge_share(counted, item.class))));
        }
        later
    }

    /// The included units of all of the month's terms.
    fn included_in_month(&self, of: &Counting<'_>) -> Exact {
        let (mut granted, mut is_first) = (zero(), true);
        for (version, terms) in self.versions.iter().copied().enumerate() {
            let part = Part { version, terms, month: of.part.month };
            let Some(position) = terms.charge(&of.charge.name) else { continue };
            if terms.in_force.days_in(part.month) == 0 {
                continue;
            }
            if let Some(included) = terms.counted(position).and_then(|counted| counted.included.as_ref()) {
                granted = &granted + &(&included.quantity.0 * &part.share(included.prorate, is_first));
            }
            is_first = false;
        }
        granted
    }

    /// The bands as they hold for a group in the month.
    fn steps<'b>(
        &self,
        of: &Counting<'_>,
        group: &str,
        (bands, tiers, by): (&'b Bands, longshore_contract::Tiers, TiersBy),
    ) -> Result<Steps<'b>, Unknown> {
        let forecast = match bands.iter().any(|band| matches!(band.from, longshore_contract::Bound::OfForecast(_))) {
            true => {
                let group = if of.counted.scope == Scope::Program { group } else { "" };
                Some(self.of_month(of, |charge| CounterOf::Quantum(Owner::Charge(charge), Quantum::Forecast), group)?)
            }
            false => None,
        };
        let chosen_by = match by {
            TiersBy::Quantity => None,
            TiersBy::Agents => Some(self.of_month(of, CounterOf::Agents, group)?),
        };
        Ok(Steps::new(bands, tiers, forecast.as_ref(), chosen_by))
    }

    /// What a counter beside the charge met in the month under all versions.
    fn of_month(&self, of: &Counting<'_>, counter: impl Fn(usize) -> CounterOf, group: &str) -> Result<Exact, Unknown> {
        let of_version = |version: usize| {
            let position = self.versions[version].charge(&of.charge.name)?;
            self.items.get(&(version as u16, counter(position)))
        };
        let items = (0..self.versions.len()).filter_map(of_version).flatten();
        let met: Vec<Exact> = items
            .filter(|item| item.period == of.part.month && item.group == group)
            .map(|item| item.units.clone())
            .collect();
        if met.is_empty() { Err(Unknown) } else { Ok(sum(met)) }
    }

    /// A group's units together.
    fn at_once(&self, of: &Counting<'_>, group: &str, items: &[Item], chosen: &mut Chosen) -> Result<Exact, Unknown> {
        let counted = of.counted;
        let Tariff::Bands { bands, tiers, by } = of.by_group.get(group).unwrap_or(of.tariff) else {
            panic!("other prices are row by row")
        };
        let steps = self.steps(of, group, (bands, *tiers, *by))?;
        let earlier = self.earlier_volume(of.part, of.charge, counted.per, group);
        let before = earlier.clone().unwrap_or_default();
        let after = &before + &sum(items.iter().map(|item| item.units.clone()));
        if *tiers == longshore_contract::Tiers::Volume {
            chosen.insert(group.to_owned(), steps.price_at(&after));
        }
        let mut amount = &steps.total(&after) - &earlier.as_ref().map_or_else(zero, |before| steps.total(before));
        // What a unit cost on average: this month's units at this month's prices.
        let average = steps.units_cost(earlier.as_ref(), &after).divided_by(&(&after - &before)).unwrap_or_default();
        for (position, surcharge) in counted.surcharges.iter().enumerate() {
            for item in items.iter().filter(|item| applies(counted, item.class, position)) {
                let base = match surcharge.base {
                    SurchargeBase::List => steps.list_price(),
                    SurchargeBase::Average => average.clone(),
                    SurchargeBase::Marginal => steps.of_day(&before, items, item.day),
                };
                amount = &amount + &(&(&base * &surcharge.share.0) * &item.units);
            }
        }
        let rows: u64 = items.iter().map(|item| item.rows).sum();
        Ok(&amount + &(&counted.each_contact.fee.0 * &Exact::from(rows)))
    }

    /// Each row of a group by itself: what they come to, and the units that are billed.
    fn row_by_row(&self, of: &Counting<'_>, group: &str, items: &[Item]) -> Result<(Exact, Exact), Unknown> {
        let counted = of.counted;
        let rule = of.part.terms.rounding_of(of.charge);
        let before = self.earlier_volume(of.part, of.charge, counted.per, group).unwrap_or_default();
        // The units that a row is billed, and what they cost: where there are bands, what units of its day do.
        let (priced, list): (Vec<(Exact, Exact)>, Exact) = match of.by_group.get(group).unwrap_or(of.tariff) {
            Tariff::Lengths(lengths) => {
                let rows = items.iter().map(|item| by_length(lengths, counted, &item.units));
                (rows.collect(), lengths.lengths[0].price.0.clone())
            }
            Tariff::Bands { bands, tiers, by } => {
                let steps = self.steps(of, group, (bands, *tiers, *by))?;
                let cost = |item: &Item| (item.units.clone(), &steps.of_day(&before, items, item.day) * &item.units);
                (items.iter().map(cost).collect(), steps.list_price())
            }
            Tariff::OfPrice { .. } => panic!("a share of a price is resolved before"),
        };
        let units = sum(priced.iter().map(|(units, _)| units.clone()));
        let average = sum(priced.iter().map(|(_, amount)| amount.clone())).divided_by(&units).unwrap_or_default();
        let mut amount = zero();
        for (item, (units, cost)) in items.iter().zip(&priced) {
            let mut row = &counted.each_contact.fee.0 + cost;
            for (position, surcharge) in counted.surcharges.iter().enumerate() {
                if applies(counted, item.class, position) {
                    let base = match surcharge.base {
                        SurchargeBase::List => &list * units,
                        SurchargeBase::Average => &average * units,
                        SurchargeBase::Marginal => cost.clone(),
                    };
                    row = &row + &(&base * &surcharge.share.0);
                }
            }
            // What is taken back comes to at least and at most what a sale does.
            let taken_back = item.units.is_negative();
            let mut size = if taken_back { -&row } else { row };
            if let Some(least) = counted.each_contact.least.as_ref().filter(|least| size < least.0) {
                size = least.0.clone();
            }
            if let Some(most) = counted.each_contact.most.as_ref().filter(|most| most.0 < size) {
                size = most.0.clone();
            }
            let row = Amount(if taken_back { -&size } else { size });
            let row = if rule.at == RoundAt::Contact { row.rounded(&rule.rounding) } else { row };
            amount = &amount + &row.0;
        }
        Ok((amount, units))
    }
}

/// Gives what is available to the items of a pool in the order in which they are free, those of one place a like share;
/// returns how much they took. What later terms use stands among them, but for the first days'.
fn spread(
    counted: &Counted,
    included: &Included,
    available: Exact,
    members: &[usize],
    items: &[Item],
    later: &[&(Item, Exact)],
    free: &mut [Exact],
) -> Exact {
    let place = |item: &Item| match included.to {
        IncludedTo::First => (Some(item.day), zero()),
        IncludedTo::Proportional => (None, zero()),
        IncludedTo::Cheapest => (None, surcharge_share(counted, item.class)),
    };
    let place_later = |(item, surcharge): &(Item, Exact)| match included.to {
        IncludedTo::First => (Some(item.day), zero()),
        IncludedTo::Proportional => (None, zero()),
        IncludedTo::Cheapest => (None, surcharge.clone()),
    };
    let own = members.iter().map(|member| place(&items[*member]));
    let places: BTreeSet<_> = own.chain(later.iter().map(|later| place_later(later))).collect();
    let mut rest = available;
    for here in places {
        let of_place = || members.iter().copied().filter(|member| place(&items[*member]) == here);
        let later = later.iter().filter(|later| place_later(later) == here).map(|(item, _)| item.units.clone());
        let wanted = sum(of_place().map(|member| items[member].units.clone()).chain(later));
        let given = min(&rest, &wanted).clone();
        let Some(part) = given.divided_by(&wanted) else { continue };
        for member in of_place() {
            free[member] = &items[member].units * &part;
        }
        rest = &rest - &given;
    }
    sum(members.iter().map(|member| free[*member].clone()))
}

fn applies(counted: &Counted, class: Class, surcharge: usize) -> bool {
    counted.overlap.applying(&counted.surcharges, class).contains(&surcharge)
}

fn surcharge_share(counted: &Counted, class: Class) -> Exact {
    let positions = (0..counted.surcharges.len()).filter(|position| applies(counted, class, *position));
    sum(positions.map(|position| counted.surcharges[position].share.0.clone()))
}
