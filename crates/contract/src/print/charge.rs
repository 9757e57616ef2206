//! `[[charge]]`.

use longshore_contacts::AgentState;
use longshore_units::{Exact, Factor, Milliseconds};

use super::lines::Names;
use super::terms::{proration, round, way, weekday};
use super::value::{Entries, exact, percent};
use crate::{
    Across, Band, Bound, Charge, ChargeKind, Contract, Counted, Criterion, Field, Included, Increments, LimitOrder,
    Measure, Overlap, Overtime, Per, Pick, ScheduleHours, Scope, Select, Surcharge, SurchargeBase, Tariff, Tiers,
    TiersBy,
};

pub(super) fn of(contract: &Contract, charge: &Charge) -> Entries {
    let names = Names(&contract.charges);
    let mut entries = Entries::default();
    entries.put("name", &charge.name);
    entries.maybe("clause", charge.clause.as_ref());
    match &charge.kind {
        ChargeKind::Counted(counted) => self::counted(names, counted, &mut entries),
        ChargeKind::Ratio(ratio) => {
            entries.put("unit", &ratio.unit);
            let mut of = Entries::default();
            of.put("one_per", &ratio.one_per.0);
            of.put("of", names.one(ratio.of));
            of.put("round", ratio.round.map_or("none", way));
            entries.put("ratio", of);
            entries.put("each", &ratio.each.0);
        }
        ChargeKind::Share(share) => {
            entries.put("percent", percent(&share.share));
            entries.some("of_charges", names.all(&share.of));
        }
        ChargeKind::Flat { amount, prorate } => {
            entries.put("amount", &amount.0);
            entries.put("per", "month");
            entries.put("prorate", proration(*prorate));
        }
        ChargeKind::FourWeekly { amount } => {
            entries.put("amount", &amount.0);
            entries.put("per", "28 days");
        }
        ChargeKind::Once { amount, on } => {
            entries.put("amount", &amount.0);
            entries.put("once", *on);
        }
    }
    limits(charge, &mut entries);
    entries.maybe("round", charge.round.as_ref().map(round));
    entries
}

fn counted(names: Names<'_>, counted: &Counted, entries: &mut Entries) {
    entries.put("grain", counted.grain.word());
    let (select, of) = states(counted);
    let overtime = match counted.measure {
        Measure::AgentTime { overtime, .. } => overtime,
        _ => None,
    };
    let when = when(&select, overtime);
    entries.maybe("when", (!when.0.is_empty()).then_some(when));
    // An invoice calls the unit of sales' amounts otherwise.
    entries.put("unit", if matches!(counted.measure, Measure::SaleAmount) { "sale" } else { counted.unit() });
    entries.maybe("of", of);
    measure(counted, entries);
    tariff(names, counted, entries);
    entries.some("forecast", &counted.forecast);
    if counted.per != Per::Month {
        entries.put("per", counted.per.word());
    }
    if counted.scope != Scope::Contract || counted.tariff.single().is_none() {
        entries.put("scope", counted.scope.word());
    }
    entries.maybe("included", counted.included.as_ref().map(included));
    if let Some(fee) = &counted.fee {
        entries.put("fee", &fee.amount.0);
        // Agents' months are prorated by the same key.
        if !matches!(counted.measure, Measure::AgentMonths { .. }) {
            entries.put("prorate", proration(fee.prorate));
        }
    }
    if !counted.each_contact.fee.is_zero() {
        entries.put("connect_fee", &counted.each_contact.fee.0);
    }
    entries.some("surcharge", counted.surcharges.iter().map(surcharge));
    if counted.overlap == Overlap::Highest {
        entries.put("surcharges", "highest");
    }
    entries.maybe(
        "refund",
        counted.refund.map(|refund| {
            let mut entries = Entries::default();
            entries.put("if_left_within", refund.within);
            entries
        }),
    );
}

/// The rows that are selected but for the agents' states that `of` has a word for, and that word.
fn states(counted: &Counted) -> (Select, Option<&'static str>) {
    let mut select = counted.select.clone();
    let is = |states: &[String], wanted: fn(AgentState) -> bool| {
        let wanted = AgentState::ALL.iter().filter(|state| wanted(**state)).map(|state| state.as_str());
        states.iter().map(String::as_str).eq(wanted)
    };
    let word = match select.criteria.last() {
        Some(Criterion::OneOf(Field::State, states)) if is(states, AgentState::is_logged_in) => "logged in",
        Some(Criterion::OneOf(Field::State, states)) if is(states, AgentState::is_productive) => "productive",
        _ => return (select, None),
    };
    select.criteria.pop();
    (select, Some(word))
}

/// `when`.
pub(super) fn when(select: &Select, overtime: Option<Overtime>) -> Entries {
    let mut entries = Entries::default();
    for criterion in &select.criteria {
        match criterion {
            Criterion::OneOf(field, words) => entries.some(field.word(), words),
            Criterion::TalkLongerThan(span) => entries.put("talk_longer_than", *span),
            Criterion::Approved(approved) => entries.put("approved", *approved),
        }
    }
    if let Some(Overtime { beyond, week_starts }) = overtime {
        let hours = Exact::ratio(beyond.0.into(), 3_600_000).expect("an hour has milliseconds");
        entries.put("overtime", format!("beyond {} h a week", exact(&hours)));
        entries.put("week_starts", weekday(week_starts));
    }
    entries
}

fn measure(counted: &Counted, entries: &mut Entries) {
    match &counted.measure {
        Measure::Time { of, increments: spans, .. } => {
            entries.some("of", of.iter().map(|part| part.word()));
            increments(*spans, matches!(counted.tariff, Tariff::Lengths(_)), entries);
        }
        Measure::Schedule { of, .. } => match of {
            ScheduleHours::One(hours) => entries.put("of", hours.word()),
            ScheduleHours::Pick { pick, of, at_most, per } => {
                let mut picked = Entries::default();
                let word = match pick {
                    Pick::Lesser => "lesser",
                    Pick::Greater => "greater",
                };
                picked.some(word, of.iter().map(|hours| hours.word()));
                let at_most = at_most.as_ref().map(|(share, of)| format!("{} of {}", percent(share), of.word()));
                picked.maybe("at_most", at_most);
                picked.put("per", interval(*per));
                entries.put("of", picked);
            }
        },
        Measure::AgentMonths { prorate } => entries.put("prorate", proration(*prorate)),
        Measure::Resolutions { reopened_within: Some(within) } => {
            const DAY: u64 = 86_400_000;
            let days = u32::try_from(within.0 / DAY).ok().filter(|_| within.0.is_multiple_of(DAY));
            match days {
                Some(days) => entries.put("reopened_within", longshore_units::Days(days)),
                None => entries.put("reopened_within", *within),
            }
        }
        Measure::Reported { evidence: true } | Measure::Cost { evidence: true } => entries.put("evidence", "required"),
        Measure::Reported { evidence: false }
        | Measure::Cost { evidence: false }
        | Measure::Resolutions { reopened_within: None }
        | Measure::Contacts
        | Measure::Legs
        | Measure::AgentTime { .. }
        | Measure::Sales
        | Measure::SaleAmount
        | Measure::Leads
        | Measure::Appointments
        | Measure::Forecast { .. } => {}
    }
}

fn increments(increments: Increments, by_length: bool, entries: &mut Entries) {
    let said = |span: Milliseconds| (0 < span.0).then_some(span);
    if !by_length {
        entries.maybe("first", said(increments.first()));
        entries.put("then", increments.then());
    }
    entries.maybe("free_up_to", said(increments.free_up_to));
    entries.maybe("free_first", said(increments.free_first));
    entries.maybe("extra", said(increments.extra));
}

/// The word of intervals over which hours are compared.
fn interval(per: Milliseconds) -> String {
    let known = [("quarter-hour", 15), ("half-hour", 30), ("hour", 60), ("day", 1440)];
    let found = known.iter().find(|(_, minutes)| Milliseconds::seconds(minutes * 60) == per);
    found.map_or_else(|| per.to_string(), |(word, _)| (*word).to_owned())
}

fn tariff(names: Names<'_>, counted: &Counted, entries: &mut Entries) {
    let of_sales = matches!(counted.measure, Measure::SaleAmount);
    match &counted.tariff {
        Tariff::Bands { bands, tiers, by } => {
            match (bands.single(), &counted.measure) {
                (Some(price), Measure::Cost { .. }) => {
                    entries.put("markup", percent(&Factor(&price.0 - &Exact::one())));
                }
                (Some(price), _) if of_sales => entries.put("percent", percent(&Factor(price.0.clone()))),
                (Some(price), _) if *tiers != Tiers::StairStep => entries.put("each", &price.0),
                _ => entries.some("bands", bands.iter().map(|band| self::band(band, *tiers, of_sales))),
            }
            if bands.count() != 1 || *tiers != Tiers::Graduated {
                entries.put("tiers", tiers.word());
            }
            if *by == TiersBy::Agents {
                entries.put("tiers_by", "agents, month's average");
            }
        }
        Tariff::Lengths(lengths) => {
            let parts = lengths.lengths.iter().map(|length| {
                let mut entries = Entries::default();
                entries.put("from", length.start.from);
                entries.put("each", &length.price.0);
                entries.put("then", length.start.then);
                entries
            });
            entries.some("lengths", parts);
            entries.put("lengths_by", if lengths.whole { "whole" } else { "part" });
        }
        Tariff::OfPrice { share, of } => {
            let mut each = Entries::default();
            each.put("percent", percent(share));
            each.put("of_price", names.one(*of));
            entries.put("each", each);
        }
    }
}

fn band(band: &Band, tiers: Tiers, of_sales: bool) -> Entries {
    let mut entries = Entries::default();
    entries.put(if band.above { "above" } else { "from" }, bound(&band.from));
    if tiers == Tiers::StairStep {
        entries.put("amount", &band.fee.0);
        return entries;
    }
    if of_sales {
        entries.put("percent", percent(&Factor(band.price.0.clone())));
    } else {
        entries.put("each", &band.price.0);
    }
    if let Some(block) = &band.block {
        entries.put("block", &block.size.0);
        entries.put("partial", way(block.partial));
    }
    if !band.fee.is_zero() {
        entries.put("fee", &band.fee.0);
    }
    entries.maybe("at_most", band.most.as_ref().map(|most| &most.0));
    entries
}

/// `10000`, or `90% of forecast`.
pub(super) fn bound(bound: &Bound) -> String {
    match bound {
        Bound::Units(units) => exact(&units.0),
        Bound::OfForecast(share) => format!("{} of forecast", percent(share)),
    }
}

fn included(included: &Included) -> Entries {
    let mut entries = Entries::default();
    entries.put("quantity", &included.quantity.0);
    entries.put("per", "month");
    entries.put("to", included.to.word());
    if included.rollover_months != 0 {
        entries.put("rollover", longshore_units::Months(included.rollover_months));
    }
    if included.pooled {
        entries.put("pooled", true);
    }
    entries.put("prorate", proration(included.prorate));
    entries
}

fn surcharge(surcharge: &Surcharge) -> Entries {
    let mut entries = Entries::default();
    entries.put("calendar", &surcharge.calendar);
    entries.put("percent", percent(&surcharge.share));
    match surcharge.base {
        SurchargeBase::List => {}
        SurchargeBase::Marginal => entries.put("base", "marginal"),
        SurchargeBase::Average => entries.put("base", "average"),
    }
    match surcharge.across {
        Across::Start => {}
        Across::Split => entries.put("across", "split"),
    }
    entries
}

/// `minimum`, `cap`, `discount` and their order: of each contact, and of the line.
fn limits(charge: &Charge, entries: &mut Entries) {
    let (least, most) = match &charge.kind {
        ChargeKind::Counted(counted) => (counted.each_contact.least.as_ref(), counted.each_contact.most.as_ref()),
        _ => (None, None),
    };
    let of_sales =
        matches!(&charge.kind, ChargeKind::Counted(counted) if matches!(counted.measure, Measure::SaleAmount));
    if of_sales {
        entries.maybe("each_at_least", least.map(|amount| &amount.0));
        entries.maybe("each_at_most", most.map(|amount| &amount.0));
    }
    for (key, each, line) in [("minimum", least, &charge.limits.least), ("cap", most, &charge.limits.most)] {
        let mut limit = Entries::default();
        limit.maybe("each_contact", each.filter(|_| !of_sales).map(|amount| &amount.0));
        limit.maybe("amount", line.as_ref().map(|amount| &amount.0));
        entries.maybe(key, (!limit.0.is_empty()).then_some(limit));
    }
    entries.maybe("discount", charge.limits.discount.as_ref().map(percent));
    let limits = &charge.limits;
    let count = [limits.discount.is_some(), limits.most.is_some(), limits.least.is_some()];
    if 1 < count.into_iter().filter(|said| *said).count() || limits.order != LimitOrder::default() {
        entries.some("order", charge.limits.order.0.map(|limit| limit.word()));
    }
}
