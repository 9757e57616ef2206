//! The people of a team: who leaves and who follows, how long they learn, who is missing and who is late.

use longshore_document::{Fields, Findings, Node};
use longshore_units::Days;

use crate::reading::{LONGEST_HANDLE_MS, duration, tables};

/// What happens to the people who fill a team's positions. Without it, every planned hour is worked by somebody who is as
/// fast as all others.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// How long a position stays empty after somebody has left: notice, hiring, training.
    pub vacant_ms: i64,
    /// How long the first people have been there when the horizon begins; 0 for a team that starts new.
    pub tenure_ms: i64,
    /// The learning curve: by what handle time is multiplied from so long after a person's first day on, by increasing time.
    pub learning: Vec<(i64, f64)>,
    /// The chance that a person misses a day and nobody stands in.
    pub absence: f64,
    /// How late a shift is begun, on average.
    pub late_ms: f64,
    /// How early it is left.
    pub early_ms: f64,
}

impl People {
    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Option<People> {
        let mut fields = Fields::of(node, findings)?;
        let mut length = |key| fields.take(key).and_then(|node| days(node, findings)).unwrap_or(0);
        let (vacant_ms, tenure_ms) = (length("vacant"), length("tenure"));
        let mut time = |key| fields.take(key).and_then(|node| duration(node, LONGEST_HANDLE_MS, findings)).unwrap_or(0);
        let (late, early) = (time("late"), time("early"));
        let absence = fields.take("absence").and_then(|node| node.number(0.0, 0.9, findings)).unwrap_or(0.0);
        let steps = tables(&mut fields, "learning", findings);
        let learning: Vec<(i64, f64)> = steps.iter().filter_map(|node| step(node, findings)).collect();
        if let Some(place) = (1..learning.len()).find(|place| learning[*place].0 <= learning[place - 1].0) {
            let help = "give the steps in the order of `after`";
            findings.error("B004", &steps[place].span, "this step does not come after the one before it", help);
        }
        fields.finish(findings);
        Some(People { vacant_ms, tenure_ms, learning, absence, late_ms: late as f64, early_ms: early as f64 })
    }
}

/// `"40 days"`, in milliseconds; at most ten years.
fn days(node: &Node, findings: &mut Findings) -> Option<i64> {
    let days: Days = node.read("\"40 days\"", findings)?;
    if 3650 < days.0 {
        findings.error("B007", &node.span, "this is longer than any that is played", "write at most 3650 days");
        return None;
    }
    Some(i64::from(days.0) * 86_400_000)
}

/// `{ after = "30 days", handle = "115%" }`.
fn step(node: &Node, findings: &mut Findings) -> Option<(i64, f64)> {
    let mut fields = Fields::of(node, findings)?;
    let after = fields.require("after", "how long after a person's first day: \"30 days\"", findings);
    let after = after.and_then(|node| days(node, findings));
    let handle = fields.require("handle", "how long contacts take then, of the team's: \"115%\"", findings);
    let handle = handle.and_then(|node| node.number(0.1, 10.0, findings));
    fields.finish(findings);
    Some((after?, handle?))
}
