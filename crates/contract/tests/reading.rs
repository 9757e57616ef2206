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
    let charge = "[[charge]]\nunit = 'leg'\nwhen = { outcome = 'answered' }\neach = '5'\nsurcharge = { calendar = 'holidays', percent = 25 }\n";
    assert_eq!(codes(&format!("[calendar.holidays]\nuse = 'Germany'\n{charge}")), ["C010"]);
    assert_eq!(codes(&format!("[calendar.holidays]\n{charge}")), ["C010"]);
}

/// What would do nothing, or something else than it says, is found.
#[test]
fn what_would_do_nothing_is_found() {
    let minute = "[[charge]]\nname = 'v'\nwhen = { outcome = ['answered'] }\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = 1\n";
    let holidays = "[calendar.h]\nuse = 'US-federal'\n";
    let doubled = "surcharge = [{ calendar = 'h', percent = 10 }, { calendar = 'h', percent = 20 }]\n";
    for (text, code) in [
        (format!("{minute}[[minimum]]\non = []\namount = 1\n"), "C012"),
        (format!("{holidays}{minute}{doubled}"), "C017"),
        (format!("[calendar.h]\ndates = []\n{minute}surcharge = [{{ calendar = 'h', percent = 10 }}]\n"), "C010"),
        (format!("{minute}surcharges = 'highest'\n"), "C029"),
        (minute.replace("'1s'", "'99999999h'"), "C014"),
        (format!("programs = []\n{minute}"), "T007"),
        (minute.replace("'v'", "' v'"), "T007"),
    ] {
        let text = format!(
            "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\nround = {{ at = 'line', to = '0.01', how = 'up' }}\n{text}"
        );
        let (_, found) = read(&Text::new("t.toml", text.clone()));
        let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [code], "{text}\n{found:#?}");
    }
    let never = "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\nends = 9998-12-31\n[[charge]]\nname = 'f'\namount = 1\nper = 'month'\n";
    let (contract, found) = read(&Text::new("t.toml", never));
    assert!(contract.is_none() && found.iter().any(|finding| finding.code == "C011"));
}

/// One mistake does not hide another of the same charge.
#[test]
fn one_mistake_does_not_hide_another() {
    let text = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-02-29\n\
        round = { at = 'lines', to = '0', how = 'half up' }\n\
        [[charge]]\nname = 'a'\nunit = 'leg'\nbands = [{ from = 5, each = -1 }, { from = 5, each = 1 }]\n\
        [[charge]]\nname = 'b'\nunit = 'minutes'\nfirst = '3'\neach = 1\n\
        [[charge]]\nname = \"c\\u001B\"\nunit = 'leg'\neach = -1\nbands = [{ from = 1, each = 1 }]\n";
    let (_, found) = read(&Text::new("t.toml", text));
    let mut codes: Vec<&str> = found.iter().filter(|finding| finding.is_error()).map(|finding| finding.code).collect();
    codes.sort_unstable();
    let expected = ["C003", "C005", "C005", "C014", "T001", "T006", "T007", "T007", "T007", "T008", "T008", "T008"];
    assert_eq!(codes, expected, "{found:#?}");
}

/// A misspelled key is named also where what it was to say is missing.
#[test]
fn misspelled_keys_are_named_where_a_table_cannot_be_read() {
    let said = |rest: &str| {
        let (_, findings) = read(&Text::new("contract.toml", format!("{TOP}{rest}")));
        let said = |one: &longshore_units::Diagnostic| format!("{} {}", one.code, one.help.as_deref().unwrap_or(""));
        findings.iter().filter(|one| one.is_error()).map(said).collect::<Vec<_>>().join("\n")
    };
    let minute =
        "[[charge]]\nname = 'v'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\nwhen = { outcome = 'answered' }\n";
    let sound = format!("{minute}each = 1\n");
    for (rest, codes, help) in [
        (
            format!("{minute}prise = '0.42'\n"),
            "C003 T004",
            "did you mean `each`? That is what the price is called here",
        ),
        (format!("{minute}rate = '0.42'\n"), "C003 T004", "did you mean `each`?"),
        (format!("{minute}bandz = [{{ from = 0, each = 1 }}]\n"), "C003 T004", "did you mean `bands`?"),
        (format!("{minute}bands = [{{ from = 0, price = 1 }}]\n"), "T003 T004", "did you mean `each`?"),
        ("[[charge]]\nname = 'f'\namuont = 1\nper = 'month'\n".to_owned(), "C003 T004", "did you mean `amount`?"),
        ("[[charge]]\nname = 'f'\nunti = 'minute'\neach = 1\n".to_owned(), "C003 T004", "did you mean `unit`?"),
        (format!("{sound}[[minimum]]\non = 'v'\namuont = 1\n"), "C052 T004", "did you mean `amount`?"),
        (
            format!("{sound}[[minimum]]\non = 'v'\nvolum = 1\nshortfall_each = 1\n"),
            "C052 T004",
            "did you mean `volume`?",
        ),
        (format!("{sound}[[discount]]\non = 'v'\npercnt = 1\nper = 'month'\n"), "C052 T004", "did you mean `percent`?"),
        (
            format!("{sound}[[index]]\non = 'v'\nbye = 'x'\nbase = 2026-12-31\nevery = 'year'\n"),
            "C052 T004",
            "did you mean `by`?",
        ),
        (format!("{sound}[[prepaid]]\non = 'v'\namount = 1\nduee = 2027-01-01\n"), "C052 T004", "did you mean `due`?"),
    ] {
        let said = said(&rest);
        let mut found: Vec<&str> = said.lines().map(|line| &line[..4]).collect();
        found.sort_unstable();
        assert_eq!(found.join(" "), codes, "{rest}\n{said}");
        assert!(said.contains(help), "{rest}\n{said}");
    }
}

/// Only fixed amounts are billed by 28 days.
#[test]
fn nothing_but_an_amount_is_by_28_days() {
    let minute = "[[charge]]\nname = 'v'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\nwhen = { outcome = 'answered' }\neach = 1\n";
    for four_weeks in ["28 days", "4 weeks"] {
        assert_eq!(codes(&format!("[[charge]]\namount = 1\nper = '{four_weeks}'\n")), [""; 0]);
        assert_eq!(codes(&format!("{minute}per = '{four_weeks}'\n")), ["C001"]);
        assert_eq!(codes(&format!("{minute}[[minimum]]\non = 'v'\namount = 1\nper = '{four_weeks}'\n")), ["C001"]);
    }
}
