//! How the prices of a rate card have moved by a month.
//!
//! A moved price is a price like any other: the month is priced under a rate card whose prices have moved, so that bands,
//! surcharges, shares of prices and ratios follow without knowing of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use longshore_units::{Exact, Factor, Month, RoundHow};

use super::{PriceError, Rule};
use crate::{
    Band, ChargeKind, Contract, Counted, EachContact, Fee, InForce, Index, IndexBy, Length, Lengths, Ratio, Tariff,
    Usage,
};

/// The versions of a contract with the prices of one month.
pub(super) struct Moved<'c> {
    versions: Vec<Cow<'c, Contract>>,
    /// By charge: how its prices have moved since the contract began, in words.
    steps: BTreeMap<String, Vec<String>>,
}

impl<'c> Moved<'c> {
    /// The versions as the month's prices make them. Those without an index stay what they are.
    pub fn by(in_force: &InForce<'c>, usage: &Usage, month: Month) -> Result<Moved<'c>, PriceError> {
        let mut steps: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut versions = Vec::new();
        for version in in_force.versions().iter().copied() {
            let mut moved = Cow::Borrowed(version);
            let is_billed = 0 < version.in_force.days_in(month);
            for index in version.indexes.iter().filter(|_| is_billed) {
                let Some(step) = step(index, version.term.starts, usage, month)? else { continue };
                for position in &index.on {
                    let charge = &mut moved.to_mut().charges[*position];
                    charge.kind = kind(&charge.kind, &step.factor);
                    let words = steps.entry(charge.name.clone()).or_default();
                    if !words.contains(&step.words) {
                        words.push(step.words.clone());
                    }
                }
            }
            versions.push(moved);
        }
        Ok(Moved { versions, steps })
    }

    /// The versions to price with.
    pub fn in_force<'d>(&'d self, in_force: &InForce<'d>) -> InForce<'d> {
        in_force.in_place(self.versions.iter().map(Cow::as_ref).collect())
    }

    /// How a charge's prices have moved, in words.
    pub fn steps(&self, charge: &str) -> &[String] {
        self.steps.get(charge).map_or(&[], Vec::as_slice)
    }
}

/// What prices are multiplied with, and why.
struct Step {
    factor: Factor,
    words: String,
}

/// The last step of an index that a month's prices have made: the product of all until then, each kept to twelve decimals.
/// A step that falls into a month counts from the next one on. None before the first.
fn step(index: &Index, starts: Date, usage: &Usage, month: Month) -> Result<Option<Step>, PriceError> {
    let (mut product, mut last): (Exact, Option<Date>) = (Exact::one(), None);
    for day in days(index, starts).take_while(|day| *day <= month.first()) {
        let ratio = match &index.by {
            IndexBy::Series { what, base } => {
                let (before, now) = (value(what, last.unwrap_or(*base), usage)?, value(what, day, usage)?);
                now.divided_by(&before).expect("a rate is above 0")
            }
            IndexBy::Share(share) => &Exact::one() + &share.0,
        };
        product = kept(&(&product * &kept(&within(index, ratio))));
        last = Some(day);
    }
    Ok(last.map(|day| {
        let by = match &index.by {
            IndexBy::Series { what, .. } => what.clone(),
            IndexBy::Share(share) => format!("{}%", &share.0 * &Exact::from(100u64)),
        };
        let words = format!("indexed by {product} since {day}: {by} every {}", months_in_words(index.every_months));
        Step { factor: Factor(product), words }
    }))
}

/// The days of an index's steps.
fn days(index: &Index, starts: Date) -> impl Iterator<Item = Date> {
    let every = i64::from(index.every_months);
    (1..).map_while(move |step: i64| starts.checked_add(Span::new().try_months(step.checked_mul(every)?).ok()?).ok())
}

/// A step's ratio, at most and at least what is agreed.
fn within(index: &Index, ratio: Exact) -> Exact {
    let bound = |share: &Factor| &Exact::one() + &share.0;
    let ratio = index.at_most.as_ref().map_or(ratio.clone(), |most| ratio.min(bound(most)));
    index.at_least.as_ref().map_or(ratio.clone(), |least| ratio.max(bound(least)))
}

/// To twelve decimals, a half to the even one: as finely as rates are recorded, so that years of steps stay short.
fn kept(factor: &Exact) -> Exact {
    factor.rounded_to(&Exact::ratio(1, 1_000_000_000_000).expect("10^12 is not 0"), RoundHow::HalfEven)
}

fn value(what: &str, on: Date, usage: &Usage) -> Result<Exact, PriceError> {
    let known = usage.rate(what, on).filter(|value| Exact::zero() < **value);
    let no_rate = || PriceError::NoRate { rule: Rule::Index(what.to_owned()), what: what.to_owned(), on };
    known.cloned().ok_or_else(no_rate)
}

/// `12 months` as `year`.
fn months_in_words(months: u32) -> String {
    match (months / 12, months % 12) {
        (1, 0) => "year".to_owned(),
        (years, 0) => format!("{years} years"),
        (0, 1) => "month".to_owned(),
        _ => format!("{months} months"),
    }
}

/// A charge at moved prices. Shares of prices, of sales, of costs and of other charges move with what they are shares of,
/// and what a contact or line comes to at most or at least stays.
fn kind(kind: &ChargeKind, factor: &Factor) -> ChargeKind {
    match kind {
        ChargeKind::Counted(counted) => ChargeKind::Counted(Counted {
            tariff: tariff(&counted.tariff, factor),
            each_contact: EachContact { fee: &counted.each_contact.fee * factor, ..counted.each_contact.clone() },
            fee: counted.fee.as_ref().map(|fee| Fee { amount: &fee.amount * factor, ..fee.clone() }),
            ..counted.clone()
        }),
        ChargeKind::Ratio(ratio) => ChargeKind::Ratio(Ratio { each: &ratio.each * factor, ..ratio.clone() }),
        ChargeKind::FourWeekly { amount } => ChargeKind::FourWeekly { amount: amount * factor },
        ChargeKind::Flat { amount, prorate } => ChargeKind::Flat { amount: amount * factor, prorate: *prorate },
        ChargeKind::Once { amount, on } => ChargeKind::Once { amount: amount * factor, on: *on },
        ChargeKind::Share(share) => ChargeKind::Share(share.clone()),
    }
}

fn tariff(tariff: &Tariff, factor: &Factor) -> Tariff {
    match tariff {
        Tariff::Bands { bands, tiers, by } => Tariff::Bands {
            bands: bands.priced(|band| Band { price: &band.price * factor, fee: &band.fee * factor, ..band.clone() }),
            tiers: *tiers,
            by: *by,
        },
        Tariff::Lengths(lengths) => {
            let moved = |length: &Length| Length { price: &length.price * factor, ..length.clone() };
            Tariff::Lengths(Lengths { lengths: lengths.lengths.iter().map(moved).collect(), whole: lengths.whole })
        }
        Tariff::OfPrice { .. } => tariff.clone(),
    }
}
