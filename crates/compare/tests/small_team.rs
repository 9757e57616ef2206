//! What a small team costs is the team's doing, and not that of the chance by which it is judged.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_compare::Plan;

/// A line of some hundred and forty calls a day, for five agents or six. Random numbers are drawn by its name, and of the seed.
const ORDERS: &str = r#"
[[queue]]
name = "orders"
channel = "voice"
language = "en"
contacts_a_year = 36000
hours = "Mon-Fri 08:00-18:00"
patience = "3m"
target = "80% in 20s"
handle = { talk = { mean = "5m" }, wrap = { mean = "1m" } }
"#;

/// The full-time agents of the line's team, in the mean of a year: all that it costs is proportional to them.
fn agents(name: &str, seed: u64) -> f64 {
    let files = [
        ("program.toml", case::program(name, ORDERS)),
        ("today.toml", case::own_team("", &["orders"]) + &case::paid("30")),
        ("decide.toml", format!("starts = 2027-01-01\nmonths = 12\nseed = {seed}\n")),
    ];
    let case = case::of_files("line", &files);
    Plan::of(&case, 0).unwrap().teams[0].fte_mean().to_f64()
}

/// A team's agents are found to two hundredths, and so far apart these are: twice that would be more than chance. Were each
/// half hour's agents whole alike on all days, one of them more or fewer would be a sixth of the team.
#[test]
fn neither_a_name_nor_a_seed_moves_its_cost_by_much() {
    let names = ["A line", "Another", "Orders", "Harbor", "Retail", "Help desk"].map(|name| agents(name, 1));
    let seeds = [2, 3, 4, 5, 6, 7].map(|seed| agents("A line", seed));
    let all = || names.into_iter().chain(seeds);
    let (least, most) = (all().fold(f64::MAX, f64::min), all().fold(0.0, f64::max));
    assert!(5.0 < least && most < 6.0, "{least} to {most}");
    assert!(least < most, "each draws random numbers of its own");
    assert!(most / least < 1.04, "{names:?} {seeds:?}");
}
