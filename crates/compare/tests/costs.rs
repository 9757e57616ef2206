//! Costs beside contracts, by their units.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{BusinessCase, CostKind, Per, read};
use longshore_compare::{LedgerLine, Plan, RunResult, compare, run_option};
use longshore_units::{Exact, Text};

const OPTION: &str = "overflow-only";

/// The example over two months, where an option of two teams has more costs, of 1 a unit.
fn files(path: &str, costs: &[&str]) -> longshore_business_case::CaseFiles {
    let mut files = case::example_files();
    for file in &mut files.files {
        let text = match file.path.as_str() {
            "decide.toml" => file.text.text.replace("months = 12", "months = 2"),
            at if at == path => {
                let cost = |(number, cost): (usize, &&str)| {
                    format!(
                        "[[cost]]\nwhat = 'cost {number}'\nkind = 'team'\namount = '1'\n{cost}\nsource = 'a test'\n"
                    )
                };
                let costs: String = costs.iter().enumerate().map(cost).collect();
                format!("{}\n{costs}", file.text.text)
            }
            _ => continue,
        };
        file.text = Text::new(file.path.as_str(), text);
    }
    files
}

fn played(costs: &[&str]) -> (Plan, RunResult, Vec<LedgerLine>) {
    let case = case::sound(&files(&format!("options/{OPTION}.toml"), costs));
    let option = case.options.iter().position(|option| option.id == OPTION).unwrap();
    let plan = Plan::of(&case, option).unwrap();
    let result = run_option(&case, &plan, 7, 1).unwrap();
    let of = |number: usize| {
        let what = format!("cost {number}");
        result.ledger.iter().find(|line| line.what == what).unwrap().clone()
    };
    let lines = (0..costs.len()).map(of).collect();
    (plan, result, lines)
}

fn sums(lines: &[LedgerLine]) -> Vec<Exact> {
    let month = |month: usize| lines.iter().fold(Exact::zero(), |sum, line| &sum + &line.months[month]);
    (0..2).map(month).collect()
}

#[test]
fn what_teams_and_queues_handle_comes_to_all_that_is_handled() {
    for per in ["contact", "resolution", "handled hour"] {
        let of = |more: &str| format!("per = '{per}'\n{more}");
        let costs = ["", "team = 'portland'", "team = 'bluegrass'", "queue = 'orders'", "queue = 'advice'"].map(of);
        let (_, result, lines) = played(&costs.each_ref().map(String::as_str));
        let all = sums(&lines[..1]);
        assert!(lines.iter().all(|line| line.months.iter().all(|amount| Exact::zero() < *amount)), "{per}");
        assert_eq!((sums(&lines[1..3]), sums(&lines[3..5])), (all.clone(), all.clone()), "{per}");
        let tallies = result.queues.iter().flatten();
        let counted = match per {
            "contact" => tallies.map(|tally| u128::from(tally.handled)).sum::<u128>() * 3_600_000,
            "resolution" => tallies.map(|tally| u128::from(tally.resolved)).sum::<u128>() * 3_600_000,
            _ => tallies.map(|tally| tally.talk_ms + tally.hold_ms + tally.wrap_ms).sum(),
        };
        assert_eq!(&all[0] + &all[1], Exact::ratio(counted as i128, 3_600_000).unwrap(), "{per}");
        let hours = lines[0].handled_hours.clone();
        assert_eq!(hours, (per == "handled hour").then(|| &all[0] + &all[1]));
    }
}

#[test]
fn seats_stand_all_year_for_the_most_agents_at_once() {
    let (plan, result, lines) = played(&["per = 'seat'\nteam = 'portland'", "per = 'FTE-month'\nteam = 'portland'"]);
    let portland = 0;
    let peak = Exact::from(u64::from(result.teams[portland].peak));
    assert_eq!(lines[0].months, [peak.clone(), peak]);
    assert!(plan.teams[portland].requirement.iter().max().unwrap() <= &result.teams[portland].peak);
    assert_eq!(lines[1].months, plan.teams[portland].fte);
}

#[test]
fn some_costs_are_of_the_peak_alone() {
    let (plan, _, lines) = played(&[
        "per = 'paid hour'\nteam = 'portland'\nmonths = [2, 11]",
        "per = 'agent-month'\nteam = 'portland'\nabove = 15",
        "per = 'paid hour'\nteam = 'portland'\nabove = 15",
        "per = 'FTE-month'\nteam = 'portland'\nabove = 1000",
        "per = 'paid hour'\nteam = 'portland'",
    ]);
    let team = &plan.teams[0];
    let paid = &lines[4].months;
    // What is planned, and a little more until the last contacts are done.
    let beyond: Vec<f64> = paid.iter().zip(&team.paid_hours).map(|(paid, planned)| (paid - planned).to_f64()).collect();
    assert!(beyond.iter().zip(&team.paid_hours).all(|(more, planned)| 0.0 < *more && *more < 0.03 * planned.to_f64()));
    assert_eq!(lines[0].months, [Exact::zero(), paid[1].clone()]);
    let beyond = |agents: &u32| Exact::from(u64::from(agents.saturating_sub(15)));
    assert_eq!(lines[1].months, team.register.iter().map(beyond).collect::<Vec<_>>());
    // Fifteen agents of 173.33 hours.
    let base: Exact = "2599.95".parse().unwrap();
    assert_eq!(lines[2].months, paid.iter().map(|hours| hours - &base).collect::<Vec<_>>());
    assert_eq!(lines[3].months, [Exact::zero(), Exact::zero()]);
    assert!(lines[1].months.iter().chain(&lines[2].months).all(|amount| Exact::zero() < *amount));
}

#[test]
fn a_queue_has_contacts_and_no_agents() {
    let codes = |cost: &str| -> Vec<String> {
        let (_, found) = read(&files(&format!("options/{OPTION}.toml"), &[cost]));
        found.iter().filter(|found| found.is_error()).map(|found| format!("{} {}", found.code, found.message)).collect()
    };
    assert_eq!(
        codes("per = 'seat'\nteam = 'portland'\nqueue = 'orders'"),
        ["B017 a cost per seat is not of one queue"]
    );
    let both = codes("per = 'contact'\nteam = 'portland'\nqueue = 'orders'");
    assert_eq!(both, ["B017 a cost is of one team or of one queue, not of both"]);
    let above = codes("per = 'contact'\nabove = 20");
    assert_eq!(above, ["B017 a cost per contact has no agents to be above"]);
    assert_eq!(codes("per = 'once'\nmonths = [12]"), ["B017 a cost once is not of months of the year"]);
    assert_eq!(codes("per = 'seat'"), ["B017 whose seats are meant is not said"]);
}

#[test]
fn who_answers_beside_other_work_is_freed() {
    let cost = "per = 'handled hour'\nteam = 'portland'";
    let mut case = case::sound(&files("today.toml", &[cost]));
    let kept = [BusinessCase::TODAY, "philippines-dedicated", OPTION];
    case.options.retain(|option| kept.contains(&option.id.as_str()));
    case.decide.uncertain.clear();
    let mine = case.options.iter_mut().find(|option| option.id == OPTION).unwrap();
    let mut still = mine.costs[0].clone();
    (still.what, still.kind, still.per) = ("cost 0".to_owned(), CostKind::Team, Per::HandledHour);
    (still.team, still.amount) = (Some(0), Exact::one());
    mine.costs.push(still);
    let comparison = compare(&case, 1, 7, &|_| ()).unwrap();
    let option = |id: &str| comparison.options.iter().find(|option| option.option == id).unwrap();
    let hours = |id: &str| {
        let cost = option(id).other_costs.iter().find(|cost| cost.what == "cost 0").unwrap();
        let hours = cost.handled_hours.clone().unwrap();
        // At 1 an hour, the amount is the hours.
        assert!((cost.amount.to_amount().0.to_f64() - hours.to_f64()).abs() < 0.02);
        hours
    };
    let six = Exact::from(6u64); // Two months, a year.
    let freed = |id: &str| comparison.why(option(id)).freed;
    let all = freed("philippines-dedicated");
    assert_eq!((all.len(), all[0].what.as_str()), (1, "cost 0"));
    assert_eq!(all[0].hours_a_year, &hours(BusinessCase::TODAY) * &six);
    let some = &freed(OPTION)[0].hours_a_year;
    assert_eq!(*some, &(&hours(BusinessCase::TODAY) - &hours(OPTION)) * &six);
    assert!(*some < all[0].hours_a_year && freed(BusinessCase::TODAY).is_empty());
}
