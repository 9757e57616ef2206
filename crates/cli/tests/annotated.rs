//! What records do not say row by row and a contract asks for is found out from all of them.

#![allow(clippy::unwrap_used)]

mod pages;
mod rows;

use std::path::Path;

use longshore_contacts::Table;
use pages::{Answer, longshore, put};

const HEAD: &str = "provider = 'cebu'\ncurrency = 'USD'\ntime_zone = 'America/New_York'\ncounted_at = 'offered'\n\
                    starts = 2027-01-01\nends = 2027-12-31\n[round]\nat = 'line'\nto = '0.01'\nhow = 'half-up'\n[[charge]]\n";

/// Records of January and February 2027 under a contract of one charge, rated.
fn rated(charge: &str, tables: &[(Table, &str)]) -> Answer {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    put(folder, "contract.toml", &format!("{HEAD}{charge}"));
    rows::manifest(folder, "America/New_York", "2027-01-01", "2027-02");
    for (table, text) in tables {
        rows::parquet(folder, *table, &[text], "cebu", "America/New_York").unwrap();
    }
    agree(folder);
    longshore(folder, &["rate", "records", "--contract", "contract.toml", "--all-months", "--json"])
}

/// The kernel in any order and the obvious counter count annotated records alike.
fn agree(folder: &Path) {
    let hash = |arguments: &[&str]| {
        let answer = longshore(folder, &[&["count", "contract.toml", "records"], arguments].concat());
        answer.out.lines().find(|line| line.starts_with("hash")).map(str::to_owned)
    };
    let plain = hash(&[]);
    let from_disk = &["--memory", "0", "--batch-rows", "2", "--threads", "3"];
    for way in [&["--oracle"][..], &["--shuffle", "7"], &["--batch-rows", "1", "--threads", "3"], from_disk] {
        assert_eq!(hash(way), plain, "{way:?}");
    }
}

/// The amounts of the charge, month by month.
fn amounts(answer: &Answer) -> Vec<String> {
    assert!(answer.success, "{}", answer.err);
    let json: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    let months = json["months"].as_array().unwrap();
    months.iter().map(|month| month["lines"][0]["amount"].as_str().unwrap().to_owned()).collect()
}

/// Five days of nine hours from Monday, January 25, of which lunch is off; then the night into February.
fn a_week() -> String {
    let mut text = "agent,state,from,until\n".to_owned();
    for day in 25..30 {
        text.push_str(&format!("ana,talking,2027-01-{day}T08:00,2027-01-{day}T12:00\n"));
        text.push_str(&format!("ana,offline,2027-01-{day}T12:00,2027-01-{day}T13:00\n"));
        text.push_str(&format!("ana,available,2027-01-{day}T13:00,2027-01-{day}T17:00\n"));
    }
    text + "ana,talking,2027-01-31T22:00,2027-02-01T02:00\n"
}

#[test]
fn overtime_is_found_in_the_agents_week() {
    let week = a_week();
    let charge = "unit = 'hour'\nwhen = { overtime = 'beyond 36 h a week', week_starts = 'Mon' }\neach = '1.00'\n";
    let answer = rated(charge, &[(Table::AgentTime, &week)]);
    // 40 hours until Friday, of which 4 are over; two on Sunday night. February begins with the next week.
    assert_eq!(amounts(&answer), ["6.00", "0.00"]);
    assert!(answer.err.contains("the records begin on 2027-01-01, inside a week"), "{}", answer.err);
    let charge = charge.replace("Mon", "Sun");
    // Weeks from Sunday: January 31 and February 1 are in one, with four hours.
    assert_eq!(amounts(&rated(&charge, &[(Table::AgentTime, &week)])), ["4.00", "0.00"]);
}

#[test]
fn an_agent_in_two_states_at_once_is_refused() {
    let twice = a_week() + "ana,talking,2027-01-25T09:00,2027-01-25T10:00\n";
    let charge = "unit = 'hour'\nwhen = { overtime = 'beyond 36 h a week', week_starts = 'Mon' }\neach = '1.00'\n";
    let answer = rated(charge, &[(Table::AgentTime, &twice)]);
    assert!(!answer.success);
    assert!(
        answer.err.contains("agent `ana` of `cebu` is in two states at once at 2027-01-25T14:00:00Z"),
        "{}",
        answer.err
    );
}

#[test]
fn who_left_is_found_in_the_register() {
    let charge = "name = 'training'\nunit = 'hour'\nwhen = { state = 'training' }\neach = '10.00'\n\
                  refund = { if_left_within = '30 days' }\n";
    let time = "agent,state,from,until\nana,training,2027-01-11T09:00,2027-01-11T17:00\n\
                luis,training,2027-01-11T09:00,2027-01-11T17:00\n";
    let register = "agent,hired,left\nana,2027-01-04,\nluis,2027-01-04,2027-02-10\n";
    let answer = rated(charge, &[(Table::AgentTime, time), (Table::Agents, register)]);
    assert_eq!(amounts(&answer), ["160.00", "-80.00"]);
    let answer = rated(charge, &[(Table::AgentTime, time)]);
    assert!(!answer.success);
    assert!(answer.err.contains("R001"), "{}", answer.err);
    let answer = rated(charge, &[(Table::AgentTime, time), (Table::Agents, "agent,hired,left\nana,2027-01-04,\n")]);
    assert!(
        answer.err.contains("1 row of agents' time of `cebu`, whose agents are not on the register"),
        "{}",
        answer.err
    );
}

#[test]
fn who_came_back_is_found_among_the_contacts() {
    let charge = "unit = 'resolution'\nreopened_within = '7 days'\neach = '1.00'\n";
    let contacts = "customer,reason,direction,outcome,offered_at,ended_at,resolved\n\
        a,bill,inbound,answered,2027-01-11T09:00,2027-01-11T09:10,true\n\
        a,bill,inbound,abandoned,2027-01-15T09:00,2027-01-15T09:10,\n\
        b,bill,inbound,answered,2027-01-11T09:00,2027-01-11T09:10,true\n\
        b,other,inbound,answered,2027-01-15T09:00,2027-01-15T09:10,true\n\
        c,bill,inbound,answered,2027-01-11T09:00,2027-01-11T09:10,true\n\
        c,bill,outbound,answered,2027-01-15T09:00,2027-01-15T09:10,false\n\
        ,bill,inbound,answered,2027-01-11T09:00,2027-01-11T09:10,true\n";
    let answer = rated(charge, &[(Table::Contacts, contacts)]);
    // The first customer is back in four days; the second with another matter; the third was called.
    assert_eq!(amounts(&answer), ["4.00", "0.00"]);
    assert!(answer.err.contains("without a customer: 1 contact."), "{}", answer.err);
}
