//! `[[sla]]` and `[at_risk]`.

use longshore_units::{Exact, Months};

use super::charge::when;
use super::lines::Names;
use super::value::{Entries, exact, percent};
use crate::{
    AtRisk, Consequence, Follows, LevelUnit, MeasureTerm, PayBand, Pays, PointPrice, Points, Sla, Target, Written,
};

pub(super) fn sla(names: Names<'_>, sla: &Sla) -> Entries {
    let mut entries = Entries::default();
    entries.put("name", &sla.name);
    entries.maybe("clause", sla.clause.as_ref());
    entries.put("measure", measure(&sla.measure));
    let when = when(&sla.when, None);
    entries.maybe("when", (!when.0.is_empty()).then_some(when));
    entries.put("target", target(&sla.measure, &sla.target));
    entries.put("per", sla.per.word());
    if sla.grace_months != 0 {
        entries.put("grace", Months(sla.grace_months));
    }
    entries.maybe("relief", sla.relief.as_ref().map(ToString::to_string));
    entries.some("forecast", sla.relief.iter().flat_map(|relief| &relief.forecast));
    entries.some("on", names.all(&sla.on));
    entries.maybe("weight", sla.weight.as_ref().map(percent));
    let (worse, better) = if sla.target.more_is_better { ("below", "above") } else { ("above", "below") };
    entries.some("credit", sla.credits.iter().map(|band| self::band(band, worse, sla.target.unit)));
    entries.maybe(
        "linear",
        sla.linear.as_ref().map(|linear| {
            let mut entries = Entries::default();
            entries.put("percent", percent(&linear.share));
            entries.put("per", level(&linear.step, sla.target.unit));
            entries.maybe("at_most", linear.at_most.as_ref().map(percent));
            entries
        }),
    );
    entries.some("bonus", sla.bonuses.iter().map(|band| self::band(band, better, sla.target.unit)));
    entries.maybe(
        "repeat",
        sla.repeat.as_ref().map(|repeat| {
            let mut entries = Entries::default();
            entries.put("misses", repeat.misses);
            entries.put("within", Months(repeat.within_months));
            entries.put("times", &repeat.times.0);
            entries
        }),
    );
    entries.maybe("earn_back", sla.earn_back_months.map(|months| format!("{} met", Months(months))));
    entries.some("consequence", sla.consequences.iter().map(consequence));
    entries.some("exclude", &sla.exclude);
    entries
}

fn measure(measure: &MeasureTerm) -> Entries {
    let mut entries = Entries::default();
    entries.put("preset", measure.preset.name);
    entries.maybe("threshold", measure.threshold);
    entries.maybe("short_abandons", measure.short_abandons);
    entries.maybe("within", measure.within);
    for (choice, word) in &measure.choices {
        entries.put(choice.word(), word);
    }
    entries
}

/// The level, with the side that is asked for where the measure does not tell.
fn target(measure: &MeasureTerm, target: &Target) -> String {
    let level = level(&target.at, target.unit);
    match (measure.preset.more_is_better, target.more_is_better) {
        (Some(usual), asked) if usual == asked => level,
        (_, true) => format!("at least {level}"),
        (_, false) => format!("at most {level}"),
    }
}

/// A level in a unit, exactly: `78.3%`, `25s`, `4.1`.
fn level(value: &Exact, unit: LevelUnit) -> String {
    match unit {
        LevelUnit::Percent => percent(&longshore_units::Factor(value.clone())),
        LevelUnit::Seconds => format!("{}s", exact(value)),
        LevelUnit::Number => exact(value),
    }
}

fn band(band: &PayBand, side: &str, unit: LevelUnit) -> Entries {
    let mut entries = Entries::default();
    entries.put(side, level(&band.beyond, unit));
    match &band.pays {
        Pays::Share(share) => entries.put("percent", percent(share)),
        Pays::Amount(amount) => entries.put("amount", &amount.0),
        Pays::Points(points) => entries.put("points", *points),
    }
    entries
}

fn consequence(consequence: &Consequence) -> Entries {
    let mut entries = Entries::default();
    entries.put("misses", consequence.misses);
    entries.put("within", Months(consequence.within_months));
    match &consequence.what {
        Follows::Right(right) => entries.put("right", right),
        Follows::Duty(duty) => entries.put("duty", duty),
    }
    entries
}

pub(super) fn at_risk(at_risk: &AtRisk) -> Entries {
    let mut entries = Entries::default();
    entries.maybe("clause", at_risk.clause.as_ref());
    entries.put("cap", percent(&at_risk.cap));
    entries.maybe("points", at_risk.points.as_ref().map(points));
    entries
}

fn points(points: &Points) -> Written {
    match points {
        Points::Each(each) => {
            let band = |(above, price): &(u32, PointPrice), bounded: bool| {
                let mut entries = Entries::default();
                if bounded {
                    entries.put("above", *above);
                }
                match price {
                    PointPrice::Amount(amount) => entries.put("each", &amount.0),
                    PointPrice::Share(share) => entries.put("each", percent(share)),
                }
                entries.into()
            };
            match each.as_slice() {
                [only @ (0, _)] => band(only, false),
                each => Written::List(each.iter().map(|each| band(each, true)).collect()),
            }
        }
        Points::Bands(bands) => {
            let band = |(from, share): &(u32, longshore_units::Factor)| {
                let mut entries = Entries::default();
                entries.put("from", *from);
                entries.put("percent", percent(share));
                entries.into()
            };
            Written::List(bands.iter().map(band).collect())
        }
    }
}
