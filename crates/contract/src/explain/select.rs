//! Which rows a charge or a measure counts.

use longshore_contacts::AgentState;

use super::speaker::Speaker;
use crate::{Counted, Criterion, Field, Measure, Select};

/// Which rows a charge counts. Overtime is of all working states: that goes without saying.
pub(super) fn of_charge(speaker: &Speaker<'_>, counted: &Counted) -> Option<String> {
    if !matches!(counted.measure, Measure::AgentTime { overtime: Some(_), .. }) {
        return criteria(speaker, &counted.select);
    }
    let is_all = |criterion: &Criterion| match criterion {
        Criterion::OneOf(Field::State, states) => all(states, AgentState::is_logged_in),
        _ => false,
    };
    let rest = counted.select.criteria.iter().filter(|criterion| !is_all(criterion)).cloned().collect();
    criteria(speaker, &Select { criteria: rest })
}

/// Whether words are those of the states that are so, and no others.
fn all(words: &[String], is: impl Fn(AgentState) -> bool) -> bool {
    let states = AgentState::ALL.iter().filter(|state| is(**state));
    states.clone().count() == words.len()
        && states.into_iter().all(|state| words.iter().any(|word| word == state.as_str()))
}

/// What the rows must be, one after the other; none where all count.
pub(super) fn criteria(speaker: &Speaker<'_>, select: &Select) -> Option<String> {
    let criteria: Vec<String> = select.criteria.iter().map(|criterion| said(speaker, criterion)).collect();
    (!criteria.is_empty()).then(|| speaker.words.series(&criteria))
}

fn said(speaker: &Speaker<'_>, criterion: &Criterion) -> String {
    match criterion {
        Criterion::OneOf(Field::State, words) if all(words, AgentState::is_logged_in) => {
            let arguments = [("field", speaker.say("field-state")), ("values", speaker.say("state-logged-in"))];
            speaker.tell("criterion", &arguments)
        }
        Criterion::OneOf(Field::State, words) if all(words, AgentState::is_productive) => {
            let arguments = [("field", speaker.say("field-state")), ("values", speaker.say("state-productive"))];
            speaker.tell("criterion", &arguments)
        }
        Criterion::OneOf(field, words) => {
            let words: Vec<String> = words.iter().map(|word| value(speaker, *field, word)).collect();
            let field = speaker.say(&format!("field-{}", field.word()));
            speaker.tell("criterion", &[("field", &field), ("values", &speaker.words.or(&words))])
        }
        Criterion::TalkLongerThan(least) => speaker.tell("criterion-talk", &[("time", &speaker.duration(*least))]),
        Criterion::Approved(true) => speaker.say("criterion-approved"),
        Criterion::Approved(false) => speaker.say("criterion-not-approved"),
    }
}

/// A word of the records: those that every phone system has are translated, those that people made up are quoted.
fn value(speaker: &Speaker<'_>, field: Field, word: &str) -> String {
    let known = match field {
        Field::Channel | Field::Direction | Field::Outcome | Field::State | Field::Language => {
            format!("{}-{}", field.word(), word)
        }
        _ => return speaker.name(word),
    };
    if speaker.words.has(&known) { speaker.say(&known) } else { speaker.name(word) }
}
