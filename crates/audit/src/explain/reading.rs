//! Other readings of the contract: each is priced in full, and explains a difference only if it comes to what was billed.

mod charge;
mod charges;
mod rate;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use longshore_contract::{Contract, DetailKind, LineKind, RoundAt, Usage};
use longshore_units::Amount;

use super::Case;
use super::follows::AsBilled;
use crate::owed::OwedItem;
use crate::{Cause, Confidence, Finding};

/// Another reading of the contract or of the invoice.
struct Alternative {
    cause: Cause,
    /// What it takes, in a phrase: `all units at the price of the band from 500000`.
    name: String,
    change: Box<dyn Fn(&mut Contract)>,
    usage: Option<Usage>,
}

impl Alternative {
    fn of_terms(cause: Cause, name: impl Into<String>, change: impl Fn(&mut Contract) + 'static) -> Alternative {
        Alternative { cause, name: name.into(), change: Box::new(change), usage: None }
    }

    fn of_usage(cause: Cause, name: impl Into<String>, usage: Usage) -> Alternative {
        Alternative { cause, name: name.into(), change: Box::new(|_| {}), usage: Some(usage) }
    }
}

/// A reading that comes to what was billed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub cause: Cause,
    pub name: String,
}

/// The readings that come to what is owed and so much more, on other charges as they are billed where these are given. Of a
/// charge whose groups are priced apart, a reading may be taken for one of them alone.
pub(super) fn matching(case: &Case<'_, '_>, rest: &Amount, as_billed: Option<&AsBilled<'_>>) -> Vec<Reading> {
    let names = &case.owed.names;
    let put = |terms: &mut Contract| as_billed.into_iter().for_each(|billed| billed.put(names, terms));
    let priced = |change: &dyn Fn(&mut Contract), usage: Option<&Usage>| {
        let both = |terms: &mut Contract| {
            put(terms);
            change(terms);
        };
        let mut items = case.owed.otherwise(case.month, both, usage)?;
        Some(items.remove(case.item).unwrap_or_default())
    };
    let Some(owed) = priced(&|_| {}, None) else { return Vec::new() };
    let wanted = &owed.amount + rest;
    let mut readings: Vec<Reading> = Vec::new();
    for alternative in alternatives(case) {
        let Some(other) = priced(&*alternative.change, alternative.usage.as_ref()) else { continue };
        let name = match other.amount == wanted {
            true => Some(alternative.name),
            false => {
                of_one_group(case, &owed, &other, &wanted).map(|group| format!("{}, for `{group}`", alternative.name))
            }
        };
        if let Some(name) = name.filter(|name| readings.iter().all(|known| known.name != *name)) {
            readings.push(Reading { cause: alternative.cause, name });
        }
    }
    if !readings.is_empty() {
        readings.extend(rate::other_rate(case, rest, as_billed));
    }
    readings
}

/// The only group for which another reading would come to what is wanted, where groups are priced apart.
fn of_one_group(case: &Case<'_, '_>, owed: &OwedItem, other: &OwedItem, wanted: &Amount) -> Option<String> {
    let terms = case.terms()?;
    let rule = terms.rounding_of(case.charge(terms)?);
    let (owed, other) = (by_group(owed), by_group(other));
    let whole: Amount = owed.values().cloned().sum();
    let groups = owed.len().max(other.len());
    let comes_to = |group: &&&str| {
        let of = |groups: &BTreeMap<&str, Amount>| groups.get(**group).cloned().unwrap_or_default();
        let mixed = &(&whole - &of(&owed)) + &of(&other);
        rule.at == RoundAt::Line && mixed.rounded(&rule.rounding) == *wanted
    };
    let mut found = other.keys().filter(|group| !group.is_empty()).filter(comes_to);
    let first = found.next().filter(|_| 1 < groups)?;
    found.next().is_none().then(|| (*first).to_owned())
}

/// What each group's units come to, before the line is rounded.
fn by_group(item: &OwedItem) -> BTreeMap<&str, Amount> {
    let mut groups: BTreeMap<&str, Amount> = BTreeMap::new();
    for detail in item.lines.iter().flat_map(|line| &line.detail).filter(|detail| detail.kind != DetailKind::Rounding) {
        *groups.entry(&detail.group).or_default() += &detail.amount;
    }
    groups
}

/// The finding of the readings that come to the rest. `None` if there is none.
pub(super) fn findings(case: &Case<'_, '_>, rest: &Amount, as_billed: &AsBilled<'_>) -> Option<Vec<Finding>> {
    let readings = matching(case, rest, Some(as_billed));
    if !readings.is_empty() {
        return Some(vec![finding(case, rest.clone(), readings, None)]);
    }
    rate::shown(case, rest, Some(as_billed)).map(|finding| vec![finding])
}

/// What readings say that come to an amount. Where the invoice shows a cause by itself (`shown`) it is certain.
pub(super) fn finding(
    case: &Case<'_, '_>,
    amount: Amount,
    readings: Vec<Reading>,
    shown: Option<(Cause, String)>,
) -> Finding {
    let causes: BTreeSet<Cause> = readings.iter().map(|reading| reading.cause).collect();
    let names: Vec<String> = readings.iter().map(|reading| reading.name.clone()).collect();
    let confidence = match (&shown, names.len()) {
        (Some(_), 0 | 1) => Confidence::Certain,
        (None, 1) => Confidence::Likely,
        _ => Confidence::Ambiguous,
    };
    let cause = match (&shown, causes.first()) {
        (_, Some(only)) if causes.len() == 1 => *only,
        (Some((cause, _)), _) => *cause,
        (None, first) => *first.expect("a finding without anything shown has a reading"),
    };
    let how = match (shown, names.as_slice()) {
        (Some((_, how)), []) => how,
        (Some((_, how)), [one]) => format!("{how}: {one}"),
        (Some((_, how)), several) => format!("{how}: either {}", several.join(", or ")),
        (None, [one]) => format!("{one} comes to what was billed, to the last digit"),
        (None, several) => format!("each of these comes to what was billed: {}", several.join("; ")),
    };
    let mut finding = case.finding(cause, amount, confidence, how, remedy(cause));
    finding.readings = names;
    finding
}

/// What a line shows by itself of a percentage.
pub(super) fn shown(case: &Case<'_, '_>, rest: &Amount) -> Option<Finding> {
    rate::shown(case, rest, None)
}

fn alternatives(case: &Case<'_, '_>) -> Vec<Alternative> {
    match case.item.kind {
        LineKind::Charge => charge::alternatives(case),
        _ => terms::alternatives(case),
    }
}

/// What to do about a cause.
pub(super) fn remedy(cause: Cause) -> &'static str {
    match cause {
        Cause::Price => "claim the difference, with the clause that names the price",
        Cause::Tier => "claim the difference, with the clause that lays the volume into bands",
        Cause::Surcharge => "claim the difference; which units bear the surcharge is checked with records",
        Cause::Included => "claim the included units",
        Cause::Minimum => "have the minimum reckoned again, as the clause says",
        Cause::Cap => "claim what goes beyond the cap",
        Cause::Discount => "claim the discount",
        Cause::Fixed => "have the amount mended",
        Cause::Rounding => "name the rounding that was agreed; it returns every month",
        Cause::Tax => "have the tax mended before it is paid: it is the provider's to correct",
        Cause::Exchange => "have the rate mended, with its source and day",
        Cause::Service => "claim the credit by the provider's own figures",
        _ => "ask for the line to be mended",
    }
}
