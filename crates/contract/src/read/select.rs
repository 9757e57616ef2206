//! Reading `when`: which rows a charge counts.

use longshore_contacts::{AgentState, Channel, Direction, Outcome};
use longshore_document::{Fields, Findings, Node};

use crate::{Criterion, Field, Grain, Select};

/// Reads a `when` table. Fields that records of the grain do not have are refused.
pub(crate) fn read(node: Option<&Node>, grain: Grain, findings: &mut Findings) -> Select {
    let Some(node) = node else { return Select::default() };
    let Some(mut fields) = Fields::of(node, findings) else { return Select::default() };
    let mut criteria = Vec::new();
    for field in Field::ALL {
        let Some((key, node)) = fields.take_entry(field.word()) else { continue };
        if field.column(grain).is_none() {
            findings.error(
                "C008",
                &key.span,
                format!("records of the grain `{}` have no `{}`", grain.word(), field.word()),
                format!("choose among {}", known(grain)),
            );
            continue;
        }
        let words: Vec<String> = node.one_or_many().iter().filter_map(|node| word(node, field, findings)).collect();
        if words.is_empty() && node.one_or_many().is_empty() {
            findings.error(
                "C008",
                &node.span,
                "an empty list selects nothing",
                "name at least one word, or leave the key out",
            );
        }
        criteria.push(Criterion::OneOf(field, words));
    }
    if let Some((key, node)) = fields.take_entry("talk_longer_than") {
        if matches!(grain, Grain::Contact | Grain::Leg) {
            criteria.extend(node.milliseconds(findings).map(Criterion::TalkLongerThan));
        } else {
            let message = format!("records of the grain `{}` have no talk time", grain.word());
            findings.error("C008", &key.span, message, format!("choose among {}", known(grain)));
        }
    }
    for later in ["overtime", "approved"] {
        if let Some(key) = fields.take_refused(later) {
            let help = "take the charge out to price the rest, and reckon it by hand";
            findings.error("C001", &key.span, format!("this version does not select by `{later}`"), help);
        }
    }
    fields.finish(findings);
    Select { criteria }
}

/// One word of a field: checked against the words that records know, where these are fixed.
fn word(node: &Node, field: Field, findings: &mut Findings) -> Option<String> {
    let fixed: &[&'static str] = match field {
        Field::Channel => Channel::WORDS,
        Field::Direction => Direction::WORDS,
        Field::Outcome => Outcome::WORDS,
        Field::State => AgentState::WORDS,
        _ => return node.name(findings).map(str::to_owned),
    };
    let words: Vec<(&'static str, &'static str)> = fixed.iter().map(|word| (*word, *word)).collect();
    node.one_of(&words, findings).map(str::to_owned)
}

fn known(grain: Grain) -> String {
    let fields =
        Field::ALL.iter().filter(|field| field.column(grain).is_some()).map(|field| format!("`{}`", field.word()));
    fields.collect::<Vec<_>>().join(", ")
}
