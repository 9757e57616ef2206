//! What options are weighed by where cost is not all.
//!
//! Every criterion has a fixed scale, from its worst value to its best, that the buyer sets before the offers are known.
//! A scale that is stretched between the options at hand would let an option that nobody takes turn the order of two
//! others around.

use longshore_document::{Fields, Findings, Node};

use crate::reading::{Names, required_name};

/// A criterion and its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Weight {
    /// What it is called.
    pub what: String,
    /// How an option's score on it is found.
    pub by: WeighedBy,
    /// How much it counts, among all weights; above 0.
    pub weight: f64,
}

/// How an option's score on a criterion is found, from 0 for the worst to 1 for the best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WeighedBy {
    /// By a figure of the comparison: 1 at `best` and beyond, 0 at `worst` and beyond, in proportion between them.
    Measured {
        /// Which figure.
        figure: Weighable,
        /// What scores 1.
        best: f64,
        /// What scores 0.
        worst: f64,
    },
    /// By the score that each option's file gives.
    Judged,
}

/// A figure of the comparison that options can be weighed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighable {
    /// The mean cost of the horizon, in the case's currency.
    Cost,
    /// The share of all contacts offered that were answered within their queue's target.
    ServiceLevel,
    /// The share of all contacts offered that waited over five minutes.
    OverFiveMinutes,
    /// The share of contacts handled that were resolved.
    Resolved,
}

const MEASURED: [(&str, Weighable); 4] = [
    ("cost", Weighable::Cost),
    ("service level", Weighable::ServiceLevel),
    ("over 5 minutes", Weighable::OverFiveMinutes),
    ("resolved", Weighable::Resolved),
];

/// The score that an option's file gives on a judged criterion, from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The criterion.
    pub what: String,
    /// The score.
    pub score: f64,
}

impl Weight {
    /// The score of a figure; `None` for what is judged.
    pub fn score(&self, of: impl Fn(Weighable) -> f64) -> Option<f64> {
        match self.by {
            WeighedBy::Measured { figure, best, worst } => {
                Some(((of(figure) - worst) / (best - worst)).clamp(0.0, 1.0))
            }
            WeighedBy::Judged => None,
        }
    }
}

pub(crate) fn read(nodes: &[Node], names: &mut Names, findings: &mut Findings) -> Vec<Weight> {
    nodes.iter().filter_map(|node| weight_of(node, names, findings)).collect()
}

fn weight_of(node: &Node, names: &mut Names, findings: &mut Findings) -> Option<Weight> {
    let mut fields = Fields::of(node, findings)?;
    let what =
        required_name(&mut fields, "what", "\"cost\", \"service level\", or a criterion that you judge", findings);
    names.take("criteria", &what, &node.span, findings);
    let weight_node = fields.require("weight", "how much it counts among all weights: 30", findings);
    let weight = weight_node.and_then(|node| node.number(0.0, 1e6, findings));
    if let (Some(0.0), Some(node)) = (weight, weight_node) {
        findings.error(
            "B007",
            &node.span,
            "a criterion that does not count",
            "write a weight above 0, or leave it out",
        );
    }
    let figure = MEASURED.iter().find(|(word, _)| *word == what).map(|(_, figure)| *figure);
    let by = match figure {
        None => WeighedBy::Judged,
        Some(figure) => {
            let most = if figure == Weighable::Cost { 1e15 } else { 1.0 };
            let best = fields.require("best", "the value that scores 100 %", findings);
            let best = best.and_then(|node| node.number(0.0, most, findings))?;
            let worst = fields.require("worst", "the value that scores 0 %", findings);
            let worst = worst.and_then(|node| node.number(0.0, most, findings))?;
            if best == worst {
                let help = "set them apart, as far as offers may be";
                findings.error("B007", &node.span, "the best and the worst value are the same", help);
                return None;
            }
            WeighedBy::Measured { figure, best, worst }
        }
    };
    fields.finish(findings);
    Some(Weight { what, by, weight: weight? })
}

/// The scores of an option's file: `scores = { leadership = "80%" }`. Each criterion that is judged needs one, and a
/// score needs its criterion (`B019`).
pub(crate) fn scores(
    node: Option<&Node>,
    place: &std::ops::Range<usize>,
    weights: &[Weight],
    findings: &mut Findings,
) -> Vec<Judged> {
    let judged = || weights.iter().filter(|weight| weight.by == WeighedBy::Judged);
    let mut scores: Vec<Judged> = Vec::new();
    if let Some(fields) = node.and_then(|node| Fields::of(node, findings)) {
        for (key, node) in fields.entries() {
            if !judged().any(|weight| weight.what == key.name) {
                let message = format!("`{}` is no criterion that is judged", key.name);
                let help = "add it to decide.toml under [[weigh]], with `what` and `weight`, or leave it out";
                findings.error("B019", &key.span, message, help);
            }
            let score = node.number(0.0, 1.0, findings).unwrap_or(0.0);
            scores.push(Judged { what: key.name.clone(), score });
        }
    }
    for weight in judged().filter(|weight| !scores.iter().any(|score| score.what == weight.what)) {
        let message = format!("this option has no score for `{}`", weight.what);
        let help =
            format!("add scores = {{ \"{}\" = \"60%\" }}, from 0% for the worst to 100% for the best", weight.what);
        findings.error("B019", node.map_or(place, |node| &node.span), message, help);
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_follow_a_fixed_scale() {
        let by = |best, worst| WeighedBy::Measured { figure: Weighable::Cost, best, worst };
        let weight = |best, worst| Weight { what: "cost".to_owned(), by: by(best, worst), weight: 1.0 };
        assert_eq!(weight(1e6, 2e6).score(|_| 1.25e6), Some(0.75));
        assert_eq!(weight(1e6, 2e6).score(|_| 9e6), Some(0.0));
        assert_eq!(weight(0.9, 0.5).score(|_| 0.95), Some(1.0));
        assert_eq!(weight(0.9, 0.5).score(|_| 0.6).map(|score| (score * 100.0).round()), Some(25.0));
    }
}
