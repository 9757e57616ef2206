//! Months that an amendment divides, billed at the prices of one side.

use std::collections::BTreeSet;

use jiff::civil::Date;
use longshore_contract::{ChargeKind, Contract, CounterOf, Tariff, UsageKey, Used};
use longshore_units::{Amount, Price, Quantity};

use super::Case;
use super::arithmetic::{absolute, rounded};
use super::price::written;
use crate::used::{Taken, by_days, prices, version};
use crate::{BilledLine, Cause, Confidence, Finding, LinePart};

/// Terms that hold on other days of the month than those by which a line is reckoned.
pub(super) struct Other<'c> {
    /// The terms by which the line is reckoned.
    pub of_line: &'c Contract,
    /// The others, of the nearest days.
    pub terms: &'c Contract,
}

impl Other<'_> {
    /// The days of the others, in words, and the day from which the later terms hold.
    pub fn days(&self) -> (String, Date) {
        let (of_line, terms) = (self.of_line.in_force, self.terms.in_force);
        if of_line.starts < terms.starts {
            return (format!("from {} on", terms.starts), terms.starts);
        }
        (format!("before {}", of_line.starts), of_line.starts)
    }
}

/// The terms by which a line is reckoned.
pub(super) fn terms<'c>(case: &Case<'_, 'c>, line: &BilledLine) -> Option<&'c Contract> {
    let taken = Taken { invoice: 0, line, item: case.item, month: case.month, period: case.invoice.period };
    Some(version(&case.owed.in_force, &case.owed.names, &taken)?.1)
}

/// The terms of the month's other days, where a line does not say on which days its units were used, and these cost something
/// else on others.
pub(super) fn other<'c>(case: &Case<'_, 'c>, line: &BilledLine) -> Option<Other<'c>> {
    let (in_force, names) = (&case.owed.in_force, &case.owed.names);
    let taken = Taken { invoice: 0, line, item: case.item, month: case.month, period: case.invoice.period };
    if by_days(in_force, &taken).is_some() {
        return None;
    }
    let (position, of_line) = version(in_force, names, &taken)?;
    let differs = |terms: &Contract| Some(tariff(case, terms)? != tariff(case, of_line)?);
    let others = in_force.of_month(case.month).filter(|(_, terms)| differs(terms) == Some(true));
    let (_, terms) = others.min_by_key(|(other, _)| other.abs_diff(position))?;
    Some(Other { of_line, terms })
}

/// What units cost by a version of the contract.
fn tariff<'t>(case: &Case<'_, '_>, terms: &'t Contract) -> Option<&'t Tariff> {
    let position = case.owed.names.position(terms, &case.item.name)?;
    match &terms.charges[position].kind {
        ChargeKind::Counted(counted) => Some(&counted.tariff),
        _ => None,
    }
}

/// The price of a version, where it has one for all units.
pub(super) fn single<'t>(case: &Case<'_, '_>, terms: &'t Contract) -> Option<&'t Price> {
    tariff(case, terms)?.single()
}

/// All units of a divided month at the prices of one side. How many were used on the other nobody says, so nothing certain
/// can be claimed.
pub(super) fn finding(case: &Case<'_, '_>) -> Option<Finding> {
    let is_of_units = |line: &&&BilledLine| {
        matches!(line.part, LinePart::Units | LinePart::Overage)
            && line.price.as_ref().is_some_and(|shown| !shown.price.is_zero())
            && line.quantity.as_ref().is_some_and(|quantity| !quantity.is_zero())
            && !case.corrections.contains(&line.number)
    };
    let lines: Vec<&BilledLine> = case.lines.iter().filter(is_of_units).copied().collect();
    let others: Vec<Other<'_>> = lines.iter().map(|line| other(case, line)).collect::<Option<_>>()?;
    let sides: BTreeSet<Date> = others.iter().map(|other| other.of_line.in_force.starts).collect();
    let other = others.first()?;
    let is_at_price = |line: &BilledLine| {
        let prices = case.counted(other.of_line).map(|counted| prices(counted, line)).unwrap_or_default();
        line.price.as_ref().is_some_and(|shown| prices.contains(&shown.price.0))
    };
    let may_be_right = lines.iter().all(|line| !line.amount.0.is_negative() && is_at_price(line));
    if sides.len() != 1 || !may_be_right {
        return None;
    }
    let (days, day) = other.days();
    let numbers: Vec<String> = lines.iter().map(|line| line.number.to_string()).collect();
    let all = match numbers.as_slice() {
        [only] => format!("line {only} bills all units"),
        several => format!("lines {} bill all units", several.join(", ")),
    };
    let how = match (single(case, other.of_line), single(case, other.terms)) {
        (Some(price), Some(costs)) => {
            let each = &price.0 - &costs.0;
            let sum: Amount =
                lines.iter().filter_map(|line| Some(&Price(each.clone()) * line.quantity.as_ref()?)).sum();
            let word = if each.is_negative() { "little" } else { "much" };
            format!(
                "{all} at {}; {days} a unit costs {}: each used then is billed {} too {word}, up to {} in all",
                written(price),
                written(costs),
                written(&Price(absolute(&each))),
                case.money(&rounded(case, &Amount(absolute(&sum.0))))
            )
        }
        _ => format!("{all} by the terms of some of the month's days; {days} they cost something else"),
    };
    let remedy = format!("ask how many units were used before {day}, and how many from then on");
    let mut finding = case.finding(Cause::Price, Amount::zero(), Confidence::Ambiguous, how, &remedy);
    finding.lines = lines.iter().map(|line| line.number).collect();
    Some(finding)
}

/// An amount of all units of a divided month, on one line that shows no price: between what they come to by the terms of either
/// side it may be right, and nobody says how many were used on which.
pub(super) fn between(case: &Case<'_, '_>, rest: &Amount) -> Option<Finding> {
    let in_force = &case.owed.in_force;
    let is_told = |line: &BilledLine| {
        let taken = Taken { invoice: 0, line, item: case.item, month: case.month, period: case.invoice.period };
        line.price.is_some() || by_days(in_force, &taken).is_some()
    };
    let of_month = in_force.of_month(case.month);
    let places: Vec<(u16, CounterOf, Date)> = of_month
        .filter_map(|(version, terms)| {
            tariff(case, terms)?;
            let position = case.owed.names.position(terms, &case.item.name)?;
            Some((u16::try_from(version).ok()?, CounterOf::Charge(position), terms.in_force.starts))
        })
        .collect();
    if places.len() < 2 || case.lines.iter().any(|line| is_told(line)) {
        return None;
    }
    let by_terms = places.iter().map(|to| Some((all_at(case, &places, to)?, to.2)));
    let by_terms: Vec<(Amount, Date)> = by_terms.collect::<Option<_>>()?;
    let (least, most) = (by_terms.iter().min()?, by_terms.iter().max()?);
    let billed = &case.item()?.amount + rest;
    if billed < least.0 || most.0 < billed {
        return None;
    }
    let (early, late) = if least.1 < most.1 { (least, most) } else { (most, least) };
    let how = format!(
        "it lies between what all units come to by the terms from {} on ({}) and by those before ({}), and no line says how \
         many were used when",
        late.1,
        case.money(&late.0),
        case.money(&early.0)
    );
    let remedy = "ask how many units were used on which side of the amendment";
    Some(case.finding(Cause::Price, rest.clone(), Confidence::Ambiguous, how, remedy))
}

/// What the charge comes to where all of the month's units are of one version.
fn all_at(case: &Case<'_, '_>, places: &[(u16, CounterOf, Date)], to: &(u16, CounterOf, Date)) -> Option<Amount> {
    let mut usage = case.owed.usage.clone();
    for (version, counter, _) in places.iter().filter(|place| *place != to) {
        for (key, used) in case.owed.usage.of_counter(usize::from(*version), *counter, case.month) {
            let quantity = used.quantity();
            let there = UsageKey { version: to.0, counter: to.1, ..key.clone() };
            usage.add(key.clone(), Used::Sum { rows: 0, quantity: Quantity(-&quantity.0) }).ok()?;
            usage.add(there, Used::Sum { rows: 0, quantity }).ok()?;
        }
    }
    Some(case.owed.otherwise(case.month, |_| {}, Some(&usage))?.get(case.item)?.amount.clone())
}
