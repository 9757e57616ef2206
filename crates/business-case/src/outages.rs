//! Outages: times at which a provider's telephones or systems are down.

use longshore_document::{Fields, Findings, Node};

use crate::reading::{duration, required_name};

/// How often and how long nobody of a team can take a contact.
///
/// Outages begin like a Poisson process and last an exponential time: each run draws its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Outages {
    /// How many begin in a year, on average.
    pub a_year: f64,
    /// How long one lasts, on average.
    pub length_ms: f64,
    /// Whether contacts that come are refused, where no other team takes them; otherwise they wait.
    pub refuses: bool,
    /// Where the figures come from.
    pub source: String,
}

/// The longest mean: a month.
const LONGEST_MEAN_MS: u64 = 31 * 86_400_000;

impl Outages {
    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Option<Outages> {
        let mut fields = Fields::of(node, findings)?;
        let a_year = fields.require("a_year", "how many there are in a year: 4", findings);
        let a_year = a_year.and_then(|node| node.number(0.0, 1000.0, findings));
        let length = fields.require("length", "how long one lasts on average: \"90m\"", findings);
        let length = length.and_then(|node| duration(node, LONGEST_MEAN_MS, findings));
        let refuses = fields.take("refuses").and_then(|node| node.boolean(findings)).unwrap_or(true);
        let source = required_name(&mut fields, "source", "where the figures come from", findings);
        fields.finish(findings);
        Some(Outages { a_year: a_year?, length_ms: length?.max(1) as f64, refuses, source })
    }
}
