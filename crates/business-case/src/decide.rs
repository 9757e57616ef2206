//! Reading decide.toml: the horizon, what money is worth, and what no option may fall short of.

use jiff::civil::Date;
use longshore_document::{Fields, Findings, Node};
use longshore_units::{Currency, Exact, Month};

use crate::catalog::{LARGEST_SHARE, SMALLEST_SHARE};
use crate::provider::PROVIDER_FIGURES;
use crate::reading::{LONGEST_MS, Names, duration, not_covered, position, required_name, tables};
use crate::team::exact_share;
use crate::uncertain::NamedTeams;
use crate::{ProviderFigure, ProviderMust, Uncertain, Weight, weight};

/// How options are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Decide {
    /// The first day, a month's first.
    pub starts: Date,
    /// How many months.
    pub months: u32,
    /// The day on which today's providers are told that they are left. `None` for the horizon's first.
    pub decided: Option<Date>,
    /// How many random realizations, unless the command says otherwise.
    pub runs: u32,
    /// The seed of all of them, unless the command says otherwise.
    pub seed: u64,
    /// What other currencies are worth.
    pub exchange: Vec<Exchange>,
    /// How the series grow that prices follow.
    pub series: Vec<Series>,
    /// What customers are worth who wait over five minutes.
    pub customers_lost: Option<CustomersLost>,
    /// What an option must reach, or is excluded.
    pub musts: Vec<Must>,
    /// What each of its providers must be, or it is excluded.
    pub provider_musts: Vec<ProviderMust>,
    /// How large a part of a provider is right for both.
    pub fit: Fit,
    /// What the horizon may cost in all, in the case's currency.
    pub budget: Option<Exact>,
    /// By how much a year's delay makes money worth less: 0.08 for 8 %.
    pub discount: f64,
    /// What may come out otherwise than planned.
    pub uncertain: Vec<Uncertain>,
    /// What options are weighed by, beside their cost.
    pub weights: Vec<Weight>,
}

impl Decide {
    /// The months of the horizon.
    pub fn each_month(&self) -> impl Iterator<Item = Month> {
        Month::of(self.starts).following(self.months)
    }

    /// The day on which today's providers are told that they are left.
    pub fn told(&self) -> Date {
        self.decided.unwrap_or(self.starts)
    }

    /// The last day of the horizon.
    pub fn last_day(&self) -> Date {
        self.each_month().last().map_or(self.starts, Month::last)
    }
}

/// What a currency is worth in the case's, when the horizon starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// The currency.
    pub currency: Currency,
    /// What one of it is worth; above 0.
    pub value: Exact,
    /// How much that strays in a year: the standard deviation of its logarithm.
    pub volatility: f64,
    /// Where the figures come from.
    pub source: String,
}

/// How a published series, such as a price index, is expected to grow.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name, as contracts call it: `US-CPI`.
    pub what: String,
    /// By what share a year; above -1.
    pub growth: f64,
    /// Where the expectation comes from.
    pub source: String,
}

/// What is lost with customers who waited over five minutes, or hung up.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomersLost {
    /// The share of them who do not come back.
    pub share: Exact,
    /// The share of those who hang up, however soon, who do not come back.
    pub hung_up: Exact,
    /// What one is worth, in the case's currency.
    pub value: Exact,
    /// Where the figures come from.
    pub source: String,
}

/// How large a part of a provider's agents ours may be: for a smaller part it is too large to care, for a larger one too
/// small to carry the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The least share.
    pub least: f64,
    /// The largest share.
    pub most: f64,
    /// Who says so.
    pub source: String,
}

/// What an option must reach over the whole horizon, in the mean of the runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Must {
    /// Of what.
    pub measure: MustMeasure,
    /// In one queue. `None` for every queue by itself.
    pub queue: Option<usize>,
    /// At least so much.
    pub at_least: Option<f64>,
    /// At most so much.
    pub at_most: Option<f64>,
}

/// What a must is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MustMeasure {
    /// The share of contacts offered that were answered within the queue's target.
    ServiceLevel,
    /// The share of contacts offered that hung up.
    Abandoned,
    /// The mean wait of those answered, in seconds.
    SpeedOfAnswer,
    /// The share of contacts offered that waited over five minutes.
    OverFiveMinutes,
    /// The share of contacts handled that were resolved, over all queues of the teams.
    Resolved,
}

const MEASURES: [(&str, MustMeasure); 5] = [
    ("service level", MustMeasure::ServiceLevel),
    ("abandoned", MustMeasure::Abandoned),
    ("speed of answer", MustMeasure::SpeedOfAnswer),
    ("over 5 minutes", MustMeasure::OverFiveMinutes),
    ("resolved", MustMeasure::Resolved),
];

impl MustMeasure {
    /// Its word in decide.toml.
    pub fn word(self) -> &'static str {
        MEASURES.iter().find(|(_, measure)| *measure == self).map_or("", |(word, _)| word)
    }
}

/// The most months a horizon has: ten years.
const MONTHS: i128 = 120;

/// How to decide, and the teams that it names, with their places: whether there are such is known once options are read.
pub(crate) fn read(root: &Node, queues: &[&str], findings: &mut Findings) -> Option<(Decide, Vec<NamedTeams>)> {
    let mut fields = Fields::of(root, findings)?;
    let starts_node = fields.require("starts", "the first day that is compared: 2027-01-01", findings);
    let starts = starts_node.and_then(|node| node.date(findings));
    if let (Some(starts), Some(node)) = (starts, starts_node)
        && (starts.day() != 1 || !(1990..=2900).contains(&starts.year()))
    {
        let help = "begin with the first day of a month of our time";
        findings.error("B002", &node.span, "this version does not cover such a start", help);
    }
    let months = fields.require("months", "how many months are compared: 12", findings);
    let months = months.and_then(|node| node.whole(1, MONTHS, findings)).unwrap_or(1);
    let runs = fields.take("runs").and_then(|node| node.whole(1, 10_000, findings)).unwrap_or(20);
    let seed = fields.take("seed").and_then(|node| node.whole(0, u64::MAX.into(), findings)).unwrap_or(1);
    let decided_node = fields.take("decided");
    let decided = decided_node.and_then(|node| node.date(findings));
    if let (Some(decided), Some(starts), Some(node)) = (decided, starts, decided_node)
        && starts < decided
    {
        let help = "name a day up to the one that `starts` the comparison";
        findings.error("B007", &node.span, "it is decided after what follows from it begins", help);
    }
    let mut names = Names::default();
    let exchange = tables(&mut fields, "exchange", findings);
    let exchange: Vec<Exchange> = exchange.iter().filter_map(|node| exchange_of(node, &mut names, findings)).collect();
    let series = tables(&mut fields, "series", findings);
    let series: Vec<Series> = series.iter().filter_map(|node| series_of(node, &mut names, findings)).collect();
    let lost = fields.take("customers_lost").and_then(|node| lost_of(node, findings));
    let (mut musts, mut provider_musts) = (Vec::new(), Vec::new());
    for node in tables(&mut fields, "must", findings) {
        match must_of(node, queues, findings) {
            Some(Asked::Option(must)) => musts.push(must),
            Some(Asked::Provider(asked)) => provider_musts.extend(asked),
            None => {}
        }
    }
    let fit = Fit::read(fields.take("fit"), findings);
    let budget = fields.take("budget").and_then(|node| node.exact_not_negative(findings));
    let discount = fields.take("discount").and_then(|node| node.number(0.0, 1.0, findings)).unwrap_or(0.0);
    let of_series: Vec<&str> = series.iter().map(|series| series.what.as_str()).collect();
    let currencies: Vec<&str> = exchange.iter().map(|rate| rate.currency.code()).collect();
    let mut teams = Vec::new();
    let mut uncertain: Vec<Uncertain> = Vec::new();
    for node in tables(&mut fields, "uncertain", findings) {
        let Some((read, team)) = Uncertain::read(node, queues, (&of_series, &currencies), findings) else { continue };
        if uncertain.iter().any(|other| other.figure == read.figure) {
            findings.error("B005", &node.span, "this figure's range is given twice", "give one range");
        }
        teams.extend(team);
        uncertain.push(read);
    }
    let weights = tables(&mut fields, "weigh", findings);
    let weights = weight::read(weights, &mut names, findings);
    not_covered(&mut fields, &[("scenarios", "give one case a scenario, or ranges under [[uncertain]]")], findings);
    fields.finish(findings);
    let decide = Decide {
        // A start that is missing has its own finding; what options say of money is read all the same.
        starts: starts.unwrap_or(Date::constant(2027, 1, 1)),
        months: u32::try_from(months).ok()?,
        decided,
        runs: u32::try_from(runs).ok()?,
        seed: u64::try_from(seed).ok()?,
        exchange,
        series,
        customers_lost: lost,
        musts,
        provider_musts,
        fit,
        budget,
        discount,
        uncertain,
        weights,
    };
    Some((decide, teams))
}

fn exchange_of(node: &Node, names: &mut Names, findings: &mut Findings) -> Option<Exchange> {
    let mut fields = Fields::of(node, findings)?;
    let currency_node = fields.require("currency", "the other currency: \"PHP\"", findings);
    let currency: Option<Currency> = currency_node.and_then(|node| node.read("\"PHP\"", findings));
    if let (Some(currency), Some(node)) = (currency, currency_node) {
        names.take("exchange rates", currency.code(), &node.span, findings);
    }
    let value_node = fields.require("value", "what one of it is worth in the case's currency", findings);
    let value = value_node.and_then(|node| node.exact(findings));
    if let (Some(value), Some(node)) = (&value, value_node)
        && *value <= Exact::zero()
    {
        findings.error("B007", &node.span, "money that is worth nothing", "write what one unit of it is worth");
    }
    let volatility = fields.take("volatility").and_then(|node| node.number(0.0, 2.0, findings)).unwrap_or(0.0);
    let source = required_name(&mut fields, "source", "where the rate comes from, and of which day", findings);
    fields.finish(findings);
    // A value that is wrong has its own finding; the currency is named nevertheless.
    Some(Exchange { currency: currency?, value: value.unwrap_or_else(Exact::one), volatility, source })
}

fn series_of(node: &Node, names: &mut Names, findings: &mut Findings) -> Option<Series> {
    let mut fields = Fields::of(node, findings)?;
    let what_node = fields.require("what", "the series as contracts call it: \"US-CPI\"", findings);
    let what = what_node.and_then(|node| node.name(findings)).map(str::to_owned);
    if let (Some(what), Some(node)) = (&what, what_node) {
        names.take("series", what, &node.span, findings);
    }
    let growth = fields.require("growth", "by how much it grows in a year: \"3%\"", findings);
    let growth = growth.and_then(|node| node.number(-0.9, 10.0, findings));
    let source = required_name(&mut fields, "source", "where the expectation comes from", findings);
    fields.finish(findings);
    Some(Series { what: what?, growth: growth.unwrap_or(0.0), source })
}

fn lost_of(node: &Node, findings: &mut Findings) -> Option<CustomersLost> {
    let mut fields = Fields::of(node, findings)?;
    let share = fields.require("share", "the share of those who waited over five minutes: \"5%\"", findings);
    let share = share.and_then(|node| exact_share(node, 1, findings));
    let hung_up = fields.take("hung_up").and_then(|node| exact_share(node, 1, findings)).unwrap_or_else(Exact::zero);
    let value = fields.require("value", "what a customer is worth: \"85.00\"", findings);
    let value = value.and_then(|node| node.exact_not_negative(findings));
    let source = required_name(&mut fields, "source", "where the figures come from", findings);
    fields.finish(findings);
    Some(CustomersLost { share: share?, hung_up, value: value?, source })
}

/// Of whom a must asks.
enum Asked {
    Option(Must),
    Provider(Vec<ProviderMust>),
}

fn must_of(node: &Node, queues: &[&str], findings: &mut Findings) -> Option<Asked> {
    let mut fields = Fields::of(node, findings)?;
    if let Some(must) = ProviderMust::read(&mut fields, findings) {
        fields.finish(findings);
        return Some(Asked::Provider(vec![must]));
    }
    let what = "\"service level\", \"abandoned\", \"speed of answer\", …; or `has`, `speaks`, `open`, `reports`";
    let measure = fields.require("measure", what, findings);
    let mut words: Vec<(&str, Result<MustMeasure, ProviderFigure>)> =
        MEASURES.iter().map(|(word, measure)| (*word, Ok(*measure))).collect();
    words.extend(PROVIDER_FIGURES.iter().map(|(word, figure)| (*word, Err(*figure))));
    let measure = measure.and_then(|node| node.one_of(&words, findings));
    let place = fields.place().clone();
    let (least, most) = (fields.take("at_least"), fields.take("at_most"));
    if least.is_none() && most.is_none() {
        findings.error("B007", &place, "this must asks for nothing", "add `at_least` or `at_most`");
    }
    if let Some(Err(figure)) = measure {
        let number = |node: &Node, findings: &mut Findings| match figure {
            ProviderFigure::Recovery => duration(node, LONGEST_MS, findings).map(|ms| ms as f64 / 1000.0),
            ProviderFigure::OurShare => node.number(0.0, 1.0, findings),
            _ => node.number(0.0, 1e7, findings),
        };
        let least = least.and_then(|node| number(node, findings)).map(|least| ProviderMust::AtLeast(figure, least));
        let most = most.and_then(|node| number(node, findings)).map(|most| ProviderMust::AtMost(figure, most));
        fields.finish(findings);
        return Some(Asked::Provider(least.into_iter().chain(most).collect()));
    }
    let queue = fields.take("queue").and_then(|node| position(node, "queue", queues, findings));
    // Seconds for a wait, a share for all others: 70 is not 70 %.
    let limit = if measure == Some(Ok(MustMeasure::SpeedOfAnswer)) { 1e6 } else { 1.0 };
    let at_least = least.and_then(|node| node.number(0.0, limit, findings));
    let at_most = most.and_then(|node| node.number(0.0, limit, findings));
    fields.finish(findings);
    Some(Asked::Option(Must { measure: measure?.ok()?, queue, at_least, at_most }))
}

impl Fit {
    /// The case's, or the catalog's where it does not say.
    fn read(node: Option<&Node>, findings: &mut Findings) -> Fit {
        let (mut least, mut most) = (None, None);
        if let Some((mut fields, place)) = node.and_then(|node| Some((Fields::of(node, findings)?, &node.span))) {
            least = fields.take("at_least").and_then(|node| node.number(0.0, 1.0, findings));
            most = fields.take("at_most").and_then(|node| node.number(0.0, 1.0, findings));
            fields.finish(findings);
            if let (Some(least), Some(most)) = (least, most)
                && most < least
            {
                findings.error("B007", place, "no part of a provider is right", "write `at_least` below `at_most`");
            }
        }
        let mut sources = Vec::new();
        let mut or = |given: Option<f64>, fact: &crate::Fact| {
            sources.push(match given {
                Some(_) => "decide.toml".to_owned(),
                None => format!("filled in: {}", fact.source),
            });
            given.unwrap_or(fact.value)
        };
        let (least, most) = (or(least, &SMALLEST_SHARE), or(most, &LARGEST_SHARE));
        sources.dedup();
        Fit { least, most, source: sources.join("; ") }
    }
}
