//! What a unit costs, in words.

use longshore_units::{Amount, Exact, Factor, Price, Quantity, RoundHow};

use super::Item;
use super::charge::price;
use super::sample::{Sample, usual};
use super::speaker::{Noun, Speaker};
use crate::{Band, Bands, Bound, Counted, Lengths, Per, Scope, Tariff, Tiers, TiersBy};

pub(super) fn say(speaker: &Speaker<'_>, item: &mut Item, position: usize, counted: &Counted) {
    let noun = Noun::of(counted);
    match &counted.tariff {
        Tariff::Bands { bands, .. } if bands.single().is_some() => {
            item.say(price(speaker, noun, bands.list_price()));
        }
        Tariff::Bands { bands, tiers, by } => by_volume(speaker, item, position, counted, bands, *tiers, *by),
        Tariff::Lengths(lengths) => by_length(speaker, item, noun, lengths),
        Tariff::OfPrice { share, of } => {
            let base = speaker.contract.counted(*of).map(|base| &base.tariff);
            let by_month = matches!(base, Some(Tariff::Bands { tiers: Tiers::Volume, bands, .. }) if 1 < bands.count());
            let id = if by_month { "of-price-of-month" } else { "of-price" };
            let name = speaker.name(&speaker.contract.charges[*of].name);
            item.say(speaker.tell(id, &[("share", &speaker.percent(share)), ("charge", &name)]));
        }
    }
}

fn by_volume(
    speaker: &Speaker<'_>,
    item: &mut Item,
    position: usize,
    counted: &Counted,
    bands: &Bands,
    tiers: Tiers,
    by: TiersBy,
) {
    let noun = Noun::of(counted);
    let bands: Vec<&Band> = bands.iter().collect();
    if let [only] = bands.as_slice() {
        item.say(speaker.tell("price", &[("price", &band_price(speaker, noun, only, tiers))]));
        return;
    }
    item.say(match by {
        TiersBy::Quantity => speaker.by("bands", counted.per),
        TiersBy::Agents => speaker.say("bands-by-agents"),
    });
    item.say(match tiers {
        Tiers::Graduated => speaker.say("tiers-graduated"),
        Tiers::Volume => speaker.by("tiers-volume", counted.per),
        Tiers::StairStep => speaker.say("tiers-stair-step"),
    });
    let bound_noun = if by == TiersBy::Agents { Noun::Unit("agent") } else { noun };
    for (position, band) in bands.iter().enumerate() {
        let range = range(speaker, bound_noun, tiers, band, bands.get(position + 1).copied(), &bands);
        let price = band_price(speaker, noun, band, tiers);
        item.point(speaker.tell("band", &[("range", &range), ("price", &price)]));
    }
    if bands.iter().any(|band| matches!(band.from, Bound::OfForecast(_)) && !band.from.is_zero()) {
        item.say(speaker.say("forecast-locked"));
        if !counted.forecast.is_empty() {
            item.say(speaker.tell("forecast-of", &[("queues", &speaker.any_of(&counted.forecast))]));
        }
    }
    if tiers != Tiers::StairStep {
        if bands.iter().skip(1).any(|band| !band.fee.is_zero()) {
            let is_of_one = tiers == Tiers::Volume;
            item.say(speaker.say(if is_of_one { "band-fee-reached" } else { "band-fee-due" }));
        }
        if !bands[0].fee.is_zero() {
            item.say(speaker.say("band-fee-first"));
        }
    }
    match counted.scope {
        Scope::Program => item.say(speaker.say("scope-program")),
        Scope::Site => item.say(speaker.say("scope-site")),
        Scope::Contract => {}
    }
    if tiers == Tiers::Volume && counted.per != Per::Month {
        item.say(speaker.say("rebate-for-earlier-months"));
    }
    if tiers != Tiers::Graduated {
        item.example(cliff(speaker, position, counted, &bands, by));
    }
}

/// Where a band begins and ends.
fn range(
    speaker: &Speaker<'_>,
    noun: Noun<'_>,
    tiers: Tiers,
    band: &Band,
    next: Option<&Band>,
    all: &[&Band],
) -> String {
    let plain = tiers == Tiers::Graduated && all.iter().skip(1).all(|band| band.fee.is_zero());
    let from = bound(speaker, noun, &band.from);
    let to = next.map(|next| bound(speaker, noun, &next.from));
    let in_units = |band: &Band| matches!(band.from, Bound::Units(_)) || band.from.is_zero();
    if plain && all.iter().all(|band| in_units(band)) {
        // A unit that lies on the bound costs the same either way, so `the first` says it best.
        let gender = speaker.gender(noun);
        return match to {
            Some(to) if band.from.is_zero() => speaker.tell("units-first", &[("to", &to), ("gender", &gender)]),
            Some(to) => speaker.tell("units-next", &[("from", &from), ("to", &to), ("gender", &gender)]),
            None => speaker.tell("units-beyond", &[("from", &from), ("gender", &gender)]),
        };
    }
    let kind =
        ("kind", kind(if band.from.is_zero() { next.map_or(&band.from, |next| &next.from) } else { &band.from }));
    let from = [("from", from.as_str()), kind];
    let Some(to) = to else {
        return match (band.from.is_zero(), band.above) {
            (true, _) => speaker.say("range-all"),
            (false, false) => speaker.tell("range-from", &from),
            (false, true) => speaker.tell("range-over", &from),
        };
    };
    let both = [("from", from[0].1), ("to", to.as_str()), kind];
    let to_is_within = next.is_some_and(|next| next.above);
    match (band.from.is_zero(), band.above, to_is_within) {
        (true, _, false) => speaker.tell("range-below", &both[1..]),
        (true, _, true) => speaker.tell("range-up-to", &both[1..]),
        (false, false, false) => speaker.tell("range-from-below", &both),
        (false, false, true) => speaker.tell("range-from-up-to", &both),
        (false, true, false) => speaker.tell("range-over-below", &both),
        (false, true, true) => speaker.tell("range-over-up-to", &both),
    }
}

/// Whether a bound is a `share` or a `number`: some languages have an article before one of them.
pub(super) fn kind(bound: &Bound) -> &'static str {
    match bound {
        Bound::OfForecast(_) => "share",
        Bound::Units(_) => "number",
    }
}

/// A bound: `500,000 minutes`, or a share of the locked forecast.
pub(super) fn bound(speaker: &Speaker<'_>, noun: Noun<'_>, bound: &Bound) -> String {
    match bound {
        Bound::Units(quantity) => speaker.quantity(noun, quantity),
        Bound::OfForecast(share) => {
            let of = speaker.say("quantum-forecast.of");
            speaker.tell("share-of", &[("share", &speaker.percent(share)), ("of", &of)])
        }
    }
}

/// What a band costs: by the unit or block, a fixed amount, at most.
fn band_price(speaker: &Speaker<'_>, noun: Noun<'_>, band: &Band, tiers: Tiers) -> String {
    let mut parts = Vec::new();
    if tiers == Tiers::StairStep {
        return speaker.tell("in-all", &[("amount", &speaker.money(&band.fee))]);
    }
    let is_free_of_units = band.price.is_zero() && !band.fee.is_zero();
    if !is_free_of_units {
        parts.push(match &band.block {
            None => speaker.price(noun, &band.price),
            Some(block) => {
                let price = speaker.money(&Amount(band.price.0.clone()));
                let size = speaker.quantity(noun, &block.size);
                let partial = match block.partial {
                    RoundHow::Up => "block-up",
                    RoundHow::Down => "block-down",
                    RoundHow::HalfUp | RoundHow::HalfEven => "block-nearest",
                };
                let partial = speaker.say(partial);
                speaker.tell("price-block", &[("price", &price), ("size", &size), ("partial", &partial)])
            }
        });
    }
    if let Some(most) = &band.most {
        parts.push(speaker.tell("band-at-most", &[("amount", &speaker.money(most))]));
    }
    if !band.fee.is_zero() {
        let id = if parts.is_empty() { "band-fee-alone" } else { "band-fee" };
        parts.push(speaker.tell(id, &[("amount", &speaker.money(&band.fee))]));
    }
    speaker.words.series(&parts)
}

/// What the total does at the first bound where it falls, or else where it first jumps: just below it and on it.
///
/// The charge's own included units, fixed amount and limits are part of the total: a cap can hide a bound altogether.
fn cliff(speaker: &Speaker<'_>, position: usize, counted: &Counted, bands: &[&Band], by: TiersBy) -> Option<String> {
    if by == TiersBy::Agents {
        return by_agents(speaker, position, counted, bands);
    }
    let noun = Noun::of(counted);
    let included = counted.included.as_ref().map(|included| &included.quantity);
    let mut jump = None;
    for band in &bands[1..] {
        let Bound::Units(at) = &band.from else { continue };
        // One unit less; of a bound that is small, a hundredth of it.
        let step = if at.0 < Exact::from(10u64) { &at.0 * &Exact::ratio(1, 100)? } else { Exact::one() };
        let step = Quantity(step);
        let (less, more) = if band.above { (at.clone(), at + &step) } else { (at - &step, at.clone()) };
        // Bands are climbed by what is left after the included units.
        let used = |billed: Quantity| included.map_or(billed.clone(), |included| &billed + included);
        let (less, more) = (used(less), used(more));
        let price = |quantity: &Quantity| {
            let mut sample = Sample::of(speaker, &[position]);
            sample.add(position, quantity, None);
            sample.line(position).map(|line| line.amount)
        };
        let (below, above) = (price(&less)?, price(&more)?);
        let (below_said, above_said) = (speaker.sum(&below), speaker.sum(&above));
        let (less_said, more_said) = (speaker.quantity(noun, &less), speaker.quantity(noun, &more));
        let arguments = [("less", &less_said), ("below", &below_said), ("more", &more_said), ("above", &above_said)];
        let arguments = arguments.map(|(name, text)| (name, text.as_str()));
        if above < below {
            return Some(speaker.tell("cliff-down", &arguments));
        }
        if below < above {
            jump = jump.or_else(|| Some(speaker.tell("cliff-up", &arguments)));
        }
    }
    jump
}

/// The same hours with fewer agents and with so many that the next band is reached.
fn by_agents(speaker: &Speaker<'_>, position: usize, counted: &Counted, bands: &[&Band]) -> Option<String> {
    let Bound::Units(at) = &bands.get(1)?.from else { return None };
    let quantity = usual(counted);
    let price = |agents: &Quantity| {
        let mut sample = Sample::of(speaker, &[position]);
        sample.add(position, &quantity, None);
        sample.agents(position, agents.clone());
        sample.line(position).map(|line| line.amount)
    };
    let more = if bands[1].above { at + &Quantity(Exact::one()) } else { at.clone() };
    let less = &more - &Quantity(Exact::one());
    let (below, above) = (price(&less)?, price(&more)?);
    if below == above {
        return None;
    }
    let arguments = [
        ("quantity", speaker.quantity(Noun::of(counted), &quantity)),
        ("less", speaker.quantity(Noun::Unit("agent"), &less)),
        ("below", speaker.sum(&below)),
        ("more", speaker.quantity(Noun::Unit("agent"), &more)),
        ("above", speaker.sum(&above)),
    ];
    Some(speaker.tell("example-by-agents", &arguments))
}

fn by_length(speaker: &Speaker<'_>, item: &mut Item, noun: Noun<'_>, lengths: &Lengths) {
    item.say(speaker.say(if lengths.whole { "lengths-whole" } else { "lengths-part" }));
    for (position, length) in lengths.lengths.iter().enumerate() {
        let from = speaker.duration(length.start.from);
        let range = match lengths.lengths.get(position + 1) {
            None if position == 0 => speaker.say("length-all"),
            Some(next) if position == 0 => speaker.tell("length-first", &[("to", &speaker.duration(next.start.from))]),
            Some(next) => speaker.tell("length-next", &[("from", &from), ("to", &speaker.duration(next.start.from))]),
            None => speaker.tell("length-beyond", &[("from", &from)]),
        };
        let (price, then) = (speaker.price(noun, &length.price), speaker.duration(length.start.then));
        item.point(speaker.tell("length", &[("range", &range), ("price", &price), ("then", &then)]));
    }
}

/// Whether units are billed in blocks.
pub(super) fn has_blocks(counted: &Counted) -> bool {
    matches!(&counted.tariff, Tariff::Bands { bands, .. } if bands.iter().any(|band| band.block.is_some()))
}

/// A month's volume for an example: past the second band and the included units, where there are such.
pub(super) fn volume(counted: &Counted) -> Quantity {
    let further = Factor(Exact::ratio(6, 5).expect("5 is not 0"));
    let second = match &counted.tariff {
        Tariff::Bands { bands, by: TiersBy::Quantity, .. } => bands.iter().nth(1).map(|band| match &band.from {
            Bound::Units(units) => units * &further,
            Bound::OfForecast(share) => &(&usual(counted) * share) * &further,
        }),
        _ => None,
    };
    let block = match &counted.tariff {
        Tariff::Bands { bands, .. } => bands.iter().find_map(|band| band.block.as_ref()),
        _ => None,
    };
    let blocks = block.map(|block| &block.size * &Factor(Exact::ratio(5, 2).expect("2 is not 0")));
    let included = counted.included.as_ref().map(|included| &included.quantity * &further);
    second.into_iter().chain(included).max().or(blocks).unwrap_or_else(|| usual(counted))
}

/// The price of a unit that surcharges are shares of: the first band's.
pub(super) fn list_price(counted: &Counted) -> Option<&Price> {
    match &counted.tariff {
        Tariff::Bands { bands, .. } => Some(bands.list_price()),
        Tariff::Lengths(lengths) => lengths.lengths.first().map(|length| &length.price),
        Tariff::OfPrice { .. } => None,
    }
}
