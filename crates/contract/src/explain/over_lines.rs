//! Minimums, discounts, indexes and prepayments.

use jiff::civil::Date;
use longshore_units::{Amount, Exact, Factor, Month};

use super::sample::{Sample, about_units, usual};
use super::speaker::{Noun, Speaker};
use super::{Item, condition, tariff};
use crate::{
    Beyond, Bound, Discount, DiscountOf, Due, Index, IndexBy, Line, LineKind, Minimum, MinimumOf, Per, Prepaid,
    Proration,
};

pub(super) fn minimums(speaker: &Speaker<'_>) -> Vec<Item> {
    speaker.contract.minimums.iter().map(|minimum| one_minimum(speaker, minimum)).collect()
}

fn one_minimum(speaker: &Speaker<'_>, minimum: &Minimum) -> Item {
    let mut item = Item::headed(speaker.heading(&minimum.name, minimum.clause.as_ref()));
    let charges = speaker.charges(&minimum.on);
    let counted = minimum.on.first().and_then(|position| speaker.contract.counted(*position));
    let noun = counted.map_or(Noun::Unit("contact"), Noun::of);
    match &minimum.of {
        MinimumOf::Amount { amount, prorate } => {
            let arguments = [("charges", charges.as_str()), ("amount", &speaker.money(amount))];
            item.say(speaker.tell(&format!("minimum-{}", minimum.per.word()), &arguments));
            item.say(speaker.say("minimum-shortfall"));
            if minimum.per == Per::Month {
                item.say(match prorate {
                    Proration::Day => speaker.say("minimum-by-day"),
                    Proration::None => speaker.say("minimum-whole"),
                });
            }
        }
        MinimumOf::Volume { volume, prorate, forecast, shortfall_each, beyond } => {
            let bound = tariff::bound(speaker, noun, volume);
            let arguments = [("charges", charges.as_str()), ("volume", &bound), ("kind", tariff::kind(volume))];
            item.say(speaker.tell(&format!("commitment-{}", minimum.per.word()), &arguments));
            let price = speaker.price(noun, shortfall_each);
            item.say(speaker.tell("commitment-shortfall", &[("price", &price)]));
            if matches!(volume, Bound::Units(_)) {
                item.say(match prorate {
                    Proration::Day => speaker.say("commitment-by-day"),
                    Proration::None => speaker.say("commitment-whole"),
                });
            }
            if let Some(Beyond { above, share }) = beyond {
                let (volume, share) = (tariff::bound(speaker, noun, above), speaker.percent(share));
                let arguments = [("volume", volume.as_str()), ("share", &share), ("kind", tariff::kind(above))];
                item.say(speaker.tell("commitment-beyond", &arguments));
            }
            let bounds = [Some(volume), beyond.as_ref().map(|beyond| &beyond.above)];
            if bounds.into_iter().flatten().any(|bound| matches!(bound, Bound::OfForecast(_))) {
                item.say(speaker.say("forecast-locked"));
                if !forecast.is_empty() {
                    item.say(speaker.tell("forecast-of", &[("queues", &speaker.any_of(forecast))]));
                }
            }
        }
    }
    if minimum.per != Per::Month {
        item.say(speaker.by("settled", minimum.per));
    }
    if let Some(waived) = &minimum.waived_if {
        let condition = condition::said(speaker, waived, noun);
        item.say(speaker.tell("minimum-waived", &[("condition", &condition)]));
    }
    match &minimum.of {
        MinimumOf::Amount { amount, .. } => item.example(example_of_amount(speaker, minimum, amount)),
        MinimumOf::Volume { volume, beyond, .. } => {
            item.example(example_of_volume(speaker, minimum, volume, (4, 5)));
            if let Some(beyond) = beyond {
                item.example(example_of_volume(speaker, minimum, &beyond.above, (6, 5)));
            }
        }
    }
    item
}

/// The line of that kind and name.
fn line_of(sample: &Sample, kind: LineKind, name: &str) -> Option<Line> {
    sample.invoice()?.lines.into_iter().find(|line| line.kind == kind && line.charge == name)
}

/// A month whose lines come to about six tenths of the minimum.
fn example_of_amount(speaker: &Speaker<'_>, minimum: &Minimum, amount: &Amount) -> Option<String> {
    let mut sample = Sample::of(speaker, &minimum.on).with_minimum(minimum).in_last_month(minimum.per);
    let part = amount * &Factor(Exact::ratio(3, 5)?);
    for charge in &minimum.on {
        let Some(counted) = speaker.contract.counted(*charge) else { continue };
        if let Some(units) = about_units(&part, counted) {
            sample.add(*charge, &units, None);
            break;
        }
    }
    sample.add_known();
    let missing = line_of(&sample, LineKind::Minimum, &minimum.name)?;
    let arguments = [
        ("in", speaker.by("in", minimum.per)),
        ("reached", speaker.sum(&sample.sum(&minimum.on)?)),
        ("missing", speaker.sum(&missing.amount)),
    ];
    Some(speaker.tell("example-minimum", &arguments))
}

/// A month whose volume is some part of a bound, with a forecast of a usual month.
fn example_of_volume(
    speaker: &Speaker<'_>,
    minimum: &Minimum,
    bound: &Bound,
    (above, below): (i128, i128),
) -> Option<String> {
    let charge = *minimum.on.first()?;
    let counted = speaker.contract.counted(charge)?;
    let noun = Noun::of(counted);
    let forecast = usual(counted);
    let volume = &bound.units(Some(&forecast))? * &Factor(Exact::ratio(above, below)?);
    let mut sample = Sample::of(speaker, &minimum.on).with_minimum(minimum).in_last_month(minimum.per);
    sample.add(charge, &volume, None);
    sample.add_known();
    sample.forecast_of_minimum(forecast.clone());
    let line = line_of(&sample, LineKind::Minimum, &minimum.name)?;
    let is_relative = matches!(bound, Bound::OfForecast(_));
    let arguments = [
        ("forecast", speaker.quantity(noun, &forecast)),
        ("in", speaker.by("in", minimum.per)),
        ("volume", speaker.quantity(noun, &volume)),
        ("amount", speaker.sum(&line.amount)),
    ];
    Some(if is_relative {
        speaker.tell("example-commitment-of-forecast", &arguments)
    } else {
        speaker.tell("example-commitment", &arguments[1..])
    })
}

pub(super) fn discounts(speaker: &Speaker<'_>) -> Vec<Item> {
    speaker.contract.discounts.iter().map(|discount| one_discount(speaker, discount)).collect()
}

fn one_discount(speaker: &Speaker<'_>, discount: &Discount) -> Item {
    let mut item = Item::headed(speaker.heading(&discount.name, discount.clause.as_ref()));
    let charges = speaker.charges(&discount.on);
    match &discount.of {
        DiscountOf::Share(share) => {
            let arguments = [("share", speaker.percent(share)), ("charges", charges)];
            item.say(speaker.tell("discount-share", &arguments));
        }
        DiscountOf::Amount(amount) => {
            let arguments = [("amount", speaker.money(amount)), ("charges", charges)];
            item.say(speaker.tell("discount-amount", &arguments));
        }
        DiscountOf::Rebate { per, bands } => {
            item.say(speaker.tell(&format!("rebate-{}", per.word()), &[("charges", &charges)]));
            for (from, share) in bands {
                let arguments = [("from", speaker.money(from)), ("share", speaker.percent(share))];
                item.point(speaker.tell("rebate-band", &arguments));
            }
            item.say(speaker.say("rebate-retroactive"));
        }
    }
    let day = |date: Date| speaker.words.date(date);
    match (discount.from, discount.until) {
        (Some(from), Some(until)) => {
            item.say(speaker.tell("discount-from-until", &[("from", &day(from)), ("until", &day(until))]));
        }
        (Some(from), None) => item.say(speaker.tell("discount-from", &[("from", &day(from))])),
        (None, Some(until)) => item.say(speaker.tell("discount-until", &[("until", &day(until))])),
        (None, None) => {}
    }
    if discount.from.is_some() || discount.until.is_some() {
        item.say(speaker.say("discount-part"));
    }
    item.example(example_of_discount(speaker, discount));
    item
}

/// A usual month in which the discount holds as a whole; of a rebate, one that reaches its first bound.
fn example_of_discount(speaker: &Speaker<'_>, discount: &Discount) -> Option<String> {
    let mut sample = Sample::of(speaker, &discount.on).with_discount(discount);
    let starts = Month::of(discount.from.unwrap_or(speaker.contract.term.starts)).max(sample.month);
    if let Some(until) = discount.until
        && Month::of(until) < starts
    {
        return None;
    }
    sample.month = starts;
    if let DiscountOf::Rebate { bands, .. } = &discount.of {
        let reached = &bands.first()?.0 * &Factor(Exact::ratio(3, 2)?);
        let charge = discount.on.iter().find(|charge| speaker.contract.counted(**charge).is_some())?;
        sample.add(*charge, &about_units(&reached, speaker.contract.counted(*charge)?)?, None);
        sample.add_known();
    } else {
        sample.add_usual(&discount.on);
    }
    let line = line_of(&sample, LineKind::Discount, &discount.name)?;
    let per = match &discount.of {
        DiscountOf::Rebate { per, .. } => *per,
        DiscountOf::Share(_) | DiscountOf::Amount(_) => Per::Month,
    };
    let arguments = [
        ("in", speaker.by("in", per)),
        ("base", speaker.sum(&sample.sum(&discount.on)?)),
        ("amount", speaker.sum(&-&line.amount)),
    ];
    Some(speaker.tell("example-discount", &arguments))
}

pub(super) fn indexes(speaker: &Speaker<'_>) -> Vec<Item> {
    speaker.contract.indexes.iter().map(|index| one_index(speaker, index)).collect()
}

fn one_index(speaker: &Speaker<'_>, index: &Index) -> Item {
    let heading = match &index.by {
        IndexBy::Series { what, .. } => speaker.tell("index-of", &[("series", what)]),
        IndexBy::Share(_) => speaker.say("index-fixed"),
    };
    let mut item = Item::headed(speaker.heading(&heading, index.clause.as_ref()));
    let charges = speaker.charges(&index.on);
    let every = match index.every_months {
        12 => speaker.say("every-year"),
        months => speaker.tell("every-months", &[("months", &speaker.words.months(months))]),
    };
    match &index.by {
        IndexBy::Series { what, base } => {
            let arguments = [
                ("charges", charges.as_str()),
                ("every", &every),
                ("series", &speaker.name(what)),
                ("base", &speaker.words.date(*base)),
            ];
            item.say(speaker.tell("index-series", &arguments));
        }
        IndexBy::Share(share) => {
            let arguments = [("charges", charges.as_str()), ("every", &every), ("share", &speaker.percent(share))];
            item.say(speaker.tell("index-share", &arguments));
        }
    }
    if let Some(share) = &index.at_most {
        item.say(speaker.tell("index-at-most", &[("share", &speaker.percent(share))]));
    } else if matches!(index.by, IndexBy::Series { .. }) {
        item.say(speaker.say("index-uncapped"));
    }
    if let Some(share) = &index.at_least {
        if share.0.is_negative() {
            let share = Factor(-&share.0);
            item.say(speaker.tell("index-down-at-most", &[("share", &speaker.percent(&share))]));
        } else {
            item.say(speaker.tell("index-at-least", &[("share", &speaker.percent(share))]));
        }
    }
    item.say(speaker.say("index-from"));
    item.example(example_of_index(speaker, index));
    item
}

/// A usual month before the first step and after it, with a series that rises by 4 %.
fn example_of_index(speaker: &Speaker<'_>, index: &Index) -> Option<String> {
    let charge = *index.on.first()?;
    let starts = speaker.contract.term.starts;
    let span = jiff::Span::new().try_months(i64::from(index.every_months)).ok()?;
    let step = starts.checked_add(span).ok()?;
    if speaker.contract.term.ends.is_some_and(|ends| ends < step) {
        return None;
    }
    let price = |month: Month| {
        let mut sample = Sample::of(speaker, &[charge]).with_index(index);
        sample.month = month;
        sample.add_usual(&[charge]);
        if let IndexBy::Series { what, base } = &index.by {
            sample.rate(what, *base, Exact::from(100u64));
            sample.rate(what, step, Exact::from(104u64));
        }
        sample.line(charge).map(|line| line.amount)
    };
    let first = Sample::of(speaker, &[charge]).month;
    let after = Month::of(step);
    let after = if after.first() < step { after.next()? } else { after };
    let arguments = [
        ("charge", speaker.name(&speaker.contract.charges[charge].name)),
        ("before", speaker.sum(&price(first)?)),
        ("after", speaker.sum(&price(after)?)),
        ("month", speaker.words.month(after)),
    ];
    Some(match &index.by {
        IndexBy::Share(_) => speaker.tell("example-index-share", &arguments),
        IndexBy::Series { what, .. } => {
            let mut arguments = arguments.to_vec();
            let (series, rise) = (speaker.name(what), speaker.percent(&Factor(Exact::ratio(4, 100)?)));
            arguments.extend([("series", series), ("rise", rise)]);
            speaker.tell("example-index-series", &arguments)
        }
    })
}

pub(super) fn prepaid(speaker: &Speaker<'_>) -> Vec<Item> {
    speaker.contract.prepaid.iter().map(|prepaid| one_prepaid(speaker, prepaid)).collect()
}

fn one_prepaid(speaker: &Speaker<'_>, prepaid: &Prepaid) -> Item {
    let mut item = Item::headed(speaker.heading(&prepaid.name, prepaid.clause.as_ref()));
    let amount = speaker.money(&prepaid.amount);
    item.say(match prepaid.due {
        Due::Once(date) => speaker.tell("prepaid-once", &[("amount", &amount), ("date", &speaker.words.date(date))]),
        Due::Monthly => speaker.tell("prepaid-monthly", &[("amount", &amount)]),
    });
    item.say(speaker.tell("prepaid-drawn", &[("charges", &speaker.charges(&prepaid.on))]));
    item.say(match prepaid.expires_months {
        Some(months) => speaker.tell("prepaid-expires", &[("months", &speaker.words.months(months))]),
        None => speaker.say("prepaid-stays"),
    });
    item.example(example_of_prepaid(speaker, prepaid));
    item
}

/// The month of the payment, with usual volumes.
fn example_of_prepaid(speaker: &Speaker<'_>, prepaid: &Prepaid) -> Option<String> {
    let mut sample = Sample::of(speaker, &prepaid.on).with_prepaid(prepaid);
    if let Due::Once(date) = prepaid.due {
        sample.month = Month::of(date).max(Month::of(speaker.contract.term.starts));
    }
    sample.add_usual(&prepaid.on);
    let invoice = sample.invoice()?;
    let lines = invoice.lines.iter().filter(|line| line.kind == LineKind::Prepaid);
    let drawn = lines.map(|line| line.amount.clone()).find(|amount| amount.0.is_negative())?;
    let arguments = [("base", speaker.sum(&sample.sum(&prepaid.on)?)), ("drawn", speaker.sum(&-&drawn))];
    Some(speaker.tell("example-prepaid", &arguments))
}
