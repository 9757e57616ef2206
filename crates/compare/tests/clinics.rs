//! The second company of the examples, compared over its first months.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{CostKind, MustMeasure, ProviderMust};
use longshore_compare::{Comparison, CostPart, Misfit, OptionSummary, Shortfall, Warning, compare};

fn clinics(months: u32) -> Comparison {
    let mut case = case::of("dental-clinics", |path, text| {
        (path == "decide.toml").then(|| text.replace("months = 12", &format!("months = {months}")))
    });
    case.decide.uncertain.clear();
    compare(&case, 1, 7, &|_| ()).unwrap()
}

fn of<'c>(comparison: &'c Comparison, id: &str) -> &'c OptionSummary {
    comparison.options.iter().find(|option| option.option == id).unwrap()
}

#[test]
fn a_small_company_gets_a_believable_answer() {
    let comparison = clinics(2);
    let today = of(&comparison, "today");
    // A quarter of the calls ring out; 27 to 35 % are published of dental practices.
    let calls = today.queues.iter().filter(|queue| ["citas", "consultas"].contains(&queue.queue.as_str()));
    let (offered, hung_up) =
        calls.fold((0.0, 0.0), |(offered, hung_up), queue| (offered + queue.offered, hung_up + queue.abandoned));
    assert!((0.15..0.40).contains(&(hung_up / offered)), "{}", hung_up / offered);
    let beyond =
        |shortfall: &Shortfall| matches!(shortfall, Shortfall::Above(limit) if limit.measure == MustMeasure::Abandoned);
    assert!(today.excluded.iter().any(beyond), "{:?}", today.excluded);
    // Doing nothing would cost less: by how much is said. Who passes is not ahead of anybody.
    let first = &comparison.options[0];
    let ahead = comparison.ahead(today).unwrap();
    assert_eq!(ahead.minor, first.cost.mean.minor - today.cost.mean.minor);
    assert!(0 < ahead.minor && comparison.ahead(first).is_none());
    // The patients who ring elsewhere are among its cost; they are what the hung-up calls come to.
    let lost = today.other_costs.iter().find(|cost| cost.what.contains("hung up")).unwrap();
    assert_eq!(lost.kind, CostKind::Customers);
    let all: f64 = today.queues.iter().map(|queue| queue.abandoned).sum();
    assert_eq!(lost.amount.minor, (all * 3.60 * 100.0).round() as i128, "2 % of them, 180.00 each");
    // Nobody but the own teams is without tax that stays.
    for option in &comparison.options {
        let tax = option.charges.iter().any(|charge| charge.charge == "VAT" && 0 < charge.amount.minor);
        let counted = option.other_costs.iter().any(|cost| cost.what.contains("VAT"));
        let bought = !["today", "own-team"].contains(&option.option.as_str());
        assert_eq!(tax || counted, bought, "{}: {:?}", option.option, option.charges);
        assert_eq!(CostPart::ALL.map(|part| option.part(part).minor).iter().sum::<i128>(), option.cost.mean.minor);
    }
    // Few calls: who is paid for the calls that receptionists miss is cheaper than who is paid for waiting.
    assert_eq!(comparison.options[0].option, "overflow");
    for dedicated in ["own-team", "colombia"] {
        let occupancy = of(&comparison, dedicated).queues[0].occupancy;
        assert!((0.35..0.70).contains(&occupancy), "{dedicated}: {occupancy}");
    }
}

#[test]
fn its_musts_and_providers_are_told_apart() {
    let comparison = clinics(1);
    let iso = ProviderMust::Has("ISO 27001".to_owned());
    let freelancers = &of(&comparison, "freelancers").excluded;
    let lacks = |shortfall: &Shortfall| matches!(shortfall, Shortfall::Provider { must, .. } if *must == iso);
    assert!(freelancers.iter().any(lacks), "{freelancers:?}");
    let per_call = of(&comparison, "per-call");
    let unknown = Warning::NotKnown { provider: "secretaria-uno".to_owned(), must: iso.clone() };
    assert!(per_call.rank.is_some() && per_call.warnings.contains(&unknown), "{:?}", per_call.warnings);
    let large =
        |warning: &Warning| matches!(warning, Warning::Misfit { misfit: Misfit::TooLarge { agents: 2600, .. }, .. });
    let colombia = &of(&comparison, "colombia").warnings;
    assert!(colombia.iter().any(large), "{colombia:?}");
    let minimum =
        |warning: &Warning| matches!(warning, Warning::MinimumUnused { amount, .. } if amount.currency.code() == "USD");
    assert!(colombia.iter().any(minimum), "{colombia:?}");
}
