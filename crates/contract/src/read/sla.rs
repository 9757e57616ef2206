//! Reading `[[sla]]`: a measure, its target and what follows from missing it.

use std::ops::Range;

use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Exact, Factor, Months};

use super::over_lines::{Heading, Lines, forecast};
use super::{Calendars, Placed, condition, measure, pay, select};
use crate::{AtRisk, Consequence, Follows, Grain, LevelUnit, Linear, PayBand, Pays, Per, Preset, Repeat, Sla, Target};

/// The most SLA terms of a contract: each looks back over months at every invoice.
const MOST: usize = 200;

/// All SLA terms.
pub(super) fn read(
    fields: &mut Fields<'_>,
    lines: &Lines<'_>,
    calendars: &Calendars,
    findings: &mut Findings,
) -> Vec<Placed<Sla>> {
    let nodes = fields.take("sla").map_or(&[][..], Node::one_or_many);
    if let Some(node) = nodes.get(MOST) {
        let help = "keep those that are measured and acted on";
        findings.error("C069", &node.span, format!("more than {MOST} SLA terms"), help);
    }
    nodes.iter().take(MOST).filter_map(|node| sla(node, lines, calendars, findings)).collect()
}

fn sla(node: &Node, lines: &Lines<'_>, calendars: &Calendars, findings: &mut Findings) -> Option<Placed<Sla>> {
    let mut fields = Fields::of(node, findings)?;
    let what = "what is measured, such as { preset = \"service level, offered\", threshold = \"20s\" }";
    let measure_node = fields.require("measure", what, findings);
    let measure = measure_node.and_then(|node| measure::read(node, calendars, findings));
    let kind = measure.as_ref().map_or("sla", |measure| measure.preset.name);
    let heading = Heading::of(&mut fields, kind, findings);
    let when = fields.take("when");
    let when = select::read(when, Grain::Contact, findings).select;
    let target_node = fields.require("target", "what is to be reached, such as \"80%\"", findings);
    let target = target_node.zip(measure.as_ref()).and_then(|(node, measure)| target(node, measure.preset, findings));
    let per = lines.per(&mut fields, findings);
    let grace = fields.take("grace").map_or(Some(Months(0)), |node| node.read("\"3 months\"", findings));
    let queues = forecast(&mut fields, findings);
    let relief = fields.take("relief").map(|node| condition::read(node, queues, findings));
    let on = on(&mut fields, lines, findings);
    let weight = fields.take("weight").map(|node| share(node, findings));
    let levels = target.as_ref().map(|target| Levels { target, target_place: &target_node.expect("it was read").span });
    let credits = fields.take("credit").map_or(Vec::new(), |node| bands(node, levels.as_ref(), Side::Worse, findings));
    let linear = fields.take("linear").map(|node| linear(node, levels.as_ref(), findings));
    let bonuses = fields.take("bonus").map_or(Vec::new(), |node| bands(node, levels.as_ref(), Side::Better, findings));
    let step = per.and_then(Per::months).unwrap_or(1);
    let repeat = fields.take("repeat").map(|node| repeat(node, step, findings));
    let earn_back = fields.take("earn_back").map(|node| earn_back(node, findings));
    let consequences = fields.take("consequence").map_or(Vec::new(), |node| consequences(node, step, findings));
    let exclude = fields.take("exclude").map_or(Vec::new(), |node| super::names(node, findings));
    if let (false, Some(Some(_)), Some(node)) = (credits.is_empty(), &linear, fields.take("linear")) {
        let help = "keep one of the two";
        findings.error("C068", &node.span, "the credit is told twice, by `credit` and by `linear`", help);
    }
    fields.finish(findings);
    let Heading { name, clause, place } = heading?;
    let sla = Sla {
        name,
        clause,
        measure: measure?,
        when,
        target: target?,
        per: per?,
        grace_months: grace?.0,
        relief: said(relief)?,
        on: on?,
        weight: said(weight)?,
        credits,
        linear: said(linear)?,
        bonuses,
        repeat: said(repeat)?,
        earn_back_months: said(earn_back)?.map(|months| months.0),
        consequences,
        exclude,
    };
    Some(Placed { value: sla, place })
}

/// Checks that what is a share of the amount at risk, or is told in points, has one.
pub(super) fn needs_at_risk(
    slas: &[Placed<Sla>],
    node: Option<&Node>,
    at_risk: Option<&AtRisk>,
    findings: &mut Findings,
) {
    if node.is_some() && at_risk.is_none() {
        return; // What stands there could not be read, and has its own finding.
    }
    let no_points = at_risk.is_none_or(|at_risk| at_risk.points.is_none());
    for Placed { value: sla, place } in slas {
        let gives_points = sla.credits.iter().any(|band| matches!(band.pays, Pays::Points(_)));
        if gives_points && no_points {
            let message = format!("`{}` gives points, and it is not said what they are worth", sla.name);
            let help = "add `[at_risk]` with `cap = \"10%\"` and `points = { each = \"0.5%\" }` or an amount each";
            findings.error("C065", place, message, help);
        } else if sla.weight.is_some() && at_risk.is_none() {
            let message = format!("`{}` has a weight of the amount at risk, and there is none", sla.name);
            findings.error("C065", place, message, "add `[at_risk]` with `cap = \"10%\"` of the affected charges");
        }
    }
}

/// What a key that may be left out says: nothing if what stands there could not be read.
fn said<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    read.map_or(Some(None), |read| read.map(Some))
}

fn share(node: &Node, findings: &mut Findings) -> Option<Factor> {
    node.percent_not_negative(findings).map(|percent| Factor::percent(&percent))
}

/// `on`: the affected charges. Where none is named they are all of them, with a warning.
fn on(fields: &mut Fields<'_>, lines: &Lines<'_>, findings: &mut Findings) -> Option<Vec<usize>> {
    if let Some(node) = fields.take("on") {
        return Some(lines.named(node, findings));
    }
    let pays = ["credit", "linear", "bonus", "weight"].into_iter().any(|key| fields.take(key).is_some());
    if pays {
        let message = "it is not said which charges are affected: all of them are taken";
        let help = "ask the provider, and add `on = [...]`: a share of one line is far less than of the whole invoice";
        findings.warning("C066", fields.place(), message, help);
    }
    Some((0..lines.charges.len()).collect())
}

/// `target`: a level, and which side of it is meant where the measure does not tell.
fn target(node: &Node, preset: &Preset, findings: &mut Findings) -> Option<Target> {
    let text = match &node.value {
        Value::Whole(Some(whole)) => whole.to_string(),
        _ => node.text(findings)?.trim().to_owned(),
    };
    let (asked, level) = match (text.strip_prefix("at least "), text.strip_prefix("at most ")) {
        (Some(level), _) => (Some(true), level),
        (_, Some(level)) => (Some(false), level),
        (None, None) => (None, text.as_str()),
    };
    let at = match preset.unit.read(level) {
        Ok(at) => at,
        Err(error) => {
            let message = format!("the values of `{}` are not written like this", preset.name);
            findings.error("C062", &node.span, message, error.to_string());
            return None;
        }
    };
    let Some(more_is_better) = asked.or(preset.more_is_better) else {
        let message =
            format!("of `{}` neither more nor less is better: this target does not say what is asked", preset.name);
        findings.error("C062", &node.span, message, format!("write \"at most {level}\" or \"at least {level}\""));
        return None;
    };
    if asked.is_some() && preset.more_is_better.is_some_and(|better| better != more_is_better) {
        let (asks, better) = if more_is_better { ("at least", "less") } else { ("at most", "more") };
        let message = format!("of `{}` {better} is better, and this target asks for {asks} {level}", preset.name);
        findings.warning(
            "C063",
            &node.span,
            message,
            "see that it is meant; left out, the measure's own side is taken",
        );
    }
    Some(Target { at, unit: preset.unit, more_is_better })
}

/// The target that levels are compared with, and where it stands.
struct Levels<'t> {
    target: &'t Target,
    target_place: &'t Range<usize>,
}

/// On which side of the target levels lie.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Credits: worse than the target.
    Worse,
    /// Bonuses: better.
    Better,
}

/// `credit` or `bonus`: levels, and what is paid beyond them.
fn bands(node: &Node, levels: Option<&Levels<'_>>, side: Side, findings: &mut Findings) -> Vec<PayBand> {
    let mut bands: Vec<Placed<PayBand>> = Vec::new();
    for node in node.one_or_many() {
        let Some(band) = band(node, levels, side, findings) else { continue };
        if let Some(first) = bands.iter().find(|known| known.value.beyond == band.value.beyond) {
            let primary = findings.label(&band.place, "this one");
            let related = findings.label(&first.place, "has that level already");
            let diagnostic = longshore_units::Diagnostic::error("C064", "two bands have one level", primary);
            findings.push(diagnostic.with_related(related).with_help("keep one: the deepest band alone applies"));
        } else {
            bands.push(band);
        }
    }
    bands.into_iter().map(|band| band.value).collect()
}

fn band(node: &Node, levels: Option<&Levels<'_>>, side: Side, findings: &mut Findings) -> Option<Placed<PayBand>> {
    let mut fields = Fields::of(node, findings)?;
    let more_is_better = levels.is_none_or(|levels| levels.target.more_is_better);
    let (key, other) = match (side == Side::Worse) == more_is_better {
        true => ("below", "above"),
        false => ("above", "below"),
    };
    if let Some(wrong) = fields.take_refused(other) {
        let better = if more_is_better { "more" } else { "less" };
        let kind = if side == Side::Worse { "a credit" } else { "a bonus" };
        let message = format!("{better} is better here, so {kind} is paid {key} a level");
        findings.error("C064", &wrong.span, message, format!("write `{key}`"));
    }
    let level_node =
        if fields.take(other).is_some() { fields.take(key) } else { fields.require(key, "the level", findings) };
    let beyond = level_node.zip(levels).and_then(|(node, levels)| level(node, levels.target.unit, findings));
    let pays = pay::read(&mut fields, side == Side::Worse, findings);
    let place = fields.place().clone();
    fields.finish(findings);
    let (beyond, levels, level_node) = (beyond?, levels?, level_node?);
    let is_worse = if levels.target.more_is_better { beyond <= levels.target.at } else { levels.target.at <= beyond };
    let is_better = if levels.target.more_is_better { levels.target.at <= beyond } else { beyond <= levels.target.at };
    let fits = if side == Side::Worse { is_worse } else { is_better };
    if !fits {
        let (message, label) = match side {
            Side::Worse => ("this credit begins where the target is still met", "a level that meets the target"),
            Side::Better => ("this bonus begins where the target is still missed", "a level that misses the target"),
        };
        let primary = findings.label(&level_node.span, label);
        let related = findings.label(levels.target_place, "the target");
        let diagnostic = longshore_units::Diagnostic::error("C064", message, primary).with_related(related);
        let help = if side == Side::Worse {
            "move the level to the target or beyond"
        } else {
            "move it to the target or beyond"
        };
        findings.push(diagnostic.with_help(help));
    }
    Some(Placed { value: PayBand { beyond, pays: pays? }, place })
}

fn level(node: &Node, unit: LevelUnit, findings: &mut Findings) -> Option<Exact> {
    let text = match &node.value {
        Value::Whole(Some(whole)) => whole.to_string(),
        _ => node.text(findings)?.to_owned(),
    };
    let level = unit.read(&text);
    if let Err(error) = &level {
        findings.error("C062", &node.span, "this level is not written like the target", error.to_string());
    }
    level.ok()
}

fn linear(node: &Node, levels: Option<&Levels<'_>>, findings: &mut Findings) -> Option<Linear> {
    let mut fields = Fields::of(node, findings)?;
    let of_step = fields.require("percent", "what is credited for each step", findings);
    let of_step = of_step.and_then(|node| share(node, findings));
    let step_node = fields.require("per", "how far a step is, in the target's unit", findings);
    let step = step_node.zip(levels).and_then(|(node, levels)| level(node, levels.target.unit, findings));
    let at_most = fields.take("at_most").map(|node| share(node, findings));
    fields.finish(findings);
    if let (Some(step), Some(node)) = (&step, step_node)
        && *step <= Exact::zero()
    {
        findings.error("C062", &node.span, "a step has a length", "write a step above 0, such as \"1%\" or \"1s\"");
        return None;
    }
    Some(Linear { share: of_step?, step: step?, at_most: said(at_most)? })
}

/// How many misses, within how many months. `step` is the length of a period in months.
fn misses(fields: &mut Fields<'_>, step: u32, findings: &mut Findings) -> Option<(u32, u32)> {
    let misses_node = fields.take("misses");
    let misses = misses_node.map_or(Some(1), |node| node.whole(1, 1200, findings));
    let within_node = fields.take("within");
    let within = within_node.map_or(Some(Months(1)), |node| node.read::<Months>("\"6 months\"", findings));
    let (misses, within) = (misses? as u32, within?.0);
    if u64::from(within.div_ceil(step)) < u64::from(misses) {
        let place = within_node.or(misses_node).map_or_else(|| fields.place().clone(), |node| node.span.clone());
        let message = format!("{misses} misses cannot fall within {}", Months(within));
        findings.error("C067", &place, message, "ask for fewer misses, or look back over more months with `within`");
        return None;
    }
    Some((misses, within))
}

fn repeat(node: &Node, step: u32, findings: &mut Findings) -> Option<Repeat> {
    let mut fields = Fields::of(node, findings)?;
    fields.require("misses", "from the how manieth miss, such as 2", findings)?;
    let misses = misses(&mut fields, step, findings);
    let times_node = fields.require("times", "how many times the credit, such as \"2\"", findings);
    let times = times_node.and_then(|node| node.exact(findings));
    fields.finish(findings);
    let (misses, within_months) = misses?;
    let times = times?;
    if times < Exact::one() {
        let message = "a repeated miss that costs less than the first one";
        findings.error("C067", &times_node?.span, message, "write how many times the credit, at least 1");
        return None;
    }
    Some(Repeat { misses, within_months, times: Factor(times) })
}

/// `earn_back = "3 months met"`.
fn earn_back(node: &Node, findings: &mut Findings) -> Option<Months> {
    let text = node.text(findings)?.trim();
    let months = text.strip_suffix("met").unwrap_or(text).parse::<Months>().ok().filter(|months| 0 < months.0);
    if months.is_none() {
        let message = format!("`{text}` does not say after how many months a credit is earned back");
        findings.error("C067", &node.span, message, "write, for example, \"3 months met\"");
    }
    months
}

fn consequences(node: &Node, step: u32, findings: &mut Findings) -> Vec<Consequence> {
    node.one_or_many().iter().filter_map(|node| consequence(node, step, findings)).collect()
}

fn consequence(node: &Node, step: u32, findings: &mut Findings) -> Option<Consequence> {
    let mut fields = Fields::of(node, findings)?;
    let misses = misses(&mut fields, step, findings);
    let right = fields.take("right").map(|node| node.name(findings));
    let duty = fields.take("duty").map(|node| node.name(findings));
    let place = fields.place().clone();
    fields.finish(findings);
    let what = match (right, duty) {
        (Some(right), None) => Follows::Right(right?.to_owned()),
        (None, Some(duty)) => Follows::Duty(duty?.to_owned()),
        _ => {
            let help = "write `right = \"terminate for cause\"` for the buyer or `duty = \"corrective plan in 10 days\"` for \
                        the provider; make two of it where both follow";
            findings.error("C068", &place, "a consequence is either a right or a duty", help);
            return None;
        }
    };
    let (misses, within_months) = misses?;
    Some(Consequence { misses, within_months, what })
}

/// The numbers of a term that its line is reckoned with.
pub(super) fn numbers(sla: &Sla) -> Vec<&Exact> {
    let bands = sla.credits.iter().chain(&sla.bonuses).filter_map(|band| match &band.pays {
        Pays::Share(share) => Some(&share.0),
        Pays::Amount(amount) => Some(&amount.0),
        Pays::Points(_) => None,
    });
    let linear = sla
        .linear
        .iter()
        .flat_map(|linear| [&linear.share.0].into_iter().chain(linear.at_most.iter().map(|most| &most.0)));
    let rest = sla.weight.iter().map(|weight| &weight.0).chain(sla.repeat.iter().map(|repeat| &repeat.times.0));
    bands.chain(linear).chain(rest).collect()
}
