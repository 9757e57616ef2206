//! The catalog's figures: what was published of prices, labor, operations and taxes, each with its source and year.
//!
//! They stand in `catalog/*.toml`. Figures that disagree are all kept: which one is taken is the reader's to decide, and
//! [`typical`] is how this program does.

use std::sync::LazyLock;

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Exact, Text};

use crate::catalog::Fact;
use crate::country::{Country, Destination};
use crate::profile::Profile;

/// A published figure, or a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is about.
    pub topic: Topic,
    /// What it is: `agent hour`, `load on pay`.
    pub kind: String,
    /// Of which countries and regions, with slashes between; `anywhere` where the source names none.
    pub place: String,
    /// The figure, or the lowest of a range, in `unit`.
    pub low: Exact,
    /// The highest of a range; as `low` for a single figure.
    pub high: Exact,
    /// The unit as published: `USD/hour`, `%`, `weeks`.
    pub unit: String,
    /// Of which year; `undated` where the source does not say.
    pub year: String,
    /// Who published it.
    pub source: String,
    /// What else is to know of it.
    pub about: Option<String>,
    /// The source with its year, as others quote it.
    pub cited: String,
}

/// What figures are about: one file of the catalog each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What others pay for service.
    Price,
    /// What people cost.
    Labor,
    /// How service is run.
    Operation,
    /// What the state takes.
    Tax,
}

impl Topic {
    /// All of them.
    pub const ALL: [Topic; 4] = [Topic::Price, Topic::Labor, Topic::Operation, Topic::Tax];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Topic::Price => "price",
            Topic::Labor => "labor",
            Topic::Operation => "operation",
            Topic::Tax => "tax",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Topic::Price => include_str!("../catalog/prices.toml"),
            Topic::Labor => include_str!("../catalog/labor.toml"),
            Topic::Operation => include_str!("../catalog/operations.toml"),
            Topic::Tax => include_str!("../catalog/taxes.toml"),
        }
    }
}

/// What the files of the catalog hold.
pub(crate) struct Held {
    pub figures: Vec<Figure>,
    pub facts: Vec<Fact>,
    pub countries: Vec<Country>,
    pub destinations: Vec<Destination>,
    pub profiles: Vec<Profile>,
}

pub(crate) static HELD: LazyLock<Held> = LazyLock::new(|| {
    let mut figures = Vec::new();
    for topic in Topic::ALL {
        figures.extend(rows(topic.text(), "figure", |node, findings| Figure::read(topic, node, findings)));
    }
    let countries = include_str!("../catalog/countries.toml");
    Held {
        figures,
        facts: rows(include_str!("../catalog/filled-in.toml"), "fact", Fact::read),
        countries: rows(countries, "country", Country::read),
        destinations: rows(countries, "destination", Destination::read),
        profiles: rows(include_str!("../catalog/profiles.toml"), "profile", Profile::read),
    }
});

/// The rows of a file of the catalog, which reads without a finding.
fn rows<T>(text: &'static str, key: &'static str, read: impl Fn(&Node, &mut Findings) -> Option<T>) -> Vec<T> {
    let text = Text::new("catalog", text);
    let mut findings = Findings::of(text.name.clone());
    let root = longshore_document::read(&text, &mut findings);
    let nodes = root.table().and_then(|table| table.get(key)).map(Node::one_or_many).unwrap_or_default();
    let rows: Vec<T> = nodes.iter().filter_map(|node| read(node, &mut findings)).collect();
    let found = findings.into_diagnostics();
    assert!(found.is_empty(), "the catalog reads without a finding: {found:?}");
    rows
}

/// All figures of the catalog, by topic.
pub fn figures() -> &'static [Figure] {
    &HELD.figures
}

impl Figure {
    fn read(topic: Topic, node: &Node, findings: &mut Findings) -> Option<Figure> {
        let mut fields = Fields::of(node, findings)?;
        let mut text = |key: &'static str| -> Option<String> {
            let node = fields.require(key, "what every figure has", findings)?;
            node.name(findings).map(str::to_owned)
        };
        let (kind, place, unit) = (text("kind")?, text("place")?, text("unit")?);
        let (year, source) = (text("year")?, text("source")?);
        let low = fields.require("low", "the figure", findings)?.exact(findings)?;
        let high = match fields.take("high") {
            Some(node) => node.exact(findings)?,
            None => low.clone(),
        };
        let about = fields.take("about").and_then(|node| node.name(findings)).map(str::to_owned);
        fields.finish(findings);
        let cited = format!("{source}, {year}");
        Some(Figure { topic, kind, place, low, high, unit, year, source, about, cited })
    }

    /// Its year, or about. `None` where the source does not say.
    pub fn year(&self) -> Option<i16> {
        self.year.trim_start_matches("c. ").parse().ok()
    }

    /// The middle of its range.
    pub fn middle(&self) -> Exact {
        halves(&(&self.low + &self.high))
    }

    /// The figure as people write it: `22–35 USD/hour`, `0.08–0.30 USD/minute`.
    pub fn written(&self) -> String {
        let is_money = self.unit.contains('/');
        let one = |number: &Exact| match number.to_string() {
            decimal if is_money && decimal.contains('.') => number.to_decimal(2),
            whole => whole,
        };
        let (low, high) = (one(&self.low), one(&self.high));
        if low == high { format!("{low} {}", self.unit) } else { format!("{low}–{high} {}", self.unit) }
    }

    /// How near it is to a country: 0 if it names the country, 1 if one of its regions, 2 if anywhere. `None` if it is
    /// about others.
    pub fn distance(&self, country: &Country) -> Option<u8> {
        let names = |wanted: &str| self.place.split('/').any(|place| place == wanted);
        if names(&country.name) {
            Some(0)
        } else if country.regions.iter().any(|region| names(region)) {
            Some(1)
        } else {
            names("anywhere").then_some(2)
        }
    }
}

/// What this program takes of figures that disagree: the median of the middles of those nearest to a country, in one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typical {
    /// The figure, in the unit asked for.
    pub value: Exact,
    /// The lowest and the highest that were published.
    pub range: (Exact, Exact),
    /// That range as people write it, with its unit.
    pub written: String,
    /// Who published them, and when.
    pub cited: String,
}

impl Typical {
    /// The range that was published, and by whom.
    pub fn published(&self) -> String {
        format!("{}: {}", self.written, self.cited)
    }

    /// The same, for the figure that is taken of it.
    pub fn source(&self) -> String {
        let middle = if self.range.0 == self.range.1 { "" } else { "the middle of " };
        format!("{middle}{}", self.published())
    }
}

/// The typical figure of a kind for a country, of those in a unit. `None` if nobody published one.
pub fn typical(kind: &str, unit: &str, country: &Country) -> Option<Typical> {
    let of_kind = || figures().iter().filter(|figure| figure.kind == kind && figure.unit == unit);
    let nearest = of_kind().filter_map(|figure| figure.distance(country)).min()?;
    middle_of(&of_kind().filter(|figure| figure.distance(country) == Some(nearest)).collect::<Vec<_>>(), unit)
}

/// Figures of money published before this year say little of today's.
pub(crate) const RECENT: i16 = 2015;

/// The same of the country itself alone, without what is older than ten years or so: `None` if nobody published one.
pub(crate) fn current(kind: &str, unit: &str, country: &Country) -> Option<Typical> {
    let is_current = |figure: &&Figure| figure.year().is_none_or(|year| RECENT <= year);
    let of_kind = figures().iter().filter(|figure| figure.kind == kind && figure.unit == unit);
    middle_of(
        &of_kind.filter(|figure| figure.distance(country) == Some(0)).filter(is_current).collect::<Vec<_>>(),
        unit,
    )
}

/// The middle of figures that disagree, with all who published them.
fn middle_of(figures: &[&Figure], unit: &str) -> Option<Typical> {
    let mut middles: Vec<Exact> = figures.iter().map(|figure| figure.middle()).collect();
    middles.sort();
    let low = figures.iter().map(|figure| &figure.low).min()?.clone();
    let high = figures.iter().map(|figure| &figure.high).max()?.clone();
    let value = match middles.len() {
        even if even % 2 == 0 => halves(&(&middles[even / 2 - 1] + &middles[even / 2])),
        odd => middles[odd / 2].clone(),
    };
    let mut sources: Vec<&str> = figures.iter().map(|figure| figure.cited.as_str()).collect();
    sources.dedup();
    let written = if low == high { format!("{low} {unit}") } else { format!("{low}–{high} {unit}") };
    Some(Typical { value, range: (low, high), written, cited: sources.join("; ") })
}

fn halves(sum: &Exact) -> Exact {
    sum * &Exact::ratio(1, 2).expect("2 is not 0")
}
