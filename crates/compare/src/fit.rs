//! Whether an option's providers fit the program: what a buyer insists on, sizes that suit each other, volumes that pay.

use jiff::civil::Date;
use longshore_business_case::{BusinessCase, CaseOption, LeastVolume, Provider, ProviderMust, Team, VolumeUnit};
use longshore_contract::LineKind;
use longshore_units::{Money, Month};

use crate::summary::ChargeSummary;
use crate::{Plan, Shortfall, Warning};

/// A provider of an option, beside what the program asks of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderFit {
    /// What is known of it.
    pub provider: Provider,
    /// Its agents at work for us in the busiest month; of a shared pool, our share of it.
    pub ours: f64,
    /// That month.
    pub busiest: Month,
    /// The horizon's first day, by which years in business are counted.
    pub starts: Date,
    /// How that is of all it employs. `None` where nobody says how many these are.
    pub share: Option<f64>,
    /// What is insisted on, and whether it has it; `None` where that is not known.
    pub musts: Vec<(ProviderMust, Option<bool>)>,
}

/// How a provider does not suit the program, though nothing forbids it.
#[derive(Clone, Debug, PartialEq)]
pub enum Misfit {
    /// Our program is too large a part of it.
    TooSmall {
        /// Our agents in the busiest month.
        ours: f64,
        /// All it employs.
        agents: u32,
        /// The part that should not be exceeded.
        most: f64,
    },
    /// Our program is too small a part of it.
    TooLarge {
        /// Our agents in the busiest month.
        ours: f64,
        /// All it employs.
        agents: u32,
        /// The part that should be reached.
        least: f64,
    },
    /// It adds agents more slowly than the season asks.
    GrowsSlowly {
        /// The agents to add in one month.
        needed: f64,
        /// That month.
        month: Month,
        /// Those it can add.
        growth: u32,
    },
    /// Less comes to it than it takes a program for.
    BelowItsMinimum {
        /// What it asks for.
        asked: LeastVolume,
        /// What comes in the quietest month.
        comes: f64,
        /// That month.
        month: Month,
    },
}

/// The providers that an option buys from: those with a contract, and those of which something is said.
pub(crate) fn providers(case: &BusinessCase, plan: &Plan) -> Vec<ProviderFit> {
    let option = &case.options[plan.option];
    let mut names: Vec<&str> = Vec::new();
    let bought = case.contracts_of(option).map(|contract| contract.contract.provider.as_str());
    for name in bought.chain(option.providers.iter().map(|provider| provider.name.as_str())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let fits = names.into_iter().map(|name| {
        let known = option.providers.iter().find(|provider| provider.name == name);
        let provider = known.cloned().unwrap_or_else(|| Provider::unknown(name));
        let (busiest, ours) = largest(plan, &agents_by_month(option, plan, name));
        let share = provider.agents.map(|agents| ours / f64::from(agents));
        let teams: Vec<&Team> = option.teams.iter().filter(|team| team.provider == name).collect();
        let meets = |must: &ProviderMust| (must.clone(), provider.meets(must, &teams, ours, case.decide.starts));
        let musts = case.decide.provider_musts.iter().map(meets).collect();
        ProviderFit { provider, ours, busiest, starts: case.decide.starts, share, musts }
    });
    fits.collect()
}

/// What is insisted on and known to be missing.
pub(crate) fn shortfalls(fits: &[ProviderFit]) -> impl Iterator<Item = Shortfall> {
    fits.iter().flat_map(|fit| {
        let missed = fit.musts.iter().filter(|(_, met)| *met == Some(false));
        missed.map(|(must, _)| {
            let value = match must {
                ProviderMust::AtLeast(figure, _) | ProviderMust::AtMost(figure, _) => {
                    fit.provider.figure(*figure, fit.ours, fit.starts)
                }
                _ => None,
            };
            Shortfall::Provider { provider: fit.provider.name.clone(), must: must.clone(), value }
        })
    })
}

/// What is not known though it is insisted on, how providers do not suit the program, and minimums that are not reached.
pub(crate) fn warnings(
    case: &BusinessCase,
    plan: &Plan,
    fits: &[ProviderFit],
    charges: &[ChargeSummary],
) -> Vec<Warning> {
    let option = &case.options[plan.option];
    let mut warnings = Vec::new();
    for fit in fits {
        let provider = || fit.provider.name.clone();
        let unknown = fit.musts.iter().filter(|(_, met)| met.is_none());
        warnings.extend(unknown.map(|(must, _)| Warning::NotKnown { provider: provider(), must: must.clone() }));
        let misfits = misfits(case, plan, fit).into_iter();
        warnings.extend(misfits.map(|misfit| Warning::Misfit { provider: provider(), misfit }));
    }
    for given in case.contracts_of(option) {
        let named = |charge: &ChargeSummary| {
            let of_it = charge.provider == given.contract.provider && charge.kind == LineKind::Minimum;
            of_it && given.contract.minimums.iter().any(|minimum| minimum.name == charge.charge)
        };
        for charge in charges.iter().filter(|charge| named(charge) && 0 < charge.amount.minor) {
            let (minimum, amount): (_, Money) = (charge.charge.clone(), charge.amount);
            warnings.push(Warning::MinimumUnused { minimum, file: given.file.clone(), amount });
        }
    }
    warnings
}

fn misfits(case: &BusinessCase, plan: &Plan, fit: &ProviderFit) -> Vec<Misfit> {
    let (option, provider) = (&case.options[plan.option], &fit.provider);
    let mut misfits = Vec::new();
    if let (Some(agents), Some(share)) = (provider.agents, fit.share) {
        let (least, most, ours) = (case.decide.fit.least, case.decide.fit.most, fit.ours);
        if most < share {
            misfits.push(Misfit::TooSmall { ours, agents, most });
        } else if share < least {
            misfits.push(Misfit::TooLarge { ours, agents, least });
        }
    }
    let agents = agents_by_month(option, plan, &provider.name);
    let added: Vec<f64> = agents.windows(2).map(|pair| pair[1] - pair[0]).collect();
    if let Some(growth) = provider.growth
        && let Some((place, needed)) = added.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1))
        && f64::from(growth) < *needed
    {
        misfits.push(Misfit::GrowsSlowly { needed: *needed, month: plan.horizon.months[place + 1], growth });
    }
    if let Some(asked) = provider.takes_from {
        let of_months = match asked.of {
            VolumeUnit::Agents => agents,
            VolumeUnit::Contacts => work_by_month(option, plan, &provider.name, |_| 1.0),
            VolumeUnit::Minutes => work_by_month(option, plan, &provider.name, |handle_ms| handle_ms / 60_000.0),
        };
        let quietest = of_months.iter().enumerate().min_by(|one, other| one.1.total_cmp(other.1));
        if let Some((place, comes)) = quietest.filter(|(_, comes)| **comes < f64::from(asked.amount)) {
            misfits.push(Misfit::BelowItsMinimum { asked, comes: *comes, month: plan.horizon.months[place] });
        }
    }
    misfits
}

/// The agents of a provider that work for us, by month; of a shared pool, our share of it.
fn agents_by_month(option: &CaseOption, plan: &Plan, provider: &str) -> Vec<f64> {
    let mut months = vec![0.0; plan.horizon.months.len()];
    for (team, planned) in option.teams.iter().zip(&plan.teams).filter(|(team, _)| team.provider == provider) {
        let part = team.shared.map_or(1.0, |shared| shared.our_share);
        months.iter_mut().zip(&planned.register).for_each(|(sum, agents)| *sum += f64::from(*agents) * part);
    }
    months
}

/// The contacts that come to a provider by month, each counted by what its handle time is worth.
fn work_by_month(option: &CaseOption, plan: &Plan, provider: &str, worth: fn(f64) -> f64) -> Vec<f64> {
    let horizon = &plan.horizon;
    let mut months = vec![0.0; horizon.months.len()];
    let streams = option.teams.iter().zip(&plan.load.teams).filter(|(team, _)| team.provider == provider);
    for stream in streams.flat_map(|(_, streams)| streams).filter(|stream| stream.queue.is_some()) {
        for (step, contacts) in stream.contacts.iter().enumerate() {
            let month = horizon.month_starts.partition_point(|start| *start <= horizon.step_start(step)) - 1;
            months[month] += contacts * worth(stream.handle_ms);
        }
    }
    months
}

/// The largest of the months' numbers, the first of those alike, and its month.
fn largest(plan: &Plan, of_months: &[f64]) -> (Month, f64) {
    let most = of_months.iter().copied().fold(0.0, f64::max);
    let place = of_months.iter().position(|number| *number == most).unwrap_or(0);
    (plan.horizon.months[place], most)
}
