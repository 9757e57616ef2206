//! Handle time: talk, hold and wrap.

use longshore_document::{Fields, Findings, Node};

use crate::catalog::{SPREAD, TALK, WRAP};
use crate::reading::{LONGEST_HANDLE_MS, duration};
use crate::{Assumption, Fact};

/// The parts of handle time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handle {
    /// Customer and agent talk.
    pub talk: Part,
    /// The customer is on hold.
    pub hold: Part,
    /// Work after the contact.
    pub wrap: Part,
}

/// One part of handle time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The share of contacts that have it.
    pub share: f64,
    /// How long it takes those, on average.
    pub mean_ms: f64,
    /// The coefficient of variation of its lognormal length.
    pub spread: f64,
}

impl Part {
    /// A part that no contact has.
    pub const NONE: Part = Part { share: 0.0, mean_ms: 0.0, spread: 0.0 };

    /// Its mean over all contacts.
    pub fn mean_over_all_ms(&self) -> f64 {
        self.share * self.mean_ms
    }

    pub(crate) fn read(
        of: &str,
        node: Option<&Node>,
        assumptions: &mut Vec<Assumption>,
        findings: &mut Findings,
    ) -> Part {
        let Some(mut fields) = node.and_then(|node| Fields::of(node, findings)) else { return Part::NONE };
        let mean = fields.require("mean", "how long it takes on average, such as \"4m20s\"", findings);
        let mean_ms = mean.and_then(|node| duration(node, LONGEST_HANDLE_MS, findings)).map_or(0.0, |mean| mean as f64);
        let spread = match fields.take("spread") {
            Some(node) => node.number(0.0, 10.0, findings).unwrap_or(1.0),
            None => {
                assumptions.push(SPREAD.assumed(of));
                SPREAD.value
            }
        };
        let share = fields.take("share").and_then(|node| node.number(0.0, 1.0, findings)).unwrap_or(1.0);
        fields.finish(findings);
        Part { share, mean_ms, spread }
    }
}

impl Handle {
    /// No time at all.
    pub(crate) const NONE: Handle = Handle { talk: Part::NONE, hold: Part::NONE, wrap: Part::NONE };

    /// The mean over all contacts, of all parts.
    pub fn mean_ms(&self) -> f64 {
        self.talk.mean_over_all_ms() + self.hold.mean_over_all_ms() + self.wrap.mean_over_all_ms()
    }

    /// The catalog's, where a queue says nothing.
    pub(crate) fn published(queue: &str, assumptions: &mut Vec<Assumption>) -> Handle {
        let mut part = |name: &str, mean: &Fact| {
            assumptions.push(mean.assumed(queue));
            assumptions.push(SPREAD.assumed(&format!("{queue}, {name}")));
            Part { share: 1.0, mean_ms: mean.value, spread: SPREAD.value }
        };
        Handle { talk: part("talk", &TALK), hold: Part::NONE, wrap: part("wrap", &WRAP) }
    }

    pub(crate) fn read(queue: &str, node: &Node, assumptions: &mut Vec<Assumption>, findings: &mut Findings) -> Handle {
        let Some(mut fields) = Fields::of(node, findings) else { return Handle::NONE };
        let before = findings.count();
        let talk = fields.require("talk", "how long customer and agent talk: { mean = \"4m20s\" }", findings);
        let handle = Handle {
            talk: Part::read(&format!("{queue}, talk"), talk, assumptions, findings),
            hold: Part::read(&format!("{queue}, hold"), fields.take("hold"), assumptions, findings),
            wrap: Part::read(&format!("{queue}, wrap"), fields.take("wrap"), assumptions, findings),
        };
        if handle.mean_ms() <= 0.0 && findings.count() == before {
            findings.error("B007", &node.span, "contacts take no time", "give talk a mean above 0s");
        }
        fields.finish(findings);
        handle
    }
}
