//! What an own agent costs an hour, from what was published of a country.

use longshore_units::{Currency, Exact};

use super::allowance;
use crate::catalog::HOURS_A_MONTH;
use crate::figure::{Figure, RECENT, Topic, figures, typical};
use crate::team::hundredths;
use crate::{Country, Exchange};

/// What an own agent costs an hour paid, in the case's currency.
pub(super) struct Pay {
    /// Pay, or the labor cost of the whole economy, which has what comes on top of pay.
    base: Exact,
    base_is: &'static str,
    source: String,
    /// What comes on top of pay, as a share of it.
    load: Option<(Exact, String)>,
    /// Supervision, seats, systems, recruiting and training; and what comes on top of pay, where that is not known.
    rest: (Exact, String),
}

impl Pay {
    /// `None` if nobody published what people cost in the country, in the case's currency or in one that has a rate.
    pub fn of(country: &Country, currency: Currency, rates: &[Exchange]) -> Option<Pay> {
        let others = rates.iter().map(|rate| (rate.currency, rate.value.clone()));
        let mut known = std::iter::once((currency, Exact::one())).chain(others);
        known.find_map(|(currency, worth)| Pay::published(country, currency.code(), &worth))
    }

    /// From what was published in one currency, of which a unit is worth so much in the case's.
    fn published(country: &Country, currency: &str, worth: &Exact) -> Option<Pay> {
        let agents = newest("agent pay", country, currency);
        let economy = newest("labor cost, whole economy", country, currency);
        // Of agents whose pay was published long ago the labor cost of the whole economy says more.
        let recent = |figure: &&Figure| figure.year().is_some_and(|year| RECENT <= year);
        let agents_are_old = agents.filter(recent).is_none();
        let (figure, base_is) = match (agents, economy) {
            (_, Some(economy)) if agents_are_old => (economy, "labor cost of the whole economy"),
            (Some(agents), _) => (agents, "agents' pay"),
            (None, Some(economy)) => (economy, "labor cost of the whole economy"),
            (None, None) => return None,
        };
        let base = &an_hour(figure)? * worth;
        let is_pay = base_is == "agents' pay";
        let load = if is_pay { load(country) } else { None };
        let about = figure.about.as_ref().map_or(String::new(), |about| format!(" ({about})"));
        let at = if *worth == Exact::one() { String::new() } else { format!(", at {worth} a {currency}") };
        let source = format!("{}{at}: {}{about}", figure.written(), figure.cited);
        let rest = rest(&base, load.as_ref().map(|(load, _)| load), is_pay);
        Some(Pay { base, base_is, source, load, rest })
    }

    /// What an hour of an agent's pay costs, with what comes on top.
    pub fn compensation(&self) -> Exact {
        match &self.load {
            Some((load, _)) => &self.base + &(&self.base * load),
            None => self.base.clone(),
        }
    }

    /// The same with all that an own team needs.
    pub fn whole(&self) -> Exact {
        &self.compensation() + &self.rest.0
    }

    /// What an agent's month costs, without the rest.
    pub fn month(&self) -> Exact {
        &self.compensation() * &HOURS_A_MONTH.exact()
    }

    /// The costs of an hour paid: what for, how much, and who says so.
    pub fn costs(&self) -> Vec<(String, Exact, String)> {
        let mut costs = vec![(self.base_is.to_owned(), self.base.clone(), self.source.clone())];
        if let Some((load, source)) = &self.load {
            costs.push(("benefits and payroll taxes".to_owned(), &self.base * load, source.clone()));
        }
        let besides = match (&self.load, self.base_is) {
            (None, "agents' pay") => "benefits, payroll taxes, supervision, seats, systems, recruiting and training",
            _ => "supervision, seats, systems, recruiting and training",
        };
        costs.push((besides.to_owned(), self.rest.0.clone(), self.rest.1.clone()));
        costs
    }
}

/// What comes on top of pay: as published, or from the share that it has of labor cost.
fn load(country: &Country) -> Option<(Exact, String)> {
    if let Some(load) = typical("load on pay", "%", country) {
        return Some((hundredths(&load.value), load.source()));
    }
    let published = typical("non-wage share of labor cost", "%", country)?;
    let share = hundredths(&published.value);
    let load = share.divided_by(&(&Exact::one() - &share))?;
    Some((load, format!("what is no wage, {}", published.source())))
}

/// What a team costs beside pay and load: the full cost is a multiple of the base wage. Where the labor cost of an economy
/// stands for wage and load, these are the part of that multiple that they are where it was published.
fn rest(base: &Exact, load: Option<&Exact>, is_pay: bool) -> (Exact, String) {
    let full = allowance("full cost over base wage, in-house");
    if is_pay {
        let over = &(&full.value - &Exact::one()) - load.unwrap_or(&Exact::zero());
        let known = if load.is_some() { "wage and load" } else { "the wage; what comes on top of it is not published" };
        return (base * &over, format!("full cost over base wage, {}; less {known}", full.source()));
    }
    let load = allowance("load on pay, of that multiple");
    let loaded = &Exact::one() + &hundredths(&load.value);
    let over = &full.value.divided_by(&loaded).expect("a load is above 0") - &Exact::one();
    let source = format!("full cost over base wage, {}; less wage and load, {}", full.source(), load.source());
    (base * &over, source)
}

/// The newest figure of a kind that names a country, in a currency.
fn newest(kind: &str, country: &Country, currency: &str) -> Option<&'static Figure> {
    let fits = |figure: &&Figure| {
        figure.topic == Topic::Labor
            && figure.kind == kind
            && figure.distance(country) == Some(0)
            && figure.unit.split_once('/').is_some_and(|(code, _)| code == currency)
            && an_hour(figure).is_some()
    };
    // The first of a year stands before the others of that year.
    figures().iter().filter(fits).min_by_key(|figure| std::cmp::Reverse(figure.year()))
}

/// What it comes to an hour: the middle of its range, over the hours of a full-time agent.
fn an_hour(figure: &Figure) -> Option<Exact> {
    let month = HOURS_A_MONTH.exact();
    match figure.unit.split_once('/')?.1 {
        "hour" => Some(figure.middle()),
        "month" => figure.middle().divided_by(&month),
        "year" => figure.middle().divided_by(&(&month * &Exact::from(12u64))),
        _ => None,
    }
}
