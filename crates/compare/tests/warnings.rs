//! What a reader is told before relying on the figures.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{BusinessCase, LONGEST_MS};
use longshore_compare::{CompareError, NotSimulated, OptionSummary, Plan, Side, Warning, compare};

/// The example over its first month, its files changed further.
fn january(change: impl Fn(&str, &str) -> Option<String>) -> BusinessCase {
    case::example(|path, text| match path {
        "decide.toml" => {
            let text = text.replace("months = 12", "months = 1");
            Some(change(path, &text).unwrap_or(text))
        }
        _ => change(path, text),
    })
}

fn option(case: &BusinessCase, id: &str) -> OptionSummary {
    let comparison = compare(case, 1, 7, &|_| ()).unwrap();
    comparison.options.into_iter().find(|option| option.option == id).unwrap()
}

#[test]
fn what_falls_due_outside_the_horizon_is_said_and_not_counted() {
    let before = option(&january(|_, _| None), "domestic-dedicated");
    let case = january(|path, text| {
        let more = match path {
            "options/domestic-dedicated.toml" => {
                let cost = |what: &str, per: &str| {
                    format!(
                        "[[cost]]\nwhat = \"{what}\"\nkind = \"stays\"\namount = \"9999\"\nsource = \"-\"\nper = {per}\n"
                    )
                };
                let early = cost("early", "\"once\"\nfrom = 2026-12-15");
                let late = cost("late", "\"once\"\nfrom = 2027-02-01");
                early + &late + &cost("over", "\"month\"\nuntil = 2026-12-31")
            }
            "contracts/lakeshore-dedicated.toml" => {
                let charge = "[[charge]]\nname = \"signing\"\namount = \"77777\"\nonce = 2026-12-15\nclause = \"-\"\n";
                return Some(text.replace("starts = 2027-01-01", "starts = 2026-12-01") + "\n" + charge);
            }
            _ => return None,
        };
        Some(format!("{text}\n{more}"))
    });
    let option = option(&case, "domestic-dedicated");
    assert_eq!(option.cost.mean, before.cost.mean);
    for (what, side) in [("early", Side::Before), ("late", Side::After), ("over", Side::Before)] {
        let warning = Warning::OutsideHorizon { what: what.to_owned(), file: None, side };
        assert!(option.warnings.contains(&warning), "{warning:?}: {:?}", option.warnings);
    }
    let file = Some("contracts/lakeshore-dedicated.toml".to_owned());
    let signing = Warning::OutsideHorizon { what: "signing".to_owned(), file, side: Side::Before };
    assert!(option.warnings.contains(&signing), "{:?}", option.warnings);
}

#[test]
fn a_charge_that_selects_nothing_is_said() {
    let file = "contracts/heartland-shared.toml";
    let case = january(|path, text| {
        let charge = "[[charge]]\nname = \"returns\"\nclause = \"-\"\nwhen = { queue = \"order\" }\nunit = \"contact\"\neach = \"1\"\n";
        (path == file).then(|| format!("{text}\n{charge}"))
    });
    let warnings = option(&case, "domestic-shared").warnings;
    let nothing = warnings.iter().filter(|warning| matches!(warning, Warning::BillsNothing { .. }));
    let expected = Warning::BillsNothing { charge: "returns".to_owned(), file: file.to_owned() };
    assert_eq!(nothing.collect::<Vec<_>>(), [&expected]);
}

#[test]
fn service_that_pays_and_is_not_measured_is_said() {
    let file = "contracts/heartland-shared.toml";
    let case = january(|path, text| {
        let sla = |name: &str, pays: &str| {
            format!(
                "[[sla]]\nname = \"{name}\"\nmeasure = {{ preset = \"service level, offered\", threshold = \"20s\" }}\n\
                 target = \"80%\"\n{pays}\n"
            )
        };
        let terms = sla("in time", "credit = { below = \"80%\", percent = 2 }") + &sla("a wish", "");
        (path == file).then(|| format!("{text}\n{terms}"))
    });
    let warnings = option(&case, "domestic-shared").warnings;
    let unmeasured = warnings.iter().filter(|warning| matches!(warning, Warning::Unmeasured { .. }));
    let expected = Warning::Unmeasured { term: "in time".to_owned(), file: file.to_owned() };
    assert_eq!(unmeasured.collect::<Vec<_>>(), [&expected]);
}

/// What a simulation never writes is said of the charges that look at it, and not that they might select wrongly.
#[test]
fn what_no_simulation_holds_is_said() {
    let file = "contracts/lakeshore-dedicated.toml";
    let charges = [
        ("interpreters", "unit = \"cost\"", NotSimulated::Reported),
        ("letters", "unit = \"item\"\neach = \"1\"", NotSimulated::Reported),
        ("commission", "unit = \"sale\"\npercent = \"8\"", NotSimulated::Sales),
        ("orders", "unit = \"sale\"\neach = \"2\"", NotSimulated::Sales),
        ("leads", "unit = \"lead\"\neach = \"20\"", NotSimulated::Leads),
        ("visits", "unit = \"appointment\"\neach = \"45\"", NotSimulated::Appointments),
        (
            "approved",
            "unit = \"hour\"\nof = \"logged in\"\nwhen = { approved = true }\neach = \"1\"",
            NotSimulated::Approvals,
        ),
    ];
    let case = january(|path, text| {
        let charge = |(name, rest, _): &(&str, &str, NotSimulated)| {
            format!("[[charge]]\nname = \"{name}\"\nclause = \"-\"\n{rest}\n")
        };
        let share = "[[charge]]\nname = \"management of setup\"\nclause = \"-\"\npercent = \"10\"\n\
                     of_charges = [\"setup and first training\"]\n";
        let charges: String = charges.iter().map(charge).collect();
        (path == file).then(|| format!("{text}\n{charges}{share}"))
    });
    let option = option(&case, "domestic-dedicated");
    for (name, _, what) in charges {
        let expected = Warning::NotSimulated { charge: name.to_owned(), file: file.to_owned(), what };
        assert!(option.warnings.contains(&expected), "{expected:?}: {:#?}", option.warnings);
    }
    let nothing = |warning: &Warning| matches!(warning, Warning::BillsNothing { .. });
    assert!(!option.warnings.iter().any(nothing), "{:#?}", option.warnings);
}

#[test]
fn a_share_of_what_falls_due_once_falls_due_once() {
    let run = |charge: &str| {
        let case =
            january(|path, text| (path == "contracts/lakeshore-dedicated.toml").then(|| format!("{text}\n{charge}")));
        let option = case.options.iter().position(|option| option.id == "domestic-dedicated").unwrap();
        let plan = Plan::of(&case, option).unwrap();
        let once = longshore_compare::run_option(&case, &plan, 7, 1).unwrap().contract_once;
        assert_eq!(once.len(), 1); // January alone.
        once[0].to_string()
    };
    let share = |of: &str| {
        format!("[[charge]]\nname = \"management\"\nclause = \"-\"\npercent = \"10\"\nof_charges = [{of}]\n")
    };
    assert_eq!(run(""), "68000");
    assert_eq!(run(&share("\"setup and first training\"")), "74800");
    assert_eq!(run(&share("\"setup and first training\", \"account management\"")), "68000");
}

#[test]
fn a_team_that_no_contact_reaches_is_said() {
    let hours = "hours = [\"Mon-Fri 08:00-22:00\", \"Sat-Sun 09:00-21:00\"]";
    let case = january(|path, text| {
        let more = format!("[[handles]]\nqueue = \"orders\"\nteam = \"cebu\"\n{hours}\n").repeat(2);
        (path == "options/philippines-dedicated.toml").then(|| format!("{text}\n{more}"))
    });
    let warnings = option(&case, "philippines-dedicated").warnings;
    let expected = Warning::NobodyReaches { team: "cebu".to_owned(), queue: "orders".to_owned() };
    assert_eq!(warnings.iter().filter(|warning| **warning == expected).count(), 2, "{warnings:?}");
}

#[test]
fn more_contacts_than_can_be_played_are_refused_before_sizing() {
    let case = january(|path, text| {
        (path == "program.toml").then(|| text.replace("contacts_a_year = 170000", "contacts_a_year = 10000000000"))
    });
    let case = BusinessCase { decide: longshore_business_case::Decide { months: 12, ..case.decide.clone() }, ..case };
    assert!(matches!(Plan::of(&case, 0), Err(CompareError::Contacts { .. })));
    assert!(matches!(compare(&case, 0, 7, &|_| ()), Err(CompareError::NoRuns)));
}

#[test]
fn a_case_refuses_what_the_simulation_does() {
    assert_eq!(LONGEST_MS as f64, longshore_simulation::MAX_MEAN_MS);
}
