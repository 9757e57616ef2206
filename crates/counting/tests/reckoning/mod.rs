//! What a month's invoice comes to, reckoned over a list of what each single row gave.

#![allow(clippy::unwrap_used)]

mod bands;
mod counted;
mod over_lines;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use longshore_contract::{
    Charge, ChargeKind, Class, Contract, Count, Counted, CounterOf, Limit, Measure, Per, Proration, RoundAt, Tariff,
    TimeUnit,
};
use longshore_counting::{Window, oracle};
use longshore_units::{Amount, Exact, Month, Price, Term};

use crate::random::Records;
use counted::{Chosen, Counting};

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

/// A rule looked at something that the records do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown;

/// A version of the contract on its days of a month.
#[derive(Clone, Copy)]
struct Part<'c> {
    version: usize,
    terms: &'c Contract,
    month: Month,
}

impl Part<'_> {
    /// The share of a month's amount: by its days, or all of it with the first terms of the month that have the charge.
    fn share(&self, prorate: Proration, is_first: bool) -> Exact {
        match prorate {
            Proration::Day => share(self.terms.in_force.days_in(self.month), self.month.days()),
            Proration::None => Exact::from(u64::from(is_first)),
        }
    }
}

/// What a charge came to under one version in one month.
#[derive(Clone, Debug, Default)]
struct Billed {
    /// What it adds to the line.
    amount: Exact,
    /// The same before the line is rounded.
    unrounded: Exact,
    /// Before the line's limits and rounding.
    tariff: Exact,
    /// The units that the line's price is of.
    units: Exact,
    /// By group: what was billed for, included units not among it.
    volumes: BTreeMap<String, Exact>,
}

/// The reckoning of a contract, month by month from the first.
pub struct Reckoning<'c> {
    versions: Vec<&'c Contract>,
    term: Term,
    items: BTreeMap<(u16, CounterOf), Vec<Item>>,
    /// What is measured of SLA terms.
    measured: &'c BTreeMap<(String, Month), Exact>,
    /// By charge, month and version.
    billed: BTreeMap<(String, Month, usize), Billed>,
    /// By charge and month: what a unit of the line came to.
    unit_prices: BTreeMap<(String, Month), Exact>,
    /// By charge and pool: included units of earlier months that are left, the oldest first.
    grants: BTreeMap<(String, String), Vec<(Month, Exact)>>,
    /// By name and month: the lines of charges, discounts and credits; and what discounts took off a charge.
    lines: BTreeMap<(String, Month), Exact>,
    taken_off: BTreeMap<(String, Month), Exact>,
    /// By rebate and charge, of which each month is added: what of it was given on the charge.
    rebated: BTreeMap<(String, String), Vec<(Month, Exact)>>,
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
    pub fn new(
        contract: &'c Contract,
        records: &Records,
        measured: &'c BTreeMap<(String, Month), Exact>,
    ) -> Reckoning<'c> {
        let in_force = contract.in_force(None);
        let window = Window::of(&in_force, None).unwrap();
        let counters = in_force.counters();
        let mut items: BTreeMap<(u16, CounterOf), Vec<Item>> = BTreeMap::new();
        for (table, row) in records.batches(1) {
            let counts = oracle::count(&in_force, window, &[(table, row)]).unwrap();
            for (key, count) in counts.iter() {
                let (rows, whole) = match count {
                    Count::Linear { rows, quantity } => (*rows, *quantity),
                    Count::Spectrum(one) => one.first_key_value().map(|(quantity, rows)| (*rows, *quantity)).unwrap(),
                };
                let (group, period, day, class) = (key.group.clone(), key.period, key.day.unwrap(), key.class);
                let of = (key.version, key.counter);
                let units = share(whole, per_unit(&counters[&of].measure, period));
                items.entry(of).or_default().push(Item { group, period, day, class, rows, units });
            }
        }
        Reckoning {
            versions: in_force.versions().to_vec(),
            term: in_force.term(),
            items,
            measured,
            billed: BTreeMap::new(),
            unit_prices: BTreeMap::new(),
            grants: BTreeMap::new(),
            lines: BTreeMap::new(),
            taken_off: BTreeMap::new(),
            rebated: BTreeMap::new(),
        }
    }

    /// Whether some group of a charge has less than nothing under some version in some month.
    pub fn takes_back_more_than_it_sold(&self, charge: &str) -> bool {
        let mut sums: BTreeMap<(usize, Month, &str), Exact> = BTreeMap::new();
        for (version, terms) in self.versions.iter().enumerate() {
            let Some(position) = terms.charge(charge) else { continue };
            for item in self.items.get(&(version as u16, CounterOf::Charge(position))).into_iter().flatten() {
                let sum = sums.entry((version, item.period, &item.group)).or_insert_with(zero);
                *sum = &*sum + &item.units;
            }
        }
        sums.values().any(Exact::is_negative)
    }

    /// What each line of a month comes to; months are asked for in their order.
    pub fn month(&mut self, month: Month) -> Result<BTreeMap<String, Amount>, Unknown> {
        let versions: Vec<&'c Contract> = self.versions.clone();
        let parts = versions.iter().enumerate().filter(|(_, terms)| 0 < terms.in_force.days_in(month));
        let parts: Vec<Part<'c>> = parts.map(|(version, terms)| Part { version, terms, month }).collect();
        let Some(last) = parts.last() else { return Ok(BTreeMap::new()) };
        let mut lines: BTreeMap<String, Exact> = BTreeMap::new();
        for part in &parts {
            for (name, amount) in self.charges(part, &parts, &lines)? {
                let line = lines.entry(name).or_insert_with(zero);
                *line = &*line + &amount;
            }
        }
        for (name, amount) in self.given_back_of_ended(month, &parts) {
            lines.insert(name, amount);
        }
        for (name, amount) in &lines {
            self.lines.insert((name.clone(), month), amount.clone());
        }
        lines.extend(self.over_lines(last.terms, month));
        Ok(lines.into_iter().map(|(name, amount)| (name, Amount(amount))).collect())
    }

    /// What the charges of a version come to on its days. `before` are the lines of the month's earlier versions.
    fn charges(
        &mut self,
        part: &Part<'c>,
        parts: &[Part<'c>],
        before: &BTreeMap<String, Exact>,
    ) -> Result<BTreeMap<String, Exact>, Unknown> {
        let (mut lines, mut chosen) = (BTreeMap::new(), BTreeMap::<usize, Chosen>::new());
        let charges: &'c [Charge] = &part.terms.charges;
        // What follows from others comes after them.
        let rank = |charge: &Charge| match &charge.kind {
            ChargeKind::Counted(Counted { tariff: Tariff::OfPrice { .. }, .. }) => 1,
            ChargeKind::Share(_) => 2,
            _ => 0,
        };
        let mut order: Vec<usize> = (0..charges.len()).collect();
        order.sort_by_key(|position| rank(&charges[*position]));
        for position in order {
            let charge = &charges[position];
            let is_first = !before.contains_key(&charge.name);
            let fixed = |unrounded: Exact| Billed { tariff: unrounded.clone(), unrounded, ..Billed::default() };
            let mut billed = match &charge.kind {
                ChargeKind::Counted(counted) => {
                    let (tariff, by_group) = self.prices(part, counted, &chosen);
                    let of = (part.version as u16, CounterOf::Charge(position));
                    let items = self.items.get(&of).into_iter().flatten().cloned();
                    let items = items.filter(|item| item.period == part.month).collect();
                    let of = Counting { part: *part, charge, counted, tariff: &tariff, by_group: &by_group, is_first };
                    let (billed, own) = self.counted(&of, items)?;
                    chosen.insert(position, own);
                    billed
                }
                ChargeKind::Flat { amount, prorate } => fixed(&amount.0 * &part.share(*prorate, is_first)),
                ChargeKind::FourWeekly { amount } => {
                    // Day by day: on each 28th day after the first one it is due.
                    let days = part.month.first().series(jiff::Span::new().days(1));
                    let days = days.take_while(|day| *day <= part.month.last());
                    let days = days.filter(|day| part.terms.in_force.contains(*day));
                    let is_due = |day: &Date| (*day - part.terms.term.starts).get_days() % 28 == 0;
                    fixed(&amount.0 * &Exact::from(days.filter(is_due).count() as u64))
                }
                ChargeKind::Once { amount, on } => {
                    if Month::of(*on) != part.month || !part.terms.in_force.contains(*on) {
                        continue;
                    }
                    fixed(amount.0.clone())
                }
                ChargeKind::Ratio(ratio) => {
                    // Rounded once over the month; these days have their part of it.
                    let own = self.units_of(part, &charges[ratio.of].name);
                    let whole = sum(parts.iter().map(|part| self.units_of(part, &charges[ratio.of].name)));
                    let units = whole.divided_by(&ratio.one_per.0).unwrap();
                    let units = ratio.round.map_or(units.clone(), |how| units.rounded_to(&Exact::one(), how));
                    let units = &units * &own.divided_by(&whole).unwrap_or_default();
                    let tariff = &ratio.each.0 * &units;
                    Billed {
                        unrounded: self.limited_line(*part, charge, Per::Month, &tariff),
                        tariff,
                        ..Billed::default()
                    }
                }
                ChargeKind::Share(of) => {
                    let base = of.of.iter().filter_map(|other| lines.get(&charges[*other].name));
                    let tariff = &sum(base.cloned()) * &of.share.0;
                    Billed {
                        unrounded: self.limited_line(*part, charge, Per::Month, &tariff),
                        tariff,
                        ..Billed::default()
                    }
                }
            };
            let earlier =
                || parts.iter().filter_map(|part| self.billed.get(&(charge.name.clone(), part.month, part.version)));
            // The month's line is rounded once: what these days add is what it comes to now, less what it came to.
            let whole = &sum(earlier().map(|billed| billed.unrounded.clone())) + &billed.unrounded;
            let before = sum(earlier().map(|billed| billed.amount.clone()));
            billed.amount = &self.rounded(part.terms, charge, whole) - &before;
            let of_month = |billed: &Billed| (billed.amount.clone(), billed.units.clone());
            let earlier = earlier();
            let (amounts, units): (Vec<Exact>, Vec<Exact>) = earlier.chain([&billed]).map(of_month).unzip();
            self.billed.insert((charge.name.clone(), part.month, part.version), billed.clone());
            if let Some(price) = sum(amounts).divided_by(&sum(units)) {
                self.unit_prices.insert((charge.name.clone(), part.month), price);
            }
            let last = parts.iter().rev().find(|part| part.terms.charge(&charge.name).is_some()).unwrap();
            if last.version == part.version {
                let back = self.rounded(part.terms, charge, self.given_back(part.month, &charge.name));
                billed.amount = &billed.amount + &back;
            }
            lines.insert(charge.name.clone(), billed.amount);
        }
        Ok(lines)
    }

    /// What units of a charge cost: its own price, or a share of another's, by group where the other has one for each.
    fn prices(
        &self,
        part: &Part<'c>,
        counted: &Counted,
        chosen: &BTreeMap<usize, Chosen>,
    ) -> (Tariff, BTreeMap<String, Tariff>) {
        let Tariff::OfPrice { share, of } = &counted.tariff else { return (counted.tariff.clone(), BTreeMap::new()) };
        let other = part.terms.counted(*of).unwrap();
        let length = |unit: Option<TimeUnit>| Exact::from(unit.map_or(1, TimeUnit::milliseconds));
        let hours = length(counted.time_unit()).divided_by(&length(other.time_unit())).unwrap();
        let price = |price: &Exact| Tariff::flat(Price(&(price * &share.0) * &hours));
        let Tariff::Bands { bands, .. } = &other.tariff else { panic!("a price is by volume") };
        let first = bands.iter().next().unwrap();
        let list =
            first.block.as_ref().map_or_else(|| first.price.0.clone(), |_| panic!("no price of blocks is shared"));
        let by_group: BTreeMap<String, Tariff> =
            chosen[of].iter().map(|(group, chosen)| (group.clone(), price(chosen))).collect();
        match other.scope {
            longshore_contract::Scope::Contract => {
                (by_group.get("").cloned().unwrap_or_else(|| price(&list)), BTreeMap::new())
            }
            _ => (price(&list), by_group),
        }
    }

    /// All units of a charge on a version's days.
    fn units_of(&self, part: &Part<'_>, charge: &str) -> Exact {
        let Some(position) = part.terms.charge(charge) else { return zero() };
        let items = self.items.get(&(part.version as u16, CounterOf::Charge(position))).into_iter().flatten();
        sum(items.filter(|item| item.period == part.month).map(|item| item.units.clone()))
    }

    /// A charge's amount, rounded unless only the invoice is.
    fn rounded(&self, terms: &Contract, charge: &Charge, amount: Exact) -> Exact {
        let rule = terms.rounding_of(charge);
        if rule.at == RoundAt::Invoice { amount } else { Amount(amount).rounded(&rule.rounding).0 }
    }

    /// What a charge left under earlier versions and in earlier months of the period.
    fn earlier<'s>(&'s self, part: Part<'_>, charge: &'s str, per: Per) -> impl Iterator<Item = &'s Billed> {
        let (first, _) = per.period(self.term, part.month);
        let before =
            move |month: Month, version: usize| first <= month && (month, version) < (part.month, part.version);
        let of = self.billed.iter().filter(move |((name, ..), _)| name == charge);
        of.filter(move |((_, month, version), _)| before(*month, *version)).map(|(_, billed)| billed)
    }

    /// What a group was billed for earlier in the period. None if it never was.
    fn earlier_volume(&self, part: Part<'_>, charge: &Charge, per: Per, group: &str) -> Option<Exact> {
        let volumes = self.earlier(part, &charge.name, per).filter_map(|billed| billed.volumes.get(group));
        volumes.cloned().reduce(|sum, volume| &sum + &volume)
    }

    /// A line under its discount, cap and minimum over its period, less what it was before; not rounded.
    fn limited_line(&self, part: Part<'_>, charge: &Charge, per: Per, tariff: &Exact) -> Exact {
        let earlier = sum(self.earlier(part, &charge.name, per).map(|billed| billed.tariff.clone()));
        let (_, last) = per.period(self.term, part.month);
        let later = self
            .versions
            .iter()
            .enumerate()
            .skip(part.version + 1)
            .any(|(_, terms)| 0 < terms.in_force.days_in(part.month) && terms.charge(&charge.name).is_some());
        let now = limited(charge, &(&earlier + tariff), last == Some(part.month) && !later);
        &now - &limited(charge, &earlier, false)
    }

    /// Below 0: the time of agents who left this month, at what it was billed at. It was counted under the terms of its day.
    fn given_back(&self, month: Month, charge: &str) -> Exact {
        let of_version = |version: usize| {
            let position = self.versions[version].charge(charge)?;
            self.items.get(&(version as u16, CounterOf::Refund(position)))
        };
        let items = (0..self.versions.len()).filter_map(of_version).flatten();
        let of_month = items.filter(|item| item.period == month && !item.units.is_zero());
        -&sum(of_month.map(|item| &self.unit_prices[&(charge.to_owned(), Month::of(item.day))] * &item.units))
    }

    /// What is given back of charges that have ended before.
    fn given_back_of_ended(&self, month: Month, parts: &[Part<'c>]) -> Vec<(String, Exact)> {
        let names: BTreeSet<&String> =
            self.versions.iter().flat_map(|terms| terms.charges.iter().map(|charge| &charge.name)).collect();
        let ended = names.into_iter().filter(|name| parts.iter().all(|part| part.terms.charge(name).is_none()));
        let line = |name: &String| {
            let terms = self.versions.iter().rev().find(|terms| terms.charge(name).is_some())?;
            let charge = &terms.charges[terms.charge(name)?];
            let amount = self.rounded(terms, charge, self.given_back(month, name));
            (!amount.is_zero()).then(|| (name.clone(), amount))
        };
        ended.filter_map(line).collect()
    }
}

/// A period's amount under the line's discount, cap and minimum.
fn limited(charge: &Charge, amount: &Exact, ends: bool) -> Exact {
    let limits = &charge.limits;
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

/// How many of what is counted make one unit.
fn per_unit(measure: &Measure, period: Month) -> i128 {
    match measure {
        Measure::Time { unit, .. } | Measure::Schedule { unit, .. } => unit.milliseconds(),
        Measure::AgentTime { unit, .. } => 1000 * unit.milliseconds(),
        Measure::AgentMonths { .. } => period.days(),
        Measure::SaleAmount | Measure::Reported { .. } | Measure::Cost { .. } => 1_000_000_000,
        Measure::Forecast { unit } => 1_000_000 * unit.map_or(1, TimeUnit::milliseconds),
        _ => 1,
    }
}
