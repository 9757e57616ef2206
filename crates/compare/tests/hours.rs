//! Opening hours that begin and end within half hours: who comes in them finds somebody.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::BusinessCase;
use longshore_compare::{Plan, RunResult, run_option};
use longshore_simulation::QueueTally;

/// A line of calls with these hours, in this zone; `when` says how many come, and when.
fn case_of(zone: &str, hours: &str, when: &str, more: &[(&str, &str)]) -> BusinessCase {
    let queue = format!("[[queue]]\nname = 'orders'\nchannel = 'voice'\nlanguage = 'en'\nhours = {hours}\n{when}");
    let given = [
        ("program.toml", case::program_in(zone, "Orders", &queue)),
        ("today.toml", case::own_team("", &["orders"]) + &case::paid("20")),
        ("decide.toml", "starts = 2027-02-01\nmonths = 2\nruns = 1\n".to_owned()),
    ];
    let more = more.iter().map(|(path, text)| (*path, (*text).to_owned()));
    case::of_files("hours", &given.into_iter().chain(more).collect::<Vec<_>>())
}

fn played(case: &BusinessCase) -> (Plan, RunResult) {
    let plan = Plan::of(case, 0).unwrap();
    let result = run_option(case, &plan, 7, 1).unwrap();
    (plan, result)
}

fn sum(result: &RunResult, of: fn(&QueueTally) -> u64) -> u64 {
    result.queues[0].iter().map(of).sum()
}

#[test]
fn nobody_who_comes_in_the_hours_finds_it_closed() {
    let by_the_hour = "contacts_a_year = 60000\n[[queue.day]]\ndays = 'Mon-Fri'\nfrom = '08:00'\neach = '1h'\n\
        contacts = [3, 5, 6, 6, 5, 5, 5, 4, 4, 3]\n";
    let published = "contacts_a_year = 60000\n"; // The day of the catalog, within the hours.
    for (zone, hours, when, minutes) in [
        ("America/New_York", "'Mon-Fri 08:00-18:00'", by_the_hour, 30),
        ("America/New_York", "'Mon-Fri 08:15-17:45'", by_the_hour, 15),
        ("America/New_York", "'Mon-Fri 08:20-17:40'", by_the_hour, 10),
        ("Asia/Kolkata", "'Mon-Fri 08:15-17:45'", by_the_hour, 15),
        ("Asia/Kolkata", "'Mon-Fri 08:05-17:30'", by_the_hour, 5),
        ("Asia/Kathmandu", "'Mon-Fri 08:15-17:45'", by_the_hour, 15),
        // Over midnight, in the months in which Berlin's clocks go forward.
        ("Europe/Berlin", "'Mon-Sun 18:45-02:15'", published, 15),
        ("Asia/Kolkata", "['Mon-Fri 20:15-05:45', 'Sat-Sun 10:30-12:00']", published, 15),
    ] {
        let (plan, result) = played(&case_of(zone, hours, when, &[]));
        assert_eq!(plan.horizon.step_ms, minutes * 60_000, "{zone} {hours}");
        assert_eq!(sum(&result, |tally| tally.blocked), 0, "{zone} {hours}");
        // 60,000 a year are some 9,700 in these 59 days; a day's busyness varies by 6.4 %.
        let offered = sum(&result, |tally| tally.offered);
        assert!((9_200..10_200).contains(&offered), "{zone} {hours}: {offered}");
        let expected: f64 = plan.load.teams[0][0].contacts.iter().sum();
        let all: f64 = plan.load.queues[0].all.iter().sum();
        assert!((expected - all).abs() < 1e-6 * all, "{zone} {hours}: the team is sized for {expected} of {all}");
    }
}

#[test]
fn a_quarter_hour_later_takes_as_many_agents() {
    let even = |hours: &str, from: &str| {
        let contacts = ["4"; 38].join(", ");
        let when = format!(
            "contacts_a_year = 60000\n[[queue.day]]\ndays = 'Mon-Fri'\nfrom = '{from}'\neach = '15m'\ncontacts = [{contacts}]\n"
        );
        played(&case_of("America/New_York", &format!("'{hours}'"), &when, &[]))
    };
    let (plain, plain_result) = even("Mon-Fri 08:00-17:30", "08:00");
    let (later, later_result) = even("Mon-Fri 08:15-17:45", "08:15");
    let hours = |plan: &Plan| -> f64 { plan.teams[0].paid_hours.iter().map(longshore_units::Exact::to_f64).sum() };
    assert_eq!((plain.horizon.step_ms, later.horizon.step_ms), (1_800_000, 900_000));
    let ratio = hours(&later) / hours(&plain);
    assert!((ratio - 1.0).abs() < 0.02, "{} and {}", hours(&plain), hours(&later));
    let came = |result: &RunResult| sum(result, |tally| tally.offered) as f64;
    assert!((came(&later_result) / came(&plain_result) - 1.0).abs() < 0.02);
}

#[test]
fn who_was_counted_while_it_was_closed_stays_outside() {
    // Each day of the file has 20 calls of the hour before eight, when it is closed, and 30 in each that it is open in.
    let mut counts = "Start,Offered\n".to_owned();
    for day in 1..=28 {
        for hour in 7..18 {
            let contacts = if hour == 7 { 20 } else { 30 };
            counts.push_str(&format!("2026-06-{day:02} {hour:02}:00:00,{contacts}\n"));
        }
    }
    let when =
        "history = { file = 'history/calls.csv', time = 'Start', contacts = 'Offered', step = '1h' }\nbusyness = 0\n";
    let more = [("history/calls.csv", counts.as_str())];
    let (_, result) = played(&case_of("Asia/Kolkata", "'Mon-Sun 08:15-17:45'", when, &more));
    let (blocked, offered) = (sum(&result, |tally| tally.blocked), sum(&result, |tally| tally.offered));
    // Of 59 days: 1,180 at closed times and 17,700 in the hours, each within five standard deviations.
    assert!(blocked.abs_diff(59 * 20) < 172 && (offered - blocked).abs_diff(59 * 300) < 666, "{blocked} of {offered}");
}
