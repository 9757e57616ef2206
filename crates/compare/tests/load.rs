//! Who is expected where.
#![allow(clippy::unwrap_used)]

mod case;

use std::collections::BTreeMap;

use longshore_business_case::{BusinessCase, CaseFiles, read};
use longshore_compare::{Plan, Stream, run_option, scenario};

const EVENINGS: &str = r#"
name = "Evenings and Saturdays elsewhere, a third of advice too"
contracts = ["contracts/heartland-shared.toml"]
[[team]]
name = "own"
provider = "in-house"
languages = ["en"]
resolved = "76%"
[[team]]
name = "elsewhere"
provider = "heartland-answer"
languages = ["en"]
resolved = "76%"
[[handles]]
queue = "orders"
team = "own"
[[handles]]
queue = "orders"
team = "elsewhere"
hours = ["Mon-Fri 18:00-22:00", "Sat 09:00-21:00"]
[[handles]]
queue = "advice"
team = "own"
share = "2/3"
[[handles]]
queue = "advice"
team = "elsewhere"
share = "1/3"
[[cost]]
what = "pay"
kind = "team"
amount = "30"
per = "paid hour"
team = "own"
source = "a test"
"#;

fn total(streams: &[Stream]) -> f64 {
    streams.iter().map(|stream| stream.contacts.iter().sum::<f64>()).sum()
}

#[test]
fn hours_and_shares_split_a_queue() {
    let case = case::example(|path, _| (path == "options/overflow-only.toml").then(|| EVENINGS.to_owned()));
    let option = case.options.iter().position(|option| option.id == "overflow-only").unwrap();
    let plan = Plan::of(&case, option).unwrap();
    let load = &plan.load;
    // As resolved as today, so as many contacts as are counted today; and every one of them goes somewhere.
    let all: f64 = load.queues.iter().map(|queue| queue.all.iter().sum::<f64>()).sum();
    // Smaller teams have a few more callers hang up, who do not call again: some contacts in a thousand.
    assert!((249_500.0..250_000.0).contains(&all), "{all}");
    assert!((load.teams.iter().map(|streams| total(streams)).sum::<f64>() - all).abs() < 1e-6);
    // New Year's Day is a Friday: from 18 o'clock orders go elsewhere.
    let orders = |team: usize, step: usize| -> f64 {
        load.teams[team].iter().filter(|stream| stream.queue == Some(0)).map(|stream| stream.contacts[step]).sum()
    };
    assert!(orders(0, 35) > 0.0 && orders(1, 35) == 0.0);
    assert!(orders(0, 36) == 0.0 && orders(1, 36) > 0.0);
    let advice = |team: usize| -> f64 { total(&load.teams[team][1..]) };
    assert!((advice(1) / load.queues[1].all.iter().sum::<f64>() - 1.0 / 3.0).abs() < 1e-9, "{}", advice(1));
    // In the simulation the limited way is asked first.
    let routes = &scenario(&case, &plan, 1, 1).queues[0].routes;
    assert!(routes[0].spans.is_some() && routes[0].team == 1 && routes[1].spans.is_none() && routes[1].team == 0);
}

#[test]
fn a_pool_is_as_large_as_its_other_clients_make_it() {
    let case = case::example(|_, _| None);
    let option = case.options.iter().position(|option| option.id == "domestic-shared").unwrap();
    let plan = Plan::of(&case, option).unwrap();
    let work = |ours: bool| -> f64 {
        let streams = plan.load.teams[0].iter().filter(|stream| stream.queue.is_some() == ours);
        streams.map(|stream| stream.contacts.iter().sum::<f64>() * stream.handle_ms).sum()
    };
    assert!((work(true) / (work(true) + work(false)) - 0.25).abs() < 1e-9);
}

#[test]
fn who_resolves_less_is_called_more() {
    let case = case::example(|_, _| None);
    let contacts = |id: &str| -> f64 {
        let option = case.options.iter().position(|option| option.id == id).unwrap();
        Plan::of(&case, option).unwrap().load.queues.iter().map(|queue| queue.all.iter().sum::<f64>()).sum()
    };
    assert!(contacts("today") < contacts("domestic-dedicated"));
    assert!(contacts("domestic-dedicated") < contacts("domestic-shared"));
    assert!(contacts("nearshore-monthly") < contacts("philippines-dedicated"));
}

/// The simulator offers today's teams the volume that the buyer stated, and every option what its plan expects.
#[test]
fn as_many_contacts_are_simulated_as_are_planned() {
    let case = case::example(|_, _| None);
    for (option, described) in case.options.iter().enumerate() {
        let plan = Plan::of(&case, option).unwrap();
        let runs: Vec<_> = (1..=3).map(|run| run_option(&case, &plan, 1, run).unwrap()).collect();
        let (mut offered, mut refused, mut planned) = (0.0, 0, 0.0);
        for (queue, load) in plan.load.queues.iter().enumerate() {
            let months = || runs.iter().flat_map(|run| &run.queues[queue]);
            // The same first contacts in the plan and the runs, so that chance in a day's busyness cancels out.
            let first: u64 = months().map(|month| month.first()).sum();
            let all: u64 = months().map(|month| month.offered).sum();
            offered += all as f64 / first as f64 * load.first.iter().sum::<f64>();
            planned += load.all.iter().sum::<f64>();
            refused += months().map(|month| month.blocked).sum::<u64>();
        }
        assert!((offered / planned - 1.0).abs() < 0.003, "{}: {offered} of {planned}", described.id);
        assert_eq!(refused, 0, "{}: who comes back comes when it is open", described.id);
        if option == 0 {
            assert!((planned - 250_000.0).abs() < 0.01, "{planned}");
        }
    }
}

#[test]
fn paid_hours_are_what_stands_behind_an_hour_on_the_phone() {
    let case = case::example(|path, text| (path == "decide.toml").then(|| text.replace("months = 12", "months = 1")));
    let team = &Plan::of(&case, 0).unwrap().teams[0];
    let steps: u64 = team.requirement.iter().map(|agents| u64::from(*agents)).sum();
    // Half hours, a tenth for shifts, seven tenths of paid time on the phone.
    assert_eq!(
        team.paid_hours[0].to_string(),
        format!("{}", longshore_units::Exact::ratio(i128::from(steps) * 11, 14).unwrap())
    );
    let worked: i64 = team.shifts.iter().map(|shift| shift.until - shift.from).sum();
    assert_eq!(worked, steps as i64 * 1_800_000);
    assert!(team.shifts.iter().all(|shift| shift.agent < team.register[0]));
}

/// An own team that works whole shifts, one of them over midnight, for a line that never closes.
const SHIFTS: &str = r#"
name = "Own team in shifts"
[[team]]
name = "own"
provider = "in-house"
languages = ["en"]
resolved = "76%"
shrinkage = "20%"
[[team.shift]]
from = "06:00"
to = "14:00"
every = "1h"
length = "8h30m"
breaks = [{ after = ["3h30m", "4h", "4h30m"], for = "30m" }]
[[team.shift]]
from = "22:00"
length = "8h"
breaks = [{ after = "4h", for = "30m", paid = true }]
[[team.shift]]
from = "08:00"
to = "18:00"
every = "2h"
length = "4h"
[[handles]]
queue = "orders"
team = "own"
[[handles]]
queue = "advice"
team = "own"
[[cost]]
what = "pay"
kind = "team"
amount = "30"
per = "paid hour"
team = "own"
source = "a test"
"#;

#[test]
fn given_shifts_cover_the_contacts_and_say_what_they_add() {
    let change = |path: &str, text: &str| match path {
        "options/overflow-only.toml" => Some(SHIFTS.to_owned()),
        "decide.toml" => Some(text.replace("months = 12", "months = 2")),
        _ => None,
    };
    let case = case::example(change);
    let option = case.options.iter().position(|option| option.id == "overflow-only").unwrap();
    let plan = Plan::of(&case, option).unwrap();
    let (team, horizon) = (&plan.teams[0], &plan.horizon);
    let mut present = vec![0; team.requirement.len()];
    for shift in &team.shifts {
        for (step, present) in present.iter_mut().enumerate() {
            *present +=
                u32::from(shift.from <= horizon.step_start(step) && horizon.step_start(step + 1) <= shift.until);
        }
    }
    for (step, (present, required)) in present.iter().zip(&team.requirement).enumerate() {
        assert!(required <= present, "{present} of {required} in step {step}");
    }
    let sum = |hours: &[longshore_units::Exact]| hours.iter().map(longshore_units::Exact::to_f64).sum::<f64>();
    let required: f64 = team.requirement.iter().map(|agents| f64::from(*agents) / 2.0).sum();
    let paid_of_shifts = sum(&team.paid_hours) * 0.8;
    assert!(required < paid_of_shifts && paid_of_shifts < 1.2 * required, "{paid_of_shifts} paid for {required}");
    for agent in 0..team.agents.len() as u32 {
        let mut own: Vec<_> = team.shifts.iter().filter(|shift| shift.agent == agent).collect();
        own.sort_by_key(|shift| shift.from);
        assert!(own.windows(2).all(|pair| pair[0].until <= pair[1].from), "agent {agent} is in two places");
    }
    assert!(scenario(&case, &plan, 1, 1).check().is_empty());
}

/// The example's files over a month, with such a team for an option.
fn in_a_month(team: &str) -> CaseFiles {
    case::changed("phone-support", |path, text| match path {
        "options/overflow-only.toml" => Some(team.to_owned()),
        "decide.toml" => Some(text.replace("months = 12", "months = 1")),
        _ => None,
    })
}

/// The same team, whose part-timers have a share and whose people a week, over a month.
fn with_rules(rules: &str, part_time: &str) -> (Option<BusinessCase>, Vec<String>) {
    let text = SHIFTS.replace("shrinkage = \"20%\"", &format!("shrinkage = \"20%\"\n{rules}"));
    let text = text.replace("length = \"4h\"", &format!("length = \"4h\"\n{part_time}"));
    let (case, found) = read(&in_a_month(&text));
    (case, found.iter().filter(|found| found.is_error()).map(|found| found.message.clone()).collect())
}

#[test]
fn people_keep_to_their_week_and_part_time_to_its_share() {
    let planned = |rules: &str| {
        let (case, found) = with_rules(rules, "part_time = true");
        let case = case.unwrap_or_else(|| panic!("{found:?}"));
        let option = case.options.iter().position(|option| option.id == "overflow-only").unwrap();
        let plan = Plan::of(&case, option).unwrap();
        (case.decide.starts, plan.horizon, plan.teams.into_iter().next().unwrap())
    };
    let (_, _, free) = planned("");
    let (_, horizon, kept) =
        planned("part_time = { most = \"20%\" }\nweek = { hours = \"32h\", days = 4, rest = \"12h\" }");
    let hour = 3_600_000;
    let (mut part_time, mut all) = (0, 0);
    let mut of_weeks: BTreeMap<(u32, usize), BTreeMap<usize, (i64, i64)>> = BTreeMap::new();
    for shift in &kept.shifts {
        // A shift with a break is two presences of the same day; nights begin on one day and go on the next.
        let from = if horizon.day_starts.contains(&(shift.from - 2 * hour - hour / 2)) {
            shift.from - 5 * hour
        } else {
            shift.from
        };
        let day = horizon.day_starts.partition_point(|start| *start <= from);
        let week = horizon.week_starts().partition_point(|start| *start <= from);
        let worked = of_weeks.entry((shift.agent, week)).or_default().entry(day).or_insert((shift.from, 0));
        worked.1 += shift.until - shift.from;
    }
    for ((agent, week), days) in &of_weeks {
        let worked: i64 = days.values().map(|(_, worked)| worked).sum();
        assert!(days.len() <= 4 && worked <= 32 * hour, "agent {agent} in week {week}: {days:?}");
        for (_, worked) in days.values() {
            part_time += if *worked == 4 * hour { *worked } else { 0 };
            all += worked;
        }
    }
    // Breaks of the nights are paid and no presence: a share of presence may be a little more than that of pay.
    assert!(part_time * 100 <= all * 21, "{part_time} of {all}");
    // Forty hours in five days are more than thirty-two in four: who may not work as much is more people.
    assert!(free.register[0] < kept.register[0], "{:?} {:?}", free.register, kept.register);
}

#[test]
fn rules_without_the_shifts_to_keep_them_are_refused() {
    let found = |rules: &str, part_time: &str| with_rules(rules, part_time).1;
    assert_eq!(found("part_time = { most = \"20%\" }", "part_time = true"), Vec::<String>::new());
    assert_eq!(found("part_time = { least = \"20%\" }", ""), ["this team has no shifts to keep that share with"]);
    let both = found("part_time = { least = \"20%\", most = \"10%\" }", "part_time = true");
    assert_eq!(both, ["at least more than at most is part-time"]);
    let long = found("week = { hours = \"7h\" }", "");
    assert_eq!(long, ["a shift of this team is longer than anybody may work in a week"]);
}

/// What the text tells is told when it is read: the same half hour that sizing would stop at.
#[test]
fn a_half_hour_without_a_shift_is_named_when_the_case_is_read() {
    let days_only = SHIFTS.replace("from = \"22:00\"", "from = \"07:00\"").replace("to = \"14:00\"", "to = \"11:00\"");
    let days_only = days_only.replace("to = \"18:00\"", "to = \"16:00\"");
    let (case, found) = read(&in_a_month(&days_only));
    let told: Vec<_> = found.iter().filter(|found| found.code == "B021").map(|found| &found.message).collect();
    assert!(case.is_none() && told.len() == 2, "one for each queue: {told:?}");
    assert!(told[0].contains("Friday, 2027-01-01 at 20:00:00"), "{}", told[0]);
    // A case that was read and changed by hand.
    let mut case = case::sound(&in_a_month(SHIFTS));
    let option = case.options.iter().position(|option| option.id == "overflow-only").unwrap();
    let shifts = &mut case.options[option].teams[0].shifts;
    shifts.remove(1);
    shifts[0].starts.retain(|start| *start <= 11 * 60);
    shifts[1].starts.retain(|start| *start <= 16 * 60);
    let error = Plan::of(&case, option).unwrap_err().to_string();
    assert!(error.contains("`own` has contacts on 2027-01-01 at 20:00"), "{error}");
}

/// A night shift of eight hours ends at five in the night in which clocks go back, and the next begins at six.
#[test]
fn the_longer_night_is_looked_at() {
    let nights = SHIFTS.replace("breaks = [{ after = \"4h\", for = \"30m\", paid = true }]\n", "");
    let at = |starts: &str| {
        let files = case::changed("phone-support", |path, text| match path {
            "options/overflow-only.toml" => Some(nights.clone()),
            "program.toml" => {
                Some(text.replace("hours = [\"Mon-Fri 08:00-22:00\", \"Sat-Sun 09:00-21:00\"]", "hours = \"always\""))
            }
            "decide.toml" => Some(text.replace("months = 12", "months = 1").replace("starts = 2027-01-01", starts)),
            _ => None,
        });
        let told = read(&files).1.into_iter().filter(|found| found.code == "B021");
        told.map(|found| found.message).collect::<Vec<_>>()
    };
    assert_eq!(at("starts = 2027-01-01"), Vec::<String>::new());
    let told = at("starts = 2027-11-01");
    assert!(told.len() == 2 && told[0].contains("Sunday, 2027-11-07 at 05:00:00"), "{told:?}");
}
