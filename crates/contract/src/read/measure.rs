//! Reading a measure: a preset by its name, and the choices that the contract makes itself.

use std::collections::{BTreeMap, BTreeSet};

use longshore_document::{Fields, Findings, Node, Value, quoted};

use super::Calendars;
use crate::{Choice, MeasureTerm, Parameter, Preset};

/// `measure = { preset = "service level, offered", threshold = "20s", … }`, or the preset's name alone.
pub(super) fn read(node: &Node, calendars: &Calendars, findings: &mut Findings) -> Option<MeasureTerm> {
    if let Value::Text(_) = &node.value {
        let preset = preset(node, findings)?;
        return Some(MeasureTerm {
            preset,
            threshold: None,
            short_abandons: None,
            within: None,
            choices: BTreeMap::new(),
        });
    }
    let mut fields = Fields::of(node, findings)?;
    let preset_node = fields.require("preset", "the measure's name, such as \"service level, offered\"", findings);
    let preset = preset_node.and_then(|node| preset(node, findings));
    for parameter in Parameter::ALL {
        let Some((key, preset)) = fields.take_entry(parameter.word()).map(|(key, _)| key).zip(preset) else { continue };
        if !preset.takes(parameter) {
            let message = format!("`{}` knows no `{}`", preset.name, parameter.word());
            let help = format!("take it out, or choose a measure that has one: {}", having(parameter));
            findings.error("C061", &key.span, message, help);
        }
    }
    let threshold = fields.take("threshold").map(|node| node.milliseconds(findings));
    let short_abandons = fields.take("short_abandons").map(|node| node.milliseconds(findings));
    let within = fields.take("within").map(|node| node.read("\"7 days\"", findings));
    let mut choices = BTreeMap::new();
    for choice in Choice::ALL {
        let word = fields.take(choice.word()).and_then(|node| word(node, choice, calendars, findings));
        choices.extend(word.map(|word| (choice, word)));
    }
    fields.finish(findings);
    Some(MeasureTerm {
        preset: preset?,
        threshold: threshold.map_or(Some(None), |read| read.map(Some))?,
        short_abandons: short_abandons.map_or(Some(None), |read| read.map(Some))?,
        within: within.map_or(Some(None), |read| read.map(Some))?,
        choices,
    })
}

fn preset(node: &Node, findings: &mut Findings) -> Option<&'static Preset> {
    let name = node.name(findings)?;
    let preset = Preset::named(name);
    if preset.is_none() {
        let same_kind = Preset::all().iter().filter(|preset| name.starts_with(preset.kind()));
        let same_kind: Vec<&str> = same_kind.map(|preset| preset.name).collect();
        let help = if same_kind.is_empty() {
            let kinds: BTreeSet<&str> = Preset::all().iter().map(Preset::kind).collect();
            format!("there are {}, some in several readings: see the manual", listed(kinds))
        } else {
            format!("of that kind there are {}", quoted(same_kind))
        };
        findings.error("C060", &node.span, format!("there is no measure `{name}`"), help);
    }
    preset
}

fn having(parameter: Parameter) -> String {
    let kinds: BTreeSet<&str> =
        Preset::all().iter().filter(|preset| preset.takes(parameter)).map(Preset::kind).collect();
    listed(kinds)
}

/// All of the names: they are ours, and few.
fn listed(names: BTreeSet<&str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A choice's word: one of those known, or a calendar of the contract.
fn word(node: &Node, choice: Choice, calendars: &Calendars, findings: &mut Findings) -> Option<String> {
    if choice != Choice::Calendar {
        let words: Vec<(&'static str, &'static str)> = choice.words().iter().map(|word| (*word, *word)).collect();
        return node.one_of(&words, findings).map(str::to_owned);
    }
    let name = node.name(findings)?;
    if !choice.words().contains(&name) && !calendars.contains_key(name) {
        let help = if calendars.is_empty() {
            format!("add `[calendar.{name}]` with the hours in which it is measured, or write \"always\"")
        } else {
            format!("the contract's calendars are {}", quoted(calendars.keys().map(String::as_str)))
        };
        findings.error("C009", &node.span, format!("there is no calendar `{name}`"), help);
    }
    Some(name.to_owned())
}
