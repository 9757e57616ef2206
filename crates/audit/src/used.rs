//! From an invoice's own quantities to what the contract calls usage.

use std::collections::{BTreeMap, BTreeSet};

use longshore_contract::{
    ChargeKind, Class, Contract, Counted, CounterOf, InForce, LineKind, Scope, Tariff, UsageKey, Used,
};
use longshore_units::{Exact, Factor, Month, Quantity};

use crate::explain::absolute;
use crate::included::Free;
use crate::item::{Item, Names};
use crate::unit::conversion;
use crate::{BilledLine, LinePart, Period};

/// A line that is believed as far as its quantity goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken<'i> {
    pub invoice: usize,
    pub line: &'i BilledLine,
    pub item: &'i Item,
    pub month: Month,
    /// The days of its invoice.
    pub period: Period,
}

impl Taken<'_> {
    /// The days it names, or its invoice does where these are no whole month.
    fn days(&self) -> Option<Period> {
        self.line.period.or(Some(self.period).filter(|period| !period.is_whole_month()))
    }
}

/// What lines say of one charge's units in a month, under one version of the contract.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stated {
    pub version: usize,
    /// The charge's position in that version.
    pub charge: usize,
    pub month: Month,
    pub units: Vec<Units>,
    /// Whether a line names no days of this version alone: it holds what was used under the month's other versions too.
    pub is_of_month: bool,
    /// By what shares the charge's bands: how many contacts.
    rows: BTreeMap<String, u64>,
}

/// What shares a charge's bands, and the surcharges that its units bear.
pub(crate) type Place = (String, Class);

/// The units of one line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Units {
    pub kind: UnitsKind,
    pub place: Place,
    /// The program or site that the line names, whether or not it shares the charge's bands.
    pub group: String,
    /// Below 0 where the line takes units back.
    pub quantity: Quantity,
    /// Whether the line asks for nothing.
    pub is_unpaid: bool,
}

/// What a line's units are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitsKind {
    /// Units that were used.
    Used,
    /// Used, at a price of 0.
    Free,
    /// What is used beyond the included units.
    Beyond,
    /// Units of other lines that bear a surcharge.
    Surcharged,
}

/// What lines say was used of each charge by quantity. Of corrections, which have no units, nothing is said.
pub(crate) fn stated(
    in_force: &InForce<'_>,
    names: &Names,
    lines: &[Taken<'_>],
    corrections: &BTreeSet<usize>,
) -> Vec<Stated> {
    let mut stated: Vec<Stated> = Vec::new();
    let of_units = |(at, taken): &(usize, &Taken<'_>)| taken.item.kind == LineKind::Charge && !corrections.contains(at);
    for (_, taken) in lines.iter().enumerate().filter(of_units) {
        let Some((version, terms)) = version(in_force, names, taken) else { continue };
        let Some(charge) = names.position(terms, &taken.item.name) else { continue };
        let ChargeKind::Counted(counted) = &terms.charges[charge].kind else { continue };
        let of = (version, charge, taken.month);
        let known = stated.iter().position(|stated| (stated.version, stated.charge, stated.month) == of);
        let known = known.unwrap_or_else(|| {
            let (units, rows) = (Vec::new(), BTreeMap::new());
            stated.push(Stated { version, charge, month: taken.month, units, is_of_month: false, rows });
            stated.len() - 1
        });
        stated[known].is_of_month |= by_days(in_force, taken).is_none();
        stated[known].add(taken.line, counted);
    }
    for stated in &mut stated {
        let charge = &in_force.versions()[stated.version].charges[stated.charge];
        let has_included = matches!(&charge.kind, ChargeKind::Counted(counted) if counted.included.is_some());
        stated.leave_out_total(has_included);
    }
    stated.sort_by_key(|stated| (stated.month, stated.version, stated.charge));
    stated
}

/// The charges of which a month's lines ask for units and none says how many: what they owe hangs on what nobody shows.
pub(crate) fn uncounted(lines: &[Taken<'_>]) -> BTreeSet<(Month, Item)> {
    let is_of_units = |taken: &&Taken<'_>| {
        taken.item.kind == LineKind::Charge && matches!(taken.line.part, LinePart::Units | LinePart::Overage)
    };
    let asking = || lines.iter().filter(is_of_units).filter(|taken| !taken.line.amount.is_zero());
    let of = |taken: &Taken<'_>| (taken.month, taken.item.clone());
    let counted: BTreeSet<(Month, Item)> = asking().filter(|taken| taken.line.quantity.is_some()).map(of).collect();
    let without = asking().filter(|taken| taken.line.quantity.is_none() && !taken.line.amount.0.is_negative());
    without.map(of).filter(|of| !counted.contains(of)).collect()
}

/// The version that is in force on all of the line's days. Where the days do not tell, that of its month whose price it shows or
/// comes closest to; otherwise the first.
pub(crate) fn version<'c>(in_force: &InForce<'c>, names: &Names, taken: &Taken<'_>) -> Option<(usize, &'c Contract)> {
    by_days(in_force, taken)
        .or_else(|| by_price(in_force, names, taken))
        .or_else(|| in_force.of_month(taken.month).next())
}

/// The only version that is in force on the days a line names.
pub(crate) fn by_days<'c>(in_force: &InForce<'c>, taken: &Taken<'_>) -> Option<(usize, &'c Contract)> {
    let days = taken.days()?;
    let is = |terms: &Contract| terms.in_force.contains(days.first()) && terms.in_force.contains(days.last());
    in_force.of_month(taken.month).find(|(_, terms)| is(terms))
}

/// The only version of a line's month to whose prices that of the line comes closest.
fn by_price<'c>(in_force: &InForce<'c>, names: &Names, taken: &Taken<'_>) -> Option<(usize, &'c Contract)> {
    let shown = taken.line.price.as_ref().map(|shown| absolute(&shown.price.0)).filter(|price| !price.is_zero())?;
    let distances = in_force.of_month(taken.month).filter_map(|(version, terms)| {
        let charge = &terms.charges[names.position(terms, &taken.item.name)?];
        let ChargeKind::Counted(counted) = &charge.kind else { return None };
        let distance = prices(counted, taken.line).iter().map(|price| absolute(&(price - &shown))).min()?;
        Some((distance, (version, terms)))
    });
    let distances: Vec<(Exact, (usize, &'c Contract))> = distances.collect();
    let least = distances.iter().map(|(distance, _)| distance).min()?;
    let mut closest = distances.iter().filter(|(distance, _)| distance == least).map(|(_, version)| *version);
    let first = closest.next()?;
    closest.next().is_none().then_some(first)
}

/// Whether a charge's units cost what a line shows, with the surcharges that it names.
fn costs(counted: &Counted, line: &BilledLine) -> bool {
    let Some(shown) = &line.price else { return false };
    prices(counted, line).contains(&absolute(&shown.price.0))
}

/// What a unit of a line, as the provider counts it, may cost by a charge's bands, with the surcharges that the line names.
pub(crate) fn prices(counted: &Counted, line: &BilledLine) -> Vec<Exact> {
    let Tariff::Bands { bands, .. } = &counted.tariff else { return Vec::new() };
    let class = class(line, counted);
    let borne = counted.surcharges.iter().enumerate().filter(|(position, _)| class.has(*position));
    let share = borne.fold(Exact::zero(), |sum, (_, surcharge)| &sum + &surcharge.share.0);
    let extra = &bands.list_price().0 * &share;
    let factor = line.unit.as_deref().and_then(|unit| conversion(unit, counted.unit())).unwrap_or(Factor::one());
    let of_band = |price: &Exact| if line.part == LinePart::Surcharge { extra.clone() } else { price + &extra };
    bands.iter().map(|band| &of_band(&band.price.0) * &factor.0).collect()
}

/// What is billed of a charge in a month: the prices shown, and the first invoice.
struct Prices<'i> {
    shown: BTreeSet<Exact>,
    first: &'i Taken<'i>,
}

/// Which lines give back money of a price, and no units: they show a price below 0, or beside a month that an earlier invoice
/// bills one that neither the contract nor what is billed has. `10000 × −0.02` mends a price that was 0.02 too high.
///
/// Or they ask for more of it: as many units as earlier invoices bill, at a price below any of the contract's. Where those
/// units were taken back, they are billed anew.
pub(crate) fn corrections(in_force: &InForce<'_>, names: &Names, lines: &[Taken<'_>]) -> BTreeSet<usize> {
    let mut billed: BTreeMap<(&Item, Month), Prices<'_>> = BTreeMap::new();
    for taken in lines.iter().filter(|taken| !taken.line.amount.0.is_negative()) {
        let of = billed.entry((taken.item, taken.month));
        let of = of.or_insert_with(|| Prices { shown: BTreeSet::new(), first: taken });
        of.shown.extend(taken.line.price.as_ref().map(|shown| absolute(&shown.price.0)));
    }
    let corrects = |taken: &Taken<'_>| {
        let of_same = billed.get(&(taken.item, taken.month));
        of_same.is_some_and(|of_same| corrects_price(in_force, names, taken, of_same))
    };
    let mut corrections: BTreeSet<usize> =
        lines.iter().enumerate().filter(|(_, taken)| corrects(taken)).map(|(at, _)| at).collect();
    for (at, taken) in lines.iter().enumerate() {
        // What earlier lines were found to correct bills no units, and is not taken back with them.
        if asks_for_more(in_force, names, taken, lines) && !is_taken_back(taken, lines, &corrections) {
            corrections.insert(at);
        }
    }
    corrections
}

/// Whether all units that earlier invoices bill are taken back by these or by the line's own invoice, wherever on it.
fn is_taken_back(taken: &Taken<'_>, lines: &[Taken<'_>], corrections: &BTreeSet<usize>) -> bool {
    let is_credit = |line: &BilledLine| line.amount.0.is_negative();
    let is_of_units = |(at, other): &(usize, &Taken<'_>)| {
        (other.item, other.month) == (taken.item, taken.month)
            && matches!(other.line.part, LinePart::Units | LinePart::Overage)
            && (other.invoice < taken.invoice || (other.invoice == taken.invoice && is_credit(other.line)))
            && !corrections.contains(at)
    };
    let left: Quantity = lines.iter().enumerate().filter(is_of_units).map(|(_, other)| signed(other.line)).sum();
    left <= Quantity::zero()
}

fn corrects_price(in_force: &InForce<'_>, names: &Names, taken: &Taken<'_>, billed: &Prices<'_>) -> bool {
    let (line, Some(shown)) = (taken.line, &taken.line.price) else { return false };
    let is_back = line.amount.0.is_negative() && line.quantity.is_some();
    let is_of_units = taken.item.kind == LineKind::Charge && matches!(line.part, LinePart::Units | LinePart::Overage);
    let is_billed_before = billed.first.invoice < taken.invoice;
    let may_correct = shown.price.0.is_negative() || is_billed_before;
    if !is_back || !is_of_units || !may_correct || billed.shown.contains(&absolute(&shown.price.0)) {
        return false;
    }
    let mut priced = in_force.of_month(taken.month).filter_map(|(_, terms)| {
        let position = names.position(terms, &taken.item.name)?;
        let ChargeKind::Counted(counted) = &terms.charges[position].kind else { return None };
        Some((terms, position, counted))
    });
    // An index moves prices, and a credit beside included units may be for those, at whatever price.
    priced.all(|(terms, position, counted)| {
        let is_indexed = terms.indexes.iter().any(|index| index.on.contains(&position));
        matches!(counted.tariff, Tariff::Bands { .. })
            && !costs(counted, line)
            && (shown.price.0.is_negative() || !is_indexed)
            && (is_billed_before || counted.included.is_none())
    })
}

fn asks_for_more(in_force: &InForce<'_>, names: &Names, taken: &Taken<'_>, lines: &[Taken<'_>]) -> bool {
    let (Some(shown), Some(quantity)) = (&taken.line.price, &taken.line.quantity) else { return false };
    let is_of_units = |line: &BilledLine| matches!(line.part, LinePart::Units | LinePart::Overage);
    let is_before = |other: &&Taken<'_>| {
        (other.item, other.month) == (taken.item, taken.month)
            && other.invoice < taken.invoice
            && other.line.price.is_some()
            && is_of_units(other.line)
    };
    let before = || lines.iter().filter(is_before).filter_map(|other| other.line.quantity.clone());
    let is_as_many = before().any(|one| one == *quantity) || before().sum::<Quantity>() == *quantity;
    let mut charges = in_force.of_month(taken.month).filter_map(|(_, terms)| {
        let position = names.position(terms, &taken.item.name)?;
        terms.counted(position)
    });
    taken.item.kind == LineKind::Charge
        && is_of_units(taken.line)
        && !taken.line.amount.0.is_negative()
        && Exact::zero() < shown.price.0
        && is_as_many
        && charges.all(|counted| match &counted.tariff {
            Tariff::Bands { bands, .. } => bands.is_plain() && bands.iter().all(|band| shown.price < band.price),
            Tariff::Lengths(_) | Tariff::OfPrice { .. } => false,
        })
}

impl Stated {
    fn add(&mut self, line: &BilledLine, counted: &Counted) {
        let shared = match counted.scope {
            Scope::Contract => String::new(),
            Scope::Program | Scope::Site => line.group.clone(),
        };
        let quantity = quantity(line, counted);
        let mut rows = line.rows.unwrap_or(0);
        let kind = match line.part {
            LinePart::Units if is_free(line) => Some(UnitsKind::Free),
            LinePart::Units => Some(UnitsKind::Used),
            // A credit gives back what other lines bill, and no unit is used by it.
            LinePart::Included => (!line.amount.0.is_negative()).then_some(UnitsKind::Free),
            LinePart::Overage => Some(UnitsKind::Beyond),
            LinePart::Surcharge => Some(UnitsKind::Surcharged),
            LinePart::Fee => None,
            LinePart::ConnectFee => {
                rows = quantity.0.to_i128().and_then(|contacts| u64::try_from(contacts).ok()).unwrap_or(0);
                None
            }
        };
        let all = self.rows.entry(shared.clone()).or_default();
        *all = match line.part {
            LinePart::ConnectFee | LinePart::Units | LinePart::Overage => all.saturating_add(rows),
            LinePart::Included | LinePart::Surcharge | LinePart::Fee => *all,
        };
        self.units.extend(kind.filter(|_| line.quantity.is_some()).map(|kind| Units {
            kind,
            place: (shared, class(line, counted)),
            group: line.group.clone(),
            quantity,
            is_unpaid: line.amount.is_zero(),
        }));
    }

    /// Leaves out a line that asks for nothing and holds the sum of all others: `total minutes`. Beside a single other line
    /// of as many units it may have the included ones, if there are any.
    fn leave_out_total(&mut self, has_included: bool) {
        let least = if has_included { 2 } else { 1 };
        let is_unit = |units: &&Units| units.kind != UnitsKind::Surcharged && !units.quantity.is_zero();
        let sum: Quantity = self.units.iter().filter(is_unit).map(|units| units.quantity.clone()).sum();
        let may_be = |units: &Units| {
            matches!(units.kind, UnitsKind::Used | UnitsKind::Free)
                && units.is_unpaid
                && units.place.1 == Class::default()
                && is_unit(&units)
                && &units.quantity + &units.quantity == sum
        };
        let Some(at) = self.units.iter().position(may_be) else { return };
        let others = self.units.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, units)| units);
        let others: Vec<&Units> = others.filter(is_unit).collect();
        let group = &self.units[at].group;
        let of_all = group.is_empty() || others.iter().all(|units| units.group == *group);
        if of_all && least <= others.len() {
            self.units.remove(at);
        }
    }

    /// Whether lines say how many units were used: those that say that none was beyond the included ones do not.
    pub fn says_used(&self) -> bool {
        let of = |kind: UnitsKind| self.units.iter().any(|units| units.kind == kind);
        let is_beyond = |units: &Units| units.kind == UnitsKind::Beyond && !units.quantity.is_zero();
        of(UnitsKind::Used) || of(UnitsKind::Free) || self.units.iter().any(is_beyond)
    }

    /// That none of a charge was used beyond the included units, by each of these groups.
    pub fn none_beyond(version: usize, charge: usize, month: Month, groups: &[String]) -> Stated {
        let of_group = |group: &String| Units {
            kind: UnitsKind::Beyond,
            place: (group.clone(), Class::default()),
            group: group.clone(),
            quantity: Quantity::zero(),
            is_unpaid: true,
        };
        let units = groups.iter().map(of_group).collect();
        Stated { version, charge, month, units, is_of_month: false, rows: BTreeMap::new() }
    }

    /// Whether how many units were used hangs on how many of them are free.
    pub fn needs_free(&self) -> bool {
        self.units.iter().any(|units| units.kind != UnitsKind::Used || units.quantity < Quantity::zero())
    }

    /// What was used, where so many units are free.
    pub fn used(&self, counted: &Counted, free: &Free) -> Vec<(UsageKey, Used)> {
        let mut rows = self.rows.clone();
        let used = free.used(&self.units, counted.included.as_ref());
        let used = used.into_iter().map(|((group, class), quantity)| {
            let rows = rows.remove(&group).unwrap_or(0);
            (self.key(group, class), Used::Sum { rows, quantity })
        });
        let used: Vec<(UsageKey, Used)> = used.collect();
        let more = rows.into_iter().filter(|(_, rows)| 0 < *rows);
        let more = more
            .map(|(group, rows)| (self.key(group, Class::default()), Used::Sum { rows, quantity: Quantity::zero() }));
        used.into_iter().chain(more).collect()
    }

    /// Where units of a place stand in the usage.
    pub fn key(&self, group: String, class: Class) -> UsageKey {
        UsageKey {
            version: self.version as u16, // A contract has fewer amendments.
            counter: CounterOf::Charge(self.charge),
            period: self.month,
            group,
            day: None,
            class,
        }
    }
}

/// Whether a line says that its units cost nothing.
pub(crate) fn is_free(line: &BilledLine) -> bool {
    line.amount.is_zero() && line.price.as_ref().is_some_and(|shown| shown.price.0.is_zero())
}

/// A line's quantity in the charge's unit; below 0 where the line takes units back.
fn quantity(line: &BilledLine, counted: &Counted) -> Quantity {
    let factor = line.unit.as_deref().and_then(|unit| conversion(unit, counted.unit())).unwrap_or(Factor::one());
    &signed(line) * &factor
}

/// A line's quantity in the unit that it shows; below 0 where the line takes units back. A net amount below 0, without a price,
/// may be a rebate that is more than the month's units cost: it takes none back.
fn signed(line: &BilledLine) -> Quantity {
    let quantity = line.quantity.clone().unwrap_or_default();
    let is_credit = line.amount.0.is_negative() && line.price.is_some() && !quantity.0.is_negative();
    if is_credit { Quantity(-&quantity.0) } else { quantity }
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
    lines.iter().filter(is_units).map(|line| quantity(line, counted)).sum()
}

/// How many units lines take as free, by a line of their own or a credit; none where no line does.
pub(crate) fn taken_as_free(lines: &[&BilledLine], counted: &Counted) -> Option<Quantity> {
    let is_taken = |line: &&&BilledLine| line.part == LinePart::Included || is_free(line);
    let taken = lines.iter().filter(is_taken).map(|line| {
        let quantity = quantity(line, counted);
        if quantity.0.is_negative() { Quantity(-&quantity.0) } else { quantity }
    });
    taken.reduce(|sum, more| &sum + &more)
}
