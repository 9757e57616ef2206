//! `[origin]` and `[queue.NAME]`: what records do not say, in the words of a mapping.

use std::collections::BTreeMap;

use longshore_contacts::{Channel, Column, Kind, Table};
use longshore_document::{Fields, Findings, Node};
use longshore_units::Zone;

use super::Said;
use crate::{Origin, QueueOrigin};

/// What must be known of the records.
#[derive(Clone, Copy)]
pub(super) struct Needs {
    source: bool,
    provider: bool,
    /// The table whose fields may be readings of clocks.
    of_clocks: Option<Table>,
}

impl Needs {
    /// Of a table; of other formats, whose rows are contacts and whose instants name themselves, where there is none.
    pub fn of(table: Option<Table>, of_table: bool) -> Needs {
        let Some(table) = table else { return Needs { source: !of_table, provider: !of_table, of_clocks: None } };
        let has = |name: &str| table.columns().iter().any(|column| column.name == name && column.required);
        Needs { source: has("source"), provider: has("provider"), of_clocks: Some(table) }
    }
}

pub(super) fn read(root: &mut Fields<'_>, said: &Said, needs: Needs, f: &mut Findings) -> Option<Origin> {
    let has_columns = |name: &str, columns: Option<&Node>| {
        columns.and_then(Node::table).is_some_and(|table| table.get(name).is_some())
    };
    // A file may say whose each row is.
    let columns = root.take("columns");
    let is_clock = |column: &&Column| column.kind == Kind::Instant && has_columns(column.name, columns);
    let reads_clocks = needs.of_clocks.is_some_and(|table| table.columns().iter().any(|column| is_clock(&column)));
    let needs_zone = said.zone.is_none() && reads_clocks;
    let needs = Needs {
        source: needs.source && said.source.is_none() && !has_columns("source", columns),
        provider: needs.provider && said.provider.is_none() && !has_columns("provider", columns),
        ..needs
    };
    let node = match needs.source || needs.provider || needs_zone {
        true => {
            root.require("origin", "whose records these are: `[origin]` with `source`, `provider` and `time_zone`", f)
        }
        false => root.take("origin"),
    };
    let mut origin = Origin {
        source: said.source.clone().unwrap_or_default(),
        provider: said.provider.clone().unwrap_or_default(),
        program: said.program.clone(),
        site: said.site.clone(),
        zone: said.zone.clone().unwrap_or_else(Zone::utc),
        queues: queues(root, f),
        key: said.key.clone(),
    };
    let is_missing = node.is_none() && (needs.source || needs.provider || needs_zone);
    if let Some(mut fields) = node.and_then(|node| Fields::of(node, f)) {
        let name = |node: Option<&Node>, f: &mut Findings| node.and_then(|node| node.name(f)).map(str::to_owned);
        let what = "the system the records come from, such as \"pbx-cebu\"";
        let source = if needs.source { fields.require("source", what, f) } else { fields.take("source") };
        let what = "who was to serve the contacts, as contracts and options call it";
        let provider = if needs.provider { fields.require("provider", what, f) } else { fields.take("provider") };
        let what = "where the file's clocks stand, such as \"America/New_York\"";
        let zone = if needs_zone { fields.require("time_zone", what, f) } else { fields.take("time_zone") };
        let zone = zone.and_then(|node| zone_of(node, f));
        let (source, provider) = (name(source, f), name(provider, f));
        let (program, site) = (name(fields.take("program"), f), name(fields.take("site"), f));
        fields.finish(f);
        origin.source = said.source.clone().or(source).unwrap_or_default();
        origin.provider = said.provider.clone().or(provider).unwrap_or_default();
        origin.program = said.program.clone().or(program);
        origin.site = said.site.clone().or(site);
        origin.zone = said.zone.clone().or(zone).unwrap_or_else(Zone::utc);
    }
    (!is_missing).then_some(origin)
}

fn zone_of(node: &Node, f: &mut Findings) -> Option<Zone> {
    let text = node.text(f)?;
    match Zone::named(text) {
        Ok(zone) => Some(zone),
        Err(error) => {
            f.error("T006", &node.span, error.to_string(), "write, for example, \"America/New_York\"");
            None
        }
    }
}

fn queues(root: &mut Fields<'_>, f: &mut Findings) -> BTreeMap<String, QueueOrigin> {
    let node = root.take("queue");
    let table = node.and_then(|node| Fields::of(node, f));
    let entries = table.iter().flat_map(Fields::entries);
    entries.filter_map(|(key, node)| Some((key.name.clone(), queue(node, f)?))).collect()
}

fn queue(node: &Node, f: &mut Findings) -> Option<QueueOrigin> {
    let mut fields = Fields::of(node, f)?;
    let mut name =
        |key: &'static str, f: &mut Findings| fields.take(key).and_then(|node| node.name(f)).map(str::to_owned);
    let (program, site, language) = (name("program", f), name("site", f), name("language", f));
    let channels: Vec<(&'static str, Channel)> = Channel::ALL.iter().map(|word| (word.as_str(), *word)).collect();
    let channel = fields.take("channel").and_then(|node| node.one_of(&channels, f));
    fields.finish(f);
    Some(QueueOrigin { program, site, language, channel })
}
