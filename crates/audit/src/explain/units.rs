//! Units as the invoice lays them out, beside the bands and days of the contract.

use std::collections::{BTreeMap, BTreeSet};

use longshore_contract::{Contract, Counted, DetailKind, Scope, Tariff};
use longshore_units::{Amount, Factor, Price, Quantity};

use super::Case;
use super::arithmetic::rounded;
use super::price::{Shown, is_rounded, written};
use crate::unit::conversion;
use crate::used::is_free;
use crate::{BilledLine, Cause, LinePart};

/// Units of one price: of the contract, or of the invoice.
#[derive(Clone, Debug)]
struct Units {
    /// Its place among those of its kind.
    at: usize,
    group: String,
    /// In the contract's unit.
    quantity: Quantity,
    /// Of one of the contract's units.
    price: Price,
}

/// Units that a line of the invoice bills.
#[derive(Clone, Debug)]
struct Billed<'a> {
    units: Units,
    lines: Vec<&'a BilledLine>,
    /// What they come to by the price that is shown.
    amount: Amount,
}

/// What is wrong with the units that lines bill, line by line at a price of its own, where the contract has several prices:
/// units of a band or of certain days at another price, or laid into other bands. `None` where the lines do not show it.
pub(super) fn shown(case: &Case<'_, '_>) -> Option<Vec<Shown>> {
    let terms = case.terms()?;
    let counted = case.counted(terms)?;
    let (mut billed, mut owed) = (billed(case, counted)?, owed(case));
    let prices: BTreeSet<&Price> = owed.iter().map(|units| &units.price).collect();
    if prices.len() < 2 || total(billed.iter().map(|billed| &billed.units)) != total(&owed) {
        return None;
    }
    let mut found = Vec::new();
    for join in [false, true] {
        if join {
            (billed, owed) = (joined(billed), joined_units(owed));
        }
        let at_price = |billed: &Billed<'_>, owed: &Units| is_at_price(billed, owed, counted);
        paired(&mut billed, &mut owed, at_price);
        for (billed, owed) in paired(&mut billed, &mut owed, |_, _| true) {
            found.push(at_another_price(case, &billed, &owed.price));
        }
    }
    if !billed.is_empty() {
        found.push(otherwise_laid(case, counted, &billed, &owed));
    }
    Some(found)
}

/// The units that lines bill at a price that they show. `None` where others bill units otherwise.
fn billed<'a>(case: &Case<'a, '_>, counted: &Counted) -> Option<Vec<Billed<'a>>> {
    let is_of_units = |line: &&&BilledLine| match line.part {
        LinePart::Units | LinePart::Overage => !line.amount.is_zero() || !is_free(line),
        LinePart::Included => line.amount.0.is_negative(),
        LinePart::Surcharge | LinePart::Fee | LinePart::ConnectFee => false,
    };
    case.lines.iter().filter(is_of_units).map(|line| of_line(case, counted, line)).collect()
}

fn of_line<'a>(case: &Case<'a, '_>, counted: &Counted, line: &'a BilledLine) -> Option<Billed<'a>> {
    let (quantity, shown) = (line.quantity.as_ref()?, line.price.as_ref()?);
    let is_below_0 = quantity.0.is_negative() || shown.price.0.is_negative() || line.amount.0.is_negative();
    if is_below_0 || !line.surcharges.is_empty() || case.corrections.contains(&line.number) {
        return None;
    }
    let factor = line.unit.as_deref().map_or(Some(Factor::one()), |unit| conversion(unit, counted.unit()))?;
    let price = Price(shown.price.0.divided_by(&factor.0)?);
    let group = if counted.scope == Scope::Contract { String::new() } else { line.group.clone() };
    let units = Units { at: line.number, group, quantity: quantity * &factor, price };
    Some(Billed { units, lines: vec![line], amount: rounded(case, &(&shown.price * quantity)) })
}

/// The units that the contract prices, each group, band and version of the terms by itself.
fn owed(case: &Case<'_, '_>) -> Vec<Units> {
    let details = case.contract_lines().iter().flat_map(|line| &line.detail);
    let of_units = details.filter(|detail| detail.kind == DetailKind::Units).enumerate().filter_map(|(at, detail)| {
        let (quantity, price) = (detail.quantity.clone()?, detail.price.clone()?);
        (!quantity.is_zero()).then(|| Units { at, group: detail.group.clone(), quantity, price })
    });
    of_units.collect()
}

fn total<'u>(units: impl IntoIterator<Item = &'u Units>) -> Quantity {
    units.into_iter().map(|units| units.quantity.clone()).sum()
}

/// Takes out what bills just as many units of a group as the contract has at one price, where the two fit.
fn paired<'a>(
    billed: &mut Vec<Billed<'a>>,
    owed: &mut Vec<Units>,
    fits: impl Fn(&Billed<'a>, &Units) -> bool,
) -> Vec<(Billed<'a>, Units)> {
    let mut open: BTreeMap<(String, Quantity), Vec<Units>> = BTreeMap::new();
    for units in owed.drain(..) {
        open.entry((units.group.clone(), units.quantity.clone())).or_default().push(units);
    }
    let (mut pairs, mut left) = (Vec::new(), Vec::new());
    for billed in billed.drain(..) {
        let same = open.get_mut(&(billed.units.group.clone(), billed.units.quantity.clone()));
        let fitting = same.and_then(|same| {
            let position = same.iter().position(|owed| fits(&billed, owed))?;
            Some(same.remove(position))
        });
        match fitting {
            Some(owed) => pairs.push((billed, owed)),
            None => left.push(billed),
        }
    }
    *billed = left;
    *owed = open.into_values().flatten().collect();
    owed.sort_by_key(|units| units.at);
    pairs
}

/// Lines of one group and price together: a band may be billed by the week or the program.
fn joined(billed: Vec<Billed<'_>>) -> Vec<Billed<'_>> {
    let mut joined: BTreeMap<(String, Price), Billed<'_>> = BTreeMap::new();
    for billed in billed {
        let place = (billed.units.group.clone(), billed.units.price.clone());
        match joined.get_mut(&place) {
            Some(known) => {
                known.units.quantity += &billed.units.quantity;
                known.amount += &billed.amount;
                known.lines.extend(billed.lines);
            }
            None => {
                joined.insert(place, billed);
            }
        }
    }
    let mut joined: Vec<Billed<'_>> = joined.into_values().collect();
    joined.sort_by_key(|billed| billed.units.at);
    joined
}

/// The same of the contract's units.
fn joined_units(owed: Vec<Units>) -> Vec<Units> {
    let mut joined: BTreeMap<(String, Price), Units> = BTreeMap::new();
    for units in owed {
        let known = joined.entry((units.group.clone(), units.price.clone()));
        known.and_modify(|known| known.quantity += &units.quantity).or_insert(units);
    }
    let mut joined: Vec<Units> = joined.into_values().collect();
    joined.sort_by_key(|units| units.at);
    joined
}

/// Whether lines show the price of these units, rounded perhaps.
fn is_at_price(billed: &Billed<'_>, owed: &Units, counted: &Counted) -> bool {
    billed.lines.iter().all(|line| {
        let factor = line.unit.as_deref().and_then(|unit| conversion(unit, counted.unit())).unwrap_or(Factor::one());
        let asked = line.price.as_ref().zip(line.quantity.as_ref()).map(|(shown, quantity)| &shown.price * quantity);
        let expected = &owed.price * &factor;
        let is_asked = asked.is_some_and(|asked| asked == line.amount);
        line.price.as_ref().is_some_and(|shown| shown.price == expected || !is_asked && is_rounded(shown, &expected))
    })
}

/// As many units as the contract has at one price, at another.
fn at_another_price(case: &Case<'_, '_>, billed: &Billed<'_>, expected: &Price) -> Shown {
    let line = billed.lines[0];
    let days = line.period.map_or(String::new(), |period| format!(" for {period}"));
    let origin = origin(case, &billed.units.price, line).map_or(String::new(), |origin| format!(" ({origin})"));
    let how = format!(
        "line {} bills {} a unit{days}{origin}, and the contract has {} for these {}",
        line.number,
        written(&billed.units.price),
        written(expected),
        billed.units.quantity.0.to_decimal(6)
    );
    let owed = rounded(case, &(expected * &billed.units.quantity));
    let lines = billed.lines.iter().map(|line| line.number).collect();
    Shown { cause: Cause::Price, amount: &billed.amount - &owed, how, lines, is_certain: true }
}

/// Units in other bands than the contract has them, or at a price that is none of its own.
fn otherwise_laid(case: &Case<'_, '_>, counted: &Counted, billed: &[Billed<'_>], owed: &[Units]) -> Shown {
    let mut prices: BTreeSet<&Price> = owed.iter().map(|units| &units.price).collect();
    if let Tariff::Bands { bands, .. } = &counted.tariff {
        prices.extend(bands.iter().map(|band| &band.price));
    }
    let is_of_contract = billed.iter().all(|billed| prices.contains(&billed.units.price));
    let list = |units: &mut dyn Iterator<Item = &Units>| {
        let one = |units: &Units| format!("{} at {}", units.quantity.0.to_decimal(6), written(&units.price));
        units.map(one).collect::<Vec<_>>().join(", ")
    };
    let how = format!(
        "the invoice lays the volume into bands as {}, the contract as {}",
        list(&mut billed.iter().map(|billed| &billed.units)),
        list(&mut owed.iter())
    );
    let asked: Amount = billed.iter().map(|billed| billed.amount.clone()).sum();
    let exact: Amount = owed.iter().map(|units| &units.price * &units.quantity).sum();
    // Where both the bands and the prices are others, only all of it together is certain.
    let cause = if is_of_contract { Cause::Tier } else { Cause::Price };
    let is_certain = is_of_contract || billed.len() == 1;
    let lines = billed.iter().flat_map(|billed| &billed.lines).map(|line| line.number).collect();
    Shown { cause, amount: &asked - &rounded(case, &exact), how, lines, is_certain }
}

/// Where else the contract has a price: under other terms, or in another band.
fn origin(case: &Case<'_, '_>, price: &Price, line: &BilledLine) -> Option<String> {
    let has_price = |terms: &Contract| {
        let counted = case.counted(terms);
        counted.is_some_and(|counted| match &counted.tariff {
            Tariff::Bands { bands, .. } => bands.iter().any(|band| band.price == *price),
            _ => false,
        })
    };
    let on = line.period.map_or(case.month.last(), |period| period.first());
    let versions = case.owed.in_force.versions();
    let known = versions.iter().filter(|terms| has_price(terms)).collect::<Vec<_>>();
    if known.is_empty() {
        return None;
    }
    if known.iter().any(|terms| terms.in_force.contains(on)) {
        return Some("the price of another band".to_owned());
    }
    let before = known.iter().rev().find_map(|terms| terms.in_force.ends.filter(|ends| *ends < on));
    let after = known.iter().map(|terms| terms.in_force.starts).find(|starts| on < *starts);
    before.map(|ends| format!("the price until {ends}")).or(after.map(|starts| format!("the price from {starts} on")))
}
