//! When a team's telephones are down: drawn once for a run.

use rand_distr::{Distribution, Exp1};

use crate::random::{Purpose, Streams};
use crate::scenario::{Outage, Scenario, Span};

/// How often and how long a team is out of reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutageRate {
    /// How many begin in a year, on average.
    pub a_year: f64,
    /// The mean of the exponential time that one lasts.
    pub mean_ms: f64,
    /// See [`Outage::refuses`].
    pub refuses: bool,
}

/// The mean length of a year.
const YEAR_MS: f64 = 365.25 * 86_400_000.0;

/// The most outages of a run: who is down every hour of ten years is not in business.
const MOST: usize = 100_000;

/// The outages of one of the scenario's teams in its horizon: they begin like a Poisson process, at any hour, and one ends
/// before the next begins. What is drawn depends on the seed, the run, and the names of provider and team alone.
pub fn outages(scenario: &Scenario, team: usize, rate: OutageRate) -> Vec<Outage> {
    let mut random = Streams::of_team(scenario.seed, scenario.run, &scenario.teams[team]).of_purpose(Purpose::Outage);
    let mut length = |mean: f64| -> i64 {
        let draw: f64 = Exp1.sample(&mut random);
        (mean * draw).ceil().max(1.0) as i64
    };
    let mut outages = Vec::new();
    let mut at = scenario.horizon.from;
    while 0.0 < rate.a_year && outages.len() < MOST {
        at = at.saturating_add(length(YEAR_MS / rate.a_year));
        if scenario.horizon.until <= at {
            break;
        }
        let until = at.saturating_add(length(rate.mean_ms)).min(scenario.horizon.until);
        outages.push(Outage { span: Span { from: at, until }, refuses: rate.refuses });
        at = until;
    }
    outages
}
