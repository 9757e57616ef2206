//! Quantities that are printed with fewer decimals than they were reckoned with.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::{HEAD, NOTHING, ROUND, VOICE, audited, found, of, written};

const AGENTS: &str = "[[charge]]\nname = 'agents'\nunit = 'agent-month'\neach = '2150'\nprorate = 'day'\n\
                      [[charge]]\nname = 'management'\npercent = '7.5'\nof_charges = ['agents']\n";

#[test]
fn an_amount_of_a_quantity_that_prints_so_is_right() {
    let of = |agents: &str, management: &str| {
        of(AGENTS, "2027-02", &[&format!("agents | {agents}"), &format!("management | | | {management}")], "")
    };
    // 40 5/14 agents are 86767.857…
    assert_eq!(of("40.36 | 2150 | 86767.86", "6507.59"), NOTHING);
    assert_eq!(of("40.3571 | 2150 | 86767.86", "6507.59"), NOTHING);
    // From 40.355 to 40.365 the amounts go from 86763.25 to 86784.75.
    assert_eq!(of("40.36 | 2150 | 86763.25", "6507.24"), NOTHING);
    assert_eq!(of("40.36 | 2150 | 86784.75", "6508.86"), NOTHING);
    assert_eq!(of("40.36 | 2150 | 86763.20", "6507.24"), ["arithmetic -10.8 certain", "follows -0.81 certain"]);
    assert_eq!(of("40.36 | 2150 | 86785.00", "6508.88"), ["arithmetic 11 certain", "follows 0.83 certain"]);
    // A whole number is what it is, and so is one whose decimals are right.
    assert_eq!(of("40 | 2150 | 86001.00", "6450.08"), ["arithmetic 1 certain", "follows 0.08 certain"]);
    assert_eq!(of("40.36 | 2150 | 86774.00", "6508.05"), NOTHING);
    // At another price the quantity is told in the same way: 40 5/14 at 2200 are 88785.71.
    assert_eq!(of("40.36 | 2200 | 88785.71", "6658.93"), ["price 2017.86 certain", "follows 151.34 certain"]);
}

#[test]
fn what_was_taken_for_the_quantity_is_said() {
    let contract = format!("{HEAD}{ROUND}{AGENTS}");
    let lines = ["agents | 40.36 | 2150 | 86767.86", "management | | | 6507.59"];
    let audit = audited(&contract, &[&written("2027-02", &lines)], "");
    assert_eq!(found(&audit), NOTHING);
    let of_agents = audit.not_checked.iter().find(|item| item.charge == "agents").unwrap();
    let said = "the quantity of line 1 of invoice `2027-02`: it shows 40.36, and its amount is of 40.357144";
    assert!(of_agents.what.iter().any(|what| what == said), "{of_agents:?}");
}

#[test]
fn a_price_that_is_printed_with_fewer_decimals_is_no_other_quantity() {
    let terms = format!("{VOICE}each = '0.4375'\n");
    let of = |line: &str| of(&terms, "2027-02", &[line], "");
    assert_eq!(of("voice | 100000.5 | 0.44 | 43750.22"), of("voice | 100000 | 0.44 | 43750.00"));
    let hours = "voice | 8150.01 | 26.25 | 213937.81 | unit = 'hours'";
    assert_eq!(of(hours), NOTHING);
    assert_eq!(of(&hours.replace("937.81", "938.50")), ["arithmetic 0.74 certain"]);
}

#[test]
fn bands_and_included_units_of_such_quantities() {
    let terms = "[[charge]]\nname = 'desk'\nunit = 'agent-hour'\nof = 'productive'\ntiers = 'graduated'\nscope = 'contract'\n\
                 bands = [{ from = '0', each = '45.50' }, { from = '1000', each = '40.25' }]\n";
    // 123.456 hours in the second band are 4969.10.
    let first = "desk | 1000 | 45.50 | 45500.00";
    assert_eq!(of(terms, "2027-02", &[first, "desk | 123.46 | 40.25 | 4969.10"], ""), NOTHING);
    assert_eq!(of(terms, "2027-02", &[first, "desk | 123.46 | 40.25 | 4989.10"], ""), ["arithmetic 19.83 certain"]);
    assert_eq!(
        of(terms, "2027-02", &["desk | 1000 | 46.50 | 46500.00", "desk | 123.46 | 40.25 | 4969.10"], ""),
        ["price 1000 certain"]
    );
}
