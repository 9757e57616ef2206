//! Reading `when`: which rows a charge counts.

use std::str::FromStr;

use longshore_contacts::{AgentState, Channel, Direction, Outcome};
use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Exact, Milliseconds, WEEKDAYS};

use crate::{Criterion, Field, Grain, Overtime, Select};

/// What a `when` table says.
#[derive(Default)]
pub(crate) struct When {
    /// Which rows are counted.
    pub select: Select,
    /// Whether only what of them goes beyond so much in an agent's week, and beyond how much; why that cannot be read has
    /// its own finding.
    pub overtime: Option<Option<Overtime>>,
}

/// Reads a `when` table. Fields that records of the grain do not have are refused.
pub(crate) fn read(node: Option<&Node>, grain: Grain, findings: &mut Findings) -> When {
    let Some(node) = node else { return When::default() };
    let Some(mut fields) = Fields::of(node, findings) else { return When::default() };
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
    let overtime = overtime(&mut fields, grain, findings);
    if let Some((key, node)) = fields.take_entry("approved") {
        match &node.value {
            _ if grain != Grain::AgentTime => not_of_agents(&key.span, "approval", grain, findings),
            Value::Boolean(approved) => criteria.push(Criterion::Approved(*approved)),
            _ => node.wrong_kind("`true` or `false`", findings),
        }
    }
    fields.finish(findings);
    When { select: Select { criteria }, overtime }
}

fn not_of_agents(place: &std::ops::Range<usize>, what: &str, grain: Grain, findings: &mut Findings) {
    let message = format!("records of the grain `{}` know no {what}", grain.word());
    findings.error("C008", place, message, "write grain = \"agent_time\" for it, or take it out");
}

/// `overtime = "beyond 40 h a week"`, `week_starts = "Mon"`.
fn overtime(fields: &mut Fields<'_>, grain: Grain, findings: &mut Findings) -> Option<Option<Overtime>> {
    let week_starts = fields.take_entry("week_starts");
    let Some((key, node)) = fields.take_entry("overtime") else {
        if let Some((key, _)) = week_starts {
            let help = "add `overtime = \"beyond 40 h a week\"`, or take it out";
            findings.error("C044", &key.span, "nothing here is counted by the week", help);
        }
        return None;
    };
    if grain != Grain::AgentTime {
        not_of_agents(&key.span, "overtime", grain, findings);
        return Some(None);
    }
    let beyond = node.read::<Beyond>("\"beyond 40 h a week\"", findings);
    let week_starts = match week_starts {
        Some((_, node)) => node.one_of(&WEEKDAYS, findings),
        None => {
            let message = "it is not said on which day an agent's week begins: on Monday";
            let help = "ask the provider, and add `week_starts = \"Mon\"` beside it: \
                        an agent who works on other days each week has more overtime in one week than in the other";
            findings.warning("C042", &node.span, message, help);
            Some(jiff::civil::Weekday::Monday)
        }
    };
    Some(beyond.zip(week_starts).map(|(Beyond(beyond), week_starts)| Overtime { beyond, week_starts }))
}

/// So much of an agent's week: `beyond 40 h a week`.
struct Beyond(Milliseconds);

impl FromStr for Beyond {
    type Err = String;

    fn from_str(text: &str) -> Result<Beyond, String> {
        let form = || format!("`{text}` does not say from when on there is overtime");
        let hours = text.trim().strip_prefix("beyond ").ok_or_else(form)?;
        let hours =
            ["a week", "per week"].iter().find_map(|week| hours.trim_end().strip_suffix(week)).ok_or_else(form)?;
        let hours =
            ["hours", "hour", "h"].iter().find_map(|unit| hours.trim_end().strip_suffix(unit)).ok_or_else(form)?;
        let hours: Exact = hours.trim().parse().map_err(|_| form())?;
        let milliseconds = (&hours * &Exact::from(3_600_000u64)).to_i128();
        match milliseconds.map(u64::try_from) {
            Some(Ok(milliseconds)) if milliseconds <= WEEK.0 => Ok(Beyond(Milliseconds(milliseconds))),
            Some(_) => Err(format!("`{text}` is not within a week, which has 168 hours")),
            None => Err(format!("`{text}` is finer than a millisecond")),
        }
    }
}

const WEEK: Milliseconds = Milliseconds::seconds(7 * 86_400);

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
