//! What a plan does not know: figures that may come out otherwise, and the case as it is in one such future.

use std::ops::Range;

use longshore_document::{Fields, Findings, Node};
use longshore_units::Exact;

use crate::reading::{position, required_name};
use crate::{BusinessCase, Demand, Handle, Outages, Queue, Team};

/// A figure of the case that may come out otherwise.
///
/// What it comes to is the plan's figure × a factor F with median 1: ln F = s·z with z standard normal, where
/// s = −ln(low)/z₉₀ for z < 0 and ln(high)/z₉₀ above, and z₉₀ = 1.2816. So a tenth of the futures have less than `low`, a
/// tenth more than `high`, and the two may be as far from 1 as they like.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// Which figure.
    pub figure: UncertainFigure,
    /// The factor that a tenth of all futures stay below; above 0, at most 1.
    pub low: f64,
    /// The factor that a tenth of all futures exceed; at least 1.
    pub high: f64,
    /// Where the range comes from.
    pub source: String,
}

/// A figure that may come out otherwise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UncertainFigure {
    /// The contacts of a queue, by its place in the case; `None` for all queues alike.
    Volume(Option<usize>),
    /// The handle time of a queue, or of all.
    HandleTime(Option<usize>),
    /// The handle time of the teams of this name, on every queue.
    TeamHandleTime(String),
    /// The share of contacts that the teams of this name resolve, or all teams; never above 1.
    Resolved(Option<String>),
    /// The share of agents who leave in a year, of the teams of this name or of all.
    Turnover(Option<String>),
    /// The growth of a series that prices follow, by its place among those of decide.toml; `None` for all.
    Growth(Option<usize>),
    /// What another currency is worth when the horizon begins, by its place in decide.toml; `None` for all. How it strays from
    /// there is its volatility.
    ExchangeRate(Option<usize>),
    /// How many outages teams have in a year.
    Outages(Whose),
    /// How long an outage of a team lasts.
    OutageLength(Whose),
}

/// Whose teams a figure is of. Outages strike sites and carriers: all teams of a provider may share them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// All teams of all options.
    All,
    /// The teams of this name.
    Team(String),
    /// The teams of this provider.
    Provider(String),
}

impl Whose {
    /// The name given.
    pub fn name(&self) -> Option<&str> {
        match self {
            Whose::All => None,
            Whose::Team(name) | Whose::Provider(name) => Some(name),
        }
    }

    /// Whether a team is meant.
    pub(crate) fn has(&self, team: &Team) -> bool {
        match self {
            Whose::All => true,
            Whose::Team(name) => *name == team.name,
            Whose::Provider(name) => *name == team.provider,
        }
    }
}

/// The teams that a figure of decide.toml is of, and where it says so: whether there are such is known once options are read.
pub(crate) struct NamedTeams {
    /// Where they are named.
    pub place: Range<usize>,
    /// Which.
    pub whose: Whose,
    /// Whether they must have outages.
    pub with_outages: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Word {
    Volume,
    HandleTime,
    Resolved,
    Turnover,
    Growth,
    ExchangeRate,
    Outages,
    OutageLength,
}

const WORDS: [(&str, Word); 8] = [
    ("volume", Word::Volume),
    ("handle time", Word::HandleTime),
    ("resolved", Word::Resolved),
    ("turnover", Word::Turnover),
    ("growth", Word::Growth),
    ("exchange rate", Word::ExchangeRate),
    ("outages", Word::Outages),
    ("outage length", Word::OutageLength),
];

/// The normal deviate that nine in ten stay below.
const Z90: f64 = 1.281_551_565_544_6;

impl Uncertain {
    /// The factor at a standard normal deviate.
    pub fn factor(&self, deviate: f64) -> f64 {
        let end = if deviate < 0.0 { -self.low.ln() } else { self.high.ln() };
        (deviate * end / Z90).exp()
    }

    /// `queues`, `series` and `currencies` are the names there are. That a team exists is not checked here: options are read later.
    pub(crate) fn read(
        node: &Node,
        queues: &[&str],
        (series, currencies): (&[&str], &[&str]),
        findings: &mut Findings,
    ) -> Option<(Uncertain, Option<NamedTeams>)> {
        let mut fields = Fields::of(node, findings)?;
        let what = fields.require("what", "\"volume\", \"handle time\", \"resolved\", …", findings);
        let word = what.and_then(|node| node.one_of(&WORDS, findings))?;
        let queue = matches!(word, Word::Volume | Word::HandleTime).then(|| fields.take("queue")).flatten();
        let queue = queue.and_then(|node| position(node, "queue", queues, findings));
        let of_outages = matches!(word, Word::Outages | Word::OutageLength);
        let of_team = of_outages || matches!(word, Word::HandleTime | Word::Resolved | Word::Turnover);
        let team_node = of_team.then(|| fields.take("team")).flatten();
        let team = team_node.and_then(|node| node.name(findings)).map(ToOwned::to_owned);
        let provider = of_outages.then(|| fields.take("provider")).flatten();
        let of_provider = provider.and_then(|node| node.name(findings)).map(ToOwned::to_owned);
        let of_series = if word == Word::Growth { fields.take("series") } else { None };
        let of_series = of_series.and_then(|node| position(node, "series", series, findings));
        let of_currency = if word == Word::ExchangeRate { fields.take("currency") } else { None };
        let of_currency = of_currency.and_then(|node| position(node, "exchange rate", currencies, findings));
        let low =
            fields.require("low", "of the plan's figure, what a tenth of all futures stay below: \"85%\"", findings);
        let low = low.and_then(|node| node.number(0.01, 1.0, findings));
        let high =
            fields.require("high", "of the plan's figure, what a tenth of all futures exceed: \"120%\"", findings);
        let high = high.and_then(|node| node.number(1.0, 20.0, findings));
        let source = required_name(&mut fields, "source", "where the range comes from", findings);
        let place = fields.place().clone();
        fields.finish(findings);
        if team.is_some() && of_provider.is_some() {
            findings.error("B004", &place, "a team and a provider are both given", "name one of them");
            return None;
        }
        let whose = match (&team, of_provider) {
            (Some(team), _) => Whose::Team(team.clone()),
            (None, Some(provider)) => Whose::Provider(provider),
            (None, None) => Whose::All,
        };
        let named = (of_outages || team.is_some()).then(|| NamedTeams {
            place: team_node.or(provider).map_or(&place, |node| &node.span).clone(),
            whose: whose.clone(),
            with_outages: of_outages,
        });
        let figure = match (word, team) {
            (Word::HandleTime, Some(_)) if queue.is_some() => {
                findings.error("B004", &place, "a queue and a team are both given", "name one of them");
                return None;
            }
            (Word::Volume, _) => UncertainFigure::Volume(queue),
            (Word::HandleTime, Some(team)) => UncertainFigure::TeamHandleTime(team),
            (Word::HandleTime, None) => UncertainFigure::HandleTime(queue),
            (Word::Resolved, team) => UncertainFigure::Resolved(team),
            (Word::Turnover, team) => UncertainFigure::Turnover(team),
            (Word::Growth, _) => UncertainFigure::Growth(of_series),
            (Word::ExchangeRate, _) => UncertainFigure::ExchangeRate(of_currency),
            (Word::Outages, _) => UncertainFigure::Outages(whose),
            (Word::OutageLength, _) => UncertainFigure::OutageLength(whose),
        };
        Some((Uncertain { figure, low: low?, high: high?, source }, named))
    }
}

impl UncertainFigure {
    /// The word it has in decide.toml.
    pub fn word(&self) -> &'static str {
        let word = match self {
            UncertainFigure::Volume(_) => Word::Volume,
            UncertainFigure::HandleTime(_) | UncertainFigure::TeamHandleTime(_) => Word::HandleTime,
            UncertainFigure::Resolved(_) => Word::Resolved,
            UncertainFigure::Turnover(_) => Word::Turnover,
            UncertainFigure::Growth(_) => Word::Growth,
            UncertainFigure::ExchangeRate(_) => Word::ExchangeRate,
            UncertainFigure::Outages(_) => Word::Outages,
            UncertainFigure::OutageLength(_) => Word::OutageLength,
        };
        WORDS.iter().find(|(_, other)| *other == word).map_or("", |(word, _)| word)
    }

    /// What it is a figure of: a queue, a team, a provider, a series or a currency. `None` for all that have one.
    pub fn of<'f>(&'f self, case: &'f BusinessCase) -> Option<&'f str> {
        match self {
            UncertainFigure::Volume(queue) | UncertainFigure::HandleTime(queue) => {
                queue.map(|queue| case.queues[queue].name.as_str())
            }
            UncertainFigure::TeamHandleTime(team) => Some(team),
            UncertainFigure::Resolved(team) | UncertainFigure::Turnover(team) => team.as_deref(),
            UncertainFigure::Growth(series) => series.map(|series| case.decide.series[series].what.as_str()),
            UncertainFigure::ExchangeRate(rate) => rate.map(|rate| case.decide.exchange[rate].currency.code()),
            UncertainFigure::Outages(whose) | UncertainFigure::OutageLength(whose) => whose.name(),
        }
    }
}

impl BusinessCase {
    /// The case as it is where each uncertain figure comes to the plan's × the factor at its place.
    pub fn under(&self, factors: &[f64]) -> BusinessCase {
        let mut case = self.clone();
        for (uncertain, factor) in self.decide.uncertain.iter().zip(factors) {
            case.apply(&uncertain.figure, *factor);
        }
        case
    }

    /// The case with this many times the contacts in every queue.
    pub fn with_volume(&self, factor: f64) -> BusinessCase {
        let mut case = self.clone();
        case.apply(&UncertainFigure::Volume(None), factor);
        case
    }

    fn apply(&mut self, figure: &UncertainFigure, factor: f64) {
        fn queues(case: &mut BusinessCase, of: Option<usize>) -> impl Iterator<Item = &mut Queue> {
            let chosen = move |place: usize| of.is_none_or(|queue| queue == place);
            case.queues.iter_mut().enumerate().filter(move |(place, _)| chosen(*place)).map(|(_, queue)| queue)
        }
        fn teams<'c>(case: &'c mut BusinessCase, of: Option<&'c str>) -> impl Iterator<Item = &'c mut Team> {
            let all = case.options.iter_mut().flat_map(|option| &mut option.teams);
            all.filter(move |team| of.is_none_or(|name| name == team.name))
        }
        fn outages<'c>(case: &'c mut BusinessCase, of: &'c Whose) -> impl Iterator<Item = &'c mut Outages> {
            let of_these = teams(case, None).filter(move |team| of.has(team));
            of_these.filter_map(|team| team.outages.as_mut())
        }
        match figure {
            UncertainFigure::Volume(of) => queues(self, *of).for_each(|queue| {
                queue.demand = queue.demand.times(factor);
                queue.list.iter_mut().for_each(|list| list.a_month *= factor);
            }),
            UncertainFigure::HandleTime(of) => {
                queues(self, *of).for_each(|queue| queue.handle = queue.handle.times(factor))
            }
            UncertainFigure::TeamHandleTime(of) => teams(self, Some(of)).for_each(|team| {
                for part in [&mut team.talk, &mut team.hold, &mut team.wrap] {
                    *part *= factor;
                }
            }),
            UncertainFigure::Resolved(of) => {
                teams(self, of.as_deref()).for_each(|team| team.resolved = (team.resolved * factor).min(1.0));
            }
            UncertainFigure::Turnover(of) => {
                let exact = exact(factor);
                teams(self, of.as_deref()).for_each(|team| team.turnover = &team.turnover * &exact);
            }
            UncertainFigure::Growth(of) => {
                let series = self.decide.series.iter_mut().enumerate();
                let chosen = series.filter(|(place, _)| of.is_none_or(|series| series == *place));
                chosen.for_each(|(_, series)| series.growth = (series.growth * factor).max(-0.9));
            }
            UncertainFigure::ExchangeRate(of) => {
                let exact = exact(factor);
                let rates = self.decide.exchange.iter_mut().enumerate();
                let chosen = rates.filter(|(place, _)| of.is_none_or(|rate| rate == *place));
                chosen.for_each(|(_, rate)| rate.value = &rate.value * &exact);
            }
            UncertainFigure::Outages(whose) => outages(self, whose).for_each(|outages| outages.a_year *= factor),
            UncertainFigure::OutageLength(whose) => {
                outages(self, whose).for_each(|outages| outages.length_ms *= factor);
            }
        }
    }
}

/// A factor as a ratio: from here on all is exact.
fn exact(factor: f64) -> Exact {
    Exact::ratio((factor * 1e9).round() as i128, 1_000_000_000).expect("not 0 below")
}

impl Handle {
    /// The same parts, each so many times as long.
    fn times(&self, factor: f64) -> Handle {
        let mut longer = *self;
        for part in [&mut longer.talk, &mut longer.hold, &mut longer.wrap] {
            part.mean_ms *= factor;
        }
        longer
    }
}

impl Demand {
    /// So many times the contacts, at the same times.
    fn times(&self, factor: f64) -> Demand {
        let mut more = self.clone();
        match &mut more.volume {
            crate::Volume::AYear(contacts) => *contacts *= factor,
            crate::Volume::AsMeasured | crate::Volume::OfOthers | crate::Volume::OfList => {
                more.week.iter_mut().for_each(|day| day.multiply(factor))
            }
        }
        more
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenth_of_all_futures_lies_beyond_each_end() {
        let uncertain =
            Uncertain { figure: UncertainFigure::Volume(None), low: 0.8, high: 1.5, source: "a test".to_owned() };
        assert_eq!(uncertain.factor(0.0), 1.0);
        assert!((uncertain.factor(-Z90) - 0.8).abs() < 1e-12);
        assert!((uncertain.factor(Z90) - 1.5).abs() < 1e-12);
        assert!(uncertain.factor(-3.0) < 0.8 && 1.5 < uncertain.factor(3.0));
    }
}
