//! The service of single months, and lists that are not worked off: what a good year may hide.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::BusinessCase;
use longshore_compare::{OptionSummary, Warning, compare};

const CALLS_AND_A_LIST: &str = r#"
[[queue]]
name = "orders"
channel = "voice"
language = "en"
contacts_a_year = 60000
hours = "Mon-Fri 08:00-20:00"
patience = "3m"
target = "80% in 20s"
[[queue]]
name = "win-back"
channel = "voice"
language = "en"
hours = "Mon-Fri 09:00-17:00"
list = { a_month = 3000, reached = "24%", attempts = 3, again_after = "20h" }
handle = { talk = { mean = "6m" }, wrap = { mean = "1m" } }
"#;

/// Calls, and customers who are called between them, by one team of which so many are there as its targets take.
fn read(staffed: &str) -> BusinessCase {
    let team = format!("resolved = \"76%\"\nstaffed = \"{staffed}\"\n");
    let files = [
        ("program.toml", case::program("Calls and a list", CALLS_AND_A_LIST)),
        ("today.toml", case::own_team(&team, &["orders", "win-back"]) + &case::paid("29")),
        ("decide.toml", "starts = 2027-02-01\nmonths = 3\nruns = 3\n".to_owned()),
    ];
    case::of_files("months", &files)
}

fn today(staffed: &str) -> OptionSummary {
    compare(&read(staffed), 3, 5, &|_| ()).unwrap().options.remove(0)
}

#[test]
fn the_months_of_a_queue_pool_to_its_service_over_the_horizon() {
    let option = today("100%");
    let orders = &option.queues[0];
    let months: Vec<String> = orders.months.iter().map(|level| level.month.to_string()).collect();
    assert_eq!(months, ["2027-02", "2027-03", "2027-04"]);
    let offered: f64 = orders.months.iter().map(|level| level.offered).sum();
    let in_time: f64 = orders.months.iter().map(|level| level.offered * level.service_level).sum();
    assert!((offered - orders.offered).abs() < 1e-6, "{offered} of {}", orders.offered);
    let level = orders.service_level.unwrap();
    assert!((in_time / offered - level).abs() < 1e-9);
    let worst = orders.worst_month().unwrap();
    assert!(orders.months.iter().all(|level| worst.service_level <= level.service_level));
    assert!(worst.service_level < level, "three months are not all alike: {:?}", orders.months);
}

#[test]
fn a_list_for_which_agents_find_no_time_is_said() {
    let said = |option: &OptionSummary| {
        option.warnings.iter().find_map(|warning| match warning {
            Warning::NotWorkedOff { queue, share } => Some((queue.clone(), *share)),
            _ => None,
        })
    };
    let enough = today("100%");
    assert!(0.95 < enough.queues[1].list.unwrap().share(), "{:?}", enough.queues[1].list);
    assert_eq!(said(&enough), None);
    let few = today("30%");
    let reach = few.queues[1].list.unwrap();
    // 3,000 a month, of whom 1 − 0.76³ answer one of three calls.
    assert!((reach.reachable - 3.0 * 3000.0 * (1.0 - 0.76f64.powi(3))).abs() < 1e-6);
    assert_eq!(said(&few), Some(("win-back".to_owned(), reach.reached / reach.reachable)));
    assert!(reach.share() < 0.9, "{reach:?}");
    assert_eq!(few.queues[0].list, None, "customers call `orders`");
}
