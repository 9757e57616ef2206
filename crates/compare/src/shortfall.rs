//! What an option falls short of, so that it is excluded.

use jiff::civil::Date;
use longshore_business_case::{BusinessCase, MustMeasure, ProviderMust, is_live};

use crate::Plan;
use crate::comparison::share;
use crate::fit::{self, ProviderFit};
use crate::summary::QueueSummary;

/// Why an option is excluded. Files are paths within the case.
#[derive(Clone, Debug, PartialEq)]
pub enum Shortfall {
    /// A contract begins after the horizon does.
    BeginsLate {
        /// The contract.
        file: String,
        /// Its first day.
        starts: Date,
    },
    /// A contract ends before the horizon does.
    EndsEarly {
        /// The contract.
        file: String,
        /// Its last day.
        ends: Date,
    },
    /// A figure is below what it must reach.
    Below(Limit),
    /// A figure is above what it may reach.
    Above(Limit),
    /// A provider has not what is insisted on.
    Provider {
        /// The provider.
        provider: String,
        /// What is insisted on.
        must: ProviderMust,
        /// What it has, where that is a figure.
        value: Option<f64>,
    },
}

/// A figure and the limit that it does not keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Which figure.
    pub measure: MustMeasure,
    /// Of which queue. `None` for all together.
    pub queue: Option<String>,
    /// What it is: a share, or seconds for the speed of answer.
    pub value: f64,
    /// The limit.
    pub limit: f64,
}

/// What an option falls short of: contracts that do not cover the horizon, figures beyond their limits, and what its
/// providers lack.
pub(crate) fn shortfalls(
    case: &BusinessCase,
    plan: &Plan,
    queues: &[QueueSummary],
    resolved: Option<f64>,
    providers: &[ProviderFit],
) -> Vec<Shortfall> {
    let mut shortfalls = Vec::new();
    let (first, last) = (case.decide.starts, case.decide.last_day());
    for contract in case.contracts_of(&case.options[plan.option]) {
        let term = contract.contract.in_force(None).term();
        let file = || contract.file.clone();
        if first < term.starts {
            shortfalls.push(Shortfall::BeginsLate { file: file(), starts: term.starts });
        }
        if let Some(ends) = term.ends.filter(|ends| *ends < last) {
            shortfalls.push(Shortfall::EndsEarly { file: file(), ends });
        }
    }
    for must in &case.decide.musts {
        let mut check = |queue: Option<&QueueSummary>, value: f64| {
            let limit =
                |limit| Limit { measure: must.measure, queue: queue.map(|queue| queue.queue.clone()), value, limit };
            let below = must.at_least.filter(|least| value < *least);
            shortfalls.extend(below.map(|least| Shortfall::Below(limit(least))));
            let above = must.at_most.filter(|most| *most < value);
            shortfalls.extend(above.map(|most| Shortfall::Above(limit(most))));
        };
        if must.measure == MustMeasure::Resolved {
            if let Some(resolved) = resolved {
                check(None, resolved);
            }
            continue;
        }
        // Who wrote does not hang up, and waits for hours: only a must that names such a queue asks how long.
        let asked = |queue: &QueueSummary| is_live(queue.channel) || must.measure == MustMeasure::ServiceLevel;
        let chosen = queues
            .iter()
            .enumerate()
            .filter(|(place, queue)| must.queue.map_or_else(|| asked(queue), |queue| queue == *place))
            .filter(|(_, queue)| 0.0 < queue.offered + queue.outside_hours);
        for (_, queue) in chosen {
            let value = match must.measure {
                MustMeasure::ServiceLevel => queue.service_level,
                MustMeasure::Abandoned => Some(share(queue.abandoned, queue.offered)),
                MustMeasure::SpeedOfAnswer => queue.asa_s,
                MustMeasure::OverFiveMinutes | MustMeasure::Resolved => queue.over_5_min,
            };
            // Of whom nobody waited it does not say how long.
            if let Some(value) = value {
                check(Some(queue), value);
            }
        }
    }
    shortfalls.extend(fit::shortfalls(providers));
    shortfalls
}
