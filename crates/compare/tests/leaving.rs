//! What it costs to leave today's provider.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{BusinessCase, CostKind};
use longshore_compare::{Comparison, CostPart, OptionSummary, compare};
use longshore_units::Text;

/// The example over four months in which a provider has the calls today, under a contract with an end and an exit, and
/// another is to get them.
fn compared(exit: &str, decide: &str, option: &str) -> Comparison {
    let mut files = case::example_files();
    let of = |path: &str| files.files.iter().find(|file| file.path == path).unwrap().text.text.to_string();
    let today = of("options/domestic-shared.toml");
    let incumbent = of("contracts/heartland-shared.toml");
    let incumbent = incumbent.replace("starts = 2027-01-01\n", "starts = 2025-01-01\n");
    let incumbent = incumbent.replace("once = 2027-01-01", "once = 2025-01-01");
    let incumbent = format!("{}\n{exit}", incumbent.replace("ends = 2027-12-31", "ends = 2028-12-31"));
    for file in &mut files.files {
        let text = match file.path.as_str() {
            "today.toml" => today.clone(),
            "contracts/heartland-shared.toml" => incumbent.clone(),
            "decide.toml" => format!("{decide}\n{}", file.text.text.replace("months = 12", "months = 4")),
            "options/philippines-dedicated.toml" => format!("{}\n{option}", file.text.text),
            _ => continue,
        };
        file.text = Text::new(file.path.as_str(), text);
    }
    let mut case = case::sound(&files);
    let kept = [BusinessCase::TODAY, "domestic-shared", "philippines-dedicated"];
    case.options.retain(|option| kept.contains(&option.id.as_str()));
    case.decide.uncertain.clear();
    compare(&case, 1, 7, &|_| ()).unwrap()
}

fn of<'c>(comparison: &'c Comparison, id: &str) -> &'c OptionSummary {
    comparison.options.iter().find(|option| option.option == id).unwrap()
}

fn exit(option: &OptionSummary) -> Vec<(&str, i128)> {
    let lines = option.other_costs.iter().filter(|cost| cost.kind == CostKind::Exit);
    lines.map(|cost| (cost.what.as_str(), cost.amount.minor)).collect()
}

const NOTICE: &str = "[exit]\nfor_convenience = { notice = '90 days', fee = '20000' }\ntransition = '30 days of help'";
const OWED: &str = "contracts/heartland-shared.toml: minimums and fixed charges until it ends";
const FEE: &str = "contracts/heartland-shared.toml: termination fee";

#[test]
fn who_leaves_owes_the_notice_and_the_fee_and_who_stays_does_not() {
    let comparison = compared(NOTICE, "", "");
    let leaves = of(&comparison, "philippines-dedicated");
    // 75,000 and 1,500 a month: January to March, and the first of April's thirty days.
    assert_eq!(exit(leaves), [(OWED, 23_205_000), (FEE, 2_000_000)]);
    assert_eq!(leaves.part(CostPart::Other(CostKind::Exit)).minor, 25_205_000);
    let lines: i128 = leaves.other_costs.iter().map(|cost| cost.amount.minor).sum();
    assert_eq!(leaves.charges_total.minor + lines, leaves.cost.mean.minor);
    for stays in [BusinessCase::TODAY, "domestic-shared"] {
        assert_eq!(exit(of(&comparison, stays)), [], "{stays}");
    }
    let told: Vec<&str> = leaves.assumptions.iter().map(|one| one.assumption.value.as_str()).collect();
    assert!(told.contains(&"for convenience on 2027-04-01, told on 2027-01-01"), "{told:#?}");
    assert!(leaves.assumptions.iter().any(|one| one.assumption.source.contains("\"30 days of help\"")));
}

#[test]
fn who_decides_earlier_owes_less() {
    let comparison = compared(NOTICE, "decided = 2026-11-01", "");
    // Ended on January 30: 30 of 31 days.
    assert_eq!(exit(of(&comparison, "philippines-dedicated")), [(OWED, 7_403_226), (FEE, 2_000_000)]);
}

#[test]
fn where_nothing_is_said_the_term_binds_and_an_assumption_says_so() {
    let comparison = compared("", "", "");
    let leaves = of(&comparison, "philippines-dedicated");
    assert_eq!(exit(leaves), [(OWED, 4 * 7_650_000)]);
    assert!(leaves.assumptions.iter().any(|one| one.assumption.source.contains("says nothing of ending it")));
    let outside = leaves.warnings.iter().filter(|warning| format!("{warning:?}").contains("until it ends"));
    assert_eq!(outside.count(), 1);
}

#[test]
fn what_the_case_says_of_the_exit_stands() {
    let cost =
        "[[cost]]\nwhat = 'agreed with the provider'\nkind = 'exit'\namount = '9000'\nper = 'once'\nsource = 'letter'";
    let comparison = compared(NOTICE, "", cost);
    assert_eq!(exit(of(&comparison, "philippines-dedicated")), [("agreed with the provider", 900_000)]);
}
