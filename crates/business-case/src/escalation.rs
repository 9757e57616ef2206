//! Escalation: what a team cannot settle goes on to another queue, such as the buyer's own experts.

use longshore_document::{Fields, Findings, Node};

use crate::Queue;
use crate::reading::position;

/// A share of a team's contacts that goes on to another queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Escalation {
    /// Of the contacts that the team has answered.
    pub share: f64,
    /// The queue, by its place in the case; somebody of the option handles it.
    pub to: usize,
}

impl Escalation {
    pub(crate) fn read(node: &Node, queues: &[Queue], findings: &mut Findings) -> Option<Escalation> {
        let mut fields = Fields::of(node, findings)?;
        let share = fields.require("share", "of the contacts it answers: \"8%\"", findings);
        let share = share.and_then(|node| node.number(0.0, 1.0, findings));
        let names: Vec<&str> = queues.iter().map(|queue| queue.name.as_str()).collect();
        let to = fields.require("to", "the queue they go on to", findings);
        let to = to.and_then(|node| position(node, "queue", &names, findings));
        fields.finish(findings);
        Some(Escalation { share: share?, to: to? })
    }
}
