//! The service that was promised, and what follows from missing it.

use std::collections::BTreeSet;

use longshore_units::{Amount, Exact, Factor};

use super::sample::Sample;
use super::speaker::{Noun, Speaker};
use super::{Item, condition, select};
use crate::{
    AtRisk, Choice, Consequence, Follows, Invoice, LevelUnit, LineKind, MeasureTerm, PayBand, Pays, Per, PointPrice,
    Points, Sla,
};

pub(super) fn items(speaker: &Speaker<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = speaker.contract.slas.iter().map(|sla| one(speaker, sla)).collect();
    items.extend(speaker.contract.at_risk.as_ref().map(|at_risk| amount_at_risk(speaker, at_risk)));
    items
}

fn one(speaker: &Speaker<'_>, sla: &Sla) -> Item {
    let mut item = Item::headed(speaker.heading(&sla.name, sla.clause.as_ref()));
    measure(speaker, &mut item, &sla.measure);
    if let Some(criteria) = select::criteria(speaker, &sla.when) {
        item.say(speaker.tell("measured-only", &[("criteria", &criteria)]));
    }
    if !sla.exclude.is_empty() {
        let excluded: Vec<String> = sla.exclude.iter().map(|what| speaker.name(what)).collect();
        item.say(speaker.tell("measured-without", &[("what", speaker.words.and(&excluded))]));
    }
    let level = level(speaker, sla.target.unit, &sla.target.at);
    let target = if sla.target.more_is_better { "target-at-least" } else { "target-at-most" };
    item.say(speaker.tell(target, &[("level", level.as_str()), ("kind", kind(sla.target.unit))]));
    item.say(speaker.by("measured-over", sla.per));
    if 0 < sla.grace_months {
        item.say(speaker.tell("grace", &[("months", speaker.words.months(sla.grace_months))]));
    }
    if let Some(relief) = &sla.relief {
        let condition = condition::said(speaker, relief, Noun::Unit("contact"));
        item.say(speaker.tell("relief", &[("condition", condition)]));
    }
    credits(speaker, &mut item, sla);
    bonuses(speaker, &mut item, sla);
    for consequence in &sla.consequences {
        item.say(follows(speaker, consequence));
    }
    let pays_nothing = sla.credits.is_empty() && sla.linear.is_none();
    if pays_nothing && sla.consequences.is_empty() {
        item.say(speaker.say("no-consequence"));
    }
    for band in &sla.credits {
        let value = beyond(sla, band, !sla.target.more_is_better);
        item.example(example(speaker, sla, "example-credit", &value));
    }
    if sla.linear.is_some() {
        let direction = Exact::from(if sla.target.more_is_better { -5i128 } else { 5 });
        let value = &sla.target.at + &(&step(sla.target.unit) * &direction);
        item.example(example(speaker, sla, "example-credit", &value));
    }
    if let Some(band) = sla.bonuses.last() {
        item.example(example(speaker, sla, "example-bonus", &beyond(sla, band, sla.target.more_is_better)));
    }
    item
}

/// What is measured: a preset in words, and the choices that the contract makes itself.
fn measure(speaker: &Speaker<'_>, item: &mut Item, measure: &MeasureTerm) {
    let id = preset_message(measure.preset.name);
    let mut arguments = Vec::new();
    if let Some(threshold) = measure.threshold {
        arguments.push(("threshold", speaker.duration(threshold)));
    }
    if let Some(within) = measure.within {
        arguments.push(("within", speaker.words.days(within)));
    }
    let (name, says) = (speaker.say(&format!("{id}.name")), speaker.tell(&id, &arguments));
    item.say(speaker.tell("measured", &[("name", &name), ("says", &says)]));
    if let Some(short) = measure.short_abandons {
        item.say(match short.0 {
            0 => speaker.say("short-abandons-count"),
            _ => speaker.tell("short-abandons", &[("time", speaker.duration(short))]),
        });
    }
    let choices: Vec<String> = measure.choices.iter().map(|(choice, word)| chosen(speaker, *choice, word)).collect();
    if !choices.is_empty() {
        item.say(speaker.tell("choices", &[("choices", speaker.words.series(&choices))]));
    }
}

/// The message of a preset.
pub(super) fn preset_message(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("measure-{}", words.join("-"))
}

/// A choice that the contract makes itself; words of our own grammar that have no translation stay as they are written.
fn chosen(speaker: &Speaker<'_>, choice: Choice, word: &str) -> String {
    let choice = choice.word().replace('_', "-");
    let value = format!("choice-{choice}-{}", word.replace([' ', '.'], "-"));
    let value = match word.parse::<Exact>() {
        _ if speaker.words.has(&value) => speaker.say(&value),
        Ok(number) => speaker.words.number(&number),
        Err(_) => speaker.name(word),
    };
    let choice = speaker.say(&format!("choice-{choice}"));
    speaker.tell("criterion", &[("field", choice), ("values", value)])
}

/// A level, as the language writes it: `80%`, `30 seconds`, `4.2`.
fn level(speaker: &Speaker<'_>, unit: LevelUnit, at: &Exact) -> String {
    match unit {
        LevelUnit::Percent => speaker.percent(&Factor(at.clone())),
        LevelUnit::Seconds => speaker.words.count("seconds", at),
        LevelUnit::Number => speaker.words.number(at),
    }
}

/// Whether a level is a `share` or a `number`: see [`super::tariff::kind`].
fn kind(unit: LevelUnit) -> &'static str {
    match unit {
        LevelUnit::Percent => "share",
        LevelUnit::Seconds | LevelUnit::Number => "number",
    }
}

fn credits(speaker: &Speaker<'_>, item: &mut Item, sla: &Sla) {
    if !sla.credits.is_empty() {
        item.say(speaker.say("credits"));
        let band = if sla.target.more_is_better { "band-worse-below" } else { "band-worse-above" };
        for credit in &sla.credits {
            item.point(pay_band(speaker, sla, band, credit));
        }
        if 1 < sla.credits.len() {
            item.say(speaker.say("deepest-alone"));
        }
    }
    if let Some(linear) = &sla.linear {
        let arguments = [
            ("step", distance(speaker, sla.target.unit, &linear.step)),
            ("pays", pays_share(speaker, sla, &linear.share)),
        ];
        item.say(speaker.tell("linear", &arguments));
        if let Some(most) = &linear.at_most {
            item.say(speaker.tell("linear-at-most", &[("share", speaker.percent(most))]));
        }
    }
    if let Some(weight) = &sla.weight {
        item.say(speaker.tell("weight", &[("share", speaker.percent(weight))]));
    } else if !sla.on.is_empty() && (sla.linear.is_some() || sla.credits.iter().chain(&sla.bonuses).any(is_share)) {
        let arguments = [("charges", speaker.charges(&sla.on)), ("in", speaker.by("in", sla.per))];
        item.say(speaker.tell("affected", &arguments));
    }
    if let Some(repeat) = &sla.repeat {
        let arguments = [
            ("misses", speaker.count("times", repeat.misses)),
            ("months", speaker.words.months(repeat.within_months)),
            ("times", speaker.words.number(&repeat.times.0)),
        ];
        let in_points = sla.credits.iter().all(|credit| matches!(credit.pays, Pays::Points(_))) && sla.linear.is_none();
        item.say(speaker.tell(if in_points { "repeat-points" } else { "repeat" }, &arguments));
    }
    if let Some(months) = sla.earn_back_months {
        item.say(speaker.tell("earn-back", &[("months", speaker.words.months(months))]));
    }
}

fn is_share(band: &PayBand) -> bool {
    matches!(band.pays, Pays::Share(_))
}

fn bonuses(speaker: &Speaker<'_>, item: &mut Item, sla: &Sla) {
    if sla.bonuses.is_empty() {
        return;
    }
    item.say(speaker.say("bonuses"));
    let band = if sla.target.more_is_better { "band-better-above" } else { "band-better-below" };
    for bonus in &sla.bonuses {
        item.point(pay_band(speaker, sla, band, bonus));
    }
    if 1 < sla.bonuses.len() {
        item.say(speaker.say("furthest-alone"));
    }
}

fn pay_band(speaker: &Speaker<'_>, sla: &Sla, id: &str, band: &PayBand) -> String {
    let pays = match &band.pays {
        Pays::Share(share) => pays_share(speaker, sla, share),
        Pays::Amount(amount) => speaker.money(amount),
        Pays::Points(points) => speaker.count("points", *points),
    };
    let level = level(speaker, sla.target.unit, &band.beyond);
    speaker.tell(id, &[("level", level.as_str()), ("pays", &pays), ("kind", kind(sla.target.unit))])
}

fn pays_share(speaker: &Speaker<'_>, sla: &Sla, share: &Factor) -> String {
    let id = if sla.weight.is_some() { "pays-share-at-risk" } else { "pays-share" };
    speaker.tell(id, &[("share", speaker.percent(share))])
}

/// How far a step goes: `1 percentage point`, `5 seconds`, `0.1`.
fn distance(speaker: &Speaker<'_>, unit: LevelUnit, step: &Exact) -> String {
    match unit {
        LevelUnit::Percent => speaker.words.count("percentage-points", &(step * &Exact::from(100u64))),
        LevelUnit::Seconds => speaker.words.count("seconds", step),
        LevelUnit::Number => speaker.words.number(step),
    }
}

fn follows(speaker: &Speaker<'_>, consequence: &Consequence) -> String {
    let (who, what) = match &consequence.what {
        Follows::Right(what) => ("right", what),
        Follows::Duty(what) => ("duty", what),
    };
    let what = speaker.name(what);
    if consequence.misses == 1 && consequence.within_months == 1 {
        return speaker.tell(&format!("{who}-each-miss"), &[("what", what)]);
    }
    let arguments = [
        ("misses", speaker.count("times", consequence.misses)),
        ("months", speaker.words.months(consequence.within_months)),
        ("what", what),
    ];
    speaker.tell(&format!("{who}-after-misses"), &arguments)
}

/// How far an example lies beyond a level.
fn step(unit: LevelUnit) -> Exact {
    match unit {
        LevelUnit::Percent => Exact::ratio(1, 100),
        LevelUnit::Seconds => Exact::ratio(1, 1),
        LevelUnit::Number => Exact::ratio(1, 10),
    }
    .expect("it has a divisor")
}

/// A value just beyond a band's level, above or below it.
fn beyond(sla: &Sla, band: &PayBand, above: bool) -> Exact {
    let step = step(sla.target.unit);
    if above { &band.beyond + &step } else { &band.beyond - &step }
}

/// A usual month in which the measure has a value; where the amount at risk limits the credit, also what it limits.
fn example(speaker: &Speaker<'_>, sla: &Sla, id: &str, value: &Exact) -> Option<String> {
    let limiting = limiting(speaker);
    if speaker.contract.slas.len().saturating_mul(limiting.len()) > MOST {
        return None;
    }
    let mut sample = Sample::of(speaker, &limiting).with_sla(speaker.contract, sla).in_last_month(sla.per);
    sample.add_usual(&limiting);
    sample.measure(value.clone());
    // A weighted term takes its part of the amount at risk, which is a share of all of them.
    let base = if sla.weight.is_some() { &limiting } else { &sla.on };
    let amount = service_line(&sample.invoice()?)?;
    let uncapped = service_line(&sample.without_cap().invoice()?)?;
    let mut arguments = vec![
        ("in", speaker.by("in", sla.per)),
        ("kind", kind(sla.target.unit).to_owned()),
        ("value", level(speaker, sla.target.unit, value)),
        ("base", speaker.sum(&sample.sum(base)?)),
        ("amount", speaker.sum(&amount)),
    ];
    if uncapped == amount || sla.weight.is_some() {
        return Some(speaker.tell(id, &arguments));
    }
    arguments.push(("uncapped", speaker.sum(&uncapped)));
    Some(speaker.tell("example-credit-capped", &arguments))
}

/// Terms times their charges above which no month is worked through: no contract has so many, and any file may.
const MOST: usize = 20_000;

/// The charges whose sum the amount at risk is a share of: those of all terms.
fn limiting(speaker: &Speaker<'_>) -> Vec<usize> {
    let all: BTreeSet<usize> = speaker.contract.slas.iter().flat_map(|sla| sla.on.iter().copied()).collect();
    all.into_iter().collect()
}

/// The amount of a credit or a bonus.
fn service_line(invoice: &Invoice) -> Option<Amount> {
    let line = invoice.lines.iter().find(|line| line.kind == LineKind::Service && !line.amount.is_zero())?;
    Some(if line.amount.0.is_negative() { -&line.amount } else { line.amount.clone() })
}

fn amount_at_risk(speaker: &Speaker<'_>, at_risk: &AtRisk) -> Item {
    let mut item = Item::headed(speaker.heading(&speaker.say("at-risk-heading"), at_risk.clause.as_ref()));
    item.say(speaker.tell("at-risk", &[("share", speaker.percent(&at_risk.cap))]));
    match &at_risk.points {
        None => {}
        Some(Points::Each(bands)) => {
            item.say(speaker.say("points-each"));
            for (position, (from, price)) in bands.iter().enumerate() {
                let price = match price {
                    PointPrice::Amount(amount) => speaker.money(amount),
                    PointPrice::Share(share) => speaker.tell("pays-share", &[("share", speaker.percent(share))]),
                };
                item.point(match bands.get(position + 1) {
                    Some((to, _)) => {
                        let arguments =
                            [("from", from.saturating_add(1).to_string()), ("to", to.to_string()), ("price", price)];
                        speaker.tell("point-band", &arguments)
                    }
                    None if *from == 0 => speaker.tell("point-all", &[("price", price)]),
                    None => speaker.tell("point-beyond", &[("from", speaker.count("points", *from)), ("price", price)]),
                });
            }
        }
        Some(Points::Bands(bands)) => {
            item.say(speaker.say("points-bands"));
            for (from, share) in bands {
                let arguments = [("points", speaker.count("points", *from)), ("share", speaker.percent(share))];
                item.point(speaker.tell("points-band", &arguments));
            }
            item.say(speaker.say("deepest-alone"));
        }
    }
    item.example(example_of_cap(speaker));
    item
}

/// A usual month of the first term's charges, with a credit of ten times what it may be.
fn example_of_cap(speaker: &Speaker<'_>) -> Option<String> {
    let sla = speaker.contract.slas.iter().find(|sla| !sla.on.is_empty() && sla.per == Per::Month)?;
    let all = PayBand { beyond: sla.target.at.clone(), pays: Pays::Share(Factor(Exact::from(10u64))) };
    let (linear, weight, repeat) = (None, None, None);
    let on = limiting(speaker);
    let missed = Sla { on, credits: vec![all], linear, weight, repeat, bonuses: Vec::new(), ..sla.clone() };
    let mut sample = Sample::of(speaker, &missed.on).with_sla(speaker.contract, &missed);
    sample.add_usual(&missed.on);
    sample.measure(beyond(&missed, &missed.credits[0], !sla.target.more_is_better));
    let invoice = sample.invoice()?;
    let credit = invoice.lines.iter().find(|line| line.kind == LineKind::Service && line.amount.0.is_negative())?;
    let base = speaker.sum(&sample.sum(&missed.on)?);
    Some(speaker.tell("example-at-risk", &[("base", base), ("amount", speaker.sum(&-&credit.amount))]))
}
