//! Machines: voice bots, chat bots and menus that meet a contact before an agent does.

use longshore_document::{Fields, Findings, Node};

use crate::handle::Part;
use crate::reading::{Names, position, required_name};
use crate::{Assumption, Queue};

/// A machine that meets every contact of a queue first. It serves a share to the end, at any hour, and passes the others on.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// The queue, by its place in the case.
    pub queue: usize,
    /// The share of contacts that need nobody else.
    pub contained: f64,
    /// How long it has those.
    pub length: Part,
    /// How long it takes the others to get past it.
    pub passage: Part,
}

impl Machine {
    pub(crate) fn read(
        node: &Node,
        queues: &[Queue],
        names: &mut Names,
        assumptions: &mut Vec<Assumption>,
        findings: &mut Findings,
    ) -> Option<Machine> {
        let mut fields = Fields::of(node, findings)?;
        let queue_names: Vec<&str> = queues.iter().map(|queue| queue.name.as_str()).collect();
        let queue_node = fields.require("queue", "whose contacts it meets first", findings);
        let queue = queue_node.and_then(|node| position(node, "queue", &queue_names, findings));
        if let (Some(queue), Some(node)) = (queue, queue_node) {
            names.take("machines", queue_names[queue], &node.span, findings);
        }
        let contained = fields.require("contained", "the share it serves to the end: \"25%\"", findings);
        let contained = contained.and_then(|node| node.number(0.0, 1.0, findings));
        let of = queue.map_or("machine", |queue| queue_names[queue]);
        let mut part = |key: &'static str, what: &str, findings: &mut Findings| {
            let node = fields.require(key, what, findings);
            Part::read(&format!("{of}, the machine's {key}"), node, assumptions, findings)
        };
        let length = part("length", "how long it has those: { mean = \"2m\" }", findings);
        let passage = part("passage", "how long it takes the others to get past it: { mean = \"40s\" }", findings);
        let source = required_name(&mut fields, "source", "where the figures come from", findings);
        fields.finish(findings);
        let machine = Machine { queue: queue?, contained: contained?, length, passage };
        let share = format!("{:.1}%", machine.contained * 100.0);
        assumptions.push(Assumption::of(of, "contacts that a machine serves to the end", share, source));
        Some(machine)
    }
}
