//! The busiest month beside the quietest.
#![allow(clippy::unwrap_used)]

mod case;

use jiff::civil::date;
use longshore_business_case::BusinessCase;
use longshore_compare::{Hire, OptionSummary, Plan, compare, run_option};
use longshore_units::{Exact, RoundHow};

/// The second half of the example's year, in which December is the busiest month, with today's team as it says.
fn half_a_year(team: &str) -> BusinessCase {
    let mut case = case::example(|path, text| match path {
        "decide.toml" => {
            Some(text.replace("months = 12", "months = 6").replace("starts = 2027-01-01", "starts = 2027-07-01"))
        }
        "today.toml" => Some(text.replace("provider = \"in-house\"", &format!("provider = \"in-house\"\n{team}"))),
        _ => None,
    });
    case.options.retain(|option| [BusinessCase::TODAY, "domestic-shared"].contains(&option.id.as_str()));
    case.decide.uncertain.clear();
    case
}

fn option(case: &BusinessCase, id: &str) -> OptionSummary {
    compare(case, 1, 7, &|_| ()).unwrap().options.into_iter().find(|option| option.option == id).unwrap()
}

#[test]
fn december_is_the_peak_and_its_agents_are_looked_for_in_time() {
    let case = half_a_year("hiring = '30 days'\ntraining = '28 days'");
    let today = option(&case, BusinessCase::TODAY);
    let peak = today.peak.clone().unwrap();
    assert_eq!((peak.month.to_string().as_str(), peak.teams.len()), ("2027-12", 1));
    let team = &peak.teams[0];
    let plan = Plan::of(&case, 0).unwrap();
    let register = &plan.teams[0].register;
    assert_eq!((team.agents, team.least), (*register.iter().max().unwrap(), *register.iter().min().unwrap()));
    let first = register.iter().position(|agents| *agents == team.agents).unwrap();
    assert_eq!(team.month, plan.horizon.months[first]);
    // 58 days before it.
    assert_eq!((team.month.first(), team.hire), (date(2027, 12, 1), Hire::By(date(2027, 10, 4))));
    // Nothing of today's falls due once: a month's cost over its contacts.
    let result = run_option(&case, &plan, 7, 1).unwrap();
    let each = |month: usize| {
        let handled: u64 = result.queues.iter().map(|queue| queue[month].handled).sum();
        let cost = result.months[month].divided_by(&Exact::from(handled)).unwrap();
        (&cost * &Exact::from(100u64)).rounded_to(&Exact::one(), RoundHow::HalfUp).to_i128().unwrap()
    };
    let quiet = plan.horizon.months.iter().position(|month| *month == peak.quiet).unwrap();
    assert_eq!((peak.cost_per_contact.minor, peak.quiet_cost_per_contact.minor), (each(5), each(quiet)));
}

#[test]
fn what_is_not_said_is_not_guessed_and_a_pool_is_the_providers_matter() {
    let case = half_a_year("hiring = '30 days'");
    assert_eq!(option(&case, BusinessCase::TODAY).peak.unwrap().teams[0].hire, Hire::NotSaid);
    let shared = option(&case, "domestic-shared").peak.unwrap();
    assert_eq!(shared.teams, []);
    // The setup of July is no part of what its contacts cost: every month but the minimum's cost about the same a contact.
    assert!(shared.cost_per_contact.minor < 2 * shared.quiet_cost_per_contact.minor);
}
