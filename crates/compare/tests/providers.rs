//! How providers fit: what is insisted on, what is not known, sizes and volumes.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{BusinessCase, ProviderFigure, ProviderMust};
use longshore_compare::{Misfit, OptionSummary, Shortfall, Warning, compare};

const OPTION: &str = "options/philippines-dedicated.toml";

/// The example over some months until December, with what is said of one provider and what is insisted on of all.
fn case(months: u32, provider: &str, musts: &str) -> BusinessCase {
    let starts = format!("starts = 2027-{:02}-01", 13 - months);
    case::example(|path, text| match path {
        "decide.toml" => {
            let text = text.replace("months = 12", &format!("months = {months}"));
            Some(format!("{}\n{musts}", text.replace("starts = 2027-01-01", &starts)))
        }
        OPTION => Some(format!("{text}\n{provider}")),
        _ => None,
    })
}

fn facts(more: &str) -> String {
    format!("[[provider]]\nname = \"cebu-answer\"\nsource = \"its proposal\"\n{more}")
}

fn options(case: &BusinessCase) -> Vec<OptionSummary> {
    let mut case = case.clone();
    case.decide.uncertain.clear();
    compare(&case, 1, 7, &|_| ()).unwrap().options
}

fn of<'o>(options: &'o [OptionSummary], id: &str) -> &'o OptionSummary {
    options.iter().find(|option| option.option == id).unwrap()
}

#[test]
fn who_lacks_a_must_is_excluded_and_who_is_unknown_is_not() {
    let musts = "[[must]]\nhas = \"PCI DSS\"\n[[must]]\nmeasure = \"years in business\"\nat_least = 5\n";
    let options = options(&case(1, &facts("certifications = [\"ISO 27001\"]\nsince = 2020\n"), musts));
    let cebu = of(&options, "philippines-dedicated");
    let lacks = |shortfall: &Shortfall| match shortfall {
        Shortfall::Provider { must, .. } => Some(must.clone()),
        _ => None,
    };
    let lacking: Vec<ProviderMust> = cebu.excluded.iter().filter_map(lacks).collect();
    assert_eq!(lacking, [ProviderMust::Has("PCI DSS".to_owned())]);
    assert_eq!(cebu.rank, None);
    // Nobody said anything of Akron: that is neither a pass nor a reason to exclude it.
    let akron = of(&options, "domestic-dedicated");
    assert!(akron.rank.is_some() && akron.excluded.is_empty());
    let unknown: Vec<&ProviderMust> = akron
        .warnings
        .iter()
        .filter_map(|warning| match warning {
            Warning::NotKnown { must, .. } => Some(must),
            _ => None,
        })
        .collect();
    let asked = [ProviderMust::Has("PCI DSS".to_owned()), ProviderMust::AtLeast(ProviderFigure::Years, 5.0)];
    assert_eq!(unknown, asked.iter().collect::<Vec<_>>());
    assert!(akron.providers[0].musts.iter().all(|(_, met)| met.is_none()));
    // The own team is asked for nothing of this.
    assert!(of(&options, "today").providers.is_empty() && of(&options, "today").excluded.is_empty());
}

#[test]
fn sizes_are_held_against_the_busiest_month() {
    let misfits = |options: &[OptionSummary]| -> Vec<Misfit> {
        let misfit = |warning: &Warning| match warning {
            Warning::Misfit { misfit, .. } => Some(misfit.clone()),
            _ => None,
        };
        of(options, "philippines-dedicated").warnings.iter().filter_map(misfit).collect()
    };
    let autumn = options(&case(3, &facts("agents = 100\ngrowth = 3\ntakes_from = \"30000 contacts\"\n"), ""));
    let fit = &of(&autumn, "philippines-dedicated").providers[0];
    // December takes the most; November the most more than the month before.
    assert_eq!(fit.busiest.to_string(), "2027-12");
    assert!((fit.share.unwrap() - fit.ours / 100.0).abs() < 1e-12);
    let found = misfits(&autumn);
    assert!(
        matches!(&found[0], Misfit::TooSmall { ours, agents: 100, most } if *ours == fit.ours && *most == 0.25),
        "{found:?}"
    );
    assert!(
        matches!(&found[1], Misfit::GrowsSlowly { needed, month, growth: 3 } if *needed == 8.0 && month.to_string() == "2027-11"),
        "{found:?}"
    );
    // Some 20,000 come in October.
    assert!(
        matches!(&found[2], Misfit::BelowItsMinimum { comes, .. } if (15_000.0..25_000.0).contains(comes)),
        "{found:?}"
    );
    assert_eq!(found.len(), 3);

    let large = options(&case(1, &facts("agents = 20000\ngrowth = 500\ntakes_from = \"5 agents\"\n"), ""));
    assert!(matches!(misfits(&large)[..], [Misfit::TooLarge { agents: 20_000, least: 0.01, .. }]));
    let right = options(&case(1, &facts("agents = 400\n"), "[fit]\nat_least = \"2%\"\nat_most = \"90%\"\n"));
    assert_eq!(misfits(&right), []);
}

/// A share of a provider can be insisted on, and is that of the busiest month.
#[test]
fn a_share_can_be_a_must() {
    let must = "[[must]]\nmeasure = \"our share\"\nat_most = \"10%\"\n";
    let options = options(&case(1, &facts("agents = 60\n"), must));
    let cebu = of(&options, "philippines-dedicated");
    assert!(matches!(
        &cebu.excluded[..],
        [Shortfall::Provider { must: ProviderMust::AtMost(ProviderFigure::OurShare, _), .. }]
    ));
}

#[test]
fn what_a_minimum_costs_beyond_use_is_said_in_money() {
    let case = case::example(|path, text| match path {
        "decide.toml" => Some(text.replace("months = 12", "months = 1")),
        "contracts/heartland-shared.toml" => Some(text.replace("\"75000\"", "\"750000\"")),
        _ => None,
    });
    let options = options(&case);
    let shared = of(&options, "domestic-shared");
    let line = shared.charges.iter().find(|charge| charge.charge == "monthly minimum").unwrap();
    let expected = Warning::MinimumUnused {
        minimum: "monthly minimum".to_owned(),
        file: "contracts/heartland-shared.toml".to_owned(),
        amount: line.amount,
    };
    assert!(shared.warnings.contains(&expected), "{:?}", shared.warnings);
    // A minimum that is reached is not spoken of.
    let none = |option: &&OptionSummary| {
        !option.warnings.iter().any(|warning| matches!(warning, Warning::MinimumUnused { .. }))
    };
    assert!(options.iter().filter(|option| option.option != "domestic-shared").all(|option| none(&option)));
}
