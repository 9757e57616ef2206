//! Contracts that bill logged-in time and those that bill productive time differ by the paid breaks of the shifts.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_compare::compare;
use longshore_units::Exact;

const ORDERS: &str = r#"
[[queue]]
name = "orders"
channel = "voice"
language = "en"
contacts_a_year = 30000
hours = "Mon-Fri 08:00-16:00"
"#;

/// A provider with shifts of eight hours, with a quarter of an hour at one of two times, paid or not.
fn option(paid: bool) -> String {
    format!(
        r#"
name = "By the hour"
contracts = ["contracts/hours.toml"]
[[team]]
name = "hours"
provider = "hours-co"
languages = ["en"]
[[team.shift]]
from = "08:00"
length = "8h"
breaks = [{{ after = ["3h", "4h"], for = "30m", paid = {paid} }}]
[[handles]]
queue = "orders"
team = "hours"
"#
    )
}

const CONTRACT: &str = r#"
provider = "hours-co"
currency = "USD"
starts = 2027-01-01
time_zone = "America/New_York"
counted_at = "offered"
round = { at = "line", to = "0.01", how = "half-up" }
[[charge]]
name = "logged in"
unit = "agent-hour"
of = "logged in"
each = "20"
[[charge]]
name = "productive"
unit = "agent-hour"
of = "productive"
grain = "agent_time"
each = "20"
"#;

/// Hours billed of each kind in a month: logged in, and productive.
fn hours(paid: bool) -> (Exact, Exact) {
    let files = [
        ("program.toml", case::program("A line", ORDERS)),
        ("today.toml", case::own_team("", &["orders"]) + &case::paid("30")),
        ("decide.toml", "starts = 2027-01-01\nmonths = 1\n".to_owned()),
        ("options/hours.toml", option(paid)),
        ("contracts/hours.toml", CONTRACT.to_owned()),
    ];
    let case = case::of_files("line", &files);
    let comparison = compare(&case, 1, 7, &|_| ()).unwrap();
    let option = comparison.options.iter().find(|option| option.option == "hours").unwrap();
    let of = |name: &str| option.charges.iter().find(|charge| charge.charge == name).unwrap().quantity.clone();
    (of("logged in"), of("productive"))
}

#[test]
fn paid_breaks_are_logged_in_and_unpaid_ones_are_not() {
    let (logged_in, productive) = hours(true);
    let share = (&logged_in - &productive).to_f64() / logged_in.to_f64();
    // Half an hour of eight, less what the contact in hand takes of it.
    assert!(0.04 < share && share <= 0.5 / 8.0, "{share}");
    let (logged_in, productive) = hours(false);
    assert_eq!(logged_in, productive);
}
