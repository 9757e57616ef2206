//! The busiest month: how many agents it takes, when they must be looked for, and what a contact costs then.

use jiff::Span;
use jiff::civil::Date;
use longshore_business_case::BusinessCase;
use longshore_units::{Exact, Money, Month};

use crate::Plan;
use crate::money::rounded;

/// An option's busiest month beside its quietest.
#[derive(Clone, Debug, PartialEq)]
pub struct Peak {
    /// The month with the most contacts a day that ended with people or a machine; the first of equals.
    pub month: Month,
    /// The month with the fewest.
    pub quiet: Month,
    /// What one of them costs in the busiest month, beside what falls due once.
    pub cost_per_contact: Money,
    /// What one costs in the quietest.
    pub quiet_cost_per_contact: Money,
    /// The teams that grow for it; those of shared pools are the provider's matter.
    pub teams: Vec<TeamPeak>,
}

/// A team that has more agents on its register in some months than in others.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamPeak {
    /// The team.
    pub team: String,
    /// The first month with the most.
    pub month: Month,
    /// How many that are.
    pub agents: u32,
    /// How many they are at least, in any month.
    pub least: u32,
    /// When the search for them must begin.
    pub hire: Hire,
}

/// When the search for the agents of the peak must begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hire {
    /// On this day at the latest.
    By(Date),
    /// The option does not say how long hiring takes, or training.
    NotSaid,
    /// They are there when the horizon begins.
    FromTheStart,
}

impl Peak {
    /// Of a plan whose months have so many contacts handled and cost so much beside what falls due once, in the mean of the
    /// runs. `None` where no two months have contacts.
    pub(crate) fn of(case: &BusinessCase, plan: &Plan, contacts: &[Exact], costs: &[Exact]) -> Option<Peak> {
        let (option, currency) = (&case.options[plan.option], case.currency);
        let months = &plan.horizon.months;
        let a_day = |month: usize| contacts[month].divided_by(&Exact::from(months[month].days())).unwrap_or_default();
        let mut busy: Vec<usize> = (0..months.len()).filter(|month| Exact::zero() < contacts[*month]).collect();
        busy.sort_by(|one, other| a_day(*other).cmp(&a_day(*one)).then(one.cmp(other)));
        let (most, least) = match busy[..] {
            [most, .., least] => (most, least),
            _ => return None,
        };
        let each = |month: usize| rounded(&costs[month].divided_by(&contacts[month])?, currency);
        let of_own = option.teams.iter().zip(&plan.teams).filter(|(team, _)| team.shared.is_none());
        let teams = of_own.filter_map(|(team, planned)| {
            let (agents, least) = (*planned.register.iter().max()?, *planned.register.iter().min()?);
            let place = planned.register.iter().position(|register| *register == agents)?;
            let hire = match (place, team.hiring_days, team.training_days) {
                (0, ..) => Hire::FromTheStart,
                (_, Some(hiring), Some(training)) => {
                    let days = Span::new().days(i64::from(hiring) + i64::from(training));
                    months[place].first().checked_sub(days).map_or(Hire::NotSaid, Hire::By)
                }
                _ => Hire::NotSaid,
            };
            (least < agents).then(|| TeamPeak { team: team.name.clone(), month: months[place], agents, least, hire })
        });
        Some(Peak {
            month: months[most],
            quiet: months[least],
            cost_per_contact: each(most)?,
            quiet_cost_per_contact: each(least)?,
            teams: teams.collect(),
        })
    }
}
