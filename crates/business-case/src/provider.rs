//! Providers: what is known of who employs a team, and what a buyer may insist on.

use std::ops::Range;

use jiff::civil::Date;
use longshore_document::{Fields, Findings, Node};
use longshore_units::WEEKDAYS;

use crate::reading::{LONGEST_MS, Names, duration, name, required_name};
use crate::{Handles, Opening, Queue, Team};

/// What is known of a provider. What is not known is `None`, never taken as given.
#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    /// Its name, as teams and contracts have it.
    pub name: String,
    /// The agents it employs, for all of its clients.
    pub agents: Option<u32>,
    /// The least volume it takes a program for.
    pub takes_from: Option<LeastVolume>,
    /// The agents it can add in a month.
    pub growth: Option<u32>,
    /// When it works, by the case's clocks.
    pub hours: Option<Opening>,
    /// The languages it offers, as in BCP 47.
    pub languages: Option<Vec<String>>,
    /// The certifications it holds.
    pub certifications: Option<Vec<String>>,
    /// The year in which it began.
    pub since: Option<i16>,
    /// Clients who can be asked about it.
    pub references: Option<u32>,
    /// How long until it works again after the loss of a site, in milliseconds.
    pub recovery_ms: Option<u64>,
    /// How deep it lets a buyer look.
    pub reporting: Option<Reporting>,
    /// Who says so.
    pub source: String,
}

/// The least volume a month that a provider takes a program for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeastVolume {
    /// How much.
    pub amount: u32,
    /// Of what.
    pub of: VolumeUnit,
}

/// What a least volume counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumeUnit {
    /// Contacts handled.
    Contacts,
    /// Minutes of talk, hold and wrap.
    Minutes,
    /// Agents at work for the program.
    Agents,
}

const VOLUME_UNITS: [(&str, VolumeUnit); 3] =
    [("contacts", VolumeUnit::Contacts), ("minutes", VolumeUnit::Minutes), ("agents", VolumeUnit::Agents)];

/// How deep a provider lets a buyer look; each depth has those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reporting {
    /// Counts, afterwards.
    Counts,
    /// What happens now.
    RealTime,
    /// Recordings of contacts, to listen to.
    Recordings,
}

const REPORTING: [(&str, Reporting); 3] =
    [("counts", Reporting::Counts), ("real-time", Reporting::RealTime), ("recordings", Reporting::Recordings)];

impl Reporting {
    /// Its word in the files.
    pub fn word(self) -> &'static str {
        REPORTING.iter().find(|(_, reporting)| *reporting == self).map_or("", |(word, _)| word)
    }
}

/// What a buyer insists on of each provider.
#[derive(Clone, Debug, PartialEq)]
pub enum ProviderMust {
    /// It holds a certification.
    Has(String),
    /// It offers a language.
    Speaks(String),
    /// It works at all of these hours.
    Open(Opening),
    /// It lets the buyer look at least so deep.
    Reports(Reporting),
    /// A figure of it is at least so much.
    AtLeast(ProviderFigure, f64),
    /// A figure of it is at most so much.
    AtMost(ProviderFigure, f64),
}

/// A figure of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderFigure {
    /// Whole years from its beginning until the horizon's.
    Years,
    /// Clients who can be asked about it.
    References,
    /// The agents it employs.
    Agents,
    /// The agents it can add in a month.
    Growth,
    /// Seconds until it works again after the loss of a site.
    Recovery,
    /// Our agents in the busiest month, of those it employs.
    OurShare,
}

pub(crate) const PROVIDER_FIGURES: [(&str, ProviderFigure); 6] = [
    ("years in business", ProviderFigure::Years),
    ("references", ProviderFigure::References),
    ("provider's agents", ProviderFigure::Agents),
    ("growth", ProviderFigure::Growth),
    ("recovery", ProviderFigure::Recovery),
    ("our share", ProviderFigure::OurShare),
];

impl ProviderFigure {
    /// Its word in decide.toml.
    pub fn word(self) -> &'static str {
        PROVIDER_FIGURES.iter().find(|(_, figure)| *figure == self).map_or("", |(word, _)| word)
    }
}

impl Provider {
    /// A provider of which nothing is known.
    pub fn unknown(name: &str) -> Provider {
        Provider {
            name: name.to_owned(),
            agents: None,
            takes_from: None,
            growth: None,
            hours: None,
            languages: None,
            certifications: None,
            since: None,
            references: None,
            recovery_ms: None,
            reporting: None,
            source: String::new(),
        }
    }

    /// A figure of it, where it is known; `ours` is how many agents work for the program in the busiest month, `starts` the
    /// horizon's first day.
    pub fn figure(&self, figure: ProviderFigure, ours: f64, starts: Date) -> Option<f64> {
        match figure {
            ProviderFigure::Years => self.since.map(|since| f64::from(starts.year() - since)),
            ProviderFigure::References => self.references.map(f64::from),
            ProviderFigure::Agents => self.agents.map(f64::from),
            ProviderFigure::Growth => self.growth.map(f64::from),
            ProviderFigure::Recovery => self.recovery_ms.map(|recovery| recovery as f64 / 1000.0),
            ProviderFigure::OurShare => self.agents.map(|agents| ours / f64::from(agents)),
        }
    }

    /// Whether it meets a must; `None` where that is not known. `teams` are its teams of the option: what they speak it
    /// offers, whatever else it does.
    pub fn meets(&self, must: &ProviderMust, teams: &[&Team], ours: f64, starts: Date) -> Option<bool> {
        match must {
            ProviderMust::Has(wanted) => {
                let held = self.certifications.as_ref()?;
                Some(held.iter().any(|held| bare(held) == bare(wanted)))
            }
            ProviderMust::Speaks(wanted) => {
                let of_teams = || teams.iter().flat_map(|team| &team.languages);
                if of_teams().any(|language| is_of(language, wanted)) {
                    return Some(true);
                }
                Some(self.languages.as_ref()?.iter().any(|language| is_of(language, wanted)))
            }
            ProviderMust::Open(hours) => Some(covers(self.hours.as_ref()?, hours)),
            ProviderMust::Reports(depth) => Some(*depth <= self.reporting?),
            ProviderMust::AtLeast(figure, least) => Some(*least <= self.figure(*figure, ours, starts)?),
            ProviderMust::AtMost(figure, most) => Some(self.figure(*figure, ours, starts)? <= *most),
        }
    }

    pub(crate) fn read(node: &Node, names: &mut Names, findings: &mut Findings) -> Option<Provider> {
        let mut fields = Fields::of(node, findings)?;
        let provider = required_name(&mut fields, "name", "who it is, as its teams name it", findings);
        names.take("providers", &provider, &node.span, findings);
        let mut count = |key: &'static str, least: i128| -> Option<u32> {
            fields.take(key)?.whole(least, 10_000_000, findings).and_then(|count| u32::try_from(count).ok())
        };
        let (agents, growth, references) = (count("agents", 1), count("growth", 0), count("references", 0));
        let takes_from = fields.take("takes_from").and_then(|node| LeastVolume::read(node, findings));
        let hours = fields.take("hours").map(|node| Opening::read(node, findings));
        let mut list = |key: &'static str| -> Option<Vec<String>> {
            let nodes = fields.take(key)?.one_or_many();
            Some(nodes.iter().filter_map(|node| node.name(findings)).map(ToOwned::to_owned).collect())
        };
        let (languages, certifications) = (list("languages"), list("certifications"));
        let since = fields.take("since").and_then(|node| node.whole(1800, 2900, findings));
        let recovery = fields.take("recovery").and_then(|node| duration(node, LONGEST_MS, findings));
        let reporting = fields.take("reporting").and_then(|node| node.one_of(&REPORTING, findings));
        let source = required_name(&mut fields, "source", "who says so: the proposal, and of which day", findings);
        fields.finish(findings);
        Some(Provider {
            name: provider,
            agents,
            takes_from,
            growth,
            hours,
            languages,
            certifications,
            since: since.and_then(|since| i16::try_from(since).ok()),
            references,
            recovery_ms: recovery,
            reporting,
            source,
        })
    }
}

impl LeastVolume {
    /// Its words in the files: `20000 contacts`.
    pub fn written(&self) -> String {
        let unit = VOLUME_UNITS.iter().find(|(_, unit)| *unit == self.of).map_or("", |(word, _)| word);
        format!("{} {unit}", self.amount)
    }

    fn read(node: &Node, findings: &mut Findings) -> Option<LeastVolume> {
        let text = node.text(findings)?;
        let read = text.trim().split_once(' ').and_then(|(amount, unit)| {
            let of = VOLUME_UNITS.iter().find(|(word, _)| *word == unit.trim())?.1;
            Some(LeastVolume { amount: amount.parse().ok().filter(|amount| 0 < *amount)?, of })
        });
        if read.is_none() {
            let help =
                "write a number and what it counts in a month: \"20000 contacts\", \"5000 minutes\" or \"5 agents\"";
            findings.error("B004", &node.span, format!("`{text}` is no volume a month"), help);
        }
        read
    }
}

impl ProviderMust {
    /// Reads a must that a provider is to meet; `None` for one of another kind, of which nothing is taken.
    pub(crate) fn read(fields: &mut Fields<'_>, findings: &mut Findings) -> Option<ProviderMust> {
        if let Some(has) = name(fields, "has", findings) {
            return Some(ProviderMust::Has(has));
        }
        if let Some(speaks) = name(fields, "speaks", findings) {
            return Some(ProviderMust::Speaks(speaks));
        }
        if let Some(node) = fields.take("open") {
            return Some(ProviderMust::Open(Opening::read(node, findings)));
        }
        let depth = fields.take("reports").and_then(|node| node.one_of(&REPORTING, findings));
        depth.map(ProviderMust::Reports)
    }
}

/// What is said of providers goes with what their teams are to do (`B020`): each has a team in the option, which speaks
/// what the provider offers, at hours at which it works.
pub(crate) fn check(
    providers: &[(Provider, Range<usize>)],
    teams: &[Team],
    handles: &[Handles],
    queues: &[Queue],
    findings: &mut Findings,
) {
    for (provider, place) in providers {
        let is_theirs = |team: &usize| teams.get(*team).is_some_and(|team| team.provider == provider.name);
        if !(0..teams.len()).any(|team| is_theirs(&team)) {
            let message = format!("no team here works for `{}`", provider.name);
            findings.error("B020", place, message, "give a team that provider, or leave its facts out");
        }
        for (position, team) in teams.iter().enumerate().filter(|(position, _)| is_theirs(position)) {
            let offered = |language: &String| {
                provider.languages.as_ref().is_none_or(|offered| offered.iter().any(|offer| is_of(offer, language)))
            };
            if let Some(language) = team.languages.iter().find(|language| !offered(language)) {
                let message = format!("`{}` speaks `{language}`, which `{}` does not offer", team.name, provider.name);
                findings.error("B020", place, message, "ask the provider, and mend the one or the other");
            }
            for way in handles.iter().filter(|way| way.team == position) {
                let asked = way.hours.as_ref().or(queues.get(way.queue).map(|queue| &queue.open));
                let Some((works, asked)) = provider.hours.as_ref().zip(asked) else { continue };
                if !covers(works, asked) {
                    let message = format!(
                        "`{}` works {}, and `{}` is to be handled {}",
                        provider.name,
                        works.written(),
                        queues[way.queue].name,
                        asked.written()
                    );
                    let help = "limit what its team handles by `hours`, or ask the provider for the rest of them";
                    findings.error("B020", place, message, help);
                }
            }
        }
    }
}

/// Whether all of some hours of the week lie within others. Closed days play no part.
fn covers(hours: &Opening, asked: &Opening) -> bool {
    WEEKDAYS.iter().all(|(_, day)| {
        let within = hours.minutes(*day);
        asked.minutes(*day).iter().all(|(from, until)| within.iter().any(|(a, b)| a <= from && until <= b))
    })
}

/// A name without what people write differently: `PCI-DSS` and `pci dss` are one.
fn bare(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a language is the wanted one, or that of a region: `es-CO` for `es`.
fn is_of(language: &str, wanted: &str) -> bool {
    let rest = language.to_lowercase();
    rest.strip_prefix(&wanted.to_lowercase()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_languages_are_those_that_people_mean() {
        assert_eq!(bare("PCI-DSS"), bare("pci dss"));
        assert_ne!(bare("ISO 27001"), bare("ISO 27701"));
        assert!(is_of("es-CO", "es") && is_of("ES", "es") && !is_of("est", "es") && !is_of("es", "es-CO"));
    }

    #[test]
    fn hours_lie_within_hours() {
        let (always, day) = (Opening::of("always"), Opening::of("Mon-Fri 08:00-20:00"));
        assert!(covers(&always, &day) && covers(&day, &day) && !covers(&day, &always));
        assert!(!covers(&day, &Opening::of("Mon-Sat 09:00-12:00")) && covers(&day, &Opening::of("Fri 08:00-20:00")));
    }

    #[test]
    fn what_is_not_known_is_neither_met_nor_missed() {
        let nothing = Provider::unknown("x");
        let starts = jiff::civil::date(2027, 1, 1);
        let musts = [
            ProviderMust::Has("PCI DSS".to_owned()),
            ProviderMust::Speaks("es".to_owned()),
            ProviderMust::Open(Opening::of("always")),
            ProviderMust::Reports(Reporting::Counts),
            ProviderMust::AtLeast(ProviderFigure::Years, 0.0),
            ProviderMust::AtMost(ProviderFigure::OurShare, 1.0),
        ];
        for must in &musts {
            assert_eq!(nothing.meets(must, &[], 1.0, starts), None, "{must:?}");
        }
        let known = Provider {
            agents: Some(40),
            hours: Some(Opening::of("always")),
            languages: Some(vec!["es-CO".to_owned()]),
            certifications: Some(vec!["pci-dss".to_owned()]),
            since: Some(2020),
            reporting: Some(Reporting::RealTime),
            ..nothing
        };
        for must in &musts {
            assert_eq!(known.meets(must, &[], 10.0, starts), Some(true), "{must:?}");
        }
        let missed = [
            ProviderMust::Has("ISO 27001".to_owned()),
            ProviderMust::Speaks("en".to_owned()),
            ProviderMust::Reports(Reporting::Recordings),
            ProviderMust::AtLeast(ProviderFigure::Years, 8.0),
            ProviderMust::AtMost(ProviderFigure::OurShare, 0.2),
        ];
        for must in &missed {
            assert_eq!(known.meets(must, &[], 10.0, starts), Some(false), "{must:?}");
        }
    }
}
