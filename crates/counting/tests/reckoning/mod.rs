//! What a month's charges come to, reckoned over a list of what each single row gave.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use longshore_contract::{
    Band, Bound, ChargeKind, Class, Contract, Count, Counted, CounterOf, IncludedTo, Length, Lengths, Limit, Measure,
    Proration, RoundAt, Scope, SurchargeBase, Tariff, Tiers,
};
use longshore_counting::{Window, oracle};
use longshore_units::{Amount, Exact, Month, RoundHow};

use crate::random::Records;

/// What one row gave on one day: units, and where they belong.
#[derive(Clone, Debug)]
struct Item {
    group: String,
    period: Month,
    day: Date,
    class: Class,
    rows: u64,
    units: Exact,
}

/// The reckoning of a contract, month by month from the first.
pub struct Reckoning<'c> {
    contract: &'c Contract,
    items: BTreeMap<CounterOf, Vec<Item>>,
    /// By charge, month and group: what was billed for, included units not among it.
    volumes: BTreeMap<(usize, Month, String), Exact>,
    /// By charge and month: what its units came to before its limits.
    tariffs: BTreeMap<(usize, Month), Exact>,
    /// By charge and month: what a unit of the line came to.
    unit_prices: BTreeMap<(usize, Month), Exact>,
    /// By charge and pool: included units of earlier months that are left, the oldest first.
    grants: BTreeMap<(usize, String), Vec<(Month, Exact)>>,
}

fn zero() -> Exact {
    Exact::zero()
}

fn sum(of: impl IntoIterator<Item = Exact>) -> Exact {
    of.into_iter().fold(zero(), |sum, one| &sum + &one)
}

fn min<'e>(one: &'e Exact, other: &'e Exact) -> &'e Exact {
    if one < other { one } else { other }
}

fn share(above: i128, below: i128) -> Exact {
    Exact::ratio(above, below).unwrap()
}

impl<'c> Reckoning<'c> {
    /// Looks at every row by itself.
    pub fn new(contract: &'c Contract, records: &Records) -> Reckoning<'c> {
        let in_force = contract.in_force(None);
        let window = Window::of(&in_force, None).unwrap();
        let mut items: BTreeMap<CounterOf, Vec<Item>> = BTreeMap::new();
        for (table, row) in records.batches(1) {
            let counts = oracle::count(&in_force, window, &[(table, row)]).unwrap();
            for (key, count) in counts.iter() {
                let measure = match key.counter {
                    CounterOf::Charge(charge) | CounterOf::Refund(charge) => &contract.counted(charge).unwrap().measure,
                    _ => continue,
                };
                let (rows, whole) = match count {
                    Count::Linear { rows, quantity } => (*rows, *quantity),
                    Count::Spectrum(one) => one.first_key_value().map(|(quantity, rows)| (*rows, *quantity)).unwrap(),
                };
                let (group, period, day, class) = (key.group.clone(), key.period, key.day.unwrap(), key.class);
                let units = share(whole, per_unit(measure, period));
                items.entry(key.counter).or_default().push(Item { group, period, day, class, rows, units });
            }
        }
        let (volumes, tariffs) = (BTreeMap::new(), BTreeMap::new());
        let (unit_prices, grants) = (BTreeMap::new(), BTreeMap::new());
        Reckoning { contract, items, volumes, tariffs, unit_prices, grants }
    }

    /// Whether some group of a charge has less than nothing in some month.
    pub fn takes_back_more_than_it_sold(&self, charge: &str) -> bool {
        let of = CounterOf::Charge(self.contract.charge(charge).unwrap());
        let mut sums: BTreeMap<(Month, &str), Exact> = BTreeMap::new();
        for item in self.items.get(&of).into_iter().flatten() {
            let sum = sums.entry((item.period, &item.group)).or_insert_with(zero);
            *sum = &*sum + &item.units;
        }
        sums.values().any(Exact::is_negative)
    }

    /// What each line of a month comes to; months are asked for in their order.
    pub fn month(&mut self, month: Month) -> BTreeMap<String, Amount> {
        let mut lines = BTreeMap::new();
        let contract = self.contract;
        for (position, charge) in contract.charges.iter().enumerate() {
            let ChargeKind::Counted(counted) = &charge.kind else { continue };
            let line = self.line(month, position, counted);
            lines.insert(charge.name.clone(), Amount(line));
        }
        for minimum in &contract.minimums {
            let longshore_contract::MinimumOf::Amount { amount, prorate } = &minimum.of else { continue };
            let least = &amount.0 * &self.of_month(month, *prorate);
            let reached = sum(minimum.on.iter().map(|charge| lines[&contract.charges[*charge].name].0.clone()));
            let missing = Amount(&least - &reached);
            if Amount::zero() < missing {
                let at_once = contract.round.at == RoundAt::Invoice;
                lines.insert(
                    minimum.name.clone(),
                    if at_once { missing } else { missing.rounded(&contract.round.rounding) },
                );
            }
        }
        lines
    }

    fn of_month(&self, month: Month, prorate: Proration) -> Exact {
        match prorate {
            Proration::Day => share(self.contract.term.days_in(month), month.days()),
            Proration::None => Exact::one(),
        }
    }

    fn line(&mut self, month: Month, charge: usize, counted: &Counted) -> Exact {
        let of_charge = &self.contract.charges[charge];
        let rule = self.contract.rounding_of(of_charge);
        let items: Vec<Item> = self.items.get(&CounterOf::Charge(charge)).into_iter().flatten().cloned().collect();
        let items: Vec<Item> = items.into_iter().filter(|item| item.period == month).collect();
        let mut groups: BTreeSet<String> = items.iter().map(|item| item.group.clone()).collect();
        match counted.scope {
            Scope::Program => groups.extend(self.contract.programs.iter().cloned()),
            Scope::Contract => drop(groups.insert(String::new())),
            Scope::Site => {}
        }
        let free = self.free(month, charge, counted, &items, &groups);
        let by_row = counted.by_row(rule);
        let (mut tariff, mut billed) = (zero(), zero());
        for group in &groups {
            let of_group: Vec<(&Item, &Exact)> =
                items.iter().zip(&free).filter(|(item, _)| item.group == *group).collect();
            let of_group: Vec<Item> =
                of_group.into_iter().map(|(item, free)| Item { units: &item.units - free, ..item.clone() }).collect();
            let (amount, units) = if by_row {
                self.row_by_row(month, charge, counted, group, &of_group)
            } else {
                (
                    self.at_once(month, charge, counted, group, &of_group),
                    sum(of_group.iter().map(|item| item.units.clone())),
                )
            };
            tariff = &tariff + &amount;
            billed = &billed + &units;
            let volume = sum(of_group.iter().map(|item| item.units.clone()));
            self.volumes.insert((charge, month, group.clone()), volume);
        }
        if let Some(fee) = &counted.fee {
            tariff = &tariff + &(&fee.amount.0 * &self.of_month(month, fee.prorate));
        }
        let (first, last) = counted.per.period(self.contract.term, month);
        let earlier = sum(self.tariffs.range((charge, first)..(charge, month)).map(|(_, tariff)| tariff.clone()));
        let now = self.limited(charge, &(&earlier + &tariff), last == Some(month));
        let line = Amount(&now - &self.limited(charge, &earlier, false));
        self.tariffs.insert((charge, month), tariff);
        let rounded =
            |amount: Amount| if rule.at == RoundAt::Invoice { amount } else { amount.rounded(&rule.rounding) };
        let line = rounded(line);
        // Included units have their share in what a unit came to.
        let quantity = if by_row { billed } else { sum(items.iter().map(|item| item.units.clone())) };
        if let Some(price) = line.0.divided_by(&quantity) {
            self.unit_prices.insert((charge, month), price);
        }
        &line.0 + &rounded(Amount(self.given_back(month, charge))).0
    }

    /// Below 0: the time of agents who left this month, at what it was billed at.
    fn given_back(&self, month: Month, charge: usize) -> Exact {
        let items = self.items.get(&CounterOf::Refund(charge)).into_iter().flatten();
        let of_month = items.filter(|item| item.period == month && !item.units.is_zero());
        -&sum(of_month.map(|item| &self.unit_prices[&(charge, Month::of(item.day))] * &item.units))
    }

    /// A period's amount under the line's discount, cap and minimum.
    fn limited(&self, charge: usize, amount: &Exact, ends: bool) -> Exact {
        let limits = &self.contract.charges[charge].limits;
        let mut amount = amount.clone();
        for limit in limits.order.0 {
            match limit {
                Limit::Discount => {
                    let off = limits.discount.as_ref().map_or_else(zero, |share| &amount * &share.0);
                    amount = &amount - &off;
                }
                Limit::Cap => amount = limits.most.iter().fold(amount, |amount, most| min(&amount, &most.0).clone()),
                Limit::Minimum if ends && limits.least.as_ref().is_some_and(|least| amount < least.0) => {
                    amount = limits.least.as_ref().unwrap().0.clone();
                }
                Limit::Minimum => {}
            }
        }
        amount
    }

    /// How much of each item is included.
    fn free(
        &mut self,
        month: Month,
        charge: usize,
        counted: &Counted,
        items: &[Item],
        groups: &BTreeSet<String>,
    ) -> Vec<Exact> {
        let mut free = vec![zero(); items.len()];
        let Some(included) = &counted.included else { return free };
        let granted = &included.quantity.0 * &self.of_month(month, included.prorate);
        let pools: Vec<(String, Vec<usize>)> = if included.pooled {
            vec![(String::new(), (0..items.len()).collect())]
        } else {
            let of_group = |group: &String| (0..items.len()).filter(|item| items[*item].group == *group).collect();
            groups.iter().map(|group| (group.clone(), of_group(group))).collect()
        };
        for (pool, members) in pools {
            let grants = self.grants.entry((charge, pool)).or_default();
            grants.push((month, granted.clone()));
            grants.retain(|(of, _)| month.since(*of) <= included.rollover_months as i32);
            let available = sum(grants.iter().map(|(_, left)| left.clone()));
            // The items in the order in which they are free; those of one place share alike.
            let place = |item: &Item| match included.to {
                IncludedTo::First => (Some(item.day), zero()),
                IncludedTo::Proportional => (None, zero()),
                IncludedTo::Cheapest => (None, surcharge_share(counted, item.class)),
            };
            let mut places: Vec<_> = members.iter().map(|member| place(&items[*member])).collect();
            places.sort();
            places.dedup();
            let mut rest = available;
            for here in places {
                let of_place: Vec<usize> =
                    members.iter().copied().filter(|member| place(&items[*member]) == here).collect();
                let wanted = sum(of_place.iter().map(|member| items[*member].units.clone()));
                let given = min(&rest, &wanted).clone();
                let Some(part) = given.divided_by(&wanted) else { continue };
                for member in of_place {
                    free[member] = &items[member].units * &part;
                }
                rest = &rest - &given;
            }
            let mut used = sum(members.iter().map(|member| free[*member].clone()));
            for (_, left) in grants.iter_mut() {
                let taken = min(&used, left).clone();
                *left = &*left - &taken;
                used = &used - &taken;
            }
        }
        free
    }

    /// What a group was billed for earlier in the period of a month. None if it never was.
    fn earlier(&self, month: Month, charge: usize, counted: &Counted, group: &str) -> Option<Exact> {
        let (first, _) = counted.per.period(self.contract.term, month);
        let of_group = self
            .volumes
            .iter()
            .filter(|((of, at, known), _)| (*of, known.as_str()) == (charge, group) && first <= *at && *at < month);
        of_group.map(|(_, volume)| volume.clone()).reduce(|sum, volume| &sum + &volume)
    }

    /// A group's units together.
    fn at_once(&self, month: Month, charge: usize, counted: &Counted, group: &str, items: &[Item]) -> Exact {
        let Tariff::Bands { bands, tiers, .. } = &counted.tariff else { panic!("other prices are row by row") };
        let bands: Vec<&Band> = bands.iter().collect();
        let earlier = self.earlier(month, charge, counted, group);
        let before = earlier.clone().unwrap_or_default();
        let after = &before + &sum(items.iter().map(|item| item.units.clone()));
        let billed_before = if earlier.is_none() { zero() } else { total(&bands, *tiers, &before) };
        let mut amount = &total(&bands, *tiers, &after) - &billed_before;
        // What a unit cost on average: this month's units at this month's prices.
        let units_cost = match tiers {
            Tiers::Graduated => {
                &in_bands(&bands, &after) - &if earlier.is_none() { zero() } else { in_bands(&bands, &before) }
            }
            _ => {
                let band = bands[reached(&bands, &after)];
                let whole = if *tiers == Tiers::StairStep { zero() } else { in_band(band, &after) };
                let past =
                    if earlier.is_none() || *tiers == Tiers::StairStep { zero() } else { in_band(band, &before) };
                &whole - &past
            }
        };
        let billed = &after - &before;
        let average = units_cost.divided_by(&billed).unwrap_or_default();
        for (position, surcharge) in counted.surcharges.iter().enumerate() {
            for item in items.iter().filter(|item| applies(counted, item.class, position)) {
                let base = match surcharge.base {
                    SurchargeBase::List => unit_price(bands[0]),
                    SurchargeBase::Average => average.clone(),
                    SurchargeBase::Marginal => of_day(&bands, *tiers, &before, items, item.day),
                };
                amount = &amount + &(&(&base * &surcharge.share.0) * &item.units);
            }
        }
        let rows: u64 = items.iter().map(|item| item.rows).sum();
        &amount + &(&counted.each_contact.fee.0 * &Exact::from(rows))
    }

    /// Each row of a group by itself: what they come to, and the units that are billed.
    fn row_by_row(
        &self,
        month: Month,
        charge: usize,
        counted: &Counted,
        group: &str,
        items: &[Item],
    ) -> (Exact, Exact) {
        let rule = self.contract.rounding_of(&self.contract.charges[charge]);
        let before = self.earlier(month, charge, counted, group).unwrap_or_default();
        // The units that a row is billed, and what they cost: where there are bands, what units of its day do.
        let row_price = |item: &Item| match &counted.tariff {
            Tariff::Lengths(lengths) => by_length(lengths, counted, &item.units),
            Tariff::Bands { bands, tiers, .. } => {
                let bands: Vec<&Band> = bands.iter().collect();
                (item.units.clone(), &of_day(&bands, *tiers, &before, items, item.day) * &item.units)
            }
            Tariff::OfPrice { .. } => panic!("no random charge here has one"),
        };
        let priced: Vec<(Exact, Exact)> = items.iter().map(row_price).collect();
        let units = sum(priced.iter().map(|(units, _)| units.clone()));
        let average = sum(priced.iter().map(|(_, amount)| amount.clone())).divided_by(&units).unwrap_or_default();
        let list = match &counted.tariff {
            Tariff::Lengths(lengths) => lengths.lengths[0].price.0.clone(),
            Tariff::Bands { bands, .. } => unit_price(bands.iter().next().unwrap()),
            Tariff::OfPrice { .. } => panic!("no random charge here has one"),
        };
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
        (amount, units)
    }
}

/// How many of what is counted make one unit.
fn per_unit(measure: &Measure, period: Month) -> i128 {
    match measure {
        Measure::Time { unit, .. } | Measure::Schedule { unit, .. } => unit.milliseconds(),
        Measure::AgentTime { unit, .. } => 1000 * unit.milliseconds(),
        Measure::AgentMonths { .. } => period.days(),
        Measure::SaleAmount | Measure::Reported { .. } | Measure::Cost { .. } => 1_000_000_000,
        _ => 1,
    }
}

fn applies(counted: &Counted, class: Class, surcharge: usize) -> bool {
    counted.overlap.applying(&counted.surcharges, class).contains(&surcharge)
}

fn surcharge_share(counted: &Counted, class: Class) -> Exact {
    let positions = (0..counted.surcharges.len()).filter(|position| applies(counted, class, *position));
    sum(positions.map(|position| counted.surcharges[position].share.0.clone()))
}

fn start(band: &Band) -> &Exact {
    match &band.from {
        Bound::Units(quantity) => &quantity.0,
        Bound::OfForecast(_) => panic!("no random charge here has one"),
    }
}

fn reached(bands: &[&Band], volume: &Exact) -> usize {
    let is_reached = |band: &&Band| if band.above { start(band) < volume } else { start(band) <= volume };
    bands.iter().rposition(is_reached).unwrap_or(0)
}

fn unit_price(band: &Band) -> Exact {
    band.block.as_ref().map_or_else(|| band.price.0.clone(), |block| band.price.0.divided_by(&block.size.0).unwrap())
}

/// What units come to in a band, its fee not among it.
fn in_band(band: &Band, units: &Exact) -> Exact {
    let units =
        band.block.as_ref().map_or_else(|| units.clone(), |block| units.rounded_to(&block.size.0, block.partial));
    let amount = &unit_price(band) * &units;
    band.most.as_ref().map_or_else(|| amount.clone(), |most| min(&amount, &most.0).clone())
}

/// How much of a volume lies in each band.
fn within(bands: &[&Band], volume: &Exact) -> Vec<Exact> {
    let part = |position: usize| {
        let from = start(bands[position]);
        let until = bands.get(position + 1).map_or(volume, |next| min(volume, start(next)));
        if from < until { until - from } else { zero() }
    };
    (0..bands.len()).map(part).collect()
}

fn in_bands(bands: &[&Band], volume: &Exact) -> Exact {
    sum(bands.iter().zip(within(bands, volume)).map(|(band, units)| in_band(band, &units)))
}

/// What a volume comes to.
fn total(bands: &[&Band], tiers: Tiers, volume: &Exact) -> Exact {
    let reached = reached(bands, volume);
    match tiers {
        Tiers::Graduated => &in_bands(bands, volume) + &sum(bands[..=reached].iter().map(|band| band.fee.0.clone())),
        Tiers::Volume => &in_band(bands[reached], volume) + &bands[reached].fee.0,
        Tiers::StairStep => bands[reached].fee.0.clone(),
    }
}

/// What a unit cost among those that took the volume from one to another, in a month that ends at a third.
fn marginal(bands: &[&Band], tiers: Tiers, from: &Exact, to: &Exact, end: &Exact) -> Exact {
    let plain =
        |volume: &Exact| sum(bands.iter().zip(within(bands, volume)).map(|(band, units)| &unit_price(band) * &units));
    match tiers {
        Tiers::Graduated => (&plain(to) - &plain(from)).divided_by(&(to - from)).unwrap_or_default(),
        Tiers::Volume => unit_price(bands[reached(bands, end)]),
        Tiers::StairStep => zero(),
    }
}

/// What a unit costs on a day of a month that began at a volume: all units of a day share alike in the bands that the day
/// goes through.
fn of_day(bands: &[&Band], tiers: Tiers, before: &Exact, items: &[Item], day: Date) -> Exact {
    let until = |days: &dyn Fn(Date) -> bool| {
        before + &sum(items.iter().filter(|item| days(item.day)).map(|item| item.units.clone()))
    };
    marginal(bands, tiers, &until(&|other| other < day), &until(&|other| other <= day), &until(&|_| true))
}

fn by_length(Lengths { lengths, whole }: &Lengths, counted: &Counted, units: &Exact) -> (Exact, Exact) {
    let unit = Exact::from(counted.time_unit().unwrap().milliseconds());
    let time = units * &unit;
    let from = |length: &Length| Exact::from(length.start.from.0);
    let stepped = |length: &Length, time: &Exact| time.rounded_to(&Exact::from(length.start.then.0), RoundHow::Up);
    // The bound itself lies in the part before.
    let reached = |time: &Exact| lengths.iter().rposition(|length| from(length) < *time).unwrap_or(0);
    let in_units = |time: &Exact| time.divided_by(&unit).unwrap();
    if *whole {
        let billed = stepped(&lengths[reached(&time)], &time);
        let units = in_units(&billed);
        return (units.clone(), &lengths[reached(&billed)].price.0 * &units);
    }
    let (mut billed, mut amount) = (zero(), zero());
    for (position, length) in lengths.iter().enumerate().filter(|(_, length)| from(length) < time) {
        let until = lengths.get(position + 1).map_or_else(|| time.clone(), |next| min(&from(next), &time).clone());
        let part = in_units(&stepped(length, &(&until - &from(length))));
        amount = &amount + &(&length.price.0 * &part);
        billed = &billed + &part;
    }
    (billed, amount)
}
