//! What readers of all files share: the codes of findings, and names that must be unique.

use longshore_document::{Fields, Findings, Node, quoted};
use longshore_units::{Diagnostic, Milliseconds};
use std::ops::Range;

use crate::opening::minute_of_day;

/// The codes of this crate's diagnostics; each has a page under `docs/diagnostics`.
pub const CODES: [&str; 22] = [
    "B001", "B002", "B003", "B004", "B005", "B006", "B007", "B008", "B009", "B010", "B011", "B012", "B013", "B014",
    "B015", "B016", "B017", "B018", "B019", "B020", "B021", "B022",
];

/// The longest mean that a simulation plays: 400 days.
pub const LONGEST_MS: u64 = 400 * 86_400_000;

/// The longest part of a contact's handle time: a day.
pub(crate) const LONGEST_HANDLE_MS: u64 = 86_400_000;

/// A duration of at most so many milliseconds; `B007` if it is longer.
pub(crate) fn duration(node: &Node, most: u64, findings: &mut Findings) -> Option<u64> {
    let length = node.milliseconds(findings)?;
    if most < length.0 {
        let message = format!("{length} is longer than any that is played");
        findings.error("B007", &node.span, message, format!("write at most {}", Milliseconds(most)));
        return None;
    }
    Some(length.0)
}

/// A time of day such as `08:00`, in minutes since midnight; `B004` for anything else.
pub(crate) fn time_of_day(node: &Node, findings: &mut Findings) -> Option<u32> {
    let minute = minute_of_day(node.text(findings)?);
    if minute.is_none() {
        findings.error("B004", &node.span, "this is no time of day", "write a time such as \"08:00\"");
    }
    minute
}

/// Names that may stand once each.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: Vec<(String, Range<usize>)>,
}

impl Names {
    /// Takes a name; `B005` if it was taken before.
    pub fn take(&mut self, thing: &str, name: &str, place: &Range<usize>, findings: &mut Findings) {
        if name.is_empty() {
            return; // That it has none has a finding of its own.
        }
        match self.taken.iter().find(|(taken, _)| taken == name) {
            Some((_, first)) => {
                let label = findings.label(place, "this one");
                let related = findings.label(first, "the first one");
                let message = format!("two {thing} are called `{name}`");
                let help = "give each its own name, so that the others can point to one of them";
                findings.push(Diagnostic::error("B005", message, label).with_related(related).with_help(help));
            }
            None => self.taken.push((name.to_owned(), place.clone())),
        }
    }
}

/// The tables of a list of tables that may be left out.
pub(crate) fn tables<'t>(fields: &mut Fields<'t>, key: &'static str, findings: &mut Findings) -> &'t [Node] {
    fields.take(key).and_then(|node| node.list(findings)).unwrap_or_default()
}

/// Text that must stand; empty where it does not, which has its own finding.
pub(crate) fn required_name(fields: &mut Fields<'_>, key: &'static str, what: &str, findings: &mut Findings) -> String {
    let node = fields.require(key, what, findings);
    node.and_then(|node| node.name(findings)).unwrap_or_default().to_owned()
}

/// Text that may be left out.
pub(crate) fn name(fields: &mut Fields<'_>, key: &'static str, findings: &mut Findings) -> Option<String> {
    fields.take(key).and_then(|node| node.name(findings)).map(ToOwned::to_owned)
}

/// The position of a thing by the name a node gives; `B006` with the names there are if none has it.
pub(crate) fn position(node: &Node, thing: &str, names: &[&str], findings: &mut Findings) -> Option<usize> {
    let wanted = node.name(findings)?;
    let found = names.iter().position(|name| *name == wanted);
    if found.is_none() {
        let help = match names {
            [] => format!("there is no {thing} to point to; add one"),
            names => format!("there are {}", quoted(names.iter().copied())),
        };
        findings.error("B006", &node.span, format!("there is no {thing} `{wanted}`"), help);
    }
    found
}

/// Refuses keys that are planned and not covered yet (`B002`).
pub(crate) fn not_covered(fields: &mut Fields<'_>, keys: &[(&'static str, &'static str)], findings: &mut Findings) {
    for (key, instead) in keys {
        if let Some((place, _)) = fields.take_entry(key) {
            findings.error("B002", &place.span, format!("this version does not cover `{key}`"), *instead);
        }
    }
}
