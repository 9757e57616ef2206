//! Reading program.toml: what customers need.

use std::collections::BTreeMap;

use longshore_document::{Fields, Findings, Node, Value};
use longshore_units::{Currency, Exact, Text, Zone};

use crate::queue::QueueReader;
use crate::reading::{Names, name, not_covered, required_name};
use crate::team::exact_share;
use crate::{Assumption, Queue};

/// What program.toml says.
#[derive(Debug)]
pub(crate) struct Program {
    pub name: String,
    pub program: String,
    pub zone: Zone,
    pub currency: Option<Currency>,
    pub recovers: Exact,
    pub queues: Vec<Queue>,
    pub assumptions: Vec<Assumption>,
}

/// The files of counts, by their paths within the case; each with its own findings.
pub(crate) struct Histories<'f> {
    pub texts: BTreeMap<&'f str, &'f Text>,
    pub findings: Vec<Findings>,
}

pub(crate) fn read(root: &Node, histories: &mut Histories<'_>, findings: &mut Findings) -> Option<Program> {
    let mut fields = Fields::of(root, findings)?;
    let title = required_name(&mut fields, "name", "what people call this case", findings);
    let program = name(&mut fields, "program", findings).unwrap_or_else(|| title.clone());
    let zone = fields.require("time_zone", "where clocks show your customers' hours: \"America/New_York\"", findings);
    let zone = zone.and_then(|node| {
        let named = Zone::named(node.name(findings)?);
        named.map_err(|error| findings.error("T006", &node.span, error.to_string(), "write a zone's name")).ok()
    });
    let currency = fields.require("currency", "what everything is compared in: \"USD\"", findings);
    let currency = currency.and_then(|node| node.read("\"USD\"", findings));
    // A zone that was wrong has its own finding; hours are read all the same, for theirs, and so are options.
    let zone = zone.unwrap_or_else(Zone::utc);
    let mut reader =
        QueueReader { zone: zone.clone(), names: Names::default(), all: Vec::new(), assumptions: Vec::new() };
    let recovers = fields.take("recovers").and_then(|node| exact_share(node, 1, findings)).unwrap_or_else(Exact::one);
    let nodes = fields.require("queue", "the streams of contacts, each under [[queue]]", findings);
    let nodes = nodes.and_then(|node| node.list(findings)).unwrap_or_default();
    reader.all = nodes.iter().map(named).collect();
    let queues = nodes.iter().filter_map(|node| reader.queue(node, histories, findings)).collect();
    not_covered(&mut fields, &[("locations", "give the hours of each queue instead")], findings);
    fields.finish(findings);
    Some(Program { name: title, program, zone, currency, recovers, queues, assumptions: reader.assumptions })
}

/// What a queue is called, as far as it can be told before it is read: others point to it by that.
fn named(node: &Node) -> &str {
    let Value::Table(table) = &node.value else { return "" };
    match table.get("name").map(|name| &name.value) {
        Some(Value::Text(name)) => name,
        _ => "",
    }
}
