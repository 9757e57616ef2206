//! The charges: what is counted, what it costs, and a case worked through.

use longshore_units::{Amount, Exact, Milliseconds, Month, Price, Quantity, RoundHow};

use super::sample::{Rows, Sample};
use super::select;
use super::speaker::{Noun, Speaker};
use super::{Item, surcharge, tariff};
use crate::usage::Unit;
use crate::{
    Charge, ChargeKind, Counted, Grain, IncludedTo, Increments, Limit, Measure, Per, Pick, Proration, Ratio, RoundAt,
    RoundRule, ScheduleHours, Scope, ShareOf, Tariff, TiersBy,
};

pub(super) fn items(speaker: &Speaker<'_>) -> Vec<Item> {
    let charges = speaker.contract.charges.iter().enumerate();
    charges.map(|(position, charge)| item(speaker, position, charge)).collect()
}

fn item(speaker: &Speaker<'_>, position: usize, charge: &Charge) -> Item {
    let mut item = Item::headed(speaker.heading(&charge.name, charge.clause.as_ref()));
    match &charge.kind {
        ChargeKind::Counted(counted) => by_quantity(speaker, &mut item, position, charge, counted),
        ChargeKind::Ratio(ratio) => by_ratio(speaker, &mut item, position, charge, ratio),
        ChargeKind::Share(share) => of_others(speaker, &mut item, position, charge, share),
        ChargeKind::Flat { amount, prorate } => flat(speaker, &mut item, position, charge, amount, *prorate),
        ChargeKind::FourWeekly { amount } => {
            let year = amount * &longshore_units::Factor(Exact::from(13u64));
            let arguments = [("amount", speaker.money(amount)), ("year", speaker.money(&year))];
            item.say(speaker.tell("four-weekly", &arguments));
            rounded(speaker, &mut item, charge);
            let first = speaker.contract.term.starts;
            let line = Sample::of(speaker, &[position]).in_month_of(first).line(position);
            item.example(line.map(|line| {
                let month = speaker.words.month(Month::of(first));
                speaker.tell("example-four-weekly", &[("month", &month), ("amount", &speaker.sum(&line.amount))])
            }));
        }
        ChargeKind::Once { amount, on } => {
            let (amount, day) = (speaker.money(amount), speaker.words.date(*on));
            item.say(speaker.tell("once", &[("amount", &amount), ("date", &day)]));
            rounded(speaker, &mut item, charge);
            let line = Sample::of(speaker, &[position]).in_month_of(*on).line(position);
            item.example(line.map(|line| {
                let month = speaker.words.month(Month::of(*on));
                speaker.tell("example-once", &[("month", &month), ("amount", &speaker.sum(&line.amount))])
            }));
        }
    }
    item
}

fn by_quantity(speaker: &Speaker<'_>, item: &mut Item, position: usize, charge: &Charge, counted: &Counted) {
    item.say(measured(speaker, counted));
    if let Some(criteria) = select::of_charge(speaker, counted) {
        item.say(speaker.tell(&format!("only-{}", grain(counted.grain)), &[("criteria", &criteria)]));
    }
    measure_terms(speaker, item, counted);
    tariff::say(speaker, item, position, counted);
    included(speaker, item, counted);
    fees(speaker, item, counted);
    surcharge::say(speaker, item, counted);
    limits(speaker, item, charge, counted.per);
    if let Some(refund) = &counted.refund {
        item.say(speaker.tell("refund", &[("days", &speaker.words.days(refund.within))]));
    }
    rounded(speaker, item, charge);
    one(speaker, item, position, counted);
    month(speaker, item, position, charge, counted);
}

/// The word of a grain in messages.
fn grain(grain: Grain) -> &'static str {
    match grain {
        Grain::AgentTime => "agent-time",
        grain => grain.word(),
    }
}

/// What is counted.
fn measured(speaker: &Speaker<'_>, counted: &Counted) -> String {
    let parts = |of: &[crate::Part]| {
        let parts: Vec<String> = of.iter().map(|part| speaker.say(&format!("part-{}", part.word()))).collect();
        speaker.words.and(&parts)
    };
    match &counted.measure {
        Measure::Contacts => speaker.say("counts-contacts"),
        Measure::Legs => speaker.say("counts-legs"),
        Measure::Time { of, .. } if counted.grain == Grain::Leg => {
            speaker.tell("counts-time-of-leg", &[("parts", &parts(of))])
        }
        Measure::Time { of, .. } => speaker.tell("counts-time", &[("parts", &parts(of))]),
        Measure::AgentTime { overtime: None, .. } => speaker.say("counts-agent-time"),
        Measure::AgentTime { overtime: Some(overtime), .. } => {
            let (time, day) = (speaker.duration(overtime.beyond), speaker.words.weekday(overtime.week_starts));
            speaker.tell("counts-overtime", &[("time", &time), ("day", &day)])
        }
        Measure::Schedule { of: ScheduleHours::One(hours), .. } => speaker.say(&format!("counts-{}", hours.word())),
        Measure::Schedule { of: ScheduleHours::Pick { pick, of, at_most, per }, .. } => {
            let hours: Vec<String> = of.iter().map(|hours| speaker.say(&format!("hours-{}", hours.word()))).collect();
            let id = match pick {
                Pick::Lesser => "counts-lesser",
                Pick::Greater => "counts-greater",
            };
            let (hours, per) = (speaker.words.and(&hours), speaker.duration(*per));
            let mut said = speaker.tell(id, &[("hours", &hours), ("per", &per)]);
            if let Some((share, hours)) = at_most {
                let hours = speaker.say(&format!("hours-{}.of", hours.word()));
                let cap = speaker.tell("counts-at-most", &[("share", &speaker.percent(share)), ("hours", &hours)]);
                said = format!("{said} {cap}");
            }
            said
        }
        Measure::AgentMonths { prorate: Proration::Day } => speaker.say("counts-agent-days"),
        Measure::AgentMonths { prorate: Proration::None } => speaker.say("counts-agent-months"),
        Measure::Resolutions { .. } => speaker.say("counts-resolutions"),
        Measure::Sales => speaker.say("counts-sales"),
        Measure::SaleAmount => speaker.say("counts-sale-amounts"),
        Measure::Leads => speaker.say("counts-leads"),
        Measure::Appointments => speaker.say("counts-appointments"),
        Measure::Reported { .. } | Measure::Forecast { .. } => speaker.say("counts-reported"),
        Measure::Cost { .. } => speaker.say("counts-costs"),
    }
}

/// How what is counted becomes what is billed: increments, reopening, evidence.
fn measure_terms(speaker: &Speaker<'_>, item: &mut Item, counted: &Counted) {
    match &counted.measure {
        Measure::Time { increments, .. } => {
            if !matches!(counted.tariff, Tariff::Lengths(_)) {
                item.say(steps(speaker, counted.grain, *increments));
            }
            let parts = [
                ("free-up-to", increments.free_up_to),
                ("free-first", increments.free_first),
                ("extra", increments.extra),
            ];
            for (id, time) in parts.into_iter().filter(|(_, time)| 0 < time.0) {
                let arguments = [("time", speaker.duration(time)), ("row", row(counted.grain).to_owned())];
                item.say(speaker.tell(id, &arguments));
            }
        }
        Measure::Resolutions { reopened_within: Some(within) } => {
            let time = window(speaker, *within);
            item.say(speaker.tell("reopened-within", &[("time", &time)]));
        }
        Measure::Reported { evidence: true } | Measure::Cost { evidence: true } => {
            item.say(speaker.say("evidence"));
        }
        _ => {}
    }
}

fn steps(speaker: &Speaker<'_>, grain: Grain, increments: Increments) -> String {
    let (first, then) = (increments.first(), increments.then());
    let arguments =
        [("row", row(grain).to_owned()), ("first", speaker.duration(first)), ("then", speaker.duration(then))];
    match (first, then) {
        (Milliseconds(0), Milliseconds(1)) => speaker.say("steps-exact"),
        (Milliseconds(0), _) => speaker.tell("steps-then", &arguments[2..]),
        (_, Milliseconds(1)) => speaker.tell("steps-first", &arguments[..2]),
        _ => speaker.tell("steps-first-then", &arguments),
    }
}

/// What each row is that is billed by itself: a variant of messages, and the end of their names.
fn row(grain: Grain) -> &'static str {
    if grain == Grain::Leg { "leg" } else { "contact" }
}

/// A long time in days, where it is whole ones.
fn window(speaker: &Speaker<'_>, time: Milliseconds) -> String {
    const DAY: u64 = 86_400_000;
    if 0 < time.0 && time.0.is_multiple_of(DAY) {
        speaker.words.count("days", &Exact::from(time.0 / DAY))
    } else {
        speaker.duration(time)
    }
}

fn included(speaker: &Speaker<'_>, item: &mut Item, counted: &Counted) {
    let Some(included) = &counted.included else { return };
    let quantity = speaker.quantity(Noun::of(counted), &included.quantity);
    item.say(speaker.tell("included", &[("quantity", &quantity)]));
    item.say(match included.rollover_months {
        0 => speaker.say("included-lapse"),
        months => speaker.tell("included-rollover", &[("months", &speaker.words.months(months))]),
    });
    if counted.scope != Scope::Contract {
        item.say(speaker.say(if included.pooled { "included-pooled" } else { "included-apart" }));
    }
    if !counted.surcharges.is_empty() || (included.pooled && counted.scope != Scope::Contract) {
        item.say(match included.to {
            IncludedTo::First => speaker.say("included-first"),
            IncludedTo::Proportional => speaker.say("included-proportional"),
            IncludedTo::Cheapest => speaker.say("included-cheapest"),
        });
    }
    item.say(match included.prorate {
        Proration::Day => speaker.say("included-by-day"),
        Proration::None => speaker.say("included-whole"),
    });
}

/// A bundle's amount, and what each contact costs beside its units, at least and at most.
fn fees(speaker: &Speaker<'_>, item: &mut Item, counted: &Counted) {
    if let Some(fee) = &counted.fee {
        item.say(speaker.tell("fee", &[("amount", &speaker.money(&fee.amount))]));
        item.say(part_of_month(speaker, fee.prorate));
    }
    let row = row(counted.grain);
    let each = &counted.each_contact;
    if !each.fee.is_zero() {
        item.say(speaker.tell(&format!("connect-fee-{row}"), &[("amount", &speaker.money(&each.fee))]));
    }
    let of_sale = matches!(counted.measure, Measure::Sales | Measure::SaleAmount);
    let row = if of_sale { "sale" } else { row };
    if let Some(least) = &each.least {
        item.say(speaker.tell(&format!("each-at-least-{row}"), &[("amount", &speaker.money(least))]));
    }
    if let Some(most) = &each.most {
        item.say(speaker.tell(&format!("each-at-most-{row}"), &[("amount", &speaker.money(most))]));
    }
}

/// What a month costs that is only partly in the term.
pub(super) fn part_of_month(speaker: &Speaker<'_>, prorate: Proration) -> String {
    match prorate {
        Proration::Day => speaker.say("part-by-day"),
        Proration::None => speaker.say("part-whole"),
    }
}

fn limits(speaker: &Speaker<'_>, item: &mut Item, charge: &Charge, per: Per) {
    let limits = &charge.limits;
    let said: Vec<String> = limits
        .order
        .0
        .iter()
        .filter_map(|limit| match limit {
            Limit::Discount => limits.discount.as_ref().map(|share| ("limit-discount", speaker.percent(share))),
            Limit::Cap => limits.most.as_ref().map(|amount| ("limit-cap", speaker.money(amount))),
            Limit::Minimum => limits.least.as_ref().map(|amount| ("limit-minimum", speaker.money(amount))),
        })
        .map(|(id, value)| speaker.tell(id, &[("value", &value)]))
        .collect();
    match said.as_slice() {
        [] => {}
        [one] => item.say(speaker.tell(&format!("limits-{}", per.word()), &[("limits", one)])),
        several => {
            let several = speaker.words.series(several);
            item.say(speaker.tell(&format!("limits-{}", per.word()), &[("limits", &several)]));
            item.say(speaker.say("limits-in-order"));
        }
    }
}

/// A charge's own rounding.
fn rounded(speaker: &Speaker<'_>, item: &mut Item, charge: &Charge) {
    if let Some(rule) = &charge.round {
        item.say(speaker.tell("rounded-itself", &[("rule", &rule_in_words(speaker, rule))]));
    }
}

/// `to the nearest USD 0.01, halves up, once for each line`.
pub(super) fn rule_in_words(speaker: &Speaker<'_>, rule: &RoundRule) -> String {
    let step = speaker.money(&Amount(rule.rounding.to().clone()));
    let how = match rule.rounding.how() {
        RoundHow::HalfUp => "round-half-up",
        RoundHow::HalfEven => "round-half-even",
        RoundHow::Up => "round-up",
        RoundHow::Down => "round-down",
    };
    let at = match rule.at {
        RoundAt::Contact => "round-at-contact",
        RoundAt::Line => "round-at-line",
        RoundAt::Invoice => "round-at-invoice",
    };
    speaker.tell(how, &[("step", &step), ("at", &speaker.say(at))])
}

/// One contact, agent or sale worked through.
fn one(speaker: &Speaker<'_>, item: &mut Item, position: usize, counted: &Counted) {
    match &counted.measure {
        // Where units are billed in blocks, one contact's price says nothing of the others'.
        Measure::Time { increments, .. } if !tariff::has_blocks(counted) => {
            item.example(one_contact(speaker, position, counted, *increments));
        }
        Measure::AgentMonths { .. } => {
            let mut sample = Sample::of(speaker, &[position]).without_monthly_terms(position);
            let days = sample.month.days();
            let Measure::AgentMonths { prorate } = counted.measure else { return };
            let share = match prorate {
                Proration::Day => Exact::ratio(10, days).expect("a month has days"),
                Proration::None => Exact::one(),
            };
            sample.add_row(position, Quantity(share), None);
            sample.add_known();
            item.example(sample.line(position).map(|line| {
                let days = speaker.count("days", 10);
                let (month, amount) = (speaker.words.month(sample.month), speaker.sum(&line.amount));
                speaker.tell("example-agent-days", &[("days", &days), ("month", &month), ("amount", &amount)])
            }));
        }
        Measure::SaleAmount => {
            for amount in [200u64, 5] {
                let is_small = amount == 5;
                if is_small && counted.each_contact.least.is_none() {
                    continue;
                }
                let sale = Quantity(Exact::from(amount));
                let priced = priced(speaker, position, &sale, None);
                item.example(priced.map(|amount| {
                    let sale = speaker.quantity(Noun::Sales, &sale);
                    speaker.tell("example-sale", &[("sale", &sale), ("amount", &speaker.sum(&amount))])
                }));
            }
        }
        Measure::Cost { .. } => {
            let cost = Quantity(Exact::from(100u64));
            item.example(priced(speaker, position, &cost, None).map(|amount| {
                let cost = speaker.quantity(Noun::Costs, &cost);
                speaker.tell("example-cost", &[("cost", &cost), ("amount", &speaker.sum(&amount))])
            }));
        }
        _ => {}
    }
}

/// What one row costs by itself.
fn priced(speaker: &Speaker<'_>, position: usize, quantity: &Quantity, surcharge: Option<usize>) -> Option<Amount> {
    let mut sample = Sample::of(speaker, &[position]).without_monthly_terms(position).unrounded();
    sample.add_row(position, quantity.clone(), surcharge);
    sample.add_known();
    sample.line(position).map(|line| line.amount)
}

/// A contact of nearly five minutes: what is billed of it and what it costs, also where the first surcharge applies.
fn one_contact(speaker: &Speaker<'_>, position: usize, counted: &Counted, increments: Increments) -> Option<String> {
    let usual = Milliseconds::seconds(277);
    let time = if increments.bills(usual) { usual } else { Milliseconds(increments.free_up_to.0.checked_add(1000)?) };
    let time_said = speaker.duration(time);
    let unit = Unit::of(&counted.measure, Month::of(speaker.contract.term.starts));
    if let Tariff::Lengths(_) = counted.tariff {
        // A price by length looks at the contact itself; how much of it is billed follows from its parts.
        let quantity = unit.quantity(i128::from(time.0));
        let amount = speaker.sum(&priced(speaker, position, &quantity, None)?);
        return Some(speaker.tell("example-length", &[("time", &time_said), ("amount", &amount)]));
    }
    let billed = increments.billed(time)?;
    let quantity = unit.quantity(i128::from(billed.0));
    let amount = speaker.sum(&priced(speaker, position, &quantity, None)?);
    let arguments = [
        ("time", time_said),
        ("billed", speaker.duration(billed)),
        ("quantity", speaker.quantity(Noun::of(counted), &quantity)),
        ("amount", amount),
    ];
    let row = row(counted.grain);
    // `5 minutes (5 minutes)` says nothing twice.
    let plain = if arguments[1].1 == arguments[2].1 { "-plain" } else { "" };
    let mut said = speaker.tell(&format!("example-{row}{plain}"), &arguments);
    if let Some(surcharge) = counted.surcharges.first()
        && let Some(amount) = priced(speaker, position, &quantity, Some(0))
    {
        let (calendar, amount) = (speaker.name(&surcharge.calendar), speaker.sum(&amount));
        let surcharged = speaker.tell("example-surcharged", &[("calendar", &calendar), ("amount", &amount)]);
        said = format!("{said} {surcharged}");
    }
    Some(said)
}

/// A month worked through: where a month's volume decides what a unit costs, or units are not told by one row.
fn month(speaker: &Speaker<'_>, item: &mut Item, position: usize, charge: &Charge, counted: &Counted) {
    let by_month = counted.tariff.single().is_none()
        || counted.included.is_some()
        || counted.fee.is_some()
        || charge.limits != crate::Limits::default();
    let told = matches!(
        counted.measure,
        Measure::Time { .. } | Measure::AgentMonths { .. } | Measure::SaleAmount | Measure::Cost { .. }
    );
    let by_agents = matches!(counted.tariff, Tariff::Bands { by: TiersBy::Agents, .. });
    // A month's sales are many of any size: each has its own least and most.
    let each = &counted.each_contact;
    let each_sale = matches!(counted.measure, Measure::SaleAmount) && (each.least.is_some() || each.most.is_some());
    if matches!(counted.tariff, Tariff::Lengths(_)) || by_agents || each_sale || (told && !by_month) {
        return;
    }
    let quantity = tariff::volume(counted);
    let priced = |surcharge: Option<usize>| {
        let mut sample = Sample::of(speaker, &[position]);
        sample.add(position, &quantity, surcharge);
        sample.add_known();
        sample.line(position).map(|line| speaker.sum(&line.amount))
    };
    item.example(priced(None).map(|amount| {
        let mut said = in_a_month(speaker, counted, &quantity, amount);
        if let Some(surcharge) = counted.surcharges.first()
            && !told
            && let Some(amount) = priced(Some(0))
        {
            let calendar = speaker.name(&surcharge.calendar);
            let surcharged = speaker.tell("example-month-surcharged", &[("calendar", calendar), ("amount", amount)]);
            said = format!("{said} {surcharged}");
        }
        said
    }));
    if counted.refund.is_some() {
        let mut sample = Sample::of(speaker, &[position]);
        sample.refund(position, quantity.clone());
        item.example(sample.line(position).map(|line| {
            let said = speaker.quantity(Noun::of(counted), &quantity);
            speaker.tell("example-refund", &[("quantity", said), ("amount", speaker.sum(&-&line.amount))])
        }));
    }
}

/// What a month's quantity costs; with its contacts, where each of these has a price besides its time.
fn in_a_month(speaker: &Speaker<'_>, counted: &Counted, quantity: &Quantity, amount: String) -> String {
    let each = &counted.each_contact;
    let by_contact = !each.fee.is_zero() || each.least.is_some() || each.most.is_some();
    let said = speaker.quantity(Noun::of(counted), quantity);
    if !by_contact || !matches!(counted.measure, Measure::Time { .. }) {
        return speaker.tell("example-month", &[("quantity", said), ("amount", amount)]);
    }
    let rows = Rows::usual(counted, quantity);
    let noun = Noun::Unit(row(counted.grain));
    let arguments = [
        ("contacts", speaker.quantity(noun, &Quantity(Exact::from(rows.rows)))),
        ("time", speaker.quantity(Noun::of(counted), &rows.each)),
        ("quantity", said),
        ("amount", amount),
    ];
    speaker.tell("example-month-contacts", &arguments)
}

fn by_ratio(speaker: &Speaker<'_>, item: &mut Item, position: usize, charge: &Charge, ratio: &Ratio) {
    let noun = Noun::Unit(&ratio.unit);
    let base = &speaker.contract.charges[ratio.of];
    let base_noun = speaker.contract.counted(ratio.of).map_or(Noun::Unit("contact"), Noun::of);
    let of = speaker.name(&base.name);
    let one_per = speaker.quantity(base_noun, &ratio.one_per);
    let one = speaker.quantity(noun, &Quantity(Exact::one()));
    item.say(speaker.tell("ratio", &[("one", &one), ("per", &one_per), ("of", &of)]));
    item.say(match ratio.round {
        Some(RoundHow::Up) => speaker.say("ratio-up"),
        Some(RoundHow::Down) => speaker.say("ratio-down"),
        Some(RoundHow::HalfUp | RoundHow::HalfEven) => speaker.say("ratio-nearest"),
        None => speaker.say("ratio-exact"),
    });
    item.say(speaker.tell("price", &[("price", &speaker.price(noun, &ratio.each))]));
    limits(speaker, item, charge, Per::Month);
    rounded(speaker, item, charge);
    let two = Quantity(&(&ratio.one_per.0 * &Exact::from(2u64)) + &Exact::one());
    let mut sample = Sample::of(speaker, &[position, ratio.of]);
    sample.add(ratio.of, &two, None);
    sample.add_known();
    item.example(sample.line(position).map(|line| {
        let arguments = [
            ("base", speaker.quantity(base_noun, &two)),
            ("quantity", speaker.quantity(noun, &line.quantity)),
            ("amount", speaker.sum(&line.amount)),
        ];
        speaker.tell("example-ratio", &arguments)
    }));
}

fn of_others(speaker: &Speaker<'_>, item: &mut Item, position: usize, charge: &Charge, share: &ShareOf) {
    let (percent, of) = (speaker.percent(&share.share), speaker.charges(&share.of));
    item.say(speaker.tell("share", &[("share", &percent), ("charges", &of)]));
    limits(speaker, item, charge, Per::Month);
    rounded(speaker, item, charge);
    let mut sample = Sample::of(speaker, &[position]);
    sample.add_usual(&share.of);
    let base = sample.sum(&share.of);
    item.example(sample.line(position).zip(base).map(|(line, base)| {
        let (base, amount) = (speaker.sum(&base), speaker.sum(&line.amount));
        speaker.tell("example-share", &[("base", &base), ("amount", &amount)])
    }));
}

fn flat(speaker: &Speaker<'_>, item: &mut Item, position: usize, charge: &Charge, amount: &Amount, prorate: Proration) {
    item.say(speaker.tell("flat", &[("amount", &speaker.money(amount))]));
    item.say(part_of_month(speaker, prorate));
    limits(speaker, item, charge, Per::Month);
    rounded(speaker, item, charge);
    let sample = Sample::of(speaker, &[position]);
    let tenth = sample.month.first().checked_add(jiff::Span::new().days(9)).ok();
    let line = tenth.and_then(|tenth| sample.ending(tenth).line(position));
    item.example(line.map(|line| {
        let arguments = [("days", speaker.count("days", 10)), ("amount", speaker.sum(&line.amount))];
        speaker.tell("example-part", &arguments)
    }));
}

/// A price beside what it buys, for what has but one.
pub(super) fn price(speaker: &Speaker<'_>, noun: Noun<'_>, price: &Price) -> String {
    match noun {
        Noun::Unit(_) => speaker.tell("price", &[("price", &speaker.price(noun, price))]),
        Noun::Sales => {
            speaker.tell("commission", &[("share", &speaker.percent(&longshore_units::Factor(price.0.clone())))])
        }
        Noun::Costs => {
            let markup = &price.0 - &Exact::one();
            if markup.is_zero() {
                return speaker.say("costs-as-they-are");
            }
            speaker.tell("costs-with-markup", &[("share", &speaker.percent(&longshore_units::Factor(markup)))])
        }
    }
}
