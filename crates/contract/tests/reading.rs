//! Texts that could be read past: each is said, and said once.

#![allow(clippy::unwrap_used)]

use longshore_contract::{RoundAt, read};
use longshore_units::Text;

const TOP: &str = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\n\
                   round = { at = 'line', to = '0.01', how = 'half-up' }\n";

fn codes(rest: &str) -> Vec<&'static str> {
    let (_, findings) = read(&Text::new("contract.toml", format!("{TOP}{rest}")));
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_charges_own_rounding_without_a_step_is_to_the_minor_unit() {
    let charge =
        "[[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '6s'\neach = '5'\nround = { at = 'contact', how = 'up' }\n";
    let (contract, findings) = read(&Text::new("contract.toml", format!("{TOP}{charge}")));
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["C022"]);
    let rule = contract.unwrap().charges[0].round.clone().unwrap();
    assert_eq!((rule.at, rule.rounding.to().to_string()), (RoundAt::Contact, "0.01".to_owned()));
}

#[test]
fn what_would_change_no_amount_is_refused() {
    let contact = "[[charge]]\nunit = 'contact'\nwhen = { outcome = 'answered' }\neach = '5'\n";
    assert_eq!(codes(&format!("{contact}of = ['talk']\n")), ["C007"]);
    let calendar = "[calendar.nights]\nhours = '20:00-08:00'\n";
    let agents = "[[charge]]\nunit = 'agent-month'\nprorate = 'day'\neach = '2150'\n";
    assert_eq!(codes(&format!("{calendar}{agents}surcharge = {{ calendar = 'nights', percent = 25 }}\n")), ["C017"]);
    let across = "surcharge = { calendar = 'nights', percent = 25, across = 'strat' }\n";
    assert_eq!(codes(&format!("{calendar}{contact}{across}")), ["T008"]);
}

#[test]
fn a_calendar_that_cannot_be_read_is_one_mistake() {
    let charge = "[[charge]]\nunit = 'leg'\neach = '5'\nsurcharge = { calendar = 'holidays', percent = 25 }\n";
    assert_eq!(codes(&format!("[calendar.holidays]\nuse = 'Germany'\n{charge}")), ["C010"]);
    assert_eq!(codes(&format!("[calendar.holidays]\n{charge}")), ["C010"]);
}
